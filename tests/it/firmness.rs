//! How firm a verdict is: a case worked out by hand, what limits do, and shipped proposals.

use meetlat::Firmness;
use meetlat::document::Amount;
use meetlat::document::firmness::{
    Certainty, ReadingKind, ShareStatus, ThresholdKind, WeightEnd, WeightKind,
};
use meetlat::{Language, Limits, Meetlat};

const RULES: &str = include_str!("../firmness/vijf.meetlat");
const PROPOSAL: &str = include_str!("../firmness/vijf.json");

fn firmness_with(proposal: &str, limits: Limits) -> Firmness {
    let meetlat = Meetlat::parse_with("vijf.meetlat", RULES, &limits).into_result().unwrap();
    meetlat.firmness(&meetlat.read("vijf.json", proposal, None).unwrap()).unwrap()
}

fn firmness(proposal: &str) -> Firmness {
    firmness_with(proposal, Limits::default())
}

/// The weight of a criterion: from where and up to where, as shares.
fn room(firmness: &Firmness, name: &str) -> [Option<WeightEnd>; 2] {
    let mut of = firmness.weights.iter().filter(|one| one.kind == WeightKind::Criterion);
    let weight = of.find(|one| one.name == name).unwrap();
    [weight.lower.clone(), weight.upper.clone()]
}

fn end(number: &str, share: &str, text: &str) -> Option<WeightEnd> {
    let [number, fraction, text] = [number, share, text].map(str::to_owned);
    Some(WeightEnd { number, share: Amount { fraction, text }, included: true })
}

/// Total 131/176, threshold 70%, weights 3, 3, 2, 2, 1 at scores 1, 9/16, 1, 1/2, 1/2. With weight w for a criterion with
/// score s, and R and W for the rest's sum and weights, the total is (w·s + R) / (w + W): it is 70% where
/// w = (R - 7/10·W) / (7/10 - s).
#[test]
fn the_worked_case() {
    let firmness = firmness(PROPOSAL);
    assert!(firmness.exact && firmness.provisional.is_none());
    assert_eq!(firmness.outcome.outcome.as_deref(), Some("voldoet"));
    // R = 83/16, W = 8: w = (83/16 - 28/5) / (-3/10) = 11/8, of 75/8.
    assert_eq!(room(&firmness, "eerste"), [end("11/8", "11/75", "≈14,67%"), None]);
    // R = 13/2, W = 8: w = (13/2 - 28/5) / (11/80) = 72/11, of 160/11.
    assert_eq!(room(&firmness, "tweede"), [None, end("72/11", "9/20", "45%")]);
    assert_eq!(room(&firmness, "derde"), [end("3/8", "1/25", "4%"), None]);
    assert_eq!(room(&firmness, "vierde"), [None, end("71/16", "71/215", "≈33,02%")]);
    assert_eq!(room(&firmness, "vijfde"), [None, end("55/16", "11/43", "≈25,58%")]);
    let order: Vec<&str> = firmness.weights.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(order, ["eerste", "derde", "vierde", "vijfde", "tweede", "doel_d", "doel_e"]);

    let weightings = firmness.weightings.as_ref().unwrap();
    assert_eq!(weightings.all.status, ShareStatus::Exact);
    assert_eq!(weightings.all.least.as_deref(), Some("15984/30625"));
    assert_eq!(weightings.all.text.as_deref(), Some("≈52,19%"));
    assert_eq!(weightings.same_order.least.as_deref(), Some("5057768/5971875"));

    let [threshold, requirement, lower] = firmness.thresholds.as_slice() else { panic!() };
    assert_eq!((threshold.kind, threshold.now.text.as_str()), (ThresholdKind::Total, "70%"));
    assert_eq!(threshold.lower, None);
    assert_eq!(
        threshold.upper.as_ref().map(|end| (end.number.as_str(), end.included)),
        Some(("131/176", true))
    );
    assert_eq!((requirement.kind, requirement.file_line), (ThresholdKind::Requirement, Some(41)));
    assert_eq!(requirement.upper.as_ref().map(|end| end.number.as_str()), Some("9/16"));
    assert_eq!((lower.now.text.as_str(), &lower.lower, &lower.upper), ("50%", &None, &None));

    let differing = firmness.readings.iter().filter(|one| one.differs);
    let differing: Vec<(ReadingKind, &str)> =
        differing.map(|one| (one.kind, one.otherwise.as_str())).collect();
    assert_eq!(differing, [(ReadingKind::Partly, "1/3"), (ReadingKind::Stricter, "1")]);
}

