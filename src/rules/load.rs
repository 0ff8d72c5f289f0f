//! From a rule file to all files it uses: follows `gebruik` through the loader that the host gives. The library itself
//! opens nothing.
//!
//! The rule file comes first, then the building blocks in the order in which they are first named: its own, then
//! theirs. That is the order of everything that stands in file order.

use std::collections::BTreeMap;

use crate::json::hash::{hexadecimal, sha256};
use crate::limits::Limits;
use crate::message::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::message::language::{Text, says};
use crate::message::source::{SourceId, Span};
use crate::rules::parse;
use crate::rules::syntax::{DeclarationKind, File};

/// A rule text as the host has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleText {
    /// What messages call it, for example its path. A verdict shows it without folders.
    pub name: String,
    /// The text itself.
    pub text: String,
}

/// How the host finds building blocks: by the name after `gebruik`, for example `landelijk.jeugdwet`. None when there
/// is no such file; an error, in the host's words, when there is one that cannot be read.
pub type Loader<'l> = dyn FnMut(&str) -> Result<Option<RuleText>, Text> + 'l;

/// A loader for rules that use no building blocks: it finds none.
///
/// # Errors
/// Never.
pub fn no_blocks(_: &str) -> Result<Option<RuleText>, Text> {
    Ok(None)
}

/// The name in a rule file's header, for a host that has to know where the building blocks of a file lie or which
/// files are versions of one meetlat; none when there is no header. Nothing is checked. Cost: linear in the text.
#[must_use]
pub fn header_name(text: &str) -> Option<&str> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let header = text.lines().find_map(|line| {
        let rest = line.strip_prefix("meetlat")?;
        rest.starts_with(char::is_whitespace).then(|| rest.trim_start())
    })?;
    let name = header.split(|c: char| c == ':' || c == '"' || c.is_whitespace()).next()?;
    (!name.is_empty()).then_some(name)
}

/// Whether a rule text has an `oordeel`, so that it is not a building block. Nothing is checked. Cost: linear in the text.
#[must_use]
pub fn judges(text: &str) -> bool {
    text.lines().any(|line| {
        let rest = line.strip_prefix("oordeel");
        rest.is_some_and(|rest| rest.starts_with(':') || rest.starts_with(char::is_whitespace))
    })
}

/// A rule file and the building blocks it uses, parsed.
#[derive(Debug, Clone, Default)]
pub struct Loaded {
    /// The rule file first.
    pub files: Vec<LoadedFile>,
}

/// One file of them.
#[derive(Debug, Clone)]
pub struct LoadedFile {
    /// Its text among the diagnostics' sources.
    pub source: SourceId,
    /// What the host calls it.
    pub name: String,
    /// SHA-256 of the bytes the host gave, in lower-case hexadecimal.
    pub sha256: String,
    /// What was read of it.
    pub file: File,
    /// Where it is first used; none for the rule file.
    pub used_at: Option<Span>,
    /// Places among the files of those that it uses, each with where it says so.
    pub uses: Vec<(usize, Span)>,
    /// A file that it uses is missing, or was not read, so what that declares is not known.
    pub lacks: bool,
    /// It is too long, and was not read.
    pub skipped: bool,
}

/// Reads a rule file and, through the loader, every building block that it uses; each once. What is wrong becomes a
/// diagnostic, and the rest goes on. Cost: linear in the texts; the loader is asked once for each name.
pub fn load(
    name: &str,
    text: &str,
    limits: &Limits,
    loader: &mut Loader<'_>,
    diagnostics: &mut Diagnostics,
) -> Loaded {
    let mut work = Work { limits, diagnostics, files: Vec::new(), depths: Vec::new(), bytes: 0, full: false };
    work.add(name, text, None, 0);
    // A building block that uses the file we started from closes a circle: that needs no second reading.
    let mut known: BTreeMap<String, Option<usize>> = BTreeMap::new();
    known.extend(work.files.first().and_then(|file| header(&file.file)).map(|name| (name, Some(0))));
    let mut at = 0;
    while let Some(file) = work.files.get(at) {
        let wanted = imports(&file.file);
        for (wanted, span) in wanted {
            let found = match known.get(&wanted) {
                Some(found) => *found,
                None => {
                    let found = work.fetch(&wanted, span, at, loader);
                    known.insert(wanted, found);
                    found
                }
            };
            let skipped = found.and_then(|place| work.files.get(place)).is_some_and(|file| file.skipped);
            if let Some(file) = work.files.get_mut(at) {
                file.uses.extend(found.map(|place| (place, span)));
                file.lacks |= found.is_none() || skipped;
            }
        }
        at += 1;
    }
    let Work { files, diagnostics, .. } = work;
    report_circles(&files, diagnostics);
    Loaded { files }
}

