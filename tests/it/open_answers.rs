//! Rules of which the open answers hang together: decided exactly, and in few combinations. The bounds are far above what is
//! needed and far below what enumerating or joining everything would ask.

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

/// Sums over open lists, with points beside them: every number of points asks for a comparison of its own.
#[test]
fn a_sum_of_open_lists_and_points() {
    let mut text = HEAD.to_owned();
    let mut sum = Vec::new();
    for at in 0..3 {
        let _ = write!(
            text,
            "\nvraag ruimten_{at}: \"Welke ruimten {at}?\"\n  bron      nota §2\n  antwoord  lijst van 1 tot en met 12\n    - m2: getal vanaf 0\n\nvraag punten_{at}: \"Hoeveel punten {at}?\"\n  bron      nota §2\n  antwoord  heel getal van 0 tot en met 12\n"
        );
        sum.push(format!("0,75 * som van m2 in ruimten_{at}"));
        sum.push(format!("{} * punten_{at}", at + 1));
    }
    let _ = write!(
        text,
        "\nbegrip samen: \"Samen\"\n  bron      nota §3\n  waarde    {}, bron nota §3\n\nsignaal te_veel: \"Te veel\"\n  bron      nota §4\n  als       punten_0 is meer dan aantal ruimten_0\n  meld      \"Tel opnieuw.\"\n\noordeel: \"Wat is het?\"\n  bron      nota §9\n  uitkomsten van goed naar slecht\n    - hoog: \"Hoog\"\n    - midden: \"Midden\"\n    - laag: \"Laag\"\n  hoog    als samen is minstens 186,5, bron nota §9\n  midden  als samen is minstens 143,5, bron nota §9\n  laag    anders\n",
        sum.join(" + ")
    );
    let (outcomes, steps) = judged(&text);
    assert_eq!(outcomes, 3);
    assert!(steps < 60_000, "{steps}");
}

/// Comparisons of what each of a list's items costs with what all cost, and of that with two bounds.
#[test]
fn shares_of_a_sum_over_an_open_list() {
    let text = format!(
        "{HEAD}{}",
        r#"
vraag leden: "Wie doen mee?"
  bron      nota §1
  antwoord  lijst van 1 tot en met 10
    - klein: ja of nee
    - kosten: bedrag vanaf € 0

begrip alle_kosten: "Kosten bij elkaar"
  bron      nota §2
  waarde    som van kosten in leden

uitsluiting groot: "Eén is groot"
  bron      nota §3
  als       een van leden heeft klein is nee

uitsluiting scheef: "Eén draagt te veel"
  bron      nota §3
  als       een van leden heeft kosten is meer dan 70% van alle_kosten

uitsluiting weinig: "Te weinig"
  bron      nota §3
  als       35% van alle_kosten is minder dan € 50.000

uitsluiting weinig_deel: "Eén krijgt te weinig"
  bron      nota §3
  als       een van leden heeft 35% van kosten is minder dan € 25.000

uitsluiting veel: "Te veel"
  bron      nota §3
  als       alle_kosten is meer dan € 571.428

oordeel: "Mag het?"
  bron      nota §9
  uitkomsten van goed naar slecht
    - mag: "Mag"
    - mag_niet: "Mag niet"
  mag_niet  als een uitsluiting geldt
  mag       anders
"#
    );
    let (outcomes, steps) = judged(&text);
    assert_eq!(outcomes, 2);
    assert!(steps < 20_000, "{steps}");
}
