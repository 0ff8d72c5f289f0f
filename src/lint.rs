//! Checks of meaning that search: asked for by name, never while reading. All questions are open, and so is the reference date.
//!
//! - Does a better answer ever give a worse outcome? Two copies of the answers that differ in one question.
//! - Is there a line of the verdict, or a choice of a route, that no completion reaches?
//!
//! Whatever is reported is certain: nothing reaches a line that is called unreachable, and the two completions that show a worse
//! outcome were judged.

use std::collections::BTreeSet;

use crate::diagram::{Engine, Halt, Pairs, Worsens, over_sets};
use crate::evaluate::possible::{Possible, Slot};
use crate::evaluate::walk;
use crate::evaluate::world::World;
use crate::judge::answers::described;
use crate::limits::Limits;
use crate::limits::budget::Budget;
use crate::limits::provisional::ProvisionalReason as Reason;
use crate::message::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::message::language::{Language, Text, says, tell};
use crate::message::source::Span;
use crate::program::nodes::{NodeId, Op, Program};
use crate::proposal::answers::{Answer, Proposal};
use crate::rules::model::{Domain, GoodSide, Kind, Model, QuestionId};
use crate::value::date::Date;
use crate::value::values::{Level, Value};
use crate::verdict::answer_words::by_label;

/// Without an end in the rules the reference date lies at most so many years from 2000 and from every day that the rules name.
const LIFETIME: i64 = 120;

/// Where the search on a few days leaves something to be found, the reference date becomes one more open answer; looking for a better
/// answer with a worse outcome may then take this many steps. Dates that depend on an open day all hang together, which can take long.
const MOST_ON_ANY_DAY: u64 = 30_000;

/// Adds a warning for every fault found, and one for every search that ended at the limit. Cost: one diagram, and one or two
/// passes over it for each question with a good side; where rules read the reference date, the same for a few days.
pub fn check(model: &Model, program: &Program, limits: &Limits, diagnostics: &mut Diagnostics) {
    let budget = Budget::new(limits);
    let any = on_any_day(model, program);
    let few = Limits { search_steps: limits.search_steps.min(MOST_ON_ANY_DAY), ..limits.clone() };
    let few = Budget::new(&few);
    let days = if any.domains.len() > program.domains.len() { some_days(model, &any) } else { Vec::new() };
    let on = |program, day, budget| On::new(model, program, day, limits, budget);
    let mut search = Search {
        model,
        program,
        budget: &budget,
        samples: days.into_iter().map(|day| on(program, Some(day), &budget)).collect(),
        any: on(&any, None, &budget),
        any_briefly: on(&any, None, &few),
        diagnostics,
    };
    search.lines();
    search.routes();
    if model.verdict.head.provenance.deliberate.is_empty() {
        search.monotone();
    }
}

/// A few days on which the rules are in force: those that they name, and some others.
fn some_days(model: &Model, any: &Program) -> Vec<Date> {
    let Some(Kind::Date { from, until }) = any.domains.last().map(|domain| &domain.kind) else {
        return Vec::new();
    };
    let within = |day: &Date| from.is_none_or(|from| from <= *day) && until.is_none_or(|until| *day <= until);
    let mut days: Vec<Date> = model.some_day().into_iter().collect();
    days.extend([(2000, 1), (2025, 6)].into_iter().filter_map(|(year, month)| Date::new(year, month, 1)));
    let mut written = written_days(any);
    written.sort_unstable();
    days.extend(written.first());
    days.extend(written.last());
    days.retain(within);
    days.sort_unstable();
    days.dedup();
    days
}

/// The same rules with the reference date as one more question, after the others: any day on which all files are in force.
pub(crate) fn on_any_day(model: &Model, program: &Program) -> Program {
    let mut program = program.clone();
    if !program.nodes.contains(&Op::ReferenceDate) {
        return program;
    }
    let Ok(at) = u32::try_from(program.domains.len()) else { return program };
    for op in program.nodes.iter_mut().filter(|op| **op == Op::ReferenceDate) {
        *op = Op::Answer(QuestionId(at));
    }
    let blocks = model.blocks.iter();
    let from = blocks.clone().filter_map(|block| block.valid_from).chain(model.valid_from).max();
    let until = blocks.filter_map(|block| block.valid_until).chain(model.valid_until).min();
    // No day lies in all of them: then no proposal can be read at all.
    let (from, until) =
        if from.zip(until).is_some_and(|(from, until)| from > until) { (None, None) } else { (from, until) };
    // Where the rules have no end the days get one, a lifetime beyond every day that the rules name, since months are looked at one
    // by one.
    let mut written = written_days(&program);
    written.extend(Date::new(2000, 1, 1));
    let first = written.iter().min().and_then(|day| day.add_months(-12 * LIFETIME));
    let last = written.iter().max().and_then(|day| day.add_months(12 * LIFETIME));
    let (from, until) = (from.or(first), until.or(last));
    program.domains.push(Domain { kind: Kind::Date { from, until }, none: false, not_applicable: false });
    program
}

