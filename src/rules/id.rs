//! Which rules a proposal was read by: its answers stand in the order of their questions, and mean nothing to others.

use std::fmt::Write as _;
use std::sync::Arc;

use crate::json::hash::sha256;
use crate::message::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::message::language::says;
use crate::message::source::{Source, Span};
use crate::proposal::answers::Proposal;
use crate::rules::model::Block;

/// The files of rules: made once, when they are loaded. Equal when names and texts of all files are.
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

/// So many digits of a hash find a file among those of a host.
const DIGITS: usize = 12;

impl RulesId {
    /// Of a rule file and its building blocks. What the host calls them is no part of the hash: the same texts from another
    /// folder are the same rules.
    pub(crate) fn new(name: &str, version: &str, file: &str, sha256_text: &str, blocks: &[Block]) -> Self {
        let mut all = String::new();
        let mut files = Vec::with_capacity(blocks.len() + 1);
        let of_blocks = blocks.iter().map(|block| (&*block.name, &*block.file, &*block.sha256));
        for (name, file, sha256) in std::iter::once((name, file, sha256_text)).chain(of_blocks) {
            // Names hold no line ends.
            let _ = writeln!(all, "{name} {sha256}");
            files.push((file.to_owned(), sha256.to_owned()));
        }
        Self { hash: sha256(&all), name: name.to_owned(), version: version.to_owned(), files }
    }

    /// Whether these rules read the proposal. Cost: a comparison of pointers; where rules were loaded twice, of 32 bytes.
    pub(crate) fn read(self: &Arc<Self>, proposal: &Proposal) -> bool {
        proposal.rules.as_ref().is_some_and(|rules| Arc::ptr_eq(rules, self) || rules.hash == self.hash)
    }

    /// `"klein", versie 2 (regels.meetlat 6db3f5f14f30)`, with the files that the other rules do not have.
    fn words(&self, other: Option<&Self>, version: &str) -> String {
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

    /// What is said of a proposal that these rules did not read.
    #[cold]
    pub(crate) fn refuse(&self, proposal: &Proposal) -> Diagnostics {
        let file = &proposal.file;
        let read_by = proposal.rules.as_deref();
        let says = |version| {
            let theirs = read_by.map(|rules| rules.words(Some(self), version));
            (theirs, self.words(read_by, version))
        };
        let message = match (says("versie"), says("version")) {
            ((Some(theirs_nl), own_nl), (Some(theirs_en), own_en)) => says!(
                "\"{file}\" is gelezen met andere regels dan deze: met {theirs_nl}, en dit is {own_nl}",
                "\"{file}\" was read by other rules than these: by {theirs_en}, and this is {own_en}"
            ),
            ((_, own_nl), (_, own_en)) => says!(
                "\"{file}\" is niet met regels gelezen, en dus niet met {own_nl}",
                "\"{file}\" was not read by rules, and so not by {own_en}"
            ),
        };
        let help = says!(
            "lees het voorstel opnieuw met deze regels, of toets het met de regels waarmee het gelezen is",
            "read the proposal again with these rules, or judge it by the rules it was read by"
        );
        let mut diagnostics = Diagnostics::new();
        let whole = proposal.texts.whole();
        let brace = whole.find('{').unwrap_or_default();
        let source = diagnostics.add_source(Source::new(file, whole));
        let mut found =
            Diagnostic::new(Code::OtherRules, Span::new(source, brace, brace + 1), message).help(help);
        // A `voorbeeld` stands in no text of its own.
        if whole.is_empty() {
            found.places.clear();
        }
        diagnostics.push(found);
        diagnostics
    }
}
