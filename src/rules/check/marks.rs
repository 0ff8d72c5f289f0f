//! What citing a phrase takes: what its names stand for, and what in the text is no part of it.

use std::sync::Arc;

use super::checker::Checker;
use super::kinds::Words;
use crate::message::source::Span;
use crate::rules::load::Loaded;
use crate::rules::model::{Mark, Marked, Target};
use crate::rules::syntax::Aside;

impl Checker<'_> {
    /// A phrase names a declaration.
    pub(super) fn names_declared(&mut self, span: Span, target: Target) {
        self.marks.push(Mark { span, what: Marked::Name(target) });
    }

    /// A phrase names a word of a list.
    pub(super) fn names_word(&mut self, span: Span, words: &Words, place: u16) {
        if let Some(label) = words.label(place) {
            self.marks.push(Mark { span, what: Marked::Label(label) });
        }
    }

    /// All of them, in order.
    pub(super) fn marks(&mut self, loaded: &Loaded) -> Arc<[Mark]> {
        let mut marks = std::mem::take(&mut self.marks);
        for file in &loaded.files {
            let comments = file.file.comments.iter().map(|comment| (comment.span, Marked::Aside));
            let asides = file.file.asides.iter().map(|aside| match aside.node {
                Aside::Ground => (aside.span, Marked::Aside),
                Aside::Hyphen => (aside.span, Marked::Hyphen),
            });
            marks.extend(comments.chain(asides).map(|(span, what)| Mark { span, what }));
        }
        marks.sort_by_key(|mark| mark.span);
        // A name that was looked at twice, and a comment behind a source, which reads to the end of its line.
        marks.dedup_by(|next, kept| next.span.source == kept.span.source && next.span.start < kept.span.end);
        marks.into()
    }
}
