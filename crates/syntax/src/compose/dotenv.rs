//! `.env` files: lines of `NAME=value` as Compose reads them.

use super::interpolate::interpolate;
use std::collections::BTreeMap;

/// Longest value that is kept; what is longer serves no variable that matters here.
const MAX_VALUE: usize = 64 * 1024;

/// Reads a `.env` file. Lines without an `=` and names that are none are passed over; a value that refers to
/// a variable not defined above it is left out, so that it counts as unknown.
pub fn parse(text: &str) -> BTreeMap<String, String> {
    let mut values: BTreeMap<String, String> = BTreeMap::new();
    let mut unclosed = String::new();
    let mut rest = text.strip_prefix('\u{feff}').unwrap_or(text);
    while !rest.is_empty() {
        let line_end = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |i| i + 1);
        let (line, after) = rest.split_at(line_end);
        rest = after;
        let entry = line.trim_start();
        let entry = entry.strip_prefix("export ").unwrap_or(entry).trim_start();
        if entry.starts_with('#') {
            continue;
        }
        let Some((name, value)) = entry.split_once('=') else { continue };
        let name = name.trim();
        if name.is_empty()
            || !name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'))
        {
            continue;
        }
        let value = value.trim_start_matches([' ', '\t']);
        let expanded = if let Some(quote @ ('\'' | '"')) = value.chars().next() {
            // A quoted value may go on over several lines.
            let begin = text.len() - rest.len() - value.len() + 1;
            let begin = begin.min(text.len());
            let body = text.get(begin..).unwrap_or("");
            // Looked for once only, so that a file of open quotes is read in linear time.
            if unclosed.contains(quote) {
                continue;
            }
            let Some(end) = quoted_end(body, quote) else {
                unclosed.push(quote);
                continue;
            };
            let after = body.get(end + 1..).unwrap_or("");
            let skip = memchr::memchr(b'\n', after.as_bytes()).map_or(after.len(), |i| i + 1);
            rest = after.get(skip..).unwrap_or("");
            let raw = body.get(..end).unwrap_or("");
            if quote == '\'' { Some(raw.to_owned()) } else { expand(&unescape(raw), &values) }
        } else {
            let value = value.trim_end();
            let end = value.find(" #").unwrap_or(value.len());
            let value = if value.starts_with('#') { "" } else { value.get(..end).unwrap_or("") };
            expand(value.trim_end(), &values)
        };
        match expanded {
            Some(value) if value.len() <= MAX_VALUE => values.insert(name.to_owned(), value),
            _ => values.remove(name),
        };
    }
    values
}

fn quoted_end(body: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in body.char_indices() {
        if escaped {
            escaped = false;
        } else if c == '\\' && quote == '"' {
            escaped = true;
        } else if c == quote {
            return Some(at);
        }
    }
    None
}

fn unescape(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            result.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => result.push('\n'),
            Some('r') => result.push('\r'),
            Some('t') => result.push('\t'),
            Some('$') => result.push_str("$$"),
            Some(other) => result.push(other),
            None => result.push('\\'),
        }
    }
    result
}

fn expand(value: &str, values: &BTreeMap<String, String>) -> Option<String> {
    if !value.contains('$') {
        return Some(value.to_owned());
    }
    let result = interpolate(value, &|name| values.get(name).map(String::as_str));
    result.unresolved.is_none().then_some(result.text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_the_forms() {
        let text = "\u{feff}# comment\nA=1\nexport B = two \nC='single $A # no'\nD=\"x\\ny $A\" # c\n\nE=a b # c\n\
                    F=\nG=${A}2\nH=${UNSET}\nI=${UNSET:-d}\nnonsense\nJ=\"two\nlines\"\nK=end\r\nL=#x\nM=\"open\nN=5";
        let got = parse(text);
        let get = |k: &str| got.get(k).map(String::as_str);
        assert_eq!(get("A"), Some("1"));
        assert_eq!(get("B"), Some("two"));
        assert_eq!(get("C"), Some("single $A # no"));
        assert_eq!(get("D"), Some("x\ny 1"));
        assert_eq!(get("E"), Some("a b"));
        assert_eq!(get("F"), Some(""));
        assert_eq!(get("G"), Some("12"));
        assert_eq!(get("H"), None);
        assert_eq!(get("I"), Some("d"));
        assert_eq!(get("J"), Some("two\nlines"));
        assert_eq!(get("K"), Some("end"));
        assert_eq!(get("L"), Some(""));
        assert_eq!(get("M"), None);
        assert_eq!(get("N"), Some("5"));
    }

    proptest! {
        #[test]
        fn never_panics(text in "[A=\\n\"'#$\\{\\} \\\\é]{0,80}") {
            parse(&text);
        }
    }
}
