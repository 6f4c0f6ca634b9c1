//! The files of a run as renderings see them: by name, read once, nothing outside.

use crate::read::{self, Text};
use crate::walk::Found;
use globset::GlobSet;
use model::Why;
use render::{Blob, Files};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};
use syntax::SourceText;

/// All files that were found, with what was read of them so far.
///
/// Overlays and charts may need files beside what is scanned: `holdfast scan overlays/prod` builds on
/// `../../base`. Such files can be read if they lie in one of the `around` folders; they are not listed, and not
/// judged by themselves.
#[derive(Debug)]
pub struct FileTree<'a> {
    files: &'a [Found],
    contents: Vec<OnceLock<Result<Blob, Why>>>,
    /// Texts that stand for the files' own.
    overlay: &'a BTreeMap<String, String>,
    limit: u64,
    /// Folders, without links on the way, in which further files may be read.
    around: Vec<PathBuf>,
    /// What was read there.
    beside: Mutex<BTreeMap<String, Result<Option<Blob>, Why>>>,
}

/// Folders in which charts and overlays below these roots may read further files: the repository a root lies
/// in, else the current folder if the root lies below it, else the folder that holds the root, and the
/// overlays that overlays build on, wherever these lie.
pub fn around(roots: &[PathBuf]) -> Vec<PathBuf> {
    let here = std::env::current_dir().and_then(|path| path.canonicalize()).ok();
    let mut found: Vec<PathBuf> = Vec::new();
    for root in roots {
        let Ok(path) = root.canonicalize() else { continue };
        let repository = path.ancestors().find(|folder| folder.join(".git").exists()).map(Path::to_path_buf);
        let current = || here.clone().filter(|here| path.starts_with(here));
        let holder = || path.parent().map(Path::to_path_buf);
        if let Some(folder) = repository.or_else(current) {
            found.push(folder);
        } else {
            found.extend(holder());
            found.extend(built_on(&path));
        }
    }
    found.retain(|folder| folder.parent().is_some());
    found.sort();
    found.dedup();
    found
}

/// Folders with a kustomization that an overlay builds on, and those that these build on.
fn built_on(overlay: &Path) -> Vec<PathBuf> {
    const MOST: usize = 256;
    const LONGEST: u64 = 1 << 20;
    let mut found = vec![overlay.to_path_buf()];
    let mut next = 0;
    while let Some(folder) = found.get(next).cloned() {
        next += 1;
        for name in ["kustomization.yaml", "kustomization.yml", "Kustomization"] {
            let Ok(bytes) = read::bytes(&folder.join(name), LONGEST) else { continue };
            let text = String::from_utf8_lossy(&bytes);
            for word in text.split(|c: char| c.is_whitespace() || "[],\"'".contains(c)) {
                if word.is_empty() || word.contains(':') || found.len() >= MOST {
                    continue;
                }
                let Ok(path) = folder.join(word).canonicalize() else { continue };
                if !found.contains(&path) && is_overlay(&path) {
                    found.push(path);
                }
            }
        }
    }
    found
}

fn is_overlay(folder: &Path) -> bool {
    let mut names = std::fs::read_dir(folder).into_iter().flatten().flatten();
    names.any(|entry| entry.file_name().to_str().is_some_and(crate::parts::is_kustomization))
}

/// True if there are charts or overlays below these roots, which may need more than is scanned.
pub fn needs_more(roots: &[PathBuf], exclude: &GlobSet) -> bool {
    let mut files = crate::walk::walk(roots, exclude).files.into_iter();
    files.any(|found| found.name.ends_with("Chart.yaml") || crate::parts::is_kustomization(&found.name))
}

impl<'a> FileTree<'a> {
    /// A tree of these files, which are in order of their names.
    pub fn new(files: &'a [Found], overlay: &'a BTreeMap<String, String>, limit: u64) -> Self {
        let contents = files.iter().map(|_| OnceLock::new()).collect();
        Self { files, contents, overlay, limit, around: Vec::new(), beside: Mutex::default() }
    }

    /// The same, with folders in which further files may be read.
    #[must_use]
    pub fn with_around(mut self, around: &[PathBuf]) -> Self {
        self.around = around.to_vec();
        self
    }

    /// Where a name leads outside of what is scanned, if that may be read.
    fn beside(&self, name: &str) -> Option<PathBuf> {
        if self.around.is_empty() || name.is_empty() {
            return None;
        }
        // Links are followed, so that none leads out.
        let path = Path::new(name).canonicalize().ok()?;
        self.around.iter().any(|folder| path.starts_with(folder)).then_some(path)
    }

    fn read_beside(&self, name: &str) -> Result<Option<Blob>, Why> {
        let Ok(mut known) = self.beside.lock() else { return Ok(None) };
        if let Some(known) = known.get(name) {
            return known.clone();
        }
        let result = match self.beside(name).filter(|path| path.is_file()) {
            Some(path) => self.load(&Found { name: Arc::from(name), path, asked: false }).map(Some),
            None => Ok(None),
        };
        known.insert(name.to_owned(), result.clone());
        result
    }

