//! `onderdeel`, `begrip`, `criterium`: scores and the values of terms.

use super::checker::Checker;
use super::kinds::{Blanks, Bounds, Kind, Sort, Typed, Words};
use crate::message::diagnostic::Code;
use crate::message::language::says;
use crate::message::source::{Span, Spanned};
use crate::rules::check::facts::{Context, Known, ScoreFacts};
use crate::rules::model::{self, Expression, Node, Part, Shape, Target, Term};
use crate::rules::syntax::{
    Clause, ClauseBody, Combining, Declaration, DeclarationKind, ExpressionNode, Literal, Name, Score,
    WeightedPart,
};
use crate::value::number::Number;
use crate::value::values::Value;

/// A checked score.
pub(super) struct Scored {
    pub(super) expression: Expression,
    pub(super) may_lapse: bool,
    /// Whether every part is a ja/deels/nee question, and one has deels: for `eis minstens deels`.
    pub(super) levels: Option<bool>,
}

impl<'a> Checker<'a> {
    fn facts(&self, target: Target) -> Option<&ScoreFacts> {
        match target {
            Target::Part(id) => self.parts.get(id.index()),
            Target::Term(id) => self.terms.get(id.index()),
            Target::Criterion(id) => self.criteria.get(id.index()),
            Target::Question(_) | Target::Table(_) => None,
        }
    }

    fn facts_mut(&mut self, target: Target) -> Option<&mut ScoreFacts> {
        match target {
            Target::Part(id) => self.parts.get_mut(id.index()),
            Target::Term(id) => self.terms.get_mut(id.index()),
            Target::Criterion(id) => self.criteria.get_mut(id.index()),
            Target::Question(_) | Target::Table(_) => None,
        }
    }

    pub(super) fn term_of(&self, target: Target) -> Option<&Known> {
        match target {
            Target::Term(_) => self.facts(target)?.known.as_ref(),
            _ => None,
        }
    }

    /// Reading a part, term or criterion. None: its own fault was reported.
    pub(super) fn scored(&mut self, target: Target, span: Span) -> Option<Typed> {
        let node = match target {
            Target::Part(id) => Node::Part(id),
            Target::Term(id) => Node::Term(id),
            Target::Criterion(id) => Node::Criterion(id),
            Target::Question(_) | Target::Table(_) => return None,
        };
        let facts = self.facts_mut(target)?;
        facts.read = true;
        let (name, known) = (facts.name.clone(), facts.known.clone());
        if matches!(target, Target::Criterion(id) if self.only_shown.contains(&id)) {
            self.fault(
                Code::NotAScore,
                span,
                says!(
                    "criterium \"{name}\" toont alleen en heeft geen score",
                    "criterion \"{name}\" only shows and has no score"
                ),
                says!(
                    "noem een criterium met een score, of de vraag zelf",
                    "name a criterion with a score, or the question itself"
                ),
            );
        }
        let known = known?;
        Some(Typed::new(node, span, known.kind).blanks(known.blanks).bounds(known.bounds))
    }

