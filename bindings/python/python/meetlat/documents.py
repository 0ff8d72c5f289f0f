"""The documents that calls give, as types for `Document.data`.

Made from their schemas by bindings/border/tests/types.rs; do not edit.
"""

from typing import Any, Literal, TypeAlias, TypedDict


class Assumption(TypedDict):
    """A reading that the verdict relies on."""

    bij: str
    """The declaration it stands in, such as `criterium stip`."""

    over: str
    """What it is about, such as `gewicht`; empty for the whole declaration."""

    tekst: str
    """The reason, as written."""


class Counted(TypedDict):
    """As what an answer was counted."""

    bij: str | None
    """The item of the list, by its first text or else its number from 1; else null."""

    pointer: str
    """JSON pointer of the answer."""

    tekst: str | None
    """The answer in words; null where it makes no difference, neither to the outcome nor to a route."""

    titel: str
    """The question."""

    veld: str | None
    """The field's name, for an answer in a list; else null."""


class ClosedRoute(TypedDict):
    """A route beside the witness of a closing."""

    keuze: str | None
    """The choice's name; null when that hangs on what stays open."""

    mogelijk: list[str]
    """The names of the choices that are possible, in rule order."""

    route: str
    """The route's name."""


ProvisionalReason: TypeAlias = Literal["grens", "gestopt", "lijst_zonder_grens", "getallen_samen"]
"""Why something is not exact."""


class Provisional(TypedDict):
    """Why a result is not exact."""

    grens: int | None
    """The limit that ended the search, in steps; null unless the reason is `grens`."""

    reden: ProvisionalReason
    """The reason."""

    tekst: str
    """The same in words."""

    vraag: str | None
    """JSON pointer of the open question at which it was found."""


class Closing(TypedDict):
    """The recorded act by which open answers were counted at their worst, and what comes of it."""

    datum: str
    """When, `JJJJ-MM-DD`."""

    door: str
    """Who closed."""

    exact: bool
    """Whether `mogelijk` is exact. If not, see `voorlopig`: nothing outside the list can happen, but something in it may not; with `lijst_zonder_grens` something else may happen too."""

    getuige: list[Counted]
    """As what each closed answer was counted: one way to answer them together that gives the outcome. Empty when there is no outcome, or no such way was found."""

    mogelijk: list[str]
    """The worst outcomes, one for every way to answer what stays open, best first."""

    reden: str
    """Why."""

    routes: list[ClosedRoute]
    """The choices of the routes that go with the witness."""

    samen_met: list[Counted]
    """The other open answers with which the witness gives that outcome; empty: whatever they are."""

    tekst: str
    """All of this in words."""

    uitkomst: str | None
    """The worst outcome over the closed answers together; null when that hangs on what stays open."""

    uitkomst_titel: str | None
    """The outcome's words."""

    voorlopig: Provisional | None
    """Why `mogelijk` is not exact, or where it is, why no `getuige` was found."""

    vragen: list[str]
    """JSON pointers of the closed answers."""


class Assessor(TypedDict):
    """Someone who assessed the proposal."""

    datum: str
    """When, `JJJJ-MM-DD`."""

    naam: str
    """The name."""

    zonder_onderbouwing: list[str]
    """JSON pointers of answers that do not count, because they lack the ground they need."""


class RouteChoice(TypedDict):
    """A choice of a route."""

    keuze: str
    """The choice's name."""

    route: str
    """The route's name."""


class Combination(TypedDict):
    """An outcome and a choice of each route that can go together."""

    routes: list[RouteChoice]
    """One choice per route."""

    uitkomst: str
    """The outcome's name."""


class GivenAnswer(TypedDict):
    """What one giver answered."""

    bewijs: list[str]
    """The evidence."""

    datum: str | None
    """When, `JJJJ-MM-DD`; null for the proposal's own answer."""

    onderbouwing: str | None
    """The written ground."""

    tekst: str
    """The answer in words."""

    waarde: Any
    """The same in the form a proposal has it."""

    wie: str | None
    """The assessor's name; null: the proposal's own answer, which is the submitter's."""


class Consensus(TypedDict):
    """An answer that was agreed on, in place of what was given."""

    bij: str | None
    """The item of the list, by its first text or else its number from 1; else null."""

    datum: str
    """When, `JJJJ-MM-DD`."""

    namen: list[str]
    """Who agreed."""

    onderbouwing: str | None
    """The ground: its own, else the reason of the agreement."""

    oorspronkelijk: list[GivenAnswer]
    """What had been given."""

    pointer: str
    """JSON pointer of the answer."""

    reden: str
    """Why."""

    tekst: str
    """The answer in words."""

    titel: str
    """The question."""

    veld: str | None
    """The field's name, for an answer in a list; else null."""

    vraag: str
    """The question's name."""

    waarde: Any
    """The same in the form a proposal has it."""


