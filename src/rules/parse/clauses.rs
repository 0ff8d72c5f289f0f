//! One clause: which rule reads it, what it says, and what to do when it cannot be read.

use super::grammar::{Pair, Rule};
use super::reader::Reader;
use crate::message::diagnostic::{Code, Diagnostic};
use crate::message::language::says;
use crate::message::source::{Span, Spanned};
use crate::message::suggest::nearest;
use crate::rules::layout::cut::word_at;
use crate::rules::layout::pieces::ClausePiece;
use crate::rules::layout::words::{CLAUSES, is_clause, is_declaration};
use crate::rules::syntax::{Citation, Clause, ClauseBody, DeclarationKind, Ground, Preference};

/// Reads a clause into `clauses`; false when it had to be left out.
pub(super) fn read(
    reader: &mut Reader<'_>,
    piece: ClausePiece,
    kind: Option<DeclarationKind>,
    clauses: &mut Vec<Clause>,
) -> bool {
    let (before, said) = (reader.diagnostics.len(), reader.said);
    if attempt(reader, &piece, kind, clauses) {
        return true;
    }
    // A line that is indented too far was taken as part of the clause above it: read both, with one message.
    let Some(at) = reader.faults.iter().map(|fault| fault.at()).find(|at| starts_clause(reader, &piece, *at))
    else {
        reader.take_faults(true);
        if reader.said == said {
            // Not known to happen; a clause must never disappear in silence.
            let span = reader.span_of(&piece.head);
            reader.report(Diagnostic::new(
                Code::UnexpectedText,
                span,
                says!("deze regel kon niet worden gelezen", "this line could not be read"),
            ));
        }
        return false;
    };
    reader.faults.clear();
    reader.diagnostics.truncate(before);
    let line = at..at + reader.first_word(&(at..piece.end())).len();
    let span = reader.span_of(&line);
    let word = reader.written(span).to_owned();
    reader.report(
        Diagnostic::new(
            Code::WrongIndent,
            span,
            says!(
                "deze regel springt te ver in: hij hoort nu bij de regel erboven",
                "this line is indented too far: it belongs to the line above it"
            ),
        )
        .help(says!(
            "zet \"{word}\" recht onder de andere regels van dit blok",
            "put \"{word}\" right below the other lines of this block"
        )),
    );
    let shown = reader.diagnostics.len();
    let (above, below) = piece.split(at);
    for half in [above, below] {
        attempt(reader, &half, kind, clauses);
        reader.take_faults(false);
    }
    // Whatever else is wrong is most likely due to the same slip.
    reader.diagnostics.truncate(shown);
    reader.want = None;
    false
}

/// Whether a line of the clause, not its first, starts at `at` with the word of a clause.
fn starts_clause(reader: &Reader<'_>, piece: &ClausePiece, at: usize) -> bool {
    let before = reader.copy.get(piece.head.start..at).unwrap_or_default();
    let own_line = before.trim_end_matches(' ').ends_with('\n');
    own_line && is_clause(reader.first_word(&(at..piece.end())))
}

fn attempt(
    reader: &mut Reader<'_>,
    piece: &ClausePiece,
    kind: Option<DeclarationKind>,
    clauses: &mut Vec<Clause>,
) -> bool {
    reader.failed = false;
    let span = reader.span_of(&(piece.head.start..piece.end()));
    if let Some(body) = reader.plain_clause(piece) {
        clauses.push(Clause { body, ground: None, span });
        return true;
    }
    let read = match rule_for(reader, piece, kind) {
        Some(rule) => reader.phrase(rule, &piece.head).and_then(|pair| body(reader, pair, piece)),
        None => None,
    };
    let failed = std::mem::take(&mut reader.failed);
    match read {
        Some((body, ground)) if !failed => {
            clauses.push(Clause { body, ground, span });
            true
        }
        _ => false,
    }
}

