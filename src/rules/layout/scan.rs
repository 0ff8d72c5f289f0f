//! One line at a time: the margin, texts, comments, free text after `bron`, and slips of the keyboard or of Word.

use crate::message::diagnostic::{Code, Diagnostic};
use crate::message::language::says;
use crate::message::source::{SourceId, Span, Spanned};

/// A line with something on it, after comments were taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line {
    /// First byte of the line.
    pub(super) margin: usize,
    /// First byte that is not blank.
    pub(super) start: usize,
    /// One past the last byte that is not blank.
    pub(super) end: usize,
    /// Columns before it. A tab counts as two: it is an error already, and most editors show it so.
    pub(super) indent: usize,
}

pub(super) struct Scanned {
    pub(super) copy: String,
    pub(super) comments: Vec<Spanned<String>>,
    pub(super) lines: Vec<Line>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

pub(super) fn scan(source: SourceId, text: &str) -> Scanned {
    let mut scanner = Scanner {
        source,
        text,
        copy: text.as_bytes().to_vec(),
        comments: Vec::new(),
        lines: Vec::new(),
        diagnostics: Vec::new(),
        line_reported: false,
        read_until: 0,
        tabs: None,
    };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let end = at + line.strip_suffix('\n').unwrap_or(line).len();
        if at >= scanner.read_until {
            scanner.line_reported = false;
            scanner.line(at, end);
        }
        at += line.len();
    }
    scanner.report_tabs();
    // Whole characters are replaced by ASCII only, so this copy is valid and nothing is lost in it.
    let copy = String::from_utf8(scanner.copy)
        .unwrap_or_else(|broken| String::from_utf8_lossy(broken.as_bytes()).replace('\u{FFFD}', "   "));
    Scanned { copy, comments: scanner.comments, lines: scanner.lines, diagnostics: scanner.diagnostics }
}

struct Scanner<'t> {
    source: SourceId,
    text: &'t str,
    copy: Vec<u8>,
    comments: Vec<Spanned<String>>,
    lines: Vec<Line>,
    diagnostics: Vec<Diagnostic>,
    /// One message per line is enough: a line pasted from Word has many slips of one kind.
    line_reported: bool,
    /// Lines that start before this were read as part of an earlier line.
    read_until: usize,
    /// The first tab in a margin, and on how many lines there is one.
    tabs: Option<(Span, usize)>,
}

/// What may stand as an opening quote in a text processor.
const CURLY: [char; 7] = ['“', '”', '„', '‟', '«', '»', '‘'];
const CURLY_CLOSE: [char; 7] = ['”', '“', '‟', '»', '«', '’', '"'];
const BULLETS: [char; 13] =
    ['•', '·', '–', '—', '−', '▪', '◦', '‣', '●', '○', '\u{2010}', '\u{2011}', '\u{F0B7}'];

