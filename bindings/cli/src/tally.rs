//! What many verdicts come to: outcomes, routes, what is open, faults.

use std::collections::BTreeMap;
use std::time::Duration;

use meetlat::Language;
use meetlat::Meetlat;
use meetlat::Verdict;
use meetlat::document::Named;
use meetlat::findings::Judgement;
use serde_json::{Map, Value, json};

/// Counts of lines.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    blank: u64,
    faults: u64,
    /// By name and version.
    rules: BTreeMap<(String, String), OfRules>,
}

/// Counts of verdicts by the same rules.
#[derive(Debug)]
struct OfRules {
    title: String,
    settled: u64,
    closed: u64,
    outcomes: Counts,
    routes: Vec<Counts>,
}

/// How often each choice was made.
#[derive(Debug)]
struct Counts {
    name: String,
    title: String,
    choices: Vec<(Named, u64)>,
    open: u64,
}

impl Counts {
    fn new(name: &str, title: &str, choices: &[Named]) -> Self {
        let choices = choices.iter().map(|choice| (choice.clone(), 0)).collect();
        Self { name: name.to_owned(), title: title.to_owned(), choices, open: 0 }
    }

    /// A choice by its place among all; none: open.
    fn count(&mut self, chosen: Option<u16>) {
        match chosen.and_then(|at| self.choices.get_mut(usize::from(at))) {
            Some((_, count)) => *count += 1,
            None => self.open += 1,
        }
    }

    fn add(&mut self, other: &Self) {
        self.open += other.open;
        for (choice, more) in &other.choices {
            match self.choices.iter_mut().find(|(known, _)| known.name == choice.name) {
                Some((_, count)) => *count += more,
                None => self.choices.push((choice.clone(), *more)),
            }
        }
    }

    fn json(&self, choices: &str) -> Map<String, Value> {
        let each = self
            .choices
            .iter()
            .map(|(choice, count)| json!({"naam": choice.name, "titel": choice.title, "aantal": count}));
        let mut map = Map::new();
        map.insert("naam".to_owned(), self.name.clone().into());
        map.insert("titel".to_owned(), self.title.clone().into());
        map.insert(choices.to_owned(), each.collect());
        map.insert("open".to_owned(), self.open.into());
        map
    }

    /// A line for each choice that was made.
    fn text(&self, language: Language, out: &mut String) {
        out.push_str(&format!("  {}\n", self.title));
        for (choice, times) in self.choices.iter().filter(|(_, times)| *times > 0) {
            out.push_str(&format!("    {:>9}  {}\n", count(*times, language), choice.title));
        }
        if self.open > 0 {
            out.push_str(&format!("    {:>9}  open\n", count(self.open, language)));
        }
    }
}

impl OfRules {
    fn new(verdict: &Verdict) -> Self {
        let routes = verdict.routes.iter();
        Self {
            title: verdict.meetlat.title.clone(),
            settled: 0,
            closed: 0,
            outcomes: Counts::new("oordeel", &verdict.outcome.title, &verdict.outcome.outcomes),
            routes: routes.map(|route| Counts::new(&route.name, &route.title, &route.choices)).collect(),
        }
    }

    fn add(&mut self, other: &Self) {
        self.settled += other.settled;
        self.closed += other.closed;
        self.outcomes.add(&other.outcomes);
        for (own, more) in self.routes.iter_mut().zip(&other.routes) {
            own.add(more);
        }
    }
}

impl Tally {
    pub(crate) fn blank(&mut self) {
        self.blank += 1;
    }

    pub(crate) fn fault(&mut self) {
        self.faults += 1;
    }

    /// `verdict` is asked for the words of rules that were not met before.
    pub(crate) fn judged(
        &mut self,
        meetlat: &Meetlat,
        found: &Judgement,
        verdict: impl FnOnce() -> Option<Verdict>,
    ) {
        let key = (meetlat.name().to_owned(), meetlat.version().to_owned());
        if !self.rules.contains_key(&key)
            && let Some(verdict) = verdict()
        {
            self.rules.insert(key.clone(), OfRules::new(&verdict));
        }
        if let Some(of) = self.rules.get_mut(&key) {
            of.settled += u64::from(found.settled());
            of.closed += u64::from(found.closed());
            of.outcomes.count(found.outcome());
            for (at, counts) in of.routes.iter_mut().enumerate() {
                counts.count(found.choice(at));
            }
        }
    }

    /// Takes over the counts of another.
    pub(crate) fn add(&mut self, other: Self) {
        self.blank += other.blank;
        self.faults += other.faults;
        for (key, more) in other.rules {
            match self.rules.get_mut(&key) {
                Some(of) => of.add(&more),
                None => drop(self.rules.insert(key, more)),
            }
        }
    }

