//! `toets` on lines of proposals, and on many files.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;

use crate::support::{OPEN, RULES, SETTLED, code, documents, err, folder, meetlat, out, run, text};

/// A proposal on one line.
fn line(path: &str) -> String {
    let text = text(path);
    serde_json::from_str::<Value>(&text).unwrap().to_string()
}

fn file(folder: &Path, name: &str, text: &[u8]) -> String {
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn each_line_has_its_result_in_order_and_the_end_says_what_came_of_it() {
    let folder = folder("batch_json");
    let (settled, open) = (line(SETTLED), line(OPEN));
    let mut text = format!("\u{feff}{settled}\r\n{open}\r\n\r\n").into_bytes();
    text.extend(b"{\"meetlat\": \"buurtfonds\", \xff\n");
    text.extend(format!("{{\"meetlat\": \"onbekend\", \"antwoorden\": {{}}}}\n{settled}").bytes());
    for (name, threads) in [("a.ndjson", "1"), ("a.jsonl", "2"), ("a.ndjson", "7")] {
        let path = file(&folder, name, &text);
        let output = run(&["toets", &path, "-m", RULES, "-f", "json", "--draden", threads]);
        assert_eq!(code(&output), 1);
        let documents = documents(&output);
        assert_eq!(documents.len(), 6);
        assert_eq!(documents[0]["oordeel"]["uitkomst"], "toegekend");
        assert_eq!(documents[1]["oordeel"]["status"], "open");
        assert_eq!(documents[2], Value::Null);
        let place = &documents[3]["meldingen"][0]["plaatsen"][0];
        assert_eq!((&place["regel"], &place["kolom"]), (&4.into(), &27.into()));
        assert_eq!(documents[4]["meldingen"][0]["code"], "V0203");
        assert_eq!(documents[4]["meldingen"][0]["plaatsen"][0]["regel"], 5);
        assert_eq!(documents[5], documents[0]);
        let summary: Value = serde_json::from_str(&err(&output)).unwrap();
        let summary = &summary["samenvatting"];
        let counts = ["regels", "leeg", "vast", "open", "fouten"].map(|key| summary[key].as_u64().unwrap());
        assert_eq!(counts, [6, 1, 2, 1, 2]);
        let outcomes = summary["meetlatten"][0]["oordeel"]["uitkomsten"].as_array().unwrap();
        let granted = outcomes.iter().find(|outcome| outcome["naam"] == "toegekend").unwrap();
        assert_eq!(granted["aantal"], 2);
    }
}

#[test]
fn a_list_for_people_has_a_short_line_for_each_proposal() {
    let folder = folder("batch_text");
    let text = format!("{}\n{}\n{{}}\n\n{}\n", line(SETTLED), line(OPEN), line(SETTLED));
    let path = file(&folder, "lijst.ndjson", text.as_bytes());
    let output = run(&["toets", &path, "-m", RULES]);
    assert_eq!(code(&output), 1);
    let shown = out(&output);
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines.len(), 4, "{shown}");
    assert!(lines[0].starts_with("     1  ") && lines[0].contains("  toegekend  "), "{shown}");
    assert!(lines[1].starts_with("     2  ") && lines[1].contains("  open: "), "{shown}");
    assert!(lines[2].starts_with("     3  fout V"), "{shown}");
    assert!(lines[3].starts_with("     5  "), "{shown}");
    let told = err(&output);
    assert!(told.contains("lijst.ndjson:3:1"), "{told}");
    assert!(told.contains("4 voorstellen in "), "{told}");
    assert!(told.contains("\n  2 vast, 1 open, 1 met een fout, 1 lege regel\n"), "{told}");
    // No progress where nobody watches.
    assert!(!told.contains('\r') && !told.contains('\u{1b}'), "{told}");
    let english = run(&["judge", &path, "--rules", RULES, "--language", "en", "--threads", "2"]);
    assert!(out(&english).contains("     3  error V"), "{}", out(&english));
    assert!(err(&english).contains("2 settled, 1 open, 1 with an error, 1 blank"), "{}", err(&english));
}

