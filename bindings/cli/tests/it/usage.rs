//! What is told of a call that cannot be read, in Dutch and in English: `tests/expected/usage.*.txt`.

use crate::support::{code, err, expect, meetlat, out, run, with_input};

/// Calls in Dutch and in English: one with something missing, one with an option that is not there, and so on.
const OF_EACH: [(&str, &str); 5] = [
    ("x --formaad", "x --formatt"),
    ("x --uit", "x --output"),
    ("x --taal fr", "x --language fr"),
    ("x -u a -u b", "x -u a -u b"),
    ("x --hulp=ja", "x --help=yes"),
];

const COMMANDS: [(&str, &str); 17] = [
    ("toets", "judge"),
    ("waarom", "why"),
    ("verbeter", "improve"),
    ("stevigheid", "firmness"),
    ("vraag", "ask"),
    ("controleer", "check"),
    ("test", "test"),
    ("overzicht", "overview"),
    ("leeg", "empty"),
    ("schema voorstel", "schema proposal"),
    ("schema oordeel", "schema verdict"),
    ("schema vraag", "schema ask"),
    ("schema verbeter", "schema improve"),
    ("schema waarom", "schema why"),
    ("schema stevigheid", "schema firmness"),
    ("schema overzicht", "schema overview"),
    ("schema meldingen", "schema messages"),
];

/// What only some commands can be told.
const OTHERS: [(&str, &str); 20] = [
    ("toest", "jugde"),
    ("schema oordel", "schema verdikt"),
    ("-t nl", "-t en"),
    ("schema -t nl", "schema -t en"),
    ("--taal", "--language"),
    ("toets", "judge"),
    ("vraag", "ask"),
    ("leeg", "empty"),
    ("toets x --formaat xml", "judge x --format xml"),
    ("toets x --peildatum 1-9-2020", "judge x --reference-date 1-9-2020"),
    ("leeg x -p 2020-02-30", "empty x -p 2020-02-30"),
    ("toets x --grens 0", "judge x --limit 0"),
    ("toets x --draden veel", "judge x --threads many"),
    ("toets x --per-regel=ja", "judge x --lines=yes"),
    ("leeg x y", "empty x y"),
    ("vraag x y", "ask x y"),
    ("schema oordeel x", "schema verdict x"),
    ("toets - -m -", "judge - -m -"),
    ("controleer - -", "check - -"),
    ("overzicht - --voorstellen -", "overview - --proposals -"),
];

/// What is told of calls, each below its call.
fn told(calls: &[String], language: &str, begins: &str) -> String {
    let mut page = String::new();
    for call in calls {
        let output = meetlat().args(call.split_whitespace()).env("LC_ALL", language).output().unwrap();
        assert_eq!((code(&output), out(&output).as_str()), (2, ""), "{call}");
        let told = err(&output);
        assert!(told.starts_with(begins), "{call}: {told}");
        page.push_str(&format!("meetlat {call}\n{told}\n"));
    }
    page
}

#[test]
fn it_is_told_in_the_language_of_the_call() {
    let (mut dutch, mut english) = (Vec::new(), Vec::new());
    for (nl, en) in COMMANDS {
        for (wrong_nl, wrong_en) in OF_EACH {
            // Where nothing may be given, that would be what is wrong.
            let bare = nl.starts_with("schema ") && nl != "schema voorstel";
            let of = |wrong: &'static str| if bare { wrong.trim_start_matches("x ") } else { wrong };
            dutch.push(format!("{nl} {}", of(wrong_nl)));
            english.push(format!("{en} {}", of(wrong_en)));
        }
    }
    dutch.extend(OTHERS.iter().map(|(nl, _)| (*nl).to_owned()));
    english.extend(OTHERS.iter().map(|(_, en)| (*en).to_owned()));
    let (dutch_told, english_told) = (told(&dutch, "nl_NL", "fout: "), told(&english, "en_GB", "error: "));
    expect("usage.nl.txt", &dutch_told);
    expect("usage.en.txt", &english_told);
    for word in ["option ", "takes", "given", "error", " see ", "choose", "missing", "did you", "once"] {
        assert!(!dutch_told.contains(word), "{word}");
    }
    for word in ["fout", "hulp: ", " zie ", "hoort", "ontbreekt", " staat ", " kies ", " een ", "bedoelde"] {
        assert!(!english_told.contains(word), "{word}");
    }
}

#[test]
fn the_option_in_a_wrong_call_chooses_the_language() {
    for arguments in
        [&["toest", "--taal", "en"][..], &["-t", "en", "toest"], &["toets", "--language=en", "x", "--nix"]]
    {
        let output = run(arguments);
        assert_eq!(code(&output), 2);
        assert!(err(&output).starts_with("error: unknown "), "{}", err(&output));
    }
    let dutch = meetlat().args(["toest", "-t", "nl"]).env("LANG", "en_US").output().unwrap();
    assert!(err(&dutch).starts_with("fout: onbekende opdracht"), "{}", err(&dutch));
    let twice = with_input(&["judge", "-", "--rules", "-", "--language", "en"], "");
    assert_eq!(
        (code(&twice), err(&twice).as_str()),
        (2, "error: standard input (-) can be read only once\n")
    );
}

#[test]
fn what_was_meant_is_guessed() {
    assert!(err(&run(&["toest"])).contains("bedoelde u toets of test? zie meetlat --help"));
    assert!(
        err(&run(&["toets", "x", "--formaad"])).contains("bedoelde u --formaat? zie meetlat toets --help")
    );
    let english = err(&run(&["judge", "x", "--formatt", "-t", "en"]));
    assert!(english.contains("did you mean --format? see meetlat judge --help"), "{english}");
}
