//! What C cannot do: make the engine stop, and point askew or to more than there can be without a compiler's complaint.
#![allow(clippy::unwrap_used, clippy::panic, unsafe_code, reason = "a test")]

use std::ptr;

use crate::give::call;
use crate::types::{Code, How, Named, Owned, Rules, Spend, Text, meetlat_string_free};
use crate::{meetlat_compile, meetlat_evaluate, meetlat_schema};

fn text(text: &'static str) -> Text {
    Text { bytes: text.as_ptr().cast(), length: text.len() }
}

const HOW: How = How {
    reference_date: Text::NONE,
    language: Text::NONE,
    spend: Spend { limit: 0, stop: None, context: ptr::null_mut() },
};

/// The document, which is let go of.
fn take(owned: &mut Owned) -> String {
    // SAFETY: given away by a call a moment ago.
    let bytes = unsafe { std::slice::from_raw_parts(owned.bytes.cast::<u8>(), owned.length) };
    let found = std::str::from_utf8(bytes).unwrap().to_owned();
    // SAFETY: the same.
    unsafe { meetlat_string_free(owned) };
    assert!(owned.bytes.is_null());
    found
}

#[test]
fn a_panic_is_a_message() {
    let mut document = Owned::NONE;
    let code = call(&raw mut document, text("en"), |_| panic!("as a test"));
    assert_eq!(code, Code::Stopped);
    let said = take(&mut document);
    assert!(said.contains("\"B0109\"") && said.contains("meetlat stopped by a fault of its own"), "{said}");
}

#[test]
fn impossible_lengths_and_crooked_pointers_are_told() {
    let rules_text = include_str!("../../../tests/cases/klein/regels.meetlat");
    let texts = [Named { name: text("klein.meetlat"), text: text(rules_text) }];
    let (mut rules, mut document) = (ptr::null_mut::<Rules>(), Owned::NONE);
    let compile = |texts, count, rules, document| {
        // SAFETY: what is wrong is what the call checks.
        unsafe { meetlat_compile(texts, count, None, ptr::null_mut(), Text::NONE, rules, document) }
    };
    let code = compile(texts.as_ptr(), usize::MAX / 8, &raw mut rules, &raw mut document);
    assert_eq!(code, Code::WrongCall);
    assert!(take(&mut document).contains("texts heeft een onmogelijke lengte"));
    let askew = texts.as_ptr().cast::<u8>().wrapping_add(1).cast();
    assert_eq!(compile(askew, 1, &raw mut rules, &raw mut document), Code::WrongCall);
    assert!(take(&mut document).contains("B0107"));
    let long = Text { bytes: rules_text.as_ptr().cast(), length: usize::MAX };
    let long_text = [Named { name: text("klein.meetlat"), text: long }];
    assert_eq!(compile(long_text.as_ptr(), 1, &raw mut rules, &raw mut document), Code::WrongCall);
    assert!(take(&mut document).contains("klein.meetlat heeft een onmogelijke lengte"));

    let crooked = (&raw mut document).cast::<u8>().wrapping_add(1).cast();
    assert_eq!(compile(texts.as_ptr(), 1, &raw mut rules, crooked), Code::WrongCall);
    let crooked = (&raw mut rules).cast::<u8>().wrapping_add(1).cast();
    assert_eq!(compile(texts.as_ptr(), 1, crooked, &raw mut document), Code::WrongCall);
    assert!(take(&mut document).contains("rules wijst nergens naar"));
    let askew = ptr::without_provenance::<Rules>(1);
    // SAFETY: what is wrong is what the call checks.
    assert_eq!(unsafe { meetlat_schema(askew, HOW, &raw mut document) }, Code::WrongCall);
    assert!(take(&mut document).contains("rules wijst nergens naar"));
    // SAFETY: the same.
    let code = unsafe { meetlat_evaluate(askew, texts[0], HOW, &raw mut document) };
    assert_eq!(code, Code::WrongCall);
    drop(take(&mut document));
}
