//! `replacements`: values copied from fields of one object to fields of others.

mod path;

use super::fieldspec::Gvk;
use super::scalar;
use super::selector::{Identity, Selector};
use super::shared::Shared;
use crate::context::Context;
use crate::origin::OriginId;
use crate::text::{Text, TextBuf};
use crate::value::Value;
use path::Path;

pub use path::Path as FieldPath;

/// How deep a copied value may be nested.
const DEPTH: usize = 200;

/// An object that takes part.
#[derive(Clone, Debug)]
pub struct Party {
    /// The object: a map, changed in place.
    pub object: Value,
    /// What it is and was called, the present identity last.
    pub identities: Vec<Identity>,
    /// Scalars of it that Kustomize takes for one.
    pub shared: Shared,
}

/// What stands under a key, if it is there and not null.
fn part(value: &Value, key: &str) -> Option<Value> {
    value.as_map()?.get(key).filter(|value| !value.is_nil())
}

fn word(context: &Context, value: &Value, key: &str) -> Option<String> {
    part(value, key).and_then(|value| scalar::plain(&context.origins, &value))
}

/// `options` of a source or a target.
#[derive(Debug, Default)]
struct Options {
    delimiter: String,
    index: i64,
    create: bool,
}

impl Options {
    fn of(context: &Context, value: &Value) -> Self {
        let Some(options) = part(value, "options") else { return Self::default() };
        Self {
            delimiter: word(context, &options, "delimiter").unwrap_or_default(),
            index: word(context, &options, "index").and_then(|text| text.parse().ok()).unwrap_or(0),
            create: matches!(part(&options, "create"), Some(Value::Bool(true, _))),
        }
    }
}

/// Makes one replacement (`source` or `sourceValue`, and `targets`) in all objects.
pub fn apply(context: &mut Context, parties: &[Party], replacement: &Value) -> Result<(), String> {
    let (source, given, targets) =
        (part(replacement, "source"), part(replacement, "sourceValue"), part(replacement, "targets"));
    let value = match (source, given) {
        (Some(_), Some(_)) => return Err("value and resource selectors are mutually exclusive".to_owned()),
        (Some(source), None) if targets.is_some() => from_object(context, parties, &source)?,
        (None, Some(given)) if targets.is_some() => given,
        _ => return Err("replacements must specify a source and at least one target".to_owned()),
    };
    for target in targets.as_ref().and_then(Value::as_items).unwrap_or_default() {
        copy_to(context, parties, &value, target)?;
    }
    Ok(())
}

/// The value that a source selects.
fn from_object(context: &mut Context, parties: &[Party], source: &Value) -> Result<Value, String> {
    let text = |key: &str| word(context, source, key).unwrap_or_default();
    let wanted = Identity {
        gvk: Gvk { group: text("group").into(), version: text("version").into(), kind: text("kind").into() },
        name: text("name"),
        namespace: text("namespace"),
    };
    let is_meant = |id: &Identity| {
        wanted.gvk.selects(&id.gvk)
            && (wanted.name.is_empty() || wanted.name == id.name)
            && (wanted.namespace.is_empty() || wanted.namespace == id.effective_namespace())
    };
    context.budget.step(parties.len() as u64)?;
    let mut found = parties.iter().filter(|party| party.identities.iter().any(is_meant));
    let shown = describe(&wanted);
    let party = found.next().ok_or_else(|| format!("nothing selected by {shown}"))?;
    if found.next().is_some() {
        return Err(format!("multiple matches for selector {shown}"));
    }
    let path = word(context, source, "fieldPath").filter(|path| !path.is_empty());
    let path = path.unwrap_or_else(|| "metadata.name".to_owned());
    let value = Path::parse(&path)
        .get(context, &party.object)
        .map_err(|error| format!("error looking up replacement source: {error}"))?
        .filter(|value| !value.is_nil())
        .ok_or_else(|| format!("fieldPath `{path}` is missing for replacement source {shown}"))?;
    let options = Options::of(context, source);
    if options.delimiter.is_empty() {
        return Ok(value);
    }
    let text = scalar::text(&mut context.origins, &value)
        .ok_or_else(|| "delimiter option can only be used with scalar nodes".to_owned())?;
    let pieces = pieces(&text, &options.delimiter);
    let piece = usize::try_from(options.index).ok().and_then(|index| pieces.get(index));
    piece
        .map(|piece| Value::Str(piece.clone()))
        .ok_or_else(|| format!("options.index {} is out of bounds for value {}", options.index, text.str()))
}

/// As Kustomize names an object in messages.
fn describe(id: &Identity) -> String {
    let or = |text: &str, other: &str| if text.is_empty() { other.to_owned() } else { text.to_owned() };
    format!(
        "{}.{}.{}/{}.{}",
        or(&id.gvk.kind, "[noKind]"),
        or(&id.gvk.version, "[noVer]"),
        or(&id.gvk.group, "[noGrp]"),
        or(&id.name, "[noName]"),
        or(&id.namespace, "[noNs]")
    )
}

