//! What is known of declarations while they are checked.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::kinds::{Blanks, Bounds, Kind, Sort, Typed, Words};
use super::literals::day;
use crate::message::source::{SourceId, Span};
use crate::rules::load::Loaded;
use crate::rules::model::{self, Domain, Node, Provenance, Question, QuestionId, Table, Target};
use crate::rules::syntax::DeclarationKind;
use crate::value::date::Date;
use crate::value::number::Number;
use crate::value::values::Value;

impl Target {
    pub(super) const fn kind(self) -> DeclarationKind {
        match self {
            Self::Question(_) => DeclarationKind::Question,
            Self::Table(_) => DeclarationKind::Table,
            Self::Part(_) => DeclarationKind::Part,
            Self::Term(_) => DeclarationKind::Term,
            Self::Criterion(_) => DeclarationKind::Criterion,
        }
    }
}

/// A name with its place and where it is declared.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Declared<T> {
    pub(super) what: T,
    pub(super) span: Span,
}

/// All names of all files. The maps are for look-up; lists in file order are kept elsewhere.
#[derive(Debug, Default)]
pub(crate) struct Names {
    pub(super) shared: BTreeMap<String, Declared<Target>>,
    /// Voorwaarden, uitsluitingen, signalen and routes: place in their list.
    pub(super) own: BTreeMap<DeclarationKind, BTreeMap<String, Declared<usize>>>,
    /// Options and the question they belong to (the first that has them).
    pub(super) options: BTreeMap<String, QuestionId>,
    /// The files whose names can be read where the check stands.
    pub(super) sees: BTreeSet<SourceId>,
    /// Something could not be read, so what it declares or reads is not known.
    pub(super) incomplete: bool,
}

impl Names {
    /// What a name stands for where the check stands.
    pub(super) fn find(&self, name: &str) -> Option<Target> {
        self.visible(name).map(|declared| declared.what)
    }

    /// The same, with where it is declared.
    pub(super) fn visible(&self, name: &str) -> Option<Declared<Target>> {
        self.shared.get(name).filter(|declared| self.sees.contains(&declared.span.source)).copied()
    }

    /// What a name stands for in any of the files: a proposal answers the questions of all of them.
    pub(super) fn find_anywhere(&self, name: &str) -> Option<Target> {
        self.shared.get(name).map(|declared| declared.what)
    }

    /// Whether the name is that of the declaration at this place in its list: false for a second declaration of the name.
    pub(super) fn owns(&self, name: &str, place: usize) -> bool {
        let id = match self.find_anywhere(name) {
            Some(Target::Question(id)) => id.index(),
            Some(Target::Table(id)) => id.index(),
            Some(Target::Part(id)) => id.index(),
            Some(Target::Term(id)) => id.index(),
            Some(Target::Criterion(id)) => id.index(),
            None => return false,
        };
        id == place
    }

    pub(super) fn find_own(&self, kind: DeclarationKind, name: &str) -> Option<usize> {
        self.own.get(&kind)?.get(name).map(|declared| declared.what)
    }
}

/// What a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Role {
    /// It judges, or was meant to.
    #[default]
    Meetlat,
    /// Others use it.
    Block,
}

/// One file as far as it could be understood.
#[derive(Debug, Default)]
pub(crate) struct FileFacts {
    pub(super) source: SourceId,
    pub(super) role: Role,
    pub(super) header: Header,
    /// What it calls its documents, and their labels in the model.
    pub(super) labels: BTreeMap<String, String>,
    /// All its documents could be read, so an unknown label really is unknown.
    pub(super) documents_known: bool,
    /// The files whose names it sees: itself and those it uses.
    pub(super) sees: BTreeSet<SourceId>,
    /// A file that it uses is missing, so an unknown name may be declared there.
    pub(super) lacks: bool,
    /// It was not read, so nothing is reported as missing in it.
    pub(super) skipped: bool,
    /// Names at the margin of declarations that could not be read: their use is not reported.
    pub(super) unread: BTreeSet<String>,
}

impl FileFacts {
    pub(super) fn all(loaded: &Loaded) -> Vec<Self> {
        let source = |place: usize| loaded.files.get(place).map(|file| file.source);
        let facts = loaded.files.iter().map(|file| Self {
            source: file.source,
            sees: file.uses.iter().filter_map(|(place, _)| source(*place)).chain([file.source]).collect(),
            lacks: file.lacks,
            skipped: file.skipped,
            ..Self::default()
        });
        facts.collect()
    }
}

/// The header as far as it could be understood.
#[derive(Debug, Default, Clone)]
pub(crate) struct Header {
    pub(super) name: String,
    pub(super) title: String,
    pub(super) span: Span,
    pub(super) version: String,
    pub(super) valid: (Option<Date>, Option<Date>),
    pub(super) valid_span: Option<Span>,
    pub(super) partly: Option<(Number, Option<model::Ground>)>,
    /// A missing `deels telt` need not be reported.
    pub(super) partly_excused: bool,
    pub(super) provenance: Provenance,
}

/// What a key is read from, so that the same look-up is examined only once.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum KeySource {
    Answer(QuestionId),
    Year(QuestionId),
    Constant(Value),
}

/// The answers of a question or field, with the words its options have.
#[derive(Debug, Clone)]
pub(crate) struct Answers {
    pub(super) domain: Domain,
    pub(super) words: Rc<Words>,
}

/// A field of a list question.
#[derive(Debug)]
pub(crate) struct FieldFacts {
    pub(super) name: String,
    /// None when it could not be understood.
    pub(super) answers: Option<Answers>,
}

