//! The layers of `src`, read from its `use` lines and paths: no file imports from a layer after its own, and no files import
//! each other in a circle. What each layer is for stands in `CONTRIBUTING.md`, which names every folder and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Each may import from those before it. A name is a folder with its `.rs` of the same name, or a single file.
const LAYERS: [&str; 27] = [
    "value",
    "json",
    "message",
    "limits",
    "rules",
    "program",
    "proposal",
    "evaluate",
    "diagram",
    "judge",
    "verdict",
    "lint",
    "census",
    "comparison",
    "examples",
    "improve",
    "why",
    "firmness",
    "text",
    "scratch",
    "meetlat",
    "versions",
    "in_language",
    "folder",
    "overview",
    "document_schema",
    "batch",
];

/// A module: the names that lead to it from the crate's root, which is empty.
type Module = Vec<String>;

/// The modules that a module imports from.
type Imports = BTreeMap<Module, BTreeSet<Module>>;

fn files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            into.push(path);
        }
    }
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The text of every module, without its comments and its tests.
fn modules() -> BTreeMap<Module, String> {
    let mut found = Vec::new();
    files(&source(), &mut found);
    let module = |path: &PathBuf| {
        let relative = path.strip_prefix(source()).unwrap().with_extension("");
        let names: Module =
            relative.components().map(|part| part.as_os_str().to_str().unwrap().to_owned()).collect();
        let names = if names == ["lib"] { Vec::new() } else { names };
        (names, code(&fs::read_to_string(path).unwrap()))
    };
    found.iter().map(module).collect()
}

fn code(text: &str) -> String {
    let before_tests = text.split("\nmod tests {").next().unwrap();
    let lines = before_tests.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// The paths of a `use`, its braces taken apart: `a::{b, c::d}` names `a::b` and `a::c::d`.
fn spelled(tree: &str) -> Vec<String> {
    let Some(open) = tree.find('{') else {
        return vec![tree.split(" as ").next().unwrap().trim().to_owned()];
    };
    let (before, inside) = (&tree[..open].trim(), &tree[open + 1..tree.rfind('}').unwrap()]);
    let mut paths = Vec::new();
    let (mut depth, mut start) = (0, 0);
    for (at, letter) in inside.char_indices().chain([(inside.len(), ',')]) {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                let one = inside[start..at].trim();
                paths.extend(
                    spelled(one).iter().filter(|one| !one.is_empty()).map(|one| format!("{before}{one}")),
                );
                start = at + 1;
            }
            _ => {}
        }
    }
    paths
}

/// Every path in a text that may lead to a module of this crate.
fn paths(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = String::new();
    for (at, piece) in code.split("use ").enumerate() {
        let starts_line = rest.is_empty() || rest.ends_with(['\n', ' ', '(', ')']);
        match piece.split_once(';').filter(|_| at > 0 && starts_line) {
            Some((tree, after)) => {
                found.extend(spelled(tree));
                rest.push('\n');
                rest.push_str(after);
            }
            None => rest.push_str(piece),
        }
    }
    let letter = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let words = rest.split(|c: char| !letter(c)).filter(|word| word.contains("::"));
    found.extend(words.map(str::to_owned));
    found
}

/// The module that a path in `here` leads to, if it is one of this crate: the longest start of it that is a module.
fn target(path: &str, here: &Module, all: &BTreeMap<Module, String>) -> Option<Module> {
    let mut names: Vec<&str> = path.split("::").map(str::trim).collect();
    let child = |name: &str| all.contains_key(&[here.as_slice(), &[name.to_owned()]].concat());
    let mut from: Module = match *names.first()? {
        "crate" => {
            names.remove(0);
            Vec::new()
        }
        "self" => {
            names.remove(0);
            here.clone()
        }
        "super" => {
            let mut above = here.clone();
            while names.first() == Some(&"super") {
                names.remove(0);
                above.pop();
            }
            above
        }
        first if child(first) => here.clone(),
        _ => return None,
    };
    for name in names {
        from.push(name.to_owned());
        if !all.contains_key(&from) {
            from.pop();
            break;
        }
    }
    Some(from)
}

