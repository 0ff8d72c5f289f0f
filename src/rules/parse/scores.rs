//! What follows `score` and `waarde`.

use super::grammar::{Pair, Rule};
use super::reader::Reader;
use crate::message::diagnostic::{Code, Diagnostic};
use crate::message::language::says;
use crate::message::source::Spanned;
use crate::rules::layout::pieces::{ClausePiece, Item, LinePiece};
use crate::rules::syntax::{Combining, Ground, LadderLine, RequirementLevel, Score, WeightedPart};

impl<'t> Reader<'t> {
    /// `c_score` or `c_value`, with the lines or items below it.
    pub(super) fn score(&mut self, pair: Pair<'t>, piece: &ClausePiece) -> Option<(Score, Option<Ground>)> {
        let head = self.span(&pair);
        let mut score = None;
        let mut ground = None;
        let mut empty = true;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::combination => {
                    empty = false;
                    score = self.combination(part, &piece.items);
                }
                Rule::measure => {
                    empty = false;
                    self.no_items(&piece.items);
                    score = self.measure(part);
                }
                Rule::ground => ground = self.ground(part),
                _ => {}
            }
        }
        if empty {
            self.no_items(&piece.items);
            if piece.lines.is_empty() && piece.items.is_empty() {
                let start = head.end;
                self.fail_for_want(
                    Diagnostic::new(
                        Code::UnexpectedEnd,
                        crate::message::source::Span { start, ..head },
                        says!("hier ontbreekt wat er telt", "what counts is missing here"),
                    )
                    .help(says!(
                        "noem een vraag of onderdeel, schrijf \"gemiddelde van …\", of zet er regels onder zoals \"100% als …\"",
                        "name a question or part, write \"gemiddelde van …\", or put lines below it such as \"100% als …\""
                    )),
                );
            }
            score = Some(Score::Ladder(self.ladder(&piece.lines)));
        }
        Some((score?, ground))
    }

    fn combination(&mut self, pair: Pair<'t>, items: &[Item]) -> Option<Score> {
        let span = self.span(&pair);
        let mut how = None;
        let mut parts = None;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::combining => {
                    let place = self.span(&part);
                    let combining = match part.into_inner().next()?.as_rule() {
                        Rule::kw_hoogste => Combining::Highest,
                        Rule::kw_laagste => Combining::Lowest,
                        Rule::kw_gemiddelde => Combining::Mean,
                        _ => Combining::ShareOfYes,
                    };
                    how = Some(Spanned::new(combining, place));
                }
                Rule::parts => {
                    let mut inline = Vec::new();
                    for part in part.into_inner().filter(|part| part.as_rule() == Rule::part) {
                        inline.push(self.part(part)?);
                    }
                    parts = Some(inline);
                }
                _ => {}
            }
        }
        let parts = match parts {
            Some(parts) => {
                self.no_items(items);
                parts
            }
            None => {
                self.some_items(items, span);
                self.part_items(items)
            }
        };
        Some(Score::Combination { how: how?, parts })
    }

    fn part(&mut self, pair: Pair<'t>) -> Option<WeightedPart> {
        let mut inner = pair.into_inner();
        let name = self.name(&inner.next()?);
        let weight = match inner.find(|part| part.as_rule() == Rule::literal) {
            Some(literal) => Some(self.literal(&literal)?),
            None => None,
        };
        Some(WeightedPart { name, weight, ground: None })
    }

    fn part_items(&mut self, items: &[Item]) -> Vec<WeightedPart> {
        let mut parts = Vec::new();
        for item in items {
            parts.extend(self.inner_phrase(Rule::item_part, item, |reader, pair| {
                let mut inner = pair.into_inner();
                let mut part = reader.part(inner.next()?)?;
                if let Some(ground) = inner.find(|part| part.as_rule() == Rule::ground) {
                    part.ground = reader.ground(ground);
                }
                Some(part)
            }));
        }
        parts
    }

    /// A value, or a straight line over it.
    fn measure(&mut self, pair: Pair<'t>) -> Option<Score> {
        let mut inner = pair.into_inner();
        let of = self.sum(inner.next()?)?;
        let literals: Vec<Pair<'t>> = inner.filter(|part| part.as_rule() == Rule::literal).collect();
        let mut literals = literals.iter();
        let Some(first) = literals.next() else { return Some(Score::Expression(of)) };
        Some(Score::Line {
            of,
            from_score: self.literal(first)?,
            from: self.literal(literals.next()?)?,
            to_score: self.literal(literals.next()?)?,
            to: self.literal(literals.next()?)?,
        })
    }

    fn ladder(&mut self, lines: &[LinePiece]) -> Vec<LadderLine> {
        let mut ladder = Vec::new();
        for line in lines {
            let Some(pair) = self.phrase(Rule::ladder_line, &line.text) else { continue };
            let span = self.span_of(&line.text);
            ladder.extend(self.ladder_line(pair, line).map(|rung| LadderLine { span, ..rung }));
        }
        ladder
    }

    fn ladder_line(&mut self, pair: Pair<'t>, line: &LinePiece) -> Option<LadderLine> {
        let span = self.span(&pair);
        let mut value = None;
        let mut condition = None;
        let mut ground = None;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::sum => value = self.sum(part),
                Rule::condition | Rule::bullets => condition = Some(self.test(part, &line.items)?),
                Rule::kw_anders => self.no_items(&line.items),
                Rule::ground => ground = self.ground(part),
                _ => {}
            }
        }
        Some(LadderLine { value: value?, condition, ground, span })
    }

    /// `minstens deels`, `minstens 25%`
    pub(super) fn requirement(&mut self, pair: &Pair<'t>) -> Option<Spanned<RequirementLevel>> {
        let level = match pair.as_rule() {
            Rule::kw_deels => RequirementLevel::Partly,
            Rule::kw_ja => RequirementLevel::Yes,
            Rule::percent => RequirementLevel::Percent(self.percent(pair).value),
            Rule::number => {
                let span = self.span(pair);
                let number = self.written(span).to_owned();
                if !self.failed {
                    self.fail(
                        Diagnostic::new(
                            Code::PercentAgainstNumber,
                            span,
                            says!(
                                "achter \"{number}\" ontbreekt het procentteken",
                                "the percent sign is missing behind \"{number}\""
                            ),
                        )
                        .help(says!("schrijf \"{number}%\"", "write \"{number}%\"")),
                    );
                }
                return None;
            }
            _ => return None,
        };
        Some(self.spanned(level, pair))
    }
}
