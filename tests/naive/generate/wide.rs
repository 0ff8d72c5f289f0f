//! Small rule files of the kinds that [`super::generate`] never makes.
//!
//! A hundred thousand of its pairs passed while the engine was wrong about four kinds of rules. What they lacked:
//!
//! - A list without greatest length is always answered there, since it could not be enumerated. So no sum, count or line
//!   ever read an open one. Here such lists are enumerated up to a length that decides, without regard to order.
//! - An amount that may be open is either compared with constants only, or has at the most five answers. Up to 64 were tried
//!   one by one, so that no relation between numbers was ever decided. Here some have more, or no end at all.
//! - Two open amounts that meet in the outcome and again in routes, as in a memo on who decides about what is not yet
//!   covered, need three conditions about the same names; random names from six questions meet too seldom.
//! - An equality of two linear forms holds at points inside a stretch whose ends do not, where both have more than a few
//!   answers. Of its comparisons one in eight is an equality, and hardly any of those has open numbers on both sides.
//! - Every look-up has its row: the checker calls it an error where keys are finite, and unbounded keys were answered.
//! - At the most three criteria, weights to 7.
//! - Dates beside each other have at the most some twenty answers, and up to 32 are asked one by one.
//!
//! Each kind can be made alone, to study what differs.

mod calendar;

use meetlat::Date;

use super::Case;
use crate::support::random::Random;

/// What is new in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wide {
    /// Lists without greatest length: sums, counts in arithmetic and against answers, lines over a count.
    Lists,
    /// Amounts that the outcome and routes share: ladders over a difference, coverage, equality.
    Memo,
    /// Equalities between open numbers.
    Equal,
    /// Look-ups in tables that lack rows, by number and by year.
    Rows,
    /// Many criteria, gates, requirements, prime and large weights.
    Weights,
    /// Marks of 1 to 10 with thresholds.
    Marks,
    /// Products of two open numbers, and quotients.
    Products,
    /// Terms that read terms: ladders of amounts, dates.
    Terms,
    /// The reference date beside open dates, with and without days in force.
    Days,
    /// Dates with many answers beside some months after them and their years.
    Calendar,
}

impl Wide {
    pub(crate) const ALL: [(&'static str, Self); 10] = [
        ("lists", Self::Lists),
        ("memo", Self::Memo),
        ("equal", Self::Equal),
        ("rows", Self::Rows),
        ("weights", Self::Weights),
        ("marks", Self::Marks),
        ("products", Self::Products),
        ("terms", Self::Terms),
        ("days", Self::Days),
        ("calendar", Self::Calendar),
    ];
}

/// Lists without greatest length are enumerated up to this length: more items than any threshold here asks for, with one
/// for each comparison.
const LONGEST: usize = 9;
/// Numbers without greatest value are enumerated up to so many steps: with thresholds up to [`NEAR`], three numbers that
/// hang together by their differences show all they can do within three times as many and one more each.
const FURTHEST: usize = 13;
const NEAR: i64 = 3;

/// Always the same for the same seed.
pub(crate) fn generate_wide(wide: Wide, seed: u64) -> Case {
    let mut g = Generator {
        r: Random::new(seed.wrapping_mul(31).wrapping_add(wide as u64 + 1)),
        taste: Random::new(seed),
        valid: "geldig vanaf 1 januari 2000".to_owned(),
        days: Vec::new(),
        text: String::new(),
        questions: Vec::new(),
        atoms: Vec::new(),
        scores: Vec::new(),
        criteria: Vec::new(),
        requirements: false,
        up_to: None,
        budget: 0,
    };
    g.budget = *g.r.pick(&[40, 200, 600, 600, 1_500, 3_000]);
    match wide {
        Wide::Lists => g.lists(),
        Wide::Memo => g.memo(),
        Wide::Equal => g.equal(),
        Wide::Rows => g.rows(),
        Wide::Weights => g.weights(),
        Wide::Marks => g.marks(),
        Wide::Products => g.products(),
        Wide::Terms => g.terms(),
        Wide::Days => g.days(),
        Wide::Calendar => g.calendar(),
    }
    g.rest(wide);
    let proposal = g.proposal();
    let reference_date = (!g.days.is_empty()).then(|| *g.r.pick(&g.days));
    Case { rules: g.text, proposal, reference_date, up_to: g.up_to, days: g.days }
}

/// A question: how many answers it has, and some of them as JSON.
struct Question {
    name: String,
    size: u64,
    answers: Vec<String>,
}

struct Generator {
    r: Random,
    /// For good sides, which change nothing in a verdict.
    taste: Random,
    text: String,
    /// The header's clause on the days in force.
    valid: String,
    days: Vec<Date>,
    questions: Vec<Question>,
    /// Conditions that everything after is made of.
    atoms: Vec<String>,
    /// What a criterion may have behind `score`.
    scores: Vec<String>,
    criteria: Vec<String>,
    requirements: bool,
    up_to: Option<usize>,
    /// So many completions at the most.
    budget: u64,
}

/// What numbers count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Whole,
    Money,
}

