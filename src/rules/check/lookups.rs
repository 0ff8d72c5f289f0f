//! `uitvoeringsbudget bij thema, jaar van start`: keys, and whether a row can be missing.

use std::rc::Rc;

use super::checker::Checker;
use super::kinds::{Blanks, Kind, Typed, Words};
use crate::message::diagnostic::Code;
use crate::message::language::says;
use crate::message::source::Span;
use crate::rules::check::facts::{Context, KeySource, TableKinds};
use crate::rules::check::kinds::recoded;
use crate::rules::model::{Node, TableId, Target};
use crate::rules::syntax::{self, DeclarationKind, ExpressionNode, Name};
use crate::value::number::Number;
use crate::value::values::{Level, Value};

/// The values a key can have.
struct KeyRange {
    source: Option<KeySource>,
    values: Values,
    blanks: Blanks,
    /// Its own words, where it is a choice.
    words: Option<Rc<Words>>,
}

impl KeyRange {
    /// A value in the words of the column; none when the column does not have it.
    fn in_column(&self, value: &Value, column: &Kind) -> Option<Value> {
        match (value, &self.words, column) {
            (Value::Choice(place), Some(from), Kind::Choice(into)) if !Rc::ptr_eq(from, into) => {
                into.place(from.name(*place)).map(Value::Choice)
            }
            _ => Some(value.clone()),
        }
    }
}

enum Values {
    Listed(Vec<Value>),
    /// Whole numbers, both ends included.
    Whole(i64, i64),
    Endless,
}

impl Values {
    fn get(&self, place: u64) -> Option<Value> {
        match self {
            Self::Listed(values) => values.get(usize::try_from(place).ok()?).cloned(),
            Self::Whole(from, until) => {
                let number = from.checked_add_unsigned(place)?;
                (number <= *until).then(|| Value::Number(Number::whole(number)))
            }
            Self::Endless => None,
        }
    }
}

/// What can go wrong with a look-up.
enum Gap {
    None,
    /// A finite key that no row has.
    Row(Vec<Value>),
    /// A key that can be geen or n.v.t.: its place.
    Blank(usize),
    /// Infinitely many keys.
    Endless,
}

