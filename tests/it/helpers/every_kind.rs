//! A small model built by hand, with every kind of question.

use meetlat::Date;
use meetlat::diagnostic::{SourceId, Span};
use meetlat::findings::Number;
use meetlat::internals::rules::model::{
    Choice, Domain, Field, GoodSide, Head, Kind, Model, Provenance, Question, VerdictRule,
};

pub(crate) fn head(name: &str) -> Head {
    Head {
        name: name.to_owned(),
        title: format!("Titel van {name}?"),
        span: Span::default(),
        provenance: Provenance::default(),
    }
}

pub(crate) fn choices(names: &[(&str, &str)]) -> Vec<Choice> {
    let choice = |(name, label): &(&str, &str)| Choice {
        name: (*name).to_owned(),
        label: (*label).to_owned(),
        span: Span::default(),
    };
    names.iter().map(choice).collect()
}

pub(crate) fn plain(kind: Kind) -> Domain {
    Domain { kind, none: false, not_applicable: false }
}

pub(crate) fn question(name: &str, domain: Domain) -> Question {
    Question {
        head: head(name),
        domain,
        explanation: None,
        answered_by: None,
        fixed: false,
        ground_required: false,
        good_side: GoodSide::None,
    }
}

fn field(name: &str, domain: Domain) -> Field {
    Field { name: name.to_owned(), domain, span: Span::default() }
}

fn number(n: i64) -> Option<Number> {
    Some(Number::whole(n))
}

/// Every kind, with and without ranges, geen, n.v.t. and a required ground.
pub(crate) fn model() -> Model {
    let blank = |kind, none, not_applicable| Domain { kind, none, not_applicable };
    let themes = [("onderwijs", "Verbinding jeugdhulp en onderwijs"), ("ambulantisering", "Ambulantisering")];
    let partners = [("gemeente", "gemeente"), ("aanbieder", "aanbieder"), ("ggd", "GGD")];
    let fields = vec![
        field("indicator", plain(Kind::Text)),
        field("nulmeting", blank(Kind::Number { from: None, until: None }, true, true)),
        field("doel", blank(Kind::Number { from: number(0), until: None }, true, false)),
        field("jaar", plain(Kind::Integer { from: number(2020), until: number(2025) })),
        field("deelnemers", plain(Kind::SomeOf(choices(&partners)))),
    ];
    let mut questions = vec![
        question("thema", plain(Kind::OneOf(choices(&themes)))),
        question("gezond", plain(Kind::YesPartlyNo)),
        question("administratie", blank(Kind::YesPartlyNo, false, true)),
        question("elders", plain(Kind::YesNo)),
        question("partners", plain(Kind::SomeOf(choices(&partners)))),
        question("bedrag_start", plain(Kind::Money { from: number(0), until: number(3_246_393) })),
        question("bedrag_later", blank(Kind::Money { from: number(0), until: None }, true, false)),
        question("aandeel_eigen", plain(Kind::Percentage { from: number(0), until: number(1) })),
        question("kinderen", blank(Kind::Integer { from: number(0), until: None }, false, true)),
        question("factor", plain(Kind::Number { from: None, until: None })),
        question("start", plain(Kind::Date { from: Date::new(2020, 1, 29), until: None })),
        question("einde", blank(Kind::Date { from: None, until: None }, true, true)),
        question("doelgroep", plain(Kind::Text)),
        question("risico", blank(Kind::Text, true, true)),
        question("resultaten", plain(Kind::List { fields: fields.clone(), from: 0, until: None })),
        question("jaren", blank(Kind::List { fields, from: 1, until: Some(3) }, true, true)),
        question("coördinatie", plain(Kind::YesNo)),
    ];
    questions[2].ground_required = false;
    questions[3].ground_required = true;
    questions[15].ground_required = true;
    questions[1].explanation = Some("Gezond is breder dan niet ziek.".to_owned());
    questions[5].answered_by = Some("projectteam".to_owned());
    Model {
        id: std::sync::Arc::default(),
        source: SourceId(0),
        file: "proef.meetlat".to_owned(),
        sha256: String::new(),
        blocks: Vec::new(),
        valid_span: None,
        name: "proef".to_owned(),
        title: "Proefmeetlat".to_owned(),
        version: "1".to_owned(),
        valid_from: Date::new(2020, 1, 29),
        valid_until: Date::new(2022, 7, 1),
        documents: Vec::new(),
        partly: None,
        provenance: Provenance::default(),
        questions,
        tables: Vec::new(),
        parts: Vec::new(),
        terms: Vec::new(),
        criteria: Vec::new(),
        conditions: Vec::new(),
        exclusions: Vec::new(),
        signals: Vec::new(),
        verdict: VerdictRule {
            head: head("oordeel"),
            outcomes: choices(&[("voldoet", "Voldoet"), ("afgewezen", "Voldoet niet")]),
            lines: Vec::new(),
        },
        routes: Vec::new(),
        examples: Vec::new(),
        uses_reference_date: true,
        marks: std::sync::Arc::default(),
    }
}
