//! Several versions of one meetlat: which one reads a proposal, and what is said when none or two do.

use meetlat::Date;
use meetlat::{Code, Diagnostics};
use meetlat::{Meetlat, Versions};

const RULES: &str = include_str!("../cases/klein/regels.meetlat");

/// `klein` with another version and other days.
fn version(number: &str, valid: &str) -> Meetlat {
    let valid = if valid.is_empty() { String::new() } else { format!("  geldig  {valid}\n") };
    let text = RULES.replace("versie  1", &format!("versie  {number}"));
    let text = text.replace("  geldig  vanaf 1 januari 2024\n", &valid);
    Meetlat::parse(&format!("map/klein_{number}.meetlat"), &text).into_result().unwrap()
}

fn versions(all: &[(&str, &str)]) -> Versions {
    let mut groups = Versions::group(all.iter().map(|(number, valid)| version(number, valid)));
    assert_eq!(groups.len(), 1);
    groups.remove(0)
}

/// 2020, then a gap of a month, 2021 from February, then 2022 which overlaps it by two days.
fn three() -> Versions {
    versions(&[
        ("2022", "vanaf 30 december 2021"),
        ("2020", "van 1 januari 2020 tot en met 31 december 2020"),
        ("2021", "van 1 februari 2021 tot en met 31 december 2021"),
    ])
}

fn day(iso: &str) -> Option<Date> {
    Some(Date::from_iso(iso).unwrap())
}