    /// All parts, terms and criteria, each after what it reads.
    pub(super) fn check_scores(&mut self, declarations: &[(Target, &'a Declaration)]) {
        for (target, declaration) in declarations {
            let name = declaration.name.as_ref();
            let facts = ScoreFacts {
                name: name.map(|name| name.node.clone()).unwrap_or_default(),
                span: name.map_or(declaration.kind.span, |name| name.span),
                read: false,
                known: None,
            };
            match target {
                Target::Part(_) => self.parts.push(facts),
                Target::Term(_) => self.terms.push(facts),
                _ => self.criteria.push(facts),
            }
        }
        for (target, declaration) in self.in_order(declarations) {
            self.enter(declaration);
            let known = match target {
                Target::Part(id) => {
                    let (known, part) = self.check_part(declaration).unzip();
                    self.built.parts.extend(part.map(|part| (id, part)));
                    known
                }
                Target::Term(id) => {
                    let (known, term) = self.check_term(declaration).unzip();
                    self.built.terms.extend(term.map(|term| (id, term)));
                    known
                }
                Target::Criterion(id) => self.check_criterion(id, declaration),
                Target::Question(_) | Target::Table(_) => None,
            };
            if let Some(facts) = self.facts_mut(target) {
                facts.known = known;
            }
        }
    }

    fn check_part(&mut self, declaration: &'a Declaration) -> Option<(Known, Part)> {
        let clauses = self.admit(declaration);
        let head = self.head(declaration, &clauses, name_of(declaration));
        let Some(score) = score_of(&clauses) else {
            let help = says!(
                "zeg waar de score vandaan komt: score gemiddelde van …",
                "say where the score comes from: score gemiddelde van …"
            );
            self.missing_clause(declaration, "score", help);
            return None;
        };
        let mut cx = Context::new(DeclarationKind::Part);
        let scored = self.score(score, declaration, &mut cx)?;
        let known = Known::score(scored.may_lapse, Bounds::score());
        Some((known, Part { head, score: scored.expression }))
    }

    fn check_term(&mut self, declaration: &'a Declaration) -> Option<(Known, Term)> {
        let clauses = self.admit(declaration);
        let head = self.head(declaration, &clauses, name_of(declaration));
        let wanted = clauses.iter().filter(|c| matches!(c.body, ClauseBody::If(_) | ClauseBody::Value(_)));
        let mut wanted = wanted.copied();
        let Some(first) = wanted.next() else {
            let help = says!(
                "schrijf een conditie (als …) of een waarde (waarde …)",
                "write a condition (als …) or a value (waarde …)"
            );
            self.missing_clause(declaration, "als", help);
            return None;
        };
        if let Some(second) = wanted.next() {
            self.clash(second, "waarde", first.span, "als");
            return None;
        }
        let mut cx = Context::new(DeclarationKind::Term);
        let (expression, kind, blanks, bounds) = match &first.body {
            ClauseBody::If(e) => {
                (self.condition(e, &mut cx)?, Kind::Bool, Blanks::default(), Bounds::default())
            }
            ClauseBody::Value(value) => {
                let typed = self.term_value(value, first.span, &mut cx)?;
                let (kind, blanks, bounds) = (typed.kind.clone(), typed.blanks, typed.bounds.clone());
                (typed.build(), kind, blanks, bounds)
            }
            _ => return None,
        };
        let reads_not_applicable = !cx.not_applicable.is_empty() && matches!(kind, Kind::Bool);
        let known = Known { kind, blanks, bounds, orders_blank: cx.orders_blank, reads_not_applicable };
        Some((known, Term { head, expression }))
    }

    /// `waarde …`, also as a ladder.
    fn term_value(&mut self, value: &'a Score, span: Span, cx: &mut Context) -> Option<Typed> {
        let (at, what) = match value {
            Score::Expression(e) => {
                let typed = self.value(e, cx)?;
                return self.plain(typed);
            }
            Score::Ladder(lines) => return self.value_ladder(lines, span, cx),
            Score::Combination { how, .. } => (how.span, self.text(how.span)),
            Score::Line { from_score, to, .. } => (from_score.span.to(to.span), "van … naar …".to_owned()),
        };
        self.fault(
            Code::NotAScore,
            at,
            says!("\"{what}\" staat alleen in een score", "\"{what}\" stands only in a score"),
            says!("maak er een onderdeel van met een score", "make it a part (onderdeel) with a score"),
        );
        None
    }

    /// A value that a term may have: not a condition, set or text.
    pub(super) fn plain(&mut self, typed: Typed) -> Option<Typed> {
        let help = match &typed.kind {
            Kind::Bool => says!("schrijf een conditie achter \"als\"", "write a condition behind \"als\""),
            Kind::Choices(_) | Kind::Text | Kind::Blank => {
                says!(
                    "een waarde is een getal, percentage, bedrag, datum of keuze",
                    "a value is a number, percentage, amount, date or choice"
                )
            }
            _ => return Some(typed),
        };
        let (text, is) = (self.text(typed.span), typed.kind.describe());
        let (nl, en) = (is.nl, is.en);
        self.fault(
            Code::NotACondition,
            typed.span,
            says!("\"{text}\" is {nl}, en dat kan hier niet", "\"{text}\" is {en}, which cannot stand here"),
            help,
        );
        None
    }

    pub(super) fn clash(&mut self, second: &Clause, word: &str, first: Span, other: &str) {
        let line = self.line(first);
        let diagnostic = crate::message::diagnostic::Diagnostic::new(
            Code::ClausesClash,
            second.span,
            says!(
                "\"{other}\" en \"{word}\" sluiten elkaar uit",
                "\"{other}\" and \"{word}\" exclude each other"
            ),
        )
        .also(first, says!("de andere staat hier", "the other stands here"))
        .help(says!(
            "houd één van beide: deze regel, of regel {line}",
            "keep one of both: this line, or line {line}"
        ));
        self.push(diagnostic);
    }

    pub(super) fn score(
        &mut self,
        score: &'a Score,
        declaration: &Declaration,
        cx: &mut Context,
    ) -> Option<Scored> {
        match score {
            Score::Expression(e) => {
                let mut inner = e;
                while let ExpressionNode::Group(inside) = &*inner.node {
                    inner = inside;
                }
                if let ExpressionNode::Name(name) = &*inner.node {
                    return self.score_name(&Spanned::new(name.clone(), inner.span), cx);
                }
                let typed = self.value(e, cx)?;
                self.not_a_score(&typed);
                None
            }
            Score::Combination { how, parts } => self.combination(how, parts, cx),
            Score::Ladder(lines) => self.score_ladder(lines, declaration, cx),
            Score::Line { of, from_score, from, to_score, to } => {
                let of = self.value(of, cx);
                let scores = (self.score_percent(from_score), self.score_percent(to_score));
                let of = of?;
                let (from, until) = (self.point(from, &of), self.point(to, &of));
                let (from, until) = (from?, until?);
                if from == until {
                    let text = self.text(to.span);
                    self.fault(
                        Code::BadRange,
                        to.span,
                        says!(
                            "de lijn begint en eindigt bij \"{text}\"",
                            "the line begins and ends at \"{text}\""
                        ),
                        says!("kies twee verschillende punten", "choose two different points"),
                    );
                    return None;
                }
                let (from_score, to_score) = (scores.0?, scores.1?);
                let (may_lapse, span) = (of.blanks.any(), of.span);
                let node = Node::Line { of: of.build(), from, from_score, to: until, to_score };
                let expression = Expression { node: Box::new(node), shape: Shape::Number, span };
                Some(Scored { expression, may_lapse, levels: None })
            }
        }
    }

    /// A point of a straight line, of the kind that the line is drawn over.
    fn point(&mut self, point: &Spanned<Literal>, of: &Typed) -> Option<Number> {
        let typed = crate::rules::check::literals::literal(&point.node, point.span);
        match (&of.kind, &typed.kind) {
            (Kind::Number(_), Kind::Number(_)) => {
                self.same_sort(of, &typed)?;
            }
            (Kind::Money, Kind::Money) => {}
            (Kind::Number(_) | Kind::Money, _) => {
                self.cannot_compare(of, &typed);
                return None;
            }
            _ => {
                self.no_arithmetic(of);
                return None;
            }
        }
        match typed.node {
            Node::Constant(Value::Number(number)) => Some(number),
            _ => None,
        }
    }

    pub(super) fn not_a_score(&mut self, typed: &Typed) {
        let (text, is) = (self.text(typed.span), typed.kind.describe());
        let (nl, en) = (is.nl, is.en);
        let help = match (&typed.kind, &typed.node) {
            (Kind::Number(Sort::Plain | Sort::Either), Node::Constant(_)) => {
                says!("schrijf het percentage: {text}%", "write the percentage: {text}%")
            }
            (Kind::Number(Sort::Ratio), _) => {
                says!(
                    "trek een lijn: score {text}, van 0% bij 0% naar 100% bij 100%",
                    "draw a line: score {text}, van 0% bij 0% naar 100% bij 100%"
                )
            }
            (Kind::Number(_), _) => {
                says!(
                    "trek een lijn: score {text}, van 0% bij 0 naar 100% bij 10",
                    "draw a line: score {text}, van 0% bij 0 naar 100% bij 10"
                )
            }
            (Kind::Money, _) => {
                says!(
                    "trek een lijn: score {text}, van 0% bij € 100.000 naar 100% bij € 0",
                    "draw a line: score {text}, van 0% bij € 100.000 naar 100% bij € 0"
                )
            }
            _ => says!(
                "schrijf een ladder: \"100% als …\", met als laatste regel \"0% anders\"",
                "write a ladder: \"100% als …\", with \"0% anders\" as the last line"
            ),
        };
        self.fault(
            Code::NotAScore,
            typed.span,
            says!("\"{text}\" is {nl} en heeft geen score", "\"{text}\" is {en} and has no score"),
            help,
        );
    }

    /// A name that has a score: a ja/deels/nee question, a part or a criterion.
    pub(super) fn score_name(&mut self, name: &Name, cx: &mut Context) -> Option<Scored> {
        let typed = self.name(&name.node, name.span, cx)?;
        let span = name.span;
        match (&typed.node, &typed.kind) {
            (Node::Answer(_), Kind::Level { partly }) => {
                let partly = *partly;
                if partly && self.partly_needed.is_none() {
                    self.partly_needed = Some(span);
                }
                let may_lapse = typed.blanks.any();
                let node = Node::LevelScore(typed.build());
                let expression = Expression { node: Box::new(node), shape: Shape::Number, span };
                Some(Scored { expression, may_lapse, levels: Some(partly) })
            }
            (Node::Part(_) | Node::Criterion(_), _) => {
                let may_lapse = typed.blanks.not_applicable;
                Some(Scored { expression: typed.build(), may_lapse, levels: None })
            }
            _ => {
                self.not_a_score(&typed);
                None
            }
        }
    }

    fn combination(
        &mut self,
        how: &Spanned<Combining>,
        parts: &[WeightedPart],
        cx: &mut Context,
    ) -> Option<Scored> {
        let mut seen = Words::default();
        let mut built = Vec::with_capacity(parts.len());
        let mut sound = true;
        let mut may_lapse = true;
        let mut levels = Some(false);
        for part in parts {
            if let Some(first) = seen.add(&part.name.node, part.name.span) {
                let first = seen.spans.get(usize::from(first)).copied().unwrap_or_default();
                self.double_item(&part.name, first, &says!("het deel", "the part"));
                sound = false;
                continue;
            }
            let weight = match &part.weight {
                Some(weight) if how.node != Combining::Mean => {
                    self.fault(
                        Code::ClausesClash,
                        weight.span,
                        says!(
                            "een gewicht staat alleen bij \"gemiddelde van\"",
                            "a weight stands only with \"gemiddelde van\""
                        ),
                        says!(
                            "haal het gewicht weg, of neem het gemiddelde",
                            "remove the weight, or take the mean"
                        ),
                    );
                    None
                }
                Some(weight) => self.weight(weight),
                None => Some(Number::ONE),
            };
            let scored = if how.node == Combining::ShareOfYes {
                self.yes_part(&part.name, cx)
            } else {
                self.score_name(&part.name, cx)
            };
            let (Some(weight), Some(scored)) = (weight, scored) else {
                sound = false;
                continue;
            };
            may_lapse &= scored.may_lapse;
            levels = levels.zip(scored.levels).map(|(a, b)| a || b);
            let (name, value) = (part.name.node.clone(), scored.expression);
            built.push(model::WeightedPart { name, value, weight });
        }
        if !sound || built.is_empty() {
            return None;
        }
        let last = parts.last().map_or(how.span, |part| part.name.span);
        let node = Node::Combine { how: how.node, parts: built };
        let expression = Expression { node: Box::new(node), shape: Shape::Number, span: how.span.to(last) };
        let levels = if matches!(how.node, Combining::Highest | Combining::Lowest) { levels } else { None };
        Some(Scored { expression, may_lapse, levels })
    }

    /// A part of `aandeel ja van`: the answer itself.
    fn yes_part(&mut self, name: &Name, cx: &mut Context) -> Option<Scored> {
        let typed = self.name(&name.node, name.span, cx)?;
        if !matches!((&typed.node, &typed.kind), (Node::Answer(_), Kind::Level { .. })) {
            let word = &name.node;
            self.fault(
                Code::NotAScore,
                name.span,
                says!("\"{word}\" is geen vraag met ja of nee", "\"{word}\" is no question with ja or nee"),
                says!(
                    "\"aandeel ja van\" telt alleen vragen met ja, deels of nee",
                    "\"aandeel ja van\" counts only questions with ja, deels or nee"
                ),
            );
            return None;
        }
        let may_lapse = typed.blanks.any();
        Some(Scored { expression: typed.build(), may_lapse, levels: None })
    }

    /// Reports parts and terms that nothing reads.
    pub(super) fn report_unread_scores(&mut self) {
        let own = self.here().source;
        let unread = |kind, facts: &[ScoreFacts]| -> Vec<(DeclarationKind, String, Span)> {
            let unread = facts.iter().enumerate().filter(|(_, f)| f.span.source == own);
            let unread = unread.filter(|(place, f)| !f.read && self.names.owns(&f.name, *place));
            unread.map(|(_, facts)| (kind, facts.name.clone(), facts.span)).collect()
        };
        let mut all = unread(DeclarationKind::Part, &self.parts);
        all.extend(unread(DeclarationKind::Term, &self.terms));
        for (kind, name, span) in all {
            let (nl, en) = (kind.keyword(), crate::rules::check::phrases::english(kind));
            self.fault(
                Code::Unused,
                span,
                says!("{nl} \"{name}\" wordt nergens gebruikt", "{en} \"{name}\" is used nowhere"),
                says!("gebruik het in een regel, of haal het weg", "use it in a rule, or remove it"),
            );
        }
    }
}

/// `bewust "…"`: the warnings of meaning of this declaration are acknowledged.
pub(super) fn is_deliberate(declaration: &Declaration) -> bool {
    declaration.clauses.iter().any(|clause| matches!(clause.body, ClauseBody::Deliberate(_)))
}

pub(super) fn name_of(declaration: &Declaration) -> &str {
    declaration.name.as_ref().map_or("", |name| name.node.as_str())
}

pub(super) fn score_of<'d>(clauses: &[&'d Clause]) -> Option<&'d Score> {
    clauses.iter().find_map(|clause| match &clause.body {
        ClauseBody::Score(score) => Some(score),
        _ => None,
    })
}
