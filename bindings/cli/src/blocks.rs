//! Where building blocks lie: beside the rule file that uses them, else inside the binary.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::{fs, io};

use meetlat::RuleText;
use meetlat::rule_files::header_name;
use meetlat::{Language, Text};

use crate::builtin::{self, Builtin};
use crate::files;

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
    /// The folder that `a.b` is looked up in as `a/b.meetlat`; none: only inside the binary.
    folder: Option<PathBuf>,
    /// The rule file inside the binary at a path.
    builtin: fn(&str) -> Option<Builtin>,
    language: Language,
    notes: RefCell<Vec<String>>,
}

impl Finder {
    pub(crate) fn new(origin: &Origin, text: &str, language: Language) -> Self {
        let folder = match origin {
            Origin::File(path) => Some(folder(path, text)),
            Origin::Builtin => None,
        };
        Self { folder, builtin: builtin::at, language, notes: RefCell::default() }
    }

    /// The building block of a name.
    pub(crate) fn find(&self, name: &str) -> Result<Option<RuleText>, Text> {
        let path = format!("{}.meetlat", name.replace('.', "/"));
        let builtin = (self.builtin)(&path);
        let Some(folder) = &self.folder else {
            return Ok(builtin.map(|file| RuleText { name: path, text: file.text.to_owned() }));
        };
        let beside = folder.join(&path);
        let shown = beside.display().to_string();
        let nl = self.language == Language::Nl;
        match fs::read(&beside) {
            Ok(bytes) => {
                let text = files::utf8(bytes).map_err(|line| {
                    let nl = format!("{shown} is geen UTF-8: zie regel {line}");
                    Text { nl, en: format!("{shown} is not UTF-8: see line {line}") }
                })?;
                if builtin.is_some_and(|builtin| builtin.text != text) {
                    self.note(if nl {
                        format!("bouwsteen {name}: {shown}, niet de ingebouwde, die anders is\n")
                    } else {
                        format!("building block {name}: {shown}, not the built-in one, which differs\n")
                    });
                }
                Ok(Some(RuleText { name: shown, text }))
            }
            Err(error) if is_absent(&error) => Ok(builtin.map(|file| {
                self.note(if nl {
                    format!("bouwsteen {name}: de ingebouwde, want {shown} bestaat niet\n")
                } else {
                    format!("building block {name}: the built-in one, since {shown} does not exist\n")
                });
                RuleText { name: path, text: file.text.to_owned() }
            })),
            Err(error) => Err(Text { nl: files::why(&error), en: error.to_string() }),
        }
    }

    fn note(&self, note: String) {
        self.notes.borrow_mut().push(note);
    }

    /// What is worth telling, a line each.
    pub(crate) fn notes(self) -> Vec<String> {
        self.notes.into_inner()
    }
}

fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// The folder where the names in `gebruik` begin: that of the rule file, but for a file `landelijk/jeugdwet.meetlat` with
/// the header `meetlat landelijk.jeugdwet` the one above it, since its own name begins there too.
fn folder(path: &Path, text: &str) -> PathBuf {
    let own = path.parent().unwrap_or(Path::new("")).to_owned();
    let name = header_name(text).unwrap_or_default();
    let mut above = own.as_path();
    for part in name.rsplit('.').skip(1) {
        match (above.file_name(), above.parent()) {
            (Some(last), Some(parent)) if last == part => above = parent,
            _ => return own,
        }
    }
    above.to_owned()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::*;

    const INSIDE: &str = "meetlat landelijk.a: \"Ingebouwd\"\n";

    fn inside(path: &str) -> Option<Builtin> {
        let path = (path == "landelijk/a.meetlat").then_some("landelijk/a.meetlat")?;
        Some(Builtin { path, name: "landelijk.a", judges: false, days: None, text: INSIDE })
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
        let finder = Finder { builtin: inside, ..Finder::new(&origin, "meetlat regels: \"R\"\n", language) };
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
        let finder = Finder { builtin: inside, ..Finder::new(&Origin::Builtin, "", Language::Nl) };
        assert_eq!(finder.find("landelijk.a").unwrap().unwrap().name, "landelijk/a.meetlat");
        assert!(finder.notes().is_empty());
    }

    #[test]
    fn names_begin_where_the_file_s_own_name_begins() {
        let from = |path: &str, name: &str| folder(Path::new(path), &format!("meetlat {name}: \"X\"\n"));
        assert_eq!(from("rules/landelijk/a.meetlat", "landelijk.a"), Path::new("rules"));
        assert_eq!(from("landelijk/a.meetlat", "landelijk.a"), Path::new(""));
        assert_eq!(from("rules/een/twee/a.meetlat", "een.twee.a"), Path::new("rules"));
        assert_eq!(from("rules/regio/a.meetlat", "a"), Path::new("rules/regio"));
        assert_eq!(from("rules/elders/a.meetlat", "landelijk.a"), Path::new("rules/elders"));
        assert_eq!(from("a.meetlat", "landelijk.a"), Path::new(""));
    }
}
