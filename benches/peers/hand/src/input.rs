//! The fields of a proposal that the rules read, typed and borrowed. What they don't name is skipped.

use serde::Deserialize;

use crate::answer::{Answer, Baseline, Level, Partner, Theme, YesNo};

/// A proposal, as far as the rules read it.
#[derive(Debug, Deserialize)]
pub struct Proposal<'a> {
    #[serde(borrow)]
    pub(crate) antwoorden: Answers<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Answers<'a> {
    pub(crate) thema: Answer<Theme>,
    pub(crate) gezond: Answer<Level>,
    pub(crate) veilig: Answer<Level>,
    pub(crate) kansrijk: Answer<Level>,
    pub(crate) dichterbij: Answer<Level>,
    pub(crate) kort: Answer<Level>,
    pub(crate) uitgaven: Answer<Level>,
    pub(crate) vertrouwen: Answer<Level>,
    pub(crate) eigen_omgeving: Answer<Level>,
    pub(crate) opnames: Answer<Level>,
    pub(crate) lerend: Answer<Level>,
    pub(crate) partners: Answer<Vec<Partner>>,
    pub(crate) omdenken: Answer<Level>,
    pub(crate) gedrag: Answer<Level>,
    pub(crate) kinderen: Answer<u32>,
    pub(crate) nulmeting: Answer<Baseline>,
    pub(crate) evaluatie: Answer<YesNo>,
    pub(crate) elders: Answer<YesNo>,
    /// `JJJJ-MM-DD`: as text it orders as the dates do.
    #[serde(borrow)]
    pub(crate) start: Answer<&'a str>,
    pub(crate) bedrag: Answer<u64>,
}