    fn sum(&self, part: impl Fn(&OfRules) -> u64) -> u64 {
        self.rules.values().map(part).sum()
    }

    /// One document on a line.
    pub(crate) fn to_json(&self, name: &str, took: Duration) -> String {
        let (settled, closed) = (self.sum(|of| of.settled), self.sum(|of| of.closed));
        let open = self.sum(|of| of.outcomes.open);
        let rules = self.rules.iter().map(|((rules, version), of)| {
            json!({
                "meetlat": rules,
                "versie": version,
                "titel": of.title,
                "oordeel": of.outcomes.json("uitkomsten"),
                "routes": of.routes.iter().map(|route| route.json("keuzes")).collect::<Vec<_>>(),
            })
        });
        let document = json!({"samenvatting": {
            "bestand": name,
            "regels": settled + closed + open + self.faults + self.blank,
            "leeg": self.blank,
            "vast": settled,
            "afgesloten": closed,
            "open": open,
            "fouten": self.faults,
            "milliseconden": u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
            "meetlatten": rules.collect::<Vec<_>>(),
        }});
        format!("{document}\n")
    }

    /// Some lines for people.
    pub(crate) fn to_text(&self, name: &str, took: Duration, language: Language) -> String {
        let (settled, closed) = (self.sum(|of| of.settled), self.sum(|of| of.closed));
        let open = self.sum(|of| of.outcomes.open);
        let all = settled + closed + open + self.faults;
        let shown = |n| count(n, language);
        let (time, pace) = (span(took, language), rate(all, took, language));
        let mut parts = vec![
            format!("{} {}", shown(settled), language.pick("vast", "settled")),
            format!("{} open", shown(open)),
        ];
        let mut part = |n: u64, words: &str| {
            if n > 0 {
                parts.push(format!("{} {words}", shown(n)));
            }
        };
        part(closed, language.pick("afgesloten", "closed"));
        part(self.faults, language.pick("met een fout", "with an error"));
        let blank = if self.blank == 1 { "lege regel" } else { "lege regels" };
        part(self.blank, language.pick(blank, "blank"));
        let parts = parts.join(", ");
        let proposals = match all {
            1 => language.pick("voorstel", "proposal"),
            _ => language.pick("voorstellen", "proposals"),
        };
        let second = language.pick("seconde", "second");
        let mut out =
            format!("{name}: {} {proposals} in {time}, {pace} per {second}\n  {parts}\n", shown(all));
        for ((_, version), of) in &self.rules {
            let version = match version.as_str() {
                "" => String::new(),
                number => format!(", {} {number}", language.pick("versie", "version")),
            };
            out.push_str(&format!("{}{version}\n", of.title));
            of.outcomes.text(language, &mut out);
            for route in &of.routes {
                route.text(language, &mut out);
            }
        }
        out
    }
}

/// `12.345`
pub(crate) fn count(n: u64, language: Language) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(language.pick('.', ','));
        }
        out.push(digit);
    }
    out
}

/// How many in a second; rounded down.
pub(crate) fn rate(n: u64, took: Duration, language: Language) -> String {
    let pace = (u128::from(n) * 1_000_000).checked_div(took.as_micros()).unwrap_or(u128::from(n));
    count(u64::try_from(pace).unwrap_or(u64::MAX), language)
}

/// `83 ms`, `4,2 s`, `42 s`, `2 min 5 s`, `1 uur 2 min`
pub(crate) fn span(time: Duration, language: Language) -> String {
    let seconds = time.as_secs();
    match seconds {
        0 if time.subsec_nanos() > 0 => format!("{} ms", time.subsec_millis()),
        0..60 if time.subsec_nanos() == 0 => format!("{seconds} s"),
        0..60 => format!("{seconds}{}{} s", language.pick(',', '.'), time.subsec_millis() / 100),
        60..3_600 => format!("{} min {} s", seconds / 60, seconds % 60),
        _ => {
            let hour = language.pick("uur", "h");
            format!("{} {hour} {} min", count(seconds / 3_600, language), seconds / 60 % 60)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_read_them() {
        let numbers = [0, 999, 1_000, 1_234_567].map(|n| count(n, Language::Nl));
        assert_eq!(numbers, ["0", "999", "1.000", "1.234.567"]);
        let times = [320, 42_000, 125_900, 3_720_000].map(Duration::from_millis);
        assert_eq!(
            times.map(|time| span(time, Language::Nl)),
            ["320 ms", "42 s", "2 min 5 s", "1 uur 2 min"]
        );
        assert_eq!(rate(3, Duration::from_millis(500), Language::En), "6");
    }
}
