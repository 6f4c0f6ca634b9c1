//! A parsed file, as the inventory takes it.

use std::sync::Arc;
use syntax::{SourceText, Tree};

/// Largest Compose file for which fixes are tried, in bytes: each of them reads the whole file again, so that
/// the cost grows with the square of its size.
const MAX_COMPOSE_FIX: usize = 64 * 1024;

/// What a file was read as.
#[derive(Debug)]
pub enum Content {
    /// YAML or JSON with Kubernetes objects among its documents.
    Tree(Tree),
    /// A Dockerfile.
    Dockerfile(syntax::dockerfile::Dockerfile),
    /// A Compose project file, merged and expanded.
    Compose(syntax::compose::Project),
}

/// A parsed file.
#[derive(Debug)]
pub struct File {
    /// Its text.
    pub source: Arc<SourceText>,
    /// What it was read as.
    pub content: Content,
    /// The `.dockerignore` that applies to it, for a Dockerfile.
    pub dockerignore: Companion,
}

/// A file that belongs to another one.
#[derive(Clone, Debug)]
pub enum Companion {
    /// Nobody looked (standard input).
    Unknown,
    /// It is not there.
    Absent,
    /// Its text.
    Present(Arc<SourceText>),
}

/// Whether a text is read as JSON: by the ending of its name, else by how it begins.
pub fn is_json(name: &str, text: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is = |wanted: &str| ending.eq_ignore_ascii_case(wanted);
    is("json")
        || !(is("yaml") || is("yml")) && text.trim_start_matches('\u{feff}').trim_start().starts_with('{')
}

impl File {
    /// A parsed file of which nothing else is known.
    pub fn new(source: Arc<SourceText>, content: Content) -> Self {
        Self { source, content, dockerignore: Companion::Unknown }
    }

    /// True if `text` in the place of this file's own would bring no new mistakes.
    pub fn stays_readable(&self, text: &str) -> bool {
        self.reread(text.to_owned()).is_some()
    }

    /// The same file with another text, read in the same way. `None` if the new text has mistakes that the
    /// old one did not have.
    pub(crate) fn reread(&self, text: String) -> Option<Self> {
        let source = Arc::new(SourceText::new(self.source.name().clone(), text));
        let content = match &self.content {
            Content::Tree(old) => {
                let json = is_json(self.source.name(), self.source.text());
                let parse = if json { syntax::json::parse } else { syntax::yaml::parse };
                let tree = parse(source.clone());
                if tree.errors().len() > old.errors().len() {
                    return None;
                }
                Content::Tree(tree)
            }
            Content::Dockerfile(old) => {
                let dockerfile = syntax::dockerfile::parse(source.clone());
                if dockerfile.errors.len() > old.errors.len() {
                    return None;
                }
                Content::Dockerfile(dockerfile)
            }
            Content::Compose(old) => {
                // Only a part of the text is given, which stands for all of it where there is one document.
                let main = old.trees().first()?;
                if main.documents().len() > 1 || source.text().len() > MAX_COMPOSE_FIX {
                    return None;
                }
                let tree = syntax::yaml::parse(source.clone());
                if tree.errors().len() > main.errors().len() {
                    return None;
                }
                let (project, errors) = old.reread(tree);
                if errors.len() > old.errors() {
                    return None;
                }
                Content::Compose(project)
            }
        };
        Some(Self { source, content, dockerignore: self.dockerignore.clone() })
    }
}
