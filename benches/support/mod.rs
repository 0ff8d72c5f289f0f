//! What is measured: every phase on the rule files and proposals of this repository, and on rules grown a hundredfold.

use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::path::Path;

use meetlat::change::Target;
use meetlat::load::RuleText;
use meetlat::next::Next;
use meetlat::{Buffers, Language, Meetlat, Proposal, Scratch};
use serde_json::Value;

/// A phase on one input.
pub(crate) struct Phase {
    /// `read_rules/ijsselland`
    pub(crate) name: String,
    /// Does it once.
    pub(crate) run: Box<dyn FnMut()>,
    /// It takes so long that few turns must do.
    pub(crate) slow: bool,
}

const REGIONS: [&str; 4] = ["ijsselland", "rijnmond", "midden_ijssel_oost_veluwe", "zuid_limburg"];

/// Proposals of IJsselland, from nearly complete to nearly empty.
const PROPOSALS: [&str; 3] = ["spoedhulp", "wrap_around_care", "think_op_school"];

fn text(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("rules").join(path)).unwrap()
}

fn parse(name: &str, rules: &str) -> Meetlat {
    let block = |name: &str| {
        let path = format!("{}.meetlat", name.replace('.', "/"));
        Ok(Some(RuleText { name: path.clone(), text: text(&path) }))
    };
    Meetlat::load(name, rules, block).into_result().unwrap()
}

/// A rule file with so many criteria, each with a question, a part and a condition of its own.
pub(crate) fn grown_rules(times: usize) -> String {
    let mut out = String::from(
        "meetlat groei: \"Gegroeid\"\n  versie 1\n  geldig vanaf 1 januari 2024\n  bron nota: \"Nota\"\n  deels telt 50%, aanname \"halverwege\"\n",
    );
    for n in 1..=times {
        let _ = write!(
            out,
            "\nvraag antwoord_{n}: \"Helpt het, {n}?\"\n  bron nota §{n}\n  antwoord ja, deels of nee\n\
             \nvraag bedrag_{n}: \"Wat kost het, {n}?\"\n  bron nota §{n}\n  antwoord bedrag van € 0 tot en met € 100.000\n\
             \nonderdeel deel_{n}: \"Deel {n}\"\n  bron nota §{n}\n  score\n    100%  als bedrag_{n} is hoogstens € 50.000\n     25%  anders\n\
             \ncriterium maat_{n}: \"Maat {n}\"\n  bron nota §{n}\n  score gemiddelde van antwoord_{n}, deel_{n}\n  gewicht 1\n\
             \nvoorwaarde regel_{n}: \"Regel {n}\"\n  bron nota §{n}\n  vervuld als antwoord_{n} is niet nee\n  zo niet \"Regel het.\"\n"
        );
    }
    out.push_str(
        "\noordeel: \"Mag het?\"\n  bron nota §3\n  totaal gewogen gemiddelde\n  uitkomsten van goed naar slecht\n    - voldoet: \"Voldoet\"\n    - afgewezen: \"Voldoet niet\"\n\
         \x20 voldoet als totaal is minstens 70% en elke voorwaarde is vervuld\n  afgewezen anders\n",
    );
    out
}

/// A complete proposal for it.
pub(crate) fn grown_proposal(times: usize) -> String {
    let mut out = String::from("{\"meetlat\": \"groei\", \"antwoorden\": {");
    for n in 1..=times {
        let comma = if n > 1 { "," } else { "" };
        let ground = "Uit de evaluatie van 2023 blijkt dat het helpt; zie de bijlage, blz. 4. ".repeat(2);
        let word = ["ja", "deels", "nee"][n % 3];
        let _ = write!(
            out,
            "{comma}\"antwoord_{n}\": {{\"antwoord\": \"{word}\", \"onderbouwing\": \"{ground}\"}},\"bedrag_{n}\": {}",
            n * 997 % 100_000
        );
    }
    out.push_str("}}");
    out
}

fn read(meetlat: &Meetlat, json: &str) -> Proposal {
    meetlat.read("voorstel.json", json, meetlat.valid().0).unwrap()
}

