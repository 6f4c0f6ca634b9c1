//! Functions on regular expressions. Expressions are written as Go's RE2 wants them.

mod syntax;

use super::arguments::{exactly, int, text};
use super::pieces::{origin_at, part, strings};
use crate::context::{Context, Function};
use crate::origin::NO_OFFSET;
use crate::text::{Text, TextBuf};
use crate::value::Value;
use regex::{Regex, RegexBuilder};
use std::collections::HashMap;
use std::rc::Rc;

pub(super) const FUNCTIONS: &[(&str, Function)] = &[
    ("regexMatch", |context, a| matches(context, "regexMatch", a)),
    ("mustRegexMatch", |context, a| matches(context, "mustRegexMatch", a)),
    ("regexFind", |context, a| find(context, "regexFind", a)),
    ("mustRegexFind", |context, a| find(context, "mustRegexFind", a)),
    ("regexFindAll", |context, a| find_all(context, "regexFindAll", a)),
    ("mustRegexFindAll", |context, a| find_all(context, "mustRegexFindAll", a)),
    ("regexReplaceAll", |context, a| replace(context, "regexReplaceAll", a, true)),
    ("mustRegexReplaceAll", |context, a| replace(context, "mustRegexReplaceAll", a, true)),
    ("regexReplaceAllLiteral", |context, a| replace(context, "regexReplaceAllLiteral", a, false)),
    ("mustRegexReplaceAllLiteral", |context, a| replace(context, "mustRegexReplaceAllLiteral", a, false)),
    ("regexSplit", |context, a| split(context, "regexSplit", a)),
    ("mustRegexSplit", |context, a| split(context, "mustRegexSplit", a)),
    ("regexQuoteMeta", quote_meta),
];

/// A compiled expression.
#[derive(Debug)]
struct Expression {
    regex: Regex,
    /// Names of its groups, by number.
    names: Vec<Option<String>>,
}

/// Expressions that were compiled during a rendering.
#[derive(Debug, Default)]
pub(crate) struct Cache(HashMap<Vec<u8>, Result<Rc<Expression>, String>>);

impl Cache {
    /// More are not kept.
    const MOST: usize = 256;
}

/// What compiling costs of the steps of a rendering.
const COMPILING: u64 = 20_000;

/// Bytes that a compiled expression may take.
const LARGEST: usize = 4 << 20;

fn compiled(context: &mut Context, source: &Text) -> Result<Rc<Expression>, String> {
    if let Some(known) = context.expressions.0.get(source.bytes()) {
        return known.clone();
    }
    context.budget.step(COMPILING)?;
    context.budget.take(source.len().saturating_mul(16))?;
    let result = compile(&source.str()).map(Rc::new);
    let cache = &mut context.expressions.0;
    if cache.len() >= Cache::MOST {
        cache.clear();
    }
    cache.insert(source.bytes().to_vec(), result.clone());
    result
}

fn compile(source: &str) -> Result<Expression, String> {
    let translated = syntax::translate(source).map_err(|why| format!("error parsing regexp: {why}"))?;
    let regex = RegexBuilder::new(&translated.source)
        .size_limit(LARGEST)
        .dfa_size_limit(LARGEST)
        .build()
        .map_err(|_| "error parsing regexp: expression too large".to_owned())?;
    Ok(Expression { regex, names: translated.names })
}

/// The expression of a function that, without `must`, panics in the original.
fn expression(context: &mut Context, name: &str, source: &Value) -> Result<Rc<Expression>, String> {
    let source = text(source)?;
    compiled(context, source).map_err(|error| {
        if name.starts_with("must") || !error.starts_with("error parsing") {
            return error;
        }
        format!("regexp: Compile({}): {error}", shown(&source.str()))
    })
}

/// An expression in backquotes, if they can hold it.
fn shown(source: &str) -> String {
    let plain = |c: char| c == '\t' || (c != '`' && !c.is_control() && c != '\u{feff}');
    if source.chars().all(plain) {
        return format!("`{source}`");
    }
    let mut out = TextBuf::default();
    super::quoting::push_quoted(&mut out, &Text::plain(source));
    out.finish().str().into_owned()
}