    /// Names of the files in a folder outside of what is scanned.
    fn below_beside(&self, prefix: &str) -> Vec<Arc<str>> {
        let Some(folder) = self.beside(prefix.trim_end_matches('/')).filter(|path| path.is_dir()) else {
            return Vec::new();
        };
        let found = crate::walk::walk(std::slice::from_ref(&folder), &GlobSet::empty()).files;
        let shown = |found: &Found| {
            let below = found.path.strip_prefix(&folder).ok()?;
            Some(Arc::from(format!("{prefix}{}", below.to_str()?)))
        };
        let mut names: Vec<Arc<str>> = found.iter().filter_map(shown).collect();
        names.sort();
        names
    }

    /// The files, in order of their names.
    pub fn files(&self) -> &'a [Found] {
        self.files
    }

    fn index(&self, name: &str) -> Option<usize> {
        self.files.binary_search_by(|found| (*found.name).cmp(name)).ok()
    }

    fn load(&self, found: &Found) -> Result<Blob, Why> {
        if let Some(text) = self.overlay.get(&*found.name) {
            return Ok(Blob::Text(Arc::new(SourceText::new(found.name.clone(), text.as_str()))));
        }
        let bytes = read::bytes(&found.path, self.limit)?;
        Ok(match read::decode(bytes)? {
            Text::Text(text) => Blob::Text(Arc::new(SourceText::new(found.name.clone(), text))),
            Text::Binary(_, bytes) => Blob::Binary(bytes.into()),
        })
    }

    /// True for files that are scanned, unlike those that are only read because others need them.
    pub fn is_scanned(&self, name: &str) -> bool {
        self.index(name).is_some()
    }

    /// True for files in which a person could mend what is rendered. What a chart says of itself, its name above
    /// all, is part of much, but no setting.
    pub fn is_editable(&self, name: &str) -> bool {
        name.rsplit('/').next() != Some("Chart.yaml") && self.is_file(name)
    }

    /// A text, kept from now on; what is no text is not kept, since nobody may want it. `Ok(Err(kind))` for
    /// that.
    pub fn text(&self, found: &Found) -> Result<Result<Arc<SourceText>, &'static str>, Why> {
        let cell = self.index(&found.name).and_then(|index| self.contents.get(index));
        match cell.and_then(OnceLock::get) {
            Some(Ok(Blob::Text(text))) => return Ok(Ok(text.clone())),
            Some(Ok(Blob::Binary(_))) => return Ok(Err("binary")),
            Some(Err(why)) => return Err(why.clone()),
            None => {}
        }
        match self.load(found) {
            Ok(Blob::Text(text)) => {
                let kept = cell.map(|cell| cell.get_or_init(|| Ok(Blob::Text(text.clone()))));
                Ok(Ok(kept.and_then(|kept| kept.as_ref().ok()?.text().cloned()).unwrap_or(text)))
            }
            Ok(Blob::Binary(_)) => Ok(Err("binary")),
            Err(why) => Err(why),
        }
    }
}

impl Files for FileTree<'_> {
    fn read(&self, name: &str) -> Result<Option<Blob>, Why> {
        let Some(index) = self.index(name) else { return self.read_beside(name) };
        let (Some(found), Some(cell)) = (self.files.get(index), self.contents.get(index)) else {
            return Ok(None);
        };
        cell.get_or_init(|| self.load(found)).clone().map(Some)
    }

    fn below(&self, prefix: &str) -> Vec<Arc<str>> {
        let start = self.files.partition_point(|found| &*found.name < prefix);
        let below = self.files.iter().skip(start).take_while(|found| found.name.starts_with(prefix));
        let own: Vec<Arc<str>> = below.map(|found| found.name.clone()).collect();
        if own.is_empty() && !prefix.is_empty() { self.below_beside(prefix) } else { own }
    }

    fn is_file(&self, name: &str) -> bool {
        self.index(name).is_some() || self.beside(name).is_some_and(|path| path.is_file())
    }

    fn is_folder(&self, name: &str) -> bool {
        let prefix =
            if name.is_empty() || name.ends_with('/') { name.to_owned() } else { format!("{name}/") };
        let start = self.files.partition_point(|found| *found.name < *prefix);
        self.files.get(start).is_some_and(|found| found.name.starts_with(&prefix))
            || self.beside(name).is_some_and(|path| path.is_dir())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn overlays_name_folders_further_up() {
        let folder = std::env::temp_dir().join(format!("holdfast-around-{}", std::process::id()));
        for (at, text) in [
            (
                "top/tests/one",
                "resources: [../../base]\ncomponents:\n- ../../parts/a # why\n- https://example.com/../x\n",
            ),
            ("top/base", "resources:\n- ../../shared\n- web.yaml\n"),
            ("top/parts/a", "namePrefix: a-\n"),
            ("shared", "resources: [../top/base]\n"),
            ("unnamed", "resources: []\n"),
        ] {
            fs::create_dir_all(folder.join(at)).unwrap();
            fs::write(folder.join(at).join("kustomization.yaml"), text).unwrap();
        }
        let root = folder.join("top/tests/one").canonicalize().unwrap();
        let folder = folder.canonicalize().unwrap();
        let named: Vec<PathBuf> =
            built_on(&root).iter().map(|path| path.strip_prefix(&folder).unwrap().into()).collect();
        fs::remove_dir_all(&folder).unwrap();
        let expected = ["top/tests/one", "top/base", "top/parts/a", "shared"].map(PathBuf::from);
        assert_eq!(named, expected);
    }
}
