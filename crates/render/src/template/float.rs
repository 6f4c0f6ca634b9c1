//! Floating-point numbers as Go writes them.

use std::fmt::Write as _;

/// `%v`: the fewest digits that read back as the same number; an exponent if it
/// is below -4 or above 5.
pub fn shortest(value: f64) -> String {
    format(value, 'g', None, false)
}

/// A number in the form of a verb (`e`, `E`, `f`, `F`, `g`, `G`), with a number of digits or the fewest that
/// do. `sharp` keeps the point and trailing zeros.
pub fn format(value: f64, verb: char, precision: Option<usize>, sharp: bool) -> String {
    if value.is_nan() {
        return "NaN".to_owned();
    }
    let sign = if value.is_sign_negative() { "-" } else { "" };
    let size = value.abs();
    if size.is_infinite() {
        return format!("{}Inf", if sign.is_empty() { "+" } else { sign });
    }
    let body = match verb {
        'e' | 'E' => exponential(size, precision),
        'f' | 'F' => match precision {
            Some(digits) => format!("{size:.digits$}"),
            None => format!("{size}"),
        },
        _ => general(size, precision, sharp),
    };
    let body = if verb.is_ascii_uppercase() { body.to_uppercase() } else { body };
    format!("{sign}{body}")
}

/// `d.ddde±dd`
fn exponential(size: f64, precision: Option<usize>) -> String {
    let text = match precision {
        Some(digits) => format!("{size:.digits$e}"),
        None => format!("{size:e}"),
    };
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    with_exponent(mantissa, exponent)
}

fn with_exponent(mantissa: &str, exponent: i32) -> String {
    let mut out = String::from(mantissa);
    let _ = write!(out, "e{}{:02}", if exponent < 0 { '-' } else { '+' }, exponent.unsigned_abs());
    out
}

fn general(size: f64, precision: Option<usize>, sharp: bool) -> String {
    let digits = precision.map(|p| p.max(1));
    let text = match digits {
        Some(digits) => format!("{size:.*e}", digits - 1),
        None => format!("{size:e}"),
    };
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let mut figures: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    if !sharp {
        figures.truncate(figures.trim_end_matches('0').len().max(1));
    } else if precision.is_none() {
        while figures.len() < 6 {
            figures.push('0');
        }
    }
    // Without a precision, numbers of up to six figures before the point do without an exponent.
    let limit = i32::try_from(digits.unwrap_or(6)).unwrap_or(i32::MAX);
    if exponent < -4 || exponent >= limit {
        let (first, rest) = figures.split_at(1);
        let mantissa = if rest.is_empty() { first.to_owned() } else { format!("{first}.{rest}") };
        return with_exponent(&mantissa, exponent);
    }
    let Ok(before) = usize::try_from(exponent) else {
        let zeros = "0".repeat(exponent.unsigned_abs() as usize - 1);
        return format!("0.{zeros}{figures}");
    };
    let whole = before + 1;
    if figures.len() <= whole {
        let zeros = "0".repeat(whole - figures.len());
        let point = if sharp { "." } else { "" };
        return format!("{figures}{zeros}{point}");
    }
    let (left, right) = figures.split_at(whole);
    format!("{left}.{right}")
}

/// Mantissa and exponent of a finite number: it is `mantissa * 2^exponent`.
fn parts(value: f64) -> (u64, i32) {
    let bits = value.to_bits();
    let fraction = bits & ((1 << 52) - 1);
    match ((bits >> 52) & 0x7ff) as i32 {
        0 => (fraction, -1074),
        exponent => (fraction | 1 << 52, exponent - 1075),
    }
}

/// `%b`
pub(super) fn binary(value: f64) -> String {
    if !value.is_finite() {
        return format(value, 'g', None, false);
    }
    let (mantissa, exponent) = parts(value);
    let sign = if value.is_sign_negative() { "-" } else { "" };
    format!("{sign}{mantissa}p{exponent:+}")
}

/// `%x`
pub(super) fn hexadecimal(value: f64) -> String {
    if !value.is_finite() {
        return format(value, 'g', None, false);
    }
    let (mut mantissa, mut exponent) = parts(value);
    let sign = if value.is_sign_negative() { "-" } else { "" };
    if mantissa == 0 {
        return format!("{sign}0x0p+00");
    }
    while mantissa < 1 << 52 {
        mantissa <<= 1;
        exponent -= 1;
    }
    let digits = format!("{:013x}", mantissa & ((1 << 52) - 1));
    let digits = digits.trim_end_matches('0');
    let point = if digits.is_empty() { "" } else { "." };
    let exponent = exponent + 52;
    let direction = if exponent < 0 { '-' } else { '+' };
    format!("{sign}0x1{point}{digits}p{direction}{:02}", exponent.unsigned_abs())
}
