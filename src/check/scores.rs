//! `onderdeel`, `begrip`, `criterium`: scores and the values of terms.

use super::Checker;
use super::expressions::Context;
use super::kinds::{Blanks, Bounds, Kind, Sort, Typed, Words};
use super::names::Target;
use crate::diagnostic::Code;
use crate::model::{self, Criterion, CriterionId, Expression, LadderLine, Node, Part, Shape, Term};
use crate::number::Number;
use crate::says;
use crate::source::{Span, Spanned};
use crate::syntax::{
    self, Clause, ClauseBody, Combining, Declaration, DeclarationKind, ExpressionNode, Literal, Name,
    RequirementLevel, Score, WeightedPart,
};
use crate::value::Value;

/// What expressions need to know of a part, term or criterion.
#[derive(Debug)]
pub(super) struct ScoreFacts {
    pub(super) name: String,
    pub(super) span: Span,
    pub(super) read: bool,
    /// None when it could not be understood.
    pub(super) known: Option<Known>,
}

/// Its kind and what it may be.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) kind: Kind,
    pub(super) blanks: Blanks,
    pub(super) bounds: Bounds,
    /// A term that is a condition over an ordering that may meet geen or n.v.t.
    pub(super) orders_blank: bool,
    /// It reads something that can be n.v.t. (a term that is a condition).
    pub(super) reads_not_applicable: bool,
}

impl Known {
    const fn score(may_lapse: bool, bounds: Bounds) -> Self {
        Self {
            kind: Kind::Number(Sort::Ratio),
            blanks: Blanks { none: false, not_applicable: may_lapse },
            bounds,
            orders_blank: false,
            reads_not_applicable: false,
        }
    }
}

/// A checked score.
struct Scored {
    expression: Expression,
    may_lapse: bool,
    /// Whether every part is a ja/deels/nee question, and one has deels: for `eis minstens deels`.
    levels: Option<bool>,
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
        let head = self.head(declaration, name_of(declaration));
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
        let head = self.head(declaration, name_of(declaration));
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

