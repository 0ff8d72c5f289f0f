//! Exact numbers: fractions of any size, small ones without allocation. No floats, no rounding; only printing rounds.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use num_bigint::BigInt;
use num_integer::Integer as _;
use num_rational::BigRational;
use num_traits::{One as _, Signed as _, ToPrimitive as _, Zero as _};

use crate::value::sink::{Sink, digits};

/// An exact fraction in lowest terms, of any size. Arithmetic never overflows, wraps or rounds.
///
/// Numerators and denominators that fit in 63 bits are stored inline, so the common case needs no allocation. Those that
/// fit in 127 bits, such as the ends of an amount without limits, are still computed with machine integers.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Number(Repr);

#[derive(Clone)]
enum Repr {
    /// Invariant: `d > 0`, lowest terms.
    Small { n: i64, d: i64 },
    /// Numerator and denominator. Invariant: as in `Small`, which it does not fit; not the least `i128`.
    Wide(Box<(i128, i128)>),
    /// Invariant: fits in neither, lowest terms.
    Big(Box<BigRational>),
}

// In lowest terms, so equal numbers are written alike. `BigRational` has to divide to compare, since its fractions may not be.
impl PartialEq for Repr {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Small { n, d }, Self::Small { n: other_n, d: other_d }) => (n, d) == (other_n, other_d),
            (Self::Wide(this), Self::Wide(other)) => this == other,
            (Self::Big(this), Self::Big(other)) => {
                (this.numer(), this.denom()) == (other.numer(), other.denom())
            }
            _ => false,
        }
    }
}

impl Eq for Repr {}

impl Hash for Repr {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Self::Small { n, d } => (n, d).hash(state),
            Self::Wide(wide) => wide.hash(state),
            Self::Big(big) => (big.numer(), big.denom()).hash(state),
        }
    }
}

impl Number {
    /// 0.
    pub const ZERO: Self = Self(Repr::Small { n: 0, d: 1 });
    /// 1.
    pub const ONE: Self = Self(Repr::Small { n: 1, d: 1 });

    /// A whole number.
    #[must_use]
    pub const fn whole(n: i64) -> Self {
        Self(Repr::Small { n, d: 1 })
    }

    /// `n / d`; none when `d` is 0.
    #[must_use]
    pub fn fraction(n: i64, d: i64) -> Option<Self> {
        if d == 1 {
            return Some(Self::whole(n));
        }
        (d != 0).then(|| Self::from_i128(i128::from(n), i128::from(d)))
    }

    /// The decimal `digits × 10^exponent`, for example `("84050", -2)` is 840,50. The digits may have a leading
    /// `-`. None when a character is not a digit or the exponent lies outside -1000..=1000.
    #[must_use]
    pub fn decimal(digits: &str, exponent: i32) -> Option<Self> {
        if !(-1000..=1000).contains(&exponent) {
            return None;
        }
        let unsigned = digits.strip_prefix('-').unwrap_or(digits);
        if unsigned.is_empty() || !unsigned.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let machine = || {
            let (n, power) = (digits.parse::<i128>().ok()?, 10_i128.checked_pow(exponent.unsigned_abs())?);
            if exponent < 0 { Some((n, power)) } else { Some((n.checked_mul(power)?, 1)) }
        };
        if let Some((n, d)) = machine().filter(|(n, _)| *n != i128::MIN) {
            return Some(Self::from_i128(n, d));
        }
        let n: BigInt = digits.parse().ok()?;
        let power = num_traits::pow(BigInt::from(10), exponent.unsigned_abs() as usize);
        let (n, d) = if exponent < 0 { (n, power) } else { (n * power, BigInt::one()) };
        Some(Self::from_big(BigRational::new(n, d)))
    }

    /// The greatest decimal with so many digits before and after the point, at most 1000 together: `(2, 1)` is 99,9.
    #[must_use]
    pub(crate) fn nines(before: u32, behind: u32) -> Self {
        // Nines share no divisor with a power of ten, so these are in lowest terms.
        let machine = (10_i128.checked_pow(before.saturating_add(behind)), 10_i128.checked_pow(behind));
        if let (Some(all), Some(d)) = machine {
            return Self::reduced(all - 1, d);
        }
        let power = |digits: u32| num_traits::pow(BigInt::from(10), digits.min(1000) as usize);
        let all: BigInt = power(before.saturating_add(behind)) - 1;
        Self::from_big(BigRational::new_raw(all, power(behind)))
    }