/// The rule for a clause, by its first word; none when no clause starts so, which is reported here.
fn rule_for(reader: &mut Reader<'_>, piece: &ClausePiece, kind: Option<DeclarationKind>) -> Option<Rule> {
    let word = reader.first_word(&piece.head);
    let text = reader.copy.get(piece.head.clone()).unwrap_or_default();
    let rest = text.get(word.len()..).unwrap_or_default().trim_start();
    let rule = match word {
        "versie" => Rule::c_version,
        "geldig" => Rule::c_valid,
        // Free text is covered in the copy: a colon there means that a document is declared.
        "bron" if rest.lines().next().is_some_and(|line| line.contains(':')) => Rule::c_document,
        "bron" => Rule::c_source,
        "deels" => Rule::c_partly,
        "antwoord" => Rule::c_answer,
        "uitleg" => Rule::c_explanation,
        "staat" => Rule::c_fixed,
        "liever" => Rule::c_preference,
        "geen" => Rule::c_no_side,
        "onderbouwing" => Rule::c_reasoned,
        "beantwoord" => Rule::c_answered_by,
        "score" => Rule::c_score,
        "gewicht" => Rule::c_weight,
        "telt" => Rule::c_not_counted,
        "toont" => Rule::c_shows,
        "eis" => Rule::c_requirement,
        "alleen" => Rule::c_only_if,
        "als" => Rule::c_if,
        "waarde" => Rule::c_value,
        "vervuld" => Rule::c_fulfilled,
        "zo" => Rule::c_if_not,
        "meld" => Rule::c_report,
        "aanname" => Rule::c_assumption,
        "let" => Rule::c_caution,
        "bewust" => Rule::c_deliberate,
        "totaal" => Rule::c_total,
        "uitkomsten" => Rule::c_outcomes,
        "anders" => Rule::c_otherwise,
        "gegeven" => Rule::c_given,
        "verwacht" => Rule::c_expected,
        _ if text.starts_with('|') => Rule::c_row,
        _ => return other_rule(reader, piece, kind, word, rest),
    };
    Some(rule)
}

/// Lines that start with a name: outcomes and choices. Anything else is not a clause.
fn other_rule(
    reader: &mut Reader<'_>,
    piece: &ClausePiece,
    kind: Option<DeclarationKind>,
    word: &str,
    rest: &str,
) -> Option<Rule> {
    let next = word_at(rest);
    let titled = rest.starts_with(':') || rest.starts_with('"');
    let (route, verdict) = (kind == Some(DeclarationKind::Route), kind == Some(DeclarationKind::Verdict));
    let condition = matches!(next, "als" | "anders");
    if (route && titled) || (verdict && condition) {
        return Some(if route { Rule::c_choice } else { Rule::c_outcome });
    }
    // Outcomes and choices have names of their own: what resembles a clause is not read as one of them.
    if !word.is_empty() && nearest(word, CLAUSES).is_none() {
        if titled {
            return Some(Rule::c_choice);
        }
        if verdict || condition {
            return Some(Rule::c_outcome);
        }
        if route {
            return Some(Rule::c_choice);
        }
    }
    let diagnostic = unknown_clause(reader, piece, word);
    reader.forget_want(piece.head.start);
    if reader.reported_in(&piece.head) {
        reader.said += 1;
        reader.failed = true;
    } else {
        reader.fail(diagnostic);
    }
    None
}

fn unknown_clause(reader: &Reader<'_>, piece: &ClausePiece, word: &str) -> Diagnostic {
    let start = piece.head.start;
    if word.is_empty() {
        let first = reader.copy.get(piece.head.clone()).and_then(|text| text.chars().next());
        let length = first.map_or(0, char::len_utf8);
        let span = Span::new(reader.source, start, start + length);
        let shown = reader.written(span);
        return match first {
            Some('-') => Diagnostic::new(
                Code::UnexpectedText,
                span,
                says!("hier hoort geen lijst met streepjes", "no list with hyphens belongs here"),
            )
            .help(says!(
                "er ontbreekt een regel erboven, zoals \"antwoord een van\"",
                "a line above it is missing, such as \"antwoord een van\""
            )),
            _ => Diagnostic::new(
                Code::UnknownClause,
                span,
                says!("een regel kan niet met \"{shown}\" beginnen", "a line cannot start with \"{shown}\""),
            )
            .help(says!(
                "een regel begint met een vast woord, zoals \"bron\" of \"als\"",
                "a line starts with a fixed word, such as \"bron\" or \"als\""
            )),
        };
    }
    let span = Span::new(reader.source, start, start + word.len());
    if is_declaration(word) {
        return Diagnostic::new(
            Code::WrongIndent,
            span,
            says!(
                "\"{word}\" begint een nieuw blok, maar springt in",
                "\"{word}\" starts a new block, but is indented"
            ),
        )
        .help(says!("zet deze regel tegen de kantlijn", "move this line to the margin"));
    }
    let message = says!("geen enkele regel begint met \"{word}\"", "no line starts with \"{word}\"");
    let diagnostic = Diagnostic::new(Code::UnknownClause, span, message);
    match nearest(word, CLAUSES) {
        Some(near) => diagnostic.help(says!("bedoelde u \"{near}\"?", "did you mean \"{near}\"?")),
        None => diagnostic.help(says!(
            "een regel begint met een vast woord, zoals \"bron\", \"antwoord\", \"score\" of \"als\"",
            "a line starts with a fixed word, such as \"bron\", \"antwoord\", \"score\" or \"als\""
        )),
    }
}