impl Scanner<'_> {
    fn line(&mut self, start: usize, end: usize) {
        let (at, indent) = self.margin(start, end);
        let at = self.bullet(at, end);
        self.body(at, end);
        let end = end.max(self.read_until);
        let covered = self.copy.get(start..end).unwrap_or_default();
        let first = covered.iter().position(|byte| *byte != b' ');
        let last = covered.iter().rposition(|byte| *byte != b' ');
        if let (Some(first), Some(last)) = (first, last) {
            self.lines.push(Line { margin: start, start: start + first, end: start + last + 1, indent });
        }
    }

    fn margin(&mut self, start: usize, end: usize) -> (usize, usize) {
        let line = self.text.as_bytes().get(start..end).unwrap_or_default();
        let mut indent = line.iter().take_while(|byte| **byte == b' ').count();
        let mut at = start + indent;
        let mut tab = None;
        while let Some(c) = self.char_at(at, end) {
            match c {
                ' ' | '\u{A0}' => indent += 1,
                '\t' => {
                    tab.get_or_insert(at);
                    indent += 2;
                }
                '\r' => {}
                _ => {
                    // A tab on an otherwise empty line does no harm.
                    if let Some(tab) = tab {
                        let span = Span::new(self.source, tab, tab + 1);
                        self.tabs = Some(self.tabs.map_or((span, 1), |(first, count)| (first, count + 1)));
                    }
                    break;
                }
            }
            self.fill(at, at + c.len_utf8(), b' ');
            at += c.len_utf8();
        }
        (at, indent)
    }

    fn bullet(&mut self, at: usize, end: usize) -> usize {
        let Some(c) = self.char_at(at, end) else { return at };
        let after = at + c.len_utf8();
        let spaced = self.char_at(after, end).is_none_or(|next| matches!(next, ' ' | '\t' | '\u{A0}'));
        if BULLETS.contains(&c) || (c == '*' && spaced) {
            self.report(
                Diagnostic::new(
                    Code::WrongBullet,
                    self.span(at, after),
                    says!(
                        "een punt van een lijst begint met een streepje, niet met \"{c}\"",
                        "a list item starts with a hyphen, not with \"{c}\""
                    ),
                )
                .help(says!(
                    "schrijf \"- \" (een gewoon streepje en een spatie)",
                    "write \"- \" (a plain hyphen and a space)"
                )),
            );
            self.fill(at, after, b' ');
            self.fill(at, at + 1, b'-');
            return after;
        }
        at
    }

    fn body(&mut self, start: usize, end: usize) {
        let mut at = start;
        let mut end = end;
        // The last character that was not blank, to see where a keyword can stand.
        let mut before = None;
        while let Some(c) = self.char_at(at, end) {
            let after = at + c.len_utf8();
            let next = match c {
                '"' => self.quoted(at, after, end),
                '#' => {
                    self.comment(at, end);
                    return;
                }
                'b' if matches!(before, None | Some(',')) => match self.citation(at, end) {
                    Some(next) => next,
                    None => self.word_end(at, end).max(after),
                },
                ' ' => after,
                'a'..='z' | 'A'..='Z' | '0'..='9' | '_' => self.word_end(at, end).max(after),
                '\t' | '\r' | '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' => {
                    self.fill(at, after, b' ');
                    after
                }
                '–' | '—' | '−' | '\u{2010}' | '\u{2011}' => {
                    self.bad_character(at, after, c);
                    self.fill(at, after, b' ');
                    self.fill(after.saturating_sub(1), after, b'-');
                    after
                }
                c if CURLY.contains(&c) => self.curly(at, after, end),
                c if is_hidden(c) || c == '\u{AD}' => {
                    self.bad_character(at, after, c);
                    self.fill(at, after, b' ');
                    after
                }
                c if is_word(c) => self.word_end(at, end).max(after),
                _ => after,
            };
            if !matches!(c, ' ' | '\t' | '\r' | '\u{A0}') {
                before = Some(c);
            }
            end = end.max(self.read_until);
            at = next;
        }
    }

    /// `"…"` from its quote on; returns where it ends.
    fn quoted(&mut self, at: usize, inside: usize, end: usize) -> usize {
        let rest = self.text.get(inside..end).unwrap_or_default();
        if let Some(length) = rest.find('"') {
            self.cover_text(inside, inside + length);
            return inside + length + 1;
        }
        // `"titel”`: the right mark on one side only.
        if let Some((length, c)) = rest.char_indices().rfind(|(_, c)| matches!(c, '”' | '“' | '‟' | '»'))
        {
            let close = inside + length;
            let after = close + c.len_utf8();
            self.report_curly(at, after, inside, close);
            self.cover_text(inside, close);
            self.fill(close, after, b' ');
            self.fill(close, close + 1, b'"');
            return after;
        }
        self.open_text(at, inside, end)
    }

    /// `“…”` from its mark on.
    fn curly(&mut self, at: usize, inside: usize, end: usize) -> usize {
        let rest = self.text.get(inside..end).unwrap_or_default();
        let single = self.text.get(at..inside) == Some("‘");
        let close = rest
            .char_indices()
            .find(|(_, c)| if single { *c == '’' } else { CURLY_CLOSE.contains(c) && *c != '’' });
        let Some((length, c)) = close else {
            self.fill(at, inside, b' ');
            self.fill(inside.saturating_sub(1), inside, b'"');
            return self.open_text(at, inside, end);
        };
        let close = inside + length;
        let after = close + c.len_utf8();
        self.report_curly(at, after, inside, close);
        self.cover_text(inside, close);
        self.fill(at, inside, b' ');
        self.fill(inside.saturating_sub(1), inside, b'"');
        self.fill(close, after, b' ');
        self.fill(close, close + 1, b'"');
        after
    }

    fn report_curly(&mut self, at: usize, after: usize, inside: usize, close: usize) {
        let shown = shorten(self.text.get(inside..close).unwrap_or_default());
        self.report(
            Diagnostic::new(
                Code::CurlyQuotes,
                self.span(at, after),
                says!("een tekst staat tussen rechte aanhalingstekens, niet tussen krullende", "a text stands between straight quotes, not curly ones"),
            )
            .help(says!("schrijf \"{shown}\" met rechte aanhalingstekens; zet in uw tekstverwerker slimme aanhalingstekens uit", "write \"{shown}\" with straight quotes; switch off smart quotes in your word processor")),
        );
    }

    /// A text without its closing quote: it is closed at the line's end, over its last byte.
    fn open_text(&mut self, at: usize, inside: usize, end: usize) -> usize {
        let line = self.text.get(at..end).unwrap_or_default().trim_end();
        let stop = at + line.len();
        if let Some(close) = self.closed_below(end) {
            self.report(
                Diagnostic::new(
                    Code::OpenText,
                    self.span(at, stop),
                    says!("deze tekst loopt door op de volgende regel", "this text runs on to the next line"),
                )
                .help(says!("zet de hele tekst op één regel", "put the whole text on one line")),
            );
            self.fill(inside, close, b'.');
            return close + 1;
        }
        self.report(
            Diagnostic::new(
                Code::OpenText,
                self.span(at, stop),
                says!("deze tekst wordt op zijn regel niet gesloten", "this text is not closed on its line"),
            )
            .help(says!(
                "zet een aanhalingsteken (\") aan het eind van de tekst; een tekst staat op één regel",
                "put a quote (\") at the end of the text; a text stands on one line"
            )),
        );
        self.fill(inside, end, b'.');
        if stop > inside {
            self.fill(stop, end, b' ');
            self.fill(stop.saturating_sub(1), stop, b'"');
        }
        end
    }

    /// Where a text that was broken off closes: at the first quote of the next line, when that line has one too many.
    fn closed_below(&mut self, end: usize) -> Option<usize> {
        let below = self.text.get(end + 1..)?;
        let line = below.split('\n').next()?;
        let quote = line.find('"')?;
        let before = line.get(..quote)?.trim_start();
        let word_length = before.find(|c| !is_word(c)).unwrap_or(before.len());
        let starts_clause = super::words::is_clause(before.get(..word_length)?);
        if line.matches('"').count() % 2 == 0 || starts_clause || before.trim_end().ends_with([':', ',']) {
            return None;
        }
        self.read_until = end + 1 + line.len();
        Some(end + 1 + quote)
    }

    /// Covers the free text after `bron`; none when this is not a `bron`, or one that declares a document.
    fn citation(&mut self, at: usize, end: usize) -> Option<usize> {
        let line = self.text.get(at..end)?;
        let rest = line.strip_prefix("bron")?;
        if rest.starts_with(is_word) {
            return None;
        }
        let blank = |c: char| c == ' ' || c == '\t' || c == '\u{A0}';
        let label = rest.trim_start_matches(blank);
        let free = label.trim_start_matches(is_word);
        let behind = free.trim_start_matches(blank);
        if behind.starts_with(':') {
            return None;
        }
        // `bron plan van aanpak: "…"`: a name of several words is refused later, with its colon.
        let colon = behind.split_once(':').filter(|(name, title)| {
            name.chars().all(|c| is_word(c) || blank(c) || matches!(c, '-' | '.' | '/'))
                && title.trim_start_matches(blank).starts_with(['"', '“', '„', '”'])
        });
        if colon.is_some() {
            return None;
        }
        let start = end - free.len();
        // Blanks before the label are blank in the copy too.
        let keyword = at + "bron".len();
        self.fill(keyword, keyword + (rest.len() - label.len()), b' ');
        let mut quote = false;
        let mut stop = end;
        for (offset, c) in free.char_indices() {
            match c {
                ' ' => continue,
                '"' => quote = !quote && free.get(offset + 1..).is_some_and(|rest| rest.contains('"')),
                '#' if !quote => {
                    stop = start + offset;
                    break;
                }
                _ => {}
            }
            let here = start + offset;
            if is_hidden(c) && c != '\t' && c != '\r' {
                self.bad_character(here, here + c.len_utf8(), c);
            }
            let cover = if c.is_whitespace() { b' ' } else { b'.' };
            self.fill(here, here + c.len_utf8(), cover);
        }
        if stop < end {
            self.comment(stop, end);
        }
        Some(end)
    }

    fn comment(&mut self, at: usize, end: usize) {
        let inside = self.text.get(at + 1..end).unwrap_or_default().trim_end();
        self.check_hidden(at + 1, at + 1 + inside.len());
        let span = self.span(at, at + 1 + inside.len());
        self.comments.push(Spanned::new(inside.to_owned(), span));
        self.fill(at, end, b' ');
    }

    fn cover_text(&mut self, start: usize, end: usize) {
        self.check_hidden(start, end);
        self.fill(start, end, b'.');
    }

    /// Reports characters that a reader cannot see, in what is meant for readers.
    fn check_hidden(&mut self, start: usize, end: usize) {
        let text = self.text.get(start..end).unwrap_or_default();
        // Each of them is a control character of one byte or starts with one of these; letters such as `é` do not. All bytes are
        // looked at, since that is done many at a time.
        let odd = |byte: u8| byte < 0x20 || matches!(byte, 0x7F | 0xC2 | 0xE2 | 0xEF);
        if !text.bytes().fold(false, |any, byte| any | odd(byte)) {
            return;
        }
        if let Some((offset, c)) = text.char_indices().find(|(_, c)| is_hidden(*c) && *c != '\t') {
            self.bad_character(start + offset, start + offset + c.len_utf8(), c);
        }
    }

    fn bad_character(&mut self, at: usize, after: usize, c: char) {
        let number = u32::from(c);
        let diagnostic = match c {
            '–' | '—' | '−' | '\u{2010}' | '\u{2011}' => Diagnostic::new(
                Code::BadCharacter,
                self.span(at, after),
                says!(
                    "het streepje \"{c}\" is hier niet het gewone streepje",
                    "the dash \"{c}\" is not the plain hyphen"
                ),
            )
            .help(says!("schrijf \"-\"", "write \"-\"")),
            _ => Diagnostic::new(
                Code::BadCharacter,
                self.span(at, after),
                says!(
                    "hier staat een teken dat niet te zien is (U+{number:04X})",
                    "there is a character here that cannot be seen (U+{number:04X})"
                ),
            )
            .help(says!(
                "haal het teken weg, of typ de regel opnieuw",
                "remove the character, or type the line again"
            )),
        };
        self.report(diagnostic);
    }

    fn report_tabs(&mut self) {
        let Some((span, count)) = self.tabs else { return };
        let message = match count {
            1 => says!("in de kantlijn staat een tab", "there is a tab in the margin"),
            2 => says!(
                "in de kantlijn staat een tab, ook op 1 andere regel",
                "there is a tab in the margin, also on 1 other line"
            ),
            _ => {
                let others = count - 1;
                says!(
                    "in de kantlijn staat een tab, ook op {others} andere regels",
                    "there is a tab in the margin, also on {others} other lines"
                )
            }
        };
        let place = Diagnostic::new(Code::TabInMargin, span, message)
            .help(says!("laat regels inspringen met spaties", "indent lines with spaces"));
        self.diagnostics.push(place);
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        if !self.line_reported {
            self.line_reported = true;
            self.diagnostics.push(diagnostic);
        }
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.source, start, end)
    }

    fn char_at(&self, at: usize, end: usize) -> Option<char> {
        match self.text.as_bytes().get(at) {
            _ if at >= end => None,
            Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
            _ => self.text.get(at..)?.chars().next(),
        }
    }

    fn word_end(&self, at: usize, end: usize) -> usize {
        let bytes = self.text.as_bytes().get(at..end).unwrap_or_default();
        // Most words are ASCII: look at bytes for as long as they are.
        let plain = bytes.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
        if bytes.get(plain).is_none_or(u8::is_ascii) {
            return at + plain;
        }
        match self.text.get(at + plain..end) {
            Some(more) if more.starts_with(is_word) => {
                more.find(|c| !is_word(c)).map_or(end, |length| at + plain + length)
            }
            _ => at + plain,
        }
    }

    /// Always whole characters, so that the copy stays valid UTF-8.
    fn fill(&mut self, start: usize, end: usize, byte: u8) {
        if let Some(bytes) = self.copy.get_mut(start..end) {
            bytes.fill(byte);
        }
    }
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || c == '_'
        || (!c.is_ascii() && (c.is_alphabetic() || ('\u{300}'..='\u{36F}').contains(&c)))
}

/// Control characters, zero-width characters, marks that reverse the reading direction: the text read would not be the text seen.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
}

fn shorten(text: &str) -> String {
    const MOST: usize = 40;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(MOST).collect();
    short.push('…');
    short
}
