//! Checks of meaning that search: asked for by name, never while reading. All questions are open.
//!
//! - Does a better answer ever give a worse outcome? Two copies of the answers that differ in one question.
//! - Is there a line of the verdict, or a choice of a route, that no completion reaches?

use std::collections::BTreeSet;

use crate::asked::Asked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::limits::Limits;
use crate::model::{GoodSide, Kind, Model, QuestionId};
use crate::possible::{Line, Possible, Slot};
use crate::program::Program;
use crate::proposal::{Answer, Proposal};
use crate::says;
use crate::solve::{Solver, Stop};
use crate::tree::Tree;
use crate::value::{Level, Value};
use crate::world::World;

/// Adds a warning for every fault found, and one for every search that ended at the limit.
pub fn check(model: &Model, program: &Program, limits: &Limits, diagnostics: &mut Diagnostics) {
    let proposal = Proposal {
        reference_date: model.some_day(),
        answers: vec![Answer::default(); model.questions.len()],
        ..Proposal::default()
    };
    let mut search = Search { model, program, limits, proposal, diagnostics };
    let mut solver = search.solver();
    // Once taken apart, one search answers all.
    let mut tree = search.tree(&mut solver);
    let reached = tree.as_mut().and_then(|tree| search.reached(&mut solver, tree));
    search.lines(reached.as_ref());
    search.routes(reached.as_ref());
    if model.verdict.head.provenance.deliberate.is_empty() {
        search.monotone(&mut solver, tree.as_mut());
    }
}

/// The lines of the verdict and the choices of each route that can be reached.
struct Reached {
    lines: BTreeSet<u16>,
    routes: Vec<BTreeSet<u16>>,
}

struct Search<'a> {
    model: &'a Model,
    program: &'a Program,
    limits: &'a Limits,
    proposal: Proposal,
    diagnostics: &'a mut Diagnostics,
}