/// The pieces between delimiters.
fn pieces(text: &Text, delimiter: &str) -> Vec<Text> {
    let whole = text.str();
    let mut at = 0;
    whole
        .split(delimiter)
        .map(|piece| {
            let start = at;
            at = start + piece.len() + delimiter.len();
            text.slice(start, start + piece.len())
        })
        .collect()
}

fn copy_to(context: &mut Context, parties: &[Party], value: &Value, target: &Value) -> Result<(), String> {
    let select =
        part(target, "select").ok_or_else(|| "target must specify resources to select".to_owned())?;
    let select = Selector::new(context, &select)?;
    let mut rejects = Vec::new();
    for reject in part(target, "reject").as_ref().and_then(Value::as_items).unwrap_or_default() {
        rejects.push(Selector::new(context, reject)?);
    }
    let paths = part(target, "fieldPaths");
    let mut paths: Vec<String> = paths
        .as_ref()
        .and_then(Value::as_items)
        .unwrap_or_default()
        .iter()
        .map(|path| scalar::plain(&context.origins, path).unwrap_or_default())
        .collect();
    if paths.is_empty() {
        paths.push("metadata.name".to_owned());
    }
    let options = Options::of(context, target);
    for party in parties {
        context.budget.step(1 + rejects.len() as u64)?;
        let rejected = rejects.iter().any(|reject| {
            if reject.has_queries() && !reject.fits_metadata(&context.origins, &party.object) {
                return false;
            }
            reject.has_identity() && party.identities.iter().any(|id| reject.fits_identity(id))
                || reject.has_queries() && !reject.has_identity()
        });
        let selected = select.fits_metadata(&context.origins, &party.object)
            && party.identities.iter().any(|id| select.fits_identity(id));
        if rejected || !selected {
            continue;
        }
        for path in &paths {
            set_at(context, party, path, &options, value)?;
        }
    }
    Ok(())
}

fn set_at(
    context: &mut Context,
    party: &Party,
    path: &str,
    options: &Options,
    value: &Value,
) -> Result<(), String> {
    let blank = options.create.then(|| match value {
        Value::Map(..) => Value::map([]),
        Value::List(..) => Value::list(Vec::new()),
        _ => Value::NIL,
    });
    let verb = if options.create { "find or create" } else { "find" };
    let mut failed = None;
    let mut count = 0_usize;
    let mut root = party.object.clone();
    let walked = Path::parse(path).for_each(
        context,
        &mut root,
        blank.as_ref(),
        &party.shared,
        &mut |context, place| {
            count += 1;
            // What goes wrong here is told in other words than what goes wrong on the way.
            if failed.is_none() {
                failed = put(context, place, options, value).err();
            }
            Ok(())
        },
    );
    walked.map_err(|error| format!("unable to {verb} field \"{path}\" in replacement target: {error}"))?;
    if let Some(error) = failed {
        return Err(error);
    }
    if count == 0 {
        return Err(format!("unable to {verb} field \"{path}\" in replacement target"));
    }
    Ok(())
}

/// Writes a value to a place. A scalar keeps the type of what stood there, so a number becomes a string in
/// the place of a string.
fn put(context: &mut Context, place: &mut Value, options: &Options, value: &Value) -> Result<(), String> {
    let is_scalar = |value: &Value| !matches!(value, Value::Map(..) | Value::List(..));
    let mut text = scalar::text(&mut context.origins, value).unwrap_or_default();
    if !options.delimiter.is_empty() {
        if !is_scalar(place) {
            return Err("delimiter option can only be used with scalar nodes".to_owned());
        }
        let old = scalar::text(&mut context.origins, place).unwrap_or_default();
        let mut pieces = pieces(&old, &options.delimiter);
        match usize::try_from(options.index) {
            Err(_) => pieces.insert(0, text),
            Ok(index) => match pieces.get_mut(index) {
                Some(piece) => *piece = text,
                None => pieces.push(text),
            },
        }
        let mut joined = TextBuf::default();
        for (index, piece) in pieces.iter().enumerate() {
            if index > 0 {
                joined.push_beside(options.delimiter.as_bytes());
            }
            joined.push_text(piece);
        }
        context.budget.take(joined.len())?;
        text = joined.finish();
    }
    if !is_scalar(place) {
        *place = value.deep_copy(DEPTH).ok_or_else(|| "the value is nested too deeply".to_owned())?;
        return Ok(());
    }
    *place = match place {
        Value::Str(_) => Value::Str(text),
        _ => scalar::resolve(context, text),
    };
    Ok(())
}

/// A constant string, for maps that a path makes.
fn constant(text: &str) -> Value {
    Value::Str(Text::new(text, OriginId::NONE, crate::origin::NO_OFFSET))
}

#[cfg(test)]
mod tests;
