//! Rate and memory of `toets` on lines: `cargo bench -p meetlat-cli --bench batch -- [options] [NUMBER OF LINES]...`.
//!
//! Makes files of so many lines from proposals of this repository, each line with a title of its own, and judges them on
//! one and on two threads in turns. Options: `--file PATH`, a proposal, or NDJSON of them, to make lines from instead (may be
//! repeated); `--rules PATH`, for `--meetlat`; `--rounds N`, of which the median counts (3). Without numbers: 10,000 and
//! 1,000,000 lines.
//!
//! Compare within one run only. `faster` is by the clock, and says little when the machine is busy. `could be` is how much
//! faster two threads are on two free cores, if neither has to wait: the CPU time of one thread over half that of both.
//! Memory is the process's highest, from `/proc`; without that it is not told.
#![allow(clippy::unwrap_used, reason = "a bench that cannot read its input has nothing to measure")]
#![allow(clippy::print_stdout, reason = "the table is the result")]

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

/// With few open questions, so that reading and writing count too.
const PROPOSALS: [&str; 2] = ["ijsselland/spoedhulp.json", "rijnmond/programmateam_2021.json"];

struct Options {
    files: Vec<PathBuf>,
    rules: Option<PathBuf>,
    rounds: usize,
    lines: Vec<usize>,
}

fn options() -> Options {
    let mut options = Options { files: Vec::new(), rules: None, rounds: 3, lines: Vec::new() };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            // Given by cargo.
            "--bench" => {}
            "--file" => options.files.extend(arguments.next().map(PathBuf::from)),
            "--rules" => options.rules = arguments.next().map(PathBuf::from),
            "--rounds" => options.rounds = arguments.next().unwrap().parse().unwrap(),
            number => options.lines.push(number.parse().unwrap()),
        }
    }
    if options.files.is_empty() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules/voorstellen");
        options.files = PROPOSALS.map(|name| folder.join(name)).to_vec();
    }
    if options.lines.is_empty() {
        options.lines = vec![10_000, 1_000_000];
    }
    options
}

/// The proposals of a file: one, or one a line.
fn proposals(path: &Path) -> Vec<Value> {
    let text = fs::read_to_string(path).unwrap();
    match serde_json::from_str(&text) {
        Ok(one) => vec![one],
        Err(_) => text.lines().map(|line| serde_json::from_str(line).unwrap()).collect(),
    }
}

/// Writes the lines; how many bytes.
fn write(path: &Path, proposals: &[Value], count: usize) -> u64 {
    let mut out = BufWriter::new(File::create(path).unwrap());
    // The title is put into text that was written once: making a million trees takes longer than judging them.
    let texts: Vec<(String, String)> = proposals
        .iter()
        .map(|proposal| {
            let mut proposal = proposal.clone();
            let fields = proposal.as_object_mut().unwrap();
            fields.insert("titel".to_owned(), Value::from("\u{1}"));
            let text = proposal.to_string();
            let (before, after) = text.split_once("\\u0001").unwrap();
            (before.to_owned(), after.to_owned())
        })
        .collect();
    for (number, (before, after)) in texts.iter().cycle().take(count).enumerate() {
        writeln!(out, "{before}Voorstel {number}{after}").unwrap();
    }
    out.flush().unwrap();
    fs::metadata(path).unwrap().len()
}

#[derive(Clone, Copy)]
struct Run {
    wall: Duration,
    /// In ticks of the system's clock, mostly 10 ms.
    cpu: Option<u64>,
    /// In KiB.
    peak: Option<u64>,
}

/// Memory and CPU time so far; after the end the latter still stands there until the process is waited for.
fn look(pid: u32, run: &mut Run) -> Option<bool> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    run.peak = peak.and_then(|peak| peak.split_whitespace().next()?.parse().ok()).or(run.peak);
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (_, fields) = stat.rsplit_once(')')?;
    let fields: Vec<&str> = fields.split_whitespace().collect();
    run.cpu = Some(fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?);
    Some(*fields.first()? == "Z")
}

fn judge(path: &Path, rules: Option<&Path>, threads: usize) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_meetlat"));
    command.arg("toets").arg(path).args(["--formaat", "json", "--draden", &threads.to_string()]);
    if let Some(rules) = rules {
        command.arg("--meetlat").arg(rules);
    }
    let began = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let mut run = Run { wall: Duration::ZERO, cpu: None, peak: None };
    while look(child.id(), &mut run) == Some(false) {
        thread::sleep(Duration::from_millis(2));
    }
    let ended = child.wait().unwrap();
    run.wall = began.elapsed();
    assert!(matches!(ended.code(), Some(0 | 3)), "{} has faults", path.display());
    run
}

fn median<T: Copy>(runs: &[Run], of: impl Fn(&Run) -> T, sort: impl Fn(&mut Vec<T>)) -> T {
    let mut all: Vec<T> = runs.iter().map(of).collect();
    sort(&mut all);
    *all.get(all.len() / 2).unwrap()
}

/// A ratio with two decimals.
fn ratio(of: u128, to: u128) -> String {
    match (of * 100).checked_div(to) {
        Some(hundredths) => format!("{}.{:02}", hundredths / 100, hundredths % 100),
        None => "?".to_owned(),
    }
}

fn shown(number: Option<u64>) -> String {
    number.map_or_else(|| "?".to_owned(), |number| number.to_string())
}

fn main() {
    let options = options();
    let proposals: Vec<Value> = options.files.iter().flat_map(|path| proposals(path)).collect();
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("batch.ndjson");
    println!("| lines | MB | threads | s | lines/s | CPU, 10 ms | peak, KiB | faster | could be |");
    println!("|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    for &count in &options.lines {
        let bytes = write(&path, &proposals, count);
        let mut runs = [Vec::new(), Vec::new()];
        for _ in 0..options.rounds {
            for (threads, runs) in (1..).zip(&mut runs) {
                runs.push(judge(&path, options.rules.as_deref(), threads));
            }
        }
        let mut first: Option<(u128, Option<u64>)> = None;
        for (threads, runs) in (1..).zip(&runs) {
            let wall = median(runs, |run| run.wall.as_micros(), |all| all.sort_unstable());
            let cpu = median(runs, |run| run.cpu, |all| all.sort_unstable());
            let peak = median(runs, |run| run.peak, |all| all.sort_unstable());
            let (one_wall, one_cpu) = *first.get_or_insert((wall, cpu));
            let could = match (threads, one_cpu, cpu) {
                (2, Some(one), Some(both)) => ratio(u128::from(one) * 2, u128::from(both)),
                _ => String::new(),
            };
            println!(
                "| {count} | {} | {threads} | {} | {} | {} | {} | {} | {could} |",
                bytes / 1_000_000,
                ratio(wall, 1_000_000),
                u128::try_from(count).unwrap() * 1_000_000 / wall.max(1),
                shown(cpu),
                shown(peak),
                ratio(one_wall, wall),
            );
        }
    }
    fs::remove_file(path).unwrap();
}
