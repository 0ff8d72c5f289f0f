//! Rules as written, made ready to be read in a sentence: without the grounds after them, and with titles instead of names.
//! The rule file is cited, never reworded.

use std::collections::BTreeSet;

use crate::message::source::Span;
use crate::proposal::wording::pieces;
use crate::rules::model::{Choice, Domain, Kind, Question};
use crate::verdict::assemble::rules::Rules;

/// Names that are also words of phrases: `jaar van start`, `is meer dan`.
const WORDS_OF_PHRASES: [&str; 12] = [
    "dagen",
    "eis",
    "gehaald",
    "geldt",
    "jaar",
    "jaren",
    "maanden",
    "meer",
    "minder",
    "uitsluiting",
    "vervuld",
    "voorwaarde",
];

impl<'a> Rules<'a> {
    /// As written, on one line, without grounds and comments.
    pub(crate) fn written(&self, span: Span) -> String {
        without_grounds(self.texts.source(span.source).map_or("", |source| source.slice(span)))
    }

    /// The same, with titles instead of names: `"Wordt het papierwerk minder?" is ja`.
    pub(crate) fn prose(&self, span: Span) -> String {
        self.titled(&self.written(span))
    }

    /// Titles instead of names in a phrase of the rule file.
    fn titled(&self, written: &str) -> String {
        let words: BTreeSet<&str> = pieces(written).filter(|(word, _)| *word).map(|(_, word)| word).collect();
        let questions = self.model.questions.iter();
        let phrase = Phrase {
            beside: questions.filter(|question| words.contains(question.head.name.as_str())).collect(),
            outcomes: ["oordeel", "als", "anders"].iter().any(|word| words.contains(word)),
        };
        let mut titled = String::with_capacity(written.len());
        for (word, piece) in pieces(written) {
            match self.title(piece, &phrase).filter(|_| word) {
                Some(title) => titled.push_str(&quoted(title)),
                None => titled.push_str(piece),
            }
        }
        titled
    }

    /// What a name in a phrase stands for; none where it is not a name, or where that depends on more than the phrase.
    fn title(&self, name: &str, phrase: &Phrase<'a>) -> Option<&'a str> {
        let model = self.model;
        if WORDS_OF_PHRASES.contains(&name) {
            return None;
        }
        let beside = phrase.beside.iter();
        if beside.clone().flat_map(|list| fields(&list.domain)).any(|(field, _)| field == name) {
            return None;
        }
        if let Some(title) = self.declared(name) {
            return Some(title);
        }
        // An option means what it means to the question beside it.
        let own = beside.clone().flat_map(|question| options(&question.domain.kind));
        let fields = beside.flat_map(|question| fields(&question.domain));
        let all = own.chain(fields.flat_map(|(_, domain)| options(&domain.kind)));
        // An outcome stands in `oordeel is …`, or at the start of a line of the verdict.
        let verdict = model.verdict.outcomes.iter().filter(|_| phrase.outcomes);
        let mut labels = all.chain(verdict).filter(|option| option.name == name).map(|option| &option.label);
        let label = labels.next()?;
        (label != name && labels.all(|other| other == label)).then_some(label.as_str())
    }

    /// The title of the question, part, term, criterion or table with a name.
    pub(crate) fn declared(&self, name: &str) -> Option<&'a str> {
        let model = self.model;
        let heads = model.questions.iter().map(|question| &question.head);
        let heads = heads.chain(model.parts.iter().map(|part| &part.head));
        let heads = heads.chain(model.terms.iter().map(|term| &term.head));
        let heads = heads.chain(model.criteria.iter().map(|criterion| &criterion.head));
        let mut heads = heads.chain(model.tables.iter().map(|table| &table.head));
        let title = heads.find(|head| head.name == name).map(|head| head.title.as_str())?;
        (!title.is_empty()).then_some(title)
    }
}

/// What a phrase of the rule file names.
struct Phrase<'m> {
    /// The questions.
    beside: Vec<&'m Question>,
    /// It may name outcomes.
    outcomes: bool,
}

/// `"…"`; a title has no quotes of its own.
pub(crate) fn quoted(title: &str) -> String {
    format!("\"{title}\"")
}

pub(super) fn options(kind: &Kind) -> &[Choice] {
    match kind {
        Kind::OneOf(options) | Kind::SomeOf(options) => options,
        _ => &[],
    }
}

fn fields(domain: &Domain) -> impl Iterator<Item = (&str, &Domain)> {
    let fields = match &domain.kind {
        Kind::List { fields, .. } => fields.as_slice(),
        _ => &[],
    };
    fields.iter().map(|field| (field.name.as_str(), &field.domain))
}

/// A phrase on one line: items one after the other, without grounds and comments.
fn without_grounds(text: &str) -> String {
    let mut whole = String::new();
    for (at, line) in text.lines().enumerate() {
        let line = bare_line(line);
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.is_empty() {
            continue;
        }
        match line.strip_prefix("- ") {
            // The first item comes after `alle van`.
            Some(item) if at > 0 => {
                whole.push_str(if whole.ends_with(" van") { ": " } else { "; " });
                whole.push_str(item);
            }
            _ => {
                if !whole.is_empty() {
                    whole.push(' ');
                }
                whole.push_str(&line);
            }
        }
    }
    whole
}

/// A line without its comment, and without `, aanname "…"` or `, bron …`.
fn bare_line(line: &str) -> String {
    let mut bare = String::new();
    let mut inside = false;
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        if !inside && c == '#' {
            break;
        }
        if !inside && c == ',' {
            let behind = rest.trim_start_matches(',').trim_start();
            if starts_with_word(behind, "bron") {
                break;
            }
            if starts_with_word(behind, "aanname") {
                let end = behind.match_indices('"').nth(1).map_or(behind.len(), |(at, _)| at + 1);
                rest = behind.get(end..).unwrap_or_default();
                continue;
            }
        }
        inside ^= c == '"';
        bare.push(c);
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    bare
}

fn starts_with_word(text: &str, word: &str) -> bool {
    text.strip_prefix(word).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grounds_stay_behind() {
        for (written, expected) in [
            (
                "voldoet als totaal is minstens 70%, aanname \"zeven, bron van tien\"",
                "voldoet als totaal is minstens 70%",
            ),
            ("a is \"x, bron y\" , bron plan §4, punt 2", "a is \"x, bron y\""),
            (
                "minstens 2 van, aanname \"x\"\n    - a is ja, bron plan §1 # toch\n    - b is nee",
                "minstens 2 van: a is ja; b is nee",
            ),
            (
                "a is ja en  # eerst\n  bronnen is een van x, bronnen_2",
                "a is ja en bronnen is een van x, bronnen_2",
            ),
        ] {
            assert_eq!(without_grounds(written).trim_end(), expected);
        }
    }
}
