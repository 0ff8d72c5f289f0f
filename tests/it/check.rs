//! The checker: every file under `tests/faults` ends with the diagnostics it must give; sound files give a model.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use meetlat::Diagnostics;
use meetlat::Limits;
use meetlat::diagnostic::Severity;
use meetlat::findings::Number;
use meetlat::findings::Value;
use meetlat::internals::rules::model::{Model, Node};
use meetlat::internals::rules::{check, load};

use crate::helpers::rules;

fn run(name: &str, text: &str) -> (Option<Model>, Diagnostics) {
    run_with(name, text, &mut load::no_blocks)
}

fn run_with(name: &str, text: &str, blocks: &mut load::Loader<'_>) -> (Option<Model>, Diagnostics) {
    let limits = Limits::default();
    let mut diagnostics = Diagnostics::new();
    let loaded = load::load(name, text, &limits, blocks, &mut diagnostics);
    let model = check::check(&loaded, &limits, &mut diagnostics).model();
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
    assert!(!files.is_empty(), "no files");
    files
}

#[test]
fn faulty_files_give_the_diagnostics_in_their_tail() {
    let update = std::env::var_os("MEETLAT_BLESS").is_some();
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

/// A sound file with something added before the verdict.
fn sound(added: &str) -> String {
    format!(
        "meetlat proef: \"Proef\"\n  versie 1\n  geldig vanaf 1 juli 2020\n  bron plan: \"Plan\", mei 2020\n  \
         deels telt 25%, bron plan §1\n\nvraag gezond: \"Gezond?\"\n  bron plan §2\n  antwoord ja, deels of nee\n\n\
         {added}\n\ncriterium stip: \"Stip\"\n  bron plan §2\n  score gezond\n  gewicht 1, bron plan §2\n\n\
         oordeel: \"Mag het?\"\n  bron plan §9\n  totaal gewogen gemiddelde, bron plan §9\n  \
         uitkomsten van goed naar slecht\n    - voldoet\n    - afgewezen\n  \
         voldoet als totaal is minstens 60%, bron plan §9\n  afgewezen anders\n"
    )
}

fn model(added: &str) -> Model {
    let (model, diagnostics) = run("proef.meetlat", &sound(added));
    model.unwrap_or_else(|| panic!("{}", shown(&diagnostics)))
}

fn codes(added: &str) -> String {
    let (_, diagnostics) = run("proef.meetlat", &sound(added));
    diagnostics.iter().map(|d| d.code.as_str()).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_header_reaches_the_model() {
    let text = sound("");
    let (found, diagnostics) = run("map/deel\\proef.meetlat", &text);
    assert!(diagnostics.is_empty(), "{}", shown(&diagnostics));
    let model = found.unwrap();
    assert_eq!(
        (model.file.as_str(), model.name.as_str(), model.title.as_str()),
        ("proef.meetlat", "proef", "Proef")
    );
    assert_eq!(model.version, "1");
    assert_eq!(model.valid_from.unwrap().to_iso(), "2020-07-01");
    assert_eq!(model.documents[0].date.as_deref(), Some("mei 2020"));
    assert_eq!(model.partly.unwrap().0, Number::fraction(1, 4).unwrap());
    assert_eq!(model.sha256.len(), 64);
    assert!(!model.uses_reference_date);
}

#[test]
fn grounds_say_what_they_are_about() {
    let model = model(
        "criterium c: \"C\"\n  bron plan §3\n  let op \"gat\"\n  score\n    100% als gezond is ja\n    \
         30% anders, aanname \"laag\"\n  gewicht 2, bron plan §4\n  bewust \"zo bedoeld\"\n\
         criterium d: \"D\"\n  score gemiddelde van\n    - gezond, gewicht 2, aanname \"dubbel\"\n    - c\n  \
         gewicht 1\n  aanname \"alles\"",
    );
    let provenance = |place: usize| &model.criteria[place].head.provenance;
    let about = |place: usize| {
        let assumptions = &provenance(place).assumptions;
        assumptions.iter().map(|a| (a.about.as_str(), a.text.as_str())).collect::<Vec<_>>()
    };
    let places: Vec<&str> = provenance(0).sources.iter().map(|source| source.place.as_str()).collect();
    assert_eq!(places, ["§3", "§4"]);
    assert_eq!(about(0), [("regel 2", "laag"), ("bewust", "zo bedoeld")]);
    assert_eq!(about(1), [("gewicht van gezond", "dubbel"), ("", "alles")]);
    assert_eq!(
        (&provenance(0).cautions[..], &provenance(0).deliberate[..]),
        (&["gat".to_owned()][..], &["zo bedoeld".to_owned()][..])
    );
}

#[test]
fn keys_are_counted_in_the_words_of_their_column() {
    let model = model(
        "vraag a: \"A\"\n  bron plan §2\n  antwoord een van\n    - x\n    - y\n\
         tabel t: \"T\"\n  bron plan §2\n  | soort | waarde |\n  | y | 5% |\n  | z | 7% |\n  anders 0%\n\
         signaal s: \"S\"\n  bron plan §2\n  als t bij a is minstens 5%, bron plan §2",
    );
    let Node::Order { left, .. } = &*model.signals[0].applies_if.node else { panic!() };
    let Node::LookUp { keys, .. } = &*left.node else { panic!() };
    let Node::Recode { map, .. } = &*keys[0].node else { panic!() };
    assert_eq!(map, &[None, Some(0)]);
    assert_eq!(model.tables[0].columns[0].words, ["y", "z"]);
    assert_eq!(model.tables[0].rows[1].value, Value::Number(Number::fraction(7, 100).unwrap()));
}

#[test]
fn a_field_wins_and_options_resolve_by_the_left_side() {
    let model = model(
        "vraag l: \"L\"\n  bron plan §2\n  antwoord lijst van\n    - a: een van p, q\n    - b: een van q, p\n\
         signaal s: \"S\"\n  bron plan §2\n  als een van l heeft (a is q en b is q en a is b)",
    );
    let Node::Quantified { body, .. } = &*model.signals[0].applies_if.node else { panic!() };
    let Node::And(items) = &*body.node else { panic!() };
    let right = |place: usize| match &*items[place].node {
        Node::Equals { right, .. } => right[0].node.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(*right(0), Node::Constant(Value::Choice(1)));
    assert_eq!(*right(1), Node::Constant(Value::Choice(0)));
    assert!(matches!(*right(2), Node::Recode { ref map, .. } if map == &[Some(1), Some(0)]));
}

#[test]
fn percentages_numbers_and_quotients() {
    let questions = "vraag n: \"N\"\n  bron plan §2\n  antwoord heel getal vanaf 1\n\
                     vraag p: \"P\"\n  bron plan §2\n  antwoord percentage\n\
                     vraag g: \"G\"\n  bron plan §2\n  antwoord bedrag vanaf € 1\n";
    let signal = |condition: &str| format!("{questions}signaal s: \"S\"\n  aanname \"x\"\n  als {condition}");
    for (condition, expected) in [
        ("n / n is minstens 5% en p is hoogstens 0,05 en g is minstens € 1", ""),
        ("p * n is minstens 3 en 5% van g is minstens € 1 en g / g is minstens 50%", ""),
        ("2 * p is minstens 150% en n is meer dan 2 en g / n is minstens € 1", ""),
        ("p + 5% is minstens 10% en n - 1 is minstens 0 en g is minstens € 1", ""),
        ("n is minstens 5% en p is minstens 10% en g is minstens € 1", "M0306"),
        ("n * 2 is minstens 5% en p is minstens 10% en g is minstens € 1", "M0306"),
        ("n is minstens p en g is minstens € 1", "M0306"),
        ("1 / (n - 1) is minstens 5% en p is minstens 10% en g is minstens € 1", "M0307"),
        ("stip is minstens 1 en n is 1 en p is 1% en g is € 1", "M0306"),
    ] {
        assert_eq!(codes(&signal(condition)), expected, "{condition}");
    }
}

#[test]
fn requirements_in_words_only_on_answers() {
    let parts = "vraag v: \"V\"\n  bron plan §2\n  antwoord ja of nee\n\
                 onderdeel d: \"D\"\n  aanname \"x\"\n  score gemiddelde van v, gezond\n";
    for (score, level, expected) in [
        ("gezond", "deels", "M0408"),
        ("v", "ja", "M0408"),
        ("v", "deels", "M0310 M0408"),
        ("hoogste van v, gezond", "deels", "M0408"),
        ("laagste van gezond, d", "deels", "M0310 M0408"),
        ("d", "50%", "M0408"),
        ("gemiddelde van v, gezond", "ja", "M0310 M0408"),
    ] {
        let criterion = format!(
            "criterium c: \"C\"\n  aanname \"x\"\n  score {score}\n  gewicht 1\n  eis minstens {level}\n\
             criterium e: \"E\"\n  toont v, gezond\n  score d\n  aanname \"x\"\n  telt niet mee"
        );
        assert_eq!(codes(&format!("{parts}{criterion}")), expected, "{score} {level}");
    }
}

#[test]
fn a_long_chain_of_terms_is_no_deep_recursion() {
    let mut chain = String::new();
    for place in 0..10_000 {
        let next = if place == 9_999 { "gezond is ja".to_owned() } else { format!("b{}", place + 1) };
        writeln!(chain, "begrip b{place}: \"B\"\n  bron plan §2\n  als {next}").unwrap();
    }
    let text = sound(&format!("{chain}signaal s: \"S\"\n  bron plan §2\n  als b0"));
    // A host's thread may have a small stack.
    let thread = std::thread::Builder::new().stack_size(1 << 20).spawn(move || {
        let (model, diagnostics) = run("keten.meetlat", &text);
        assert!(diagnostics.is_empty(), "{}", shown(&diagnostics));
        assert_eq!(model.unwrap().terms.len(), 10_000);
    });
    thread.unwrap().join().unwrap();
}

#[test]
fn a_long_circle_is_reported_once() {
    let mut chain = String::new();
    for place in 0..2_000 {
        let next = (place + 1) % 2_000;
        writeln!(chain, "begrip b{place}: \"B\"\n  bron plan §2\n  als b{next} en gezond is ja").unwrap();
    }
    assert_eq!(codes(&chain), "M0205");
}

#[test]
fn thousands_of_lines_and_of_faults_take_no_minutes() {
    let started = std::time::Instant::now();
    let mut text = String::new();
    for place in 0..3_000 {
        writeln!(
            text,
            "vraag vraag_{place}: \"V\"\n  bron plan §2\n  antwoord ja of nee\nsignaal s{place}: \"S\"\n  bron plan §2\n  \
             als vraag_{place} is ja of wraak_{place} is ja"
        )
        .unwrap();
    }
    let (_, diagnostics) = run("groot.meetlat", &sound(&text));
    assert_eq!(diagnostics.len(), 3_000);
    // Far above what it takes, far below what a square of the file would.
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

#[test]
fn a_sum_too_long_to_walk_is_a_diagnostic() {
    let sum = vec!["gezond"; 1_000].join(" + ");
    let text = sound(&format!("signaal s: \"S\"\n  aanname \"x\"\n  als {sum} is minstens 2"));
    let thread = std::thread::Builder::new().stack_size(1 << 20).spawn(move || {
        let (model, diagnostics) = run("som.meetlat", &text);
        assert!(model.is_none() && !diagnostics.is_empty());
    });
    thread.unwrap().join().unwrap();
}

/// Rule files that are nearly right: a word replaced by another of the file, or a line left out.
#[test]
fn broken_files_never_panic_and_give_a_model_exactly_without_errors() {
    let text = fs::read_to_string(rules::folder().join("ijsselland.meetlat")).unwrap();
    let mut blocks = rules::blocks(rules::folder());
    let (model, diagnostics) = run_with("ijsselland.meetlat", &text, &mut blocks);
    assert!(model.is_some() && diagnostics.is_empty(), "{}", shown(&diagnostics));
    let words: Vec<(usize, &str)> = text
        .split_whitespace()
        .map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
        .filter(|(_, word)| !word.contains('"'))
        .collect();
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut state = 20_200_129_u64;
    let mut below = |most: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % most
    };
    let (mut silent, mut many) = (0, 0);
    for round in 0..1_500 {
        let broken = if round % 3 == 0 {
            let leave = below(lines.len());
            lines.iter().enumerate().filter(|(place, _)| *place != leave).map(|(_, line)| *line).collect()
        } else {
            let ((at, old), (_, new)) = (words[below(words.len())], words[below(words.len())]);
            format!("{}{new}{}", &text[..at], &text[at + old.len()..])
        };
        let (model, diagnostics) = run_with("ijsselland.meetlat", &broken, &mut blocks);
        let errors = diagnostics.iter().any(|d| d.severity == Severity::Error);
        assert_eq!(model.is_none(), errors, "{}", shown(&diagnostics));
        silent += usize::from(diagnostics.is_empty());
        many += usize::from(diagnostics.len() > 4);
        if std::env::var_os("MEETLAT_SHOW").is_some() && diagnostics.len() > 4 {
            println!("----\n{}", shown(&diagnostics));
        }
    }
    println!("without a message: {silent}, with more than four: {many}");
    // Half of it lies in texts, where any word will do; and one slip gives few messages.
    assert!(silent < 900 && many < 75, "without a message: {silent}, with more than four: {many}");
}
