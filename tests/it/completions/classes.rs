//! Answer classes read back from their words: which class holds an answer.

use meetlat::findings::{AnswerClass, Chosen, Level, Number, State, Value};
use meetlat::internals::rules::model::{Choice, Domain, Kind};
use meetlat::internals::verdict::answer_words::{as_given, by_name};
use meetlat::{Date, Language};

/// What the words of a class mean.
#[derive(Debug, Clone, PartialEq)]
enum Words {
    /// Every answer but geen and n.v.t.
    Any,
    One(Value),
    /// Numbers, days as their numbers, lengths: each end with whether it is included.
    Stretch(Option<(Number, bool)>, Option<(Number, bool)>),
    Sets(Chosen),
    /// So many more, which are not told.
    Others,
}

/// The classes of one open answer, ready to be asked.
#[derive(Debug)]
pub(crate) struct Classes {
    words: Vec<Vec<Words>>,
    combinations: Vec<Vec<(u16, Vec<u16>)>>,
}

impl Classes {
    /// What was found, in words. `given` is of answers on which givers differ.
    pub(crate) fn new(domain: &Domain, classes: &[AnswerClass], given: bool) -> Self {
        let words = if given { as_given } else { by_name };
        let told =
            |class: &AnswerClass| (words(&class.answers, domain, Language::Nl), class.combinations.clone());
        Self::read(domain, classes.iter().map(told))
    }

    /// Of a document: the words of each class, and the combinations that it leaves.
    pub(crate) fn read(
        domain: &Domain,
        classes: impl Iterator<Item = (Vec<String>, Vec<(u16, Vec<u16>)>)>,
    ) -> Self {
        let read = |(lines, combinations): (Vec<String>, _)| {
            (lines.iter().map(|words| read(words, domain)).collect(), combinations)
        };
        let (words, combinations) = classes.map(read).unzip();
        Self { words, combinations }
    }

    /// For each class how many of its lines hold the answer.
    pub(crate) fn lines(&self, state: &State) -> Vec<usize> {
        let held = |words: &Vec<Words>| words.iter().filter(|words| holds(words, state)).count();
        self.words.iter().map(held).collect()
    }

