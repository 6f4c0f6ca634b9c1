//! Scalars: plain, quoted and block styles of libyaml's emitter.

use super::analysis::{analyse, is_break, is_printable};
use super::resolve;
use super::view;
use super::yaml::{Emitter, Place, Style};
use crate::origin::OriginId;
use crate::sprig::encoding::base64;
use crate::text::Text;

/// Columns after which a line is folded.
const WIDTH: usize = 80;

/// The style that is asked for; the text may not admit it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    Plain,
    Double,
    Literal,
}

/// Writes a string, so that it is one when read again.
pub(super) fn string(emitter: &mut Emitter<'_>, text: &Text, place: Place) -> Result<(), String> {
    emitter.context.budget.take(text.len())?;
    let changed = match emitter.style {
        Style::Json => through_json(text.bytes())?,
        Style::Pretty if std::str::from_utf8(text.bytes()).is_err() => {
            let origin = text.origin(&mut emitter.context.origins);
            emitter.indicator("!!binary", origin, true, false);
            let encoded = Text::derived(base64(text.bytes()), origin);
            write(emitter, &encoded, place, Wish::Plain);
            return Ok(());
        }
        Style::Pretty => None,
    };
    let text = match changed {
        Some(changed) => &Text::derived(changed, text.origin(&mut emitter.context.origins)),
        None => text,
    };
    let content = text.str();
    let wish = if content.contains('\n') {
        Wish::Literal
    } else if resolve::is_string(&content) {
        Wish::Plain
    } else {
        Wish::Double
    };
    write(emitter, text, place, wish);
    Ok(())
}

/// True for a key that is lost between JSON and YAML: a key of YAML is on one line, and not too long.
pub(super) fn is_broken_key(key: &str) -> bool {
    const LONGEST: usize = 1024;
    let width = |c: char| match c {
        '"' | '\\' | '\n' | '\r' | '\t' | '\u{8}' | '\u{c}' => 2,
        '\0'..='\u{1f}' | '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => 6,
        _ => 1,
    };
    key.contains('\u{85}') || key.len() > LONGEST / 6 && key.chars().map(width).sum::<usize>() + 2 > LONGEST
}

/// What a string is after it was written as JSON and read as YAML; `None` if the same. Some control characters
/// can't be read; the line break U+0085 is folded, as the YAML between quotes that it is taken for.
fn through_json(bytes: &[u8]) -> Result<Option<String>, String> {
    let valid = view::valid(bytes);
    let text = match &valid {
        Some(text) => text,
        None => std::str::from_utf8(bytes).unwrap_or(""),
    };
    let unreadable =
        |c: char| matches!(c, '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}');
    if text.is_ascii() && !text.contains('\u{7f}') {
        return Ok(valid);
    }
    if text.contains(unreadable) {
        return Err("error converting YAML to JSON: yaml: control characters are not allowed".to_owned());
    }
    if !text.contains('\u{85}') {
        return Ok(valid);
    }
    let mut out = String::with_capacity(text.len());
    for (index, part) in text.split('\u{85}').enumerate() {
        // The first break of a row becomes a blank if no other follows, else the others become line feeds.
        if index == 0 {
            out.push_str(part);
            continue;
        }
        let blank = out.trim_end_matches(' ').len();
        let in_row = out.ends_with('\u{1}');
        if !in_row {
            out.truncate(blank);
        }
        out.push('\u{1}');
        out.push_str(part.trim_start_matches(' '));
    }
    Ok(Some(unfold(&out)))
}

/// Rows of U+0001, which stand for line breaks, to what reading makes of them.
fn unfold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\u{1}') {
        let (before, row) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(before);
        let after = row.trim_start_matches('\u{1}');
        let count = row.len() - after.len();
        if count == 1 {
            out.push(' ');
        } else {
            out.extend(std::iter::repeat_n('\n', count - 1));
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Writes a scalar in the style that is asked for, or the nearest that its text admits.
pub(super) fn write(emitter: &mut Emitter<'_>, text: &Text, place: Place, wish: Wish) {
    let content = text.str();
    let found = analyse(&content, emitter.style == Style::Pretty);
    let key = place == Place::SimpleKey;
    let origin = text.origin(&mut emitter.context.origins);
    let before = emitter.deeper(2, false);
    match wish {
        Wish::Plain if found.plain => plain(emitter, text, &content, !key, origin),
        Wish::Plain if found.single => single(emitter, text, &content, !key, origin),
        Wish::Literal if found.block && !key => literal(emitter, text, &content, origin),
        Wish::Plain | Wish::Double | Wish::Literal => double(emitter, text, &content, !key, origin),
    }
    emitter.indent = before;
}

/// Copies text piece by piece.
struct Copy<'t> {
    text: &'t Text,
    /// First byte that was not copied yet.
    from: usize,
}

impl Copy<'_> {
    /// Copies up to here, and goes on after `skip` bytes.
    fn flush(&mut self, emitter: &mut Emitter<'_>, at: usize, skip: usize) {
        emitter.out.push_slice(self.text, self.from, at);
        self.from = at + skip;
    }
}

fn folds(emitter: &Emitter<'_>) -> bool {
    emitter.style == Style::Json && emitter.column > WIDTH
}