    /// `d` is not 0; neither is the least `i128`.
    fn from_i128(n: i128, d: i128) -> Self {
        let (n, d) = if d < 0 { (-n, -d) } else { (n, d) };
        // 64-bit numbers, by far the most, divide much faster.
        let gcd = match (u64::try_from(n.unsigned_abs()), u64::try_from(d)) {
            (Ok(n), Ok(d)) => i128::from(n.gcd(&d)),
            (Err(_), Ok(1)) | (Ok(1), Err(_)) => 1,
            (Err(_), Ok(d)) => {
                // The remainder of a division by a 64-bit number is a 64-bit number.
                let rest = u64::try_from(n.unsigned_abs() % u128::from(d)).unwrap_or(0);
                i128::from(rest.gcd(&d))
            }
            _ => n.gcd(&d),
        };
        Self::reduced(if gcd > 1 { n / gcd } else { n }, if gcd > 1 { d / gcd } else { d })
    }

    /// In lowest terms, `d` above 0.
    fn reduced(n: i128, d: i128) -> Self {
        match (i64::try_from(n), i64::try_from(d)) {
            (Ok(n), Ok(d)) => Self(Repr::Small { n, d }),
            _ => Self(Repr::Wide(Box::new((n, d)))),
        }
    }

    fn from_big(big: BigRational) -> Self {
        match (big.numer().to_i128(), big.denom().to_i128()) {
            (Some(n), Some(d)) if n != i128::MIN => Self::reduced(n, d),
            _ => Self(Repr::Big(Box::new(big))),
        }
    }

    fn to_big(&self) -> BigRational {
        match &self.0 {
            Repr::Small { n, d } => BigRational::new_raw((*n).into(), (*d).into()),
            Repr::Wide(wide) => BigRational::new_raw(wide.0.into(), wide.1.into()),
            Repr::Big(big) => (**big).clone(),
        }
    }

    /// `n / d`, with `d` above 0. The greatest common divisor of large numbers takes a step for each of their bits, so that of a
    /// large and a small number is computed on small ones.
    fn of_big(n: BigInt, d: BigInt) -> Self {
        if d.is_one() {
            return Self::from_big(BigRational::new_raw(n, d));
        }
        let gcd = match d.to_u64() {
            Some(small) => {
                // The remainder of a division by a 64-bit number is one.
                let rest = (&n % small).to_i64().map(i64::unsigned_abs);
                rest.map_or_else(|| n.gcd(&d), |rest| rest.gcd(&small).into())
            }
            None => n.gcd(&d),
        };
        if gcd.is_one() {
            return Self::from_big(BigRational::new_raw(n, d));
        }
        Self::from_big(BigRational::new_raw(n / &gcd, d / gcd))
    }

    /// A whole number of any size.
    fn of_whole(n: BigInt) -> Self {
        match n.to_i128() {
            Some(n) if n != i128::MIN => Self::reduced(n, 1),
            _ => Self(Repr::Big(Box::new(BigRational::new_raw(n, BigInt::one())))),
        }
    }

