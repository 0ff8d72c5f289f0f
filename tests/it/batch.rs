//! Lines of proposals: the same verdicts as one by one, in order, whatever the number of threads; faults of one line stay
//! on it.

use std::fs;
use std::io::{self, Read};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::PathBuf;

use meetlat::Report;
use meetlat::batch::{Batch, Judged, Line};
use meetlat::{Language, Limits, Meetlat, Versions};

use crate::helpers::rules;

const NAME: &str = "map/voorstellen.ndjson";

fn small() -> Versions {
    let rules = include_str!("../cases/klein/regels.meetlat");
    Versions::from(Meetlat::parse("klein.meetlat", rules).into_result().unwrap())
}

fn batch(threads: usize) -> Batch<'static> {
    Batch { name: NAME, threads: NonZeroUsize::new(threads), ..Batch::default() }
}

/// What is written for each line.
fn json(batch: &Batch<'_>, versions: &Versions, lines: impl Read + Send) -> Vec<String> {
    batch.json(versions, lines, |results| results.collect::<Result<_, _>>().unwrap())
}

fn judged(batch: &Batch<'_>, lines: impl Read + Send) -> Vec<Judged> {
    batch.judge(&small(), lines, |results| results.collect::<Result<_, _>>().unwrap())
}

/// The numbers of the lines with a verdict, and for each other line its number with its codes.
fn faults(all: &[Judged]) -> (Vec<u64>, Vec<(u64, Vec<&'static str>)>) {
    let good = all.iter().filter(|line| line.value.is_ok()).map(|line| line.number).collect();
    let bad = all.iter().filter_map(|line| {
        let found = line.value.as_ref().err()?;
        Some((line.number, found.iter().map(|one| one.code.as_str()).collect()))
    });
    (good, bad.collect())
}

fn line(answer: &str) -> String {
    format!(r#"{{"meetlat": "klein", "peildatum": "2024-05-01", "antwoorden": {{"gezond": {answer}}}}}"#)
}

/// All versions of a meetlat of the project.
fn shipped(name: &str) -> Versions {
    // A search that ends early ends at the same place every time, and keeps this test short.
    let limits = Limits { search_steps: 500, ..Limits::default() };
    let mut files: Vec<PathBuf> =
        fs::read_dir(rules::folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "meetlat"));
    files.sort();
    let all = files.iter().map(|file| {
        let text = fs::read_to_string(file).unwrap();
        Meetlat::load_with("regels", &text, &limits, rules::blocks(rules::folder())).into_result().unwrap()
    });
    Versions::group(all).into_iter().find(|versions| versions.name() == name).unwrap()
}

#[test]
fn every_shipped_proposal_is_judged_as_alone() {
    let mut count = 0;
    for name in ["ijsselland", "rijnmond", "midden_ijssel_oost_veluwe", "zuid_limburg"] {
        let versions = shipped(name);
        let folder = rules::folder().join("voorstellen").join(name);
        let mut files: Vec<PathBuf> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        let mut lines = String::new();
        for file in &files {
            let tree: serde_json::Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
            lines.push_str(&format!("{tree}\n"));
        }
        // More lines than are taken at a time, slow and fast ones mixed.
        let lines = lines.repeat(2);
        let alone: Vec<String> = lines
            .lines()
            .map(|line| {
                let (meetlat, proposal) = versions.read(NAME, line, None).unwrap();
                meetlat.in_language(Language::En).evaluate(&proposal).unwrap().to_json_line()
            })
            .collect();
        for threads in [1, 2, 5] {
            let batch = Batch { language: Language::En, ..batch(threads) };
            assert!(json(&batch, &versions, lines.as_bytes()) == alone, "{name} on {threads} threads");
        }
        count += alone.len();
    }
    assert!(count > 50);
}

#[test]
fn a_faulty_line_is_its_own_fault_only() {
    let good = line("\"ja\"");
    let all = [
        good.clone(),
        line("3"),
        String::new(),
        "  \t".to_owned(),
        "{\"meetlat\": \"klein\", \"antwoorden\": {\"a\": 1, \"a\": 2}}".to_owned(),
        good.clone(),
        "geen json".to_owned(),
        good.replace("klein", "groot"),
        good,
    ];
    for end in ["\n", "\r\n"] {
        for last in ["", end] {
            let text = format!("\u{feff}{}{last}", all.join(end));
            for threads in [1, 3] {
                let judged = judged(&batch(threads), text.as_bytes());
                let (good, bad) = faults(&judged);
                assert_eq!(good, [1, 6, 9]);
                let expected =
                    [(2, vec!["V0204"]), (5, vec!["V0201", "V0102"]), (7, vec!["V0101"]), (8, vec!["V0203"])];
                assert_eq!(bad, expected);
                let double = judged.iter().find(|line| line.number == 5).unwrap();
                let report = Report::new(double.value.as_ref().unwrap_err(), Language::Nl);
                let place = &report.messages[0].places[0];
                assert_eq!((place.file.as_str(), place.line), (NAME, 5));
                assert!(report.messages.iter().any(|message| message.code == "V0102"));
            }
        }
    }
}

#[test]
fn written_lines_stand_where_their_proposals_stood() {
    let text = format!("\n{}\nstuk\n\n{}", line("\"ja\""), line("\"nee\""));
    for threads in [1, 2] {
        let written = json(&batch(threads), &small(), text.as_bytes());
        assert_eq!(written.len(), 5);
        assert_eq!((written[0].as_str(), written[3].as_str()), ("", ""));
        assert!(written[1].contains("\"oordeel\"") && written[4].contains("\"oordeel\""));
        let report: Report = serde_json::from_str(&written[2]).unwrap();
        assert_eq!((report.messages[0].code.as_str(), report.messages[0].places[0].line), ("V0101", 3));
    }
}

#[test]
fn bytes_that_are_no_text_are_placed() {
    let mut text = line("\"ja\"").into_bytes();
    text.extend(b"\n{\"m\xc3\xa9\xff\n");
    text.extend(line("\"ja\"").bytes());
    let judged = judged(&batch(2), text.as_slice());
    let (good, bad) = faults(&judged);
    assert_eq!((good, bad), (vec![1, 3], vec![(2, vec!["V0101"])]));
    let report = Report::new(judged[1].value.as_ref().unwrap_err(), Language::Nl);
    let place = &report.messages[0].places[0];
    assert_eq!((place.line, place.column), (2, 5), "in characters, after the last good one");
}

#[test]
fn a_line_at_the_limit_is_read_and_a_longer_one_is_not_kept() {
    let good = line("\"ja\"");
    let most = good.len();
    let long = format!("{good}{}", " ".repeat(200_000));
    let limited =
        |line_bytes, threads| Batch { limits: Limits { line_bytes, ..Limits::default() }, ..batch(threads) };
    for end in ["\n", "\r\n"] {
        for last in [&good, &long, &format!("{good} ")] {
            let text = [&good, &long, &good, &format!("{good}  "), last].map(String::as_str).join(end);
            for threads in [1, 2] {
                let judged = judged(&limited(most, threads), text.as_bytes());
                let (good_lines, bad) = faults(&judged);
                let too_long = vec!["G0001"];
                let mut expected = vec![(2, too_long.clone()), (4, too_long.clone())];
                if last.len() > most {
                    expected.push((5, too_long));
                }
                assert_eq!(bad, expected);
                assert_eq!(good_lines.len() + bad.len(), 5);
                let report = Report::new(judged[1].value.as_ref().unwrap_err(), Language::Nl);
                assert!(report.messages[0].text.contains(&format!("{} bytes", long.len())));
            }
        }
    }
    let (good_lines, bad) = faults(&judged(&limited(most - 1, 1), good.as_bytes()));
    assert_eq!((good_lines.len(), bad.len()), (0, 1));
}

/// Gives some bytes, a few at a time, then fails.
struct Breaks(Vec<u8>);

impl Read for Breaks {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.0.is_empty() {
            return Err(io::Error::other("de kabel is los"));
        }
        let count = self.0.len().min(buffer.len()).min(7);
        let rest = self.0.split_off(count);
        buffer[..count].copy_from_slice(&self.0);
        self.0 = rest;
        Ok(count)
    }
}

