//! Answers that are told together, and keys of tables, in words.

use crate::evaluate::world;
use crate::judge::findings::{Answers, Chosen};
use crate::message::language::{Language, tell};
use crate::rules::model::{Choice, Domain, Kind};
use crate::value::number::Number;
use crate::value::values::{Level, Value};

/// Options by their names, as rules and proposals have them.
#[must_use]
pub fn by_name(all: &[Answers], domain: &Domain, language: Language) -> Vec<String> {
    in_words(all, domain, language, |option| option.name.clone())
}

/// Options by their labels, for people: as many as [`by_name`], in the same order.
#[must_use]
pub fn by_label(all: &[Answers], domain: &Domain, language: Language) -> Vec<String> {
    let label = |option: &Choice| {
        if option.label == option.name { option.name.clone() } else { format!("\"{}\"", option.label) }
    };
    in_words(all, domain, language, label)
}

/// Answers of several givers, as each gave them.
#[must_use]
pub fn as_given(all: &[Answers], domain: &Domain, language: Language) -> Vec<String> {
    let words = |answers: &Answers| match answers {
        Answers::Only(value) => language.value(value, &domain.kind),
        Answers::Lengths { least, .. } => tell!(language, "lengte {least}", "length {least}"),
        _ => String::new(),
    };
    all.iter().map(words).collect()
}

/// A key of a table; choices are counted into `words`.
pub(crate) fn key(key: Option<&Value>, words: &[String], language: Language) -> String {
    let Some(value) = key else {
        return language
            .pick("iets dat niet in de tabel staat", "something that is not in the table")
            .to_owned();
    };
    match value {
        Value::Choice(at) => words.get(usize::from(*at)).cloned().unwrap_or_default(),
        Value::Number(n) => language.number(n),
        Value::Date(date) => language.day(*date),
        Value::Level(level) => language.level(*level).to_owned(),
        Value::Bool(true) => language.level(Level::Yes).to_owned(),
        Value::Bool(false) => language.level(Level::No).to_owned(),
        Value::None => language.none().to_owned(),
        Value::NotApplicable => language.not_applicable().to_owned(),
        Value::Choices(_) | Value::Text => String::new(),
    }
}

fn in_words(
    all: &[Answers],
    domain: &Domain,
    language: Language,
    call: impl Fn(&Choice) -> String,
) -> Vec<String> {
    let options: Vec<String> = match &domain.kind {
        Kind::OneOf(options) | Kind::SomeOf(options) => options.iter().map(call).collect(),
        _ => Vec::new(),
    };
    let words = |answers: &Answers| match answers {
        Answers::Only(Value::Choice(at)) => options.get(usize::from(*at)).cloned().unwrap_or_default(),
        Answers::Only(Value::Choices(set)) => one_set(*set, &options, language),
        Answers::Only(value) => language.value(value, &domain.kind),
        Answers::Numbers { least, greatest } => numbers(least.as_ref(), greatest.as_ref(), domain, language),
        Answers::Days { first, last } => {
            let day = |day| language.day(day);
            let (from, until) = language.pick(("vanaf", "uiterlijk"), ("on or after", "on or before"));
            match (first.map(day), last.map(day)) {
                (None, None) => whatever(&domain.kind, language).to_owned(),
                (Some(first), None) => format!("{from} {first}"),
                (None, Some(last)) => format!("{until} {last}"),
                (Some(first), Some(last)) => language.between(&first, &last),
            }
        }
        Answers::Lengths { least, greatest } => lengths(*least, *greatest, language),
        Answers::Sets(chosen) => sets(chosen, &options, language),
        Answers::Any if matches!(domain.kind, Kind::SomeOf(_)) => {
            language.pick("een keuze", "a choice").to_owned()
        }
        Answers::Any => language.pick("een waarde", "a value").to_owned(),
    };
    all.iter().map(words).collect()
}

/// From one to another, both included.
fn numbers(least: Option<&Number>, greatest: Option<&Number>, domain: &Domain, language: Language) -> String {
    let end = |n: &Number| language.value(&Value::Number(n.clone()), &domain.kind);
    // One step beside a short number is better told by that number: less than 0,5.
    let step = world::step(domain);
    let short = |n: &Number| n.exact_decimals().unwrap_or(u8::MAX);
    let fine = short(&step) > 2;
    let beside =
        |beyond: Number, own: &Number| Some(beyond).filter(|beyond| fine && short(beyond) < short(own));
    let more_than = least.and_then(|least| beside(least.sub(&step), least));
    let less_than = greatest.and_then(|greatest| beside(greatest.add(&step), greatest));
    let at_least = least.map(|least| match &more_than {
        Some(more) => tell!(language, "meer dan {}", "more than {}", end(more)),
        None => tell!(language, "minstens {}", "at least {}", end(least)),
    });
    let at_most = greatest.map(|greatest| match &less_than {
        Some(less) => tell!(language, "minder dan {}", "less than {}", end(less)),
        None => tell!(language, "hoogstens {}", "at most {}", end(greatest)),
    });
    match (least, greatest) {
        (Some(least), Some(greatest)) if more_than.is_none() && less_than.is_none() => {
            language.between(&end(least), &end(greatest))
        }
        (None, None) => whatever(&domain.kind, language).to_owned(),
        _ => language.list(&[at_least, at_most].into_iter().flatten().collect::<Vec<_>>()),
    }
}

fn whatever(kind: &Kind, language: Language) -> &'static str {
    match kind {
        Kind::Money { .. } => language.pick("elk bedrag", "any amount"),
        Kind::Percentage { .. } => language.pick("elk percentage", "any percentage"),
        Kind::Date { .. } => language.pick("elke datum", "any date"),
        Kind::Integer { .. } => language.pick("elk heel getal", "any whole number"),
        _ => language.pick("elk getal", "any number"),
    }
}

