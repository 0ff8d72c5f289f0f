//! Reading texts and writing results. Every failure becomes a message, never a panic.

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use meetlat::diagnostic::Language;
use meetlat::report::Report;

use crate::builtin::{self, Builtin};

/// A text and what it is called.
pub(crate) struct Text {
    /// The path as given, or what stands for standard input.
    pub(crate) name: String,
    pub(crate) text: String,
}

/// A proposal or a rule file: a path, or `-` for standard input.
pub(crate) fn read(path: &Path, language: Language) -> Result<Text, Report> {
    let nl = language == Language::Nl;
    if path.as_os_str() == "-" {
        let name = if nl { "(standaardinvoer)" } else { "(standard input)" }.to_owned();
        let mut bytes = Vec::new();
        return match io::stdin().lock().read_to_end(&mut bytes) {
            Ok(_) => text(name, bytes, nl),
            Err(error) => Err(unreadable(&name, &error, nl)),
        };
    }
    let name = path.display().to_string();
    match fs::read(path) {
        Ok(bytes) => text(name, bytes, nl),
        Err(error) => Err(unreadable(&name, &error, nl)),
    }
}

/// A rule file: like [`read`], but the name of a built-in one stands for it when there is no such file.
pub(crate) fn read_rules(path: &Path, language: Language) -> Result<Text, Report> {
    let builtin = path.to_str().and_then(builtin::named).filter(|_| !path.exists());
    match builtin {
        Some(Builtin { file, text, .. }) => Ok(Text { name: (*file).to_owned(), text: (*text).to_owned() }),
        None => read(path, language),
    }
}

fn text(name: String, bytes: Vec<u8>, nl: bool) -> Result<Text, Report> {
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Text { name, text }),
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let before = error.as_bytes().get(..valid).unwrap_or_default();
            let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
            let (message, help) = if nl {
                (format!("{name} is geen UTF-8: zie regel {line}"), "bewaar het bestand als UTF-8")
            } else {
                (format!("{name} is not UTF-8: see line {line}"), "save the file as UTF-8")
            };
            Err(Report::of_host("B0002", message, Some(help.to_owned())))
        }
    }
}

fn unreadable(name: &str, error: &io::Error, nl: bool) -> Report {
    let message = if nl {
        format!("{name} is niet te lezen: {}", why(error))
    } else {
        format!("cannot read {name}: {error}")
    };
    Report::of_host("B0001", message, None)
}

/// Writes a whole file at once: first beside it, then in its place, so that nobody ever sees half of it.
pub(crate) fn write(path: &Path, text: &str, language: Language) -> Result<(), Report> {
    replace(path, text).map_err(|error| {
        let name = path.display();
        let message = match language {
            Language::Nl => format!("{name} is niet te schrijven: {}", why(&error)),
            Language::En => format!("cannot write {name}: {error}"),
        };
        Report::of_host("B0003", message, None)
    })
}

fn replace(path: &Path, text: &str) -> io::Result<()> {
    let old = fs::metadata(path).ok();
    if old.as_ref().is_some_and(|old| !old.is_file()) {
        // A device or pipe cannot be replaced.
        return fs::OpenOptions::new().write(true).open(path)?.write_all(text.as_bytes());
    }
    // Behind a link, the file that it points to is replaced.
    let target = if old.is_some() { fs::canonicalize(path)? } else { path.to_owned() };
    let beside = beside(&target)?;
    let written = (|| {
        let mut file = fs::OpenOptions::new().write(true).create_new(true).open(&beside)?;
        file.write_all(text.as_bytes())?;
        if let Some(old) = &old {
            file.set_permissions(old.permissions())?;
        }
        file.sync_all()?;
        fs::rename(&beside, &target)
    })();
    if written.is_err() {
        // What went wrong is told; what is left behind would only be in the way.
        let _ = fs::remove_file(&beside);
    }
    written
}

fn beside(target: &Path) -> io::Result<PathBuf> {
    let name = target.file_name().ok_or_else(|| io::Error::from(io::ErrorKind::InvalidFilename))?;
    let mut hidden = std::ffi::OsString::from(".");
    hidden.push(name);
    hidden.push(format!(".{}.deel", std::process::id()));
    Ok(target.with_file_name(hidden))
}

/// Why a file cannot be opened, in Dutch where that is known.
fn why(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "het bestand of de map bestaat niet".to_owned(),
        io::ErrorKind::PermissionDenied => "dat mag niet van het systeem".to_owned(),
        io::ErrorKind::IsADirectory => "het is een map".to_owned(),
        io::ErrorKind::NotADirectory => "een deel van het pad is geen map".to_owned(),
        io::ErrorKind::InvalidFilename => "dat is geen naam van een bestand".to_owned(),
        io::ErrorKind::StorageFull => "de schijf is vol".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "de schijf is alleen te lezen".to_owned(),
        _ => error.to_string(),
    }
}