/// Builds what a clause says, with the ground of the clause as a whole.
fn body<'t>(
    reader: &mut Reader<'t>,
    pair: Pair<'t>,
    piece: &ClausePiece,
) -> Option<(ClauseBody, Option<Ground>)> {
    let rule = pair.as_rule();
    match rule {
        Rule::c_score | Rule::c_value => {
            let (score, ground) = reader.score(pair, piece)?;
            let body =
                if rule == Rule::c_score { ClauseBody::Score(score) } else { ClauseBody::Value(score) };
            return Some((body, ground));
        }
        Rule::c_given => return Some((ClauseBody::Given(reader.given(&piece.lines)), None)),
        Rule::c_expected => return Some((ClauseBody::Expected(reader.expected(&piece.lines)), None)),
        _ => {}
    }
    let span = reader.span(&pair);
    let parts: Vec<Pair<'t>> = pair.into_inner().filter(|part| part.as_rule() != Rule::EOI).collect();
    let ground = match parts.iter().find(|part| part.as_rule() == Rule::ground) {
        Some(part) => reader.ground(part.clone()),
        None => None,
    };
    let with_items = matches!(
        rule,
        Rule::c_answer
            | Rule::c_outcomes
            | Rule::c_only_if
            | Rule::c_if
            | Rule::c_fulfilled
            | Rule::c_outcome
            | Rule::c_choice
    );
    if !with_items {
        reader.no_items(&piece.items);
    }
    let body = match rule {
        Rule::c_outcomes => {
            reader.some_items(&piece.items, span);
            ClauseBody::Outcomes(reader.named_items(&piece.items))
        }
        Rule::c_only_if | Rule::c_if | Rule::c_fulfilled | Rule::c_outcome | Rule::c_choice => {
            conditional(reader, rule, parts, piece)?
        }
        Rule::c_answer => ClauseBody::Answer(reader.answer(parts.into_iter().nth(1)?, &piece.items)?),
        Rule::c_row => {
            let mut cells = Vec::new();
            for part in parts.iter().filter(|part| part.as_rule() == Rule::cell) {
                cells.push(reader.cell(part)?);
            }
            ClauseBody::Row(cells)
        }
        _ => plain(reader, rule, &parts)?,
    };
    Some((body, ground))
}

/// Clauses with a condition, which may have items below it.
fn conditional<'t>(
    reader: &mut Reader<'t>,
    rule: Rule,
    parts: Vec<Pair<'t>>,
    piece: &ClausePiece,
) -> Option<ClauseBody> {
    let mut name = None;
    let mut title = None;
    let mut colon = false;
    let mut condition = None;
    for part in parts {
        match part.as_rule() {
            Rule::declared => name = Some(reader.declared(&part)),
            Rule::text => title = Some(reader.text(&part)),
            Rule::colon => colon = true,
            Rule::condition | Rule::bullets => condition = Some(reader.test(part, &piece.items)?),
            Rule::kw_anders => reader.no_items(&piece.items),
            _ => {}
        }
    }
    Some(match rule {
        Rule::c_only_if => ClauseBody::OnlyIf(condition?),
        Rule::c_if => ClauseBody::If(condition?),
        Rule::c_fulfilled => ClauseBody::FulfilledIf(condition?),
        Rule::c_outcome => ClauseBody::OutcomeLine { outcome: name?, condition },
        _ => {
            let name = name?;
            if !colon {
                reader.missing_colon(&name.node, name.span);
            }
            ClauseBody::Choice { name, title: title?, condition }
        }
    })
}

