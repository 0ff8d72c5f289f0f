//! Dates with too many answers to be asked one by one, beside what a calendar makes of them: some months later, and years.

use meetlat::Date;

use super::Generator;

const ORDERS: [&str; 6] = ["uiterlijk", "vanaf", "na", "voor", "", "niet"];

impl Generator {
    pub(super) fn calendar(&mut self) {
        self.budget = 6_000;
        let start = *self.r.pick(&[(2023, 12, 20), (2024, 1, 25), (2023, 1, 15), (2024, 11, 20)]);
        let low = i64::from(Date::new(start.0, start.1, start.2).unwrap().day_number());
        let day = |n: i64| Date::from_day_number(n).unwrap();
        for (name, from) in [("begin", low), ("einde", low + self.r.between(0, 45))] {
            let days = self.r.between(33, 64);
            let mut answers: Vec<String> =
                (from..=from + days).map(|n| format!("\"{}\"", day(n).to_iso())).collect();
            let mut answer = format!("datum van {} tot en met {}", day(from), day(from + days));
            if self.r.percent(10) {
                answer += " of geen";
                answers.push("\"geen\"".to_owned());
            }
            self.question(name, &answer, answers);
        }
        self.value("tussen", "1 maand na begin");
        for _ in 0..self.r.between(1, 3) {
            let order = *self.r.pick(&ORDERS);
            let (one, other) = (self.moment("einde"), self.moment("begin"));
            self.atoms.push(format!("{one} is {order} {other}"));
        }
        if self.r.percent(25) {
            let (order, name) = (*self.r.pick(&ORDERS), *self.r.pick(&["begin", "einde"]));
            let (one, other) = (self.moment(name), self.moment(name));
            self.atoms.push(format!("{one} is {order} {other}"));
        }
        if self.r.percent(40) {
            let order = *self.r.pick(&["", "meer dan ", "hoogstens "]);
            self.atoms.push(format!("jaar van einde is {order}jaar van begin"));
        }
        if self.r.percent(25) {
            // A month after what is a month later.
            let order = *self.r.pick(&ORDERS);
            self.atoms.push(format!("einde is {order} 1 maand na tussen"));
        }
        if self.r.percent(30) {
            self.value("jaren", "jaar van einde - jaar van begin");
            self.atoms.push("jaren is minstens 1".to_owned());
            self.scores.push("jaren, van 0% bij 0 naar 100% bij 2".to_owned());
        }
        if self.r.percent(30) {
            let (order, constant) = (*self.r.pick(&ORDERS), day(low + self.r.between(20, 90)));
            let moment = self.moment("einde");
            self.atoms.push(format!("{moment} is {order} {constant}"));
        }
    }

    /// A date, or some time before or after it.
    fn moment(&mut self, date: &str) -> String {
        let shifts =
            ["1 maand na", "2 maanden na", "1 maand voor", "30 dagen na", "1 jaar voor", "3 weken na"];
        if self.r.percent(40) { date.to_owned() } else { format!("{} {date}", self.r.pick(&shifts)) }
    }
}
