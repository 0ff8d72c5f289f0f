//! Sources and assumptions: who says so. What is cited must exist; what moves an outcome must have a ground.

use super::checker::Checker;
use super::clauses::word;
use crate::message::diagnostic::Code;
use crate::message::language::{Text, says};
use crate::message::source::Span;
use crate::message::suggest::nearest;
use crate::rules::model::{self, Assumption, Head, Provenance};
use crate::rules::syntax::{
    Citation, Clause, ClauseBody, Comparison, Declaration, DeclarationKind, Expression, ExpressionNode,
    Ground, Literal, Quantity, RequirementLevel, Score,
};
use crate::value::number::Number;

/// Something that needs a ground: its place, and what it is in both languages.
type Wanting = (Span, Text);

impl Checker<'_> {
    /// Name, title and sources of a declaration.
    pub(super) fn head(&mut self, declaration: &Declaration, clauses: &[&Clause], name: &str) -> Head {
        Head {
            name: name.to_owned(),
            title: declaration.title.as_ref().map(|title| title.node.clone()).unwrap_or_default(),
            span: declaration.name.as_ref().map_or(declaration.kind.span, |name| name.span),
            provenance: self.provenance(declaration, clauses),
        }
    }

    /// Collects sources and assumptions, reports unknown labels and what has no ground.
    pub(super) fn provenance(&mut self, declaration: &Declaration, clauses: &[&Clause]) -> Provenance {
        let mut provenance = Provenance::default();
        let mut cited_at_end = Vec::new();
        let mut line = 0;
        for &clause in clauses {
            match &clause.body {
                ClauseBody::Source(citation) => {
                    let citation = self.cite(String::new(), citation);
                    provenance.sources.push(citation);
                }
                ClauseBody::Assumption(text) => provenance.assumptions.push(Assumption {
                    about: String::new(),
                    text: text.node.clone(),
                    span: text.span,
                }),
                ClauseBody::Deliberate(text) => {
                    provenance.deliberate.push(text.node.clone());
                    provenance.assumptions.push(Assumption {
                        about: "bewust".to_owned(),
                        text: text.node.clone(),
                        span: text.span,
                    });
                }
                ClauseBody::Caution(text) => provenance.cautions.push(text.node.clone()),
                ClauseBody::OutcomeLine { .. } => line += 1,
                _ => {}
            }
            for (about, ground) in grounds_of(clause, line) {
                match ground {
                    Ground::Source(citation) => cited_at_end.push(self.cite(about, citation)),
                    Ground::Assumption(text) => provenance.assumptions.push(Assumption {
                        about,
                        text: text.node.clone(),
                        span: text.span,
                    }),
                }
            }
        }
        self.report_missing_grounds(declaration, clauses);
        let has_source = !provenance.sources.is_empty();
        // A `bron` in the form of the header was reported already.
        let stands_in = declaration
            .clauses
            .iter()
            .any(|c| matches!(c.body, ClauseBody::Assumption(_) | ClauseBody::Document { .. }));
        let asked = !matches!(
            declaration.kind.node,
            DeclarationKind::Header | DeclarationKind::Import | DeclarationKind::Example
        );
        if asked && !has_source && !stands_in && !declaration.broken {
            self.source_missing(declaration);
        }
        provenance.sources.append(&mut cited_at_end);
        provenance
    }

    fn source_missing(&mut self, declaration: &Declaration) {
        let kind = declaration.kind.node;
        let (nl, en) = (kind.keyword(), crate::rules::check::phrases::english(kind));
        let span = declaration.name.as_ref().map_or(declaration.kind.span, |name| name.span);
        let name = declaration.name.as_ref().map(|name| format!(" \"{}\"", name.node)).unwrap_or_default();
        self.fault(
            Code::SourceMissing,
            span,
            says!("{nl}{name} heeft geen bron", "{en}{name} has no source"),
            says!(
                "zet eronder waar het staat: bron <document> <plaats>; is het een eigen keuze: aanname \"…\"",
                "write below it where it stands: bron <document> <place>; if it is your own choice: aanname \"…\""
            ),
        );
    }

    /// A line-end ground, checked.
    pub(super) fn ground(&mut self, about: &str, ground: Option<&Ground>) -> Option<model::Ground> {
        Some(match ground? {
            Ground::Source(citation) => model::Ground::Source(self.citation(about.to_owned(), citation)),
            Ground::Assumption(text) => model::Ground::Assumption(text.node.clone()),
        })
    }

    fn cite(&mut self, about: String, citation: &Citation) -> model::Citation {
        let label = &citation.label.node;
        let here = self.here();
        if !here.labels.contains_key(label) && here.documents_known {
            let near = nearest(label, here.labels.keys().map(String::as_str)).map(str::to_owned);
            if near.is_none() && !self.missed.insert((self.at, format!("bron {label}"))) {
                return self.citation(about, citation);
            }
            let help = match near {
                Some(found) => says!("bedoelde u \"{found}\"?", "did you mean \"{found}\"?"),
                None => says!(
                    "noem het document in de kop (meetlat): bron {label}: \"titel van het document\"",
                    "name the document in the header (meetlat): bron {label}: \"title of the document\""
                ),
            };
            self.fault(
                Code::UnknownSource,
                citation.label.span,
                says!("onbekende bron \"{label}\"", "unknown source \"{label}\""),
                help,
            );
        }
        self.citation(about, citation)
    }

    /// A citation by the label that its document has in the model.
    fn citation(&self, about: String, citation: &Citation) -> model::Citation {
        let label = &citation.label.node;
        let label = self.here().labels.get(label).unwrap_or(label).clone();
        let span = citation.label.span.to(citation.place.span);
        model::Citation { about, label, place: citation.place.node.clone(), span }
    }

    fn report_missing_grounds(&mut self, declaration: &Declaration, clauses: &[&Clause]) {
        let whole = clauses.iter().any(|c| matches!(c.body, ClauseBody::Assumption(_)));
        if whole || declaration.broken {
            return;
        }
        for clause in clauses.iter().filter(|clause| clause.ground.is_none()) {
            for wanting in clause_wants(clause) {
                self.report_group(wanting);
            }
        }
    }

    /// One message for what one line-end ground would cover.
    fn report_group(&mut self, mut wanting: Vec<Wanting>) {
        // The walk over an expression does not go in order of place.
        wanting.sort_by_key(|(span, _)| *span);
        let Some((first, what)) = wanting.first().cloned() else { return };
        let mut shown: Vec<Text> = wanting
            .iter()
            .map(|(span, what)| {
                let text = self.text(*span);
                let Text { nl, en } = what;
                if nl.is_empty() { says!("\"{text}\"", "\"{text}\"") } else { says!("{nl}", "{en}") }
            })
            .collect();
        shown.dedup();
        let join = |language: fn(&Text) -> &str, and: &str| {
            let mut words: Vec<&str> = shown.iter().map(language).collect();
            let last = words.pop().unwrap_or_default();
            if words.is_empty() { last.to_owned() } else { format!("{} {and} {last}", words.join(", ")) }
        };
        let (nl, en) = (join(|text| &text.nl, "en"), join(|text| &text.en, "and"));
        let (heeft, has) = if shown.len() > 1 { ("hebben", "have") } else { ("heeft", "has") };
        let message = says!("{nl} {heeft} geen bron of aanname", "{en} {has} no source or assumption");
        let help = if what.nl.starts_with("het totaal") {
            says!(
                "schrijf in het oordeel: totaal gewogen gemiddelde, aanname \"waarom\"",
                "write in the verdict: totaal gewogen gemiddelde, aanname \"why\""
            )
        } else {
            says!(
                "schrijf aan het eind van de regel wie dit koos: , bron <document> <plaats> of , aanname \"waarom\"",
                "write at the end of the line who chose this: , bron <document> <place> or , aanname \"why\""
            )
        };
        self.fault(Code::GroundMissing, first, message, help);
    }

    /// `totaal` left out means the weighted mean, a reading like any other.
    pub(super) fn report_unwritten_total(&mut self, declaration: &Declaration) {
        let covered = |c: &Clause| matches!(c.body, ClauseBody::Assumption(_) | ClauseBody::Total);
        if !declaration.broken && !declaration.clauses.iter().any(covered) {
            let what = says!("het totaal (een gewogen gemiddelde)", "the total (a weighted mean)");
            self.report_group(vec![(declaration.kind.span, what)]);
        }
    }
}

