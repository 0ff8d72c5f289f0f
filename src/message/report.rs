//! Diagnostics as a JSON document: `{"meldingen": […]}`. The same document in every binding.

use serde::{Deserialize, Serialize};

use crate::message::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::message::language::Language;

/// Messages about rule files and proposals.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Report {
    /// In order of place.
    #[serde(rename = "meldingen")]
    pub messages: Vec<Message>,
}

/// One message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Message {
    /// Stable code such as `M0203`. M: rule files, V: proposals, G: limits, B: files and hosts.
    pub code: String,
    /// How bad it is.
    #[serde(rename = "ernst")]
    pub severity: MessageSeverity,
    /// What is wrong. In the language asked for.
    #[serde(rename = "melding")]
    pub text: String,
    /// The first is where it is wrong; others are where to look too. Empty when it has no place.
    #[serde(rename = "plaatsen")]
    pub places: Vec<MessagePlace>,
    /// What to do. In the language asked for.
    #[serde(rename = "hulp")]
    pub help: Option<String>,
}

/// How bad a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum MessageSeverity {
    /// The rules or the proposal cannot be used.
    #[serde(rename = "fout")]
    Error,
    /// They can be used; someone should look.
    #[serde(rename = "waarschuwing")]
    Warning,
}

/// A place in a text. Lines and columns count from 1, columns in characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct MessagePlace {
    /// The name the host gave the text.
    #[serde(rename = "bestand")]
    pub file: String,
    /// Line of the first character.
    #[serde(rename = "regel")]
    pub line: u32,
    /// Column of the first character.
    #[serde(rename = "kolom")]
    pub column: u32,
    /// Line of the end.
    #[serde(rename = "eindregel")]
    pub end_line: u32,
    /// Column one past the last character.
    #[serde(rename = "eindkolom")]
    pub end_column: u32,
    /// JSON pointer of the value, for proposals.
    #[serde(rename = "pad")]
    pub pointer: Option<String>,
}

impl Report {
    /// The messages of a run, in the order of the list.
    #[must_use]
    pub fn new(diagnostics: &Diagnostics, language: Language) -> Self {
        let messages =
            diagnostics.iter().map(|diagnostic| Message::new(diagnostic, diagnostics, language)).collect();
        Self { messages }
    }

    /// A message of the host itself, for instance about a file that cannot be opened: an error without a place.
    #[must_use]
    pub fn of_host(code: &str, text: String, help: Option<String>) -> Self {
        let code = code.to_owned();
        let message = Message { code, severity: MessageSeverity::Error, text, places: Vec::new(), help };
        Self { messages: vec![message] }
    }

    /// Counts every warning as an error, except a search that ended ([`Code::strict_severity`]).
    #[must_use]
    pub fn strict(mut self) -> Self {
        let stays = |message: &Message| message.code == Code::SearchEnded.as_str();
        for message in self.messages.iter_mut().filter(|message| !stays(message)) {
            message.severity = MessageSeverity::Error;
        }
        self
    }

    /// Whether one of them is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.messages.iter().any(|message| message.severity == MessageSeverity::Error)
    }

    /// The document on one line.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Plain structs of texts and numbers: writing them cannot fail.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// Of several reports one, in the order given.
impl FromIterator<Message> for Report {
    fn from_iter<I: IntoIterator<Item = Message>>(messages: I) -> Self {
        Self { messages: messages.into_iter().collect() }
    }
}

impl Message {
    /// One diagnostic; `texts` holds the texts it points into.
    #[must_use]
    pub fn new(diagnostic: &Diagnostic, texts: &Diagnostics, language: Language) -> Self {
        let places = diagnostic.places.iter().filter_map(|place| {
            let source = texts.source(place.span.source)?;
            let (start, end) = (source.position(place.span.start), source.position(place.span.end));
            Some(MessagePlace {
                file: source.name().to_owned(),
                line: start.line,
                column: start.column,
                end_line: end.line,
                end_column: end.column,
                pointer: place.pointer.clone(),
            })
        });
        Self {
            code: diagnostic.code.as_str().to_owned(),
            severity: match diagnostic.severity {
                Severity::Error => MessageSeverity::Error,
                Severity::Warning => MessageSeverity::Warning,
            },
            text: diagnostic.message.get(language).to_owned(),
            places: places.collect(),
            help: diagnostic.help.as_ref().map(|help| help.get(language).to_owned()),
        }
    }
}
