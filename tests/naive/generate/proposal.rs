//! A random proposal: some answers given, others left open in one of the ways that leave them so.

use std::collections::BTreeSet;

use meetlat::Date;

use super::Generator;
use super::questions::{Kind, Question, Width};

const GROUND: &str = "\"Zie het plan, blz. 3.\"";

impl Generator {
    /// The proposal as JSON, and a reference date given apart.
    pub(crate) fn proposal(&mut self) -> (String, Option<Date>) {
        // So many completions are left at the most.
        let budget = *self.r.pick(&[1_u64, 4, 12, 30, 30, 80, 80, 200, 200, 400, 800, 2_500]);
        let mut left = budget;
        let mut order: Vec<usize> = (0..self.questions.len()).collect();
        self.r.shuffle(&mut order);
        let mut open = BTreeSet::new();
        for i in order {
            let size = self.size(&self.questions[i]);
            if self.questions[i].width != Width::Answered && size <= left && self.r.percent(85) {
                left /= size;
                open.insert(i);
            }
        }
        let mut answers = Vec::new();
        for i in 0..self.questions.len() {
            let question = self.questions[i].clone();
            let answer = if open.contains(&i) {
                self.open(&question)
            } else {
                Some(self.answered(&question, &mut left))
            };
            answers.extend(answer.map(|answer| format!("\"{}\": {answer}", question.name)));
        }
        if self.r.percent(30) {
            self.r.shuffle(&mut answers);
        }
        let mut members = vec!["\"meetlat\": \"proef\"".to_owned()];
        if self.r.percent(30) {
            members.push("\"titel\": \"Een voorstel\", \"indiener\": \"Iemand\"".to_owned());
        }
        let mut reference_date = None;
        if self.reads_reference_date || self.r.percent(10) {
            let date = Date::from_day_number(self.r.between(737_420, 738_200)).unwrap();
            let apart = self.r.percent(40);
            if !apart {
                members.push(format!("\"peildatum\": \"{}\"", date.to_iso()));
            }
            reference_date = apart.then_some(date);
        }
        members.push(format!("\"antwoorden\": {{{}}}", answers.join(", ")));
        (format!("{{{}}}", members.join(", ")), reference_date)
    }

    /// At the most so many answers does a question allow.
    fn size(&self, q: &Question) -> u64 {
        let constants = u64::try_from(self.constants.get(&q.name).copied().unwrap_or(0)).unwrap();
        let range = match (q.low, q.high) {
            (Some(low), Some(high)) => u64::try_from(high - low + 1).unwrap(),
            _ => u64::MAX,
        };
        let options = u32::try_from(q.options().len()).unwrap();
        let size = match &q.kind {
            Kind::YesNo => 2,
            Kind::YesPartlyNo => 3,
            Kind::OneOf(_) | Kind::OptionsOf { .. } => u64::from(options),
            Kind::SomeOf(_) => 2_u64.pow(options),
            Kind::Integer | Kind::Money | Kind::Date => range.min(3 * (constants + 2)),
            Kind::Number | Kind::Percentage => 2 * (constants + 3),
            Kind::Text => 1,
            Kind::List(fields) => {
                let record = fields.iter().fold(1_u64, |n, field| n.saturating_mul(self.size(field)));
                let lengths =
                    u32::try_from(q.low.unwrap_or(0)).unwrap()..=u32::try_from(q.high.unwrap_or(9)).unwrap();
                lengths.fold(0_u64, |n, length| n.saturating_add(record.saturating_pow(length)))
            }
        };
        size.saturating_add(u64::from(q.none)).saturating_add(u64::from(q.not_applicable))
    }

