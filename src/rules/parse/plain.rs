//! Lines so plain that the grammar is not needed: `bron plan §4.5`, `gezond ja`, a header with its title. Three in four lines of a
//! rule file are, and a parser that can do everything takes several times as long for each.
//!
//! The result is what the grammar would give, to the byte; a test reads many texts both ways. Whatever is not exactly as
//! expected is left to the grammar, so that only the grammar has messages.

mod conditions;
#[cfg(test)]
mod tests;

use super::literals::{dutch_money, dutch_number};
use super::names::is_reserved;
use super::reader::Reader;
use crate::message::source::Spanned;
use crate::rules::layout::pieces::{ClausePiece, LinePiece, Piece};
use crate::rules::syntax::{
    AnswerKind, Citation, ClauseBody, DeclarationKind, Expectation, ExpectationBody, ExpectedScore,
    ExpectedStatus, Expression, GivenLine, GivenValue, KindName, Literal, Name, NamedItem,
};

/// A piece of the copy, from left to right.
struct Words<'t> {
    copy: &'t str,
    at: usize,
    end: usize,
}

impl<'t> Words<'t> {
    /// The rest, after blanks.
    fn rest(&mut self) -> &'t [u8] {
        let bytes = self.copy.as_bytes().get(self.at..self.end).unwrap_or_default();
        let blank = bytes.iter().take_while(|byte| matches!(byte, b' ' | b'\n')).count();
        self.at += blank;
        bytes.get(blank..).unwrap_or_default()
    }

    fn take(&mut self, length: usize) -> Piece {
        let start = self.at;
        self.at += length;
        start..self.at
    }

    fn of(&self, piece: &Piece) -> &'t str {
        self.copy.get(piece.clone()).unwrap_or_default()
    }

    /// Lower-case letters, digits and `_`, followed by nothing that the grammar may take for a part of the word.
    fn any_word(&mut self) -> Option<Piece> {
        let rest = self.rest();
        if !rest.first()?.is_ascii_lowercase() {
            return None;
        }
        let part = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'_';
        let length = rest.iter().take_while(|byte| part(byte)).count();
        matches!(rest.get(length), None | Some(b' ' | b'\n' | b',' | b':')).then(|| self.take(length))
    }

    /// This word.
    fn word(&mut self, word: &str) -> Option<Piece> {
        let found = self.any_word()?;
        (self.of(&found) == word).then_some(found)
    }

    fn mark(&mut self, mark: u8) -> Option<()> {
        (*self.rest().first()? == mark).then(|| self.at += 1)
    }

    /// `"…"`
    fn text(&mut self) -> Option<Piece> {
        let inside = self.rest().strip_prefix(b"\"")?;
        let length = inside.iter().position(|byte| *byte == b'"')?;
        Some(self.take(length + 2))
    }

    /// Digits, points and commas that end in a digit.
    fn number(&mut self) -> Option<Piece> {
        let rest = self.rest();
        let part = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'.' | b',');
        let length = rest.iter().take_while(|byte| part(byte)).count();
        let digits = rest.get(..length)?;
        let ends = digits.first()?.is_ascii_digit() && digits.last()?.is_ascii_digit();
        (ends && matches!(rest.get(length), None | Some(b' ' | b'\n' | b'%'))).then(|| self.take(length))
    }

    /// `%`, after spaces on the same line.
    fn percent_sign(&mut self) -> Option<()> {
        let behind = self.copy.as_bytes().get(self.at..self.end)?;
        let spaces = behind.iter().take_while(|byte| **byte == b' ').count();
        (*behind.get(spaces)? == b'%').then(|| self.at += spaces + 1)
    }

    fn end(&mut self) -> Option<()> {
        self.rest().is_empty().then_some(())
    }
}

/// The name and the title of a header whose word is known.
pub(super) type PlainHead = (Option<Name>, Spanned<String>);

