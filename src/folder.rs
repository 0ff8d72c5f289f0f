//! Rule files from a folder, for hosts that keep them there: behind the feature `folder`, since nothing else in the crate opens a
//! file.

use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

use crate::limits::Limits;
use crate::meetlat::Meetlat;
use crate::message::diagnostic::Diagnostics;
use crate::message::language::{Text, says};
use crate::rules::load::{RuleText, judges};
use crate::versions::Versions;

/// A folder with rule files (`*.meetlat`); building blocks lie in it too: `landelijk.vragen` is the file `landelijk/vragen.meetlat`.
///
/// ```
/// use meetlat::Limits;
/// use meetlat::folder::Folder;
///
/// let folder = Folder::new("tests/cases/bouwsteen");
/// let all = folder.versions(&Limits::default())?;
/// assert_eq!(all.len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Folder {
    root: PathBuf,
}

/// Why a folder was not loaded.
#[derive(Debug)]
#[non_exhaustive]
pub enum Unloaded {
    /// A file or folder cannot be read.
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// Rule files have errors: those of each.
    Faults(Vec<Diagnostics>),
}

impl std::error::Error for Unloaded {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unreadable { error, .. } => Some(error),
            Self::Faults(_) => None,
        }
    }
}

impl fmt::Display for Unloaded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { path, error } => write!(f, "{} is niet te lezen: {error}", path.display()),
            Self::Faults(all) => all.iter().enumerate().try_for_each(|(at, found)| {
                if at > 0 {
                    f.write_str("\n")?;
                }
                found.fmt(f)
            }),
        }
    }
}

impl Folder {
    /// The folder at a path; nothing is read yet.
    #[must_use]
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// A building block by its name: the loader that [`Meetlat::load`] takes. None when there is no such file.
    ///
    /// # Errors
    /// When there is one that cannot be read, or is no UTF-8.
    pub fn find(&self, name: &str) -> Result<Option<RuleText>, Text> {
        let plain = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '_');
        if !name.split('.').all(plain) {
            return Ok(None);
        }
        let path = format!("{}.meetlat", name.replace('.', "/"));
        match fs::read_to_string(self.root.join(&path)) {
            Ok(text) => Ok(Some(RuleText { name: path, text })),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(says!("{path} is niet te lezen: {error}", "cannot read {path}: {error}")),
        }
    }

    /// Every rule file of the folder that judges (building blocks are read as they are used), grouped by name into versions, names in
    /// the order of the files' names. Cost: every file is read and checked.
    ///
    /// # Errors
    /// A file that cannot be read; else the errors of every rule file that has any.
    pub fn versions(&self, limits: &Limits) -> Result<Vec<Versions>, Unloaded> {
        let unreadable = |path: &Path| {
            let path = path.to_owned();
            move |error| Unloaded::Unreadable { path, error }
        };
        let entries = fs::read_dir(&self.root).map_err(unreadable(&self.root))?;
        let mut paths = Vec::new();
        for entry in entries {
            let path = entry.map_err(unreadable(&self.root))?.path();
            if path.extension().is_some_and(|extension| extension == "meetlat") && path.is_file() {
                paths.push(path);
            }
        }
        paths.sort();
        let (mut sound, mut faults) = (Vec::new(), Vec::new());
        for path in paths {
            let text = fs::read_to_string(&path).map_err(unreadable(&path))?;
            if !judges(&text) {
                continue;
            }
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            match Meetlat::load_with(&name, &text, limits, |name| self.find(name)).into_result() {
                Ok(meetlat) => sound.push(meetlat),
                Err(found) => faults.push(found),
            }
        }
        if faults.is_empty() { Ok(Versions::group(sound)) } else { Err(Unloaded::Faults(faults)) }
    }
}