/// The same with answers left open: the worst completion counts.
#[test]
fn open_answers_leave_less_room() {
    let proposal = PROPOSAL
        .replace(r#""doel_b": "deels""#, r#""doel_b": null"#)
        .replace(r#""doel_c": "ja""#, r#""doel_c": "deels""#);
    // At nee the requirement on the second fails: open.
    let open = firmness(&proposal);
    assert!(
        !open.settled() && open.weights.is_empty() && open.thresholds.is_empty() && open.weightings.is_none()
    );
    assert!(open.readings.iter().any(|one| one.differs));
    // Only the fifth is open: at nee the total is lower, and that leaves the least room.
    let settled = firmness(
        &PROPOSAL
            .replace(r#""doel_e": "deels""#, r#""doel_e": null"#)
            .replace(r#""doel_b": "deels""#, r#""doel_b": "ja""#),
    );
    let worst = firmness(
        &PROPOSAL
            .replace(r#""doel_e": "deels""#, r#""doel_e": "nee""#)
            .replace(r#""doel_b": "deels""#, r#""doel_b": "ja""#),
    );
    assert!(settled.settled() && settled.exact);
    for name in ["eerste", "tweede", "derde", "vierde", "vijfde"] {
        assert_eq!(room(&settled, name), room(&worst, name), "{name}");
    }
    assert_eq!(settled.weightings, worst.weightings);
}

#[test]
fn limits_are_said() {
    let open = PROPOSAL
        .replace(r#""doel_e": "deels""#, r#""doel_e": null"#)
        .replace(r#""doel_b": "deels""#, r#""doel_b": "ja""#);
    let stopped = firmness_with(&open, Limits { search_steps: 1, ..Limits::default() });
    assert!(!stopped.exact);
    assert_eq!(stopped.provisional.as_ref().unwrap().limit, Some(1));
    assert!(stopped.to_text(Language::Nl).contains("Voorlopig."));
    let orders = firmness_with(PROPOSAL, Limits { weight_orders: 1, ..Limits::default() });
    let weightings = orders.weightings.as_ref().unwrap();
    assert_eq!(weightings.all.status, ShareStatus::Exact);
    // Both pairs of equal weights can be swapped: four orders.
    assert_eq!(weightings.same_order.status, ShareStatus::TooManyOrders);
    let enough = firmness_with(PROPOSAL, Limits { weight_orders: 4, ..Limits::default() });
    assert_eq!(enough.weightings.unwrap().same_order.status, ShareStatus::Exact);
}

#[test]
fn the_text_has_the_tightest_first() {
    let firmness = firmness(PROPOSAL);
    let text = firmness.to_text(Language::Nl);
    let meetlat = Meetlat::parse("vijf.meetlat", RULES).into_result().unwrap();
    let english =
        meetlat.in_language(Language::En).firmness(&meetlat.read("vijf.json", PROPOSAL, None).unwrap());
    let english = english.unwrap().to_text(Language::En);
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    for (text, expected) in [
        (&text, "Hoe stevig is het oordeel \"Voldoet\" (voldoet)?"),
        (
            &text,
            "1. Het oordeel blijft voldoet zolang het gewicht van \"Eerste doel\" minstens ≈14,67% van alle gewichten is (nu ≈27,27%).",
        ),
        (&text, "de drempel voor het totaal hoogstens ≈74,43% is (nu 70%, regel 67)"),
        (&text, "15984/30625, ≈52,19%."),
        (
            &text,
            "Deels telt ≈33,33% in plaats van 50% (regel 5): dan \"Voldoet als eerst het nodige is geregeld\".",
        ),
        (
            &text,
            "Eis aan \"Tweede doel\" een stap strenger: minstens 100% in plaats van 25% (regel 41): dan \"Voldoet niet\".",
        ),
        (
            &english,
            "as long as the weight of \"Eerste doel\" is at least ≈14.67% of all weights (now ≈27.27%).",
        ),
        (
            &english,
            "Requirement on \"Tweede doel\" one step stricter: at least 100% instead of 25% (line 41): then \"Voldoet niet\".",
        ),
    ] {
        assert!(flat(text).contains(expected), "{expected}\n{text}");
    }
    assert!(text.lines().chain(english.lines()).all(|line| line.chars().count() <= 100));
}

#[test]
fn shipped_proposals_have_their_firmness() {
    let proposals = [
        ("ijsselland", "wrap_around_care", true),
        ("ijsselland", "voorbeeld_te_laat", true),
        ("ijsselland", "spoedhulp", false),
        ("rijnmond", "versterking_voorveld", true),
        ("zuid_limburg", "pleegzorg_gezinshuizen", true),
    ];
    let root = env!("CARGO_MANIFEST_DIR");
    let read = |path: String| std::fs::read_to_string(path).unwrap();
    for (rules, name, settled) in proposals {
        let text = read(format!("{root}/rules/{rules}.meetlat"));
        let parsed = Meetlat::load(rules, &text, |block| {
            let name = format!("{block}.meetlat");
            let text = read(format!("{root}/rules/{}.meetlat", block.replace('.', "/")));
            Ok(Some(meetlat::RuleText { name, text }))
        });
        let meetlat = parsed.into_result().unwrap();
        let proposal = read(format!("{root}/rules/voorstellen/{rules}/{name}.json"));
        let firmness = meetlat.firmness(&meetlat.read(name, &proposal, None).unwrap()).unwrap();
        assert_eq!(firmness.settled(), settled, "{name}");
        assert!(
            firmness.provisional.is_none() && !firmness.readings.is_empty(),
            "{name} {:?}",
            firmness.provisional
        );
        let rooms = firmness.weights.iter().map(|one| one.certainty);
        let mut rooms = rooms.chain(firmness.thresholds.iter().map(|one| one.certainty));
        assert!(rooms.all(|certainty| certainty == Certainty::Exact), "{name}");
        let again: Firmness = serde_json::from_str(&firmness.to_json_line()).unwrap();
        assert_eq!(again, firmness);
    }
}

/// 80% is more than 60%, and up to 80% that stays so. Whether that matters hangs on there being items at all, answered or not.
#[test]
fn a_condition_that_says_the_same_of_every_item() {
    let rules = include_str!("../firmness/lijst.meetlat");
    let meetlat = Meetlat::parse("lijst.meetlat", rules).into_result().unwrap();
    for (list, end) in [
        ("", Some(("4/5", false))),
        (r#", "werken": [{"klaar": "ja"}]"#, Some(("4/5", false))),
        (r#", "werken": [{}, {}]"#, Some(("4/5", false))),
        (r#", "werken": []"#, None),
    ] {
        let proposal = format!(r#"{{"meetlat": "lijst", "antwoorden": {{"degelijk": "ja"{list}}}}}"#);
        let proposal = meetlat.read("voorstel.json", &proposal, None).unwrap();
        let firmness = meetlat.firmness(&proposal).unwrap();
        assert!(firmness.exact && firmness.settled(), "{list}");
        let [threshold] = firmness.thresholds.as_slice() else { panic!("{list}") };
        let upper = threshold.upper.as_ref().map(|end| (end.number.as_str(), end.included));
        assert_eq!((upper, threshold.lower.as_ref()), (end, None), "{list}");
    }
}
