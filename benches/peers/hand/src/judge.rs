//! Form a3: the rules on parsed input, with an explanation in owned strings. What is missing is neither yes nor no: every
//! condition is true, false or open, and every score runs from a least to a greatest.

use std::fmt::Write as _;

use workload::{Compact, Criterion, Gate, Range, SCORE_PARTS, TOTAL_PARTS};

use crate::answer::{Answer, Baseline, Level, Theme, YesNo};
use crate::input::{Answers, Proposal};

/// True, false, or none: open.
type Truth = Option<bool>;

fn and(left: Truth, right: Truth) -> Truth {
    match (left, right) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

fn or(left: Truth, right: Truth) -> Truth {
    and(left.map(|it| !it), right.map(|it| !it)).map(|it| !it)
}

/// Judges a proposal, into words of a kind: `String` is form a3.
#[must_use]
pub fn judge<W: From<&'static str>>(proposal: &Proposal<'_>) -> Compact<W> {
    let given = &proposal.antwoorden;
    let criteria = criteria(given);
    let total = total(&criteria);
    let meetbaar = given.nulmeting.antwoord.map(|it| it == Baseline::Value);
    let opbrengst = given.evaluatie.antwoord.map(|it| it == YesNo::Ja);
    let te_laat = given.start.antwoord.map(|it| it > "2022-06-30");
    let dubbel = given.elders.antwoord.map(|it| it == YesNo::Ja);
    let boven_budget = boven_budget(given);

    let missed = criteria.iter().map(|(_, met, _)| met.map(|it| !it)).reduce(or).flatten();
    let ready = and(meetbaar, opbrengst);
    let lines = [
        (or(te_laat, dubbel), "afgewezen"),
        (missed, "afgewezen"),
        (and(at_least(total, TOTAL_PARTS * 7, 10), ready), "voldoet"),
        (at_least(total, TOTAL_PARTS, 2), "voorwaardelijk"),
        (Some(true), "afgewezen"),
    ];
    let oordeel = first(&lines);
    let is = |name: &str| (oordeel != "open").then(|| oordeel == name).or_else(|| possible(&lines, name));
    let routes = [
        (is("afgewezen"), "terug"),
        (and(is("voldoet"), boven_budget.map(|it| !it)), "kwartiermaker"),
        (Some(true), "bestuur"),
    ];

    let (ontbreekt, gebruikt) = used(given);
    Compact {
        oordeel: oordeel.into(),
        totaal: total,
        route: first(&routes).into(),
        criteria: criteria.into_iter().map(|(criterion, _, _)| criterion).collect(),
        voorwaarden: vec![
            gate("meetbaar", meetbaar, "vervuld", "niet_vervuld"),
            gate("opbrengst", opbrengst, "vervuld", "niet_vervuld"),
        ],
        uitsluitingen: vec![gate("te_laat", te_laat, "ja", "nee"), gate("dubbel", dubbel, "ja", "nee")],
        signalen: vec![gate("boven_budget", boven_budget, "ja", "nee")],
        ontbreekt,
        gebruikt,
    }
}

