//! SHA-256: which text a verdict was made from.

use sha2::{Digest as _, Sha256};

/// The hash of a text's bytes. Cost: a pass, in the processor's own instructions where it has them.
pub(crate) fn sha256(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

/// Writes it in small hexadecimal letters.
pub(crate) fn hexadecimal(out: &mut String, hash: &[u8; 32]) {
    let digits = hash.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    out.extend(digits.filter_map(|digit| char::from_digit(u32::from(digit), 16)));
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
