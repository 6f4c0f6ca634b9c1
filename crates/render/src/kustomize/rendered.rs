//! Where the nodes of a rendered text came from.

use crate::origin::{NO_OFFSET, Origin, OriginId, Origins};
use crate::text::{Text, TextBuf};
use model::Span;
use syntax::{Node, Style};

/// The origin of a node of a rendered text: of all of a scalar, of where a collection begins.
pub(super) fn origin(origins: &mut Origins, text: &Text, node: Node<'_>) -> OriginId {
    let span = node.span();
    let (start, mut end) = (span.start as usize, span.end as usize);
    if node.is_map() || node.is_seq() || end <= start {
        end = start.saturating_add(1);
    }
    let part = text.slice(start, end);
    let mut parts = Vec::new();
    let runs = part.runs();
    for (index, run) in runs.iter().enumerate() {
        let stop = runs.get(index + 1).map_or(part.len(), |next| next.at as usize);
        let length = stop.saturating_sub(run.at as usize) as u32;
        parts.push(match *origins.get(run.origin) {
            // A value has no offsets, so the bytes themselves are noted.
            Origin::Literal { file, frame } if run.offset != NO_OFFSET => {
                let span = Span::new(run.offset, run.offset.saturating_add(length));
                origins.intern(Origin::Written { value: OriginId::NONE, file, span, frame })
            }
            _ => run.origin,
        });
    }
    match parts.as_slice() {
        [one] => *one,
        _ => origins.derive(parts),
    }
}

/// A string of a rendered text: slices of it, line by line, where it reads as it is written.
pub(super) fn string(whole: &Text, node: Node<'_>, text: &str, origin: OriginId) -> Text {
    let span = node.span();
    let raw = node.tree().source().slice(span);
    let header =
        if node.style() == Style::Literal { raw.find('\n').map_or(raw.len(), |at| at + 1) } else { 0 };
    let mut from = header;
    let mut buf = TextBuf::default();
    for line in text.split_inclusive('\n') {
        let Some(at) = raw.get(from..).and_then(|rest| rest.find(line)) else {
            return Text::derived(text, origin);
        };
        let start = span.start as usize + from + at;
        buf.push_slice(whole, start, start + line.len());
        from += at + line.len();
    }
    if buf.is_empty() { Text::derived(text, origin) } else { buf.finish() }
}
