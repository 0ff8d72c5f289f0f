//! `vraag`: asks the open questions one by one, the most decisive first, until the verdict is settled.

use std::io::{self, BufRead as _};
use std::path::{Path, PathBuf};

use meetlat::Date;
use meetlat::Diagnostics;
use meetlat::Next;
use meetlat::Report;
use meetlat::document::OpenQuestion;
use meetlat::fill::{Fill, fill};
use meetlat::render::render;
use meetlat::{Verdict, Versions};

use super::choose;
use crate::engine;
use crate::files::{self, Text};
use crate::output::{End, Format, Output};

pub(crate) fn run(
    proposal: &Path,
    rules: &[PathBuf],
    reference_date: Option<Date>,
    mut output: Output,
) -> End {
    if output.format == Format::Json {
        let each = |versions: &Versions, text: &Text, output: &mut Output| match engine::judge(
            versions,
            text,
            reference_date,
            output.language,
        ) {
            Ok(verdict) => {
                output.document(&Next::of(&verdict).to_json_line());
                if verdict.settled() { End::Good } else { End::Open }
            }
            Err(found) => {
                output.errors(&found);
                End::Error
            }
        };
        let end = choose::each(&[proposal.to_owned()], rules, reference_date, &mut output, each);
        return output.finish(end);
    }
    if proposal.as_os_str() == "-" {
        output.report(&Report::of_host(
            "B0008",
            output
                .language
                .pick(
                    "een gesprek heeft de standaardinvoer zelf nodig",
                    "a dialogue needs standard input itself",
                )
                .to_owned(),
            None,
        ));
        return End::Usage;
    }
    // The result goes to a file, the dialogue to the terminal.
    let to = output.take_file();
    choose::each(&[proposal.to_owned()], rules, reference_date, &mut output, |versions, text, output| {
        let mut dialogue = Dialogue { versions, name: text.name.clone(), reference_date, output, asked: 0 };
        dialogue.run(&text.text, to.clone().unwrap_or_else(|| beside(proposal)))
    })
}

/// `plan.json` becomes `plan.aangevuld.json`.
fn beside(proposal: &Path) -> PathBuf {
    let stem = proposal.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    proposal.with_file_name(format!("{stem}.aangevuld.json"))
}

/// What was typed.
enum Typed {
    Text(String),
    Back,
    Stop,
    Help,
    Unsayable,
}

struct Dialogue<'a> {
    versions: &'a Versions,
    name: String,
    reference_date: Option<Date>,
    output: &'a mut Output,
    asked: u32,
}

