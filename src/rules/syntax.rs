//! The tree as written: every phrase with its place, comments included, nothing resolved. Made by `parse`,
//! read by `check`. Two trees are equal when they say the same, however laid out.
//!
//! Any clause may stand in any declaration here; which clauses belong where is the checker's business, because
//! it can say so in better words than a grammar.

use crate::message::source::{Span, Spanned};
use crate::value::date::Date;
use crate::value::number::Number;

/// A name as written: `gezond`; dotted only in headers and imports: `landelijk.jeugdwet`.
pub type Name = Spanned<String>;

/// One rule file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct File {
    /// Declarations in file order. Those that could not be read at all are left out (a diagnostic says so).
    pub declarations: Vec<Declaration>,
    /// Comments in file order, from `#` to the line's end, without the `#`.
    pub comments: Vec<Spanned<String>>,
    /// What stands beside what phrases say, in file order: whoever cites a phrase leaves it out.
    pub asides: Vec<Spanned<Aside>>,
}

/// What stands in phrases beside what they say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aside {
    /// A [`Ground`], with the comma before it.
    Ground,
    /// The hyphen before an item.
    Hyphen,
}

/// What a declaration declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DeclarationKind {
    /// `meetlat ijsselland: "…"`
    Header,
    /// `gebruik landelijk.jeugdwet`
    Import,
    /// `vraag gezond: "…"`
    Question,
    /// `tabel uitvoeringsbudget: "…"`
    Table,
    /// `onderdeel normaliseren: "…"`
    Part,
    /// `begrip op_tijd: "…"`
    Term,
    /// `criterium stip: "…"`
    Criterion,
    /// `voorwaarde meetbaar: "…"`
    Condition,
    /// `uitsluiting te_laat: "…"`
    Exclusion,
    /// `signaal voorbeelden: "…"`
    Signal,
    /// `oordeel: "…"`
    Verdict,
    /// `route start: "…"`
    Route,
    /// `voorbeeld "…"`
    Example,
}

impl DeclarationKind {
    /// The Dutch keyword.
    #[must_use]
    pub const fn keyword(self) -> &'static str {
        match self {
            Self::Header => "meetlat",
            Self::Import => "gebruik",
            Self::Question => "vraag",
            Self::Table => "tabel",
            Self::Part => "onderdeel",
            Self::Term => "begrip",
            Self::Criterion => "criterium",
            Self::Condition => "voorwaarde",
            Self::Exclusion => "uitsluiting",
            Self::Signal => "signaal",
            Self::Verdict => "oordeel",
            Self::Route => "route",
            Self::Example => "voorbeeld",
        }
    }
}

/// A line at the margin with the indented lines that belong to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Declaration {
    /// What it declares; the span is the keyword's.
    pub kind: Spanned<DeclarationKind>,
    /// Its name. None for `oordeel` and `voorbeeld`.
    pub name: Option<Name>,
    /// The text after it. None for `gebruik`.
    pub title: Option<Spanned<String>>,
    /// Its clauses in order. Those that could not be read are left out (a diagnostic says so).
    pub clauses: Vec<Clause>,
    /// A clause of this declaration was left out because it could not be read: don't report what it may have said.
    pub broken: bool,
    /// From the keyword to the last clause's end.
    pub span: Span,
}

/// One clause, its place, and the ground at its end.
#[derive(Debug, Clone, PartialEq)]
pub struct Clause {
    /// What it says.
    pub body: ClauseBody,
    /// `, bron …` or `, aanname "…"` at the end of the line, where the clause as a whole carries it. Ladder lines and
    /// weighted parts carry their own.
    pub ground: Option<Ground>,
    /// From its keyword to its end.
    pub span: Span,
}

/// Who says so: a document, or the writer.
#[derive(Debug, Clone, PartialEq)]
pub enum Ground {
    /// `bron plan §4.2`
    Source(Citation),
    /// `aanname "halverwege nee en ja"`
    Assumption(Spanned<String>),
}

/// `plan §4.4, punt 1`: a label and free text up to the line's end.
#[derive(Debug, Clone, PartialEq)]
pub struct Citation {
    /// The label of the document, declared in the header.
    pub label: Name,
    /// The place in it; may be empty.
    pub place: Spanned<String>,
}

