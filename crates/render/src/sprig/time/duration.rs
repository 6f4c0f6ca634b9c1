//! Durations in nanoseconds, as Go reads and writes them.

pub(super) const SECOND: i64 = 1_000_000_000;

/// `1h30m5.5s`.
pub(super) fn parse(text: &str) -> Result<i64, String> {
    let wrong = || format!("time: invalid duration {}", quote(text));
    let (negative, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if rest == "0" {
        return Ok(0);
    }
    if rest.is_empty() {
        return Err(wrong());
    }
    let mut total: i128 = 0;
    while !rest.is_empty() {
        let length = rest.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
        let (number, after) = rest.split_at_checked(length).ok_or_else(wrong)?;
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        if whole.is_empty() && fraction.is_empty() || fraction.contains('.') {
            return Err(wrong());
        }
        let length = after.bytes().take_while(|b| !b.is_ascii_digit() && *b != b'.').count();
        let (unit, after) = after.split_at_checked(length).ok_or_else(wrong)?;
        let size: i128 = match unit {
            "ns" => 1,
            "us" | "µs" | "μs" => 1_000,
            "ms" => 1_000_000,
            "s" => 1_000_000_000,
            "m" => 60_000_000_000,
            "h" => 3_600_000_000_000,
            "" => return Err(format!("time: missing unit in duration {}", quote(text))),
            _ => return Err(format!("time: unknown unit {} in duration {}", quote(unit), quote(text))),
        };
        let whole: i128 = if whole.is_empty() { 0 } else { whole.parse().map_err(|_| wrong())? };
        total = whole.checked_mul(size).and_then(|value| total.checked_add(value)).ok_or_else(wrong)?;
        let digits = fraction.get(..fraction.len().min(18)).unwrap_or(fraction);
        if !digits.is_empty() {
            let value: i128 = digits.parse().map_err(|_| wrong())?;
            total += value * size / 10_i128.pow(digits.len() as u32);
        }
        rest = after;
    }
    i64::try_from(if negative { -total } else { total }).map_err(|_| wrong())
}

fn quote(text: &str) -> String {
    format!("{text:?}")
}

/// As `%v` shows it: `1h0m5.5s`.
pub(super) fn display(nanos: i64) -> String {
    let size = nanos.unsigned_abs();
    let minus = if nanos < 0 { "-" } else { "" };
    let second = SECOND.unsigned_abs();
    if size == 0 {
        return "0s".to_owned();
    }
    if size < second {
        let (unit, of) = match size {
            0..1_000 => ("ns", 1),
            1_000..1_000_000 => ("µs", 1_000),
            _ => ("ms", 1_000_000),
        };
        return format!("{minus}{}{unit}", fraction(size / of, size % of, of));
    }
    let (seconds, rest) = (size / second, size % second);
    let tail = format!("{}s", fraction(seconds % 60, rest, second));
    let minutes = seconds / 60;
    match (minutes / 60, minutes % 60) {
        (0, 0) => format!("{minus}{tail}"),
        (0, minutes) => format!("{minus}{minutes}m{tail}"),
        (hours, minutes) => format!("{minus}{hours}h{minutes}m{tail}"),
    }
}

fn fraction(whole: u64, rest: u64, of: u64) -> String {
    if rest == 0 {
        return whole.to_string();
    }
    let width = of.ilog10() as usize;
    let digits = format!("{rest:0width$}");
    format!("{whole}.{}", digits.trim_end_matches('0'))
}

/// The largest unit alone: `2h`, `3mo`.
pub(super) fn round(nanos: i64) -> String {
    const HOUR: u64 = 3_600_000_000_000;
    let size = nanos.unsigned_abs();
    for (unit, name) in [
        (HOUR * 24 * 365, "y"),
        (HOUR * 24 * 30, "mo"),
        (HOUR * 24, "d"),
        (HOUR, "h"),
        (HOUR / 60, "m"),
        (HOUR / 3600, "s"),
    ] {
        if size > unit {
            return format!("{}{name}", size / unit);
        }
    }
    "0s".to_owned()
}
