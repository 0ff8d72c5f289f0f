// The documents that calls give. Made from their schemas by bindings/border/tests/types.rs; do not edit.

/** Any JSON: a piece of a proposal, as it was given. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A reading that the verdict relies on. */
export type Assumption = {
  /** The declaration it stands in, such as `criterium stip`. */
  readonly bij: string;
  /** What it is about, such as `gewicht`; empty for the whole declaration. */
  readonly over: string;
  /** The reason, as written. */
  readonly tekst: string;
};

/** As what an answer was counted. */
export type Counted = {
  /** The item of the list, by its first text or else its number from 1; else null. */
  readonly bij: string | null;
  /** JSON pointer of the answer. */
  readonly pointer: string;
  /** The answer in words; null where it makes no difference, neither to the outcome nor to a route. */
  readonly tekst: string | null;
  /** The question. */
  readonly titel: string;
  /** The field's name, for an answer in a list; else null. */
  readonly veld: string | null;
};

/** A route beside the witness of a closing. */
export type ClosedRoute = {
  /** The choice's name; null when that hangs on what stays open. */
  readonly keuze: string | null;
  /** The names of the choices that are possible, in rule order. */
  readonly mogelijk: readonly string[];
  /** The route's name. */
  readonly route: string;
};

/** Why something is not exact. */
export type ProvisionalReason = "grens" | "gestopt" | "lijst_zonder_grens" | "getallen_samen";

/** Why a result is not exact. */
export type Provisional = {
  /** The limit that ended the search, in steps; null unless the reason is `grens`. */
  readonly grens: number | null;
  /** The reason. */
  readonly reden: ProvisionalReason;
  /** The same in words. */
  readonly tekst: string;
  /** JSON pointer of the open question at which it was found. */
  readonly vraag: string | null;
};

/** The recorded act by which open answers were counted at their worst, and what comes of it. */
export type Closing = {
  /** When, `JJJJ-MM-DD`. */
  readonly datum: string;
  /** Who closed. */
  readonly door: string;
  /** Whether `mogelijk` is exact. If not, see `voorlopig`: nothing outside the list can happen, but something in it may not; with `lijst_zonder_grens` something else may happen too. */
  readonly exact: boolean;
  /** As what each closed answer was counted: one way to answer them together that gives the outcome. Empty when there is no outcome, or no such way was found. */
  readonly getuige: readonly Counted[];
  /** The worst outcomes, one for every way to answer what stays open, best first. */
  readonly mogelijk: readonly string[];
  /** Why. */
  readonly reden: string;
  /** The choices of the routes that go with the witness. */
  readonly routes: readonly ClosedRoute[];
  /** The other open answers with which the witness gives that outcome; empty: whatever they are. */
  readonly samen_met: readonly Counted[];
  /** All of this in words. */
  readonly tekst: string;
  /** The worst outcome over the closed answers together; null when that hangs on what stays open. */
  readonly uitkomst: string | null;
  /** The outcome's words. */
  readonly uitkomst_titel: string | null;
  /** Why `mogelijk` is not exact, or where it is, why no `getuige` was found. */
  readonly voorlopig: Provisional | null;
  /** JSON pointers of the closed answers. */
  readonly vragen: readonly string[];
};

/** Someone who assessed the proposal. */
export type Assessor = {
  /** When, `JJJJ-MM-DD`. */
  readonly datum: string;
  /** The name. */
  readonly naam: string;
  /** JSON pointers of answers that do not count, because they lack the ground they need. */
  readonly zonder_onderbouwing: readonly string[];
};

/** A choice of a route. */
export type RouteChoice = {
  /** The choice's name. */
  readonly keuze: string;
  /** The route's name. */
  readonly route: string;
};

/** An outcome and a choice of each route that can go together. */
export type Combination = {
  /** One choice per route. */
  readonly routes: readonly RouteChoice[];
  /** The outcome's name. */
  readonly uitkomst: string;
};

/** What one giver answered. */
export type GivenAnswer = {
  /** The evidence. */
  readonly bewijs: readonly string[];
  /** When, `JJJJ-MM-DD`; null for the proposal's own answer. */
  readonly datum: string | null;
  /** The written ground. */
  readonly onderbouwing: string | null;
  /** The answer in words. */
  readonly tekst: string;
  /** The same in the form a proposal has it. */
  readonly waarde: Json;
  /** The assessor's name; null: the proposal's own answer, which is the submitter's. */
  readonly wie: string | null;
};

/** An answer that was agreed on, in place of what was given. */
export type Consensus = {
  /** The item of the list, by its first text or else its number from 1; else null. */
  readonly bij: string | null;
  /** When, `JJJJ-MM-DD`. */
  readonly datum: string;
  /** Who agreed. */
  readonly namen: readonly string[];
  /** The ground: its own, else the reason of the agreement. */
  readonly onderbouwing: string | null;
  /** What had been given. */
  readonly oorspronkelijk: readonly GivenAnswer[];
  /** JSON pointer of the answer. */
  readonly pointer: string;
  /** Why. */
  readonly reden: string;
  /** The answer in words. */
  readonly tekst: string;
  /** The question. */
  readonly titel: string;
  /** The field's name, for an answer in a list; else null. */
  readonly veld: string | null;
  /** The question's name. */
  readonly vraag: string;
  /** The same in the form a proposal has it. */
  readonly waarde: Json;
};

/** Whether something is not applicable. */
export type NotApplicable = "nee" | "ja" | "mogelijk";

