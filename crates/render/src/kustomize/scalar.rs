//! Scalars of manifests as text, the way Kustomize compares and joins them.

use crate::context::Context;
use crate::origin::{NO_OFFSET, OriginId, Origins};
use crate::text::Text;
use crate::value::Value;
use std::sync::Arc;
use syntax::{Kind, SourceText, Style};

/// The text of a scalar: as its file has it (`1.10`, `0x10`) if it came from one unchanged. `None` for
/// collections and null.
pub fn text(origins: &mut Origins, value: &Value) -> Option<Text> {
    let text = plain(origins, value)?;
    if let Value::Str(text) = value {
        return Some(text.clone());
    }
    let origin = value.origin(origins);
    Some(Text::new(text, origin, NO_OFFSET))
}

/// The same without its origin.
pub fn plain(origins: &Origins, value: &Value) -> Option<String> {
    let written = |origin: OriginId, kinds: &[Kind]| {
        let node = origins.node_of(origin)?;
        if kinds.contains(&node.kind()) { node.scalar().map(str::to_owned) } else { None }
    };
    Some(match value {
        Value::Str(text) => text.str().into_owned(),
        Value::Bool(value, origin) => written(*origin, &[Kind::Bool]).unwrap_or_else(|| value.to_string()),
        Value::Int(value, _, origin) => written(*origin, &[Kind::Int]).unwrap_or_else(|| value.to_string()),
        Value::Float(value, origin) => {
            written(*origin, &[Kind::Int, Kind::Float]).unwrap_or_else(|| value.to_string())
        }
        Value::Nil(_) | Value::List(..) | Value::Map(..) | Value::Object(..) => return None,
    })
}

/// True if a null is written out (`null`, `~`) and not just left empty.
pub fn is_written_null(origins: &Origins, origin: OriginId) -> bool {
    origins.node_of(origin).is_some_and(|node| node.kind() == Kind::Null && !node.span().is_empty())
}

/// A text as what YAML would read it for: a number, a boolean, null, or the text itself.
pub fn resolve(context: &mut Context, text: Text) -> Value {
    let Some(value) = resolved(&text.str()) else { return Value::Str(text) };
    let origin = text.origin(&mut context.origins);
    value.with_origin(origin)
}

/// The number, boolean or null that YAML reads a plain text for; `None` if it is a string.
fn resolved(text: &str) -> Option<Value> {
    /// Longer than any number anyone means.
    const LONGEST: usize = 40;
    if text.len() > LONGEST
        || text.contains(['\n', '#', ':', '{', '[', '"', '\'', '&', '*', '!', '|', '>', '%', '@', '`'])
    {
        return None;
    }
    let tree = syntax::yaml::parse(Arc::new(SourceText::new("", text)));
    let node = tree.roots().next()?;
    match node.kind() {
        // Not `yes` and `on`: see `manifest`.
        Kind::Bool => match text.trim() {
            "true" | "True" | "TRUE" => Some(Value::bool(true)),
            "false" | "False" | "FALSE" => Some(Value::bool(false)),
            _ => None,
        },
        Kind::Int | Kind::Float => {
            let text = node.scalar()?;
            let float = || syntax::scalar::parse_float(text).map(|value| Value::Float(value, OriginId::NONE));
            syntax::scalar::parse_int(text).map(Value::int).or_else(float)
        }
        Kind::Null if !text.trim().is_empty() => Some(Value::NIL),
        Kind::Null | Kind::Str | Kind::Seq | Kind::Map => None,
    }
}

/// A scalar put in the place of another, which keeps its quotes: in the place of a quoted text a number becomes
/// a text.
pub fn in_place_of(origins: &mut Origins, old: &Value, new: Value) -> Value {
    let Value::Str(old) = old else { return new };
    let origin = old.origin(origins);
    let is_quoted = origins.node_of(origin).is_some_and(|node| {
        matches!(node.style(), Style::Single | Style::Double | Style::Literal | Style::Folded)
    });
    match text(origins, &new) {
        Some(text) if is_quoted => Value::Str(text),
        _ => new,
    }
}

/// Whether a null, a collection without entries, or nothing at all.
pub fn is_empty(value: &Value) -> bool {
    match value {
        Value::Nil(_) => true,
        Value::Map(map, _) => map.is_empty(),
        Value::List(list, _) => list.items().is_empty(),
        _ => false,
    }
}

/// What Kustomize calls the kind of a node.
pub fn node_kind(value: &Value) -> &'static str {
    match value {
        Value::Map(..) => "MappingNode",
        Value::List(..) => "SequenceNode",
        _ => "ScalarNode",
    }
}
