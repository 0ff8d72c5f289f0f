//! Where words are written to: a page, or a text inside JSON. What is said is written once, for both.

/// Takes text, piece by piece.
pub(crate) trait Sink {
    /// Adds a text.
    fn add(&mut self, text: &str);
}

impl Sink for String {
    fn add(&mut self, text: &str) {
        self.push_str(text);
    }
}

/// Adds a whole number.
pub(crate) fn digits(out: &mut impl Sink, number: u128) {
    // Division of 64 bits is many times as fast, and nearly always enough.
    match u64::try_from(number) {
        Ok(digit @ 0..=9) => out.add(DIGITS.get(digit as usize).copied().unwrap_or_default()),
        Ok(number) => out.add(itoa::Buffer::new().format(number)),
        Err(_) => out.add(itoa::Buffer::new().format(number)),
    }
}

const DIGITS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        for n in [0, 7, 10, 1_234_567, u128::from(u64::MAX), u128::MAX] {
            let mut out = String::new();
            digits(&mut out, n);
            assert_eq!(out, n.to_string());
        }
    }
}
