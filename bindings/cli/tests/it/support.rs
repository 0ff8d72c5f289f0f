//! The command line as a process, and files to give it.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

pub(crate) const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../");

/// Small rules, with a proposal whose verdict is settled and one whose verdict is open.
pub(crate) const RULES: &str = "tests/expected/buurtfonds.meetlat";
pub(crate) const SETTLED: &str = "tests/expected/voorstellen/buurttuin.json";
pub(crate) const OPEN: &str = "tests/expected/voorstellen/straatfeest.json";

/// In the folder of the repository, and with nothing of the environment that it looks at.
pub(crate) fn meetlat() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_meetlat"));
    command.current_dir(ROOT).stdin(Stdio::null());
    for name in ["NO_COLOR", "LC_ALL", "LC_MESSAGES", "LANG"] {
        command.env_remove(name);
    }
    command
}

pub(crate) fn run(arguments: &[&str]) -> Output {
    meetlat().args(arguments).output().unwrap()
}

pub(crate) fn with_input(arguments: &[&str], input: impl AsRef<[u8]>) -> Output {
    feed(meetlat().args(arguments), input)
}

/// The same, for a command with more than arguments.
pub(crate) fn feed(command: &mut Command, input: impl AsRef<[u8]>) -> Output {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // Whoever ends early has closed its input.
    let _ = child.stdin.take().unwrap().write_all(input.as_ref());
    child.wait_with_output().unwrap()
}

pub(crate) fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

pub(crate) fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub(crate) fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// What it printed as one JSON document.
pub(crate) fn json(output: &Output) -> Value {
    serde_json::from_str(&out(output)).unwrap()
}

/// The JSON documents that it printed, one a line; an empty line is null.
pub(crate) fn documents(output: &Output) -> Vec<Value> {
    let read = |line: &str| if line.is_empty() { Value::Null } else { serde_json::from_str(line).unwrap() };
    out(output).lines().map(read).collect()
}

/// An empty folder of this test's own.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// A text of the repository.
pub(crate) fn text(path: &str) -> String {
    fs::read_to_string(Path::new(ROOT).join(path)).unwrap()
}

/// That a text is the one in a file beside these tests; `MEETLAT_BLESS=1` writes it anew.
pub(crate) fn expect(file: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expected").join(file);
    if std::env::var_os("MEETLAT_BLESS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, found).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(expected == found, "{file} differs; found:\n{found}");
}
