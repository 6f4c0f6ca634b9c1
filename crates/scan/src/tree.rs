//! The files of a run as renderings see them: by name, read once, nothing outside.

use crate::read::{self, Text};
use crate::walk::Found;
use model::Why;
use render::{Blob, Files};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};
use syntax::SourceText;

/// All files that were found, with what was read of them so far.
#[derive(Debug)]
pub struct FileTree<'a> {
    files: &'a [Found],
    contents: Vec<OnceLock<Result<Blob, Why>>>,
    /// Texts that stand for the files' own.
    overlay: &'a BTreeMap<String, String>,
    limit: u64,
}

impl<'a> FileTree<'a> {
    /// A tree of these files, which are in order of their names.
    pub fn new(files: &'a [Found], overlay: &'a BTreeMap<String, String>, limit: u64) -> Self {
        let contents = files.iter().map(|_| OnceLock::new()).collect();
        Self { files, contents, overlay, limit }
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
        let Some(index) = self.index(name) else { return Ok(None) };
        let (Some(found), Some(cell)) = (self.files.get(index), self.contents.get(index)) else {
            return Ok(None);
        };
        cell.get_or_init(|| self.load(found)).clone().map(Some)
    }

    fn below(&self, prefix: &str) -> Vec<Arc<str>> {
        let start = self.files.partition_point(|found| &*found.name < prefix);
        let below = self.files.iter().skip(start).take_while(|found| found.name.starts_with(prefix));
        below.map(|found| found.name.clone()).collect()
    }

    fn is_file(&self, name: &str) -> bool {
        self.index(name).is_some()
    }

    fn is_folder(&self, name: &str) -> bool {
        let prefix =
            if name.is_empty() || name.ends_with('/') { name.to_owned() } else { format!("{name}/") };
        let start = self.files.partition_point(|found| *found.name < *prefix);
        self.files.get(start).is_some_and(|found| found.name.starts_with(&prefix))
    }
}
