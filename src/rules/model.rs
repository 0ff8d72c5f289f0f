//! The meaning of a rule file: names resolved, kinds known, sources attached. Made by `check`; laid flat by
//! `compile`. Everything stands in file order. Nothing here is evaluated.

use std::sync::Arc;

use crate::message::source::{SourceId, Span};
use crate::rules::id::RulesId;
use crate::rules::syntax;
use crate::value::date::Date;
use crate::value::number::Number;
use crate::value::values::Value;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {
        $($(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// As a place in its list.
            #[must_use]
            pub const fn index(self) -> usize { self.0 as usize }
        })*
    };
}

ids! {
    /// Place in `Model::questions`.
    QuestionId;
    /// Place in `Model::tables`.
    TableId;
    /// Place in `Model::parts`.
    PartId;
    /// Place in `Model::terms`.
    TermId;
    /// Place in `Model::criteria`.
    CriterionId;
}

/// A checked rule file.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// Its text among the diagnostics' sources.
    pub source: SourceId,
    /// The name the host gave the text, without folders.
    pub file: String,
    /// SHA-256 of the text's bytes, in small hexadecimal letters.
    pub sha256: String,
    /// The building blocks it uses, directly or through others, in the order in which they are first named.
    pub blocks: Vec<Block>,
    /// The identity by which proposals know these rules.
    pub id: Arc<RulesId>,
    /// `ijsselland`
    pub name: String,
    /// The text behind the name.
    pub title: String,
    /// `2020.1`; empty when not given.
    pub version: String,
    /// First day in force, included.
    pub valid_from: Option<Date>,
    /// Last day in force, included.
    pub valid_until: Option<Date>,
    /// Where `geldig` stands.
    pub valid_span: Option<Span>,
    /// The documents that `bron` refers to, in this file and the building blocks; each label once.
    pub documents: Vec<Document>,
    /// What `deels` counts for, 0 to 1, with its ground.
    pub partly: Option<(Number, Option<Ground>)>,
    /// The header's own provenance (`let op`, `aanname`).
    pub provenance: Provenance,
    /// `vraag`
    pub questions: Vec<Question>,
    /// `tabel`
    pub tables: Vec<Table>,
    /// `onderdeel`
    pub parts: Vec<Part>,
    /// `begrip`
    pub terms: Vec<Term>,
    /// `criterium`
    pub criteria: Vec<Criterion>,
    /// `voorwaarde`
    pub conditions: Vec<Condition>,
    /// `uitsluiting`
    pub exclusions: Vec<Exclusion>,
    /// `signaal`
    pub signals: Vec<Signal>,
    /// `oordeel`
    pub verdict: VerdictRule,
    /// `route`
    pub routes: Vec<Route>,
    /// `voorbeeld`, as written; run by `examples`.
    pub examples: Vec<Example>,
    /// Some rule reads `peildatum`.
    pub uses_reference_date: bool,
    /// What must be known of the texts to cite a phrase of them, in order of place; none overlaps another.
    pub marks: Arc<[Mark]>,
}

impl Model {
    /// A day on which the rules and the building blocks they use are in force, where there is one: the first, else the
    /// last. None when none of them has days.
    #[must_use]
    pub fn some_day(&self) -> Option<Date> {
        let from = self.blocks.iter().filter_map(|block| block.valid_from).chain(self.valid_from).max();
        from.or_else(|| {
            self.blocks.iter().filter_map(|block| block.valid_until).chain(self.valid_until).min()
        })
    }
}

/// A place in a text that is not cited as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Where.
    pub span: Span,
    /// What stands there.
    pub what: Marked,
}

/// What stands at a [`Mark`].
#[derive(Debug, Clone, PartialEq)]
pub enum Marked {
    /// A comment, or `, bron …` or `, aanname "…"`: no part of what a phrase says.
    Aside,
    /// The hyphen before an item.
    Hyphen,
    /// The name of a declaration.
    Name(Target),
    /// An option, an outcome or a choice with a label of its own.
    Label(Arc<str>),
}

