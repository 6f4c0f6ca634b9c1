//! The files a rendering may look at, as its caller has them.

use std::sync::Arc;
use syntax::SourceText;

/// Contents of a file.
#[derive(Clone, Debug)]
pub enum Blob {
    /// Text.
    Text(Arc<SourceText>),
    /// Anything else.
    Binary(Arc<[u8]>),
}

impl Blob {
    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Text(source) => source.text().as_bytes(),
            Self::Binary(bytes) => bytes,
        }
    }

    /// The text, if it is one.
    pub fn text(&self) -> Option<&Arc<SourceText>> {
        match self {
            Self::Text(source) => Some(source),
            Self::Binary(_) => None,
        }
    }
}

/// A tree of files. Names are as shown to people: `/` between parts, no `.` or `..` inside. What is not in
/// the tree does not exist. The same name gives the same `Arc` each time, so results can be kept by it.
pub trait Files: Sync {
    /// Contents of a file; `None` if there is no such file. `Err` says why it can't be read.
    fn read(&self, name: &str) -> Result<Option<Blob>, model::Why>;

    /// Names of all files whose names begin with `prefix` (a folder with its `/`, or empty), in order.
    fn below(&self, prefix: &str) -> Vec<Arc<str>>;

    /// True if there is a file of this name.
    fn is_file(&self, name: &str) -> bool;

    /// True if there is a file below this folder.
    fn is_folder(&self, name: &str) -> bool;
}

/// Joins a relative path to a folder, resolving `.` and `..`. The result may begin with `..`.
pub fn join(folder: &str, relative: &str) -> String {
    let folder = if relative.starts_with('/') { "/" } else { folder };
    let mut parts: Vec<&str> = folder.split('/').filter(|p| !p.is_empty() && *p != ".").collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => drop(parts.pop()),
            other => parts.push(other),
        }
    }
    let lead = if folder.starts_with('/') { "/" } else { "" };
    format!("{lead}{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn joins_paths() {
        assert_eq!(join("a/b", "../c/./d.yaml"), "a/c/d.yaml");
        assert_eq!(join("", "p.yaml"), "p.yaml");
        assert_eq!(join("/x", "p.yaml"), "/x/p.yaml");
        assert_eq!(join("../x", "../../p.yaml"), "../../p.yaml");
        assert_eq!(join("a", "/etc/../p.yaml"), "/p.yaml");
    }
}
