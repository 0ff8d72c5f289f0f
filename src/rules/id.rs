//! Which rules these are: a hash of their files, and words that tell them from others.

use std::fmt::Write as _;

use crate::json::hash::sha256;

/// The files of rules, made once when they are loaded. Equal when the names and texts of all files are equal.
#[derive(Debug, Clone, Default)]
pub struct RulesId {
    hash: [u8; 32],
    /// The name and the version in the header of the rule file.
    name: String,
    version: String,
    /// What the host calls each file, and the SHA-256 of its text.
    files: Vec<(String, String)>,
}

impl PartialEq for RulesId {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash
    }
}

impl Eq for RulesId {}

/// As many digits of a hash as it takes to find a file among those of a host.
const DIGITS: usize = 12;

impl RulesId {
    /// The identity of a rule file and its building blocks: of each its name, what the host calls it, and its hash. What the host calls
    /// them is not part of the hash: the same texts from another folder are the same rules.
    pub(crate) fn new<'b>(
        (name, version): (&'b str, &'b str),
        (file, sha256_text): (&'b str, &'b str),
        blocks: impl Iterator<Item = (&'b str, &'b str, &'b str)>,
    ) -> Self {
        let mut all = String::new();
        let mut files = Vec::new();
        for (name, file, sha256) in std::iter::once((name, file, sha256_text)).chain(blocks) {
            // Names contain no line ends.
            let _ = writeln!(all, "{name} {sha256}");
            files.push((file.to_owned(), sha256.to_owned()));
        }
        Self { hash: sha256(&all), name: name.to_owned(), version: version.to_owned(), files }
    }

    /// `"klein", versie 2 (regels.meetlat 6db3f5f14f30)`, with the files that the other rules do not have.
    pub(crate) fn words(&self, other: Option<&Self>, version: &str) -> String {
        let known = |file: &&(String, String)| {
            !other.is_some_and(|other| other.files.iter().any(|(_, sha256)| *sha256 == file.1))
        };
        let mut own: Vec<&(String, String)> = self.files.iter().filter(known).collect();
        if own.is_empty() {
            own = self.files.iter().collect();
        }
        let files: Vec<String> = own
            .iter()
            .map(|(file, sha256)| format!("{file} {}", sha256.get(..DIGITS).unwrap_or(sha256)))
            .collect();
        let (name, files) = (&self.name, files.join(", "));
        match self.version.as_str() {
            "" => format!("\"{name}\" ({files})"),
            number => format!("\"{name}\", {version} {number} ({files})"),
        }
    }
}
