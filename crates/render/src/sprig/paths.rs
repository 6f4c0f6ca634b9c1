//! Paths, with `/` between their parts as everywhere in charts.

use super::arguments::{exactly, text};
use super::pieces::{part, recast};
use crate::context::{Context, Function};
use crate::text::Text;
use crate::value::Value;

pub(super) const FUNCTIONS: &[(&str, Function)] = &[
    ("base", |context, a| on_path(context, "base", a, base)),
    ("osBase", |context, a| on_path(context, "osBase", a, base)),
    ("dir", |context, a| on_path(context, "dir", a, dir)),
    ("osDir", |context, a| on_path(context, "osDir", a, dir)),
    ("clean", |context, a| on_path(context, "clean", a, cleaned)),
    ("osClean", |context, a| on_path(context, "osClean", a, cleaned)),
    ("ext", |context, a| on_path(context, "ext", a, ext)),
    ("osExt", |context, a| on_path(context, "osExt", a, ext)),
    ("isAbs", |context, a| is_absolute(context, "isAbs", a)),
    ("osIsAbs", |context, a| is_absolute(context, "osIsAbs", a)),
];

fn on_path(
    context: &mut Context,
    name: &str,
    a: &[Value],
    step: impl Fn(&mut Context, &Text) -> Result<Text, String>,
) -> Result<Value, String> {
    let [value] = exactly(name, a)?;
    step(context, text(value)?).map(Value::Str)
}

fn is_absolute(context: &mut Context, name: &str, a: &[Value]) -> Result<Value, String> {
    let [value] = exactly(name, a)?;
    let is = text(value)?.bytes().starts_with(b"/");
    Ok(context.computed(Value::bool(is), a))
}

#[allow(clippy::unnecessary_wraps)] // As its likes.
fn base(context: &mut Context, text: &Text) -> Result<Text, String> {
    let bytes = text.bytes();
    let Some(last) = bytes.iter().rposition(|byte| *byte != b'/') else {
        let bytes: &[u8] = if bytes.is_empty() { b"." } else { b"/" };
        return recast(context, text, bytes.to_vec());
    };
    let end = last + 1;
    let start = bytes.iter().take(end).rposition(|byte| *byte == b'/').map_or(0, |at| at + 1);
    Ok(part(context, text, start, end))
}

fn dir(context: &mut Context, text: &Text) -> Result<Text, String> {
    let end = text.bytes().iter().rposition(|byte| *byte == b'/').map_or(0, |at| at + 1);
    let folder = part(context, text, 0, end);
    cleaned(context, &folder)
}

#[allow(clippy::unnecessary_wraps)] // As its likes.
fn ext(context: &mut Context, text: &Text) -> Result<Text, String> {
    let place = text.bytes().iter().rposition(|byte| matches!(byte, b'/' | b'.'));
    let start = place.filter(|at| text.bytes().get(*at) == Some(&b'.')).unwrap_or(text.len());
    Ok(part(context, text, start, text.len()))
}

fn cleaned(context: &mut Context, text: &Text) -> Result<Text, String> {
    let clean = clean(&text.str());
    recast(context, text, clean.into_bytes())
}

/// The shortest path of the same meaning.
fn clean(path: &str) -> String {
    let root = path.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => drop(parts.pop()),
            ".." if root => {}
            other => parts.push(other),
        }
    }
    let joined = parts.join("/");
    match (root, joined.is_empty()) {
        (true, _) => format!("/{joined}"),
        (false, true) => ".".to_owned(),
        (false, false) => joined,
    }
}
