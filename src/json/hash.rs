//! SHA-256: which text a verdict was made from.

use sha2::{Digest as _, Sha256};

/// The hash of a text's bytes. Cost: a pass, in the processor's own instructions where it has them.
pub(crate) fn sha256(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

/// Writes it in lower-case hexadecimal.
pub(crate) fn hexadecimal(out: &mut String, hash: &[u8; 32]) {
    let letter = |half: u8| half + if half < 10 { b'0' } else { b'a' - 10 };
    let mut letters = [0; 64];
    for ([high, low], byte) in letters.as_chunks_mut::<2>().0.iter_mut().zip(hash) {
        (*high, *low) = (letter(byte >> 4), letter(byte & 15));
    }
    out.push_str(std::str::from_utf8(&letters).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        let mut found = String::new();
        hexadecimal(&mut found, &sha256(""));
        assert_eq!(found, empty);
    }
}
