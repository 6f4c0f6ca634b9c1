//! What people get told about mistakes.

// Mistakes travel up through `Result`s that should stay small, so all are made boxed.
#![allow(clippy::unnecessary_box_returns)]

use super::cursor::{Parser, is_eol, is_gap, span};
use crate::{Kind, SyntaxError};
use model::Span;
use std::cmp::Ordering;

type Mistake = Box<SyntaxError>;

const QUOTE_IT: &str = "put the value in quotes";
const TEMPLATE: &str = "this looks like a template; render it first, or put the expression in quotes";

fn mistake(at: Span, message: impl Into<String>, hint: impl Into<String>) -> Mistake {
    Box::new(SyntaxError::new(at, message).hint(hint))
}

/// A text as it can be shown inside a message.
fn short(text: &str) -> String {
    const MOST: usize = 40;
    let line = text.lines().next().unwrap_or("").trim_end();
    match line.char_indices().nth(MOST) {
        Some((cut, _)) => format!("{}...", line.get(..cut).unwrap_or("")),
        None => line.to_owned(),
    }
}

/// The character at `pos`, for a message; and where it stands.
fn found(p: &Parser<'_>) -> (Span, String) {
    match p.text.get(p.pos..).and_then(|rest| rest.chars().next()) {
        None => (span(p.pos, p.pos), "the end of the file".to_owned()),
        Some('\n' | '\r') => (span(p.pos, p.pos), "the end of the line".to_owned()),
        Some('-' | '.') if p.end => (span(p.pos, p.pos + 3), "the end of the document".to_owned()),
        Some('\t') => (span(p.pos, p.pos + 1), "a tab".to_owned()),
        Some(c) => (span(p.pos, p.pos + c.len_utf8()), format!("`{c}`")),
    }
}

/// From an offset to the end of its line, white space at the end left out.
fn rest_of_line(p: &Parser<'_>, from: usize) -> Span {
    let text = p.slice(from, p.eol(from)).trim_end();
    span(from, from + text.len())
}

/// Gives a mistake on a line with a template expression the hint that matters.
pub(super) fn with_template_hint(p: &Parser<'_>, error: SyntaxError) -> SyntaxError {
    let at = error.span.start as usize;
    let before = p.src.get(..at).unwrap_or_default();
    let start = memchr::memrchr2(b'\n', b'\r', before).map_or(0, |i| i + 1);
    let line = p.slice(start, p.eol(at));
    if line.contains("{{") || line.contains("{%") { error.hint(TEMPLATE) } else { error }
}

pub(super) fn template(p: &Parser<'_>, at: usize) -> Mistake {
    let whole = rest_of_line(p, at);
    let end = p.slice(at, whole.end as usize).find("}}").map_or(whole.end as usize, |i| at + i + 2);
    mistake(span(at, end), "expected a value, found a mapping as the key of a mapping (`{{`)", TEMPLATE)
}

pub(super) fn tab(p: &Parser<'_>, at: usize) -> Mistake {
    let mut end = at;
    while p.at(end) == b'\t' {
        end += 1;
    }
    mistake(
        span(at, end),
        "tab used for indentation",
        "YAML allows only spaces for indentation; replace the tab by spaces",
    )
}

pub(super) fn control(at: usize, c: char) -> Mistake {
    let hint = match c {
        '\0' => "the file may be binary, or text in UTF-16; YAML must be UTF-8",
        _ => "remove it, or write it as an escape in double quotes",
    };
    mistake(
        span(at, at + c.len_utf8()),
        format!("control character U+{:04X} is not allowed in YAML", c as u32),
        hint,
    )
}

pub(super) fn too_deep(at: Span) -> Mistake {
    let message = format!("nested deeper than {} levels", super::MAX_DEPTH);
    Box::new(SyntaxError::new(at, message).limit())
}

pub(super) fn too_much_expansion(at: Span) -> Mistake {
    let message = "aliases expand this document to far more than what is written";
    let hint = "Kubernetes refuses such documents too; write the values out or split the document";
    Box::new(SyntaxError::new(at, message).hint(hint).limit())
}