/// Clauses of one line.
fn plain<'t>(reader: &mut Reader<'t>, rule: Rule, parts: &[Pair<'t>]) -> Option<ClauseBody> {
    let find = |wanted: Rule| parts.iter().find(|part| part.as_rule() == wanted);
    let text = |reader: &Reader<'t>| find(Rule::text).map(|part| reader.text(part));
    Some(match rule {
        Rule::c_version => {
            let version = find(Rule::version)?;
            ClauseBody::Version(reader.spanned(version.as_str().trim_end().to_owned(), version))
        }
        Rule::c_valid => {
            let mut dates = Vec::new();
            for part in parts.iter().filter(|part| part.as_rule() == Rule::date) {
                let date = reader.date(part);
                dates.push(reader.spanned(date, part));
            }
            let mut dates = dates.into_iter();
            ClauseBody::Valid { from: dates.next()?, until: dates.next() }
        }
        Rule::c_document => {
            let label = reader.declared(find(Rule::declared)?);
            let date = match find(Rule::document_date) {
                Some(date) => Some(reader.document_date(date)?),
                None => None,
            };
            ClauseBody::Document { label, title: text(reader)?, date }
        }
        Rule::c_source => ClauseBody::Source(reader.citation(find(Rule::citation)?.clone())?),
        Rule::c_partly => ClauseBody::PartlyCounts(reader.literal(find(Rule::literal)?)?),
        Rule::c_otherwise => ClauseBody::Otherwise(reader.literal(find(Rule::literal)?)?),
        Rule::c_weight => ClauseBody::Weight(reader.literal(find(Rule::literal)?)?),
        Rule::c_explanation => ClauseBody::Explanation(text(reader)?),
        Rule::c_answered_by => ClauseBody::AnsweredBy(text(reader)?),
        Rule::c_if_not => ClauseBody::IfNot(text(reader)?),
        Rule::c_report => ClauseBody::Report(text(reader)?),
        Rule::c_assumption => ClauseBody::Assumption(text(reader)?),
        Rule::c_caution => ClauseBody::Caution(text(reader)?),
        Rule::c_deliberate => ClauseBody::Deliberate(text(reader)?),
        Rule::c_fixed => ClauseBody::Fixed,
        Rule::c_reasoned => ClauseBody::GroundRequired,
        Rule::c_not_counted => ClauseBody::NotCounted,
        Rule::c_total => ClauseBody::Total,
        Rule::c_preference => {
            let side = parts.get(1)?;
            let preference = match side.as_rule() {
                Rule::kw_nee => Preference::No,
                Rule::kw_hoger => Preference::Higher,
                _ => Preference::Lower,
            };
            ClauseBody::Preference(reader.spanned(preference, side))
        }
        Rule::c_no_side => {
            let span = reader.span(parts.first()?).to(reader.span(parts.last()?));
            ClauseBody::Preference(Spanned::new(Preference::None, span))
        }
        Rule::c_shows => {
            let names = parts.iter().filter(|part| part.as_rule() == Rule::name);
            ClauseBody::Shows(names.map(|part| reader.name(part)).collect())
        }
        Rule::c_requirement => ClauseBody::Requirement(reader.requirement(parts.get(2)?)?),
        _ => return None,
    })
}

impl<'t> Reader<'t> {
    /// `plan §4.4, punt 1`
    pub(super) fn citation(&mut self, pair: Pair<'t>) -> Option<Citation> {
        let mut inner = pair.into_inner();
        let label = self.name(&inner.next()?);
        let place = inner.next()?;
        let span = self.span(&place);
        Some(Citation { label, place: Spanned::new(self.place_at(span), span) })
    }

    /// Free text as written, with no-break spaces as plain spaces.
    pub(super) fn place_at(&self, span: Span) -> String {
        self.written(span).replace('\u{A0}', " ")
    }

    fn cell(&mut self, pair: &Pair<'t>) -> Option<Spanned<crate::rules::syntax::Cell>> {
        use crate::rules::syntax::Cell;
        let inner = pair.clone().into_inner().next()?;
        if inner.as_rule() == Rule::cell_literal {
            let literal = self.literal(&inner)?;
            return Some(Spanned::new(Cell::Literal(literal.node), literal.span));
        }
        let word = match inner.as_str().trim_end() {
            fixed @ ("ja" | "deels" | "nee" | "geen") => self.spanned(fixed.to_owned(), &inner),
            _ => self.declared(&inner),
        };
        Some(Spanned::new(Cell::Word(word.node), word.span))
    }
}
