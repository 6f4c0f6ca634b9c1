//! Text from the input made harmless for each kind of output.

use std::borrow::Cow;
use std::fmt::Write;

/// True for characters that must not reach a terminal or a page as they are: controls (C0, DEL, C1), which
/// a terminal obeys, and invisible or direction-changing ones, which make text look like something else.
pub const fn is_unsafe(c: char) -> bool {
    matches!(
        c,
        '\0'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'
            | '\u{200e}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

/// True if a text is printable ASCII through and through.
pub fn is_printable(text: &str) -> bool {
    // No early exit: this way the compiler can compare many bytes at once.
    text.bytes().fold(true, |all, b| all & b.wrapping_sub(b' ').lt(&0x5f))
}

/// Copies `text`, in runs where it can: every character that is not printable ASCII, or is `special`, goes
/// through `each`.
fn copy(out: &mut String, text: &str, special: impl Fn(u8) -> bool, each: impl Fn(&mut String, char)) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|b| !(b' '..0x7f).contains(&b) || special(b)) {
        let (run, tail) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(run);
        let mut chars = tail.chars();
        if let Some(c) = chars.next() {
            each(out, c);
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
}

/// Appends a character, written out (`\x1b`, `\u{202e}`) if it [is unsafe](is_unsafe).
pub fn push_visible(out: &mut String, c: char) {
    if !is_unsafe(c) {
        out.push(c);
    } else if (c as u32) < 0x100 {
        let _ = write!(out, "\\x{:02x}", c as u32);
    } else {
        let _ = write!(out, "\\u{{{:x}}}", c as u32);
    }
}

/// One line of text that can be shown anywhere: runs of white space that hold a line end or a tab become one
/// space, other unsafe characters are written out.
pub fn visible(text: &str) -> Cow<'_, str> {
    if is_printable(text) || !text.chars().any(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut folding = false;
    for c in text.trim_end_matches(['\n', '\r', '\t', ' ']).chars() {
        match c {
            '\n' | '\r' | '\t' => folding = true,
            ' ' if folding => {}
            _ => {
                if folding && !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
                folding = false;
                push_visible(&mut out, c);
            }
        }
    }
    Cow::Owned(out)
}

/// Appends text for XML 1.0 content or a double-quoted attribute. Characters that XML forbids even as
/// references (section 2.2, `Char`) are written out; line ends and tabs become references, so that
/// attribute-value normalisation (3.3.3) keeps them.
pub fn xml(out: &mut String, text: &str) {
    let special = |b| matches!(b, b'&' | b'<' | b'>' | b'"' | b'\'');
    copy(out, text, special, |out, c| match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\'' => out.push_str("&#39;"),
        '\n' => out.push_str("&#10;"),
        '\r' => out.push_str("&#13;"),
        '\t' => out.push_str("&#9;"),
        '\u{fffe}' | '\u{ffff}' => {
            let _ = write!(out, "\\u{{{:x}}}", c as u32);
        }
        _ => push_visible(out, c),
    });
}

/// Appends the message of a GitHub workflow command: one line, with `%`, CR and LF as percent escapes.
pub fn github_data(out: &mut String, text: &str) {
    copy(out, text, |b| b == b'%', github_char);
}

/// Appends the value of a property of a GitHub workflow command: as its message, and `:` and `,` too.
pub fn github_property(out: &mut String, text: &str) {
    let special = |b| matches!(b, b'%' | b':' | b',');
    copy(out, text, special, |out, c| match c {
        ':' => out.push_str("%3A"),
        ',' => out.push_str("%2C"),
        _ => github_char(out, c),
    });
}

fn github_char(out: &mut String, c: char) {
    match c {
        '%' => out.push_str("%25"),
        '\r' => out.push_str("%0D"),
        '\n' => out.push_str("%0A"),
        _ => push_visible(out, c),
    }
}

/// A path as a URI reference (RFC 3986): relative paths stay relative to the source root, absolute ones get
/// the `file` scheme; every byte outside `unreserved`, `/` and `@` is percent-encoded.
pub fn uri(path: &str) -> String {
    let path = relative(path);
    let mut out = String::with_capacity(path.len() + 8);
    if path.starts_with('/') {
        out.push_str("file://");
    }
    let reserved =
        |b: u8| !(b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~' | b'/' | b'@'));
    copy(&mut out, path, reserved, |out, c| {
        for b in c.encode_utf8(&mut [0; 4]).bytes() {
            let _ = write!(out, "%{b:02X}");
        }
    });
    out
}

/// A path without a leading `./`.
pub fn relative(path: &str) -> &str {
    let mut path = path;
    while let Some(rest) = path.strip_prefix("./") {
        path = rest.trim_start_matches('/');
    }
    path
}

/// Parts of a message in turn outside and inside `` `code` ``; all outside if the marks do not pair up.
pub fn code_parts(text: &str) -> Vec<(&str, bool)> {
    let marks = text.bytes().filter(|b| *b == b'`').count();
    if marks == 0 || marks % 2 == 1 {
        return vec![(text, false)];
    }
    text.split('`').enumerate().map(|(i, part)| (part, i % 2 == 1)).filter(|(p, _)| !p.is_empty()).collect()
}

/// Appends one line of prose as Markdown that shows exactly that text, also inside a table cell. Code marks
/// that pair up stay; nothing else of the text is markup, a link, a mention or HTML.
pub fn markdown(out: &mut String, text: &str) {
    let text = visible(text);
    for (part, code) in code_parts(&text) {
        if code && part.trim() == part {
            markdown_code(out, part);
            continue;
        }
        let special =
            |b: u8| b.is_ascii_punctuation() && !matches!(b, b'.' | b',' | b':' | b';' | b'-' | b'/');
        copy(out, part, special, |out, c| match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            // An empty comment keeps a host from taking the rest for a person to be notified.
            '@' => out.push_str("@<!-- -->"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '!' | '{' | '}' | '$' => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        });
    }
}

/// Appends a Markdown code span that shows exactly this text, also inside a table cell.
pub fn markdown_code(out: &mut String, text: &str) {
    let text = visible(text);
    let longest = longest_run(&text, '`');
    let fence = "`".repeat(longest + 1);
    // CommonMark strips one space on each side where both are there; a span must not be empty.
    let pad = text.is_empty() || text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']);
    out.push_str(&fence);
    if pad {
        out.push(' ');
    }
    out.push_str(&text.replace('|', "\\|"));
    if pad {
        out.push(' ');
    }
    out.push_str(&fence);
}

/// Appends one line of prose as HTML text, code marks that pair up as `<code>`.
pub fn html_inline(out: &mut String, text: &str) {
    let text = visible(text);
    for (part, code) in code_parts(&text) {
        if code {
            out.push_str("<code>");
            xml(out, part);
            out.push_str("</code>");
        } else {
            for (i, piece) in part.split('@').enumerate() {
                if i > 0 {
                    out.push_str("@<!-- -->");
                }
                xml(out, piece);
            }
        }
    }
}

/// A fence for a Markdown code block that no line of `text` can close.
pub fn fence(text: &str) -> String {
    "`".repeat((longest_run(text, '`') + 1).max(3))
}

fn longest_run(text: &str, mark: char) -> usize {
    let (mut longest, mut run) = (0, 0);
    for c in text.chars() {
        run = if c == mark { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn with(f: impl Fn(&mut String, &str), text: &str) -> String {
        let mut out = String::new();
        f(&mut out, text);
        out
    }

    #[test]
    fn written_out() {
        assert_eq!(visible("a\u{1b}[31mb\n  c\u{202e}"), "a\\x1b[31mb c\\u{202e}");
        assert_eq!(with(xml, "<a b=\"c\">&\u{1}\u{ffff}"), "&lt;a b=&quot;c&quot;&gt;&amp;\\x01\\u{ffff}");
        assert_eq!(with(github_data, "100%\r\na,b:c"), "100%25%0D%0Aa,b:c");
        assert_eq!(with(github_property, "a,b:c%\n"), "a%2Cb%3Ac%25%0A");
        assert_eq!(uri("./a dir/ü:%.yaml"), "a%20dir/%C3%BC%3A%25.yaml");
        assert_eq!(uri("/etc/x"), "file:///etc/x");
        assert_eq!(with(markdown, "a|b `x|y` <b> @me *"), "a\\|b `x\\|y` &lt;b&gt; @<!-- -->me \\*");
        assert_eq!(with(markdown, "odd ` mark"), "odd \\` mark");
        assert_eq!(with(markdown_code, "a``b`"), "``` a``b` ```");
        assert_eq!(fence("x ```` y"), "`````");
    }

    proptest! {
        #[test]
        fn nothing_dangerous_is_left(text in "\\PC*|(?s).*") {
            prop_assert!(!visible(&text).chars().any(is_unsafe));
            let x = with(xml, &text);
            prop_assert!(!x.contains(['<', '>', '"', '\'']) && !x.chars().any(is_unsafe));
            let g = with(github_property, &text);
            prop_assert!(!g.contains([',', ':', '\n', '\r']));
            prop_assert!(uri(&text).is_ascii());
            let m = with(markdown, &text);
            prop_assert!(!m.contains(['\n', '\r']));
            let mut previous = ' ';
            let mut backslashes = 0;
            for c in m.chars() {
                if c == '|' {
                    prop_assert!(previous == '\\' && backslashes % 2 == 1, "bare cell border in {m:?}");
                }
                backslashes = if c == '\\' { backslashes + 1 } else { 0 };
                previous = c;
            }
        }
    }
}