fn plain(emitter: &mut Emitter<'_>, text: &Text, content: &str, breaks: bool, origin: OriginId) {
    if !emitter.whitespace {
        emitter.put(" ", origin);
    }
    let mut copy = Copy { text, from: 0 };
    let mut after_space = false;
    let mut chars = content.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c == ' ' {
            let next_is_space = chars.peek().is_some_and(|(_, next)| *next == ' ');
            if breaks && !after_space && folds(emitter) && !next_is_space {
                copy.flush(emitter, at, 1);
                emitter.begin_line();
            } else {
                emitter.column += 1;
            }
            after_space = true;
        } else {
            emitter.column += 1;
            emitter.indention = false;
            after_space = false;
        }
    }
    copy.flush(emitter, content.len(), 0);
    emitter.whitespace = false;
    emitter.indention = false;
}

fn single(emitter: &mut Emitter<'_>, text: &Text, content: &str, breaks: bool, origin: OriginId) {
    emitter.indicator("'", origin, true, false);
    let mut copy = Copy { text, from: 0 };
    let (mut after_space, mut after_break) = (false, false);
    let mut chars = content.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c == ' ' {
            let next = chars.peek().map(|(_, next)| *next);
            if breaks && !after_space && folds(emitter) && at > 0 && next.is_some_and(|next| next != ' ') {
                copy.flush(emitter, at, 1);
                emitter.begin_line();
            } else {
                emitter.column += 1;
            }
            after_space = true;
        } else if is_break(c) {
            copy.flush(emitter, at, 0);
            if !after_break && c == '\n' {
                emitter.line_feed();
            }
            emitter.column = 0;
            emitter.indention = true;
            after_break = true;
        } else {
            if after_break {
                copy.flush(emitter, at, 0);
                emitter.begin_line();
            }
            if c == '\'' {
                copy.flush(emitter, at, 0);
                emitter.put("'", origin);
            }
            emitter.column += 1;
            emitter.indention = false;
            (after_space, after_break) = (false, false);
        }
    }
    copy.flush(emitter, content.len(), 0);
    emitter.indicator("'", origin, false, false);
}

fn double(emitter: &mut Emitter<'_>, text: &Text, content: &str, breaks: bool, origin: OriginId) {
    emitter.indicator("\"", origin, true, false);
    // go-yaml looks for a byte order mark at the beginning of the text, whatever character it is at.
    let all = content.starts_with('\u{feff}');
    let mut copy = Copy { text, from: 0 };
    let mut after_space = false;
    let mut chars = content.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if all || !is_printable(c) || is_break(c) || matches!(c, '"' | '\\') {
            copy.flush(emitter, at, c.len_utf8());
            let escape = escape(c);
            emitter.column += escape.len();
            emitter.out.push_beside(escape.as_bytes());
            after_space = false;
        } else if c == ' ' {
            let next = chars.peek().map(|(_, next)| *next);
            if breaks && !after_space && folds(emitter) && at > 0 && next.is_some() {
                copy.flush(emitter, at, 1);
                emitter.begin_line();
                if next == Some(' ') {
                    emitter.put("\\", origin);
                }
            } else {
                emitter.column += 1;
            }
            after_space = true;
        } else {
            emitter.column += 1;
            after_space = false;
        }
    }
    copy.flush(emitter, content.len(), 0);
    emitter.indicator("\"", origin, false, false);
}

fn escape(c: char) -> String {
    let short = match c {
        '\0' => "\\0",
        '\u{7}' => "\\a",
        '\u{8}' => "\\b",
        '\t' => "\\t",
        '\n' => "\\n",
        '\u{b}' => "\\v",
        '\u{c}' => "\\f",
        '\r' => "\\r",
        '\u{1b}' => "\\e",
        '"' => "\\\"",
        '\\' => "\\\\",
        '\u{85}' => "\\N",
        '\u{a0}' => "\\_",
        '\u{2028}' => "\\L",
        '\u{2029}' => "\\P",
        _ => {
            let code = c as u32;
            return match code {
                0..=0xff => format!("\\x{code:02X}"),
                0x100..=0xffff => format!("\\u{code:04X}"),
                _ => format!("\\U{code:08X}"),
            };
        }
    };
    short.to_owned()
}

fn literal(emitter: &mut Emitter<'_>, text: &Text, content: &str, origin: OriginId) {
    emitter.indicator("|", origin, true, false);
    if content.starts_with(|c| c == ' ' || is_break(c)) {
        emitter.put("2", origin);
    }
    let mut last = content.chars().rev();
    match (last.next(), last.next()) {
        (Some(last), _) if !is_break(last) => emitter.put("-", origin),
        (_, Some(before)) if !is_break(before) => {}
        (_, _) => emitter.put("+", origin),
    }
    emitter.line_feed();
    emitter.indention = true;
    emitter.whitespace = true;
    let mut copy = Copy { text, from: 0 };
    let mut after_break = true;
    for (at, c) in content.char_indices() {
        if is_break(c) {
            emitter.column = 0;
            emitter.indention = true;
            after_break = true;
        } else {
            if after_break {
                copy.flush(emitter, at, 0);
                emitter.begin_line();
            }
            emitter.column += 1;
            emitter.indention = false;
            after_break = false;
        }
    }
    copy.flush(emitter, content.len(), 0);
}