/** A score: the least and greatest value over all completions, as fractions of one in lowest terms. */
export type Score = {
  /** Whether it is not applicable. */
  readonly nvt: NotApplicable;
  /** In words, rounded so that it never seems to reach or cross a threshold that it doesn't. */
  readonly tekst: string;
  /** Greatest; the same as the least when settled. */
  readonly tot_en_met: string | null;
  /** Least; null when it is n.v.t. */
  readonly van: string | null;
};

/** A reading that rests on the writer of the rules. */
export type Reading = {
  /** What it is about, such as `gewicht`; empty for the whole declaration. */
  readonly over: string;
  /** The reason, as written. */
  readonly tekst: string;
};

/** Whether a question is answered. */
export type AnswerStatus = "gegeven" | "open" | "verschil";

/** An answer as read. */
export type Answer = {
  /** The evidence. */
  readonly bewijs: readonly string[];
  /** The reason why it cannot be said. */
  readonly niet_te_zeggen: string | null;
  /** The written ground. */
  readonly onderbouwing: string | null;
  /** JSON pointer of the answer in the proposal. */
  readonly pointer: string;
  /** Whether it counts as answered. An answer without a ground that must have one is open. */
  readonly status: AnswerStatus;
  /** In words. */
  readonly tekst: string;
  /** The question. */
  readonly titel: string;
  /** The field's name, for an answer in a list; else null. */
  readonly veld: string | null;
  /** The question's name. */
  readonly vraag: string;
  /** The answer in the form a proposal has it; for a list an array of objects; null when nothing was answered. */
  readonly waarde: Json;
};

/** A place in a document. */
export type Citation = {
  /** The document's name, see `meetlat.documenten`. */
  readonly document: string;
  /** The place in it. */
  readonly plaats: string;
};

/** The state of a requirement. */
export type RequirementStatus = "gehaald" | "niet_gehaald" | "open" | "vervallen";

/** A requirement. */
export type Requirement = {
  /** The least score, a fraction of one. */
  readonly minstens: string;
  /** Whether it is met. */
  readonly status: RequirementStatus;
  /** In words. */
  readonly tekst: string;
};

/** Kinds of reason. */
export type ReasonCode = "getoond" | "vervallen" | "antwoord" | "hoogste" | "laagste" | "gemiddelde" | "aandeel_ja" | "regel" | "lijn";

/** A part of a combined score. */
export type ReasonPart = {
  /** Its weight, a fraction. */
  readonly gewicht: string;
  /** Its name. */
  readonly naam: string;
  /** Its score. */
  readonly score: Score;
  /** Its title. */
  readonly titel: string | null;
};

/** A line of a ladder. */
export type Line = {
  /** Its line in the rule file, from 1; null when it stands in a building block. */
  readonly bestandsregel: number | null;
  /** As written in the rule file, without its ground. */
  readonly geschreven: string;
  /** Its place among the ladder's lines, from 1. */
  readonly nummer: number;
  /** The same with titles instead of names. */
  readonly tekst: string;
};

/** The arguments of a reason. */
export type ReasonArguments = {
  /** The parts that were combined; empty for other reasons. */
  readonly delen: readonly ReasonPart[];
  /** The lines of a ladder that can be the first to hold; empty for other reasons. */
  readonly regels: readonly Line[];
};

/** Why a score is what it is: a code with its arguments, and the same in words. */
export type Reason = {
  /** What kind of reason. */
  readonly code: ReasonCode;
  /** Its arguments. */
  readonly gegevens: ReasonArguments;
  /** In words. */
  readonly tekst: string;
};

/** A criterion and how it scores. */
export type Criterion = {
  /** Its weight divided by the weights of all criteria that apply. */
  readonly aandeel: Score;
  /** The readings that rest on the writer of the rules. */
  readonly aannames: readonly Reading[];
  /** The answers its score reads or that it shows. */
  readonly antwoorden: readonly Answer[];
  /** Its line in the rule file, from 1; null when it stands in a building block. */
  readonly bestandsregel: number | null;
  /** Share times score: what it adds to the total. */
  readonly bijdrage: Score;
  /** The places in documents that it cites. */
  readonly bronnen: readonly Citation[];
  /** What it must score at least; null when there is no such requirement. */
  readonly eis: Requirement | null;
  /** Its weight, a fraction; null when it does not count. */
  readonly gewicht: string | null;
  /** Its name. */
  readonly naam: string;
  /** Its score. n.v.t. for one that only shows answers. */
  readonly score: Score;
  /** Why the score is what it is. */
  readonly score_reden: Reason;
  /** Its title. */
  readonly titel: string;
};

/** A contradiction or gap in the documents. */
export type Caution = {
  /** The declaration it stands in, such as `criterium stip`. */
  readonly bij: string;
  /** Whether that declaration plays a part in this verdict. If not, what stands there does not apply to this proposal. */
  readonly speelt_mee: boolean;
  /** As written. */
  readonly tekst: string;
};

/** A file that was read. */
export type File = {
  /** The name the host gave it, without folders. */
  readonly naam: string;
  /** SHA-256 of its bytes, in small hexadecimal letters. */
  readonly sha256: string;
};

/** A document that rules cite. */
export type Document = {
  /** Its date in words: a day, a month or a year. */
  readonly datum: string | null;
  /** The word by which rules cite it; with the building block's name behind it where another file has that word for another document. */
  readonly naam: string;
  /** Its title. */
  readonly titel: string;
};