/// What a name of the shared name space stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// `vraag`
    Question(QuestionId),
    /// `tabel`
    Table(TableId),
    /// `onderdeel`
    Part(PartId),
    /// `begrip`
    Term(TermId),
    /// `criterium`
    Criterion(CriterionId),
}

/// A building block: a file without `oordeel`, read through `gebruik`. What it declares stands in the model's lists.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// Its text among the diagnostics' sources.
    pub source: SourceId,
    /// The name the host gave the text, without folders.
    pub file: String,
    /// SHA-256 of the text's bytes, in small hexadecimal letters.
    pub sha256: String,
    /// `landelijk.jeugdwet`
    pub name: String,
    /// The text behind the name.
    pub title: String,
    /// `2020.1`; empty when not given.
    pub version: String,
    /// First day in force, included.
    pub valid_from: Option<Date>,
    /// Last day in force, included.
    pub valid_until: Option<Date>,
    /// The header's own provenance.
    pub provenance: Provenance,
}

/// `bron plan: "…", 29 januari 2020`
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The label rules cite it by.
    pub label: String,
    /// Its title.
    pub title: String,
    /// Its date in words, as it is shown: `29 januari 2020`, `september 2018`, `2018`.
    pub date: Option<String>,
}

/// A place in a document: `plan §4.2`.
#[derive(Debug, Clone, PartialEq)]
pub struct Citation {
    /// What it is about, as of an [`Assumption`].
    pub about: String,
    /// The document's label.
    pub label: String,
    /// The place in it; may be empty.
    pub place: String,
    /// Where it is cited.
    pub span: Span,
}

/// Who says so.
#[derive(Debug, Clone, PartialEq)]
pub enum Ground {
    /// A document.
    Source(Citation),
    /// The writer of the rules, with the reason.
    Assumption(String),
}

/// A reading inside a declaration that rests on the rules' writer: what it is about, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Assumption {
    /// What it is about, a Dutch noun phrase: `score`, `gewicht`, `eis`, `deels telt`, `regel 3`, or empty for the whole declaration.
    pub about: String,
    /// The reason, as written.
    pub text: String,
    /// Where.
    pub span: Span,
}

/// Where a declaration comes from.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Provenance {
    /// `bron` clauses, and line-end `bron` grounds after them, in order.
    pub sources: Vec<Citation>,
    /// `aanname` clauses and line-end grounds, and `bewust`, in order.
    pub assumptions: Vec<Assumption>,
    /// `let op` texts.
    pub cautions: Vec<String>,
    /// `bewust` texts: warnings of meaning in this declaration are acknowledged.
    pub deliberate: Vec<String>,
}

/// What every declaration has.
#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    /// Its name.
    pub name: String,
    /// The text behind it.
    pub title: String,
    /// Where the name stands.
    pub span: Span,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// A question that a proposal answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Name, title, sources.
    pub head: Head,
    /// What answers it has.
    pub domain: Domain,
    /// `uitleg`
    pub explanation: Option<String>,
    /// `beantwoord door`
    pub answered_by: Option<String>,
    /// `staat vast`: no advice suggests changing it.
    pub fixed: bool,
    /// `onderbouwing verplicht`: without a written ground the answer is open.
    pub ground_required: bool,
    /// The good side.
    pub good_side: GoodSide,
}

/// Which side of an answer is the good one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GoodSide {
    /// ja above deels above nee; higher above lower.
    Higher,
    /// nee above deels above ja; lower above higher.
    Lower,
    /// None is better.
    None,
}

/// The answers a question or a field can have.
#[derive(Debug, Clone, PartialEq)]
pub struct Domain {
    /// The plain values.
    pub kind: Kind,
    /// `of geen`
    pub none: bool,
    /// `of n.v.t.`
    pub not_applicable: bool,
}

