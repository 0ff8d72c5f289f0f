//! A verdict on one short line, for a list of many.

use meetlat::Language;
use meetlat::Verdict;

/// Columns for the title and for the outcome. What is longer is cut only where the reader can do without.
const TITLE: usize = 40;
const OUTCOME: usize = 32;

/// `     1  Een ambulant spoedhulpteam               open: voldoet of voorwaardelijk   ≈74,58%  1 open vraag`
pub(crate) fn verdict(number: u64, verdict: &Verdict, language: Language) -> String {
    let title = verdict.proposal.title.as_deref();
    let title = fit(title.unwrap_or(language.pick("(zonder titel)", "(no title)")), TITLE);
    let outcome = match &verdict.outcome.outcome {
        Some(outcome) => outcome.clone(),
        None => format!("open: {}", either(&verdict.outcome.possible, language)),
    };
    let mut out = format!("{number:>6}  {title:<TITLE$}  {outcome:<OUTCOME$}  {}", verdict.total.text);
    let open = verdict.open_questions.len();
    if open > 0 {
        let questions = match (language, open) {
            (Language::Nl, 1) => "open vraag",
            (Language::Nl, _) => "open vragen",
            (Language::En, 1) => "open question",
            (Language::En, _) => "open questions",
        };
        out.push_str(&format!("  {open} {questions}"));
    }
    out.push('\n');
    out
}

/// The first words of what is wrong; all of it stands on standard error.
pub(crate) fn fault(number: u64, told: &str, language: Language) -> String {
    let first = told.lines().next().unwrap_or(language.pick("fout", "error"));
    format!("{number:>6}  {}\n", plain(first))
}

/// Without the colours that a terminal gets.
fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut escape = false;
    for letter in text.chars() {
        match letter {
            '\u{1b}' => escape = true,
            'm' if escape => escape = false,
            _ if escape => {}
            _ => out.push(letter),
        }
    }
    out
}

/// At most so many characters, on one line.
fn fit(text: &str, most: usize) -> String {
    let words: Vec<&str> = text.split(|letter: char| letter.is_whitespace() || letter.is_control()).collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    let line = words.join(" ");
    if line.chars().count() <= most {
        return line;
    }
    line.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}

/// `a, b of c`
fn either(names: &[String], language: Language) -> String {
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, before)) => {
            format!("{} {} {last}", before.join(", "), language.pick("of", "or"))
        }
        None => String::new(),
    }
}