impl Checker<'_> {
    pub(super) fn look_up(
        &mut self,
        span: Span,
        table: &Name,
        keys: &[syntax::Expression],
        cx: &mut Context,
    ) -> Option<Typed> {
        let needed = says!("een tabel", "a table");
        let id = match self.names.find(&table.node) {
            Some(Target::Table(id)) => id,
            Some(target) => {
                let help = says!(
                    "alleen in een tabel wordt opgezocht met \"bij\"",
                    "only a table is looked into with \"bij\""
                );
                self.wrong_kind(&table.node, table.span, target.kind(), &needed, help);
                return None;
            }
            None => {
                self.unknown_name(&table.node, table.span, &needed, |t| t.kind() == DeclarationKind::Table);
                return None;
            }
        };
        self.names_declared(table.span, Target::Table(id));
        let facts = self.tables.get_mut(id.index())?;
        facts.read = true;
        let Some(kinds) = facts.known.clone() else {
            // The keys are checked all the same.
            for key in keys {
                if !matches!(&*key.node, ExpressionNode::Name(name) if self.names.find(name).is_none()) {
                    self.value(key, cx);
                }
            }
            return None;
        };
        if keys.len() != kinds.keys.len() {
            let (found, wanted) = (keys.len(), kinds.keys.len());
            let name = &table.node;
            self.fault(
                Code::BadLookUp,
                span,
                says!(
                    "tabel \"{name}\" heeft {wanted} sleutels, hier staan er {found}",
                    "table \"{name}\" has {wanted} keys, {found} stand here"
                ),
                says!(
                    "noem één waarde per kolom vóór de laatste, met een komma ertussen",
                    "name one value per column before the last, with a comma between"
                ),
            );
            return None;
        }
        let typed: Vec<Option<(Typed, Typed)>> =
            keys.iter().zip(&kinds.keys).map(|(key, column)| self.key(key, column, cx)).collect();
        let typed: Vec<(Typed, Typed)> = typed.into_iter().collect::<Option<_>>()?;
        if !kinds.otherwise {
            self.examine(span, table, id, &kinds, &typed);
        }
        // A blank key finds `anders` or nothing, never a blank value.
        let keys = typed.into_iter().map(|(_, key)| key.build()).collect();
        Some(Typed::new(Node::LookUp { table: id, keys }, span, kinds.value).bounds(kinds.bounds))
    }

    /// A key as written, and in the words of its column.
    fn key(&mut self, key: &syntax::Expression, column: &Kind, cx: &mut Context) -> Option<(Typed, Typed)> {
        if let (ExpressionNode::Name(name), Kind::Choice(words)) = (&*key.node, column)
            && let Some(place) = words.place(name)
        {
            self.names_word(key.span, words, place);
            let typed = Typed::new(Node::Constant(Value::Choice(place)), key.span, column.clone());
            return Some((typed.clone(), typed));
        }
        let typed = self.value(key, cx)?;
        let fits = match (column, &typed.kind) {
            (Kind::Choice(into), Kind::Choice(from)) => {
                if Rc::ptr_eq(into, from) || into.names == from.names {
                    return Some((typed.clone(), typed));
                }
                let map: Vec<Option<u16>> = from.names.iter().map(|name| into.place(name)).collect();
                if map.iter().any(Option::is_some) {
                    return Some((typed.clone(), recoded(typed, map, into)));
                }
                false
            }
            (Kind::Level { .. }, Kind::Level { .. })
            | (Kind::Money, Kind::Money)
            | (Kind::Date, Kind::Date) => true,
            (Kind::Number(_), Kind::Number(_)) => {
                let like = Typed::new(Node::Total, typed.span, column.clone());
                self.same_sort(&like, &typed)?;
                true
            }
            _ => false,
        };
        if fits {
            return Some((typed.clone(), typed));
        }
        let (text, is, holds) = (self.text(key.span), typed.kind.describe(), column.describe());
        let (is_nl, is_en, nl, en) = (is.nl, is.en, holds.nl, holds.en);
        let help = match column {
            Kind::Choice(words) => {
                let list = crate::rules::check::phrases::shorten(words.names.iter().map(String::as_str), 8);
                says!("de kolom kent: {list}", "the column knows: {list}")
            }
            _ => says!("de kolom heeft {nl} als sleutel", "the column has {en} as key"),
        };
        self.fault(
            Code::BadLookUp,
            key.span,
            says!(
                "\"{text}\" ({is_nl}) is geen sleutel van deze kolom",
                "\"{text}\" ({is_en}) is no key of this column"
            ),
            help,
        );
        None
    }

    fn examine(
        &mut self,
        span: Span,
        table: &Name,
        id: TableId,
        kinds: &TableKinds,
        keys: &[(Typed, Typed)],
    ) {
        let ranges: Vec<KeyRange> = keys.iter().map(|(key, _)| range(key)).collect();
        let sources: Option<Vec<KeySource>> = ranges.iter().map(|range| range.source.clone()).collect();
        if sources.is_some_and(|sources| !self.examined.insert((id, sources))) {
            return;
        }
        let (name, gap) = (&table.node, gap(&ranges, kinds));
        let mend = says!(
            "voeg de rij toe, of zet onder de tabel: anders …",
            "add the row, or write below the table: anders …"
        );
        match gap {
            Gap::None => {}
            Gap::Row(row) => {
                let row = row_in_words(&row, &ranges);
                self.fault(
                    Code::MissingKey,
                    span,
                    says!(
                        "tabel \"{name}\" heeft geen rij voor {row}",
                        "table \"{name}\" has no row for {row}"
                    ),
                    mend,
                );
            }
            Gap::Blank(place) => {
                let Some((key, _)) = keys.get(place) else { return };
                let word = if key.blanks.not_applicable { "n.v.t." } else { "geen" };
                let text = self.text(key.span);
                self.fault(
                    Code::MissingKey,
                    span,
                    says!(
                        "tabel \"{name}\" heeft geen rij voor het geval dat \"{text}\" \"{word}\" is",
                        "table \"{name}\" has no row for when \"{text}\" is \"{word}\""
                    ),
                    says!("zet onder de tabel: anders …", "write below the table: anders …"),
                );
            }
            Gap::Endless => {
                self.fault(
                    Code::MayMissKey,
                    span,
                    says!("tabel \"{name}\" kan een rij missen waar dit naar vraagt", "table \"{name}\" can lack a row that this asks for"),
                    says!(
                        "zet onder de tabel: anders …, of geef de vraag grenzen waarvoor elke rij er is",
                        "write below the table: anders …, or give the question a range for which every row is there"
                    ),
                );
            }
        }
    }
}