fn proposal(day: Option<&str>) -> String {
    let day = day.map(|day| format!(r#""peildatum": "{day}", "#)).unwrap_or_default();
    format!(r#"{{"meetlat": "klein", {day}"antwoorden": {{"gezond": "ja"}}}}"#)
}

/// The version that reads a proposal, or the code, message and help.
fn read(versions: &Versions, json: &str, host: Option<Date>) -> Result<String, (Code, String, String)> {
    match versions.read("map/voorstel.json", json, host) {
        Ok((meetlat, proposal)) => {
            let verdict = meetlat.evaluate(&proposal).unwrap();
            assert_eq!(verdict.meetlat.version.as_deref(), Some(meetlat.version()));
            assert_eq!(verdict.meetlat.files.len(), 1);
            assert_eq!(verdict.meetlat.files[0].name, format!("klein_{}.meetlat", meetlat.version()));
            Ok(meetlat.version().to_owned())
        }
        Err(found) => {
            assert_eq!(found.len(), 1, "{found:?}");
            let only = found.iter().next().unwrap();
            assert_eq!(found.source(only.places[0].span.source).unwrap().name(), "map/voorstel.json");
            Err((only.code, only.message.nl.clone(), only.help.clone().unwrap().nl))
        }
    }
}

#[test]
fn first_and_last_day_count() {
    let three = three();
    let on = |day: &str| read(&three, &proposal(Some(day)), None);
    for (day, version) in [
        ("2020-01-01", "2020"),
        ("2020-12-31", "2020"),
        ("2021-02-01", "2021"),
        ("2021-12-29", "2021"),
        ("2022-01-01", "2022"),
        ("2031-05-05", "2022"),
    ] {
        assert_eq!(on(day).as_deref(), Ok(version), "{day}");
    }
    let numbers: Vec<&str> = three.all().iter().map(Meetlat::version).collect();
    assert_eq!(numbers, ["2020", "2021", "2022"]);
}

#[test]
fn none_or_two_in_force_is_told_with_the_dates() {
    let three = three();
    for day in ["2019-12-31", "2021-01-01", "2021-01-31"] {
        let (code, message, help) = read(&three, &proposal(Some(day)), None).unwrap_err();
        assert_eq!(code, Code::BadReferenceDate, "{day}");
        assert!(message.contains("geldt geen versie van \"klein\""), "{message}");
        assert!(help.contains("versie 2020 (van 1 januari 2020 tot en met 31 december 2020)"), "{help}");
        assert!(help.contains("versie 2022 (vanaf 30 december 2021)"), "{help}");
    }
    for day in ["2021-12-30", "2021-12-31"] {
        let (code, message, help) = read(&three, &proposal(Some(day)), None).unwrap_err();
        assert_eq!(code, Code::SeveralInForce, "{day}");
        assert!(message.contains("op de peildatum 3"), "{message}");
        assert!(help.contains("versie 2021 (van 1 februari 2021") && !help.contains("versie 2020"), "{help}");
    }
}

#[test]
fn no_date_is_never_today() {
    let three = three();
    let (code, message, help) = read(&three, &proposal(None), None).unwrap_err();
    assert_eq!(code, Code::BadReferenceDate);
    assert!(message.contains("er zijn 3 versies"), "{message}");
    assert!(help.contains("versie 2020 (van"), "{help}");
    // null is absent.
    let null = proposal(None).replace("\"antwoorden\"", "\"peildatum\": null, \"antwoorden\"");
    assert_eq!(read(&three, &null, None).unwrap_err().0, Code::BadReferenceDate);
    // The host's date wins.
    assert_eq!(read(&three, &proposal(None), day("2020-06-01")).as_deref(), Ok("2020"));
    assert_eq!(read(&three, &proposal(Some("2022-06-01")), day("2020-06-01")).as_deref(), Ok("2020"));
    assert_eq!(
        read(&three, &proposal(Some("2020-06-01")), day("2021-01-15")).unwrap_err().0,
        Code::BadReferenceDate
    );
}

#[test]
fn one_version_reads_as_it_did() {
    let one = versions(&[("2020", "van 1 januari 2020 tot en met 31 december 2020")]);
    assert_eq!(read(&one, &proposal(None), None).as_deref(), Ok("2020"));
    assert_eq!(read(&one, &proposal(Some("2020-12-31")), None).as_deref(), Ok("2020"));
    let (code, message, _) = read(&one, &proposal(Some("2021-01-01")), None).unwrap_err();
    assert_eq!(code, Code::BadReferenceDate);
    assert!(message.contains("ligt buiten de geldigheid van de meetlat"), "{message}");
    assert_eq!(one.on(None).unwrap().version(), "2020");
    assert!(one.check().is_empty());
}

#[test]
fn what_is_wrong_by_any_version_is_told() {
    let three = three();
    let codes = |json: &str| -> Vec<Code> {
        let found = three.read("v.json", json, None).unwrap_err();
        found.iter().map(|found| found.code).collect()
    };
    assert_eq!(codes(r#"{"meetlat": "klein", "#), [Code::NotJson]);
    assert_eq!(codes("[]"), [Code::WrongShape]);
    assert_eq!(codes(r#"{"meetlat": "elders", "antwoorden": {}}"#), [Code::OtherMeetlat]);
    assert_eq!(codes(r#"{"antwoorden": {}}"#), [Code::MissingKeyJson]);
    let beside = r#"{"meetlat": 12, "indiener": 7, "vragen": {}, "antwoorden": [], "consensus": 1}"#;
    assert_eq!(
        codes(beside),
        [Code::WrongType, Code::WrongType, Code::UnknownKey, Code::WrongShape, Code::WrongShape]
    );
    // A question that one version may have and another not is no fault before a version is chosen.
    let wrong = r#"{"meetlat": "klein", "peildatum": "1-9-2020", "antwoorden": {"nieuw": "ja"}}"#;
    assert_eq!(codes(wrong), [Code::BadReferenceDate]);
    let chosen = r#"{"meetlat": "klein", "peildatum": "2020-09-01", "antwoorden": {"nieuw": "ja"}}"#;
    assert_eq!(codes(chosen), [Code::UnknownKey]);
}

/// A code, a message, and its places: file and line.
type Told = (Code, String, Vec<(String, u32)>);

fn told(found: &Diagnostics) -> Vec<Told> {
    let place = |place: &meetlat::diagnostic::Place| {
        let source = found.source(place.span.source).unwrap();
        (source.name().to_owned(), source.position(place.span.start).line)
    };
    found.iter().map(|d| (d.code, d.message.nl.clone(), d.places.iter().map(place).collect())).collect()
}

#[test]
fn gaps_and_overlaps_are_told_with_the_dates() {
    let at = |number: &str| (format!("map/klein_{number}.meetlat"), 3);
    assert_eq!(
        told(&three().check()),
        [
            (
                Code::VersionGap,
                "van \"klein\" geldt geen versie van 1 januari 2021 tot en met 31 januari 2021".to_owned(),
                vec![at("2021"), at("2020")]
            ),
            (
                Code::VersionsOverlap,
                "van \"klein\" gelden twee versies van 30 december 2021 tot en met 31 december 2021"
                    .to_owned(),
                vec![at("2022"), at("2021")]
            ),
        ]
    );
    let messages = |all: &[(&str, &str)]| -> Vec<String> {
        told(&versions(all).check()).into_iter().map(|(_, message, _)| message).collect()
    };
    // Next to each other.
    let next = [("1", "van 1 mei 2020 tot en met 1 mei 2021"), ("2", "vanaf 2 mei 2021")];
    assert!(messages(&next).is_empty());
    // One day.
    let day_off = [("1", "van 1 mei 2020 tot en met 1 mei 2021"), ("2", "vanaf 3 mei 2021")];
    assert_eq!(messages(&day_off), ["van \"klein\" geldt geen versie op 2 mei 2021"]);
    // Said to be so by the later one.
    let meant = [
        ("1", "van 1 mei 2020 tot en met 1 mei 2021"),
        ("2", "vanaf 3 mei 2021\n  bewust \"op 2 mei gold er niets\""),
    ];
    assert!(messages(&meant).is_empty());
    let same_day = [("1", "van 1 mei 2020 tot en met 1 mei 2021"), ("2", "vanaf 1 mei 2021")];
    assert_eq!(messages(&same_day), ["van \"klein\" gelden twee versies op 1 mei 2021"]);
    // One inside another; what follows is measured from the one that lasts longest.
    let inside = [
        ("1", "van 1 mei 2020 tot en met 1 mei 2022"),
        ("2", "van 1 juni 2020 tot en met 1 juni 2021"),
        ("3", "vanaf 2 mei 2022"),
    ];
    assert_eq!(
        messages(&inside),
        ["van \"klein\" gelden twee versies van 1 juni 2020 tot en met 1 juni 2021"]
    );
    // Without days: always.
    assert_eq!(
        messages(&[("1", ""), ("2", "vanaf 1 mei 2021")]),
        ["van \"klein\" gelden twee versies vanaf 1 mei 2021"]
    );
    assert_eq!(messages(&[("1", ""), ("2", "")]), ["van \"klein\" gelden twee versies altijd"]);
}

#[test]
fn the_same_files_twice_are_one_version() {
    let valid = "vanaf 1 mei 2021";
    let versions = versions(&[("1", valid), ("1", valid)]);
    assert_eq!(versions.all().len(), 1);
}

#[test]
fn groups_go_by_name() {
    let other = RULES.replace("meetlat klein", "meetlat groot");
    let other = Meetlat::parse("groot.meetlat", &other).into_result().unwrap();
    let valid = "vanaf 1 mei 2021";
    let groups = Versions::group([version("1", valid), other, version("2", valid)]);
    let seen: Vec<(&str, usize)> = groups.iter().map(|group| (group.name(), group.all().len())).collect();
    assert_eq!(seen, [("klein", 2), ("groot", 1)]);
    let none = groups[0].on(None).unwrap_err();
    assert!(none.iter().all(|found| found.places.is_empty()));
    assert_eq!(
        groups[0].on(day("2022-01-01")).unwrap_err().iter().next().unwrap().code,
        Code::SeveralInForce
    );
}
