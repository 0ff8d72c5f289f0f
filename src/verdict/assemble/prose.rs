//! Rules as written, made ready to be read in a sentence: without the grounds after them, and with titles instead of names.
//! The rule file is cited, never reworded.

use crate::message::source::Span;
use crate::rules::model::{Choice, Kind, Marked, Target};
use crate::verdict::assemble::rules::Rules;

impl<'a> Rules<'a> {
    /// As written, on one line, without grounds and comments.
    pub(crate) fn written(&self, span: Span) -> String {
        self.cited(span, false)
    }

    /// The same, with titles instead of names: `"Wordt het papierwerk minder?" is ja`.
    pub(crate) fn prose(&self, span: Span) -> String {
        self.cited(span, true)
    }

    fn cited(&self, span: Span, titled: bool) -> String {
        let Some(source) = self.texts.source(span.source) else { return String::new() };
        let marks = &self.model.marks;
        let from =
            marks.partition_point(|mark| (mark.span.source, mark.span.start) < (span.source, span.start));
        let marks = marks.get(from..).unwrap_or_default().iter();
        let mut line = Line::default();
        let mut at = span.start;
        for mark in marks.take_while(|mark| mark.span.source == span.source && mark.span.start < span.end) {
            line.add(source.slice(Span { start: at, end: mark.span.start, ..span }));
            at = mark.span.end;
            match (&mark.what, self.title(&mark.what).filter(|_| titled)) {
                (Marked::Aside, _) => {}
                (Marked::Hyphen, _) => line.item(),
                (_, Some(title)) => line.put(&quoted(title)),
                (_, None) => line.add(source.slice(mark.span)),
            }
        }
        line.add(source.slice(Span { start: at.min(span.end), ..span }));
        line.text
    }

    /// How a name is shown; none: as it is written.
    fn title<'m>(&self, what: &'m Marked) -> Option<&'m str>
    where
        'a: 'm,
    {
        let model = self.model;
        let head = match what {
            Marked::Aside | Marked::Hyphen => return None,
            Marked::Label(label) => return Some(label),
            Marked::Name(Target::Question(id)) => {
                model.questions.get(id.index()).map(|question| &question.head)
            }
            Marked::Name(Target::Table(id)) => model.tables.get(id.index()).map(|table| &table.head),
            Marked::Name(Target::Part(id)) => model.parts.get(id.index()).map(|part| &part.head),
            Marked::Name(Target::Term(id)) => model.terms.get(id.index()).map(|term| &term.head),
            Marked::Name(Target::Criterion(id)) => {
                model.criteria.get(id.index()).map(|criterion| &criterion.head)
            }
        };
        head.map(|head| head.title.as_str()).filter(|title| !title.is_empty())
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

/// A phrase on one line: items behind each other, a blank for any number of them.
#[derive(Default)]
struct Line {
    text: String,
    /// A blank stands before what comes next.
    blank: bool,
}

impl Line {
    /// A piece of the text.
    fn add(&mut self, piece: &str) {
        for c in piece.chars() {
            if c.is_whitespace() {
                self.blank = !self.text.is_empty();
                continue;
            }
            if std::mem::take(&mut self.blank) {
                self.text.push(' ');
            }
            self.text.push(c);
        }
    }

    /// Words that stand as they are.
    fn put(&mut self, words: &str) {
        if std::mem::take(&mut self.blank) {
            self.text.push(' ');
        }
        self.text.push_str(words);
    }

    /// An item begins: the first stands behind `alle van`.
    fn item(&mut self) {
        if self.text.is_empty() {
            return;
        }
        self.text.push(if self.text.ends_with(" van") { ':' } else { ';' });
        self.blank = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use crate::message::diagnostic::Diagnostics;
    use crate::message::language::Language;
    use crate::rules::{check, load};

    const RULES: &str = r#"meetlat proef: "Proef"
  versie 1
  bron nota: "Nota"

vraag eis: "Is er een eis gesteld?"
  bron nota §1
  antwoord ja of nee

vraag soort: "Welke soort?"
  bron nota §1
  antwoord een van groot, klein

vraag maat: "Welke maat?"
  bron nota §1
  antwoord een van
    - groot: "Een grote maat"
    - klein: "Een kleine maat"

vraag doelen: "Welke doelen?"
  bron nota §1
  antwoord meerdere van
    - zorg: "Betere zorg"
    - werk

vraag bedrag: "Hoeveel?"
  bron nota §1
  antwoord bedrag van € 0 tot en met € 100

begrip ruim: "Ruim opgezet"
  bron nota §1
  als maat is groot # of groter
    en bedrag is meer dan
      € 10, bron nota §2, punt 1 # waarom 10, niet 20

criterium telt: "Telt"
  bron nota §1
  score
    100%  als alle van
      - eis is ja
      - minstens_niet is nee, aanname "eis, bron van alles"
    0%  anders
  gewicht 1, bron nota §1

vraag minstens_niet: "Minstens niet?"
  bron nota §1
  antwoord ja of nee

oordeel: "Mag het?"
  bron nota §1
  totaal gewogen gemiddelde, bron nota §1
  uitkomsten van goed naar slecht
    - goed: "Voldoet"
    - af
  goed  als soort is groot en ruim en doelen bevat zorg en totaal is minstens 50%, aanname "soort, bron"
  af    anders
"#;

    /// The phrases of the rules as written and as prose.
    fn cited(span: fn(&crate::rules::model::Model) -> Span) -> [String; 2] {
        let (limits, mut found) = (Limits::default(), Diagnostics::new());
        let loaded = load::load("proef.meetlat", RULES, &limits, &mut load::no_blocks, &mut found);
        let model = match check::check(&loaded, &limits, &mut found) {
            check::Checked::Meetlat(model) => model,
            _ => panic!("{found:?}"),
        };
        let rules = Rules { model: &model, texts: &found, language: Language::Nl };
        [rules.written(span(&model)), rules.prose(span(&model))]
    }

    #[test]
    fn grounds_and_comments_stay_behind() {
        let [written, prose] = cited(|model| model.terms[0].expression.span);
        assert_eq!(written, "maat is groot en bedrag is meer dan € 10");
        assert_eq!(prose, r#""Welke maat?" is "Een grote maat" en "Hoeveel?" is meer dan € 10"#);
    }

    #[test]
    fn items_stand_behind_each_other() {
        let [written, prose] = cited(|model| match &*model.criteria[0].score.as_ref().unwrap().node {
            crate::rules::model::Node::Ladder(lines) => {
                lines[0].span.to(lines[0].condition.as_ref().unwrap().span)
            }
            other => panic!("{other:?}"),
        });
        assert_eq!(written, "100% als alle van: eis is ja; minstens_niet is nee");
        assert_eq!(prose, r#"100% als alle van: "Is er een eis gesteld?" is ja; "Minstens niet?" is nee"#);
    }

    #[test]
    fn a_name_is_shown_as_what_it_stands_for_where_it_stands() {
        let [written, prose] = cited(|model| {
            let line = &model.verdict.lines[0];
            line.span.to(line.condition.as_ref().unwrap().span)
        });
        assert_eq!(written, "goed als soort is groot en ruim en doelen bevat zorg en totaal is minstens 50%");
        // `groot` is an option of two questions: here of the one without labels.
        let expected = r#""Voldoet" als "Welke soort?" is groot en "Ruim opgezet" en "Welke doelen?" bevat "Betere zorg" en totaal is minstens 50%"#;
        assert_eq!(prose, expected);
    }
}