impl Unit {
    /// Of whole numbers, or of cents.
    fn literal(self, n: i64) -> String {
        match self {
            Self::Whole => n.to_string(),
            Self::Money => format!("€ {},{:02}", n / 100, n % 100).replace(",00", ""),
        }
    }

    fn json(self, n: i64) -> String {
        match self {
            Self::Whole => n.to_string(),
            Self::Money => format!("{}.{:02}", n / 100, n % 100),
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Whole => "heel getal",
            Self::Money => "bedrag",
        }
    }
}

const ORDERS: [&str; 8] =
    ["minstens ", "hoogstens ", "meer dan ", "minder dan ", "minstens ", "hoogstens ", "", "niet "];

impl Generator {
    fn declare(&mut self, head: &str, clauses: &[String]) {
        self.text += &format!("\n{head}: \"Over {}\"\n", head.replace('"', ""));
        for clause in clauses {
            self.text += &format!("  {clause}\n");
        }
    }

    fn question(&mut self, name: &str, answer: &str, answers: Vec<String>) {
        let mut clauses = vec![format!("antwoord {answer}")];
        if answer.starts_with("ja") && self.taste.percent(20) {
            clauses.push((*self.taste.pick(&["liever nee", "geen goede kant"])).to_owned());
        } else if (answer.starts_with("heel getal") || answer.starts_with("bedrag")) && self.taste.percent(50)
        {
            clauses.push((*self.taste.pick(&["liever hoger", "liever lager"])).to_owned());
        }
        self.declare(&format!("vraag {name}"), &clauses);
        let size = answers.len().try_into().unwrap();
        self.questions.push(Question { name: name.to_owned(), size, answers });
    }

    fn yes_no(&mut self, name: &str) {
        self.question(name, "ja of nee", ["ja", "nee"].map(|one| format!("\"{one}\"")).into());
        let answer = *self.r.pick(&["ja", "nee"]);
        self.atoms.push(format!("{name} is {answer}"));
    }

    fn graded(&mut self, name: &str) {
        let mut answers: Vec<String> = ["ja", "deels", "nee"].map(|one| format!("\"{one}\"")).into();
        let lapses = self.r.percent(15);
        if lapses {
            answers.push("{\"antwoord\": \"n.v.t.\", \"onderbouwing\": \"zo is het\"}".to_owned());
        }
        let answer = if lapses { "ja, deels, nee of n.v.t." } else { "ja, deels of nee" };
        self.question(name, answer, answers);
        self.scores.push(name.to_owned());
        let answer = *self.r.pick(&["is ja", "is minstens deels", "is nee"]);
        self.atoms.push(format!("{name} {answer}"));
    }

    /// A question after a number from `low` to `high`; sometimes `of geen`.
    fn number(&mut self, name: &str, unit: Unit, low: i64, high: i64) {
        let mut answers: Vec<String> = (low..=high).map(|n| unit.json(n)).collect();
        let mut answer =
            format!("{} van {} tot en met {}", unit.word(), unit.literal(low), unit.literal(high));
        if self.r.percent(8) {
            answer += " of geen";
            answers.push("\"geen\"".to_owned());
        }
        self.question(name, &answer, answers);
    }

