//! Lines into declarations and clauses, by margin and indent.

use std::collections::BTreeMap;

use super::pieces::{Block, ClausePiece, LinePiece};
use super::scan::Line;
use super::words::{DECLARATIONS, is_clause, is_declaration};
use crate::message::diagnostic::{Code, Diagnostic};
use crate::message::language::says;
use crate::message::source::{SourceId, Span};
use crate::message::suggest::nearest;

/// A line at the margin and the lines below it.
struct Group {
    head: Line,
    rest: Vec<Rest>,
}

struct Rest {
    line: Line,
    kind: Kind,
    /// Already reported: it starts a clause, wherever it stands.
    clause: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Plain,
    Item,
    Row,
}

/// The lines, cut.
pub(super) struct Cut {
    pub(super) blocks: Vec<Block>,
    /// Where the hyphens stand that items start with.
    pub(super) hyphens: Vec<usize>,
}

pub(super) fn cut(source: SourceId, copy: &str, lines: &[Line], diagnostics: &mut Vec<Diagnostic>) -> Cut {
    let mut reported: Vec<usize> = diagnostics
        .iter()
        .filter_map(|diagnostic| diagnostic.places.first())
        .map(|place| place.span.start as usize)
        .collect();
    reported.sort_unstable();
    let mut cutter = Cutter { source, copy, reported, diagnostics, hyphens: Vec::new() };
    let groups = cutter.group(lines);
    let usual = usual_indent(&groups);
    let blocks = groups.into_iter().map(|group| cutter.block(group, usual)).collect();
    Cut { blocks, hyphens: cutter.hyphens }
}

/// The indent that most declarations in the file give their first clause.
fn usual_indent(groups: &[Group]) -> usize {
    let mut counts = BTreeMap::new();
    for group in groups {
        if let Some(first) = group
            .rest
            .iter()
            .find(|rest| rest.kind == Kind::Plain && !rest.clause && rest.line.indent < usize::MAX)
        {
            *counts.entry(first.line.indent).or_insert(0_usize) += 1;
        }
    }
    counts
        .into_iter()
        .max_by_key(|(indent, count)| (*count, usize::MAX - *indent))
        .map_or(2, |(indent, _)| indent)
}

struct Cutter<'c> {
    source: SourceId,
    copy: &'c str,
    /// Where the scan found something: a second message about the same line would be about the same slip.
    reported: Vec<usize>,
    diagnostics: &'c mut Vec<Diagnostic>,
    hyphens: Vec<usize>,
}

