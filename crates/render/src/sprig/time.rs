//! Times and dates. `now` is the time of the rendering's context; the local zone is UTC.

pub(super) mod civil;
mod duration;
mod layout;

use super::arguments::{exactly, mismatch, string};
use crate::context::{Context, Function};
use crate::origin::{OriginId, Origins};
use crate::value::{IntKind, Object, Value};
use civil::Civil;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use std::any::Any;
use std::rc::Rc;

/// The functions.
pub(super) const FUNCTIONS: &[(&str, Function)] = &[
    ("now", |context, arguments| {
        exactly::<0>("now", arguments)?;
        Ok(object(Time::unix(context.now)))
    }),
    ("date", |context, arguments| {
        let [layout, date] = exactly("date", arguments)?;
        format_in(context, arguments, &string(layout)?, date, "Local")
    }),
    ("dateInZone", |context, arguments| date_in_zone(context, "dateInZone", arguments)),
    ("date_in_zone", |context, arguments| date_in_zone(context, "date_in_zone", arguments)),
    ("htmlDate", |context, arguments| {
        let [date] = exactly("htmlDate", arguments)?;
        format_in(context, arguments, "2006-01-02", date, "Local")
    }),
    ("htmlDateInZone", |context, arguments| {
        let [date, zone] = exactly("htmlDateInZone", arguments)?;
        format_in(context, arguments, "2006-01-02", date, &string(zone)?)
    }),
    ("dateModify", |context, arguments| modify(context, "dateModify", arguments, false)),
    ("date_modify", |context, arguments| modify(context, "date_modify", arguments, false)),
    ("mustDateModify", |context, arguments| modify(context, "mustDateModify", arguments, true)),
    ("must_date_modify", |context, arguments| modify(context, "must_date_modify", arguments, true)),
    ("toDate", |context, arguments| {
        let [layout, text] = exactly("toDate", arguments)?;
        let time = layout::parse(&string(layout)?, &string(text)?).unwrap_or(Time::unix(ZERO));
        Ok(context.computed(object(time), arguments))
    }),
    ("mustToDate", |context, arguments| {
        let [layout, text] = exactly("mustToDate", arguments)?;
        let time = layout::parse(&string(layout)?, &string(text)?)?;
        Ok(context.computed(object(time), arguments))
    }),
    ("unixEpoch", |context, arguments| {
        let [date] = exactly("unixEpoch", arguments)?;
        let seconds = time(date)?.seconds.to_string();
        Ok(context.computed(Value::str(seconds), arguments))
    }),
    ("ago", |context, arguments| {
        let [date] = exactly("ago", arguments)?;
        let passed = context.now.saturating_sub(lenient(context, date).seconds);
        Ok(context.computed(Value::str(duration::display(nanos(passed))), arguments))
    }),
    ("duration", |context, arguments| {
        let [seconds] = exactly("duration", arguments)?;
        let seconds = match seconds {
            Value::Str(text) => text.str().parse().unwrap_or(0),
            Value::Int(number, IntKind::Int64, _) => *number,
            _ => 0,
        };
        let shown = duration::display(seconds.wrapping_mul(duration::SECOND));
        Ok(context.computed(Value::str(shown), arguments))
    }),
    ("durationRound", |context, arguments| {
        let [given] = exactly("durationRound", arguments)?;
        let nanos = match given {
            Value::Str(text) => duration::parse(&text.str()).unwrap_or(0),
            Value::Int(number, IntKind::Int64, _) => *number,
            other => time(other).map_or(0, |time| nanos(context.now.saturating_sub(time.seconds))),
        };
        Ok(context.computed(Value::str(duration::round(nanos)), arguments))
    }),
];

/// The first second of the year 1: Go's time that nobody set.
const ZERO: i64 = -62_135_596_800;

fn nanos(seconds: i64) -> i64 {
    seconds.saturating_mul(duration::SECOND)
}

fn object(time: Time) -> Value {
    Value::Object(Rc::new(time), OriginId::NONE)
}

fn as_time(value: &Value) -> Option<&Time> {
    match value {
        Value::Object(object, _) => object.as_any().downcast_ref(),
        _ => None,
    }
}

fn time(value: &Value) -> Result<&Time, String> {
    as_time(value).ok_or_else(|| mismatch("time.Time", value))
}

