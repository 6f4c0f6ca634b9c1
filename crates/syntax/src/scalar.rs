//! How Kubernetes resolves plain YAML scalars: YAML 1.2 as read by `sigs.k8s.io/yaml`, which keeps the
//! booleans and octal numbers of YAML 1.1.

use crate::Kind;

/// Type of a plain (unquoted) scalar.
pub fn resolve(text: &str) -> Kind {
    let Some(first) = text.bytes().next() else { return Kind::Null };
    match first {
        b'~' if text.len() == 1 => Kind::Null,
        b'n' | b'N' if matches!(text, "null" | "Null" | "NULL") => Kind::Null,
        b't' | b'T' | b'f' | b'F' | b'y' | b'Y' | b'n' | b'N' | b'o' | b'O' if is_bool(text) => Kind::Bool,
        b'0'..=b'9' | b'+' | b'-' | b'.' => number(text),
        _ => Kind::Str,
    }
}

fn is_bool(text: &str) -> bool {
    matches!(
        text,
        "true"
            | "True"
            | "TRUE"
            | "false"
            | "False"
            | "FALSE"
            | "yes"
            | "Yes"
            | "YES"
            | "no"
            | "No"
            | "NO"
            | "on"
            | "On"
            | "ON"
            | "off"
            | "Off"
            | "OFF"
            | "y"
            | "Y"
            | "n"
            | "N"
    )
}

/// Value of a scalar that [`resolve`] called a boolean.
pub fn is_true(text: &str) -> bool {
    matches!(text, "true" | "True" | "TRUE" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" | "y" | "Y")
}

fn number(text: &str) -> Kind {
    if parse_int(text).is_some() {
        return Kind::Int;
    }
    let body = text.strip_prefix(['+', '-']).unwrap_or(text);
    if matches!(body, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return Kind::Float;
    }
    // The float form of YAML 1.1 as Go's resolver restricts it; `1_000.5` is allowed, `1e` is not.
    let mut digits = 0;
    let mut dots = 0;
    let mut bytes = body.bytes().peekable();
    while let Some(b) = bytes.next() {
        match b {
            b'0'..=b'9' => digits += 1,
            b'_' if digits > 0 => {}
            b'.' => dots += 1,
            b'e' | b'E' if digits > 0 => {
                if matches!(bytes.peek(), Some(b'+' | b'-')) {
                    bytes.next();
                }
                let rest = bytes.by_ref().map(|b| b.is_ascii_digit()).collect::<Vec<_>>();
                return if !rest.is_empty() && rest.iter().all(|d| *d) && dots <= 1 {
                    Kind::Float
                } else {
                    Kind::Str
                };
            }
            _ => return Kind::Str,
        }
    }
    if digits > 0 && dots <= 1 { Kind::Float } else { Kind::Str }
}

/// A whole number as Go's `strconv.ParseInt(text, 0, 64)` reads it after underscores are dropped: decimal,
/// `0x`, `0o`, `0b`, and a leading `0` for octal.
pub fn parse_int(text: &str) -> Option<i64> {
    let (negative, body) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if !body.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let plain;
    let body = if body.contains('_') {
        plain = body.replace('_', "");
        &plain
    } else {
        body
    };
    let prefixed = |p: &[&str], radix| {
        p.iter().find_map(|p| body.strip_prefix(p)).map(|digits| i64::from_str_radix(digits, radix).ok())
    };
    let value = if let Some(hex) = prefixed(&["0x", "0X"], 16) {
        hex
    } else if let Some(octal) = prefixed(&["0o", "0O"], 8) {
        octal
    } else if let Some(binary) = prefixed(&["0b", "0B"], 2) {
        binary
    } else if body.len() > 1 && body.starts_with('0') {
        i64::from_str_radix(body, 8).ok()
    } else {
        body.parse().ok()
    }?;
    Some(if negative { -value } else { value })
}

/// Value of a scalar that [`resolve`] called a number, whole or not: what Go's `strconv.ParseFloat` makes of it
/// after underscores are dropped.
#[expect(clippy::cast_precision_loss, reason = "what becomes of large whole numbers there, too")]
pub fn parse_float(text: &str) -> Option<f64> {
    if let Some(whole) = parse_int(text) {
        return Some(whole as f64);
    }
    match text {
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => Some(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => Some(f64::NEG_INFINITY),
        ".nan" | ".NaN" | ".NAN" => Some(f64::NAN),
        _ => text.replace('_', "").parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resolves_as_kubernetes_does() {
        for (text, kind) in [
            ("", Kind::Null),
            ("~", Kind::Null),
            ("null", Kind::Null),
            ("nulls", Kind::Str),
            ("true", Kind::Bool),
            ("yes", Kind::Bool),
            ("Off", Kind::Bool),
            ("tRue", Kind::Str),
            ("0644", Kind::Int),
            ("0o17", Kind::Int),
            ("0x1F", Kind::Int),
            ("1_000", Kind::Int),
            ("-1", Kind::Int),
            ("089", Kind::Float),
            ("1.5", Kind::Float),
            ("1e3", Kind::Float),
            (".5", Kind::Float),
            ("1.2.3", Kind::Str),
            ("100m", Kind::Str),
            ("1e", Kind::Str),
            ("-", Kind::Str),
            (".inf", Kind::Float),
            ("10:20", Kind::Str),
            ("2024-01-01", Kind::Str),
            ("..", Kind::Str),
        ] {
            assert_eq!(resolve(text), kind, "{text}");
        }
        assert_eq!(parse_int("0644"), Some(420));
        assert_eq!(parse_int("-0x10"), Some(-16));
    }
}
