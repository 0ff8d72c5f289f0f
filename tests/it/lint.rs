//! What `controleer` says about rules that are right: nothing; and about those that are not: what was judged.

use meetlat::Code;
use meetlat::Report;
use meetlat::diagnostic::Severity;
use meetlat::{Diagnostics, Language, Limits, Meetlat};

fn parsed(rules: &str) -> Meetlat {
    Meetlat::parse("regels.meetlat", rules).into_result().unwrap()
}

fn said(found: &Diagnostics) -> Vec<String> {
    found.iter().map(|one| format!("{} {}", one.code, one.message.nl)).collect()
}

fn outcome(meetlat: &Meetlat, answers: &str) -> String {
    let json = format!(r#"{{"meetlat": "{}", "antwoorden": {{{answers}}}}}"#, meetlat.model().name);
    let proposal = meetlat.read("voorstel.json", &json, None).unwrap();
    let judgement = meetlat.judge(&proposal).unwrap();
    let [only] = judgement.outcomes.as_slice() else { panic!("open") };
    meetlat.outcome_name(*only).unwrap().to_owned()
}

/// A term that runs from an answer to the reference date; `valid` goes into the header.
fn term(valid: &str) -> String {
    format!(
        r#"meetlat termijn: "Termijn voor bezwaar"
  {valid}
  bron      wet: "Voorbeeldwet"

vraag besluit: "Wanneer is het besluit genomen?"
  bron      wet art. 1
  antwoord  datum van 1 januari 2010 tot en met 31 december 2030

uitsluiting te_laat: "Langer dan twee jaar geleden"
  bron      wet art. 1
  als       peildatum is na 2 jaar na besluit, bron wet art. 1

oordeel: "Kan bezwaar?"
  bron      wet art. 2
  uitkomsten van goed naar slecht
    - tijdig: "Bezwaar staat open"
    - verlopen: "Bezwaar staat niet meer open"
  verlopen  als een uitsluiting geldt
  tijdig    anders
"#
    )
}

#[test]
fn a_rule_may_read_any_reference_date() {
    // No day is named: both are reached on some day.
    assert_eq!(said(&parsed(&term("versie 1")).check_meaning()), [""; 0]);
    assert_eq!(said(&parsed(&term("geldig vanaf 1 januari 2020")).check_meaning()), [""; 0]);
}

#[test]
fn only_days_in_force_count() {
    // On all these days a decision is less than two years old.
    let found = parsed(&term("geldig van 1 januari 2011 tot en met 1 februari 2011")).check_meaning();
    let found = said(&found);
    assert!(
        found.len() == 1 && found[0].starts_with("M0610 deze regel voor \"verlopen\" geldt nooit"),
        "{found:?}"
    );
}

/// Three open amounts that hang together, and a mark; the mark decides alone.
const GRANT: &str = r#"meetlat toekenning: "Toekenning"
  bron     site: "Voorbeeldsite"
vraag cijfer: "Welk cijfer gaf de jury?"
  antwoord  heel getal van 0 tot en met 120
  liever    hoger
vraag wens: "Hoeveel wordt gevraagd?"
  antwoord  bedrag vanaf € 0
vraag kosten: "Wat kost het?"
  antwoord  bedrag vanaf € 0
begrip top: "Meest"
  waarde
     € 5.000  als cijfer is minstens 55, bron site §1
         € 0  anders, bron site §1
begrip deel: "Deel van de kosten"
  waarde    71% van kosten, bron site §1
begrip krijgt: "Wat er komt"
  waarde
    wens  als wens is hoogstens top en wens is hoogstens deel
    top   als top is hoogstens deel
    deel  anders
oordeel: "Komt er geld?"
  uitkomsten van goed naar slecht
    - geld: "Geld"
    - niets: "Niets"
  niets  als cijfer is minder dan 55, bron site §1
  geld   anders
route hoeveel: "Hoeveel?"
  niets: "Niets"
    als oordeel is niets
  wens: "Wat is gevraagd"
    als krijgt is wens
  top: "Het meeste"
    als krijgt is top
  deel: "Een deel"
    anders
"#;

/// Several dates that hang on the reference date, each by months: on one day they do not hang together.
#[test]
fn many_dates_beside_the_reference_date_are_few_steps() {
    let mut rules = term("versie 1").replace(
        "uitsluiting te_laat",
        "vraag verhuisd: \"Sinds wanneer?\"\n  bron      wet art. 1\n  antwoord  datum vanaf 1 januari 1900 of geen\n\n\
         vraag vorige: \"Vorige keer?\"\n  bron      wet art. 1\n  antwoord  datum of geen\n\nuitsluiting te_laat",
    );
    rules = rules.replace(
        "oordeel: \"Kan",
        "uitsluiting kort: \"Te kort\"\n  bron      wet art. 3\n  als       peildatum is voor 3 jaar na verhuisd, bron wet art. 3\n\n\
         uitsluiting weer: \"Te snel weer\"\n  bron      wet art. 3\n  als       peildatum is voor 1 jaar na vorige, bron wet art. 3\n\n\
         oordeel: \"Kan",
    );
    let limits = Limits { search_steps: 50_000, ..Limits::default() };
    let meetlat = Meetlat::parse_with("regels.meetlat", &rules, &limits).into_result().unwrap();
    assert_eq!(said(&meetlat.check_meaning()), [""; 0]);
}

#[test]
fn amounts_that_hang_together_worsen_nothing() {
    let found = parsed(GRANT).check_meaning();
    assert!(found.iter().all(|one| one.code != Code::NonMonotone), "{:?}", said(&found));
}

#[test]
fn two_answers_that_show_it_are_named_and_judged() {
    let rules = GRANT.replace("cijfer is minder dan 55", "cijfer is minder dan 55 of cijfer is meer dan 118");
    let meetlat = parsed(&rules);
    let found = meetlat.check_meaning();
    let text = found.iter().find(|one| one.code == Code::NonMonotone).unwrap().message.nl.clone();
    let numbers: Vec<&str> =
        text.split(|letter: char| !letter.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let [worse, better] = numbers.as_slice() else { panic!("{text}") };
    let with = |mark: &str| outcome(&meetlat, &format!(r#""cijfer": {mark}, "wens": 1, "kosten": 1"#));
    assert!(worse.parse::<u32>().unwrap() < better.parse::<u32>().unwrap());
    assert_eq!((with(worse), with(better)), ("geld".to_owned(), "niets".to_owned()), "{text}");
}

#[test]
fn a_difference_between_two_amounts_can_worsen() {
    // What is asked for less of is better, but not below what was paid already.
    let rules = GRANT.replace(
        "niets  als cijfer is minder dan 55, bron site §1",
        "niets  als wens is minder dan kosten, bron site §1",
    );
    let rules = rules.replace(
        "vraag wens: \"Hoeveel wordt gevraagd?\"\n  antwoord  bedrag vanaf € 0",
        "vraag wens: \"Hoeveel wordt gevraagd?\"\n  antwoord  bedrag vanaf € 0\n  liever    lager",
    );
    let found = parsed(&rules).check_meaning();
    assert!(found.iter().any(|one| one.code == Code::NonMonotone), "{:?}", said(&found));
}

/// A list without greatest length, read in three ways.
fn list(condition: &str) -> String {
    format!(
        r#"meetlat kamers: "Kamers"
  bron    nota: "Nota"
vraag kamers: "Welke kamers?"
  bron      nota §1
  antwoord  lijst van
    - huur: bedrag van € 0 tot en met € 40
vraag bedden: "Hoeveel bedden?"
  bron      nota §1
  antwoord  heel getal van 0 tot en met 30
begrip hoeveel: "Hoeveel kamers"
  bron      nota §1
  waarde    aantal kamers
criterium vol: "Vol"
  bron      nota §1
  score     hoeveel, van 0% bij 0 naar 100% bij 12, bron nota §1
  gewicht   1, bron nota §1
uitsluiting te_veel: "Te veel"
  bron      nota §1
  als       {condition}, bron nota §1
  meld      "Te veel."
oordeel: "Mag het?"
  bron      nota §3
  totaal    gewogen gemiddelde, bron nota §3
  uitkomsten van goed naar slecht
    - wel: "Wel"
    - mag_niet: "Niet"
  mag_niet  als een uitsluiting geldt
  wel   als totaal is minstens 50%, bron nota §3
  mag_niet  anders
"#
    )
}

#[test]
fn a_list_without_greatest_length_reaches_everything() {
    let conditions = [
        "som van huur in kamers is meer dan € 90",
        "aantal kamers is meer dan bedden",
        "som van huur in kamers is meer dan € 90 en aantal kamers is minder dan 20",
    ];
    for condition in conditions {
        let found = parsed(&list(condition)).check_meaning();
        assert!(found.iter().all(|one| one.code != Code::NeverReached), "{condition}: {:?}", said(&found));
    }
}

#[test]
fn a_search_that_ended_is_no_error_when_all_warnings_are() {
    let limits = Limits { search_steps: 1, ..Limits::default() };
    let meetlat = Meetlat::parse_with("regels.meetlat", GRANT, &limits).into_result().unwrap();
    let found = meetlat.check_meaning();
    assert!(found.iter().any(|one| one.code == Code::SearchEnded));
    assert!(found.iter().all(|one| one.code.strict_severity() == Severity::Warning));
    assert!(!Report::new(&found, Language::Nl).strict().has_errors());
    let help = found.iter().find_map(|one| one.help.clone()).unwrap();
    // Nothing of a command line: its option has another name in each language, and a library has none.
    assert!(help.nl.ends_with("verhoog de grens") && help.en.ends_with("raise the limit"), "{help:?}");
}

/// A question that one criterion reads alone stands apart in the search; the answer that worsens is still the right one.
#[test]
fn a_better_answer_inside_one_criterion_is_shown() {
    let rules = r#"meetlat delen: "Delen"
  bron nota: "Nota"
  deels telt 50%, aanname "zo"
vraag ander: "Anders?"
  bron nota §1
  antwoord ja of nee
vraag steun: "Steun?"
  bron nota §1
  antwoord ja, deels of nee
vraag nodig: "Nodig?"
  bron nota §1
  antwoord ja of nee
criterium eerste: "Eerste"
  bron nota §1
  score  ander
  gewicht 2, bron nota §1
criterium tweede: "Tweede"
  bron nota §1
  score
     20%  als steun is ja en nodig is nee, bron nota §1
     90%  als steun is deels, bron nota §1
    100%  als nodig is ja, bron nota §1
      0%  anders, bron nota §1
  gewicht 3, bron nota §1
oordeel: "Oordeel"
  bron nota §1
  totaal gewogen gemiddelde, aanname "zo"
  uitkomsten van goed naar slecht
    - wel: "Wel"
    - niet_nu: "Niet nu"
  wel als totaal is minstens 90%, bron nota §1
  niet_nu anders
"#;
    let found = said(&parsed(rules).check_meaning());
    // With nodig nee the score falls from 90% to 20%.
    assert!(
        found.iter().any(|one| one.starts_with("M0609") && one.contains("\"steun\" van deels naar ja")),
        "{found:?}"
    );
    assert!(found.iter().all(|one| !one.starts_with("M0611")), "{found:?}");
}
