//! Go's layouts of dates: an example of how the time 2006-01-02 15:04:05 would be written.

use super::civil::{Civil, days_in};
use super::{Time, Zone};
use std::fmt::Write;

/// A part of a layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    LongMonth,
    Month,
    NumMonth,
    ZeroMonth,
    LongWeekday,
    Weekday,
    Day,
    UnderDay,
    ZeroDay,
    UnderYearDay,
    ZeroYearDay,
    Hour,
    Hour12,
    ZeroHour12,
    Minute,
    ZeroMinute,
    Second,
    ZeroSecond,
    LongYear,
    Year,
    UpperHalf,
    LowerHalf,
    ZoneName,
    /// `Z` for UTC, colons, and how many of hours, minutes and seconds.
    Offset {
        z: bool,
        colon: bool,
        parts: u8,
    },
    /// With this many digits, all of them.
    Fraction(usize),
    /// Up to this many digits, none at the end that is 0.
    ShortFraction(usize),
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// Parts by how they are written; the first that fits counts.
const PARTS: &[(&str, Part)] = &[
    ("January", Part::LongMonth),
    ("Jan", Part::Month),
    ("Monday", Part::LongWeekday),
    ("Mon", Part::Weekday),
    ("MST", Part::ZoneName),
    ("002", Part::ZeroYearDay),
    ("01", Part::ZeroMonth),
    ("02", Part::ZeroDay),
    ("03", Part::ZeroHour12),
    ("04", Part::ZeroMinute),
    ("05", Part::ZeroSecond),
    ("06", Part::Year),
    ("15", Part::Hour),
    ("1", Part::NumMonth),
    ("2006", Part::LongYear),
    ("2", Part::Day),
    ("__2", Part::UnderYearDay),
    ("_2", Part::UnderDay),
    ("3", Part::Hour12),
    ("4", Part::Minute),
    ("5", Part::Second),
    ("PM", Part::UpperHalf),
    ("pm", Part::LowerHalf),
    ("-070000", Part::Offset { z: false, colon: false, parts: 3 }),
    ("-07:00:00", Part::Offset { z: false, colon: true, parts: 3 }),
    ("-0700", Part::Offset { z: false, colon: false, parts: 2 }),
    ("-07:00", Part::Offset { z: false, colon: true, parts: 2 }),
    ("-07", Part::Offset { z: false, colon: false, parts: 1 }),
    ("Z070000", Part::Offset { z: true, colon: false, parts: 3 }),
    ("Z07:00:00", Part::Offset { z: true, colon: true, parts: 3 }),
    ("Z0700", Part::Offset { z: true, colon: false, parts: 2 }),
    ("Z07:00", Part::Offset { z: true, colon: true, parts: 2 }),
    ("Z07", Part::Offset { z: true, colon: false, parts: 1 }),
];

/// The part that begins here, and its length.
fn part_at(rest: &str) -> Option<(Part, usize)> {
    if rest.starts_with(['.', ',']) {
        let digits = rest.get(1..)?;
        let digit = digits.chars().next().filter(|c| matches!(c, '0' | '9'))?;
        let after = digits.trim_start_matches(digit);
        let count = digits.len() - after.len();
        if after.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let part = if digit == '0' { Part::Fraction(count) } else { Part::ShortFraction(count) };
        return Some((part, count + 1));
    }
    let (name, part) = PARTS.iter().find(|(name, part)| {
        let after = rest.strip_prefix(name);
        // `Janus` is no month; the day in `_2006` is none.
        let short = matches!(part, Part::Month | Part::Weekday);
        after.is_some_and(|after| !short || !after.starts_with(|c: char| c.is_ascii_lowercase()))
            && !(*part == Part::UnderDay && rest.starts_with("_2006"))
    })?;
    Some((*part, name.len()))
}

/// Text before the next part, the part with its text, and the rest.
fn next(layout: &str) -> (&str, Option<(Part, &str)>, &str) {
    for (at, _) in layout.char_indices() {
        let Some((before, rest)) = layout.split_at_checked(at) else { continue };
        if let Some((part, length)) = part_at(rest)
            && let Some((name, rest)) = rest.split_at_checked(length)
        {
            return (before, Some((part, name)), rest);
        }
    }
    (layout, None, "")
}

fn name(names: &[&'static str], index: i64) -> &'static str {
    usize::try_from(index).ok().and_then(|index| names.get(index)).copied().unwrap_or("")
}

/// Name of a month, from 1 on.
pub(super) fn month_name(month: i64) -> &'static str {
    name(&MONTHS, month - 1)
}

/// Name of a day, Sunday as 0.
pub(super) fn weekday_name(day: i64) -> &'static str {
    name(&WEEKDAYS, day)
}

