//! What a verdict can say that depends only on the rules and on a code, as pieces of JSON: made once for a rule file and a
//! language, put together for every proposal. A piece is a part of the document, written by its type and cut where something
//! of the proposal belongs.

use std::sync::OnceLock;

use serde::Serialize;

use super::openings::Openings;
use crate::json::escape::{InJson, json_text};
use crate::judge::findings::Status;
use crate::message::language::{Language, tell};
use crate::program::nodes::{CriterionNodes, MadeOf, Program};
use crate::proposal::wording;
use crate::rules::dependencies::Reads;
use crate::rules::model::{Criterion, Domain, Expression, Kind, Model, Node, QuestionId, Shape};
use crate::rules::syntax::Combining;
use crate::rules::thresholds::Thresholds;
use crate::value::number::Number;
use crate::value::score_range::ScoreRange;
use crate::value::sink::Sink as _;
use crate::value::values::{Level, Value};
use crate::verdict::assemble::headers::rules_on;
use crate::verdict::assemble::names::{readings, sources};
use crate::verdict::assemble::prose::quoted;
use crate::verdict::assemble::reasons::Behind;
use crate::verdict::assemble::relied::Plays;
use crate::verdict::assemble::rules::Rules;
use crate::verdict::write::values::{json, score};

/// A piece of JSON around one place where something is put in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Around {
    pub(super) before: String,
    pub(super) after: String,
}

impl Around {
    /// A part of the document, cut inside the list, or before the null, that follows a key.
    pub(super) fn of(part: &impl Serialize, key: &str) -> Self {
        let json = json(part);
        // Inside a text a quote has a backslash before it, so only a key looks like this.
        for (hole, kept) in [(format!("\"{key}\":[]"), "["), (format!("\"{key}\":null"), "")] {
            if let Some((before, after)) = json.split_once(&hole) {
                let close = if kept.is_empty() { "" } else { "]" };
                return Self {
                    before: format!("{before}\"{key}\":{kept}"),
                    after: format!("{close}{after}"),
                };
            }
        }
        Self { before: json, after: String::new() }
    }
}

/// All pieces for one rule file in one language.
#[derive(Debug, Clone)]
pub(crate) struct Prepared {
    pub(crate) thresholds: Thresholds,
    /// From the start, around the reference date of the rules.
    pub(super) rules: Around,
    /// Per line of the verdict's ladder: the verdict that it gives, around its points; made when it first gives one.
    pub(super) lines: Box<[OnceLock<Around>]>,
    pub(super) criteria: Vec<CriterionPieces>,
    pub(super) conditions: Vec<GatePieces>,
    pub(super) exclusions: Vec<GatePieces>,
    pub(super) signals: Vec<GatePieces>,
    pub(super) routes: Vec<RoutePieces>,
    /// Per outcome, then per choice of each route.
    pub(super) outcome_names: Vec<String>,
    pub(super) questions: Vec<QuestionPieces>,
    /// The whole list.
    pub(super) assumptions: String,
    /// Where it plays a part, where it does not, and when it does.
    pub(super) cautions: Vec<(String, String, Plays)>,
    /// The whole list.
    pub(super) messages: String,
}

/// A condition, exclusion or signal: around its answers, by its state. Most states never occur, so each is made
/// when it first does.
#[derive(Debug, Clone)]
pub(super) struct GatePieces {
    pub(super) reads: Vec<QuestionId>,
    holds: OnceLock<Around>,
    fails: OnceLock<Around>,
    lapses: OnceLock<Around>,
    open: OnceLock<Around>,
}

impl GatePieces {
    fn of(reads: Reads) -> Self {
        let [holds, fails, lapses, open] = Default::default();
        Self { reads: questions(reads), holds, fails, lapses, open }
    }

    pub(super) fn by<T: Serialize>(&self, status: Status, make: impl FnOnce() -> T) -> &Around {
        let piece = match status {
            Status::Holds => &self.holds,
            Status::Fails => &self.fails,
            Status::Lapses => &self.lapses,
            Status::Open => &self.open,
        };
        piece.get_or_init(|| Around::of(&make(), "antwoorden"))
    }
}

/// A route: around its answers, per choice; and per choice what a combination says of it.
#[derive(Debug, Clone)]
pub(super) struct RoutePieces {
    pub(super) reads: Vec<QuestionId>,
    pub(super) choices: Vec<Around>,
    pub(super) combined: Vec<String>,
}