/// The line-end grounds of a clause, each with what it is about.
fn grounds_of(clause: &Clause, line: usize) -> Vec<(String, &Ground)> {
    let about = match &clause.body {
        ClauseBody::OutcomeLine { .. } => format!("regel {line}"),
        ClauseBody::Choice { name, .. } => format!("keuze {}", name.node),
        ClauseBody::If(_) => "conditie".to_owned(),
        body => word(body).to_owned(),
    };
    let mut grounds = Vec::new();
    match &clause.body {
        ClauseBody::Score(score) | ClauseBody::Value(score) => match score {
            Score::Combination { parts, .. } => {
                for part in parts {
                    grounds.extend(
                        part.ground
                            .as_ref()
                            .map(|ground| (format!("gewicht van {}", part.name.node), ground)),
                    );
                }
            }
            Score::Ladder(lines) => {
                for (place, line) in lines.iter().enumerate() {
                    grounds
                        .extend(line.ground.as_ref().map(|ground| (format!("regel {}", place + 1), ground)));
                    bullet_grounds(line.condition.as_ref(), &about, &mut grounds);
                }
            }
            Score::Expression(expression) => bullet_grounds(Some(expression), &about, &mut grounds),
            Score::Line { .. } => {}
        },
        ClauseBody::OnlyIf(condition) | ClauseBody::If(condition) | ClauseBody::FulfilledIf(condition) => {
            bullet_grounds(Some(condition), &about, &mut grounds);
        }
        ClauseBody::OutcomeLine { condition, .. } | ClauseBody::Choice { condition, .. } => {
            bullet_grounds(condition.as_ref(), &about, &mut grounds);
        }
        _ => {}
    }
    grounds.extend(clause.ground.as_ref().map(|ground| (about, ground)));
    grounds
}

