//! Random conditions and values.

use super::questions::{Kind, Question};
use super::{Generator, Scope, Unit};

/// How tightly a condition holds together: what needs brackets where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    /// One comparison.
    Comparison,
    /// One phrase that `niet` may not take without brackets.
    Phrase,
    And,
    Or,
}

impl Generator {
    /// A condition on one line.
    pub(crate) fn condition(&mut self, scope: Scope, depth: usize) -> String {
        let (text, _) = self.levelled(scope, depth);
        // A line may go on below, deeper.
        if self.r.percent(4) { text.replacen(" en ", "\n          en ", 1) } else { text }
    }

    /// A condition, or bullets with conditions below.
    pub(crate) fn whole_condition(&mut self, scope: Scope) -> String {
        if !self.r.percent(12) {
            let depth = self.r.below(3);
            let condition = self.condition(scope, depth);
            return format!("{condition}{}", self.ground());
        }
        let n = 2 + self.r.below(2);
        let quantity = match self.r.below(4) {
            0 => "alle van".to_owned(),
            1 => "geen van".to_owned(),
            _ => format!("minstens {} van", 1 + self.r.below(n)),
        };
        let mut text = format!("{quantity}{}", self.ground());
        for _ in 0..n {
            let depth = self.r.below(2);
            let condition = self.condition(scope, depth).replace('\n', " ");
            text += &format!("\n    - {condition}");
        }
        text
    }

    fn levelled(&mut self, scope: Scope, depth: usize) -> (String, Level) {
        if depth == 0 {
            return self.atom(scope);
        }
        match self.r.below(10) {
            0..=2 => self.joined(scope, depth, " en ", Level::And),
            3..=5 => self.joined(scope, depth, " of ", Level::Or),
            6 => {
                let (text, level) = self.levelled(scope, depth - 1);
                if level == Level::Comparison && self.r.percent(60) {
                    (format!("niet {text}"), Level::Phrase)
                } else {
                    (format!("niet ({text})"), Level::Phrase)
                }
            }
            _ => self.atom(scope),
        }
    }

    fn joined(&mut self, scope: Scope, depth: usize, word: &str, level: Level) -> (String, Level) {
        let mut parts = Vec::new();
        for _ in 0..2 + self.r.below(2) {
            let (text, inner) = self.levelled(scope, depth - 1);
            let bare = inner == Level::Comparison || inner == Level::Phrase || inner == level;
            parts.push(if bare && !self.r.percent(5) { text } else { format!("({text})") });
        }
        (parts.join(word), level)
    }

    fn atom(&mut self, scope: Scope) -> (String, Level) {
        if let Some(list) = scope.item
            && self.r.percent(75)
        {
            let field = self.r.pick(self.questions[list].fields()).clone();
            return self.comparison(&field, scope);
        }
        if scope.aggregates && !self.aggregates.is_empty() && self.r.percent(20) {
            let all: Vec<&str> = self.aggregates.iter().copied().collect();
            return ((*self.r.pick(&all)).to_owned(), Level::Phrase);
        }
        if scope.outcome && self.r.percent(45) {
            return (self.about_outcome(), Level::Comparison);
        }
        if scope.total && self.r.percent(50) {
            if self.total_may_lapse && self.r.percent(30) {
                return ("totaal is n.v.t.".to_owned(), Level::Comparison);
            }
            return (self.threshold("totaal"), Level::Comparison);
        }
        if !self.conditions.is_empty() && self.r.percent(12) {
            return (self.r.pick(&self.conditions).clone(), Level::Phrase);
        }
        if !self.values.is_empty() && self.r.percent(12) {
            let (name, unit) = self.r.pick(&self.values).clone();
            return (self.compare(&name, unit, scope), Level::Comparison);
        }
        let scores: Vec<String> = self.parts.iter().chain(&self.criteria).cloned().collect();
        if !scores.is_empty() && self.r.percent(15) {
            let name = self.r.pick(&scores).clone();
            return (self.threshold(&name), Level::Comparison);
        }
        if !self.tables.is_empty() && self.r.percent(20) {
            let unit = self.table_unit();
            if let Some(look_up) = self.look_up(unit, scope) {
                return (self.compare(&look_up, unit, scope), Level::Comparison);
            }
        }
        if self.r.percent(6) {
            self.reads_reference_date = true;
            return (self.compare("peildatum", Unit::Day, scope), Level::Comparison);
        }
        let visible = self.visible(scope);
        let question = self.r.pick(&visible).clone();
        self.comparison(&question, scope)
    }

    /// The questions that no field of the list at hand hides.
    fn visible(&self, scope: Scope) -> Vec<Question> {
        let fields = scope.item.map_or(&[][..], |list| self.questions[list].fields());
        let hidden = |q: &&Question| fields.iter().all(|field| field.name != q.name);
        self.questions.iter().filter(hidden).cloned().collect()
    }

