//! Constants in actions: strings, characters, numbers.
#![expect(clippy::cast_precision_loss, reason = "as Go converts them")]

use crate::template::code::Constant;

/// Text in quotes with escapes, as `%q` writes it.
pub fn quote(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len() + 2);
    quote_bytes(text.as_bytes(), false, &mut out);
    String::from_utf8_lossy(&out).into_owned()
}

/// Bytes in quotes with escapes, as `%q` writes them (`%+q` with `ascii`).
pub fn quote_bytes(bytes: &[u8], ascii: bool, out: &mut Vec<u8>) {
    out.push(b'"');
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            escape(c, '"', ascii, out);
        }
        for byte in chunk.invalid() {
            out.extend_from_slice(format!("\\x{byte:02x}").as_bytes());
        }
    }
    out.push(b'"');
}

/// A character in quotes, as `%q` writes a number.
pub fn quote_char(c: char, ascii: bool) -> String {
    let mut out = vec![b'\''];
    escape(c, '\'', ascii, &mut out);
    out.push(b'\'');
    String::from_utf8_lossy(&out).into_owned()
}

fn escape(c: char, delimiter: char, ascii: bool, out: &mut Vec<u8>) {
    let short = match c {
        c if c == delimiter => {
            out.extend_from_slice(&[b'\\', c as u8]);
            return;
        }
        '\\' => "\\\\",
        '\u{7}' => "\\a",
        '\u{8}' => "\\b",
        '\u{c}' => "\\f",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '\u{b}' => "\\v",
        _ => "",
    };
    if !short.is_empty() {
        out.extend_from_slice(short.as_bytes());
        return;
    }
    if c.is_ascii() && !c.is_ascii_control() || !ascii && printable(c) {
        out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        return;
    }
    let code = c as u32;
    let text = match code {
        0..=0x1f | 0x7f => format!("\\x{code:02x}"),
        0x80..=0xffff => format!("\\u{code:04x}"),
        _ => format!("\\U{code:08x}"),
    };
    out.extend_from_slice(text.as_bytes());
}

/// What Go prints as it is. Not the whole of its tables: letters, marks and signs that a person could read.
fn printable(c: char) -> bool {
    !(c.is_control()
        || matches!(c,
            '\u{a0}' | '\u{ad}' | '\u{1680}' | '\u{180e}' | '\u{2000}'..='\u{200f}' | '\u{2028}'..='\u{202f}'
            | '\u{205f}'..='\u{206f}' | '\u{3000}' | '\u{e000}'..='\u{f8ff}' | '\u{feff}'
            | '\u{fff0}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{e007f}'
            | '\u{f0000}'..='\u{10ffff}'))
}

/// The bytes a quoted string stands for; `None` if it is no valid one.
pub(super) fn unquote(text: &str) -> Option<Vec<u8>> {
    if let Some(raw) = text.strip_prefix('`').and_then(|t| t.strip_suffix('`')) {
        return Some(raw.bytes().filter(|b| *b != b'\r').collect());
    }
    let body = text.strip_prefix('"').and_then(|t| t.strip_suffix('"'))?;
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    while !rest.is_empty() {
        let (unit, after) = unescape(rest, '"')?;
        match unit {
            Unit::Char(c) => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
            Unit::Byte(byte) => out.push(byte),
        }
        rest = after;
    }
    Some(out)
}

enum Unit {
    Char(char),
    Byte(u8),
}

/// One character, or one escape, and what stands after it.
fn unescape(text: &str, delimiter: char) -> Option<(Unit, &str)> {
    let mut chars = text.chars();
    let first = chars.next()?;
    if first == delimiter || first == '\n' {
        return None;
    }
    if first != '\\' {
        return Some((Unit::Char(first), chars.as_str()));
    }
    let kind = chars.next()?;
    let rest = chars.as_str();
    let plain = |c| Some((Unit::Char(c), rest));
    match kind {
        'a' => plain('\u{7}'),
        'b' => plain('\u{8}'),
        'f' => plain('\u{c}'),
        'n' => plain('\n'),
        'r' => plain('\r'),
        't' => plain('\t'),
        'v' => plain('\u{b}'),
        '\\' => plain('\\'),
        '\'' | '"' if kind == delimiter => plain(kind),
        'x' => {
            let (value, rest) = digits(rest, 2, 16)?;
            Some((Unit::Byte(value as u8), rest))
        }
        '0'..='7' => {
            let all = text.get(1..)?;
            let (value, rest) = digits(all, 3, 8)?;
            Some((Unit::Byte(u8::try_from(value).ok()?), rest))
        }
        'u' => digits(rest, 4, 16).and_then(|(value, rest)| Some((Unit::Char(char::from_u32(value)?), rest))),
        'U' => digits(rest, 8, 16).and_then(|(value, rest)| Some((Unit::Char(char::from_u32(value)?), rest))),
        _ => None,
    }
}

fn digits(text: &str, count: usize, radix: u32) -> Option<(u32, &str)> {
    let part = text.get(..count)?;
    if !part.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return None;
    }
    Some((u32::from_str_radix(part, radix).ok()?, text.get(count..)?))
}

