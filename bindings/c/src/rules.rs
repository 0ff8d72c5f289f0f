//! Rules: making them, what is to say about them, and letting go.

use std::ffi::c_void;
use std::ptr;

use meetlat_border::check;

use crate::blocks::Asking;
use crate::borrow;
use crate::give::{call, give};
use crate::types::{Blocks, Code, Named, Owned, Rules, Spend, Text};

/// Reads and checks rule texts: one, or several that are versions of one meetlat. Building blocks are asked of blocks, with
/// context handed to it untouched; NULL when there are none. Given: rules points to a handle, and messages is empty. Else rules
/// is NULL, and messages says why.
#[unsafe(no_mangle)]
#[expect(unsafe_code, reason = "writes to where a caller points")]
pub unsafe extern "C" fn meetlat_compile(
    texts: *const Named,
    count: usize,
    blocks: Blocks,
    context: *mut c_void,
    language: Text,
    rules: *mut *mut Rules,
    messages: *mut Owned,
) -> Code {
    let writable = !rules.is_null() && rules.is_aligned();
    if writable {
        // SAFETY: not null and aligned; the caller may be written to there, as the header asks.
        unsafe { rules.write(ptr::null_mut()) };
    }
    give(messages, language, |language| {
        if !writable {
            return Err(borrow::wrong_pointer("rules", language));
        }
        let texts = borrow::row(texts, count, "texts", language)?;
        let texts = borrow::each(texts, "texts", |text, what| borrow::named(text, what, language))?;
        let mut asking = Asking::new(blocks, context, language);
        let made = meetlat_border::Rules::compile(&texts, &mut |name| asking.ask(name), language);
        let made = asking.end(made)??;
        // SAFETY: as above.
        unsafe { rules.write(Box::into_raw(Box::new(Rules(made)))) };
        Ok(Owned::NONE)
    })
}

/// Lets go of rules, when no call is using them; NULL is left as it is.
#[unsafe(no_mangle)]
#[expect(unsafe_code, reason = "takes back what was given away")]
pub unsafe extern "C" fn meetlat_rules_free(rules: *mut Rules) {
    if !rules.is_null() {
        // SAFETY: `meetlat_compile` made this, and the caller lets go of it once, as the header asks.
        drop(unsafe { Box::from_raw(rules) });
    }
}

/// Gives what deserves attention in these rules, as messages.
#[unsafe(no_mangle)]
#[expect(unsafe_code, reason = "exported by its name, and trusts its caller's pointers")]
pub unsafe extern "C" fn meetlat_warnings(rules: *const Rules, language: Text, document: *mut Owned) -> Code {
    call(document, language, |language| Ok(borrow::one(rules, "rules", language)?.0.warnings(language)))
}

/// Gives everything that can be said of rule texts, as messages: faults too are given then. search: also what only a search
/// finds, in each text within what spend says. The rest as for meetlat_compile.
#[unsafe(no_mangle)]
#[expect(unsafe_code, reason = "exported by its name, and trusts its caller's pointers")]
pub unsafe extern "C" fn meetlat_check(
    texts: *const Named,
    count: usize,
    blocks: Blocks,
    context: *mut c_void,
    search: bool,
    spend: Spend,
    language: Text,
    document: *mut Owned,
) -> Code {
    call(document, language, |language| {
        let texts = borrow::row(texts, count, "texts", language)?;
        let texts = borrow::each(texts, "texts", |text, what| borrow::named(text, what, language))?;
        let mut asking = Asking::new(blocks, context, language);
        let found = check(&texts, &mut |name| asking.ask(name), search, &spend.into(), language);
        asking.end(found)
    })
}
