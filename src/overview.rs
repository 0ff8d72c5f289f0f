//! How much a rule file contains, and how much of what it can say its examples show.
//!
//! Counting decides nothing: it is for whoever wants to know what is there and what no example has shown yet. Whether
//! examples come out as expected is another question: see [`InLanguage::run_examples`](crate::InLanguage::run_examples).

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::examples::given::given;
use crate::judge::call::Call;
use crate::judge::findings::Judgement;
use crate::judge::open::judge;
use crate::limits::Limits;
use crate::limits::budget::Budget;
use crate::meetlat::Meetlat;
use crate::message::language::{Language, tell};
use crate::rules::model::{Head, Model, Provenance};
use crate::value::date::Date;
use crate::verdict::document::{DOCUMENT_VERSION, Period};

/// Steps that judging one example may take here ([`Limits::search_steps`]), if the limits of the rules say more. An overview should be
/// quick; what is called settled is settled with any limit.
pub const SEARCH_STEPS: u64 = 10_000;

/// The numbers of one rule file, as a document. Questions, sources and assumptions of the building blocks it uses are counted with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Overview {
    /// The version of this document's form.
    #[serde(rename = "documentversie")]
    pub document_version: String,
    /// The name the host gave its file, without folders.
    #[serde(rename = "bestand")]
    pub file: String,
    /// Its name.
    #[serde(rename = "naam")]
    pub name: String,
    /// Its version; null when its header says none.
    #[serde(rename = "versie")]
    pub version: Option<String>,
    /// When it is in force.
    #[serde(rename = "geldig")]
    pub valid: Period,
    /// How many `vraag`.
    #[serde(rename = "aantal_vragen")]
    pub questions: usize,
    /// How many `criterium`.
    #[serde(rename = "aantal_criteria")]
    pub criteria: usize,
    /// How many `voorwaarde`.
    #[serde(rename = "aantal_voorwaarden")]
    pub conditions: usize,
    /// How many `uitsluiting`.
    #[serde(rename = "aantal_uitsluitingen")]
    pub exclusions: usize,
    /// How many `signaal`.
    #[serde(rename = "aantal_signalen")]
    pub signals: usize,
    /// How many `route`.
    #[serde(rename = "aantal_routes")]
    pub routes: usize,
    /// How many documents the headers name.
    #[serde(rename = "aantal_documenten")]
    pub documents: usize,
    /// How many different places in those documents are cited.
    #[serde(rename = "aantal_bronplaatsen")]
    pub places: usize,
    /// How many readings rest on the writer: every `aanname` and every `bewust`.
    #[serde(rename = "aantal_aannames")]
    pub assumptions: usize,
    /// How many `voorbeeld`. Whether they come out as expected is told by `meetlat test`.
    #[serde(rename = "aantal_voorbeelden")]
    pub examples: usize,
    /// How many proposals the caller has for it.
    #[serde(rename = "aantal_voorstellen")]
    pub proposals: usize,
    /// What examples reach of the outcomes of the verdict.
    #[serde(rename = "bereik_uitkomsten")]
    pub outcomes: Reach,
    /// What examples reach of the choices of all routes together.
    #[serde(rename = "bereik_keuzes")]
    pub choices: Reach,
}

/// What examples reach.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Reach {
    /// How many there are.
    #[serde(rename = "aantal")]
    pub all: usize,
    /// How many are settled in some example.
    #[serde(rename = "vast")]
    pub settled: usize,
    /// How many are not settled in any example, but possible in some. An example whose search ended does not count here: it may
    /// call possible what cannot happen.
    #[serde(rename = "alleen_mogelijk")]
    pub possible: usize,
    /// Those that are settled in no example, in rule order; a choice as `route keuze`.
    #[serde(rename = "nooit_vast")]
    pub never_settled: Vec<String>,
}

