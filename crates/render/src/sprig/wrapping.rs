//! Fitting text into a width: `wrap`, `wrapWith`, `abbrev`, `abbrevboth`. Widths are in bytes, as in the
//! original.

use super::arguments::{exactly, int, text};
use super::pieces::find;
use crate::context::{Context, Function};
use crate::text::{Text, TextBuf};
use crate::value::Value;

pub(super) const FUNCTIONS: &[(&str, Function)] = &[
    ("wrap", |context, a| {
        let [width, value] = exactly("wrap", a)?;
        let (width, text) = (int(width)?, text(value)?);
        wrap(context, text, width, &Text::plain("\n"), false)
    }),
    ("wrapWith", |context, a| {
        let [width, feed, value] = exactly("wrapWith", a)?;
        let (width, feed, text) = (int(width)?, text(feed)?, text(value)?);
        let line_feed = Text::plain("\n");
        wrap(context, text, width, if feed.is_empty() { &line_feed } else { feed }, true)
    }),
    ("abbrev", |_, a| {
        let [width, value] = exactly("abbrev", a)?;
        let (width, text) = (int(width)?, text(value)?);
        Ok(Value::Str(if width < 4 { text.clone() } else { abbreviate(text, 0, width) }))
    }),
    ("abbrevboth", |_, a| {
        let [left, right, value] = exactly("abbrevboth", a)?;
        let (left, right, text) = (int(left)?, int(right)?, text(value)?);
        let too_narrow = right < 4 || left > 0 && right < 7;
        Ok(Value::Str(if too_narrow { text.clone() } else { abbreviate(text, left, right) }))
    }),
];

fn wrap(
    context: &mut Context,
    text: &Text,
    width: i64,
    feed: &Text,
    cut_words: bool,
) -> Result<Value, String> {
    let width = usize::try_from(width).unwrap_or(0).max(1);
    let bytes = text.bytes();
    let mut out = TextBuf::default();
    let mut at = 0;
    while bytes.len().saturating_sub(at) > width {
        context.budget.step(1)?;
        if bytes.get(at) == Some(&b' ') {
            at += 1;
            continue;
        }
        // A blank right behind the width still ends a line of full width.
        let line = bytes.get(at..=at + width).unwrap_or_default();
        let (stop, next) = if let Some(blank) = line.iter().rposition(|byte| *byte == b' ') {
            (at + blank, at + blank + 1)
        } else if cut_words {
            (at + width, at + width)
        } else if let Some(blank) = find(bytes, b" ", at + width) {
            (blank, blank + 1)
        } else {
            break;
        };
        context.budget.take(stop - at + feed.len())?;
        out.push_slice(text, at, stop);
        if feed.bytes() == b"\n" {
            out.push_beside(feed.bytes());
        } else {
            out.push_text(feed);
        }
        at = next;
    }
    if at == 0 {
        return Ok(Value::Str(text.clone()));
    }
    context.budget.take(bytes.len().saturating_sub(at))?;
    out.push_slice(text, at, text.len());
    Ok(Value::Str(out.finish()))
}

/// Cuts out `width` bytes around `offset`, dots in place of what is left out.
fn abbreviate(text: &Text, offset: i64, width: i64) -> Text {
    let length = text.len();
    let Ok(width) = usize::try_from(width) else { return text.clone() };
    if length <= width {
        return text.clone();
    }
    let inner = width.saturating_sub(3);
    let offset = if offset < 0 { 0 } else { usize::try_from(offset).unwrap_or(length) };
    let offset = offset.min(length - inner);
    let mut out = TextBuf::default();
    if offset <= 4 {
        out.push_slice(text, 0, inner);
        out.push_beside(b"...");
        return out.finish();
    }
    out.push(b"...", super::pieces::origin_at(text, 0), crate::origin::NO_OFFSET);
    if offset + inner < length && inner >= 4 {
        out.push_slice(text, offset, offset + inner - 3);
        out.push_beside(b"...");
    } else if offset + inner >= length {
        out.push_slice(text, length - inner, length);
    }
    out.finish()
}