/** A period, both days included. Null: no such end. */
export type Period = {
  /** Last day, `JJJJ-MM-DD`. */
  readonly tot_en_met: string | null;
  /** First day, `JJJJ-MM-DD`. */
  readonly van: string | null;
};

/** The rules a proposal was judged by. */
export type RuleFile = {
  /** The files it was read from: the rule file, then the building blocks in the order in which they are first used. */
  readonly bestanden: readonly File[];
  /** What `deels` counts for, a fraction of one in lowest terms; null where no score needs it. */
  readonly deels_telt: string | null;
  /** The documents that rules cite, those of building blocks too. */
  readonly documenten: readonly Document[];
  /** When it is in force. */
  readonly geldig: Period;
  /** Its name. */
  readonly naam: string;
  /** The reference date it was applied for, `JJJJ-MM-DD`. */
  readonly peildatum: string | null;
  /** Its title. */
  readonly titel: string;
  /** Its version. */
  readonly versie: string | null;
};

/** How bad a message is. */
export type MessageSeverity = "fout" | "waarschuwing";

/** A place in a text. Lines and columns count from 1, columns in characters. */
export type MessagePlace = {
  /** The name the host gave the text. */
  readonly bestand: string;
  /** Column one past the last character. */
  readonly eindkolom: number;
  /** Line of the end. */
  readonly eindregel: number;
  /** Column of the first character. */
  readonly kolom: number;
  /** JSON pointer of the value, for proposals. */
  readonly pad: string | null;
  /** Line of the first character. */
  readonly regel: number;
};

/** One message. */
export type Message = {
  /** Stable code such as `M0203`. M: rule files, V: proposals, G: limits, B: files and hosts. */
  readonly code: string;
  /** How bad it is. */
  readonly ernst: MessageSeverity;
  /** What to do. In the language asked for. */
  readonly hulp: string | null;
  /** What is wrong. In the language asked for. */
  readonly melding: string;
  /** The first is where it is wrong; others are where to look too. Empty when it has no place. */
  readonly plaatsen: readonly MessagePlace[];
};

/** A row that was looked up but is not in the table. */
export type MissingRow = {
  /** The keys in words. */
  readonly sleutels: readonly string[];
  /** The table's name. */
  readonly tabel: string;
  /** The same in a sentence. */
  readonly tekst: string;
};

/** Kinds of deciding points. */
export type PointCode = "uitsluiting" | "eis" | "voorwaarde" | "totaal" | "criterium" | "antwoord" | "regel" | "alle_invullingen" | "open_lijst";

/** A point that decides the verdict. */
export type Point = {
  /** What kind of point. */
  readonly code: PointCode;
  /** What it is about: the name of a criterium, voorwaarde or uitsluiting, or the JSON pointer of an answer. */
  readonly over: string | null;
  /** The point in one sentence. */
  readonly tekst: string;
};

/** Whether something is the same whatever the answers to the open questions. */
export type Settled = "vast" | "open" | "afgesloten";

/** A name and what it stands for. */
export type Named = {
  /** The name. */
  readonly naam: string;
  /** What it stands for. */
  readonly titel: string;
};

/** The verdict. */
export type Outcome = {
  /** The readings that rest on the writer of the rules. */
  readonly aannames: readonly Reading[];
  /** The line of the rules that gives the outcome; null when completions reach different lines. */
  readonly beslissende_regel: Line | null;
  /** The places in documents that the rules for the verdict cite. */
  readonly bronnen: readonly Citation[];
  /** Whether every possible result was decided exactly. */
  readonly exact: boolean;
  /** The names of the outcomes that are possible, best first. */
  readonly mogelijk: readonly string[];
  /** The points that decide it, most important first. */
  readonly redenen: readonly Point[];
  /** Settled, still open, or closed. With the reason `lijst_zonder_grens` it is open even if `mogelijk` holds one outcome alone. Closed: then `uitkomst` is the worst that the closed answers allow, and `mogelijk` what the answers alone leave. */
  readonly status: Settled;
  /** The question that it answers. */
  readonly titel: string;
  /** The outcome's name; null when open. */
  readonly uitkomst: string | null;
  /** The outcome's words; null when open. */
  readonly uitkomst_titel: string | null;
  /** All outcomes of these rules, best first. */
  readonly uitkomsten: readonly Named[];
  /** Why not; null exactly when `exact`. Then `mogelijk` may name an outcome that cannot happen, never the other way round; but with `lijst_zonder_grens` others may happen too. */
  readonly voorlopig: Provisional | null;
};

/** Answers that leave the same results. */
export type AnswerClass = {
  /** The combinations that stay possible: places in the verdict's `combinaties`, from 0, ascending. */
  readonly combinatie_plaatsen: readonly number[];
  /** How many more stay possible, that the verdict's `combinaties` do not hold. */
  readonly combinaties_meer: number;
  /** The names of the outcomes that stay possible, best first. */
  readonly mogelijk: readonly string[];
  /** The same in the language asked for, one text for each, with options by their labels. */
  readonly teksten: readonly string[];
  /** The answers in Dutch words, options by their names: `a + b` is these two alone, `minstens a` any choice with it. */
  readonly waarden: readonly string[];
  /** How many more answers there are, that are not named. */
  readonly waarden_meer: number;
};