/// The days that rules name, and the ends of their date questions.
fn written_days(program: &Program) -> Vec<Date> {
    let mut days = Vec::new();
    let mut note = |value: &Value| {
        if let Value::Date(day) = value {
            days.push(*day);
        }
    };
    for op in &program.nodes {
        if let Op::Constant(value) = op {
            note(value);
        }
    }
    for (keys, value) in program.tables.iter().flat_map(|table| &table.rows) {
        keys.iter().for_each(&mut note);
        note(value);
    }
    for domain in &program.domains {
        if let Kind::Date { from, until } = &domain.kind {
            days.extend(from.iter().chain(until));
        }
    }
    days
}

/// The rules on one day, or on any.
struct On<'a> {
    program: &'a Program,
    world: World,
    budget: &'a Budget,
    /// Made when it is first asked for.
    engine: Option<Result<Engine<'a>, Halt>>,
}

impl<'a> On<'a> {
    fn new(
        model: &Model,
        program: &'a Program,
        day: Option<Date>,
        limits: &Limits,
        budget: &'a Budget,
    ) -> Self {
        let answers = vec![Answer::default(); model.questions.len()];
        let proposal = Proposal { reference_date: day, answers, ..Proposal::default() };
        Self { program, world: World::new(program, &proposal, limits), budget, engine: None }
    }

    fn engine(&mut self) -> Result<&mut Engine<'a>, Halt> {
        let (program, world, budget) = (self.program, &self.world, self.budget);
        let engine = self.engine.get_or_insert_with(|| Engine::new(program, world.clone(), budget));
        engine.as_mut().map_err(|halt| *halt)
    }

    fn reached(&mut self, node: NodeId) -> Result<Reached, Halt> {
        let program = self.program;
        let engine = self.engine()?;
        let root = engine.together(&[node])?;
        let within = engine.everything();
        engine.doubted();
        let most: BTreeSet<u16> =
            engine.combinations(root, &within)?.into_iter().map(|(choice, _)| choice).collect();
        let mut perhaps = BTreeSet::new();
        if engine.doubted() {
            // One judged completion removes the doubt.
            for at in &most {
                let shown = match engine.witness(root, &within, &|(choice, _)| choice == at) {
                    Ok(world) => world.is_some_and(|world| chosen(program, &world, node) == Some(*at)),
                    Err(Halt::Numbers) => false,
                    Err(ended) => return Err(ended),
                };
                if !shown {
                    perhaps.insert(*at);
                }
            }
        }
        Ok(Reached { most, perhaps })
    }

    fn worsens(&mut self, slot: Slot, steps: &[Pairs]) -> Result<Worsens, Halt> {
        let (program, outcome) = (self.program, self.program.outcome);
        let engine = self.engine()?;
        let within = engine.everything();
        let judged = |world: &World| chosen(program, world, outcome);
        let mut found = Worsens::Never;
        for pairs in steps {
            match engine.worsens(outcome, slot, pairs, &within, &judged)? {
                Worsens::Never => {}
                Worsens::Unshown => found = Worsens::Unshown,
                shown @ Worsens::Shown(_) => return Ok(shown),
            }
        }
        Ok(found)
    }
}

struct Search<'a> {
    model: &'a Model,
    program: &'a Program,
    budget: &'a Budget,
    /// On a few days, where rules read the reference date.
    samples: Vec<On<'a>>,
    /// On any day.
    any: On<'a>,
    /// On any day, with few steps.
    any_briefly: On<'a>,
    diagnostics: &'a mut Diagnostics,
}

/// What choices can be made.
struct Reached {
    /// Only these.
    most: BTreeSet<u16>,
    /// All but, perhaps, these.
    perhaps: BTreeSet<u16>,
}

