//! Base64 (RFC 4648, section 4), as in the `data` of Secrets.

/// Decodes text with or without padding; white space is skipped. `None` if it is not base64.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let mut bits: u32 = 0;
    let mut held = 0;
    let mut padded = false;
    for byte in text.bytes().filter(|b| !b.is_ascii_whitespace()) {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => {
                padded = true;
                continue;
            }
            _ => return None,
        };
        if padded {
            return None;
        }
        bits = (bits << 6 | u32::from(value)) & 0xFFFF;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
        }
    }
    // Six left-over bits stand for no byte: the text was cut.
    (held < 6).then_some(bytes)
}

/// Decodes to text; `None` if it is not base64 of UTF-8.
pub fn decode_text(text: &str) -> Option<String> {
    String::from_utf8(decode(text)?).ok()
}

#[cfg(test)]
mod tests {
    use super::{decode, decode_text};

    #[test]
    fn decodes() {
        assert_eq!(decode_text("aHVudGVyMg==").as_deref(), Some("hunter2"));
        assert_eq!(decode_text("aHVudGVyMg").as_deref(), Some("hunter2"));
        assert_eq!(decode_text("aHVu\n dGVyMg==").as_deref(), Some("hunter2"));
        assert_eq!(decode_text("").as_deref(), Some(""));
        assert_eq!(decode("//8="), Some(vec![255, 255]));
        for bad in ["a", "!!!!", "aHVu=dGVy", "hunter2 is not base64."] {
            assert_eq!(decode(bad), None, "{bad}");
        }
    }
}
