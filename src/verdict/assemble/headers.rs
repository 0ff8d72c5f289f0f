//! What every document says about the rules and about the proposal.

use std::borrow::Cow;

use crate::proposal::answers::Proposal;
use crate::rules::model::Model;
use crate::value::date::Date;
use crate::verdict::assemble::names::{named, names};
use crate::verdict::document as v;

/// What a document says about the rules.
pub(crate) fn rule_file(model: &Model, proposal: &Proposal) -> v::RuleFile {
    rules_on(model, proposal.reference_date)
}

/// The same, applied for a day.
pub(crate) fn rules_on(model: &Model, reference_date: Option<Date>) -> v::RuleFile {
    v::RuleFile {
        name: model.name.clone(),
        title: model.title.clone(),
        version: Some(model.version.clone()).filter(|version| !version.is_empty()),
        valid: v::Period {
            from: model.valid_from.map(Date::to_iso),
            until: model.valid_until.map(Date::to_iso),
        },
        reference_date: reference_date.map(Date::to_iso),
        partly_counts: model.partly.as_ref().map(|(partly, _)| partly.to_fraction_string()),
        documents: model
            .documents
            .iter()
            .map(|document| v::Document {
                label: document.label.clone(),
                title: document.title.clone(),
                date: document.date.clone(),
            })
            .collect(),
        files: std::iter::once((&model.file, &model.sha256))
            .chain(model.blocks.iter().map(|block| (&block.file, &block.sha256)))
            .map(|(name, sha256)| v::File { name: name.clone(), sha256: sha256.clone() })
            .collect(),
    }
}

/// What a document says about the outcome: settled, or open with these possible.
pub(crate) fn standing(model: &Model, settled: Option<u16>, possible: &[u16]) -> v::Standing {
    let rule = &model.verdict;
    let settled = settled.and_then(|only| rule.outcomes.get(usize::from(only)));
    v::Standing {
        title: rule.head.title.clone(),
        status: if settled.is_some() { v::Settled::Settled } else { v::Settled::Open },
        outcome: settled.map(|outcome| outcome.name.clone()),
        outcome_title: settled.map(|outcome| outcome.label.clone()),
        possible: names(&rule.outcomes, possible),
        outcomes: rule.outcomes.iter().map(named).collect(),
    }
}

/// What a document says about the proposal.
pub(crate) fn proposal_header(proposal: &Proposal) -> v::ProposalHeader {
    v::ProposalHeader {
        title: proposal.title().map(Cow::into_owned),
        submitter: proposal.submitter().map(Cow::into_owned),
        reference_date: proposal.reference_date.map(Date::to_iso),
        file: proposal.file.clone(),
        sha256: proposal.sha256_text(),
    }
}
