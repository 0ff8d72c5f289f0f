//! Random tables and look-ups in them. Without `anders` a table has a row for every key that is asked.

use super::questions::{Kind, Question};
use super::{Generator, Scope, Unit};

pub(crate) struct Table {
    name: String,
    keys: Vec<Key>,
    unit: Unit,
    /// Every combination has a row.
    total: bool,
}

/// What a key column holds.
#[derive(Clone)]
enum Key {
    /// The options of the question with the column's name.
    Options {
        question: String,
        options: Vec<String>,
    },
    /// Words of its own.
    Words(Vec<String>),
    Years(i64, i64),
    Numbers(i64, i64),
}

impl Key {
    fn cells(&self) -> Vec<String> {
        match self {
            Self::Options { options, .. } | Self::Words(options) => options.clone(),
            Self::Years(low, high) | Self::Numbers(low, high) => {
                (*low..=*high).map(|n| n.to_string()).collect()
            }
        }
    }
}

impl Generator {
    pub(crate) fn table(&mut self) {
        let name = self.name("tabel_");
        let unit = *self.r.pick(&[Unit::Money, Unit::Money, Unit::Number, Unit::Share, Unit::Day]);
        let mut columns = Vec::new();
        let mut keys = Vec::new();
        for _ in 0..1 + self.r.below(2) {
            let (column, key) = self.key();
            if !columns.contains(&column) {
                columns.push(column);
                keys.push(key);
            }
        }
        let mut rows: Vec<Vec<String>> = vec![Vec::new()];
        for key in &keys {
            let longer = rows.iter().flat_map(|row| {
                key.cells().into_iter().map(|cell| row.iter().cloned().chain([cell]).collect())
            });
            rows = longer.collect();
        }
        let total = self.r.percent(50);
        if !total {
            // Every word of its own keeps a row.
            let n = rows.len();
            let words = keys.iter().any(|key| matches!(key, Key::Words(_)));
            rows = if words { rows } else { self.r.some(&rows, 1, n) };
        }
        columns.push(self.name("waarde_"));
        let mut clauses = vec![format!("| {} |", columns.join(" | "))];
        for mut row in rows {
            row.push(self.cell(unit));
            clauses.push(format!("| {} |", row.join(" | ")));
        }
        if !total {
            clauses.push(format!("anders {}{}", self.cell(unit), self.ground()));
        }
        self.declare("tabel", &name, clauses);
        self.tables.push(Table { name, keys, unit, total });
    }

    fn key(&mut self) -> (String, Key) {
        let finite = |q: &Question| q.always_a_value() && matches!(q.kind, Kind::OneOf(_) | Kind::YesNo);
        let questions: Vec<Question> = self.questions.iter().filter(|q| finite(q)).cloned().collect();
        if !questions.is_empty() && self.r.percent(55) {
            let question = self.r.pick(&questions).clone();
            let options = match &question.kind {
                Kind::YesNo => vec!["ja".to_owned(), "nee".to_owned()],
                _ => question.options().to_vec(),
            };
            return (question.name.clone(), Key::Options { question: question.name, options });
        }
        let own = |g: &mut Self, stem| g.name(stem);
        match self.r.below(3) {
            0 => (
                own(self, "soort_"),
                Key::Words(vec!["klein".to_owned(), "middel".to_owned(), "groot".to_owned()]),
            ),
            1 | 2 => (own(self, "jaar_"), Key::Years(2019, 2022)),
            _ => (own(self, "nummer_"), Key::Numbers(-2, 6)),
        }
    }

    /// The unit of one of the tables.
    pub(crate) fn table_unit(&mut self) -> Unit {
        self.r.pick(&self.tables).unit
    }

    fn cell(&mut self, unit: Unit) -> String {
        match unit {
            Unit::Number => self.r.between(-1, 8).to_string(),
            Unit::Share => self.percentage(),
            Unit::Money => {
                let n = self.r.between(0, 9);
                self.literal(&Kind::Money, n)
            }
            Unit::Day => {
                let n = self.r.between(737_420, 738_200);
                self.literal(&Kind::Date, n)
            }
        }
    }

    /// A look-up that gives a value of this unit, when there is a table for it and keys to ask.
    pub(crate) fn look_up(&mut self, unit: Unit, scope: Scope) -> Option<String> {
        let fitting: Vec<usize> = (0..self.tables.len()).filter(|&i| self.tables[i].unit == unit).collect();
        if fitting.is_empty() {
            return None;
        }
        let table = *self.r.pick(&fitting);
        let (name, keys, total) = {
            let table = &self.tables[table];
            (table.name.clone(), table.keys.clone(), table.total)
        };
        let fields = scope.item.map_or(Vec::new(), |list| self.questions[list].fields().to_vec());
        let hidden = |name: &str| fields.iter().any(|field| field.name == name);
        let mut asked = Vec::new();
        for key in &keys {
            let mut possible: Vec<String> = Vec::new();
            match key {
                Key::Options { question, options } => {
                    if !hidden(question) {
                        possible.extend(vec![question.clone(); 4]);
                    }
                    possible.extend(options.iter().filter(|option| !hidden(option)).cloned());
                    let same = |field: &&Question| {
                        field.always_a_value()
                            && matches!(&field.kind, Kind::OptionsOf { question: of, .. } if of == question)
                    };
                    possible.extend(fields.iter().filter(same).map(|field| field.name.clone()));
                }
                Key::Words(words) => possible.extend(words.iter().cloned()),
                Key::Years(..) => {
                    // Small ranges lie within the rows' years; with `anders` any date will do.
                    let dates = self.questions.iter().chain(&fields).filter(|q| {
                        matches!(q.kind, Kind::Date)
                            && q.always_a_value()
                            && q.free()
                            && (!total
                                || q.high.is_some_and(|high| high < 738_500)
                                    && q.low.is_some_and(|low| low > 737_100))
                    });
                    possible.extend(dates.map(|q| format!("jaar van {}", q.name)));
                    possible.extend(["2020".to_owned(), "2021".to_owned()]);
                }
                Key::Numbers(low, high) => {
                    let numbers = self.questions.iter().chain(&fields).filter(|q| {
                        matches!(q.kind, Kind::Integer)
                            && q.always_a_value()
                            && q.free()
                            && (!total
                                || q.high.is_some_and(|end| end <= *high)
                                    && q.low.is_some_and(|end| end >= *low))
                    });
                    possible.extend(numbers.map(|q| q.name.clone()));
                    possible.push("3".to_owned());
                }
            }
            asked.push(self.r.pick(&possible).clone());
        }
        Some(format!("{name} bij {}", asked.join(", ")))
    }
}