/** An open question that can still change the outcome or a route. */
export type OpenQuestion = {
  /** Who answers it. */
  readonly beantwoord_door: string | null;
  /** The item of the list, by its first text or else its number from 1: `"Scenario 1"`, `nummer 2`; else null. */
  readonly bij: string | null;
  /** The places in documents that it cites. */
  readonly bronnen: readonly Citation[];
  /** The answers, those that leave the same results together. */
  readonly klassen: readonly AnswerClass[];
  /** How many more there are than `klassen` holds. */
  readonly klassen_meer: number;
  /** Whether something was answered, but without the written ground that it needs. */
  readonly mist_onderbouwing: boolean;
  /** The reason why it cannot be said. Then it is not asked again. */
  readonly niet_te_zeggen: string | null;
  /** The options of a question that has them, with their labels: `klassen` names options. */
  readonly opties: readonly Named[];
  /** JSON pointer of the answer in the proposal. */
  readonly pointer: string;
  /** Whether it can change the outcome; else it changes a route only. */
  readonly raakt_oordeel: boolean;
  /** The question. */
  readonly titel: string;
  /** Help with answering. */
  readonly uitleg: string | null;
  /** The field's name, for an answer in a list; else null. */
  readonly veld: string | null;
  /** The question's name. */
  readonly vraag: string;
};

/** Who decides, signs or is heard. */
export type Route = {
  /** The readings that rest on the writer of the rules. */
  readonly aannames: readonly Reading[];
  /** The answers it reads, apart from those behind the total and the outcome. */
  readonly antwoorden: readonly Answer[];
  /** Its line in the rule file, from 1; null when it stands in a building block. */
  readonly bestandsregel: number | null;
  /** The places in documents that it cites. */
  readonly bronnen: readonly Citation[];
  /** The choice's name; null when open. */
  readonly keuze: string | null;
  /** The choice's words; null when open. */
  readonly keuze_titel: string | null;
  /** All choices, in rule order. */
  readonly keuzes: readonly Named[];
  /** The names of the choices that are possible, in rule order. */
  readonly mogelijk: readonly string[];
  /** Its name. */
  readonly naam: string;
  /** Settled, or still open. Apart from the verdict: either can be settled alone. */
  readonly status: Settled;
  /** Its question. */
  readonly titel: string;
};

/** The state of a signal. */
export type SignalStatus = "ja" | "nee" | "open" | "vervallen";

/** Advice or a risk. */
export type Signal = {
  /** The readings that rest on the writer of the rules. */
  readonly aannames: readonly Reading[];
  /** The answers it reads. */
  readonly antwoorden: readonly Answer[];
  /** Its line in the rule file, from 1; null when it stands in a building block. */
  readonly bestandsregel: number | null;
  /** The places in documents that it cites. */
  readonly bronnen: readonly Citation[];
  /** The measure, unless the signal is certainly not given. */
  readonly melding: string | null;
  /** Its name. */
  readonly naam: string;
  /** Its state. */
  readonly status: SignalStatus;
  /** Its title. */
  readonly titel: string;
};

/** The state of an exclusion. */
export type ExclusionStatus = "ja" | "nee" | "open";

/** Something that puts a proposal outside the programme. */
export type Exclusion = {
  /** The readings that rest on the writer of the rules. */
  readonly aannames: readonly Reading[];
  /** The answers it reads. */
  readonly antwoorden: readonly Answer[];
  /** Its line in the rule file, from 1; null when it stands in a building block. */
  readonly bestandsregel: number | null;
  /** The places in documents that it cites. */
  readonly bronnen: readonly Citation[];
  /** What the rules say about it, unless it certainly does not exclude. */
  readonly melding: string | null;
  /** Its name. */
  readonly naam: string;
  /** Its state. */
  readonly status: ExclusionStatus;
  /** Its title. */
  readonly titel: string;
};

/** An answer on which givers differ. It can be what was given and nothing else. */
export type Difference = {
  /** The item of the list, by its first text or else its number from 1; else null. */
  readonly bij: string | null;
  /** Who gave what: the proposal's own answer first, then the assessors in order. */
  readonly gegeven: readonly GivenAnswer[];
  /** The given answers, those that leave the same results together; empty when it makes no difference. */
  readonly klassen: readonly AnswerClass[];
  /** The options of a question that has them, with their labels: `klassen` names options. */
  readonly opties: readonly Named[];
  /** JSON pointer of the answer. */
  readonly pointer: string;
  /** Whether it can change the outcome; else a route only, or nothing. */
  readonly raakt_oordeel: boolean;
  /** The question. */
  readonly titel: string;
  /** Whether it can change the outcome or a route. */
  readonly van_belang: boolean;
  /** The field's name, for an answer in a list; else null. */
  readonly veld: string | null;
  /** The question's name. */
  readonly vraag: string;
};

/** What a proposal says about itself. */
export type ProposalHeader = {
  /** The name the host gave its file, without folders. */
  readonly bestand: string;
  /** Who submits it. */
  readonly indiener: string | null;
  /** The reference date, `JJJJ-MM-DD`. */
  readonly peildatum: string | null;
  /** SHA-256 of its bytes, in small hexadecimal letters. */
  readonly sha256: string;
  /** Its title. */
  readonly titel: string | null;
};

/** The state of a condition. */
export type ConditionStatus = "vervuld" | "niet_vervuld" | "open" | "vervallen";