#[test]
fn a_stream_that_breaks_says_so_after_what_was_whole() {
    for threads in [1, 2] {
        let text = format!("{0}\n{0}\n{{\"half", line("\"ja\""));
        let results: Vec<_> =
            batch(threads).judge(&small(), Breaks(text.into_bytes()), |results| results.collect());
        assert_eq!(results.len(), 3);
        assert!(results[0].is_ok() && results[1].is_ok());
        assert_eq!(results[2].as_ref().unwrap_err().to_string(), "de kabel is los");
    }
}

/// The same line without end.
struct Endless(Vec<u8>, usize);

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        for byte in buffer.iter_mut() {
            *byte = self.0[self.1 % self.0.len()];
            self.1 += 1;
        }
        Ok(buffer.len())
    }
}

#[test]
fn whoever_stops_halfway_ends_the_work() {
    for threads in [1, 4] {
        let endless = Endless(format!("{}\n", line("\"ja\"")).into_bytes(), 0);
        // This test does not end when a thread goes on.
        let numbers: Vec<u64> = batch(threads)
            .judge(&small(), endless, |results| results.take(300).map(|line| line.unwrap().number).collect());
        assert!(numbers.into_iter().eq(1..=300));
    }
}

/// Gives a line only when the one before was seen to be judged.
struct Answers<'a>(&'a std::sync::Mutex<std::sync::mpsc::Receiver<()>>, String, u8);

