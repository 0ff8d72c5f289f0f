//! What a verdict rests on besides the documents: the readings of the writer, and the gaps that were found.

use std::collections::BTreeSet;

use super::Builder;
use crate::judgement::{Reason, Status};
use crate::model::{Expression, Head, Provenance};
use crate::reads::Reads;
use crate::source::Span;
use crate::verdict as v;

impl Builder<'_> {
    /// The readings and cautions of every declaration that a result rests on, in file order.
    pub(super) fn relied_upon(&self) -> (Vec<v::Assumption>, Vec<v::Caution>) {
        let model = self.model;
        let reads = Reads::of(model, crate::reads::results(model));
        let shown = model.criteria.iter().flat_map(|criterion| &criterion.shows).copied();
        let questions: BTreeSet<_> = reads.questions.iter().copied().chain(shown).collect();
        let mut heads: Vec<(&str, &Head)> = Vec::new();
        heads.extend(
            questions.iter().filter_map(|id| Some(("vraag", &model.questions.get(id.index())?.head))),
        );
        heads.extend(
            reads.tables.iter().filter_map(|id| Some(("tabel", &model.tables.get(id.index())?.head))),
        );
        heads.extend(
            reads.parts.iter().filter_map(|id| Some(("onderdeel", &model.parts.get(id.index())?.head))),
        );
        heads
            .extend(reads.terms.iter().filter_map(|id| Some(("begrip", &model.terms.get(id.index())?.head))));
        heads.extend(model.criteria.iter().map(|criterion| ("criterium", &criterion.head)));
        heads.extend(model.conditions.iter().map(|condition| ("voorwaarde", &condition.head)));
        heads.extend(model.exclusions.iter().map(|exclusion| ("uitsluiting", &exclusion.head)));
        heads.extend(model.signals.iter().map(|signal| ("signaal", &signal.head)));
        heads.extend(model.routes.iter().map(|route| ("route", &route.head)));
        let mut placed: Vec<(Span, String, &Provenance)> = heads
            .into_iter()
            .map(|(kind, head)| (head.span, format!("{kind} {}", head.name), &head.provenance))
            .collect();
        for block in &model.blocks {
            if placed.iter().any(|(span, ..)| span.source == block.source) {
                let at = format!("bouwsteen {}", block.name);
                placed.push((Span::new(block.source, 0, 0), at, &block.provenance));
            }
        }
        placed.push((model.verdict.head.span, "oordeel".to_owned(), &model.verdict.head.provenance));
        placed.sort_by_key(|(span, ..)| *span);
        placed.insert(0, (Span::default(), "meetlat".to_owned(), &model.provenance));

        let idle = self.idle();
        let mut assumptions = Vec::new();
        let mut cautions = Vec::new();
        for (_, at, provenance) in placed {
            for reading in &provenance.assumptions {
                // What `deels` counts for matters only where a ja/deels/nee answer is a score.
                if at == "meetlat" && reading.about == "deels telt" && !reads.levels {
                    continue;
                }
                assumptions.push(v::Assumption {
                    at: at.clone(),
                    about: reading.about.clone(),
                    text: reading.text.clone(),
                });
            }
            let texts = provenance.cautions.iter();
            cautions.extend(texts.map(|text| v::Caution {
                at: at.clone(),
                in_play: !idle.contains(&at),
                text: text.clone(),
            }));
        }
        (assumptions, cautions)
    }

    /// The declarations that play no part in this verdict: a criterion, condition or signal that does not apply, an
    /// exclusion or signal that is not given, and what only those read.
    fn idle(&self) -> BTreeSet<String> {
        let (model, found) = (self.model, self.judgement);
        let mut idle = BTreeSet::new();
        let mut playing: Vec<&Expression> = Vec::new();
        let mut reads = Reads::default();
        for (criterion, found) in model.criteria.iter().zip(&found.criteria) {
            if found.reason == Reason::DoesNotApply {
                idle.insert(named("criterium", &criterion.head));
            } else {
                playing.extend(criterion.score.iter().chain(&criterion.only_if));
                reads.questions.extend(&criterion.shows);
            }
        }
        for (condition, status) in model.conditions.iter().zip(&found.conditions) {
            if *status == Status::Lapses {
                idle.insert(named("voorwaarde", &condition.head));
            } else {
                playing.extend(std::iter::once(&condition.fulfilled_if).chain(&condition.only_if));
            }
        }
        for (exclusion, status) in model.exclusions.iter().zip(&found.exclusions) {
            if matches!(status, Status::Holds | Status::Open) {
                playing.push(&exclusion.applies_if);
            } else {
                idle.insert(named("uitsluiting", &exclusion.head));
            }
        }
        for (signal, status) in model.signals.iter().zip(&found.signals) {
            if matches!(status, Status::Holds | Status::Open) {
                playing.extend(std::iter::once(&signal.applies_if).chain(&signal.only_if));
            } else {
                idle.insert(named("signaal", &signal.head));
            }
        }
        playing.extend(model.verdict.lines.iter().filter_map(|line| line.condition.as_ref()));
        let choices = model.routes.iter().flat_map(|route| &route.choices);
        playing.extend(choices.filter_map(|choice| choice.condition.as_ref()));
        playing.into_iter().for_each(|read| reads.add(model, read));

        let questions: BTreeSet<usize> = reads.questions.iter().map(|id| id.index()).collect();
        let tables: BTreeSet<usize> = reads.tables.iter().map(|id| id.index()).collect();
        let parts: BTreeSet<usize> = reads.parts.iter().map(|id| id.index()).collect();
        let terms: BTreeSet<usize> = reads.terms.iter().map(|id| id.index()).collect();
        let mut unread = |kind: &str, read: &BTreeSet<usize>, at: usize, head: &Head| {
            if !read.contains(&at) {
                idle.insert(named(kind, head));
            }
        };
        let each = model.questions.iter().enumerate();
        each.for_each(|(at, question)| unread("vraag", &questions, at, &question.head));
        let each = model.tables.iter().enumerate();
        each.for_each(|(at, table)| unread("tabel", &tables, at, &table.head));
        let each = model.parts.iter().enumerate();
        each.for_each(|(at, part)| unread("onderdeel", &parts, at, &part.head));
        let each = model.terms.iter().enumerate();
        each.for_each(|(at, term)| unread("begrip", &terms, at, &term.head));
        idle
    }
}

fn named(kind: &str, head: &Head) -> String {
    format!("{kind} {}", head.name)
}