/// The text to search; what is no UTF-8 is replaced, so that places in it are those of the text.
fn searched(context: &mut Context, value: &Value) -> Result<Text, String> {
    let text = text(value)?;
    context.budget.take(text.len())?;
    if std::str::from_utf8(text.bytes()).is_ok() {
        return Ok(text.clone());
    }
    let origin = text.origin(&mut context.origins);
    Ok(Text::derived(text.str().into_owned(), origin))
}

/// Places of matches. Each search may look at all of the rest, hence its price.
fn places(
    context: &mut Context,
    expression: &Expression,
    text: &Text,
    most: usize,
) -> Result<Vec<(usize, usize)>, String> {
    let searched = text.str();
    let mut places = Vec::new();
    for found in expression.regex.find_iter(&searched).take(most) {
        context.budget.step(1 + (text.len() - found.start()) as u64 / 1024)?;
        places.push((found.start(), found.end()));
    }
    Ok(places)
}

/// Go takes a number below zero for no limit.
fn limit(count: i64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

fn matches(context: &mut Context, name: &str, a: &[Value]) -> Result<Value, String> {
    let [source, value] = exactly(name, a)?;
    let searched = searched(context, value)?;
    let is_match = match compiled(context, text(source)?) {
        Ok(expression) => expression.regex.is_match(&searched.str()),
        Err(error) if name.starts_with("must") || !error.starts_with("error parsing") => return Err(error),
        Err(_) => false,
    };
    Ok(context.computed(Value::bool(is_match), a))
}

fn find(context: &mut Context, name: &str, a: &[Value]) -> Result<Value, String> {
    let [source, value] = exactly(name, a)?;
    let expression = expression(context, name, source)?;
    let text = searched(context, value)?;
    let (start, end) = places(context, &expression, &text, 1)?.first().copied().unwrap_or((0, 0));
    Ok(Value::Str(part(context, &text, start, end)))
}

fn find_all(context: &mut Context, name: &str, a: &[Value]) -> Result<Value, String> {
    let [source, value, most] = exactly(name, a)?;
    let most = int(most)?;
    let expression = expression(context, name, source)?;
    let text = searched(context, value)?;
    let places = places(context, &expression, &text, limit(most))?;
    let parts = places.into_iter().map(|(start, end)| part(context, &text, start, end)).collect();
    strings(context, parts, a)
}

fn replace(context: &mut Context, name: &str, a: &[Value], expands: bool) -> Result<Value, String> {
    let [source, value, new] = exactly(name, a)?;
    let new = text(new)?;
    let expression = expression(context, name, source)?;
    let old = searched(context, value)?;
    let template = if expands { Template::parse(&new.str()) } else { Template(Vec::new()) };
    let searched = old.str();
    let mut out = TextBuf::default();
    let mut done = 0;
    let mut found_any = false;
    for groups in expression.regex.captures_iter(&searched) {
        let Some(whole) = groups.get(0) else { continue };
        found_any = true;
        context.budget.step(1 + (old.len() - whole.start()) as u64 / 1024)?;
        out.push_slice(&old, done, whole.start());
        done = whole.end();
        // What is put in counts as computed from what it replaces and, if it is a value, from that.
        let replaced = origin_at(&old, whole.start());
        let by = new.origin(&mut context.origins);
        let origin = context.origins.derive([replaced, by]);
        if !expands {
            context.budget.take(new.len())?;
            out.push(new.bytes(), origin, NO_OFFSET);
        }
        for piece in &template.0 {
            match piece {
                Piece::Literal(text) => {
                    context.budget.take(text.len())?;
                    out.push(text.as_bytes(), origin, NO_OFFSET);
                }
                Piece::Group(name) => {
                    let group = expression.group(name).find_map(|index| groups.get(index));
                    if let Some(group) = group {
                        context.budget.take(group.len())?;
                        out.push_slice(&old, group.start(), group.end());
                    }
                }
            }
        }
    }
    if !found_any {
        return Ok(Value::Str(old.clone()));
    }
    out.push_slice(&old, done, old.len());
    if out.is_empty() {
        return Ok(Value::Str(part(context, &old, 0, 0)));
    }
    Ok(Value::Str(out.finish()))
}

impl Expression {
    /// Numbers of the groups of a name, which may be a number.
    fn group<'a>(&'a self, name: &'a str) -> impl Iterator<Item = usize> + 'a {
        let is_number =
            name.bytes().all(|byte| byte.is_ascii_digit()) && (name == "0" || !name.starts_with('0'));
        let number = if is_number { name.parse().ok() } else { None };
        let named = self
            .names
            .iter()
            .enumerate()
            .filter(move |(_, own)| number.is_none() && own.as_deref() == Some(name));
        number.into_iter().chain(named.map(|(index, _)| index))
    }
}

/// A replacement: `$1`, `${name}`, `$$`.
struct Template(Vec<Piece>);

enum Piece {
    Literal(String),
    Group(String),
}

impl Template {
    fn parse(text: &str) -> Self {
        let mut pieces = Vec::new();
        let mut literal = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('$') {
            literal.push_str(before);
            if let Some(after) = after.strip_prefix('$') {
                literal.push('$');
                rest = after;
                continue;
            }
            let (name, after_name) = match after.strip_prefix('{') {
                Some(inner) => match inner.split_once('}') {
                    Some((name, after)) if name.chars().all(is_of_name) => (name, after),
                    _ => ("", after),
                },
                None => after
                    .split_at_checked(after.find(|c| !is_of_name(c)).unwrap_or(after.len()))
                    .unwrap_or(("", after)),
            };
            if name.is_empty() {
                // No name: the sign stands for itself.
                literal.push('$');
                rest = after;
                continue;
            }
            pieces.push(Piece::Literal(std::mem::take(&mut literal)));
            pieces.push(Piece::Group(name.to_owned()));
            rest = after_name;
        }
        literal.push_str(rest);
        pieces.push(Piece::Literal(literal));
        Self(pieces)
    }
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn split(context: &mut Context, name: &str, a: &[Value]) -> Result<Value, String> {
    let [source, value, most] = exactly(name, a)?;
    let most = int(most)?;
    let expression = expression(context, name, source)?;
    let old = searched(context, value)?;
    if most == 0 {
        return strings(context, Vec::new(), a);
    }
    if old.is_empty() && !text(source)?.is_empty() {
        return strings(context, vec![old], a);
    }
    let places = places(context, &expression, &old, limit(most))?;
    let mut parts = Vec::new();
    let (mut begun, mut ended) = (0, 0);
    for (start, end) in places {
        if parts.len() + 1 == limit(most) {
            break;
        }
        ended = start;
        // An empty match in front splits nothing off.
        if end != 0 {
            parts.push(part(context, &old, begun, ended));
        }
        begun = end;
    }
    if ended != old.len() {
        parts.push(part(context, &old, begun, old.len()));
    }
    strings(context, parts, a)
}

fn quote_meta(context: &mut Context, a: &[Value]) -> Result<Value, String> {
    let [value] = exactly("regexQuoteMeta", a)?;
    let text = text(value)?;
    context.budget.take(2 * text.len())?;
    let mut out = TextBuf::default();
    let mut done = 0;
    for (at, byte) in text.bytes().iter().enumerate() {
        if b"\\.+*?()|[]{}^$".contains(byte) {
            out.push_slice(text, done, at);
            out.push(b"\\", origin_at(text, at), NO_OFFSET);
            done = at;
        }
    }
    if done == 0 && out.is_empty() {
        return Ok(value.clone());
    }
    out.push_slice(text, done, text.len());
    Ok(Value::Str(out.finish()))
}
