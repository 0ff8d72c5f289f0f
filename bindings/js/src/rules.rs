//! The calls of the contract.

use js_sys::Function;
use meetlat_border::{How, Named, Refused, Spend, Stop};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::blocks::ask;

/// Rules, ready to judge.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Rules(meetlat_border::Rules);

/// A document, or the messages.
type Given<T = String> = Result<T, String>;

fn given<T>(found: Result<T, Refused>) -> Given<T> {
    found.map_err(|refused| refused.to_json())
}

fn how(reference_date: Option<String>, language: Option<String>) -> Given<How> {
    given(How::new(reference_date.as_deref(), language.as_deref()))
}

/// What a call may take: so many steps, and no longer than until `end`, on the host's clock.
fn spend(limit: Option<u64>, end: Option<f64>) -> Spend {
    Spend { steps: limit, stop: end.map(|end| Stop::when(move || now() >= end)) }
}

#[wasm_bindgen]
extern "C" {
    /// Milliseconds on a clock that is never set back.
    #[wasm_bindgen(js_namespace = performance)]
    fn now() -> f64;
}

fn named<'t>(names: &'t [String], texts: &'t [String]) -> Vec<Named<'t>> {
    names.iter().zip(texts).map(|(name, text)| Named::new(name, text)).collect()
}

#[wasm_bindgen]
impl Rules {
    /// Reads and checks rule texts: names and texts in the same order.
    ///
    /// # Errors
    /// The messages.
    pub fn compile(
        names: Vec<String>,
        texts: Vec<String>,
        find: &Function,
        language: Option<String>,
    ) -> Given<Self> {
        let language = given(meetlat_border::language(language.as_deref()))?;
        let texts = named(&names, &texts);
        given(meetlat_border::Rules::compile(&texts, &mut |name| ask(find, name), language)).map(Self)
    }

    /// The name in the header.
    #[must_use]
    pub fn name(&self) -> String {
        self.0.name().to_owned()
    }

    /// What deserves attention.
    ///
    /// # Errors
    /// The messages.
    pub fn warnings(&self, language: Option<String>) -> Given {
        Ok(self.0.warnings(given(meetlat_border::language(language.as_deref()))?))
    }

    /// The verdict.
    ///
    /// # Errors
    /// The messages.
    pub fn evaluate(
        &self,
        name: &str,
        proposal: &str,
        reference_date: Option<String>,
        language: Option<String>,
        limit: Option<u64>,
        end: Option<f64>,
    ) -> Given {
        given(self.0.evaluate(
            Named::new(name, proposal),
            &how(reference_date, language)?.spending(spend(limit, end)),
        ))
    }

    /// The question best answered next.
    ///
    /// # Errors
    /// The messages.
    pub fn next(
        &self,
        name: &str,
        proposal: &str,
        reference_date: Option<String>,
        language: Option<String>,
        limit: Option<u64>,
        end: Option<f64>,
    ) -> Given {
        given(
            self.0.next(
                Named::new(name, proposal),
                &how(reference_date, language)?.spending(spend(limit, end)),
            ),
        )
    }

    /// The smallest changes.
    ///
    /// # Errors
    /// The messages.
    #[allow(
        clippy::too_many_arguments,
        reason = "an object of options would have to be let go of by JavaScript"
    )]
    pub fn improve(
        &self,
        name: &str,
        proposal: &str,
        targets: Vec<String>,
        reference_date: Option<String>,
        language: Option<String>,
        limit: Option<u64>,
        end: Option<f64>,
    ) -> Given {
        let targets: Vec<&str> = targets.iter().map(String::as_str).collect();
        given(self.0.improve(
            Named::new(name, proposal),
            &targets,
            &how(reference_date, language)?.spending(spend(limit, end)),
        ))
    }

    /// Why the outcome is what it is.
    ///
    /// # Errors
    /// The messages.
    #[allow(
        clippy::too_many_arguments,
        reason = "an object of options would have to be let go of by JavaScript"
    )]
    pub fn why(
        &self,
        name: &str,
        proposal: &str,
        answers: bool,
        reference_date: Option<String>,
        language: Option<String>,
        limit: Option<u64>,
        end: Option<f64>,
    ) -> Given {
        given(self.0.why(
            Named::new(name, proposal),
            answers,
            &how(reference_date, language)?.spending(spend(limit, end)),
        ))
    }

    /// How firm the verdict is.
    ///
    /// # Errors
    /// The messages.
    pub fn firmness(
        &self,
        name: &str,
        proposal: &str,
        reference_date: Option<String>,
        language: Option<String>,
        limit: Option<u64>,
        end: Option<f64>,
    ) -> Given {
        given(self.0.firmness(
            Named::new(name, proposal),
            &how(reference_date, language)?.spending(spend(limit, end)),
        ))
    }

    /// The JSON schema of proposals.
    ///
    /// # Errors
    /// The messages.
    pub fn schema(&self, reference_date: Option<String>, language: Option<String>) -> Given {
        given(self.0.schema(&how(reference_date, language)?))
    }

    /// A proposal with every question open.
    ///
    /// # Errors
    /// The messages.
    pub fn empty_proposal(&self, reference_date: Option<String>, language: Option<String>) -> Given {
        given(self.0.empty_proposal(&how(reference_date, language)?))
    }
}

/// Everything that can be said of rule texts.
///
/// # Errors
/// The messages about the call itself; those about the texts are the answer.
#[wasm_bindgen]
pub fn check(
    names: Vec<String>,
    texts: Vec<String>,
    find: &Function,
    search: bool,
    language: Option<String>,
    limit: Option<u64>,
    end: Option<f64>,
) -> Given {
    let language = given(meetlat_border::language(language.as_deref()))?;
    let (texts, spend) = (named(&names, &texts), spend(limit, end));
    Ok(meetlat_border::check(&texts, &mut |name| ask(find, name), search, &spend, language))
}