pub(super) fn nameless_anchor(p: &Parser<'_>) -> Mistake {
    let (what, sign) = if p.here() == b'&' { ("anchor", '&') } else { ("alias", '*') };
    mistake(
        span(p.pos, p.pos + 1),
        format!("expected the name of an {what} after `{sign}`"),
        format!("a value that begins with `{sign}` must be put in quotes"),
    )
}

pub(super) fn unknown_alias<'a>(at: Span, name: &str, known: impl Iterator<Item = &'a str>) -> Mistake {
    let lower = name.to_ascii_lowercase();
    let similar = known
        .filter(|k| {
            let k = k.to_ascii_lowercase();
            k == lower || (k.len() > 2 && (lower.contains(&k) || k.contains(&lower)))
        })
        .min();
    let hint = similar.map_or_else(
        || {
            format!(
                "an anchor `&{}` must come first in the same document; a text that begins with `*` must be put in quotes",
                short(name)
            )
        },
        |k| format!("there is an anchor `&{}`", short(k)),
    );
    mistake(at, format!("no anchor `{}` in this document", short(name)), hint)
}

pub(super) fn recursive_alias(at: Span, name: &str) -> Mistake {
    let message = format!("the value of anchor `{}` contains itself", short(name));
    mistake(at, message, "an alias can stand only for a value that is complete")
}

pub(super) fn property_on_alias(p: &Parser<'_>) -> Mistake {
    mistake(
        span(p.pos, p.pos + 1),
        "an alias can not have an anchor or a tag of its own",
        "remove the anchor or tag; the alias has those of the value it stands for",
    )
}

pub(super) fn second_property(at: Span, what: &str) -> Mistake {
    mistake(at, format!("a second {what} for the same value"), "a value can have one anchor and one tag")
}

pub(super) fn glued_property(p: &Parser<'_>) -> Mistake {
    let (at, what) = found(p);
    mistake(at, format!("expected a space after the anchor or tag, found {what}"), "")
}

pub(super) fn bad_tag(at: Span, message: &str) -> Mistake {
    mistake(at, message, "a value that begins with `!` must be put in quotes")
}

pub(super) fn unknown_handle(at: Span, handle: &str) -> Mistake {
    let handle = short(handle);
    mistake(
        at,
        format!("tag handle `{handle}` is not defined"),
        format!("define it with `%TAG {handle} ...` before `---`"),
    )
}

pub(super) fn wrong_tag(at: Span, kind: Kind, text: &str) -> SyntaxError {
    let (what, tag) = match kind {
        Kind::Int => ("a whole number", "!!int"),
        Kind::Float => ("a number", "!!float"),
        Kind::Bool => ("true or false", "!!bool"),
        _ => ("null", "!!null"),
    };
    SyntaxError::new(at, format!("`{}` is tagged `{tag}` but is not {what}", short(text)))
        .hint("it is read as a string")
        .survived()
}

pub(super) fn duplicate_key(p: &Parser<'_>, again: Span, first: Span) -> SyntaxError {
    let line = p.build.source().line_of(first.start);
    SyntaxError::new(again, format!("key `{}` is given twice", short(again.text(p.text))))
        .hint(format!("it was first given in line {line}; the last one counts"))
        .survived()
}

pub(super) fn bad_merge(at: Span) -> SyntaxError {
    SyntaxError::new(at, "the value of a merge key (`<<`) must be a mapping or a list of mappings")
        .hint("put `<<` in quotes if it is meant as an ordinary key")
        .survived()
}

pub(super) fn open_quote(p: &Parser<'_>, start: usize) -> Mistake {
    let quote = char::from(p.at(start));
    mistake(
        rest_of_line(p, start),
        format!("the quoted text that begins here is never closed: no `{quote}` follows"),
        if quote == '\'' {
            "close it with `'`; inside single quotes a quote is written twice: `''`"
        } else {
            "close it with `\"`; inside double quotes a quote is written `\\\"`"
        },
    )
}

pub(super) fn bad_escape(p: &Parser<'_>, at: usize) -> Mistake {
    match p.text.get(at + 1..).and_then(|rest| rest.chars().next()) {
        None => mistake(span(at, at + 1), "the file ends within an escape", ""),
        Some(c) => mistake(
            span(at, at + 1 + c.len_utf8()),
            format!("`\\{c}` is not an escape that YAML knows"),
            "write `\\\\` for a backslash, or put the text in single quotes",
        ),
    }
}