impl<'c> Cutter<'c> {
    fn group(&mut self, lines: &[Line]) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        let mut stray = false;
        for line in lines {
            let kind = self.kind(*line);
            let word = self.first_word(*line);
            let margin = line.indent == 0;
            // Elsewhere it does not count.
            let clause = margin && !is_declaration(word) && self.starts_clause(*line);
            let starts = kind == Kind::Plain
                && if margin {
                    is_declaration(word) || groups.is_empty() || (!clause && self.resembles_header(*line))
                } else {
                    self.is_header(*line)
                };
            if starts {
                if line.indent > 0 {
                    self.report(
                        *line,
                        Code::WrongIndent,
                        says!(
                            "\"{word}\" begint een nieuw blok, maar springt in",
                            "\"{word}\" starts a new block, but is indented"
                        ),
                        says!("zet deze regel tegen de kantlijn", "move this line to the margin"),
                    );
                }
                groups.push(Group { head: *line, rest: Vec::new() });
                continue;
            }
            let Some(group) = groups.last_mut() else {
                if !stray {
                    stray = true;
                    self.report(
                        *line,
                        Code::StrayLine,
                        says!(
                            "deze ingesprongen regel hoort nergens bij",
                            "this indented line belongs to nothing"
                        ),
                        says!(
                            "een rulebestand begint tegen de kantlijn met \"meetlat naam: …\"",
                            "a rule file starts at the margin with \"meetlat naam: …\""
                        ),
                    );
                }
                continue;
            };
            if margin && kind == Kind::Plain && !clause {
                // Most likely the rest of a line that was broken off: it goes with the line above it.
                self.report(
                    *line,
                    Code::UnknownDeclaration,
                    says!(
                        "deze regel staat tegen de kantlijn, maar begint geen blok",
                        "this line stands at the margin, but starts no declaration"
                    ),
                    says!(
                        "zet hem achter de regel erboven, of laat hem verder inspringen dan die regel",
                        "put it behind the line above, or indent it further than that line"
                    ),
                );
                group.rest.push(Rest { line: Line { indent: usize::MAX, ..*line }, kind, clause: false });
                continue;
            }
            group.rest.push(Rest { line: *line, kind, clause: margin && kind != Kind::Item });
            if margin {
                self.report(
                    *line,
                    Code::WrongIndent,
                    says!(
                        "deze regel hoort bij het blok erboven, maar springt niet in",
                        "this line belongs to the block above, but is not indented"
                    ),
                    says!(
                        "zet er spaties voor, zodat hij onder de andere regels van het blok staat",
                        "put spaces before it, so that it stands below the other lines of the block"
                    ),
                );
            }
        }
        groups
    }

    fn block(&mut self, mut group: Group, usual: usize) -> Block {
        let indent = self.clause_indent(&mut group, usual);
        let mut builder =
            Builder { copy: self.copy, clauses: Vec::new(), below: Below::Nothing, item_indent: None };
        for rest in group.rest {
            let line = rest.line;
            let short = !rest.clause && rest.kind != Kind::Item && line.indent < indent;
            if short {
                self.report(
                    line,
                    Code::WrongIndent,
                    says!(
                        "deze regel springt minder ver in dan de andere van dit blok",
                        "this line is indented less than the others of this block"
                    ),
                    says!(
                        "zet hem recht onder de andere regels: {indent} spaties",
                        "put it right below the other lines: {indent} spaces"
                    ),
                );
            }
            match rest.kind {
                Kind::Item => {
                    self.hyphens.push(line.start);
                    builder.item(line);
                }
                Kind::Plain if !rest.clause && line.indent > indent => builder.deeper(line),
                _ => builder.clause(line),
            }
        }
        Block { head: group.head.start..group.head.end, clauses: builder.clauses }
    }

    /// The first line below the header sets the indent of the clauses; when that line is itself the odd one out, it is
    /// reported, once, and the others set the indent.
    fn clause_indent(&mut self, group: &mut Group, usual: usize) -> usize {
        let plain = |rest: &&Rest| rest.kind != Kind::Item && !rest.clause && rest.line.indent < usize::MAX;
        let Some(first) = group.rest.iter().find(plain).map(|rest| rest.line) else { return usual };
        let mut counts = BTreeMap::new();
        for rest in group.rest.iter().filter(plain) {
            *counts.entry(rest.line.indent).or_insert(0_usize) += 1;
        }
        let same = counts.get(&first.indent).copied().unwrap_or(0);
        let less = counts
            .range(..first.indent)
            .max_by_key(|(_, count)| **count)
            .map(|(indent, count)| (*indent, *count));
        let odd = match less {
            Some((indent, count)) => {
                let odd = count > same || (count == same && indent == usual);
                odd.then_some(indent)
            }
            None if same == 1 && first.indent != usual => {
                let next = counts.range(first.indent + 1..).next().map(|(indent, _)| *indent);
                next.filter(|indent| {
                    group
                        .rest
                        .iter()
                        .filter(plain)
                        .any(|rest| rest.line.indent == *indent && self.surely_clause(rest.line))
                })
            }
            None => None,
        };
        let Some(indent) = odd else { return first.indent };
        self.report(
            first,
            Code::WrongIndent,
            says!(
                "deze regel springt anders in dan de andere van dit blok",
                "this line is indented differently from the others of this block"
            ),
            says!(
                "zet hem recht onder de andere regels: {indent} spaties",
                "put it right below the other lines: {indent} spaces"
            ),
        );
        if let Some(rest) = group.rest.iter_mut().find(|rest| rest.line == first) {
            rest.clause = true;
        }
        indent
    }

    /// Whether it starts as a clause does, and as a continued line cannot.
    fn surely_clause(&self, line: Line) -> bool {
        let word = self.first_word(line);
        let text = self.copy.get(line.start + word.len()..line.end).unwrap_or_default();
        is_clause(word) && !matches!(word, "als" | "anders" | "geen" | "aanname" | "bron")
            || (!word.is_empty() && text.trim_start().starts_with(':'))
    }

    /// Whether it starts with the word or words of a clause.
    fn starts_clause(&self, line: Line) -> bool {
        let word = self.first_word(line);
        let rest = self.text(line).get(word.len()..).unwrap_or_default().trim_start();
        let second = match word {
            "deels" => "telt",
            "geen" => "goede",
            "let" => "op",
            "zo" | "telt" => "niet",
            "staat" => "vast",
            "vervuld" | "alleen" => "als",
            "totaal" => "gewogen",
            "onderbouwing" => "verplicht",
            "beantwoord" => "door",
            _ => return is_clause(word) || self.text(line).starts_with('|'),
        };
        rest.starts_with(second)
    }

    /// A header with a slip in its word: `vrag gezond: "…"`, `blok x: "…"`.
    fn resembles_header(&self, line: Line) -> bool {
        let word = self.first_word(line);
        let rest = self.text(line).get(word.len()..).unwrap_or_default().trim_start();
        let name = rest.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_');
        let named = name.len() < rest.len() && name.trim_start().starts_with([':', '"']);
        named || nearest(word, DECLARATIONS).is_some()
    }

    fn kind(&self, line: Line) -> Kind {
        let text = self.text(line);
        if text == "-" || text.starts_with("- ") {
            Kind::Item
        } else if text.starts_with('|') {
            Kind::Row
        } else {
            Kind::Plain
        }
    }

    /// `vraag x: …`, `oordeel: …`, `voorbeeld "…"`: no indented line starts like this.
    fn is_header(&self, line: Line) -> bool {
        let word = self.first_word(line);
        if !is_declaration(word) {
            return false;
        }
        let text = self.text(line).get(word.len()..).unwrap_or_default();
        let rest = text.trim_start();
        match word {
            "oordeel" => rest.starts_with(':'),
            "voorbeeld" => rest.starts_with('"'),
            _ => {
                let name = rest.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_');
                name.len() < rest.len() && text.len() > rest.len() && name.trim_start().starts_with(':')
            }
        }
    }

    fn text(&self, line: Line) -> &'c str {
        self.copy.get(line.start..line.end).unwrap_or_default()
    }

    fn first_word(&self, line: Line) -> &'c str {
        word_at(self.text(line))
    }

    fn report(
        &mut self,
        line: Line,
        code: Code,
        message: crate::message::language::Text,
        help: crate::message::language::Text,
    ) {
        let first = self.reported.partition_point(|at| *at < line.margin);
        if self.reported.get(first).is_some_and(|at| *at < line.end) {
            return;
        }
        let span = Span::new(self.source, line.start, line.end);
        self.diagnostics.push(Diagnostic::new(code, span, message).help(help));
    }
}

