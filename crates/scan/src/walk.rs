//! Which files there are.

use crate::recognise::foreign;
use globset::GlobSet;
use model::{LedgerRow, Status, Why, WhyCode};
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Folders that hold other people's code or tools' state, never what the team itself deploys.
const SKIPPED_FOLDERS: [&str; 6] = [".git", ".hg", ".svn", "node_modules", ".terraform", "__pycache__"];

/// How deep folders are followed.
const MAX_DEPTH: usize = 128;

/// A file to be read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// Name as shown to people: as the user wrote the root, joined with `/`.
    pub name: Arc<str>,
    /// Where it lies.
    pub path: PathBuf,
    /// True if the user named this very file.
    pub asked: bool,
}

/// Files in order of their names, and what was left out.
#[derive(Debug, Default)]
pub struct Walked {
    /// To be read.
    pub files: Vec<Found>,
    /// Left out, or not to be had.
    pub rows: Vec<LedgerRow>,
    /// Paths the user named that do not exist or can't be read.
    pub missing: Vec<String>,
}

/// Finds all files under the roots. Symbolic links are not followed: a link into the tree would be judged
/// twice, one out of it leaves the root, which the ledger says.
pub fn walk(roots: &[PathBuf], exclude: &GlobSet) -> Walked {
    let mut walker = Walker {
        exclude,
        real_roots: roots.iter().filter_map(|root| root.canonicalize().ok()).collect(),
        walked: Walked::default(),
    };
    for root in roots {
        match fs::metadata(root) {
            Err(error) => walker.walked.missing.push(format!("{}: {}", root.display(), plain(&error))),
            Ok(meta) if meta.is_dir() => {
                let prefix = display(root);
                let prefix =
                    if prefix == "." { String::new() } else { prefix.trim_end_matches('/').to_owned() + "/" };
                walker.folder(root, &prefix, "", 0);
            }
            Ok(_) => {
                let name = display(root).into();
                walker.walked.files.push(Found { name, path: root.clone(), asked: true });
            }
        }
    }
    let mut found = walker.walked;
    found.files.sort();
    found.files.dedup_by(|a, b| {
        let same = a.name == b.name;
        b.asked |= same && a.asked;
        same
    });
    found
}

/// An operating system's error in plain words, without its number.
pub fn plain(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "no such file or directory".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

/// A path as shown to people: `/` between its parts, bytes that are no UTF-8 as `\xff`, so that two names are
/// never the same.
fn display(path: &Path) -> String {
    let text = readable(path.as_os_str());
    let text = if cfg!(windows) { text.replace('\\', "/") } else { text };
    // `./-` is a file, while `-` is standard input.
    text.strip_prefix("./")
        .filter(|rest| !rest.is_empty() && *rest != "-")
        .map_or(text.clone(), str::to_owned)
}

fn readable(name: &OsStr) -> String {
    let mut text = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            let _ = write!(text, "\\x{byte:02x}");
        }
    }
    text
}

struct Walker<'a> {
    exclude: &'a GlobSet,
    /// The roots without links on the way.
    real_roots: Vec<PathBuf>,
    walked: Walked,
}

impl Walker<'_> {
    fn row(&mut self, name: String, status: Status, kind: &str, reason: &str) {
        self.walked.rows.push(LedgerRow::file(&Arc::from(name), status, kind, reason));
    }

    fn gap(&mut self, name: &str, kind: &str, code: WhyCode, detail: String) {
        let why = Why::new(code, detail);
        self.walked.rows.push(LedgerRow::gap(&Arc::from(name), None, Status::NotEvaluated, kind, &why));
    }

    fn folder(&mut self, path: &Path, prefix: &str, inner: &str, depth: usize) {
        // The scanned folder itself has no prefix if it is the current one.
        let shown = if prefix.is_empty() { "." } else { prefix };
        let entries = match fs::read_dir(path) {
            Ok(entries) => entries,
            Err(error) => return self.gap(shown, "folder", WhyCode::Unreadable, plain(&error)),
        };
        for entry in entries {
            match entry {
                Ok(entry) => self.entry(&entry, prefix, inner, depth),
                Err(error) => {
                    let detail = format!("not all of its entries can be listed: {}", plain(&error));
                    self.gap(shown, "folder", WhyCode::Unreadable, detail);
                    break;
                }
            }
        }
    }

    fn entry(&mut self, entry: &fs::DirEntry, prefix: &str, inner: &str, depth: usize) {
        let file_name = readable(&entry.file_name());
        let name = format!("{prefix}{file_name}");
        let relative = format!("{inner}{file_name}");
        let kind = match entry.file_type() {
            Ok(kind) => kind,
            Err(error) => return self.gap(&name, "file", WhyCode::Unreadable, plain(&error)),
        };
        if self.exclude.is_match(&relative) {
            let what = if kind.is_dir() { "folder" } else { "file" };
            self.row(name, Status::Excluded, what, "left out by `exclude` in the configuration");
        } else if kind.is_symlink() {
            self.link(name, &entry.path());
        } else if kind.is_dir() {
            if SKIPPED_FOLDERS.contains(&file_name.as_str()) {
                let reason = "a folder of tool state or third-party code, never looked into";
                self.row(name + "/", Status::Excluded, "folder", reason);
            } else if depth >= MAX_DEPTH {
                let detail = format!("folders nested deeper than {MAX_DEPTH}");
                self.gap(&name, "folder", WhyCode::Limit, detail);
            } else {
                self.folder(&entry.path(), &(name + "/"), &(relative + "/"), depth + 1);
            }
        } else if kind.is_file() {
            self.walked.files.push(Found { name: name.into(), path: entry.path(), asked: false });
        } else {
            self.row(name, Status::NotApplicable, "special", "a device, socket or pipe");
        }
    }

    /// What a link leads to is judged in its own place if it lies below a root; else nobody judges it.
    fn link(&mut self, name: String, path: &Path) {
        let Ok(target) = path.canonicalize() else {
            return self.row(name, Status::NotApplicable, "link", "a symbolic link that leads nowhere");
        };
        if self.real_roots.iter().any(|root| target.starts_with(root)) {
            let reason =
                "a symbolic link; links are not followed, what lies in the tree is judged in its own place";
            self.row(name, Status::NotApplicable, "link", reason);
        } else if let (true, Some(reason)) = (target.is_file(), foreign(&name)) {
            self.row(name, Status::NotApplicable, "link", reason);
        } else {
            let why = Why::new(
                WhyCode::Unreadable,
                "a symbolic link that leads out of what is scanned, and is not followed",
            );
            let mut row = LedgerRow::gap(&Arc::from(name), None, Status::NotEvaluated, "link", &why);
            row.hint = Some("name what it leads to as a further path to scan".to_owned());
            self.walked.rows.push(row);
        }
    }
}
