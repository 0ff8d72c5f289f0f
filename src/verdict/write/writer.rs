//! The writer: from the first key of the document to the last.

use serde::Serialize;

use crate::json::escape::{json_optional, json_text};
use crate::json::hash::hexadecimal;
use crate::judge::findings::{Judgement, Status};
use crate::proposal::answers::Proposal;
use crate::rules::model::QuestionId;
use crate::value::date::Date;
use crate::value::sink::digits;
use crate::verdict::assemble::builder::Builder;
use crate::verdict::write::prepared::{Around, Prepared};
use crate::verdict::write::texts::text;
use crate::verdict::write::values::json;

/// What a verdict says where nothing is open and only one person gave answers.
pub(crate) const NOTHING_OPEN: &str = ",\"open_vragen\":[],\"beoordelaars\":[],\"verschillen\":[],\"consensus\":[],\"afsluiting\":null,\"ontbrekende_rijen\":[],\"ontbrekende_rijen_meer\":0";

pub(crate) struct Writer<'a> {
    pub(super) builder: Builder<'a>,
    pub(super) prepared: &'a Prepared,
    /// Per question from where to where its answer was written; nothing is ever written at the very start.
    pub(super) written: &'a mut [(usize, usize)],
    pub(super) out: &'a mut String,
}

impl<'a> Writer<'a> {
    pub(super) fn verdict(mut self) {
        let prepared = self.prepared;
        let Builder { proposal, judgement, .. } = self.builder;
        self.proposal(proposal);
        self.outcome(judgement);
        self.out.push_str(",\"totaal\":");
        crate::verdict::write::values::score(
            self.out,
            self.builder.language,
            &judgement.total,
            &prepared.thresholds.total,
        );
        self.list(",\"criteria\":[", judgement.criteria.iter().enumerate(), |this, (at, found)| {
            this.criterion(at, found);
        });
        let conditions = judgement.conditions.iter().enumerate();
        self.list("],\"voorwaarden\":[", conditions, |this, (at, status)| this.condition(at, *status));
        let rules = self.builder.rules;
        let (exclusions, signals) = (&rules.model.exclusions, &rules.model.signals);
        let found = exclusions.iter().zip(&prepared.exclusions).zip(&judgement.exclusions);
        self.list("],\"uitsluitingen\":[", found, |this, ((exclusion, pieces), status)| {
            let around = pieces.by(*status, || rules.exclusion(exclusion, *status));
            this.around(around, &pieces.reads);
        });
        let found = signals.iter().zip(&prepared.signals).zip(&judgement.signals);
        self.list("],\"signalen\":[", found, |this, ((signal, pieces), status)| {
            let around = pieces.by(*status, || rules.signal(signal, *status));
            this.around(around, &pieces.reads);
        });
        self.list("],\"routes\":[", judgement.routes.iter().enumerate(), |this, (at, found)| {
            this.route(at, found);
        });
        self.out.push_str("],\"combinaties\":[");
        self.combinations(judgement);
        self.out.push_str("],\"combinaties_meer\":");
        digits(self.out, judgement.combinations_more.into());
        self.out.push_str(if judgement.exact() { ",\"volledig\":true" } else { ",\"volledig\":false" });
        self.out.push_str(",\"aannames\":");
        self.out.push_str(&prepared.assumptions);
        self.list(",\"let_op\":[", prepared.cautions.iter(), |this, (playing, idle, plays)| {
            this.out.push_str(if plays.in_verdict(judgement) { playing } else { idle });
        });
        self.out.push(']');
        self.open_ends(judgement);
        self.out.push_str(",\"meldingen\":");
        self.out.push_str(&prepared.messages);
        self.out.push_str(",\"besluit\":null}");
    }

    /// What only a verdict has with something open, or with answers of several people.
    fn open_ends(&mut self, judgement: &Judgement) {
        let (builder, proposal) = (self.builder, self.builder.proposal);
        if judgement.open.is_empty()
            && judgement.missing_rows.is_empty()
            && judgement.differences.is_empty()
            && proposal.assessors.is_empty()
            && proposal.consensus.is_empty()
            && proposal.closing.is_none()
        {
            return self.out.push_str(NOTHING_OPEN);
        }
        let open =
            judgement.open.iter().filter_map(|open| builder.open_question(open, &judgement.combinations));
        self.part(",\"open_vragen\":", &open.collect::<Vec<_>>());
        self.part(",\"beoordelaars\":", &builder.assessors());
        self.part(",\"verschillen\":", &builder.differences());
        self.part(",\"consensus\":", &builder.consensus());
        self.part(",\"afsluiting\":", &builder.closing(builder.language));
        self.part(",\"ontbrekende_rijen\":", &builder.missing_rows());
        self.out.push_str(",\"ontbrekende_rijen_meer\":");
        digits(self.out, judgement.missing_rows_more.into());
    }

