//! Dutch free text as JSON: letters beyond ASCII, and now and then an escape.

use crate::random::Random;

const STARTS: [&str; 12] = [
    "Het team",
    "De gemeente",
    "De school",
    "Ieder gezin",
    "De jongere zelf",
    "Een vaste coach",
    "De wijkverpleegkundige",
    "Het bureau",
    "Onze stichting",
    "De projectleider",
    "Een klein comité",
    "De huisarts",
];

const VERBS: [&str; 12] = [
    "helpt",
    "bespreekt",
    "ondersteunt",
    "onderzoekt",
    "bekijkt",
    "bereidt",
    "coördineert",
    "evalueert",
    "regelt",
    "begeleidt",
    "financiert",
    "kiest",
];

const MIDDLES: [&str; 16] = [
    "samen met ouders",
    "in overleg met twee buren",
    "zonder wachtlijst",
    "vóór de zomer",
    "elke week opnieuw",
    "één keer per maand",
    "met de ervaringen uit de pilot",
    "binnen de financiële ruimte",
    "op de eigen locatie",
    "na een kennismaking thuis",
    "volgens het idee van de cliënten",
    "met hulp van vrijwilligers",
    "waar dat kan",
    "met een reële planning",
    "tegen een vaste prijs van € 85 per uur",
    "naar het voorbeeld van een andere regio",
];

const ENDS: [&str; 12] = [
    "wat nodig is",
    "de volgende stap",
    "een plan voor het gezin",
    "de coördinatie van de hulp",
    "wie er meedoet",
    "wat het oplevert",
    "de kosten, rond € 1.200 per kind",
    "het vervolg op school",
    "de cijfers van vorig jaar",
    "hoe het thuis gaat",
    "een rustige overgang",
    "de afspraken over privacy",
];

/// What only a JSON escape can say, and letters that may be written as one.
const ESCAPED: [&str; 5] = [
    " (\\\"zo gewoon mogelijk\\\")",
    " \\u2013 ook in de categorie\\u00ebn daarbuiten",
    "\\n- in overleg",
    " (zie \\\"plan b\\\", caf\\u00e9overleg)",
    "\\n\\u2022 na de eerste evaluatie",
];

fn sentence(random: &mut Random, out: &mut String) {
    for (at, words) in [&STARTS[..], &VERBS, &MIDDLES, &ENDS].into_iter().enumerate() {
        if at > 0 {
            out.push(' ');
        }
        out.push_str(random.one(words));
    }
    if random.percent(30) {
        out.push_str(random.one(&ESCAPED));
    }
    out.push('.');
}

/// A JSON string of one or more sentences, quotes included.
pub(crate) fn text(random: &mut Random, least: u64, greatest: u64) -> String {
    let mut out = String::from("\"");
    for at in 0..random.between(least, greatest) {
        if at > 0 {
            out.push(' ');
        }
        sentence(random, &mut out);
    }
    out.push('"');
    out
}

/// The title of a proposal.
pub(crate) fn title(random: &mut Random) -> String {
    let (start, end) = (random.one(&STARTS).to_lowercase(), random.one(&ENDS));
    format!("\"Voorstel: {start} en {end}\"")
}

/// Where something is found.
pub(crate) fn evidence(random: &mut Random) -> String {
    match random.below(4) {
        0 => format!("\"bijlage {}, blz. {}\"", random.between(1, 9), random.between(1, 80)),
        1 => format!("\"brief van {} maart 2021\"", random.between(1, 31)),
        2 => format!("\"begroting, regel {}: € {}.000\"", random.between(1, 40), random.between(2, 90)),
        _ => format!("\"verslag cliëntenraad {}\"", random.between(2017, 2021)),
    }
}