    fn order(&mut self) -> &'static str {
        self.r.pick::<&str>(&ORDERS)
    }

    /// A value against a constant.
    fn against(&mut self, value: &str, unit: Unit, low: i64, high: i64) -> String {
        let (order, n) = (self.order(), self.r.between(low, high));
        format!("{value} is {order}{}", unit.literal(n))
    }

    fn line(&mut self, value: &str, unit: Unit, low: i64, high: i64) -> String {
        let from = self.r.between(low, high);
        let to = if from == high { low } else { self.r.between(from + 1, high) };
        let ends = if self.r.percent(50) { ("0%", "100%") } else { ("100%", "0%") };
        format!("{value}, van {} bij {} naar {} bij {}", ends.0, unit.literal(from), ends.1, unit.literal(to))
    }

    fn value(&mut self, name: &str, value: &str) {
        self.declare(&format!("begrip {name}"), &[format!("waarde {value}")]);
    }

    fn lists(&mut self) {
        self.up_to = Some(LONGEST);
        let unit = *self.r.pick(&[Unit::Whole, Unit::Money]);
        let most = self.r.between(1, 3);
        let low = self.r.between(0, 1).min(most - 1);
        let mut field =
            format!("{} van {} tot en met {}", unit.word(), unit.literal(low), unit.literal(most));
        let mut records: Vec<String> = (low..=most).map(|n| format!("\"veld\": {}", unit.json(n))).collect();
        if self.r.percent(15) {
            field += " of geen";
            records.push("\"veld\": \"geen\"".to_owned());
        }
        let second = self.r.percent(35) && records.len() < 4;
        let mut answer = "lijst van".to_owned();
        if self.r.percent(20) {
            answer = "lijst van, vanaf 1".to_owned();
        }
        answer += &format!("\n    - veld: {field}");
        if second {
            answer += "\n    - vlag: ja of nee";
            records = records
                .iter()
                .flat_map(|one| ["ja", "nee"].map(|flag| format!("{one}, \"vlag\": \"{flag}\"")))
                .collect();
        }
        let mut answers = Vec::new();
        for length in 1..5 {
            let items: Vec<String> = (0..length).map(|_| format!("{{{}}}", self.r.pick(&records))).collect();
            answers.push(format!("[{}]", items.join(", ")));
        }
        // Fields may be open too.
        answers.push("[{}, {}]".to_owned());
        self.question("lijst", &answer, answers);
        // Lists of so many items of so many kinds, in no order.
        let kinds = u64::try_from(records.len()).unwrap();
        let longest = u64::try_from(LONGEST).unwrap();
        let sizes = (0..kinds).fold(1, |n, k| n * (longest + kinds - k) / (k + 1));
        self.questions.last_mut().unwrap().size = sizes;
        let name = *self.r.pick(&["maat", "maat", "maat2"]);
        let top = self.r.between(2, 5);
        self.number(name, unit, 0, top);
        let sum = "som van veld in lijst".to_owned();
        let count = "aantal lijst".to_owned();
        let mut pieces = vec![self.against(&sum, unit, 0, 4), self.against(&count, Unit::Whole, 0, 4)];
        let order = self.order();
        pieces.push(format!("{sum} is {order}{name}"));
        if unit == Unit::Whole {
            let order = self.order();
            pieces.push(format!("{count} is {order}{name}"));
            let order = self.order();
            pieces.push(format!("2 * {count} is {order}{name}"));
            let order = self.order();
            pieces.push(format!("{count} + {name} is {order}{}", self.r.between(1, 5)));
            let order = self.order();
            pieces.push(format!("{sum} + {count} is {order}{}", self.r.between(1, 5)));
        } else {
            let order = self.order();
            pieces.push(format!("{count} * € 0,02 is {order}{name}"));
            let order = self.order();
            pieces.push(format!("{sum} + {count} * {name} is {order}{}", unit.literal(self.r.between(1, 5))));
            let order = self.order();
            pieces.push(format!("50% van {sum} is {order}{}", unit.literal(self.r.between(0, 2))));
        }
        if second {
            pieces.push("alle lijst hebben vlag is ja".to_owned());
            pieces.push(
                "een van lijst heeft (vlag is nee en veld is minstens ".to_owned()
                    + &unit.literal(most)
                    + ")",
            );
        } else {
            pieces.push("een van lijst heeft veld is ".to_owned() + &unit.literal(low));
        }
        self.atoms.extend(self.r.some(&pieces, 2, 4));
        let (value, of) = match self.r.below(3) {
            0 => (sum, unit),
            1 => (count, Unit::Whole),
            _ if unit == Unit::Whole => (format!("{sum} + {count}"), unit),
            _ => (format!("{sum} + {name}"), unit),
        };
        self.value("omvang", &value);
        let line = self.line("omvang", of, 0, 5);
        self.scores.push(line);
        let atom = self.against("omvang", of, 0, 5);
        self.atoms.push(atom);
    }

    fn memo(&mut self) {
        let unit = *self.r.pick(&[Unit::Money, Unit::Money, Unit::Whole]);
        // Without an end; or with more answers than are tried one by one; or with few.
        let top = *self.r.pick(&[NEAR, NEAR, NEAR, NEAR, 9, 20, 66]);
        let endless = top == NEAR;
        let third = self.r.percent(45) && top <= 9;
        if endless {
            self.up_to = Some(FURTHEST);
            self.budget = 9_000;
        } else if top == 66 {
            self.budget = 15_000;
        }
        for name in ["kosten", "gedekt", "eerder"].into_iter().take(if third { 3 } else { 2 }) {
            if endless && (name != "eerder" || self.r.percent(50)) {
                let answers: Vec<String> = (0..=NEAR + 1).map(|n| unit.json(n)).collect();
                self.question(name, &format!("{} vanaf {}", unit.word(), unit.literal(0)), answers);
            } else {
                let top = if endless { 2 * NEAR } else { top };
                self.number(name, unit, 0, top);
            }
        }
        self.value("rest", "kosten - gedekt");
        let covered =
            *self.r.pick(&["kosten is hoogstens gedekt", "kosten is gedekt", "gedekt is meer dan kosten"]);
        let mut atoms = vec![covered.to_owned()];
        for _ in 0..2 + self.r.below(3) {
            let value = *self.r.pick(&["rest", "rest", "rest", "kosten", "gedekt", "kosten + gedekt"]);
            let atom = self.against(value, unit, 0, top);
            atoms.push(atom);
        }
        if third {
            let order = self.order();
            atoms.push(format!("rest is {order}eerder"));
            atoms.push("kosten is eerder".to_owned());
        }
        self.atoms.extend(atoms);
        if self.r.percent(60) {
            let line = self.line("rest", unit, 0, top);
            self.scores.push(line);
        }
    }

    fn equal(&mut self) {
        let unit = *self.r.pick(&[Unit::Money, Unit::Whole]);
        let top = *self.r.pick(&[4, 7, 12, 18, 30, 30]);
        let least = if unit == Unit::Whole { self.r.between(-2, 1) } else { 0 };
        self.number("eerste", unit, least, top);
        // More answers than are tried one by one, now and then.
        let wide = top == 30 && self.r.percent(60);
        let second = if wide { 70 } else { self.r.between(top / 2 + 1, top * 2).min(36) };
        if wide {
            self.budget = 12_000;
        }
        self.number("tweede", unit, 0, second);
        let third = self.r.percent(30) && top <= 12;
        if third {
            self.number("derde", unit, 0, 9);
        }
        let mut forms: Vec<String> = vec![
            "tweede".into(),
            "eerste".into(),
            "2 * eerste".into(),
            "3 * eerste".into(),
            "eerste + tweede".into(),
        ];
        forms.push(format!("eerste + {}", unit.literal(self.r.between(1, 4))));
        forms.push("tweede - eerste".to_owned());
        forms.push("2 * tweede".to_owned());
        if third {
            forms.extend(["derde".into(), "eerste + derde".into(), "2 * derde".into()]);
        }
        for _ in 0..1 + self.r.below(3) {
            let (left, right) = (self.r.pick(&forms).clone(), self.r.pick(&forms).clone());
            let order = *self.r.pick(&["", "", "", "niet ", "minstens ", "meer dan "]);
            if left != right {
                self.atoms.push(format!("{left} is {order}{right}"));
            }
        }
        let left = self.r.pick(&forms).clone();
        let atom = self.against(&left, unit, 0, top);
        self.atoms.push(atom);
    }

    fn rows(&mut self) {
        let unit = *self.r.pick(&[Unit::Money, Unit::Whole]);
        self.number("gevraagd", unit, 0, 9);
        let (key, years) = if self.r.percent(50) {
            self.question(
                "sleutel",
                "heel getal",
                ["2023", "2024", "2025", "2030"].map(str::to_owned).into(),
            );
            ("sleutel", 2024)
        } else {
            let days =
                ["2023-12-31", "2024-01-01", "2025-06-01", "2031-01-01"].map(|day| format!("\"{day}\""));
            self.question("dag", "datum", days.into());
            ("jaar van dag", 2024)
        };
        self.questions.last_mut().unwrap().size = 24;
        let mut rows = vec!["| jaar | waarde |".to_owned()];
        for year in [0, 1, 3, 4] {
            if self.r.percent(70) || rows.len() == 1 {
                rows.push(format!("| {} | {} |", years + year, unit.literal(self.r.between(0, 9))));
            }
        }
        self.declare("tabel grens", &rows);
        // One ordering: what a missing row is worth must be read in one place.
        let order = *self.r.pick(&["minstens", "hoogstens", "meer dan", "minder dan"]);
        self.declare("begrip binnen", &[format!("als gevraagd is {order} grens bij {key}")]);
        self.atoms.push("binnen".to_owned());
        let atom = self.against("gevraagd", unit, 0, 9);
        self.atoms.push(atom);
    }

    fn weights(&mut self) {
        let n = self.r.between(4, 7);
        let options: Vec<String> = (0..n).map(|at| format!("o{at}")).collect();
        let gated = self.r.percent(60);
        if gated {
            let list = options.join(", ");
            let answers = (0..1_usize << n.min(6))
                .map(|set| {
                    let chosen = options.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1);
                    let chosen: Vec<String> = chosen.map(|(_, option)| format!("\"{option}\"")).collect();
                    format!("[{}]", chosen.join(", "))
                })
                .collect();
            self.question("keuzes", &format!("meerdere van {list}"), answers);
            self.questions.last_mut().unwrap().size = 1 << n;
            let atom = self.against("aantal keuzes", Unit::Whole, 0, n);
            self.atoms.push(atom);
        }
        let sets: [&[i64]; 3] =
            [&[2, 3, 5, 7, 11, 13, 17, 19, 23], &[1009, 2003, 4999, 7919, 12_007, 30_011], &[1, 1, 2, 2, 3]];
        let weights = *self.r.pick(&sets);
        for (at, option) in options.iter().enumerate() {
            let name = format!("v{at}");
            if self.r.percent(50) {
                self.yes_no(&name);
            } else {
                self.graded(&name);
            }
            let mut clauses = vec![format!("score {name}"), format!("gewicht {}", self.r.pick(weights))];
            if gated && self.r.percent(75) {
                clauses.push(format!("alleen als keuzes bevat {option}"));
            }
            if self.r.percent(20) {
                self.requirements = true;
                let least = *self.r.pick(&["50%", "100%", "33%"]);
                clauses.push(format!("eis minstens {least}"));
            }
            self.declare(&format!("criterium c{at}"), &clauses);
            self.criteria.push(format!("c{at}"));
        }
        self.scores.clear();
    }

    fn marks(&mut self) {
        let n = self.r.between(2, 3);
        let top = if n == 2 { *self.r.pick(&[10, 20]) } else { 10 };
        let weights = [1, 2, 3, 7, 10, 11, 13];
        for at in 0..n {
            let name = format!("cijfer{at}");
            self.number(&name, Unit::Whole, 1, top);
            let line = format!("score {name}, van 0% bij 1 naar 100% bij {top}");
            let mut clauses = vec![line, format!("gewicht {}", self.r.pick(&weights))];
            if self.r.percent(25) {
                self.requirements = true;
                clauses.push(format!("eis minstens {}", *self.r.pick(&["55%", "50%", "33%"])));
            }
            self.declare(&format!("criterium c{at}"), &clauses);
            self.criteria.push(format!("c{at}"));
            let atom = self.against(&name, Unit::Whole, 2, top - 1);
            self.atoms.push(atom);
        }
        let atom = self.against("cijfer0 + cijfer1", Unit::Whole, 3, 2 * top - 1);
        self.atoms.push(atom);
    }

    fn products(&mut self) {
        let unit = *self.r.pick(&[Unit::Money, Unit::Whole, Unit::Whole]);
        let least = if unit == Unit::Whole && self.r.percent(40) { -3 } else { 0 };
        let (top, more) = (self.r.between(5, 14), self.r.between(4, 14));
        self.number("prijs", unit, least, top);
        let low = self.r.between(-1, 1);
        self.number("stuks", Unit::Whole, low, more);
        let third = self.r.percent(30);
        if third {
            self.number("korting", unit, 0, 5);
        }
        let mut values = vec!["prijs * stuks", "prijs * (stuks + 1)"];
        if third {
            values.push("prijs * stuks - korting");
            values.push("(prijs + korting) * stuks");
        }
        if unit == Unit::Whole {
            values.push("prijs * prijs");
        }
        for _ in 0..1 + self.r.below(2) {
            let value = *self.r.pick(&values);
            let atom = self.against(value, unit, 0, top * more / 2);
            self.atoms.push(atom);
        }
        if third {
            let order = self.order();
            self.atoms.push(format!("prijs * stuks is {order}korting"));
        }
        if low == 1 {
            let order = *self.r.pick(&["minstens ", "minder dan ", ""]);
            self.atoms.push(format!("prijs / stuks is {order}{}", unit.literal(self.r.between(0, 5))));
        }
        if self.r.percent(50) {
            self.value("kosten", "prijs * stuks");
            let line = self.line("kosten", unit, 0, top * more / 2);
            self.scores.push(line);
        }
        let atom = self.against("stuks", Unit::Whole, low, more);
        self.atoms.push(atom);
    }

    fn terms(&mut self) {
        if self.r.percent(40) {
            return self.dates();
        }
        let unit = *self.r.pick(&[Unit::Money, Unit::Whole]);
        let top = *self.r.pick(&[6, 10, 15]);
        self.number("punten", Unit::Whole, 0, 6);
        self.number("gevraagd", unit, 0, top);
        let both = self.r.percent(60);
        if both {
            self.number("begroot", unit, 0, top);
        }
        let (low, high) = (self.r.between(0, top / 2), self.r.between(top / 2, top));
        let step = self.r.between(1, 5);
        self.value(
            "hoogste_bedrag",
            &format!(
                "\n    {}  als punten is minstens {step}\n    {}  anders",
                unit.literal(high),
                unit.literal(low)
            ),
        );
        let ceiling = if both {
            (*self.r.pick(&["50% van begroot", "67% van begroot", "2 * begroot", "begroot - gevraagd"]))
                .to_owned()
        } else {
            format!("gevraagd + {}", unit.literal(2))
        };
        let ceiling = if unit == Unit::Whole {
            ceiling.replace("50% van", "2 *").replace("67% van", "3 *")
        } else {
            ceiling
        };
        self.value("plafond", &ceiling);
        self.value(
            "toegekend",
            "\n    gevraagd        als gevraagd is hoogstens hoogste_bedrag en gevraagd is hoogstens plafond\n    hoogste_bedrag  als hoogste_bedrag is hoogstens plafond\n    plafond         anders",
        );
        for (left, right) in
            [("toegekend", "gevraagd"), ("toegekend", "hoogste_bedrag"), ("plafond", "gevraagd")]
        {
            if self.r.percent(60) {
                let order = *self.r.pick(&["", "", "minder dan ", "minstens "]);
                self.atoms.push(format!("{left} is {order}{right}"));
            }
        }
        let atom = self.against("toegekend", unit, 0, top);
        self.declare("begrip genoeg", &[format!("als {atom}")]);
        self.atoms.push("genoeg".to_owned());
        let least = self.r.between(1, 5);
        self.declare("begrip ruim", &[format!("als genoeg en punten is minstens {least}")]);
        self.atoms.push("ruim".to_owned());
        let line = self.line("toegekend", unit, 0, top);
        self.scores.push(line);
    }

    /// Dates that hang together by terms.
    fn dates(&mut self) {
        let start = *self.r.pick(&[(2024, 1, 29), (2023, 12, 25), (2024, 2, 20), (2024, 6, 25)]);
        let low = i64::from(Date::new(start.0, start.1, start.2).unwrap().day_number());
        for (name, from, days) in [("aanvraag", low, 12), ("begin", low + 20, 20), ("einde", low + 45, 14)] {
            if name == "einde" && self.r.percent(60) {
                continue;
            }
            let day = |n: i64| Date::from_day_number(n).unwrap();
            let answers = (from..=from + days).map(|n| format!("\"{}\"", day(n).to_iso())).collect();
            self.question(name, &format!("datum van {} tot en met {}", day(from), day(from + days)), answers);
        }
        self.yes_no("spoed");
        let later = *self.r.pick(&["1 maand na aanvraag", "30 dagen na aanvraag", "4 weken na aanvraag"]);
        let soon = *self.r.pick(&["3 weken na aanvraag", "25 dagen na aanvraag"]);
        self.value("uiterste", &format!("\n    {soon}  als spoed is ja\n    {later}  anders"));
        self.declare("begrip op_tijd", &["als begin is uiterlijk uiterste".to_owned()]);
        self.declare("begrip vroeg", &["als op_tijd en begin is voor 1 maand na aanvraag".to_owned()]);
        self.atoms.push("op_tijd".to_owned());
        self.atoms.push("vroeg".to_owned());
        let date = Date::from_day_number(low + self.r.between(20, 40)).unwrap();
        self.atoms.push(format!("begin is na {date}"));
        self.atoms.push(format!("jaar van begin is {}", start.0 + 1));
        if self.questions.iter().any(|one| one.name == "einde") {
            self.atoms.push("einde is uiterlijk 1 maand na begin".to_owned());
        }
    }

    /// What depends on the day that the rules are asked for.
    fn days(&mut self) {
        let start = *self.r.pick(&[(2024, 1, 29), (2023, 12, 25), (2024, 2, 20), (2024, 6, 25)]);
        let low = i64::from(Date::new(start.0, start.1, start.2).unwrap().day_number());
        let day = |n: i64| Date::from_day_number(n).unwrap();
        let days = self.r.between(2, 7);
        let answers = (low..=low + days).map(|n| format!("\"{}\"", day(n).to_iso())).collect();
        self.question("geboren", &format!("datum van {} tot en met {}", day(low), day(low + days)), answers);
        self.yes_no("recht");
        // Shifts are of at the most 40 days, and constants lie as near.
        let (first, last) = match self.r.below(3) {
            0 => {
                self.valid = String::new();
                (low - 100, low + 120)
            }
            1 => {
                let first = low + self.r.between(-30, 40);
                (first, first + self.r.between(0, 30))
            }
            _ => {
                let first = low + self.r.between(-30, 40);
                (first, low + 120)
            }
        };
        if !self.valid.is_empty() {
            self.valid = format!("geldig vanaf {}", day(first));
            if last < low + 100 {
                self.valid = format!("geldig van {} tot en met {}", day(first), day(last));
            }
        }
        self.days = (first..=last).map(day).collect();
        // Without an end later years come too.
        if last >= low + 100 {
            let years = [1, 2].into_iter().filter_map(|later| Date::new(start.0 + later, 1, 1));
            self.days.extend(years.filter(|one| *one > day(last)));
        }
        let constant = day(low + self.r.between(-20, 40));
        let shift = *self.r.pick(&["1 maand na", "40 dagen na", "2 weken voor", "3 dagen na"]);
        let order = *self.r.pick(&["uiterlijk", "vanaf", "na", "voor"]);
        self.atoms.push(format!("peildatum is {order} {shift} geboren"));
        let order = *self.r.pick(&["uiterlijk", "vanaf", "na", "voor"]);
        self.atoms.push(format!("peildatum is {order} {constant}"));
        if self.r.percent(50) {
            self.atoms.push(format!("jaar van peildatum is {}", start.0 + 1));
        }
        if self.r.percent(50) {
            self.atoms.push("geboren is na 2 weken voor peildatum".to_owned());
        }
    }

    /// A condition of one atom or a few.
    fn condition(&mut self) -> String {
        let mut atom = || {
            let atom = self.r.pick(&self.atoms).clone();
            if self.r.percent(10) { format!("niet ({atom})") } else { atom }
        };
        let (one, two, three) = (atom(), atom(), atom());
        match self.r.below(9) {
            0 | 1 => format!("{one} en {two}"),
            2 => format!("{one} of {two}"),
            3 => format!("{one} en ({two} of {three})"),
            _ => one,
        }
    }

    fn percentage(&mut self) -> &'static str {
        self.r.pick::<&str>(&["25%", "33,33%", "40%", "50%", "55%", "60%", "66,67%", "70%", "85%", "100%"])
    }

    /// Criteria, exclusions, conditions, verdict and routes over what there is.
    fn rest(&mut self, wide: Wide) {
        self.graded("goed");
        if self.r.percent(40) {
            self.yes_no("steun");
        }
        for at in self.criteria.len()..self.criteria.len() + 1 + self.r.below(2) {
            let score = if self.r.percent(60) && !self.scores.is_empty() {
                self.r.pick(&self.scores).clone()
            } else {
                let (one, other) = (self.condition(), self.condition());
                let (half, least) = (self.percentage(), *self.r.pick(&["0%", "n.v.t.", "20%"]));
                format!("\n    100%  als {one}\n    {half}  als {other}\n    {least}  anders")
            };
            let mut clauses =
                vec![format!("score {score}"), format!("gewicht {}", self.r.pick(&[1, 2, 3, 7, 13]))];
            if self.r.percent(25) {
                let condition = self.condition();
                clauses.push(format!("alleen als {condition}"));
            }
            if self.r.percent(25) {
                self.requirements = true;
                let least = self.percentage();
                clauses.push(format!("eis minstens {least}"));
            }
            self.declare(&format!("criterium k{at}"), &clauses);
        }
        let excludes = self.r.percent(50);
        if excludes {
            let condition = self.condition();
            self.declare("uitsluiting buiten", &[format!("als {condition}")]);
        }
        let conditional = self.r.percent(30);
        if conditional {
            let (condition, gate) = (self.condition(), self.condition());
            let mut clauses = vec![format!("vervuld als {condition}"), "zo niet \"Regel het.\"".to_owned()];
            if self.r.percent(50) {
                clauses.push(format!("alleen als {gate}"));
            }
            self.declare("voorwaarde geregeld", &clauses);
        }
        if self.r.percent(30) {
            let condition = self.condition();
            self.declare("signaal let", &[format!("als {condition}"), "meld \"Let hierop.\"".to_owned()]);
        }
        let mut clauses =
            vec!["totaal gewogen gemiddelde".to_owned(), "uitkomsten van goed naar slecht".to_owned()];
        clauses.extend(["wel", "misschien", "af"].map(|one| format!("  - {one}: \"Uitkomst {one}\"")));
        if excludes {
            clauses.push("af als een uitsluiting geldt".to_owned());
        }
        if self.requirements {
            clauses.push("af als een eis niet is gehaald".to_owned());
        }
        let (threshold, lower) = (self.percentage(), self.percentage());
        let also = match (conditional, self.r.below(3)) {
            (true, _) => " en elke voorwaarde is vervuld".to_owned(),
            (false, 0) => {
                let atom = self.r.pick(&self.atoms).clone();
                format!(" en {atom}")
            }
            _ => String::new(),
        };
        clauses.push(format!("wel als totaal is minstens {threshold}{also}"));
        let condition = self.condition();
        let middle = if wide == Wide::Weights || wide == Wide::Marks || self.r.percent(30) {
            format!("totaal is minstens {lower}")
        } else {
            condition
        };
        clauses.push(format!("misschien als {middle}"));
        clauses.push("af anders".to_owned());
        self.declare("oordeel", &clauses);
        for at in 0..self.r.below(3) {
            let mut clauses = Vec::new();
            if self.r.percent(50) {
                let outcome = *self.r.pick(&["af", "wel", "misschien"]);
                clauses.push(format!("niemand: \"Niemand\"\n    als oordeel is {outcome}"));
            }
            for choice in ["team", "bestuur"] {
                let condition = if self.r.percent(12) {
                    format!("totaal is minder dan {}", self.percentage())
                } else {
                    self.condition()
                };
                clauses.push(format!("{choice}: \"Het {choice}\"\n    als {condition}"));
            }
            clauses.push("raad: \"De raad\"\n    anders".to_owned());
            self.declare(&format!("route weg{at}"), &clauses);
        }
        self.text = format!(
            "meetlat proef: \"Proef\"\n  versie 1\n  {}\n  deels telt 50%\n{}",
            self.valid, self.text
        );
    }

    fn proposal(&mut self) -> String {
        let mut left = self.budget;
        let mut order: Vec<usize> = (0..self.questions.len()).collect();
        // What is new stands first; it is open if it can be.
        let (new, other) = order.split_at_mut(2);
        self.r.shuffle(other);
        let order: Vec<usize> = new.iter().chain(other.iter()).copied().collect();
        let mut open = vec![false; self.questions.len()];
        for at in order {
            let size = self.questions[at].size;
            if size <= left && self.r.percent(88) {
                left /= size;
                open[at] = true;
            }
        }
        let mut answers = Vec::new();
        for (question, open) in self.questions.iter().zip(open) {
            if !open {
                answers.push(format!("\"{}\": {}", question.name, self.r.pick(&question.answers)));
            }
        }
        format!("{{\"meetlat\": \"proef\", \"antwoorden\": {{{}}}}}", answers.join(", "))
    }
}
