//! Characters that no YAML text may hold (YAML 1.2.2, 5.1): one quick pass before parsing.

/// Offset and value of the first character at or after `from` that is not printable in the sense of YAML.
pub(super) fn find(text: &str, from: usize) -> Option<(usize, char)> {
    // Chunks grow, so that a text with many such characters is not looked over again and again.
    let mut size = 64;
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(rest) = bytes.get(at..).filter(|r| !r.is_empty()) {
        let chunk = rest.get(..size).unwrap_or(rest);
        // No early exit inside a chunk, so that the loop is vectorised.
        if chunk.iter().fold(false, |bad, b| bad | suspect(*b)) {
            let hit = chunk.iter().enumerate().filter(|(_, b)| suspect(**b)).find_map(|(i, _)| {
                let c = text.get(at + i..)?.chars().next()?;
                refused(c).then_some((at + i, c))
            });
            if hit.is_some() {
                return hit;
            }
        }
        at += chunk.len();
        size = (size * 2).min(4096);
    }
    None
}

/// First bytes of what may be a refused character. `0xC2` begins U+0080..U+00BF, `0xEF` U+F000..U+FFFF.
const fn suspect(byte: u8) -> bool {
    (byte < 0x20 && byte != b'\n' && byte != b'\r' && byte != b'\t')
        || byte == 0x7f
        || byte == 0xc2
        || byte == 0xef
}

const fn refused(c: char) -> bool {
    matches!(c,
        '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}'
        | '\u{fffe}' | '\u{ffff}')
}
