//! The JSON schemas of the documents, made from their types.

use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform};

use crate::firmness::document::Firmness;
use crate::improve::document::Improvement;
use crate::message::report::Report;
use crate::overview::Overview;
use crate::verdict::document::{DOCUMENT_VERSION, Verdict};
use crate::verdict::next::Next;
use crate::why::document::Why;

/// A kind of document. Its [`schema`] says what it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// A verdict: [`Verdict::to_json`](crate::Verdict::to_json).
    Verdict,
    /// What to ask next: [`Next::to_json`].
    Next,
    /// What would change a verdict: [`Improvement::to_json`].
    Improvement,
    /// Why an outcome is what it is: [`Why::to_json`].
    Why,
    /// How firm a verdict is: [`Firmness::to_json`].
    Firmness,
    /// What a rule file holds, and what its examples reach: [`Overview::to_json`].
    Overview,
    /// Messages about rule files and proposals: [`Report::to_json`]. What every refused call gives.
    Report,
}

impl Kind {
    /// Every kind.
    pub const ALL: &'static [Self] = &[
        Self::Verdict,
        Self::Next,
        Self::Improvement,
        Self::Why,
        Self::Firmness,
        Self::Overview,
        Self::Report,
    ];

    /// Its name: the word that `meetlat schema` takes, and that stands in [`id`](Self::id).
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Verdict => "oordeel",
            Self::Next => "vraag",
            Self::Improvement => "verbeter",
            Self::Why => "waarom",
            Self::Firmness => "stevigheid",
            Self::Overview => "overzicht",
            Self::Report => "meldingen",
        }
    }

    /// Its name in English, which `meetlat schema` takes too.
    #[must_use]
    pub const fn english_name(self) -> &'static str {
        match self {
            Self::Verdict => "verdict",
            Self::Next => "ask",
            Self::Improvement => "improve",
            Self::Why => "why",
            Self::Firmness => "firmness",
            Self::Overview => "overview",
            Self::Report => "messages",
        }
    }

    /// The kind with this name, in either language.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name || kind.english_name() == name)
    }

    /// The `$id` of its schema: `urn:meetlat:document:oordeel:2`, with the version of the documents' form at the end. A
    /// document of that version is one that this schema accepts; when the form changes, so does the version.
    #[must_use]
    pub fn id(self) -> String {
        format!("urn:meetlat:document:{}:{DOCUMENT_VERSION}", self.name())
    }

    /// Title and description, in Dutch as the schemas have them.
    const fn title(self) -> (&'static str, &'static str) {
        match self {
            Self::Verdict => {
                ("Oordeel", "Een oordeel met score en uitleg over een voorstel. Advies, geen besluit.")
            }
            Self::Next => ("Vraag", "De open vraag die nu het meest beslist."),
            Self::Improvement => {
                ("Verbeter", "De kleinste wijzigingen die een oordeel veranderen. Advies, geen besluit.")
            }
            Self::Why => (
                "Waarom",
                "Wat een oordeel al beslist, en wat er voor en tegen spreekt. Advies, geen besluit.",
            ),
            Self::Firmness => {
                ("Stevigheid", "Wanneer andere gewichten, drempels of lezingen een oordeel veranderen.")
            }
            Self::Overview => ("Overzicht", "Wat er in een meetlat staat, en wat de voorbeelden laten zien."),
            Self::Report => ("Meldingen", "Fouten en waarschuwingen over een meetlat of een voorstel."),
        }
    }
}

/// The JSON schema (draft 2020-12) of a kind of document, on several lines: every field is required, and no other is
/// allowed. Cost: made anew each time, from the types.
///
/// ```
/// use meetlat::document::{Kind, schema};
///
/// for kind in Kind::ALL {
///     assert!(schema(*kind).contains(&kind.id()));
/// }
/// ```
#[must_use]
pub fn schema(kind: Kind) -> String {
    match kind {
        Kind::Verdict => of::<Verdict>(kind),
        Kind::Next => of::<Next>(kind),
        Kind::Improvement => of::<Improvement>(kind),
        Kind::Why => of::<Why>(kind),
        Kind::Firmness => of::<Firmness>(kind),
        Kind::Overview => of::<Overview>(kind),
        Kind::Report => of::<Report>(kind),
    }
}

fn of<T: schemars::JsonSchema>(kind: Kind) -> String {
    // As written, not as read: then every field is required.
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut schema = generator.into_root_schema_for::<T>();
    let (title, description) = kind.title();
    schema.insert("$id".to_owned(), kind.id().into());
    schema.insert("title".to_owned(), title.into());
    schema.insert("description".to_owned(), description.into());
    let mut closed = RecursiveTransform(|schema: &mut schemars::Schema| {
        if schema.get("properties").is_some() {
            schema.insert("additionalProperties".to_owned(), false.into());
        }
    });
    closed.transform(&mut schema);
    if let Some(version) = schema.pointer_mut("/properties/documentversie").and_then(|of| of.as_object_mut())
    {
        version.insert("const".to_owned(), DOCUMENT_VERSION.into());
    }
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}
