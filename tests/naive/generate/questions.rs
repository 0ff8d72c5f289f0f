//! Random questions of all kinds.

use meetlat::Date;

use super::{Generator, Unit};

/// A question, or a field of a list.
#[derive(Debug, Clone)]
pub(crate) struct Question {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) width: Width,
    /// The ends of the range: units for numbers, tenths for `getal`, whole percents, cents, day numbers.
    pub(crate) low: Option<i64>,
    pub(crate) high: Option<i64>,
    pub(crate) none: bool,
    pub(crate) not_applicable: bool,
    pub(crate) ground_required: bool,
    /// Its options stand on the answer line.
    inline: bool,
    /// Has a score.
    pub(crate) scored: bool,
}

#[derive(Debug, Clone)]
pub(crate) enum Kind {
    YesNo,
    YesPartlyNo,
    OneOf(Vec<String>),
    /// The options of another question.
    OptionsOf {
        question: String,
        options: Vec<String>,
    },
    SomeOf(Vec<String>),
    Integer,
    Number,
    Percentage,
    Money,
    Date,
    Text,
    List(Vec<Question>),
}

/// How a range can be enumerated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Width {
    /// All of it: may be read in any way.
    Small,
    /// At the constants it is compared with: may be read in no other way.
    Grid,
    /// Not at all: never open, may be read in any way.
    Answered,
}

impl Question {
    /// Neither geen nor n.v.t. can be answered.
    pub(crate) fn always_a_value(&self) -> bool {
        !self.none && !self.not_applicable
    }

    /// May stand in arithmetic, look-ups and lines.
    pub(crate) fn free(&self) -> bool {
        self.width != Width::Grid
    }

    pub(crate) fn unit(&self) -> Option<Unit> {
        match self.kind {
            Kind::Integer | Kind::Number => Some(Unit::Number),
            Kind::Percentage => Some(Unit::Share),
            Kind::Money => Some(Unit::Money),
            Kind::Date => Some(Unit::Day),
            _ => None,
        }
    }

    pub(crate) fn options(&self) -> &[String] {
        match &self.kind {
            Kind::OneOf(options) | Kind::SomeOf(options) | Kind::OptionsOf { options, .. } => options,
            _ => &[],
        }
    }

    pub(crate) fn fields(&self) -> &[Question] {
        match &self.kind {
            Kind::List(fields) => fields,
            _ => &[],
        }
    }
}

const OPTIONS: [&str; 5] = ["rood", "groen", "blauw", "geel_wit", "paars2"];

impl Generator {
    pub(crate) fn questions(&mut self) {
        for _ in 0..2 + self.r.below(5) {
            let weights = [0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 4, 4, 5, 6, 7, 7, 8, 8, 9, 10, 10];
            let which = *self.r.pick(&weights);
            let question = if which == 10 { self.list() } else { self.question(which, false) };
            self.questions.push(question);
        }
        // Something to score.
        if !self.questions.iter().any(|q| q.scored) {
            let mut question = self.question(1, false);
            question.scored = true;
            self.questions.push(question);
        }
        for i in 0..self.questions.len() {
            let question = self.questions[i].clone();
            let clauses = self.question_clauses(&question);
            self.declare("vraag", &question.name, clauses);
        }
    }

    fn question(&mut self, which: usize, field: bool) -> Question {
        let options = self.r.some(&OPTIONS, 2, if field { 2 } else { 4 });
        let options: Vec<String> = options.into_iter().map(str::to_owned).collect();
        let (stem, kind) = match which {
            0 => ("jn", Kind::YesNo),
            1 => ("jdn", Kind::YesPartlyNo),
            2 => ("keus", Kind::OneOf(options)),
            3 => ("keuzes", Kind::SomeOf(options)),
            4 => ("heel", Kind::Integer),
            5 => ("getal", Kind::Number),
            6 => ("aandeel_", Kind::Percentage),
            7 => ("bedrag", Kind::Money),
            8 => ("datum", Kind::Date),
            _ => ("tekst", Kind::Text),
        };
        let mut name = self.name(stem);
        if !field && self.r.percent(3) && !self.free_words.is_empty() {
            name = self.free_words.remove(0).to_owned();
        }
        let (width, low, high) = self.range(&kind, field);
        let grade = matches!(kind, Kind::YesNo | Kind::YesPartlyNo);
        Question {
            name,
            width,
            low,
            high,
            none: !grade && self.r.percent(if field { 35 } else { 15 }),
            not_applicable: self.r.percent(if grade { 30 } else { 12 }),
            ground_required: !field && self.r.percent(8),
            inline: field || self.r.percent(15),
            scored: grade && !field && !self.r.percent(8),
            kind,
        }
    }

