//! Texts to values that know which part of the text, and so which value or file, they came from.

use super::strval::float;
use super::time::Time;
use crate::context::Context;
use crate::origin::OriginId;
use crate::text::Text;
use crate::value::{IntKind, Value};
use std::rc::Rc;
use std::sync::Arc;
use syntax::{Kind, Node, SourceText, Tree};

/// Runs of which a collection is said to come; the rest tells a person nothing more.
const MOST_RUNS: usize = 32;

/// A text being read.
struct Reader<'a> {
    context: &'a mut Context,
    text: &'a Text,
    /// False if the text is no UTF-8: places in the tree are not those in the text then.
    exact: bool,
    /// True for YAML, whose keys may be numbers.
    typed_keys: bool,
}

/// The first document of a YAML text, as `sigs.k8s.io/yaml` reads it. Errors are in the form of the original,
/// with the words of our parser.
pub(super) fn yaml(context: &mut Context, text: &Text) -> Result<Value, String> {
    context.budget.take(text.len())?;
    let source = Arc::new(SourceText::new("", text.str()));
    let tree = syntax::yaml::parse(source);
    let Some(document) = tree.documents().first() else { return Ok(Value::NIL) };
    let lost = |error: &&syntax::SyntaxError| error.lost && error.span.start <= document.span.end;
    if let Some(error) = tree.errors().iter().find(lost) {
        let line = tree.source().line_of(error.span.start);
        return Err(format!("error converting YAML to JSON: yaml: line {line}: {}", error.message));
    }
    let Some(root) = document.root else { return Ok(Value::NIL) };
    let exact = std::str::from_utf8(text.bytes()).is_ok();
    let mut reader = Reader { context, text, exact, typed_keys: true };
    reader.node(tree.node(root)).map_err(|error| format!("error converting YAML to JSON: {error}"))
}

/// A JSON text, as `encoding/json` reads it.
pub(super) fn json(context: &mut Context, text: &Text) -> Result<Value, String> {
    context.budget.take(text.len())?;
    let tree = syntax::json::parse(Arc::new(SourceText::new("", text.str())));
    if let Some(error) = tree.errors().iter().find(|error| error.lost) {
        return Err(json_error(&tree, error.span.start));
    }
    let Some(root) = tree.roots().next() else { return Err(UNEXPECTED_END.to_owned()) };
    let exact = std::str::from_utf8(text.bytes()).is_ok();
    Reader { context, text, exact, typed_keys: false }.node(root)
}

const UNEXPECTED_END: &str = "unexpected end of JSON input";

fn json_error(tree: &Tree, at: u32) -> String {
    let rest = tree.source().text().get(at as usize..).unwrap_or("").trim_start();
    let after_value = tree.roots().next().is_some_and(|root| root.span().end <= at);
    match rest.chars().next() {
        Some(c) if after_value => format!("invalid character '{c}' after top-level value"),
        // An opening bracket that is not closed is where our parser sees the mistake.
        None | Some('{' | '[' | '"') => UNEXPECTED_END.to_owned(),
        Some(c) => format!("invalid character '{c}' looking for beginning of value"),
    }
}