NotApplicable: TypeAlias = Literal["nee", "ja", "mogelijk"]
"""Whether something is not applicable."""


class Score(TypedDict):
    """A score: the least and greatest value over all completions, as fractions of one in lowest terms."""

    nvt: NotApplicable
    """Whether it is not applicable."""

    tekst: str
    """In words, rounded so that it never seems to reach or cross a threshold that it doesn't."""

    tot_en_met: str | None
    """Greatest; the same as the least when settled."""

    van: str | None
    """Least; null when it is n.v.t."""


class Reading(TypedDict):
    """A reading that rests on the writer of the rules."""

    over: str
    """What it is about, such as `gewicht`; empty for the whole declaration."""

    tekst: str
    """The reason, as written."""


AnswerStatus: TypeAlias = Literal["gegeven", "open", "verschil"]
"""Whether a question is answered."""


class Answer(TypedDict):
    """An answer as read."""

    bewijs: list[str]
    """The evidence."""

    niet_te_zeggen: str | None
    """The reason why it cannot be said."""

    onderbouwing: str | None
    """The written ground."""

    pointer: str
    """JSON pointer of the answer in the proposal."""

    status: AnswerStatus
    """Whether it counts as answered. An answer without a ground that must have one is open."""

    tekst: str
    """In words."""

    titel: str
    """The question."""

    veld: str | None
    """The field's name, for an answer in a list; else null."""

    vraag: str
    """The question's name."""

    waarde: Any
    """The answer in the form a proposal has it; for a list an array of objects; null when nothing was answered."""


class Citation(TypedDict):
    """A place in a document."""

    document: str
    """The document's name, see `meetlat.documenten`."""

    plaats: str
    """The place in it."""


RequirementStatus: TypeAlias = Literal["gehaald", "niet_gehaald", "open", "vervallen"]
"""The state of a requirement."""


class Requirement(TypedDict):
    """A requirement."""

    minstens: str
    """The least score, a fraction of one."""

    status: RequirementStatus
    """Whether it is met."""

    tekst: str
    """In words."""


ReasonCode: TypeAlias = Literal["getoond", "vervallen", "antwoord", "hoogste", "laagste", "gemiddelde", "aandeel_ja", "regel", "lijn"]
"""Kinds of reason."""


class ReasonPart(TypedDict):
    """A part of a combined score."""

    gewicht: str
    """Its weight, a fraction."""

    naam: str
    """Its name."""

    score: Score
    """Its score."""

    titel: str | None
    """Its title."""


class Line(TypedDict):
    """A line of a ladder."""

    bestandsregel: int | None
    """Its line in the rule file, from 1; null when it stands in a building block."""

    geschreven: str
    """As written in the rule file, without its ground."""

    nummer: int
    """Its place among the ladder's lines, from 1."""

    tekst: str
    """The same with titles instead of names."""


class ReasonArguments(TypedDict):
    """The arguments of a reason."""

    delen: list[ReasonPart]
    """The parts that were combined; empty for other reasons."""

    regels: list[Line]
    """The lines of a ladder that can be the first to hold; empty for other reasons."""


class Reason(TypedDict):
    """Why a score is what it is: a code with its arguments, and the same in words."""

    code: ReasonCode
    """What kind of reason."""

    gegevens: ReasonArguments
    """Its arguments."""

    tekst: str
    """In words."""


class Criterion(TypedDict):
    """A criterion and how it scores."""

    aandeel: Score
    """Its weight divided by the weights of all criteria that apply."""

    aannames: list[Reading]
    """The readings that rest on the writer of the rules."""

    antwoorden: list[Answer]
    """The answers its score reads or that it shows."""

    bestandsregel: int | None
    """Its line in the rule file, from 1; null when it stands in a building block."""

    bijdrage: Score
    """Share times score: what it adds to the total."""

    bronnen: list[Citation]
    """The places in documents that it cites."""

    eis: Requirement | None
    """What it must score at least; null when there is no such requirement."""

    gewicht: str | None
    """Its weight, a fraction; null when it does not count."""

    naam: str
    """Its name."""

    score: Score
    """Its score. n.v.t. for one that only shows answers."""

    score_reden: Reason
    """Why the score is what it is."""

    titel: str
    """Its title."""


class Caution(TypedDict):
    """A contradiction or gap in the documents."""

    bij: str
    """The declaration it stands in, such as `criterium stip`."""

    speelt_mee: bool
    """Whether that declaration plays a part in this verdict. If not, what stands there does not apply to this proposal."""

    tekst: str
    """As written."""


class File(TypedDict):
    """A file that was read."""

    naam: str
    """The name the host gave it, without folders."""

    sha256: str
    """SHA-256 of its bytes, in small hexadecimal letters."""


class Document(TypedDict):
    """A document that rules cite."""

    datum: str | None
    """Its date in words: a day, a month or a year."""

    naam: str
    """The word by which rules cite it; with the building block's name behind it where another file has that word for another document."""

    titel: str
    """Its title."""


