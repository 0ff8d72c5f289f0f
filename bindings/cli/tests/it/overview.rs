//! `overzicht`; `docs/overzicht.md` is what it says of the rule files. `MEETLAT_BLESS=1` writes it anew.

use std::fs;
use std::path::Path;

use crate::support::{ROOT, code, err, folder, json, out, run};

#[test]
fn the_page_is_what_the_command_says() {
    let output = run(&["overzicht", "rules", "--voorstellen", "rules/voorstellen"]);
    assert_eq!((code(&output), err(&output).as_str()), (0, ""));
    let page = Path::new(ROOT).join("docs/overzicht.md");
    if std::env::var_os("MEETLAT_BLESS").is_some() {
        fs::write(&page, out(&output)).unwrap();
    }
    let expected = fs::read_to_string(&page).unwrap_or_default();
    assert!(expected == out(&output), "docs/overzicht.md differs; found:\n{}", out(&output));
}

/// Counted by hand.
const SMALL: &str = r#"meetlat klein: "Klein"
  versie  1
  geldig  vanaf 1 januari 2024
  bron    nota: "Nota", 2024
  bron    brief: "Brief", 2024
  let op  "de brief is van later"

vraag gezond: "Gezond?"
  bron      nota §1
  antwoord  ja of nee
vraag veilig: "Veilig?"
  bron      nota §1
  bron      brief blz. 1
  antwoord  ja of nee

criterium stip: "Stip"
  bron      nota §2
  score     gezond
  gewicht   1, aanname "een"
voorwaarde klaar: "Klaar"
  bron      nota §3
  vervuld als  veilig is ja
uitsluiting nooit: "Nooit"
  bron      nota §3
  als       gezond is nee en veilig is nee
signaal let_op: "Kijk"
  bron      nota §3
  als       veilig is nee

oordeel: "Mag het?"
  bron      nota §4
  totaal    gewogen gemiddelde, aanname "twee"
  uitkomsten van goed naar slecht
    - voldoet
    - bijna
    - afgewezen
  afgewezen als een uitsluiting geldt
  voldoet   als totaal is minstens 50% en elke voorwaarde is vervuld, bron nota §4
  bijna     als totaal is minstens 50%, bron nota §4
  afgewezen anders

route wie: "Wie?"
  bron      nota §5
  raad: "De raad"
    als oordeel is voldoet
  college: "Het college"
    als gezond is ja
  niemand: "Niemand"
    anders

voorbeeld "Gezond"
  bron      nota §6
  gegeven
    gezond  ja
  verwacht
    oordeel  open
voorbeeld "Niet"
  bron      nota §6
  gegeven
    gezond  nee
    veilig  nee
  verwacht
    oordeel  afgewezen
"#;

#[test]
fn numbers_are_those_counted_by_hand() {
    let folder = folder("overzicht_klein");
    let below = folder.join("voorstellen/eronder");
    fs::create_dir_all(&below).unwrap();
    let (rules, proposals) = (folder.join("klein.meetlat"), folder.join("voorstellen"));
    fs::write(&rules, SMALL).unwrap();
    fs::write(below.join("een.json"), r#"{"meetlat": "klein", "antwoorden": {}}"#).unwrap();
    fs::write(proposals.join("twee.json"), r#"{"meetlat": "klein", "antwoorden": {"gezond": "ja"}}"#)
        .unwrap();
    fs::write(proposals.join("ander.json"), r#"{"meetlat": "ander", "antwoorden": {}}"#).unwrap();
    let all = [
        "overview",
        folder.to_str().unwrap(),
        "--proposals",
        proposals.to_str().unwrap(),
        "--format",
        "json",
    ];
    let output = run(&all);
    assert_eq!((code(&output), err(&output).as_str()), (0, ""));
    let found = json(&output);
    let expected = serde_json::json!({
        "documentversie": "2",
        "bestand": "klein.meetlat", "naam": "klein", "versie": "1",
        "geldig": {"van": "2024-01-01", "tot_en_met": null},
        "aantal_vragen": 2, "aantal_criteria": 1, "aantal_voorwaarden": 1, "aantal_uitsluitingen": 1,
        "aantal_signalen": 1, "aantal_routes": 1, "aantal_documenten": 2, "aantal_bronplaatsen": 6,
        "aantal_aannames": 2, "aantal_voorbeelden": 2, "aantal_voorstellen": 2,
        "bereik_uitkomsten": {"aantal": 3, "vast": 1, "alleen_mogelijk": 2, "nooit_vast": ["voldoet", "bijna"]},
        "bereik_keuzes": {"aantal": 3, "vast": 1, "alleen_mogelijk": 2, "nooit_vast": ["wie raad", "wie college"]},
    });
    assert_eq!(found, expected);

    // A proposal that cannot be read is told, and not counted.
    fs::write(proposals.join("twee.json"), r#"{"meetlat": "klein", "antwoorden": {"gezond": "misschien"}}"#)
        .unwrap();
    let output = run(&all[..4]);
    assert_eq!(code(&output), 1);
    assert!(err(&output).contains("V0204") || err(&output).contains("V0205"), "{}", err(&output));
    let page = out(&output);
    let row = page.lines().find(|line| line.starts_with("| klein.meetlat")).unwrap();
    assert!(row.ends_with("|           1 |"), "{row}");
}

#[test]
fn what_cannot_be_counted_is_told() {
    let folder = folder("overzicht_fout");
    let rules = folder.join("stuk.meetlat");
    fs::write(&rules, SMALL.replace("score     gezond", "score     gezont")).unwrap();
    let output = run(&["overzicht", rules.to_str().unwrap()]);
    assert_eq!(code(&output), 1);
    assert!(err(&output).contains("M0203"), "{}", err(&output));
    assert!(!out(&output).contains("stuk.meetlat"));
    let output = run(&["overzicht", "nergens.meetlat"]);
    assert_eq!(code(&output), 1);
    assert!(err(&output).contains("B0001"), "{}", err(&output));
    // A building block is counted with the rules that use it.
    let output = run(&["overzicht", "rules/landelijk/jeugdwet.meetlat", "--formaat", "json"]);
    assert_eq!((code(&output), out(&output).as_str()), (0, ""));
}