/// All clauses of all declarations.
#[derive(Debug, Clone, PartialEq)]
pub enum ClauseBody {
    /// `versie 2020.1`
    Version(Spanned<String>),
    /// `geldig van D tot en met D` or `geldig vanaf D`
    Valid {
        /// The first day.
        from: Spanned<Date>,
        /// The last day; none: without end.
        until: Option<Spanned<Date>>,
    },
    /// In the header: `bron plan: "Plan van aanpak", 29 januari 2020`; the date may be a day, a month with year or a year,
    /// kept as written.
    Document {
        /// What citations call it.
        label: Name,
        /// Its title.
        title: Spanned<String>,
        /// Its date, when given.
        date: Option<Spanned<DocumentDate>>,
    },
    /// Elsewhere: `bron plan §4.2`
    Source(Citation),
    /// `deels telt 50%` (a percentage literal)
    PartlyCounts(Spanned<Literal>),
    /// `antwoord ja, deels of nee`
    Answer(AnswerKind),
    /// `uitleg "…"`
    Explanation(Spanned<String>),
    /// `staat vast`
    Fixed,
    /// `liever nee`, `liever hoger`, `liever lager`, `geen goede kant`
    Preference(Spanned<Preference>),
    /// `onderbouwing verplicht`
    GroundRequired,
    /// `beantwoord door "projectteam"`
    AnsweredBy(Spanned<String>),
    /// One `| … |` line.
    Row(Vec<Spanned<Cell>>),
    /// In a table: `anders € 0`; the value.
    Otherwise(Spanned<Literal>),
    /// `score …`
    Score(Score),
    /// `gewicht 3`
    Weight(Spanned<Literal>),
    /// `telt niet mee`
    NotCounted,
    /// `toont nieuw, elders`
    Shows(Vec<Name>),
    /// `eis minstens deels`, `eis minstens 25%`
    Requirement(Spanned<RequirementLevel>),
    /// `alleen als <conditie>`
    OnlyIf(Expression),
    /// `als <conditie>`
    If(Expression),
    /// `waarde <waarde>`, also as a ladder
    Value(Score),
    /// `vervuld als <conditie>`
    FulfilledIf(Expression),
    /// `zo niet "…"`
    IfNot(Spanned<String>),
    /// `meld "…"`
    Report(Spanned<String>),
    /// `aanname "…"`: the ground of everything in the declaration that has none of its own
    Assumption(Spanned<String>),
    /// `let op "…"`
    Caution(Spanned<String>),
    /// `bewust "…"`
    Deliberate(Spanned<String>),
    /// `totaal gewogen gemiddelde`
    Total,
    /// `uitkomsten van goed naar slecht` with its items
    Outcomes(Vec<NamedItem>),
    /// In the `oordeel`: `voldoet als …` or `afgewezen anders`; no condition means `anders`
    OutcomeLine {
        /// The outcome it gives.
        outcome: Name,
        /// When; none means `anders`.
        condition: Option<Expression>,
    },
    /// In a `route`: `kwartiermaker: "…"` with `als …` or `anders` below it; no condition means `anders`
    Choice {
        /// Its name.
        name: Name,
        /// Its title.
        title: Spanned<String>,
        /// When; none means `anders`.
        condition: Option<Expression>,
    },
    /// In a `voorbeeld`: what is given
    Given(Vec<GivenLine>),
    /// In a `voorbeeld`: what is expected
    Expected(Vec<Expectation>),
}

/// The date of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentDate {
    /// `29 januari 2020`
    Day(Date),
    /// `september 2018`: year, month (1–12)
    Month(i32, u8),
    /// `2018`
    Year(i32),
}

/// Which side of an answer is the good one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preference {
    /// `liever nee`
    No,
    /// `liever hoger`
    Higher,
    /// `liever lager`
    Lower,
    /// `geen goede kant`
    None,
}