fn short(name: &str) -> &str {
    name.get(..3).unwrap_or(name)
}

/// A time in a layout.
pub(super) fn format(time: &Time, layout: &str) -> String {
    let (offset, zone) = time.offset();
    let civil = time.civil();
    let mut out = String::new();
    let mut rest = layout;
    loop {
        let (before, part, after) = next(rest);
        out.push_str(before);
        let Some((part, text)) = part else { return out };
        // Writing to a string can't fail.
        let _ = write_part(&mut out, part, text, civil, time.nanos, offset, &zone);
        rest = after;
    }
}

fn write_part(
    out: &mut String,
    part: Part,
    text: &str,
    civil: Civil,
    nanos: u32,
    offset: i64,
    zone: &str,
) -> std::fmt::Result {
    let hour12 = if civil.hour % 12 == 0 { 12 } else { civil.hour % 12 };
    match part {
        Part::LongMonth => out.write_str(month_name(civil.month)),
        Part::Month => out.write_str(short(month_name(civil.month))),
        Part::NumMonth => write!(out, "{}", civil.month),
        Part::ZeroMonth => write!(out, "{:02}", civil.month),
        Part::LongWeekday => out.write_str(weekday_name(civil.weekday())),
        Part::Weekday => out.write_str(short(weekday_name(civil.weekday()))),
        Part::Day => write!(out, "{}", civil.day),
        Part::UnderDay => write!(out, "{:2}", civil.day),
        Part::ZeroDay => write!(out, "{:02}", civil.day),
        Part::UnderYearDay => write!(out, "{:3}", civil.year_day()),
        Part::ZeroYearDay => write!(out, "{:03}", civil.year_day()),
        Part::Hour => write!(out, "{:02}", civil.hour),
        Part::Hour12 => write!(out, "{hour12}"),
        Part::ZeroHour12 => write!(out, "{hour12:02}"),
        Part::Minute => write!(out, "{}", civil.minute),
        Part::ZeroMinute => write!(out, "{:02}", civil.minute),
        Part::Second => write!(out, "{}", civil.second),
        Part::ZeroSecond => write!(out, "{:02}", civil.second),
        Part::LongYear if civil.year < 0 => write!(out, "-{:04}", civil.year.unsigned_abs()),
        Part::LongYear => write!(out, "{:04}", civil.year),
        Part::Year => write!(out, "{:02}", civil.year.max(0) % 100),
        Part::UpperHalf => out.write_str(if civil.hour >= 12 { "PM" } else { "AM" }),
        Part::LowerHalf => out.write_str(if civil.hour >= 12 { "pm" } else { "am" }),
        Part::ZoneName if !zone.is_empty() => out.write_str(zone),
        Part::ZoneName => write_offset(out, offset, false, 2),
        Part::Offset { z: true, .. } if offset == 0 => out.write_char('Z'),
        Part::Offset { colon, parts, .. } => write_offset(out, offset, colon, parts),
        Part::Fraction(width) | Part::ShortFraction(width) => {
            let digits = format!("{nanos:09}");
            let digits = digits.get(..width.min(9)).unwrap_or("");
            let digits =
                if matches!(part, Part::ShortFraction(_)) { digits.trim_end_matches('0') } else { digits };
            if digits.is_empty() {
                return Ok(());
            }
            write!(out, "{}{digits}", if text.starts_with(',') { ',' } else { '.' })
        }
    }
}

fn write_offset(out: &mut String, offset: i64, colon: bool, parts: u8) -> std::fmt::Result {
    let size = offset.abs();
    let colon = if colon { ":" } else { "" };
    write!(out, "{}{:02}", if offset < 0 { '-' } else { '+' }, size / 3600)?;
    if parts > 1 {
        write!(out, "{colon}{:02}", size / 60 % 60)?;
    }
    if parts > 2 {
        write!(out, "{colon}{:02}", size % 60)?;
    }
    Ok(())
}

/// What is read so far.
#[derive(Debug, Default)]
struct Seen {
    year: i64,
    month: Option<i64>,
    day: Option<i64>,
    year_day: Option<i64>,
    hour: i64,
    minute: i64,
    second: i64,
    nanos: u32,
    half: Option<bool>,
    offset: Option<i64>,
    utc: bool,
    zone: Option<String>,
}

