//! A diagnostic: a stable code, the place, what is wrong in the user's words, what to do. Each phase adds to one
//! [`Diagnostics`] list and goes on with what is sound.

use crate::message::language::Text;
use crate::message::source::{Source, SourceId, Span};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The rules or the proposal cannot be used.
    Error,
    /// They can be used; a policy writer should look.
    Warning,
}

/// A place with an optional remark. In rule files `pointer` is empty; in proposals it is a JSON pointer.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Place {
    /// Where.
    pub span: Span,
    /// JSON pointer of the value, for proposals.
    pub pointer: Option<String>,
    /// What there is to see there; may be empty.
    pub label: Text,
}

/// One fault or warning.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// Stable code such as `M0203`; see `docs/meldingen.md`.
    pub code: Code,
    /// Error or warning.
    pub severity: Severity,
    /// What is wrong.
    pub message: Text,
    /// The first is where it is wrong; others are where to look too.
    pub places: Vec<Place>,
    /// What to do.
    pub help: Option<Text>,
}

impl Diagnostic {
    /// A fault at a place, with the severity its code has.
    #[must_use]
    pub fn new(code: Code, span: Span, message: Text) -> Self {
        let place = Place { span, pointer: None, label: Text::default() };
        Self { code, severity: code.severity(), message, places: vec![place], help: None }
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, help: Text) -> Self {
        self.help = Some(help);
        self
    }

    /// Adds a remark to the first place.
    #[must_use]
    pub fn label(mut self, label: Text) -> Self {
        if let Some(first) = self.places.first_mut() {
            first.label = label;
        }
        self
    }

    /// Adds a second place to look at.
    #[must_use]
    pub fn also(mut self, span: Span, label: Text) -> Self {
        self.places.push(Place { span, pointer: None, label });
        self
    }

    /// Sets the JSON pointer of the first place.
    #[must_use]
    pub fn at(mut self, pointer: impl Into<String>) -> Self {
        if let Some(first) = self.places.first_mut() {
            first.pointer = Some(pointer.into());
        }
        self
    }
}

/// The diagnostics of one run, with the texts they point into. In order of place once [`Diagnostics::sort`]
/// was called.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    sources: Vec<Source>,
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// An empty list.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text that spans may point into.
    pub fn add_source(&mut self, source: Source) -> SourceId {
        let id = self.next_source();
        self.sources.push(source);
        id
    }

    /// The id that the next text will have.
    pub(crate) fn next_source(&self) -> SourceId {
        SourceId(u32::try_from(self.sources.len()).unwrap_or(u32::MAX))
    }

    /// The text with an id.
    #[must_use]
    pub fn source(&self, id: SourceId) -> Option<&Source> {
        self.sources.get(id.0 as usize)
    }

    /// All texts, in order of their ids.
    #[must_use]
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// Makes the texts parts of a larger one, starting at a line, counted from 1.
    pub(crate) fn start_at(&mut self, line: u32) {
        for source in &mut self.sources {
            source.start_at(line);
        }
    }

    /// Adds one. Its places are widened to whole characters, so that texts can be cut there.
    pub fn push(&mut self, mut diagnostic: Diagnostic) {
        for place in &mut diagnostic.places {
            let Some(source) = self.sources.get(place.span.source.0 as usize) else { continue };
            let text = source.text();
            let (mut start, mut end) = (place.span.start as usize, place.span.end as usize);
            (start, end) = (start.min(text.len()), end.min(text.len()));
            while !text.is_char_boundary(start) {
                start -= 1;
            }
            while !text.is_char_boundary(end) {
                end += 1;
            }
            place.span = Span::new(place.span.source, start, end);
        }
        self.list.push(diagnostic);
    }

    /// All of them, in the order they were found.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// None at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether one of them is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// The texts without the diagnostics.
    #[must_use]
    pub fn texts_only(&self) -> Self {
        Self { sources: self.sources.clone(), list: Vec::new() }
    }

    /// Takes over another list's diagnostics; both must point into the same texts.
    pub fn extend(&mut self, other: Self) {
        self.list.extend(other.list);
    }

    /// Keeps the first `most`, and says how many more there are.
    pub fn cap(&mut self, most: usize) {
        // A phase that stopped early has said so already.
        if self.list.iter().any(|diagnostic| diagnostic.code == Code::TooManyDiagnostics) {
            let (said, mut rest): (Vec<_>, Vec<_>) = std::mem::take(&mut self.list)
                .into_iter()
                .partition(|diagnostic| diagnostic.code == Code::TooManyDiagnostics);
            rest.truncate(most);
            self.list = rest;
            self.list.extend(said.into_iter().take(1));
            return;
        }
        let more = self.list.len().saturating_sub(most);
        if more == 0 {
            return;
        }
        self.list.truncate(most);
        let span =
            self.list.last().and_then(|last| last.places.first()).map_or(Span::default(), |place| place.span);
        let message = crate::message::language::says!(
            "er zijn nog {more} meldingen, die niet worden getoond",
            "there are {more} more messages, which are not shown"
        );
        let help = crate::message::language::says!("verhelp eerst deze", "mend these first");
        self.list.push(Diagnostic::new(Code::TooManyDiagnostics, span, message).help(help));
    }

    /// Sorts them by place, then code, and drops exact duplicates.
    pub fn sort(&mut self) {
        self.list.sort_by(|a, b| {
            let key = |d: &Diagnostic| (d.places.first().map(|place| place.span), d.code);
            key(a).cmp(&key(b)).then_with(|| a.message.nl.cmp(&b.message.nl))
        });
        self.list.dedup();
    }
}

impl Diagnostics {
    /// The message of the first, empty without any.
    pub(crate) fn first_message(&self) -> Text {
        self.list.first().map(|one| one.message.clone()).unwrap_or_default()
    }
}

impl std::error::Error for Diagnostics {}

/// In Dutch, a line each: `regels.meetlat:12:5: M0203: …`, followed by what to do. For people `render` shows the source too, and
/// [`Report`](crate::Report) is the same as JSON, in either language.
impl std::fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (at, one) in self.list.iter().enumerate() {
            if at > 0 {
                f.write_str("\n")?;
            }
            let place = one.places.first();
            if let Some((source, place)) = place.and_then(|at| Some((self.source(at.span.source)?, at))) {
                let position = source.position(place.span.start);
                write!(f, "{}:{}:{}: ", source.name(), position.line, position.column)?;
            }
            write!(f, "{}: {}", one.code, one.message.nl)?;
            if let Some(help) = &one.help {
                write!(f, " ({})", help.nl)?;
            }
        }
        Ok(())
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $severity:ident;)*) => {
        /// Every stable code. M: rule files, V: proposals, G: limits.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// All codes, in order.
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];

            /// The code as shown, for example `M0203`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Code::$name => $code,)* }
            }

            /// Error or warning.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $(Code::$name => Severity::$severity,)* }
            }
        }
    };
}

include!("codes.rs");

impl Code {
    /// How bad it is where every warning counts as an error. Only a search that ended stays a warning: that is not a fault in the
    /// rules, and no change to them is sure to prevent it.
    ///
    /// ```
    /// use meetlat::Code;
    /// use meetlat::diagnostic::Severity;
    ///
    /// assert_eq!(Code::NeverReached.severity(), Severity::Warning);
    /// assert_eq!(Code::NeverReached.strict_severity(), Severity::Error);
    /// assert_eq!(Code::SearchEnded.strict_severity(), Severity::Warning);
    /// ```
    #[must_use]
    pub const fn strict_severity(self) -> Severity {
        match self {
            Self::SearchEnded => Severity::Warning,
            _ => Severity::Error,
        }
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
