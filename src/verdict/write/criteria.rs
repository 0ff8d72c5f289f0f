//! Criteria: their scores, and why they are what they are.

use super::openings::Found;
use super::prepared::{CriterionPieces, ReasonPieces};
use crate::json::escape::InJson;
use crate::judge::findings::{CriterionJudgement, Reason, Status};
use crate::message::language::tell;
use crate::value::number::Number;
use crate::value::sink::Sink as _;
use crate::verdict::write::values::score;
use crate::verdict::write::writer::Writer;

impl Writer<'_> {
    pub(super) fn criterion(&mut self, at: usize, found: &CriterionJudgement) {
        let prepared = self.prepared;
        let Some(pieces) = prepared.criteria.get(at) else { return };
        let opening = Found::of(found);
        match opening.and_then(|opening| pieces.openings.get(&opening)) {
            Some(kept) => self.out.push_str(kept),
            None => {
                let start = self.out.len();
                self.opening(pieces, prepared.thresholds.criterion(at), found);
                if let Some((opening, written)) = opening.zip(self.out.get(start..)) {
                    pieces.openings.keep(opening, written);
                }
            }
        }
        self.answers(&pieces.reads);
        self.out.push_str("],\"score_reden\":");
        match found.reason {
            Reason::Shown => self.out.push_str(&pieces.shown),
            Reason::DoesNotApply => self.out.push_str(&pieces.lapsed),
            _ => self.reason(&pieces.reason, found),
        }
        self.out.push_str(&pieces.tail);
    }

    /// A criterion up to its answers.
    fn opening(&mut self, pieces: &CriterionPieces, thresholds: &[Number], found: &CriterionJudgement) {
        let (out, language) = (&mut *self.out, self.builder.language);
        out.push_str(&pieces.head);
        score(out, language, &found.score, thresholds);
        out.push_str(&pieces.weight);
        score(out, language, &found.share, &[]);
        out.push_str(",\"bijdrage\":");
        score(out, language, &found.contribution, &[]);
        out.push_str(",\"eis\":");
        let [holds, fails, lapses, open] = &pieces.requirement;
        out.push_str(match found.requirement {
            Some(Status::Holds) => holds,
            Some(Status::Fails) => fails,
            Some(Status::Lapses) => lapses,
            Some(Status::Open) => open,
            None => "null",
        });
        out.push_str(",\"antwoorden\":[");
    }

    fn reason(&mut self, pieces: &ReasonPieces, found: &CriterionJudgement) {
        match pieces {
            ReasonPieces::Whole(whole) => self.out.push_str(whole),
            ReasonPieces::Answer(before, question) => {
                self.out.push_str(before);
                self.answer_sentence(*question);
                self.out.push_str("\"}");
            }
            ReasonPieces::Ladder { lines, whole } => self.ladder(lines, whole, &found.lines),
            ReasonPieces::Combined { before, parts, words } => {
                let (out, language) = (&mut *self.out, self.builder.language);
                out.push_str(before);
                for (at, (part, score)) in parts.iter().zip(&found.parts).enumerate() {
                    if at > 0 {
                        out.push(',');
                    }
                    part.whole_to(out, language, score);
                }
                out.push_str("],\"regels\":[]},\"tekst\":\"");
                out.push_str(words);
                for (at, (part, score)) in parts.iter().zip(&found.parts).enumerate() {
                    match parts.len() - at {
                        _ if at == 0 => {}
                        1 => out.push_str(language.pick(" en ", " and ")),
                        _ => out.push_str(", "),
                    }
                    part.sentence_to(out, language, score);
                }
                out.push_str(".\"}");
            }
        }
    }

    fn ladder(&mut self, lines: &[String], whole: &[String], found: &[usize]) {
        if let [only] = found
            && let Some(whole) = whole.get(*only)
        {
            return self.out.push_str(whole);
        }
        self.out.push_str("{\"code\":\"regel\",\"gegevens\":{\"delen\":[],\"regels\":[");
        let mut numbers = Vec::new();
        for (at, line) in found.iter().filter_map(|at| Some((at, lines.get(*at)?))) {
            self.out.push_str(if numbers.is_empty() { "" } else { "," });
            self.out.push_str(line);
            numbers.push((at + 1).to_string());
        }
        self.out.push_str("]},\"tekst\":\"");
        let language = self.builder.language;
        let text = match numbers.as_slice() {
            [] => {
                language.pick("De score volgt uit een ladder.", "The score follows from a ladder.").to_owned()
            }
            numbers => {
                let numbers = language.either(numbers);
                tell!(
                    language,
                    "Nog open is welke regel geldt: regel {numbers}.",
                    "It is still open which line holds: line {numbers}."
                )
            }
        };
        InJson(self.out).add(&text);
        self.out.push_str("\"}");
    }
}