struct Work<'w> {
    limits: &'w Limits,
    diagnostics: &'w mut Diagnostics,
    files: Vec<LoadedFile>,
    /// Per file, how many imports lead to it, by the shortest path.
    depths: Vec<usize>,
    /// The bytes of all texts so far.
    bytes: usize,
    /// The number of files or bytes has reached its limit, which is reported once.
    full: bool,
}

impl Work<'_> {
    fn add(&mut self, name: &str, text: &str, used_at: Option<Span>, depth: usize) -> usize {
        self.bytes = self.bytes.saturating_add(text.len());
        let (source, file) = parse::parse(name, text, self.limits, self.diagnostics);
        if used_at.is_none() && self.bytes > self.limits.all_rule_bytes {
            self.too_long(Span::new(source, 0, 0), self.bytes);
        }
        let mut hash = String::new();
        hexadecimal(&mut hash, &sha256(text));
        let sha256 = hash;
        let name = name.to_owned();
        let skipped = text.len() > self.limits.rule_bytes;
        let uses = Vec::new();
        self.files.push(LoadedFile { source, name, sha256, file, used_at, uses, lacks: false, skipped });
        self.depths.push(depth);
        self.files.len() - 1
    }

    /// The place of a building block that was not read before; none when it cannot be had, which is reported.
    fn fetch(&mut self, wanted: &str, span: Span, by: usize, loader: &mut Loader<'_>) -> Option<usize> {
        let depth = self.depths.get(by).map_or(0, |depth| depth.saturating_add(1));
        if self.full {
            return None;
        }
        if depth > self.limits.import_depth {
            let most = self.limits.import_depth;
            let message = says!(
                "\"gebruik {wanted}\" ligt {depth} bestanden diep; de grens is {most}",
                "\"gebruik {wanted}\" lies {depth} files deep; the limit is {most}"
            );
            let help = says!(
                "laat het eerste bestand de bouwsteen zelf gebruiken, of verhoog de grens",
                "let the first file use the building block itself, or raise the limit"
            );
            self.diagnostics.push(Diagnostic::new(Code::ImportsTooDeep, span, message).help(help));
            return None;
        }
        if self.files.len() >= self.limits.files {
            self.full = true;
            let most = self.limits.files;
            let message = says!(
                "dit zijn te veel bestanden: er mogen er {most} zijn, en \"{wanted}\" is een meer",
                "these are too many files: {most} are allowed, and \"{wanted}\" is one more"
            );
            let help = says!(
                "voeg bouwstenen samen, of verhoog de grens",
                "join building blocks, or raise the limit"
            );
            self.diagnostics.push(Diagnostic::new(Code::TooManyFiles, span, message).help(help));
            return None;
        }
        let found = match loader(wanted) {
            Ok(Some(found)) => found,
            Ok(None) => {
                let path = wanted.replace('.', "/");
                let message = says!(
                    "de bouwsteen \"{wanted}\" is er niet",
                    "the building block \"{wanted}\" is not there"
                );
                let help = says!(
                    "verbeter de naam, of leg het bestand {path}.meetlat klaar naast dit bestand",
                    "mend the name, or put the file {path}.meetlat beside this file"
                );
                self.diagnostics.push(Diagnostic::new(Code::BlockMissing, span, message).help(help));
                return None;
            }
            Err(Text { nl, en }) => {
                let message = says!(
                    "de bouwsteen \"{wanted}\" is niet te lezen: {nl}",
                    "the building block \"{wanted}\" cannot be read: {en}"
                );
                let help =
                    says!("zorg dat het bestand gelezen kan worden", "see to it that the file can be read");
                self.diagnostics.push(Diagnostic::new(Code::BlockMissing, span, message).help(help));
                return None;
            }
        };
        let bytes = self.bytes.saturating_add(found.text.len());
        if bytes > self.limits.all_rule_bytes {
            self.full = true;
            self.too_long(span, bytes);
            return None;
        }
        let place = self.add(&found.name, &found.text, Some(span), depth);
        self.check_name(wanted, span, place);
        Some(place)
    }

    fn too_long(&mut self, span: Span, bytes: usize) {
        let most = self.limits.all_rule_bytes;
        let message = says!(
            "de bestanden zijn samen {bytes} bytes lang; de grens is {most}",
            "the files are {bytes} bytes long together; the limit is {most}"
        );
        let help = says!(
            "gebruik minder bouwstenen, of verhoog de grens",
            "use fewer building blocks, or raise the limit"
        );
        self.diagnostics.push(Diagnostic::new(Code::FilesTooLong, span, message).help(help));
    }

    /// `gebruik a.b` is the file with the header `meetlat a.b`.
    fn check_name(&mut self, wanted: &str, used_at: Span, place: usize) {
        let Some(file) = self.files.get(place) else { return };
        let declarations = file.file.declarations.iter();
        let mut headers = declarations.filter(|d| d.kind.node == DeclarationKind::Header);
        let Some(name) = headers.next().and_then(|header| header.name.as_ref()) else { return };
        if name.node == wanted {
            return;
        }
        let own = &name.node;
        let message = says!(
            "dit bestand heet \"{own}\", maar wordt gebruikt als \"{wanted}\"",
            "this file is called \"{own}\", but is used as \"{wanted}\""
        );
        let diagnostic = Diagnostic::new(Code::OtherBlockName, name.span, message)
            .also(used_at, says!("hier wordt het gebruikt", "here it is used"))
            .help(says!(
                "schrijf in de kop: meetlat {wanted}: \"…\", of gebruik het onder zijn eigen naam",
                "write in the header: meetlat {wanted}: \"…\", or use it by its own name"
            ));
        self.diagnostics.push(diagnostic);
    }
}