    fn part(&mut self, key: &str, part: &impl Serialize) {
        self.out.push_str(key);
        self.out.push_str(&json(part));
    }

    /// A list from its opening on, without its closing bracket.
    fn list<T>(&mut self, opening: &str, items: impl Iterator<Item = T>, write: impl Fn(&mut Self, T)) {
        self.out.push_str(opening);
        let mut first = true;
        for item in items {
            if !std::mem::take(&mut first) {
                self.out.push(',');
            }
            write(self, item);
        }
    }

    /// The rules, and what the proposal says about itself.
    fn proposal(&mut self, proposal: &Proposal) {
        let (rules, out) = (&self.prepared.rules, &mut *self.out);
        out.push_str(&rules.before);
        date(out, proposal.reference_date);
        out.push_str(&rules.after);
        text(out, proposal, proposal.title);
        out.push_str(",\"indiener\":");
        text(out, proposal, proposal.submitter);
        out.push_str(",\"peildatum\":");
        date(out, proposal.reference_date);
        out.push_str(",\"bestand\":");
        json_text(out, &proposal.file);
        out.push_str(",\"sha256\":\"");
        if let Some(hash) = proposal.sha256() {
            hexadecimal(out, &hash);
        }
        out.push_str("\"}");
    }

    fn outcome(&mut self, judgement: &Judgement) {
        let plain = judgement.exact() && judgement.outcomes.len() == 1;
        let line = judgement.line.filter(|_| plain).and_then(|at| {
            let line = self.prepared.lines.get(at)?;
            let make = || self.builder.rules.outcome(judgement.outcome(), &judgement.outcomes, Some(at));
            Some(line.get_or_init(|| Around::of(&make(), "redenen")))
        });
        let made;
        let around = match line {
            Some(around) => around,
            None => {
                made = Around::of(&self.builder.outcome(), "redenen");
                &made
            }
        };
        self.out.push_str(",\"oordeel\":");
        self.out.push_str(&around.before);
        self.list("", self.builder.points().iter(), |this, point| {
            this.out.push_str("{\"code\":\"");
            this.out.push_str(point.code.name());
            this.out.push_str("\",\"over\":");
            json_optional(this.out, point.about.as_deref());
            this.out.push_str(",\"tekst\":");
            json_text(this.out, &point.text);
            this.out.push('}');
        });
        self.out.push_str(&around.after);
    }

    fn condition(&mut self, at: usize, status: Status) {
        let (rules, condition) = (self.builder.rules, self.builder.model.conditions.get(at));
        let Some((pieces, condition)) = self.prepared.conditions.get(at).zip(condition) else { return };
        if let Some(only_if) = self.builder.applies_if(condition, status) {
            let mut made = self.builder.condition(condition, status);
            made.only_if = Some(only_if);
            return self.around(&Around::of(&made, "antwoorden"), &pieces.reads);
        }
        self.around(pieces.by(status, || rules.condition(condition, status)), &pieces.reads);
    }

    /// A part around the answers to these questions.
    fn around(&mut self, around: &Around, reads: &[QuestionId]) {
        self.out.push_str(&around.before);
        self.answers(reads);
        self.out.push_str(&around.after);
    }

    fn route(&mut self, at: usize, found: &[u16]) {
        let Some(pieces) = self.prepared.routes.get(at) else { return };
        let choice = self.builder.judgement.choice(at);
        let settled = choice.and_then(|only| pieces.choices.get(usize::from(only)));
        let made;
        let around = match (settled, self.builder.model.routes.get(at)) {
            (Some(around), _) => around,
            (None, Some(route)) => {
                made = Around::of(&self.builder.route(route, choice, found), "antwoorden");
                &made
            }
            (None, None) => return,
        };
        self.around(around, &pieces.reads);
    }

    fn combinations(&mut self, judgement: &Judgement) {
        let prepared = self.prepared;
        self.list("", judgement.combinations.iter(), |this, (outcome, choices)| {
            this.out.push_str(prepared.outcome_names.get(usize::from(*outcome)).map_or("", String::as_str));
            this.list("", prepared.routes.iter().zip(choices), |this, (route, choice)| {
                this.out.push_str(route.combined.get(usize::from(*choice)).map_or("", String::as_str));
            });
            this.out.push_str("]}");
        });
    }
}

pub(crate) fn date(out: &mut String, date: Option<Date>) {
    match date {
        Some(date) => {
            out.push('"');
            date.iso_to(out);
            out.push('"');
        }
        None => out.push_str("null"),
    }
}
