//! Rules of which the open answers hang together: decided exactly, and in few combinations. The bounds are far above what is
//! needed and far below what enumerating or joining everything would ask.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::fmt::Write as _;

use meetlat::Meetlat;

const HEAD: &str = r#"meetlat proef: "Proef"
  versie  1
  geldig  vanaf 1 januari 2024
  bron    nota: "Nota"
  deels telt 50%, aanname "halverwege"
"#;

const VERDICT: &str = r#"
oordeel: "Past het?"
  bron      nota §9
  totaal    gewogen gemiddelde, aanname "zo"
  uitkomsten van goed naar slecht
    - past: "Past"
    - bijna: "Past bijna"
    - past_niet: "Past niet"
  past       als totaal is minstens 70% en elke voorwaarde is vervuld
  bijna      als totaal is minstens 40%
  past_niet  anders
  aanname    "zo"
"#;

const OPEN_CONDITION: &str = r#"
vraag geregeld: "Is het geregeld?"
  bron      nota §1
  antwoord  ja of nee

voorwaarde geregeld: "Geregeld"
  bron      nota §1
  vervuld als  geregeld is ja
  zo niet   "Regel het."
"#;

/// Nothing answered; the outcomes that are possible, and the combinations looked at.
fn judged(rules: &str) -> (usize, u64) {
    let meetlat = Meetlat::parse("regels.meetlat", rules).into_result().unwrap();
    let proposal = meetlat.read("leeg.json", r#"{"meetlat": "proef", "antwoorden": {}}"#, None).unwrap();
    let judgement = meetlat.judge(&proposal).unwrap();
    assert!(judgement.exact());
    assert!(judgement.provisional.is_none());
    (judgement.outcomes.len(), judgement.steps)
}

fn questions(text: &mut String, prefix: &str, count: usize) -> String {
    let mut names = Vec::new();
    for at in 0..count {
        let name = format!("{prefix}_{at}");
        let _ = write!(
            text,
            "\nvraag {name}: \"Hoe staat het met {name}?\"\n  bron      nota §2\n  antwoord  ja, deels of nee\n"
        );
        names.push(name);
    }
    names.join(", ")
}

fn tasks(text: &mut String, count: usize) {
    let _ = write!(text, "\nvraag opgave: \"Welke opgave?\"\n  bron      nota §1\n  antwoord  een van\n");
    for at in 0..count {
        let _ = writeln!(text, "    - opgave_{at}");
    }
}

#[test]
fn a_ladder_that_picks_one_of_many_scores() {
    let mut text = format!("{HEAD}{OPEN_CONDITION}");
    tasks(&mut text, 8);
    for at in 0..8 {
        let parts = questions(&mut text, &format!("deel_{at}"), 5);
        let _ = write!(
            text,
            "\nonderdeel score_{at}: \"Score {at}\"\n  bron      nota §3\n  score     gemiddelde van {parts}\n  aanname   \"zo\"\n"
        );
    }
    text.push_str("\ncriterium doel: \"Het doel\"\n  bron      nota §3\n  score\n");
    for at in 0..8 {
        let _ = writeln!(text, "    score_{at}  als opgave is opgave_{at}");
    }
    text.push_str("    0%  anders\n  gewicht   1\n  aanname   \"zo\"\n");
    text.push_str(VERDICT);
    let (outcomes, steps) = judged(&text);
    assert_eq!(outcomes, 3);
    assert!(steps < 500_000, "{steps}");
}

#[test]
fn criteria_that_one_question_turns_on() {
    let mut text = format!("{HEAD}{OPEN_CONDITION}");
    tasks(&mut text, 4);
    for at in 0..12 {
        let parts = questions(&mut text, &format!("punt_{at}"), 3);
        let _ = write!(
            text,
            "\ncriterium punt_{at}: \"Punt {at}\"\n  bron      nota §3\n  alleen als opgave is opgave_{}\n  score     gemiddelde van {parts}\n  gewicht   {}\n  aanname   \"zo\"\n",
            at % 4,
            at + 1
        );
    }
    text.push_str(VERDICT);
    let (outcomes, steps) = judged(&text);
    assert_eq!(outcomes, 3);
    assert!(steps < 200_000, "{steps}");
}

#[test]
fn options_that_are_asked_for_together() {
    let mut text = format!("{HEAD}{OPEN_CONDITION}");
    let parts = questions(&mut text, "deel", 4);
    let _ = write!(
        text,
        "\ncriterium doel: \"Het doel\"\n  bron      nota §3\n  score     gemiddelde van {parts}\n  gewicht   1\n  aanname   \"zo\"\n"
    );
    text.push_str("\nvraag stukken: \"Wat is er?\"\n  bron      nota §4\n  antwoord  meerdere van\n");
    let options: Vec<String> = (0..24).map(|at| format!("stuk_{at}")).collect();
    for option in &options {
        let _ = writeln!(text, "    - {option}");
    }
    let _ = write!(
        text,
        "\nvoorwaarde volledig: \"Alles is er\"\n  bron      nota §4\n  vervuld als  stukken bevat alle van {}\n  zo niet   \"Vul aan.\"\n",
        options.join(", ")
    );
    text.push_str(VERDICT);
    let (outcomes, steps) = judged(&text);
    assert_eq!(outcomes, 3);
    assert!(steps < 20_000, "{steps}");
}