/// A question as far as it could be understood.
#[derive(Debug)]
pub(crate) struct QuestionFacts {
    pub(super) name: String,
    pub(super) span: Span,
    pub(super) answers: Option<Answers>,
    pub(super) fields: Vec<FieldFacts>,
    pub(super) read: bool,
    pub(super) built: Option<Question>,
}

impl QuestionFacts {
    pub(super) const fn is_list(&self) -> bool {
        matches!(&self.answers, Some(Answers { domain: Domain { kind: model::Kind::List { .. }, .. }, .. }))
    }
}

impl Answers {
    /// The kind in expressions; none for lists.
    pub(super) fn kind(&self) -> Option<Kind> {
        Some(match &self.domain.kind {
            model::Kind::YesNo => Kind::Level { partly: false },
            model::Kind::YesPartlyNo => Kind::Level { partly: true },
            model::Kind::OneOf(_) => Kind::Choice(Rc::clone(&self.words)),
            model::Kind::SomeOf(_) => Kind::Choices(Rc::clone(&self.words)),
            model::Kind::Integer { .. } | model::Kind::Number { .. } => Kind::Number(Sort::Plain),
            model::Kind::Percentage { .. } => Kind::Number(Sort::Ratio),
            model::Kind::Money { .. } => Kind::Money,
            model::Kind::Date { .. } => Kind::Date,
            model::Kind::Text => Kind::Text,
            model::Kind::List { .. } => return None,
        })
    }

    pub(super) fn bounds(&self) -> Bounds {
        match &self.domain.kind {
            model::Kind::Integer { from, until } => Bounds::new(from.clone(), until.clone()).whole(),
            model::Kind::Number { from, until }
            | model::Kind::Percentage { from, until }
            | model::Kind::Money { from, until } => Bounds::new(from.clone(), until.clone()),
            model::Kind::Date { from, until } => Bounds::new(from.map(day), until.map(day)).whole(),
            _ => Bounds::default(),
        }
    }

    /// An expression that reads it, by this node.
    pub(super) fn read(&self, node: Node, span: Span) -> Option<Typed> {
        let kind = self.kind()?;
        Some(Typed::new(node, span, kind).blanks(Blanks::of(&self.domain)).bounds(self.bounds()))
    }
}

/// What expressions need to know of a part, term or criterion.
#[derive(Debug)]
pub(crate) struct ScoreFacts {
    pub(super) name: String,
    pub(super) span: Span,
    pub(super) read: bool,
    /// None when it could not be understood.
    pub(super) known: Option<Known>,
}

/// Its kind and what it may be.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    pub(super) kind: Kind,
    pub(super) blanks: Blanks,
    pub(super) bounds: Bounds,
    /// A term that is a condition over an ordering that may meet geen or n.v.t.
    pub(super) orders_blank: bool,
    /// It reads something that can be n.v.t. (a term that is a condition).
    pub(super) reads_not_applicable: bool,
}

impl Known {
    pub(super) const fn score(may_lapse: bool, bounds: Bounds) -> Self {
        Self {
            kind: Kind::Number(Sort::Ratio),
            blanks: Blanks { none: false, not_applicable: may_lapse },
            bounds,
            orders_blank: false,
            reads_not_applicable: false,
        }
    }
}

/// A table as far as it could be understood.
#[derive(Debug)]
pub(crate) struct TableFacts {
    pub(super) name: String,
    pub(super) span: Span,
    pub(super) read: bool,
    pub(super) known: Option<TableKinds>,
    pub(super) built: Option<Table>,
}

/// What expressions need to know of a table.
#[derive(Debug, Clone)]
pub(crate) struct TableKinds {
    pub(super) keys: Vec<Kind>,
    pub(super) value: Kind,
    pub(super) bounds: Bounds,
    /// The keys of its rows; one index for all look-ups.
    pub(super) rows: Rc<BTreeMap<Vec<Value>, Span>>,
    pub(super) otherwise: bool,
}

/// Where an expression stands, and what the walk over it finds out.
#[derive(Debug)]
pub(crate) struct Context {
    pub(super) place: DeclarationKind,
    /// The list that the quantifier around walks through.
    pub(super) list: Option<QuestionId>,
    /// Under an odd number of `niet`s.
    pub(super) negated: bool,
    /// Lists that a neighbouring condition requires to have an item.
    pub(super) filled: Vec<QuestionId>,
    pub(super) depth: usize,
    /// Something was nested too deep, and was reported.
    pub(super) too_deep: bool,
    /// What was read that can be n.v.t.
    pub(super) not_applicable: Vec<(String, Span)>,
    /// Names compared with `n.v.t.` itself.
    pub(super) faced: Vec<String>,
    /// An ordering with a side that can be geen or n.v.t.
    pub(super) orders_blank: bool,
    pub(super) aggregates: Aggregates,
}

/// What a ladder of the verdict or a route reads.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Aggregates {
    pub(super) exclusion: bool,
    pub(super) requirement: bool,
    pub(super) condition: bool,
    pub(super) total: Option<Span>,
    pub(super) total_ordered: Option<Span>,
    pub(super) total_not_applicable: bool,
}

impl Context {
    pub(super) const fn new(place: DeclarationKind) -> Self {
        Self {
            place,
            list: None,
            negated: false,
            filled: Vec::new(),
            depth: 0,
            too_deep: false,
            not_applicable: Vec::new(),
            faced: Vec::new(),
            orders_blank: false,
            aggregates: Aggregates {
                exclusion: false,
                requirement: false,
                condition: false,
                total: None,
                total_ordered: None,
                total_not_applicable: false,
            },
        }
    }
}