/// The kinds of answer, with their ranges. Ends are included. Ranges left out are none.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// `ja of nee`
    YesNo,
    /// `ja, deels of nee`
    YesPartlyNo,
    /// `een van`
    OneOf(Vec<Choice>),
    /// `meerdere van`; at most 64
    SomeOf(Vec<Choice>),
    /// `heel getal`
    Integer {
        /// The least; none: no bound.
        from: Option<Number>,
        /// The most; none: no bound.
        until: Option<Number>,
    },
    /// `getal`
    Number {
        /// The least; none: no bound.
        from: Option<Number>,
        /// The most; none: no bound.
        until: Option<Number>,
    },
    /// `percentage`, as a fraction of one (range 0% to 100% is 0 to 1)
    Percentage {
        /// The least; none: no bound.
        from: Option<Number>,
        /// The most; none: no bound.
        until: Option<Number>,
    },
    /// `bedrag`, in euros
    Money {
        /// The least; none: no bound.
        from: Option<Number>,
        /// The most; none: no bound.
        until: Option<Number>,
    },
    /// `datum`
    Date {
        /// The least; none: no bound.
        from: Option<Date>,
        /// The most; none: no bound.
        until: Option<Date>,
    },
    /// `tekst`
    Text,
    /// `lijst van`: its fields and the allowed lengths
    List {
        /// The fields of each item.
        fields: Vec<Field>,
        /// The shortest length.
        from: u32,
        /// The longest length; none: the limit.
        until: Option<u32>,
    },
}

/// An option, outcome or choice.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// Its name.
    pub name: String,
    /// Its label, or its name where it has none.
    pub label: String,
    /// Where it stands.
    pub span: Span,
}

/// A field of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Its answers; never a list.
    pub domain: Domain,
    /// Where it stands.
    pub span: Span,
}

/// `tabel`: rows in file order.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Name, title, sources.
    pub head: Head,
    /// The key columns.
    pub columns: Vec<Column>,
    /// What kind the value column holds.
    pub value: Shape,
    /// Its options where the value column holds choices of a question or words of its own.
    pub value_words: Vec<String>,
    /// The rows: keys and value.
    pub rows: Vec<Row>,
    /// `anders`
    pub otherwise: Option<(Value, Option<Ground>)>,
}

/// A key column.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub shape: Shape,
    /// The words that [`Value::Choice`] keys refer to: options of the question of this name, or its own words.
    pub words: Vec<String>,
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// One value per key column.
    pub keys: Vec<Value>,
    /// What it gives.
    pub value: Value,
    /// Where.
    pub span: Span,
}

/// What an expression yields. Percentages, scores and plain numbers are all numbers; money and counts differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shape {
    /// A condition: true or false.
    Bool,
    /// ja, deels, nee.
    Level,
    /// An option or word.
    Choice,
    /// A set of options.
    Choices,
    /// A pure number; a percentage or score is a fraction of one.
    Number,
    /// Euros.
    Money,
    /// A day.
    Date,
    /// A text.
    Text,
}