/** Something to be arranged before a start. */
export type Condition = {
  /** The readings that rest on the writer of the rules. */
  readonly aannames: readonly Reading[];
  /** The answers it reads. */
  readonly antwoorden: readonly Answer[];
  /** Its line in the rule file, from 1; null when it stands in a building block. */
  readonly bestandsregel: number | null;
  /** The places in documents that it cites. */
  readonly bronnen: readonly Citation[];
  /** What it must meet to apply at all, where that rests on an open question too, as far as can be seen without a search; else null. */
  readonly geldt_alleen_als: string | null;
  /** Its name. */
  readonly naam: string;
  /** Its state. */
  readonly status: ConditionStatus;
  /** What to arrange; null when nothing is, or when the rules don't say. */
  readonly te_regelen: string | null;
  /** Its title. */
  readonly titel: string;
};

/** The document `urn:meetlat:document:oordeel:2`. */
export type VerdictDocument = {
  /** The readings that rest on the writer of the rules instead of on a document. */
  readonly aannames: readonly Assumption[];
  /** The recorded act by which open answers were counted at their worst; null when there is none. */
  readonly afsluiting: Closing | null;
  /** Who assessed it beside its own answers. */
  readonly beoordelaars: readonly Assessor[];
  /** Null: the empty place for the decision that people take. This document is advice. */
  readonly besluit: null;
  /** The combinations of an outcome and a choice of each route that answers to the open questions can give. */
  readonly combinaties: readonly Combination[];
  /** How many more there are than `combinaties` holds. */
  readonly combinaties_meer: number;
  /** What was agreed on, in place of what had been given; in file order. */
  readonly consensus: readonly Consensus[];
  /** The criteria. */
  readonly criteria: readonly Criterion[];
  /** The version of this document's form: `2`. */
  readonly documentversie: "2";
  /** Contradictions and gaps in the documents. */
  readonly let_op: readonly Caution[];
  /** The rules it was judged by. */
  readonly meetlat: RuleFile;
  /** Warnings about the rules. */
  readonly meldingen: readonly Message[];
  /** Rows that were looked up but are not in the table. No answer can mend that. */
  readonly ontbrekende_rijen: readonly MissingRow[];
  /** How many more there are than `ontbrekende_rijen` holds. */
  readonly ontbrekende_rijen_meer: number;
  /** The verdict. */
  readonly oordeel: Outcome;
  /** The open questions that can still change the outcome or a route, most decisive first. */
  readonly open_vragen: readonly OpenQuestion[];
  /** Who decides, signs, is heard. */
  readonly routes: readonly Route[];
  /** Advice and risks; without effect on the score. */
  readonly signalen: readonly Signal[];
  /** The version of the rule language: `1`. */
  readonly taalversie: string;
  /** The weighted mean of the criteria that count. */
  readonly totaal: Score;
  /** What puts a proposal outside the programme. */
  readonly uitsluitingen: readonly Exclusion[];
  /** The answers on which they differ: those that matter, most decisive first, then the others in file order. */
  readonly verschillen: readonly Difference[];
  /** Whether `combinaties` is exact. If not, see `oordeel.voorlopig`. */
  readonly volledig: boolean;
  /** The proposal. */
  readonly voorstel: ProposalHeader;
  /** What must be arranged before a start. */
  readonly voorwaarden: readonly Condition[];
};

/** An outcome as it stands. The fields are those that `oordeel` of a verdict begins with. */
export type Standing = {
  /** The names of the outcomes that are possible, best first. */
  readonly mogelijk: readonly string[];
  /** Settled, still open, or (of what to ask next alone) closed. */
  readonly status: Settled;
  /** The question that it answers. */
  readonly titel: string;
  /** The outcome's name; null when open. */
  readonly uitkomst: string | null;
  /** The outcome's words; null when open. */
  readonly uitkomst_titel: string | null;
  /** All outcomes of these rules, best first. */
  readonly uitkomsten: readonly Named[];
};

/** The document `urn:meetlat:document:vraag:2`. */
export type NextDocument = {
  /** The version of this document's form: `2`. */
  readonly documentversie: "2";
  /** Whether this was decided exactly. */
  readonly exact: boolean;
  /** The rules. */
  readonly meetlat: RuleFile;
  /** JSON pointers of the answers that matter, but cannot be said. */
  readonly niet_te_zeggen_vragen: readonly string[];
  /** How many questions that can be asked still matter. */
  readonly nog_van_belang: number;
  /** The outcome as it stands. */
  readonly oordeel: Standing;
  /** The question to ask: of those that can still change the outcome or a route the most decisive, answers that cannot be said left out. Null: nothing that can be asked changes anything any more. */
  readonly open_vraag: OpenQuestion | null;
  /** Why not; null exactly when `exact`. Then a question may be asked that changes nothing after all. */
  readonly voorlopig: Provisional | null;
  /** The proposal. */
  readonly voorstel: ProposalHeader;
  /** Of those, how many can change the outcome; the others change a route only. */
  readonly waarvan_voor_oordeel: number;
};

/** How a target lies to what is sure now: the settled outcome, or the worst that is possible. */
export type Direction = "beter" | "slechter" | "anders";

/** A new answer to one question. */
export type Change = {
  /** The new answers that do it, whatever the other changes of the set take from theirs: one text per stretch. */
  readonly naar: readonly string[];
  /** The new answer needs a written ground. */
  readonly onderbouwing_nodig: boolean;
  /** JSON pointer of the answer in the proposal. */
  readonly pointer: string;
  /** The new answer lies on the worse side of the old one. */
  readonly slechtere_kant: boolean;
  /** The change in words. */
  readonly tekst: string;
  /** The question's title. */
  readonly titel: string;
  /** The field's name, for a field of a list. */
  readonly veld: string | null;
  /** One answer that does it, as a proposal has it. For a text and a list's texts: any words will do. */
  readonly voorbeeld: Json;
  /** The question's name, or the list's. */
  readonly vraag: string;
  /** The answer now, as in the proposal; null when open. */
  readonly waarde: Json;
  /** The question was open: this is a first answer, no change. */
  readonly was_open: boolean;
};

