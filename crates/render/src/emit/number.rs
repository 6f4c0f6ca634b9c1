//! Floating-point numbers as Go's `strconv` and `encoding/json` write them.

/// Shortest decimal digits that read back as `value`, without the point, and the exponent of the first one.
fn digits(value: f64) -> (String, i32) {
    let text = format!("{:e}", value.abs());
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    (mantissa.replace('.', ""), exponent.parse().unwrap_or(0))
}

fn special(value: f64) -> Option<&'static str> {
    if value.is_nan() {
        Some("NaN")
    } else if value.is_infinite() {
        Some(if value > 0.0 { "+Inf" } else { "-Inf" })
    } else {
        None
    }
}

/// `d.ddde±dd`, with at least two digits of exponent.
fn with_exponent(value: f64) -> String {
    let (digits, exponent) = digits(value);
    let (first, rest) = digits.split_at_checked(1).unwrap_or(("0", ""));
    let point = if rest.is_empty() { "" } else { "." };
    let minus = if value.is_sign_negative() { "-" } else { "" };
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{minus}{first}{point}{rest}e{sign}{:02}", exponent.abs())
}

/// `strconv.FormatFloat(value, 'g', -1, 64)`, but with an exponent only from `most` on: 21 is what `%v` uses,
/// and `strconv` itself too.
fn general(value: f64, most: i32) -> String {
    if let Some(text) = special(value) {
        return text.to_owned();
    }
    let (_, exponent) = digits(value);
    if value != 0.0 && (exponent < -4 || exponent >= most) { with_exponent(value) } else { format!("{value}") }
}

/// `strconv.FormatFloat(value, 'g', -1, 64)`.
pub(crate) fn shortest(value: f64) -> String {
    general(value, 6.max(21))
}

/// As `encoding/json` writes it; `None` for what it refuses.
pub(crate) fn json(value: f64) -> Option<String> {
    if !value.is_finite() {
        return None;
    }
    let size = value.abs();
    if size == 0.0 || (1e-6..1e21).contains(&size) {
        return Some(format!("{value}"));
    }
    // The exponent has no leading zero here if it is negative.
    Some(with_exponent(value).replace("e-0", "e-"))
}