/// A typed expression: condition, value or score.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    /// What it is.
    pub node: Box<Node>,
    /// What it yields.
    pub shape: Shape,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of typed expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// A literal, option, outcome, or `n.v.t.`.
    Constant(Value),
    /// The answer to a question that is not a list.
    Answer(QuestionId),
    /// A field of the list that the enclosing quantifier walks through: its place among the fields.
    Field(QuestionId, u32),
    /// `peildatum`
    ReferenceDate,
    /// `totaal`
    Total,
    /// `oordeel`, a [`Value::Choice`] among the outcomes
    Outcome,
    /// A `begrip`.
    Term(TermId),
    /// A ja/deels/nee expression (question or field) as a score: 1, what deels counts for, 0; geen and n.v.t. as n.v.t.
    LevelScore(Expression),
    /// An `onderdeel`'s score.
    Part(PartId),
    /// A criterion's score.
    Criterion(CriterionId),
    /// All true. Never empty.
    And(Vec<Expression>),
    /// One true. Never empty.
    Or(Vec<Expression>),
    /// The opposite.
    Not(Expression),
    /// At least so many true; bullets.
    AtLeast {
        /// How many.
        count: u32,
        /// The conditions.
        of: Vec<Expression>,
    },
    /// Plain equality, geen and n.v.t. included: equal to one of these. `is` has one value. Right sides may be any expression.
    Equals {
        /// What is compared.
        left: Expression,
        /// The values it may equal.
        right: Vec<Expression>,
    },
    /// An ordering; not true when a side is geen or n.v.t.
    Order {
        /// The left side.
        left: Expression,
        /// Which ordering.
        order: Order,
        /// The right side.
        right: Expression,
    },
    /// All of these options are chosen; false for geen and n.v.t.
    Contains {
        /// The set of choices.
        set: Expression,
        /// The options that must be in it, a bit each.
        mask: u64,
    },
    /// The answer is a value: neither geen nor n.v.t.
    HasValue(Expression),
    /// The number of options chosen (0 for geen; n.v.t. stays n.v.t.) — of a `meerdere van` question.
    CountChosen(QuestionId),
    /// The length of a list (0 for geen; n.v.t. stays n.v.t.).
    CountItems(QuestionId),
    /// The sum of a field over a list's items; geen and n.v.t. skipped (a list that is geen sums to 0; n.v.t. stays n.v.t.).
    Sum {
        /// The list.
        list: QuestionId,
        /// The index of the field.
        field: u32,
    },
    /// `+ - * /`, also `5% van X` (multiply). The divisor's range excludes 0.
    Arithmetic {
        /// The left operand.
        left: Expression,
        /// What is done.
        operator: syntax::Operator,
        /// The right operand.
        right: Expression,
    },
    /// So many days (weeks are 7 days) later, earlier when negative.
    ShiftDays(Expression, i64),
    /// So many months (years are 12) later, earlier when negative, clamped to the month's last day.
    ShiftMonths(Expression, i64),
    /// The year of a date, a number.
    YearOf(Expression),
    /// A choice translated to another list of words: option `i` is word `map[i]`; none: a word that the other list does not have.
    Recode {
        /// The choice.
        of: Expression,
        /// The word for each option.
        map: Vec<Option<u16>>,
    },
    /// A table's value. One key expression per key column, in the column's shape and words.
    LookUp {
        /// The table.
        table: TableId,
        /// One for each key column.
        keys: Vec<Expression>,
    },
    /// Over the items of a list: all (true for none) or one (false for none) fulfil the body. A list that is geen or n.v.t. has no items.
    Quantified {
        /// All items, or one.
        all: bool,
        /// The list.
        list: QuestionId,
        /// What its items fulfil.
        body: Expression,
    },
    /// `een uitsluiting geldt`
    AnyExclusion,
    /// `een eis niet is gehaald`
    AnyRequirementFailed,
    /// `elke voorwaarde is vervuld`
    EveryConditionFulfilled,
    /// The first line whose condition holds; the last has none.
    Ladder(Vec<LadderLine>),
    /// Scores combined; parts that are n.v.t. drop out; of nothing: n.v.t.
    Combine {
        /// How they combine.
        how: syntax::Combining,
        /// What is combined.
        parts: Vec<WeightedPart>,
    },
    /// A straight line through two points, clamped to the scores at them; n.v.t. for geen and n.v.t.
    Line {
        /// The value that is scored.
        of: Expression,
        /// The value at the first point.
        from: Number,
        /// The score at the first point.
        from_score: Number,
        /// The value at the second point.
        to: Number,
        /// The score at the second point.
        to_score: Number,
    },
}

/// Orderings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Order {
    /// `is minstens`, `is vanaf`
    AtLeast,
    /// `is hoogstens`, `is uiterlijk`
    AtMost,
    /// `is meer dan`, `is na`
    MoreThan,
    /// `is minder dan`, `is voor`
    LessThan,
}