class Period(TypedDict):
    """A period, both days included. Null: no such end."""

    tot_en_met: str | None
    """Last day, `JJJJ-MM-DD`."""

    van: str | None
    """First day, `JJJJ-MM-DD`."""


class RuleFile(TypedDict):
    """The rules a proposal was judged by."""

    bestanden: list[File]
    """The files it was read from: the rule file, then the building blocks in the order in which they are first used."""

    deels_telt: str | None
    """What `deels` counts for, a fraction of one in lowest terms; null where no score needs it."""

    documenten: list[Document]
    """The documents that rules cite, those of building blocks too."""

    geldig: Period
    """When it is in force."""

    naam: str
    """Its name."""

    peildatum: str | None
    """The reference date it was applied for, `JJJJ-MM-DD`."""

    titel: str
    """Its title."""

    versie: str | None
    """Its version."""


MessageSeverity: TypeAlias = Literal["fout", "waarschuwing"]
"""How bad a message is."""


class MessagePlace(TypedDict):
    """A place in a text. Lines and columns count from 1, columns in characters."""

    bestand: str
    """The name the host gave the text."""

    eindkolom: int
    """Column one past the last character."""

    eindregel: int
    """Line of the end."""

    kolom: int
    """Column of the first character."""

    pad: str | None
    """JSON pointer of the value, for proposals."""

    regel: int
    """Line of the first character."""


class Message(TypedDict):
    """One message."""

    code: str
    """Stable code such as `M0203`. M: rule files, V: proposals, G: limits, B: files and hosts."""

    ernst: MessageSeverity
    """How bad it is."""

    hulp: str | None
    """What to do. In the language asked for."""

    melding: str
    """What is wrong. In the language asked for."""

    plaatsen: list[MessagePlace]
    """The first is where it is wrong; others are where to look too. Empty when it has no place."""


class MissingRow(TypedDict):
    """A row that was looked up but is not in the table."""

    sleutels: list[str]
    """The keys in words."""

    tabel: str
    """The table's name."""

    tekst: str
    """The same in a sentence."""


PointCode: TypeAlias = Literal["uitsluiting", "eis", "voorwaarde", "totaal", "criterium", "antwoord", "regel", "alle_invullingen", "open_lijst"]
"""Kinds of deciding points."""


class Point(TypedDict):
    """A point that decides the verdict."""

    code: PointCode
    """What kind of point."""

    over: str | None
    """What it is about: the name of a criterium, voorwaarde or uitsluiting, or the JSON pointer of an answer."""

    tekst: str
    """The point in one sentence."""


Settled: TypeAlias = Literal["vast", "open", "afgesloten"]
"""Whether something is the same whatever the answers to the open questions."""


class Named(TypedDict):
    """A name and what it stands for."""

    naam: str
    """The name."""

    titel: str
    """What it stands for."""


class Outcome(TypedDict):
    """The verdict."""

    aannames: list[Reading]
    """The readings that rest on the writer of the rules."""

    beslissende_regel: Line | None
    """The line of the rules that gives the outcome; null when completions reach different lines."""

    bronnen: list[Citation]
    """The places in documents that the rules for the verdict cite."""

    exact: bool
    """Whether every possible result was decided exactly."""

    mogelijk: list[str]
    """The names of the outcomes that are possible, best first."""

    redenen: list[Point]
    """The points that decide it, most important first."""

    status: Settled
    """Settled, still open, or closed. With the reason `lijst_zonder_grens` it is open even if `mogelijk` holds one outcome alone. Closed: then `uitkomst` is the worst that the closed answers allow, and `mogelijk` what the answers alone leave."""

    titel: str
    """The question that it answers."""

    uitkomst: str | None
    """The outcome's name; null when open."""

    uitkomst_titel: str | None
    """The outcome's words; null when open."""

    uitkomsten: list[Named]
    """All outcomes of these rules, best first."""

    voorlopig: Provisional | None
    """Why not; null exactly when `exact`. Then `mogelijk` may name an outcome that cannot happen, never the other way round; but with `lijst_zonder_grens` others may happen too."""


class AnswerClass(TypedDict):
    """Answers that leave the same results."""

    combinatie_plaatsen: list[int]
    """The combinations that stay possible: places in the verdict's `combinaties`, from 0, ascending."""

    combinaties_meer: int
    """How many more stay possible, that the verdict's `combinaties` do not hold."""

    mogelijk: list[str]
    """The names of the outcomes that stay possible, best first."""

    teksten: list[str]
    """The same in the language asked for, one text for each, with options by their labels."""

    waarden: list[str]
    """The answers in Dutch words, options by their names: `a + b` is these two alone, `minstens a` any choice with it."""

    waarden_meer: int
    """How many more answers there are, that are not named."""