/** Changes that do it together. */
export type ChangeSet = {
  /** In rule-file order. */
  readonly wijzigingen: readonly Change[];
};

/** The smallest sets of changes for one target. */
export type Ways = {
  /** How many answers change; null when there is no set. */
  readonly aantal: number | null;
  /** Whether it is proved that fewer do not suffice, worse answers left out; without sets: that nothing does. */
  readonly bewezen: boolean;
  /** There are more sets of that size. */
  readonly meer: boolean;
  /** The sets of that size. */
  readonly reeksen: readonly ChangeSet[];
  /** Oddities of the rules: smaller sets, of at most three changes, in which an answer gets worse. No advice. */
  readonly tegendraads: readonly ChangeSet[];
  /** Why not; null exactly when `bewezen`. */
  readonly voorlopig: Provisional | null;
};

/** A target: an outcome, or a route's choice, that is to be settled. */
export type Goal = {
  /** The outcome, or the choice. */
  readonly doel: Named;
  /** Whether the target is better than what is sure now. */
  readonly richting: Direction;
  /** The route's name; null for an outcome. */
  readonly route: string | null;
  /** The route's title; null for an outcome. */
  readonly route_titel: string | null;
  /** It is settled already: nothing needs to change. */
  readonly staat_al_vast: boolean;
  /** The target in one sentence, with what was found. */
  readonly tekst: string;
  /** Changes of given answers, everything open staying open; null when it is settled already. */
  readonly wijzigen: Ways | null;
  /** The same when open questions may also be answered; null when changing given answers does it, or nothing is open. */
  readonly wijzigen_en_invullen: Ways | null;
};

/** The document `urn:meetlat:document:verbeter:2`. */
export type ImprovementDocument = {
  /** The version of this document's form: `2`. */
  readonly documentversie: "2";
  /** One per target, best outcome first. */
  readonly doelen: readonly Goal[];
  /** Whether all of this was proved: no smaller set does. */
  readonly exact: boolean;
  /** The rules. */
  readonly meetlat: RuleFile;
  /** The outcome as it stands. */
  readonly oordeel: Standing;
  /** Why not; null exactly when `exact`. */
  readonly voorlopig: Provisional | null;
  /** The proposal. */
  readonly voorstel: ProposalHeader;
};

/** How many other sets there are. */
export type Others = {
  /** How many were found. */
  readonly aantal: number;
  /** There are no more. If false there are at least so many: the count ended, at [`Limits::other_sets`] or [`Limits::search_steps`]. */
  readonly precies: boolean;
};

/** A given answer. */
export type AnsweredQuestion = {
  /** What the item is called; null for a question. */
  readonly bij: string | null;
  /** JSON pointer of the answer. */
  readonly pointer: string;
  /** The question says that its answer stands fast. */
  readonly staat_vast: boolean;
  /** The answer in words. */
  readonly tekst: string;
  /** The question's title. */
  readonly titel: string;
  /** The field of a list's item; null for a question. */
  readonly veld: string | null;
  /** The question's name. */
  readonly vraag: string;
};

/** The fewest given answers that already decide the outcome, whatever the other answers are. */
export type DecidingAnswers = {
  /** How many other sets of as many answers decide too. */
  readonly andere: Others;
  /** The answers. Empty: the outcome is the same whatever is answered. */
  readonly antwoorden: readonly AnsweredQuestion[];
  /** It was shown that no fewer answers decide. */
  readonly kleinste: boolean;
};

/** Kinds of point. */
export type DecidingKind = "criterium" | "voorwaarde" | "uitsluiting" | "eis" | "antwoord";

/** How a point stands. */
export type PointStanding = "score" | "beantwoord" | "ja" | "nee" | "vervallen" | "open";

/** A point that helps to decide. */
export type DecidingPoint = {
  /** The given answers it reads: those that are kept, and those that stand fast. */
  readonly antwoorden: readonly AnsweredQuestion[];
  /** The name of the criterium, voorwaarde or uitsluiting; the JSON pointer of an answer. */
  readonly naam: string;
  /** What kind of point. */
  readonly soort: DecidingKind;
  /** How it stands. */
  readonly stand: PointStanding;
  /** The score of a criterium, the answer itself; empty for others. */
  readonly tekst: string;
  /** Its title. */
  readonly titel: string;
};

/** The fewest points that already decide the outcome, whatever the other answers are. */
export type DecidingPoints = {
  /** How many other sets of as many points decide too. */
  readonly andere: Others;
  /** It was shown that no fewer points decide. */
  readonly kleinste: boolean;
  /** The points. Empty: the outcome is the same whatever is answered. */
  readonly punten: readonly DecidingPoint[];
};

/** A share or a difference: a fraction of one. */
export type Amount = {
  /** In lowest terms: `2/3`. */
  readonly breuk: string;
  /** As a percentage, rounded. Of an end, never so that it seems to reach what is there now. */
  readonly tekst: string;
};

