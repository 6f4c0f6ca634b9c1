//! YAML documents to objects, as Kustomize reads them.
//!
//! Kustomize reads manifests as YAML 1.2 with leftovers of 1.1: `yes` and `on` are strings, `0644` is octal, and
//! a plain date is a time, which comes out in full.

use super::fault::Fault;
use super::loader::{Loader, Parsed};
use super::rendered;
use super::resource::{Resource, plain};
use crate::files::Blob;
use crate::origin::{FileId, OriginId};
use crate::text::Text;
use crate::value::{IntKind, List, Map, Value};
use model::WhyCode;
use std::collections::VecDeque;
use syntax::{Kind, Node, Style};

/// What the places of nodes are.
pub(super) enum Place<'t> {
    /// The nodes of a file.
    Nodes(FileId),
    /// One place for all.
    One(OriginId),
    /// What the bytes of the text came from that the tree was made of.
    Runs(&'t Text),
}

impl Loader<'_> {
    /// A node and all below it. `all` stands for the place of each node, if given.
    pub(super) fn value(
        &mut self,
        file: FileId,
        node: Node<'_>,
        all: Option<OriginId>,
    ) -> Result<Value, Fault> {
        match all {
            Some(all) => self.placed(&Place::One(all), node),
            None => self.placed(&Place::Nodes(file), node),
        }
    }

    /// The same with the places said in another way.
    pub(super) fn placed(&mut self, place: &Place<'_>, node: Node<'_>) -> Result<Value, Fault> {
        let origins = &mut self.context.origins;
        let origin = match place {
            Place::Nodes(file) => origins.node(*file, node.id()),
            Place::One(all) => *all,
            Place::Runs(text) => rendered::origin(origins, text, node),
        };
        self.nodes = self
            .nodes
            .checked_sub(1)
            .ok_or_else(|| Fault::new("the manifests are too large", origin).code(WhyCode::Limit))?;
        let text = node.scalar().unwrap_or("");
        let string = |text: &str| match place {
            Place::Nodes(_) => Text::new(text, origin, 0),
            Place::One(_) => Text::derived(text, origin),
            Place::Runs(whole) => rendered::string(whole, node, text, origin),
        };
        Ok(match node.kind() {
            Kind::Null => Value::Nil(origin),
            Kind::Bool => match text {
                "true" | "True" | "TRUE" => Value::Bool(true, origin),
                "false" | "False" | "FALSE" => Value::Bool(false, origin),
                _ => Value::Str(string(text)),
            },
            Kind::Int => match syntax::scalar::parse_int(text) {
                Some(number) => Value::Int(number, IntKind::Int, origin),
                None => Value::Float(syntax::scalar::parse_float(text).unwrap_or(0.0), origin),
            },
            Kind::Float => match syntax::scalar::parse_float(text) {
                Some(number) => Value::Float(number, origin),
                None => Value::Str(string(text)),
            },
            Kind::Str => match (node.style() == Style::Plain).then(|| full_time(text)).flatten() {
                Some(time) => Value::Str(Text::derived(time, origin)),
                None => Value::Str(string(text)),
            },
            Kind::Seq => {
                let mut items = Vec::with_capacity(node.len());
                for item in node.items() {
                    items.push(self.placed(place, item)?);
                }
                Value::List(List::new(items), origin)
            }
            Kind::Map => {
                let map = Map::default();
                for (key, value) in node.entries() {
                    let value = self.placed(place, value)?;
                    map.entries_mut().entry(key.into()).or_insert(value);
                }
                Value::Map(map, origin)
            }
        })
    }

    /// The documents of a text that has no mistakes.
    pub(super) fn documents(&mut self, parsed: &Parsed) -> Result<Vec<Value>, Fault> {
        if let Some(error) = parsed.tree.errors().first() {
            let source = parsed.tree.source();
            let line = source.line_of(error.span.start);
            let message = format!(
                "MalformedYAMLError: yaml: line {line}: {} in File: {}",
                error.message,
                source.name()
            );
            let fault = match parsed.all {
                Some(all) => Fault::new(message, all),
                None => Fault::in_text(message, parsed.file, error.span),
            };
            return Err(fault.code(error.code));
        }
        let mut values = Vec::new();
        for root in parsed.tree.roots() {
            values.push(self.value(parsed.file, root, parsed.all)?);
        }
        Ok(values)
    }

    /// The objects of a file; lists (`kind: List`, `kind: RoleList`) are taken apart.
    pub(super) fn resources(&mut self, blob: &Blob, at: OriginId) -> Result<Vec<Resource>, Fault> {
        let Blob::Text(source) = blob else {
            return Err(Fault::new("MalformedYAMLError: yaml: invalid leading UTF-8 octet", at));
        };
        let parsed = self.parse(source);
        self.resources_of(&parsed).map_err(|fault| fault.or_at(at))
    }

    /// The objects of a parsed text.
    pub(super) fn resources_of(&mut self, parsed: &Parsed) -> Result<Vec<Resource>, Fault> {
        let documents = self.documents(parsed)?;
        self.objects(documents)
    }

    /// The objects that documents hold.
    pub(super) fn objects(&mut self, documents: Vec<Value>) -> Result<Vec<Resource>, Fault> {
        let mut queue = VecDeque::new();
        for value in documents {
            self.admit(value, &mut queue)?;
        }
        let mut found = Vec::new();
        while let Some(value) = queue.pop_front() {
            let at = value.origin(&mut self.context.origins);
            let map = value.as_map().cloned().unwrap_or_default();
            let kind = map.get("kind").map(|kind| plain(&kind)).unwrap_or_default();
            if !kind.ends_with("List") {
                found.extend(Resource::new(value, at));
                continue;
            }
            match map.get("items") {
                None | Some(Value::Nil(_)) => {}
                Some(Value::List(items, _)) => {
                    for item in items.items() {
                        self.admit(item.clone(), &mut queue)?;
                    }
                }
                Some(other) => {
                    let message = format!("expected array in {kind}/items, but found {}", other.type_name());
                    return Err(Fault::new(message, at));
                }
            }
        }
        Ok(found)
    }

    /// Takes an object that has what each object must have; nothing is left of an empty one.
    fn admit(&mut self, value: Value, into: &mut VecDeque<Value>) -> Result<(), Fault> {
        let at = value.origin(&mut self.context.origins);
        let Value::Map(map, _) = &value else {
            return if value.is_nil() { Ok(()) } else { Err(Fault::new("missing Resource metadata", at)) };
        };
        if map.is_empty() {
            return Ok(());
        }
        let kind = map.get("kind").map(|kind| plain(&kind)).unwrap_or_default();
        let version = map.get("apiVersion").map(|version| plain(&version)).unwrap_or_default();
        let name = match map.get("metadata") {
            Some(Value::Map(metadata, _)) => {
                metadata.get("name").map(|name| plain(&name)).unwrap_or_default()
            }
            _ => String::new(),
        };
        if kind.is_empty() {
            let message = format!("missing kind in object {{{{{version} }} {{{{{name} }} map[] map[]}}}}");
            return Err(Fault::new(message, at));
        }
        if name.is_empty() && !kind.ends_with("List") {
            let message =
                format!("missing metadata.name in object {{{{{version} {kind}}} {{{{ }} map[] map[]}}}}");
            return Err(Fault::new(message, at));
        }
        into.push_back(value);
        Ok(())
    }
}

