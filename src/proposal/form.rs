//! An empty proposal to fill in: every question in order, with its help beside the place for the answer. JSON has no
//! comments, so help stands in `"$uitleg"`, which the reader checks to be text and then forgets.

use crate::json::tree::Json;
use crate::message::language::{Language, tell};
use crate::proposal::read::words::range_words;
use crate::rules::model::{Choice, Domain, Field, Kind, Model, Question, QuestionId};

/// An empty proposal for a rule file. All answers are null, so the reader finds them open. It reads without faults,
/// except for `peildatum` where the rules use it and the host gives none: a date is never made up.
#[must_use]
pub fn empty_proposal(model: &Model, language: Language) -> String {
    let mut help = vec![tell!(
        language,
        "Leeg voorstel voor de meetlat {}.",
        "Empty proposal for the meetlat {}.",
        model.title
    )];
    let how = language.pick(
        [
            "Vul achter antwoord het antwoord in. Woorden en teksten staan tussen aanhalingstekens, getallen niet.",
            "null betekent: nog niet beantwoord. Weet u het niet, laat dan null staan: wat open is, telt niet als nee.",
            "Achter onderbouwing kan staan waarom; toevoegen kan ook bewijs (een lijst van teksten), of niet_te_zeggen met de reden.",
            "Wat achter $uitleg staat is hulp: het wordt niet gelezen en mag weg.",
        ],
        [
            "Put the answer after antwoord. Words and texts go between quotation marks, numbers do not.",
            "null means: not answered yet. If you do not know, leave null: what is open does not count as a no.",
            "After onderbouwing you can say why; you can also add bewijs (a list of texts), or niet_te_zeggen with the reason.",
            "What follows $uitleg is help: it is not read and can be removed.",
        ],
    );
    help.extend(how.map(str::to_owned));
    if model.uses_reference_date {
        let day = language.pick(
            "De meetlat rekent met de peildatum: vul die in als JJJJ-MM-DD.",
            "The meetlat uses the reference date: put it after peildatum as YYYY-MM-DD.",
        );
        help.push(day.to_owned());
    }
    // Of a building block, only what these rules ask.
    let relied = crate::rules::dependencies::relied(model).questions;
    let asked = model.questions.iter().enumerate().filter(|(place, question)| {
        let id = QuestionId(u32::try_from(*place).unwrap_or(u32::MAX));
        question.head.span.source == model.source || relied.contains(&id)
    });
    let answers = asked.map(|(_, question)| (question.head.name.as_str(), form(question, language)));
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

fn form(question: &Question, language: Language) -> Json {
    let mut help = vec![question.head.title.clone()];
    help.extend(about(question, language));
    Json::object([("$uitleg", lines(help)), ("antwoord", Json::null()), ("onderbouwing", Json::null())])
}

/// How a question is answered, and by whom.
pub(crate) fn about(question: &Question, language: Language) -> Vec<String> {
    let mut lines: Vec<String> = question.explanation.iter().cloned().collect();
    lines.extend(hints(&question.domain, language));
    if question.ground_required {
        let required = language.pick(
            "Onderbouwing verplicht: zonder onderbouwing blijft de vraag open.",
            "A ground is required: without one the question stays open.",
        );
        lines.push(required.to_owned());
    }
    if let Some(who) = &question.answered_by {
        lines.push(tell!(language, "Te beantwoorden door: {who}.", "To be answered by: {who}."));
    }
    lines
}

/// How answers are written, in words without quotes. What a proposal has to hold stays Dutch: `ja`, `geen`.
pub(crate) fn hints(domain: &Domain, language: Language) -> Vec<String> {
    let mut hints = match &domain.kind {
        Kind::OneOf(choices) => listed(language.pick("Kies één van:", "Choose one of:"), choices),
        Kind::SomeOf(choices) => listed(
            language.pick(
                "Kies er nul of meer, tussen [ en ] met komma's ertussen:",
                "Choose any number of these, between [ and ] with commas between them:",
            ),
            choices,
        ),
        Kind::List { fields, .. } => {
            let length = range_words(&domain.kind, language);
            let length =
                length.map(|range| tell!(language, " (aantal {range})", " (number of items {range})"));
            let length = length.unwrap_or_default();
            let mut hints = vec![tell!(
                language,
                "Een lijst tussen [ en ], met per item de velden tussen {{ en }}{length}; een lege lijst is []. Velden:",
                "A list between [ and ], with the fields of each item between {{ and }}{length}; an empty list is []. Fields:"
            )];
            hints.extend(fields.iter().map(|one| field(one, language)));
            hints
        }
        _ => {
            let short = short(&Domain { none: false, not_applicable: false, ..domain.clone() }, language);
            vec![tell!(language, "Antwoord: {short}.", "Answer: {short}.")]
        }
    };
    if domain.none {
        hints.push(language.pick("Of: geen.", "Or: geen.").to_owned());
    }
    if domain.not_applicable {
        let words = language.pick("Of: n.v.t., met een onderbouwing.", "Or: n.v.t., with a ground.");
        hints.push(words.to_owned());
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

fn field(field: &Field, language: Language) -> String {
    format!("- {}: {}", field.name, short(&field.domain, language))
}

/// The same in one phrase, for a field.
fn short(domain: &Domain, language: Language) -> String {
    let names =
        |choices: &[Choice]| choices.iter().map(|choice| choice.name.as_str()).collect::<Vec<_>>().join(", ");
    let range = range_words(&domain.kind, language).map(|range| format!(" {range}")).unwrap_or_default();
    let mut phrase = match &domain.kind {
        Kind::YesNo => language.pick("ja of nee", "ja or nee").to_owned(),
        Kind::YesPartlyNo => language.pick("ja, deels of nee", "ja, deels or nee").to_owned(),
        Kind::OneOf(choices) => tell!(language, "één van {}", "one of {}", names(choices)),
        Kind::SomeOf(choices) => tell!(language, "een lijst uit {}", "a list out of {}", names(choices)),
        Kind::Integer { .. } => tell!(language, "een heel getal{range}", "a whole number{range}"),
        Kind::Number { .. } => tell!(
            language,
            "een getal{range}, met een punt voor de decimalen (0.5)",
            "a number{range}, with a point before the decimals (0.5)"
        ),
        Kind::Percentage { .. } => tell!(
            language,
            "een percentage{range} zonder %-teken (12.5 is 12,5%)",
            "a percentage{range} without a % sign (12.5 is 12.5%)"
        ),
        Kind::Money { .. } => tell!(
            language,
            "een bedrag{range} als getal (84000 is € 84.000)",
            "an amount{range} as a number (84000 is € 84,000)"
        ),
        Kind::Date { .. } => {
            tell!(language, "een datum{range}, als JJJJ-MM-DD", "a date{range}, as YYYY-MM-DD")
        }
        Kind::Text => language.pick("een tekst", "a text").to_owned(),
        Kind::List { .. } => language.pick("een lijst", "a list").to_owned(),
    };
    if domain.none {
        phrase.push_str(language.pick(", of geen", ", or geen"));
    }
    if domain.not_applicable {
        phrase.push_str(language.pick(", of n.v.t. met een onderbouwing", ", or n.v.t. with a ground"));
    }
    phrase
}
