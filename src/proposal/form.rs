//! An empty proposal to fill in: every question in order, with its help beside the place for the answer. JSON has no
//! comments, so help stands in `"$uitleg"`, which the reader checks to be text and then forgets.

use crate::json::tree::Json;
use crate::proposal::read::words::range_words;
use crate::rules::model::{Choice, Domain, Field, Kind, Model, Question, QuestionId};

/// An empty proposal for a rule file. All answers are null, so the reader finds them open. It reads without faults,
/// except for `peildatum` where the rules use it and the host gives none: a date is never made up.
#[must_use]
pub fn empty_proposal(model: &Model) -> String {
    let mut help = vec![
        format!("Leeg voorstel voor de meetlat {}.", model.title),
        "Vul achter antwoord het antwoord in. Woorden en teksten staan tussen aanhalingstekens, getallen niet.".to_owned(),
        "null betekent: nog niet beantwoord. Weet u het niet, laat dan null staan: wat open is, telt niet als nee."
            .to_owned(),
        "Achter onderbouwing kan staan waarom; toevoegen kan ook bewijs (een lijst van teksten), of niet_te_zeggen met de reden."
            .to_owned(),
        "Wat achter $uitleg staat is hulp: het wordt niet gelezen en mag weg.".to_owned(),
    ];
    if model.uses_reference_date {
        help.push("De meetlat rekent met de peildatum: vul die in als JJJJ-MM-DD.".to_owned());
    }
    // Of a building block, only what these rules ask.
    let relied = crate::rules::dependencies::relied(model).questions;
    let asked = model.questions.iter().enumerate().filter(|(place, question)| {
        let id = QuestionId(u32::try_from(*place).unwrap_or(u32::MAX));
        question.head.span.source == model.source || relied.contains(&id)
    });
    let answers = asked.map(|(_, question)| (question.head.name.as_str(), form(question)));
    let proposal = Json::object([
        ("$uitleg", lines(help)),
        ("meetlat", Json::text(&model.name)),
        ("titel", Json::null()),
        ("indiener", Json::null()),
        ("peildatum", Json::null()),
        ("antwoorden", Json::object(answers)),
    ]);
    proposal.pretty()
}

fn lines(texts: Vec<String>) -> Json {
    Json::List(texts.into_iter().map(Json::Text).collect())
}

fn form(question: &Question) -> Json {
    let mut help = vec![question.head.title.clone()];
    help.extend(question.explanation.clone());
    help.extend(hints(&question.domain));
    if question.ground_required {
        help.push("Onderbouwing verplicht: zonder onderbouwing blijft de vraag open.".to_owned());
    }
    if let Some(who) = &question.answered_by {
        help.push(format!("Te beantwoorden door: {who}."));
    }
    Json::object([("$uitleg", lines(help)), ("antwoord", Json::null()), ("onderbouwing", Json::null())])
}

/// How a question is answered, in words without quotes.
pub(crate) fn hints(domain: &Domain) -> Vec<String> {
    let mut hints = match &domain.kind {
        Kind::OneOf(choices) => listed("Kies één van:", choices),
        Kind::SomeOf(choices) => listed("Kies er nul of meer, tussen [ en ] met komma's ertussen:", choices),
        Kind::List { fields, .. } => {
            let length = range_words(&domain.kind).map(|range| format!(" (aantal {})", range.nl));
            let length = length.unwrap_or_default();
            let mut hints = vec![format!(
                "Een lijst tussen [ en ], met per item de velden tussen {{ en }}{length}; een lege lijst is []. Velden:"
            )];
            hints.extend(fields.iter().map(field));
            hints
        }
        _ => vec![format!(
            "Antwoord: {}.",
            short(&Domain { none: false, not_applicable: false, ..domain.clone() })
        )],
    };
    if domain.none {
        hints.push("Of: geen.".to_owned());
    }
    if domain.not_applicable {
        hints.push("Of: n.v.t., met een onderbouwing.".to_owned());
    }
    hints
}

fn listed(first: &str, choices: &[Choice]) -> Vec<String> {
    let mut lines = vec![first.to_owned()];
    lines.extend(choices.iter().map(|choice| {
        if choice.name == choice.label {
            format!("- {}", choice.name)
        } else {
            format!("- {}: {}", choice.name, choice.label)
        }
    }));
    lines
}

fn field(field: &Field) -> String {
    format!("- {}: {}", field.name, short(&field.domain))
}

/// The same in one phrase, for a field.
fn short(domain: &Domain) -> String {
    let names =
        |choices: &[Choice]| choices.iter().map(|choice| choice.name.as_str()).collect::<Vec<_>>().join(", ");
    let range = || range_words(&domain.kind).map(|range| format!(" {}", range.nl)).unwrap_or_default();
    let mut phrase = match &domain.kind {
        Kind::YesNo => "ja of nee".to_owned(),
        Kind::YesPartlyNo => "ja, deels of nee".to_owned(),
        Kind::OneOf(choices) => format!("één van {}", names(choices)),
        Kind::SomeOf(choices) => format!("een lijst uit {}", names(choices)),
        Kind::Integer { .. } => format!("een heel getal{}", range()),
        Kind::Number { .. } => format!("een getal{}, met een punt voor de decimalen (0.5)", range()),
        Kind::Percentage { .. } => format!("een percentage{} zonder %-teken (12.5 is 12,5%)", range()),
        Kind::Money { .. } => format!("een bedrag{} als getal (84000 is € 84.000)", range()),
        Kind::Date { .. } => format!("een datum{}, als JJJJ-MM-DD", range()),
        Kind::Text => "een tekst".to_owned(),
        Kind::List { .. } => "een lijst".to_owned(),
    };
    if domain.none {
        phrase.push_str(", of geen");
    }
    if domain.not_applicable {
        phrase.push_str(", of n.v.t. met een onderbouwing");
    }
    phrase
}
