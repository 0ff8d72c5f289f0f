//! What is told of a call that cannot be read.

use crate::support::{code, err, out, run};

#[test]
fn wrong_usage_is_told_in_dutch() {
    let cases: &[(&[&str], &str)] = &[
        (&["toest"], "onbekende opdracht \"toest\""),
        (&["toets"], "er ontbreekt: <VOORSTEL.json>..."),
        (
            &["toets", "x", "--formaat", "xml"],
            "\"xml\" past niet bij --formaat <tekst|json>: kies tekst of json",
        ),
        (&["toets", "x", "--formaat"], "bij --formaat <tekst|json> hoort een waarde"),
        (&["toets", "x", "--peildatum", "1-9-2020"], "\"1-9-2020\" is geen datum"),
        (
            &["toets", "x", "--grens", "0"],
            "\"0\" past niet bij --grens <STAPPEN>: kies een heel getal vanaf 1",
        ),
        (&["toets", "x", "--formaad", "json"], "onbekende optie --formaad"),
        (&["toets", "x", "-f", "json", "-f", "json"], "staat er twee keer"),
        (&["schema", "oordeel", "x"], "\"x\" is te veel"),
    ];
    for (arguments, expected) in cases {
        let output = run(arguments);
        assert_eq!(code(&output), 2, "{arguments:?}");
        let told = err(&output);
        assert!(told.starts_with("fout: ") && told.contains(expected), "{arguments:?}: {told}");
        assert!(told.contains("--help"), "{told}");
        assert_eq!(out(&output), "");
    }
    assert!(err(&run(&["toest"])).contains("bedoelde u toets of test?"));
    assert_eq!(code(&run(&[])), 2);
    assert_eq!(code(&run(&["schema"])), 2);
}
