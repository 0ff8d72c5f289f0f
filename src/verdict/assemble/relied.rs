//! What a verdict rests on besides the documents: the readings of the writer, and the gaps that were found.

use std::collections::BTreeSet;

use crate::judge::findings::{Judgement, Reason, Status};
use crate::message::source::Span;
use crate::rules::dependencies::Reads;
use crate::rules::model::{Expression, Head, Provenance};
use crate::verdict::assemble::rules::Rules;
use crate::verdict::document as v;

/// What a rule file rests on.
pub(crate) struct Relied {
    /// The readings of every declaration that a result rests on, in file order.
    pub(crate) assumptions: Vec<v::Assumption>,
    /// The cautions there, each with the condition on which it plays a part. Those that do are made as if they always did.
    pub(crate) cautions: Vec<(v::Caution, Plays)>,
}

/// When a declaration plays a part in a verdict: always, or when one of these does, each by its place in the model. A
/// criterion, condition or signal that does not apply plays no part, nor an exclusion or signal that is not given, nor what
/// only those read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Plays {
    always: bool,
    criteria: Vec<usize>,
    conditions: Vec<usize>,
    exclusions: Vec<usize>,
    signals: Vec<usize>,
}

impl Plays {
    fn always() -> Self {
        Self { always: true, ..Self::default() }
    }

    /// Whether it plays a part in this verdict.
    pub(crate) fn in_verdict(&self, found: &Judgement) -> bool {
        let given = |status: Option<&Status>| matches!(status, Some(Status::Holds | Status::Open));
        self.always
            || self.criteria.iter().any(|at| {
                found.criteria.get(*at).is_some_and(|criterion| criterion.reason != Reason::DoesNotApply)
            })
            || self
                .conditions
                .iter()
                .any(|at| found.conditions.get(*at).is_some_and(|s| *s != Status::Lapses))
            || self.exclusions.iter().any(|at| given(found.exclusions.get(*at)))
            || self.signals.iter().any(|at| given(found.signals.get(*at)))
    }
}

/// What every result reads.
struct Readers {
    always: Reads,
    criteria: Vec<Reads>,
    conditions: Vec<Reads>,
    exclusions: Vec<Reads>,
    signals: Vec<Reads>,
}

impl Readers {
    fn of(rules: &Rules<'_>) -> Self {
        let model = rules.model;
        let gate = |holds: &Expression, only_if: &Option<Expression>| {
            Reads::of(model, std::iter::once(holds).chain(only_if))
        };
        let lines = model.verdict.lines.iter().filter_map(|line| line.condition.as_ref());
        let choices = model.routes.iter().flat_map(|route| &route.choices);
        let criterion = |criterion: &crate::rules::model::Criterion| {
            let mut reads = Reads::of(model, criterion.score.iter().chain(&criterion.only_if));
            reads.questions.extend(&criterion.shows);
            reads
        };
        Self {
            always: Reads::of(model, lines.chain(choices.filter_map(|choice| choice.condition.as_ref()))),
            criteria: model.criteria.iter().map(criterion).collect(),
            conditions: model.conditions.iter().map(|c| gate(&c.fulfilled_if, &c.only_if)).collect(),
            exclusions: model.exclusions.iter().map(|e| Reads::of(model, [&e.applies_if])).collect(),
            signals: model.signals.iter().map(|s| gate(&s.applies_if, &s.only_if)).collect(),
        }
    }

    /// When something is read by what plays a part.
    fn plays(&self, reads: impl Fn(&Reads) -> bool) -> Plays {
        let those = |of: &[Reads]| -> Vec<usize> {
            of.iter().enumerate().filter(|(_, one)| reads(one)).map(|(at, _)| at).collect()
        };
        Plays {
            always: reads(&self.always),
            criteria: those(&self.criteria),
            conditions: those(&self.conditions),
            exclusions: those(&self.exclusions),
            signals: those(&self.signals),
        }
    }
}

struct Placed<'a> {
    span: Span,
    at: String,
    provenance: &'a Provenance,
    plays: Plays,
}

