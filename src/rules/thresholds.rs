//! The thresholds that a rule file compares each score with. Printing needs them: no rounded score may seem to reach
//! or cross one.

use crate::rules::dependencies::{children, roots};
use crate::rules::model::{Expression, Model, Node};
use crate::value::number::Number;
use crate::value::values::Value;

/// Per score the numbers that the rule file compares it with, ascending, as fractions of one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Thresholds {
    /// Of the total.
    pub total: Vec<Number>,
    /// Per criterion, requirements included.
    pub criteria: Vec<Vec<Number>>,
    /// Per part.
    pub parts: Vec<Vec<Number>>,
}

impl Thresholds {
    /// Collects them. Cost: one walk over the model.
    #[must_use]
    pub fn new(model: &Model) -> Self {
        let mut thresholds = Self {
            total: Vec::new(),
            criteria: vec![Vec::new(); model.criteria.len()],
            parts: vec![Vec::new(); model.parts.len()],
        };
        for root in roots(model) {
            thresholds.walk(root);
        }
        for (criterion, list) in model.criteria.iter().zip(&mut thresholds.criteria) {
            list.extend(criterion.requirement.iter().map(|requirement| requirement.at_least.clone()));
        }
        // A criterion that consists of one part is the same number twice.
        for (criterion, list) in model.criteria.iter().zip(&mut thresholds.criteria) {
            let Some(Node::Part(part)) = criterion.score.as_ref().map(|score| &*score.node) else { continue };
            let Some(of_part) = thresholds.parts.get_mut(part.index()) else { continue };
            list.extend(of_part.iter().cloned());
            of_part.clone_from(list);
        }
        let lists = thresholds.criteria.iter_mut().chain(&mut thresholds.parts);
        for list in lists.chain(std::iter::once(&mut thresholds.total)) {
            list.sort();
            list.dedup();
        }
        thresholds
    }

    /// The thresholds of the criterion at a place.
    #[must_use]
    pub fn criterion(&self, at: usize) -> &[Number] {
        self.criteria.get(at).map_or(&[], Vec::as_slice)
    }

    fn walk(&mut self, expression: &Expression) {
        match &*expression.node {
            Node::Order { left, right, .. } => {
                self.compare(left, right);
                self.compare(right, left);
            }
            Node::Equals { left, right } => {
                for right in right {
                    self.compare(left, right);
                    self.compare(right, left);
                }
            }
            _ => {}
        }
        for child in children(expression) {
            self.walk(child);
        }
    }

    fn compare(&mut self, score: &Expression, with: &Expression) {
        let list = match &*score.node {
            Node::Total => Some(&mut self.total),
            Node::Criterion(criterion) => self.criteria.get_mut(criterion.index()),
            Node::Part(part) => self.parts.get_mut(part.index()),
            _ => None,
        };
        if let (Some(list), Some(threshold)) = (list, constant(with)) {
            list.push(threshold);
        }
    }
}

/// The number that an expression always is; none when it depends on something.
pub(crate) fn constant(expression: &Expression) -> Option<Number> {
    match &*expression.node {
        Node::Constant(Value::Number(number)) => Some(number.clone()),
        Node::Arithmetic { left, operator, right } => operator.between(&constant(left)?, &constant(right)?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use crate::message::diagnostic::Diagnostics;
    use crate::rules::{check, load};

    fn thresholds(text: &str) -> Thresholds {
        let (limits, mut found) = (Limits::default(), Diagnostics::new());
        let loaded = load::load("proef.meetlat", text, &limits, &mut load::no_blocks, &mut found);
        let model = check::check(&loaded, &limits, &mut found).model();
        Thresholds::new(&model.unwrap_or_else(|| panic!("{found:?}")))
    }

    fn percents(numbers: &[Number]) -> Vec<String> {
        numbers.iter().map(|number| number.mul(&Number::whole(100)).to_fraction_string()).collect()
    }

    const RULES: &str = r#"meetlat proef: "Proef"
  versie 1
  bron plan: "Plan"
  deels telt 50%, bron plan §1

vraag gezond: "Gezond?"
  bron plan §2
  antwoord ja, deels of nee

onderdeel lijf: "Lijf"
  bron plan §2
  score gezond

criterium stip: "Stip"
  bron plan §2
  score lijf
  gewicht 1, bron plan §2
  eis minstens 35%, bron plan §2

criterium ster: "Ster"
  bron plan §2
  score gezond
  gewicht 1, bron plan §2

signaal s: "S"
  bron plan §3
  als lijf is minder dan 80% of 20% + 10% is minstens ster of ster is meer dan 20% * 2

oordeel: "Mag het?"
  bron plan §9
  totaal gewogen gemiddelde, bron plan §9
  uitkomsten van goed naar slecht
    - voldoet
    - bijna
    - afgewezen
  afgewezen als een eis niet is gehaald
  voldoet als totaal is minstens 60% en stip is minstens 50%, bron plan §9
  bijna als (totaal is minstens 60% en ster is minstens 30%) of totaal is minstens 40%, bron plan §9
  afgewezen anders
"#;

    #[test]
    fn every_number_that_a_score_is_compared_with_is_there_once_and_in_order() {
        let found = thresholds(RULES);
        assert_eq!(percents(&found.total), ["40", "60"]);
        // On either side of a comparison, and as the result of arithmetic with numbers.
        assert_eq!(percents(found.criterion(1)), ["30", "40"]);
        assert_eq!(percents(found.criterion(2)), Vec::<String>::new());
    }

    #[test]
    fn a_criterion_that_is_one_part_has_the_thresholds_of_both() {
        let found = thresholds(RULES);
        assert_eq!(percents(found.criterion(0)), ["35", "50", "80"]);
        assert_eq!(found.parts, [found.criterion(0)]);
    }
}
