//! Bytes of a file to text, within limits.

use model::{Why, WhyCode};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Largest file that is parsed unless the user says otherwise, in bytes.
pub const MAX_FILE_SIZE: u64 = 64 * 1024 * 1024;

/// What was read.
#[derive(Debug)]
pub enum Text {
    /// UTF-8 text, a byte order mark included.
    Text(String),
    /// Not text; the kind by its first bytes, and the bytes.
    Binary(&'static str, Vec<u8>),
}

/// Reads a file whole. `Err` says why it can't be judged.
pub fn read(path: &Path, limit: u64) -> Result<Text, Why> {
    decode(bytes(path, limit)?)
}

/// Bytes of a file, up to a limit.
pub fn bytes(path: &Path, limit: u64) -> Result<Vec<u8>, Why> {
    let unreadable = |e: std::io::Error| Why::new(WhyCode::Unreadable, crate::walk::plain(&e));
    if !std::fs::metadata(path).map_err(unreadable)?.is_file() && !is_handed_over(path) {
        // Opening a pipe would wait for somebody to write to it, perhaps for ever.
        let why = "a pipe, socket or device, no file; its text can be given on standard input: `holdfast scan - < PIPE`";
        return Err(Why::new(WhyCode::Unreadable, why));
    }
    let file = File::open(path).map_err(unreadable)?;
    let size = file.metadata().map_err(unreadable)?.len();
    if size > limit {
        return Err(too_large(size, limit));
    }
    let mut bytes = Vec::with_capacity(size as usize + 1);
    // A file may grow while it is read; never take more than the limit.
    file.take(limit + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > limit {
        return Err(too_large(bytes.len() as u64, limit));
    }
    Ok(bytes)
}

/// True for a descriptor that the shell has opened for us: `holdfast scan <(helm template x)`.
fn is_handed_over(path: &Path) -> bool {
    ["/dev/fd/", "/proc/self/fd/", "/dev/stdin"]
        .iter()
        .any(|prefix| path.to_string_lossy().starts_with(prefix))
}

fn too_large(size: u64, limit: u64) -> Why {
    let mib = |n: u64| n.div_ceil(1024 * 1024);
    Why::new(
        WhyCode::Limit,
        format!("the file has {} MiB, more than the limit of {} MiB", mib(size), mib(limit)),
    )
}

/// Takes bytes for text if they are valid UTF-8 (or UTF-16 with a byte order mark, which is converted).
pub fn decode(bytes: Vec<u8>) -> Result<Text, Why> {
    if let Some(kind) = utf16(&bytes) {
        return kind;
    }
    let head = bytes.get(..bytes.len().min(8192)).unwrap_or_default();
    if memchr::memchr(0, head).is_some() {
        return Ok(Text::Binary("binary", bytes));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Text::Text(text)),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let bytes = error.as_bytes();
            let line = memchr::memchr_iter(b'\n', bytes.get(..at).unwrap_or_default()).count() + 1;
            let byte = bytes.get(at).copied().unwrap_or(0);
            Err(Why::new(
                WhyCode::Malformed,
                format!("not valid UTF-8: byte 0x{byte:02x} at offset {at}, in line {line}"),
            ))
        }
    }
}

fn utf16(bytes: &[u8]) -> Option<Result<Text, Why>> {
    let little = match bytes {
        [0xff, 0xfe, 0, 0, ..] => return None,
        [0xff, 0xfe, ..] => true,
        [0xfe, 0xff, ..] => false,
        _ => return None,
    };
    let units = bytes.get(2..).unwrap_or_default().chunks_exact(2).map(|pair| match *pair {
        [a, b] if little => u16::from_le_bytes([a, b]),
        [a, b] => u16::from_be_bytes([a, b]),
        _ => 0,
    });
    let text: Result<String, _> = char::decode_utf16(units).collect();
    Some(text.map(Text::Text).map_err(|_| {
        Why::new(WhyCode::Malformed, "starts with a UTF-16 byte order mark, but is not valid UTF-16")
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_text_from_the_rest() {
        assert!(matches!(decode(b"a: 1\n".to_vec()), Ok(Text::Text(_))));
        assert!(matches!(decode(b"\x7fELF\0\0".to_vec()), Ok(Text::Binary(..))));
        let why = decode(b"a: 1\nb: \xff\n".to_vec()).unwrap_err();
        assert!(why.detail.contains("line 2"), "{why}");
        assert!(matches!(decode(b"\xff\xfea\0:\0".to_vec()), Ok(Text::Text(t)) if t == "a:"));
    }
}