/// Bullets form a whole condition: a ground stands at its top, or at the end of a bullet.
fn bullet_grounds<'e>(expression: Option<&'e Expression>, about: &str, into: &mut Vec<(String, &'e Ground)>) {
    if let Some(ExpressionNode::Bullets { ground, item_grounds, .. }) = expression.map(|e| &*e.node) {
        into.extend(ground.iter().map(|ground| (about.to_owned(), ground)));
        for (place, ground) in item_grounds.iter().enumerate() {
            into.extend(ground.iter().map(|ground| (format!("{about}, punt {}", place + 1), ground)));
        }
    }
}

/// What has no ground because its clause has none, in groups that one ground would cover.
fn clause_wants(clause: &Clause) -> Vec<Vec<Wanting>> {
    let one = |wanting: Wanting| vec![vec![wanting]];
    let numbers = |expression: &Expression| vec![numbers_in([expression])];
    match &clause.body {
        ClauseBody::Weight(literal) => one((literal.span, says!("het gewicht", "the weight"))),
        ClauseBody::Requirement(level) if !is_plain_requirement(&level.node) => {
            one((level.span, says!("de eis", "the requirement")))
        }
        ClauseBody::PartlyCounts(literal) if !is_plain(&literal.node) => {
            one((literal.span, says!("wat deels telt", "what deels counts for")))
        }
        ClauseBody::Otherwise(literal) if !is_plain(&literal.node) => {
            one((literal.span, says!("\"anders\"", "\"anders\"")))
        }
        ClauseBody::Total => one((clause.span, says!("het totaal", "the total"))),
        ClauseBody::Score(score) | ClauseBody::Value(score) => score_wants(score),
        ClauseBody::OnlyIf(condition) | ClauseBody::If(condition) | ClauseBody::FulfilledIf(condition) => {
            numbers(condition)
        }
        ClauseBody::OutcomeLine { condition: Some(condition), .. }
        | ClauseBody::Choice { condition: Some(condition), .. } => numbers(condition),
        _ => Vec::new(),
    }
}

