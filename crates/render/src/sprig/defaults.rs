//! Choosing between values, and failing for want of one. What is chosen keeps its origin; a constant that is
//! chosen says which value it was chosen by.

use super::arguments::{at_least, boolean, exactly, text};
use super::pieces::chosen;
use crate::context::{Context, Function};
use crate::value::Value;

pub(super) const FUNCTIONS: &[(&str, Function)] = &[
    ("default", |context, a| {
        let ([fallback], given) = at_least("default", a)?;
        match given.first() {
            Some(value) if value.truth() => Ok(value.clone()),
            _ => Ok(chosen(context, fallback, given.get(..1).unwrap_or_default())),
        }
    }),
    ("empty", |context, a| {
        let [value] = exactly("empty", a)?;
        Ok(context.computed(Value::bool(!value.truth()), a))
    }),
    ("coalesce", |context, a| {
        let place = a.iter().position(Value::truth).unwrap_or(a.len());
        let value = a.get(place).cloned().unwrap_or(Value::NIL);
        Ok(chosen(context, &value, a.get(..place).unwrap_or_default()))
    }),
    ("all", |context, a| Ok(context.computed(Value::bool(a.iter().all(Value::truth)), a))),
    ("any", |context, a| Ok(context.computed(Value::bool(a.iter().any(Value::truth)), a))),
    ("ternary", |context, a| {
        let [yes, no, condition] = exactly("ternary", a)?;
        let value = if boolean(condition)? { yes } else { no };
        Ok(chosen(context, value, std::slice::from_ref(condition)))
    }),
    ("fail", |_, a| {
        let [message] = exactly("fail", a)?;
        Err(text(message)?.str().into_owned())
    }),
    ("required", required),
];

fn required(_: &mut Context, a: &[Value]) -> Result<Value, String> {
    let [message, value] = exactly("required", a)?;
    let message = text(message)?;
    let missing = match value {
        Value::Nil(_) => true,
        Value::Str(text) => text.is_empty(),
        _ => false,
    };
    if missing { Err(message.str().into_owned()) } else { Ok(value.clone()) }
}