    /// Itself, where it is whole.
    fn as_whole(&self) -> Option<Cow<'_, BigInt>> {
        match &self.0 {
            Repr::Small { n, d: 1 } => Some(Cow::Owned((*n).into())),
            Repr::Wide(wide) if wide.1 == 1 => Some(Cow::Owned(wide.0.into())),
            Repr::Big(big) if big.denom().is_one() => Some(Cow::Borrowed(big.numer())),
            _ => None,
        }
    }

    /// Both, where they are whole: then nothing is copied, and no common divisor is computed.
    fn both_whole<'n>(&'n self, other: &'n Self) -> Option<(Cow<'n, BigInt>, Cow<'n, BigInt>)> {
        self.as_whole().zip(other.as_whole())
    }

    fn big_parts(&self) -> (BigInt, BigInt) {
        self.to_big().into_raw()
    }

    /// Numerator and denominator, where they fit.
    fn parts(&self) -> Option<(i128, i128)> {
        match &self.0 {
            Repr::Small { n, d } => Some((i128::from(*n), i128::from(*d))),
            Repr::Wide(wide) => Some(**wide),
            Repr::Big(_) => None,
        }
    }

    /// A result in machine integers; none where one of them would not fit.
    fn in_machine(
        &self,
        other: &Self,
        of: impl FnOnce(i128, i128, i128, i128) -> Option<(i128, i128)>,
    ) -> Option<Self> {
        let ((a, b), (c, d)) = (self.parts()?, other.parts()?);
        let (n, d) = of(a, b, c, d)?;
        (n != i128::MIN && d != i128::MIN).then(|| Self::from_i128(n, d))
    }

    /// `n / d` in lowest terms, `d` above 0.
    #[inline]
    fn lowest(n: i64, d: i64) -> Self {
        if d == 1 {
            return Self(Repr::Small { n, d });
        }
        // Fits: it divides `d`.
        let gcd = i64::try_from(n.unsigned_abs().gcd(&d.unsigned_abs())).unwrap_or(1);
        if gcd > 1 { Self(Repr::Small { n: n / gcd, d: d / gcd }) } else { Self(Repr::Small { n, d }) }
    }

    /// The sum.
    #[must_use]
    #[inline]
    pub fn add(&self, other: &Self) -> Self {
        if let (&Repr::Small { n: a, d: b }, &Repr::Small { n: c, d }) = (&self.0, &other.0)
            && let Some((n, d)) = small_sum((a, b), (c, d))
        {
            return Self::lowest(n, d);
        }
        self.add_wide(other)
    }

    #[cold]
    fn add_wide(&self, other: &Self) -> Self {
        let sum = self.in_machine(other, |a, b, c, d| {
            if b == d {
                return Some((a.checked_add(c)?, b));
            }
            Some((a.checked_mul(d)?.checked_add(c.checked_mul(b)?)?, b.checked_mul(d)?))
        });
        sum.unwrap_or_else(|| {
            if self.is_zero() {
                return other.clone();
            }
            if let Some((a, c)) = self.both_whole(other) {
                return Self::of_whole(&*a + &*c);
            }
            let ((a, b), (c, d)) = (self.big_parts(), other.big_parts());
            if b == d {
                return Self::of_big(a + c, b);
            }
            Self::of_big(a * &d + c * &b, b * d)
        })
    }

    /// The difference.
    #[must_use]
    pub fn sub(&self, other: &Self) -> Self {
        self.add(&other.neg())
    }

    /// The product.
    #[must_use]
    #[inline]
    pub fn mul(&self, other: &Self) -> Self {
        if let (Repr::Small { n: a, d: b }, Repr::Small { n: c, d }) = (&self.0, &other.0)
            && let (Some(n), Some(d)) = (a.checked_mul(*c), b.checked_mul(*d))
        {
            return Self::lowest(n, d);
        }
        self.mul_wide(other)
    }

    #[cold]
    fn mul_wide(&self, other: &Self) -> Self {
        let product = self.in_machine(other, |a, b, c, d| Some((a.checked_mul(c)?, b.checked_mul(d)?)));
        product.unwrap_or_else(|| {
            if *self == Self::ONE {
                return other.clone();
            }
            if *other == Self::ONE {
                return self.clone();
            }
            if let Some((a, c)) = self.both_whole(other) {
                return Self::of_whole(&*a * &*c);
            }
            let ((a, b), (c, d)) = (self.big_parts(), other.big_parts());
            Self::of_big(a * c, b * d)
        })
    }

    /// The quotient; none when `other` is 0.
    #[must_use]
    #[inline]
    pub fn div(&self, other: &Self) -> Option<Self> {
        if let (Repr::Small { n: a, d: b }, Repr::Small { n: c, d }) = (&self.0, &other.0)
            && *c > 0
            && let (Some(n), Some(d)) = (a.checked_mul(*d), b.checked_mul(*c))
        {
            return Some(Self::lowest(n, d));
        }
        self.div_wide(other)
    }

    #[cold]
    fn div_wide(&self, other: &Self) -> Option<Self> {
        if other.is_zero() {
            return None;
        }
        let quotient = self.in_machine(other, |a, b, c, d| Some((a.checked_mul(d)?, b.checked_mul(c)?)));
        Some(quotient.unwrap_or_else(|| {
            if *other == Self::ONE {
                return self.clone();
            }
            let ((a, b), (c, d)) = (self.big_parts(), other.big_parts());
            let (n, d) = (a * d, b * c);
            if d.is_negative() { Self::of_big(-n, -d) } else { Self::of_big(n, d) }
        }))
    }

    /// The number with the other sign.
    #[must_use]
    pub fn neg(&self) -> Self {
        match &self.0 {
            Repr::Small { n, d } => Self::reduced(-i128::from(*n), i128::from(*d)),
            Repr::Wide(wide) => Self::reduced(-wide.0, wide.1),
            Repr::Big(big) => Self::from_big(-(**big).clone()),
        }
    }

    /// Without its sign.
    #[must_use]
    pub fn abs(&self) -> Self {
        if self.is_negative() { self.neg() } else { self.clone() }
    }

    /// Whether it is 0.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        matches!(self.0, Repr::Small { n: 0, .. })
    }

    /// Whether it lies below 0.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Repr::Small { n, .. } => *n < 0,
            Repr::Wide(wide) => wide.0 < 0,
            Repr::Big(big) => big.is_negative(),
        }
    }

    /// Whether it is a whole number.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        match &self.0 {
            Repr::Small { d, .. } => *d == 1,
            Repr::Wide(wide) => wide.1 == 1,
            Repr::Big(big) => big.denom().is_one(),
        }
    }

    /// Whether it is a whole multiple of `step` (above 0).
    #[must_use]
    pub fn is_multiple_of(&self, step: &Self) -> bool {
        self.div(step).is_some_and(|quotient| quotient.is_whole())
    }

    /// The greatest whole number not above it.
    #[must_use]
    pub fn floor(&self) -> Self {
        match &self.0 {
            Repr::Small { n, d } => Self::whole(n.div_euclid(*d)),
            Repr::Wide(wide) => Self::reduced(wide.0.div_euclid(wide.1), 1),
            Repr::Big(big) => Self::from_big(BigRational::from_integer(big.numer().div_floor(big.denom()))),
        }
    }

    /// The least whole number not below it.
    #[must_use]
    pub fn ceil(&self) -> Self {
        self.neg().floor().neg()
    }

    /// The greatest whole number not above the quotient; none when `other` is 0. For whole numbers no common divisor is computed.
    #[must_use]
    pub(crate) fn div_floor(&self, other: &Self) -> Option<Self> {
        match (&self.0, &other.0) {
            (Repr::Small { .. }, Repr::Small { .. }) => {}
            _ if other.is_zero() => return None,
            _ => {
                if let Some((a, c)) = self.both_whole(other) {
                    return Some(Self::of_whole(a.div_floor(&c)));
                }
            }
        }
        self.div(other).map(|quotient| quotient.floor())
    }

    /// The least whole number not below the quotient; none when `other` is 0.
    #[must_use]
    pub(crate) fn div_ceil(&self, other: &Self) -> Option<Self> {
        self.neg().div_floor(other).map(|quotient| quotient.neg())
    }

    /// The greatest multiple of `step` not above it; itself when `step` is not above 0.
    #[must_use]
    pub fn floor_to(&self, step: &Self) -> Self {
        self.div(step).map_or_else(|| self.clone(), |quotient| quotient.floor().mul(step))
    }

    /// The least multiple of `step` not below it; itself when `step` is not above 0.
    #[must_use]
    pub fn ceil_to(&self, step: &Self) -> Self {
        self.div(step).map_or_else(|| self.clone(), |quotient| quotient.ceil().mul(step))
    }

    /// The greatest common step of two: the largest `g` of which both are whole multiples; the other's absolute
    /// value when one is 0.
    #[must_use]
    pub fn common_step(&self, other: &Self) -> Self {
        let step = self.in_machine(other, |a, b, c, d| {
            let (left, right) = (a.checked_mul(d)?, c.checked_mul(b)?);
            let fit = left != i128::MIN && right != i128::MIN;
            fit.then(|| left.gcd(&right)).zip(b.checked_mul(d))
        });
        if let Some(step) = step {
            return step;
        }
        let (a, b) = (self.to_big(), other.to_big());
        // gcd(a/b, c/d) = gcd(a·d, c·b) / (b·d)
        let n = (a.numer() * b.denom()).gcd(&(b.numer() * a.denom()));
        Self::from_big(BigRational::new(n, a.denom() * b.denom()))
    }

    /// About how many bits it takes, numerator and denominator together.
    #[must_use]
    pub(crate) fn bits(&self) -> u64 {
        match &self.0 {
            Repr::Small { .. } => 64,
            Repr::Wide(_) => 256,
            Repr::Big(big) => big.numer().bits() + big.denom().bits(),
        }
    }

    /// As a whole number that fits; none otherwise.
    #[must_use]
    pub fn to_i64(&self) -> Option<i64> {
        match &self.0 {
            Repr::Small { n, d: 1 } => Some(*n),
            _ => None,
        }
    }

    /// Numerator and denominator, where both fit in 63 bits.
    #[must_use]
    pub(crate) const fn small(&self) -> Option<(i64, i64)> {
        match self.0 {
            Repr::Small { n, d } => Some((n, d)),
            _ => None,
        }
    }

    /// Writes [`Number::to_fraction_string`].
    pub(crate) fn fraction_to(&self, out: &mut impl Sink) {
        let Some((n, d)) = self.small() else { return out.add(&self.to_fraction_string()) };
        if n < 0 {
            out.add("-");
        }
        digits(out, u128::from(n.unsigned_abs()));
        if d != 1 {
            out.add("/");
            digits(out, u128::from(d.unsigned_abs()));
        }
    }

    /// `n/d` in lowest terms, or `n` when whole: the form of fractions in JSON.
    #[must_use]
    pub fn to_fraction_string(&self) -> String {
        match &self.0 {
            Repr::Small { n, d: 1 } => n.to_string(),
            Repr::Small { n, d } => format!("{n}/{d}"),
            Repr::Wide(wide) if wide.1 == 1 => wide.0.to_string(),
            Repr::Wide(wide) => format!("{}/{}", wide.0, wide.1),
            Repr::Big(big) => big.to_string(),
        }
    }

    /// Rounded half up (away from 0 for negative numbers) to `decimals` places, and whether nothing was lost.
    #[must_use]
    pub fn round_to(&self, decimals: u8) -> (Self, bool) {
        let unit = Self::decimal("1", -i32::from(decimals)).unwrap_or(Self::ONE);
        let half = Self::fraction(1, 2).unwrap_or(Self::ZERO);
        let scaled = self.abs().div(&unit).unwrap_or(Self::ZERO);
        let rounded = scaled.add(&half).floor().mul(&unit);
        let rounded = if self.is_negative() { rounded.neg() } else { rounded };
        let exact = &rounded == self;
        (rounded, exact)
    }

    /// Decimal digits with `point` before the fraction and exactly `decimals` of them; call after [`Self::round_to`].
    #[must_use]
    pub fn to_decimal_string(&self, decimals: u8, point: char) -> String {
        let (rounded, _) = self.round_to(decimals);
        let scale = Self::decimal("1", i32::from(decimals)).unwrap_or(Self::ONE);
        let digits = rounded.abs().mul(&scale).to_big().to_integer().to_string();
        let decimals = usize::from(decimals);
        let digits = format!("{digits:0>width$}", width = decimals + 1);
        let (whole, part) = digits.split_at(digits.len().saturating_sub(decimals));
        let sign = if rounded.is_negative() { "-" } else { "" };
        if decimals == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}{point}{part}") }
    }

    /// The number of decimals it needs to be written exactly; none when it never ends.
    #[must_use]
    pub fn exact_decimals(&self) -> Option<u8> {
        if let Repr::Small { d, .. } = self.0 {
            return exact_decimals(d);
        }
        let mut d = self.to_big().denom().clone();
        let (two, five) = (BigInt::from(2), BigInt::from(5));
        let mut twos = 0_u8;
        let mut fives = 0_u8;
        while (&d % &two).is_zero() && twos < u8::MAX {
            d /= &two;
            twos += 1;
        }
        while (&d % &five).is_zero() && fives < u8::MAX {
            d /= &five;
            fives += 1;
        }
        d.is_one().then_some(twos.max(fives))
    }
}

