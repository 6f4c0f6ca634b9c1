//! Which files differ from a commit.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Most entries of a tree that are compared.
const MAX_ENTRIES: usize = 2_000_000;

/// Names (as [`crate::walk`] gives them) of the files under `roots` that are new or differ from what
/// `reference` (a commit, branch or tag) holds. Contents are compared, not times; nothing of the repository's
/// configuration is run.
pub fn since(reference: &str, roots: &[PathBuf]) -> Result<BTreeSet<String>, String> {
    let first = roots.first().map_or(Path::new("."), PathBuf::as_path);
    let start = if first.is_dir() {
        first
    } else {
        first.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
    };
    let repository = gix::discover(start).map_err(|e| format!("--changed-since: {e}"))?;
    let top = repository
        .workdir()
        .ok_or("--changed-since: the repository has no working tree")?
        .canonicalize()
        .map_err(|e| format!("--changed-since: {e}"))?;
    let known = tree(&repository, reference)?;
    let none = crate::config::globs([])?;
    let mut changed = BTreeSet::new();
    for found in crate::walk::walk(roots, &none).files {
        if !is_known(&found.path, &top, &known) {
            changed.insert(found.name.to_string());
        }
    }
    Ok(changed)
}

/// True if the commit has this very file. One that lies in another repository (a submodule, a second root), or
/// that can't be read, is none it has: what is not known to be old counts as changed.
fn is_known(path: &Path, top: &Path, known: &BTreeMap<String, gix::ObjectId>) -> bool {
    let Ok(path) = path.canonicalize() else { return false };
    let Ok(inside) = path.strip_prefix(top) else { return false };
    let inside = inside.to_string_lossy();
    let inside = if cfg!(windows) { inside.replace('\\', "/").into() } else { inside };
    known.get(&*inside).is_some_and(|id| blob_id(&path).as_ref() == Some(id))
}

fn blob_id(path: &Path) -> Option<gix::ObjectId> {
    // A pipe or a device has no contents to compare, and may have no end.
    if !path.metadata().ok()?.is_file() {
        return None;
    }
    let bytes = std::fs::read(path).ok()?;
    gix::objs::compute_hash(gix::hash::Kind::Sha1, gix::objs::Kind::Blob, &bytes).ok()
}

/// Paths and contents of a commit.
fn tree(repository: &gix::Repository, reference: &str) -> Result<BTreeMap<String, gix::ObjectId>, String> {
    let fail = |e: &dyn std::fmt::Display| format!("--changed-since {reference}: {e}");
    // Before the first commit there is nothing that could be old.
    if reference == "HEAD" && repository.head().is_ok_and(|head| head.is_unborn()) {
        return Ok(BTreeMap::new());
    }
    let root = repository
        .rev_parse_single(reference)
        .map_err(|e| fail(&e))?
        .object()
        .map_err(|e| fail(&e))?
        .peel_to_tree()
        .map_err(|e| fail(&e))?;
    let mut known = BTreeMap::new();
    let mut pending = vec![(String::new(), root.id)];
    while let Some((prefix, id)) = pending.pop() {
        let tree = repository.find_tree(id).map_err(|e| fail(&e))?;
        for entry in tree.iter() {
            let entry = entry.map_err(|e| fail(&e))?;
            let name = format!("{prefix}{}", entry.filename());
            if entry.mode().is_tree() {
                pending.push((name + "/", entry.object_id()));
            } else if entry.mode().is_blob() {
                known.insert(name, entry.object_id());
            }
            if known.len() + pending.len() > MAX_ENTRIES {
                return Err(format!("--changed-since {reference}: the commit has too many files"));
            }
        }
    }
    Ok(known)
}
