//! Which clauses belong in which declaration, and how often.

use std::collections::BTreeMap;

use super::checker::Checker;
use crate::message::diagnostic::{Code, Diagnostic};
use crate::message::language::{Text, says};
use crate::message::source::Span;
use crate::rules::check::phrases::{a, shorten};
use crate::rules::syntax::{Clause, ClauseBody, Declaration, DeclarationKind};

/// The words that start a clause: an outcome or choice may not have such a name.
pub(super) const CLAUSE_WORDS: [&str; 38] = [
    "aanname",
    "alle",
    "alleen",
    "als",
    "anders",
    "antwoord",
    "beantwoord",
    "bewust",
    "bron",
    "deels",
    "eis",
    "geen",
    "gegeven",
    "geldig",
    "gewicht",
    "let",
    "liever",
    "meld",
    "minstens",
    "mogelijk",
    "onderbouwing",
    "oordeel",
    "open",
    "score",
    "staat",
    "telt",
    "toont",
    "totaal",
    "uitkomsten",
    "uitleg",
    "versie",
    "vervuld",
    "verwacht",
    "waarde",
    "zo",
    "meetlat",
    "gebruik",
    "vraag",
];

/// The words a clause starts with, as shown.
pub(super) const fn word(body: &ClauseBody) -> &'static str {
    use ClauseBody as C;
    match body {
        C::Version(_) => "versie",
        C::Valid { .. } => "geldig",
        C::Document { .. } | C::Source(_) => "bron",
        C::PartlyCounts(_) => "deels telt",
        C::Answer(_) => "antwoord",
        C::Explanation(_) => "uitleg",
        C::Fixed => "staat vast",
        C::Preference(_) => "liever",
        C::GroundRequired => "onderbouwing verplicht",
        C::AnsweredBy(_) => "beantwoord door",
        C::Row(_) => "| … |",
        C::Otherwise(_) => "anders",
        C::Score(_) => "score",
        C::Weight(_) => "gewicht",
        C::NotCounted => "telt niet mee",
        C::Shows(_) => "toont",
        C::Requirement(_) => "eis",
        C::OnlyIf(_) => "alleen als",
        C::If(_) => "als",
        C::Value(_) => "waarde",
        C::FulfilledIf(_) => "vervuld als",
        C::IfNot(_) => "zo niet",
        C::Report(_) => "meld",
        C::Assumption(_) => "aanname",
        C::Caution(_) => "let op",
        C::Deliberate(_) => "bewust",
        C::Total => "totaal",
        C::Outcomes(_) => "uitkomsten",
        C::OutcomeLine { .. } => "<uitkomst> als",
        C::Choice { .. } => "<keuze>:",
        C::Given(_) => "gegeven",
        C::Expected(_) => "verwacht",
    }
}

/// The clauses that a kind of declaration may have once, and those that it may have more often.
const fn belongs(kind: DeclarationKind) -> (&'static [&'static str], &'static [&'static str]) {
    use DeclarationKind as K;
    const GROUNDS: &[&str] = &["bron", "aanname", "let op", "bewust"];
    match kind {
        K::Header => (&["versie", "geldig", "deels telt"], GROUNDS),
        K::Import => (&[], &[]),
        K::Question => (
            &["antwoord", "uitleg", "staat vast", "liever", "onderbouwing verplicht", "beantwoord door"],
            GROUNDS,
        ),
        K::Table => (&["anders"], &["| … |", "bron", "aanname", "let op", "bewust"]),
        K::Part => (&["score"], GROUNDS),
        K::Term => (&["als", "waarde"], GROUNDS),
        K::Criterion => (&["score", "gewicht", "telt niet mee", "eis", "toont", "alleen als"], GROUNDS),
        K::Condition => (&["alleen als", "vervuld als", "zo niet"], GROUNDS),
        K::Exclusion => (&["als", "meld"], GROUNDS),
        K::Signal => (&["alleen als", "als", "meld"], GROUNDS),
        K::Verdict => (&["totaal", "uitkomsten"], &["<uitkomst> als", "bron", "aanname", "let op", "bewust"]),
        K::Route => (&[], &["<keuze>:", "bron", "aanname", "let op", "bewust"]),
        K::Example => (&["gegeven", "verwacht"], GROUNDS),
    }
}

/// Where a clause belongs, for the help with one that stands elsewhere.
const HOMES: [DeclarationKind; 11] = [
    DeclarationKind::Header,
    DeclarationKind::Question,
    DeclarationKind::Table,
    DeclarationKind::Part,
    DeclarationKind::Term,
    DeclarationKind::Criterion,
    DeclarationKind::Condition,
    DeclarationKind::Exclusion,
    DeclarationKind::Signal,
    DeclarationKind::Verdict,
    DeclarationKind::Example,
];