impl<'a> Rules<'a> {
    /// The readings and cautions of every declaration that a result rests on. Cost: collects what each result reads.
    pub(crate) fn relied_upon(&self) -> Relied {
        let model = self.model;
        let reads = Reads::of(model, crate::rules::dependencies::results(model));
        let readers = Readers::of(self);
        let shown = model.criteria.iter().flat_map(|criterion| &criterion.shows).copied();
        let questions: BTreeSet<_> = reads.questions.iter().copied().chain(shown).collect();
        let mut placed: Vec<Placed<'_>> = Vec::new();
        let mut add = |kind: &str, head: Option<&'a Head>, plays: &dyn Fn() -> Plays| {
            if let Some(head) = head {
                let at = format!("{kind} {}", head.name);
                // Only cautions ask for it, and few declarations have one.
                let plays = if head.provenance.cautions.is_empty() { Plays::default() } else { plays() };
                placed.push(Placed { span: head.span, at, provenance: &head.provenance, plays });
            }
        };
        for id in &questions {
            let plays = || readers.plays(|reads| reads.questions.contains(id));
            add("vraag", model.questions.get(id.index()).map(|question| &question.head), &plays);
        }
        for id in &reads.tables {
            let plays = || readers.plays(|reads| reads.tables.contains(id));
            add("tabel", model.tables.get(id.index()).map(|table| &table.head), &plays);
        }
        for id in &reads.parts {
            let plays = || readers.plays(|reads| reads.parts.contains(id));
            add("onderdeel", model.parts.get(id.index()).map(|part| &part.head), &plays);
        }
        for id in &reads.terms {
            let plays = || readers.plays(|reads| reads.terms.contains(id));
            add("begrip", model.terms.get(id.index()).map(|term| &term.head), &plays);
        }
        for (at, criterion) in model.criteria.iter().enumerate() {
            add("criterium", Some(&criterion.head), &|| Plays { criteria: vec![at], ..Plays::default() });
        }
        for (at, condition) in model.conditions.iter().enumerate() {
            add("voorwaarde", Some(&condition.head), &|| Plays { conditions: vec![at], ..Plays::default() });
        }
        for (at, exclusion) in model.exclusions.iter().enumerate() {
            add("uitsluiting", Some(&exclusion.head), &|| Plays { exclusions: vec![at], ..Plays::default() });
        }
        for (at, signal) in model.signals.iter().enumerate() {
            add("signaal", Some(&signal.head), &|| Plays { signals: vec![at], ..Plays::default() });
        }
        for route in &model.routes {
            add("route", Some(&route.head), &Plays::always);
        }
        for block in &model.blocks {
            if placed.iter().any(|placed| placed.span.source == block.source) {
                placed.push(Placed {
                    span: Span::new(block.source, 0, 0),
                    at: format!("bouwsteen {}", block.name),
                    provenance: &block.provenance,
                    plays: Plays::always(),
                });
            }
        }
        let verdict = &model.verdict.head;
        placed.push(Placed {
            span: verdict.span,
            at: "oordeel".to_owned(),
            provenance: &verdict.provenance,
            plays: Plays::always(),
        });
        placed.sort_by_key(|placed| placed.span);
        placed.insert(
            0,
            Placed {
                span: Span::default(),
                at: "meetlat".to_owned(),
                provenance: &model.provenance,
                plays: Plays::always(),
            },
        );

        let mut relied = Relied { assumptions: Vec::new(), cautions: Vec::new() };
        for Placed { at, provenance, plays, .. } in placed {
            for reading in &provenance.assumptions {
                // What `deels` counts for matters only where a ja/deels/nee answer is a score.
                if at == "meetlat" && reading.about == "deels telt" && !reads.levels {
                    continue;
                }
                relied.assumptions.push(v::Assumption {
                    at: at.clone(),
                    about: reading.about.clone(),
                    text: reading.text.clone(),
                });
            }
            let caution = |text: &String| v::Caution { at: at.clone(), in_play: true, text: text.clone() };
            relied.cautions.extend(provenance.cautions.iter().map(|text| (caution(text), plays.clone())));
        }
        relied
    }
}
