//! `--taal en`: no Dutch word of ours in any page or document, for every case of this repository.
//!
//! What rules and proposals say stays as it is written, so before anything is asked every quoted text in them is replaced by a
//! mark (`T17`), and every name that has a title by another (`n17`). What is left of Dutch in the output is ours, except:
//! - names of JSON fields, and codes: values of one word, in fields that are not words (`soort`, `status`, `antwoorden`);
//! - rule language that is quoted as such: in quotes (`write "antwoord …"`), or behind one of [`LEADS`];
//! - rules as written, which a verdict holds in the fields of [`AS_WRITTEN`]; help with a message, which says what to write;
//! - answers as the rule language has them (`n.v.t.`), in what is said of rules.
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../");

/// Dutch words that our sentences are made of, and that are no English words.
const DUTCH: &str = "aan aandeel aanname aannames aantal achter afgesloten afgesproken afsluiting al alle alleen allemaal alles als ander andere \
    anders antwoord antwoorden antwoordt augustus bedrag begrip beide beoordelaars beoordeeld beslissen beslist bestand beste bij bijdrage \
    blijft boven bron combinatie criterium dagen dan dat datum de deel deels denkbare deze diens dit door drempel drempels dus een eerder eerst eis \
    eisen elk elke en enkele er even evenveel februari fout fouten geantwoord gebruikt gedaan geeft geen gegeven gehaald geldig geldt gelijk \
    gelijke gemiddelde geschreven gestopt getal getallen getallen geteld gevonden gewicht gewichten gewijzigd gewijzigde grens grond haalt heeft \
    het hetzelfde hier hoe hoeveel hogere hoger hoogste hoogstens iets indiener januari ja jaar juli juni kan keuze kies kijk klopt komt \
    kunnen laagste laat lager langer leeg lengte lezing lezingen lijn lijst maakt maand maar maart maken makkelijker mee meer \
    meeste mei melding meldingen men mensen minder minstens misschien moet moeten mogelijk na naar nagegaan nee neem niet niets nieuw nieuwe noch \
    nog nooit nu nummer oktober om onbekend onbereikbaar onderbouwing onderdeel ongelijk onder ontbreekt ook oordeel op openstaande \
    overig plaats punt punten reden regel regels regelbestand samen schrijf slechtste slechter soepeler staat stappen stevig \
    stevigheid stopte strenger strengere sterkste stuk tabel tegen tegendraads tekst telkens telt tot totaal tussen uit uiterlijk uitkomst \
    uitkomsten uitleg uitsluiting uitsluitingen vaak van vanaf vast veel veld veranderen verandert vermeld verschil verschillen \
    vervalt vervuld volgens volgorde volgt volstaat voor voorbeeld voorbeelden voorlopig voorstel voorstellen voorwaarde \
    voorwaarden vraag vragen waar waaraan waaronder waarde waarden waarom waarschuwing wanneer wat wegingen wel welk welke wie wijzigen wil wordt worden \
    zeker zelf zelfde zie zijn zo zoals zoeken zolang zonder zwaar zwaarder";

/// Where in an English sentence of ours rules as written begin, which then go on to its end.
const LEADS: [&str; 10] = [
    "It is still open whether this is so: ",
    "This is so: ",
    "This is not so: ",
    "This line holds: ",
    "This line of the verdict holds: ",
    "This does not apply here: it counts only if ",
    "it applies only if ",
    "The score follows from the answers: ",
    "What the rules and the proposal say ",
    "Source: ",
];

/// Ends of paths of JSON fields that hold rules as written, or that the contract says are Dutch.
const AS_WRITTEN: [&str; 14] = [
    "_regel/tekst",
    "/regels/tekst",
    "_regel/geschreven",
    "/regels/geschreven",
    "/geldt_alleen_als",
    "/aannames/bij",
    "/let_op/bij",
    "/over",
    "/klassen/waarden",
    "/sleutels",
    "/plaats",
    "/datum",
    "/titel",
    "/hulp",
];

