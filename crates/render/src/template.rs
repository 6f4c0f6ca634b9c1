//! Go's text/template: lexer, parser, executor.
//!
//! [`parse`] turns a text into [`Parsed`], which is shared between renderings; an [`Engine`] holds the templates
//! of one rendering by name, later definitions replacing earlier ones, and executes them. Executing needs no
//! recursion, so that templates may call one another [`DEEPEST_CALL`] deep on any thread.

mod builtin;
mod code;
mod escape;
pub mod float;
mod lexer;
mod literal;
mod machine;
mod parser;
mod printf;
mod show;
mod shown;
mod signature;

pub use literal::{quote, quote_bytes};
pub use machine::DEEPEST_CALL;
pub use show::{show, text as show_text};

use crate::context::Context;
use crate::origin::FileId;
use crate::text::Text;
use crate::value::Value;
use code::Unit;
use model::Span;
use parser::Misparse;
use std::collections::HashMap;
use std::sync::Arc;
use syntax::SourceText;

/// A parsed template file: its own body and the templates it defines.
#[derive(Debug)]
pub struct Parsed {
    source: Arc<SourceText>,
    name: Arc<str>,
    unit: Unit,
    comments: Vec<Span>,
}

impl Parsed {
    /// The text.
    pub fn source(&self) -> &Arc<SourceText> {
        &self.source
    }

    /// Its comments, with their braces, in the order of the text.
    pub fn comments(&self) -> &[Span] {
        &self.comments
    }

    /// Names of its templates, its own among them, and where each stands, with its `define` and `end`.
    pub fn templates(&self) -> impl Iterator<Item = (&str, Span)> {
        self.unit.codes.iter().map(|code| (&*code.name, code.span))
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
    compile(source, name).map_err(|error| {
        // Helm keeps only what stands after the last colon.
        let words = error.message.rsplit(": ").next().unwrap_or("");
        Fault {
            message: format!("parse error at ({name}:{}): {words}", error.line),
            source: Some(source.clone()),
            span: error.span,
        }
    })
}

fn compile(source: &Arc<SourceText>, name: &str) -> Result<Parsed, Misparse> {
    let compiled = parser::compile(source, name)?;
    Ok(Parsed {
        source: source.clone(),
        name: Arc::from(name),
        unit: compiled.unit,
        comments: compiled.comments,
    })
}

/// A template of an engine.
#[derive(Clone, Debug)]
struct Entry {
    parsed: Arc<Parsed>,
    /// Which of its templates.
    index: usize,
    /// `None` for the text of a `tpl`, which is no file.
    file: Option<FileId>,
}

/// The templates of one rendering, and what executes them.
#[derive(Debug)]
pub struct Engine {
    /// Origins, budget, randomness.
    pub context: Context,
    templates: HashMap<Arc<str>, Entry>,
    /// Texts given to `tpl`, parsed.
    strings: HashMap<Vec<u8>, Arc<Parsed>>,
    /// How errors call each file: one text may take part under another name than it was parsed under.
    names: HashMap<FileId, Arc<str>>,
}

impl Engine {
    /// No templates yet.
    pub fn new(context: Context) -> Self {
        Self { context, templates: HashMap::new(), strings: HashMap::new(), names: HashMap::new() }
    }

    /// Adds a parsed file under the name of its body, and all that it defines; what was there under those names
    /// is replaced, unless the new body is empty (as in Go, where an empty definition replaces nothing).
    pub fn add(&mut self, name: &str, parsed: &Arc<Parsed>) -> FileId {
        let file = self.context.origins.add_text(parsed.source.clone());
        self.names.insert(file, Arc::from(name));
        for (index, code) in parsed.unit.codes.iter().enumerate() {
            let key: Arc<str> = if code.name == parsed.name { Arc::from(name) } else { code.name.clone() };
            if code.is_empty && self.templates.contains_key(&key) {
                continue;
            }
            self.templates.insert(key, Entry { parsed: parsed.clone(), index, file: Some(file) });
        }
        file
    }

    /// True if there is a template of this name.
    pub fn has(&self, name: &str) -> bool {
        self.templates.contains_key(name)
    }

    /// Executes a template. All its literal text and everything its actions write carries origins.
    pub fn execute(&mut self, name: &str, data: &Value) -> Result<Text, Fault> {
        machine::execute(self, name, data)
    }
}