impl<'a> Search<'a> {
    /// Says why something was not found out.
    fn untold(&mut self, why: Reason, what: &Text, span: Span) {
        let limit = self.budget.limit().min(self.budget.used());
        let said = |language: Language| {
            let what = language.pick(&what.nl, &what.en);
            let sought = tell!(language, " naar {what}", " for {what}");
            let why_not = why.clause(&sought, "", &language.count(limit), language);
            match why {
                Reason::Limit | Reason::Stopped => why_not,
                Reason::Numbers | Reason::UnboundedList => tell!(
                    language,
                    "het zoeken naar {what} is niet volledig: {why_not}",
                    "the search for {what} is not complete: {why_not}"
                ),
            }
        };
        let message = Text { nl: said(Language::Nl), en: said(Language::En) };
        let help = match why {
            Reason::Limit => says!(
                "dit is geen fout in de regels, u kunt ermee toetsen; wat hier niet gevonden is, kan er toch zijn. Wilt u het zeker weten: laat minder vragen samen in één score of regel staan, of verhoog de grens",
                "this is no fault in the rules, you can judge with them; what was not found here may still exist. To be sure: let fewer questions meet in one score or line, or raise the limit"
            ),
            Reason::Stopped | Reason::Numbers => says!(
                "dit is geen fout in de regels, u kunt ermee toetsen; wat hier niet gevonden is, kan er toch zijn",
                "this is no fault in the rules, you can judge with them; what was not found here may still exist"
            ),
            Reason::UnboundedList => says!(
                "dit is geen fout in de regels, u kunt ermee toetsen; wat hier niet gevonden is, kan er toch zijn. Wilt u het zeker weten: geef de lijst een grootste lengte (tot en met …)",
                "this is no fault in the rules, you can judge with them; what was not found here may still exist. To be sure: give the list a greatest length (tot en met …)"
            ),
        };
        self.diagnostics.push(Diagnostic::new(Code::SearchEnded, span, message).help(help));
    }

    /// The places of a list of choices that are never reached; what could not be told is said.
    fn unreached(&mut self, node: NodeId, count: usize, what: &Text, span: Span) -> Vec<usize> {
        let mut left: BTreeSet<u16> = (0..count).filter_map(|at| u16::try_from(at).ok()).collect();
        for on in &mut self.samples {
            if let Ok(reached) = on.reached(node) {
                left.retain(|at| !reached.most.contains(at) || reached.perhaps.contains(at));
            }
        }
        if left.is_empty() {
            return Vec::new();
        }
        let (missing, why) = match self.any.reached(node) {
            Ok(reached) => {
                let why = left.iter().any(|at| reached.perhaps.contains(at)).then_some(Reason::Numbers);
                (left.difference(&reached.most).copied().collect::<Vec<_>>(), why)
            }
            Err(Halt::Ended(ended)) => (Vec::new(), Some(ended.into())),
            Err(Halt::Numbers) => {
                let sets = over_sets(self.any.program, &self.any.world);
                let most = sets.get(node.index()).map(places).unwrap_or_default();
                (left.difference(&most).copied().collect(), Some(Reason::Numbers))
            }
        };
        // Longer lists than those that were looked at may reach more.
        let (missing, why) = match why {
            _ if !self.any.world.exact && !missing.is_empty() => (Vec::new(), Some(Reason::UnboundedList)),
            why => (missing, why),
        };
        if let Some(why) = why.filter(|_| left.len() > missing.len()) {
            self.untold(why, what, span);
        }
        missing.into_iter().map(usize::from).collect()
    }

    fn lines(&mut self) {
        let rule = &self.model.verdict;
        let what = says!("onbereikbare regels", "lines that are never reached");
        for at in self.unreached(self.program.line, rule.lines.len(), &what, rule.head.span) {
            let Some(line) = rule.lines.get(at) else { continue };
            let name = rule.outcomes.get(usize::from(line.outcome)).map_or("", |outcome| &outcome.name);
            let message = says!(
                r#"deze regel voor "{name}" geldt nooit: geen voorstel komt er"#,
                r#"this line for "{name}" never holds: no proposal gets there"#
            );
            let help = says!(
                "haal de regel weg, of kijk of een regel erboven te ruim is",
                "remove the line, or see whether a line above it is too wide"
            );
            self.diagnostics.push(Diagnostic::new(Code::NeverReached, line.span, message).help(help));
        }
    }

    fn routes(&mut self) {
        let model = self.model;
        let what = says!("onbereikbare keuzes", "choices that are never reached");
        for (route, node) in model.routes.iter().zip(&self.program.routes) {
            for at in self.unreached(*node, route.choices.len(), &what, route.head.span) {
                let Some(choice) = route.choices.get(at) else { continue };
                let (name, route) = (&choice.choice.name, &route.head.name);
                let message = says!(
                    r#"de keuze "{name}" van route "{route}" wordt nooit bereikt"#,
                    r#"the choice "{name}" of route "{route}" is never reached"#
                );
                let help = says!(
                    "haal de keuze weg, of kijk of een keuze erboven te ruim is",
                    "remove the choice, or see whether a choice above it is too wide"
                );
                self.diagnostics
                    .push(Diagnostic::new(Code::NeverReached, choice.choice.span, message).help(help));
            }
        }
    }