class OpenQuestion(TypedDict):
    """An open question that can still change the outcome or a route."""

    beantwoord_door: str | None
    """Who answers it."""

    bij: str | None
    """The item of the list, by its first text or else its number from 1: `"Scenario 1"`, `nummer 2`; else null."""

    bronnen: list[Citation]
    """The places in documents that it cites."""

    klassen: list[AnswerClass]
    """The answers, those that leave the same results together."""

    klassen_meer: int
    """How many more there are than `klassen` holds."""

    mist_onderbouwing: bool
    """Whether something was answered, but without the written ground that it needs."""

    niet_te_zeggen: str | None
    """The reason why it cannot be said. Then it is not asked again."""

    opties: list[Named]
    """The options of a question that has them, with their labels: `klassen` names options."""

    pointer: str
    """JSON pointer of the answer in the proposal."""

    raakt_oordeel: bool
    """Whether it can change the outcome; else it changes a route only."""

    titel: str
    """The question."""

    uitleg: str | None
    """Help with answering."""

    veld: str | None
    """The field's name, for an answer in a list; else null."""

    vraag: str
    """The question's name."""


class Route(TypedDict):
    """Who decides, signs or is heard."""

    aannames: list[Reading]
    """The readings that rest on the writer of the rules."""

    antwoorden: list[Answer]
    """The answers it reads, apart from those behind the total and the outcome."""

    bestandsregel: int | None
    """Its line in the rule file, from 1; null when it stands in a building block."""

    bronnen: list[Citation]
    """The places in documents that it cites."""

    keuze: str | None
    """The choice's name; null when open."""

    keuze_titel: str | None
    """The choice's words; null when open."""

    keuzes: list[Named]
    """All choices, in rule order."""

    mogelijk: list[str]
    """The names of the choices that are possible, in rule order."""

    naam: str
    """Its name."""

    status: Settled
    """Settled, or still open. Apart from the verdict: either can be settled alone."""

    titel: str
    """Its question."""


SignalStatus: TypeAlias = Literal["ja", "nee", "open", "vervallen"]
"""The state of a signal."""


class Signal(TypedDict):
    """Advice or a risk."""

    aannames: list[Reading]
    """The readings that rest on the writer of the rules."""

    antwoorden: list[Answer]
    """The answers it reads."""

    bestandsregel: int | None
    """Its line in the rule file, from 1; null when it stands in a building block."""

    bronnen: list[Citation]
    """The places in documents that it cites."""

    melding: str | None
    """The measure, unless the signal is certainly not given."""

    naam: str
    """Its name."""

    status: SignalStatus
    """Its state."""

    titel: str
    """Its title."""


ExclusionStatus: TypeAlias = Literal["ja", "nee", "open"]
"""The state of an exclusion."""


class Exclusion(TypedDict):
    """Something that puts a proposal outside the programme."""

    aannames: list[Reading]
    """The readings that rest on the writer of the rules."""

    antwoorden: list[Answer]
    """The answers it reads."""

    bestandsregel: int | None
    """Its line in the rule file, from 1; null when it stands in a building block."""

    bronnen: list[Citation]
    """The places in documents that it cites."""

    melding: str | None
    """What the rules say about it, unless it certainly does not exclude."""

    naam: str
    """Its name."""

    status: ExclusionStatus
    """Its state."""

    titel: str
    """Its title."""


class Difference(TypedDict):
    """An answer on which givers differ. It can be what was given and nothing else."""

    bij: str | None
    """The item of the list, by its first text or else its number from 1; else null."""

    gegeven: list[GivenAnswer]
    """Who gave what: the proposal's own answer first, then the assessors in order."""

    klassen: list[AnswerClass]
    """The given answers, those that leave the same results together; empty when it makes no difference."""

    opties: list[Named]
    """The options of a question that has them, with their labels: `klassen` names options."""

    pointer: str
    """JSON pointer of the answer."""

    raakt_oordeel: bool
    """Whether it can change the outcome; else a route only, or nothing."""

    titel: str
    """The question."""

    van_belang: bool
    """Whether it can change the outcome or a route."""

    veld: str | None
    """The field's name, for an answer in a list; else null."""

    vraag: str
    """The question's name."""


class ProposalHeader(TypedDict):
    """What a proposal says about itself."""

    bestand: str
    """The name the host gave its file, without folders."""

    indiener: str | None
    """Who submits it."""

    peildatum: str | None
    """The reference date, `JJJJ-MM-DD`."""

    sha256: str
    """SHA-256 of its bytes, in small hexadecimal letters."""

    titel: str | None
    """Its title."""


ConditionStatus: TypeAlias = Literal["vervuld", "niet_vervuld", "open", "vervallen"]
"""The state of a condition."""


