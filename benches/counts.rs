//! Instructions per phase, which hardly change from run to run, also on a busy machine: `cargo bench --bench counts [-- FILTER]`.
//! Each phase is run under valgrind with few turns and with many more; the difference, divided, is what one turn takes.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a bench that cannot read its input has nothing to measure"
)]

mod support;

use std::process::Command;

/// Turns before those that are counted: buffers have grown, pieces are prepared.
const BEFORE: u64 = 2;

/// Counted turns at most.
const TURNS: u64 = 1_000;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|one| one != "--bench").collect();
    if let [flag, name, turns] = arguments.as_slice()
        && flag == "--run"
    {
        let mut turn = support::phases().into_iter().find(|phase| phase.name == *name).unwrap().ready();
        (0..turns.parse::<u64>().unwrap()).for_each(|_| turn());
        return;
    }
    let wanted = |name: &str| arguments.is_empty() || arguments.iter().any(|one| name.contains(one.as_str()));
    println!("{:<60} {:>15}", "phase", "instructions");
    for phase in support::phases() {
        // Those that take seconds take minutes under valgrind: only when they are asked for.
        if wanted(&phase.name) && (!phase.slow || !arguments.is_empty()) {
            match of_a_turn(&phase.name) {
                Some(counted) => println!("{:<60} {:>15}", phase.name, counted),
                None => eprintln!("{}: not counted; is valgrind installed?", phase.name),
            }
        }
    }
}

/// Getting ready takes some thousandths more or less each time, since maps that compile rules are seeded anew. So there are as many
/// turns as take about as much as getting ready: then a turn is known to a thousandth or so.
fn of_a_turn(name: &str) -> Option<u64> {
    let less = count(name, BEFORE)?;
    let one = count(name, BEFORE + 1)?.saturating_sub(less);
    let turns = (less / one.max(1)).clamp(1, TURNS);
    if turns == 1 {
        return Some(one);
    }
    Some(count(name, BEFORE + turns)?.saturating_sub(less) / turns)
}

/// All instructions of a run with so many turns.
fn count(name: &str, turns: u64) -> Option<u64> {
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(std::env::current_exe().ok()?);
    let output = command.args(["--run", name, &turns.to_string()]).output().ok()?;
    let told = String::from_utf8_lossy(&output.stderr);
    let collected = told.lines().find_map(|line| line.split_once("Collected :"))?;
    collected.1.trim().parse().ok()
}