/// Of a fraction in lowest terms, by its denominator.
fn exact_decimals(mut d: i64) -> Option<u8> {
    let (mut twos, mut fives) = (0, 0);
    while d % 2 == 0 && d != 0 {
        d /= 2;
        twos += 1;
    }
    while d % 5 == 0 && d != 0 {
        d /= 5;
        fives += 1;
    }
    (d == 1).then_some(if twos > fives { twos } else { fives })
}

impl From<i64> for Number {
    fn from(n: i64) -> Self {
        Self::whole(n)
    }
}

/// A sum of small fractions, not reduced; none where it does not fit.
#[inline]
fn small_sum((a, b): (i64, i64), (c, d): (i64, i64)) -> Option<(i64, i64)> {
    if b == d {
        return Some((a.checked_add(c)?, b));
    }
    Some((a.checked_mul(d)?.checked_add(c.checked_mul(b)?)?, b.checked_mul(d)?))
}

/// A sum being built. Small fractions are reduced once, at the end.
#[derive(Debug, Clone)]
pub(crate) struct Sum {
    /// Numerator and denominator of the small ones, not in lowest terms; the denominator above 0.
    small: (i64, i64),
    /// What did not fit.
    wide: Option<Number>,
}

impl Default for Sum {
    fn default() -> Self {
        Self { small: (0, 1), wide: None }
    }
}