/// A criterion, in pieces between what is found about it.
#[derive(Debug, Clone)]
pub(super) struct CriterionPieces {
    /// Up to its score.
    pub(super) head: String,
    /// Between its score and its share.
    pub(super) weight: String,
    /// Its requirement by state: holds, fails, lapses, open; one `null` where it has none.
    pub(super) requirement: [String; 4],
    /// After its reason.
    pub(super) tail: String,
    pub(super) openings: Openings,
    pub(super) reads: Vec<QuestionId>,
    pub(super) shown: String,
    pub(super) lapsed: String,
    pub(super) reason: ReasonPieces,
}

/// Why a criterion scores what it scores, as far as the rules alone say it.
#[derive(Debug, Clone)]
pub(super) enum ReasonPieces {
    /// Nothing of the proposal.
    Whole(String),
    /// A sentence about one answer, which follows this.
    Answer(String, QuestionId),
    /// Per line of a ladder: the line, and the whole reason when it alone can hold.
    Ladder { lines: Vec<String>, whole: Vec<String> },
    /// Parts.
    Combined { before: String, parts: Vec<PartPieces>, words: String },
}

/// A part of a score.
#[derive(Debug, Clone)]
pub(super) struct PartPieces {
    /// Up to its score.
    head: String,
    /// In a sentence, around its score; escaped.
    said: Around,
    thresholds: Vec<Number>,
    /// With the scores of nee, deels and ja: whole, and in a sentence. Each is made when it first occurs.
    levels: [OnceLock<Said>; 3],
}

/// A part with its score, whole and in a sentence.
#[derive(Debug, Clone, Default)]
struct Said {
    whole: String,
    sentence: String,
}

impl PartPieces {
    /// Writes the part with its score.
    pub(super) fn whole_to(&self, out: &mut String, language: Language, found: &ScoreRange) {
        match self.at_level(language, found) {
            Some(said) => out.push_str(&said.whole),
            None => self.put_whole(out, language, found),
        }
    }

    /// Writes its title and its score, in a sentence.
    pub(super) fn sentence_to(&self, out: &mut String, language: Language, found: &ScoreRange) {
        match self.at_level(language, found) {
            Some(said) => out.push_str(&said.sentence),
            None => self.put_sentence(out, language, found),
        }
    }

    fn at_level(&self, language: Language, found: &ScoreRange) -> Option<&Said> {
        let place = match found.settled()?.small()? {
            (0, 1) => 0,
            (1, 2) => 1,
            (1, 1) => 2,
            _ => return None,
        };
        let make = || {
            let mut said = Said::default();
            self.put_whole(&mut said.whole, language, found);
            self.put_sentence(&mut said.sentence, language, found);
            said
        };
        Some(self.levels.get(place)?.get_or_init(make))
    }

    fn put_whole(&self, out: &mut String, language: Language, found: &ScoreRange) {
        out.push_str(&self.head);
        score(out, language, found, &self.thresholds);
        out.push('}');
    }

    fn put_sentence(&self, out: &mut String, language: Language, found: &ScoreRange) {
        out.push_str(&self.said.before);
        language.score_to(out, found, &self.thresholds);
        out.push_str(&self.said.after);
    }
}

/// An answer, in pieces.
#[derive(Debug, Clone)]
pub(super) struct QuestionPieces {
    /// Up to its status.
    pub(super) head: String,
    /// Up to its ground, when it is this answer: geen, n.v.t., then nee, deels, ja or the options. Each is made when it
    /// is first given.
    values: Box<[OnceLock<String>]>,
    pub(super) open: String,
    /// `Het antwoord op "…" is `, escaped.
    pub(super) sentence: String,
}

impl QuestionPieces {
    /// Up to the ground, where the answer is one of a few.
    pub(super) fn given(&self, language: Language, value: &Value, kind: &Kind) -> Option<&str> {
        let place = match value {
            Value::None => 0,
            Value::NotApplicable => 1,
            Value::Level(Level::No) => 2,
            Value::Level(Level::Partly) => 3,
            Value::Level(Level::Yes) => 4,
            Value::Choice(at) => 2 + usize::from(*at),
            _ => return None,
        };
        let piece = self.values.get(place)?.get_or_init(|| {
            let mut piece = self.head.clone();
            crate::verdict::write::values::value(&mut piece, language, value, kind);
            piece
        });
        Some(piece)
    }
}