pub(super) fn bad_hex(p: &Parser<'_>, at: usize, digits: usize) -> Mistake {
    let sign = char::from(p.at(at + 1));
    let mut end = at + 2;
    while end < at + 2 + digits && p.at(end).is_ascii_hexdigit() {
        end += 1;
    }
    mistake(
        span(at, end),
        format!("expected {digits} hexadecimal digits after `\\{sign}`"),
        "write `\\\\` for a backslash, or put the text in single quotes",
    )
}

pub(super) fn bad_code_point(at: Span, value: u32) -> Mistake {
    mistake(at, format!("U+{value:04X} is not a character"), "")
}

pub(super) fn bad_block_header(p: &Parser<'_>, start: usize) -> Mistake {
    let sign = char::from(p.at(start));
    let (at, what) = found(p);
    mistake(
        at,
        format!("expected the end of the line after `{sign}`, found {what}"),
        format!(
            "the text goes on the lines below; only `+`, `-` and a digit may follow `{sign}`. \
             A value that begins with `{sign}` must be put in quotes"
        ),
    )
}

pub(super) fn open_flow(p: &Parser<'_>, open: usize) -> Mistake {
    let (opening, closing) = if p.at(open) == b'{' { ('{', '}') } else { ('[', ']') };
    let (_, what) = found(p);
    mistake(
        span(open, open + 1),
        format!("`{opening}` is never closed: expected `{closing}`, found {what}"),
        format!("add `{closing}`; a text that begins with `{opening}` must be put in quotes"),
    )
}

pub(super) fn mismatched(p: &Parser<'_>, open: usize) -> Mistake {
    let closing = if p.at(open) == b'{' { '}' } else { ']' };
    let (at, what) = found(p);
    let line = p.build.source().line_of(open as u32);
    let opening = char::from(p.at(open));
    mistake(
        at,
        format!("expected `{closing}`, found {what}"),
        format!("`{opening}` was opened in line {line}"),
    )
}

pub(super) fn stray_comma(p: &Parser<'_>, open: usize) -> Mistake {
    let what = if p.at(open) == b'{' { "a key" } else { "a value" };
    mistake(span(p.pos, p.pos + 1), format!("expected {what} before `,`"), "remove the comma")
}

pub(super) fn no_comma(p: &Parser<'_>, open: usize) -> Mistake {
    let closing = if p.at(open) == b'{' { '}' } else { ']' };
    let (at, what) = found(p);
    mistake(
        at,
        format!("expected `,` or `{closing}`, found {what}"),
        "a text with brackets, commas or quotes in it must be put in quotes as a whole",
    )
}

/// Something stands where a value should begin that no value can begin with.
pub(super) fn cannot_start(p: &Parser<'_>, flow: bool) -> Mistake {
    let (at, what) = found(p);
    let line = rest_of_line(p, p.pos);
    match p.here() {
        b'@' | b'`' => {
            mistake(line, format!("a value can not begin with {what}, which YAML reserves"), QUOTE_IT)
        }
        b'%' => mistake(
            line,
            "a value can not begin with `%`",
            "put the value in quotes; a directive must stand at the very start or after a `...` line",
        ),
        b'|' | b'>' => {
            mistake(at, format!("a block text ({what}) can not stand inside `[...]` or `{{...}}`"), QUOTE_IT)
        }
        b'-' if flow => {
            mistake(at, "a `- ` list can not stand inside `[...]` or `{...}`", "separate items by commas")
        }
        b'?' => mistake(at, "a `? ` key can not begin here", "begin it on a line of its own"),
        b':' => mistake(at, "expected a value, found `:`", QUOTE_IT),
        b',' | b']' | b'}' => mistake(at, format!("expected a value, found {what}"), QUOTE_IT),
        b'#' => mistake(line, "expected a value, found `#`", "a comment must be separated by a space"),
        _ => mistake(at, format!("expected a value, found {what}"), ""),
    }
}

pub(super) fn seq_not_here(p: &Parser<'_>, bare: bool) -> Mistake {
    let at = span(p.pos, p.pos + 1);
    if bare {
        mistake(
            at,
            "a list can not begin on the same line as its key",
            "begin the list on the next line; a text that begins with `- ` must be put in quotes",
        )
    } else {
        mistake(at, "a list can not begin on the same line as its anchor or tag", "begin it on the next line")
    }
}

