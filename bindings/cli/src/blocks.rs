//! Where building blocks lie: beside the rule file that uses them, else inside the binary.

use std::cell::RefCell;
use std::path::PathBuf;

use meetlat::folder::Folder;
use meetlat::{Language, Limits, RuleText, Text};

use crate::builtin::{self, Builtin};

/// Where a rule file lies.
#[derive(Debug, Clone)]
pub(crate) enum Origin {
    /// In a file; a path without folders lies in the current one.
    File(PathBuf),
    /// Inside the binary: its building blocks are there too.
    Builtin,
}

/// Finds the building blocks of one rule file, and remembers what is worth telling about where it found them.
pub(crate) struct Finder {
    /// Where it looks first; none: only inside the binary.
    folder: Option<Folder>,
    limits: Limits,
    /// The rule file inside the binary at a path.
    builtin: fn(&str) -> Option<Builtin>,
    language: Language,
    notes: RefCell<Vec<String>>,
}

impl Finder {
    pub(crate) fn new(origin: &Origin, text: &str, limits: &Limits, language: Language) -> Self {
        let folder = match origin {
            Origin::File(path) => Some(Folder::around(path, text)),
            Origin::Builtin => None,
        };
        Self { folder, limits: limits.clone(), builtin: builtin::at, language, notes: RefCell::default() }
    }

    /// The building block of a name.
    pub(crate) fn find(&self, name: &str) -> Result<Option<RuleText>, Text> {
        let path = format!("{}.meetlat", name.replace('.', "/"));
        let builtin = (self.builtin)(&path);
        let Some(folder) = &self.folder else {
            return Ok(builtin.map(|file| RuleText { name: path, text: file.text.to_owned() }));
        };
        let shown = folder.path().join(&path).display().to_string();
        if let Some(RuleText { text, .. }) = folder.find(name, &self.limits)? {
            if builtin.is_some_and(|builtin| builtin.text != text) {
                self.note(self.language.pick(
                    format!("bouwsteen {name}: {shown}, niet de ingebouwde, die anders is\n"),
                    format!("building block {name}: {shown}, not the built-in one, which differs\n"),
                ));
            }
            return Ok(Some(RuleText { name: shown, text }));
        }
        Ok(builtin.map(|file| {
            self.note(self.language.pick(
                format!("bouwsteen {name}: de ingebouwde, want {shown} bestaat niet\n"),
                format!("building block {name}: the built-in one, since {shown} does not exist\n"),
            ));
            RuleText { name: path, text: file.text.to_owned() }
        }))
    }

    fn note(&self, note: String) {
        self.notes.borrow_mut().push(note);
    }

    /// What is worth telling, a line each.
    pub(crate) fn notes(self) -> Vec<String> {
        self.notes.into_inner()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test")]
mod tests {
    use std::fs;

    use super::*;

    const INSIDE: &str = "meetlat landelijk.a: \"Ingebouwd\"\n";

    fn inside(path: &str) -> Option<Builtin> {
        let path = (path == "landelijk/a.meetlat").then_some("landelijk/a.meetlat")?;
        Some(Builtin { path, name: "landelijk.a", judges: false, days: None, text: INSIDE })
    }

    fn of(origin: &Origin, text: &str, language: Language) -> Finder {
        Finder { builtin: inside, ..Finder::new(origin, text, &Limits::default(), language) }
    }

    /// What is found for `landelijk.a`, and what is told about it, with `beside` as the text beside the rule file.
    fn found(name: &str, beside: Option<&str>, language: Language) -> (Option<RuleText>, Vec<String>) {
        let folder = std::env::temp_dir().join(format!("meetlat_blocks_{}_{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("landelijk")).unwrap();
        if let Some(text) = beside {
            fs::write(folder.join("landelijk/a.meetlat"), text).unwrap();
        }
        let origin = Origin::File(folder.join("regels.meetlat"));
        let finder = of(&origin, "meetlat regels: \"R\"\n", language);
        let block = finder.find("landelijk.a").unwrap();
        assert_eq!(finder.find("landelijk.b").unwrap(), None);
        fs::remove_dir_all(&folder).unwrap();
        (block, finder.notes())
    }

    #[test]
    fn it_is_told_when_the_built_in_one_is_taken() {
        let (block, notes) = found("absent", None, Language::Nl);
        assert_eq!(block.unwrap().text, INSIDE);
        assert_eq!(notes.len(), 1);
        assert!(notes.concat().starts_with("bouwsteen landelijk.a: de ingebouwde, want "), "{notes:?}");
    }

    #[test]
    fn it_is_told_when_both_are_there_and_differ() {
        let (block, notes) = found("both", Some("meetlat landelijk.a: \"Eigen\"\n"), Language::En);
        let block = block.unwrap();
        assert!(block.text.contains("Eigen") && block.name.ends_with("a.meetlat"));
        assert!(notes.concat().ends_with("not the built-in one, which differs\n"), "{notes:?}");
        let (block, notes) = found("same", Some(INSIDE), Language::Nl);
        assert!(block.is_some() && notes.is_empty());
    }

    #[test]
    fn built_in_rules_use_built_in_blocks() {
        let finder = of(&Origin::Builtin, "", Language::Nl);
        assert_eq!(finder.find("landelijk.a").unwrap().unwrap().name, "landelijk/a.meetlat");
        assert!(finder.notes().is_empty());
    }
}
