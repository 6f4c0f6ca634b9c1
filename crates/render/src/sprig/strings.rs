//! Functions on strings: cutting, joining, replacing, asking.

use super::arguments::{exactly, int, list, text};
use super::pieces::{chars, find, origin_at, part, recast, strings};
use super::strval::strval;
use crate::context::{Context, Function};
use crate::origin::{NO_OFFSET, OriginId};
use crate::text::{Text, TextBuf};
use crate::value::{Map, Value};

pub(super) const FUNCTIONS: &[(&str, Function)] = &[
    ("hello", |_, a| exactly::<0>("hello", a).map(|_| Value::str("Hello!"))),
    ("trim", |context, a| {
        let [value] = exactly("trim", a)?;
        trimmed(context, value, char::is_whitespace)
    }),
    ("trimAll", |context, a| trim_all(context, exactly("trimAll", a)?)),
    ("trimall", |context, a| trim_all(context, exactly("trimall", a)?)),
    ("trimPrefix", trim_prefix),
    ("trimSuffix", trim_suffix),
    ("contains", |context, a| {
        let [needle, hay] = exactly("contains", a)?;
        let found = find(text(hay)?.bytes(), text(needle)?.bytes(), 0).is_some();
        Ok(context.computed(Value::bool(found), a))
    }),
    ("hasPrefix", |context, a| {
        let [needle, hay] = exactly("hasPrefix", a)?;
        let found = text(hay)?.bytes().starts_with(text(needle)?.bytes());
        Ok(context.computed(Value::bool(found), a))
    }),
    ("hasSuffix", |context, a| {
        let [needle, hay] = exactly("hasSuffix", a)?;
        let found = text(hay)?.bytes().ends_with(text(needle)?.bytes());
        Ok(context.computed(Value::bool(found), a))
    }),
    ("repeat", repeat),
    ("substr", substr),
    ("trunc", trunc),
    ("nospace", nospace),
    ("initials", initials),
    ("indent", |context, a| {
        let [width, value] = exactly("indent", a)?;
        indented(context, width, value, b"")
    }),
    ("nindent", |context, a| {
        let [width, value] = exactly("nindent", a)?;
        indented(context, width, value, b"\n")
    }),
    ("replace", replace),
    ("plural", |context, a| {
        let [one, many, count] = exactly("plural", a)?;
        text(one)?;
        text(many)?;
        let value = if int(count)? == 1 { one } else { many };
        Ok(super::pieces::chosen(context, value, std::slice::from_ref(count)))
    }),
    ("toString", |context, a| {
        let [value] = exactly("toString", a)?;
        strval(context, value).map(Value::Str)
    }),
    ("toStrings", |context, a| {
        let [value] = exactly("toStrings", a)?;
        let texts = strslice(context, value)?;
        strings(context, texts, a)
    }),
    ("join", join),
    ("splitList", |context, a| {
        let [separator, value] = exactly("splitList", a)?;
        let texts = split(context, text(separator)?, text(value)?, -1)?;
        strings(context, texts, std::slice::from_ref(value))
    }),
    ("split", |context, a| {
        let [separator, value] = exactly("split", a)?;
        split_map(context, separator, value, -1)
    }),
    ("splitn", |context, a| {
        let [separator, most, value] = exactly("splitn", a)?;
        let most = int(most)?;
        split_map(context, separator, value, most)
    }),
    ("sortAlpha", sort_alpha),
];

fn trimmed(context: &mut Context, value: &Value, cut: impl Fn(char) -> bool) -> Result<Value, String> {
    let text = text(value)?;
    let mut start = text.len();
    let mut end = 0;
    for (at, length, c) in chars(text.bytes()) {
        if !cut(c) {
            start = start.min(at);
            end = at + length;
        }
    }
    Ok(Value::Str(part(context, text, start, end)))
}

fn trim_all(context: &mut Context, [cutset, value]: &[Value; 2]) -> Result<Value, String> {
    let cutset: std::collections::BTreeSet<char> = chars(text(cutset)?.bytes()).map(|(_, _, c)| c).collect();
    trimmed(context, value, |c| cutset.contains(&c))
}

fn trim_prefix(context: &mut Context, a: &[Value]) -> Result<Value, String> {
    let [prefix, value] = exactly("trimPrefix", a)?;
    let (prefix, text) = (text(prefix)?, text(value)?);
    let cut = if text.bytes().starts_with(prefix.bytes()) { prefix.len() } else { 0 };
    Ok(Value::Str(part(context, text, cut, text.len())))
}

fn trim_suffix(context: &mut Context, a: &[Value]) -> Result<Value, String> {
    let [suffix, value] = exactly("trimSuffix", a)?;
    let (suffix, text) = (text(suffix)?, text(value)?);
    let cut = if text.bytes().ends_with(suffix.bytes()) { suffix.len() } else { 0 };
    Ok(Value::Str(part(context, text, 0, text.len() - cut)))
}