/// The word that a text starts with; empty when it starts with something else.
pub(crate) fn word_at(text: &str) -> &str {
    // Most words are ASCII: look at bytes for as long as they are.
    let plain = text.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
    let more = text.get(plain..).unwrap_or_default();
    let end = if more.starts_with(char::is_alphanumeric) {
        text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len())
    } else {
        plain
    };
    text.get(..end).unwrap_or_default()
}

/// What deeper lines below the current clause are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Below {
    /// The clause goes on.
    Nothing,
    /// `score` or `waarde` alone: perhaps a ladder.
    Ladder,
    /// `gegeven`, `verwacht`
    Answers,
}

struct Builder<'c> {
    copy: &'c str,
    clauses: Vec<ClausePiece>,
    below: Below,
    /// The indent of the item that was read last, when nothing came after it.
    item_indent: Option<usize>,
}

impl Builder<'_> {
    fn clause(&mut self, line: Line) {
        self.below = match self.copy.get(line.start..line.end) {
            Some("score" | "waarde") => Below::Ladder,
            Some("gegeven" | "verwacht") => Below::Answers,
            _ => Below::Nothing,
        };
        self.item_indent = None;
        self.clauses.push(ClausePiece { head: line.start..line.end, ..ClausePiece::default() });
    }

    fn item(&mut self, line: Line) {
        let Some(clause) = self.clauses.last_mut() else {
            // An item right below a header: the parser says that a clause is missing.
            self.clause(line);
            return;
        };
        let text = self.copy.get(line.start + 1..line.end).unwrap_or_default();
        let start = line.end - text.trim_start().len();
        let items = clause.lines.last_mut().map_or(&mut clause.items, |line| &mut line.items);
        items.push(start..line.end);
        self.item_indent = Some(line.indent);
    }

    fn deeper(&mut self, line: Line) {
        let text = self.copy.get(line.start..line.end).unwrap_or_default();
        let Some(clause) = self.clauses.last_mut() else {
            self.clause(line);
            return;
        };
        let under_item = self.item_indent.is_some_and(|indent| line.indent > indent);
        let new = match self.below {
            Below::Nothing => false,
            Below::Ladder => is_rung(text),
            Below::Answers => {
                let goes_on = clause.lines.last().and_then(|last| self.copy.get(last.text.clone()));
                !under_item && !goes_on.is_some_and(|last| last.ends_with(','))
            }
        };
        if new {
            clause.lines.push(LinePiece { text: line.start..line.end, items: Vec::new() });
            self.item_indent = None;
            return;
        }
        let piece = match clause.lines.last_mut() {
            Some(last) => last.items.last_mut().unwrap_or(&mut last.text),
            None => clause.items.last_mut().unwrap_or(&mut clause.head),
        };
        piece.end = line.end;
    }
}

/// `50%  als …`, `0%  anders`: the word comes after a value.
fn is_rung(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
    let first = words.next();
    !matches!(first, Some("als" | "anders")) && words.any(|word| word == "als" || word == "anders")
}
