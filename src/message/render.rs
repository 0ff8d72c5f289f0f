//! Diagnostics as text with a piece of the source, for a terminal.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str};

use crate::message::diagnostic::{Diagnostic, Diagnostics, Place, Severity};
use crate::message::language::Language;
use crate::message::source::Source;

/// All diagnostics, each with its place, the lines it is about and what to do; a blank line between two. With
/// `colour` it holds ANSI escapes.
#[must_use]
pub fn render(diagnostics: &Diagnostics, language: Language, colour: bool) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&render_one(diagnostic, diagnostics, language, colour));
        out.push('\n');
    }
    out
}

/// One diagnostic, without a newline at its end; `texts` holds the texts it points into.
#[must_use]
pub fn render_one(diagnostic: &Diagnostic, texts: &Diagnostics, language: Language, colour: bool) -> String {
    let (error, warning, help, at) =
        language.pick(("fout", "waarschuwing", "hulp", "pad"), ("error", "warning", "help", "path"));
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR.with_name(Some(format!("{error} {}", diagnostic.code))),
        Severity::Warning => Level::WARNING.with_name(Some(format!("{warning} {}", diagnostic.code))),
    };
    let title = level.primary_title(diagnostic.message.get(language));
    let mut group = Group::with_title(title);
    for (first, source, places) in by_source(diagnostic, texts) {
        let pointer = places.iter().find_map(|place| place.pointer.as_deref());
        if source.text().is_empty() {
            let first = source.first_line() as usize;
            group = group.element(Origin::path(source.name().to_owned()).line(first).char_column(1));
            continue;
        }
        let mut snippet = Snippet::source(source.text())
            .line_start(source.first_line() as usize)
            .path(source.name())
            .fold(true);
        for (place_number, place) in places.iter().enumerate() {
            let kind =
                if first && place_number == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
            let label = place.label.get(language);
            let label = (!label.is_empty()).then_some(label);
            snippet = snippet.annotation(kind.span(visible(source, place)).label(label));
        }
        group = group.element(snippet);
        if let Some(pointer) = pointer.filter(|pointer| !pointer.is_empty()) {
            group = group.element(Level::NOTE.with_name(Some(at)).message(normalize_untrusted_str(pointer)));
        }
    }
    if let Some(text) = &diagnostic.help {
        group = group
            .element(Level::HELP.with_name(Some(help)).message(normalize_untrusted_str(text.get(language))));
    }
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    renderer.decor_style(DecorStyle::Unicode).render(&[group])
}

/// The places of a diagnostic, those in one text together, the first place's text first.
fn by_source<'a>(
    diagnostic: &'a Diagnostic,
    texts: &'a Diagnostics,
) -> Vec<(bool, &'a Source, Vec<&'a Place>)> {
    let mut groups: Vec<(bool, crate::message::source::SourceId, &Source, Vec<&Place>)> = Vec::new();
    for place in &diagnostic.places {
        let Some(source) = texts.source(place.span.source) else { continue };
        match groups.iter_mut().find(|(_, id, ..)| *id == place.span.source) {
            Some((.., places)) => places.push(place),
            None => groups.push((groups.is_empty(), place.span.source, source, vec![place])),
        }
    }
    groups.into_iter().map(|(first, _, source, places)| (first, source, places)).collect()
}

/// A span inside the text, on character boundaries, that has something to underline where that is possible.
fn visible(source: &Source, place: &Place) -> std::ops::Range<usize> {
    let text = source.text();
    let border = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = border(place.span.start as usize);
    let end = border(place.span.end as usize).max(start);
    // A long declaration: its first line is enough.
    let line = text.get(start..end).unwrap_or_default();
    let end = line.find('\n').filter(|&at| at > 0).map_or(end, |at| start + at);
    start..end
}
