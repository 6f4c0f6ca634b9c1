//! What go-yaml would take a plain scalar for. A string that would not be read back as a string is quoted.

/// True if the text may stand plain and is still a string.
pub(super) fn is_string(text: &str) -> bool {
    let Some(first) = text.bytes().next() else { return false };
    match first {
        b'~' | b'y' | b'Y' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'o' | b'O' => !is_word(text),
        b'.' => !is_word(text) && !is_fraction(text),
        b'+' | b'-' | b'0'..=b'9' => {
            !(is_word(text) || is_timestamp(text) || is_number(text) || is_base_60(text))
        }
        _ => true,
    }
}

fn is_word(text: &str) -> bool {
    matches!(
        text,
        "~" | "null"
            | "Null"
            | "NULL"
            | "y"
            | "Y"
            | "yes"
            | "Yes"
            | "YES"
            | "n"
            | "N"
            | "no"
            | "No"
            | "NO"
            | "true"
            | "True"
            | "TRUE"
            | "false"
            | "False"
            | "FALSE"
            | "on"
            | "On"
            | "ON"
            | "off"
            | "Off"
            | "OFF"
            | ".nan"
            | ".NaN"
            | ".NAN"
            | ".inf"
            | ".Inf"
            | ".INF"
            | "+.inf"
            | "+.Inf"
            | "+.INF"
            | "-.inf"
            | "-.Inf"
            | "-.INF"
    )
}

fn is_number(text: &str) -> bool {
    let plain = text.replace('_', "");
    if is_int(&plain) || is_float(&plain) {
        return true;
    }
    // A sign may stand after the prefix of a binary number.
    match (plain.strip_prefix("0b"), plain.strip_prefix("-0b")) {
        (Some(digits), _) => radix(digits.strip_prefix(['+', '-']).unwrap_or(digits), 2).is_some(),
        (_, Some(digits)) => radix(digits, 2).is_some(),
        (None, None) => false,
    }
}

fn radix(digits: &str, base: u32) -> Option<u64> {
    let all = !digits.is_empty() && digits.chars().all(|c| c.is_digit(base));
    if all { u64::from_str_radix(digits, base).ok() } else { None }
}

fn is_int(text: &str) -> bool {
    let (body, most) = match text.as_bytes().first() {
        Some(b'-') => (text.get(1..).unwrap_or(""), 1 << 63),
        Some(b'+') => (text.get(1..).unwrap_or(""), (1 << 63) - 1),
        _ => (text, u64::MAX),
    };
    let lower = body.to_ascii_lowercase();
    let value = if let Some(hex) = lower.strip_prefix("0x") {
        radix(hex, 16)
    } else if let Some(octal) = lower.strip_prefix("0o") {
        radix(octal, 8)
    } else if let Some(binary) = lower.strip_prefix("0b") {
        radix(binary, 2)
    } else if lower.len() > 1 && lower.starts_with('0') {
        radix(&lower, 8)
    } else {
        radix(&lower, 10)
    };
    value.is_some_and(|value| value <= most)
}

/// A float without digits before its point; an underscore may stand between two digits.
fn is_fraction(text: &str) -> bool {
    let between = |window: &[u8]| match window {
        [a, b'_', b] => a.is_ascii_digit() && b.is_ascii_digit(),
        _ => true,
    };
    !text.ends_with('_') && text.as_bytes().windows(3).all(between) && is_float(&text.replace('_', ""))
}

/// Digits with at most one point, and an exponent; too large a number is none.
fn is_float(text: &str) -> bool {
    let body = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = match body.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (body, None),
    };
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let whole = match mantissa.split_once('.') {
        Some(("", fraction)) => !fraction.is_empty() && digits(fraction),
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => !mantissa.is_empty() && digits(mantissa),
    };
    let power = exponent.is_none_or(|e| {
        let e = e.strip_prefix(['+', '-']).unwrap_or(e);
        !e.is_empty() && digits(e)
    });
    whole && power && text.parse::<f64>().is_ok_and(f64::is_finite)
}

/// `1:20`: a number to the base of 60 in YAML 1.1, quoted for old readers.
fn is_base_60(text: &str) -> bool {
    let body = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (body, fraction) = body.split_once('.').unwrap_or((body, ""));
    let mut parts = body.split(':');
    let first = parts.next().unwrap_or("");
    let mut more = 0;
    for part in parts {
        more += 1;
        match part.as_bytes() {
            [b'0'..=b'9'] | [b'0'..=b'5', b'0'..=b'9'] => {}
            _ => return false,
        }
    }
    more > 0
        && first.starts_with(|c: char| c.is_ascii_digit())
        && first.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit() || b == b'_')
}

/// A date, or a date and a time.
fn is_timestamp(text: &str) -> bool {
    date(text).is_some()
}

/// Reads one or two digits.
fn pair(text: &str) -> Option<(u32, &str)> {
    let length = text.bytes().take(2).take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at_checked(length)?;
    Some((digits.parse().ok()?, rest))
}

fn date(text: &str) -> Option<()> {
    let (year, rest) = text.split_at_checked(4)?;
    if !year.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let year: u32 = year.parse().ok()?;
    let (month, rest) = pair(rest.strip_prefix('-')?)?;
    let (day, rest) = pair(rest.strip_prefix('-')?)?;
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(leap),
        _ => return None,
    };
    if day == 0 || day > days {
        return None;
    }
    if rest.is_empty() {
        return Some(());
    }
    let zoned = rest.starts_with(['T', 't']);
    let rest = if zoned { rest.get(1..)? } else { rest.strip_prefix(' ')?.trim_start_matches(' ') };
    time(rest, zoned)
}

fn time(text: &str, zoned: bool) -> Option<()> {
    let (hour, rest) = pair(text)?;
    let (minute, rest) = pair(rest.strip_prefix(':')?)?;
    let (second, rest) = pair(rest.strip_prefix(':')?)?;
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let rest = match rest.strip_prefix(['.', ',']) {
        Some(fraction) if fraction.starts_with(|c: char| c.is_ascii_digit()) => {
            fraction.trim_start_matches(|c: char| c.is_ascii_digit())
        }
        _ => rest,
    };
    if !zoned || rest == "Z" {
        return (rest.is_empty() || zoned).then_some(());
    }
    match rest.as_bytes() {
        [b'+' | b'-', h1, h2, b':', m1, m2] if [h1, h2, m1, m2].iter().all(|b| b.is_ascii_digit()) => {
            let hours = u32::from(h1 - b'0') * 10 + u32::from(h2 - b'0');
            (hours <= 24 && *m1 <= b'5').then_some(())
        }
        _ => None,
    }
}
