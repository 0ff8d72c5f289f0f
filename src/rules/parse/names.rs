//! Names: which letters they may have, and what to write instead.

use super::grammar::Pair;
use super::reader::Reader;
use crate::message::diagnostic::{Code, Diagnostic};
use crate::message::language::says;
use crate::message::source::{Span, Spanned};
use crate::rules::syntax::Name;

/// Words that the language reserves everywhere. The grammar lists them again, by first letter.
pub(super) fn is_reserved(word: &str) -> bool {
    matches!(
        word,
        "en" | "of"
            | "niet"
            | "als"
            | "anders"
            | "is"
            | "een"
            | "elk"
            | "elke"
            | "alle"
            | "aantal"
            | "som"
            | "van"
            | "in"
            | "bij"
            | "naar"
            | "bevat"
            | "heeft"
            | "hebben"
            | "minstens"
            | "hoogstens"
            | "dan"
            | "vanaf"
            | "uiterlijk"
            | "na"
            | "voor"
            | "ja"
            | "deels"
            | "nee"
            | "geen"
            | "open"
            | "totaal"
            | "oordeel"
            | "peildatum"
            | "aanname"
            | "bron"
            | "gewicht"
            | "onderbouwing"
            | "gemiddelde"
            | "hoogste"
            | "laagste"
            | "aandeel"
    )
}

/// Lower-case letters, digits and `_`, starting with a letter.
pub(super) fn is_name(text: &str) -> bool {
    text.starts_with(is_letter) && text.chars().all(|c| is_letter(c) || c.is_ascii_digit() || c == '_')
}

fn is_letter(c: char) -> bool {
    c.is_ascii_lowercase() || matches!(c, 'é' | 'ë' | 'ï' | 'ö' | 'ü' | 'è' | 'á')
}

/// What was probably meant: lower-case letters, one character for a letter with its accent, `_` for blanks and hyphens.
fn mended(text: &str) -> String {
    let mut name = String::with_capacity(text.len());
    for c in text.chars() {
        let accent = matches!(c, '\u{300}'..='\u{36F}');
        if accent && let Some(whole) = name.chars().next_back().and_then(|letter| compose(letter, c)) {
            name.pop();
            name.push(whole);
        } else if accent {
        } else if matches!(c, ' ' | '\n' | '-' | '.' | '/') {
            if !name.ends_with('_') {
                name.push('_');
            }
        } else {
            name.extend(c.to_lowercase());
        }
    }
    name
}

fn compose(letter: char, accent: char) -> Option<char> {
    Some(match (letter, accent) {
        ('e', '\u{301}') => 'é',
        ('e', '\u{308}') => 'ë',
        ('i', '\u{308}') => 'ï',
        ('o', '\u{308}') => 'ö',
        ('u', '\u{308}') => 'ü',
        ('e', '\u{300}') => 'è',
        ('a', '\u{301}') => 'á',
        _ => return None,
    })
}

impl Reader<'_> {
    /// A name that is referred to. A wrong one is reported and corrected.
    pub(super) fn name(&mut self, pair: &Pair<'_>) -> Name {
        let text = pair.as_str();
        if is_name(text) {
            return self.spanned(text.to_owned(), pair);
        }
        let name = self.bad_name(text, pair);
        // `Ja` is a keyword with a capital: corrected, it would not be a name.
        self.failed |= is_reserved(&name);
        self.spanned(name, pair)
    }

    /// A name where it is declared: reserved words are refused too.
    pub(super) fn declared(&mut self, pair: &Pair<'_>) -> Name {
        let text = pair.as_str().trim_end();
        if is_reserved(text) {
            self.report_reserved(text, pair);
            return self.spanned(text.to_owned(), pair);
        }
        if is_name(text) {
            return self.spanned(text.to_owned(), pair);
        }
        let name = self.bad_name(text, pair);
        self.spanned(name, pair)
    }

    /// `landelijk.jeugdwet`
    pub(super) fn dotted(&mut self, pair: &Pair<'_>) -> Name {
        let text = pair.as_str();
        if text.split('.').all(|part| is_name(part) && !is_reserved(part)) {
            return self.spanned(text.to_owned(), pair);
        }
        if text.split('.').all(is_name)
            && let Some(word) = text.split('.').find(|part| is_reserved(part))
        {
            self.report_reserved(word, pair);
            return self.spanned(text.to_owned(), pair);
        }
        let mended = text.split('.').map(mended).collect::<Vec<_>>().join(".");
        self.report_name(text, &mended, pair);
        self.spanned(mended, pair)
    }

    fn report_reserved(&mut self, word: &str, pair: &Pair<'_>) {
        let span = self.span(pair);
        self.report(
            Diagnostic::new(
                Code::ReservedName,
                span,
                says!(
                    "\"{word}\" is een vast woord van de taal en kan geen naam zijn",
                    "\"{word}\" is a reserved word and cannot be a name"
                ),
            )
            .help(says!(
                "kies een andere naam, bijvoorbeeld \"{word}_\" met iets erachter",
                "choose another name, for example \"{word}_\" with something behind it"
            )),
        );
    }

    fn bad_name(&mut self, text: &str, pair: &Pair<'_>) -> String {
        let mended = mended(text);
        self.report_name(text, &mended, pair);
        mended
    }

    fn report_name(&mut self, text: &str, mended: &str, pair: &Pair<'_>) {
        let span = self.span(pair);
        let shown = self.written(span).to_owned();
        let accents = text.chars().any(|c| matches!(c, '\u{300}'..='\u{36F}'));
        let message = if accents {
            says!(
                "in \"{shown}\" staat een accent als los teken",
                "in \"{shown}\" an accent stands as a character of its own"
            )
        } else {
            says!("\"{shown}\" kan geen naam zijn", "\"{shown}\" cannot be a name")
        };
        let fine = mended.split('.').all(|part| is_name(part) && !is_reserved(part));
        let help = if fine || is_reserved(mended) {
            says!("schrijf \"{mended}\"", "write \"{mended}\"")
        } else {
            says!(
                "een naam begint met een letter en heeft kleine letters (ook é ë ï ö ü è á), cijfers en \"_\"",
                "a name starts with a letter and has small letters (also é ë ï ö ü è á), digits and \"_\""
            )
        };
        self.report(Diagnostic::new(Code::BadName, span, message).help(help));
    }

    /// `"…"` as written.
    pub(super) fn text(&self, pair: &Pair<'_>) -> Spanned<String> {
        self.text_at(self.span(pair))
    }

    /// The same, from its place.
    pub(super) fn text_at(&self, span: Span) -> Spanned<String> {
        let inside = self.written(span);
        // Whatever marks it was written with, the layout pass gave it one on each side.
        let marks = |c: char| matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '‘' | '’');
        let inside = inside.strip_prefix(marks).unwrap_or(inside);
        let inside = inside.strip_suffix(marks).unwrap_or(inside);
        Spanned::new(inside.to_owned(), span)
    }
}
