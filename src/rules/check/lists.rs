//! Sets and lists: `bevat`, `aantal`, `som van`, `alle L hebben X`.

use super::checker::Checker;
use super::kinds::{Blanks, Bounds, Kind, Sort, Typed, condition};
use crate::message::diagnostic::{Code, Diagnostic};
use crate::message::language::{Text, says};
use crate::message::source::Span;
use crate::rules::check::facts::Context;
use crate::rules::model::{self, Expression, Node, QuestionId, Target};
use crate::rules::syntax::{self, Comparison, ExpressionNode, Literal, Name};
use crate::value::number::Number;

impl Checker<'_> {
    /// A field of the enclosing list, by name. None: it has no such field; none inside: the field could not be understood.
    pub(super) fn field(&mut self, list: QuestionId, name: &str, span: Span) -> Option<Option<Typed>> {
        let facts = self.question(list)?;
        let place = facts.fields.iter().position(|field| field.name == name)?;
        let answers = facts.fields.get(place)?.answers.clone();
        let owner = facts.name.clone();
        if let Some(hidden) = self.names.visible(name) {
            let Text { nl, en } = crate::rules::check::phrases::the(hidden.what.kind());
            self.push(
                Diagnostic::new(
                    Code::FieldHidesQuestion,
                    span,
                    says!(
                        "\"{name}\" is hier het veld van \"{owner}\", niet {nl} \"{name}\"",
                        "\"{name}\" is the field of \"{owner}\" here, not {en} \"{name}\""
                    ),
                )
                .also(hidden.span, says!("{nl} met dezelfde naam", "{en} of the same name"))
                .help(says!("geef het veld of {nl} een andere naam", "give the field or {en} another name")),
            );
        }
        let place = u32::try_from(place).unwrap_or(u32::MAX);
        Some(answers.and_then(|answers| answers.read(Node::Field(list, place), span)))
    }

    pub(super) fn contains(
        &mut self,
        span: Span,
        set: &Name,
        items: &[Name],
        cx: &mut Context,
    ) -> Option<Expression> {
        let typed = self.name(&set.node, set.span, cx)?;
        let Kind::Choices(words) = typed.kind.clone() else {
            let text = &set.node;
            let help = match (&typed.kind, items.first()) {
                (Kind::Choice(_) | Kind::Level { .. }, Some(item)) => {
                    let item = &item.node;
                    says!("schrijf: {text} is {item}", "write: {text} is {item}")
                }
                _ => says!(
                    "\"bevat\" hoort bij een vraag met \"meerdere van\"",
                    "\"bevat\" goes with a question with \"meerdere van\""
                ),
            };
            let (nl, en) = (typed.kind.describe().nl, typed.kind.describe().en);
            self.fault(
                Code::KindMismatch,
                set.span,
                says!("\"{text}\" is {nl} en bevat niets", "\"{text}\" is {en} and contains nothing"),
                help,
            );
            return None;
        };
        let mut mask = 0_u64;
        let mut sound = true;
        let mut seen: Vec<&Name> = Vec::new();
        for item in items {
            if let Some(first) = seen.iter().find(|known| known.node == item.node) {
                self.double_item(item, first.span, &says!("de keuze", "the option"));
            }
            seen.push(item);
            match words.place(&item.node) {
                Some(place) => {
                    self.names_word(item.span, &words, place);
                    mask |= 1_u64.checked_shl(u32::from(place)).unwrap_or(0);
                }
                None => {
                    sound = false;
                    let (word, of) = (&item.node, &set.node);
                    let options = words.names.iter().map(String::as_str);
                    let help = self.suggest_word(word, options, &says!("mogelijk is", "possible is"));
                    self.fault(
                        Code::UnknownOption,
                        item.span,
                        says!("\"{word}\" is geen keuze van \"{of}\"", "\"{word}\" is no option of \"{of}\""),
                        help,
                    );
                }
            }
        }
        sound.then(|| condition(Node::Contains { set: typed.build(), mask }, span))
    }

    pub(super) fn count(&mut self, name: &Name, span: Span, cx: &mut Context) -> Option<Typed> {
        let needed = says!(
            "een vraag met \"meerdere van\" of \"lijst van\"",
            "a question with \"meerdere van\" or \"lijst van\""
        );
        if self.is_field(name, cx) {
            self.field_not_here(name, &says!("tellen", "count"));
            return None;
        }
        let id = self.named_question(name, &needed)?;
        let domain = self.answered(id)?;
        let (node, least, greatest) = match &domain.kind {
            model::Kind::SomeOf(choices) => (Node::CountChosen(id), 0, u32::try_from(choices.len()).ok()),
            model::Kind::List { from, until, .. } => {
                (Node::CountItems(id), if domain.none { 0 } else { *from }, *until)
            }
            _ => {
                self.wrong_question(name, &needed);
                return None;
            }
        };
        if domain.not_applicable {
            cx.not_applicable.push((name.node.clone(), span));
        }
        let number = |n: u32| Number::whole(n.into());
        let bounds = Bounds::new(Some(number(least)), greatest.map(number)).whole();
        let blanks = Blanks { none: false, not_applicable: domain.not_applicable };
        Some(Typed::new(node, span, Kind::Number(Sort::Plain)).blanks(blanks).bounds(bounds))
    }

    fn is_field(&self, name: &Name, cx: &Context) -> bool {
        let list = cx.list.and_then(|list| self.question(list));
        list.is_some_and(|list| list.fields.iter().any(|field| field.name == name.node))
    }

    fn field_not_here(&mut self, name: &Name, doing: &Text) {
        let (word, Text { nl, en }) = (&name.node, doing);
        self.fault(
            Code::WrongNameKind,
            name.span,
            says!(
                "\"{word}\" is een veld, en dat is hier niet te {nl}",
                "\"{word}\" is a field, which this cannot {en}"
            ),
            says!("vergelijk het veld zelf: {word} is …", "compare the field itself: {word} is …"),
        );
    }

    /// The question, when it is a list whose fields are known.
    fn list(&mut self, name: &Name) -> Option<QuestionId> {
        let needed = says!("een vraag met \"lijst van\"", "a question with \"lijst van\"");
        let id = self.named_question(name, &needed)?;
        self.answered(id)?;
        if self.question(id).is_some_and(crate::rules::check::facts::QuestionFacts::is_list) {
            return Some(id);
        }
        self.wrong_question(name, &needed);
        None
    }

    fn unknown_field(&mut self, list: QuestionId, field: &Name) {
        let Some(facts) = self.question(list) else { return };
        let (owner, word) = (facts.name.clone(), &field.node);
        let fields: Vec<String> = facts.fields.iter().map(|field| field.name.clone()).collect();
        let what = says!("\"{owner}\" heeft de velden", "\"{owner}\" has the fields");
        let help = self.suggest_word(word, fields.iter().map(String::as_str), &what);
        self.fault(
            Code::UnknownName,
            field.span,
            says!("\"{owner}\" heeft geen veld \"{word}\"", "\"{owner}\" has no field \"{word}\""),
            help,
        );
    }

    pub(super) fn sum(&mut self, field: &Name, list: &Name, span: Span, cx: &mut Context) -> Option<Typed> {
        let id = self.list(list)?;
        let domain = self.answered(id)?;
        let facts = self.question(id)?;
        let Some(place) = facts.fields.iter().position(|known| known.name == field.node) else {
            self.unknown_field(id, field);
            return None;
        };
        let answers = facts.fields.get(place)?.answers.clone()?;
        let kind = match answers.kind() {
            Some(kind @ (Kind::Number(_) | Kind::Money)) => kind,
            _ => {
                let (word, is) =
                    (&field.node, answers.kind().map(|kind| kind.describe()).unwrap_or_default());
                let (nl, en) = (is.nl, is.en);
                self.fault(
                    Code::KindMismatch,
                    field.span,
                    says!(
                        "veld \"{word}\" is {nl} en niet op te tellen",
                        "field \"{word}\" is {en} and cannot be added up"
                    ),
                    says!(
                        "tel een veld op dat een getal, percentage of bedrag is",
                        "add up a field that is a number, percentage or amount"
                    ),
                );
                return None;
            }
        };
        let model::Kind::List { from, until, .. } = &domain.kind else { return None };
        let each = answers.bounds();
        let skipped = answers.domain.none || answers.domain.not_applicable || domain.none;
        let least = each.least.as_ref().and_then(|least| {
            if least.is_negative() {
                until.map(|until| least.mul(&Number::whole(until.into())))
            } else {
                let sure = if skipped { 0 } else { *from };
                Some(least.mul(&Number::whole(sure.into())))
            }
        });
        let greatest = each.greatest.as_ref().and_then(|greatest| {
            if greatest.is_negative() {
                Some(Number::ZERO)
            } else {
                until.map(|until| greatest.mul(&Number::whole(until.into())))
            }
        });
        let bounds = Bounds { least, greatest, whole: each.whole };
        if domain.not_applicable {
            cx.not_applicable.push((list.node.clone(), span));
        }
        let blanks = Blanks { none: false, not_applicable: domain.not_applicable };
        let node = Node::Sum { list: id, field: u32::try_from(place).unwrap_or(u32::MAX) };
        Some(Typed::new(node, span, kind).blanks(blanks).bounds(bounds))
    }

    pub(super) fn quantified(
        &mut self,
        span: Span,
        all: bool,
        list: &Name,
        body: &syntax::Expression,
        cx: &mut Context,
    ) -> Option<Expression> {
        if cx.list.is_some() {
            self.fault(
                Code::NestedQuantifier,
                span,
                says!(
                    "een lijst doorlopen kan niet binnen een andere",
                    "a list cannot be walked through inside another"
                ),
                says!("splits het in twee condities met \"en\"", "split it into two conditions with \"en\""),
            );
            return None;
        }
        let id = self.list(list)?;
        let domain = self.answered(id)?;
        let may_be_empty =
            matches!(domain.kind, model::Kind::List { from: 0, .. }) || domain.none || domain.not_applicable;
        if all && may_be_empty && !cx.filled.contains(&id) {
            let name = &list.node;
            self.fault(
                Code::AllOfEmpty,
                span,
                says!(
                    "zijn er geen {name}, dan is dit ook waar",
                    "when there are no {name}, this is true as well"
                ),
                says!(
                    "zet ervoor: aantal {name} is minstens 1 en …",
                    "put before it: aantal {name} is minstens 1 en …"
                ),
            );
        }
        cx.list = Some(id);
        let body = self.condition(body, cx);
        cx.list = None;
        Some(condition(Node::Quantified { all, list: id, body: body? }, span))
    }

    /// `alle resultaten hebben nulmeting`: the answer of the field is a value.
    pub(super) fn has_field(&mut self, field: &Name, cx: &mut Context) -> Option<Expression> {
        let list = cx.list?;
        let facts = self.question(list)?;
        let Some(place) = facts.fields.iter().position(|known| known.name == field.node) else {
            self.unknown_field(list, field);
            return None;
        };
        let answers = facts.fields.get(place)?.answers.clone()?;
        let word = &field.node;
        if !answers.domain.none && !answers.domain.not_applicable {
            self.fault(
                Code::AlwaysHas,
                field.span,
                says!(
                    "veld \"{word}\" heeft altijd een waarde, dus dit is nooit onwaar",
                    "field \"{word}\" always has a value, so this is never false"
                ),
                says!(
                    "zet \"of geen\" achter het antwoord van het veld, of haal dit weg",
                    "write \"of geen\" behind the answer of the field, or remove this"
                ),
            );
        }
        let node = Node::Field(list, u32::try_from(place).unwrap_or(u32::MAX));
        let typed = answers.read(node, field.span)?;
        Some(condition(Node::HasValue(typed.build()), field.span))
    }

    /// The list that a condition asks to have at least one item: `aantal resultaten is minstens 1`.
    pub(super) fn asks_item(&self, e: &syntax::Expression) -> Option<QuestionId> {
        let mut e = e;
        while let ExpressionNode::Group(inside) = &*e.node {
            e = inside;
        }
        let list = match &*e.node {
            ExpressionNode::Quantified { all: false, list, .. } => list,
            ExpressionNode::Compare { left, operator, right } => {
                let ExpressionNode::Count(list) = &*left.node else { return None };
                let [right] = right.as_slice() else { return None };
                let ExpressionNode::Literal(Literal::Number(number)) = &*right.node else { return None };
                let asks = match operator.node {
                    Comparison::AtLeast | Comparison::Is => *number >= Number::ONE,
                    Comparison::MoreThan => !number.is_negative(),
                    _ => false,
                };
                asks.then_some(list)?
            }
            _ => return None,
        };
        match self.names.find(&list.node) {
            Some(Target::Question(id)) => Some(id),
            _ => None,
        }
    }
}