    /// Low and high ends that suit the kind and the width.
    fn range(&mut self, kind: &Kind, field: bool) -> (Width, Option<i64>, Option<i64>) {
        let small = self.r.percent(55);
        let wide = if field || self.r.percent(60) { Width::Grid } else { Width::Answered };
        let (low, high, width, open_ends) = match kind {
            Kind::Integer if small => {
                let low = self.r.between(-2, 2);
                (low, low + self.r.between(1, if field { 2 } else { 4 }), Width::Small, false)
            }
            Kind::Money if small => {
                let low = self.r.between(0, 2);
                (low, low + self.r.between(1, if field { 2 } else { 4 }), Width::Small, false)
            }
            Kind::Date if small => {
                // Around the ends of months and years, where clamping shows.
                let starts = [(2019, 12, 30), (2020, 2, 27), (2021, 1, 30), (2020, 6, 29), (2021, 12, 31)];
                let (year, month, day) = *self.r.pick(&starts);
                let low = i64::from(Date::new(year, month, day).unwrap().day_number());
                (low, low + self.r.between(1, if field { 1 } else { 3 }), Width::Small, false)
            }
            Kind::Integer => (-50, 1000, wide, true),
            Kind::Number => (-50, 300, wide, true),
            Kind::Percentage => (0, 100, wide, true),
            Kind::Money => (0, 20_000_000, wide, true),
            Kind::Date => {
                let day = |year| i64::from(Date::new(year, 1, 1).unwrap().day_number());
                (day(2015), day(2026) - 1, wide, true)
            }
            _ => return (Width::Small, None, None),
        };
        if !open_ends {
            return (width, Some(low), Some(high));
        }
        let (from, until) = (self.r.percent(60), self.r.percent(60));
        (width, from.then_some(low), until.then_some(high))
    }

    fn list(&mut self) -> Question {
        let mut fields = Vec::new();
        for _ in 0..1 + self.r.below(3) {
            let which = *self.r.pick(&[0, 1, 2, 4, 4, 5, 7, 7, 7, 8, 9]);
            let mut field = self.question(which, true);
            // Options shared with a question.
            let shared: Vec<(String, Vec<String>)> = self
                .questions
                .iter()
                .filter(|q| matches!(q.kind, Kind::OneOf(_) | Kind::SomeOf(_)))
                .map(|q| (q.name.clone(), q.options().to_vec()))
                .collect();
            if which == 2 && !shared.is_empty() && self.r.percent(60) {
                let (question, options) = self.r.pick(&shared).clone();
                field.kind = Kind::OptionsOf { question, options };
            }
            // A field that hides a question.
            let twins: Vec<String> = self
                .questions
                .iter()
                .filter(|q| matches!((&q.kind, &field.kind), (Kind::YesNo, Kind::YesNo)))
                .map(|q| q.name.clone())
                .collect();
            if !twins.is_empty() && self.r.percent(40) {
                let twin = self.r.pick(&twins).clone();
                if fields.iter().all(|other: &Question| other.name != twin) {
                    field.name = twin;
                }
            }
            fields.push(field);
        }
        let low = self.r.between(0, 1);
        let high = low + self.r.between(1, 2);
        let ends = if self.r.percent(85) { (Some(low), Some(high)) } else { (None, None) };
        Question {
            name: self.name("lijst"),
            kind: Kind::List(fields),
            width: if ends.1.is_some() { Width::Small } else { Width::Answered },
            low: ends.0,
            high: ends.1,
            none: false,
            not_applicable: false,
            ground_required: self.r.percent(5),
            inline: false,
            scored: false,
        }
    }