/// One line of a ladder.
#[derive(Debug, Clone, PartialEq)]
pub struct LadderLine {
    /// None: `anders`, or (in an unconditional value) always.
    pub condition: Option<Expression>,
    /// What it gives.
    pub value: Expression,
    /// Where.
    pub span: Span,
}

/// A part of a combination. For `aandeel ja van` the expression has shape Level; else it is a score.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightedPart {
    /// The name as written.
    pub name: String,
    /// What it yields.
    pub value: Expression,
    /// Above 0.
    pub weight: Number,
}

/// `onderdeel`: a named score.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Name, title, sources.
    pub head: Head,
    /// Shape Number, a fraction of one, or n.v.t.
    pub score: Expression,
}

/// `begrip`: a named condition or value.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// Name, title, sources.
    pub head: Head,
    /// A condition (shape Bool) or a value.
    pub expression: Expression,
}

/// `criterium`
#[derive(Debug, Clone, PartialEq)]
pub struct Criterion {
    /// Name, title, sources.
    pub head: Head,
    /// Its score; none on one that only shows.
    pub score: Option<Expression>,
    /// Above 0; none: `telt niet mee`.
    pub weight: Option<Number>,
    /// Where `gewicht` or `telt niet mee` stands.
    pub weight_span: Span,
    /// Least score, 0 to 1, and whether it was written as `deels` or `ja`.
    pub requirement: Option<Requirement>,
    /// `toont`
    pub shows: Vec<QuestionId>,
    /// `alleen als`
    pub only_if: Option<Expression>,
}

/// `eis minstens …`
#[derive(Debug, Clone, PartialEq)]
pub struct Requirement {
    /// 0 to 1.
    pub at_least: Number,
    /// As written: `deels`, `ja` or `25%`.
    pub written: String,
    /// Where `eis` stands.
    pub span: Span,
}

/// `voorwaarde`
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// Name, title, sources.
    pub head: Head,
    /// `vervuld als`
    pub fulfilled_if: Expression,
    /// `zo niet`: what to arrange.
    pub if_not: Option<String>,
    /// `alleen als`
    pub only_if: Option<Expression>,
}

/// `uitsluiting`
#[derive(Debug, Clone, PartialEq)]
pub struct Exclusion {
    /// Name, title, sources.
    pub head: Head,
    /// `als`
    pub applies_if: Expression,
    /// `meld`
    pub report: Option<String>,
}

/// `signaal`
#[derive(Debug, Clone, PartialEq)]
pub struct Signal {
    /// Name, title, sources.
    pub head: Head,
    /// `als`
    pub applies_if: Expression,
    /// `meld`
    pub report: Option<String>,
    /// `alleen als`
    pub only_if: Option<Expression>,
}

/// `oordeel`
#[derive(Debug, Clone, PartialEq)]
pub struct VerdictRule {
    /// Title and sources; the name is `oordeel`.
    pub head: Head,
    /// The outcomes, best first.
    pub outcomes: Vec<Choice>,
    /// The ladder, from the top; the last line has no condition.
    pub lines: Vec<VerdictLine>,
}

/// `voldoet als …`
#[derive(Debug, Clone, PartialEq)]
pub struct VerdictLine {
    /// Place in the outcomes.
    pub outcome: u16,
    /// None: `anders`.
    pub condition: Option<Expression>,
    /// Where.
    pub span: Span,
}

/// `route`
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    /// Name, title, sources.
    pub head: Head,
    /// The choices, each with its condition; tried from the top; the last has none.
    pub choices: Vec<RouteChoice>,
}

/// `kwartiermaker: "…"` with its condition.
#[derive(Debug, Clone, PartialEq)]
pub struct RouteChoice {
    /// Name and text.
    pub choice: Choice,
    /// None: `anders`.
    pub condition: Option<Expression>,
}

/// `voorbeeld`: kept as written, names checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// The text behind the keyword.
    pub title: String,
    /// What is given.
    pub given: Vec<syntax::GivenLine>,
    /// What is expected.
    pub expected: Vec<syntax::Expectation>,
    /// Where.
    pub span: Span,
}
