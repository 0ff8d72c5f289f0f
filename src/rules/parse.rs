//! Rule text → syntax tree. What can't be read becomes a diagnostic, one for each clause, and the rest goes on.

mod clauses;
mod examples;
mod expressions;
pub(crate) mod fault;
mod faults;
mod grammar;
mod literals;
mod names;
mod one_of;
mod phrases;
mod plain;
mod questions;
mod reader;
mod scores;

use grammar::Rule;
use reader::Reader;

use crate::limits::Limits;
use crate::message::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::message::language::says;
use crate::message::source::{Source, SourceId, Span, Spanned};
use crate::message::suggest::nearest;
use crate::rules::layout;
use crate::rules::layout::pieces::Block;
use crate::rules::layout::words::DECLARATIONS;
use crate::rules::syntax::{Aside, ClauseBody, Declaration, DeclarationKind, File, Name};

/// Reads one rule file. `name` is what diagnostics call it. A byte order mark is dropped: offsets count from after it.
///
/// Always gives a tree; for a text with faults, of what could be read. Cost: linear in the text.
pub fn parse(name: &str, text: &str, limits: &Limits, diagnostics: &mut Diagnostics) -> (SourceId, File) {
    read_by(name, text, limits, diagnostics, true)
}

/// `plain`: plain lines are read without the grammar, which gives the same, sooner.
fn read_by(
    name: &str,
    text: &str,
    limits: &Limits,
    diagnostics: &mut Diagnostics,
    plain: bool,
) -> (SourceId, File) {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    if text.len() > limits.rule_bytes {
        let source = diagnostics.add_source(Source::new(name, ""));
        let (length, most) = (text.len(), limits.rule_bytes);
        diagnostics.push(
            Diagnostic::new(
                Code::TextTooLong,
                Span::new(source, 0, 0),
                says!(
                    "dit rulebestand is {length} bytes lang; de grens is {most}",
                    "this rule file is {length} bytes long; the limit is {most}"
                ),
            )
            .help(says!(
                "deel het bestand op, of stel een hogere grens in",
                "split the file, or set a higher limit"
            )),
        );
        return (source, File::default());
    }
    let source = diagnostics.add_source(Source::new(name, text));
    let layout = layout::lay_out(source, text);
    let hyphens =
        layout.hyphens.iter().map(|at| Spanned::new(Aside::Hyphen, Span::new(source, *at, *at + 1)));
    let mut reader = Reader::new(source, text, &layout.copy, limits, &layout.diagnostics);
    reader.plain = plain;
    let mut file = File { declarations: Vec::new(), comments: layout.comments, asides: Vec::new() };
    reader.asides.extend(hyphens);
    for (count, block) in layout.blocks.into_iter().enumerate() {
        if count == limits.declarations {
            let most = limits.declarations;
            reader.report(
                Diagnostic::new(
                    Code::TooManyDeclarations,
                    reader.span_of(&block.head),
                    says!(
                        "dit bestand heeft meer dan {most} blokken; vanaf hier is het niet gelezen",
                        "this file has more than {most} declarations; from here on it was not read"
                    ),
                )
                .help(says!(
                    "deel het bestand op, of stel een hogere grens in",
                    "split the file, or set a higher limit"
                )),
            );
            break;
        }
        file.declarations.extend(declaration(&mut reader, block));
    }
    one_of::mend(&mut file, &mut reader);
    file.asides = std::mem::take(&mut reader.asides);
    file.asides.sort_unstable_by_key(|aside| aside.span);
    let mut found = layout.diagnostics;
    found.append(&mut reader.diagnostics);
    pass_on(found, source, limits, diagnostics);
    (source, file)
}

/// Hands over at most as many messages as the limit allows.
fn pass_on(mut found: Vec<Diagnostic>, source: SourceId, limits: &Limits, diagnostics: &mut Diagnostics) {
    found.sort_by_key(|diagnostic| diagnostic.places.first().map(|place| place.span));
    let rest = found.len().saturating_sub(limits.diagnostics);
    let last = found.get(limits.diagnostics).and_then(|first| first.places.first()).map(|place| place.span);
    for diagnostic in found.into_iter().take(limits.diagnostics) {
        diagnostics.push(diagnostic);
    }
    if rest > 0 {
        diagnostics.push(Diagnostic::new(
            Code::TooManyDiagnostics,
            last.unwrap_or(Span::new(source, 0, 0)),
            says!(
                "vanaf hier zijn nog {rest} meldingen niet getoond",
                "from here on {rest} more messages are not shown"
            ),
        ));
    }
}

struct Head {
    kind: Option<Spanned<DeclarationKind>>,
    name: Option<Name>,
    title: Option<Spanned<String>>,
    broken: bool,
}

/// None when so little of it could be read that it declares nothing; its clauses are still checked.
fn declaration(reader: &mut Reader<'_>, block: Block) -> Option<Declaration> {
    let head = read_head(reader, &block);
    let kind = head.kind.as_ref().map(|kind| kind.node);
    let mut end = block.head.end;
    let mut clauses = Vec::new();
    let mut broken = head.broken;
    for piece in block.clauses {
        end = end.max(piece.end());
        broken |= !clauses::read(reader, piece, kind, &mut clauses);
    }
    let kind = head.kind?;
    let nameless = matches!(kind.node, DeclarationKind::Verdict | DeclarationKind::Example);
    if head.name.is_none() && !nameless {
        return None;
    }
    if kind.node == DeclarationKind::Header {
        clauses.iter_mut().for_each(|clause| missing_colon_of_document(reader, &mut clause.body));
    }
    let span = reader.span_of(&(block.head.start..end));
    Some(Declaration { kind, name: head.name, title: head.title, clauses, broken, span })
}