/// A time, or seconds since 1970; now for anything else.
fn lenient(context: &Context, value: &Value) -> Time {
    match value {
        Value::Int(seconds, ..) => Time::unix(*seconds),
        other => as_time(other).cloned().unwrap_or_else(|| Time::unix(context.now)),
    }
}

fn format_in(
    context: &mut Context,
    arguments: &[Value],
    layout: &str,
    date: &Value,
    zone: &str,
) -> Result<Value, String> {
    let time = lenient(context, date);
    context.budget.take(layout.len().saturating_mul(4))?;
    let shown = layout::format(&Time { zone: Zone::named(zone), ..time }, layout);
    Ok(context.computed(Value::str(shown), arguments))
}

fn date_in_zone(context: &mut Context, name: &str, arguments: &[Value]) -> Result<Value, String> {
    let [layout, date, zone] = exactly(name, arguments)?;
    format_in(context, arguments, &string(layout)?, date, &string(zone)?)
}

fn modify(context: &mut Context, name: &str, arguments: &[Value], must: bool) -> Result<Value, String> {
    let [by, date] = exactly(name, arguments)?;
    let (by, date) = (string(by)?, time(date)?);
    let by = match duration::parse(&by) {
        Ok(by) => by,
        Err(error) if must => return Err(error),
        Err(_) => 0,
    };
    Ok(context.computed(object(date.add(by)), arguments))
}

/// A zone.
#[derive(Clone, Debug)]
enum Zone {
    Utc,
    /// Seconds east of UTC, and a name that may be empty.
    Fixed(i64, String),
    Named(TimeZone),
}

impl Zone {
    /// A zone of the IANA database; UTC if there is none of that name.
    fn named(name: &str) -> Self {
        if matches!(name, "" | "UTC" | "Local") {
            return Self::Utc;
        }
        TimeZoneDatabase::bundled().get(name).map_or(Self::Utc, Self::Named)
    }
}

/// A `time.Time`.
#[derive(Clone, Debug)]
pub(crate) struct Time {
    seconds: i64,
    nanos: u32,
    zone: Zone,
}

impl Time {
    fn unix(seconds: i64) -> Self {
        Self { seconds, nanos: 0, zone: Zone::Utc }
    }

    /// Reads `2020-02-03T04:05:06Z`.
    pub(super) fn parse_rfc3339(text: &str) -> Option<Self> {
        layout::parse("2006-01-02T15:04:05Z07:00", text).ok()
    }

    /// As it stands in JSON.
    pub(crate) fn rfc3339(&self) -> String {
        layout::format(self, "2006-01-02T15:04:05.999999999Z07:00")
    }

    /// Seconds east of UTC, and the name of the zone.
    fn offset(&self) -> (i64, String) {
        match &self.zone {
            Zone::Utc => (0, "UTC".to_owned()),
            Zone::Fixed(offset, name) => (*offset, name.clone()),
            Zone::Named(zone) => match jiff::Timestamp::from_second(self.seconds) {
                Ok(at) => {
                    let found = zone.to_offset_info(at);
                    (i64::from(found.offset().seconds()), found.abbreviation().to_owned())
                }
                Err(_) => (0, "UTC".to_owned()),
            },
        }
    }

    fn civil(&self) -> Civil {
        Civil::at(self.seconds.saturating_add(self.offset().0))
    }

    fn add(&self, nanos: i64) -> Self {
        let sum = i64::from(self.nanos) + nanos.rem_euclid(duration::SECOND);
        let seconds = self
            .seconds
            .saturating_add(nanos.div_euclid(duration::SECOND))
            .saturating_add(sum.div_euclid(duration::SECOND));
        Self { seconds, nanos: sum.rem_euclid(duration::SECOND) as u32, zone: self.zone.clone() }
    }

    fn add_date(&self, years: i64, months: i64, days: i64) -> Self {
        let civil = self.civil();
        let moved = Civil {
            year: civil.year.saturating_add(years),
            month: civil.month.saturating_add(months),
            day: civil.day.saturating_add(days),
            ..civil
        };
        let guess = Self { seconds: moved.seconds().saturating_sub(self.offset().0), ..self.clone() };
        Self { seconds: moved.seconds().saturating_sub(guess.offset().0), ..guess }
    }

    fn key(&self) -> (i64, u32) {
        (self.seconds, self.nanos)
    }
}

