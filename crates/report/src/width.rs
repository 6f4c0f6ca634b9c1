//! How many columns text takes on a terminal, and breaking it into lines.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns a character takes: 2 for wide ones, 0 for combining ones (Unicode Standard Annex 11).
pub fn of_char(c: char) -> usize {
    if matches!(c, ' '..='~') { 1 } else { c.width().unwrap_or(0) }
}

/// Columns a text takes.
pub fn of(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.width() }
}

/// Breaks a text without line ends into lines of at most `width` columns, between words where it can.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(8);
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut filled = 0;
    for word in text.split(' ').filter(|w| !w.is_empty()) {
        let columns = of(word);
        if filled > 0 && filled + 1 + columns <= width {
            line.push(' ');
            line.push_str(word);
            filled += 1 + columns;
            continue;
        }
        if filled > 0 {
            lines.push(std::mem::take(&mut line));
            filled = 0;
        }
        if columns <= width {
            line.push_str(word);
            filled = columns;
            continue;
        }
        for c in word.chars() {
            let columns = of_char(c);
            if filled + columns > width {
                lines.push(std::mem::take(&mut line));
                filled = 0;
            }
            line.push(c);
            filled += columns;
        }
    }
    if filled > 0 || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// The text if it fits into `width` columns, else its beginning and `mark`.
pub fn cut(text: &str, width: usize, mark: &str) -> String {
    if of(text) <= width {
        return text.to_owned();
    }
    let room = width.saturating_sub(of(mark));
    let mut out = String::new();
    let mut filled = 0;
    for c in text.chars() {
        filled += of_char(c);
        if filled > room {
            break;
        }
        out.push(c);
    }
    out.push_str(mark);
    out
}

/// Appends spaces.
pub fn pad(out: &mut String, columns: usize) {
    out.extend(std::iter::repeat_n(' ', columns));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_columns() {
        assert_eq!(of("abc"), 3);
        assert_eq!(of("日本"), 4);
        assert_eq!(of("e\u{301}"), 1);
        assert_eq!(cut("日本語", 5, "…"), "日本…");
    }

    #[test]
    fn wraps_words_and_breaks_long_ones() {
        assert_eq!(wrap("one two three four", 9), ["one two", "three", "four"]);
        assert_eq!(wrap("abcdefghijkl m", 8), ["abcdefgh", "ijkl m"]);
        assert_eq!(wrap("", 8), [""]);
    }
}
