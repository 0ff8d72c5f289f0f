//! Memory that reading needs, kept from one proposal to the next.

use std::sync::Arc;

use crate::json::scan::Node;
use crate::json::tape::Entry;
use crate::json::texts::Texts;
use crate::proposal::answers::{Answer, Proposal};
use crate::rules::id::RulesId;

/// Memory to read proposals in. Give back each proposal when you are done with it, and reading the next allocates little or
/// nothing.
///
/// ```
/// # let rules = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/klein/regels.meetlat"));
/// # let meetlat = meetlat::Meetlat::parse("klein.meetlat", rules).into_result()?;
/// let mut buffers = meetlat::Buffers::default();
/// for json in [r#"{"meetlat": "klein", "antwoorden": {}}"#, r#"{"meetlat": "klein", "antwoorden": {"gezond": "ja"}}"#] {
///     let proposal = meetlat.read_with(&mut buffers, "voorstel.json", json, None)?;
///     assert_eq!(proposal.texts.whole(), json);
///     buffers.recycle(proposal);
/// }
/// # Ok::<(), meetlat::Diagnostics>(())
/// ```
#[derive(Debug, Default)]
pub struct Buffers {
    pub(super) nodes: Vec<Node>,
    pub(super) inner: Slots,
}

/// What is filled while the nodes are read.
#[derive(Debug, Default)]
pub(super) struct Slots {
    pub(super) rules: Option<Arc<RulesId>>,
    pub(super) questions: Vec<Option<Entry>>,
    pub(super) fields: Vec<Option<Entry>>,
    pub(super) answers: Vec<Answer>,
    pub(super) file: String,
    pub(super) texts: Texts,
}

impl Buffers {
    /// Takes back the memory of a proposal that is no longer needed.
    pub fn recycle(&mut self, proposal: Proposal) {
        let Proposal { rules, file, texts, mut answers, .. } = proposal;
        answers.clear();
        let inner = &mut self.inner;
        (inner.rules, inner.file, inner.texts, inner.answers) = (rules, file, texts, answers);
    }
}
