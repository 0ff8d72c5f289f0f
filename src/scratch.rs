//! Buffers that a caller keeps from one call to the next.

use crate::judge::findings::Judgement;
use crate::judge::open;
use crate::proposal::read::Buffers;
use crate::verdict::document::Verdict;

/// Buffers for the work on one proposal after another: they keep what they have grown to. One per thread; they may be used
/// with any rules, in any order, and what they held before changes no result. They never shrink: what a great proposal took stays.
///
/// ```
/// # let rules = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/klein/regels.meetlat"));
/// # let meetlat = meetlat::Meetlat::parse("klein.meetlat", rules).into_result()?;
/// let mut scratch = meetlat::Scratch::default();
/// assert_eq!(scratch.line(), "");
/// let json = r#"{"meetlat": "klein", "antwoorden": {"gezond": "ja", "bedrag": 42000}}"#;
/// meetlat.in_language(meetlat::Language::Nl).judge_json(&mut scratch, "voorstel.json", json, None)?;
/// assert!(scratch.judgement().settled());
/// assert_eq!(scratch.verdict().map(|verdict| verdict.to_json_line()).as_deref(), Some(scratch.line()));
/// # Ok::<(), meetlat::Diagnostics>(())
/// ```
#[derive(Debug, Default)]
pub struct Scratch {
    /// To read in.
    pub(crate) buffers: Buffers,
    /// To judge in.
    pub(crate) judge: open::Buffers,
    /// Where answers are in the verdict that is being written.
    pub(crate) written: Vec<(usize, usize)>,
    /// The verdict.
    pub(crate) line: String,
}

impl Scratch {
    /// What was found about the last proposal that was judged.
    #[must_use]
    pub const fn judgement(&self) -> &Judgement {
        &self.judge.judgement
    }

    /// The verdict that was written last, as JSON on one line; empty when none was.
    #[must_use]
    pub fn line(&self) -> &str {
        &self.line
    }

    /// The same as a typed document; none when none was written. Cost: the JSON is read.
    #[must_use]
    pub fn verdict(&self) -> Option<Verdict> {
        (!self.line.is_empty()).then(|| Verdict::written(&self.line))
    }
}