impl<'t> Reader<'t> {
    fn words(&self, piece: &Piece) -> Words<'t> {
        // An item whose own line is empty starts with the end of that line: that is for the grammar to report. Where nothing is left to
        // read, nothing is plain.
        let blank = self.copy.as_bytes().get(piece.start).is_none_or(u8::is_ascii_whitespace);
        let end = if self.plain && !blank { piece.end } else { piece.start };
        Words { copy: self.copy, at: piece.start, end }
    }

    fn plain_name(&self, words: &mut Words<'t>) -> Option<Name> {
        let piece = words.any_word()?;
        let word = words.of(&piece);
        (!is_reserved(word)).then(|| Spanned::new(word.to_owned(), self.span_of(&piece)))
    }

    fn plain_text(&self, words: &mut Words<'t>) -> Option<Spanned<String>> {
        let piece = words.text()?;
        Some(self.text_at(self.span_of(&piece)))
    }

    /// `vraag gezond: "…"`, `oordeel: "…"`, `voorbeeld "…"`
    pub(super) fn plain_head(&self, piece: &Piece, kind: DeclarationKind) -> Option<PlainHead> {
        let mut words = self.words(piece);
        words.any_word()?;
        let name = match kind {
            DeclarationKind::Header | DeclarationKind::Import => return None,
            DeclarationKind::Verdict | DeclarationKind::Example => None,
            _ => Some(self.plain_name(&mut words)?),
        };
        if kind != DeclarationKind::Example {
            words.mark(b':')?;
        }
        let title = self.plain_text(&mut words)?;
        words.end()?;
        Some((name, title))
    }

    /// A clause of one line with nothing below it.
    pub(super) fn plain_clause(&self, piece: &ClausePiece) -> Option<ClauseBody> {
        let mut words = self.words(&piece.head);
        let first = words.any_word()?;
        if !piece.items.is_empty() {
            return None;
        }
        let second = match words.of(&first) {
            "bron" => return self.plain_source(words).map(ClauseBody::Source),
            "antwoord" => return self.plain_answer(words).map(ClauseBody::Answer),
            "als" | "alleen" | "vervuld" => {
                if words.of(&first) != "als" {
                    words.word("als")?;
                }
                let condition = self.plain_condition(&mut words)?;
                return Some(match words.of(&first) {
                    "als" => ClauseBody::If(condition),
                    "alleen" => ClauseBody::OnlyIf(condition),
                    _ => ClauseBody::FulfilledIf(condition),
                });
            }
            "uitleg" | "meld" | "aanname" | "bewust" => None,
            "zo" => Some("niet"),
            "let" => Some("op"),
            "beantwoord" => Some("door"),
            _ => return None,
        };
        if let Some(second) = second {
            words.word(second)?;
        }
        let text = self.plain_text(&mut words)?;
        words.end()?;
        Some(match words.of(&first) {
            "uitleg" => ClauseBody::Explanation(text),
            "meld" => ClauseBody::Report(text),
            "aanname" => ClauseBody::Assumption(text),
            "bewust" => ClauseBody::Deliberate(text),
            "zo" => ClauseBody::IfNot(text),
            "let" => ClauseBody::Caution(text),
            _ => ClauseBody::AnsweredBy(text),
        })
    }

    /// `plan §4.5`, after `bron`. A colon or a second line means more than that.
    fn plain_source(&self, mut words: Words<'t>) -> Option<Citation> {
        if words.rest().iter().any(|byte| matches!(byte, b':' | b'\n')) {
            return None;
        }
        let label = self.plain_name(&mut words)?;
        let length = words.rest().len();
        let span = self.span_of(&words.take(length));
        (length > 0).then(|| Citation { label, place: Spanned::new(self.place_at(span), span) })
    }

    /// `ja, deels of nee` and `ja of nee`
    fn plain_answer(&self, mut words: Words<'t>) -> Option<AnswerKind> {
        let first = words.word("ja")?;
        let partly = words.mark(b',').is_some();
        if partly {
            words.word("deels")?;
        }
        words.word("of")?;
        let last = words.word("nee")?;
        words.end()?;
        let kind = if partly { KindName::YesPartlyNo } else { KindName::YesNo };
        let kind = Spanned::new(kind, self.span_of(&(first.start..last.end)));
        Some(AnswerKind { kind, range: None, none: false, not_applicable: false })
    }

    /// What stands in a list of conditions.
    pub(super) fn plain_item_condition(&self, piece: &Piece) -> Option<Expression> {
        self.plain_condition(&mut self.words(piece))
    }

    /// `onderwijs: "Verbinding jeugdhulp en onderwijs"`, or the name alone.
    pub(super) fn plain_item(&self, piece: &Piece) -> Option<NamedItem> {
        let mut words = self.words(piece);
        let name = self.plain_name(&mut words)?;
        if words.end().is_some() {
            return Some(NamedItem { name, label: None });
        }
        words.mark(b':')?;
        let label = self.plain_text(&mut words)?;
        words.end()?;
        Some(NamedItem { name, label: Some(label) })
    }

    /// `gezond ja`, `bedrag_start € 84.000`
    pub(super) fn plain_given(&self, line: &LinePiece) -> Option<GivenLine> {
        let mut words = self.words(&line.text);
        let name = self.plain_name(&mut words)?;
        if !line.items.is_empty() {
            return None;
        }
        let value = self.plain_value(&mut words)?;
        words.end()?;
        Some(GivenLine { name, value, reason: None, span: self.span_of(&line.text) })
    }

    fn plain_value(&self, words: &mut Words<'t>) -> Option<GivenValue> {
        let first = words.rest().first()?;
        if !first.is_ascii_lowercase() {
            return self.plain_amount(words).map(GivenValue::Literal);
        }
        let piece = words.any_word()?;
        let literal = match words.of(&piece) {
            "ja" => Literal::Yes,
            "deels" => Literal::Partly,
            "nee" => Literal::No,
            "geen" => Literal::None,
            "leeg" => return Some(GivenValue::Empty),
            word if is_reserved(word) => return None,
            word => {
                return Some(GivenValue::Words(vec![Spanned::new(word.to_owned(), self.span_of(&piece))]));
            }
        };
        Some(GivenValue::Literal(Spanned::new(literal, self.span_of(&piece))))
    }

    /// `€ 84.000`, `12`, `70%`
    fn plain_amount(&self, words: &mut Words<'t>) -> Option<Spanned<Literal>> {
        words.rest();
        let start = words.at;
        let euro = words.rest().starts_with("€".as_bytes());
        if euro {
            words.take("€".len());
        }
        let number = words.number()?;
        let text = words.of(&number);
        let literal = if euro {
            Literal::Money(dutch_money(text, false).ok()?)
        } else {
            let value = dutch_number(text).ok()?.value;
            if words.percent_sign().is_some() { Literal::Percent(value) } else { Literal::Number(value) }
        };
        Some(Spanned::new(literal, self.span_of(&(start..words.at))))
    }

    /// `oordeel voldoet`, `voorwaarde meetbaar niet vervuld`
    pub(super) fn plain_expected(&self, line: &LinePiece) -> Option<Expectation> {
        let mut words = self.words(&line.text);
        let first = words.any_word()?;
        if !line.items.is_empty() {
            return None;
        }
        let body = match words.of(&first) {
            "oordeel" => ExpectationBody::Outcome(self.plain_or_open(&mut words)?),
            "mogelijk" => {
                let mut names = vec![self.plain_name(&mut words)?];
                while words.mark(b',').is_some() {
                    names.push(self.plain_name(&mut words)?);
                }
                ExpectationBody::Possible(names)
            }
            "totaal" => ExpectationBody::Total(self.plain_score(&mut words)?),
            "criterium" => {
                ExpectationBody::Criterion(self.plain_name(&mut words)?, self.plain_score(&mut words)?)
            }
            "route" => ExpectationBody::Route(self.plain_name(&mut words)?, self.plain_or_open(&mut words)?),
            "vraag" => {
                let name = self.plain_name(&mut words)?;
                words.word("van")?;
                words.word("belang")?;
                ExpectationBody::Matters(name)
            }
            kind @ ("eis" | "voorwaarde" | "uitsluiting" | "signaal") => {
                let name = self.plain_name(&mut words)?;
                let status = self.plain_status(kind, &mut words)?;
                match kind {
                    "eis" => ExpectationBody::Requirement(name, status),
                    "voorwaarde" => ExpectationBody::Condition(name, status),
                    "uitsluiting" => ExpectationBody::Exclusion(name, status),
                    _ => ExpectationBody::Signal(name, status),
                }
            }
            _ => return None,
        };
        words.end()?;
        Some(Expectation { body, span: self.span_of(&line.text) })
    }

    fn plain_or_open(&self, words: &mut Words<'t>) -> Option<Name> {
        let piece = words.any_word()?;
        let word = words.of(&piece);
        (word == "open" || !is_reserved(word)).then(|| Spanned::new(word.to_owned(), self.span_of(&piece)))
    }

    fn plain_score(&self, words: &mut Words<'t>) -> Option<Spanned<ExpectedScore>> {
        if words.rest().first()?.is_ascii_lowercase() {
            let open = words.word("open")?;
            return Some(Spanned::new(ExpectedScore::Open, self.span_of(&open)));
        }
        let number = words.number()?;
        let written = dutch_number(words.of(&number)).ok()?;
        words.percent_sign()?;
        let score = ExpectedScore::Percent { value: written.value, decimals: written.decimals };
        Some(Spanned::new(score, self.span_of(&(number.start..words.at))))
    }

    fn plain_status(&self, kind: &str, words: &mut Words<'t>) -> Option<Spanned<ExpectedStatus>> {
        let first = words.any_word()?;
        let mut span = self.span_of(&first);
        let status = match (kind, words.of(&first)) {
            (_, "open") => ExpectedStatus::Open,
            ("eis" | "voorwaarde" | "signaal", "vervalt") => ExpectedStatus::Lapses,
            ("eis", "gehaald") | ("voorwaarde", "vervuld") | ("uitsluiting" | "signaal", "ja") => {
                ExpectedStatus::Holds
            }
            ("uitsluiting" | "signaal", "nee") => ExpectedStatus::Fails,
            ("eis" | "voorwaarde", "niet") => {
                let last = words.word(if kind == "eis" { "gehaald" } else { "vervuld" })?;
                span = span.to(self.span_of(&last));
                ExpectedStatus::Fails
            }
            _ => return None,
        };
        Some(Spanned::new(status, span))
    }
}