    /// One answer that improves while the outcome worsens: the first question, in file order, for which there is one.
    fn monotone(&mut self) {
        let model = self.model;
        let mut untold = None;
        for (at, question) in (0..).zip(&model.questions).filter(|(_, one)| one.good_side != GoodSide::None) {
            let why = match self.worsens(QuestionId(at), question.good_side) {
                Ok(Worsens::Never) => continue,
                Ok(Worsens::Unshown) | Err(Halt::Numbers) => Reason::Numbers,
                Err(Halt::Ended(ended)) => {
                    untold = Some((ended.into(), question.head.span));
                    break;
                }
                Ok(Worsens::Shown(shown)) => {
                    let domain = &question.domain;
                    let said = |world: &World| {
                        let answers = described(std::slice::from_ref(world.get(at)), domain, None);
                        Text::of(|language| by_label(&answers, domain, language).concat())
                    };
                    let outcome = |at: u16| {
                        let found = model.verdict.outcomes.get(usize::from(at));
                        found.map_or("", |outcome| outcome.name.as_str())
                    };
                    let (name, from, to) = (&question.head.name, outcome(shown.from), outcome(shown.to));
                    let (Text { nl: worse_nl, en: worse_en }, Text { nl: better_nl, en: better_en }) =
                        (said(&shown.worse), said(&shown.better));
                    let message = says!(
                        "een beter antwoord kan het oordeel slechter maken: \"{name}\" van {worse_nl} naar {better_nl}, het oordeel van {from} naar {to}",
                        "a better answer can worsen the outcome: \"{name}\" from {worse_en} to {better_en}, the outcome from {from} to {to}"
                    );
                    let help = says!(
                        "kijk of dat zo bedoeld is; zo ja, zet in het oordeel: bewust \"…\" met de reden",
                        "see whether that is meant; if so, add to the verdict: bewust \"…\" with the reason"
                    );
                    let span = model.verdict.head.span;
                    let place = says!("deze vraag", "this question");
                    let found = Diagnostic::new(Code::NonMonotone, span, message).help(help);
                    self.diagnostics.push(found.also(question.head.span, place));
                    return;
                }
            };
            untold.get_or_insert((why, question.head.span));
        }
        if let Some((why, span)) = untold {
            let what =
                says!("een beter antwoord met een slechter oordeel", "a better answer with a worse outcome");
            self.untold(why, &what, span);
        }
    }

    /// Two completions that differ in this question only, the second better, with a worse outcome.
    fn worsens(&mut self, question: QuestionId, good: GoodSide) -> Result<Worsens, Halt> {
        let Some(domain) = self.program.domains.get(question.index()) else { return Ok(Worsens::Never) };
        let levels: &[Level] = match domain.kind {
            Kind::YesNo => &[Level::No, Level::Yes],
            Kind::YesPartlyNo => &[Level::No, Level::Partly, Level::Yes],
            _ => &[],
        };
        let lower = good == GoodSide::Lower;
        let mut steps: Vec<Pairs> = Vec::new();
        match domain.kind {
            Kind::Integer { .. } | Kind::Number { .. } | Kind::Percentage { .. } | Kind::Money { .. } => {
                steps.push(if lower { Pairs::Lower } else { Pairs::Higher });
            }
            _ => {
                let pair = |worse: &Level, better: &Level| {
                    let (worse, better) = if lower { (better, worse) } else { (worse, better) };
                    Pairs::Values(Value::Level(*worse), Value::Level(*better))
                };
                steps.extend(levels.iter().zip(levels.iter().skip(1)).map(|(a, b)| pair(a, b)));
            }
        }
        for on in &mut self.samples {
            if let Ok(shown @ Worsens::Shown(_)) = on.worsens(question.0, &steps) {
                return Ok(shown);
            }
        }
        if self.samples.is_empty() {
            return self.any.worsens(question.0, &steps);
        }
        // What does not show on the days that were looked at is looked for on any day, but not for long.
        Ok(match self.any_briefly.worsens(question.0, &steps) {
            Ok(shown @ Worsens::Shown(_)) => shown,
            _ => Worsens::Never,
        })
    }
}

/// The choice of a node where every answer is known. None where a look-up finds nothing.
fn chosen(program: &Program, world: &World, node: NodeId) -> Option<u16> {
    match walk::exactly(program, world)?.get(node.index()) {
        Some(Value::Choice(at)) => Some(*at),
        _ => None,
    }
}

/// The places that a value may mean.
fn places(value: &Possible) -> BTreeSet<u16> {
    let places = value.values(usize::MAX).unwrap_or_default().into_iter();
    places
        .filter_map(|value| match value {
            Value::Choice(at) => Some(at),
            _ => None,
        })
        .collect()
}
