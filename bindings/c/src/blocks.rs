//! Building blocks, asked of the caller.

use std::ffi::c_void;

use meetlat_border::Language;

use crate::borrow;
use crate::give::Fault;
use crate::types::{Blocks, Code, Named, Text};

/// There is no building block of that name.
pub const MEETLAT_BLOCK_ABSENT: i32 = 0;
/// It was found.
pub const MEETLAT_BLOCK_FOUND: i32 = 1;
/// It cannot be read; any other number says the same.
pub const MEETLAT_BLOCK_FAILED: i32 = 2;

/// Who asks, and what went wrong between asker and asked: the engine knows only of blocks that cannot be read.
pub(crate) struct Asking {
    find: Blocks,
    context: *mut c_void,
    language: Language,
    faults: Vec<Fault>,
}

impl Asking {
    pub(crate) const fn new(find: Blocks, context: *mut c_void, language: Language) -> Self {
        Self { find, context, language, faults: Vec::new() }
    }

    /// Asks for a building block.
    #[expect(unsafe_code, reason = "calls a function of the caller")]
    pub(crate) fn ask(&mut self, name: &str) -> Result<Option<(String, String)>, String> {
        let Some(find) = self.find else { return Ok(None) };
        let mut found = Named { name: Text::NONE, text: Text::NONE };
        let asked = Text { bytes: name.as_ptr().cast(), length: name.len() };
        // SAFETY: the caller gave this function for this, with its context; both texts are there while it runs.
        let said = unsafe { find(self.context, asked, &raw mut found) };
        if said == MEETLAT_BLOCK_ABSENT {
            return Ok(None);
        }
        let what = format_args!("found ({name})");
        let read = if said == MEETLAT_BLOCK_FOUND {
            borrow::named(found, what, self.language)
                .map(|found| Ok(Some((found.name.to_owned(), found.text.to_owned()))))
        } else {
            borrow::text(found.text, format_args!("{what}.text"), self.language)
                .map(|words| Err(words.to_owned()))
        };
        read.unwrap_or_else(|fault| {
            let words = fault.words();
            // What is no UTF-8 is told where the rules ask for it; a wrong pointer ends the call.
            if fault.code() == Code::WrongCall {
                self.faults.push(fault);
            }
            Err(words)
        })
    }

    /// What the call gave, unless the caller's function pointed to nothing.
    pub(crate) fn end<T>(self, given: T) -> Result<T, Fault> {
        if self.faults.is_empty() { Ok(given) } else { Err(Fault::all(self.faults)) }
    }
}