class Condition(TypedDict):
    """Something to be arranged before a start."""

    aannames: list[Reading]
    """The readings that rest on the writer of the rules."""

    antwoorden: list[Answer]
    """The answers it reads."""

    bestandsregel: int | None
    """Its line in the rule file, from 1; null when it stands in a building block."""

    bronnen: list[Citation]
    """The places in documents that it cites."""

    geldt_alleen_als: str | None
    """What it must meet to apply at all, where that rests on an open question too, as far as can be seen without a search; else null."""

    naam: str
    """Its name."""

    status: ConditionStatus
    """Its state."""

    te_regelen: str | None
    """What to arrange; null when nothing is, or when the rules don't say."""

    titel: str
    """Its title."""


class VerdictDocument(TypedDict):
    """The document `urn:meetlat:document:oordeel:2`."""

    aannames: list[Assumption]
    """The readings that rest on the writer of the rules instead of on a document."""

    afsluiting: Closing | None
    """The recorded act by which open answers were counted at their worst; null when there is none."""

    beoordelaars: list[Assessor]
    """Who assessed it beside its own answers."""

    besluit: None
    """Null: the empty place for the decision that people take. This document is advice."""

    combinaties: list[Combination]
    """The combinations of an outcome and a choice of each route that answers to the open questions can give."""

    combinaties_meer: int
    """How many more there are than `combinaties` holds."""

    consensus: list[Consensus]
    """What was agreed on, in place of what had been given; in file order."""

    criteria: list[Criterion]
    """The criteria."""

    documentversie: Literal["2"]
    """The version of this document's form: `2`."""

    let_op: list[Caution]
    """Contradictions and gaps in the documents."""

    meetlat: RuleFile
    """The rules it was judged by."""

    meldingen: list[Message]
    """Warnings about the rules."""

    ontbrekende_rijen: list[MissingRow]
    """Rows that were looked up but are not in the table. No answer can mend that."""

    ontbrekende_rijen_meer: int
    """How many more there are than `ontbrekende_rijen` holds."""

    oordeel: Outcome
    """The verdict."""

    open_vragen: list[OpenQuestion]
    """The open questions that can still change the outcome or a route, most decisive first."""

    routes: list[Route]
    """Who decides, signs, is heard."""

    signalen: list[Signal]
    """Advice and risks; without effect on the score."""

    taalversie: str
    """The version of the rule language: `1`."""

    totaal: Score
    """The weighted mean of the criteria that count."""

    uitsluitingen: list[Exclusion]
    """What puts a proposal outside the programme."""

    verschillen: list[Difference]
    """The answers on which they differ: those that matter, most decisive first, then the others in file order."""

    volledig: bool
    """Whether `combinaties` is exact. If not, see `oordeel.voorlopig`."""

    voorstel: ProposalHeader
    """The proposal."""

    voorwaarden: list[Condition]
    """What must be arranged before a start."""


class Standing(TypedDict):
    """An outcome as it stands. The fields are those that `oordeel` of a verdict begins with."""

    mogelijk: list[str]
    """The names of the outcomes that are possible, best first."""

    status: Settled
    """Settled, still open, or (of what to ask next alone) closed."""

    titel: str
    """The question that it answers."""

    uitkomst: str | None
    """The outcome's name; null when open."""

    uitkomst_titel: str | None
    """The outcome's words; null when open."""

    uitkomsten: list[Named]
    """All outcomes of these rules, best first."""


class NextDocument(TypedDict):
    """The document `urn:meetlat:document:vraag:2`."""

    documentversie: Literal["2"]
    """The version of this document's form: `2`."""

    exact: bool
    """Whether this was decided exactly."""

    meetlat: RuleFile
    """The rules."""

    niet_te_zeggen_vragen: list[str]
    """JSON pointers of the answers that matter, but cannot be said."""

    nog_van_belang: int
    """How many questions that can be asked still matter."""

    oordeel: Standing
    """The outcome as it stands."""

    open_vraag: OpenQuestion | None
    """The question to ask: of those that can still change the outcome or a route the most decisive, answers that cannot be said left out. Null: nothing that can be asked changes anything any more."""

    voorlopig: Provisional | None
    """Why not; null exactly when `exact`. Then a question may be asked that changes nothing after all."""

    voorstel: ProposalHeader
    """The proposal."""

    waarvan_voor_oordeel: int
    """Of those, how many can change the outcome; the others change a route only."""


Direction: TypeAlias = Literal["beter", "slechter", "anders"]
"""How a target lies to what is sure now: the settled outcome, or the worst that is possible."""


class Change(TypedDict):
    """A new answer to one question."""

    naar: list[str]
    """The new answers that do it, whatever the other changes of the set take from theirs: one text per stretch."""

    onderbouwing_nodig: bool
    """The new answer needs a written ground."""

    pointer: str
    """JSON pointer of the answer in the proposal."""

    slechtere_kant: bool
    """The new answer lies on the worse side of the old one."""

    tekst: str
    """The change in words."""

    titel: str
    """The question's title."""

    veld: str | None
    """The field's name, for a field of a list."""

    voorbeeld: Any
    """One answer that does it, as a proposal has it. For a text and a list's texts: any words will do."""

    vraag: str
    """The question's name, or the list's."""

    waarde: Any
    """The answer now, as in the proposal; null when open."""

    was_open: bool
    """The question was open: this is a first answer, no change."""


