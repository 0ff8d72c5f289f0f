//! Random terms, parts and criteria.

use super::questions::{Kind, Question};
use super::{Generator, Scope, Unit};

/// A score as written, and which requirement it may have.
struct Scored {
    clause: String,
    /// Only bare, hoogste or laagste over ja/deels/nee: `eis minstens deels` is possible.
    graded: bool,
    /// It can be n.v.t. for a plain reason: so says a line of its ladder, or an answer that it is.
    lapses: bool,
}

impl Generator {
    pub(crate) fn term(&mut self) {
        let name = self.name("begrip_");
        let scope = Scope::default();
        if self.r.percent(50) {
            let condition = self.whole_condition(scope);
            let clauses = self.with_assumption(vec![format!("als {condition}")]);
            self.declare("begrip", &name, clauses);
            self.conditions.push(name);
            return;
        }
        let unit = *self.r.pick(&[Unit::Money, Unit::Money, Unit::Number, Unit::Share, Unit::Day]);
        let clause = if self.r.percent(35) {
            let mut lines = Vec::new();
            for _ in 0..1 + self.r.below(2) {
                let value = self.value(unit, scope, 1);
                let condition = self.condition(scope, 1);
                lines.push(format!("  {value}  als {condition}{}", self.ground()));
            }
            lines.push(format!("  {}  anders", self.value(unit, scope, 0)));
            format!("waarde\n{}", lines.join("\n"))
        } else {
            format!("waarde {}", self.value(unit, scope, 2))
        };
        let clauses = self.with_assumption(vec![clause]);
        self.declare("begrip", &name, clauses);
        self.values.push((name, unit));
    }

    pub(crate) fn part(&mut self) {
        let name = self.name("deel_");
        let score = self.score();
        let clauses = self.with_assumption(vec![score.clause]);
        self.declare("onderdeel", &name, clauses);
        if score.lapses {
            self.lapsing_parts.insert(name.clone());
        }
        self.parts.push(name);
    }

    pub(crate) fn criterion(&mut self) {
        let name = self.name("crit_");
        // The first one counts, so that there is a total.
        let counts = self.criteria.is_empty() || self.r.percent(75);
        let mut clauses = Vec::new();
        if counts {
            let score = self.score();
            clauses.push(score.clause);
            let weight = *self.r.pick(&["1", "2", "3", "0,5", "1,5", "7"]);
            clauses.push(format!("gewicht {weight}{}", self.ground()));
            if self.r.percent(45) {
                self.aggregates.insert("een eis niet is gehaald");
                let level = match self.r.below(3) {
                    0 | 1 if score.graded => "deels".to_owned(),
                    _ => self.percentage(),
                };
                clauses.push(format!("eis minstens {level}{}", self.ground()));
            }
            let limited = self.r.percent(25);
            if limited {
                let condition = self.whole_condition(Scope::default());
                clauses.push(format!("alleen als {condition}"));
            }
            self.total_may_lapse &= limited || score.lapses;
            self.criteria.push(name.clone());
        } else {
            let shown: Vec<String> = self.questions.iter().map(|q| q.name.clone()).collect();
            let scored = self.r.percent(50);
            if scored {
                clauses.push(self.score().clause);
                self.criteria.push(name.clone());
            }
            if !scored || self.r.percent(40) {
                clauses.push(format!("toont {}", self.r.some(&shown, 1, 2).join(", ")));
            }
            clauses.push(format!("telt niet mee{}", self.ground()));
        }
        let clauses = self.with_assumption(clauses);
        self.declare("criterium", &name, clauses);
    }

    pub(crate) fn with_assumption(&mut self, mut clauses: Vec<String>) -> Vec<String> {
        clauses.extend(self.assumption());
        if self.r.percent(5) {
            clauses.push("bewust \"zo is het bedoeld\"".to_owned());
        }
        clauses
    }

    fn scored_questions(&self) -> Vec<Question> {
        self.questions.iter().filter(|q| q.scored).cloned().collect()
    }

