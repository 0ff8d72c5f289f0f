//! `tabel`: columns, cells, keys. What a look-up asks of it stands in `lookups`.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::checker::Checker;
use super::kinds::{Bounds, Kind, Sort, Words};
use crate::message::diagnostic::{Code, Diagnostic};
use crate::message::language::says;
use crate::message::source::{Span, Spanned};
use crate::rules::check::facts::{Answers, TableFacts, TableKinds};
use crate::rules::check::literals::{day, is_small, percent};
use crate::rules::model::{self, Column, Row, Table, Target};
use crate::rules::syntax::{Cell, Clause, ClauseBody, Declaration, Literal};
use crate::value::values::{Level, Value};

type Cells<'d> = &'d [Spanned<Cell>];

impl<'a> Checker<'a> {
    pub(super) fn check_table(&mut self, declaration: &'a Declaration) -> TableFacts {
        let name =
            declaration.name.clone().unwrap_or_else(|| Spanned::new(String::new(), declaration.kind.span));
        let clauses = self.admit(declaration);
        let head = self.head(declaration, &clauses, &name.node);
        let mut facts =
            TableFacts { name: name.node.clone(), span: name.span, read: false, known: None, built: None };
        let rows: Vec<(Cells<'a>, Span)> = clauses
            .iter()
            .filter_map(|clause| match &clause.body {
                ClauseBody::Row(cells) => Some((cells.as_slice(), clause.span)),
                _ => None,
            })
            .collect();
        let Some(((header, _), rows)) = rows.split_first() else {
            let help = says!(
                "schrijf eerst de kolommen, dan de rijen: | thema | jaar | bedrag |",
                "write the columns first, then the rows: | thema | jaar | bedrag |"
            );
            self.missing_clause(declaration, "| … |", help);
            return facts;
        };
        let Some(names) = self.column_names(header) else { return facts };
        if rows.is_empty() {
            let help = says!(
                "zet onder de kolomnamen ten minste één rij",
                "put at least one row below the column names"
            );
            self.missing_clause(declaration, "| … |", help);
            return facts;
        }
        let before = self.errors;
        let rows: Vec<(Cells<'a>, Span)> =
            rows.iter().copied().filter(|(cells, span)| self.has_cells(cells, *span, names.len())).collect();
        let columns: Vec<Option<Read>> = (0..names.len())
            .map(|column| {
                let cells: Vec<&Spanned<Cell>> =
                    rows.iter().filter_map(|(cells, _)| cells.get(column)).collect();
                let name = names.get(column)?;
                self.read_column(name, &cells, column + 1 == names.len())
            })
            .collect();
        let mut columns: Vec<Read> = columns.into_iter().collect::<Option<_>>().unwrap_or_default();
        let otherwise = clauses.iter().find_map(|clause| otherwise_of(clause));
        let Some(value) = columns.pop() else { return facts };
        let otherwise = match otherwise {
            Some((literal, ground)) => {
                let found = self.otherwise(literal, &value);
                let ground = self.ground("anders", ground);
                found.map(|value| (value, ground))
            }
            None => None,
        };
        if self.errors > before {
            return facts;
        }
        let (built, keys) = self.rows(&rows, &columns, &value);
        if self.errors > before {
            return facts;
        }
        let mut bounds = value.values.iter().fold(None, |bounds: Option<Bounds>, value| {
            let one = exact_bounds(value);
            Some(bounds.map_or_else(|| one.clone(), |bounds| bounds.union(&one)))
        });
        if let (Some(bounds), Some((value, _))) = (&mut bounds, &otherwise) {
            *bounds = bounds.union(&exact_bounds(value));
        }
        facts.known = Some(TableKinds {
            keys: columns.iter().map(|column| column.kind.clone()).collect(),
            value: value.kind.clone(),
            bounds: bounds.unwrap_or_default(),
            rows: Rc::new(keys),
            otherwise: otherwise.is_some(),
        });
        let columns = columns.iter().zip(&names).map(|(column, name)| Column {
            name: name.node.clone(),
            shape: column.kind.shape(),
            words: column.words(),
        });
        facts.built = Some(Table {
            head,
            columns: columns.collect(),
            value: value.kind.shape(),
            value_words: value.words(),
            rows: built,
            otherwise,
        });
        facts
    }

    fn column_names(&mut self, header: Cells<'_>) -> Option<Vec<Spanned<String>>> {
        let mut seen = Words::default();
        let mut names = Vec::new();
        let mut sound = true;
        for cell in header {
            let Cell::Word(name) = &cell.node else {
                let text = self.text(cell.span);
                self.fault(
                    Code::BadCell,
                    cell.span,
                    says!("\"{text}\" is geen naam van een kolom", "\"{text}\" is no name of a column"),
                    says!(
                        "de eerste rij noemt de kolommen: | thema | jaar | bedrag |",
                        "the first row names the columns: | thema | jaar | bedrag |"
                    ),
                );
                sound = false;
                continue;
            };
            let name = Spanned::new(name.clone(), cell.span);
            if let Some(first) = seen.add(&name.node, name.span) {
                let first = seen.spans.get(usize::from(first)).copied().unwrap_or_default();
                self.double_item(&name, first, &says!("de kolom", "the column"));
                sound = false;
            }
            names.push(name);
        }
        if sound && names.len() < 2 {
            let span = header.first().map_or(Span::new(self.here().source, 0, 0), |cell| cell.span);
            self.fault(
                Code::BadCell,
                span,
                says!("een tabel heeft ten minste twee kolommen", "a table has at least two columns"),
                says!(
                    "de laatste kolom is de waarde, de kolommen ervoor zijn de sleutels",
                    "the last column is the value, those before it are the keys"
                ),
            );
            sound = false;
        }
        sound.then_some(names)
    }

    fn has_cells(&mut self, cells: Cells<'_>, span: Span, needed: usize) -> bool {
        let found = cells.len();
        if found != needed {
            self.fault(
                Code::BadCell,
                span,
                says!(
                    "deze rij heeft {found} cellen, de kop heeft er {needed}",
                    "this row has {found} cells, the head has {needed}"
                ),
                says!(
                    "geef elke rij evenveel cellen als de eerste rij",
                    "give each row as many cells as the first row"
                ),
            );
        }
        found == needed
    }

    /// What a column holds: the answers of the question of its name, else what its cells show.
    fn read_column(&mut self, name: &Spanned<String>, cells: &[&Spanned<Cell>], last: bool) -> Option<Read> {
        let question = match self.names.find(&name.node) {
            Some(Target::Question(id)) => self.question(id),
            _ => None,
        };
        let answers = match question {
            // Its own fault was reported already.
            Some(question) if question.answers.is_none() && !last => return None,
            Some(question) => question.answers.clone(),
            None => None,
        };
        let kind = match &answers {
            Some(answers) if !last || matches!(answers.domain.kind, model::Kind::OneOf(_)) => {
                self.question_column(name, answers)?
            }
            _ => self.own_column(cells)?,
        };
        let values: Option<Vec<Value>> = cells.iter().map(|cell| self.cell(cell, &kind, name)).collect();
        Some(Read { kind, values: values? })
    }

    fn question_column(&mut self, name: &Spanned<String>, answers: &Answers) -> Option<Kind> {
        let kind = answers.kind();
        if let Some(Kind::Choice(_) | Kind::Level { .. } | Kind::Number(_) | Kind::Money | Kind::Date) = kind
        {
            return kind;
        }
        let word = &name.node;
        self.fault(
            Code::BadCell,
            name.span,
            says!(
                "op vraag \"{word}\" kan geen tabel worden opgezocht: ze heeft niet één kort antwoord",
                "no table can be looked up by question \"{word}\": it has not one short answer"
            ),
            says!(
                "geef de kolom een andere naam, of gebruik een vraag met \"een van\"",
                "give the column another name, or use a question with \"een van\""
            ),
        );
        None
    }

    /// The kind that the first cell shows; the others must agree.
    fn own_column(&mut self, cells: &[&Spanned<Cell>]) -> Option<Kind> {
        let first = cells.first()?;
        let levels = cells.iter().all(|cell| level_of(&cell.node).is_some());
        Some(match &first.node {
            _ if levels => Kind::Level { partly: true },
            Cell::Word(_) => {
                let mut words = Words::default();
                for cell in cells {
                    if let Cell::Word(word) = &cell.node {
                        words.add(word, cell.span);
                    }
                }
                Kind::Choice(Rc::new(words))
            }
            Cell::Literal(Literal::Yes | Literal::Partly | Literal::No) => Kind::Level { partly: true },
            Cell::Literal(Literal::Number(_)) => {
                let small = |cell: &&Spanned<Cell>| match &cell.node {
                    Cell::Literal(Literal::Number(number)) => is_small(number),
                    _ => true,
                };
                Kind::Number(if cells.iter().all(small) { Sort::Either } else { Sort::Plain })
            }
            Cell::Literal(Literal::Percent(_)) => Kind::Number(Sort::Ratio),
            Cell::Literal(Literal::Money(_)) => Kind::Money,
            Cell::Literal(Literal::Date(_)) => Kind::Date,
            Cell::Literal(Literal::Text(_) | Literal::None | Literal::NotApplicable) => {
                let text = self.text(first.span);
                self.fault(
                    Code::BadCell,
                    first.span,
                    says!("{text} kan niet in een tabel staan", "{text} cannot stand in a table"),
                    says!(
                        "een cel is een woord, getal, percentage, bedrag of datum; voor wat ontbreekt is er \"anders\"",
                        "a cell is a word, number, percentage, amount or date; for what is missing there is \"anders\""
                    ),
                );
                return None;
            }
        })
    }

    /// A cell as a value of its column's kind.
    fn cell(&mut self, cell: &Spanned<Cell>, kind: &Kind, column: &Spanned<String>) -> Option<Value> {
        let value = match (&cell.node, kind) {
            (_, Kind::Level { .. }) => level_of(&cell.node).map(Value::Level),
            (Cell::Word(word), Kind::Choice(words)) => {
                let place = words.place(word);
                if place.is_none() {
                    let name = &column.node;
                    let options = words.names.iter().map(String::as_str);
                    let what = says!("vraag \"{name}\" kent", "question \"{name}\" knows");
                    let help = self.suggest_word(word, options, &what);
                    self.fault(
                        Code::UnknownOption,
                        cell.span,
                        says!(
                            "\"{word}\" is geen keuze van vraag \"{name}\"",
                            "\"{word}\" is no option of question \"{name}\""
                        ),
                        help,
                    );
                    return None;
                }
                place.map(Value::Choice)
            }
            (Cell::Literal(literal), _) => literal_value(literal, kind),
            (Cell::Word(_), _) => None,
        };
        if value.is_none() {
            let (text, name, needed) = (self.text(cell.span), &column.node, kind.describe());
            let (nl, en) = (needed.nl, needed.en);
            self.fault(
                Code::BadCell,
                cell.span,
                says!(
                    "\"{text}\" past niet in kolom \"{name}\": daar hoort {nl}",
                    "\"{text}\" does not fit column \"{name}\": {en} belongs there"
                ),
                says!(
                    "schrijf in elke rij van een kolom hetzelfde soort waarde",
                    "write the same kind of value in every row of a column"
                ),
            );
        }
        value
    }

    fn otherwise(&mut self, literal: &Spanned<Literal>, value: &Read) -> Option<Value> {
        let found = literal_value(&literal.node, &value.kind);
        if found.is_none() {
            let (text, needed) = (self.text(literal.span), value.kind.describe());
            let (nl, en) = (needed.nl, needed.en);
            self.fault(
                Code::BadCell,
                literal.span,
                says!(
                    "\"{text}\" past niet bij de laatste kolom: daar staat {nl}",
                    "\"{text}\" does not fit the last column: that holds {en}"
                ),
                says!(
                    "schrijf achter \"anders\" hetzelfde soort waarde",
                    "write the same kind of value after \"anders\""
                ),
            );
        }
        found
    }

    fn rows(
        &mut self,
        rows: &[(Cells<'_>, Span)],
        columns: &[Read],
        value: &Read,
    ) -> (Vec<Row>, BTreeMap<Vec<Value>, Span>) {
        let mut seen: BTreeMap<Vec<Value>, Span> = BTreeMap::new();
        let mut built = Vec::with_capacity(rows.len());
        for (place, (_, span)) in rows.iter().enumerate() {
            let keys: Option<Vec<Value>> =
                columns.iter().map(|column| column.values.get(place).cloned()).collect();
            let (Some(keys), Some(value)) = (keys, value.values.get(place)) else { continue };
            if let Some(&first) = seen.get(&keys) {
                let line = self.line(first);
                let diagnostic = Diagnostic::new(
                    Code::DoubleKey,
                    *span,
                    says!("deze sleutel staat er twee keer", "this key stands there twice"),
                )
                .also(first, says!("de eerste keer", "the first time"))
                .help(says!(
                    "houd één van beide rijen; de andere staat op regel {line}",
                    "keep one of both rows; the other is on line {line}"
                ));
                self.push(diagnostic);
                continue;
            }
            seen.insert(keys.clone(), *span);
            built.push(Row { keys, value: value.clone(), span: *span });
        }
        (built, seen)
    }

    /// Reports tables in which nothing is looked up.
    pub(super) fn report_unread_tables(&mut self) {
        let own = self.here().source;
        let unread: Vec<(String, Span)> = self
            .tables
            .iter()
            .enumerate()
            .filter(|(_, table)| !table.read && table.span.source == own)
            .filter(|(place, table)| self.names.owns(&table.name, *place))
            .map(|(_, table)| (table.name.clone(), table.span))
            .collect();
        for (name, span) in unread {
            self.fault(
                Code::Unused,
                span,
                says!("tabel \"{name}\" wordt nergens gebruikt", "table \"{name}\" is used nowhere"),
                says!(
                    "zoek erin op met \"{name} bij …\", of haal haar weg",
                    "look into it with \"{name} bij …\", or remove it"
                ),
            );
        }
    }
}

/// A column that was read.
struct Read {
    kind: Kind,
    values: Vec<Value>,
}

impl Read {
    fn words(&self) -> Vec<String> {
        match &self.kind {
            Kind::Choice(words) => words.names.clone(),
            _ => Vec::new(),
        }
    }
}

fn otherwise_of(clause: &Clause) -> Option<(&Spanned<Literal>, Option<&crate::rules::syntax::Ground>)> {
    match &clause.body {
        ClauseBody::Otherwise(literal) => Some((literal, clause.ground.as_ref())),
        _ => None,
    }
}

fn level_of(cell: &Cell) -> Option<Level> {
    match cell {
        Cell::Word(word) => {
            [Level::No, Level::Partly, Level::Yes].into_iter().find(|level| level.word() == word)
        }
        Cell::Literal(Literal::Yes) => Some(Level::Yes),
        Cell::Literal(Literal::Partly) => Some(Level::Partly),
        Cell::Literal(Literal::No) => Some(Level::No),
        Cell::Literal(_) => None,
    }
}

/// A literal as a value of a kind; none when it does not fit.
pub(super) fn literal_value(literal: &Literal, kind: &Kind) -> Option<Value> {
    Some(match (literal, kind) {
        (Literal::Number(n), Kind::Number(Sort::Plain | Sort::Either)) | (Literal::Money(n), Kind::Money) => {
            Value::Number(n.clone())
        }
        (Literal::Percent(n), Kind::Number(Sort::Ratio | Sort::Either)) => Value::Number(percent(n)),
        (Literal::Date(date), Kind::Date) => Value::Date(*date),
        (Literal::Yes, Kind::Level { .. }) => Value::Level(Level::Yes),
        (Literal::Partly, Kind::Level { partly: true }) => Value::Level(Level::Partly),
        (Literal::No, Kind::Level { .. }) => Value::Level(Level::No),
        _ => return None,
    })
}

fn exact_bounds(value: &Value) -> Bounds {
    match value {
        Value::Number(number) => Bounds::exactly(number),
        Value::Date(date) => Bounds::exactly(&day(*date)),
        _ => Bounds::default(),
    }
}
