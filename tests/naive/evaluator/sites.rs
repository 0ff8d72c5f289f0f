//! The numbers of a rule file that can be moved, and its readings, found in the syntax tree; and changed there.

use meetlat::findings::Number;
use meetlat::internals::rules::syntax::{
    ClauseBody, Combining, Declaration, DeclarationKind, Expression, ExpressionNode as Node, File, Ground,
    Literal, RequirementLevel, Score,
};
use num_rational::BigRational;
use num_traits::One as _;

use super::rules::{self, Rules};
use super::scores::number;
use super::value::{big, whole};

/// A number that can be moved.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Site {
    /// As the document calls it: `criterium`, `deel`, `eis`, `totaal`, `onderdeel`, `begrip`; thresholds of criteria
    /// are `drempel`.
    pub(crate) kind: &'static str,
    pub(crate) name: String,
    pub(crate) within: Option<String>,
    /// Where the number starts; of a part the name.
    pub(crate) offset: u32,
    pub(crate) now: BigRational,
    place: Place,
}

#[derive(Debug, Clone, PartialEq)]
enum Place {
    Clause(usize, usize),
    Part(usize, usize, usize),
    /// The how many-eth literal of the walk below.
    Literal(usize),
}

pub(crate) fn exact(number: &BigRational) -> Number {
    let whole = |n: &num_bigint::BigInt| Number::decimal(&n.to_string(), 0).unwrap();
    whole(number.numer()).div(&whole(number.denom())).unwrap()
}

/// All sites that can lead to the outcome.
pub(crate) fn sites(file: &File) -> Vec<Site> {
    let mut found = Vec::new();
    for (at, declaration) in file.declarations.iter().enumerate() {
        let kind = declaration.kind.node;
        if !matches!(kind, DeclarationKind::Criterion | DeclarationKind::Part) {
            continue;
        }
        let name = rules::name(declaration).to_owned();
        for (clause_at, clause) in declaration.clauses.iter().enumerate() {
            let place = Place::Clause(at, clause_at);
            match &clause.body {
                ClauseBody::Weight(literal) => found.push(Site {
                    kind: "criterium",
                    name: name.clone(),
                    within: None,
                    offset: literal.span.start,
                    now: number(&literal.node),
                    place,
                }),
                ClauseBody::Requirement(level) => found.push(Site {
                    kind: "eis",
                    name: name.clone(),
                    within: None,
                    offset: level.span.start,
                    now: required(file, &level.node),
                    place,
                }),
                ClauseBody::Score(Score::Combination { how, parts }) if how.node == Combining::Mean => {
                    for (part_at, part) in parts.iter().enumerate() {
                        found.push(Site {
                            kind: "deel",
                            name: part.name.node.clone(),
                            within: Some(name.clone()),
                            offset: part.name.span.start,
                            now: part.weight.as_ref().map_or_else(BigRational::one, |one| number(&one.node)),
                            place: Place::Part(at, clause_at, part_at),
                        });
                    }
                }
                _ => {}
            }
        }
    }
    let mut copy = file.clone();
    let rules = Rules::new(file);
    let mut at = 0;
    thresholds(&rules, &mut copy, &mut |kind, name, offset, percent| {
        let now = BigRational::new(1.into(), 100.into()) * big(percent);
        found.push(Site { kind, name, within: None, offset, now, place: Place::Literal(at) });
        at += 1;
    });
    found
}

fn required(file: &File, level: &RequirementLevel) -> BigRational {
    match level {
        RequirementLevel::Yes => BigRational::one(),
        RequirementLevel::Partly => number(Rules::new(file).partly().unwrap()),
        RequirementLevel::Percent(n) => big(n) / whole(100),
    }
}

/// The same rules with another number there.
pub(crate) fn with(file: &File, site: &Site, to: &BigRational) -> File {
    let mut copy = file.clone();
    let percent = || exact(&(to * whole(100)));
    match site.place {
        Place::Clause(at, clause) => match &mut copy.declarations[at].clauses[clause].body {
            ClauseBody::Weight(literal) => literal.node = Literal::Number(exact(to)),
            ClauseBody::Requirement(level) => level.node = RequirementLevel::Percent(percent()),
            other => panic!("{other:?}"),
        },
        Place::Part(at, clause, part) => {
            let ClauseBody::Score(Score::Combination { parts, .. }) =
                &mut copy.declarations[at].clauses[clause].body
            else {
                panic!("no parts");
            };
            let span = parts[part].name.span;
            parts[part].weight =
                Some(meetlat::internals::message::source::Spanned::new(Literal::Number(exact(to)), span));
        }
        Place::Literal(wanted) => {
            let mut at = 0;
            thresholds(&Rules::new(file), &mut copy, &mut |_, _, _, number| {
                if at == wanted {
                    *number = percent();
                }
                at += 1;
            });
        }
    }
    copy
}