impl Sum {
    /// Adds a number.
    #[inline]
    pub(crate) fn add(&mut self, number: &Number) {
        match number.0 {
            Repr::Small { n, d } if self.add_small((n, d)) => {}
            _ => self.add_wide(number),
        }
    }

    /// Adds a product.
    #[inline]
    pub(crate) fn add_product(&mut self, left: &Number, right: &Number) {
        if let (Repr::Small { n: a, d: b }, Repr::Small { n: c, d }) = (&left.0, &right.0)
            && let (Some(n), Some(d)) = (a.checked_mul(*c), b.checked_mul(*d))
            && self.add_small((n, d))
        {
            return;
        }
        self.add_wide(&left.mul(right));
    }

    #[inline]
    fn add_small(&mut self, (c, d): (i64, i64)) -> bool {
        let (a, b) = self.small;
        // Often one denominator divides the other: then they stay small.
        let sum = match (b % d, d % b) {
            (0, _) => c.checked_mul(b / d).and_then(|c| Some((a.checked_add(c)?, b))),
            (_, 0) => a.checked_mul(d / b).and_then(|a| Some((a.checked_add(c)?, d))),
            _ => small_sum((a, b), (c, d)),
        };
        if let Some(sum) = sum {
            self.small = sum;
        }
        sum.is_some()
    }

