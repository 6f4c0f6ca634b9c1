//! `quote`, `squote`, `cat`: values side by side, as text.

use super::pieces::{chars, origin_at};
use super::strval::strval;
use crate::context::{Context, Function};
use crate::origin::NO_OFFSET;
use crate::text::{Text, TextBuf};
use crate::value::Value;

pub(super) const FUNCTIONS: &[(&str, Function)] = &[
    ("quote", |context, a| side_by_side(context, a, push_quoted)),
    ("squote", |context, a| side_by_side(context, a, push_single)),
    ("cat", |context, a| side_by_side(context, a, TextBuf::push_text)),
];

/// All values but nil, a blank between them.
fn side_by_side(
    context: &mut Context,
    values: &[Value],
    push: impl Fn(&mut TextBuf, &Text),
) -> Result<Value, String> {
    let mut out = TextBuf::default();
    let mut first = true;
    for value in values.iter().filter(|value| !value.is_nil()) {
        let text = strval(context, value)?;
        context.budget.take(2 * text.len() + 3)?;
        if !first {
            out.push_beside(b" ");
        }
        first = false;
        push(&mut out, &text);
    }
    if out.is_empty() {
        return Ok(context.computed(Value::str(""), values));
    }
    Ok(Value::Str(out.finish()))
}

fn push_single(out: &mut TextBuf, text: &Text) {
    out.push(b"'", origin_at(text, 0), NO_OFFSET);
    out.push_text(text);
    out.push_beside(b"'");
}

/// A Go string literal. What needs no escape keeps its origin byte by byte; the quotes belong to the text in
/// them, so that even an empty one says where it came from.
pub(crate) fn push_quoted(out: &mut TextBuf, text: &Text) {
    out.push(b"\"", origin_at(text, 0), NO_OFFSET);
    let mut done = 0;
    for (at, length, c) in chars(text.bytes()) {
        let byte = if length == 1 { text.bytes().get(at).copied() } else { None };
        if let Some(escape) = escaped(c, byte) {
            out.push_slice(text, done, at);
            out.push(escape.as_bytes(), origin_at(text, at), NO_OFFSET);
            done = at + length;
        }
    }
    out.push_slice(text, done, text.len());
    out.push_beside(b"\"");
}

/// How a character stands in a Go string literal, if not as it is.
fn escaped(c: char, byte: Option<u8>) -> Option<String> {
    Some(match (c, byte) {
        ('"', _) => "\\\"".to_owned(),
        ('\\', _) => "\\\\".to_owned(),
        ('\u{7}', _) => "\\a".to_owned(),
        ('\u{8}', _) => "\\b".to_owned(),
        ('\u{b}', _) => "\\v".to_owned(),
        ('\u{c}', _) => "\\f".to_owned(),
        ('\n', _) => "\\n".to_owned(),
        ('\r', _) => "\\r".to_owned(),
        ('\t', _) => "\\t".to_owned(),
        (' '..='~', _) => return None,
        (_, Some(byte)) => format!("\\x{byte:02x}"),
        (c, None) if is_printable(c) => return None,
        (c, None) if u32::from(c) < 0x1_0000 => format!("\\u{:04x}", u32::from(c)),
        (c, None) => format!("\\U{:08x}", u32::from(c)),
    })
}

/// What Go calls printable: letters, marks, numbers, punctuation, symbols.
fn is_printable(c: char) -> bool {
    // Rust's own notation of strings has the same notion; a mark counts as printable only after another
    // character, hence the `x`.
    !format!("x{c}").escape_debug().skip(1).any(|shown| shown == '\\')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::origin::{OriginId, Run};
    use model::Span;

    #[test]
    fn quotes_keep_the_runs_inside() {
        let mut context = Context::new(0);
        let file = context.origins.add_text(std::sync::Arc::new(syntax::SourceText::new("t", "x")));
        let origin = context.origins.written(OriginId::NONE, file, Span::new(0, 1), crate::FrameId::ROOT);
        let text = Text::new("ab\ncd", origin, 0);
        let mut out = TextBuf::default();
        push_quoted(&mut out, &text);
        let text = out.finish();
        assert_eq!(text.bytes(), b"\"ab\\ncd\"");
        let run = |at, offset| Run { at, origin, offset };
        assert_eq!(
            text.runs().as_ref(),
            [run(0, NO_OFFSET), run(1, 0), run(3, NO_OFFSET), run(5, 3), run(7, NO_OFFSET)]
        );
        let mut out = TextBuf::default();
        push_quoted(&mut out, &Text::new("", origin, 0));
        assert_eq!(out.finish().origin(&mut context.origins), origin);
    }
}