fn kind_of(word: &str) -> Option<DeclarationKind> {
    use DeclarationKind as Kind;
    Some(match word {
        "meetlat" => Kind::Header,
        "gebruik" => Kind::Import,
        "vraag" => Kind::Question,
        "tabel" => Kind::Table,
        "onderdeel" => Kind::Part,
        "begrip" => Kind::Term,
        "criterium" => Kind::Criterion,
        "voorwaarde" => Kind::Condition,
        "uitsluiting" => Kind::Exclusion,
        "signaal" => Kind::Signal,
        "oordeel" => Kind::Verdict,
        "route" => Kind::Route,
        "voorbeeld" => Kind::Example,
        _ => return None,
    })
}

fn head_rule(kind: DeclarationKind) -> Rule {
    match kind {
        DeclarationKind::Header => Rule::head_meetlat,
        DeclarationKind::Import => Rule::head_import,
        DeclarationKind::Verdict => Rule::head_verdict,
        DeclarationKind::Example => Rule::head_example,
        _ => Rule::head_named,
    }
}

fn read_head(reader: &mut Reader<'_>, block: &Block) -> Head {
    let mut head = Head { kind: None, name: None, title: None, broken: false };
    let word = reader.first_word(&block.head);
    let word_span = reader.span_of(&(block.head.start..block.head.start + word.len()));
    let kind = match kind_of(word) {
        Some(kind) => kind,
        None => {
            head.broken = true;
            let guess = nearest(word, DECLARATIONS);
            report_unknown(reader, block, word, guess);
            let Some(kind) = guess.and_then(kind_of) else { return head };
            kind
        }
    };
    head.kind = Some(Spanned::new(kind, word_span));
    if !head.broken
        && let Some((name, title)) = reader.plain_head(&block.head, kind)
    {
        return Head { name, title: Some(title), ..head };
    }
    let Some(pair) = reader.phrase(head_rule(kind), &block.head) else {
        // One message: a first word that starts no declaration explains why the rest does not fit.
        reader.take_faults(!head.broken);
        head.broken = true;
        head.name = second_word(reader, block, kind);
        return head;
    };
    let said = reader.diagnostics.len();
    let mut colon = false;
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::declared => head.name = Some(reader.declared(&part)),
            Rule::dotted => head.name = Some(reader.dotted(&part)),
            Rule::colon => colon = true,
            Rule::text => head.title = Some(reader.text(&part)),
            _ => {}
        }
    }
    if !colon && !matches!(kind, DeclarationKind::Import | DeclarationKind::Example) {
        let at = head.name.as_ref().map_or(word_span, |name| name.span);
        let before =
            head.name.as_ref().map_or_else(|| word.to_owned(), |name| format!("{word} {}", name.node));
        reader.report(
            Diagnostic::new(
                Code::UnexpectedText,
                Span { start: at.end, ..at },
                says!("hier ontbreekt een dubbele punt", "a colon is missing here"),
            )
            .help(says!("schrijf \"{before}: …\"", "write \"{before}: …\"")),
        );
    }
    if head.broken {
        // One message, as above.
        reader.diagnostics.truncate(said);
    }
    reader.failed = false;
    head
}

/// The name of a declaration whose header could not be read, so that what refers to it is not reported too.
fn second_word(reader: &mut Reader<'_>, block: &Block, kind: DeclarationKind) -> Option<Name> {
    if matches!(kind, DeclarationKind::Import | DeclarationKind::Verdict | DeclarationKind::Example) {
        return None;
    }
    let word = reader.first_word(&block.head).len();
    let rest = reader.copy.get(block.head.start + word..block.head.end)?;
    let start = block.head.end - rest.trim_start().len();
    let name = reader.first_word(&(start..block.head.end));
    let span = reader.span_of(&(start..start + name.len()));
    names::is_name(name).then(|| Spanned::new(name.to_owned(), span))
}

fn report_unknown(reader: &mut Reader<'_>, block: &Block, word: &str, guess: Option<&str>) {
    let span = if word.is_empty() {
        reader.span_of(&block.head)
    } else {
        reader.span_of(&(block.head.start..block.head.start + word.len()))
    };
    let message = if word.is_empty() {
        says!("deze regel begint geen blok", "this line starts no declaration")
    } else {
        says!("\"{word}\" begint geen blok", "\"{word}\" starts no declaration")
    };
    let help = match guess {
        Some(guess) => says!("bedoelde u \"{guess}\"?", "did you mean \"{guess}\"?"),
        None => says!(
            "tegen de kantlijn staat een van: {}; laat een regel die bij het blok erboven hoort inspringen",
            "at the margin stands one of: {}; indent a line that belongs to the block above",
            DECLARATIONS.join(", ")
        ),
    };
    reader.report(Diagnostic::new(Code::UnknownDeclaration, span, message).help(help));
}

/// `bron plan "Plan van aanpak"` in the header is free text to the layout pass: the colon is missing.
fn missing_colon_of_document(reader: &mut Reader<'_>, body: &mut ClauseBody) {
    let ClauseBody::Source(citation) = body else { return };
    if !citation.place.node.starts_with('"') {
        return;
    }
    let label = citation.label.clone();
    reader.report(
        Diagnostic::new(
            Code::UnexpectedText,
            Span { start: label.span.end, ..label.span },
            says!("hier ontbreekt een dubbele punt", "a colon is missing here"),
        )
        .help(says!("schrijf \"bron {}: …\"", "write \"bron {}: …\"", label.node)),
    );
    // Keep the label, so that the citations that use it are not reported too.
    let title = citation.place.node.trim_start_matches('"').split('"').next().unwrap_or_default().to_owned();
    let title = Spanned::new(title, citation.place.span);
    *body = ClauseBody::Document { label, title, date: None };
}
