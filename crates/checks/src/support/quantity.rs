//! Kubernetes quantities (`100m`, `1.5Gi`, `2e3`), exactly, by the grammar of
//! `k8s.io/apimachinery/pkg/api/resource`.

use model::{Val, Why, WhyCode};
use syntax::{Kind, Node, placeholder};

/// An amount in billionths (the finest step Kubernetes keeps; smaller ones are rounded up), saturating at the
/// ends of the type, which lie far beyond what Kubernetes accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantity(i128);

const BILLION: i128 = 1_000_000_000;

impl Quantity {
    /// True for nothing at all: Kubernetes takes a limit of zero for no limit.
    pub fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// True for an amount below zero, which no resource may have.
    pub fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// A whole number of units.
    pub fn units(count: i64) -> Self {
        Self(i128::from(count).saturating_mul(BILLION))
    }

    /// Reads a quantity: an optional sign, digits with at most one point, and one of the suffixes
    /// `n u m k M G T P E`, `Ki Mi Gi Ti Pi Ei`, or a decimal exponent. `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, body) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let end = body.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(body.len());
        let (number, suffix) = body.split_at_checked(end)?;
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        if (whole.is_empty() && fraction.is_empty()) || fraction.contains('.') {
            return None;
        }
        let scale = Scale::parse(suffix)?;
        let fraction = fraction.trim_end_matches('0');
        let mut digits: i128 = 0;
        let mut places: i32 = 0;
        for byte in whole.bytes() {
            digits = digits.saturating_mul(10).saturating_add(i128::from(byte - b'0'));
        }
        // More digits after the point than fit are beyond a billionth in any scale that Kubernetes takes.
        for byte in fraction.bytes().take(27) {
            digits = digits.saturating_mul(10).saturating_add(i128::from(byte - b'0'));
            places += 1;
        }
        let amount = match scale {
            Scale::Decimal(exponent) => scale_by_ten(digits, exponent.saturating_sub(places) + 9),
            Scale::Binary(bits) => {
                let scaled = digits.saturating_mul(1_i128 << bits);
                scale_by_ten(scaled, 9 - places)
            }
        };
        Some(Self(if negative { -amount } else { amount }))
    }

    /// Reads the quantity at a node: a string or a number. What is neither a quantity nor filled in later is
    /// `Unknown` as malformed.
    pub fn at(node: Node<'_>) -> Val<Self, Node<'_>> {
        if !node.is_set() {
            return Val::Absent(node);
        }
        let Some(text) = node.scalar().filter(|_| matches!(node.kind(), Kind::Str | Kind::Int | Kind::Float))
        else {
            return Val::Unknown(Why::new(WhyCode::Malformed, "a quantity is a number with a unit"), node);
        };
        if let Some(quantity) = Self::parse(text) {
            return Val::Known(quantity, node);
        }
        if let Some(expression) = placeholder::find(text) {
            let why = Why::new(WhyCode::Unresolved, format!("the quantity is filled in by `{expression}`"));
            return Val::Unknown(why, node);
        }
        Val::Unknown(Why::new(WhyCode::Malformed, format!("`{text}` is not a quantity")), node)
    }
}

enum Scale {
    /// Times ten to this power.
    Decimal(i32),
    /// Times two to this power.
    Binary(u32),
}

impl Scale {
    fn parse(suffix: &str) -> Option<Self> {
        Some(match suffix {
            "" => Self::Decimal(0),
            "n" => Self::Decimal(-9),
            "u" => Self::Decimal(-6),
            "m" => Self::Decimal(-3),
            "k" => Self::Decimal(3),
            "M" => Self::Decimal(6),
            "G" => Self::Decimal(9),
            "T" => Self::Decimal(12),
            "P" => Self::Decimal(15),
            "E" => Self::Decimal(18),
            "Ki" => Self::Binary(10),
            "Mi" => Self::Binary(20),
            "Gi" => Self::Binary(30),
            "Ti" => Self::Binary(40),
            "Pi" => Self::Binary(50),
            "Ei" => Self::Binary(60),
            _ => {
                let exponent = suffix.strip_prefix(['e', 'E'])?;
                let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
                if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
                    return None;
                }
                // An exponent that does not fit is far outside of what fits into a quantity either way.
                let size: i32 = digits.parse().unwrap_or(1000).min(1000);
                Self::Decimal(if exponent.starts_with('-') { -size } else { size })
            }
        })
    }
}

/// `digits * 10^power`, rounded away from zero as Kubernetes does, saturating.
fn scale_by_ten(digits: i128, power: i32) -> i128 {
    if digits == 0 {
        return 0;
    }
    let factor = 10_i128.checked_pow(power.unsigned_abs());
    match (power >= 0, factor) {
        (true, Some(factor)) => digits.saturating_mul(factor),
        (true, None) => i128::MAX,
        (false, Some(factor)) => digits / factor + i128::from(digits % factor != 0),
        (false, None) => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_amounts() {
        for (a, b) in [
            ("1", "1000m"),
            ("0.5", "500m"),
            ("1Gi", "1024Mi"),
            ("1G", "1000M"),
            ("2e3", "2k"),
            ("1E3", "1000"),
            ("1E", "1000P"),
            ("1.5Gi", "1536Mi"),
            (".5", "0.5"),
            ("5.", "5"),
            ("+1", "1"),
            ("1e-3", "1m"),
            ("0", "0Mi"),
            ("0.0000000001", "1n"),
            ("100u", "0.1m"),
        ] {
            assert_eq!(Quantity::parse(a).unwrap(), Quantity::parse(b).unwrap(), "{a} {b}");
        }
        assert!(Quantity::parse("1Gi").unwrap() > Quantity::parse("1G").unwrap());
        assert!(Quantity::parse("-1").unwrap().is_negative());
        assert!(Quantity::parse("0m").unwrap().is_zero());
        assert_eq!(Quantity::parse("3"), Some(Quantity::units(3)));
    }

    #[test]
    fn refused() {
        for text in [
            "", "m", "1.2.3", "1gb", "1GB", "1 Gi", "1mi", "1e", "1e+", "half", "1K", "1ki", "--1", ".",
            "1_0",
        ] {
            assert_eq!(Quantity::parse(text), None, "{text}");
        }
    }

    #[test]
    fn huge_inputs_saturate() {
        let long = "9".repeat(10_000);
        assert!(Quantity::parse(&long).is_some());
        assert!(Quantity::parse("1e999999999999").is_some());
        assert!(Quantity::parse(&format!("0.{long}Ei")).is_some());
    }
}