impl Reader<'_> {
    /// Origin of bytes of the text: the only one they have, or derived from theirs.
    fn origin(&mut self, start: usize, end: usize) -> OriginId {
        if !self.exact {
            let origin = self.text.origin(&mut self.context.origins);
            return self.context.origins.derive([origin]);
        }
        let runs = self.text.runs();
        let first = runs.partition_point(|run| run.at as usize <= start).saturating_sub(1);
        let within: Vec<OriginId> = runs
            .iter()
            .skip(first)
            .take_while(|run| (run.at as usize) < end.max(start + 1))
            .take(MOST_RUNS)
            .map(|run| run.origin)
            .collect();
        match within.as_slice() {
            [] => OriginId::NONE,
            [one, rest @ ..] if rest.iter().all(|other| other == one) => *one,
            several => self.context.origins.derive(several.iter().copied()),
        }
    }

    fn string(&mut self, node: Node<'_>, origin: OriginId) -> Text {
        let content = node.as_str().unwrap_or("");
        // A scalar that is not decoded is a part of the source; its address says which.
        let base = node.tree().source().text();
        let inside = content.as_ptr().addr().wrapping_sub(base.as_ptr().addr());
        if self.exact && base.get(inside..inside.saturating_add(content.len())) == Some(content) {
            return self.text.slice(inside, inside + content.len());
        }
        let origin = self.context.origins.derive([origin]);
        Text::derived(content, origin)
    }

    fn key(&self, node: Node<'_>, key: &str) -> Result<Rc<str>, String> {
        let quoted = || {
            let span = node.key_span()?;
            Some(node.tree().source().slice(span).starts_with(['"', '\'', '|', '>', '!', '*']))
        };
        if !self.typed_keys || quoted().unwrap_or(true) {
            return Ok(Rc::from(key));
        }
        Ok(match syntax::scalar::resolve(key) {
            Kind::Bool => Rc::from(if syntax::scalar::is_true(key) { "true" } else { "false" }),
            Kind::Int => syntax::scalar::parse_int(key).map_or(Rc::from(key), |n| n.to_string().into()),
            Kind::Float => syntax::scalar::parse_float(key).map_or(Rc::from(key), |n| float(n).into()),
            Kind::Null => return Err("unsupported map key of type: %!s(<nil>), key: <nil>".to_owned()),
            Kind::Str | Kind::Map | Kind::Seq => Rc::from(key),
        })
    }

    /// Depth is bounded by the parser; what aliases repeat, by the budget.
    fn node(&mut self, node: Node<'_>) -> Result<Value, String> {
        self.context.budget.step(1)?;
        let span = node.span();
        let origin = self.origin(span.start as usize, span.end as usize);
        Ok(match node.kind() {
            Kind::Null => Value::Nil(origin),
            Kind::Bool => Value::Bool(node.as_bool().unwrap_or(false), origin),
            Kind::Int | Kind::Float => {
                let number = node.scalar().and_then(syntax::scalar::parse_float).unwrap_or(0.0);
                if !number.is_finite() {
                    return Err(format!("json: unsupported value: {}", float(number)));
                }
                Value::Float(number, origin)
            }
            Kind::Str => {
                self.context.budget.take(node.as_str().map_or(0, str::len))?;
                Value::Str(self.string(node, origin))
            }
            Kind::Seq => {
                let mut items = Vec::new();
                for item in node.items() {
                    items.push(self.node(item)?);
                }
                Value::list(items).with_origin(origin)
            }
            Kind::Map => {
                let mut entries = Vec::new();
                for (key, value) in node.entries() {
                    entries.push((self.key(value, key)?, self.node(value)?));
                }
                Value::map(entries).with_origin(origin)
            }
        })
    }
}

/// A TOML text. All of it derives from the text as a whole.
pub(super) fn toml(context: &mut Context, text: &Text) -> Result<Value, String> {
    context.budget.take(text.len())?;
    let origin = text.origin(&mut context.origins);
    let origin = context.origins.derive([origin]);
    let input = text.str();
    let table: toml::Table = input.parse().map_err(|error: toml::de::Error| {
        let before = error.span().and_then(|span| input.get(..span.start)).unwrap_or("");
        let line = before.matches('\n').count() + 1;
        format!("toml: line {line}: {}", error.message())
    })?;
    toml_value(context, toml::Value::Table(table), origin)
}

/// Depth is bounded by the parser.
fn toml_value(context: &mut Context, value: toml::Value, origin: OriginId) -> Result<Value, String> {
    context.budget.step(1)?;
    Ok(match value {
        toml::Value::String(text) => Value::Str(Text::derived(text, origin)),
        toml::Value::Integer(number) => Value::Int(number, IntKind::Int64, origin),
        toml::Value::Float(number) => Value::Float(number, origin),
        toml::Value::Boolean(value) => Value::Bool(value, origin),
        toml::Value::Datetime(time) => match Time::parse_rfc3339(&time.to_string()) {
            Some(time) => Value::Object(Rc::new(time), origin),
            None => Value::Str(Text::derived(time.to_string(), origin)),
        },
        toml::Value::Array(items) => {
            let mut list = Vec::new();
            for item in items {
                list.push(toml_value(context, item, origin)?);
            }
            Value::list(list).with_origin(origin)
        }
        toml::Value::Table(table) => {
            let mut entries = Vec::new();
            for (key, value) in table {
                entries.push((Rc::from(key), toml_value(context, value, origin)?));
            }
            Value::map(entries).with_origin(origin)
        }
    })
}