/// The `antwoord` line.
#[derive(Debug, Clone, PartialEq)]
pub struct AnswerKind {
    /// The kind.
    pub kind: Spanned<KindName>,
    /// The range, on numbers, money, dates and lists (their length).
    pub range: Option<Range>,
    /// `of geen`
    pub none: bool,
    /// `of n.v.t.`
    pub not_applicable: bool,
}

/// `van A tot en met B`, `vanaf A`, `tot en met B`; both ends included.
#[derive(Debug, Clone, PartialEq)]
pub struct Range {
    /// Least allowed.
    pub from: Option<Spanned<Literal>>,
    /// Greatest allowed.
    pub until: Option<Spanned<Literal>>,
    /// The whole phrase.
    pub span: Span,
}

/// The kinds of answer.
#[derive(Debug, Clone, PartialEq)]
pub enum KindName {
    /// `ja of nee`
    YesNo,
    /// `ja, deels of nee`
    YesPartlyNo,
    /// `een van`, with options below it or inline
    OneOf(Vec<NamedItem>),
    /// `meerdere van`
    SomeOf(Vec<NamedItem>),
    /// `keuze uit doelen`: the options of another question (in list fields)
    OptionsOf(Name),
    /// `heel getal`
    Integer,
    /// `getal`
    Number,
    /// `percentage`
    Percentage,
    /// `bedrag`
    Money,
    /// `datum`
    Date,
    /// `tekst`
    Text,
    /// `lijst van` fields
    List(Vec<Field>),
}

/// `- onderwijs: "Verbinding jeugdhulp en onderwijs"`
#[derive(Debug, Clone, PartialEq)]
pub struct NamedItem {
    /// Its name.
    pub name: Name,
    /// Its label.
    pub label: Option<Spanned<String>>,
}

/// `- nulmeting: getal of geen`
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: Name,
    /// Its kind; never a list.
    pub answer: AnswerKind,
}

/// What stands in a cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// A bare word: a column's name in the first row, an option or a word below. `ja` and `nee` too.
    Word(String),
    /// A number, amount, percentage, date or text.
    Literal(Literal),
}

/// A literal value.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// `0,5`, `-5`, `100000`
    Number(Number),
    /// `70%`; the number is the value before the sign (70), as written
    Percent(Number),
    /// `€ 100.000`, in euros
    Money(Number),
    /// `1 juli 2022`
    Date(Date),
    /// `"…"`
    Text(String),
    /// `ja`
    Yes,
    /// `deels`
    Partly,
    /// `nee`
    No,
    /// `geen`
    None,
    /// `n.v.t.`
    NotApplicable,
}

/// `eis minstens …`
#[derive(Debug, Clone, PartialEq)]
pub enum RequirementLevel {
    /// `minstens deels`
    Partly,
    /// `minstens ja`
    Yes,
    /// `minstens 25%`
    Percent(Number),
}

/// What stands after `score` or `waarde`.
#[derive(Debug, Clone, PartialEq)]
pub enum Score {
    /// A name or an expression: `score gezond`, `waarde bedrag_start + bedrag_later`.
    Expression(Expression),
    /// `hoogste van a, b` and the like, inline or with `- ` items.
    Combination {
        /// How they combine.
        how: Spanned<Combining>,
        /// What is combined.
        parts: Vec<WeightedPart>,
    },
    /// Lines `100% als …`, last `0% anders`.
    Ladder(Vec<LadderLine>),
    /// `bedrag_start, van 0% bij € 200.000 naar 100% bij € 50.000`
    Line {
        /// The value that is scored.
        of: Expression,
        /// The score at the first point.
        from_score: Spanned<Literal>,
        /// The value at the first point.
        from: Spanned<Literal>,
        /// The score at the second point.
        to_score: Spanned<Literal>,
        /// The value at the second point.
        to: Spanned<Literal>,
    },
}

/// How parts combine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Combining {
    /// `hoogste van`
    Highest,
    /// `laagste van`
    Lowest,
    /// `gemiddelde van`
    Mean,
    /// `aandeel ja van`
    ShareOfYes,
}

/// `normaliseren, gewicht 2, aanname "…"`
#[derive(Debug, Clone, PartialEq)]
pub struct WeightedPart {
    /// What is combined.
    pub name: Name,
    /// Its weight; 1 when left out.
    pub weight: Option<Spanned<Literal>>,
    /// The ground of the weight.
    pub ground: Option<Ground>,
}