    /// A value that a term may have: no condition, set or text.
    fn plain(&mut self, typed: Typed) -> Option<Typed> {
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

    fn value_ladder(
        &mut self,
        lines: &'a [syntax::LadderLine],
        span: Span,
        cx: &mut Context,
    ) -> Option<Typed> {
        let mut sound = self.else_last(lines.iter().map(|line| (line.condition.is_some(), line.span)), span);
        let mut built = Vec::with_capacity(lines.len());
        let mut first: Option<Typed> = None;
        let (mut blanks, mut bounds) = (Blanks::default(), None::<Bounds>);
        for line in lines {
            let condition = line.condition.as_ref().map(|condition| self.condition(condition, cx));
            let value = match super::compare::is_not_applicable(&line.value) {
                true => Some(super::expressions::literal(&Literal::NotApplicable, line.value.span)),
                false => self.value(&line.value, cx).and_then(|typed| self.plain(typed)),
            };
            let (Some(value), false) = (value, condition == Some(None)) else {
                sound = false;
                continue;
            };
            blanks = blanks.or(value.blanks);
            if !matches!(value.kind, Kind::Blank) {
                bounds = Some(bounds.map_or_else(|| value.bounds.clone(), |b| b.union(&value.bounds)));
                match &first {
                    Some(first) if !self.goes_with(first, &value) => sound = false,
                    Some(known) => {
                        // `deels` in a later line widens what it can be.
                        if matches!(value.kind, Kind::Level { partly: true })
                            || matches!(known.kind, Kind::Number(Sort::Either))
                        {
                            first = Some(value.clone());
                        }
                    }
                    None => first = Some(value.clone()),
                }
            }
            built.push(LadderLine { condition: condition.flatten(), value: value.build(), span: line.span });
        }
        let first = first?;
        // A line of n.v.t. has the kind of the others.
        let shape = first.kind.shape();
        for line in &mut built {
            line.value.shape = shape;
        }
        sound.then(|| {
            Typed::new(Node::Ladder(built), span, first.kind)
                .blanks(blanks)
                .bounds(bounds.unwrap_or_default())
        })
    }

    fn goes_with(&mut self, first: &Typed, value: &Typed) -> bool {
        match (&first.kind, &value.kind) {
            (Kind::Number(_), Kind::Number(_)) => self.same_sort(first, value).is_some(),
            (Kind::Money, Kind::Money)
            | (Kind::Date, Kind::Date)
            | (Kind::Level { .. }, Kind::Level { .. }) => true,
            (Kind::Choice(a), Kind::Choice(b)) if a.names == b.names => true,
            _ => {
                self.cannot_compare(first, value);
                false
            }
        }
    }

    /// Every line but the last has a condition, and the last has none.
    pub(super) fn else_last(&mut self, lines: impl Iterator<Item = (bool, Span)>, whole: Span) -> bool {
        let lines: Vec<(bool, Span)> = lines.collect();
        let Some(((last_conditional, last), before)) = lines.split_last() else { return false };
        let mut sound = true;
        for (conditional, span) in before {
            if !conditional {
                sound = false;
                self.fault(
                    Code::ElseNotLast,
                    *span,
                    says!(
                        "\"anders\" staat niet op de laatste regel",
                        "\"anders\" does not stand on the last line"
                    ),
                    says!(
                        "zet de regel met \"anders\" onderaan",
                        "put the line with \"anders\" at the bottom"
                    ),
                );
            }
        }
        if *last_conditional && sound {
            sound = false;
            self.fault(
                Code::ElseNotLast,
                if lines.len() > 1 { *last } else { whole },
                says!(
                    "de laatste regel met \"anders\" ontbreekt",
                    "the last line with \"anders\" is missing"
                ),
                says!(
                    "zet er een regel onder voor alle andere gevallen: … anders",
                    "put a line below it for all other cases: … anders"
                ),
            );
        }
        sound
    }

    pub(super) fn clash(&mut self, second: &Clause, word: &str, first: Span, other: &str) {
        let line = self.line(first);
        let diagnostic = crate::diagnostic::Diagnostic::new(
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

    fn score(&mut self, score: &'a Score, declaration: &Declaration, cx: &mut Context) -> Option<Scored> {
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
        let typed = super::expressions::literal(&point.node, point.span);
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

    fn not_a_score(&mut self, typed: &Typed) {
        let (text, is) = (self.text(typed.span), typed.kind.describe());
        let (nl, en) = (is.nl, is.en);
        let help = match (&typed.kind, &typed.node) {
            (Kind::Number(Sort::Plain | Sort::Either), node) if matches!(node, Node::Constant(_)) => {
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
    fn score_name(&mut self, name: &Name, cx: &mut Context) -> Option<Scored> {
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

    /// A weight: a number above 0.
    fn weight(&mut self, literal: &Spanned<Literal>) -> Option<Number> {
        let text = self.text(literal.span);
        match &literal.node {
            Literal::Number(number) if *number > Number::ZERO => Some(number.clone()),
            Literal::Number(_) => {
                self.fault(
                    Code::OutOfRange,
                    literal.span,
                    says!("gewicht \"{text}\" is niet meer dan 0", "weight \"{text}\" is not above 0"),
                    says!(
                        "kies een getal boven 0; telt het niet mee, schrijf dan: telt niet mee",
                        "choose a number above 0; if it does not count, write: telt niet mee"
                    ),
                );
                None
            }
            _ => {
                self.fault(
                    Code::KindMismatch,
                    literal.span,
                    says!("gewicht \"{text}\" is geen kaal getal", "weight \"{text}\" is no bare number"),
                    says!(
                        "gewichten zijn verhoudingen: schrijf een getal, zoals 2 of 1,5",
                        "weights are ratios: write a number, such as 2 or 1,5"
                    ),
                );
                None
            }
        }
    }

    fn score_ladder(
        &mut self,
        lines: &'a [syntax::LadderLine],
        declaration: &Declaration,
        cx: &mut Context,
    ) -> Option<Scored> {
        let whole = lines.iter().map(|line| line.span).reduce(Span::to).unwrap_or(declaration.kind.span);
        let mut sound = self.else_last(lines.iter().map(|line| (line.condition.is_some(), line.span)), whole);
        let mut built = Vec::with_capacity(lines.len());
        let (mut may_lapse, mut has_line) = (false, false);
        for line in lines {
            // Only what the conditions read counts for the missing n.v.t. line.
            let mut reading = Context::new(cx.place);
            let value = self.line_value(&line.value, &mut reading);
            let condition = line.condition.as_ref().map(|condition| self.condition(condition, cx));
            let (Some((value, lapses)), false) = (value, condition == Some(None)) else {
                sound = false;
                continue;
            };
            has_line |= super::compare::is_not_applicable(&line.value);
            may_lapse |= lapses;
            built.push(LadderLine { condition: condition.flatten(), value, span: line.span });
        }
        if !sound {
            return None;
        }
        if !has_line {
            self.ladder_without_line(declaration, whole, cx);
        }
        let expression =
            Expression { node: Box::new(Node::Ladder(built)), shape: Shape::Number, span: whole };
        Some(Scored { expression, may_lapse, levels: None })
    }

    /// The value of a score ladder's line, and whether it may be n.v.t.
    fn line_value(&mut self, value: &syntax::Expression, cx: &mut Context) -> Option<(Expression, bool)> {
        match &*value.node {
            ExpressionNode::Literal(Literal::NotApplicable) => {
                let node = Box::new(Node::Constant(Value::NotApplicable));
                Some((Expression { node, shape: Shape::Number, span: value.span }, true))
            }
            ExpressionNode::Literal(literal) => {
                let number = self.score_percent(&Spanned::new(literal.clone(), value.span))?;
                let node = Box::new(Node::Constant(Value::Number(number)));
                Some((Expression { node, shape: Shape::Number, span: value.span }, false))
            }
            ExpressionNode::Name(name) => {
                let scored = self.score_name(&Spanned::new(name.clone(), value.span), cx)?;
                Some((scored.expression, scored.may_lapse))
            }
            _ => {
                let typed = self.value(value, cx)?;
                self.not_a_score(&typed);
                None
            }
        }
    }

    fn check_criterion(&mut self, id: CriterionId, declaration: &'a Declaration) -> Option<Known> {
        let before = self.errors;
        let clauses = self.admit(declaration);
        let head = self.head(declaration, name_of(declaration));
        let mut cx = Context::new(DeclarationKind::Criterion);
        let score = score_of(&clauses);
        let scored = score.map(|score| self.score(score, declaration, &mut cx));
        let mut criterion = Criterion {
            head,
            score: None,
            weight: None,
            requirement: None,
            shows: Vec::new(),
            only_if: None,
        };
        let (mut weight, mut uncounted, mut requirement, mut shown) = (None, None, None, false);
        for clause in &clauses {
            match &clause.body {
                ClauseBody::Weight(literal) => {
                    weight = Some(clause.span);
                    criterion.weight = self.weight(literal);
                }
                ClauseBody::NotCounted => uncounted = Some(*clause),
                ClauseBody::Shows(names) => {
                    shown = true;
                    criterion.shows = self.shows(names);
                }
                ClauseBody::Requirement(level) => requirement = Some((level, clause.span)),
                ClauseBody::OnlyIf(condition) => {
                    let mut cx = Context::new(DeclarationKind::Criterion);
                    criterion.only_if = self.condition(condition, &mut cx);
                }
                _ => {}
            }
        }
        match (weight, uncounted) {
            (Some(weight), Some(uncounted)) => self.clash(uncounted, "telt niet mee", weight, "gewicht"),
            (None, None) => {
                let help =
                    says!("schrijf: gewicht 1, of: telt niet mee", "write: gewicht 1, or: telt niet mee");
                self.missing_clause(declaration, "gewicht", help);
            }
            _ => {}
        }
        if score.is_none() && (weight.is_some() || !shown) {
            let help = if shown {
                says!(
                    "geef het een score, of schrijf \"telt niet mee\" in plaats van het gewicht",
                    "give it a score, or write \"telt niet mee\" instead of the weight"
                )
            } else {
                says!(
                    "zeg waar de score vandaan komt (score …), of wat het laat zien (toont …)",
                    "say where the score comes from (score …), or what it shows (toont …)"
                )
            };
            self.missing_clause(declaration, "score", help);
        }
        let scored = scored.flatten();
        if let Some((level, span)) = requirement {
            if uncounted.is_some() {
                self.fault(
                    Code::RequirementNotCounted,
                    span,
                    says!(
                        "een eis op een criterium dat niet meetelt",
                        "a requirement on a criterion that does not count"
                    ),
                    says!(
                        "geef het criterium een gewicht, of maak van de eis een uitsluiting of voorwaarde",
                        "give the criterion a weight, or make the requirement an exclusion or condition"
                    ),
                );
            } else if let Some(scored) = &scored {
                criterion.requirement = self.requirement(level, scored.levels);
            }
        }
        let lapses = scored.as_ref().is_some_and(|scored| scored.may_lapse) || criterion.only_if.is_some();
        if criterion.weight.is_some() {
            self.counting.push(lapses);
        }
        let known = scored.as_ref().map(|_| Known::score(lapses, Bounds::score()));
        criterion.score = scored.map(|scored| scored.expression);
        if self.errors == before {
            let uncounted = criterion.score.is_none();
            self.built.criteria.insert(id, criterion);
            if uncounted {
                self.only_shown.insert(id);
            }
        }
        known
    }

    fn requirement(
        &mut self,
        level: &Spanned<RequirementLevel>,
        levels: Option<bool>,
    ) -> Option<model::Requirement> {
        match &level.node {
            RequirementLevel::Percent(number) => {
                let literal = Spanned::new(Literal::Percent(number.clone()), level.span);
                let at_least = self.score_percent(&literal)?;
                let text = self.text(level.span);
                let written = text.trim_start_matches("minstens").trim().to_owned();
                Some(model::Requirement { at_least, written })
            }
            RequirementLevel::Yes if levels.is_some() => {
                Some(model::Requirement { at_least: Number::ONE, written: "ja".to_owned() })
            }
            RequirementLevel::Partly if levels == Some(true) => {
                let at_least = self.partly.clone();
                // Without `deels telt` another message says so.
                Some(model::Requirement { at_least: at_least?, written: "deels".to_owned() })
            }
            written => {
                let (word, example) = match written {
                    RequirementLevel::Yes => ("ja", "100%"),
                    _ => ("deels", "50%"),
                };
                self.fault(
                    Code::RequirementNotPartly,
                    level.span,
                    says!("\"minstens {word}\" past niet bij deze score", "\"minstens {word}\" does not fit this score"),
                    says!(
                        "de score is niet één van zijn ja-, deels- of nee-antwoorden; schrijf een percentage: eis minstens {example}",
                        "the score is not one of its ja, deels or nee answers; write a percentage: eis minstens {example}"
                    ),
                );
                None
            }
        }
    }

    fn shows(&mut self, names: &[Name]) -> Vec<model::QuestionId> {
        let needed = says!("een vraag", "a question");
        let mut seen = Words::default();
        let mut shown = Vec::new();
        for name in names {
            if let Some(first) = seen.add(&name.node, name.span) {
                let first = seen.spans.get(usize::from(first)).copied().unwrap_or_default();
                self.double_item(name, first, &says!("de vraag", "the question"));
                continue;
            }
            shown.extend(self.named_question(name, &needed));
        }
        shown
    }

    /// Parts and terms that nothing reads.
    pub(super) fn report_unread_scores(&mut self) {
        let unread = |kind, facts: &[ScoreFacts]| -> Vec<(DeclarationKind, String, Span)> {
            let unread = facts.iter().filter(|facts| !facts.read && facts.known.is_some());
            unread.map(|facts| (kind, facts.name.clone(), facts.span)).collect()
        };
        let mut all = unread(DeclarationKind::Part, &self.parts);
        all.extend(unread(DeclarationKind::Term, &self.terms));
        for (kind, name, span) in all {
            let (nl, en) = (kind.keyword(), super::names::english(kind));
            self.fault(
                Code::Unused,
                span,
                says!("{nl} \"{name}\" wordt nergens gebruikt", "{en} \"{name}\" is used nowhere"),
                says!("gebruik het in een regel, of haal het weg", "use it in a rule, or remove it"),
            );
        }
    }

    fn ladder_without_line(&mut self, declaration: &Declaration, span: Span, cx: &Context) {
        let Some((name, read)) = cx.not_applicable.iter().find(|(name, _)| !cx.faced.contains(name)) else {
            return;
        };
        if is_deliberate(declaration) || declaration.broken {
            return;
        }
        let (read, diagnostic) = (
            *read,
            crate::diagnostic::Diagnostic::new(
                Code::LadderWithoutNotApplicable,
                span,
                says!(
                    "\"{name}\" kan n.v.t. zijn, maar deze ladder heeft daar geen regel voor",
                    "\"{name}\" can be n.v.t., but this ladder has no line for it"
                ),
            ),
        );
        self.push(diagnostic.also(read, says!("hier gelezen", "read here")).help(says!(
            "zet bovenaan: n.v.t. als {name} is n.v.t. — of zeg waarom niet: bewust \"…\"",
            "put at the top: n.v.t. als {name} is n.v.t. — or say why not: bewust \"…\""
        )));
    }
}

/// `bewust "…"`: the warnings of meaning of this declaration are acknowledged.
pub(super) fn is_deliberate(declaration: &Declaration) -> bool {
    declaration.clauses.iter().any(|clause| matches!(clause.body, ClauseBody::Deliberate(_)))
}

pub(super) fn name_of(declaration: &Declaration) -> &str {
    declaration.name.as_ref().map_or("", |name| name.node.as_str())
}

fn score_of<'d>(clauses: &[&'d Clause]) -> Option<&'d Score> {
    clauses.iter().find_map(|clause| match &clause.body {
        ClauseBody::Score(score) => Some(score),
        _ => None,
    })
}
