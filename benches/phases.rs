//! Time per phase: `cargo bench --bench phases [-- FILTER]`. Compare within one run only; `counts` is steadier.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a bench that cannot read its input has nothing to measure"
)]

mod support;

use std::sync::LazyLock;

use divan::Bencher;

fn main() {
    divan::main();
}

static NAMES: LazyLock<Vec<String>> =
    LazyLock::new(|| support::phases().into_iter().map(|phase| phase.name).collect());

#[divan::bench(args = NAMES.iter(), max_time = 1)]
fn phase(bencher: Bencher<'_, '_>, name: &String) {
    let phase = support::phases().into_iter().find(|phase| phase.name == *name).unwrap();
    let slow = phase.slow;
    let mut turn = phase.ready();
    if !slow {
        // What is made once is no part of a turn.
        turn();
    }
    bencher.bench_local(turn);
}
