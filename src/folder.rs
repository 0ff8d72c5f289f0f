//! Rule files from a folder, for hosts that keep them there: behind the feature `folder`, since nothing else in the crate opens a
//! file.

mod file;
mod passed_over;
mod unloaded;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

pub use self::file::{read, text};
pub use self::passed_over::{Because, PassedOver};
pub use self::unloaded::{Unloaded, reason};
use crate::folder::passed_over::by_name;
use crate::limits::Limits;
use crate::meetlat::Meetlat;
use crate::message::language::Text;
use crate::rules::load::{RuleText, header_name, judges};
use crate::versions::Versions;

/// A folder with rule files (`*.meetlat`). Those that judge lie in it itself; building blocks too, or in folders below:
/// `landelijk.vragen` is the file `landelijk/vragen.meetlat`. A link to a file is as good as the file.
///
/// ```
/// use meetlat::Limits;
/// use meetlat::folder::Folder;
///
/// let loaded = Folder::new("tests/cases/bouwsteen").load(&Limits::default())?;
/// assert_eq!(loaded.versions[0].name(), "bouwsteen");
/// assert!(loaded.passed_over.is_empty()); // it uses every building block that is there
/// # Ok::<(), meetlat::folder::Unloaded>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    root: PathBuf,
}

/// The rule files of a folder, read and checked.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Loaded {
    /// Each meetlat with all its versions, in the order of the files' names; at least one. On no day are two versions in force;
    /// whether there are days with none is told by [`Versions::check`].
    pub versions: Vec<Versions>,
    /// What was passed over, in order of paths.
    pub passed_over: Vec<PassedOver>,
}

/// What lies in a folder itself, by its name alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Listed {
    /// Rule files, building blocks among them, in order of paths: each the folder's path and the file's name.
    pub files: Vec<PathBuf>,
    /// What looks like a rule file and is none, in order of paths.
    pub passed_over: Vec<PassedOver>,
}

impl Folder {
    /// The folder at a path; nothing is read yet.
    #[must_use]
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The folder where the building blocks of a rule file lie: its own, but for a file `landelijk/jeugdwet.meetlat` with the header
    /// `meetlat landelijk.jeugdwet` the one above it, since its own name begins there too. Nothing is opened.
    ///
    /// ```
    /// use std::path::Path;
    ///
    /// use meetlat::folder::Folder;
    ///
    /// let header = "meetlat landelijk.jeugdwet: \"Vragen over de wet\"\n";
    /// let folder = Folder::around(Path::new("regels/landelijk/jeugdwet.meetlat"), header);
    /// assert_eq!(folder.path(), Path::new("regels"));
    /// ```
    #[must_use]
    pub fn around(path: &Path, text: &str) -> Self {
        let own = path.parent().unwrap_or(Path::new(""));
        let name = header_name(text).unwrap_or_default();
        let mut above = own;
        for part in name.rsplit('.').skip(1) {
            match (above.file_name(), above.parent()) {
                (Some(last), Some(parent)) if last == part => above = parent,
                _ => return Self::new(own),
            }
        }
        Self::new(above)
    }