    /// Whether a class that holds the answer leaves the combination; none when no class holds it.
    pub(crate) fn leave(&self, state: &State, combination: &(u16, Vec<u16>)) -> Option<bool> {
        let by = |holds: &dyn Fn(&Words) -> bool| {
            let mut held = None;
            for (words, combinations) in self.words.iter().zip(&self.combinations) {
                if words.iter().any(holds) {
                    held = Some(held == Some(true) || combinations.contains(combination));
                }
            }
            held
        };
        by(&|words| holds(words, state)).or_else(|| by(&|words| *words == Words::Others))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

fn holds(words: &Words, state: &State) -> bool {
    let number = match state {
        State::Given(Value::Number(n)) => Some(n.clone()),
        State::Given(Value::Date(date)) => Some(Number::whole(i64::from(date.day_number()))),
        State::Items(items) => Some(Number::whole(i64::try_from(items.len()).unwrap())),
        _ => None,
    };
    match (words, state) {
        (Words::Any, State::Given(Value::None | Value::NotApplicable)) => false,
        (Words::Any, _) => true,
        (Words::One(one), State::Given(value)) => one == value,
        (Words::One(_), _) => false,
        (Words::Stretch(from, until), _) => number.is_some_and(|n| {
            from.as_ref().is_none_or(|(end, included)| if *included { *end <= n } else { *end < n })
                && until.as_ref().is_none_or(|(end, included)| if *included { n <= *end } else { n < *end })
        }),
        (Words::Sets(chosen), State::Given(Value::Choices(set))) => chosen.holds(*set),
        (Words::Sets(_) | Words::Others, _) => false,
    }
}

fn read(words: &str, domain: &Domain) -> Words {
    let any = ["elk ", "elke ", "een waarde", "een keuze"];
    match words {
        "geen" if domain.none => return Words::One(Value::None),
        "n.v.t." if domain.not_applicable => return Words::One(Value::NotApplicable),
        _ if words.starts_with("nog ") && words.ends_with(" andere") => return Words::Others,
        _ if any.iter().any(|any| words.starts_with(any)) => return Words::Any,
        _ => {}
    }
    let end = |text: &str| Some((number(text, domain), true));
    match &domain.kind {
        Kind::YesNo | Kind::YesPartlyNo => Words::One(Value::Level(match words {
            "ja" => Level::Yes,
            "deels" => Level::Partly,
            "nee" => Level::No,
            other => panic!("no level: {other}"),
        })),
        Kind::OneOf(options) => {
            let at = options.iter().position(|option| option.name == words);
            let at = at.unwrap_or_else(|| panic!("no option: {words}"));
            Words::One(Value::Choice(u16::try_from(at).unwrap()))
        }
        Kind::SomeOf(options) => Words::Sets(chosen(words, options)),
        Kind::Text => Words::Any,
        Kind::List { .. } => {
            let length = words.strip_prefix("lengte ").unwrap_or("0");
            if let Some(least) = length.strip_suffix(" of meer") {
                Words::Stretch(end(least), None)
            } else if let Some((least, most)) = length.split_once(" tot en met ") {
                Words::Stretch(end(least), end(most))
            } else {
                assert!(words == "leeg" || words.starts_with("lengte "), "no length: {words}");
                Words::Stretch(end(length), end(length))
            }
        }
        _ => {
            if let Some((least, most)) = words.split_once(" tot en met ") {
                return Words::Stretch(end(least), end(most));
            }
            let (mut from, mut until, mut bare) = (None, None, true);
            for part in words.split(" en ") {
                let starts = |start: &str| part.strip_prefix(start);
                if let Some(least) = starts("minstens ").or_else(|| starts("vanaf ")) {
                    from = end(least);
                } else if let Some(most) = starts("hoogstens ").or_else(|| starts("uiterlijk ")) {
                    until = end(most);
                } else if let Some(more) = starts("meer dan ") {
                    from = Some((number(more, domain), false));
                } else if let Some(less) = starts("minder dan ") {
                    until = Some((number(less, domain), false));
                } else {
                    continue;
                }
                bare = false;
            }
            if bare { Words::Stretch(end(words), end(words)) } else { Words::Stretch(from, until) }
        }
    }
}

/// Sets of options: `a + b` is these two alone, `minstens a en b` every set with both.
fn chosen(words: &str, options: &[Choice]) -> Chosen {
    let option = |is: &dyn Fn(&Choice) -> bool| options.iter().position(is).map(|at| 1_u64 << at);
    let named = |name: &str| option(&|one| one.name == name).unwrap_or_else(|| panic!("no option: {words}"));
    let only = |set: u64| {
        let others = (0..options.len()).map(|at| 1_u64 << at).filter(|other| set & other == 0);
        Chosen { with: set, lacks: others.collect(), counts: None }
    };
    if words == "leeg" || words == "geen enkele" {
        return only(0);
    }
    // Sets that were given are told by labels.
    let labels = words.split("; ").map(|label| option(&|one| one.label == label));
    if let Some(set) = labels.sum::<Option<u64>>() {
        return only(set);
    }
    let starts = |start: &str| words.starts_with(start);
    if !["minstens ", "zonder ", "niet alle van "].into_iter().any(starts) && !words.contains(" gekozen") {
        return only(words.split(" + ").map(named).sum());
    }
    let mut found = Chosen { with: 0, lacks: Vec::new(), counts: None };
    let mut lacks = false;
    for part in words.split(", ") {
        if let Some(count) = part.strip_suffix(" gekozen") {
            found.counts = Some(counted(count, options.len()));
        } else if let Some(with) = part.strip_prefix("minstens ").or_else(|| part.strip_prefix("waaronder "))
        {
            lacks = false;
            found.with |= with.split(" en ").map(named).sum::<u64>();
        } else if let Some(one) = part.strip_prefix("zonder ") {
            found.lacks.push(named(one));
        } else if let Some(first) = part.strip_prefix("niet alle van ") {
            lacks = true;
            found.lacks.push(named(first));
        } else if lacks {
            *found.lacks.last_mut().unwrap() |= named(part);
        } else {
            found.with |= part.split(" en ").map(named).sum::<u64>();
        }
    }
    found
}

/// The least and the greatest of so many options.
fn counted(words: &str, options: usize) -> (u32, u32) {
    let count = |text: &str| -> u32 { text.parse().unwrap_or_else(|_| panic!("no count: {words}")) };
    match (
        words.strip_prefix("minstens "),
        words.strip_prefix("hoogstens "),
        words.split_once(" tot en met "),
    ) {
        (Some(least), ..) => (count(least), u32::try_from(options).unwrap()),
        (_, Some(most), _) => (0, count(most)),
        (.., Some((least, most))) => (count(least), count(most)),
        _ => (count(words), count(words)),
    }
}

fn number(text: &str, domain: &Domain) -> Number {
    const MONTHS: [&str; 12] = [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ];
    if matches!(domain.kind, Kind::Date { .. }) {
        let parts: Vec<&str> = text.split(' ').collect();
        let [day, month, year] = parts.as_slice() else { panic!("no day: {text}") };
        let month = MONTHS.iter().position(|one| one == month).unwrap_or_else(|| panic!("no day: {text}"));
        let month = u8::try_from(month + 1).unwrap();
        let date = Date::new(year.parse().unwrap(), month, day.parse().unwrap()).unwrap();
        return Number::whole(i64::from(date.day_number()));
    }
    let percentage = text.ends_with('%');
    let text = text.replace("€ ", "").replace(['%', '.'], "");
    let (before, after) = text.split_once(',').unwrap_or((&text, ""));
    let exponent = -i32::try_from(after.len()).unwrap() - if percentage { 2 } else { 0 };
    let digits = format!("{before}{after}");
    let (sign, digits) = match digits.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, digits.as_str()),
    };
    let n = Number::decimal(digits, exponent).unwrap_or_else(|| panic!("no number: {text}"));
    if sign { n.neg() } else { n }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn domain(kind: Kind) -> Domain {
        Domain { kind, none: true, not_applicable: true }
    }

