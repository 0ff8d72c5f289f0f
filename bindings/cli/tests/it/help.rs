//! `--help`.

use crate::support::{code, out, run};

#[test]
fn help_is_dutch() {
    let commands: &[&[&str]] = &[
        &["--help"],
        &["-h"],
        &["toets", "--help"],
        &["controleer", "--hulp"],
        &["test", "--help"],
        &["overzicht", "--help"],
        &["leeg", "--help"],
        &["schema", "--help"],
        &["schema", "voorstel", "--help"],
    ];
    for arguments in commands {
        let output = run(arguments);
        assert_eq!(code(&output), 0, "{arguments:?}");
        let help = out(&output);
        assert!(help.contains("Gebruik: meetlat") && help.contains("Opties:"), "{help}");
        for english in
            ["Usage", "Options", "Commands", "Arguments", "possible values", "default", "Print", "aliases"]
        {
            assert!(!help.contains(english), "{english}: {help}");
        }
    }
    assert_eq!(out(&run(&["--version"])), format!("meetlat {}\n", env!("CARGO_PKG_VERSION")));
}