fn repeat(context: &mut Context, a: &[Value]) -> Result<Value, String> {
    let [count, value] = exactly("repeat", a)?;
    let (count, text) = (int(count)?, text(value)?);
    let count = usize::try_from(count).map_err(|_| "strings: negative Repeat count".to_owned())?;
    if text.is_empty() {
        return Ok(Value::Str(text.clone()));
    }
    let bytes = count
        .checked_mul(text.len())
        .filter(|bytes| i64::try_from(*bytes).is_ok())
        .ok_or("strings: Repeat output length overflow")?;
    context.budget.take(bytes)?;
    if count == 0 {
        return Ok(Value::Str(part(context, text, 0, 0)));
    }
    context.budget.step((count as u64).saturating_mul(text.runs().len() as u64))?;
    let mut out = TextBuf::default();
    for _ in 0..count {
        out.push_text(text);
    }
    Ok(Value::Str(out.finish()))
}

fn substr(context: &mut Context, a: &[Value]) -> Result<Value, String> {
    let [start, end, value] = exactly("substr", a)?;
    let (start, end, text) = (int(start)?, int(end)?, text(value)?);
    let length = text.len();
    let bounds = |what: String| Err(format!("runtime error: slice bounds out of range {what}"));
    let Ok(from) = usize::try_from(start) else {
        return match usize::try_from(end) {
            Ok(end) if end <= length => Ok(Value::Str(part(context, text, 0, end))),
            Ok(end) => bounds(format!("[:{end}] with length {length}")),
            Err(_) => bounds(format!("[:{end}]")),
        };
    };
    let to = usize::try_from(end).map_or(length, |end| end.min(length));
    if from > to {
        return bounds(format!("[{from}:{to}]"));
    }
    Ok(Value::Str(part(context, text, from, to)))
}

fn trunc(context: &mut Context, a: &[Value]) -> Result<Value, String> {
    let [count, value] = exactly("trunc", a)?;
    let (count, text) = (int(count)?, text(value)?);
    let size = usize::try_from(count.unsigned_abs()).unwrap_or(usize::MAX);
    let start = if count < 0 { text.len().saturating_sub(size) } else { 0 };
    let end = if count < 0 { text.len() } else { size };
    Ok(Value::Str(part(context, text, start, end)))
}

/// White space among the characters of Latin-1, as which the original takes single bytes.
fn is_space_byte(byte: u8) -> bool {
    char::from(byte).is_whitespace()
}

fn nospace(context: &mut Context, a: &[Value]) -> Result<Value, String> {
    let [value] = exactly("nospace", a)?;
    let text = text(value)?;
    if !text.bytes().iter().any(|byte| is_space_byte(*byte)) {
        return Ok(Value::Str(text.clone()));
    }
    context.budget.take(2 * text.len())?;
    let mut out = TextBuf::default();
    for (at, byte) in text.bytes().iter().enumerate() {
        if byte.is_ascii() {
            if !is_space_byte(*byte) {
                out.push_slice(text, at, at + 1);
            }
        } else if !is_space_byte(*byte) {
            // The original takes each byte for a character, so that what is not ASCII is garbled.
            let mut buffer = [0; 4];
            let garbled = char::from(*byte).encode_utf8(&mut buffer);
            out.push(garbled.as_bytes(), origin_at(text, at), NO_OFFSET);
        }
    }
    if out.is_empty() {
        return Ok(Value::Str(part(context, text, 0, 0)));
    }
    Ok(Value::Str(out.finish()))
}

fn initials(context: &mut Context, a: &[Value]) -> Result<Value, String> {
    let [value] = exactly("initials", a)?;
    let text = text(value)?;
    let mut out = String::new();
    let mut gap = true;
    for byte in text.bytes() {
        let space = is_space_byte(*byte);
        if gap && !space {
            out.push(char::from(*byte));
        }
        gap = space;
    }
    recast(context, text, out.into_bytes()).map(Value::Str)
}

fn indented(context: &mut Context, width: &Value, value: &Value, before: &[u8]) -> Result<Value, String> {
    let (width, text) = (int(width)?, text(value)?);
    let width = usize::try_from(width).map_err(|_| "strings: negative Repeat count".to_owned())?;
    let feeds = memchr::memchr_iter(b'\n', text.bytes()).count();
    context.budget.take(width.saturating_mul(feeds + 1).saturating_add(text.len()))?;
    let pad = vec![b' '; width];
    let mut out = TextBuf::default();
    out.push(before, origin_at(text, 0), NO_OFFSET);
    out.push(&pad, origin_at(text, 0), NO_OFFSET);
    let mut at = 0;
    while let Some(feed) = find(text.bytes(), b"\n", at) {
        out.push_slice(text, at, feed + 1);
        out.push_beside(&pad);
        at = feed + 1;
    }
    out.push_slice(text, at, text.len());
    if out.is_empty() {
        return Ok(value.clone());
    }
    Ok(Value::Str(out.finish()))
}

