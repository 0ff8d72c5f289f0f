//! A proposal knows which rules read it: its answers stand in the order of their questions, and mean nothing to others.

use std::sync::Arc;

use crate::message::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::message::language::says;
use crate::message::source::{Source, Span};
use crate::proposal::answers::Proposal;
use crate::rules::id::RulesId;

impl Proposal {
    /// Whether these rules read it. Cost: a comparison of pointers, or of 32 bytes where rules were loaded twice.
    pub(crate) fn was_read_by(&self, own: &Arc<RulesId>) -> bool {
        self.rules.as_ref().is_some_and(|rules| Arc::ptr_eq(rules, own) || rules == own)
    }

    /// The message where other rules than these read it.
    #[cold]
    pub(crate) fn read_by_others(&self, own: &RulesId) -> Diagnostics {
        let file = &self.file;
        let read_by = self.rules.as_deref();
        let says = |version| {
            let theirs = read_by.map(|rules| rules.words(Some(own), version));
            (theirs, own.words(read_by, version))
        };
        let message = match (says("versie"), says("version")) {
            ((Some(theirs_nl), own_nl), (Some(theirs_en), own_en)) => says!(
                "\"{file}\" is gelezen met andere regels dan deze: met {theirs_nl}, en dit is {own_nl}",
                "\"{file}\" was read by other rules than these: by {theirs_en}, and this is {own_en}"
            ),
            ((_, own_nl), (_, own_en)) => says!(
                "\"{file}\" is niet met regels gelezen, en dus niet met {own_nl}",
                "\"{file}\" was not read by rules, and so not by {own_en}"
            ),
        };
        let help = says!(
            "lees het voorstel opnieuw met deze regels, of toets het met de regels waarmee het gelezen is",
            "read the proposal again with these rules, or judge it by the rules it was read by"
        );
        let mut diagnostics = Diagnostics::new();
        let whole = self.texts.whole();
        let brace = whole.find('{').unwrap_or_default();
        let source = diagnostics.add_source(Source::new(file, whole));
        let mut found =
            Diagnostic::new(Code::OtherRules, Span::new(source, brace, brace + 1), message).help(help);
        // A `voorbeeld` has no text of its own.
        if whole.is_empty() {
            found.places.clear();
        }
        diagnostics.push(found);
        diagnostics
    }
}
