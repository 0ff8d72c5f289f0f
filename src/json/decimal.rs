//! Exact decimals from the text of a JSON number. The value counts, not the spelling: `1e3` is 1000.

use crate::value::number::Number;

/// The most digits a value may have before the point.
pub(crate) const BEFORE: u32 = 30;
/// The most digits a value may have after the point.
pub(crate) const AFTER: u32 = 18;

/// The value of a JSON number (well-formed: sign, digits, point, exponent); none when it needs more digits than
/// may be read.
pub(crate) fn decimal(raw: &str) -> Option<Number> {
    if let Some(number) = short(raw) {
        return Some(number);
    }
    let (negative, unsigned) = raw.strip_prefix('-').map_or((false, raw), |rest| (true, rest));
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let part = part.trim_end_matches('0');
    let digits = format!("{whole}{part}");
    let digits = digits.trim_start_matches('0');
    if digits.is_empty() {
        return Some(Number::ZERO);
    }
    let least = digits.trim_end_matches('0');
    // An exponent that does not fit is certainly too large: texts are far shorter than 2^31.
    let beyond = if exponent.starts_with('-') { i64::from(i32::MIN) } else { i64::from(i32::MAX) };
    let exponent = exponent.parse::<i64>().unwrap_or(beyond).clamp(-1 << 40, 1 << 40);
    // The value is `least` × 10^exponent.
    let exponent = exponent - length(part) + length(digits) - length(least);
    let before = (length(least) + exponent).max(0);
    if before > i64::from(BEFORE) || -exponent > i64::from(AFTER) {
        return None;
    }
    let exponent = i32::try_from(exponent).ok()?;
    let value = Number::decimal(least, exponent)?;
    Some(if negative { value.neg() } else { value })
}

/// The same for up to 18 digits without an exponent, which need no allocation.
fn short(raw: &str) -> Option<Number> {
    if raw.len() > 18 {
        return None;
    }
    let (mut n, mut d, mut point) = (0_i64, 1_i64, false);
    for byte in raw.trim_start_matches('-').bytes() {
        match byte {
            b'0'..=b'9' => {
                n = n * 10 + i64::from(byte - b'0');
                d *= if point { 10 } else { 1 };
            }
            b'.' => point = true,
            _ => return None,
        }
    }
    Number::fraction(if raw.starts_with('-') { -n } else { n }, d)
}

fn length(text: &str) -> i64 {
    i64::try_from(text.len()).unwrap_or(i64::MAX >> 1)
}

/// A number as JSON; a fraction without an exact decimal is cut off, but answers never are such fractions.
#[must_use]
pub(crate) fn json_number(number: &Number) -> String {
    let decimals = number.exact_decimals().unwrap_or(u8::try_from(AFTER).unwrap_or(u8::MAX));
    number.to_decimal_string(decimals, '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_value_counts() {
        let same = [
            ("84000.00", "84000"),
            ("1e3", "1000"),
            ("1E+3", "1000"),
            ("100e-3", "0.1"),
            ("-0.50", "-0.5"),
            ("-0", "0"),
            ("0e99999999999999999999", "0"),
            ("0.000e-5", "0"),
            ("0.1000000000000000000000000", "0.1"),
            ("0.00000000000000000000000001e26", "1"),
            ("123456789012345678901234567890", "123456789012345678901234567890"),
            ("0.000000000000000001", "0.000000000000000001"),
        ];
        for (raw, value) in same {
            assert_eq!(decimal(raw).map(|n| json_number(&n)).as_deref(), Some(value), "{raw}");
        }
    }

    #[test]
    fn too_many_digits() {
        for raw in [
            "1234567890123456789012345678901",
            "0.0000000000000000001",
            "1e30",
            "1e-19",
            "-1e99999999999999999999",
            "1e-99999999999999999999",
            "1.0000000000000000001",
        ] {
            assert_eq!(decimal(raw), None, "{raw}");
        }
        assert!(decimal("1e29").is_some());
    }
}