impl Object for Time {
    fn type_name(&self) -> &'static str {
        "time.Time"
    }

    fn field(&self, name: &str) -> Option<Value> {
        let civil = self.civil();
        let int64 = |value: i64| Value::Int(value, IntKind::Int64, OriginId::NONE);
        let total = |per_second: i64| {
            let part = i64::from(self.nanos) / (duration::SECOND / per_second);
            int64(self.seconds.wrapping_mul(per_second).wrapping_add(part))
        };
        Some(match name {
            "Year" => Value::int(civil.year),
            "Month" => Named::value("time.Month", "int", civil.month, layout::month_name(civil.month)),
            "Day" => Value::int(civil.day),
            "Hour" => Value::int(civil.hour),
            "Minute" => Value::int(civil.minute),
            "Second" => Value::int(civil.second),
            "Nanosecond" => Value::int(i64::from(self.nanos)),
            "Weekday" => {
                let day = civil.weekday();
                Named::value("time.Weekday", "int", day, layout::weekday_name(day))
            }
            "YearDay" => Value::int(civil.year_day()),
            "Unix" => int64(self.seconds),
            "UnixMilli" => total(1_000),
            "UnixMicro" => total(1_000_000),
            "UnixNano" => total(duration::SECOND),
            "UTC" | "Local" => object(Self { zone: Zone::Utc, ..self.clone() }),
            "IsZero" => Value::bool(self.key() == (ZERO, 0)),
            "String" => Value::str(self.display()),
            _ => return None,
        })
    }

    fn call(&self, _: &mut Origins, name: &str, arguments: &[Value]) -> Option<Result<Value, String>> {
        if arguments.is_empty()
            && let Some(value) = self.field(name)
        {
            return Some(Ok(value));
        }
        let called = || -> Result<Option<Value>, String> {
            Ok(Some(match name {
                "Format" => {
                    let [layout] = exactly(name, arguments)?;
                    Value::str(layout::format(self, &string(layout)?))
                }
                "AddDate" => {
                    let [years, months, days] = exactly(name, arguments)?;
                    let int = super::arguments::int;
                    object(self.add_date(int(years)?, int(months)?, int(days)?))
                }
                "Add" => {
                    let [by] = exactly(name, arguments)?;
                    object(self.add(Named::number(by).ok_or_else(|| mismatch("time.Duration", by))?))
                }
                "Sub" => {
                    let [other] = exactly(name, arguments)?;
                    let other = time(other)?;
                    let apart = nanos(self.seconds.saturating_sub(other.seconds))
                        .saturating_add(i64::from(self.nanos) - i64::from(other.nanos));
                    Named::value("time.Duration", "int64", apart, &duration::display(apart))
                }
                "Before" => Value::bool(self.key() < time(&exactly::<1>(name, arguments)?[0])?.key()),
                "After" => Value::bool(self.key() > time(&exactly::<1>(name, arguments)?[0])?.key()),
                "Equal" => Value::bool(self.key() == time(&exactly::<1>(name, arguments)?[0])?.key()),
                _ => return Ok(None),
            }))
        };
        called().transpose()
    }

    fn display(&self) -> String {
        layout::format(self, "2006-01-02 15:04:05.999999999 -0700 MST")
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A number with a type and a text of its own: a month, a weekday, a duration.
#[derive(Debug)]
pub(crate) struct Named {
    type_name: &'static str,
    kind: &'static str,
    number: i64,
    text: String,
}

impl Named {
    fn value(type_name: &'static str, kind: &'static str, number: i64, text: &str) -> Value {
        Value::Object(Rc::new(Self { type_name, kind, number, text: text.to_owned() }), OriginId::NONE)
    }

    /// The number, for a value that has one.
    pub(crate) fn number(value: &Value) -> Option<i64> {
        match value {
            Value::Int(number, ..) => Some(*number),
            Value::Object(object, _) => Some(object.as_any().downcast_ref::<Self>()?.number),
            _ => None,
        }
    }
}

impl Object for Named {
    fn type_name(&self) -> &'static str {
        self.type_name
    }

    fn kind(&self) -> &'static str {
        self.kind
    }

    fn field(&self, name: &str) -> Option<Value> {
        (name == "String").then(|| Value::str(self.text.clone()))
    }

    fn call(&self, _: &mut Origins, name: &str, _: &[Value]) -> Option<Result<Value, String>> {
        self.field(name).map(Ok)
    }

    fn display(&self) -> String {
        self.text.clone()
    }

    fn truth(&self) -> bool {
        self.number != 0
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