    #[test]
    fn words_are_read_back() {
        let money = domain(Kind::Money { from: None, until: None });
        let given = |n| State::Given(Value::Number(Number::decimal(n, -2).unwrap()));
        let read = |words| read(words, &money);
        assert!(holds(&read("€ 1.000,50 tot en met € 2.000"), &given("100050")));
        assert!(!holds(&read("€ 1.000,50 tot en met € 2.000"), &given("200001")));
        assert!(holds(&read("hoogstens € 5"), &given("500")));
        assert!(!holds(&read("minder dan € 5"), &given("500")));
        assert!(holds(&read("meer dan € 4 en minder dan € 5"), &given("499")));
        assert!(!holds(&read("meer dan € 4 en minder dan € 5"), &given("400")));
        assert!(!holds(&read("elk bedrag"), &State::Given(Value::None)));
        assert!(holds(
            &read("€ -0,01"),
            &State::Given(Value::Number(Number::decimal("1", -2).unwrap().neg()))
        ));
        let list = domain(Kind::List { fields: Vec::new(), from: 0, until: None });
        let items = State::Items(vec![Vec::new(); 3]);
        assert!(holds(&super::read("lengte 3 of meer", &list), &items));
        assert!(!holds(&super::read("leeg", &list), &items));
        let day = domain(Kind::Date { from: None, until: None });
        let date = State::Given(Value::Date(Date::new(2024, 3, 1).unwrap()));
        assert!(holds(&super::read("1 maart 2024", &day), &date));
        assert!(!holds(&super::read("uiterlijk 29 februari 2024", &day), &date));
    }
}
