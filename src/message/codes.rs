// The stable codes, one per line; `docs/meldingen.md` has a section for each, with an example that a test runs.
// M01 text and layout, M02 names, M03 kinds and values, M04 structure, M05 sources and readings (warnings),
// M06 warnings of meaning, M07 examples, M08 versions; V01 JSON, V02 proposal; G limits.
codes! {
    /// A phrase that no rule of the grammar fits: `vraag x "titel"` (the colon is missing).
    UnexpectedText = "M0101", Error;
    /// Something that is needed is missing: a declaration ends too early.
    UnexpectedEnd = "M0102", Error;
    /// An indented line that belongs to no declaration.
    StrayLine = "M0103", Error;
    /// A tab in the margin.
    TabInMargin = "M0104", Error;
    /// An indent smaller than that of the declaration's clauses, but not zero.
    WrongIndent = "M0105", Error;
    /// Curly quotes as delimiters: `“titel”`.
    CurlyQuotes = "M0106", Error;
    /// A text that is not closed on its line.
    OpenText = "M0107", Error;
    /// `1.5`: a point in a number.
    PointInNumber = "M0108", Error;
    /// `€ 1.00.000`, `€ 5,5`: a number not written as a Dutch number.
    BadNumber = "M0109", Error;
    /// A date that does not exist or is not written as one: `31 februari 2020`.
    BadDate = "M0110", Error;
    /// `thema is a of b`.
    IsOneOf = "M0111", Error;
    /// `>=` and other symbols where a word will do.
    SymbolForWord = "M0112", Error;
    /// A capital or another letter that names may not have: `Gezond`.
    BadName = "M0113", Error;
    /// A reserved word used as a name: `vraag ja`.
    ReservedName = "M0114", Error;
    /// Word's bullets `•` or `–` where `- ` belongs.
    WrongBullet = "M0115", Error;
    /// `en` beside `of` without brackets.
    MixedAndOr = "M0116", Error;
    /// A line at the margin that starts no declaration.
    UnknownDeclaration = "M0117", Error;
    /// A clause that does not exist: `gewigt 3`.
    UnknownClause = "M0118", Error;
    /// A character that cannot stand here: a control character.
    BadCharacter = "M0119", Error;

    /// A name that is declared twice in one name space.
    DoubleName = "M0201", Error;
    /// An option, field, outcome or choice given twice.
    DoubleItem = "M0202", Error;
    /// A name that nothing has.
    UnknownName = "M0203", Error;
    /// A name that exists, but of another kind of thing than is needed here.
    WrongNameKind = "M0204", Error;
    /// References that run in a circle.
    Circle = "M0205", Error;
    /// An option that has the name of a question, part, term or criterion.
    OptionClash = "M0206", Error;
    /// An unknown option of a question or key of a table.
    UnknownOption = "M0207", Error;
    /// An unknown source label after `bron`.
    UnknownSource = "M0208", Error;
    /// `totaal`, `oordeel`, a route or an aggregate such as `een uitsluiting geldt` where it can't be read.
    NotReadableHere = "M0209", Error;
    /// An outcome or choice that has the name of a clause keyword.
    KeywordClash = "M0210", Error;
    /// `gebruik`: a building block that is not there, or cannot be read.
    BlockMissing = "M0211", Error;
    /// `gebruik` of a file that is not a building block, or a declaration that does not belong in one.
    NotABlock = "M0212", Error;
    /// A building block whose header has another name than the one it is used by.
    OtherBlockName = "M0213", Error;
    /// Files that use each other in a circle.
    ImportCircle = "M0214", Error;

    /// Two kinds that don't go together: money against a number, two texts.
    KindMismatch = "M0301", Error;
    /// Ordering of something without an order: `thema is minstens 2`.
    NoOrder = "M0302", Error;
    /// A condition where a value belongs, or the other way round.
    NotACondition = "M0303", Error;
    /// A ja/nee question without a comparison in a condition: `als elders`.
    BareQuestion = "M0304", Error;
    /// Something that has no score.
    NotAScore = "M0305", Error;
    /// A `getal` against a percentage: it hides a factor 100; likewise a missing `%`.
    PercentAgainstNumber = "M0306", Error;
    /// Division by something that can be 0.
    DivisionByZero = "M0307", Error;
    /// A range whose end lies before its start, or of the wrong kind.
    BadRange = "M0308", Error;
    /// A number outside what its clause allows: weight 0, `eis` of 120%.
    OutOfRange = "M0309", Error;
    /// `minstens deels` where it can't be.
    RequirementNotPartly = "M0310", Error;
    /// Table: a row with another number of cells, a cell of the wrong kind.
    BadCell = "M0311", Error;
    /// Table: the same key twice.
    DoubleKey = "M0312", Error;
    /// A look-up with the wrong number or kinds of keys.
    BadLookUp = "M0313", Error;
    /// A look-up that can ask for a missing key in a table without `anders`, where keys are finite.
    MissingKey = "M0314", Error;
    /// `geen` or `n.v.t.` compared with a question that does not have that answer.
    NoSuchBlank = "M0315", Error;
    /// Comparing a value that the question can never have (out of its range).
    NeverInRange = "M0316", Warning;

    /// `alle` or `een van` over a list inside another: `alle posten hebben (een van doelen heeft …)`.
    NestedQuantifier = "M0317", Error;

    /// No header, or two.
    HeaderMissing = "M0401", Error;
    /// More than one of something that may stand once.
    OnceOnly = "M0402", Error;
    /// A clause that a declaration needs is missing.
    ClauseMissing = "M0403", Error;
    /// A clause that doesn't belong in this declaration.
    ClauseNotHere = "M0404", Error;
    /// Clauses that exclude each other: `gewicht` and `telt niet mee`.
    ClausesClash = "M0405", Error;
    /// No `oordeel`: nothing can be judged.
    VerdictMissing = "M0406", Error;
    /// `anders` is missing, not last, or double.
    ElseNotLast = "M0407", Error;
    /// Declarations whose result no line of the verdict reads: exclusions, requirements or conditions.
    NotInVerdict = "M0408", Error;
    /// A ladder line names an outcome that is not in the list, or an outcome is never given.
    OutcomeUnused = "M0409", Error;
    /// A requirement on a criterion that does not count.
    RequirementNotCounted = "M0410", Error;
    /// `deels telt` is missing in the header while a score needs it.
    PartlyMissing = "M0411", Error;
    /// No criterion counts, so there is no total.
    NoCriteria = "M0412", Error;
    /// A name is declared but nothing reads it.
    Unused = "M0413", Warning;

    /// A number, combination or reading without `bron` or `aanname`.
    GroundMissing = "M0501", Warning;
    /// A declaration without `bron`.
    SourceMissing = "M0502", Warning;

    /// A `heeft` on a field that has neither `geen` nor `n.v.t.`: it can never be false.
    AlwaysHas = "M0601", Warning;
    /// `alle` over a list that may be empty.
    AllOfEmpty = "M0602", Warning;
    /// `niet` over an ordering with something that may be geen or n.v.t.
    NotOverBlank = "M0603", Warning;
    /// `is niet` in an exclusion for a question that may be geen or n.v.t.
    IsNotInExclusion = "M0604", Warning;
    /// A score ladder that reads something with n.v.t. without an `n.v.t.` line.
    LadderWithoutNotApplicable = "M0605", Warning;
    /// The total can be n.v.t. without a line for it.
    TotalNotApplicable = "M0606", Warning;
    /// A look-up that may ask for a missing key in a table without `anders`, where keys are not finite.
    MayMissKey = "M0607", Warning;
    /// A field takes precedence over a question of the same name.
    FieldHidesQuestion = "M0608", Warning;
    /// A better answer gives a worse outcome (found by search).
    NonMonotone = "M0609", Warning;
    /// A ladder line or route choice that no completion reaches (found by search).
    NeverReached = "M0610", Warning;
    /// A search ended at its limit.
    SearchEnded = "M0611", Warning;

    /// A given answer or an expectation of an example that doesn't fit the rules.
    BadExample = "M0701", Error;

    /// Two versions of one meetlat in force on the same day.
    VersionsOverlap = "M0801", Error;
    /// Days between two versions of one meetlat on which none is in force.
    VersionGap = "M0802", Warning;

    /// Not JSON.
    NotJson = "V0101", Error;
    /// The same key twice.
    DoubleKeyJson = "V0102", Error;
    /// Not an object where one is needed, or another wrong shape.
    WrongShape = "V0103", Error;

    /// An unknown key.
    UnknownKey = "V0201", Error;
    /// A key that must be there.
    MissingKeyJson = "V0202", Error;
    /// The proposal is for another meetlat.
    OtherMeetlat = "V0203", Error;
    /// The wrong type for this question: `true`, `"€ 84.000"`.
    WrongType = "V0204", Error;
    /// Not one of the options.
    NotAnOption = "V0205", Error;
    /// Out of the question's range.
    AnswerOutOfRange = "V0206", Error;
    /// A choice given twice.
    RepeatedChoice = "V0207", Error;
    /// A null inside a list.
    NullItem = "V0208", Error;
    /// Half a cent, more than 30 digits before or 18 after the point.
    TooPrecise = "V0209", Error;
    /// A date not written `JJJJ-MM-DD`, or one that does not exist.
    BadDateJson = "V0210", Error;
    /// `geen` or `n.v.t.` where the question does not have that answer.
    BlankNotAllowed = "V0211", Error;
    /// The reference date is missing, outside the validity, or wrong.
    BadReferenceDate = "V0212", Error;
    /// An answer and `niet_te_zeggen` at once.
    AnswerAndUnsayable = "V0213", Error;
    /// More than one version of the meetlat is in force on the reference date.
    SeveralInForce = "V0214", Error;
    /// Something that people must say when they agree, assess or close, and that is left blank.
    NothingSaid = "V0215", Error;
    /// An assessor, a name, a consensus or a closed answer given twice.
    GivenTwice = "V0216", Error;
    /// A pointer that does not point at an answer.
    UnknownPlace = "V0217", Error;
    /// A closed answer that is not open.
    NotOpen = "V0218", Error;
    /// A proposal that was read by other rules than those that are now asked about it.
    OtherRules = "V0219", Error;

    /// A text longer than the limit.
    TextTooLong = "G0001", Error;
    /// Brackets nested deeper than the limit.
    TooDeep = "G0002", Error;
    /// More declarations than the limit.
    TooManyDeclarations = "G0003", Error;
    /// A list longer than the limit.
    ListTooLong = "G0004", Error;
    /// A program larger than the limit.
    ProgramTooLarge = "G0005", Error;
    /// More diagnostics than the limit; the rest is not shown.
    TooManyDiagnostics = "G0006", Error;
    /// More files than the limit.
    TooManyFiles = "G0007", Error;
    /// A building block further from the rule file than the limit.
    ImportsTooDeep = "G0008", Error;
    /// All rule texts together longer than the limit.
    FilesTooLong = "G0009", Error;
    /// A number that can grow to more digits than the limit.
    NumbersTooLong = "G0010", Error;
}