/// A time as YAML 1.1 has it (`2024-01-02`, `2024-01-02 03:04:05`), in full.
fn full_time(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    if bytes.get(4) != Some(&b'-') || !bytes.iter().take(4).all(u8::is_ascii_digit) {
        return None;
    }
    let split = text.find(['T', 't', ' ']);
    let (date, time) = match split {
        Some(at) => (text.get(..at)?, Some(text.get(at + 1..)?)),
        None => (text, None),
    };
    let mut parts = date.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let (month, day) = (two_digits(month)?, two_digits(day)?);
    let year_number: u32 = year.parse().ok()?;
    if parts.next().is_some() || !(1..=12).contains(&month) || day < 1 || day > days(year_number, month) {
        return None;
    }
    let date = format!("{year}-{month:02}-{day:02}");
    let Some(time) = time else { return Some(format!("{date}T00:00:00Z")) };
    let zoned = text.get(split?..=split?)? != " ";
    let zone_at = time.find(['Z', '+', '-']);
    let (clock, zone) = match (zoned, zone_at) {
        (true, Some(at)) => (time.get(..at)?, time.get(at..)?),
        (false, None) => (time, "Z"),
        _ => return None,
    };
    let mut parts = clock.split(':');
    let (hour, minute, second) = (parts.next()?, parts.next()?, parts.next()?);
    let (second, fraction) = match second.split_once('.') {
        Some((second, fraction)) => (second, Some(fraction)),
        None => (second, None),
    };
    if parts.next().is_some() {
        return None;
    }
    let (hour, minute, second) = (two_digits(hour)?, two_digits(minute)?, two_digits(second)?);
    let fraction = match fraction {
        Some(digits)
            if !digits.is_empty() && digits.len() <= 9 && digits.bytes().all(|b| b.is_ascii_digit()) =>
        {
            digits.trim_end_matches('0')
        }
        Some(_) => return None,
        None => "",
    };
    let dot = if fraction.is_empty() { "" } else { "." };
    let zone_fits = zone == "Z" || zone.len() == 6 && zone.get(3..4) == Some(":");
    (hour < 24 && minute < 60 && second < 60 && zone_fits)
        .then(|| format!("{date}T{hour:02}:{minute:02}:{second:02}{dot}{fraction}{zone}"))
}

fn two_digits(text: &str) -> Option<u32> {
    ((1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

fn days(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}
