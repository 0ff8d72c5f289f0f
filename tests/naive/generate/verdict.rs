//! Random conditions, exclusions, signals, the verdict and the routes.

use super::{Generator, Scope};

impl Generator {
    pub(crate) fn reactions(&mut self) {
        let scope = Scope::default();
        // The names of these are apart from all others.
        for i in 0..self.r.below(3) {
            self.aggregates.insert("elke voorwaarde is vervuld");
            let condition = self.whole_condition(scope);
            let mut clauses = vec![format!("vervuld als {condition}"), "zo niet \"Regel het.\"".to_owned()];
            if self.r.percent(35) {
                let condition = self.whole_condition(scope);
                clauses.push(format!("alleen als {condition}"));
            }
            let clauses = self.with_assumption(clauses);
            self.declare("voorwaarde", &format!("zaak{i}"), clauses);
        }
        for i in 0..self.r.below(3) {
            self.aggregates.insert("een uitsluiting geldt");
            let condition = self.whole_condition(scope);
            let mut clauses = vec![format!("als {condition}")];
            if self.r.percent(40) {
                clauses.push("meld \"Dit kan niet.\"".to_owned());
            }
            let clauses = self.with_assumption(clauses);
            self.declare("uitsluiting", &format!("zaak{i}"), clauses);
        }
    }

    pub(crate) fn verdict(&mut self) {
        let outcomes = self.r.some(&["voldoet", "voorwaardelijk", "matig2", "afgewezen"], 2, 4);
        self.outcomes = outcomes.into_iter().map(str::to_owned).collect();
        let scope = Scope { total: true, aggregates: true, ..Scope::default() };
        let mut clauses = Vec::new();
        if self.r.percent(80) {
            clauses.push(format!("totaal gewogen gemiddelde{}", self.ground()));
        }
        let mut list = "uitkomsten van goed naar slecht".to_owned();
        for outcome in &self.outcomes {
            list += &format!("\n  - {outcome}: \"Het voorstel: {outcome}\"");
        }
        clauses.push(list);

        // Every outcome gets a line, every aggregate is named; the worst one last.
        let mut lines: Vec<(String, String)> = Vec::new();
        let aggregates: Vec<&str> = self.aggregates.iter().copied().collect();
        for aggregate in aggregates {
            let outcome = self.r.pick(&self.outcomes).clone();
            let mut condition = aggregate.to_owned();
            if self.r.percent(20) {
                condition = format!("niet {condition}");
            }
            if self.r.percent(40) {
                let other = self.condition(Scope { total: true, ..Scope::default() }, 0);
                condition = format!("{condition} {} {other}", self.r.pick(&["en", "of"]));
            }
            lines.push((outcome, condition));
        }
        let last = self.outcomes.last().unwrap().clone();
        for outcome in self.outcomes.clone() {
            if lines.iter().any(|(named, _)| *named == outcome) && self.r.percent(50) || outcome == last {
                continue;
            }
            let condition = self.whole_condition(scope);
            lines.push((outcome, condition));
        }
        if self.r.percent(30) {
            self.r.shuffle(&mut lines);
        }
        for (outcome, condition) in lines {
            clauses.push(format!("{outcome}  als {condition}"));
        }
        clauses.push(format!("{last}  anders"));
        let clauses = self.with_assumption(clauses);
        self.declare("oordeel", "", clauses);
    }

    /// Signals and routes: both may read the outcome.
    pub(crate) fn routes(&mut self) {
        for i in 0..self.r.below(3) {
            let scope = Scope { outcome: self.r.percent(50), ..Scope::default() };
            let condition = self.whole_condition(scope);
            let mut clauses = vec![format!("als {condition}"), "meld \"Let hierop.\"".to_owned()];
            if self.r.percent(30) {
                let condition = self.whole_condition(scope);
                clauses.push(format!("alleen als {condition}"));
            }
            let clauses = self.with_assumption(clauses);
            self.declare("signaal", &format!("zaak{i}"), clauses);
        }
        for i in 0..self.r.below(3) {
            let scope = Scope { outcome: true, total: true, ..Scope::default() };
            let choices = self.r.some(&["niemand", "team", "bestuur", "directie"], 2, 3);
            let (last, others) = choices.split_last().unwrap();
            let mut clauses = Vec::new();
            for choice in others {
                let condition = self.whole_condition(scope);
                // A list of conditions lies one step deeper.
                let condition = condition.replace('\n', "\n  ");
                clauses.push(format!("{choice}: \"De keuze {choice}\"\n  als {condition}"));
            }
            clauses.push(format!("{last}: \"De keuze {last}\"\n  anders"));
            let clauses = self.with_assumption(clauses);
            self.declare("route", &format!("zaak{i}"), clauses);
        }
    }
}