class ChangeSet(TypedDict):
    """Changes that do it together."""

    wijzigingen: list[Change]
    """In rule-file order."""


class Ways(TypedDict):
    """The smallest sets of changes for one target."""

    aantal: int | None
    """How many answers change; null when there is no set."""

    bewezen: bool
    """Whether it is proved that fewer do not suffice, worse answers left out; without sets: that nothing does."""

    meer: bool
    """There are more sets of that size."""

    reeksen: list[ChangeSet]
    """The sets of that size."""

    tegendraads: list[ChangeSet]
    """Oddities of the rules: smaller sets, of at most three changes, in which an answer gets worse. No advice."""

    voorlopig: Provisional | None
    """Why not; null exactly when `bewezen`."""


class Goal(TypedDict):
    """A target: an outcome, or a route's choice, that is to be settled."""

    doel: Named
    """The outcome, or the choice."""

    richting: Direction
    """Whether the target is better than what is sure now."""

    route: str | None
    """The route's name; null for an outcome."""

    route_titel: str | None
    """The route's title; null for an outcome."""

    staat_al_vast: bool
    """It is settled already: nothing needs to change."""

    tekst: str
    """The target in one sentence, with what was found."""

    wijzigen: Ways | None
    """Changes of given answers, everything open staying open; null when it is settled already."""

    wijzigen_en_invullen: Ways | None
    """The same when open questions may also be answered; null when changing given answers does it, or nothing is open."""


class ImprovementDocument(TypedDict):
    """The document `urn:meetlat:document:verbeter:2`."""

    documentversie: Literal["2"]
    """The version of this document's form: `2`."""

    doelen: list[Goal]
    """One per target, best outcome first."""

    exact: bool
    """Whether all of this was proved: no smaller set does."""

    meetlat: RuleFile
    """The rules."""

    oordeel: Standing
    """The outcome as it stands."""

    voorlopig: Provisional | None
    """Why not; null exactly when `exact`."""

    voorstel: ProposalHeader
    """The proposal."""


class Others(TypedDict):
    """How many other sets there are."""

    aantal: int
    """How many were found."""

    precies: bool
    """There are no more. If false there are at least so many: the count ended, at [`Limits::other_sets`] or [`Limits::search_steps`]."""


class AnsweredQuestion(TypedDict):
    """A given answer."""

    bij: str | None
    """What the item is called; null for a question."""

    pointer: str
    """JSON pointer of the answer."""

    staat_vast: bool
    """The question says that its answer stands fast."""

    tekst: str
    """The answer in words."""

    titel: str
    """The question's title."""

    veld: str | None
    """The field of a list's item; null for a question."""

    vraag: str
    """The question's name."""


class DecidingAnswers(TypedDict):
    """The fewest given answers that already decide the outcome, whatever the other answers are."""

    andere: Others
    """How many other sets of as many answers decide too."""

    antwoorden: list[AnsweredQuestion]
    """The answers. Empty: the outcome is the same whatever is answered."""

    kleinste: bool
    """It was shown that no fewer answers decide."""


DecidingKind: TypeAlias = Literal["criterium", "voorwaarde", "uitsluiting", "eis", "antwoord"]
"""Kinds of point."""


PointStanding: TypeAlias = Literal["score", "beantwoord", "ja", "nee", "vervallen", "open"]
"""How a point stands."""


class DecidingPoint(TypedDict):
    """A point that helps to decide."""

    antwoorden: list[AnsweredQuestion]
    """The given answers it reads: those that are kept, and those that stand fast."""

    naam: str
    """The name of the criterium, voorwaarde or uitsluiting; the JSON pointer of an answer."""

    soort: DecidingKind
    """What kind of point."""

    stand: PointStanding
    """How it stands."""

    tekst: str
    """The score of a criterium, the answer itself; empty for others."""

    titel: str
    """Its title."""


class DecidingPoints(TypedDict):
    """The fewest points that already decide the outcome, whatever the other answers are."""

    andere: Others
    """How many other sets of as many points decide too."""

    kleinste: bool
    """It was shown that no fewer points decide."""

    punten: list[DecidingPoint]
    """The points. Empty: the outcome is the same whatever is answered."""


class Amount(TypedDict):
    """A share or a difference: a fraction of one."""

    breuk: str
    """In lowest terms: `2/3`."""

    tekst: str
    """As a percentage, rounded. Of an end, never so that it seems to reach what is there now."""


class Side(TypedDict):
    """An answer that speaks for or against."""

    antwoord: AnsweredQuestion
    """The answer as given."""

    kan_meer_zijn: bool
    """It may be more: not every length of a list was tried."""

    verschil: Amount
    """How much the criterion's score could differ with another answer to this alone."""

    verschil_totaal: Amount | None
    """The same in the total, at the criterion's share; null when that share is open or the criterion does not count."""


