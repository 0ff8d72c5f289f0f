//! How `toets` ends when someone closed what stays open.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::process::Command;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../");

#[test]
fn a_closed_verdict_ends_well_and_one_that_stays_open_does_not() {
    for (case, code) in [("afgesloten", 0), ("afgesloten_blijft_open", 3), ("verschil_maakt_uit", 3)] {
        let output = Command::new(env!("CARGO_BIN_EXE_meetlat"))
            .current_dir(ROOT)
            .args(["toets", &format!("tests/cases/{case}/voorstel.json"), "--meetlat"])
            .arg("tests/cases/verschil_maakt_niet_uit/regels.meetlat")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{case}: {said}");
    }
}
