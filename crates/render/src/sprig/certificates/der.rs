//! The little of DER and PEM that certificates need: values written, and elements found.

use crate::sprig::encoding::{base64, base64_decode};

pub(super) const INTEGER: u8 = 0x02;
pub(super) const BIT_STRING: u8 = 0x03;
pub(super) const OCTET_STRING: u8 = 0x04;
const OBJECT: u8 = 0x06;
pub(super) const UTF8_STRING: u8 = 0x0c;
pub(super) const PRINTABLE_STRING: u8 = 0x13;
pub(super) const UTC_TIME: u8 = 0x17;
pub(super) const GENERALIZED_TIME: u8 = 0x18;
pub(super) const SEQUENCE: u8 = 0x30;
pub(super) const SET: u8 = 0x31;
/// The tag `[0]` around other elements.
pub(super) const FIRST: u8 = 0xa0;
/// The tag `[3]` around other elements.
pub(super) const FOURTH: u8 = 0xa3;

/// One element.
pub(super) fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(content.len() + 6);
    out.push(tag);
    let length = content.len();
    if length < 0x80 {
        out.push(length as u8);
    } else {
        let bytes = length.to_be_bytes();
        let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
        out.push(0x80 | (bytes.len() - zeros) as u8);
        out.extend(bytes.iter().skip(zeros));
    }
    out.extend_from_slice(content);
    out
}

/// An element made of others.
pub(super) fn group(tag: u8, parts: &[Vec<u8>]) -> Vec<u8> {
    element(tag, &parts.concat())
}

/// An object identifier, given as the bytes of its content.
pub(super) fn object(content: &[u8]) -> Vec<u8> {
    element(OBJECT, content)
}

/// A whole number above zero.
pub(super) fn integer(number: u128) -> Vec<u8> {
    let bytes = number.to_be_bytes();
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count().min(bytes.len() - 1);
    let mut content = Vec::with_capacity(17);
    // A first bit that is set would make it negative.
    if bytes.get(zeros).is_some_and(|byte| *byte >= 0x80) {
        content.push(0);
    }
    content.extend(bytes.iter().skip(zeros));
    element(INTEGER, &content)
}

/// A string of whole bytes as bits.
pub(super) fn bits(content: &[u8]) -> Vec<u8> {
    let mut with_unused = vec![0];
    with_unused.extend_from_slice(content);
    element(BIT_STRING, &with_unused)
}

/// An element at the start of some bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element<'a> {
    pub tag: u8,
    pub content: &'a [u8],
    /// With tag and length.
    pub whole: &'a [u8],
    pub rest: &'a [u8],
}

/// The element at the start, if there is one.
pub(super) fn first(bytes: &[u8]) -> Option<Element<'_>> {
    let (tag, after) = bytes.split_first()?;
    let (length, after) = after.split_first()?;
    let (length, after) = if *length < 0x80 {
        (usize::from(*length), after)
    } else {
        let (digits, after) = after.split_at_checked(usize::from(length & 0x7f))?;
        if digits.is_empty() || digits.len() > 4 {
            return None;
        }
        (digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit)), after)
    };
    let (content, rest) = after.split_at_checked(length)?;
    let whole = bytes.get(..bytes.len() - rest.len())?;
    Some(Element { tag: *tag, content, whole, rest })
}

/// A block of PEM.
pub(super) fn pem(label: &str, content: &[u8]) -> String {
    let encoded = base64(content);
    let mut out = format!("-----BEGIN {label}-----\n");
    for line in encoded.as_bytes().chunks(64) {
        out.extend(line.iter().map(|byte| char::from(*byte)));
        out.push('\n');
    }
    out.push_str("-----END ");
    out.push_str(label);
    out.push_str("-----\n");
    out
}

/// Label and content of the first block of PEM. Headers inside of a block are not read.
pub(super) fn read_pem(text: &str) -> Option<(&str, Vec<u8>)> {
    let (_, after) = text.split_once("-----BEGIN ")?;
    let (label, after) = after.split_once("-----")?;
    let (body, after) = after.split_once("-----END ")?;
    let closed = after.strip_prefix(label)?.starts_with("-----");
    let body: Vec<u8> = body.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let content = base64_decode(&body).ok()?;
    (closed && !label.contains('\n')).then_some((label, content))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_found_again() {
        for length in [0_usize, 1, 0x7f, 0x80, 0xff, 0x100, 70_000] {
            let mut written = element(SEQUENCE, &vec![7; length]);
            written.push(9);
            let found = first(&written).unwrap();
            assert_eq!((found.tag, found.content.len(), found.rest), (SEQUENCE, length, &[9][..]));
            assert_eq!(found.whole.len() + 1, written.len());
        }
    }

    #[test]
    fn hostile_lengths_are_refused() {
        for bytes in
            [&[][..], &[0x30], &[0x30, 5, 1], &[0x30, 0x80, 1], &[0x30, 0xff], &[0x30, 0x84, 255, 255]]
        {
            assert!(first(bytes).is_none(), "{bytes:?}");
        }
    }

    #[test]
    fn numbers_stay_above_zero() {
        assert_eq!(integer(0), [2, 1, 0]);
        assert_eq!(integer(0x80), [2, 2, 0, 0x80]);
        assert_eq!(integer(u128::MAX).len(), 19);
    }

    #[test]
    fn blocks_are_read_again() {
        let text = pem("X", &[1; 100]);
        assert_eq!(read_pem(&text), Some(("X", vec![1; 100])));
        assert_eq!(read_pem("-----BEGIN X-----\nAAAA\n-----END Y-----\n"), None);
        assert_eq!(read_pem("foo"), None);
    }
}