#[test]
fn the_exit_code_is_that_of_the_worst_line() {
    let folder = folder("batch_codes");
    let ends = |text: String| {
        let path = file(&folder, "a.ndjson", text.as_bytes());
        code(&run(&["toets", &path, "-m", RULES]))
    };
    assert_eq!(ends(format!("{}\n{}\n", line(SETTLED), line(SETTLED))), 0);
    assert_eq!(ends(format!("{}\n{}\n", line(OPEN), line(SETTLED))), 3);
    assert_eq!(ends(format!("{}\nx\n{}\n", line(OPEN), line(SETTLED))), 1);
    assert_eq!(ends(String::new()), 0);
    assert_eq!(code(&run(&["toets", "bestaat_niet.ndjson", "-m", RULES])), 1);
    let wrong = run(&["toets", SETTLED, "--draden", "0"]);
    assert_eq!(code(&wrong), 2);
    assert!(err(&wrong).contains("kies een heel getal vanaf 1"), "{}", err(&wrong));
}

#[test]
fn standard_input_gives_each_result_before_the_next_line_comes() {
    let mut child = meetlat()
        .args(["toets", "-", "--per-regel", "-m", RULES, "-f", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    for path in [SETTLED, OPEN, SETTLED] {
        writeln!(input, "{}", line(path)).unwrap();
        let mut result = String::new();
        output.read_line(&mut result).unwrap();
        let result: Value = serde_json::from_str(&result).unwrap();
        assert_eq!(result["oordeel"]["status"] == "open", path == OPEN);
        assert_eq!(result["voorstel"]["bestand"], "(standaardinvoer)");
    }
    drop(input);
    let mut rest = String::new();
    output.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "");
    assert_eq!(child.wait().unwrap().code(), Some(3));
}

#[test]
fn whoever_stops_reading_ends_it() {
    let mut child = meetlat()
        .args(["toets", "-", "--lines", "-m", RULES])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    drop(child.stdout.take());
    // The input stays open: only the closed output can end it.
    writeln!(input, "{}", line(SETTLED)).unwrap();
    let mut told = String::new();
    child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    assert_eq!((child.wait().unwrap().code(), told.as_str()), (Some(0), ""));
    drop(input);
}

#[test]
fn lines_go_to_a_file_at_once_and_whole() {
    let folder = folder("batch_file");
    // More than is kept before the file is begun.
    let text = format!("{}\n", line(OPEN)).repeat(400);
    let path = file(&folder, "a.ndjson", text.as_bytes());
    let to = folder.join("uit.ndjson");
    let output = run(&["toets", &path, "-m", RULES, "-f", "json", "-u", to.to_str().unwrap()]);
    assert_eq!((code(&output), out(&output).as_str()), (3, ""));
    let written = fs::read_to_string(&to).unwrap();
    assert!(written.len() > 1 << 20 && written.lines().count() == 400);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 2, "nothing is left beside it");
    let nowhere = folder.join("weg/uit.ndjson");
    let failed = run(&["toets", &path, "-m", RULES, "-f", "json", "-u", nowhere.to_str().unwrap()]);
    assert_eq!(code(&failed), 1);
    assert!(out(&failed).contains("B0003"), "{}", out(&failed));
}

#[test]
fn lines_may_be_for_different_rules_built_in_too() {
    let folder = folder("batch_mixed");
    let proposals = [
        "rules/voorstellen/ijsselland/spoedhulp.json",
        "rules/voorstellen/rijnmond/programmateam_2021.json",
        "rules/voorstellen/ijsselland/spoedhulp.json",
    ];
    let text: String = proposals.iter().map(|path| line(path) + "\n").collect();
    let path = file(&folder, "a.ndjson", text.as_bytes());
    let output = run(&["toets", &path, "-f", "json", "--threads", "2"]);
    let names = documents(&output).iter().map(|one| one["meetlat"]["naam"].clone()).collect::<Vec<_>>();
    assert_eq!(names, ["ijsselland", "rijnmond", "ijsselland"]);
    // Each is what it is alone, but for the file it stands in.
    for (path, mut document) in proposals.iter().zip(documents(&output)) {
        let mut alone: Value = serde_json::from_str(&out(&run(&["toets", path, "-f", "json"]))).unwrap();
        for one in [&mut document, &mut alone] {
            one["voorstel"]["bestand"] = Value::Null;
            one["voorstel"]["sha256"] = Value::Null;
        }
        assert_eq!(document, alone);
    }
    let unknown = file(&folder, "b.ndjson", b"{\"meetlat\": \"elders\", \"antwoorden\": {}}\n");
    let output = run(&["toets", &unknown, "-f", "json"]);
    let message = &documents(&output)[0]["meldingen"][0];
    assert_eq!(message["code"], "B0004");
    assert!(message["melding"].as_str().unwrap().contains("b.ndjson:1 vraagt om"), "{message}");
}