/// What the first line that holds says; `open` when lines that may hold say different things.
fn first(lines: &[(Truth, &'static str)]) -> &'static str {
    let mut found = None;
    for (holds, name) in lines {
        if *holds == Some(false) {
            continue;
        }
        if found.is_some_and(|found| found != *name) {
            return "open";
        }
        found = Some(*name);
        if *holds == Some(true) {
            break;
        }
    }
    found.unwrap_or("open")
}

/// Of an open verdict: false when no line that may hold says it, else open.
fn possible(lines: &[(Truth, &'static str)], name: &str) -> Truth {
    for (holds, said) in lines {
        if *holds != Some(false) && *said == name {
            return None;
        }
        if *holds == Some(true) {
            break;
        }
    }
    Some(false)
}

/// Whether a score is at least `n/d` of its parts: `parts` is the parts times `n`.
fn at_least(score: Range, parts: u32, d: u32) -> Truth {
    match (score.van * d >= parts, score.tot_en_met * d >= parts) {
        (true, _) => Some(true),
        (_, false) => Some(false),
        _ => None,
    }
}

fn gate(naam: &'static str, holds: Truth, yes: &'static str, no: &'static str) -> Gate {
    let status = match holds {
        Some(true) => yes,
        Some(false) => no,
        None => "open",
    };
    Gate { naam, status }
}

fn boven_budget(given: &Answers<'_>) -> Truth {
    let (theme, start) = (given.thema.antwoord?, given.start.antwoord?);
    let budget = match (theme, start.get(..4)?) {
        (Theme::Onderwijs, "2020" | "2021") => 100_000,
        (Theme::Onderwijs, "2022") => 50_000,
        (Theme::Ambulant, "2020") => 160_000,
        (Theme::Ambulant, "2021") => 120_000,
        (Theme::Ambulant, "2022") => 80_000,
        (Theme::Inkoop, "2020") => 40_000,
        (Theme::Inkoop, "2021") => 30_000,
        _ => 0,
    };
    given.bedrag.antwoord.map(|asked| asked > budget)
}

/// Of an answer that is nee, deels or ja.
fn score(answer: &Answer<Level>) -> Range {
    let (van, tot_en_met) = match answer.antwoord {
        Some(Level::Ja) => (SCORE_PARTS, SCORE_PARTS),
        Some(Level::Deels) => (SCORE_PARTS / 2, SCORE_PARTS / 2),
        Some(Level::Nee) => (0, 0),
        None => (0, SCORE_PARTS),
    };
    Range { van, tot_en_met }
}

fn mean<const N: usize>(answers: [&Answer<Level>; N]) -> Range {
    let (mut van, mut tot_en_met) = (0, 0);
    for answer in answers {
        let score = score(answer);
        van += score.van;
        tot_en_met += score.tot_en_met;
    }
    let count = u32::try_from(N).unwrap_or(1);
    Range { van: van / count, tot_en_met: tot_en_met / count }
}

/// The score of the first line that holds.
fn ladder(whole: Truth, half: Truth) -> Range {
    let line = |open: bool| {
        if whole.unwrap_or(open) {
            SCORE_PARTS
        } else if half.unwrap_or(open) {
            SCORE_PARTS / 2
        } else {
            0
        }
    };
    Range { van: line(false), tot_en_met: line(true) }
}

/// Of each criterion what is told, whether its requirement is met, and its weight.
fn criteria<W: From<&'static str>>(given: &Answers<'_>) -> [(Criterion<W>, Truth, u32); 6] {
    let partners = given.partners.antwoord.as_ref().and_then(|chosen| u32::try_from(chosen.len()).ok());
    let highest = {
        let (left, right) = (score(&given.eigen_omgeving), score(&given.opnames));
        Range { van: left.van.max(right.van), tot_en_met: left.tot_en_met.max(right.tot_en_met) }
    };
    let lerend = given.lerend.antwoord;
    let learns = ladder(
        and(lerend.map(|it| it == Level::Ja), partners.map(|it| it >= 3)),
        and(lerend.map(|it| it != Level::Nee), partners.map(|it| it >= 2)),
    );
    let children = given.kinderen.antwoord;
    let reach = ladder(children.map(|it| it >= 500), children.map(|it| it >= 100));
    let one = |naam: &'static str, score: Range, weight: u32, least: u32, reden: String| {
        let met = at_least(score, SCORE_PARTS * least, 4);
        let uitkomst = match met {
            Some(true) => "gehaald",
            Some(false) => "niet_gehaald",
            None => "open",
        };
        (Criterion { naam, score, uitkomst: W::from(uitkomst), reden }, met, weight)
    };
    let stip = [&given.gezond, &given.veilig, &given.kansrijk];
    let doelen = [&given.dichterbij, &given.kort, &given.uitgaven, &given.vertrouwen];
    let thuis = [&given.eigen_omgeving, &given.opnames];
    let gezondheid = [&given.omdenken, &given.gedrag];
    [
        one("stip", mean(stip), 3, 2, levels(["gezond is ", ", veilig is ", ", kansrijk is "], stip)),
        one(
            "doelen",
            mean(doelen),
            3,
            1,
            levels(["dichterbij is ", ", kort is ", ", uitgaven is ", ", vertrouwen is "], doelen),
        ),
        one("thuis", highest, 2, 2, levels(["eigen_omgeving is ", ", opnames is "], thuis)),
        one(
            "leren",
            learns,
            2,
            2,
            with_number(levels(["lerend is "], [&given.lerend]), ", partners is ", partners),
        ),
        one("gezondheid", mean(gezondheid), 2, 1, levels(["omdenken is ", ", gedrag is "], gezondheid)),
        one("bereik", reach, 2, 2, with_number(String::new(), "kinderen is ", children)),
    ]
}

/// The answers behind a score, in words.
fn levels<const N: usize>(names: [&str; N], answers: [&Answer<Level>; N]) -> String {
    let mut out = String::with_capacity(96);
    for (name, answer) in names.into_iter().zip(answers) {
        out.push_str(name);
        out.push_str(match answer.antwoord {
            Some(Level::Ja) => "ja",
            Some(Level::Deels) => "deels",
            Some(Level::Nee) => "nee",
            None => "open",
        });
    }
    out
}

fn with_number(mut out: String, name: &str, number: Option<u32>) -> String {
    out.push_str(name);
    match number {
        // Writing to a string cannot fail.
        Some(number) => drop(write!(out, "{number}")),
        None => out.push_str("open"),
    }
    out
}

fn total<W>(criteria: &[(Criterion<W>, Truth, u32)]) -> Range {
    let sum = |of: fn(&Range) -> u32| {
        criteria.iter().map(|(criterion, _, weight)| weight * of(&criterion.score)).sum::<u32>()
    };
    Range { van: sum(|score| score.van), tot_en_met: sum(|score| score.tot_en_met) }
}

/// The names of the answers that are missing, and of those that are not.
fn used<W: From<&'static str>>(given: &Answers<'_>) -> (Vec<W>, Vec<W>) {
    let there = [
        given.thema.antwoord.is_some(),
        given.gezond.antwoord.is_some(),
        given.veilig.antwoord.is_some(),
        given.kansrijk.antwoord.is_some(),
        given.dichterbij.antwoord.is_some(),
        given.kort.antwoord.is_some(),
        given.uitgaven.antwoord.is_some(),
        given.vertrouwen.antwoord.is_some(),
        given.eigen_omgeving.antwoord.is_some(),
        given.opnames.antwoord.is_some(),
        given.lerend.antwoord.is_some(),
        given.partners.antwoord.is_some(),
        given.omdenken.antwoord.is_some(),
        given.gedrag.antwoord.is_some(),
        given.kinderen.antwoord.is_some(),
        given.nulmeting.antwoord.is_some(),
        given.evaluatie.antwoord.is_some(),
        given.elders.antwoord.is_some(),
        given.start.antwoord.is_some(),
        given.bedrag.antwoord.is_some(),
    ];
    let (mut missing, mut used) = (Vec::new(), Vec::with_capacity(there.len()));
    for (name, there) in workload::READ.into_iter().zip(there) {
        if there { used.push(name.into()) } else { missing.push(name.into()) }
    }
    (missing, used)
}
