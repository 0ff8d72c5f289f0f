//! Reading texts and writing results. Every failure becomes a message, never a panic.

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use meetlat::folder::{self, Folder, Unloaded};
use meetlat::{Language, Report};

use crate::blocks::Origin;
use crate::builtin::{self, Builtin};
use crate::output::complain;

/// A text and what it is called.
pub(crate) struct Text {
    /// The path as given, or what stands for standard input.
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) origin: Origin,
}

impl From<Builtin> for Text {
    fn from(file: Builtin) -> Self {
        Self { name: file.path.to_owned(), text: file.text.to_owned(), origin: Origin::Builtin }
    }
}

/// A proposal or a rule file: a path, or `-` for standard input.
pub(crate) fn read(path: &Path, language: Language) -> Result<Text, Report> {
    let (name, read, origin) = if path.as_os_str() == "-" {
        let name = stdin_name(language);
        let mut bytes = Vec::new();
        let read = match io::stdin().lock().read_to_end(&mut bytes) {
            Ok(_) => folder::text(Path::new(&name), bytes),
            Err(error) => Err(Unloaded::Unreadable { path: name.clone().into(), error }),
        };
        // What comes in through a pipe lies where the command is given.
        (name, read, PathBuf::new())
    } else {
        (path.display().to_string(), folder::read(path), path.to_owned())
    };
    match read {
        Ok(text) => Ok(Text { name, text, origin: Origin::File(origin) }),
        Err(unloaded) => Err(unloaded.report(language)),
    }
}

/// What standard input is called.
pub(crate) fn stdin_name(language: Language) -> String {
    language.pick("(standaardinvoer)", "(standard input)").to_owned()
}

/// Rule files: one at a path, all in a folder (not those in folders below it), or, when there is no such file, all
/// built-in ones of that name. Never an empty list.
pub(crate) fn read_rules(path: &Path, language: Language) -> Result<Vec<Text>, Report> {
    if path.is_dir() {
        return read_folder(path, language);
    }
    if path.as_os_str() != "-" && !path.exists() {
        let found = path.to_str().map(builtin::named_or_block).unwrap_or_default();
        if !found.is_empty() {
            return Ok(found.into_iter().map(Text::from).collect());
        }
    }
    Ok(vec![read(path, language)?])
}

fn read_folder(path: &Path, language: Language) -> Result<Vec<Text>, Report> {
    let listed = Folder::new(path).list().map_err(|unloaded| unloaded.report(language))?;
    for one in listed.passed_over {
        complain(&format!("{}\n", one.message().get(language)));
    }
    if listed.files.is_empty() {
        return Err(Unloaded::Nothing { path: path.to_owned() }.report(language));
    }
    listed.files.iter().map(|path| read(path, language)).collect()
}

/// Proposals: one at a path, or all in a folder and the folders below it, by path.
pub(crate) fn read_proposals(path: &Path, language: Language) -> Result<Vec<Text>, Report> {
    let mut paths = Vec::new();
    if path.is_dir() {
        let failed = |error| Unloaded::Unreadable { path: path.to_owned(), error }.report(language);
        collect(path, &mut paths).map_err(failed)?;
        paths.sort();
    } else {
        paths.push(path.to_owned());
    }
    paths.iter().map(|path| read(path, language)).collect()
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        // A link to a folder is not followed: it could lead round.
        if entry.file_type()?.is_dir() {
            collect(&path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "json") {
            found.push(path);
        }
    }
    Ok(())
}

/// What is told when something cannot be read any further after some lines.
pub(crate) fn unreadable_after(name: &str, lines: u64, error: &io::Error, language: Language) -> Report {
    let why = folder::reason(error);
    let message = language.pick(
        format!("{name} is na regel {lines} niet verder te lezen: {}", why.nl),
        format!("cannot read {name} any further after line {lines}: {}", why.en),
    );
    Report::of_host("B0001", message, None)
}

/// Writes a whole file at once: first beside it, then in its place, so that nobody ever sees half of it.
pub(crate) fn write(path: &Path, text: &str, language: Language) -> Result<(), Report> {
    let written = Replacing::begin(path).and_then(|mut file| {
        file.write(text.as_bytes())?;
        file.finish()
    });
    written.map_err(|error| unwritable(path, &error, language))
}

/// What is told when a file can't be written.
pub(crate) fn unwritable(path: &Path, error: &io::Error, language: Language) -> Report {
    let (name, why) = (path.display(), folder::reason(error));
    let message = language
        .pick(format!("{name} is niet te schrijven: {}", why.nl), format!("cannot write {name}: {}", why.en));
    Report::of_host("B0003", message, None)
}

/// A file that is being written beside the one it will replace.
pub(crate) struct Replacing {
    file: fs::File,
    /// Where it is, and where it will be; none for a device or pipe, which cannot be replaced.
    moves: Option<(PathBuf, PathBuf)>,
    permissions: Option<fs::Permissions>,
}

impl Replacing {
    pub(crate) fn begin(path: &Path) -> io::Result<Self> {
        let old = fs::metadata(path).ok();
        if old.as_ref().is_some_and(|old| !old.is_file()) {
            let file = fs::OpenOptions::new().write(true).open(path)?;
            return Ok(Self { file, moves: None, permissions: None });
        }
        // Behind a link, the file that it points to is replaced.
        let target = if old.is_some() { fs::canonicalize(path)? } else { path.to_owned() };
        let beside = beside(&target)?;
        let file = fs::OpenOptions::new().write(true).create_new(true).open(&beside)?;
        Ok(Self { file, moves: Some((beside, target)), permissions: old.map(|old| old.permissions()) })
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)
    }

    /// Puts it in its place.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        let Some((beside, target)) = &self.moves else { return Ok(()) };
        if let Some(permissions) = self.permissions.take() {
            self.file.set_permissions(permissions)?;
        }
        self.file.sync_all()?;
        fs::rename(beside, target)?;
        self.moves = None;
        Ok(())
    }
}

impl Drop for Replacing {
    fn drop(&mut self) {
        if let Some((beside, _)) = &self.moves {
            // Something went wrong, and that is told; what is left behind would only be in the way.
            let _ = fs::remove_file(beside);
        }
    }
}

fn beside(target: &Path) -> io::Result<PathBuf> {
    let name = target.file_name().ok_or_else(|| io::Error::from(io::ErrorKind::InvalidFilename))?;
    let mut hidden = std::ffi::OsString::from(".");
    hidden.push(name);
    hidden.push(format!(".{}.deel", std::process::id()));
    Ok(target.with_file_name(hidden))
}
