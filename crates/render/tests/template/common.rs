//! A chart of a few templates and one values file.

use render::template::{Engine, Fault, parse};
use render::{Context, FileId, Text, Value};
use std::sync::Arc;
use syntax::{SourceText, yaml};

pub struct Chart {
    pub engine: Engine,
    root: Value,
}

impl Chart {
    pub fn new(values: &str) -> Self {
        let tree = Arc::new(yaml::parse(Arc::new(SourceText::new("values.yaml", values))));
        let mut context = Context::new(0);
        let file = context.origins.add_tree(tree.clone());
        let node = tree.roots().next().expect("a document");
        let mut budget = 10_000;
        let values = Value::from_node(&mut context.origins, file, node, &mut budget).expect("small values");
        Self { engine: Engine::new(context), root: Value::map([("Values".into(), values)]) }
    }

    pub fn add(&mut self, name: &str, text: &str) -> Result<FileId, Fault> {
        let source = Arc::new(SourceText::new(name, text));
        Ok(self.engine.add(name, &Arc::new(parse(&source, name)?)))
    }

    pub fn execute(&mut self, name: &str) -> Result<Text, Fault> {
        self.engine.execute(name, &self.root)
    }

    /// The text of a template that is added and executed.
    pub fn render(&mut self, text: &str) -> Result<Text, Fault> {
        self.add("t", text)?;
        self.execute("t")
    }

    /// What each run of a text came from, in short.
    pub fn told(&self, text: &Text) -> Vec<(String, String)> {
        let runs = text.runs();
        let ends = runs.iter().skip(1).map(|run| run.at as usize).chain([text.len()]);
        runs.iter()
            .zip(ends)
            .map(|(run, end)| {
                let bytes = &text.bytes()[run.at as usize..end];
                (String::from_utf8_lossy(bytes).into_owned(), self.origin(run.origin))
            })
            .collect()
    }

    /// An origin, in short.
    pub fn origin(&self, id: render::OriginId) -> String {
        use render::Origin;
        let origins = &self.engine.context.origins;
        match origins.get(id) {
            Origin::None | Origin::Generated => "none".to_owned(),
            Origin::Literal { .. } => "literal".to_owned(),
            Origin::Node { .. } => match origins.node_of(id) {
                Some(node) => format!("node {}", node.pointer().as_str()),
                None => "node ?".to_owned(),
            },
            Origin::Missing { parent, key } => format!("missing {key} of {}", self.origin(*parent)),
            Origin::Derived(parts) => {
                let parts: Vec<String> = parts.iter().map(|part| self.origin(*part)).collect();
                format!("derived({})", parts.join(", "))
            }
            Origin::Written { value, file, span, .. } => {
                let source = origins.source(*file).expect("a text");
                format!("{} by {}", self.origin(*value), source.slice(*span))
            }
        }
    }
}
