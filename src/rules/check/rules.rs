//! `voorwaarde`, `uitsluiting`, `signaal`.

use super::checker::Checker;
use super::scores::name_of;
use crate::message::language::says;
use crate::rules::check::facts::Context;
use crate::rules::model::{Condition, Exclusion, Expression, Signal};
use crate::rules::syntax::{Clause, ClauseBody, Declaration, DeclarationKind};

/// The texts and conditions that these three have, in whatever order.
#[derive(Default)]
struct Parts {
    main: Option<Option<Expression>>,
    only_if: Option<Option<Expression>>,
    text: Option<String>,
}

impl Parts {
    /// The main condition and `alleen als`, when both are sound.
    fn sound(self) -> Option<(Expression, Option<Expression>, Option<String>)> {
        let only_if = match self.only_if {
            Some(None) => return None,
            Some(found) => found,
            None => None,
        };
        Some((self.main??, only_if, self.text))
    }
}

impl<'a> Checker<'a> {
    fn parts(&mut self, clauses: &[&'a Clause], kind: DeclarationKind) -> Parts {
        let mut parts = Parts::default();
        for clause in clauses {
            match &clause.body {
                ClauseBody::If(e) | ClauseBody::FulfilledIf(e) => {
                    parts.main = Some(self.condition(e, &mut Context::new(kind)));
                }
                ClauseBody::OnlyIf(e) => parts.only_if = Some(self.condition(e, &mut Context::new(kind))),
                ClauseBody::IfNot(text) | ClauseBody::Report(text) => parts.text = Some(text.node.clone()),
                _ => {}
            }
        }
        parts
    }

    pub(super) fn check_condition(&mut self, declaration: &'a Declaration) -> Option<Condition> {
        let clauses = self.admit(declaration);
        let head = self.head(declaration, &clauses, name_of(declaration));
        let parts = self.parts(&clauses, DeclarationKind::Condition);
        if parts.main.is_none() {
            let help = says!(
                "zeg wanneer de voorwaarde vervuld is: vervuld als …",
                "say when the condition is fulfilled: vervuld als …"
            );
            self.missing_clause(declaration, "vervuld als", help);
        }
        let (fulfilled_if, only_if, if_not) = parts.sound()?;
        Some(Condition { head, fulfilled_if, if_not, only_if })
    }

    pub(super) fn check_exclusion(&mut self, declaration: &'a Declaration) -> Option<Exclusion> {
        let clauses = self.admit(declaration);
        let head = self.head(declaration, &clauses, name_of(declaration));
        let parts = self.parts(&clauses, DeclarationKind::Exclusion);
        if parts.main.is_none() {
            let help =
                says!("zeg wanneer de uitsluiting geldt: als …", "say when the exclusion holds: als …");
            self.missing_clause(declaration, "als", help);
        }
        let (applies_if, _, report) = parts.sound()?;
        Some(Exclusion { head, applies_if, report })
    }

    pub(super) fn check_signal(&mut self, declaration: &'a Declaration) -> Option<Signal> {
        let clauses = self.admit(declaration);
        let head = self.head(declaration, &clauses, name_of(declaration));
        let parts = self.parts(&clauses, DeclarationKind::Signal);
        if parts.main.is_none() {
            let help =
                says!("zeg wanneer het signaal verschijnt: als …", "say when the signal appears: als …");
            self.missing_clause(declaration, "als", help);
        }
        let (applies_if, only_if, report) = parts.sound()?;
        Some(Signal { head, applies_if, report, only_if })
    }
}