class CriterionSides(TypedDict):
    """What speaks for and against in one criterion."""

    aandeel: Amount | None
    """Its share in the total; null when that is open, or when it does not count."""

    eis_niet_gehaald: str | None
    """The requirement that is missed for certain, in words (`minstens 50%`); null when there is none."""

    naam: str
    """Its name."""

    score: Score
    """Its score."""

    tegen: list[Side]
    """The answers that speak against: with another answer the greatest score could be higher."""

    titel: str
    """Its title."""

    voor: list[Side]
    """The answers that speak for: with another answer the least score could be lower."""


class Strongest(TypedDict):
    """The strongest point for or against."""

    antwoord: Side | None
    """The answer; null for other kinds."""

    eis_niet_gehaald: str | None
    """The requirement in words; null for other kinds."""

    naam: str
    """The name of the uitsluiting, the voorwaarde or the criterium."""

    soort: DecidingKind
    """What kind of point. A requirement and an answer are those of a criterion."""

    titel: str
    """Its title."""


class WhyDocument(TypedDict):
    """The document `urn:meetlat:document:waarom:2`."""

    beslissende_antwoorden: DecidingAnswers | None
    """The fewest answers that already decide the outcome; null when the outcome is open, or when this was not asked."""

    beslissende_punten: DecidingPoints | None
    """The fewest points that already decide the outcome; null when the outcome is open."""

    criteria: list[CriterionSides]
    """Per criterion what speaks for and against."""

    documentversie: Literal["2"]
    """The version of this document's form: `2`."""

    exact: bool
    """Whether everything here was decided exactly."""

    meetlat: RuleFile
    """The rules."""

    oordeel: Standing
    """The outcome that is explained."""

    sterkste_tegen: Strongest | None
    """The strongest point against over all criteria, conditions and exclusions; null when nothing there speaks against."""

    sterkste_voor: Strongest | None
    """The strongest point for; null when nothing speaks for."""

    voorlopig: Provisional | None
    """Why not; null exactly when `exact`. Not exact means: what is said to decide does decide, but it may not be the smallest, and an answer that speaks for or against may be missing."""

    voorstel: ProposalHeader
    """The proposal."""


class ThresholdEnd(TypedDict):
    """An end of the room that a percentage has."""

    getal: str
    """A fraction of one in lowest terms."""

    inbegrepen: bool
    """Whether the outcome stands at the end itself."""

    tekst: str
    """In words; it never seems to reach the present percentage."""


class Percentage(TypedDict):
    """A percentage."""

    getal: str
    """A fraction of one in lowest terms."""

    tekst: str
    """In words."""


ThresholdKind: TypeAlias = Literal["totaal", "criterium", "onderdeel", "begrip", "eis"]
"""What a percentage is compared with."""


Certainty: TypeAlias = Literal["exact", "te_krap", "te_ruim", "onbekend"]
"""Which way something may err."""


class Threshold(TypedDict):
    """A percentage that a score is compared with, and how far it can move."""

    bestandsregel: int | None
    """The line in the rule file, from 1; null when it stands in a building block."""

    bovengrens: ThresholdEnd | None
    """Up to where it stands; null: however high."""

    naam: str
    """The criterion, part or term; `totaal`."""

    nu: Percentage
    """The percentage as it is."""

    ondergrens: ThresholdEnd | None
    """From where the outcome stands; null: however low."""

    soort: ThresholdKind
    """What it is compared with."""

    titel: str
    """Its title; empty for the total."""

    zekerheid: Certainty
    """Which way the ends may err."""


class WeightEnd(TypedDict):
    """An end of the room that a weight has."""

    aandeel: Amount
    """Its share; in words it never seems to reach the present share."""

    getal: str
    """The weight, a fraction in lowest terms."""

    inbegrepen: bool
    """Whether the outcome stands at the end itself."""


class Portion(TypedDict):
    """A weight, and its share among the weights it stands with: those of all criteria that count, or of all parts of the mean; those that do not apply included."""

    aandeel: Amount
    """Its share."""

    getal: str
    """The weight, a fraction in lowest terms."""


WeightKind: TypeAlias = Literal["criterium", "deel"]
"""What a weight is of."""


class Weight(TypedDict):
    """A weight, and how far it can move while all others stay."""

    bestandsregel: int | None
    """The line in the rule file, from 1; null when it stands in a building block."""

    binnen: str | None
    """The criterion or part whose mean it is in; null for a criterion."""

    bovengrens: WeightEnd | None
    """Up to where it stands; null: however great."""

    naam: str
    """The criterion or part of a mean that it is the weight of."""

    nu: Portion
    """The weight as it is."""

    ondergrens: WeightEnd | None
    """From where the outcome stands; null: however small, as weights are above 0."""

    soort: WeightKind
    """Of a criterion in the total, or of a part in a mean."""

    titel: str
    """Its title."""

    zekerheid: Certainty
    """Which way the ends may err."""