    fn about_outcome(&mut self) -> String {
        let outcome = self.r.pick(&self.outcomes).clone();
        match self.r.below(4) {
            0 => format!("oordeel is niet {outcome}"),
            1 => format!("oordeel is een van {}", self.r.some(&self.outcomes, 2, 2).join(", ")),
            _ => format!("oordeel is {outcome}"),
        }
    }

    /// A score against a percentage.
    fn threshold(&mut self, name: &str) -> String {
        let order = *self.r.pick(&["minstens", "minstens", "hoogstens", "meer dan", "minder dan", ""]);
        let percentage = self.percentage();
        format!("{name} is {order} {percentage}").replace("  ", " ")
    }

    pub(crate) fn percentage(&mut self) -> String {
        let usual = ["0%", "25%", "33%", "33,33%", "50%", "50%", "60%", "66,67%", "75%", "80%", "100%"];
        (*self.r.pick(&usual)).to_owned()
    }

    /// One phrase about a question or field.
    fn comparison(&mut self, q: &Question, scope: Scope) -> (String, Level) {
        let name = q.name.clone();
        if !q.always_a_value() && self.r.percent(25) {
            let blank = if q.none && (!q.not_applicable || self.r.percent(50)) { "geen" } else { "n.v.t." };
            let not = if self.r.percent(40) { "niet " } else { "" };
            return (format!("{name} is {not}{blank}"), Level::Comparison);
        }
        let text = match &q.kind {
            Kind::YesNo => {
                let answer = *self.r.pick(&["ja", "nee"]);
                (*self.r.pick(&["is", "is", "is niet"])).to_owned() + " " + answer
            }
            Kind::YesPartlyNo => {
                let phrases = [
                    "is ja",
                    "is deels",
                    "is nee",
                    "is niet ja",
                    "is niet nee",
                    "is minstens deels",
                    "is hoogstens deels",
                    "is meer dan nee",
                    "is minder dan ja",
                    "is minstens ja",
                    "is een van ja, deels",
                    "is een van deels, nee",
                ];
                (*self.r.pick(&phrases)).to_owned()
            }
            Kind::OneOf(options) | Kind::OptionsOf { options, .. } => {
                let option = self.r.pick(options).clone();
                match self.r.below(4) {
                    0 => format!("is niet {option}"),
                    1 => format!("is een van {}", self.r.some(options, 2, 2).join(", ")),
                    _ => format!("is {option}"),
                }
            }
            Kind::SomeOf(options) => match self.r.below(4) {
                0 => {
                    let order = *self.r.pick(&["minstens", "hoogstens", "meer dan", "minder dan", ""]);
                    let n = self.r.below(options.len() + 1);
                    return (format!("aantal {name} is {order} {n}").replace("  ", " "), Level::Comparison);
                }
                1 => {
                    return (
                        format!("{name} bevat alle van {}", self.r.some(options, 2, 2).join(", ")),
                        Level::Phrase,
                    );
                }
                _ => return (format!("{name} bevat {}", self.r.pick(options)), Level::Phrase),
            },
            Kind::Text => {
                // Only its blanks say anything; without them, about another.
                let fields = scope.item.map_or(Vec::new(), |list| self.questions[list].fields().to_vec());
                let says_something = |q: &Question| !matches!(q.kind, Kind::Text | Kind::List(_));
                let others = self.visible(scope).into_iter().chain(fields);
                let others: Vec<Question> = others.filter(says_something).collect();
                let other = self.r.pick(&others).clone();
                return self.comparison(&other, scope);
            }
            Kind::List(_) => return self.about_list(q, scope),
            Kind::Integer | Kind::Number | Kind::Percentage | Kind::Money | Kind::Date => {
                return (self.compare_question(q, scope), Level::Comparison);
            }
        };
        (format!("{name} {text}"), Level::Comparison)
    }

    fn about_list(&mut self, q: &Question, scope: Scope) -> (String, Level) {
        let list = self.questions.iter().position(|other| other.name == q.name).unwrap();
        // Inside a quantifier there is no other.
        if scope.item.is_some() || self.r.percent(20) {
            let order = *self.r.pick(&["minstens", "hoogstens", "meer dan", "minder dan", "", "niet"]);
            let n = self.r.between(q.low.unwrap_or(0), q.high.unwrap_or(3));
            return (format!("aantal {} is {order} {n}", q.name).replace("  ", " "), Level::Comparison);
        }
        let inside = Scope { item: Some(list), ..Scope::default() };
        let field = self.r.pick(q.fields()).clone();
        if field.unit() == Some(Unit::Money) && field.free() && self.r.percent(35) {
            let sum = format!("som van {} in {}", field.name, q.name);
            return (self.compare(&sum, Unit::Money, Scope::default()), Level::Comparison);
        }
        let body = match self.r.below(6) {
            0 | 1 => field.name.clone(),
            2 | 3 => loop {
                // Without commas: `is een van` would end unclearly for a reader.
                let (text, level) = self.comparison(&field, inside);
                if level == Level::Comparison && !text.contains(',') {
                    break text;
                }
                if level != Level::Comparison || matches!(field.kind, Kind::Text) {
                    break field.name.clone();
                }
            },
            _ => format!("({})", self.levelled(inside, 1).0),
        };
        let quantifier = if self.r.percent(50) {
            format!("alle {} hebben {body}", q.name)
        } else {
            format!("een van {} heeft {body}", q.name)
        };
        (quantifier, Level::Phrase)
    }