impl Checker<'_> {
    /// The clauses that belong in this declaration, each as often as it may; the others are reported.
    pub(super) fn admit<'d>(&mut self, declaration: &'d Declaration) -> Vec<&'d Clause> {
        let kind = declaration.kind.node;
        let (once, often) = belongs(kind);
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        let mut admitted = Vec::with_capacity(declaration.clauses.len());
        for clause in &declaration.clauses {
            let word = word(&clause.body);
            // `bron plan: "…"` declares a document, and only the header does.
            let document = matches!(clause.body, ClauseBody::Document { .. });
            let misplaced = word == "bron"
                && kind != DeclarationKind::Example
                && document != (kind == DeclarationKind::Header);
            if misplaced || !(once.contains(&word) || often.contains(&word)) {
                // A misplaced table is one fault, however many rows it has.
                if !matches!(clause.body, ClauseBody::Row(_)) || seen.insert(word, clause.span).is_none() {
                    self.not_here(clause, word, kind, document);
                }
                continue;
            }
            if once.contains(&word) {
                if let Some(&first) = seen.get(word) {
                    self.twice(clause, word, first);
                    continue;
                }
                seen.insert(word, clause.span);
            }
            admitted.push(clause);
        }
        admitted
    }

    fn not_here(&mut self, clause: &Clause, word: &str, kind: DeclarationKind, document: bool) {
        let Text { nl, en } = a(kind);
        let shown = match &clause.body {
            ClauseBody::OutcomeLine { outcome, .. } => outcome.node.as_str(),
            ClauseBody::Choice { name, .. } => name.node.as_str(),
            ClauseBody::Row(_) => "| … |",
            _ => word,
        };
        let message = says!("\"{shown}\" hoort niet in {nl}", "\"{shown}\" does not belong in {en}");
        let (once, often) = belongs(kind);
        let may = shorten(once.iter().chain(often).copied(), 12);
        let homes: Vec<DeclarationKind> = HOMES
            .into_iter()
            .filter(|home| {
                let (once, often) = belongs(*home);
                once.contains(&word) || often.contains(&word)
            })
            .collect();
        let help = if word == "bron" && document {
            says!(
                "een document met zijn titel staat in de kop (meetlat); schrijf hier de naam ervan en de plaats: bron plan §4",
                "a document with its title stands in the header (meetlat); write its label and the place here: bron plan §4"
            )
        } else if word == "bron" {
            says!(
                "geef in de kop het document een naam en een titel: bron plan: \"Plan van aanpak\", 2020",
                "give the document a label and a title in the header: bron plan: \"Plan van aanpak\", 2020"
            )
        } else if let [home] = homes.as_slice() {
            let home = a(*home);
            let (home_nl, home_en) = (home.nl, home.en);
            says!(
                "dit hoort in {home_nl}; hier mag: {may}",
                "this belongs in {home_en}; here may stand: {may}"
            )
        } else {
            says!("haal de regel weg; hier mag: {may}", "remove the line; here may stand: {may}")
        };
        self.fault(Code::ClauseNotHere, clause.span, message, help);
    }

    fn twice(&mut self, clause: &Clause, word: &str, first: Span) {
        let line = self.line(first);
        self.push(
            Diagnostic::new(
                Code::OnceOnly,
                clause.span,
                says!(
                    "\"{word}\" staat hier voor de tweede keer",
                    "\"{word}\" stands here for the second time"
                ),
            )
            .also(first, says!("de eerste staat hier", "the first stands here"))
            .help(says!(
                "houd er één: deze, of die op regel {line}",
                "keep one: this one, or that on line {line}"
            )),
        );
    }

    /// Reports a clause that a declaration needs, unless it may be one that could not be read.
    pub(super) fn missing_clause(&mut self, declaration: &Declaration, clause: &str, help: Text) {
        if declaration.broken {
            return;
        }
        let kind = declaration.kind.node;
        let (nl, en) = (kind.keyword(), crate::rules::check::phrases::english(kind));
        let span = declaration.name.as_ref().map_or(declaration.kind.span, |name| name.span);
        let message = match declaration.name.as_ref().map(|name| &name.node) {
            Some(name) => says!("{nl} \"{name}\" mist \"{clause}\"", "{en} \"{name}\" lacks \"{clause}\""),
            None => says!("{nl} mist \"{clause}\"", "{en} lacks \"{clause}\""),
        };
        self.fault(Code::ClauseMissing, span, message, help);
    }
}
