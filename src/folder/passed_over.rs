//! What was passed over in a folder, and why.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::message::language::{Text, says};

/// A file whose name ends in `.meetlat`, or nearly so, that judges nothing here.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct PassedOver {
    /// Which: the folder's own path, and the way to it.
    pub path: PathBuf,
    /// Why.
    pub because: Because,
}

/// Why something was passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Because {
    /// Its name ends in `.MEETLAT` or the like: on some systems that is another name.
    Capitals,
    /// Its name begins with a point, as that of what an editor or a system keeps for itself.
    Hidden,
    /// It is a folder, a pipe or a device.
    NotAFile,
    /// It holds the same as a file before it: the two are one version.
    Double,
    /// It is a building block, or lies in a folder below, and no rule file uses it: it was not looked at.
    Unused,
    /// It is a link to a folder, from which no rule file uses anything: it was not looked into.
    LinkedFolder,
    /// It is a folder below that cannot be looked into, from which no rule file uses anything.
    ClosedFolder,
}

impl PassedOver {
    /// What to tell a person.
    #[must_use]
    pub fn message(&self) -> Text {
        let name = self.path.display();
        let Text { nl, en } = match self.because {
            Because::Capitals => {
                says!(
                    "de naam eindigt niet op .meetlat in kleine letters",
                    "its name does not end in .meetlat in small letters"
                )
            }
            Because::Hidden => says!("de naam begint met een punt", "its name begins with a point"),
            Because::NotAFile => says!("het is geen gewoon bestand", "it is no regular file"),
            Because::Double => {
                says!("een eerder bestand is precies gelijk", "an earlier file is exactly the same")
            }
            Because::Unused => says!("geen meetlat gebruikt het", "no rule file uses it"),
            Because::LinkedFolder => says!("het is een koppeling naar een map", "it is a link to a folder"),
            Because::ClosedFolder => says!("de map is niet te lezen", "the folder cannot be read"),
        };
        says!("{name} is overgeslagen: {nl}", "{name} is passed over: {en}")
    }
}

/// Whether something of this name counts as a rule file, or why not; none where it has nothing to do with rules.
pub(super) fn by_name(path: &Path) -> Option<Result<(), Because>> {
    let extension = path.extension().and_then(OsStr::to_str)?;
    if !extension.eq_ignore_ascii_case("meetlat") {
        return None;
    }
    let hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
    Some(match (hidden, extension) {
        (true, _) => Err(Because::Hidden),
        (_, "meetlat") => Ok(()),
        _ => Err(Because::Capitals),
    })
}
