//! Packaged charts: a tar file in gzip, held in memory, within bounds.

use crate::files::{Blob, Files};
use std::collections::BTreeMap;
use std::sync::Arc;
use syntax::SourceText;
use zlib_rs::{Inflate, InflateFlush, Status};

/// Helm's own bound on a chart, unpacked.
const MOST: usize = 100 << 20;
/// Helm's own bound on one of its files.
const MOST_FILE: usize = 5 << 20;
/// Bound on their number, ours.
const MOST_FILES: usize = 20_000;

/// The files of an archive, under the archive's name and without the folder they are all packed in.
#[derive(Debug, Default)]
pub(super) struct Archive {
    files: BTreeMap<Arc<str>, Blob>,
}

/// Unpacks an archive. Errors are in Helm's words where Helm has some.
pub(super) fn unpack(bytes: &[u8], name: &str) -> Result<Archive, String> {
    let tar = inflate(bytes)?;
    let mut archive = Archive::default();
    let mut rest: &[u8] = &tar;
    // A longer name for the next entry.
    let mut long: Option<String> = None;
    while let Some((header, after)) = rest.split_at_checked(512) {
        if header.iter().all(|byte| *byte == 0) {
            break;
        }
        let header = Header::read(header).ok_or("archive/tar: invalid tar header")?;
        let (body, _) = after.split_at_checked(header.size).ok_or("unexpected EOF")?;
        let padded = header.size.div_ceil(512).saturating_mul(512).min(after.len());
        rest = after.get(padded..).unwrap_or_default();
        match header.kind {
            b'L' => long = Some(c_string(body)),
            b'x' => long = pax_path(body).or(long),
            0 | b'0' | b'7' => {
                let path = long.take().unwrap_or(header.name);
                let path = inner_path(&path)?;
                if header.size > MOST_FILE {
                    return Err(format!(
                        "decompressed chart file {path:?} is larger than the maximum file size {MOST_FILE}"
                    ));
                }
                if archive.files.len() >= MOST_FILES {
                    return Err(format!("the archive has more than {MOST_FILES} files"));
                }
                let full: Arc<str> = format!("{name}/{path}").into();
                archive.files.insert(full.clone(), blob(full, body));
            }
            _ => long = None,
        }
    }
    Ok(archive)
}

fn blob(name: Arc<str>, bytes: &[u8]) -> Blob {
    match std::str::from_utf8(bytes) {
        Ok(text) => Blob::Text(Arc::new(SourceText::new(name, text))),
        Err(_) => Blob::Binary(bytes.into()),
    }
}

/// The path of an entry below the archive's one folder.
fn inner_path(path: &str) -> Result<String, String> {
    let path = path.replace('\\', "/");
    let Some((_, inner)) = path.split_once('/') else {
        return Err("chart illegally contains content outside the base directory".to_owned());
    };
    let mut depth: i32 = 0;
    let mut parts = Vec::new();
    for part in inner.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                depth -= 1;
                if depth < 0 {
                    return Err("chart illegally references parent directory".to_owned());
                }
                parts.pop();
            }
            other => {
                depth += 1;
                parts.push(other);
            }
        }
    }
    let drive = |part: &&str| part.len() >= 2 && part.as_bytes().get(1) == Some(&b':');
    match parts.first() {
        None => Err("chart illegally contains content outside the base directory".to_owned()),
        Some(first) if drive(first) => Err("chart contains illegally named files".to_owned()),
        Some(_) if path.starts_with("Chart.yaml/") => Err("chart yaml not in base directory".to_owned()),
        Some(_) => Ok(parts.join("/")),
    }
}

struct Header {
    name: String,
    size: usize,
    kind: u8,
}

impl Header {
    fn read(block: &[u8]) -> Option<Self> {
        let field = |from: usize, to: usize| block.get(from..to);
        let sum: u64 = block
            .iter()
            .enumerate()
            .map(|(at, byte)| if (148..156).contains(&at) { 32 } else { u64::from(*byte) })
            .sum();
        if octal(field(148, 156)?)? != sum {
            return None;
        }
        let mut name = c_string(field(0, 100)?);
        if field(257, 262)? == b"ustar" {
            let prefix = c_string(field(345, 500)?);
            if !prefix.is_empty() {
                name = format!("{prefix}/{name}");
            }
        }
        Some(Self { name, size: usize::try_from(octal(field(124, 136)?)?).ok()?, kind: *block.get(156)? })
    }
}

/// Text up to the first zero byte.
fn c_string(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    String::from_utf8_lossy(bytes.get(..end).unwrap_or_default()).into_owned()
}

fn octal(field: &[u8]) -> Option<u64> {
    let text = c_string(field);
    let text = text.trim();
    if text.is_empty() { Some(0) } else { u64::from_str_radix(text, 8).ok() }
}

/// `path` of an extended header: lines of `LENGTH KEY=VALUE`.
fn pax_path(body: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(body);
    text.lines().find_map(|line| line.split_once(' ')?.1.strip_prefix("path=").map(str::to_owned))
}

fn inflate(bytes: &[u8]) -> Result<Vec<u8>, String> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Err("file does not appear to be a gzipped archive".to_owned());
    }
    let mut out = Vec::new();
    let mut piece = vec![0; 64 << 10];
    let mut rest = bytes;
    // Members of a gzip file stand one after the other.
    while rest.starts_with(&[0x1f, 0x8b]) {
        let mut inflater = Inflate::new(true, 16 + 15);
        loop {
            let (read, written) = (inflater.total_in(), inflater.total_out());
            let status = inflater
                .decompress(rest, &mut piece, InflateFlush::NoFlush)
                .map_err(|error| format!("gzip: {}", error.as_str()))?;
            let read = (inflater.total_in() - read) as usize;
            let written = (inflater.total_out() - written) as usize;
            rest = rest.get(read..).unwrap_or_default();
            out.extend_from_slice(piece.get(..written).unwrap_or_default());
            if out.len() > MOST {
                return Err(format!("decompressed chart is larger than the maximum size {MOST}"));
            }
            match status {
                Status::StreamEnd => break,
                _ if read == 0 && written == 0 => return Err("unexpected EOF".to_owned()),
                _ => {}
            }
        }
    }
    Ok(out)
}

impl Files for Archive {
    fn read(&self, name: &str) -> Result<Option<Blob>, model::Why> {
        Ok(self.files.get(name).cloned())
    }

    fn below(&self, prefix: &str) -> Vec<Arc<str>> {
        let from = (std::ops::Bound::Included(prefix), std::ops::Bound::Unbounded);
        let names = self.files.range::<str, _>(from).map(|(name, _)| name);
        names.take_while(|name| name.starts_with(prefix)).cloned().collect()
    }

    fn is_file(&self, name: &str) -> bool {
        self.files.contains_key(name)
    }

    fn is_folder(&self, name: &str) -> bool {
        !self.below(&format!("{name}/")).is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside() {
        assert_eq!(inner_path("web/templates/./a.yaml").unwrap(), "templates/a.yaml");
        assert_eq!(inner_path("web/a/../b").unwrap(), "b");
        for bad in ["web", "web/..", "web/../x", "web/a/../../x", "web/C:/x", "web/."] {
            assert!(inner_path(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn no_archive_at_all() {
        assert!(unpack(b"", "a").is_err());
        assert!(unpack(b"\x1f\x8bxx", "a").is_err());
        assert!(unpack(&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3], "a").is_err());
    }
}
