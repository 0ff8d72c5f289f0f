//! Bytes as text.

use std::str::Utf8Error;

/// The text that bytes are, or where they stop being one. Does what `std::str::from_utf8` does, some five times as fast on
/// proposals.
///
/// ```
/// assert_eq!(meetlat::utf8("één".as_bytes()), Ok("één"));
/// assert_eq!(meetlat::utf8(b"\xe9\xe9n").unwrap_err().valid_up_to(), 0);
/// ```
///
/// # Errors
/// The place of the first byte that is no UTF-8.
///
/// Cost: one pass; where the bytes are no UTF-8 a second, up to that place.
pub fn utf8(bytes: &[u8]) -> Result<&str, Utf8Error> {
    // The quick way does not say where: the standard one finds the place, and has the last word.
    simdutf8::basic::from_utf8(bytes).or_else(|_| std::str::from_utf8(bytes))
}