#[test]
fn many_files_and_lines_together_keep_their_order() {
    let folder = folder("batch_order");
    let lines = file(&folder, "a.ndjson", format!("{}\n{}\n", line(SETTLED), line(OPEN)).as_bytes());
    let mut arguments = vec!["toets", "-m", RULES, "-f", "json"];
    arguments.extend([SETTLED, OPEN].repeat(10));
    arguments.push(&lines);
    arguments.extend([OPEN, SETTLED].repeat(10));
    let expected: Vec<bool> = [[false, true].repeat(11), [true, false].repeat(10)].concat();
    for threads in ["1", "2", "4"] {
        let output = run(&[arguments.as_slice(), &["-d", threads]].concat());
        assert_eq!(code(&output), 3);
        let open: Vec<bool> =
            documents(&output).iter().map(|one| one["oordeel"]["status"] == "open").collect();
        assert_eq!(open, expected);
    }
}

#[test]
fn results_and_messages_stand_in_the_order_of_the_lines_whatever_the_number_of_threads() {
    let folder = folder("batch_together");
    let (settled, open) = (line(SETTLED), line(OPEN));
    let mut text = Vec::new();
    for n in 0..300 {
        text.extend(match n % 5 {
            0 => format!("{settled}\n").into_bytes(),
            1 => b"{\"meetlat\": \"buurtfonds\", \xff\n".to_vec(),
            2 => format!("{open}\r\n").into_bytes(),
            3 => b"\n".to_vec(),
            _ => b"[]\n".to_vec(),
        });
    }
    let path = file(&folder, "a.ndjson", &text);
    for format in ["tekst", "json"] {
        let all = ["1", "2", "8"].map(|threads| {
            let together = folder.join("uit");
            let to = fs::File::create(&together).unwrap();
            let ended = meetlat()
                .args(["toets", &path, "-m", RULES, "-f", format, "-d", threads])
                .stdin(Stdio::null())
                .stdout(to.try_clone().unwrap())
                .stderr(to)
                .status()
                .unwrap();
            assert_eq!(ended.code(), Some(1));
            let shown = fs::read_to_string(&together).unwrap();
            // The end tells how long it took.
            let summary = if format == "json" { "{\"samenvatting\"".to_owned() } else { format!("{path}: ") };
            let (before, _) = shown.rsplit_once(&summary).unwrap();
            before.to_owned()
        });
        let [one, more @ ..] = &all;
        assert!(more.iter().all(|other| other == one), "{format}");
        if format == "json" {
            assert_eq!(one.lines().count(), 300);
            continue;
        }
        // Each message stands right below its line.
        let lines: Vec<&str> = one.lines().collect();
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.contains("  fout V")) {
            let number = line.split_whitespace().next().unwrap();
            let message = lines[at + 1..].iter().take(3).find(|line| line.contains("a.ndjson:"));
            assert!(message.unwrap().contains(&format!("a.ndjson:{number}:")), "{line}");
        }
        assert_eq!(lines.iter().filter(|line| line.contains("a.ndjson:")).count(), 120);
    }
}

#[test]
fn a_stream_that_cannot_be_read_is_told_after_the_lines_before() {
    let folder = folder("batch_unreadable");
    let path = folder.join("map.ndjson");
    fs::create_dir(&path).unwrap();
    for threads in ["1", "2"] {
        let output = run(&["toets", path.to_str().unwrap(), "-m", RULES, "-d", threads]);
        assert_eq!(code(&output), 1);
        assert!(
            err(&output).contains("is na regel 0 niet verder te lezen: het is een map"),
            "{}",
            err(&output)
        );
        assert!(err(&output).contains("0 voorstellen in "), "{}", err(&output));
    }
}

#[test]
fn whoever_stops_reading_a_file_ends_it() {
    let folder = folder("batch_closed");
    let path = file(&folder, "a.ndjson", format!("{}\n", line(SETTLED)).repeat(20_000).as_bytes());
    for threads in ["1", "2"] {
        let mut child = meetlat()
            .args(["toets", &path, "-m", RULES, "-f", "json", "-d", threads])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut first = String::new();
        output.read_line(&mut first).unwrap();
        drop(output);
        let mut told = String::new();
        child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
        assert_eq!(told, "", "no summary of what nobody saw");
        assert_eq!(child.wait().unwrap().code(), Some(0));
    }
}