    #[cold]
    fn add_wide(&mut self, number: &Number) {
        self.wide = Some(self.wide.take().map_or_else(|| number.clone(), |wide| wide.add(number)));
    }

    /// The sum.
    #[must_use]
    #[inline]
    pub(crate) fn total(self) -> Number {
        let small = Number::lowest(self.small.0, self.small.1);
        match self.wide {
            Some(wide) => wide.add(&small),
            None => small,
        }
    }

    /// The sum divided by another; none when that is 0.
    #[must_use]
    #[inline]
    pub(crate) fn div(self, other: Self) -> Option<Number> {
        if let (Self { small: (a, b), wide: None }, Self { small: (c, d), wide: None }) = (&self, &other)
            && *c > 0
            && let (Some(n), Some(d)) = (a.checked_mul(*d), b.checked_mul(*c))
        {
            return Some(Number::lowest(n, d));
        }
        self.total().div(&other.total())
    }
}

impl Ord for Number {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        if let (Repr::Small { n: a, d: b }, Repr::Small { n: c, d }) = (&self.0, &other.0) {
            if b == d {
                return a.cmp(c);
            }
            if let (Some(a), Some(c)) = (a.checked_mul(*d), c.checked_mul(*b)) {
                return a.cmp(&c);
            }
        }
        self.cmp_wide(other)
    }
}

