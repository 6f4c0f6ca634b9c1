//! What is kept between renderings.

use super::chart::Chart;
use crate::template::{self, Fault, Parsed};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use syntax::{SourceText, Tree, yaml};

/// Parsed templates, values files and charts, kept between renderings and shared between threads.
///
/// Everything is kept under the address of the text it was made of. The text is kept, too, so that no other
/// text can come to have its address.
#[derive(Debug, Default)]
pub struct Library {
    templates: Shelf<SourceText, Result<Arc<Parsed>, Fault>>,
    trees: Shelf<SourceText, Arc<Tree>>,
    charts: Shelf<SourceText, Arc<Chart>>,
    archives: Shelf<[u8], Result<Arc<Chart>, Vec<crate::Problem>>>,
}

/// Results by the text they were made of, of two variants each.
#[derive(Debug)]
struct Shelf<K: ?Sized, V>(Mutex<HashMap<Address, Kept<K, V>>>);

type Address = (usize, bool);
type Kept<K, V> = (Arc<K>, V);

impl<K: ?Sized, V> Default for Shelf<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: ?Sized, V: Clone> Shelf<K, V> {
    fn get(&self, key: &Arc<K>, variant: bool) -> Option<V> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(&(Arc::as_ptr(key).addr(), variant)).map(|(_, value)| value.clone())
    }

    fn drop_if(&self, unwanted: impl Fn(&K) -> bool) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|_, (key, _)| !unwanted(key));
        kept.shrink_to_fit();
    }

    fn put(&self, key: &Arc<K>, variant: bool, value: V) -> V {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = (Arc::as_ptr(key).addr(), variant);
        kept.entry(at).or_insert_with(|| (key.clone(), value)).1.clone()
    }
}

impl Library {
    /// Lets go of what was kept of files below a folder, which are not needed any more; if they are, they are
    /// read again.
    pub fn forget(&self, folder: &str) {
        let below =
            |source: &SourceText| source.name().strip_prefix(folder).is_some_and(|n| n.starts_with('/'));
        self.templates.drop_if(below);
        self.trees.drop_if(below);
        self.charts.drop_if(below);
    }

    /// A parsed template. Its text may take part in several charts under several names; the first one counts
    /// for what is kept, and the message of an error is put right.
    pub(super) fn template(&self, source: &Arc<SourceText>, name: &str) -> Result<Arc<Parsed>, Fault> {
        let parsed = self.templates.get(source, false).unwrap_or_else(|| {
            self.templates.put(source, false, template::parse(source, name).map(Arc::new))
        });
        parsed.map_err(|fault| renamed(fault, name))
    }

    /// A file read as YAML.
    pub(super) fn tree(&self, source: &Arc<SourceText>) -> Arc<Tree> {
        self.trees
            .get(source, false)
            .unwrap_or_else(|| self.trees.put(source, false, Arc::new(yaml::parse(source.clone()))))
    }

    /// A chart read before, by its `Chart.yaml`; `nested` if it was read as part of another.
    pub(super) fn chart(&self, metadata: &Arc<SourceText>, nested: bool) -> Option<Arc<Chart>> {
        self.charts.get(metadata, nested)
    }

    pub(super) fn keep_chart(
        &self,
        metadata: &Arc<SourceText>,
        nested: bool,
        chart: Arc<Chart>,
    ) -> Arc<Chart> {
        self.charts.put(metadata, nested, chart)
    }

    /// A packaged chart read before.
    pub(super) fn archive(&self, bytes: &Arc<[u8]>) -> Option<Result<Arc<Chart>, Vec<crate::Problem>>> {
        self.archives.get(bytes, false)
    }

    pub(super) fn keep_archive(
        &self,
        bytes: &Arc<[u8]>,
        chart: Result<Arc<Chart>, Vec<crate::Problem>>,
    ) -> Result<Arc<Chart>, Vec<crate::Problem>> {
        self.archives.put(bytes, false, chart)
    }
}

/// A fault of parsing, `parse error at (NAME:LINE): ...`, under another name of the template.
fn renamed(mut fault: Fault, name: &str) -> Fault {
    if let Some(rest) = fault.message.strip_prefix("parse error at (")
        && let Some((place, rest)) = rest.split_once("): ")
        && let Some((_, line)) = place.rsplit_once(':')
    {
        fault.message = format!("parse error at ({name}:{line}): {rest}");
    }
    fault
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_shared_between_threads() {
        fn shared<T: Send + Sync>() {}
        shared::<Library>();
        shared::<Chart>();
    }
}
