//! The `gegeven` lines of a `voorbeeld` as a proposal: the same as its JSON, read.

use meetlat::Date;
use meetlat::Diagnostics;
use meetlat::Limits;
use meetlat::diagnostic::Span;
use meetlat::findings::{Answer, State};
use meetlat::internals::examples::given::given;
use meetlat::internals::json::texts::Texts;
use meetlat::internals::proposal::read::read;
use meetlat::internals::rules::model::Example;
use meetlat::internals::rules::parse::parse;
use meetlat::internals::rules::syntax::ClauseBody;

use crate::helpers::every_kind;

fn example(lines: &str) -> Example {
    let text = format!("voorbeeld \"Proef\"\n  gegeven\n{lines}  verwacht\n    oordeel open\n");
    let mut diagnostics = Diagnostics::new();
    let (_, file) = parse("x.meetlat", &text, &Limits::default(), &mut diagnostics);
    let bodies = file.declarations.into_iter().flat_map(|declaration| declaration.clauses);
    let given = bodies.filter_map(|clause| match clause.body {
        ClauseBody::Given(lines) => Some(lines),
        _ => None,
    });
    let given: Vec<_> = given.flatten().collect();
    assert!(!given.is_empty() || lines.is_empty(), "{diagnostics:#?}");
    Example { title: "Proef".to_owned(), given, expected: Vec::new(), span: Span::default() }
}

const LINES: &str = r#"
    peildatum      1 maart 2020
    thema          ambulantisering
    gezond         deels
    administratie  n.v.t., onderbouwing "er is geen papierwerk"
    elders         ja, onderbouwing "in Twente"
    partners       aanbieder, gemeente, ggd
    bedrag_start   € 84.000,50
    bedrag_later   geen
    aandeel_eigen  12,5%
    kinderen       12
    factor         -0,5
    start          1 september 2020
    doelgroep      "jongeren \ ouders"
    resultaten
      - indicator "plaatsingen per jaar", nulmeting 12,5
      - nulmeting n.v.t., onderbouwing "nieuw", doel geen, deelnemers ggd
"#;

/// States, grounds and written answers, without places.
fn bare(answer: &Answer, texts: &Texts) -> String {
    let state = match &answer.state {
        State::Items(items) => {
            let item =
                |item: &Vec<Answer>| item.iter().map(|part| bare(part, texts)).collect::<Vec<_>>().join("; ");
            format!("[{}]", items.iter().map(item).collect::<Vec<_>>().join(" | "))
        }
        other => format!("{other:?}"),
    };
    let written = answer.written.map_or("-", |written| texts.json(written));
    format!("{state} {written} {:?}", answer.ground.and_then(|ground| texts.text(ground)))
}

#[test]
fn an_example_is_the_proposal_it_says() {
    let model = every_kind::model();
    let proposal = given(&model, &example(LINES)).unwrap();
    assert_eq!(proposal.reference_date, Date::new(2020, 3, 1));
    assert_eq!(proposal.title().as_deref(), Some("Proef"));

    let answers = model.questions.iter().zip(&proposal.answers).filter_map(|(question, answer)| {
        let written = proposal.texts.json(answer.written?);
        let ground = answer.ground.map_or("null", |ground| proposal.texts.json(ground));
        Some(format!("\"{}\": {{\"antwoord\": {written}, \"onderbouwing\": {ground}}}", question.head.name))
    });
    let answers: Vec<_> = answers.collect();
    assert_eq!(answers.len(), 13);
    let text = format!(
        r#"{{"meetlat": "proef", "peildatum": "2020-03-01", "antwoorden": {{{}}}}}"#,
        answers.join(", ")
    );
    let mut diagnostics = Diagnostics::new();
    let read = read(&model, "x.json", &text, None, &Limits::default(), &mut diagnostics);
    let read = read.unwrap_or_else(|| panic!("{text}\n{diagnostics:#?}"));
    for ((question, said), answer) in model.questions.iter().zip(&proposal.answers).zip(&read.answers) {
        assert_eq!(bare(said, &proposal.texts), bare(answer, &read.texts), "{}", question.head.name);
    }
}

#[test]
fn what_lacks_its_ground_is_open() {
    let lines = "    peildatum 1 maart 2020\n    administratie n.v.t.\n    elders ja\n    resultaten leeg\n    partners leeg\n";
    let proposal = given(&every_kind::model(), &example(lines)).unwrap();
    assert_eq!(proposal.answers[2].state, State::Open);
    let written = |at: usize| proposal.answers[at].written.map(|written| proposal.texts.json(written));
    assert_eq!(written(2), Some("\"n.v.t.\""));
    assert_eq!(proposal.answers[3].state, State::Open);
    assert_eq!(proposal.answers[14].state, State::Items(Vec::new()));
    assert_eq!(written(4), Some("[]"));
}

#[test]
fn what_cannot_be_given() {
    let model = every_kind::model();
    let cases = [
        ("gezond ja", "de peildatum ontbreekt, en de meetlat rekent ermee"),
        ("peildatum 1 maart 2023", "de peildatum 1 maart 2023 ligt buiten de geldigheid van de meetlat"),
        ("peildatum ja", "dit is geen antwoord op \"peildatum\""),
        ("gezondt ja", "onbekende vraag \"gezondt\""),
        ("gezond 3", "dit is geen antwoord op \"gezond\""),
        ("elders deels", "dit is geen antwoord op \"elders\""),
        ("thema geen", "dit is geen antwoord op \"thema\""),
        ("thema onderwijs, ambulantisering", "dit is geen antwoord op \"thema\""),
        ("partners ggd, ggd", "dit is geen antwoord op \"partners\""),
        ("bedrag_start 5", "dit is geen antwoord op \"bedrag_start\""),
        ("bedrag_start € 4.000.000", "dit is geen antwoord op \"bedrag_start\""),
        ("start 1 januari 2020", "dit is geen antwoord op \"start\""),
        ("kinderen 1,5", "dit is geen antwoord op \"kinderen\""),
        ("jaren leeg", "dit is geen antwoord op \"jaren\""),
        ("gezond ja\n    gezond ja", "\"gezond\" is twee keer gegeven"),
        ("resultaten\n      - doelen 3", "onbekend veld \"doelen\""),
        ("resultaten\n      - doel 3, doel 4", "\"doel\" is twee keer gegeven"),
    ];
    for (line, message) in cases {
        let fault = given(&model, &example(&format!("    {line}\n"))).unwrap_err();
        assert_eq!(fault.message.nl, message, "{line}");
        assert_eq!(fault.code.as_str(), "M0701");
    }
}
