//! Arithmetic. Whole numbers are `int64`s that wrap; the functions ending in `f` count in decimals.

use super::arguments::{at_least, exactly, int};
use super::casts::{to_float, to_int};
use super::decimal::Decimal;
use crate::context::{Context, Function};
use crate::origin::OriginId;
use crate::text::Text;
use crate::value::{IntKind, List, ListKind, Value};

pub(super) const FUNCTIONS: &[(&str, Function)] = &[
    ("add", |context, a| Ok(whole(context, a, 0, a, i64::wrapping_add))),
    ("add1", |context, a| {
        exactly::<1>("add1", a)?;
        Ok(whole(context, a, 1, a, i64::wrapping_add))
    }),
    ("sub", |context, a| {
        let [left, _] = exactly("sub", a)?;
        Ok(whole(context, a, to_int(left), a.get(1..).unwrap_or_default(), i64::wrapping_sub))
    }),
    ("mul", |context, a| {
        let ([first], rest) = at_least("mul", a)?;
        Ok(whole(context, a, to_int(first), rest, i64::wrapping_mul))
    }),
    ("div", |context, a| {
        let [left, right] = exactly("div", a)?;
        divided(context, a, to_int(left), to_int(right), i64::wrapping_div)
    }),
    ("mod", |context, a| {
        let [left, right] = exactly("mod", a)?;
        divided(context, a, to_int(left), to_int(right), i64::wrapping_rem)
    }),
    ("max", |context, a| {
        let ([first], rest) = at_least("max", a)?;
        Ok(whole(context, a, to_int(first), rest, i64::max))
    }),
    ("biggest", |context, a| {
        let ([first], rest) = at_least("biggest", a)?;
        Ok(whole(context, a, to_int(first), rest, i64::max))
    }),
    ("min", |context, a| {
        let ([first], rest) = at_least("min", a)?;
        Ok(whole(context, a, to_int(first), rest, i64::min))
    }),
    ("floor", |context, a| {
        let [value] = exactly("floor", a)?;
        Ok(real(context, a, to_float(value).floor()))
    }),
    ("ceil", |context, a| {
        let [value] = exactly("ceil", a)?;
        Ok(real(context, a, to_float(value).ceil()))
    }),
    ("round", round),
    ("addf", |context, a| decimals(context, a, 0.0, a, Decimal::plus)),
    ("add1f", |context, a| {
        exactly::<1>("add1f", a)?;
        decimals(context, a, 1.0, a, Decimal::plus)
    }),
    ("subf", |context, a| {
        let ([first], rest) = at_least("subf", a)?;
        decimals(context, a, to_float(first), rest, Decimal::minus)
    }),
    ("mulf", |context, a| {
        let ([first], rest) = at_least("mulf", a)?;
        decimals(context, a, to_float(first), rest, Decimal::times)
    }),
    ("divf", |context, a| {
        let ([first], rest) = at_least("divf", a)?;
        if rest.iter().any(|value| to_float(value) == 0.0) {
            return Err("decimal division by 0".to_owned());
        }
        decimals(context, a, to_float(first), rest, Decimal::over)
    }),
    ("maxf", |context, a| {
        let ([first], rest) = at_least("maxf", a)?;
        let number = rest.iter().map(to_float).fold(to_float(first), f64::max);
        Ok(real(context, a, number))
    }),
    ("minf", |context, a| {
        let ([first], rest) = at_least("minf", a)?;
        let number = rest.iter().map(to_float).fold(to_float(first), f64::min);
        Ok(real(context, a, number))
    }),
    ("until", |context, a| {
        let [count] = exactly("until", a)?;
        let count = int(count)?;
        let step = if count < 0 { -1 } else { 1 };
        numbers(context, a, 0, count, step)
    }),
    ("untilStep", |context, a| {
        let [start, stop, step] = exactly("untilStep", a)?;
        let (start, stop, step) = (int(start)?, int(stop)?, int(step)?);
        numbers(context, a, start, stop, step)
    }),
    ("seq", seq),
];

