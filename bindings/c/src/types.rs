//! What crosses: the types of `meetlat.h`.

use std::ffi::{c_char, c_void};
use std::ptr;

/// Rules, ready to judge. Made by meetlat_compile, let go of by meetlat_rules_free.
#[derive(Debug)]
pub struct Rules(pub(crate) meetlat_border::Rules);

/// A text that is lent for one call: UTF-8, which need not end with a zero. NULL with length 0 is no text, where none is
/// needed; an empty text points to something.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct Text {
    /// Where it begins.
    pub bytes: *const c_char,
    /// In bytes.
    pub length: usize,
}

/// A rule text or a proposal, with the name that messages and verdicts call it by, for example its path.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct Named {
    /// What it is called.
    pub name: Text,
    /// The text itself.
    pub text: Text,
}

/// Says whether a call should end, and is asked every thousand steps or so while the engine searches, on the thread that made
/// the call. True: what is known by then is given, marked voorlopig with the reason gestopt. It must answer at once, and
/// must not throw or jump out.
pub type Stop = Option<unsafe extern "C-unwind" fn(context: *mut c_void) -> bool>;

/// What a call may take. All zero: as many steps as usual, and nobody stops it.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct Spend {
    /// Steps to search, the same on every machine; 0: 500,000. What is not sure by then is marked voorlopig.
    pub limit: u64,
    /// Asked now and then; NULL: nobody stops the call.
    pub stop: Stop,
    /// Handed to stop untouched.
    pub context: *mut c_void,
}

/// How a proposal is judged. All zero: on the proposal's own peildatum, in Dutch, with as many steps as usual.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct How {
    /// JJJJ-MM-DD; wins over the proposal's own peildatum.
    pub reference_date: Text,
    /// nl or en.
    pub language: Text,
    /// What the call may take.
    pub spend: Spend,
}

/// A document, as UTF-8, that is the caller's. A zero that length does not count stands behind it.
#[repr(C)]
#[derive(Debug)]
pub struct Owned {
    /// Where it begins.
    pub bytes: *mut c_char,
    /// In bytes.
    pub length: usize,
}

/// What a call came to.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// It gave what was asked for.
    Given = 0,
    /// Rules, proposal, day, language or target are not right: the document says what and where.
    Refused = 1,
    /// A pointer that must point to something is NULL or misaligned, or a length is impossible (B0107): a fault in the calling
    /// program.
    WrongCall = 2,
    /// The engine stopped by a fault of its own (B0109). What it did not give is not there; the rules can still be used.
    Stopped = 3,
}

/// Finds a building block by the name behind gebruik, such as landelijk.jeugdwet. Gives MEETLAT_BLOCK_FOUND with its name and
/// text in found, MEETLAT_BLOCK_ABSENT when there is none, and MEETLAT_BLOCK_FAILED when it cannot be read, with the reason
/// in found->text, for people. What found points to must stay until the next call of this function, or until the call that
/// it was given to ends. It must not throw or jump out.
pub type Blocks =
    Option<unsafe extern "C-unwind" fn(context: *mut c_void, name: Text, found: *mut Named) -> i32>;

/// A function of the caller, for the engine to ask.
struct Asked {
    ask: unsafe extern "C-unwind" fn(context: *mut c_void) -> bool,
    context: *mut c_void,
}

#[expect(unsafe_code, reason = "a pointer of the caller's, which only the caller's function looks at")]
// SAFETY: a call stays on the thread that made it, and so does whatever it asks; nothing of it is kept after the call.
unsafe impl Send for Asked {}
#[expect(unsafe_code, reason = "as above")]
// SAFETY: as above.
unsafe impl Sync for Asked {}

impl Asked {
    #[expect(unsafe_code, reason = "calls a function of the caller")]
    fn ask(&self) -> bool {
        // SAFETY: the caller gave this function for this, with its context.
        unsafe { (self.ask)(self.context) }
    }
}

impl From<Spend> for meetlat_border::Spend {
    fn from(spend: Spend) -> Self {
        let asked = spend.stop.map(|ask| Asked { ask, context: spend.context });
        let stop = asked.map(|asked| meetlat_border::Stop::when(move || asked.ask()));
        Self { steps: (spend.limit > 0).then_some(spend.limit), stop }
    }
}

impl Text {
    pub(crate) const NONE: Self = Self { bytes: ptr::null(), length: 0 };
}

impl Owned {
    pub(crate) const NONE: Self = Self { bytes: ptr::null_mut(), length: 0 };

    /// Gives a text away, with a zero behind it.
    pub(crate) fn new(text: String) -> Self {
        let length = text.len();
        let mut bytes = text.into_bytes();
        bytes.reserve_exact(1);
        bytes.push(0);
        Self { bytes: Box::into_raw(bytes.into_boxed_slice()).cast(), length }
    }
}

/// Lets go of a document, and empties the string; an empty one, and NULL, are left as they are.
#[unsafe(no_mangle)]
#[expect(unsafe_code, reason = "takes back what was given away")]
pub unsafe extern "C" fn meetlat_string_free(string: *mut Owned) {
    // SAFETY: null, or a string of the caller's that no other thread is using, as the header asks.
    let Some(string) = (unsafe { string.as_mut() }) else { return };
    let Owned { bytes, length } = std::mem::replace(string, Owned::NONE);
    if !bytes.is_null() {
        let all = ptr::slice_from_raw_parts_mut(bytes.cast::<u8>(), length.saturating_add(1));
        // SAFETY: `Owned::new` made this, one byte longer than it says; emptying the string keeps it from coming twice.
        drop(unsafe { Box::from_raw(all) });
    }
}

/// The version of the library, which ends with a zero and is there for good.
#[unsafe(no_mangle)]
#[expect(unsafe_code, reason = "exported by its name")]
pub extern "C" fn meetlat_version() -> *const c_char {
    concat!(env!("CARGO_PKG_VERSION"), "\0").as_ptr().cast()
}