    fn score(&mut self) -> Scored {
        let questions = self.scored_questions();
        let graded: Vec<String> = questions
            .iter()
            .filter(|q| matches!(q.kind, Kind::YesPartlyNo))
            .map(|q| q.name.clone())
            .collect();
        let names: Vec<String> =
            questions.iter().map(|q| q.name.clone()).chain(self.parts.iter().cloned()).collect();
        match self.r.below(12) {
            0 => {
                let name = self.r.pick(&names).clone();
                let lapses = self.lapsing_parts.contains(&name)
                    || questions.iter().any(|q| q.name == name && q.not_applicable);
                Scored { clause: format!("score {name}"), graded: graded.contains(&name), lapses }
            }
            1..=5 if names.len() > 1 => {
                let how = *self.r.pick(&["hoogste", "laagste", "gemiddelde", "gemiddelde"]);
                let parts = self.r.some(&names, 2, 4);
                let clause = if how == "gemiddelde" && self.r.percent(60) {
                    self.weighted(&parts)
                } else {
                    let list = if self.r.percent(30) {
                        format!("\n  - {}", parts.join("\n  - "))
                    } else {
                        format!(" {}{}", parts.join(", "), self.ground())
                    };
                    format!("score {how} van{list}")
                };
                Scored {
                    clause,
                    graded: how != "gemiddelde" && parts.iter().all(|part| graded.contains(part)),
                    lapses: false,
                }
            }
            6 => {
                let questions: Vec<String> = questions.into_iter().map(|q| q.name).collect();
                let parts = self.r.some(&questions, 1, 3);
                Scored {
                    clause: format!("score aandeel ja van {}{}", parts.join(", "), self.ground()),
                    graded: false,
                    lapses: false,
                }
            }
            7 | 8 => match self.line() {
                Some(clause) => Scored { clause, graded: false, lapses: false },
                None => self.ladder(&names),
            },
            _ => self.ladder(&names),
        }
    }

    fn weighted(&mut self, parts: &[String]) -> String {
        let mut clause = "score gemiddelde van".to_owned();
        for part in parts {
            let weight = *self.r.pick(&["", ", gewicht 2", ", gewicht 0,5", ", gewicht 3", ", gewicht 1"]);
            let ground = if weight.is_empty() { "" } else { self.ground() };
            clause += &format!("\n  - {part}{weight}{ground}");
        }
        clause
    }

    fn ladder(&mut self, names: &[String]) -> Scored {
        let scope = Scope::default();
        let mut lines = Vec::new();
        let mut lapses = false;
        for _ in 0..1 + self.r.below(3) {
            let value = self.step(names);
            lapses |= value == "n.v.t.";
            let depth = self.r.below(2);
            let condition = self.condition(scope, depth);
            lines.push(format!("  {value:>5}  als {condition}{}", self.ground()));
        }
        let value = self.step(names);
        lapses |= value == "n.v.t.";
        lines.push(format!("  {value:>5}  anders"));
        Scored { clause: format!("score\n{}", lines.join("\n")), graded: false, lapses }
    }

    /// What a line of a ladder gives.
    fn step(&mut self, names: &[String]) -> String {
        match self.r.below(10) {
            0 => "n.v.t.".to_owned(),
            1 | 2 => self.r.pick(names).clone(),
            _ => self.percentage(),
        }
    }

    /// A straight line over a number, amount or share that may be read in any way.
    fn line(&mut self) -> Option<String> {
        let units = [Unit::Money, Unit::Number, Unit::Share];
        let mut over: Vec<(String, Kind, i64, i64)> = Vec::new();
        for q in
            self.questions.iter().filter(|q| q.free() && q.unit().is_some_and(|unit| units.contains(&unit)))
        {
            let low = q.low.unwrap_or(0);
            over.push((q.name.clone(), q.kind.clone(), low, q.high.unwrap_or(low + 100)));
        }
        for (name, unit) in &self.values {
            match unit {
                Unit::Money => over.push((name.clone(), Kind::Money, 0, 12)),
                Unit::Number => over.push((name.clone(), Kind::Integer, -2, 8)),
                Unit::Share | Unit::Day => {}
            }
        }
        if over.is_empty() {
            return None;
        }
        let (name, kind, low, high) = self.r.pick(&over).clone();
        let from = self.r.between(low, high);
        let to = loop {
            let to = self.r.between(low, high + 1);
            if to != from {
                break to;
            }
        };
        let (from, to) = (self.literal(&kind, from), self.literal(&kind, to));
        let (from_score, to_score) = (self.percentage(), self.percentage());
        let ground = self.ground();
        Some(format!("score {name}, van {from_score} bij {from} naar {to_score} bij {to}{ground}"))
    }
}
