//! The checker: every file under `tests/faults` ends with the diagnostics it must give; sound files give a model.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use meetlat::diagnostic::{Diagnostics, Severity};
use meetlat::model::Model;
use meetlat::{Limits, check, parse};

fn run(name: &str, text: &str) -> (Option<Model>, Diagnostics) {
    let limits = Limits::default();
    let mut diagnostics = Diagnostics::new();
    let (source, file) = parse::parse(name, text, &limits, &mut diagnostics);
    let model = check::check(source, name, &file, &limits, &mut diagnostics);
    diagnostics.sort();
    (model, diagnostics)
}

/// `# verwacht: M0203 regel 12 kolom 24`, one a line, in order.
fn tail(diagnostics: &Diagnostics) -> String {
    let mut tail = String::new();
    for diagnostic in diagnostics {
        let span = diagnostic.places[0].span;
        let at = diagnostics.source(span.source).unwrap().position(span.start);
        writeln!(tail, "# verwacht: {} regel {} kolom {}", diagnostic.code, at.line, at.column).unwrap();
    }
    tail
}

/// For reading along: what each diagnostic says.
fn shown(diagnostics: &Diagnostics) -> String {
    let mut shown = String::new();
    for diagnostic in diagnostics {
        let span = diagnostic.places[0].span;
        let at = diagnostics.source(span.source).unwrap().position(span.start);
        let help = diagnostic.help.as_ref().map_or("(zonder hulp)", |help| help.nl.as_str());
        let (code, message) = (diagnostic.code, &diagnostic.message.nl);
        writeln!(shown, "{code} {}:{} {message}\n      {help}", at.line, at.column).unwrap();
    }
    shown
}

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "meetlat"));
    files.sort();
    files
}

#[test]
fn faulty_files_give_the_diagnostics_in_their_tail() {
    let update = std::env::var_os("MEETLAT_UPDATE").is_some();
    let mut wrong = String::new();
    for path in files("tests/faults") {
        let whole = fs::read_to_string(&path).unwrap();
        let rules = whole.find("# verwacht: ").map_or(whole.as_str(), |at| &whole[..at]);
        let name = path.file_name().unwrap().to_str().unwrap();
        let (model, diagnostics) = run(name, rules);
        let errors = diagnostics.iter().any(|d| d.severity == Severity::Error);
        assert_eq!(
            model.is_none(),
            errors,
            "{name}: a model exactly when nothing is an error\n{}",
            shown(&diagnostics)
        );
        for diagnostic in &diagnostics {
            let help = diagnostic.help.as_ref();
            assert!(
                help.is_some_and(|help| !help.nl.is_empty() && !help.en.is_empty()),
                "{name}: {diagnostic:?}"
            );
            for text in [&diagnostic.message.nl, &diagnostic.message.en] {
                assert!(!text.ends_with('.') && !text.contains('\n'), "{name}: {text}");
            }
        }
        let found = format!("{rules}{}", tail(&diagnostics));
        if found == whole {
            continue;
        }
        if update {
            fs::write(&path, found).unwrap();
        }
        writeln!(wrong, "{name}:\n{}{}", shown(&diagnostics), tail(&diagnostics)).unwrap();
    }
    if update {
        println!("{wrong}");
    } else {
        assert!(wrong.is_empty(), "{wrong}");
    }
}

/// `MEETLAT_FILE=… cargo test --test check -- --nocapture one_file`
#[test]
fn one_file() {
    let Some(path) = std::env::var_os("MEETLAT_FILE") else { return };
    let text = fs::read_to_string(&path).unwrap();
    let (model, diagnostics) = run(path.to_str().unwrap(), &text);
    println!("{}model: {}", shown(&diagnostics), model.is_some());
    if std::env::var_os("MEETLAT_MODEL").is_some() {
        println!("{model:#?}");
    }
}