fn header(file: &File) -> Option<String> {
    let mut headers = file.declarations.iter().filter(|d| d.kind.node == DeclarationKind::Header);
    Some(headers.next()?.name.as_ref()?.node.clone())
}

fn imports(file: &File) -> Vec<(String, Span)> {
    let imports = file.declarations.iter().filter(|d| d.kind.node == DeclarationKind::Import);
    imports.filter_map(|d| d.name.as_ref()).map(|name| (name.node.clone(), name.span)).collect()
}

/// Reports every circle of files once. Without recursion: a chain may be long.
fn report_circles(files: &[LoadedFile], diagnostics: &mut Diagnostics) {
    #[derive(Clone, Copy, PartialEq, Eq)]
    enum State {
        New,
        Open,
        Done,
    }
    let mut states = vec![State::New; files.len()];
    let mut set = |at: usize, state: State| -> State {
        states.get_mut(at).map_or(State::Done, |old| std::mem::replace(old, state))
    };
    // Where the walk stands: a file, the next of its uses, and the place that led to it.
    let mut path: Vec<(usize, usize, Span)> = Vec::new();
    if !files.is_empty() {
        path.push((0, 0, Span::default()));
        set(0, State::Open);
    }
    while let Some((at, next, _)) = path.last_mut() {
        let at = *at;
        let used = files.get(at).and_then(|file| file.uses.get(*next)).copied();
        *next += 1;
        let Some((to, span)) = used else {
            set(at, State::Done);
            path.pop();
            continue;
        };
        match set(to, State::Open) {
            State::New => path.push((to, 0, span)),
            State::Done => {
                set(to, State::Done);
            }
            State::Open => {
                let from = path.iter().position(|(at, ..)| *at == to).unwrap_or_default();
                let circle: Vec<(usize, Span)> =
                    path.iter().skip(from).map(|(at, _, span)| (*at, *span)).collect();
                diagnostics.push(circle_of(files, &circle, span));
            }
        }
    }
}

/// `circle`: each file with the place in the one before that uses it; `closing`: the place in the last that uses the
/// first.
fn circle_of(files: &[LoadedFile], circle: &[(usize, Span)], closing: Span) -> Diagnostic {
    let name = |place: usize| {
        let file = files.get(place);
        file.map(|file| header(&file.file).unwrap_or_else(|| file.name.clone())).unwrap_or_default()
    };
    let mut shown: Vec<String> = circle.iter().map(|(place, _)| name(*place)).collect();
    shown.extend(circle.first().map(|(place, _)| name(*place)));
    let path = shown.join(" → ");
    let message =
        says!("bestanden gebruiken elkaar in een kring: {path}", "files use each other in a circle: {path}");
    let mut diagnostic = Diagnostic::new(Code::ImportCircle, closing, message);
    for (place, span) in circle.iter().skip(1) {
        let name = name(*place);
        diagnostic = diagnostic.also(*span, says!("gebruikt {name}", "uses {name}"));
    }
    diagnostic.help(says!(
        "haal een van deze regels weg, of zet wat beide nodig hebben in een eigen bouwsteen",
        "remove one of these lines, or put what both need in a building block of its own"
    ))
}