fn score_wants(score: &Score) -> Vec<Vec<Wanting>> {
    let number = |span| (span, Text::default());
    match score {
        Score::Expression(expression) => vec![numbers_in([expression])],
        Score::Combination { how, parts } => {
            let mut wants = Vec::new();
            if parts.len() > 1 {
                wants.push(vec![(how.span, says!("hoe deze delen samengaan", "how these parts combine"))]);
            }
            let bare = parts.iter().filter(|part| part.ground.is_none());
            wants.extend(bare.filter_map(|part| {
                let weight = part.weight.as_ref()?;
                let name = &part.name.node;
                let what = says!("het gewicht van \"{name}\"", "the weight of \"{name}\"");
                Some(vec![(weight.span, what)])
            }));
            wants
        }
        Score::Ladder(lines) => lines
            .iter()
            .filter(|line| line.ground.is_none())
            .map(|line| numbers_in(std::iter::once(&line.value).chain(&line.condition)))
            .collect(),
        Score::Line { of, from_score, from, to_score, to } => {
            let mut wants = numbers_in([of]);
            for literal in [from_score, from, to_score, to] {
                if !is_plain(&literal.node) {
                    wants.push(number(literal.span));
                }
            }
            vec![wants]
        }
    }
}

/// 0% and 100% say "nothing" and "all": no ground is asked for them.
fn is_plain(literal: &Literal) -> bool {
    matches!(literal, Literal::Percent(number) if is_none_or_all(number))
}

fn is_plain_requirement(level: &RequirementLevel) -> bool {
    matches!(level, RequirementLevel::Percent(number) if is_none_or_all(number))
}

fn is_none_or_all(percent: &Number) -> bool {
    percent.is_zero() || *percent == Number::whole(100)
}

/// Whether a comparison says "some" or "none": `is minstens 1`, `is meer dan € 0`, `is 0`, `is niet € 0`.
fn some_or_none(operator: Comparison, value: &Expression) -> bool {
    let ExpressionNode::Literal(literal) = &*value.node else { return false };
    match (operator, literal) {
        (Comparison::AtLeast, Literal::Number(number)) => *number == Number::ONE,
        (
            Comparison::MoreThan | Comparison::Is | Comparison::IsNot,
            Literal::Number(number) | Literal::Money(number),
        ) => number.is_zero(),
        _ => false,
    }
}

/// The numbers in expressions that need a ground. Without recursion: a sum may be long.
fn numbers_in<'e>(expressions: impl IntoIterator<Item = &'e Expression>) -> Vec<Wanting> {
    let number = |span: Span| (span, Text::default());
    let mut found = Vec::new();
    let mut rest: Vec<&Expression> = expressions.into_iter().collect();
    while let Some(expression) = rest.pop() {
        match &*expression.node {
            ExpressionNode::Literal(literal) => {
                let counts = matches!(literal, Literal::Number(_) | Literal::Percent(_) | Literal::Money(_));
                if counts && !is_plain(literal) {
                    found.push(number(expression.span));
                }
            }
            ExpressionNode::PercentOf { percent, of } => {
                if !is_none_or_all(&percent.node) {
                    found.push(number(percent.span));
                }
                rest.push(of);
            }
            ExpressionNode::Shift { amount, date, .. } => {
                found.push(number(amount.span));
                rest.push(date);
            }
            ExpressionNode::Compare { left, operator, right } => {
                rest.push(left);
                rest.extend(right.iter().filter(|value| !some_or_none(operator.node, value)));
            }
            // A key says which row is meant; it is not a threshold.
            ExpressionNode::LookUp { keys, .. } => {
                rest.extend(keys.iter().filter(|key| !matches!(&*key.node, ExpressionNode::Literal(_))));
            }
            ExpressionNode::Bullets { ground: Some(_), .. } => {}
            ExpressionNode::Bullets { quantity, items, item_grounds, ground: None } => {
                if matches!(&quantity.node, Quantity::AtLeast(count) if *count != Number::ONE) {
                    found.push(number(quantity.span));
                }
                let bare = items.iter().zip(item_grounds).filter(|(_, ground)| ground.is_none());
                rest.extend(bare.map(|(item, _)| item));
            }
            node => super::order::children(node, &mut rest),
        }
    }
    found
}