impl Read for Answers<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.2 == 5 {
            return Ok(0);
        }
        if self.2 > 0 {
            self.0
                .lock()
                .unwrap()
                .recv_timeout(std::time::Duration::from_secs(60))
                .map_err(io::Error::other)?;
        }
        self.2 += 1;
        buffer[..self.1.len()].copy_from_slice(self.1.as_bytes());
        Ok(self.1.len())
    }
}

#[test]
fn a_result_does_not_wait_for_the_next_line() {
    for threads in [1, 2, 3] {
        let (seen, to_see) = std::sync::mpsc::channel();
        let to_see = std::sync::Mutex::new(to_see);
        let answers = Answers(&to_see, format!("{}\n", line("\"ja\"")), 0);
        let count = batch(threads).judge(&small(), answers, |results| {
            results
                .map(|line| {
                    line.unwrap();
                    seen.send(()).unwrap();
                })
                .count()
        });
        assert_eq!(count, 5);
    }
}

/// What is handed on in chunks, each line as its number and its length, or `!` when it cannot be used; held back only
/// while more follows.
fn handed_on(batch: &Batch<'_>, lines: impl Read + Send) -> (String, io::Result<()>) {
    let work = |(): &mut (), line: &Line, chunk: &mut String| {
        let length = line.text(NAME).map_or_else(|_| "!".to_owned(), |text| text.len().to_string());
        chunk.push_str(&format!("{} {length}\n", line.number()));
    };
    let (mut all, mut held) = (String::new(), String::new());
    let ended = batch.chunks(
        lines,
        || (),
        work,
        |chunk, more| {
            held.push_str(chunk);
            chunk.clear();
            if !more {
                all.push_str(&std::mem::take(&mut held));
            }
            ControlFlow::Continue(())
        },
    );
    assert!(held.is_empty());
    (all, ended)
}

#[test]
fn many_tiny_lines_are_handed_on_in_order() {
    let lines: Vec<String> = (0..100_000_usize).map(|n| "x".repeat(n % 7)).collect();
    let mut text = lines.join("\n").into_bytes();
    // One that is no text, one that is too long, and one that needs more memory than is kept for others.
    let mut expected: Vec<String> =
        lines.iter().enumerate().map(|(n, line)| format!("{} {}\n", n + 1, line.len())).collect();
    text.extend(b"\n\xff\n");
    text.extend([b'x'; 200_001]);
    text.push(b'\n');
    text.extend([b'x'; 200_000]);
    text.extend(b"\nxx");
    expected.extend(["100001 !\n", "100002 !\n", "100003 200000\n", "100004 2\n"].map(str::to_owned));
    let expected = expected.concat();
    for (threads, batch_window) in [(1, 1_000), (2, 1_000), (8, 1_000), (2, 1), (8, 30), (3, 5_000)] {
        let limits = Limits { line_bytes: 200_000, batch_window, ..Limits::default() };
        let (all, ended) = handed_on(&Batch { limits, ..batch(threads) }, text.as_slice());
        ended.unwrap();
        assert!(all == expected, "{threads} threads, window {batch_window}");
    }
}

#[test]
fn a_stream_that_breaks_says_so_after_what_was_handed_on() {
    for threads in [1, 2, 8] {
        let text = format!("{}half", "heel\n".repeat(300));
        let (all, ended) = handed_on(&batch(threads), Breaks(text.into_bytes()));
        assert_eq!(ended.unwrap_err().to_string(), "de kabel is los");
        assert!(all.ends_with("\n300 4\n") && all.lines().count() == 300, "{all}");
    }
}

#[test]
fn what_is_handed_on_does_not_wait_for_the_next_line() {
    for threads in [1, 2, 3] {
        let (seen, to_see) = std::sync::mpsc::channel();
        let to_see = std::sync::Mutex::new(to_see);
        let answers = Answers(&to_see, format!("{}\n", line("\"ja\"")), 0);
        let mut count = 0;
        let ended = batch(threads).chunks(
            answers,
            || (),
            |(): &mut (), _: &Line, chunk: &mut usize| *chunk += 1,
            |chunk, more| {
                assert!(!more);
                for _ in 0..std::mem::take(chunk) {
                    count += 1;
                    seen.send(()).unwrap();
                }
                ControlFlow::Continue(())
            },
        );
        ended.unwrap();
        assert_eq!(count, 5);
    }
}

#[test]
fn whoever_breaks_off_ends_the_work() {
    for threads in [1, 4] {
        let endless = Endless(format!("{}\n", line("\"ja\"")).into_bytes(), 0);
        let mut numbers = Vec::new();
        // This test does not end when a thread goes on.
        let ended = batch(threads).chunks(
            endless,
            || (),
            |(): &mut (), line: &Line, chunk: &mut Vec<u64>| chunk.push(line.number()),
            |chunk, _| {
                numbers.append(chunk);
                if numbers.len() < 300 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            },
        );
        ended.unwrap();
        assert!(numbers.len() >= 300 && numbers.iter().copied().eq(1..=numbers.len() as u64));
    }
}