/// A character constant.
pub(super) fn rune(text: &str) -> Result<Constant, String> {
    let malformed = || format!("malformed character constant: {text}");
    let body = text.get(1..).unwrap_or("");
    // Go's own check: what follows the first character must be the closing quote alone.
    let Some((unit, rest)) = unescape(body, '\'') else {
        return Err("invalid syntax".to_owned());
    };
    if rest != "'" {
        return Err(malformed());
    }
    let value = match unit {
        Unit::Char(c) => i64::from(c as u32),
        Unit::Byte(byte) => i64::from(byte),
    };
    Ok(Constant::Number { int: Some(value), float: Some(value as f64), is_float: false, too_big: false })
}

/// A number. Complex ones count as malformed: no function of Helm takes one.
pub(super) fn number(text: &str) -> Result<Constant, String> {
    if text.ends_with('i') && !text.starts_with("0x") {
        return Err(format!("complex numbers are not supported: {text}"));
    }
    if let Some(value) = integer(text) {
        return Ok(match i64::try_from(value) {
            Ok(int) => {
                Constant::Number { int: Some(int), float: Some(int as f64), is_float: false, too_big: false }
            }
            Err(_) => {
                Constant::Number { int: None, float: Some(value as f64), is_float: false, too_big: true }
            }
        });
    }
    let Some(value) = float(text) else {
        return Err(format!("illegal number syntax: {}", quote(text)));
    };
    if !text.contains(['.', 'e', 'E', 'p', 'P']) {
        return Err(format!("integer overflow: {}", quote(text)));
    }
    let hex = text.trim_start_matches(['+', '-']).starts_with("0x")
        || text.trim_start_matches(['+', '-']).starts_with("0X");
    let whole = value as i64;
    let int = ((whole as f64).to_bits() == value.to_bits() || value == 0.0).then_some(whole);
    let is_float = !hex || text.contains(['p', 'P']);
    Ok(Constant::Number { int, float: Some(value), is_float, too_big: false })
}

/// Underscores stand between digits, or after the base.
fn underscores_fit(text: &str, based: bool) -> bool {
    if !text.contains('_') {
        return true;
    }
    let mut before = if based { 'd' } else { '^' };
    for c in text.chars() {
        let this = match c {
            '_' => '_',
            c if c.is_ascii_hexdigit() => 'd',
            _ => 'o',
        };
        if this == '_' && before != 'd' || this != 'd' && before == '_' {
            return false;
        }
        before = this;
    }
    before != '_'
}

/// A whole number in any of Go's forms; up to the largest `uint64`.
fn integer(text: &str) -> Option<i128> {
    let (negative, body) = match text.as_bytes().first()? {
        b'-' => (true, text.get(1..)?),
        b'+' => (false, text.get(1..)?),
        _ => (false, text),
    };
    let lower = body.to_ascii_lowercase();
    let (radix, digits, based) = if let Some(rest) = lower.strip_prefix("0x") {
        (16, rest, true)
    } else if let Some(rest) = lower.strip_prefix("0b") {
        (2, rest, true)
    } else if let Some(rest) = lower.strip_prefix("0o") {
        (8, rest, true)
    } else if lower.len() > 1 && lower.starts_with('0') {
        (8, lower.get(1..)?, true)
    } else {
        (10, lower.as_str(), false)
    };
    if !underscores_fit(digits, based) {
        return None;
    }
    let plain: String = digits.chars().filter(|c| *c != '_').collect();
    if plain.is_empty() || plain.starts_with(['+', '-']) {
        return None;
    }
    let value = i128::from_str_radix(&plain, radix).ok()?;
    let value = if negative { -value } else { value };
    let fits = value >= i128::from(i64::MIN) && value <= i128::from(u64::MAX);
    // An unsigned number has no sign.
    let signed = text.starts_with(['+', '-']) && value > i128::from(i64::MAX);
    (fits && !signed).then_some(value)
}

/// A floating-point number in any of Go's forms.
fn float(text: &str) -> Option<f64> {
    let (negative, body) = match text.as_bytes().first()? {
        b'-' => (true, text.get(1..)?),
        b'+' => (false, text.get(1..)?),
        _ => (false, text),
    };
    let lower = body.to_ascii_lowercase();
    let value = if let Some(hex) = lower.strip_prefix("0x") {
        if !underscores_fit(hex.split('p').next()?, true) {
            return None;
        }
        hex_float(&hex.replace('_', ""))?
    } else {
        if !underscores_fit(lower.split('e').next()?, false) {
            return None;
        }
        let lower = lower.replace('_', "");
        if !lower.starts_with(|c: char| c.is_ascii_digit() || c == '.')
            || !lower.contains(|c: char| c.is_ascii_digit())
        {
            return None;
        }
        lower.parse::<f64>().ok().filter(|value| value.is_finite())?
    };
    Some(if negative { -value } else { value })
}

/// `1.8p3` without its `0x`. The exponent is not optional.
fn hex_float(text: &str) -> Option<f64> {
    let (mantissa, exponent) = text.split_once('p')?;
    let exponent: i32 = exponent.parse().ok().filter(|e: &i32| e.abs() < 2000)?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let mut value = 0.0_f64;
    for digit in whole.chars() {
        value = value * 16.0 + f64::from(digit.to_digit(16)?);
    }
    let mut scale = 1.0 / 16.0;
    for digit in fraction.chars() {
        value += f64::from(digit.to_digit(16)?) * scale;
        scale /= 16.0;
    }
    let value = value * 2.0_f64.powi(exponent);
    value.is_finite().then_some(value)
}