/// Counts a rule file. `proposals`: how many proposals the caller has for it. Cost: each of its examples is judged, with at most
/// [`SEARCH_STEPS`].
///
/// ```
/// # let rules = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/klein/regels.meetlat"));
/// let meetlat = meetlat::Meetlat::parse("klein.meetlat", rules).into_result()?;
/// let overview = meetlat::overview::overview(&meetlat, 0);
/// assert_eq!((overview.questions, overview.criteria, overview.examples), (2, 1, 0));
/// // There is no example, so no outcome was seen.
/// assert_eq!(overview.outcomes.never_settled, ["voldoet", "afgewezen"]);
/// # Ok::<(), meetlat::Diagnostics>(())
/// ```
#[must_use]
pub fn overview(meetlat: &Meetlat, proposals: usize) -> Overview {
    let model = &meetlat.rules_of().model;
    let limits = meetlat.limits();
    let limits = Limits { search_steps: limits.search_steps.min(SEARCH_STEPS), ..limits.clone() };
    let read = model.examples.iter().filter_map(|example| given(model, example).ok());
    let judged: Vec<Judgement> = read
        .map(|proposal| {
            let (rules, budget) = (meetlat.rules_of(), &Budget::new(&limits));
            judge(Call { rules, proposal: &proposal, limits: &limits, budget })
        })
        .collect();
    let (places, assumptions) = grounds(model);
    Overview {
        document_version: DOCUMENT_VERSION.to_owned(),
        file: model.file.clone(),
        name: model.name.clone(),
        version: (!model.version.is_empty()).then(|| model.version.clone()),
        valid: Period {
            from: model.valid_from.map(Date::to_iso),
            until: model.valid_until.map(Date::to_iso),
        },
        questions: model.questions.len(),
        criteria: model.criteria.len(),
        conditions: model.conditions.len(),
        exclusions: model.exclusions.len(),
        signals: model.signals.len(),
        routes: model.routes.len(),
        documents: model.documents.len(),
        places,
        assumptions,
        examples: model.examples.len(),
        proposals,
        outcomes: outcomes(model, &judged),
        choices: choices(model, &judged),
    }
}

/// How many different places are cited, and how many readings rest on the writer: `bewust` is counted among the assumptions.
fn grounds(model: &Model) -> (usize, usize) {
    let mut places = BTreeSet::new();
    let mut readings = 0;
    for provenance in provenances(model) {
        places.extend(provenance.sources.iter().map(|source| (source.label.as_str(), source.place.as_str())));
        readings += provenance.assumptions.len();
    }
    (places.len(), readings)
}

/// The provenance of each declaration, where grounds are kept.
fn provenances(model: &Model) -> impl Iterator<Item = &Provenance> {
    fn of(head: &Head) -> &Provenance {
        &head.provenance
    }
    let heads = (model.questions.iter().map(|one| of(&one.head)))
        .chain(model.tables.iter().map(|one| of(&one.head)))
        .chain(model.parts.iter().map(|one| of(&one.head)))
        .chain(model.terms.iter().map(|one| of(&one.head)))
        .chain(model.criteria.iter().map(|one| of(&one.head)))
        .chain(model.conditions.iter().map(|one| of(&one.head)))
        .chain(model.exclusions.iter().map(|one| of(&one.head)))
        .chain(model.signals.iter().map(|one| of(&one.head)))
        .chain(model.routes.iter().map(|one| of(&one.head)));
    let blocks = model.blocks.iter().map(|block| &block.provenance);
    [&model.provenance, &model.verdict.head.provenance].into_iter().chain(blocks).chain(heads)
}

fn outcomes(model: &Model, judged: &[Judgement]) -> Reach {
    let mut seen = Seen::default();
    for judgement in judged {
        let settled = judgement.outcomes.first().copied().filter(|_| judgement.settled());
        seen.add(&judgement.outcomes, settled, judgement.exact());
    }
    let mut reach = Reach::default();
    reach.count(model.verdict.outcomes.iter().map(|outcome| outcome.name.clone()), &seen);
    reach
}

fn choices(model: &Model, judged: &[Judgement]) -> Reach {
    let mut reach = Reach::default();
    for (at, route) in model.routes.iter().enumerate() {
        let mut seen = Seen::default();
        for judgement in judged {
            let possible = judgement.routes.get(at).map_or(&[][..], Vec::as_slice);
            seen.add(possible, judgement.choice(at), judgement.exact());
        }
        let names = route.choices.iter().map(|choice| format!("{} {}", route.head.name, choice.choice.name));
        reach.count(names, &seen);
    }
    reach
}

/// Places in a list that some example reaches.
#[derive(Debug, Default)]
struct Seen {
    settled: BTreeSet<u16>,
    possible: BTreeSet<u16>,
}

impl Seen {
    /// What is possible by one example; `settled`: whether one is settled.
    fn add(&mut self, possible: &[u16], settled: Option<u16>, exact: bool) {
        if let Some(only) = settled {
            self.settled.insert(only);
        } else if exact {
            self.possible.extend(possible);
        }
    }
}

impl Reach {
    fn count(&mut self, names: impl Iterator<Item = String>, seen: &Seen) {
        for (at, name) in (0..).zip(names) {
            self.all += 1;
            if seen.settled.contains(&at) {
                self.settled += 1;
                continue;
            }
            if seen.possible.contains(&at) {
                self.possible += 1;
            }
            self.never_settled.push(name);
        }
    }
}