/// How reading fails: the part can't be read, or its value is impossible.
enum Wrong {
    Part,
    Range(&'static str),
}

/// Reads a time in a layout. What the layout does not say is the beginning of the year 0, in UTC.
pub(super) fn parse(layout: &str, value: &str) -> Result<Time, String> {
    let mut seen = Seen::default();
    let (mut rest, mut left) = (layout, value);
    let cannot = |what: &str, at: &str| {
        format!("parsing time {value:?} as {layout:?}: cannot parse {at:?} as {what:?}")
    };
    loop {
        let (before, part, after) = next(rest);
        left = skip(before, left).ok_or_else(|| cannot(before, left))?;
        let Some((part, text)) = part else { break };
        // A fraction may follow the seconds even if the layout has none.
        let no_fraction =
            !matches!(next(after), ("", Some((Part::Fraction(_) | Part::ShortFraction(_), _)), _));
        left = match read_part(&mut seen, part, left, no_fraction) {
            Ok(left) => left,
            Err(Wrong::Part) => return Err(cannot(text, left)),
            Err(Wrong::Range(what)) => return Err(format!("parsing time {value:?}: {what} out of range")),
        };
        rest = after;
    }
    if !left.is_empty() {
        return Err(format!("parsing time {value:?}: extra text: {left:?}"));
    }
    finish(seen).map_err(|what| format!("parsing time {value:?}: {what} out of range"))
}

fn finish(seen: Seen) -> Result<Time, &'static str> {
    let (month, day) = match seen.year_day {
        Some(day) => {
            let leap = days_in(seen.year, 2) == 29;
            if day < 1 || day > 365 + i64::from(leap) {
                return Err("day-of-year");
            }
            (1, day)
        }
        None => (seen.month.unwrap_or(1), seen.day.unwrap_or(1)),
    };
    if seen.year_day.is_none() && (day < 1 || day > days_in(seen.year, month)) {
        return Err("day");
    }
    let hour = match seen.half {
        Some(true) if seen.hour < 12 => seen.hour + 12,
        Some(false) if seen.hour == 12 => 0,
        _ => seen.hour,
    };
    let civil = Civil { year: seen.year, month, day, hour, minute: seen.minute, second: seen.second };
    let offset = seen.offset.unwrap_or(0);
    let zone = match (seen.utc, seen.offset, seen.zone) {
        (false, Some(offset), zone) if offset != 0 => Zone::Fixed(offset, zone.unwrap_or_default()),
        (false, None, Some(zone)) if zone != "UTC" => Zone::Fixed(0, zone),
        _ => Zone::Utc,
    };
    Ok(Time { seconds: civil.seconds().saturating_sub(offset), nanos: seen.nanos, zone })
}

/// Passes over text of the layout; blanks there stand for any number of them.
fn skip<'v>(text: &str, value: &'v str) -> Option<&'v str> {
    let (mut text, mut value) = (text, value);
    while let Some(c) = text.chars().next() {
        if c == ' ' {
            if !value.is_empty() && !value.starts_with(' ') {
                return None;
            }
            text = text.trim_start_matches(' ');
            value = value.trim_start_matches(' ');
        } else {
            value = value.strip_prefix(c)?;
            text = text.strip_prefix(c)?;
        }
    }
    Some(value)
}

/// One or two digits, or exactly `width`.
fn number(value: &str, fewest: usize, most: usize) -> Result<(i64, &str), Wrong> {
    let length = value.bytes().take(most).take_while(u8::is_ascii_digit).count();
    if length < fewest {
        return Err(Wrong::Part);
    }
    let (digits, rest) = value.split_at_checked(length).ok_or(Wrong::Part)?;
    Ok((digits.parse().map_err(|_| Wrong::Part)?, rest))
}

fn within(value: i64, low: i64, high: i64, what: &'static str) -> Result<i64, Wrong> {
    if (low..=high).contains(&value) { Ok(value) } else { Err(Wrong::Range(what)) }
}

fn lookup<'v>(names: &[&str], value: &'v str, cut: bool) -> Result<(i64, &'v str), Wrong> {
    for (index, name) in (0..).zip(names) {
        let name = if cut { short(name) } else { name };
        if value.get(..name.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(name)) {
            return Ok((index, value.get(name.len()..).unwrap_or("")));
        }
    }
    Err(Wrong::Part)
}

fn fraction<'v>(seen: &mut Seen, value: &'v str) -> Result<&'v str, Wrong> {
    let digits = value.get(1..).ok_or(Wrong::Part)?;
    let rest = digits.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = digits.get(..digits.len() - rest.len()).unwrap_or("");
    let nine: String = digits.chars().chain("000000000".chars()).take(9).collect();
    seen.nanos = nine.parse().map_err(|_| Wrong::Part)?;
    Ok(rest)
}

fn begins_fraction(value: &str) -> bool {
    let mut bytes = value.bytes();
    matches!(bytes.next(), Some(b'.' | b',')) && bytes.next().is_some_and(|b| b.is_ascii_digit())
}

