//! Rule files from a folder: what is read, what is passed over and what is said of it, and what is refused.

use std::fs;
use std::path::{Path, PathBuf};

use meetlat::folder::{Because, Folder, Loaded, Unloaded};
use meetlat::{Code, Language, Limits};

const RULES: &str = include_str!("../cases/klein/regels.meetlat");
const BLOCKS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/bouwsteen");

/// A folder that is gone when the test is done.
struct Temporary(PathBuf);

impl Temporary {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("meetlat_folder_{}_{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// With one sound rule file in it.
    fn sound(name: &str) -> Self {
        let folder = Self::new(name);
        folder.put("klein.meetlat", RULES);
        folder
    }

    fn put(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn load(&self) -> Result<Loaded, Unloaded> {
        Folder::new(&self.0).load(&Limits::default())
    }

    /// What is said of what is passed over, without the folder's path.
    fn passed_over(&self) -> Vec<String> {
        let loaded = self.load().unwrap();
        let said = loaded.passed_over.iter().map(|one| self.without_path(&one.message().nl));
        said.collect()
    }

    /// The messages of a refusal in both languages, without the folder's path; they are those of the document, whose first code is
    /// given too.
    fn refused(&self) -> (String, String, String) {
        let unloaded = self.load().unwrap_err();
        let (message, report) = (unloaded.message(), unloaded.report(Language::Nl));
        assert_eq!(report.messages[0].text, message.nl);
        assert_eq!(unloaded.report(Language::En).messages[0].text, message.en);
        assert!(unloaded.to_string().contains(&message.nl), "{unloaded}");
        let code = report.messages[0].code.clone();
        (code, self.without_path(&message.nl), self.without_path(&message.en))
    }

    fn without_path(&self, text: &str) -> String {
        text.replace(&format!("{}/", self.0.display()), "").replace(self.0.to_str().unwrap(), "MAP")
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn names(loaded: &Loaded) -> Vec<(&str, usize)> {
    loaded.versions.iter().map(|versions| (versions.name(), versions.all().len())).collect()
}

fn is(found: &(String, String, String), code: &str, nl: &str, en: &str) {
    assert_eq!((found.0.as_str(), found.1.as_str(), found.2.as_str()), (code, nl, en));
}

/// As a later version, in force for other days.
fn other_days(days: &str) -> String {
    let changed = RULES.replace("versie  1", "versie  2").replace("vanaf 1 januari 2024", days);
    assert_ne!(changed, RULES);
    changed
}

#[test]
fn versions_stand_together_and_blocks_lie_beside_or_below() {
    let folder = Temporary::sound("versions");
    folder.put("a_oud.meetlat", other_days("van 1 januari 2020 tot en met 31 december 2023"));
    for file in ["regels", "landelijk/vragen", "landelijk/samen", "landelijk/bedragen"] {
        folder.put(&format!("{file}.meetlat"), fs::read(format!("{BLOCKS}/{file}.meetlat")).unwrap());
    }
    let loaded = folder.load().unwrap();
    assert_eq!(names(&loaded), [("klein", 2), ("bouwsteen", 1)]);
    assert_eq!(loaded.versions[0].all()[0].version(), "2");
    assert_eq!(loaded.passed_over, []);
}

#[test]
fn what_is_passed_over_is_named_with_the_reason() {
    let folder = Temporary::sound("passed_over");
    folder.put("ANDERS.MEETLAT", RULES);
    folder.put(".klein.meetlat", "half");
    folder.put("kopie.meetlat", RULES);
    folder.put("bouwsteen.meetlat", "meetlat bouwsteen: \"Niemand leest mij\"\n");
    folder.put("onder/regels.meetlat", other_days("vanaf 1 januari 2030"));
    folder.put("onder/Hoofd.Meetlat", RULES);
    folder.put(".git/regels.meetlat", RULES);
    folder.put("leesmij.md", "geen regels");
    fs::create_dir(folder.0.join("map.meetlat")).unwrap();
    assert_eq!(
        folder.passed_over(),
        [
            ".klein.meetlat is overgeslagen: de naam begint met een punt",
            "ANDERS.MEETLAT is overgeslagen: de naam eindigt niet op .meetlat in kleine letters",
            "bouwsteen.meetlat is overgeslagen: geen meetlat gebruikt het",
            "kopie.meetlat is overgeslagen: een eerder bestand is precies gelijk",
            "map.meetlat is overgeslagen: het is geen gewoon bestand",
            "onder/Hoofd.Meetlat is overgeslagen: de naam eindigt niet op .meetlat in kleine letters",
            "onder/regels.meetlat is overgeslagen: geen meetlat gebruikt het",
        ]
    );
    let english = folder.load().unwrap().passed_over[0].message().en;
    assert_eq!(folder.without_path(&english), ".klein.meetlat is passed over: its name begins with a point");
}

#[test]
fn a_folder_that_is_not_there() {
    let folder = Temporary::new("absent");
    fs::remove_dir(&folder.0).unwrap();
    is(
        &folder.refused(),
        "B0001",
        "MAP is niet te lezen: het bestand of de map bestaat niet",
        "cannot read MAP: No such file or directory (os error 2)",
    );
    fs::write(&folder.0, RULES).unwrap();
    assert!(folder.refused().1.starts_with("MAP is niet te lezen: "));
    fs::remove_file(&folder.0).unwrap();
}

#[test]
fn a_folder_without_rules_that_judge() {
    let folder = Temporary::new("empty");
    let (nl, en) = ("in de map MAP staat geen meetlat", "there is no meetlat in the folder MAP");
    is(&folder.refused(), "B0005", nl, en);
    folder.put("bouwsteen.meetlat", "meetlat bouwsteen: \"Alleen een bouwsteen\"\n");
    folder.put("KLEIN.MEETLAT", RULES);
    is(&folder.refused(), "B0005", nl, en);
}

#[test]
fn a_file_that_is_no_utf8() {
    let folder = Temporary::sound("utf8");
    folder.put("oud.meetlat", b"meetlat oud: \"Oud\"\n  versie \xe9\n");
    is(
        &folder.refused(),
        "B0002",
        "oud.meetlat is geen UTF-8: zie regel 2",
        "oud.meetlat is not UTF-8: see line 2",
    );
}

#[test]
fn a_file_that_is_too_large_is_not_read_to_its_end() {
    let folder = Temporary::sound("large");
    let most = RULES.len();
    let limits = Limits { rule_bytes: most, ..Limits::default() };
    assert!(Folder::new(&folder.0).load(&limits).is_ok());
    // As large as a disk, and holding nothing: reading it would take minutes.
    let large = fs::File::create(folder.0.join("groot.meetlat")).unwrap();
    large.set_len(1 << 33).unwrap();
    let refused = Folder::new(&folder.0).load(&limits).unwrap_err();
    assert_eq!(
        folder.without_path(&refused.message().nl),
        format!("groot.meetlat is niet te lezen: het bestand is groter dan {most} bytes, en dat is de grens")
    );
    assert_eq!(refused.report(Language::Nl).messages[0].code, Code::TextTooLong.as_str());
}

#[test]
fn versions_that_overlap() {
    let folder = Temporary::sound("overlap");
    folder.put("nieuw.meetlat", other_days("vanaf 1 juli 2024"));
    let (code, nl, _) = folder.refused();
    assert_eq!(
        (code.as_str(), nl.as_str()),
        ("M0801", "van \"klein\" gelden twee versies vanaf 1 juli 2024")
    );
}

#[test]
fn faults_of_all_rule_files_are_told() {
    let folder = Temporary::sound("faults");
    folder.put("b.meetlat", RULES.replace("gewicht   1", "gewicht   x"));
    folder.put("a.meetlat", RULES.replace("score     gezond", "score     gezondd"));
    let report = folder.load().unwrap_err().report(Language::Nl);
    let mut files: Vec<_> = report.messages.iter().map(|one| one.places[0].file.as_str()).collect();
    files.dedup();
    assert_eq!(files, ["a.meetlat", "b.meetlat"]);
    let Unloaded::Faults(all) = folder.load().unwrap_err() else { panic!() };
    assert_eq!(all.len(), 2);
}

/// What a rule file says of a building block that cannot be had.
fn of_block(folder: &Temporary) -> String {
    let uses = RULES.replace("\nvraag gezond", "\ngebruik onder.blok\n\nvraag gezond");
    folder.put("regels.meetlat", uses.replace("meetlat klein", "meetlat met_blok"));
    let Unloaded::Faults(all) = folder.load().unwrap_err() else { panic!() };
    let block = all.iter().flatten().find(|one| one.code == Code::BlockMissing);
    folder.without_path(&block.unwrap().message.nl)
}

#[test]
fn building_blocks_that_cannot_be_had() {
    let folder = Temporary::sound("block");
    assert_eq!(of_block(&folder), "de bouwsteen \"onder.blok\" is er niet");
    // What should be a folder is a file: then too.
    folder.put("onder", "");
    assert_eq!(of_block(&folder), "de bouwsteen \"onder.blok\" is er niet");
    fs::remove_file(folder.0.join("onder")).unwrap();
    folder.put("onder/blok.meetlat", b"\n\n\xff");
    assert_eq!(
        of_block(&folder),
        "de bouwsteen \"onder.blok\" is niet te lezen: onder/blok.meetlat is geen UTF-8: zie regel 3"
    );
    let block = folder.0.join("onder/blok.meetlat");
    fs::File::create(&block).unwrap().set_len(1 << 33).unwrap();
    assert!(
        of_block(&folder)
            .ends_with(" is niet te lezen: het bestand is groter dan 4194304 bytes, en dat is de grens")
    );
    fs::remove_file(&block).unwrap();
    fs::create_dir(&block).unwrap();
    assert_eq!(of_block(&folder), "de bouwsteen \"onder.blok\" is niet te lezen: het is een map");
}

#[test]
fn names_that_lead_out_of_the_folder_are_no_names() {
    let find = |name: &str| Folder::new(BLOCKS).find(name, &Limits::default());
    assert!(find("landelijk.vragen").unwrap().is_some_and(|found| found.name == "landelijk/vragen.meetlat"));
    for name in ["", ".", "..", "landelijk..vragen", "/etc/passwd", "../bouwsteen/regels", "landelijk/vragen"]
    {
        assert_eq!(find(name), Ok(None), "{name}");
    }
}

#[test]
fn names_begin_where_the_file_s_own_name_begins() {
    let from = |path: &str, name: &str| {
        Folder::around(Path::new(path), &format!("meetlat {name}: \"X\"\n")).path().to_owned()
    };
    assert_eq!(from("rules/landelijk/a.meetlat", "landelijk.a"), Path::new("rules"));
    assert_eq!(from("landelijk/a.meetlat", "landelijk.a"), Path::new(""));
    assert_eq!(from("rules/een/twee/a.meetlat", "een.twee.a"), Path::new("rules"));
    assert_eq!(from("rules/regio/a.meetlat", "a"), Path::new("rules/regio"));
    assert_eq!(from("rules/elders/a.meetlat", "landelijk.a"), Path::new("rules/elders"));
    assert_eq!(from("a.meetlat", "landelijk.a"), Path::new(""));
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    #[test]
    fn a_link_to_a_file_is_as_good_as_the_file() {
        let (elsewhere, folder) = (Temporary::sound("elsewhere"), Temporary::new("linked"));
        symlink(elsewhere.0.join("klein.meetlat"), folder.0.join("klein.meetlat")).unwrap();
        assert_eq!(names(&folder.load().unwrap()), [("klein", 1)]);
    }

    #[test]
    fn a_link_that_leads_nowhere_or_round_is_refused() {
        for (name, to) in [("dangling", "weg.meetlat"), ("round", "a.meetlat")] {
            let folder = Temporary::sound(name);
            symlink(to, folder.0.join("a.meetlat")).unwrap();
            is(
                &folder.refused(),
                "B0001",
                "a.meetlat is niet te lezen: het is een koppeling die nergens heen leidt",
                "cannot read a.meetlat: it is a link that leads nowhere",
            );
            // Of a building block too, which is not simply absent.
            fs::remove_file(folder.0.join("a.meetlat")).unwrap();
            fs::create_dir(folder.0.join("onder")).unwrap();
            symlink(to.replace("a.meetlat", "blok.meetlat"), folder.0.join("onder/blok.meetlat")).unwrap();
            assert_eq!(
                of_block(&folder),
                "de bouwsteen \"onder.blok\" is niet te lezen: het is een koppeling die nergens heen leidt"
            );
        }
    }

    #[test]
    fn folders_that_link_round_are_not_followed() {
        let folder = Temporary::sound("circle");
        folder.put("onder/los.meetlat", "meetlat onder.los: \"Los\"\n");
        symlink(&folder.0, folder.0.join("onder/terug")).unwrap();
        assert_eq!(
            folder.passed_over(),
            [
                "onder/los.meetlat is overgeslagen: geen meetlat gebruikt het",
                "onder/terug is overgeslagen: het is een koppeling naar een map",
            ]
        );
        let loaded = folder.load().unwrap();
        assert_eq!(loaded.passed_over[1].because, Because::LinkedFolder);
    }

    #[test]
    fn a_linked_folder_of_which_something_is_used_is_not_named() {
        let folder = Temporary::new("shared");
        folder.put("regels.meetlat", fs::read(format!("{BLOCKS}/regels.meetlat")).unwrap());
        symlink(Path::new(BLOCKS).join("landelijk"), folder.0.join("landelijk")).unwrap();
        let loaded = folder.load().unwrap();
        assert_eq!((names(&loaded), &loaded.passed_over), (vec![("bouwsteen", 1)], &Vec::new()));
    }

    #[test]
    fn a_file_that_may_not_be_read() {
        let folder = Temporary::sound("closed");
        let path = folder.0.join("klein.meetlat");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
        // Whoever may read everything reads this too.
        if fs::read(&path).is_err() {
            is(
                &folder.refused(),
                "B0001",
                "klein.meetlat is niet te lezen: dat mag niet van het systeem",
                "cannot read klein.meetlat: Permission denied (os error 13)",
            );
        }
    }

    /// A file that anyone may open and nobody can read.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_that_cannot_be_read() {
        let folder = Temporary::new("broken");
        symlink("/proc/self/mem", folder.0.join("stuk.meetlat")).unwrap();
        let (code, nl, _) = folder.refused();
        assert_eq!(code, "B0001");
        assert!(nl.starts_with("stuk.meetlat is niet te lezen: ") && nl.contains("os error 5"), "{nl}");
    }

    /// It would be waited for.
    #[test]
    fn a_pipe_is_no_rule_file() {
        let folder = Temporary::sound("pipe");
        let pipe = folder.0.join("pijp.meetlat");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        assert_eq!(folder.passed_over(), ["pijp.meetlat is overgeslagen: het is geen gewoon bestand"]);
        fs::create_dir(folder.0.join("onder")).unwrap();
        fs::rename(pipe, folder.0.join("onder/blok.meetlat")).unwrap();
        assert_eq!(
            of_block(&folder),
            "de bouwsteen \"onder.blok\" is niet te lezen: het is geen gewoon bestand"
        );
    }
}
