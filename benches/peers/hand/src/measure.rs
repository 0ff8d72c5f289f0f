//! What all measurements share: the comparison before any number, and thread time in interleaved rounds beside one anchor.

use std::error::Error;
use std::hint::black_box;

use rustix::time::{ClockId, clock_gettime};
use serde_json::{Value, json};

use crate::Proposal;

/// What went wrong.
pub type Fault = Box<dyn Error>;

/// One thing to measure: it is called with the place of a proposal among the timed ones.
pub struct Phase<'a> {
    name: &'static str,
    run: Box<dyn FnMut(usize) + 'a>,
}

impl<'a> Phase<'a> {
    /// Something by a name. What `run` makes is kept from being optimised away.
    pub fn new<T>(name: &'static str, mut run: impl FnMut(usize) -> T + 'a) -> Self {
        Self {
            name,
            run: Box::new(move |at| {
                black_box(run(black_box(at)));
            }),
        }
    }
}

/// What a program was asked to do, by its arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Compare only.
    Compare,
    /// Compare, then measure with proposals in which nothing is missing.
    Measure,
    /// Compare, then measure with proposals in which answers are missing.
    MeasureOpen,
}

impl Asked {
    /// Reads the arguments: none, `compare` or `open`.
    #[must_use]
    pub fn from_arguments() -> Self {
        match std::env::args().nth(1).as_deref() {
            Some("compare") => Self::Compare,
            Some("open") => Self::MeasureOpen,
            _ => Self::Measure,
        }
    }

    /// The proposals to measure with.
    #[must_use]
    pub fn proposals(self) -> Vec<String> {
        if self == Self::MeasureOpen { workload::timed_open() } else { workload::timed() }
    }
}

/// Compares an engine's answers with those by hand, on all proposals: those that are timed and 512 others.
///
/// # Errors
/// The first proposal on which they differ, with both answers.
pub fn compare(peer: &str, mut answer: impl FnMut(&str) -> Result<Value, Fault>) -> Result<(), Fault> {
    let sets = [workload::timed(), workload::timed_open(), workload::compared()];
    let mut count = 0;
    for proposal in sets.iter().flatten() {
        let expected: Value = serde_json::from_slice(&crate::bytes_to_bytes(proposal.as_bytes())?)?;
        let found = answer(proposal)?;
        if found != expected {
            let places = differences(&expected, &found).join("\n  ");
            return Err(
                format!("{peer} gives another answer (by hand, {peer}):\n  {places}\n{proposal}").into()
            );
        }
        count += 1;
    }
    eprintln!("{peer}: the same answer as by hand on {count} proposals");
    Ok(())
}

fn differences(expected: &Value, found: &Value) -> Vec<String> {
    let mut out = Vec::new();
    differ("", expected, found, &mut out);
    out
}

fn differ(at: &str, expected: &Value, found: &Value, out: &mut Vec<String>) {
    match (expected, found) {
        (Value::Object(left), Value::Object(right)) if left.keys().eq(right.keys()) => {
            for (key, value) in left {
                differ(&format!("{at}/{key}"), value, &right[key], out);
            }
        }
        (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
            for (place, (one, other)) in left.iter().zip(right).enumerate() {
                differ(&format!("{at}/{place}"), one, other, out);
            }
        }
        _ if expected == found => {}
        _ => out.push(format!("{at}: {expected}, {found}")),
    }
}

/// Measures and prints one line of JSON: nanoseconds of thread time per proposal, medians of interleaved rounds; `anchor` and
/// `anchor_eval` are forms b and a3 by hand, measured in the same process and the same rounds. `compile` makes the rules ready
/// to use.
///
/// # Errors
/// When the anchor cannot read a proposal.
pub fn measure<T>(
    peer: &str,
    proposals: &[String],
    mut compile: impl FnMut() -> T,
    phases: Vec<Phase<'_>>,
) -> Result<(), Fault> {
    let parsed =
        proposals.iter().map(|json| serde_json::from_str(json)).collect::<Result<Vec<Proposal<'_>>, _>>()?;
    let anchors = [
        Phase::new("anchor", |at: usize| crate::bytes_to_bytes(proposals[at].as_bytes())),
        Phase::new("anchor_eval", |at: usize| crate::judge::<String>(&parsed[at])),
    ];
    let mut phases: Vec<Timed<'_>> = anchors.into_iter().chain(phases).map(Timed::new).collect();
    let mut compiling = Vec::new();
    for phase in &mut phases {
        phase.settle(proposals.len());
    }
    for _ in 0..rounds() {
        for phase in &mut phases {
            phase.sample(proposals.len());
        }
        let before = thread_nanoseconds();
        black_box(compile());
        compiling.push(thread_nanoseconds() - before);
    }
    let mut found = serde_json::Map::new();
    for mut phase in phases {
        found.insert(phase.phase.name.to_owned(), json!(median(&mut phase.samples)));
    }
    println!("{}", json!({"peer": peer, "compile": median(&mut compiling), "phases": found}));
    Ok(())
}

struct Timed<'a> {
    phase: Phase<'a>,
    /// Times over all proposals in one sample.
    turns: u32,
    /// Nanoseconds per proposal.
    samples: Vec<f64>,
}

/// Nanoseconds that a sample takes at least.
const SAMPLE: f64 = 4e6;

impl<'a> Timed<'a> {
    fn new(phase: Phase<'a>) -> Self {
        Self { phase, turns: 1, samples: Vec::new() }
    }

    fn once(&mut self, count: usize) -> f64 {
        let before = thread_nanoseconds();
        for _ in 0..self.turns {
            (0..count).for_each(&mut self.phase.run);
        }
        thread_nanoseconds() - before
    }

    /// Warms up, and finds how many turns make a sample.
    fn settle(&mut self, count: usize) {
        while self.once(count) < SAMPLE && self.turns < 1 << 20 {
            self.turns *= 2;
        }
    }

    fn sample(&mut self, count: usize) {
        let took = self.once(count);
        self.samples.push(took / f64::from(self.turns) / count as f64);
    }
}

fn rounds() -> usize {
    std::env::var("MEETLAT_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(25)
}

fn thread_nanoseconds() -> f64 {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    now.tv_sec as f64 * 1e9 + now.tv_nsec as f64
}

fn median(samples: &mut [f64]) -> f64 {
    samples.sort_by(f64::total_cmp);
    samples.get(samples.len() / 2).copied().unwrap_or(0.0)
}
