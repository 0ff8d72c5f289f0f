//! A `voorbeeld` as a proposal: its `gegeven` lines become answers.

use std::sync::Arc;

use crate::json::decimal::json_number;
use crate::json::quote::{is_blank, quote};
use crate::json::texts::Texts;
use crate::message::diagnostic::{Code, Diagnostic};
use crate::message::language::{Text, says};
use crate::message::source::Span;
use crate::proposal::answers::{Answer, Proposal, State};
use crate::proposal::read::out_of_force;
use crate::proposal::read::words::range_text;
use crate::rules::model::{Domain, Example, Field, Kind, Model};
use crate::rules::syntax::{GivenLine, GivenValue, Literal, Name};
use crate::value::date::Date;
use crate::value::number::Number;
use crate::value::values::{Level, Value};

/// The proposal that an example describes; what it does not give is open. Its spans point into the rule file, and
/// `written` holds the answers as JSON.
///
/// # Errors
///
/// The first line whose answer its question cannot have, or a `peildatum` that is missing or outside the validity of the
/// rules.
pub fn given(model: &Model, example: &Example) -> Result<Proposal, Box<Diagnostic>> {
    let nothing = Answer { span: Span::new(model.source, 0, 0), ..Answer::default() };
    let mut answers = vec![nothing; model.questions.len()];
    let mut done = vec![false; model.questions.len()];
    let mut reference_date = None;
    let mut texts = Texts::default();
    for line in &example.given {
        if line.name.node == "peildatum" {
            if reference_date.replace(reference_day(model, line)?).is_some() {
                return Err(twice(&line.name));
            }
            continue;
        }
        let place = model.questions.iter().position(|question| question.head.name == line.name.node);
        let found =
            place.and_then(|at| Some((model.questions.get(at)?, answers.get_mut(at)?, done.get_mut(at)?)));
        let Some((question, answer, done)) = found else {
            let name = &line.name.node;
            let message = says!(r#"onbekende vraag "{name}""#, r#"unknown question "{name}""#);
            return Err(Box::new(Diagnostic::new(Code::BadExample, line.name.span, message)));
        };
        if std::mem::replace(done, true) {
            return Err(twice(&line.name));
        }
        *answer = read_line(line, &question.domain, question.ground_required, model, &mut texts)?;
    }
    if reference_date.is_none() && model.uses_reference_date {
        let message = says!(
            "de peildatum ontbreekt, en de meetlat rekent ermee",
            "the reference date is missing, and the meetlat uses it"
        );
        let day = model.some_day().or(Date::new(2020, 3, 1)).unwrap_or(Date::MIN);
        let help = says!(r#"zet onder gegeven: peildatum {day}"#, r#"add under "gegeven": peildatum {day}"#);
        return Err(Box::new(Diagnostic::new(Code::BadExample, example.span, message).help(help)));
    }
    Ok(Proposal {
        rules: Some(Arc::clone(&model.id)),
        file: model.file.clone(),
        title: texts.add_text(&example.title),
        texts,
        submitter: None,
        reference_date,
        answers,
        assessors: Vec::new(),
        disputes: std::collections::BTreeMap::new(),
        consensus: Vec::new(),
        closing: None,
    })
}

fn twice(name: &Name) -> Box<Diagnostic> {
    let word = &name.node;
    let message = says!(r#""{word}" is twee keer gegeven"#, r#""{word}" is given twice"#);
    let help = says!("haal er één weg", "remove one of them");
    Box::new(Diagnostic::new(Code::BadExample, name.span, message).help(help))
}

fn reference_day(model: &Model, line: &GivenLine) -> Result<Date, Box<Diagnostic>> {
    let GivenValue::Literal(literal) = &line.value else { return Err(wrong(line)) };
    let Literal::Date(date) = literal.node else { return Err(wrong(line)) };
    let Some((message, help)) = out_of_force(model, date) else { return Ok(date) };
    Err(Box::new(Diagnostic::new(Code::BadExample, literal.span, message).help(help)))
}

/// A value that its question cannot have.
fn wrong(line: &GivenLine) -> Box<Diagnostic> {
    let name = &line.name.node;
    let message = says!(r#"dit is geen antwoord op "{name}""#, r#"this is no answer to "{name}""#);
    Box::new(Diagnostic::new(Code::BadExample, line.span, message))
}

fn read_line(
    line: &GivenLine,
    domain: &Domain,
    ground_required: bool,
    model: &Model,
    texts: &mut Texts,
) -> Result<Answer, Box<Diagnostic>> {
    let (state, written) = state(line, domain, model, texts)?;
    let ground = line.reason.as_ref().filter(|reason| !is_blank(&reason.node));
    let ground = ground.and_then(|reason| texts.add_text(&reason.node));
    let needed = ground_required || state == State::Given(Value::NotApplicable);
    let state = if needed && ground.is_none() { State::Open } else { state };
    Ok(Answer {
        state,
        written: texts.add(&written),
        ground,
        evidence: None,
        unsayable: None,
        span: line.span,
    })
}

/// The answer of a line, and the same as JSON.
fn state(
    line: &GivenLine,
    domain: &Domain,
    model: &Model,
    texts: &mut Texts,
) -> Result<(State, String), Box<Diagnostic>> {
    let value = match (&line.value, &domain.kind) {
        (GivenValue::Empty, Kind::SomeOf(_)) => Some(Value::Choices(0)),
        (GivenValue::Empty, Kind::List { .. }) => return items(line, &[], domain, model, texts),
        (GivenValue::Items(items_given), Kind::List { .. }) => {
            return items(line, items_given, domain, model, texts);
        }
        (GivenValue::Words(words), kind) => choice(words, kind),
        (GivenValue::Literal(literal), kind) => {
            if let (Literal::Text(text), Kind::Text) = (&literal.node, kind) {
                return if is_blank(text) {
                    Err(wrong(line))
                } else {
                    Ok((State::Given(Value::Text), quote(text)))
                };
            }
            plain(&literal.node, domain)
        }
        _ => None,
    };
    let value = value.ok_or_else(|| wrong(line))?;
    if !in_range(&domain.kind, &value) {
        let fault = wrong(line);
        let Text { nl, en } = range_text(&domain.kind);
        return Err(Box::new(fault.help(says!("het bereik loopt {nl}", "the range runs {en}"))));
    }
    let written = answer_json(&domain.kind, &value).ok_or_else(|| wrong(line))?;
    Ok((State::Given(value), written))
}

fn items(
    line: &GivenLine,
    given: &[Vec<GivenLine>],
    domain: &Domain,
    model: &Model,
    texts: &mut Texts,
) -> Result<(State, String), Box<Diagnostic>> {
    let Kind::List { fields, from, until } = &domain.kind else { return Err(wrong(line)) };
    let length = u32::try_from(given.len()).unwrap_or(u32::MAX);
    if length < *from || until.is_some_and(|until| until < length) {
        let Text { nl, en } = range_text(&domain.kind);
        return Err(Box::new(wrong(line).help(says!("de lengte loopt {nl}", "the length runs {en}"))));
    }
    let mut read = Vec::with_capacity(given.len());
    let mut written = Vec::with_capacity(given.len());
    for lines in given {
        let (answers, json) = item(lines, fields, model, texts)?;
        read.push(answers);
        written.push(json);
    }
    Ok((State::Items(read), format!("[{}]", written.join(", "))))
}

fn item(
    lines: &[GivenLine],
    fields: &[Field],
    model: &Model,
    texts: &mut Texts,
) -> Result<(Vec<Answer>, String), Box<Diagnostic>> {
    let nothing = Answer { span: Span::new(model.source, 0, 0), ..Answer::default() };
    let mut answers = vec![nothing; fields.len()];
    let mut written = Vec::with_capacity(lines.len());
    for line in lines {
        let place = fields.iter().position(|field| field.name == line.name.node);
        let found = place.and_then(|at| Some((fields.get(at)?, answers.get_mut(at)?)));
        let Some((field, answer)) = found else {
            let name = &line.name.node;
            let message = says!(r#"onbekend veld "{name}""#, r#"unknown field "{name}""#);
            return Err(Box::new(Diagnostic::new(Code::BadExample, line.name.span, message)));
        };
        if answer.written.is_some() {
            return Err(twice(&line.name));
        }
        *answer = read_line(line, &field.domain, false, model, texts)?;
        let json = answer.written.map_or("null", |written| texts.json(written));
        written.push(match answer.ground {
            Some(ground) => {
                let ground = texts.json(ground);
                format!(r#"{}: {{"antwoord": {json}, "onderbouwing": {ground}}}"#, quote(&field.name))
            }
            None => format!("{}: {json}", quote(&field.name)),
        });
    }
    Ok((answers, format!("{{{}}}", written.join(", "))))
}

/// Options by their names.
fn choice(words: &[Name], kind: &Kind) -> Option<Value> {
    match (kind, words) {
        (Kind::OneOf(choices), [word]) => {
            let place = choices.iter().position(|choice| choice.name == word.node)?;
            u16::try_from(place).ok().map(Value::Choice)
        }
        (Kind::SomeOf(choices), words) => {
            let mut chosen = 0_u64;
            for word in words {
                let place = choices.iter().position(|choice| choice.name == word.node)?;
                let bit = 1_u64.checked_shl(u32::try_from(place).ok()?)?;
                if chosen & bit != 0 {
                    return None;
                }
                chosen |= bit;
            }
            Some(Value::Choices(chosen))
        }
        _ => None,
    }
}

fn plain(literal: &Literal, domain: &Domain) -> Option<Value> {
    let level = |level: Level| match (&domain.kind, level) {
        (Kind::YesPartlyNo, level) => Some(Value::Level(level)),
        (Kind::YesNo, Level::Yes | Level::No) => Some(Value::Level(level)),
        _ => None,
    };
    match (literal, &domain.kind) {
        (Literal::None, _) => domain.none.then_some(Value::None),
        (Literal::NotApplicable, _) => domain.not_applicable.then_some(Value::NotApplicable),
        (Literal::Yes, _) => level(Level::Yes),
        (Literal::Partly, _) => level(Level::Partly),
        (Literal::No, _) => level(Level::No),
        (Literal::Number(number), Kind::Number { .. }) => Some(Value::Number(number.clone())),
        (Literal::Number(number), Kind::Integer { .. }) if number.is_whole() => {
            Some(Value::Number(number.clone()))
        }
        (Literal::Percent(number), Kind::Percentage { .. }) => {
            number.div(&Number::whole(100)).map(Value::Number)
        }
        (Literal::Money(number), Kind::Money { .. }) if number.exact_decimals().is_some_and(|n| n <= 2) => {
            Some(Value::Number(number.clone()))
        }
        (Literal::Date(date), Kind::Date { .. }) => Some(Value::Date(*date)),
        _ => None,
    }
}

/// Whether a value lies in the range of its kind. The options of a choice are not checked.
#[must_use]
pub(crate) fn in_range(kind: &Kind, value: &Value) -> bool {
    match (kind, value) {
        (
            Kind::Integer { from, until }
            | Kind::Number { from, until }
            | Kind::Percentage { from, until }
            | Kind::Money { from, until },
            Value::Number(number),
        ) => {
            from.as_ref().is_none_or(|from| from <= number)
                && until.as_ref().is_none_or(|until| number <= until)
        }
        (Kind::Date { from, until }, Value::Date(date)) => {
            from.is_none_or(|from| from <= *date) && until.is_none_or(|until| *date <= until)
        }
        _ => true,
    }
}

/// An answer as a proposal has it; none for a text, since a value does not hold its words, and for a value of another kind.
#[must_use]
pub(crate) fn answer_json(kind: &Kind, value: &Value) -> Option<String> {
    Some(match (kind, value) {
        (_, Value::None) => quote("geen"),
        (_, Value::NotApplicable) => quote("n.v.t."),
        (Kind::YesNo | Kind::YesPartlyNo, Value::Level(level)) => quote(level.word()),
        (Kind::OneOf(choices), Value::Choice(place)) => quote(&choices.get(usize::from(*place))?.name),
        (Kind::SomeOf(choices), Value::Choices(mask)) => {
            let chosen = choices.iter().enumerate().filter(|(at, _)| {
                u32::try_from(*at)
                    .ok()
                    .and_then(|at| 1_u64.checked_shl(at))
                    .is_some_and(|bit| mask & bit != 0)
            });
            let names: Vec<String> = chosen.map(|(_, choice)| quote(&choice.name)).collect();
            format!("[{}]", names.join(", "))
        }
        (Kind::Percentage { .. }, Value::Number(number)) => json_number(&number.mul(&Number::whole(100))),
        (Kind::Integer { .. } | Kind::Number { .. } | Kind::Money { .. }, Value::Number(number)) => {
            json_number(number)
        }
        (Kind::Date { .. }, Value::Date(date)) => quote(&date.to_iso()),
        _ => return None,
    })
}
