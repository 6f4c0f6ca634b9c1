//! Which files there are.

use globset::GlobSet;
use model::{LedgerRow, Status, Why, WhyCode};
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
/// twice, one out of it leaves the root.
pub fn walk(roots: &[PathBuf], exclude: &GlobSet) -> Walked {
    let mut walked = Walked::default();
    for root in roots {
        match fs::metadata(root) {
            Err(error) => walked.missing.push(format!("{}: {}", root.display(), plain(&error))),
            Ok(meta) if meta.is_dir() => {
                let prefix = display(root);
                let prefix =
                    if prefix == "." { String::new() } else { prefix.trim_end_matches('/').to_owned() + "/" };
                folder(root, &prefix, "", 0, exclude, &mut walked);
            }
            Ok(_) => {
                walked.files.push(Found { name: display(root).into(), path: root.clone(), asked: true });
            }
        }
    }
    walked.files.sort();
    walked.files.dedup_by(|a, b| {
        let same = a.name == b.name;
        b.asked |= same && a.asked;
        same
    });
    walked
}

/// An operating system's error in plain words, without its number.
pub fn plain(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "no such file or directory".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

fn display(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    text.strip_prefix("./").filter(|rest| !rest.is_empty()).map_or(text.clone(), str::to_owned)
}

fn folder(path: &Path, prefix: &str, inner: &str, depth: usize, exclude: &GlobSet, walked: &mut Walked) {
    let row = |name: &str, status, reason: &str| LedgerRow::file(&Arc::from(name), status, "folder", reason);
    let entries = match fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) => {
            let why = Why::new(WhyCode::Unreadable, plain(&error));
            walked.rows.push(LedgerRow::gap(&Arc::from(prefix), None, Status::NotEvaluated, "folder", &why));
            return;
        }
    };
    for entry in entries.flatten() {
        let file_name = entry.file_name();
        let file_name = file_name.to_string_lossy();
        let name = format!("{prefix}{file_name}");
        let relative = format!("{inner}{file_name}");
        let Ok(kind) = entry.file_type() else { continue };
        if exclude.is_match(&relative) {
            let what = if kind.is_dir() { "folder" } else { "file" };
            let reason = "left out by `exclude` in the configuration";
            walked.rows.push(LedgerRow::file(&Arc::from(name), Status::Excluded, what, reason));
        } else if kind.is_symlink() {
            let reason =
                "a symbolic link; links are not followed, what lies in the tree is judged in its own place";
            walked.rows.push(LedgerRow::file(&Arc::from(name), Status::NotApplicable, "link", reason));
        } else if kind.is_dir() {
            if SKIPPED_FOLDERS.contains(&&*file_name) {
                let reason = "a folder of tool state or third-party code, never looked into";
                walked.rows.push(row(&(name + "/"), Status::Excluded, reason));
            } else if depth >= MAX_DEPTH {
                let why = Why::new(WhyCode::Limit, format!("folders nested deeper than {MAX_DEPTH}"));
                walked.rows.push(LedgerRow::gap(
                    &Arc::from(name),
                    None,
                    Status::NotEvaluated,
                    "folder",
                    &why,
                ));
            } else {
                let (prefix, inner) = (name + "/", relative + "/");
                folder(&entry.path(), &prefix, &inner, depth + 1, exclude, walked);
            }
        } else if kind.is_file() {
            walked.files.push(Found { name: name.into(), path: entry.path(), asked: false });
        } else {
            let reason = "a device, socket or pipe";
            walked.rows.push(LedgerRow::file(&Arc::from(name), Status::NotApplicable, "special", reason));
        }
    }
}