/// `50% als lerend is minstens deels`
#[derive(Debug, Clone, PartialEq)]
pub struct LadderLine {
    /// The value: a literal, a name of a score, `n.v.t.`, or any value expression.
    pub value: Expression,
    /// The condition; none means `anders`.
    pub condition: Option<Expression>,
    /// The line's own ground.
    pub ground: Option<Ground>,
    /// The line.
    pub span: Span,
}

/// One type for conditions and values; the checker decides kinds.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    /// What it says.
    pub node: Box<ExpressionNode>,
    /// Where. A bracketed expression's span includes the brackets only on its [`ExpressionNode::Group`].
    pub span: Span,
}

/// The kinds of phrases in conditions and values.
#[derive(Debug, Clone, PartialEq)]
pub enum ExpressionNode {
    /// `gezond`: a question, field, part, term, criterion, option or table word
    Name(String),
    /// `€ 84.000`
    Literal(Literal),
    /// `peildatum`
    ReferenceDate,
    /// `totaal`
    Total,
    /// `oordeel`
    Verdict,
    /// `( … )`
    Group(Expression),
    /// `a en b en c`
    And(Vec<Expression>),
    /// `a of b`
    Or(Vec<Expression>),
    /// `niet …`
    Not(Expression),
    /// `a is minstens b`; several right sides only for `is een van`
    Compare {
        /// What is compared.
        left: Expression,
        /// How.
        operator: Spanned<Comparison>,
        /// With what; more than one only for `is een van`.
        right: Vec<Expression>,
    },
    /// `partners bevat ggd`, `partners bevat alle van a, b`
    Contains {
        /// The question.
        set: Name,
        /// The options that must all be chosen.
        items: Vec<Name>,
    },
    /// `aantal partners`
    Count(Name),
    /// `som van bedrag in posten`
    Sum {
        /// What is added up.
        field: Name,
        /// The list.
        list: Name,
    },
    /// `5% van X`
    PercentOf {
        /// The percentage as written.
        percent: Spanned<Number>,
        /// Of what.
        of: Expression,
    },
    /// `3 maanden na D`
    Shift {
        /// How many.
        amount: Spanned<Number>,
        /// Of what unit.
        unit: Unit,
        /// Later (`na`) or earlier (`voor`).
        after: bool,
        /// Counted from.
        date: Expression,
    },
    /// `jaar van D`
    YearOf(Expression),
    /// `uitvoeringsbudget bij thema, jaar van start`
    LookUp {
        /// The table.
        table: Name,
        /// One for each key column.
        keys: Vec<Expression>,
    },
    /// `a + b`
    Arithmetic {
        /// The left operand.
        left: Expression,
        /// What is done.
        operator: Spanned<Operator>,
        /// The right operand.
        right: Expression,
    },
    /// `alle L hebben X` (all true) or `een van L heeft X`
    Quantified {
        /// `alle` or `een van`.
        all: bool,
        /// The list.
        list: Name,
        /// What its items fulfil.
        body: Expression,
    },
    /// `X hebben` where X is a bare field: `alle resultaten hebben nulmeting` — the body of a quantifier
    HasField(Name),
    /// `alle van` / `minstens 2 van` / `geen van` with `- ` lines
    Bullets {
        /// How many must hold.
        quantity: Spanned<Quantity>,
        /// The conditions.
        items: Vec<Expression>,
        /// Per condition, what it rests on when its line says so.
        item_grounds: Vec<Option<Ground>>,
        /// What the quantity rests on, and every condition without a ground of its own.
        ground: Option<Ground>,
    },
    /// `een uitsluiting geldt`
    AnyExclusion,
    /// `een eis niet is gehaald`
    AnyRequirementFailed,
    /// `elke voorwaarde is vervuld`
    EveryConditionFulfilled,
}

