//! One plain value by the kind of its question: words, choices, numbers, amounts, dates, texts.

use super::reader::Reader;
use super::words::{self, quoted};
use crate::json::decimal::{AFTER, BEFORE, decimal, json_number};
use crate::json::pointer::Pointer;
use crate::json::quote::quote;
use crate::json::tape::{Piece, Shape};
use crate::message::diagnostic::{Code, Diagnostic};
use crate::message::language::{Text, says};
use crate::proposal::read::spelling;
use crate::rules::model::{Choice, Domain, Kind};
use crate::value::date::Date;
use crate::value::number::Number;
use crate::value::values::{Level, Value};

/// Bytes that `"n.v.t."` may take, each letter as an escape of six.
const LONGEST_BLANK: usize = 2 + 6 * 6;

/// The word of a question that is answered with ja, nee or deels.
#[inline]
pub(super) fn level_of(word: &[u8], kind: &Kind) -> Option<Level> {
    let partly = match kind {
        Kind::YesNo => false,
        Kind::YesPartlyNo => true,
        _ => return None,
    };
    match word {
        b"ja" => Some(Level::Yes),
        b"nee" => Some(Level::No),
        b"deels" if partly => Some(Level::Partly),
        _ => None,
    }
}

impl<'a> Reader<'a, '_> {
    /// The value of an answer; none, with a fault, when this question cannot have it.
    pub(super) fn value(&mut self, raw: Piece<'a>, domain: &Domain, at: &Pointer<'_>) -> Option<Value> {
        let shape = raw.shape();
        if shape == Shape::Text {
            // Long texts are none of these words, whatever their escapes are.
            let text = if raw.length() <= LONGEST_BLANK { raw.text() } else { None };
            match text.as_deref() {
                Some("geen") if domain.none => return Some(Value::None),
                Some("n.v.t.") if domain.not_applicable => return Some(Value::NotApplicable),
                Some(word @ ("geen" | "n.v.t.")) if !matches!(domain.kind, Kind::Text) => {
                    self.no_such_blank(raw, word, domain, at);
                    return None;
                }
                _ => {}
            }
        }
        match (&domain.kind, shape) {
            (Kind::YesNo | Kind::YesPartlyNo, Shape::Text) => self.level(raw, domain, at).map(Value::Level),
            (Kind::OneOf(choices), Shape::Text) => self.choice(raw, choices, domain, at).map(Value::Choice),
            (Kind::SomeOf(choices), Shape::List) => {
                self.choices(raw, choices, domain, at).map(Value::Choices)
            }
            (
                Kind::Integer { .. } | Kind::Number { .. } | Kind::Percentage { .. } | Kind::Money { .. },
                Shape::Number,
            ) => self.number(raw, domain, at).map(Value::Number),
            (Kind::Date { from, until }, Shape::Text) => {
                let date = self.date(raw, at, Code::BadDateJson)?;
                if from.is_some_and(|from| date < from) || until.is_some_and(|until| until < date) {
                    let iso = date.to_iso();
                    self.out_of_range(raw, says!("{date}", "{iso}"), domain, at);
                    return None;
                }
                Some(Value::Date(date))
            }
            (Kind::Text, Shape::Text) => self.answer_text(raw, at),
            _ => {
                self.wrong_type(raw, domain, at);
                None
            }
        }
    }

    fn fault(&mut self, code: Code, raw: Piece<'a>, message: Text, help: Text, at: &Pointer<'_>) {
        let fault = Diagnostic::new(code, self.report.span(&raw), message);
        let fault = if help == Text::default() { fault } else { fault.help(help) };
        self.report.push(fault, at);
    }

    fn no_such_blank(&mut self, raw: Piece<'a>, word: &str, domain: &Domain, at: &Pointer<'_>) {
        let message =
            says!(r#"deze vraag kent geen antwoord "{word}""#, r#"this question has no answer "{word}""#);
        let Text { nl, en } = words::expected(domain);
        let help = says!(
            "geef {nl}; laat de vraag weg zolang het antwoord er niet is",
            "give {en}; leave the question out as long as there is no answer"
        );
        self.fault(Code::BlankNotAllowed, raw, message, help, at);
    }

    /// The wrong shape for the question. The help shows the right spelling where it can be told.
    fn wrong_type(&mut self, raw: Piece<'a>, domain: &Domain, at: &Pointer<'_>) {
        let expected = words::expected(domain);
        let found = words::found(&raw);
        let (nl, en, found_nl, found_en) = (expected.nl, expected.en, found.nl, found.en);
        let message = says!("hier hoort {nl}, niet {found_nl}", "{en} belongs here, not {found_en}");
        let text = raw.text();
        if let Some(word) = text.as_deref().and_then(spelling::blank)
            && ((word == "geen" && domain.none) || (word == "n.v.t." && domain.not_applicable))
        {
            let help = says!(r#"schrijf "{word}""#, r#"write "{word}""#);
            return self.fault(Code::WrongType, raw, message, help, at);
        }
        let spelling = match (&domain.kind, raw.shape()) {
            (Kind::YesNo | Kind::YesPartlyNo, Shape::Bool | Shape::Number) => {
                spelling::level(&raw).map(quote)
            }
            (
                Kind::Integer { .. } | Kind::Number { .. } | Kind::Percentage { .. } | Kind::Money { .. },
                Shape::Text,
            ) => text.as_deref().and_then(|text| {
                let percent = text.contains(['%']) && !matches!(domain.kind, Kind::Percentage { .. });
                let euros = text.contains(['€']) && !matches!(domain.kind, Kind::Money { .. });
                if percent || euros { None } else { spelling::number(text) }
            }),
            (Kind::SomeOf(choices), Shape::Text) => text.as_deref().map(|text| {
                let named = |word: &str| {
                    let same = |choice: &&Choice| choice.name == word.trim() || choice.label == word.trim();
                    choices.iter().find(same).map_or(word.trim(), |choice| choice.name.as_str()).to_owned()
                };
                let words: Vec<String> = match choices.iter().any(|choice| choice.label == *text) {
                    true => vec![quote(&named(text))],
                    false => text.split(',').take(10).map(|word| quote(&named(word))).collect(),
                };
                format!("[{}]", words.join(", "))
            }),
            (Kind::OneOf(_) | Kind::YesNo | Kind::YesPartlyNo, Shape::List) => {
                let mut items = self.tape.items(raw);
                match (items.next(), items.next()) {
                    (Some(one), None) if one.shape() == Shape::Text && one.len() < 100 => {
                        Some(one.to_string())
                    }
                    _ => None,
                }
            }
            (Kind::Text, Shape::Number | Shape::Bool) if raw.len() < 100 => Some(quote(&raw)),
            (Kind::List { fields, .. }, _) => {
                let field = fields.first().map_or("veld", |field| field.name.as_str());
                Some(format!(r#"[{{"{field}": …}}]"#))
            }
            _ => None,
        };
        let help = match spelling {
            Some(spelling) => says!("schrijf {spelling}", "write {spelling}"),
            None => match (&domain.kind, words::words_allowed(domain)) {
                (Kind::Integer { .. } | Kind::Number { .. }, _) => {
                    says!(
                        "schrijf bijvoorbeeld 12, zonder aanhalingstekens",
                        "write for instance 12, without quotes"
                    )
                }
                (Kind::Percentage { .. }, _) => {
                    says!("schrijf bijvoorbeeld 12.5 voor 12,5%", "write for instance 12.5 for 12.5%")
                }
                (Kind::Money { .. }, _) => {
                    says!("schrijf bijvoorbeeld 84000 voor € 84.000", "write for instance 84000 for € 84,000")
                }
                (Kind::Date { .. }, _) => {
                    says!(r#"schrijf bijvoorbeeld "2020-09-01""#, r#"write for instance "2020-09-01""#)
                }
                (Kind::Text, _) => {
                    says!("schrijf een tekst tussen aanhalingstekens", "write a text between quotes")
                }
                (Kind::SomeOf(_), Text { nl, en }) => {
                    says!("kies uit {nl}, tussen [ en ]", "choose from {en}, between [ and ]")
                }
                (_, Text { nl, en }) => says!("kies {nl}", "choose {en}"),
            },
        };
        self.fault(Code::WrongType, raw, message, help, at);
    }

    /// A text that is not one of the question's words.
    fn no_option(
        &mut self,
        raw: Piece<'a>,
        text: &str,
        domain: &Domain,
        meant: Option<&str>,
        at: &Pointer<'_>,
    ) {
        let shown = quoted(text);
        let message =
            says!("{shown} is geen antwoord op deze vraag", "{shown} is no answer to this question");
        let blank = spelling::blank(text)
            .filter(|word| (*word == "geen" && domain.none) || (*word == "n.v.t." && domain.not_applicable));
        let help = if let Some(word) = blank {
            says!(r#"schrijf "{word}""#, r#"write "{word}""#)
        } else if let Some(name) = meant {
            says!(r#"bedoelde u "{name}"?"#, r#"did you mean "{name}"?"#)
        } else {
            let Text { nl, en } = words::words_allowed(domain);
            says!("kies {nl}", "choose {en}")
        };
        self.fault(Code::NotAnOption, raw, message, help, at);
    }

    fn level(&mut self, raw: Piece<'a>, domain: &Domain, at: &Pointer<'_>) -> Option<Level> {
        let text = self.unescaped(raw, at)?;
        if let Some(level) = level_of(text.as_bytes(), &domain.kind) {
            return Some(level);
        }
        let partly = domain.kind == Kind::YesPartlyNo;
        let meant = spelling::level(&text).filter(|word| partly || *word != "deels");
        self.no_option(raw, &text, domain, meant, at);
        None
    }

    fn choice(
        &mut self,
        raw: Piece<'a>,
        choices: &[Choice],
        domain: &Domain,
        at: &Pointer<'_>,
    ) -> Option<u16> {
        let text = self.unescaped(raw, at)?;
        if let Some(place) = choices.iter().position(|choice| choice.name == *text) {
            return u16::try_from(place).ok();
        }
        let label = choices.iter().find(|choice| choice.label.to_lowercase() == text.trim().to_lowercase());
        let meant = label.map(|choice| choice.name.as_str());
        let meant = meant.or_else(|| {
            let names: Vec<&str> = choices.iter().map(|choice| choice.name.as_str()).collect();
            self.report.like(&text, &names)
        });
        self.no_option(raw, &text, domain, meant, at);
        None
    }

    fn choices(
        &mut self,
        raw: Piece<'a>,
        choices: &[Choice],
        domain: &Domain,
        at: &Pointer<'_>,
    ) -> Option<u64> {
        let mut chosen = 0_u64;
        let mut sound = true;
        for (n, item) in self.tape.items(raw).enumerate() {
            let at = at.item(n);
            let place = match item.shape() {
                Shape::Text => self.choice(item, choices, domain, &at),
                Shape::Null => {
                    self.null_item(item, &at);
                    None
                }
                _ => {
                    let Text { nl, en } = words::found(&item);
                    let message = says!("hier hoort een keuze, niet {nl}", "a choice belongs here, not {en}");
                    let Text { nl, en } = words::words_allowed(domain);
                    self.fault(
                        Code::WrongType,
                        item,
                        message,
                        says!("kies uit {nl}", "choose from {en}"),
                        &at,
                    );
                    None
                }
            };
            let Some(place) = place else {
                sound = false;
                continue;
            };
            let bit = 1_u64.checked_shl(u32::from(place)).unwrap_or(0);
            if chosen & bit != 0 {
                let named = choices.get(usize::from(place)).map(|choice| choice.name.as_str());
                let first = self.tape.items(raw).find(|other| other.text().as_deref() == named);
                let message = says!("de keuze {item} staat er twee keer", "the choice {item} is given twice");
                let fault = Diagnostic::new(Code::RepeatedChoice, self.report.span(&item), message)
                    .also(
                        self.report.span(&first.unwrap_or(item)),
                        says!("hier staat zij eerder", "it stands here before"),
                    )
                    .help(says!("haal er één weg", "remove one of them"));
                self.report.push(fault, &at);
                continue;
            }
            chosen |= bit;
        }
        sound.then_some(chosen)
    }

    fn number(&mut self, raw: Piece<'a>, domain: &Domain, at: &Pointer<'_>) -> Option<Number> {
        let Some(written) = decimal(&raw) else {
            let shown = quoted(&raw);
            let shown = shown.trim_matches('"');
            let message =
                says!("het getal {shown} heeft te veel cijfers", "the number {shown} has too many digits");
            let help = says!(
                "hoogstens {BEFORE} cijfers voor en {AFTER} achter de punt",
                "at most {BEFORE} digits before and {AFTER} after the point"
            );
            self.fault(Code::TooPrecise, raw, message, help, at);
            return None;
        };
        let (value, from, until) = match &domain.kind {
            Kind::Percentage { from, until } => (
                Number::fraction(1, 100).map(|percent| written.mul(&percent)).unwrap_or_default(),
                from,
                until,
            ),
            Kind::Money { from, until } => {
                if written.exact_decimals().is_some_and(|decimals| decimals > 2) {
                    let (rounded, _) = written.round_to(2);
                    let rounded = json_number(&rounded);
                    let message = says!("een bedrag heeft hele centen", "an amount has whole cents");
                    let help = says!("schrijf bijvoorbeeld {rounded}", "write for instance {rounded}");
                    self.fault(Code::TooPrecise, raw, message, help, at);
                    return None;
                }
                (written, from, until)
            }
            Kind::Integer { from, until } => {
                if !written.is_whole() {
                    let whole = json_number(&written.floor());
                    let message = says!(
                        "hier hoort een heel getal, niet {raw}",
                        "a whole number belongs here, not {raw}"
                    );
                    let help = says!("schrijf bijvoorbeeld {whole}", "write for instance {whole}");
                    self.fault(Code::WrongType, raw, message, help, at);
                    return None;
                }
                (written, from, until)
            }
            Kind::Number { from, until } => (written, from, until),
            _ => return None,
        };
        if from.as_ref().is_some_and(|from| value < *from)
            || until.as_ref().is_some_and(|until| *until < value)
        {
            self.out_of_range(raw, words::said(&domain.kind, &value), domain, at);
            return None;
        }
        Some(value)
    }

    /// `said`: the answer in words.
    fn out_of_range(&mut self, raw: Piece<'a>, said: Text, domain: &Domain, at: &Pointer<'_>) {
        let Text { nl, en } = said;
        let message = says!(
            "{nl} ligt buiten het bereik van deze vraag",
            "{en} lies outside the range of this question"
        );
        let Text { nl, en } = words::range_text(&domain.kind);
        let kind = &domain.kind;
        let help = match kind {
            Kind::Percentage { .. } => says!("het percentage loopt {nl}", "the percentage runs {en}"),
            Kind::Money { .. } => says!("het bedrag loopt {nl}", "the amount runs {en}"),
            Kind::Date { .. } => says!("de datum loopt {nl}", "the date runs {en}"),
            _ => says!("het getal loopt {nl}", "the number runs {en}"),
        };
        self.fault(Code::AnswerOutOfRange, raw, message, help, at);
    }

    /// The length of a list.
    pub(super) fn length_in_range(
        &mut self,
        raw: Piece<'a>,
        length: usize,
        domain: &Domain,
        at: &Pointer<'_>,
    ) {
        let Kind::List { from, until, .. } = &domain.kind else { return };
        let length_u32 = u32::try_from(length).unwrap_or(u32::MAX);
        if length_u32 >= *from && until.is_none_or(|until| length_u32 <= until) {
            return;
        }
        let message = says!(
            "een lijst van {length} past niet bij deze vraag",
            "a list of {length} does not fit this question"
        );
        let Text { nl, en } = words::range_text(&domain.kind);
        let help = says!("de lengte loopt {nl}", "the length runs {en}");
        let fault = Diagnostic::new(Code::AnswerOutOfRange, self.report.first_byte(&raw), message).help(help);
        self.report.push(fault, at);
    }

    /// A date `JJJJ-MM-DD`; else a fault with this code.
    pub(super) fn date(&mut self, raw: Piece<'a>, at: &Pointer<'_>, code: Code) -> Option<Date> {
        let text =
            if raw.shape() == Shape::Text { self.unescaped(raw, at)? } else { raw.as_written().into() };
        if raw.shape() == Shape::Text
            && let Some(date) = Date::from_iso(&text)
        {
            return Some(date);
        }
        let Text { nl, en } = words::found(&raw);
        let message = says!("{nl} is geen datum", "{en} is no date");
        let help = match spelling::date(&text).map(Date::to_iso) {
            Some(iso) => says!(r#"schrijf "{iso}""#, r#"write "{iso}""#),
            None => says!(
                r#"schrijf jaar, maand en dag: "2020-09-01""#,
                r#"write year, month and day: "2020-09-01""#
            ),
        };
        self.fault(code, raw, message, help, at);
        None
    }

    fn answer_text(&mut self, raw: Piece<'a>, at: &Pointer<'_>) -> Option<Value> {
        if !self.is_text(raw, at, None) {
            return None;
        }
        if raw.is_blank() {
            let message = says!("een lege tekst is geen antwoord", "an empty text is no answer");
            let help = says!(
                "laat de vraag weg of schrijf null: dan is zij open",
                "leave the question out or write null: then it is open"
            );
            self.fault(Code::WrongType, raw, message, help, at);
            return None;
        }
        Some(Value::Text)
    }
}