/// `key: value: value`, or a key on the line of `---`.
pub(super) fn second_value(p: &Parser<'_>, key: Span, line: usize) -> Mistake {
    let at = key.cover(span(p.pos, p.pos + 1));
    if p.is_marker(line) {
        return mistake(
            at,
            "a mapping can not begin on the line of `---`",
            "begin the mapping on the next line",
        );
    }
    mistake(
        at,
        "expected one value, found a second `: ` on this line",
        "a value that holds `: ` must be put in quotes; a mapping begins on the next line",
    )
}

/// A line with a key continues a plain text begun further up.
pub(super) fn key_in_scalar(p: &Parser<'_>, key: Span, start: usize) -> Mistake {
    let line = p.build.source().line_of(start as u32);
    let text = short(p.slice(start, p.eol(start)));
    mistake(
        key.cover(span(p.pos, p.pos + 1)),
        format!("unexpected key: this line goes on with the text `{text}` of line {line}"),
        format!("indent this line like the keys around it; or put the text of line {line} in quotes"),
    )
}

pub(super) fn trailing(p: &Parser<'_>) -> Mistake {
    let (_, what) = found(p);
    let at = rest_of_line(p, p.pos);
    let hint = match p.here() {
        b':' => "a key must stand on one line",
        b'#' => "a comment must be separated by a space",
        _ => "nothing but a comment may follow a value on its line; put the value in quotes as a whole",
    };
    mistake(at, format!("expected the end of the line after the value, found {what}"), hint)
}

/// A line that begins further right than the collection it should belong to.
pub(super) fn misplaced(p: &Parser<'_>, column: usize) -> Mistake {
    let at = rest_of_line(p, p.pos);
    let here = p.col() + 1;
    let hint = match p.closed_column.cmp(&p.col()) {
        Ordering::Greater => {
            format!("the lines around it begin in column {} or {}", column + 1, p.closed_column + 1)
        }
        Ordering::Equal => "the lines above in this column are items of a list: expected `- `".to_owned(),
        Ordering::Less => format!("the lines it should stand beside begin in column {}", column + 1),
    };
    mistake(at, format!("wrong indentation: this line begins in column {here}"), hint)
}

pub(super) fn item_among_keys(p: &Parser<'_>) -> Mistake {
    mistake(
        rest_of_line(p, p.pos),
        "expected a key, found a list item",
        "a list can not stand among the keys of a mapping; give it a key or check its indentation",
    )
}

pub(super) fn key_over_lines(at: Span) -> Mistake {
    mistake(at, "a key must stand on one line", "")
}

pub(super) fn no_colon(p: &Parser<'_>, start: usize) -> Mistake {
    let key = rest_of_line(p, start);
    let text = key.text(p.text);
    let hint = match text.find(':') {
        Some(i) if !text.get(i + 1..).unwrap_or("").starts_with(is_gap_char) => {
            "a space must follow the `:`".to_owned()
        }
        _ if is_gap(p.at(p.pos)) || is_eol(p.here()) => {
            "add `:` if this is a key; indent the line if it continues the text above".to_owned()
        }
        _ => String::new(),
    };
    mistake(key, format!("expected `:` after the key `{}`", short(text)), hint)
}

const fn is_gap_char(c: char) -> bool {
    matches!(c, ' ' | '\t')
}

pub(super) fn after_root(p: &Parser<'_>) -> Mistake {
    let at = rest_of_line(p, p.pos);
    let (_, what) = found(p);
    if !p.fresh {
        return trailing(p);
    }
    mistake(
        at,
        format!("expected the end of the document, found {what} in column {}", p.col() + 1),
        "check the indentation: the document's first line begins further right or is complete; \
         another document begins with `---`",
    )
}

pub(super) fn after_suffix(p: &Parser<'_>) -> Mistake {
    mistake(rest_of_line(p, p.pos), "expected the end of the line after `...`", "")
}

pub(super) fn directive_without_start(at: Span) -> Mistake {
    mistake(
        at,
        "expected `---` after the directive",
        "add a `---` line; a text that begins with `%` must be put in quotes",
    )
}

pub(super) fn bad_directive(at: Span, message: &str) -> Mistake {
    mistake(at, message, "")
}