fn read_part<'v>(seen: &mut Seen, part: Part, value: &'v str, no_fraction: bool) -> Result<&'v str, Wrong> {
    let (read, rest) = match part {
        Part::LongMonth => lookup(&MONTHS, value, false)?,
        Part::Month => lookup(&MONTHS, value, true)?,
        Part::LongWeekday => lookup(&WEEKDAYS, value, false)?,
        Part::Weekday => lookup(&WEEKDAYS, value, true)?,
        Part::NumMonth | Part::Day | Part::Hour | Part::Hour12 | Part::Minute | Part::Second => {
            number(value, 1, 2)?
        }
        Part::UnderDay => number(value.strip_prefix(' ').unwrap_or(value), 1, 2)?,
        Part::ZeroMonth | Part::ZeroHour12 | Part::ZeroMinute | Part::ZeroSecond | Part::Year => {
            number(value, 2, 2)?
        }
        Part::ZeroDay => number(value, 1, 2)?,
        Part::LongYear => number(value, 4, 4)?,
        Part::UnderYearDay => number(value.trim_start_matches(' '), 1, 3)?,
        Part::ZeroYearDay => number(value, 3, 3)?,
        Part::UpperHalf | Part::LowerHalf => {
            let (am, pm) = if part == Part::UpperHalf { ("AM", "PM") } else { ("am", "pm") };
            if let Some(rest) = value.strip_prefix(am) {
                (0, rest)
            } else {
                (1, value.strip_prefix(pm).ok_or(Wrong::Part)?)
            }
        }
        Part::ZoneName => {
            let length = value.bytes().take(5).take_while(u8::is_ascii_uppercase).count();
            let (zone, rest) = value.split_at_checked(length).filter(|_| length >= 3).ok_or(Wrong::Part)?;
            seen.zone = Some(zone.to_owned());
            return Ok(rest);
        }
        Part::Offset { z, colon, parts } => return read_offset(seen, value, z, colon, parts),
        Part::Fraction(width) => {
            let digits = value.bytes().skip(1).take_while(u8::is_ascii_digit).count();
            return if begins_fraction(value) && digits >= width {
                fraction(seen, value)
            } else {
                Err(Wrong::Part)
            };
        }
        Part::ShortFraction(_) => {
            return if begins_fraction(value) { fraction(seen, value) } else { Ok(value) };
        }
    };
    match part {
        Part::LongMonth | Part::Month => seen.month = Some(read + 1),
        Part::NumMonth | Part::ZeroMonth => seen.month = Some(within(read, 1, 12, "month")?),
        Part::Day | Part::UnderDay | Part::ZeroDay => seen.day = Some(read),
        Part::UnderYearDay | Part::ZeroYearDay => seen.year_day = Some(read),
        Part::Hour => seen.hour = within(read, 0, 23, "hour")?,
        Part::Hour12 | Part::ZeroHour12 => seen.hour = within(read, 0, 12, "hour")?,
        Part::Minute | Part::ZeroMinute => seen.minute = within(read, 0, 59, "minute")?,
        Part::Second | Part::ZeroSecond => {
            seen.second = within(read, 0, 59, "second")?;
            if no_fraction && begins_fraction(rest) {
                return fraction(seen, rest);
            }
        }
        Part::LongYear => seen.year = read,
        Part::Year => seen.year = if read >= 69 { 1900 + read } else { 2000 + read },
        Part::UpperHalf | Part::LowerHalf => seen.half = Some(read == 1),
        Part::LongWeekday
        | Part::Weekday
        | Part::ZoneName
        | Part::Offset { .. }
        | Part::Fraction(_)
        | Part::ShortFraction(_) => {}
    }
    Ok(rest)
}

fn read_offset<'v>(
    seen: &mut Seen,
    value: &'v str,
    z: bool,
    colon: bool,
    parts: u8,
) -> Result<&'v str, Wrong> {
    if z && let Some(rest) = value.strip_prefix('Z') {
        seen.utc = true;
        return Ok(rest);
    }
    let negative = value.starts_with('-');
    let mut rest = value.strip_prefix(['+', '-']).ok_or(Wrong::Part)?;
    let mut offset = 0;
    for (index, size) in [3600, 60, 1].into_iter().enumerate().take(usize::from(parts)) {
        if index > 0 && colon {
            rest = rest.strip_prefix(':').ok_or(Wrong::Part)?;
        }
        let (read, after) = number(rest, 2, 2)?;
        let (most, what) =
            if index == 0 { (24, "time zone offset hour") } else { (60, "time zone offset minute") };
        offset += within(read, 0, most, what)? * size;
        rest = after;
    }
    seen.offset = Some(if negative { -offset } else { offset });
    Ok(rest)
}