impl Prepared {
    /// Makes all pieces. Cost: as long as the rules are.
    pub(crate) fn new(rules: &Rules<'_>, program: &Program) -> Self {
        let model = rules.model;
        let relied = rules.relied_upon();
        let cautions = relied.cautions.into_iter().map(|(mut caution, plays)| {
            let playing = json(&caution);
            caution.in_play = false;
            (playing, json(&caution), plays)
        });
        let thresholds = Thresholds::new(model);
        let criteria = model.criteria.iter().zip(&program.criteria);
        let gate = |holds: &Expression, only_if: &Option<Expression>| {
            GatePieces::of(Reads::of(model, std::iter::once(holds).chain(only_if)))
        };
        let opening = Around::of(&rules_on(model, None), "peildatum");
        let version =
            (crate::verdict::document::DOCUMENT_VERSION, crate::verdict::document::LANGUAGE_VERSION);
        Self {
            rules: Around {
                before: format!(
                    r#"{{"documentversie":"{}","taalversie":"{}","meetlat":{}"#,
                    version.0, version.1, opening.before
                ),
                after: format!(r#"{},"voorstel":{{"titel":"#, opening.after),
            },
            lines: model.verdict.lines.iter().map(|_| OnceLock::new()).collect(),
            criteria: criteria
                .map(|(criterion, nodes)| pieces(rules, &thresholds, criterion, nodes))
                .collect(),
            conditions: model
                .conditions
                .iter()
                .map(|condition| gate(&condition.fulfilled_if, &condition.only_if))
                .collect(),
            exclusions: model.exclusions.iter().map(|exclusion| gate(&exclusion.applies_if, &None)).collect(),
            signals: model.signals.iter().map(|signal| gate(&signal.applies_if, &signal.only_if)).collect(),
            routes: model.routes.iter().map(|route| route_pieces(rules, route)).collect(),
            outcome_names: model
                .verdict
                .outcomes
                .iter()
                .map(|outcome| format!(r#"{{"uitkomst":{},"routes":["#, json(&outcome.name)))
                .collect(),
            questions: model.questions.iter().map(|question| question_pieces(rules, question)).collect(),
            assumptions: json(&relied.assumptions),
            cautions: cautions.collect(),
            messages: json(&rules.messages()),
            thresholds,
        }
    }
}

fn questions(reads: Reads) -> Vec<QuestionId> {
    reads.questions.into_iter().collect()
}

fn route_pieces(rules: &Rules<'_>, route: &crate::rules::model::Route) -> RoutePieces {
    let conditions = route.choices.iter().filter_map(|choice| choice.condition.as_ref());
    let combined = |choice: &crate::rules::model::RouteChoice| {
        json(&crate::verdict::document::RouteChoice {
            route: route.head.name.clone(),
            choice: choice.choice.name.clone(),
        })
    };
    RoutePieces {
        reads: questions(Reads::of(rules.model, conditions)),
        choices: (0..)
            .zip(&route.choices)
            .map(|(at, _)| Around::of(&rules.route(route, Some(at), &[at]), "antwoorden"))
            .collect(),
        combined: route.choices.iter().map(combined).collect(),
    }
}

fn question_pieces(rules: &Rules<'_>, question: &crate::rules::model::Question) -> QuestionPieces {
    let Domain { kind, .. } = &question.domain;
    let (name, title) = (&question.head.name, &question.head.title);
    let mut head = String::from("{\"pointer\":");
    json_text(&mut head, &format!("/antwoorden/{name}"));
    head.push_str(",\"vraag\":");
    json_text(&mut head, name);
    head.push_str(",\"veld\":null,\"titel\":");
    json_text(&mut head, title);
    head.push_str(",\"status\":\"");
    let values = match kind {
        Kind::YesNo | Kind::YesPartlyNo => 3,
        Kind::OneOf(options) => options.len(),
        _ => 0,
    };
    let mut sentence = String::new();
    InJson(&mut sentence).add(&tell!(
        rules.language,
        "Het antwoord op \"{title}\" is ",
        "The answer to \"{title}\" is "
    ));
    let open = rules.language.pick("nog open", "still open");
    QuestionPieces {
        open: format!(r#"{head}open","waarde":null,"tekst":"{open}","onderbouwing":"#),
        values: (0..values + 2).map(|_| OnceLock::new()).collect(),
        sentence,
        head,
    }
}

fn pieces(
    rules: &Rules<'_>,
    thresholds: &Thresholds,
    criterion: &Criterion,
    nodes: &CriterionNodes,
) -> CriterionPieces {
    let language = rules.language;
    let mut reads = Reads::of(rules.model, criterion.score.iter().chain(&criterion.only_if));
    reads.questions.extend(&criterion.shows);
    let requirement = |status| {
        criterion
            .requirement
            .as_ref()
            .map_or_else(|| "null".to_owned(), |requirement| json(&rules.requirement(requirement, status)))
    };
    let shown = language.pick(
        "Dit wordt getoond. Het telt niet mee in het totaal.",
        "This is shown. It does not count towards the total.",
    );
    let (sources, readings) = (sources(&criterion.head.provenance), readings(&criterion.head.provenance));
    CriterionPieces {
        head: format!(
            r#"{{"naam":{},"titel":{},"score":"#,
            json(&criterion.head.name),
            json(&criterion.head.title)
        ),
        weight: format!(
            r#","gewicht":{},"aandeel":"#,
            json(&criterion.weight.as_ref().map(Number::to_fraction_string))
        ),
        requirement: [Status::Holds, Status::Fails, Status::Lapses, Status::Open].map(requirement),
        tail: format!(
            r#","bronnen":{},"aannames":{},"bestandsregel":{}}}"#,
            json(&sources),
            json(&readings),
            json(&rules.file_line(criterion.head.span))
        ),
        openings: Openings::new(),
        reads: questions(reads),
        shown: whole("getoond", shown),
        lapsed: whole("vervallen", &lapsed(rules, criterion)),
        reason: reason(rules, thresholds, criterion, &nodes.made_of),
    }
}

/// A reason without parts or lines.
fn whole(code: &str, text: &str) -> String {
    format!("{}{}}}", plain(code), json(&text))
}

/// The same, up to its words.
fn plain(code: &str) -> String {
    format!(r#"{{"code":"{code}","gegevens":{{"delen":[],"regels":[]}},"tekst":"#)
}

fn lapsed(rules: &Rules<'_>, criterion: &Criterion) -> String {
    let only_if = criterion.only_if.as_ref().map(|only_if| rules.prose(only_if.span));
    let text = match only_if.filter(|written| !written.is_empty()) {
        Some(written) => tell!(
            rules.language,
            "Dit geldt hier niet: het telt alleen als {written}",
            "This does not apply here: it counts only if {written}"
        ),
        None => rules.language.pick("Dit geldt hier niet", "This does not apply here").to_owned(),
    };
    wording::stopped(text)
}

fn reason(
    rules: &Rules<'_>,
    thresholds: &Thresholds,
    criterion: &Criterion,
    made_of: &MadeOf,
) -> ReasonPieces {
    match (made_of, &criterion.score) {
        (MadeOf::Direct, Some(score)) => direct(rules, score),
        (MadeOf::Line, Some(score)) => straight_line(rules, score),
        (MadeOf::Direct, None) => ReasonPieces::Whole(whole("antwoord", "")),
        (MadeOf::Line, None) => ReasonPieces::Whole(whole("lijn", "")),
        (MadeOf::Ladder(_), _) => ladder(rules, criterion),
        (MadeOf::Combined(how, _), score) => {
            let parts = match score.as_ref().map(|score| &*score.node) {
                Some(Node::Combine { parts, .. }) => parts.as_slice(),
                _ => &[],
            };
            let (code, words) = match how {
                Combining::Highest => ("hoogste", ("De hoogste score van", "The highest score of")),
                Combining::Lowest => ("laagste", ("De laagste score van", "The lowest score of")),
                Combining::Mean => ("gemiddelde", ("Het gemiddelde van", "The mean of")),
                Combining::ShareOfYes => ("aandeel_ja", ("Het aandeel ja van", "The share of yes among")),
            };
            let weighted = *how == Combining::Mean && parts.iter().any(|part| part.weight != Number::ONE);
            ReasonPieces::Combined {
                before: format!(r#"{{"code":"{code}","gegevens":{{"delen":["#),
                parts: parts
                    .iter()
                    .map(|one| part(rules, thresholds, &one.name, &one.weight, weighted))
                    .collect(),
                words: format!("{} ", rules.language.pick(words.0, words.1)),
            }
        }
    }
}

fn part(
    rules: &Rules<'_>,
    thresholds: &Thresholds,
    name: &str,
    weight: &Number,
    weighted: bool,
) -> PartPieces {
    let model = rules.model;
    let title = rules.declared(name);
    let weight = weight.to_fraction_string();
    let said = |text: &str| {
        let mut out = String::new();
        InJson(&mut out).add(text);
        out
    };
    let behind = if weighted {
        tell!(rules.language, ", gewicht {weight})", ", weight {weight})")
    } else {
        ")".to_owned()
    };
    PartPieces {
        head: format!(r#"{{"naam":{},"titel":{},"gewicht":"{weight}","score":"#, json(&name), json(&title)),
        said: Around {
            before: said(&format!("{} (", title.map_or_else(|| name.to_owned(), quoted))),
            after: behind,
        },
        thresholds: thresholds_of(model, thresholds, name).to_vec(),
        levels: Default::default(),
    }
}

fn thresholds_of<'t>(model: &Model, thresholds: &'t Thresholds, name: &str) -> &'t [Number] {
    let part = model.parts.iter().position(|part| part.head.name == name);
    let criterion = model.criteria.iter().position(|criterion| criterion.head.name == name);
    match (part, criterion) {
        (Some(part), _) => thresholds.parts.get(part).map_or(&[][..], Vec::as_slice),
        (None, Some(criterion)) => thresholds.criterion(criterion),
        (None, None) => &[],
    }
}

fn direct(rules: &Rules<'_>, score: &Expression) -> ReasonPieces {
    let language = rules.language;
    let text = match rules.behind(score) {
        Behind::Answer(question) => {
            return ReasonPieces::Answer(format!("{}\"", plain("antwoord")), question);
        }
        Behind::Named(title) => {
            tell!(language, "Dit is de score van \"{title}\".", "This is the score of \"{title}\".")
        }
        Behind::Other => {
            let follows =
                language.pick("De score volgt uit de antwoorden", "The score follows from the answers");
            match rules.prose(score.span) {
                written if written.is_empty() => format!("{follows}."),
                written => wording::stopped(format!("{follows}: {written}")),
            }
        }
    };
    ReasonPieces::Whole(whole("antwoord", &text))
}

fn straight_line(rules: &Rules<'_>, score: &Expression) -> ReasonPieces {
    let language = rules.language;
    let Node::Line { of, from, from_score, to, to_score } = &*rules.unwrap(score).node else {
        let text = language.pick("De score ligt op een rechte lijn.", "The score lies on a straight line.");
        return ReasonPieces::Whole(whole("lijn", text));
    };
    let show_value = |n: &Number| match of.shape {
        Shape::Money => language.money(n),
        _ => language.number(n),
    };
    let line = tell!(
        language,
        "De score loopt van {} bij {} naar {} bij {}.",
        "The score runs from {} at {} to {} at {}.",
        language.percent(from_score, &[]),
        show_value(from),
        language.percent(to_score, &[]),
        show_value(to)
    );
    match rules.behind(of) {
        Behind::Answer(question) => {
            let mut before = format!("{}\"", plain("lijn"));
            InJson(&mut before).add(&line);
            before.push(' ');
            ReasonPieces::Answer(before, question)
        }
        _ => ReasonPieces::Whole(whole("lijn", &line)),
    }
}

fn ladder(rules: &Rules<'_>, criterion: &Criterion) -> ReasonPieces {
    let lines = rules.ladder(criterion);
    let holds = |line: &crate::verdict::document::Line| {
        let text =
            wording::stopped(tell!(rules.language, "Deze regel geldt: {}", "This line holds: {}", line.text));
        format!(
            r#"{{"code":"regel","gegevens":{{"delen":[],"regels":[{}]}},"tekst":{}}}"#,
            json(line),
            json(&text)
        )
    };
    ReasonPieces::Ladder { whole: lines.iter().map(holds).collect(), lines: lines.iter().map(json).collect() }
}

/// Nothing is prepared for a language until a verdict in it is asked for.
#[derive(Debug, Clone, Default)]
pub(crate) struct PreparedOnce {
    nl: OnceLock<Box<Prepared>>,
    en: OnceLock<Box<Prepared>>,
}

impl PreparedOnce {
    /// The pieces in a language, made now if they have not been yet.
    pub(crate) fn get(&self, language: Language, make: impl FnOnce() -> Prepared) -> &Prepared {
        let once = match language {
            Language::Nl => &self.nl,
            Language::En => &self.en,
        };
        once.get_or_init(|| Box::new(make()))
    }
}
