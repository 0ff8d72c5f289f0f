//! Handing out what a call came to: the document and the result. No panic gets past here.

use std::panic::{AssertUnwindSafe, catch_unwind};

use meetlat_border::{Language, Refused, stopped};

use crate::borrow;
use crate::types::{Code, Owned, Text};

/// Why a call gives nothing.
#[derive(Debug)]
pub(crate) struct Fault {
    code: Code,
    refused: Refused,
}

impl Fault {
    /// A fault in the calling program.
    pub(crate) const fn wrong_call(refused: Refused) -> Self {
        Self { code: Code::WrongCall, refused }
    }

    /// All messages of several; a fault in the calling program goes before faults in what it was given.
    pub(crate) fn all(faults: Vec<Self>) -> Self {
        let wrong = faults.iter().any(|fault| fault.code == Code::WrongCall);
        let code = if wrong { Code::WrongCall } else { Code::Refused };
        Self { code, refused: Refused::all(faults.into_iter().map(|fault| fault.refused)) }
    }

    pub(crate) const fn code(&self) -> Code {
        self.code
    }

    /// For people, when it becomes part of another message.
    pub(crate) fn words(&self) -> String {
        self.refused.report().messages.first().map(|message| message.text.clone()).unwrap_or_default()
    }
}

impl From<Refused> for Fault {
    fn from(refused: Refused) -> Self {
        Self { code: Code::Refused, refused }
    }
}

/// Makes a call in the language that `code` names, and writes its document, or its messages, to `document`.
pub(crate) fn call(
    document: *mut Owned,
    code: Text,
    make: impl FnOnce(Language) -> Result<String, Fault>,
) -> Code {
    give(document, code, |language| make(language).map(Owned::new))
}

/// The same for a call that gives something else than a document: it says itself what `document` gets when it is given.
#[expect(unsafe_code, reason = "writes to where a caller points")]
pub(crate) fn give(
    document: *mut Owned,
    code: Text,
    make: impl FnOnce(Language) -> Result<Owned, Fault>,
) -> Code {
    if document.is_null() || !document.is_aligned() {
        return Code::WrongCall;
    }
    let mut language = Language::default();
    // Nothing that a panic leaves half done is seen again: `make` reads what the caller lent, and the engine keeps its
    // buffers only after a call that ended.
    let made = catch_unwind(AssertUnwindSafe(|| {
        language = borrow::language(code)?;
        make(language)
    }));
    let (code, owned) = match made {
        Ok(Ok(owned)) => (Code::Given, owned),
        Ok(Err(fault)) => (fault.code, Owned::new(fault.refused.to_json())),
        Err(_) => (Code::Stopped, Owned::new(stopped(language).to_json())),
    };
    // SAFETY: not null and aligned; the caller may be written to there, as the header asks. What was there is no value of ours.
    unsafe { document.write(owned) };
    code
}