type Visit<'v> = &'v mut dyn FnMut(&'static str, String, u32, &mut Number);

/// Visits the percentages beside scores; `rules` are those of the file before it was changed.
fn thresholds(rules: &Rules<'_>, file: &mut File, visit: Visit<'_>) {
    for declaration in &mut file.declarations {
        if matches!(declaration.kind.node, DeclarationKind::Signal | DeclarationKind::Route) {
            continue;
        }
        for clause in &mut declaration.clauses {
            match &mut clause.body {
                ClauseBody::OnlyIf(e) | ClauseBody::If(e) | ClauseBody::FulfilledIf(e) => {
                    walk(rules, e, visit)
                }
                ClauseBody::OutcomeLine { condition: Some(e), .. } => walk(rules, e, visit),
                ClauseBody::Score(score) | ClauseBody::Value(score) => match score {
                    Score::Expression(e) | Score::Line { of: e, .. } => walk(rules, e, visit),
                    Score::Ladder(lines) => {
                        for line in lines {
                            line.condition.iter_mut().for_each(|e| walk(rules, e, visit));
                        }
                    }
                    Score::Combination { .. } => {}
                },
                _ => {}
            }
        }
    }
}

fn scored(rules: &Rules<'_>, e: &Expression) -> Option<(&'static str, String)> {
    match &*e.node {
        Node::Total => Some(("totaal", "totaal".to_owned())),
        Node::Group(e) => scored(rules, e),
        Node::Name(name) => match rules.get(name)?.kind.node {
            DeclarationKind::Criterion => Some(("drempel", name.clone())),
            DeclarationKind::Part => Some(("onderdeel", name.clone())),
            _ => None,
        },
        _ => None,
    }
}

fn walk(rules: &Rules<'_>, e: &mut Expression, visit: Visit<'_>) {
    match &mut *e.node {
        Node::Compare { left, right, .. } => {
            let of_left = scored(rules, left);
            for right in right.iter_mut() {
                let of_right = scored(rules, right);
                percentage(of_left.as_ref(), right, visit);
                percentage(of_right.as_ref(), left, visit);
            }
            walk(rules, left, visit);
            right.iter_mut().for_each(|right| walk(rules, right, visit));
        }
        Node::And(of) | Node::Or(of) => of.iter_mut().for_each(|e| walk(rules, e, visit)),
        Node::Group(e) | Node::Not(e) => walk(rules, e, visit),
        Node::Bullets { items, .. } => items.iter_mut().for_each(|e| walk(rules, e, visit)),
        Node::Quantified { body, .. } => walk(rules, body, visit),
        _ => {}
    }
}

fn percentage(of: Option<&(&'static str, String)>, e: &mut Expression, visit: Visit<'_>) {
    let offset = e.span.start;
    match (of, &mut *e.node) {
        (Some((kind, name)), Node::Literal(Literal::Percent(number))) => {
            visit(kind, name.clone(), offset, number)
        }
        (of, Node::Group(e)) => percentage(of, e, visit),
        _ => {}
    }
}

/// A reading that could be otherwise.
#[derive(Debug, Clone)]
pub(crate) enum Reading {
    /// The declaration, its name, how it combines.
    Combining(usize, String, Combining),
    Partly,
    /// The declaration and its name.
    Requirement(String),
}

/// Combinations that rest on an assumption, what deels counts for, and requirements.
pub(crate) fn readings(file: &File) -> Vec<Reading> {
    let mut found = Vec::new();
    for (at, declaration) in file.declarations.iter().enumerate() {
        let whole = declaration.clauses.iter().any(|one| matches!(one.body, ClauseBody::Assumption(_)));
        for clause in &declaration.clauses {
            let assumed = match &clause.ground {
                Some(ground) => matches!(ground, Ground::Assumption(_)),
                None => whole,
            };
            match &clause.body {
                ClauseBody::Score(Score::Combination { how, .. })
                    if assumed && how.node != Combining::ShareOfYes =>
                {
                    found.push(Reading::Combining(at, rules::name(declaration).to_owned(), how.node));
                }
                ClauseBody::PartlyCounts(_) if assumed => found.push(Reading::Partly),
                ClauseBody::Requirement(_) => {
                    found.push(Reading::Requirement(rules::name(declaration).to_owned()));
                }
                _ => {}
            }
        }
    }
    found
}

/// The same rules, combining otherwise.
pub(crate) fn combining(file: &File, at: usize, other: Combining) -> File {
    let mut copy = file.clone();
    for clause in &mut copy.declarations[at].clauses {
        if let ClauseBody::Score(Score::Combination { how, .. }) = &mut clause.body {
            how.node = other;
        }
    }
    copy
}

/// The same rules with deels counting for something else.
pub(crate) fn partly(file: &File, other: &BigRational) -> File {
    let mut copy = file.clone();
    for clause in copy.declarations.iter_mut().flat_map(|one: &mut Declaration| &mut one.clauses) {
        if let ClauseBody::PartlyCounts(literal) = &mut clause.body {
            literal.node = Literal::Percent(exact(&(other * whole(100))));
        }
    }
    copy
}
