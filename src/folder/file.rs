//! One file: its text, or why it cannot be had.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;

use crate::folder::unloaded::Unloaded;

/// The text of a file: rules, a proposal. Cost: the whole file is read, however large it is.
///
/// # Errors
/// When it cannot be read, or is no UTF-8.
pub fn read(path: &Path) -> Result<String, Unloaded> {
    let bytes = fs::read(path).map_err(|error| Unloaded::at(path, error))?;
    text(path, bytes)
}

/// The text that bytes are; `path` is what messages call them. A byte order mark stays: the reader of rules and of proposals knows it.
///
/// ```
/// use std::path::Path;
///
/// use meetlat::folder;
///
/// let refused = folder::text(Path::new("regels.meetlat"), b"meetlat klein\n\xe9\n".to_vec()).unwrap_err();
/// assert_eq!(refused.to_string(), "regels.meetlat is geen UTF-8: zie regel 2");
/// ```
///
/// # Errors
/// The line at which they are no UTF-8.
pub fn text(path: &Path, bytes: Vec<u8>) -> Result<String, Unloaded> {
    String::from_utf8(bytes).map_err(|error| {
        let sound = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        let line = sound.iter().filter(|&&byte| byte == b'\n').count() + 1;
        Unloaded::NotUtf8 { path: path.to_owned(), line }
    })
}

/// The same of a file of at most so many bytes; no more is read.
pub(super) fn read_within(path: &Path, most: usize) -> Result<String, Unloaded> {
    let failed = |error| Unloaded::at(path, error);
    let about = fs::metadata(path).map_err(failed)?;
    // A pipe would be waited for; of a folder the system says it.
    if !about.is_file() && !about.is_dir() {
        return Err(Unloaded::NotAFile { path: path.to_owned() });
    }
    let mut bytes = Vec::new();
    let and_one = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    File::open(path).and_then(|file| file.take(and_one).read_to_end(&mut bytes)).map_err(failed)?;
    if bytes.len() > most {
        return Err(Unloaded::TooLarge { path: path.to_owned(), most });
    }
    text(path, bytes)
}
