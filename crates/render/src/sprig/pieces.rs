//! What the text functions share: parts of texts that keep where they came from.

use crate::context::Context;
use crate::origin::OriginId;
use crate::text::{Text, TextBuf};
use crate::value::{List, ListKind, Value};

/// The characters of a Go string: place, length in bytes, character. A byte that is no UTF-8 counts as one
/// character, the replacement character.
pub(crate) fn chars(bytes: &[u8]) -> impl Iterator<Item = (usize, usize, char)> + '_ {
    let mut at = 0;
    bytes.utf8_chunks().flat_map(move |chunk| {
        let start = at;
        at += chunk.valid().len() + chunk.invalid().len();
        let wrong = start + chunk.valid().len();
        let valid = chunk.valid().char_indices().map(move |(i, c)| (start + i, c.len_utf8(), c));
        let invalid = (0..chunk.invalid().len()).map(move |i| (wrong + i, 1, char::REPLACEMENT_CHARACTER));
        valid.chain(invalid)
    })
}

/// Bytes `[start, end)` of a text. An empty part still says which text it is a part of.
pub(crate) fn part(context: &mut Context, text: &Text, start: usize, end: usize) -> Text {
    if start < end.min(text.len()) || text.is_empty() {
        return text.slice(start, end);
    }
    let whole = text.origin(&mut context.origins);
    let origin = context.origins.derive([whole]);
    Text::derived("", origin)
}

/// Where the byte at `offset` came from, or the whole text, if it is empty.
pub(crate) fn origin_at(text: &Text, offset: usize) -> OriginId {
    let runs = text.runs();
    crate::output::run_at(&runs, offset as u32).map_or(OriginId::NONE, |run| run.origin)
}

/// A text computed from arguments; if it is the same text as `from`, that one, unchanged.
pub(crate) fn recast(context: &mut Context, from: &Text, bytes: Vec<u8>) -> Result<Text, String> {
    if from.bytes() == bytes {
        return Ok(from.clone());
    }
    context.budget.take(bytes.len())?;
    let whole = from.origin(&mut context.origins);
    let origin = context.origins.derive([whole]);
    Ok(Text::derived(bytes, origin))
}

/// Replaces characters one by one. Pieces of one origin in which nothing changes keep it, the others are
/// computed from theirs.
pub(crate) fn map_chars(
    context: &mut Context,
    text: &Text,
    mut change: impl FnMut(char) -> char,
) -> Result<Text, String> {
    context.budget.take(text.len())?;
    let runs = text.runs();
    let mut out = TextBuf::default();
    let mut pending = Vec::new();
    let mut begun = 0;
    let mut run = 0;
    let mut flush = |context: &mut Context, run: usize, begun: usize, end: usize, pending: &mut Vec<u8>| {
        if text.bytes().get(begun..end) == Some(pending.as_slice()) {
            out.push_slice(text, begun, end);
        } else {
            let origin = runs.get(run).map_or(OriginId::NONE, |run| run.origin);
            let origin = context.origins.derive([origin]);
            out.push(pending, origin, crate::origin::NO_OFFSET);
        }
        pending.clear();
    };
    for (at, length, c) in chars(text.bytes()) {
        while runs.get(run + 1).is_some_and(|next| next.at as usize <= at) {
            flush(context, run, begun, at, &mut pending);
            begun = at;
            run += 1;
        }
        let new = change(c);
        if new == c {
            pending.extend_from_slice(text.bytes().get(at..at + length).unwrap_or_default());
        } else {
            pending.extend_from_slice(new.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }
    flush(context, run, begun, text.len(), &mut pending);
    Ok(if text.is_empty() { text.clone() } else { out.finish() })
}

/// Several texts as a `[]string`.
pub(crate) fn strings(context: &mut Context, texts: Vec<Text>, from: &[Value]) -> Result<Value, String> {
    context.budget.step(texts.len() as u64)?;
    let list = List::of(texts.into_iter().map(Value::Str).collect(), ListKind::Strings);
    Ok(context.computed(Value::List(list, OriginId::NONE), from))
}

/// The first place of `needle` in `hay` from `from` on.
pub(crate) fn find(hay: &[u8], needle: &[u8], from: usize) -> Option<usize> {
    memchr::memmem::find(hay.get(from..)?, needle).map(|at| at + from)
}

/// Makes a value that is a constant say what it was chosen by.
pub(crate) fn chosen(context: &mut Context, value: &Value, by: &[Value]) -> Value {
    if value.origin(&mut context.origins) == OriginId::NONE {
        return context.computed(value.clone(), by);
    }
    value.clone()
}