fn whole(
    context: &mut Context,
    from: &[Value],
    start: i64,
    rest: &[Value],
    step: impl Fn(i64, i64) -> i64,
) -> Value {
    let number = rest.iter().map(to_int).fold(start, step);
    context.computed(Value::Int(number, IntKind::Int64, OriginId::NONE), from)
}

fn divided(
    context: &mut Context,
    from: &[Value],
    left: i64,
    right: i64,
    step: impl Fn(i64, i64) -> i64,
) -> Result<Value, String> {
    if right == 0 {
        return Err("runtime error: integer divide by zero".to_owned());
    }
    Ok(context.computed(Value::Int(step(left, right), IntKind::Int64, OriginId::NONE), from))
}

fn real(context: &mut Context, from: &[Value], number: f64) -> Value {
    context.computed(Value::Float(number, OriginId::NONE), from)
}

fn decimals(
    context: &mut Context,
    from: &[Value],
    start: f64,
    rest: &[Value],
    step: impl Fn(Decimal, Decimal) -> Decimal,
) -> Result<Value, String> {
    let mut number = Decimal::of(start)?;
    for value in rest {
        number = step(number, Decimal::of(to_float(value))?);
    }
    Ok(real(context, from, number.to_float()))
}

fn round(context: &mut Context, a: &[Value]) -> Result<Value, String> {
    let ([value, places], rest) = at_least("round", a)?;
    #[allow(clippy::cast_precision_loss)] // As Go converts.
    let places = int(places)? as f64;
    // From which fraction on it goes up.
    let from = rest.first().map_or(0.5, to_float);
    let power = 10f64.powf(places);
    let scaled = power * to_float(value);
    let rounded = if scaled.fract() >= from { scaled.ceil() } else { scaled.floor() };
    Ok(real(context, a, rounded / power))
}

/// The numbers from `start` to before `end`; none if the step leads away from it.
fn progression(context: &mut Context, start: i64, end: i64, step: i64) -> Result<Vec<i64>, String> {
    let leads_there = if end < start { step < 0 } else { step > 0 };
    let count = if leads_there { end.abs_diff(start).div_ceil(step.unsigned_abs()) } else { 0 };
    context.budget.step(count)?;
    context.budget.take(usize::try_from(count.saturating_mul(8)).unwrap_or(usize::MAX))?;
    Ok((0..count).map(|index| start.wrapping_add((index.cast_signed()).wrapping_mul(step))).collect())
}

fn numbers(context: &mut Context, from: &[Value], start: i64, end: i64, step: i64) -> Result<Value, String> {
    let numbers = progression(context, start, end, step)?;
    // One origin for all: it is the same computation.
    let list = context.computed(Value::list(Vec::new()), from);
    let origin = list.origin(&mut context.origins);
    let items = numbers.into_iter().map(|number| Value::Int(number, IntKind::Int, origin)).collect();
    Ok(Value::List(List::of(items, ListKind::Ints), origin))
}

fn seq(context: &mut Context, a: &[Value]) -> Result<Value, String> {
    let given = a.iter().map(int).collect::<Result<Vec<_>, _>>()?;
    let toward = |start: i64, end: i64| if end < start { -1 } else { 1 };
    let (start, end, step) = match *given.as_slice() {
        [end] => (1, end, toward(1, end)),
        [start, end] => (start, end, toward(start, end)),
        [start, step, end] if end >= start || step <= 0 => (start, end, step),
        _ => return Ok(context.computed(Value::str(""), a)),
    };
    let numbers = progression(context, start, end.wrapping_add(toward(start, end)), step)?;
    let shown: Vec<String> = numbers.iter().map(i64::to_string).collect();
    let text = shown.join(" ");
    context.budget.take(text.len())?;
    Ok(context.computed(Value::Str(Text::plain(text)), a))
}