/// Lengths of a list.
fn lengths(least: u64, greatest: Option<u64>, language: Language) -> String {
    match (least, greatest) {
        (0, None) => language.pick("elke lijst", "any list").to_owned(),
        (least, None) => tell!(language, "lengte {least} of meer", "{least} or more items"),
        (0, Some(0)) => language.pick("leeg", "no items").to_owned(),
        (1, Some(1)) => language.pick("lengte 1", "1 item").to_owned(),
        (least, Some(greatest)) if least == greatest => tell!(language, "lengte {least}", "{least} items"),
        (least, Some(greatest)) => {
            tell!(language, "lengte {least} tot en met {greatest}", "{least} to {greatest} items")
        }
    }
}

/// `minstens a en b`: every set with both, while `a + b` is the set of these two alone.
fn sets(chosen: &Chosen, options: &[String], language: Language) -> String {
    let mut parts: Vec<String> = how_many(chosen, options, language).into_iter().collect();
    if chosen.with != 0 {
        let with = language.list(&named(chosen.with, options));
        parts.push(match parts.is_empty() {
            true => tell!(language, "minstens {with}", "at least {with}"),
            false => tell!(language, "waaronder {with}", "including {with}"),
        });
    }
    // Single options first: the list of a larger lack would run on into them.
    let (single, several): (Vec<u64>, Vec<u64>) =
        chosen.lacks.iter().partition(|lack| lack.is_power_of_two());
    parts.extend(single.into_iter().chain(several).map(|lack| lacking(lack, options, language)));
    if parts.is_empty() {
        return language.pick("elke keuze", "any choice").to_owned();
    }
    parts.join(", ")
}

fn how_many(chosen: &Chosen, options: &[String], language: Language) -> Option<String> {
    let (least, most) = chosen.can_hold(u32::try_from(options.len()).unwrap_or(u32::MAX));
    let (lo, hi) = chosen.counts?;
    match (lo <= least, hi >= most) {
        (true, true) => None,
        _ if lo == hi => Some(tell!(language, "{lo} gekozen", "{lo} chosen")),
        (_, true) => Some(tell!(language, "minstens {lo} gekozen", "at least {lo} chosen")),
        (true, _) => Some(tell!(language, "hoogstens {hi} gekozen", "at most {hi} chosen")),
        _ => Some(tell!(language, "{lo} tot en met {hi} gekozen", "{lo} to {hi} chosen")),
    }
}

fn named(set: u64, options: &[String]) -> Vec<&str> {
    let chosen = options.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1);
    chosen.map(|(_, name)| name.as_str()).collect()
}

fn one_set(set: u64, options: &[String], language: Language) -> String {
    match set {
        0 => language.pick("leeg", "none chosen").to_owned(),
        set => named(set, options).join(" + "),
    }
}

fn lacking(lack: u64, options: &[String], language: Language) -> String {
    match named(lack, options).as_slice() {
        [one] => tell!(language, "zonder {one}", "without {one}"),
        several => {
            let all = several.join(", ");
            tell!(language, "niet alle van {all}", "not all of {all}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::possible::Possible;
    use crate::judge::answers::described;
    use crate::message::source::Span;
    use crate::program::nodes::ChoiceUse;

    fn domain() -> Domain {
        let option =
            |name: &str| Choice { name: name.to_owned(), label: name.to_owned(), span: Span::default() };
        let kind = Kind::SomeOf(["p", "q", "r"].map(option).into());
        Domain { kind, none: false, not_applicable: false }
    }

    fn line(sets: &[u64], groups: &[u64], counted: bool) -> Vec<String> {
        let of: Vec<Possible> = sets.iter().map(|set| Possible::Known(Value::Choices(*set))).collect();
        let used = ChoiceUse { groups: groups.to_vec(), counted };
        by_name(&described(&of, &domain(), Some(&used)), &domain(), Language::Nl)
    }

    #[test]
    fn kinds_are_told_by_what_they_have_in_common() {
        // Counted, with p asked for by name.
        assert_eq!(line(&[0b011], &[1], true), ["2 gekozen, waaronder p"]);
        assert_eq!(line(&[0, 0b010, 0b110, 0b001, 0b111], &[1], true), ["zonder p", "p", "p + q + r"]);
        assert_eq!(line(&[0b001, 0b011, 0b111, 0b010, 0b110], &[1], true), ["minstens 1 gekozen"]);
        assert_eq!(line(&[0b010], &[1], true), ["1 gekozen, zonder p"]);
        assert_eq!(line(&[0], &[1], true), ["leeg"]);
        // Not counted: others may be chosen too.
        assert_eq!(line(&[1], &[1], false), ["minstens p"]);
        assert_eq!(line(&[0], &[1], false), ["zonder p"]);
        assert_eq!(line(&[0, 1, 2], &[1, 2], false), ["niet alle van p, q"]);
        assert_eq!(line(&[0, 0b100], &[0b11, 0b100], false), ["niet alle van p, q"]);
        assert_eq!(line(&[0b100], &[0b11, 0b100], false), ["minstens r, niet alle van p, q"]);
        // Each kind is one set.
        assert_eq!(line(&[1, 3, 0], &[1, 2, 4], true), ["p", "p + q", "leeg"]);
        // How many alone.
        assert_eq!(line(&[0, 1, 0b111], &[], true), ["hoogstens 1 gekozen", "3 gekozen"]);
        assert_eq!(line(&[0], &[], false), ["elke keuze"]);
    }
}