fn replace(context: &mut Context, a: &[Value]) -> Result<Value, String> {
    let [old, new, value] = exactly("replace", a)?;
    let (old, new, text) = (text(old)?, text(new)?, text(value)?);
    let mut places = Vec::new();
    if old.is_empty() {
        places.extend(chars(text.bytes()).map(|(at, ..)| at));
        places.push(text.len());
    } else {
        let mut at = 0;
        while let Some(place) = find(text.bytes(), old.bytes(), at) {
            places.push(place);
            at = place + old.len();
        }
    }
    if places.is_empty() {
        return Ok(value.clone());
    }
    context.budget.take(new.len().saturating_mul(places.len()).saturating_add(text.len()))?;
    context.budget.step((places.len() as u64).saturating_mul(new.runs().len() as u64))?;
    let mut out = TextBuf::default();
    let mut at = 0;
    for place in places {
        out.push_slice(text, at, place);
        push_replacement(context, &mut out, new, origin_at(text, place));
        at = place + old.len();
    }
    out.push_slice(text, at, text.len());
    if out.is_empty() {
        return Ok(Value::Str(part(context, text, 0, 0)));
    }
    Ok(Value::Str(out.finish()))
}

/// Puts in a replacement; what is a constant counts as computed from what it replaces.
fn push_replacement(context: &mut Context, out: &mut TextBuf, new: &Text, replaced: OriginId) {
    if new.origin(&mut context.origins) == OriginId::NONE {
        let origin = context.origins.derive([replaced]);
        out.push(new.bytes(), origin, NO_OFFSET);
    } else {
        out.push_text(new);
    }
}

/// What the original takes for several strings: the items of a slice that are not nil, or a single value.
pub(super) fn strslice(context: &mut Context, value: &Value) -> Result<Vec<Text>, String> {
    if let Some(list) = list(value) {
        context.budget.step(list.items().len() as u64)?;
        let items = list.items().iter().filter(|item| !item.is_nil());
        return items.map(|item| strval(context, item)).collect();
    }
    if value.is_nil() {
        return Ok(Vec::new());
    }
    Ok(vec![strval(context, value)?])
}

fn join(context: &mut Context, a: &[Value]) -> Result<Value, String> {
    let [separator, value] = exactly("join", a)?;
    let separator = text(separator)?;
    let texts = strslice(context, value)?;
    let between = separator.len().saturating_mul(texts.len());
    context.budget.take(texts.iter().fold(between, |sum, text| sum.saturating_add(text.len())))?;
    let plain = separator.origin(&mut context.origins) == OriginId::NONE;
    let mut out = TextBuf::default();
    for (index, text) in texts.iter().enumerate() {
        if index > 0 && plain {
            out.push_beside(separator.bytes());
        } else if index > 0 {
            out.push_text(separator);
        }
        out.push_text(text);
    }
    if out.is_empty() {
        return Ok(context.computed(Value::str(""), std::slice::from_ref(value)));
    }
    Ok(Value::Str(out.finish()))
}

/// Splits at a separator into at most `most` parts (below zero: all); at an empty one, between characters.
fn split(context: &mut Context, separator: &Text, text: &Text, most: i64) -> Result<Vec<Text>, String> {
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let mut parts = Vec::new();
    if most == 0 {
        return Ok(parts);
    }
    let mut at = 0;
    if separator.is_empty() {
        for (start, length, _) in chars(text.bytes()) {
            context.budget.step(1)?;
            if parts.len() + 1 == most {
                break;
            }
            parts.push(part(context, text, start, start + length));
            at = start + length;
        }
        if at < text.len() {
            parts.push(part(context, text, at, text.len()));
        }
        return Ok(parts);
    }
    while parts.len() + 1 < most
        && let Some(place) = find(text.bytes(), separator.bytes(), at)
    {
        context.budget.step(1)?;
        parts.push(part(context, text, at, place));
        at = place + separator.len();
    }
    parts.push(part(context, text, at, text.len()));
    Ok(parts)
}

fn split_map(context: &mut Context, separator: &Value, value: &Value, most: i64) -> Result<Value, String> {
    let parts = split(context, text(separator)?, text(value)?, most)?;
    let map = Map::typed("map[string]string");
    for (index, part) in parts.into_iter().enumerate() {
        map.insert(format!("_{index}"), Value::Str(part));
    }
    Ok(context.computed(Value::Map(map, OriginId::NONE), std::slice::from_ref(value)))
}

fn sort_alpha(context: &mut Context, a: &[Value]) -> Result<Value, String> {
    let [value] = exactly("sortAlpha", a)?;
    let mut texts =
        if list(value).is_some() { strslice(context, value)? } else { vec![strval(context, value)?] };
    texts.sort_by(|a, b| a.bytes().cmp(b.bytes()));
    strings(context, texts, a)
}