impl Number {
    #[cold]
    fn cmp_wide(&self, other: &Self) -> Ordering {
        let in_machine = || {
            let ((a, b), (c, d)) = (self.parts()?, other.parts()?);
            if b == d {
                return Some(a.cmp(&c));
            }
            Some(a.checked_mul(d)?.cmp(&c.checked_mul(b)?))
        };
        in_machine().unwrap_or_else(|| {
            if let Some((a, c)) = self.both_whole(other) {
                return a.cmp(&c);
            }
            let ((a, b), (c, d)) = (self.big_parts(), other.big_parts());
            if b == d { a.cmp(&c) } else { (a * d).cmp(&(c * b)) }
        })
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Default for Number {
    fn default() -> Self {
        Self::ZERO
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_fraction_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(text: &str) -> Number {
        let big: BigRational = text.parse().unwrap();
        Number::from_big(big)
    }

    #[test]
    fn arithmetic_agrees_with_big_fractions() {
        let samples = [
            "0",
            "1",
            "-1",
            "1/3",
            "-7/5",
            "9223372036854775807",
            "-9223372036854775808",
            "1/9223372036854775807",
            "99999999999999999999999999999/7",
            "-99999999999999999999999999999999/100",
            "9223372036854775808",
            "-9223372036854775809/2",
            "170141183460469231731687303715884105727",
            "-170141183460469231731687303715884105728",
            "1/170141183460469231731687303715884105727",
            "99999999999999999999999999999999999999999999/3",
            "-1/100",
        ];
        for a in samples {
            for b in samples {
                let (x, y) = (n(a), n(b));
                assert_eq!(x.add(&y).to_big(), x.to_big() + y.to_big(), "{a} + {b}");
                assert_eq!(x.sub(&y).to_big(), x.to_big() - y.to_big(), "{a} - {b}");
                assert_eq!(x.mul(&y).to_big(), x.to_big() * y.to_big(), "{a} * {b}");
                assert_eq!(x.cmp(&y), x.to_big().cmp(&y.to_big()), "{a} <=> {b}");
                // The same number has one form, however it came about.
                assert_eq!(x.add(&y).sub(&y), x, "{a} + {b} - {b}");
                match x.div(&y) {
                    Some(q) => assert_eq!(q.to_big(), x.to_big() / y.to_big(), "{a} / {b}"),
                    None => assert!(y.is_zero()),
                }
            }
        }
    }

    #[test]
    fn rounds_half_up_and_says_when_it_loses() {
        assert_eq!(n("1/8").round_to(2), (n("13/100"), false));
        assert_eq!(n("1/4").round_to(2), (n("1/4"), true));
        assert_eq!(n("-1/8").to_decimal_string(2, ','), "-0,13");
        assert_eq!(n("84000").to_decimal_string(2, ','), "84000,00");
        assert_eq!(n("1/16").exact_decimals(), Some(4));
        assert_eq!(n("1/3").exact_decimals(), None);
        assert_eq!(n("7/1000").exact_decimals(), Some(3));
        assert_eq!(n("99999999999999999999999999999/1000").exact_decimals(), Some(3));
    }

    #[test]
    fn steps() {
        assert_eq!(n("7/3").floor_to(&n("1/100")), n("233/100"));
        assert_eq!(n("7/3").ceil_to(&n("1/100")), n("234/100"));
        assert_eq!(n("-7/3").floor(), n("-3"));
        assert_eq!(n("1/6").common_step(&n("1/4")), n("1/12"));
        assert_eq!(n("0").common_step(&n("1/4")), n("1/4"));
        assert_eq!(Number::decimal("84050", -2), Some(n("1681/2")));
        assert_eq!(Number::decimal("-1", 3), Some(n("-1000")));
        assert_eq!(Number::decimal("1x", 0), None);
        for (before, behind) in [(0, 0), (1, 0), (0, 1), (2, 1), (30, 2), (30, 18), (400, 300)] {
            let [over, step] = [(before, 0), (0, behind)].map(|(up, down)| {
                let exponent = i32::try_from(up).unwrap() - i32::try_from(down).unwrap();
                Number::decimal("1", exponent).unwrap()
            });
            assert_eq!(Number::nines(before, behind), over.sub(&step), "{before} and {behind}");
        }
    }
}