    /// An answer that is none; nothing when the key is left out.
    pub(super) fn open(&mut self, q: &Question) -> Option<String> {
        if q.not_applicable && self.r.percent(15) {
            let blank = [
                "\"n.v.t.\"",
                "{\"antwoord\": \"n.v.t.\"}",
                "{\"antwoord\": \"n.v.t.\", \"onderbouwing\": \"  \"}",
            ];
            return Some((*self.r.pick(&blank)).to_owned());
        }
        if q.ground_required && self.r.percent(50) {
            let value = self.bare(q, &mut 1);
            return Some(match self.r.below(3) {
                0 => value,
                1 => format!("{{\"antwoord\": {value}}}"),
                _ => format!("{{\"antwoord\": {value}, \"onderbouwing\": \"\"}}"),
            });
        }
        match self.r.below(10) {
            0 | 1 => Some("null".to_owned()),
            2 => Some("{\"antwoord\": null, \"niet_te_zeggen\": \"nog onbekend\"}".to_owned()),
            3 => Some("{\"niet_te_zeggen\": \"nog onbekend\"}".to_owned()),
            4 => Some(format!("{{\"antwoord\": null, \"onderbouwing\": {GROUND}}}")),
            _ => None,
        }
    }

    /// A given answer, bare or wrapped; fields of a list may be open for what is left of the budget.
    pub(super) fn answered(&mut self, q: &Question, left: &mut u64) -> String {
        if q.not_applicable && self.r.percent(20) {
            return format!("{{\"antwoord\": \"n.v.t.\", \"onderbouwing\": {GROUND}}}");
        }
        let value = if q.none && self.r.percent(25) { "\"geen\"".to_owned() } else { self.bare(q, left) };
        if q.ground_required {
            return format!("{{\"onderbouwing\": {GROUND}, \"antwoord\": {value}}}");
        }
        match self.r.below(10) {
            0 => {
                format!("{{\"antwoord\": {value}, \"onderbouwing\": {GROUND}, \"bewijs\": [\"bijlage 2\"]}}")
            }
            1 => format!("{{\"antwoord\": {value}}}"),
            _ => value,
        }
    }

    /// A value in its own spelling.
    fn bare(&mut self, q: &Question, left: &mut u64) -> String {
        let low = q.low.unwrap_or_else(|| {
            if matches!(q.kind, Kind::Date) { 737_000 } else { q.high.unwrap_or(100) - 100 }
        });
        let high = q.high.unwrap_or(low + 150);
        match &q.kind {
            Kind::YesNo => (*self.r.pick(&["\"ja\"", "\"nee\""])).to_owned(),
            Kind::YesPartlyNo => (*self.r.pick(&["\"ja\"", "\"deels\"", "\"nee\""])).to_owned(),
            Kind::OneOf(options) | Kind::OptionsOf { options, .. } => format!("\"{}\"", self.r.pick(options)),
            Kind::SomeOf(options) => {
                let mut chosen = self.r.some(options, 0, options.len());
                self.r.shuffle(&mut chosen);
                let quoted: Vec<String> = chosen.iter().map(|option| format!("\"{option}\"")).collect();
                format!("[{}]", quoted.join(", "))
            }
            Kind::Integer => {
                let n = self.r.between(low, high);
                if self.r.percent(10) { format!("{n}.0") } else { n.to_string() }
            }
            Kind::Percentage => self.r.between(low.max(0), high.min(100)).to_string(),
            Kind::Number => {
                let n = self.r.between(low, high);
                format!("{}{}.{}", if n < 0 { "-" } else { "" }, n.abs() / 10, n.abs() % 10)
            }
            Kind::Money => {
                let n = self.r.between(low.max(0), high);
                match self.r.below(5) {
                    0 => format!("{n}e-2"),
                    1 if n % 100 == 0 => (n / 100).to_string(),
                    _ => format!("{}.{:02}", n / 100, n % 100),
                }
            }
            Kind::Date => {
                format!("\"{}\"", Date::from_day_number(self.r.between(low, high)).unwrap().to_iso())
            }
            Kind::Text => "\"Enige woorden\"".to_owned(),
            Kind::List(fields) => {
                let length = self.r.between(q.low.unwrap_or(0), q.high.unwrap_or(3));
                let mut records = Vec::new();
                for _ in 0..length {
                    let mut members = Vec::new();
                    for field in fields {
                        let size = self.size(field);
                        let answer = if size <= *left && self.r.percent(40) {
                            *left /= size;
                            self.open(field)
                        } else {
                            Some(self.answered(field, left))
                        };
                        members.extend(answer.map(|answer| format!("\"{}\": {answer}", field.name)));
                    }
                    records.push(format!("{{{}}}", members.join(", ")));
                }
                format!("[{}]", records.join(", "))
            }
        }
    }
}
