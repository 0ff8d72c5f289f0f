//! What the border costs: one proposal, judged through the shared library and by Rust, in turns within one run.
//!
//! ```sh
//! bindings/c/cost
//! ```
#![allow(unsafe_code, clippy::multiple_unsafe_ops_per_block, reason = "calls C")]
#![allow(clippy::float_arithmetic, clippy::print_stdout, reason = "measures")]

use std::error::Error;
use std::ffi::{CString, c_char, c_int, c_void};
use std::fs;
use std::hint::black_box;
use std::ptr;
use std::time::Instant;

use meetlat_border::{How, Language, Named, Rules};

/// As in `meetlat.h`.
#[repr(C)]
#[derive(Clone, Copy)]
struct Text {
    bytes: *const u8,
    length: usize,
}

#[repr(C)]
#[derive(Clone, Copy)]
struct NamedText {
    name: Text,
    text: Text,
}

#[repr(C)]
struct Owned {
    bytes: *mut u8,
    length: usize,
}

type Find = extern "C" fn(*mut c_void, Text, *mut NamedText) -> c_int;
type Compile = unsafe extern "C" fn(
    *const NamedText,
    usize,
    Find,
    *mut c_void,
    Text,
    *mut *mut c_void,
    *mut Owned,
) -> c_int;
type Evaluate = unsafe extern "C" fn(*const c_void, NamedText, [Text; 2], *mut Owned) -> c_int;
type Free = unsafe extern "C" fn(*mut Owned);

unsafe extern "C" {
    fn dlopen(path: *const c_char, flags: c_int) -> *mut c_void;
    fn dlsym(library: *mut c_void, name: *const c_char) -> *mut c_void;
}

const NONE: Text = Text { bytes: ptr::null(), length: 0 };

fn text(text: &str) -> Text {
    Text { bytes: text.as_ptr(), length: text.len() }
}

/// The rules measured use one building block.
static BLOCK: &str = include_str!("../../../rules/landelijk/jeugdwet.meetlat");

extern "C" fn find(_: *mut c_void, _: Text, found: *mut NamedText) -> c_int {
    // SAFETY: the library asks with a place to write to.
    unsafe { found.write(NamedText { name: text("jeugdwet.meetlat"), text: text(BLOCK) }) };
    1
}

/// Nanoseconds of a call, over so many.
fn time(times: u32, mut call: impl FnMut()) -> f64 {
    let start = Instant::now();
    for _ in 0..times {
        call();
    }
    start.elapsed().as_secs_f64() * 1e9 / f64::from(times)
}

fn median(mut found: Vec<f64>) -> f64 {
    found.sort_by(f64::total_cmp);
    found.get(found.len() / 2).copied().unwrap_or_default()
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("where is libmeetlat.so?")?;
    let path = CString::new(path)?;
    // SAFETY: a path that ends with a zero; 2 is RTLD_NOW.
    let library = unsafe { dlopen(path.as_ptr(), 2) };
    if library.is_null() {
        return Err("the library cannot be opened".into());
    }
    let symbol = |name: &'static std::ffi::CStr| {
        // SAFETY: a library that is open, and a name that ends with a zero.
        let found = unsafe { dlsym(library, name.as_ptr()) };
        if found.is_null() { Err(format!("no {}", name.to_string_lossy())) } else { Ok(found) }
    };
    // SAFETY: the types of these functions are those of the header.
    let (compile, evaluate, free) = unsafe {
        (
            std::mem::transmute::<*mut c_void, Compile>(symbol(c"meetlat_compile")?),
            std::mem::transmute::<*mut c_void, Evaluate>(symbol(c"meetlat_evaluate")?),
            std::mem::transmute::<*mut c_void, Free>(symbol(c"meetlat_string_free")?),
        )
    };
    let complete = r#"{"meetlat": "klein", "antwoorden": {"gezond": "ja", "bedrag": 42000}}"#;
    let cases = [
        ("klein", "tests/cases/klein/regels.meetlat", None),
        ("spoedhulp", "rules/ijsselland.meetlat", Some("rules/voorstellen/ijsselland/spoedhulp.json")),
        // Its verdict is settled; that of the one before is open.
        (
            "wrap_around_care",
            "rules/ijsselland.meetlat",
            Some("rules/voorstellen/ijsselland/wrap_around_care.json"),
        ),
    ];
    for (name, rules, proposal) in cases {
        let regels = fs::read_to_string(rules)?;
        let proposal = proposal.map_or_else(|| Ok(complete.to_owned()), fs::read_to_string)?;
        let mut blocks = |_: &str| Ok(Some(("jeugdwet.meetlat".to_owned(), BLOCK.to_owned())));
        let rust = Rules::compile(&[Named::new("regels.meetlat", &regels)], &mut blocks, Language::Nl)?;
        let regels = NamedText { name: text("regels.meetlat"), text: text(&regels) };
        let mut c = ptr::null_mut();
        let mut out = Owned { bytes: ptr::null_mut(), length: 0 };
        // SAFETY: everything lent is there until the call ends.
        let ended =
            unsafe { compile(&raw const regels, 1, find, ptr::null_mut(), NONE, &raw mut c, &raw mut out) };
        if ended != 0 {
            return Err("the rules are refused".into());
        }
        let voorstel = NamedText { name: text("voorstel.json"), text: text(&proposal) };
        let by_rust = || rust.evaluate(Named::new("voorstel.json", &proposal), &How::default());
        // SAFETY: as above; the handle is never let go of.
        let mut by_c = || unsafe { evaluate(c, voorstel, [NONE, NONE], &raw mut out) };
        let expected = by_rust()?;
        if by_c() != 0 {
            return Err("the proposal is refused".into());
        }
        // SAFETY: given a moment ago.
        let given = unsafe { std::slice::from_raw_parts(out.bytes, out.length) };
        if given != expected.as_bytes() {
            return Err("not the same verdict".into());
        }
        // SAFETY: the library's, freed once.
        unsafe { free(&raw mut out) };
        // Turns of some twenty milliseconds, since a search takes a thousand times as long as none.
        let one = time(1, || drop(black_box(by_rust())));
        let turn = (1..=200).rev().find(|turn| f64::from(*turn) * one < 2e7).unwrap_or(1);
        let (mut rust_times, mut c_times) = (Vec::new(), Vec::new());
        for _ in 0..101 {
            rust_times.push(time(turn, || drop(black_box(by_rust()))));
            c_times.push(time(turn, || {
                // SAFETY: as above.
                black_box(unsafe { evaluate(c, voorstel, [NONE, NONE], &raw mut out) });
                // SAFETY: as above.
                unsafe { free(&raw mut out) };
            }));
        }
        let (rust, c) = (median(rust_times), median(c_times));
        println!(
            "{name}: verdict of {} bytes; Rust {rust:.0} ns, C {c:.0} ns, C / Rust {:.3}",
            given.len(),
            c / rust
        );
    }
    Ok(())
}