/// Fields whose values are words even where there is one word.
const WORDS: [&str; 7] = ["tekst", "teksten", "melding", "naar", "bij", "item", "description"];

/// What proposals hold in every language, which forms and schemas name without quotes.
const OF_PROPOSALS: [&str; 10] = [
    "antwoord",
    "onderbouwing",
    "bewijs",
    "niet_te_zeggen",
    "peildatum",
    "uitleg",
    "ja",
    "deels",
    "nee",
    "geen",
];

/// What messages about rules may name without quotes: answers as the rule language has them.
const RULE_WORDS: [&str; 5] =
    ["mark: n.v.t", "Dutch: ja\n", "Dutch: geen\n", "Dutch: nee\n", "Dutch: deels\n"];

/// The words of the rule language, of which some stand before a colon too.
fn keywords() -> BTreeSet<String> {
    let grammar = fs::read_to_string(Path::new(ROOT).join("grammar/meetlat.pest")).unwrap();
    let quoted = grammar.lines().flat_map(|line| line.split('"').skip(1).step_by(2));
    quoted.flat_map(str::split_whitespace).map(str::to_owned).collect()
}

/// What is said by rules and proposals, by its mark.
#[derive(Default)]
struct Marks {
    texts: BTreeMap<String, usize>,
    names: BTreeMap<String, usize>,
    /// Names that are words of the rule language too, which stay.
    kept: BTreeSet<String>,
}

impl Marks {
    fn text(&mut self, text: &str) -> String {
        let next = self.texts.len();
        let at = self.texts.entry(text.to_owned()).or_insert(next);
        let end = text.chars().last().filter(|last| ".?!".contains(*last));
        format!("T{at}{}", end.map(String::from).unwrap_or_default())
    }

    /// Learns the names that a rule file declares.
    fn learn(&mut self, rules: &str) {
        let keywords = keywords();
        for line in
            rules.lines().filter(|line| !line.starts_with("meetlat ") && !line.starts_with("bouwsteen "))
        {
            // An option without a title.
            if let Some(option) = line.trim_start().strip_prefix("- ") {
                self.kept.insert(option.trim().to_owned());
            }
            let outside: Vec<&str> = line.split('"').step_by(2).collect();
            for piece in outside {
                for (at, _) in piece.match_indices(':') {
                    let before = &piece[..at];
                    let name =
                        before.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
                    if keywords.contains(name) {
                        self.kept.insert(name.to_owned());
                    } else if name.chars().next().is_some_and(char::is_alphabetic) {
                        let next = self.names.len();
                        self.names.entry(name.to_owned()).or_insert(next);
                    }
                }
            }
        }
    }

    fn named(&self, text: &str) -> String {
        let mut out = String::new();
        let mut word = String::new();
        for c in text.chars().chain(['\n']) {
            if c.is_alphanumeric() || c == '_' {
                word.push(c);
                continue;
            }
            match self.names.get(&word) {
                Some(at) => out.push_str(&format!("n{at}")),
                None => out.push_str(&word),
            }
            word.clear();
            out.push(c);
        }
        out.pop();
        out
    }

    fn rules(&mut self, rules: &str) -> String {
        let mut out = String::new();
        for line in rules.lines() {
            let header = line.starts_with("meetlat ")
                || line.starts_with("bouwsteen ")
                || line.starts_with("gebruik ");
            for (at, piece) in line.split('"').enumerate() {
                match (at % 2, header) {
                    (1, _) => out.push_str(&format!("\"{}\"", self.text(piece))),
                    (_, true) => out.push_str(piece),
                    _ => out.push_str(&self.named(piece)),
                }
            }
            out.push('\n');
        }
        out
    }

    fn proposal(&mut self, value: &Value, top: bool) -> Value {
        match value {
            Value::String(text) if text.contains(' ') => Value::String(self.text(text)),
            Value::String(text) => Value::String(self.named(text)),
            Value::Array(items) => {
                Value::Array(items.iter().map(|item| self.proposal(item, false)).collect())
            }
            Value::Object(fields) => {
                let fields = fields.iter().map(|(key, value)| match top && key == "meetlat" {
                    true => (key.clone(), value.clone()),
                    false => (if top { key.clone() } else { self.named(key) }, self.proposal(value, false)),
                });
                Value::Object(fields.collect())
            }
            other => other.clone(),
        }
    }
}

