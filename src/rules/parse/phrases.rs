//! A Dutch and an English phrase for every rule of the grammar. The match is exhaustive: a new rule does not compile
//! until it has words, or is said to need none.

use super::grammar::Rule;
use crate::message::language::Text;

enum Words {
    /// A fixed word of the language, the same for everyone.
    Keyword(&'static str),
    /// Dutch and English.
    Phrase(&'static str, &'static str),
    /// Not offered: look-alikes that are turned down later, parts of words, and whole lines (where a rule of them fails, a part
    /// of it is named).
    Unnamed,
}

/// What was needed, in words; none for what nobody should write.
pub(super) fn phrase(rule: Rule) -> Option<Text> {
    match words(rule) {
        Words::Keyword(word) => Some(Text { nl: format!("\"{word}\""), en: format!("\"{word}\"") }),
        Words::Phrase(nl, en) => Some(Text { nl: nl.to_owned(), en: en.to_owned() }),
        Words::Unnamed => None,
    }
}

/// The fixed word that a rule reads.
pub(super) fn keyword(rule: Rule) -> Option<&'static str> {
    match words(rule) {
        Words::Keyword(word) => Some(word),
        Words::Phrase(..) | Words::Unnamed => None,
    }
}

fn words(rule: Rule) -> Words {
    use Words::{Keyword, Phrase, Unnamed};
    match rule {
        Rule::EOI => Phrase("het einde van de regel", "the end of the line"),
        Rule::word | Rule::name | Rule::declared | Rule::dotted | Rule::part | Rule::parts => {
            Phrase("een naam", "a name")
        }
        Rule::option | Rule::options => Phrase("een optie", "an option"),
        Rule::label | Rule::citation => Phrase("het label van een bron", "the label of a source"),
        Rule::text => Phrase("een tekst tussen aanhalingstekens", "a text between quotes"),
        Rule::number => Phrase("een getal", "a number"),
        Rule::percent => Phrase("een percentage", "a percentage"),
        Rule::money => Phrase("een bedrag", "an amount"),
        Rule::date_digits | Rule::date_words | Rule::date => Phrase("een datum", "a date"),
        Rule::document_date => Phrase("een datum, een maand of een jaar", "a date, a month or a year"),
        Rule::literal => Phrase(
            "een getal, bedrag, percentage, datum of vast antwoord",
            "a number, amount, percentage, date or fixed answer",
        ),
        Rule::colon => Phrase("\":\"", "\":\""),
        Rule::comma => Phrase("een komma", "a comma"),
        Rule::bar => Phrase("\"|\"", "\"|\""),
        Rule::open => Phrase("\"(\"", "\"(\""),
        Rule::close => Phrase("\")\"", "\")\""),
        Rule::plus | Rule::minus | Rule::times | Rule::over => Phrase("een rekenteken", "an arithmetic sign"),
        Rule::ground => Phrase("een bron of aanname", "a bron or aanname"),
        Rule::version => Phrase("een versie, zoals 2020.1", "a version, such as 2020.1"),
        Rule::answer | Rule::kind => {
            Phrase("een soort antwoord, zoals \"ja of nee\"", "a kind of answer, such as \"ja of nee\"")
        }
        Rule::range => Phrase("een bereik, zoals \"vanaf 1\"", "a range, such as \"vanaf 1\""),
        Rule::cell => Phrase("een woord, getal, bedrag of datum", "a word, number, amount or date"),
        Rule::combination | Rule::combining => Phrase(
            "\"hoogste van\", \"laagste van\", \"gemiddelde van\" of \"aandeel ja van\"",
            "\"hoogste van\", \"laagste van\", \"gemiddelde van\" or \"aandeel ja van\"",
        ),
        Rule::measure | Rule::sum | Rule::product | Rule::factor | Rule::ladder_line => {
            Phrase("een waarde", "a value")
        }
        Rule::condition | Rule::operand | Rule::comparison | Rule::bullets => {
            Phrase("een voorwaarde", "a condition")
        }
        Rule::quantity => Phrase(
            "\"alle van\", \"minstens 2 van\" of \"geen van\"",
            "\"alle van\", \"minstens 2 van\" or \"geen van\"",
        ),
        Rule::compare => Phrase("\"is\"", "\"is\""),
        Rule::contains => Phrase("\"bevat\"", "\"bevat\""),
        Rule::order => Phrase("een vergelijking, zoals \"minstens\"", "a comparison, such as \"minstens\""),
        Rule::is_one_of | Rule::one_of_kind => Phrase("\"een van\"", "\"een van\""),
        Rule::choice_item => Phrase("een naam of waarde", "a name or value"),
        Rule::key => Phrase("een sleutel van de tabel", "a key of the table"),
        Rule::unit => Phrase(
            "\"dagen\", \"weken\", \"maanden\" of \"jaren\"",
            "\"dagen\", \"weken\", \"maanden\" or \"jaren\"",
        ),
        Rule::given_value | Rule::given_words => Phrase("een antwoord", "an answer"),
        Rule::given_field | Rule::given_item => {
            Phrase("een veld met zijn antwoord", "a field with its answer")
        }
        Rule::given_line => Phrase("een vraag met haar antwoord", "a question with its answer"),
        Rule::given_reason => Phrase("een onderbouwing", "a reason"),
        Rule::expected_score => {
            Phrase("een percentage, \"open\" of \"n.v.t.\"", "a percentage, \"open\" or \"n.v.t.\"")
        }
        Rule::expect_line => Phrase(
            "een verwachting, zoals \"oordeel\", \"mogelijk\", \"totaal\", \"criterium\" of \"route\"",
            "an expectation, such as \"oordeel\", \"mogelijk\", \"totaal\", \"criterium\" or \"route\"",
        ),
        Rule::yes_no => Phrase("\"ja of nee\"", "\"ja of nee\""),
        Rule::list => Phrase("\"lijst van\"", "\"lijst van\""),
        Rule::integer => Phrase("\"heel getal\"", "\"heel getal\""),
        Rule::some_of => Phrase("\"meerdere van\"", "\"meerdere van\""),
        Rule::options_of => Phrase("\"keuze uit\"", "\"keuze uit\""),
        Rule::kw_aandeel => Keyword("aandeel"),
        Rule::kw_aanname => Keyword("aanname"),
        Rule::kw_aantal => Keyword("aantal"),
        Rule::kw_alle => Keyword("alle"),
        Rule::kw_alleen => Keyword("alleen"),
        Rule::kw_als => Keyword("als"),
        Rule::kw_anders => Keyword("anders"),
        Rule::kw_antwoord => Keyword("antwoord"),
        Rule::kw_beantwoord => Keyword("beantwoord"),
        Rule::kw_bedrag => Keyword("bedrag"),
        Rule::kw_belang => Keyword("belang"),
        Rule::kw_bevat => Keyword("bevat"),
        Rule::kw_bewust => Keyword("bewust"),
        Rule::kw_bij => Keyword("bij"),
        Rule::kw_bron => Keyword("bron"),
        Rule::kw_criterium => Keyword("criterium"),
        Rule::kw_dan => Keyword("dan"),
        Rule::kw_datum => Keyword("datum"),
        Rule::kw_deels => Keyword("deels"),
        Rule::kw_door => Keyword("door"),
        Rule::kw_een => Keyword("een"),
        Rule::kw_eis => Keyword("eis"),
        Rule::kw_elke => Keyword("elke"),
        Rule::kw_en => Keyword("en"),
        Rule::kw_geen => Keyword("geen"),
        Rule::kw_gegeven => Keyword("gegeven"),
        Rule::kw_gehaald => Keyword("gehaald"),
        Rule::kw_geldig => Keyword("geldig"),
        Rule::kw_geldt => Keyword("geldt"),
        Rule::kw_gemiddelde => Keyword("gemiddelde"),
        Rule::kw_getal => Keyword("getal"),
        Rule::kw_gewicht => Keyword("gewicht"),
        Rule::kw_gewogen => Keyword("gewogen"),
        Rule::kw_goed => Keyword("goed"),
        Rule::kw_goede => Keyword("goede"),
        Rule::kw_hebben => Keyword("hebben"),
        Rule::kw_heeft => Keyword("heeft"),
        Rule::kw_heel => Keyword("heel"),
        Rule::kw_hoger => Keyword("hoger"),
        Rule::kw_hoogste => Keyword("hoogste"),
        Rule::kw_hoogstens => Keyword("hoogstens"),
        Rule::kw_in => Keyword("in"),
        Rule::kw_is => Keyword("is"),
        Rule::kw_ja => Keyword("ja"),
        Rule::kw_jaar => Keyword("jaar"),
        Rule::kw_kant => Keyword("kant"),
        Rule::kw_keuze => Keyword("keuze"),
        Rule::kw_laagste => Keyword("laagste"),
        Rule::kw_lager => Keyword("lager"),
        Rule::kw_let => Keyword("let"),
        Rule::kw_liever => Keyword("liever"),
        Rule::kw_lijst => Keyword("lijst"),
        Rule::kw_mee => Keyword("mee"),
        Rule::kw_meer => Keyword("meer"),
        Rule::kw_meerdere => Keyword("meerdere"),
        Rule::kw_meld => Keyword("meld"),
        Rule::kw_minder => Keyword("minder"),
        Rule::kw_minstens => Keyword("minstens"),
        Rule::kw_mogelijk => Keyword("mogelijk"),
        Rule::kw_na => Keyword("na"),
        Rule::kw_naar => Keyword("naar"),
        Rule::kw_nee => Keyword("nee"),
        Rule::kw_niet => Keyword("niet"),
        Rule::kw_of => Keyword("of"),
        Rule::kw_onderbouwing => Keyword("onderbouwing"),
        Rule::kw_oordeel => Keyword("oordeel"),
        Rule::kw_op => Keyword("op"),
        Rule::kw_open => Keyword("open"),
        Rule::kw_peildatum => Keyword("peildatum"),
        Rule::kw_percentage => Keyword("percentage"),
        Rule::kw_route => Keyword("route"),
        Rule::kw_score => Keyword("score"),
        Rule::kw_signaal => Keyword("signaal"),
        Rule::kw_slecht => Keyword("slecht"),
        Rule::kw_som => Keyword("som"),
        Rule::kw_staat => Keyword("staat"),
        Rule::kw_tekst => Keyword("tekst"),
        Rule::kw_telt => Keyword("telt"),
        Rule::kw_toont => Keyword("toont"),
        Rule::kw_totaal => Keyword("totaal"),
        Rule::kw_uit => Keyword("uit"),
        Rule::kw_uiterlijk => Keyword("uiterlijk"),
        Rule::kw_uitkomsten => Keyword("uitkomsten"),
        Rule::kw_uitleg => Keyword("uitleg"),
        Rule::kw_uitsluiting => Keyword("uitsluiting"),
        Rule::kw_van => Keyword("van"),
        Rule::kw_vanaf => Keyword("vanaf"),
        Rule::kw_vast => Keyword("vast"),
        Rule::kw_verplicht => Keyword("verplicht"),
        Rule::kw_versie => Keyword("versie"),
        Rule::kw_vervalt => Keyword("vervalt"),
        Rule::kw_vervuld => Keyword("vervuld"),
        Rule::kw_verwacht => Keyword("verwacht"),
        Rule::kw_voor => Keyword("voor"),
        Rule::kw_voorwaarde => Keyword("voorwaarde"),
        Rule::kw_vraag => Keyword("vraag"),
        Rule::kw_waarde => Keyword("waarde"),
        Rule::kw_zo => Keyword("zo"),
        Rule::kw_tot_en_met => Keyword("tot en met"),
        Rule::kw_nvt => Keyword("n.v.t."),
        Rule::WHITESPACE
        | Rule::letter
        | Rule::word_char
        | Rule::blank
        | Rule::edge
        | Rule::digit
        | Rule::reserved
        | Rule::money_dash
        | Rule::day
        | Rule::month
        | Rule::month_name
        | Rule::year
        | Rule::year_any
        | Rule::month_year
        | Rule::sign
        | Rule::place
        | Rule::head_meetlat
        | Rule::head_import
        | Rule::head_named
        | Rule::head_verdict
        | Rule::head_example
        | Rule::c_version
        | Rule::c_valid
        | Rule::c_document
        | Rule::c_source
        | Rule::c_partly
        | Rule::c_answer
        | Rule::c_explanation
        | Rule::c_fixed
        | Rule::c_preference
        | Rule::c_no_side
        | Rule::c_reasoned
        | Rule::c_answered_by
        | Rule::c_row
        | Rule::cell_literal
        | Rule::cell_word
        | Rule::c_otherwise
        | Rule::c_score
        | Rule::c_value
        | Rule::c_weight
        | Rule::c_not_counted
        | Rule::c_shows
        | Rule::c_requirement
        | Rule::c_only_if
        | Rule::c_if
        | Rule::c_fulfilled
        | Rule::c_if_not
        | Rule::c_report
        | Rule::c_assumption
        | Rule::c_caution
        | Rule::c_deliberate
        | Rule::c_total
        | Rule::c_outcomes
        | Rule::c_outcome
        | Rule::c_choice
        | Rule::c_given
        | Rule::c_expected
        | Rule::expect_outcome
        | Rule::expect_possible
        | Rule::expect_total
        | Rule::expect_criterion
        | Rule::expect_requirement
        | Rule::expect_condition
        | Rule::expect_exclusion
        | Rule::expect_signal
        | Rule::expect_route
        | Rule::expect_matters
        | Rule::item_named
        | Rule::item_field
        | Rule::item_part
        | Rule::item_condition
        | Rule::test
        | Rule::negation
        | Rule::quantified
        | Rule::any_exclusion
        | Rule::any_failed
        | Rule::every_fulfilled
        | Rule::not_order
        | Rule::other_order
        | Rule::compare_sign
        | Rule::plain
        | Rule::group
        | Rule::year_of
        | Rule::percent_of
        | Rule::shift
        | Rule::count
        | Rule::sum_of
        | Rule::reference
        | Rule::year_key => Unnamed,
    }
}
