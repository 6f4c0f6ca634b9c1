//! A checker for well-formed XML of the plain kind: elements, attributes, text, one declaration.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

/// Says what is wrong with a document, if anything is.
pub fn check(text: &str) -> Result<(), String> {
    if let Some(c) = text.chars().find(|c| !is_char(*c)) {
        return Err(format!("forbidden character {c:?}"));
    }
    let mut rest = text.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>").unwrap_or(text);
    let mut open: Vec<&str> = Vec::new();
    let mut roots = 0;
    while let Some((before, after)) = rest.split_once('<') {
        content(before, open.is_empty())?;
        let (tag, after) = after.split_once('>').ok_or("unclosed tag")?;
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(format!("`{name}` closes nothing"));
            }
            continue;
        }
        roots += usize::from(open.is_empty());
        let (tag, empty) = tag.strip_suffix('/').map_or((tag, false), |t| (t, true));
        let name = tag.split(' ').next().unwrap_or_default();
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_lowercase()) {
            return Err(format!("bad name in <{tag}>"));
        }
        attributes(&tag[name.len()..])?;
        if !empty {
            open.push(name);
        }
    }
    content(rest, true)?;
    if roots == 1 && open.is_empty() { Ok(()) } else { Err(format!("{roots} roots, left open: {open:?}")) }
}

fn is_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

fn content(text: &str, outside: bool) -> Result<(), String> {
    if outside && !text.trim().is_empty() {
        return Err(format!("text outside the root: {text:?}"));
    }
    references(text)
}

fn references(text: &str) -> Result<(), String> {
    for piece in text.split('&').skip(1) {
        let name = piece.split(';').next().unwrap_or_default();
        let number = name.strip_prefix('#').is_some_and(|n| n.parse::<u32>().is_ok());
        if !piece.contains(';') || !(number || ["amp", "lt", "gt", "quot"].contains(&name)) {
            return Err(format!("bad reference in {text:?}"));
        }
    }
    Ok(())
}

fn attributes(mut text: &str) -> Result<(), String> {
    let mut names = Vec::new();
    while !text.is_empty() {
        let (name, after) = text
            .strip_prefix(' ')
            .and_then(|t| t.split_once("=\""))
            .ok_or_else(|| format!("bad attribute {text:?}"))?;
        let (value, after) = after.split_once('"').ok_or("unclosed value")?;
        if names.contains(&name) || value.contains(['<', '\n', '\t']) {
            return Err(format!("bad attribute {name}"));
        }
        names.push(name);
        references(value)?;
        text = after;
    }
    Ok(())
}