/// Rules with marks, and the proposals for them, in a folder of their own.
struct Case {
    name: String,
    rules: PathBuf,
    proposal: PathBuf,
    day: Option<String>,
    kept: BTreeSet<String>,
}

fn rule_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rule_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "meetlat") {
            found.push(path);
        }
    }
    found.sort();
}

/// Every case of `tests/cases`, most of which are shipped proposals, and those of `tests/expected` and `tests/firmness`.
fn cases() -> Vec<Case> {
    let root = Path::new(ROOT);
    let mut all: Vec<(String, PathBuf, PathBuf, Option<String>)> = Vec::new();
    for entry in fs::read_dir(root.join("tests/cases")).unwrap() {
        let case = entry.unwrap().path();
        let file = |pointer: &str, own: &str| {
            fs::read_to_string(case.join(pointer)).map_or_else(|_| case.join(own), |to| case.join(to.trim()))
        };
        let name = case.file_name().unwrap().to_string_lossy().into_owned();
        if case.is_dir() {
            let day = fs::read_to_string(case.join("peildatum")).ok();
            all.push((name, file("regels", "regels.meetlat"), file("voorstel", "voorstel.json"), day));
        }
    }
    for name in ["buurttuin", "straatfeest", "te_laat", "leeg"] {
        let of = root.join("tests/expected");
        all.push((
            name.to_owned(),
            of.join("buurtfonds.meetlat"),
            of.join("voorstellen").join(format!("{name}.json")),
            None,
        ));
    }
    let of = root.join("tests/firmness");
    all.push(("vijf".to_owned(), of.join("vijf.meetlat"), of.join("vijf.json"), None));
    all.sort();
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("no_dutch");
    all.into_iter()
        .map(|(name, rules, proposal, day)| marked(&target, name, &rules, &proposal, day))
        .collect()
}

fn marked(target: &Path, name: String, rules: &Path, proposal: &Path, day: Option<String>) -> Case {
    let folder = rules.parent().unwrap();
    let own = target.join(&name);
    let mut files = Vec::new();
    rule_files(folder, &mut files);
    // Building blocks lie below; the rule files beside it are others.
    files.retain(|file| file.parent() != Some(folder) || file == rules);
    let mut marks = Marks::default();
    let texts: Vec<String> = files.iter().map(|file| fs::read_to_string(file).unwrap()).collect();
    texts.iter().for_each(|text| marks.learn(text));
    // The name in the header stays.
    let header = texts.iter().filter_map(|text| text.strip_prefix("meetlat ")?.split_once(':'));
    marks.kept.extend(header.map(|(name, _)| name.to_owned()));
    for (file, text) in files.iter().zip(&texts) {
        let to = own.join(file.strip_prefix(folder).unwrap());
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, marks.rules(text)).unwrap();
    }
    let json: Value = serde_json::from_str(&fs::read_to_string(proposal).unwrap()).unwrap();
    let to = own.join("p.json");
    fs::write(&to, marks.proposal(&json, true).to_string()).unwrap();
    Case { rules: own.join(rules.file_name().unwrap()), proposal: to, day, name, kept: marks.kept }
}

