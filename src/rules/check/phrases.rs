//! Names of kinds of declarations, and lists, as messages say them.

use crate::message::language::{Text, says};
use crate::rules::syntax::DeclarationKind;

/// The English word for a kind of declaration.
pub(crate) const fn english(kind: DeclarationKind) -> &'static str {
    match kind {
        DeclarationKind::Header => "header",
        DeclarationKind::Import => "import",
        DeclarationKind::Question => "question",
        DeclarationKind::Table => "table",
        DeclarationKind::Part => "part",
        DeclarationKind::Term => "term",
        DeclarationKind::Criterion => "criterion",
        DeclarationKind::Condition => "condition",
        DeclarationKind::Exclusion => "exclusion",
        DeclarationKind::Signal => "signal",
        DeclarationKind::Verdict => "verdict",
        DeclarationKind::Route => "route",
        DeclarationKind::Example => "example",
    }
}

/// Up to `most` words between quotes.
pub(crate) fn shorten<'c>(words: impl Iterator<Item = &'c str> + Clone, most: usize) -> String {
    let rest = if words.clone().count() > most { ", …" } else { "" };
    let quoted: Vec<String> = words.take(most).map(|word| format!("\"{word}\"")).collect();
    format!("{}{rest}", quoted.join(", "))
}

/// `de vraag`
pub(crate) fn the(kind: DeclarationKind) -> Text {
    use DeclarationKind as K;
    let article = match kind {
        K::Part | K::Term | K::Criterion | K::Signal | K::Verdict | K::Example => "het",
        _ => "de",
    };
    let (nl, en) = (kind.keyword(), english(kind));
    says!("{article} {nl}", "the {en}")
}

/// `een vraag`
pub(crate) fn a(kind: DeclarationKind) -> Text {
    use DeclarationKind as K;
    match kind {
        K::Header => return says!("de kop (meetlat)", "the header (meetlat)"),
        K::Verdict => return says!("het oordeel", "the verdict"),
        _ => {}
    }
    let article = if matches!(kind, K::Import | K::Exclusion | K::Example) { "an" } else { "a" };
    let (nl, en) = (kind.keyword(), english(kind));
    says!("een {nl}", "{article} {en}")
}

/// The name of a file, without its folders.
pub(crate) fn without_folders(name: &str) -> String {
    name.rsplit(['/', '\\']).next().unwrap_or(name).to_owned()
}
