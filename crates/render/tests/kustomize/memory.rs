//! Files in memory, and manifests as JSON to compare them by.

use model::Why;
use render::{Blob, Files};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::sync::Arc;
use syntax::{Kind, Node, SourceText};

/// Files in memory.
#[derive(Default)]
pub struct Memory {
    files: BTreeMap<Arc<str>, Blob>,
}

#[allow(dead_code, reason = "not every test uses all of it")]
impl Memory {
    /// The files of a case: each after a line `=== NAME`.
    pub fn of_case(text: &str) -> Self {
        let mut memory = Self::default();
        for part in text.split("\n=== ").skip(1) {
            let (name, content) = part.split_once('\n').unwrap_or((part, ""));
            // The line feed that ends a file stands before the next mark, and was split off with it.
            let end = if content.is_empty() || content.ends_with('\n') { "" } else { "\n" };
            memory.add(name, &format!("{content}{end}"));
        }
        memory
    }

    /// Files by name and text.
    pub fn of(files: &[(&str, &str)]) -> Self {
        let mut memory = Self::default();
        for (name, text) in files {
            memory.add(name, text);
        }
        memory
    }

    /// Adds a file.
    pub fn add(&mut self, name: &str, text: &str) {
        let name: Arc<str> = Arc::from(name);
        let source = SourceText::new(name.clone(), text);
        self.files.insert(name, Blob::Text(Arc::new(source)));
    }

    /// Adds a file that is no text.
    pub fn add_bytes(&mut self, name: &str, bytes: &[u8]) {
        self.files.insert(Arc::from(name), Blob::Binary(bytes.into()));
    }
}

impl Files for Memory {
    fn read(&self, name: &str) -> Result<Option<Blob>, Why> {
        Ok(self.files.get(name).cloned())
    }

    fn below(&self, prefix: &str) -> Vec<Arc<str>> {
        self.files.keys().filter(|name| name.starts_with(prefix)).cloned().collect()
    }

    fn is_file(&self, name: &str) -> bool {
        self.files.contains_key(name)
    }

    fn is_folder(&self, name: &str) -> bool {
        let prefix = if name.is_empty() { String::new() } else { format!("{name}/") };
        self.files.keys().any(|name| name.starts_with(&prefix))
    }
}

fn value(node: Node<'_>) -> Value {
    match node.kind() {
        Kind::Null => Value::Null,
        Kind::Bool => node.as_bool().into(),
        Kind::Int | Kind::Float => node.scalar().and_then(syntax::scalar::parse_float).into(),
        Kind::Str => node.as_str().into(),
        Kind::Seq => node.items().map(value).collect(),
        Kind::Map => {
            let entries = node.entries().map(|(key, node)| (key.to_owned(), value(node)));
            // Sorted, so that equal maps print alike.
            let sorted: BTreeMap<String, Value> = entries.collect();
            sorted.into_iter().collect::<Map<_, _>>().into()
        }
    }
}

/// The documents of a text.
pub fn objects(text: &str) -> Vec<Value> {
    let tree = syntax::yaml::parse(Arc::new(SourceText::new("", text)));
    assert!(tree.errors().is_empty(), "{:?} in\n{text}", tree.errors());
    tree.roots().map(value).collect()
}

/// The only document of a text.
pub fn json(text: &str) -> Value {
    let mut all = objects(text);
    assert_eq!(all.len(), 1, "{text}");
    all.pop().unwrap_or_default()
}