impl Overview {
    /// The document on one line.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Numbers and texts: writing them cannot fail.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// A page for people, in Markdown, in the order given, a row for each; names are as the rules have them. Ends with a line end.
#[must_use]
pub fn page(all: &[Overview], language: Language) -> String {
    let mut page = String::from(language.pick(
        "# Overzicht van de meetlatten\n\n\
         Deze bladzijde is gemaakt door `meetlat overzicht`. Vragen, bronnen en aannames van bouwstenen tellen mee bij elke meetlat\n\
         die ze gebruikt.\n\n## Wat erin staat\n\n",
        "# Overview of the rule files\n\n\
         This page is made by `meetlat overzicht`. Questions, sources and assumptions of building blocks count for every rule file\n\
         that uses them.\n\n## What they hold\n\n",
    ));
    let counts = all.iter().map(|one| {
        let numbers = [
            one.questions,
            one.criteria,
            one.conditions,
            one.exclusions,
            one.signals,
            one.routes,
            one.documents,
            one.places,
            one.assumptions,
            one.examples,
            one.proposals,
        ];
        let mut row = vec![one.file.clone(), one.name.clone(), one.version.clone().unwrap_or_default()];
        row.extend(numbers.map(|number| number.to_string()));
        row
    });
    let head = language.pick(
        [
            "bestand",
            "meetlat",
            "versie",
            "vragen",
            "criteria",
            "voorwaarden",
            "uitsluitingen",
            "signalen",
            "routes",
            "documenten",
            "bronplaatsen",
            "aannames",
            "voorbeelden",
            "voorstellen",
        ],
        [
            "file",
            "meetlat",
            "version",
            "questions",
            "criteria",
            "conditions",
            "exclusions",
            "signals",
            "routes",
            "documents",
            "places",
            "assumptions",
            "examples",
            "proposals",
        ],
    );
    table(&mut page, &head, 3..head.len(), counts);
    page.push_str(language.pick(
        "\n- **documenten**: hoeveel beleidsdocumenten de kop noemt; **bronplaatsen**: hoeveel plaatsen daarin zijn aangewezen.\n\
         - **aannames**: keuzes van de schrijver zelf, die niet in een document staan; ook wat `bewust` zo is.\n\n\
         ## Wat de voorbeelden laten zien\n\n\
         Een uitkomst of keuze telt als er een voorbeeld is waarin ze vaststaat. Is ze in een voorbeeld alleen nog mogelijk, dan staat\n\
         dat er apart bij. Of de voorbeelden kloppen, zegt `meetlat test`.\n\n",
        "\n- **documents**: how many policy documents the header names; **places**: how many places in them are cited.\n\
         - **assumptions**: the writer's own choices, which are not in a document; also what is meant to be odd (`bewust`).\n\n\
         ## What the examples show\n\n\
         An outcome or choice counts when there is an example in which it is settled. Where an example leaves it only possible, that is\n\
         counted separately. Whether the examples come out as expected is for `meetlat test`.\n\n",
    ));
    let rows = all.iter().map(|one| {
        vec![
            one.file.clone(),
            share(&one.outcomes, language),
            one.outcomes.possible.to_string(),
            share(&one.choices, language),
            one.choices.possible.to_string(),
            missing(one, language),
        ]
    });
    let head = language.pick(
        ["bestand", "uitkomsten", "alleen mogelijk", "keuzes van routes", "alleen mogelijk", "nooit vast"],
        ["file", "outcomes", "only possible", "choices of routes", "only possible", "never settled"],
    );
    table(&mut page, &head, 1..5, rows);
    page
}

fn share(reach: &Reach, language: Language) -> String {
    tell!(language, "{} van {}", "{} of {}", reach.settled, reach.all)
}

fn missing(one: &Overview, language: Language) -> String {
    let names: Vec<&str> =
        one.outcomes.never_settled.iter().chain(&one.choices.never_settled).map(String::as_str).collect();
    if names.is_empty() { language.pick("niets", "nothing").to_owned() } else { names.join(", ") }
}

/// A table with columns as wide as their widest cell; those of `right` to the right.
fn table(page: &mut String, head: &[&str], right: Range<usize>, rows: impl Iterator<Item = Vec<String>>) {
    let mut lines = vec![head.iter().map(|&cell| cell.to_owned()).collect::<Vec<_>>()];
    lines.extend(rows);
    let widths: Vec<usize> = (0..head.len())
        .map(|column| lines.iter().filter_map(|line| line.get(column)).map(|cell| cell.chars().count()).max())
        .map(Option::unwrap_or_default)
        .collect();
    for (number, line) in lines.iter().enumerate() {
        for (column, (cell, &width)) in line.iter().zip(&widths).enumerate() {
            // Writing to a text cannot fail.
            let _ = if right.contains(&column) {
                write!(page, "| {cell:>width$} ")
            } else {
                write!(page, "| {cell:<width$} ")
            };
        }
        page.push_str("|\n");
        if number == 0 {
            for (column, &width) in widths.iter().enumerate() {
                let dashes = "-".repeat(width);
                page.push_str(&if right.contains(&column) {
                    format!("|-{dashes}:")
                } else {
                    format!("|-{dashes}-")
                });
            }
            page.push_str("|\n");
        }
    }
}
