//! What is measured: every phase on the rule files and proposals of this repository, and on rules grown a hundredfold.

use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::rc::Rc;

use meetlat::Next;
use meetlat::RuleText;
use meetlat::Target;
use meetlat::{Buffers, Language, Meetlat, Proposal, Scratch};
use serde_json::Value;

/// A phase on one input.
pub(crate) struct Phase {
    /// `read_rules/ijsselland`
    pub(crate) name: String,
    /// It takes so long that few turns must do.
    pub(crate) slow: bool,
    ready: Box<dyn FnOnce() -> Turn>,
}

/// Does a phase once.
pub(crate) type Turn = Box<dyn FnMut()>;

impl Phase {
    /// Gets its input ready. Not before it is asked for: to judge what other phases need takes far longer than most phases.
    pub(crate) fn ready(self) -> Turn {
        (self.ready)()
    }
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

/// Rules, and a proposal's text.
type Load = Rc<dyn Fn() -> (Meetlat, String)>;

impl Phases {
    /// `ready` makes what does it once.
    fn add<T, F: FnMut() -> T + 'static>(
        &mut self,
        phase: &str,
        input: &str,
        slow: bool,
        ready: impl FnOnce() -> F + 'static,
    ) {
        let ready = Box::new(move || -> Turn {
            let mut run = ready();
            Box::new(move || drop(black_box(run())))
        });
        self.0.push(Phase { name: format!("{phase}/{input}"), slow, ready });
    }

    /// The same for what is done with a proposal that was read.
    fn add_read<T, F: FnMut() -> T + 'static>(
        &mut self,
        phase: &str,
        input: &str,
        slow: bool,
        load: &Load,
        ready: impl FnOnce(Meetlat, Proposal) -> F + 'static,
    ) {
        let load = Rc::clone(load);
        self.add(phase, input, slow, move || {
            let (meetlat, json) = load();
            let proposal = read(&meetlat, &json);
            ready(meetlat, proposal)
        });
    }

    /// Everything that is done with one complete or open proposal; `slow` when judging it is.
    fn of_proposal(&mut self, input: &str, load: &Load, slow: bool) {
        let own = Rc::clone(load);
        self.add("read_proposal", input, false, move || {
            let ((m, json), mut buffers) = (own(), Buffers::default());
            move || {
                let day = m.valid().0;
                let proposal = m.read_with(&mut buffers, "voorstel.json", &json, day).unwrap();
                buffers.recycle(proposal);
            }
        });
        self.add_read("evaluate", input, slow, load, |m, proposal| {
            let mut scratch = Scratch::default();
            move || m.judge_into(&proposal, &mut scratch).unwrap().outcomes.len()
        });
        // What is written was judged before.
        self.add_read("write_json_and_read_back", input, slow, load, |m, proposal| {
            let judgement = m.judge(&proposal).unwrap();
            move || m.in_language(Language::Nl).verdict(&proposal, &judgement).unwrap()
        });
        self.add_read("write_text", input, slow, load, |m, proposal| {
            let verdict = m.evaluate(&proposal).unwrap();
            move || verdict.to_text(Language::Nl)
        });
        let own = Rc::clone(load);
        self.add("bytes_to_bytes", input, slow, move || {
            let ((m, json), mut scratch) = (own(), Scratch::default());
            move || {
                let day = m.valid().0;
                m.in_language(Language::Nl)
                    .judge_json(&mut scratch, "voorstel.json", &json, day)
                    .unwrap()
                    .len()
            }
        });
    }
}

/// All phases, in order.
pub(crate) fn phases() -> Vec<Phase> {
    let mut all = Phases(Vec::new());
    let region = |region: &str| parse(region, &text(&format!("{region}.meetlat")));
    for name in REGIONS {
        all.add("read_rules", name, false, move || {
            let rules = text(&format!("{name}.meetlat"));
            move || parse(name, &rules)
        });
        all.add("check_meaning", name, true, move || {
            let m = region(name);
            move || m.check_meaning()
        });
    }
    for times in [1, 10, 100] {
        let input = format!("grown_{times}");
        all.add("read_rules", &input, false, move || {
            let rules = grown_rules(times);
            move || parse("groei", &rules)
        });
        let load: Load = Rc::new(move || (parse("groei", &grown_rules(times)), grown_proposal(times)));
        all.of_proposal(&input, &load, false);
    }
    let json = |name: &str| text(&format!("voorstellen/ijsselland/{name}.json"));
    for name in PROPOSALS {
        let load: Load = Rc::new(move || (region("ijsselland"), json(name)));
        all.of_proposal(name, &load, name != "spoedhulp");
        all.add_read("possible_outcomes", name, false, &load, |m, proposal| {
            move || m.possible_outcomes(&proposal).unwrap()
        });
    }
    for open in [5, 10, 18] {
        let load: Load = Rc::new(move || (region("ijsselland"), reopened(&json("spoedhulp"), open)));
        let input = format!("spoedhulp_{open}_open");
        all.add_read("possible_outcomes", &input, false, &load, |m, proposal| {
            move || m.possible_outcomes(&proposal).unwrap()
        });
        all.add_read("evaluate", &input, true, &load, |m, proposal| move || m.judge(&proposal).unwrap());
    }
    let load: Load = Rc::new(move || (region("ijsselland"), json("spoedhulp")));
    let input = "spoedhulp";
    all.add_read("next_question", input, false, &load, |m, proposal| {
        move || Next::of(&m.evaluate(&proposal).unwrap())
    });
    all.add_read("improvement", input, true, &load, |m, proposal| {
        move || m.in_language(Language::Nl).improve_to(&proposal, &[Target::Outcome(0)]).unwrap()
    });
    all.add_read("weights", input, true, &load, |m, proposal| move || m.firmness(&proposal).unwrap());
    all.0
}