/** An answer that speaks for or against. */
export type Side = {
  /** The answer as given. */
  readonly antwoord: AnsweredQuestion;
  /** It may be more: not every length of a list was tried. */
  readonly kan_meer_zijn: boolean;
  /** How much the criterion's score could differ with another answer to this alone. */
  readonly verschil: Amount;
  /** The same in the total, at the criterion's share; null when that share is open or the criterion does not count. */
  readonly verschil_totaal: Amount | null;
};

/** What speaks for and against in one criterion. */
export type CriterionSides = {
  /** Its share in the total; null when that is open, or when it does not count. */
  readonly aandeel: Amount | null;
  /** The requirement that is missed for certain, in words (`minstens 50%`); null when there is none. */
  readonly eis_niet_gehaald: string | null;
  /** Its name. */
  readonly naam: string;
  /** Its score. */
  readonly score: Score;
  /** The answers that speak against: with another answer the greatest score could be higher. */
  readonly tegen: readonly Side[];
  /** Its title. */
  readonly titel: string;
  /** The answers that speak for: with another answer the least score could be lower. */
  readonly voor: readonly Side[];
};

/** The strongest point for or against. */
export type Strongest = {
  /** The answer; null for other kinds. */
  readonly antwoord: Side | null;
  /** The requirement in words; null for other kinds. */
  readonly eis_niet_gehaald: string | null;
  /** The name of the uitsluiting, the voorwaarde or the criterium. */
  readonly naam: string;
  /** What kind of point. A requirement and an answer are those of a criterion. */
  readonly soort: DecidingKind;
  /** Its title. */
  readonly titel: string;
};

/** The document `urn:meetlat:document:waarom:2`. */
export type WhyDocument = {
  /** The fewest answers that already decide the outcome; null when the outcome is open, or when this was not asked. */
  readonly beslissende_antwoorden: DecidingAnswers | null;
  /** The fewest points that already decide the outcome; null when the outcome is open. */
  readonly beslissende_punten: DecidingPoints | null;
  /** Per criterion what speaks for and against. */
  readonly criteria: readonly CriterionSides[];
  /** The version of this document's form: `2`. */
  readonly documentversie: "2";
  /** Whether everything here was decided exactly. */
  readonly exact: boolean;
  /** The rules. */
  readonly meetlat: RuleFile;
  /** The outcome that is explained. */
  readonly oordeel: Standing;
  /** The strongest point against over all criteria, conditions and exclusions; null when nothing there speaks against. */
  readonly sterkste_tegen: Strongest | null;
  /** The strongest point for; null when nothing speaks for. */
  readonly sterkste_voor: Strongest | null;
  /** Why not; null exactly when `exact`. Not exact means: what is said to decide does decide, but it may not be the smallest, and an answer that speaks for or against may be missing. */
  readonly voorlopig: Provisional | null;
  /** The proposal. */
  readonly voorstel: ProposalHeader;
};

/** An end of the room that a percentage has. */
export type ThresholdEnd = {
  /** A fraction of one in lowest terms. */
  readonly getal: string;
  /** Whether the outcome stands at the end itself. */
  readonly inbegrepen: boolean;
  /** In words; it never seems to reach the present percentage. */
  readonly tekst: string;
};

/** A percentage. */
export type Percentage = {
  /** A fraction of one in lowest terms. */
  readonly getal: string;
  /** In words. */
  readonly tekst: string;
};

/** What a percentage is compared with. */
export type ThresholdKind = "totaal" | "criterium" | "onderdeel" | "begrip" | "eis";

/** Which way something may err. */
export type Certainty = "exact" | "te_krap" | "te_ruim" | "onbekend";

/** A percentage that a score is compared with, and how far it can move. */
export type Threshold = {
  /** The line in the rule file, from 1; null when it stands in a building block. */
  readonly bestandsregel: number | null;
  /** Up to where it stands; null: however high. */
  readonly bovengrens: ThresholdEnd | null;
  /** The criterion, part or term; `totaal`. */
  readonly naam: string;
  /** The percentage as it is. */
  readonly nu: Percentage;
  /** From where the outcome stands; null: however low. */
  readonly ondergrens: ThresholdEnd | null;
  /** What it is compared with. */
  readonly soort: ThresholdKind;
  /** Its title; empty for the total. */
  readonly titel: string;
  /** Which way the ends may err. */
  readonly zekerheid: Certainty;
};

/** An end of the room that a weight has. */
export type WeightEnd = {
  /** Its share; in words it never seems to reach the present share. */
  readonly aandeel: Amount;
  /** The weight, a fraction in lowest terms. */
  readonly getal: string;
  /** Whether the outcome stands at the end itself. */
  readonly inbegrepen: boolean;
};

/** A weight, and its share among the weights it stands with: those of all criteria that count, or of all parts of the mean; those that do not apply included. */
export type Portion = {
  /** Its share. */
  readonly aandeel: Amount;
  /** The weight, a fraction in lowest terms. */
  readonly getal: string;
};

/** What a weight is of. */
export type WeightKind = "criterium" | "deel";

/** A weight, and how far it can move while all others stay. */
export type Weight = {
  /** The line in the rule file, from 1; null when it stands in a building block. */
  readonly bestandsregel: number | null;
  /** The criterion or part whose mean it is in; null for a criterion. */
  readonly binnen: string | null;
  /** Up to where it stands; null: however great. */
  readonly bovengrens: WeightEnd | null;
  /** The criterion or part of a mean that it is the weight of. */
  readonly naam: string;
  /** The weight as it is. */
  readonly nu: Portion;
  /** From where the outcome stands; null: however small, as weights are above 0. */
  readonly ondergrens: WeightEnd | null;
  /** Of a criterion in the total, or of a part in a mean. */
  readonly soort: WeightKind;
  /** Its title. */
  readonly titel: string;
  /** Which way the ends may err. */
  readonly zekerheid: Certainty;
};