/// The values that a key as written can have, in its own words.
fn range(key: &Typed) -> KeyRange {
    let source = match &key.node {
        Node::Answer(id) => Some(KeySource::Answer(*id)),
        Node::YearOf(date) => match &*date.node {
            Node::Answer(id) => Some(KeySource::Year(*id)),
            _ => None,
        },
        Node::Constant(value) => Some(KeySource::Constant(value.clone())),
        _ => None,
    };
    let places = |words: &Words| {
        (0..words.names.len()).map(|place| Value::Choice(u16::try_from(place).unwrap_or(u16::MAX))).collect()
    };
    let values = match (&key.node, &key.kind) {
        (Node::Constant(value), _) => Values::Listed(vec![value.clone()]),
        (_, Kind::Choice(words)) => Values::Listed(places(words)),
        (_, Kind::Level { partly }) => {
            let levels = if *partly {
                vec![Level::No, Level::Partly, Level::Yes]
            } else {
                vec![Level::No, Level::Yes]
            };
            Values::Listed(levels.into_iter().map(Value::Level).collect())
        }
        (_, Kind::Number(_)) => match key.bounds.whole_numbers() {
            Some((from, until)) => Values::Whole(from, until),
            None => Values::Endless,
        },
        _ => Values::Endless,
    };
    let words = match &key.kind {
        Kind::Choice(words) => Some(Rc::clone(words)),
        _ => None,
    };
    KeyRange { source, values, blanks: key.blanks, words }
}

/// `"inkoop", 2020`
fn row_in_words(row: &[Value], ranges: &[KeyRange]) -> String {
    let words = row.iter().zip(ranges).map(|(value, range)| match (value, &range.words) {
        (Value::Choice(place), Some(words)) => format!("\"{}\"", words.name(*place)),
        (Value::Level(level), _) => format!("\"{}\"", level.word()),
        (Value::Number(number), _) => number.to_decimal_string(number.exact_decimals().unwrap_or(2), ','),
        (Value::Date(date), _) => date.to_string(),
        _ => String::new(),
    });
    words.collect::<Vec<String>>().join(", ")
}

/// Looks for a key that no row has. Cost: linear in the rows, because the first missing combination ends the search.
fn gap(ranges: &[KeyRange], kinds: &TableKinds) -> Gap {
    if ranges.iter().any(|range| matches!(range.values, Values::Endless)) {
        return Gap::Endless;
    }
    if let Some(place) = ranges.iter().position(|range| range.blanks.any()) {
        return Gap::Blank(place);
    }
    // A key that is read from the same source as an earlier key moves along with it.
    let leader: Vec<usize> = ranges
        .iter()
        .enumerate()
        .map(|(place, range)| {
            let same = |other: &KeyRange| range.source.is_some() && other.source == range.source;
            ranges.iter().position(same).unwrap_or(place)
        })
        .collect();
    let mut counters = vec![0_u64; ranges.len()];
    loop {
        let row: Option<Vec<Value>> = ranges
            .iter()
            .zip(&leader)
            .map(|(range, &leader)| range.values.get(counters.get(leader).copied()?))
            .collect();
        let Some(row) = row else { return Gap::None };
        let asked: Option<Vec<Value>> = row
            .iter()
            .zip(ranges)
            .zip(&kinds.keys)
            .map(|((value, range), column)| range.in_column(value, column))
            .collect();
        if asked.is_none_or(|asked| !kinds.rows.contains_key(&asked)) {
            return Gap::Row(row);
        }
        // The next combination: the last key changes fastest.
        let mut place = ranges.len();
        loop {
            let Some(before) = place.checked_sub(1) else { return Gap::None };
            place = before;
            if leader.get(place) != Some(&place) {
                continue;
            }
            let (Some(counter), Some(range)) = (counters.get_mut(place), ranges.get(place)) else {
                return Gap::None;
            };
            *counter += 1;
            if range.values.get(*counter).is_some() {
                break;
            }
            *counter = 0;
        }
    }
}