fn run(arguments: &[&str], files: &[&Path]) -> (String, String) {
    let mut meetlat = Command::new(env!("CARGO_BIN_EXE_meetlat"));
    meetlat.current_dir(ROOT).args(arguments).args(files).stdin(Stdio::null());
    let output = meetlat.output().unwrap();
    (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands behind a lead is as the rules have it; told apart so that a page can leave it out too.
fn led(text: &str, written: &mut Vec<String>) -> String {
    let mut left = text.to_owned();
    for lead in LEADS {
        if let Some(at) = left.find(lead) {
            written.push(one_line(&left[at + lead.len()..]));
            left.truncate(at + lead.len());
        }
    }
    left
}

/// The words of ours in a document, and what it holds as written.
fn ours(value: &Value, path: &str, words: &mut Vec<String>, written: &mut Vec<String>) {
    match value {
        Value::String(text) if AS_WRITTEN.iter().any(|end| path.ends_with(end)) => {
            written.push(one_line(text))
        }
        Value::String(text) => {
            let field = path.rsplit('/').next().unwrap_or_default();
            if WORDS.contains(&field) || text.contains(' ') {
                words.push(led(text, written));
            }
        }
        Value::Array(items) => items.iter().for_each(|item| ours(item, path, words, written)),
        Value::Object(fields) => {
            fields.iter().for_each(|(key, value)| ours(value, &format!("{path}/{key}"), words, written));
        }
        _ => {}
    }
}

/// What is wrong with an English text.
fn faults(text: &str, kept: &BTreeSet<String>) -> Vec<String> {
    let dutch: BTreeSet<&str> = DUTCH.split_whitespace().collect();
    let outside = text.split('"').step_by(2).collect::<Vec<_>>().join("\"\"");
    // Names of files, and of building blocks.
    let outside: Vec<&str> = outside
        .split(' ')
        .filter(|word| !word.contains(".meetlat") && !word.contains("landelijk."))
        .collect();
    let outside = outside.join(" ");
    let mut found = Vec::new();
    let words = outside.split(|c: char| !c.is_alphanumeric() && c != '_');
    found.extend(
        words
            .filter(|word| dutch.contains(word.to_lowercase().as_str()) && !kept.contains(*word))
            .map(|word| format!("Dutch: {word}")),
    );
    for mark in ["n.v.t", "..", ",,", "(,"] {
        if outside.replace("../", "").contains(mark) {
            found.push(format!("mark: {mark}"));
        }
    }
    let chars: Vec<char> = outside.chars().collect();
    for (at, _) in chars.iter().enumerate().filter(|(_, c)| **c == ',') {
        let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
        let after = (at + 1..).take_while(|at| digit(*at)).count();
        if at > 0 && digit(at - 1) && after > 0 && after != 3 {
            found.push("a decimal comma".to_owned());
        }
    }
    found
}

/// Looks at a page and a document of the same.
fn look(what: &str, page: &str, document: &str, kept: &BTreeSet<String>, found: &mut BTreeSet<String>) {
    let (mut words, mut written) = (Vec::new(), Vec::new());
    for line in document.lines() {
        let json = serde_json::from_str(line).or_else(|_| serde_json::from_str(document));
        ours(
            &json.unwrap_or_else(|error| panic!("{what}: {error}: {document}")),
            "",
            &mut words,
            &mut written,
        );
        if line == "{" {
            break;
        }
    }
    written.sort_by_key(|text| std::cmp::Reverse(text.len()));
    // Source lines that a message points at.
    let shown = page.lines().filter(|line| {
        let number = line.trim_start().split_once('│').map(|(number, _)| number.trim());
        number.is_none_or(|number| number.is_empty() || !number.chars().all(|c| c.is_ascii_digit()))
    });
    let mut page = one_line(&shown.collect::<Vec<_>>().join("\n"));
    // Places in rules by the words of the rule language: `criterium n6, gewicht`. Behind them stand the files that were read.
    if let (Some(from), Some(to)) = (page.find("Assumptions made by the writer"), page.find("Files read")) {
        page.replace_range(from..to, "");
    }
    for text in written.iter().filter(|text| text.contains(' ')) {
        page = page.replace(text.as_str(), "");
    }
    words.push(page);
    for text in words {
        for fault in faults(&text, kept) {
            let word = fault.rsplit(' ').next().unwrap_or_default().to_owned();
            let at = text.find(&word).unwrap_or_default();
            let near: String =
                text.chars().skip(text[..at].chars().count().saturating_sub(60)).take(140).collect();
            found.insert(format!("{fault}\n    {what}: {near}"));
        }
    }
}

#[test]
fn no_dutch_word_of_ours_is_left_in_english() {
    let cases = cases();
    let mut found = BTreeSet::new();
    for Case { name, rules, proposal, day, kept } in &cases {
        let meetlat = rules.to_str().unwrap();
        for command in
            [&["toets"][..], &["waarom"], &["waarom", "-a"], &["stevigheid"], &["verbeter"], &["vraag"]]
        {
            let asked = [command, &["-t", "en", "-m", meetlat]].concat();
            let asked = match day {
                Some(day) => [&asked[..], &["--peildatum", day.trim()]].concat(),
                None => asked,
            };
            let (page, faults) = run(&asked, &[proposal]);
            assert!(!page.is_empty(), "{name} {command:?}: {faults}");
            let (document, _) = run(&[&asked[..], &["-f", "json"]].concat(), &[proposal]);
            look(&format!("{name} {command:?}"), &page, &document, kept, &mut found);
        }
        for command in ["controleer", "overzicht"] {
            let (page, _) = run(&[command, "-t", "en"], &[rules]);
            let (document, _) = run(&[command, "-t", "en", "-f", "json"], &[rules]);
            look(&format!("{name} {command}"), &page, &document, kept, &mut found);
        }
        let (page, _) = run(&["test", "-t", "en"], &[rules]);
        look(&format!("{name} test"), &page, "", kept, &mut found);
        for command in FORMS {
            let (document, faults) = run(&[command, &["-t", "en"]].concat(), &[rules]);
            assert!(!document.is_empty(), "{name} {command:?}: {faults}");
            look(&format!("{name} {command:?}"), "", &document, &with_proposals(kept), &mut found);
        }
    }
    found.retain(|fault| {
        !(fault.starts_with("mark: n.v.t") && FORMS.iter().any(|of| fault.contains(&format!("{of:?}:"))))
    });
    assert!(found.is_empty(), "{} left:\n{}", found.len(), found.into_iter().collect::<Vec<_>>().join("\n"));
}

#[test]
fn messages_hold_no_dutch_word_of_ours() {
    let mut files = Vec::new();
    rule_files(&Path::new(ROOT).join("tests/faults"), &mut files);
    let mut found = BTreeSet::new();
    for file in files {
        let (document, _) = run(&["controleer", "-t", "en", "-f", "json"], &[&file]);
        if !document.is_empty() {
            look(&file.file_name().unwrap().to_string_lossy(), "", &document, &BTreeSet::new(), &mut found);
        }
    }
    found.retain(|fault| !RULE_WORDS.iter().any(|word| fault.starts_with(word)));
    assert!(found.is_empty(), "{} left:\n{}", found.len(), found.into_iter().collect::<Vec<_>>().join("\n"));
}

/// What is made for proposals: not judged, so it needs none.
const FORMS: [&[&str]; 2] = [&["leeg"], &["schema", "voorstel"]];

fn with_proposals(kept: &BTreeSet<String>) -> BTreeSet<String> {
    kept.iter().cloned().chain(OF_PROPOSALS.map(str::to_owned)).collect()
}

/// Else nothing could be found.
#[test]
fn the_same_in_dutch_is_found() {
    let case = cases().into_iter().find(|case| case.name == "tekst").unwrap();
    let meetlat = case.rules.to_str().unwrap();
    for command in ["toets", "waarom", "stevigheid", "verbeter", "vraag"] {
        let asked = [command, "-m", meetlat];
        let (page, _) = run(&asked, &[&case.proposal]);
        let (document, _) = run(&[&asked[..], &["-f", "json"]].concat(), &[&case.proposal]);
        let mut found = BTreeSet::new();
        look(command, &page, &document, &case.kept, &mut found);
        assert!(found.len() > 3, "{command}: {found:?}");
    }
    for command in FORMS {
        let (document, _) = run(command, &[&case.rules]);
        let mut found = BTreeSet::new();
        look("form", "", &document, &with_proposals(&case.kept), &mut found);
        assert!(found.len() > 3, "{command:?}: {found:?}");
    }
}
