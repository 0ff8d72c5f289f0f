//! What a verdict keeps of others: pieces that were written before are copied. A rule file that has judged many proposals
//! writes the same bytes as one that judges its first.

use meetlat::{Language, Meetlat, Scratch};

const RULES: &str = r#"meetlat klein: "Kleine meetlat"
  versie  1
  geldig  vanaf 1 januari 2024
  bron    nota: "Voorbeeldnota"
  deels telt 50%, aanname "halverwege nee en ja"

vraag a: "Vraag “a”"
  bron      nota §1
  antwoord  ja, deels of nee

vraag b: "Vraag b"
  bron      nota §1
  antwoord  ja, deels of nee, of n.v.t.

vraag c: "Vraag c"
  bron      nota §1
  antwoord  percentage van 0% tot en met 100%

vraag d: "Vraag d"
  bron      nota §1
  antwoord  ja of nee

criterium eerste: "Het eerste"
  bron      nota §1
  score     gemiddelde van
    - a
    - b, gewicht 2
    - lijn
  gewicht   3, aanname "het telt het meest"
  eis       minstens 50%, aanname "de helft"

onderdeel lijn: "De lijn"
  bron      nota §1
  score     c, van 0% bij 0% naar 100% bij 100%, aanname "recht"

criterium tweede: "Het tweede"
  bron      nota §1
  score     hoogste van a, d
  gewicht   2, aanname "het telt minder"

criterium derde: "Het derde"
  bron      nota §1
  score     b
  gewicht   1, aanname "het telt het minst"

oordeel: "Mag het worden uitgewerkt?"
  bron      nota §3
  totaal    gewogen gemiddelde, aanname "de nota kent geen totaal"
  uitkomsten van goed naar slecht
    - voldoet: "Voldoet"
    - afgewezen: "Voldoet niet"
  afgewezen  als een eis niet is gehaald, bron nota §3
  voldoet    als totaal is minstens 70%, bron nota §3
  afgewezen  anders
"#;

/// Every level of `a` and `b`, and ten shares of `c`: more openings of a criterion than are kept.
fn proposals() -> Vec<String> {
    let mut all = Vec::new();
    for a in ["ja", "deels", "nee"] {
        for b in
            [r#""ja""#, r#""deels""#, r#""nee""#, r#"{"antwoord": "n.v.t.", "onderbouwing": "niet hier"}"#]
        {
            for c in (0..100).step_by(10).map(|c| c + c / 20) {
                let d = if c % 3 == 0 { "ja" } else { "nee" };
                all.push(format!(
                    r#"{{"meetlat": "klein", "antwoorden": {{"a": "{a}", "b": {b}, "c": {c}, "d": "{d}"}}}}"#
                ));
            }
        }
    }
    // And one in which something is open.
    all.push(r#"{"meetlat": "klein", "antwoorden": {"a": "ja", "c": 12}}"#.to_owned());
    all
}

fn judged(meetlat: &Meetlat, proposal: &str, language: Language) -> String {
    let mut scratch = Scratch::default();
    meetlat
        .in_language(language)
        .judge_json(&mut scratch, "voorstel.json", proposal, None)
        .unwrap()
        .to_owned()
}

#[test]
fn the_same_bytes_as_the_first_time() {
    let rules = || Meetlat::parse("klein.meetlat", RULES).into_result().unwrap();
    let shared = rules();
    for language in [Language::Nl, Language::En] {
        for proposal in proposals() {
            let first = judged(&rules(), &proposal, language);
            // Kept the first time, copied the second.
            assert_eq!(judged(&shared, &proposal, language), first);
            assert_eq!(judged(&shared, &proposal, language), first);
        }
        for proposal in proposals().iter().rev() {
            assert_eq!(judged(&shared, proposal, language), judged(&rules(), proposal, language));
        }
    }
}