ReadingKind: TypeAlias = Literal["combinatie", "deels_telt", "eis_strenger", "eis_soepeler"]
"""What is read."""


class OtherReading(TypedDict):
    """A reading of the rules that could be otherwise, and what the outcome would be then."""

    aanname: str | None
    """The reason that the writer of the rules gives; null for a requirement that a document asks."""

    anders: str
    """Read otherwise."""

    bestandsregel: int | None
    """The line in the rule file, from 1; null when it stands in a building block."""

    exact: bool
    """Whether they were decided exactly. If not, `mogelijk` may name one that cannot happen."""

    lezing: str
    """As it is: `hoogste`, `gemiddelde`, `laagste`, or a fraction of one."""

    mogelijk: list[str]
    """The names of the outcomes that are possible then, best first."""

    naam: str | None
    """The criterion or part; null for what deels counts for."""

    soort: ReadingKind
    """What is read."""

    tekst: str
    """Both in words."""

    titel: str | None
    """Its title."""

    verschilt: bool
    """Whether they are others than now."""


ShareStatus: TypeAlias = Literal["exact", "grenzen", "te_veel_volgordes", "onbekend"]
"""Whether a share is known."""


class Share(TypedDict):
    """A share of weightings."""

    status: ShareStatus
    """Whether it is known."""

    tekst: str | None
    """In words; never 0% or 100% for what is only near it."""

    tot_en_met: str | None
    """The most it can be; the same when exact."""

    van: str | None
    """The least it can be, a fraction of one in lowest terms; null when not known."""


class Weightings(TypedDict):
    """Shares of the weightings of the criteria that keep the outcome."""

    alle: Share
    """Of all weightings, spread evenly."""

    zelfde_volgorde: Share
    """Of those that put the criteria in the same order; of equal weights either may be the greater."""


class FirmnessDocument(TypedDict):
    """The document `urn:meetlat:document:stevigheid:2`."""

    documentversie: Literal["2"]
    """The version of this document's form: `2`."""

    drempels: list[Threshold]
    """How far each percentage that a score is compared with can move alone, tightest first. Empty when the outcome is open."""

    exact: bool
    """Whether all of this is exact. If not, each part says which way it may err."""

    gewichten: list[Weight]
    """How far each weight can move alone, tightest first. Empty when the outcome is open."""

    lezingen: list[OtherReading]
    """What the outcome would be if the rules were read otherwise."""

    meetlat: RuleFile
    """The rules."""

    oordeel: Standing
    """The outcome that this is about."""

    voorlopig: Provisional | None
    """Why not; null exactly when `exact`. With `getallen_samen` it may also be that a share of weightings has bounds only."""

    voorstel: ProposalHeader
    """The proposal."""

    wegingen: Weightings | None
    """What share of all weightings of the criteria keeps the outcome; null when it is open."""


class Reach(TypedDict):
    """What examples reach."""

    aantal: int
    """How many there are."""

    alleen_mogelijk: int
    """How many are not settled in any example, but possible in some. An example whose search ended does not count here: it may call possible what cannot happen."""

    nooit_vast: list[str]
    """Those that are settled in no example, in rule order; a choice as `route keuze`."""

    vast: int
    """How many are settled in some example."""


class OverviewDocument(TypedDict):
    """The document `urn:meetlat:document:overzicht:2`."""

    aantal_aannames: int
    """How many readings rest on the writer: every `aanname` and every `bewust`."""

    aantal_bronplaatsen: int
    """How many different places in those documents are cited."""

    aantal_criteria: int
    """How many `criterium`."""

    aantal_documenten: int
    """How many documents the headers name."""

    aantal_routes: int
    """How many `route`."""

    aantal_signalen: int
    """How many `signaal`."""

    aantal_uitsluitingen: int
    """How many `uitsluiting`."""

    aantal_voorbeelden: int
    """How many `voorbeeld`. Whether they come out as expected is told by `meetlat test`."""

    aantal_voorstellen: int
    """How many proposals the caller has for it."""

    aantal_voorwaarden: int
    """How many `voorwaarde`."""

    aantal_vragen: int
    """How many `vraag`."""

    bereik_keuzes: Reach
    """What examples reach of the choices of all routes together."""

    bereik_uitkomsten: Reach
    """What examples reach of the outcomes of the verdict."""

    bestand: str
    """The name the host gave its file, without folders."""

    documentversie: Literal["2"]
    """The version of this document's form."""

    geldig: Period
    """When it is in force."""

    naam: str
    """Its name."""

    versie: str | None
    """Its version; null when its header says none."""


class ReportDocument(TypedDict):
    """The document `urn:meetlat:document:meldingen:2`."""

    meldingen: list[Message]
    """In order of place."""