    /// Its path, as it was given.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.root
    }

    /// What lies in it itself, not in folders below. Cost: no file is opened.
    ///
    /// # Errors
    /// When the folder cannot be read; and a link that leads nowhere.
    pub fn list(&self) -> Result<Listed, Unloaded> {
        let failed = |error| Unloaded::at(&self.root, error);
        let mut listed = Listed::default();
        for entry in fs::read_dir(&self.root).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            match by_name(&path) {
                None => {}
                Some(Err(because)) => listed.passed_over.push(PassedOver { path, because }),
                Some(Ok(())) => match fs::metadata(&path) {
                    Ok(about) if about.is_file() => listed.files.push(path),
                    Ok(_) => listed.passed_over.push(PassedOver { path, because: Because::NotAFile }),
                    Err(error) => return Err(Unloaded::at(&path, error)),
                },
            }
        }
        listed.files.sort();
        listed.passed_over.sort();
        Ok(listed)
    }

    /// A building block by its name: the loader that [`Meetlat::load_with`] takes. It is called by its path from this folder,
    /// `landelijk/vragen.meetlat`. None when there is no such file.
    ///
    /// # Errors
    /// When there is one that cannot be read, is no UTF-8, or is larger than [`Limits::rule_bytes`].
    pub fn find(&self, name: &str, limits: &Limits) -> Result<Option<RuleText>, Text> {
        let plain = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '_');
        if !name.split('.').all(plain) {
            return Ok(None);
        }
        let name = format!("{}.meetlat", name.replace('.', "/"));
        match file::read_within(&self.root.join(&name), limits.rule_bytes) {
            Ok(text) => Ok(Some(RuleText { name, text })),
            Err(Unloaded::Unreadable { error, .. }) if is_absent(&error) => Ok(None),
            Err(unloaded) => Err(unloaded.why()),
        }
    }

    /// Every rule file that lies in it itself and judges, with the building blocks it uses, grouped by name into versions.
    /// Cost: every file is read and checked, nothing is searched; and the names of the folders below are gone through, but for
    /// folders whose name begins with a point.
    ///
    /// # Errors
    /// A file that cannot be read, the first by name; else the errors of every rule file that has any, and of versions that
    /// overlap; and when there is none that judges.
    pub fn load(&self, limits: &Limits) -> Result<Loaded, Unloaded> {
        let Listed { files, mut passed_over } = self.list()?;
        let used = RefCell::new(BTreeSet::new());
        let find = |name: &str| {
            let found = self.find(name, limits)?;
            used.borrow_mut().extend(found.iter().map(|block| self.root.join(&block.name)));
            Ok(found)
        };
        let (mut blocks, mut texts) = (Vec::new(), BTreeSet::new());
        let (mut sound, mut faults) = (Vec::new(), Vec::new());
        for path in files {
            let text = file::read_within(&path, limits.rule_bytes)?;
            if !judges(&text) {
                blocks.push(path);
                continue;
            }
            if texts.contains(&text) {
                passed_over.push(PassedOver { path, because: Because::Double });
                continue;
            }
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            match Meetlat::load_with(&name, &text, limits, find).into_result() {
                Ok(meetlat) => sound.push(meetlat),
                Err(found) => faults.push(found),
            }
            texts.insert(text);
        }
        let versions = Versions::group(sound);
        faults.extend(versions.iter().map(Versions::check).filter(|found| found.has_errors()));
        if !faults.is_empty() {
            return Err(Unloaded::Faults(faults));
        }
        if versions.is_empty() {
            return Err(Unloaded::Nothing { path: self.root.clone() });
        }
        let used = used.into_inner();
        let unused = |path: &PathBuf| !used.iter().any(|used| used.starts_with(path));
        blocks.retain(unused);
        passed_over.extend(blocks.into_iter().map(|path| PassedOver { path, because: Because::Unused }));
        passed_over.extend(self.below().into_iter().filter(|one| unused(&one.path)));
        passed_over.sort();
        Ok(Loaded { versions, passed_over })
    }

    /// What lies in folders below, as if nothing of it were used.
    fn below(&self) -> Vec<PassedOver> {
        let mut found = Vec::new();
        let mut folders = vec![self.root.clone()];
        while let Some(folder) = folders.pop() {
            let Ok(entries) = fs::read_dir(&folder) else {
                found.push(PassedOver { path: folder, because: Because::ClosedFolder });
                continue;
            };
            for entry in entries {
                let Ok(entry) = entry else {
                    found.push(PassedOver { path: folder.clone(), because: Because::ClosedFolder });
                    break;
                };
                let path = entry.path();
                let is_link = entry.file_type().is_ok_and(|kind| kind.is_symlink());
                if path.is_dir() {
                    let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
                    match (hidden, is_link) {
                        (true, _) => {}
                        // It could lead round.
                        (_, true) => found.push(PassedOver { path, because: Because::LinkedFolder }),
                        _ => folders.push(path),
                    }
                } else if folder != self.root {
                    found.extend(by_name(&path).map(|named| {
                        let because = named.err().unwrap_or(Because::Unused);
                        PassedOver { path, because }
                    }));
                }
            }
        }
        found
    }
}

/// Whether there is no such file.
fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}