/// How two values compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `is`
    Is,
    /// `is niet`
    IsNot,
    /// `is een van`
    IsOneOf,
    /// `is minstens` (numbers) and `is vanaf` (dates)
    AtLeast,
    /// `is hoogstens` and `is uiterlijk`
    AtMost,
    /// `is meer dan` and `is na`
    MoreThan,
    /// `is minder dan` and `is voor`
    LessThan,
    /// `is vanaf`
    From,
    /// `is uiterlijk`
    Until,
    /// `is na`
    After,
    /// `is voor`
    Before,
}

/// Units of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// `dag`, `dagen`
    Days,
    /// `week`, `weken`
    Weeks,
    /// `maand`, `maanden`
    Months,
    /// `jaar`, `jaren`
    Years,
}

/// Arithmetic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operator {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

impl Operator {
    /// What it makes of two numbers; none of a division by 0.
    #[must_use]
    #[inline]
    pub fn between(self, left: &Number, right: &Number) -> Option<Number> {
        match self {
            Self::Add => Some(left.add(right)),
            Self::Subtract => Some(left.sub(right)),
            Self::Multiply => Some(left.mul(right)),
            Self::Divide => left.div(right),
        }
    }
}

/// How many of a bulleted list.
#[derive(Debug, Clone, PartialEq)]
pub enum Quantity {
    /// `alle van`
    All,
    /// `minstens 2 van`
    AtLeast(Number),
    /// `geen van`
    None,
}

/// One line under `gegeven`.
#[derive(Debug, Clone, PartialEq)]
pub struct GivenLine {
    /// The question, or `peildatum` (see the value).
    pub name: Name,
    /// What is given.
    pub value: GivenValue,
    /// `, onderbouwing "…"`
    pub reason: Option<Spanned<String>>,
    /// The line.
    pub span: Span,
}

/// What a `gegeven` line gives.
#[derive(Debug, Clone, PartialEq)]
pub enum GivenValue {
    /// `x ja`, `bedrag_start € 84.000`, `peildatum 1 maart 2020`
    Literal(Spanned<Literal>),
    /// `thema ambulantisering`, `partners a, b`
    Words(Vec<Name>),
    /// `partners leeg`
    Empty,
    /// `- indicator "…", nulmeting 12` lines: fields per item
    Items(Vec<Vec<GivenLine>>),
}

/// One line under `verwacht`.
#[derive(Debug, Clone, PartialEq)]
pub struct Expectation {
    /// What is expected of what.
    pub body: ExpectationBody,
    /// The line.
    pub span: Span,
}

/// The kinds of expectation.
#[derive(Debug, Clone, PartialEq)]
pub enum ExpectationBody {
    /// `oordeel voldoet`, `oordeel open`
    Outcome(Name),
    /// `mogelijk a, b`
    Possible(Vec<Name>),
    /// `totaal 59,72%`, `totaal open`, `totaal n.v.t.`
    Total(Spanned<ExpectedScore>),
    /// `criterium x 50% | open | n.v.t.`
    Criterion(Name, Spanned<ExpectedScore>),
    /// `eis x gehaald | niet gehaald | open | vervalt`
    Requirement(Name, Spanned<ExpectedStatus>),
    /// `voorwaarde x vervuld | niet vervuld | vervalt | open`
    Condition(Name, Spanned<ExpectedStatus>),
    /// `uitsluiting x ja | nee | open`
    Exclusion(Name, Spanned<ExpectedStatus>),
    /// `signaal x ja | nee | open | vervalt`
    Signal(Name, Spanned<ExpectedStatus>),
    /// `route x keuze`, `route x open`
    Route(Name, Name),
    /// `vraag x van belang`
    Matters(Name),
}

/// A score as expected in an example.
#[derive(Debug, Clone, PartialEq)]
pub enum ExpectedScore {
    /// `59,72%`: the number before the sign and the decimals written
    Percent {
        /// The number before the sign.
        value: Number,
        /// The decimals written.
        decimals: u8,
    },
    /// `open`
    Open,
    /// `n.v.t.`
    NotApplicable,
}

/// A status as expected in an example.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExpectedStatus {
    /// `ja`, `gehaald`, `vervuld`
    Holds,
    /// `nee`, `niet gehaald`, `niet vervuld`
    Fails,
    /// `open`
    Open,
    /// `vervalt`
    Lapses,
}
