//! Cron schedules as the CronJob controller reads them (`robfig/cron` version 3, standard parser): five
//! fields or a descriptor.

/// Checks a schedule. The error says what is wrong, lower case, without a full stop.
pub fn check(schedule: &str) -> Result<(), String> {
    let schedule = schedule.trim();
    if schedule.starts_with("TZ=") || schedule.starts_with("CRON_TZ=") {
        return Err("a time zone belongs into `timeZone`, not into the schedule".to_owned());
    }
    if let Some(descriptor) = schedule.strip_prefix('@') {
        return check_descriptor(descriptor);
    }
    let fields: Vec<&str> = schedule.split_whitespace().collect();
    let &[minute, hour, day, month, weekday] = fields.as_slice() else {
        return Err(format!("a schedule has five fields, this one has {}", fields.len()));
    };
    check_field("minute", minute, 0, 59, &[])?;
    check_field("hour", hour, 0, 23, &[])?;
    check_field("day of the month", day, 1, 31, &[])?;
    check_field("month", month, 1, 12, &MONTHS)?;
    check_field("day of the week", weekday, 0, 6, &DAYS)?;
    check_date(day, month)
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

fn check_descriptor(descriptor: &str) -> Result<(), String> {
    match descriptor {
        "yearly" | "annually" | "monthly" | "weekly" | "daily" | "midnight" | "hourly" => Ok(()),
        _ => match descriptor.strip_prefix("every ") {
            Some(duration) if is_duration(duration) => Ok(()),
            Some(duration) => Err(format!("`{duration}` is not a duration")),
            None => Err(format!("`@{descriptor}` is not a known shorthand")),
        },
    }
}

/// A Go duration: numbers with units, `1h30m`.
fn is_duration(text: &str) -> bool {
    let mut rest = text.strip_prefix(['+', '-']).unwrap_or(text);
    let mut parts = 0;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let Some((number, unit)) = rest.split_at_checked(digits) else { return false };
        if number.is_empty() || number == "." || number.matches('.').count() > 1 {
            return false;
        }
        let Some(after) =
            ["ns", "us", "µs", "ms", "s", "m", "h"].iter().find_map(|name| unit.strip_prefix(name))
        else {
            return false;
        };
        rest = after;
        parts += 1;
    }
    parts > 0
}

fn check_field(name: &str, field: &str, low: u32, high: u32, names: &[&str]) -> Result<(), String> {
    field.split(',').try_for_each(|part| {
        check_part(part, low, high, names)
            .map_err(|problem| format!("the field for the {name}, `{field}`: {problem}"))
    })
}

fn check_part(part: &str, low: u32, high: u32, names: &[&str]) -> Result<(), String> {
    let (range, step) = match part.split_once('/') {
        Some((range, step)) => (range, Some(step)),
        None => (part, None),
    };
    let value = |text: &str| -> Result<u32, String> {
        let index = names.iter().position(|n| n.eq_ignore_ascii_case(text)).map(|i| i as u32 + low);
        let number =
            index.or_else(|| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten());
        match number {
            Some(n) if (low..=high).contains(&n) => Ok(n),
            Some(n) => Err(format!("{n} is not between {low} and {high}")),
            None => Err(format!("`{text}` is not a number between {low} and {high}")),
        }
    };
    if range != "*" && range != "?" {
        match range.split_once('-') {
            Some((from, to)) => {
                if value(from)? > value(to)? {
                    return Err(format!("`{range}` ends before it begins"));
                }
            }
            None => {
                value(range)?;
            }
        }
    }
    match step {
        None => Ok(()),
        Some(step) => match step.parse::<u32>() {
            Ok(n) if n > 0 => Ok(()),
            _ => Err(format!("`{step}` is not a step")),
        },
    }
}

/// Days that no month of the schedule has: `0 0 31 2 *` never runs.
fn check_date(day: &str, month: &str) -> Result<(), String> {
    let (Ok(day), Ok(month)) = (day.parse::<u32>(), month.parse::<u32>()) else { return Ok(()) };
    let longest = match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    if day > longest { Err(format!("month {month} has no day {day}, so it never runs")) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn good_schedules() {
        for text in [
            "* * * * *",
            "*/5 0-6,12 1 JAN-Mar mon",
            "0 0 29 2 *",
            "@daily",
            "@every 1h30m",
            "5/15 * * * *",
            "? ? ? ? ?",
            "0 0 1,15 * 0",
            "  0 3 * * *  ",
        ] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn bad_schedules() {
        for text in [
            "",
            "* * * *",
            "* * * * * *",
            "60 * * * *",
            "0 24 * * *",
            "0 0 0 * *",
            "0 0 32 * *",
            "0 0 * 13 *",
            "0 0 * * 7",
            "*/0 * * * *",
            "10-5 * * * *",
            "a * * * *",
            "@reboot",
            "@every soon",
            "TZ=UTC 0 0 * * *",
            "0 0 31 2 *",
            "0 0 31 4 *",
            "1, * * * *",
            "-1 * * * *",
        ] {
            assert!(check(text).is_err(), "{text}");
        }
    }
}