/** What is read. */
export type ReadingKind = "combinatie" | "deels_telt" | "eis_strenger" | "eis_soepeler";

/** A reading of the rules that could be otherwise, and what the outcome would be then. */
export type OtherReading = {
  /** The reason that the writer of the rules gives; null for a requirement that a document asks. */
  readonly aanname: string | null;
  /** Read otherwise. */
  readonly anders: string;
  /** The line in the rule file, from 1; null when it stands in a building block. */
  readonly bestandsregel: number | null;
  /** Whether they were decided exactly. If not, `mogelijk` may name one that cannot happen. */
  readonly exact: boolean;
  /** As it is: `hoogste`, `gemiddelde`, `laagste`, or a fraction of one. */
  readonly lezing: string;
  /** The names of the outcomes that are possible then, best first. */
  readonly mogelijk: readonly string[];
  /** The criterion or part; null for what deels counts for. */
  readonly naam: string | null;
  /** What is read. */
  readonly soort: ReadingKind;
  /** Both in words. */
  readonly tekst: string;
  /** Its title. */
  readonly titel: string | null;
  /** Whether they are others than now. */
  readonly verschilt: boolean;
};

/** Whether a share is known. */
export type ShareStatus = "exact" | "grenzen" | "te_veel_volgordes" | "onbekend";

/** A share of weightings. */
export type Share = {
  /** Whether it is known. */
  readonly status: ShareStatus;
  /** In words; never 0% or 100% for what is only near it. */
  readonly tekst: string | null;
  /** The most it can be; the same when exact. */
  readonly tot_en_met: string | null;
  /** The least it can be, a fraction of one in lowest terms; null when not known. */
  readonly van: string | null;
};

/** Shares of the weightings of the criteria that keep the outcome. */
export type Weightings = {
  /** Of all weightings, spread evenly. */
  readonly alle: Share;
  /** Of those that put the criteria in the same order; of equal weights either may be the greater. */
  readonly zelfde_volgorde: Share;
};

/** The document `urn:meetlat:document:stevigheid:2`. */
export type FirmnessDocument = {
  /** The version of this document's form: `2`. */
  readonly documentversie: "2";
  /** How far each percentage that a score is compared with can move alone, tightest first. Empty when the outcome is open. */
  readonly drempels: readonly Threshold[];
  /** Whether all of this is exact. If not, each part says which way it may err. */
  readonly exact: boolean;
  /** How far each weight can move alone, tightest first. Empty when the outcome is open. */
  readonly gewichten: readonly Weight[];
  /** What the outcome would be if the rules were read otherwise. */
  readonly lezingen: readonly OtherReading[];
  /** The rules. */
  readonly meetlat: RuleFile;
  /** The outcome that this is about. */
  readonly oordeel: Standing;
  /** Why not; null exactly when `exact`. With `getallen_samen` it may also be that a share of weightings has bounds only. */
  readonly voorlopig: Provisional | null;
  /** The proposal. */
  readonly voorstel: ProposalHeader;
  /** What share of all weightings of the criteria keeps the outcome; null when it is open. */
  readonly wegingen: Weightings | null;
};

/** What examples reach. */
export type Reach = {
  /** How many there are. */
  readonly aantal: number;
  /** How many are not settled in any example, but possible in some. An example whose search ended does not count here: it may call possible what cannot happen. */
  readonly alleen_mogelijk: number;
  /** Those that are settled in no example, in rule order; a choice as `route keuze`. */
  readonly nooit_vast: readonly string[];
  /** How many are settled in some example. */
  readonly vast: number;
};

/** The document `urn:meetlat:document:overzicht:2`. */
export type OverviewDocument = {
  /** How many readings rest on the writer: every `aanname` and every `bewust`. */
  readonly aantal_aannames: number;
  /** How many different places in those documents are cited. */
  readonly aantal_bronplaatsen: number;
  /** How many `criterium`. */
  readonly aantal_criteria: number;
  /** How many documents the headers name. */
  readonly aantal_documenten: number;
  /** How many `route`. */
  readonly aantal_routes: number;
  /** How many `signaal`. */
  readonly aantal_signalen: number;
  /** How many `uitsluiting`. */
  readonly aantal_uitsluitingen: number;
  /** How many `voorbeeld`. Whether they come out as expected is told by `meetlat test`. */
  readonly aantal_voorbeelden: number;
  /** How many proposals the caller has for it. */
  readonly aantal_voorstellen: number;
  /** How many `voorwaarde`. */
  readonly aantal_voorwaarden: number;
  /** How many `vraag`. */
  readonly aantal_vragen: number;
  /** What examples reach of the choices of all routes together. */
  readonly bereik_keuzes: Reach;
  /** What examples reach of the outcomes of the verdict. */
  readonly bereik_uitkomsten: Reach;
  /** The name the host gave its file, without folders. */
  readonly bestand: string;
  /** The version of this document's form. */
  readonly documentversie: "2";
  /** When it is in force. */
  readonly geldig: Period;
  /** Its name. */
  readonly naam: string;
  /** Its version; null when its header says none. */
  readonly versie: string | null;
};

/** The document `urn:meetlat:document:meldingen:2`. */
export type ReportDocument = {
  /** In order of place. */
  readonly meldingen: readonly Message[];
};