    fn question_clauses(&mut self, question: &Question) -> Vec<String> {
        let mut answer = format!("antwoord  {}", self.answer(question));
        let below = matches!(question.kind, Kind::OneOf(_) | Kind::SomeOf(_)) && !question.inline;
        for option in if below { question.options() } else { &[] } {
            let label = if self.r.percent(30) { format!(": \"Label van {option}\"") } else { String::new() };
            answer += &format!("\n  - {option}{label}");
        }
        for field in question.fields() {
            answer += &format!("\n  - {}: {}", field.name, self.answer(field));
        }
        let mut clauses = vec![answer];
        if question.ground_required {
            clauses.push("onderbouwing verplicht".to_owned());
        }
        match question.kind {
            Kind::YesNo | Kind::YesPartlyNo if !question.scored => {
                clauses.push((*self.r.pick(&["liever nee", "geen goede kant"])).to_owned());
            }
            Kind::Integer | Kind::Number | Kind::Percentage | Kind::Money if self.r.percent(40) => {
                clauses.push((*self.r.pick(&["liever hoger", "liever lager"])).to_owned());
            }
            _ => {}
        }
        let extras =
            ["staat vast", "uitleg \"Denk aan: 1. dit, en 2. dat.\"", "beantwoord door \"projectteam\""];
        clauses.extend(self.r.some(&extras, 0, 1).into_iter().map(str::to_owned));
        clauses
    }

    /// The words after `antwoord`, or after a field's name.
    fn answer(&mut self, question: &Question) -> String {
        let mut text = match &question.kind {
            Kind::YesNo => "ja of nee".to_owned(),
            Kind::YesPartlyNo if question.not_applicable && self.r.percent(60) => {
                return "ja, deels, nee of n.v.t.".to_owned();
            }
            Kind::YesPartlyNo => "ja, deels of nee".to_owned(),
            Kind::OneOf(options) if question.inline => format!("een van {}", options.join(", ")),
            Kind::OneOf(_) => "een van".to_owned(),
            Kind::OptionsOf { question, .. } => format!("keuze uit {question}"),
            Kind::SomeOf(options) if question.inline => format!("meerdere van {}", options.join(", ")),
            Kind::SomeOf(_) => "meerdere van".to_owned(),
            Kind::Integer => "heel getal".to_owned(),
            Kind::Number => "getal".to_owned(),
            Kind::Percentage => "percentage".to_owned(),
            Kind::Money => "bedrag".to_owned(),
            Kind::Date => "datum".to_owned(),
            Kind::Text => "tekst".to_owned(),
            Kind::List(_) => "lijst".to_owned(),
        };
        let literal = |g: &mut Self, n: i64| g.literal(&question.kind, n);
        match (question.low, question.high) {
            (Some(low), Some(high)) => {
                text += &format!(" van {} tot en met {}", literal(self, low), literal(self, high));
            }
            (Some(low), None) => text += &format!(" vanaf {}", literal(self, low)),
            (None, Some(high)) => text += &format!(" tot en met {}", literal(self, high)),
            (None, None) => {}
        }
        if matches!(question.kind, Kind::List(_)) && question.high.is_none() {
            text += " van";
        }
        for (has, blank) in [(question.none, "geen"), (question.not_applicable, "n.v.t.")] {
            if has {
                let comma = if self.r.percent(30) { "," } else { "" };
                text += &format!("{comma} of {blank}");
            }
        }
        text
    }

    /// A literal of a question's kind, in one of its spellings.
    pub(crate) fn literal(&mut self, kind: &Kind, n: i64) -> String {
        match kind {
            Kind::Number if n % 10 == 0 => (n / 10).to_string(),
            Kind::Number => format!("{}{},{}", if n < 0 { "-" } else { "" }, n.abs() / 10, n.abs() % 10),
            Kind::Percentage => format!("{n}%"),
            Kind::Money => {
                let euros = (n / 100).to_string();
                let grouped = if euros.len() > 3 && self.r.percent(70) {
                    let digits: Vec<char> = euros.chars().rev().collect();
                    let groups: Vec<String> =
                        digits.chunks(3).map(|group| group.iter().rev().collect()).collect();
                    groups.into_iter().rev().collect::<Vec<_>>().join(".")
                } else {
                    euros
                };
                let cents = if n % 100 == 0 { String::new() } else { format!(",{:02}", n % 100) };
                format!("€ {grouped}{cents}")
            }
            Kind::Date => {
                let date = Date::from_day_number(n).unwrap();
                if self.r.percent(20) {
                    format!("{:02}-{:02}-{}", date.day(), date.month(), date.year())
                } else {
                    date.to_string()
                }
            }
            _ => n.to_string(),
        }
    }
}