    /// A constant in or at the edge of a question's range.
    fn constant(&mut self, q: &Question) -> String {
        let n = self.number_for(q);
        *self.constants.entry(q.name.clone()).or_default() += 1;
        self.literal(&q.kind, n)
    }

    /// Two that differ.
    fn two_constants(&mut self, q: &Question) -> (String, String) {
        let one = self.number_for(q);
        let other = loop {
            let other = self.number_for(q);
            if other != one {
                break other;
            }
        };
        *self.constants.entry(q.name.clone()).or_default() += 2;
        (self.literal(&q.kind, one), self.literal(&q.kind, other))
    }

    fn number_for(&mut self, q: &Question) -> i64 {
        let (low, high) = match (q.low, q.high) {
            (Some(low), Some(high)) => (low, high),
            (Some(low), None) => (low, low + 200),
            (None, Some(high)) => (high - 200, high),
            (None, None) if matches!(q.kind, Kind::Date) => (737_000, 738_500),
            (None, None) => (0, 100),
        };
        if self.r.percent(20) { *self.r.pick(&[low, high]) } else { self.r.between(low, high) }
    }

    fn order(&mut self, unit: Unit) -> &'static str {
        if unit == Unit::Day {
            let orders = ["vanaf ", "uiterlijk ", "na ", "voor ", "voor ", "", "niet "];
            orders[self.r.below(orders.len())]
        } else {
            let orders = [
                "minstens ",
                "hoogstens ",
                "minstens ",
                "hoogstens ",
                "meer dan ",
                "minder dan ",
                "",
                "niet ",
            ];
            orders[self.r.below(orders.len())]
        }
    }

    fn compare_question(&mut self, q: &Question, scope: Scope) -> String {
        let unit = q.unit().unwrap();
        if !q.free() || self.r.percent(45) {
            if self.r.percent(10) {
                let (one, other) = self.two_constants(q);
                return format!("{} is een van {one}, {other}", q.name);
            }
            return format!("{} is {}{}", q.name, self.order(unit), self.constant(q));
        }
        let depth = self.r.below(2);
        let left = match unit {
            Unit::Day if self.r.percent(25) => {
                let order = self.order(Unit::Number);
                return format!("jaar van {} is {order}{}", q.name, self.r.between(2019, 2022));
            }
            _ if self.r.percent(60) => q.name.clone(),
            _ => self.value(unit, scope, depth + 1),
        };
        self.compare(&left, unit, scope)
    }

    /// A value against another value of its unit.
    fn compare(&mut self, left: &str, unit: Unit, scope: Scope) -> String {
        let order = self.order(unit);
        let right = if unit == Unit::Share && self.r.percent(70) {
            self.percentage()
        } else {
            let depth = self.r.below(2);
            self.value(unit, scope, depth)
        };
        format!("{left} is {order}{right}")
    }

    /// A literal that suits no question in particular.
    fn some_literal(&mut self, unit: Unit) -> String {
        match unit {
            Unit::Number => {
                let n = self.r.between(-2, 6);
                self.literal(&Kind::Integer, n)
            }
            Unit::Share => self.percentage(),
            Unit::Money => {
                let n = if self.r.percent(70) { self.r.between(0, 8) } else { self.r.between(0, 500_000) };
                self.literal(&Kind::Money, n)
            }
            Unit::Day => {
                let n = self.r.between(737_420, 738_200);
                self.literal(&Kind::Date, n)
            }
        }
    }

    /// A question, field or term of a unit that may stand in arithmetic.
    fn readable(&mut self, unit: Unit, scope: Scope) -> Option<String> {
        let mut names: Vec<String> = Vec::new();
        if let Some(list) = scope.item {
            let fields = self.questions[list].fields().iter().filter(|q| q.unit() == Some(unit) && q.free());
            names.extend(fields.map(|q| q.name.clone()));
        }
        names.extend(
            self.visible(scope).iter().filter(|q| q.unit() == Some(unit) && q.free()).map(|q| q.name.clone()),
        );
        names.extend(self.values.iter().filter(|(_, of)| *of == unit).map(|(name, _)| name.clone()));
        (!names.is_empty()).then(|| self.r.pick(&names).clone())
    }

    /// A value: a literal, a name, or something made of them.
    pub(crate) fn value(&mut self, unit: Unit, scope: Scope, depth: usize) -> String {
        if self.r.percent(30)
            && let Some(look_up) = self.look_up(unit, scope)
        {
            return look_up;
        }
        if depth > 0
            && self.r.percent(70)
            && let Some(made) = self.made(unit, scope, depth)
        {
            return made;
        }
        if self.r.percent(75)
            && let Some(name) = self.readable(unit, scope)
        {
            return name;
        }
        self.some_literal(unit)
    }

    fn made(&mut self, unit: Unit, scope: Scope, depth: usize) -> Option<String> {
        match unit {
            Unit::Number => match self.r.below(6) {
                0 => {
                    let counted: Vec<String> = self
                        .visible(scope)
                        .into_iter()
                        .filter(|q| matches!(q.kind, Kind::List(_) | Kind::SomeOf(_)))
                        .map(|q| q.name)
                        .collect();
                    (!counted.is_empty()).then(|| format!("aantal {}", self.r.pick(&counted)))
                }
                1 => Some(format!("jaar van {}", self.readable(Unit::Day, scope)?)),
                2 => {
                    let n = *self.r.pick(&["0,5", "2", "3"]);
                    Some(format!("{} * {n}", self.factor(unit, scope, depth)))
                }
                _ => Some(self.sum(unit, scope, depth)),
            },
            Unit::Money => match self.r.below(7) {
                0 => {
                    let part = *self.r.pick(&["5%", "50%", "12,5%", "110%"]);
                    Some(format!("{part} van {}", self.readable(unit, scope)?))
                }
                1 => {
                    let n = *self.r.pick(&["2", "3", "0,5"]);
                    let sign = *self.r.pick(&["*", "/"]);
                    Some(format!("{} {sign} {n}", self.factor(unit, scope, depth)))
                }
                2 => self.sum_of_field(unit),
                3 => {
                    let number = self.readable(Unit::Number, scope)?;
                    Some(format!("{} * {number}", self.factor(unit, scope, depth)))
                }
                _ => Some(self.sum(unit, scope, depth)),
            },
            Unit::Share => {
                let of = *self.r.pick(&[Unit::Money, Unit::Number]);
                let divisors: Vec<String> = self
                    .visible(scope)
                    .into_iter()
                    .filter(|q| q.unit() == Some(of) && q.free() && q.low.is_some_and(|low| low > 0))
                    .map(|q| q.name)
                    .collect();
                if divisors.is_empty() {
                    return None;
                }
                let divisor = self.r.pick(&divisors).clone();
                Some(format!("{} / {divisor}", self.factor(of, scope, depth)))
            }
            Unit::Day => {
                let (count, word) = *self.r.pick(&[
                    (1, "dag"),
                    (3, "dagen"),
                    (40, "dagen"),
                    (1, "week"),
                    (6, "weken"),
                    (1, "maand"),
                    (3, "maanden"),
                    (12, "maanden"),
                    (13, "maanden"),
                    (1, "jaar"),
                    (4, "jaar"),
                    (2, "jaren"),
                ]);
                let side = *self.r.pick(&["na", "voor"]);
                let date = self.readable(unit, scope);
                let date = match date {
                    Some(date) if !self.r.percent(10) => date,
                    _ if self.r.percent(40) => {
                        self.reads_reference_date = true;
                        "peildatum".to_owned()
                    }
                    _ => self.some_literal(unit),
                };
                Some(format!("{count} {word} {side} {date}"))
            }
        }
    }

    fn sum(&mut self, unit: Unit, scope: Scope, depth: usize) -> String {
        let left = self.value(unit, scope, depth - 1);
        let sign = *self.r.pick(&["+", "+", "-"]);
        let right = self.factor(unit, scope, depth);
        format!("{left} {sign} {right}")
    }

    /// A value that may stand beside `*`, `/` or `-`: in brackets unless it is one word.
    fn factor(&mut self, unit: Unit, scope: Scope, depth: usize) -> String {
        let value = self.value(unit, scope, depth - 1);
        if value.contains(' ') && !value.starts_with('€')
            || value.starts_with('-')
            || value.contains(['+', '*', '/'])
            || value.contains(" - ")
        {
            format!("({value})")
        } else {
            value
        }
    }

    fn sum_of_field(&mut self, unit: Unit) -> Option<String> {
        let mut sums = Vec::new();
        for list in &self.questions {
            for field in list.fields().iter().filter(|field| field.unit() == Some(unit) && field.free()) {
                sums.push(format!("som van {} in {}", field.name, list.name));
            }
        }
        (!sums.is_empty()).then(|| self.r.pick(&sums).clone())
    }
}
