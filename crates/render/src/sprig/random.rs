//! Randomness that repeats: it depends on nothing but the seed of the rendering.

use super::arguments::{exactly, int, text};
use super::encoding::base64;
use crate::context::{Context, Function};
use crate::text::Text;
use crate::value::{IntKind, Value};

const DIGITS: &str = "0123456789";
const LETTERS: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const BOTH: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/// The functions.
pub(super) const FUNCTIONS: &[(&str, Function)] = &[
    ("randAlphaNum", |context, arguments| letters(context, "randAlphaNum", arguments, BOTH)),
    ("randAlpha", |context, arguments| letters(context, "randAlpha", arguments, LETTERS)),
    ("randNumeric", |context, arguments| letters(context, "randNumeric", arguments, DIGITS)),
    ("randAscii", |context, arguments| {
        let printable: String = (' '..='~').collect();
        letters(context, "randAscii", arguments, &printable)
    }),
    ("randBytes", |context, arguments| {
        let [count] = exactly("randBytes", arguments)?;
        let count = int(count)?;
        let count =
            usize::try_from(count).map_err(|_| "runtime error: makeslice: len out of range".to_owned())?;
        context.budget.take(count.saturating_mul(3))?;
        let bytes: Vec<u8> = (0..count).map(|_| context.random.draw() as u8).collect();
        Ok(context.computed(Value::str(base64(&bytes)), arguments))
    }),
    ("randInt", |context, arguments| {
        let [low, high] = exactly("randInt", arguments)?;
        let (low, high) = (int(low)?, int(high)?);
        let span = high.wrapping_sub(low);
        if span <= 0 {
            return Err("invalid argument to Intn".to_owned());
        }
        let drawn = context.random.below(span.unsigned_abs()).cast_signed();
        let number = Value::Int(low.wrapping_add(drawn), IntKind::Int, crate::OriginId::NONE);
        Ok(context.computed(number, arguments))
    }),
    ("shuffle", |context, arguments| {
        let [input] = exactly("shuffle", arguments)?;
        let input = text(input)?;
        context.budget.take(input.len())?;
        let mut left: Vec<char> = input.str().chars().collect();
        let mut out = String::with_capacity(input.len());
        while !left.is_empty() {
            let at = context.random.below(left.len() as u64) as usize;
            out.push(left.swap_remove(at));
        }
        Ok(context.computed(Value::str(out), arguments))
    }),
    ("uuidv4", |context, arguments| {
        exactly::<0>("uuidv4", arguments)?;
        let (high, low) = (context.random.draw(), context.random.draw());
        let high = high & !0xf000 | 0x4000;
        let low = low >> 2 | 1 << 63;
        let uuid = format!(
            "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
            high >> 32,
            high >> 16 & 0xffff,
            high & 0xffff,
            low >> 48,
            low & 0xffff_ffff_ffff
        );
        Ok(Value::Str(Text::plain(uuid)))
    }),
    // Helm answers with an empty text unless it is told to ask the network.
    ("getHostByName", |context, arguments| {
        let [name] = exactly("getHostByName", arguments)?;
        text(name)?;
        Ok(context.computed(Value::str(""), arguments))
    }),
];

fn letters(context: &mut Context, name: &str, arguments: &[Value], of: &str) -> Result<Value, String> {
    let [count] = exactly(name, arguments)?;
    let count = usize::try_from(int(count)?).unwrap_or(0);
    context.budget.take(count)?;
    context.budget.step(count as u64)?;
    let of = of.as_bytes();
    let mut out = String::with_capacity(count);
    for _ in 0..count {
        let letter = of.get(context.random.below(of.len() as u64) as usize).copied().unwrap_or(b'a');
        out.push(char::from(letter));
    }
    Ok(context.computed(Value::str(out), arguments))
}