impl<'a> Search<'a> {
    fn solver(&self) -> Solver<'a> {
        let world = World::new(self.program, &self.proposal, self.limits);
        Solver::new(self.program, world, self.limits.search_steps)
    }

    fn tree(&self, solver: &mut Solver<'a>) -> Option<Tree> {
        let nodes = std::iter::once(&self.program.outcome).chain(&self.program.routes);
        let asked: Vec<Asked> = nodes.map(|node| Asked::of(*node)).collect();
        let tree = Tree::new(solver, &asked, self.program.line).ok().flatten();
        tree.filter(|_| !solver.inexact)
    }

    fn reached(&self, solver: &mut Solver<'a>, tree: &mut Tree) -> Option<Reached> {
        solver.steps = 0;
        let results = tree.all(solver).ok()?;
        solver.steps = 0;
        let (lines, _) = tree.summary(solver).ok()?;
        if solver.inexact {
            return None;
        }
        let mut routes = vec![BTreeSet::new(); self.program.routes.len()];
        for result in &results {
            for (found, value) in routes.iter_mut().zip(result.iter().skip(1)) {
                found.extend(choices(value));
            }
        }
        Some(Reached { lines: lines.iter().flat_map(choices).collect(), routes })
    }

    fn ended(&mut self, what: &str, english: &str, span: crate::source::Span, _stop: Stop) {
        let limit = self.limits.search_steps;
        let message = says!(
            "het zoeken naar {what} is gestopt na {limit} combinaties",
            "the search for {english} ended after {limit} combinations"
        );
        let help = says!(
            "dit is geen fout in de regels, u kunt ermee toetsen; wat hier niet gevonden is, kan er toch zijn. Wilt u het zeker weten: laat minder vragen samen in één score of regel staan, of verhoog de grens",
            "this is no fault in the rules, you can judge with them; what was not found here may still exist. To be sure: let fewer questions meet in one score or line, or raise the limit"
        );
        self.diagnostics.push(Diagnostic::new(Code::SearchEnded, span, message).help(help));
    }

    /// All values that a choice node can have, when the search ends in time.
    fn choices(&mut self, node: crate::program::NodeId) -> Result<BTreeSet<u16>, Stop> {
        let rows = self.solver().results(&[Asked::of(node)])?;
        Ok(rows.iter().filter_map(|row| row.values.first()).flat_map(choices).collect())
    }

    fn lines(&mut self, reached: Option<&Reached>) {
        let rule = &self.model.verdict;
        match reached.map_or_else(|| self.choices(self.program.line), |reached| Ok(reached.lines.clone())) {
            Err(stop) => {
                self.ended("onbereikbare regels", "lines that are never reached", rule.head.span, stop)
            }
            Ok(reached) => {
                for (at, line) in rule.lines.iter().enumerate() {
                    if !reached.contains(&u16::try_from(at).unwrap_or(u16::MAX)) {
                        let name =
                            rule.outcomes.get(usize::from(line.outcome)).map_or("", |outcome| &outcome.name);
                        let message = says!(
                            r#"deze regel voor "{name}" geldt nooit: geen voorstel komt er"#,
                            r#"this line for "{name}" never holds: no proposal gets there"#
                        );
                        let help = says!(
                            "haal de regel weg, of kijk of een regel erboven te ruim is",
                            "remove the line, or see whether a line above it is too wide"
                        );
                        self.diagnostics
                            .push(Diagnostic::new(Code::NeverReached, line.span, message).help(help));
                    }
                }
            }
        }
    }

    fn routes(&mut self, reached: Option<&Reached>) {
        let model = self.model;
        for (at, (route, node)) in model.routes.iter().zip(&self.program.routes).enumerate() {
            let known = reached.and_then(|reached| reached.routes.get(at)).cloned();
            match known.map_or_else(|| self.choices(*node), Ok) {
                Err(stop) => {
                    self.ended(
                        "onbereikbare keuzes",
                        "choices that are never reached",
                        route.head.span,
                        stop,
                    );
                }
                Ok(reached) => {
                    for (at, choice) in route.choices.iter().enumerate() {
                        if !reached.contains(&u16::try_from(at).unwrap_or(u16::MAX)) {
                            let (name, route) = (&choice.choice.name, &route.head.name);
                            let message = says!(
                                r#"de keuze "{name}" van route "{route}" wordt nooit bereikt"#,
                                r#"the choice "{name}" of route "{route}" is never reached"#
                            );
                            let help = says!(
                                "haal de keuze weg, of kijk of een keuze erboven te ruim is",
                                "remove the choice, or see whether a choice above it is too wide"
                            );
                            let found =
                                Diagnostic::new(Code::NeverReached, choice.choice.span, message).help(help);
                            self.diagnostics.push(found);
                        }
                    }
                }
            }
        }
    }

    /// One answer that improves while the outcome worsens: the first question, in file order, for which there is one.
    fn monotone(&mut self, solver: &mut Solver<'a>, mut tree: Option<&mut Tree>) {
        for (at, question) in self.model.questions.iter().enumerate() {
            if question.good_side == GoodSide::None {
                continue;
            }
            let Ok(at) = u32::try_from(at) else { return };
            match self.worsens(QuestionId(at), question.good_side, solver, tree.as_deref_mut()) {
                Ok(None) => {}
                Ok(Some((worse, better, from, to))) => {
                    let name = &question.head.name;
                    let message = says!(
                        r#"een beter antwoord kan het oordeel slechter maken: "{name}" van {worse} naar {better}, het oordeel van {from} naar {to}"#,
                        r#"a better answer can worsen the outcome: "{name}" from {worse} to {better}, the outcome from {from} to {to}"#
                    );
                    let help = says!(
                        "kijk of dat zo bedoeld is; zo ja, zet in het oordeel: bewust \"…\" met de reden",
                        "see whether that is meant; if so, add to the verdict: bewust \"…\" with the reason"
                    );
                    let span = self.model.verdict.head.span;
                    let place = says!("deze vraag", "this question");
                    let found = Diagnostic::new(Code::NonMonotone, span, message).help(help);
                    self.diagnostics.push(found.also(question.head.span, place));
                    return;
                }
                Err(stop) => {
                    let span = question.head.span;
                    self.ended(
                        "een beter antwoord met een slechter oordeel",
                        "a better answer with a worse outcome",
                        span,
                        stop,
                    );
                    return;
                }
            }
        }
    }

    /// Two completions that differ in this question only, the second better, with a worse outcome.
    fn worsens(
        &mut self,
        question: QuestionId,
        good: GoodSide,
        shared: &mut Solver<'a>,
        mut tree: Option<&mut Tree>,
    ) -> Result<Option<(String, String, String, String)>, Stop> {
        let Some(domain) = self.program.domains.get(question.index()) else { return Ok(None) };
        let slot: Slot = question.0;
        match domain.kind {
            Kind::YesNo | Kind::YesPartlyNo => {
                let mut levels = match domain.kind {
                    Kind::YesNo => vec![Level::No, Level::Yes],
                    _ => vec![Level::No, Level::Partly, Level::Yes],
                };
                if good == GoodSide::Lower {
                    levels.reverse();
                }
                for pair in levels.windows(2) {
                    let [worse, better] = pair else { continue };
                    let apart = |solver: &mut Solver<'_>| {
                        solver.double(&[slot], question);
                        let second = solver.copies.first().map_or(slot, |(_, copy)| *copy);
                        solver.world.set(slot, Possible::Known(Value::Level(*worse)));
                        solver.world.set(second, Possible::Known(Value::Level(*better)));
                    };
                    if let Some((from, to)) = self.pair(slot, shared, tree.as_deref_mut(), &apart)? {
                        return Ok(Some((worse.word().to_owned(), better.word().to_owned(), from, to)));
                    }
                }
                Ok(None)
            }
            Kind::Integer { .. } | Kind::Number { .. } | Kind::Percentage { .. } | Kind::Money { .. } => {
                let apart = |solver: &mut Solver<'_>| {
                    // geen and n.v.t. have no good side: compare values only.
                    let mut set = solver.world.get(slot).parts().into_owned();
                    (set.none, set.not_applicable) = (false, false);
                    solver.world.set(slot, set.into());
                    solver.double(&[slot], question);
                    let second = solver.copies.first().map_or(slot, |(_, copy)| *copy);
                    let step = Line::constant(solver.world.step(slot).neg());
                    let higher = if good == GoodSide::Higher { (second, slot) } else { (slot, second) };
                    // The better minus the worse is at least one step.
                    solver.world.relations.push(Line::of(higher.0).sub(&Line::of(higher.1)).add(&step));
                };
                let way = match good {
                    GoodSide::Lower => ("hoger", "lager"),
                    _ => ("lager", "hoger"),
                };
                let pair = self.pair(slot, shared, tree, &apart)?;
                Ok(pair.map(|(from, to)| (way.0.to_owned(), way.1.to_owned(), from, to)))
            }
            _ => Ok(None),
        }
    }

    /// A pair of outcomes of which the second copy's is worse, once the copies have been set apart.
    fn pair(
        &self,
        slot: Slot,
        shared: &mut Solver<'a>,
        tree: Option<&mut Tree>,
        apart: &dyn Fn(&mut Solver<'_>),
    ) -> Result<Option<(String, String)>, Stop> {
        let name = |at: u16| {
            let outcome = self.model.verdict.outcomes.get(usize::from(at));
            outcome.map_or_else(String::new, |outcome| outcome.name.clone())
        };
        if let Some(tree) = tree {
            let (slots, world) = (shared.world.slots.len(), shared.world.clone());
            (shared.steps, shared.inexact) = (0, false);
            apart(shared);
            let found = tree.worsens(shared, slot);
            shared.single(slots);
            shared.world = world;
            if let (Ok(Some(found)), false) = (found, shared.inexact) {
                return Ok(found.map(|(from, to)| (name(from), name(to))));
            }
        }
        let mut solver = self.solver();
        apart(&mut solver);
        let outcome = Asked::of(self.program.outcome);
        let second = solver.canonical(outcome.in_second());
        let rows = solver.results(&[outcome, second])?;
        if solver.inexact {
            // Only pairs with a witness are worth a warning.
            return Ok(None);
        }
        Ok(rows.iter().find_map(|row| match row.values.as_slice() {
            [Possible::Known(Value::Choice(first)), Possible::Known(Value::Choice(second))]
                if second > first =>
            {
                Some((name(*first), name(*second)))
            }
            _ => None,
        }))
    }
}

/// The places that a value may stand for.
fn choices(value: &Possible) -> Vec<u16> {
    let places = value.values(usize::MAX).unwrap_or_default().into_iter();
    places
        .filter_map(|value| match value {
            Value::Choice(at) => Some(at),
            _ => None,
        })
        .collect()
}