fn imports() -> Imports {
    let all = modules();
    let of = |here: &Module, code: &String| {
        let found: BTreeSet<Module> =
            paths(code).iter().filter_map(|path| target(path, here, &all)).filter(|to| to != here).collect();
        (here.clone(), found)
    };
    all.iter().map(|(here, code)| of(here, code)).collect()
}

fn layer(module: &Module) -> usize {
    let Some(first) = module.first() else { return LAYERS.len() };
    LAYERS.iter().position(|layer| layer == first).unwrap_or_else(|| panic!("{first} is in no layer"))
}

fn name(module: &Module) -> String {
    if module.is_empty() { "lib".to_owned() } else { module.join("::") }
}

/// What imports against the layers, `a -> b` each.
fn upward(imports: &Imports) -> Vec<String> {
    let mut found = Vec::new();
    for (from, all) in imports.iter().filter(|(from, _)| !from.is_empty()) {
        let wrong = all.iter().filter(|to| layer(to) > layer(from));
        found.extend(wrong.map(|to| format!("{} -> {}", name(from), name(to))));
    }
    found
}

/// The files that stay when those that import nothing left are taken away, again and again, from either end: the circles,
/// and what lies between them.
fn circles(imports: &Imports) -> Vec<String> {
    let mut left = imports.clone();
    loop {
        let reached: BTreeSet<Module> = left.values().flatten().cloned().collect();
        let ends: Vec<Module> = left
            .iter()
            .filter(|(from, to)| to.is_empty() || !reached.contains(*from))
            .map(|(from, _)| from.clone())
            .collect();
        if ends.is_empty() {
            return left.keys().map(name).collect();
        }
        for end in ends {
            left.remove(&end);
            for to in left.values_mut() {
                to.remove(&end);
            }
        }
    }
}

#[test]
fn no_file_imports_from_a_later_layer() {
    let found = upward(&imports());
    assert!(found.is_empty(), "{} against the layers:\n{}", found.len(), found.join("\n"));
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let found = circles(&imports());
    assert!(found.is_empty(), "{} files in circles, or between them:\n{}", found.len(), found.join("\n"));
}

#[test]
fn every_layer_says_what_it_is_for_and_is_named_for_contributors() {
    let guide = fs::read_to_string(source().join("../CONTRIBUTING.md")).unwrap();
    let (_, where_) = guide.split_once("## Where things are").unwrap();
    let where_ = where_.split("\n## ").next().unwrap();
    let named: Vec<&str> =
        where_.lines().filter_map(|line| line.strip_prefix("- `src/")?.split(['`', '/']).next()).collect();
    let named: Vec<&str> = named.iter().map(|one| one.trim_end_matches(".rs")).collect();
    assert_eq!(named, LAYERS, "CONTRIBUTING names the layers of src in their order");
    for layer in LAYERS {
        let text = fs::read_to_string(source().join(format!("{layer}.rs"))).unwrap();
        assert!(text.starts_with("//! "), "{layer}.rs starts with what it is for");
    }
    let all: BTreeSet<String> = modules().keys().filter_map(|module| module.first().cloned()).collect();
    let known: BTreeSet<String> = LAYERS.iter().map(|&layer| layer.to_owned()).collect();
    assert_eq!(all, known);
}

/// The checks themselves, on a crate of three files.
#[test]
fn what_is_wrong_is_found() {
    let module = |path: &str| path.split("::").map(str::to_owned).collect::<Module>();
    let all: BTreeMap<Module, String> = [
        ("value", "pub mod number;"),
        ("value::number", "use std::fmt;\nuse crate::judge::{self, open::{A, B as C}};\n"),
        ("judge", "pub(crate) mod open;\npub(crate) use self::open::A;\n"),
        ("judge::open", "fn f() { super::super::value::number::g() }"),
    ]
    .map(|(path, code)| (module(path), code.to_owned()))
    .into();
    let of = |here: &Module| {
        let code = &all[here];
        paths(code).iter().filter_map(|path| target(path, here, &all)).filter(|to| to != here).collect()
    };
    let imports: Imports = all.keys().map(|here| (here.clone(), of(here))).collect();
    assert_eq!(upward(&imports), ["value::number -> judge", "value::number -> judge::open"]);
    assert_eq!(circles(&imports), ["judge", "judge::open", "value::number"]);
}
