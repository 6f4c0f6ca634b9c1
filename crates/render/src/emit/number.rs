//! Numbers as Go's `strconv` and `encoding/json` write them.

use crate::sprig::strval::float;

/// Shortest digits that read back as `value`, as `d.ddde-7`. Where two are equally near Go takes the even one,
/// Rust the greater.
pub(crate) fn scientific(value: f64) -> String {
    let text = format!("{value:e}");
    let digits = text.bytes().take_while(|b| *b != b'e').filter(u8::is_ascii_digit).count();
    let even = format!("{value:.*e}", digits.saturating_sub(1));
    if even.parse() == Ok(value) { even } else { text }
}

/// Shortest digits that read back as `value`, without an exponent.
pub(crate) fn plain(value: f64) -> String {
    let text = format!("{value}");
    let Some((_, fraction)) = text.split_once('.') else { return text };
    let even = format!("{value:.*}", fraction.len());
    if even.parse() == Ok(value) { even } else { text }
}

/// As `encoding/json` writes it; `None` for what it refuses.
pub(crate) fn json(value: f64) -> Option<String> {
    if !value.is_finite() {
        return None;
    }
    let size = value.abs();
    if size == 0.0 || (1e-6..1e21).contains(&size) {
        return Some(plain(value));
    }
    // A negative exponent has no leading zero here.
    Some(float(value).replace("e-0", "e-"))
}
