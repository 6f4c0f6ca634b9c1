//! Encodings: base64 and base32.

use super::arguments::{exactly, text};
use crate::context::{Context, Function};
use crate::text::Text;
use crate::value::Value;

/// The functions.
pub(super) const FUNCTIONS: &[(&str, Function)] = &[
    ("b64enc", |context, arguments| encode(context, "b64enc", arguments, base64)),
    ("b64dec", |context, arguments| decode(context, "b64dec", arguments, base64_decode)),
    ("b32enc", |context, arguments| encode(context, "b32enc", arguments, base32)),
    ("b32dec", |context, arguments| decode(context, "b32dec", arguments, base32_decode)),
];

fn encode(
    context: &mut Context,
    name: &str,
    arguments: &[Value],
    how: fn(&[u8]) -> String,
) -> Result<Value, String> {
    let [input] = exactly(name, arguments)?;
    let bytes = text(input)?;
    context.budget.take(bytes.len().saturating_mul(2))?;
    let written = how(bytes.bytes());
    Ok(context.computed(Value::str(written), arguments))
}

/// An error is the result, not an error: so Sprig has it.
fn decode(
    context: &mut Context,
    name: &str,
    arguments: &[Value],
    how: fn(&[u8]) -> Result<Vec<u8>, String>,
) -> Result<Value, String> {
    let [input] = exactly(name, arguments)?;
    let bytes = text(input)?;
    context.budget.take(bytes.len())?;
    let read = how(bytes.bytes()).unwrap_or_else(String::into_bytes);
    Ok(context.computed(Value::Str(Text::plain(read)), arguments))
}

const BASE64: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const BASE32: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// Groups of `group` bytes to `width` letters of `bits` bits each, with padding.
fn digits(bytes: &[u8], letters: &[u8], group: usize, width: usize, bits: usize) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(group) * width);
    for chunk in bytes.chunks(group) {
        let mut word = 0_u64;
        for index in 0..group {
            word = word << 8 | u64::from(chunk.get(index).copied().unwrap_or(0));
        }
        let used = (chunk.len() * 8).div_ceil(bits);
        for place in 0..width {
            let digit = (word >> (bits * (width - 1 - place))) as usize % letters.len();
            let letter = letters.get(digit).copied().unwrap_or(b'=');
            out.push(if place < used { char::from(letter) } else { '=' });
        }
    }
    out
}

/// Standard base64 with padding.
pub(crate) fn base64(bytes: &[u8]) -> String {
    digits(bytes, BASE64, 3, 4, 6)
}

fn base32(bytes: &[u8]) -> String {
    digits(bytes, BASE32, 5, 8, 5)
}

/// Standard base64 with padding; line breaks are passed over. The error is the one of Go.
pub(crate) fn base64_decode(text: &[u8]) -> Result<Vec<u8>, String> {
    undo(text, BASE64, 4, 6).map_err(|at| format!("illegal base64 data at input byte {at}"))
}

fn base32_decode(text: &[u8]) -> Result<Vec<u8>, String> {
    // Go drops line breaks before it counts.
    let text: Vec<u8> = text.iter().copied().filter(|b| !matches!(b, b'\n' | b'\r')).collect();
    undo(&text, BASE32, 8, 5).map_err(|at| format!("illegal base32 data at input byte {at}"))
}

/// The bytes, or the place of the first byte that is wrong.
fn undo(text: &[u8], letters: &[u8], width: usize, bits: usize) -> Result<Vec<u8>, usize> {
    let mut out = Vec::with_capacity(text.len() / width * bits * width / 8 + 8);
    let mut group: Vec<u64> = Vec::with_capacity(width);
    let mut places = text.iter().enumerate().filter(|(_, b)| !matches!(b, b'\n' | b'\r'));
    let mut begin = 0;
    while let Some((at, byte)) = places.next() {
        if group.is_empty() {
            begin = at;
        }
        if *byte != b'=' {
            let digit = letters.iter().position(|letter| letter == byte).ok_or(at)?;
            group.push(digit as u64);
            if group.len() == width {
                flush(&mut out, &group, width, bits);
                group.clear();
            }
            continue;
        }
        // Padding fills the group, and nothing follows.
        let whole = group.len() * bits / 8;
        if whole == 0 || (whole * 8).div_ceil(bits) != group.len() {
            return Err(at);
        }
        for _ in group.len() + 1..width {
            match places.next() {
                Some((_, b'=')) => {}
                Some((at, _)) => return Err(at),
                None => return Err(text.len()),
            }
        }
        if let Some((at, _)) = places.next() {
            return Err(at);
        }
        flush(&mut out, &group, width, bits);
        return Ok(out);
    }
    if group.is_empty() { Ok(out) } else { Err(begin) }
}

fn flush(out: &mut Vec<u8>, group: &[u64], width: usize, bits: usize) {
    let word = (0..width).fold(0, |word, index| word << bits | group.get(index).copied().unwrap_or(0));
    let total = width * bits / 8;
    let whole = group.len() * bits / 8;
    for index in 0..whole {
        out.push((word >> (8 * (total - 1 - index))) as u8);
    }
}
