//! Text of limited width: paragraphs, items and tables. Widths count characters.

use crate::message::language::Language;

const WIDTH: usize = 100;

/// A text that is being written, and the language it is written in.
pub(crate) struct Page {
    pub(crate) language: Language,
    out: String,
}

impl Page {
    pub(crate) fn new(language: Language) -> Self {
        Self { language, out: String::new() }
    }

    pub(crate) fn finish(self) -> String {
        self.out
    }

    pub(crate) fn blank(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// A heading, with a blank line before it.
    pub(crate) fn heading(&mut self, text: &str) {
        self.blank();
        self.line(text);
    }

    /// Text from the margin.
    pub(crate) fn line(&mut self, text: &str) {
        self.item(0, "", text);
    }

    /// Text from an indent.
    pub(crate) fn paragraph(&mut self, indent: usize, text: &str) {
        self.item(indent, "", text);
    }

    /// Text after a mark; its further lines start below its first word.
    pub(crate) fn item(&mut self, indent: usize, mark: &str, text: &str) {
        let hang = indent + width(mark);
        self.out.push_str(&" ".repeat(indent));
        self.out.push_str(mark);
        let mut column = hang;
        let mut first = true;
        for word in text.split(' ') {
            let wide = width(word);
            if !first && column + 1 + wide > WIDTH {
                self.end_line();
                self.out.push_str(&" ".repeat(hang));
                column = hang;
            } else if !first {
                self.out.push(' ');
                column += 1;
            }
            self.out.push_str(word);
            column += wide;
            first = false;
        }
        self.end_line();
    }

    /// Rows of cells, each column as wide as its widest cell; `right` names the columns that are right-aligned.
    pub(crate) fn table(&mut self, indent: usize, rows: &[Vec<String>], right: &[usize]) {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let widths: Vec<usize> = (0..columns)
            .map(|column| {
                rows.iter().filter_map(|row| row.get(column)).map(|cell| width(cell)).max().unwrap_or(0)
            })
            .collect();
        for row in rows {
            self.out.push_str(&" ".repeat(indent));
            for (at, (cell, wide)) in row.iter().zip(&widths).enumerate() {
                if at > 0 {
                    self.out.push_str("  ");
                }
                let space = " ".repeat(wide.saturating_sub(width(cell)));
                if right.contains(&at) {
                    self.out.push_str(&space);
                    self.out.push_str(cell);
                } else {
                    self.out.push_str(cell);
                    self.out.push_str(&space);
                }
            }
            self.end_line();
        }
    }

    fn end_line(&mut self) {
        self.out.truncate(self.out.trim_end_matches(' ').len());
        self.out.push('\n');
    }
}

fn width(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wraps_below_the_first_word() {
        let mut page = Page::new(Language::Nl);
        page.item(2, "- ", &"woord ".repeat(40));
        let text = page.finish();
        assert!(text.lines().all(|line| width(line) <= WIDTH));
        assert!(text.lines().nth(1).unwrap().starts_with("    woord"));
    }
}
