//! The `antwoord` line: kinds, options, fields and ranges.

use super::grammar::{Pair, Rule};
use super::reader::Reader;
use crate::message::diagnostic::{Code, Diagnostic};
use crate::message::language::says;
use crate::message::source::{Span, Spanned};
use crate::rules::layout::pieces::Item;
use crate::rules::syntax::{AnswerKind, Field, KindName, NamedItem, Range};

impl<'t> Reader<'t> {
    /// `answer`, with the items below its line.
    pub(super) fn answer(&mut self, pair: Pair<'t>, items: &[Item]) -> Option<AnswerKind> {
        let mut kind = None;
        let mut range = None;
        let (mut none, mut not_applicable) = (false, false);
        let mut open_end = None;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::kind => {
                    let inner = part.into_inner().next()?;
                    open_end = self.comma_before_no(&inner);
                    let (read, length) = self.kind(inner, items)?;
                    (kind, range) = (Some(read), length);
                }
                Rule::range => {
                    let found = self.range(part)?;
                    if range.is_some() {
                        self.fail(Diagnostic::new(
                            Code::UnexpectedText,
                            found.span,
                            says!("hier staat een tweede bereik", "here is a second range"),
                        ));
                    }
                    range = Some(found);
                }
                Rule::kw_geen => none = true,
                Rule::kw_nvt => {
                    self.not_applicable(&part);
                    not_applicable = true;
                }
                _ => {}
            }
        }
        if let Some(span) = open_end
            && !none
            && !not_applicable
        {
            self.fail(
                Diagnostic::new(
                    Code::UnexpectedText,
                    span,
                    says!("voor het laatste antwoord hoort \"of\"", "\"of\" belongs before the last answer"),
                )
                .help(says!(
                    "schrijf \"ja, deels of nee\", of zet er \"of n.v.t.\" achter",
                    "write \"ja, deels of nee\", or put \"of n.v.t.\" behind it"
                )),
            );
        }
        Some(AnswerKind { kind: kind?, range, none, not_applicable })
    }

    /// `ja, deels, nee` is only right when `of n.v.t.` follows.
    fn comma_before_no(&self, kind: &Pair<'t>) -> Option<Span> {
        if kind.as_rule() != Rule::yes_no {
            return None;
        }
        let parts: Vec<Pair<'t>> = kind.clone().into_inner().collect();
        let before = parts.len().checked_sub(2).and_then(|at| parts.get(at))?;
        (before.as_rule() == Rule::comma).then(|| self.span(before))
    }

    fn kind(&mut self, pair: Pair<'t>, items: &[Item]) -> Option<(Spanned<KindName>, Option<Range>)> {
        let span = self.span(&pair);
        let takes_items = matches!(pair.as_rule(), Rule::one_of_kind | Rule::some_of | Rule::list);
        if !takes_items {
            self.no_items(items);
        }
        let mut length = None;
        let kind = match pair.as_rule() {
            Rule::yes_no => {
                let partly = pair.into_inner().any(|part| part.as_rule() == Rule::kw_deels);
                if partly { KindName::YesPartlyNo } else { KindName::YesNo }
            }
            Rule::one_of_kind => KindName::OneOf(self.options(pair, items)?),
            Rule::some_of => KindName::SomeOf(self.options(pair, items)?),
            Rule::options_of => KindName::OptionsOf(self.name(&pair.into_inner().nth(2)?)),
            Rule::integer => KindName::Integer,
            Rule::kw_getal => KindName::Number,
            Rule::kw_percentage => KindName::Percentage,
            Rule::kw_bedrag => KindName::Money,
            Rule::kw_datum => KindName::Date,
            Rule::kw_tekst => KindName::Text,
            Rule::list => {
                length = self.length(pair);
                self.some_items(items, span);
                KindName::List(self.fields(items))
            }
            _ => return None,
        };
        Some((Spanned::new(kind, span), length))
    }

    /// Inline, or one per line.
    fn options(&mut self, pair: Pair<'t>, items: &[Item]) -> Option<Vec<NamedItem>> {
        let span = self.span(&pair);
        let inline = pair.into_inner().find(|part| part.as_rule() == Rule::options);
        let Some(inline) = inline else {
            self.some_items(items, span);
            return Some(self.named_items(items));
        };
        self.no_items(items);
        let mut options = Vec::new();
        for part in inline.into_inner().filter(|part| part.as_rule() == Rule::option) {
            options.push(NamedItem { name: self.declared(&part), label: None });
        }
        Some(options)
    }

    /// `lijst van 1 tot en met 10`
    fn length(&mut self, pair: Pair<'t>) -> Option<Range> {
        let mut span = self.span(&pair);
        let mut ends = Vec::new();
        for part in pair.into_inner().filter(|part| part.as_rule() == Rule::literal) {
            if ends.is_empty() {
                span = Span { start: self.span(&part).start, ..span };
            }
            ends.push(self.literal(&part)?);
        }
        let mut ends = ends.into_iter();
        let from = ends.next()?;
        Some(Range { from: Some(from), until: ends.next(), span })
    }

    fn range(&mut self, pair: Pair<'t>) -> Option<Range> {
        let span = self.span(&pair);
        let (mut from, mut until, mut last) = (None, None, false);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::kw_tot_en_met => last = true,
                Rule::literal if last => until = Some(self.literal(&part)?),
                Rule::literal => from = Some(self.literal(&part)?),
                _ => {}
            }
        }
        Some(Range { from, until, span })
    }

    /// `- onderwijs: "Verbinding jeugdhulp en onderwijs"` lines.
    pub(super) fn named_items(&mut self, items: &[Item]) -> Vec<NamedItem> {
        let mut named = Vec::new();
        for item in items {
            if let Some(plain) = self.plain_item(item) {
                named.push(plain);
                continue;
            }
            named.extend(self.inner_phrase(Rule::item_named, item, |reader, pair| {
                let mut name = None;
                let mut label = None;
                let mut colon = false;
                for part in pair.into_inner() {
                    match part.as_rule() {
                        Rule::declared => name = Some(reader.declared(&part)),
                        Rule::colon => colon = true,
                        Rule::text => label = Some(reader.text(&part)),
                        _ => {}
                    }
                }
                let name = name?;
                if label.is_some() && !colon {
                    reader.missing_colon(&format!("- {}", name.node), name.span);
                }
                Some(NamedItem { name, label })
            }));
        }
        named
    }

    fn fields(&mut self, items: &[Item]) -> Vec<Field> {
        let mut fields = Vec::new();
        for item in items {
            fields.extend(self.inner_phrase(Rule::item_field, item, |reader, pair| {
                let mut name = None;
                let mut answer = None;
                let mut colon = false;
                for part in pair.into_inner() {
                    match part.as_rule() {
                        Rule::declared => name = Some(reader.declared(&part)),
                        Rule::colon => colon = true,
                        Rule::answer => answer = reader.field_answer(part),
                        _ => {}
                    }
                }
                let name = name?;
                if !colon {
                    reader.missing_colon(&format!("- {}", name.node), name.span);
                }
                Some(Field { name, answer: answer? })
            }));
        }
        fields
    }

    /// A field is never a list, and has no lines of its own below it.
    fn field_answer(&mut self, pair: Pair<'t>) -> Option<AnswerKind> {
        let kind = pair.clone().into_inner().next()?.into_inner().next()?;
        if kind.as_rule() == Rule::list {
            let span = self.span(&kind);
            self.fail(
                Diagnostic::new(
                    Code::UnexpectedText,
                    span,
                    says!(
                        "een veld van een lijst kan zelf geen lijst zijn",
                        "a field of a list cannot be a list itself"
                    ),
                )
                .help(says!("maak er een eigen vraag van", "make it a question of its own")),
            );
            return None;
        }
        let options = matches!(kind.as_rule(), Rule::one_of_kind | Rule::some_of);
        let inline = kind.clone().into_inner().any(|part| part.as_rule() == Rule::options);
        if options && !inline {
            let span = self.span(&kind);
            self.fail(
                Diagnostic::new(
                    Code::UnexpectedEnd,
                    Span { start: span.end, ..span },
                    says!("hier ontbreken de opties", "the options are missing here"),
                )
                .help(says!(
                    "schrijf ze op deze regel: \"een van a, b\"",
                    "write them on this line: \"een van a, b\""
                )),
            );
            return None;
        }
        self.answer(pair, &[])
    }

    pub(super) fn missing_colon(&mut self, before: &str, span: Span) {
        self.report(
            Diagnostic::new(
                Code::UnexpectedText,
                Span { start: span.end, ..span },
                says!("hier ontbreekt een dubbele punt", "a colon is missing here"),
            )
            .help(says!("schrijf \"{before}: …\"", "write \"{before}: …\"")),
        );
    }
}
