//! Instructions per phase, which hardly change from run to run, also on a busy machine: `cargo bench --bench counts [-- FILTER]`.
//! Each phase is run under valgrind twice, with some turns and with one more; the difference is what one turn takes.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a bench that cannot read its input has nothing to measure"
)]

mod support;

use std::process::Command;

/// Turns before the one that is counted: buffers have grown, pieces are prepared.
const BEFORE: u64 = 2;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|one| one != "--bench").collect();
    if let [flag, name, turns] = arguments.as_slice()
        && flag == "--run"
    {
        let mut phase = support::phases().into_iter().find(|phase| phase.name == *name).unwrap();
        (0..turns.parse::<u64>().unwrap()).for_each(|_| (phase.run)());
        return;
    }
    let wanted = |name: &str| arguments.is_empty() || arguments.iter().any(|one| name.contains(one.as_str()));
    println!("{:<60} {:>15}", "phase", "instructions");
    for phase in support::phases() {
        // Those that take seconds take minutes under valgrind: only when they are asked for.
        if wanted(&phase.name) && (!phase.slow || !arguments.is_empty()) {
            match (count(&phase.name, BEFORE), count(&phase.name, BEFORE + 1)) {
                (Some(less), Some(more)) => println!("{:<60} {:>15}", phase.name, more.saturating_sub(less)),
                _ => eprintln!("{}: not counted; is valgrind installed?", phase.name),
            }
        }
    }
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