impl Dialogue<'_> {
    fn say(&mut self, nl: &str, en: &str) {
        let text = self.output.language.pick(nl, en);
        self.output.print(&format!("{text}\n"));
    }

    fn judge(&self, json: &str) -> Result<Verdict, Diagnostics> {
        let text =
            Text { name: self.name.clone(), text: json.to_owned(), origin: crate::blocks::Origin::Builtin };
        engine::judge(self.versions, &text, self.reference_date, self.output.language)
    }

    fn run(&mut self, json: &str, to: PathBuf) -> End {
        let mut verdict = match self.judge(json) {
            Ok(verdict) => verdict,
            Err(found) => {
                self.output.errors(&found);
                return End::Error;
            }
        };
        let mut json = json.to_owned();
        let mut before: Vec<(String, Verdict)> = Vec::new();
        self.say(
            "Typ het antwoord en druk op Enter. Ook kan: ? (uitleg), terug, niet te zeggen, stop.",
            "Type the answer and press Enter. Also: ? (help), back, cannot say, stop.",
        );
        loop {
            self.standing(&verdict);
            let next = Next::of(&verdict);
            let question = next.question.filter(|question| !verdict.settled() && question.changes_outcome);
            let Some(question) = question else { break };
            self.question(&question, next.left_for_outcome);
            match self.answer(&json, &question) {
                Some(Typed::Text(filled)) => match self.judge(&filled) {
                    Ok(found) => {
                        self.asked += 1;
                        before.push((
                            std::mem::replace(&mut json, filled),
                            std::mem::replace(&mut verdict, found),
                        ));
                    }
                    Err(found) => {
                        let text = render(&found, self.output.language, false);
                        self.output.print(&text);
                    }
                },
                Some(Typed::Back) => match before.pop() {
                    Some((old, found)) => {
                        self.asked = self.asked.saturating_sub(1);
                        (json, verdict) = (old, found);
                    }
                    None => self.say("Dit is de eerste vraag.", "This is the first question."),
                },
                _ => break,
            }
        }
        self.close(&verdict);
        if before.is_empty() {
            self.say(
                "Er is niets ingevuld, dus niets geschreven.",
                "Nothing was answered, so nothing is written.",
            );
        } else if !self.write(&json, to) {
            return End::Error;
        }
        if verdict.settled() { End::Good } else { End::Open }
    }

    fn standing(&mut self, verdict: &Verdict) {
        let titles = verdict.outcome.outcomes.iter();
        let possible = titles.filter(|one| verdict.outcome.possible.contains(&one.name));
        let titles: Vec<String> = possible.map(|one| format!("\"{}\"", one.title)).collect();
        let titles = titles.join(", ");
        if verdict.settled() {
            self.say(
                &format!("\nHet oordeel staat vast: {titles}."),
                &format!("\nThe verdict is settled: {titles}."),
            );
        } else {
            self.say(&format!("\nNog mogelijk: {titles}."), &format!("\nStill possible: {titles}."));
        }
    }

    fn question(&mut self, question: &OpenQuestion, left: u32) {
        let count = self.asked + 1;
        let about = match (&question.item, &question.field) {
            (Some(item), Some(field)) => format!("{}, {item}: {field}", question.title),
            _ => question.title.clone(),
        };
        self.say(
            &format!("\nVraag {count} (nog {left} van belang): {about}"),
            &format!("\nQuestion {count} ({left} still matter): {about}"),
        );
        if let Some(explanation) = &question.explanation {
            self.output.print(&format!("  {explanation}\n"));
        }
        for (at, option) in question.options.iter().enumerate() {
            let label =
                if option.title == option.name { String::new() } else { format!(": {}", option.title) };
            self.output.print(&format!("  {}. {}{label}\n", at + 1, option.name));
        }
        if let Some(who) = &question.answered_by {
            self.say(&format!("  Te beantwoorden door: {who}"), &format!("  To be answered by: {who}"));
        }
        if !question.sources.is_empty() {
            let places: Vec<String> =
                question.sources.iter().map(|one| format!("{} {}", one.document, one.place)).collect();
            let places = places.join("; ");
            self.say(&format!("  Bron: {places}"), &format!("  Source: {places}"));
        }
    }

    /// The proposal with the answer written into it, or what else is to be done. None at the end of the input.
    fn answer(&mut self, json: &str, question: &OpenQuestion) -> Option<Typed> {
        if question.lacks_ground {
            self.say(
                "  Bij dit antwoord hoort een onderbouwing. Waaruit blijkt het?",
                "  This answer needs a written ground. What shows it?",
            );
        }
        loop {
            let with = match self.read()? {
                Typed::Text(text) if question.lacks_ground => Fill::Ground(text),
                Typed::Text(text) => match self.typed(&question.pointer, &text) {
                    Ok(answer) => Fill::Answer(answer),
                    Err(message) => {
                        self.output.print(&format!("  {message}\n"));
                        continue;
                    }
                },
                Typed::Help => {
                    self.help(question);
                    continue;
                }
                Typed::Unsayable => {
                    self.say("  Waarom niet?", "  Why not?");
                    match self.read()? {
                        Typed::Text(text) => Fill::Unsayable(text),
                        other => return Some(other),
                    }
                }
                other => return Some(other),
            };
            return match fill(json, &question.pointer, &with) {
                Some(filled) => Some(Typed::Text(filled)),
                None => Some(Typed::Stop),
            };
        }
    }

    fn typed(&self, pointer: &str, text: &str) -> Result<String, String> {
        // Which version is in force makes no difference once the proposal was read.
        let versions = self.versions.all();
        let mut last = String::new();
        for meetlat in versions {
            match meetlat.typed(pointer, text) {
                Ok(answer) => return Ok(answer),
                Err(message) => last = message.get(self.output.language).to_owned(),
            }
        }
        Err(last)
    }

    /// What each answer leaves.
    fn help(&mut self, question: &OpenQuestion) {
        for class in &question.classes {
            let (answers, left) = (class.listed(), class.possible.join(", "));
            self.say(
                &format!("  {answers}: dan nog mogelijk {left}"),
                &format!("  {answers}: leaves {left}"),
            );
        }
        let more = question.classes_more;
        if more > 0 {
            self.say(&format!("  en {more} meer"), &format!("  and {more} more"));
        }
    }

    fn read(&mut self) -> Option<Typed> {
        loop {
            self.output.print("> ");
            let mut line = String::new();
            if io::stdin().lock().read_line(&mut line).ok()? == 0 {
                self.output.print("\n");
                return None;
            }
            let line = line.trim();
            return Some(match line.to_lowercase().as_str() {
                "" => continue,
                "?" | "hulp" | "uitleg" | "help" => Typed::Help,
                "terug" | "back" => Typed::Back,
                "stop" | "quit" => Typed::Stop,
                "niet te zeggen" | "weet niet" | "cannot say" => Typed::Unsayable,
                _ => Typed::Text(line.to_owned()),
            });
        }
    }

    fn close(&mut self, verdict: &Verdict) {
        let asked = self.asked;
        self.say(
            &format!("{asked} {} behandeld.", if asked == 1 { "vraag" } else { "vragen" }),
            &format!("{asked} {} dealt with.", if asked == 1 { "question" } else { "questions" }),
        );
        let routes = verdict.open_questions.iter().filter(|question| !question.changes_outcome).count();
        if verdict.settled() && routes > 0 {
            self.say(
                &format!(
                    "Voor de route {} nog {routes} van belang.",
                    if routes == 1 { "is" } else { "zijn" }
                ),
                &format!("{routes} still {} for a route.", if routes == 1 { "matters" } else { "matter" }),
            );
        }
    }

    /// Never over an existing file unasked.
    fn write(&mut self, json: &str, to: PathBuf) -> bool {
        let mut to = to;
        while to.exists() {
            let name = to.display().to_string();
            self.say(
                &format!(
                    "{name} bestaat al. Overschrijven (ja), niet schrijven (nee), of typ een andere naam:"
                ),
                &format!("{name} exists already. Overwrite (yes), do not write (no), or type another name:"),
            );
            match self.read() {
                Some(Typed::Text(text))
                    if ["ja", "j", "yes", "y"].contains(&text.to_lowercase().as_str()) =>
                {
                    break;
                }
                Some(Typed::Text(text)) if !["nee", "n", "no"].contains(&text.to_lowercase().as_str()) => {
                    to = PathBuf::from(text);
                }
                _ => {
                    self.say("Niet geschreven. Dit is het voorstel:", "Not written. This is the proposal:");
                    self.output.print(json);
                    return false;
                }
            }
        }
        match files::write(&to, json, self.output.language) {
            Ok(()) => {
                let name = to.display().to_string();
                self.say(&format!("Geschreven naar {name}."), &format!("Written to {name}."));
                true
            }
            Err(report) => {
                self.output.report(&report);
                self.output.print(json);
                false
            }
        }
    }
}
