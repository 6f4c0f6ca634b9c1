//! Decimals, in which 0.1 and 0.2 make 0.3.

/// A number in decimals, or, where it has too many digits for that, in binary.
#[derive(Clone, Copy, Debug)]
pub(super) enum Decimal {
    /// Digits, times ten to the power.
    Exact(i128, i32),
    /// As computed in binary, which differs in the last digit at most.
    Binary(f64),
}

/// Digits after the point that a division gives.
const PLACES: i32 = 16;

impl Decimal {
    /// The shortest decimals that stand for a number.
    pub(super) fn of(number: f64) -> Result<Self, String> {
        if !number.is_finite() {
            let shown = super::strval::float(number);
            return Err(format!("Cannot create a Decimal from {}", shown.trim_start_matches('+')));
        }
        let shown = format!("{number:e}");
        let (digits, exponent) = shown.split_once('e').unwrap_or((&shown, "0"));
        let exponent: i32 = exponent.parse().unwrap_or(0);
        let places =
            digits.split_once('.').map_or(0, |(_, fraction)| i32::try_from(fraction.len()).unwrap_or(0));
        let digits: i128 = digits.replace('.', "").parse().unwrap_or(0);
        Ok(Self::Exact(digits, exponent - places))
    }

    /// The nearest `float64`.
    pub(super) fn to_float(self) -> f64 {
        match self {
            Self::Exact(digits, exponent) => format!("{digits}e{exponent}").parse().unwrap_or(0.0),
            Self::Binary(number) => number,
        }
    }

    fn combine(
        self,
        other: Self,
        exact: impl Fn((i128, i32), (i128, i32)) -> Option<(i128, i32)>,
        binary: impl Fn(f64, f64) -> f64,
    ) -> Self {
        if let (Self::Exact(a, p), Self::Exact(b, q)) = (self, other)
            && let Some((digits, exponent)) = exact((a, p), (b, q))
        {
            return Self::Exact(digits, exponent);
        }
        Self::Binary(binary(self.to_float(), other.to_float()))
    }

    /// The sum.
    pub(super) fn plus(self, other: Self) -> Self {
        let exact = |a, b| {
            let (a, b, exponent) = aligned(a, b)?;
            Some((a.checked_add(b)?, exponent))
        };
        self.combine(other, exact, |a, b| a + b)
    }

    /// The difference.
    pub(super) fn minus(self, other: Self) -> Self {
        let exact = |a, b| {
            let (a, b, exponent) = aligned(a, b)?;
            Some((a.checked_sub(b)?, exponent))
        };
        self.combine(other, exact, |a, b| a - b)
    }

    /// The product.
    pub(super) fn times(self, other: Self) -> Self {
        let exact = |(a, p): (i128, i32), (b, q): (i128, i32)| Some((a.checked_mul(b)?, p.checked_add(q)?));
        self.combine(other, exact, |a, b| a * b)
    }

    /// The quotient, rounded to [`PLACES`] digits after the point.
    pub(super) fn over(self, other: Self) -> Self {
        let exact = |(a, p): (i128, i32), (b, q): (i128, i32)| {
            let shift = PLACES + p - q;
            let (a, b) =
                if shift >= 0 { (a.checked_mul(ten(shift)?)?, b) } else { (a, b.checked_mul(ten(-shift)?)?) };
            let (quotient, rest) = (a.checked_div(b)?, a.checked_rem(b)?);
            // Half goes away from zero.
            let up = rest.unsigned_abs().checked_mul(2)? >= b.unsigned_abs();
            let away = if (a < 0) == (b < 0) { 1 } else { -1 };
            Some((if up { quotient.checked_add(away)? } else { quotient }, -PLACES))
        };
        self.combine(other, exact, |a, b| a / b)
    }
}

fn ten(power: i32) -> Option<i128> {
    10_i128.checked_pow(u32::try_from(power).ok()?)
}

fn aligned((a, p): (i128, i32), (b, q): (i128, i32)) -> Option<(i128, i128, i32)> {
    let exponent = p.min(q);
    Some((a.checked_mul(ten(p - exponent)?)?, b.checked_mul(ten(q - exponent)?)?, exponent))
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    #[test]
    fn too_many_digits_go_on_in_binary() {
        let large = Decimal::of(1e200).unwrap();
        assert!((large.times(large).to_float()).is_infinite() || large.times(large).to_float() > 1e300);
        let tiny = Decimal::of(1e-300).unwrap();
        assert!((large.plus(tiny).to_float() - 1e200).abs() < 1e185);
        assert!(Decimal::of(f64::NAN).is_err());
    }
}