/// The proposal with its last `count` answers taken out.
fn reopened(json: &str, count: usize) -> String {
    let mut value: Value = serde_json::from_str(json).unwrap();
    let answers = value["antwoorden"].as_object_mut().unwrap();
    let names: Vec<String> = answers.keys().rev().take(count).cloned().collect();
    names.iter().for_each(|name| drop(answers.remove(name)));
    value.to_string()
}

struct Phases(Vec<Phase>);

impl Phases {
    fn add<T>(&mut self, phase: &str, input: &str, slow: bool, mut run: impl FnMut() -> T + 'static) {
        let run = Box::new(move || drop(black_box(run())));
        self.0.push(Phase { name: format!("{phase}/{input}"), run, slow });
    }

    /// Everything that is done with one complete or open proposal.
    fn of_proposal(&mut self, input: &str, meetlat: &Meetlat, json: &str, slow: bool) {
        let with = || (meetlat.clone(), read(meetlat, json));
        let (m, own, mut buffers) = (meetlat.clone(), json.to_owned(), Buffers::default());
        self.add("read_proposal", input, false, move || {
            let day = m.valid().0;
            let proposal = m.read_with(&mut buffers, "voorstel.json", &own, day).unwrap();
            buffers.recycle(proposal);
        });
        let ((m, proposal), mut scratch) = (with(), Scratch::default());
        self.add("evaluate", input, slow, move || m.judge_into(&proposal, &mut scratch).outcomes.len());
        let (m, proposal) = with();
        let judgement = m.judge(&proposal);
        let verdict = m.verdict(&proposal, &judgement, Language::Nl);
        self.add("write_json_and_read_back", input, false, move || {
            m.verdict(&proposal, &judgement, Language::Nl)
        });
        self.add("write_text", input, false, move || verdict.to_text(Language::Nl));
        let (m, own, mut scratch) = (meetlat.clone(), json.to_owned(), Scratch::default());
        self.add("bytes_to_bytes", input, slow, move || {
            let day = m.valid().0;
            m.judge_json(&mut scratch, "voorstel.json", &own, day, Language::Nl).unwrap().len()
        });
    }
}

/// All phases, in order.
pub(crate) fn phases() -> Vec<Phase> {
    let mut all = Phases(Vec::new());
    for region in REGIONS {
        let rules = text(&format!("{region}.meetlat"));
        all.add("read_rules", region, false, move || parse(region, &rules));
        let m = parse(region, &text(&format!("{region}.meetlat")));
        all.add("check_meaning", region, true, move || m.check_meaning());
    }
    for times in [1, 10, 100] {
        let (rules, input) = (grown_rules(times), format!("grown_{times}"));
        let own = rules.clone();
        all.add("read_rules", &input, false, move || parse("groei", &own));
        all.of_proposal(&input, &parse("groei", &rules), &grown_proposal(times), false);
    }
    let meetlat = parse("ijsselland", &text("ijsselland.meetlat"));
    let json = |name: &str| text(&format!("voorstellen/ijsselland/{name}.json"));
    for name in PROPOSALS {
        all.of_proposal(name, &meetlat, &json(name), name != "spoedhulp");
        let (m, proposal) = (meetlat.clone(), read(&meetlat, &json(name)));
        all.add("possible_outcomes", name, false, move || m.possible_outcomes(&proposal));
    }
    for open in [5, 10, 18] {
        let (m, proposal) = (meetlat.clone(), read(&meetlat, &reopened(&json("spoedhulp"), open)));
        let input = format!("spoedhulp_{open}_open");
        all.add("possible_outcomes", &input, false, move || m.possible_outcomes(&proposal));
        let (m, proposal) = (meetlat.clone(), read(&meetlat, &reopened(&json("spoedhulp"), open)));
        all.add("evaluate", &input, true, move || m.judge(&proposal));
    }
    let (m, proposal) = (meetlat.clone(), read(&meetlat, &json("spoedhulp")));
    all.add("next_question", "spoedhulp", false, move || Next::of(&m.evaluate(&proposal)));
    let (m, proposal) = (meetlat.clone(), read(&meetlat, &json("spoedhulp")));
    let best = [Target::Outcome(0)];
    all.add("improvement", "spoedhulp", true, move || m.improve_to(&proposal, &best, Language::Nl));
    let (m, proposal) = (meetlat.clone(), read(&meetlat, &json("spoedhulp")));
    all.add("weights", "spoedhulp", true, move || m.firmness(&proposal));
    all.0
}
