//! `configMapGenerator` and `secretGenerator`.

use super::fault::Fault;
use super::kustomization::Settings;
use super::loader::Loader;
use super::resource::{Behavior, Resource};
use crate::files::Blob;
use crate::origin::{NO_OFFSET, OriginId};
use crate::text::Text;
use crate::value::{Map, Value};
use model::WhyCode;

/// What a generator makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Made {
    /// A ConfigMap.
    ConfigMap,
    /// A Secret.
    Secret,
}

/// A key and its value.
struct Pair {
    key: String,
    value: Text,
}

impl Loader<'_> {
    /// Makes the object that an entry asks for. `shared` are the `generatorOptions` of the file.
    pub(super) fn generate(
        &mut self,
        made: Made,
        entry: &Settings,
        at: OriginId,
        root: &str,
        shared: Option<&Settings>,
    ) -> Result<Resource, Fault> {
        let name = entry.text("name");
        if name.is_empty() {
            return Err(Fault::new("a configmap must have a name", at));
        }
        let derived = self.context.origins.derive([at]);
        let constant = |text: &str| Value::Str(Text::derived(text, derived));
        let metadata = Map::default();
        metadata.insert("name", Value::Str(name.clone()));
        let namespace = entry.text("namespace");
        if !namespace.is_empty() {
            metadata.insert("namespace", Value::Str(namespace));
        }
        let map = Map::default();
        map.insert("apiVersion", constant("v1"));
        let kind = if made == Made::Secret { "Secret" } else { "ConfigMap" };
        map.insert("kind", constant(kind));
        let pairs = self.pairs(entry, root)?;
        let (data, binary) = (Map::default(), Map::default());
        for pair in pairs {
            if data.get(&pair.key).or_else(|| binary.get(&pair.key)).is_some() {
                let message = format!("configmap {} illegally repeats the key `{}`", name.str(), pair.key);
                return Err(Fault::new(message, at));
            }
            let text = std::str::from_utf8(pair.value.bytes()).is_ok();
            if made == Made::ConfigMap && text {
                data.insert(pair.key, Value::Str(pair.value));
            } else {
                let origin = pair.value.origin(&mut self.context.origins);
                let origin = self.context.origins.derive([origin]);
                let encoded = base64(pair.value.bytes());
                self.charge(encoded.len(), at)?;
                let into = if made == Made::ConfigMap { &binary } else { &data };
                into.insert(pair.key, Value::Str(Text::derived(encoded, origin)));
            }
        }
        if made == Made::Secret {
            let kind = entry.text("type");
            map.insert("type", if kind.is_empty() { constant("Opaque") } else { Value::Str(kind) });
        }
        if made == Made::Secret || !data.is_empty() {
            map.insert("data", Value::Map(data, at));
        }
        if !binary.is_empty() {
            map.insert("binaryData", Value::Map(binary, at));
        }
        let own = entry.part("options").unwrap_or_default();
        for field in ["labels", "annotations"] {
            let merged = Map::default();
            for options in shared.into_iter().chain([&own]) {
                for (key, value) in options.part(field).unwrap_or_default().0.entries().iter() {
                    merged.insert(key.clone(), value.clone());
                }
            }
            if !merged.is_empty() {
                metadata.insert(field, Value::Map(merged, at));
            }
        }
        let either = |key: &str| own.is_true(key) || shared.is_some_and(|shared| shared.is_true(key));
        if either("immutable") {
            map.insert("immutable", Value::Bool(true, derived));
        }
        map.insert("metadata", Value::Map(metadata, at));
        let mut resource = Resource::new(Value::Map(map, at), at)
            .ok_or_else(|| Fault::new("missing Resource metadata", at))?;
        resource.needs_hash = !either("disableNameSuffixHash");
        resource.behavior = match entry.str("behavior").as_str() {
            "create" => Behavior::Create,
            "merge" => Behavior::Merge,
            "replace" => Behavior::Replace,
            _ => Behavior::Unspecified,
        };
        Ok(resource)
    }

    fn charge(&mut self, bytes: usize, at: OriginId) -> Result<(), Fault> {
        self.context.budget.take(bytes).map_err(|words| Fault::new(words, at).code(WhyCode::Limit))
    }

    fn pairs(&mut self, entry: &Settings, root: &str) -> Result<Vec<Pair>, Fault> {
        let mut pairs = Vec::new();
        let mut envs = entry.texts("envs");
        envs.extend(Some(entry.text("env")).filter(|path| !path.is_empty()));
        for path in &envs {
            let words = format!("loading KV pairs: env source files: [{}]", path.str());
            let at = path.origin(&mut self.context.origins);
            self.env_file(path, at, root, &mut pairs).map_err(|fault| fault.context(&words))?;
        }
        for literal in &entry.texts("literals") {
            let at = literal.origin(&mut self.context.origins);
            let whole = literal.str();
            let Some((key, value)) = whole.split_once('=').filter(|(key, _)| !key.is_empty()) else {
                // A literal without a key is a value, which may be secret.
                let message = "loading KV pairs: literal sources: invalid literal source, expected key=value";
                return Err(Fault::new(message, at));
            };
            let start = key.len() + 1;
            let quoted = value.len() >= 2
                && ['"', '\''].iter().any(|quote| value.starts_with(*quote) && value.ends_with(*quote));
            let (start, end) = match (quoted, value) {
                (true, _) => (start + 1, literal.len() - 1),
                (false, "\"" | "'") => (start, start),
                _ => (start, literal.len()),
            };
            // An empty text still knows where it stands.
            let value = if start < end { literal.slice(start, end) } else { Text::new("", at, start as u32) };
            pairs.push(Pair { key: key.to_owned(), value });
        }
        for source in &entry.texts("files") {
            let at = source.origin(&mut self.context.origins);
            let source = source.str();
            let words = format!("loading KV pairs: file sources: [{source}]");
            let (key, path) = file_source(&source, at).map_err(|fault| fault.context(&words))?;
            let blob = self.read(root, path, at).map_err(|fault| fault.context(&words))?;
            self.charge(blob.bytes().len(), at)?;
            let value = match &blob {
                Blob::Text(source) => {
                    let origin = self.text_file(source);
                    Text::new(source.text(), origin, 0)
                }
                Blob::Binary(bytes) => Text::new(bytes.to_vec(), at, NO_OFFSET),
            };
            pairs.push(Pair { key: key.to_owned(), value });
        }
        Ok(pairs)
    }

    fn env_file(
        &mut self,
        path: &Text,
        at: OriginId,
        root: &str,
        pairs: &mut Vec<Pair>,
    ) -> Result<(), Fault> {
        let blob = self.read(root, &path.str(), at)?;
        let Blob::Text(source) = &blob else {
            return Err(Fault::new("line has invalid utf8 bytes", at));
        };
        let origin = self.text_file(source);
        let text = source.text();
        self.charge(text.len(), at)?;
        let mut offset = 0;
        for (number, whole) in text.split_inclusive('\n').enumerate() {
            let begin = offset;
            offset += whole.len();
            let line = whole.strip_suffix('\n').unwrap_or(whole);
            let line = line.strip_suffix('\r').unwrap_or(line);
            let body = if number == 0 { line.strip_prefix('\u{feff}').unwrap_or(line) } else { line };
            let body = body.trim_start();
            if body.is_empty() || body.starts_with('#') {
                continue;
            }
            let (key, value) = body.split_once('=').unwrap_or((body, ""));
            let start = begin + line.len() - value.len();
            pairs.push(Pair { key: key.to_owned(), value: Text::new(value, origin, start as u32) });
        }
        Ok(())
    }

    /// The name an object has, and the same with its hash.
    pub(super) fn add_hash(&mut self, resource: &mut Resource) {
        let hash = super::hash::suffix(resource);
        let Some(name) = resource.metadata("name") else { return };
        let name = self.as_string(&name);
        resource.store_id();
        let origin = name.origin(&mut self.context.origins);
        let derived = self.context.origins.derive([origin, resource.origin]);
        let mut text = crate::text::TextBuf::default();
        text.push_text(&name);
        text.push(format!("-{hash}").as_bytes(), derived, NO_OFFSET);
        resource.set_metadata("name", Some(Value::Str(text.finish())));
    }
}

/// Key and path of an item of `files`.
fn file_source(source: &str, at: OriginId) -> Result<(&str, &str), Fault> {
    match source.split_once('=') {
        None => Ok((source.rsplit('/').find(|part| !part.is_empty()).unwrap_or("."), source)),
        Some(("", path)) => {
            Err(Fault::new(format!("missing key name for file path {path:?} in source {source:?}"), at))
        }
        Some((key, "")) => {
            Err(Fault::new(format!("missing file path for key name {key:?} in source {source:?}"), at))
        }
        Some((_, path)) if path.contains('=') => {
            Err(Fault::new(format!("source {source:?} key name or file path contains '='"), at))
        }
        Some((key, path)) => Ok((key, path)),
    }
}

/// Base64 as Kustomize writes it: in lines of 70 characters where it is that long.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const LINE: usize = 70;
    let mut out = String::with_capacity(bytes.len() / 3 * 4 + 4);
    for chunk in bytes.chunks(3) {
        let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for index in 0..4 {
            let digit = DIGITS.get((bits >> (18 - 6 * index) & 63) as usize).copied().unwrap_or(b'=');
            out.push(if index > chunk.len() { '=' } else { char::from(digit) });
        }
    }
    if out.len() < LINE {
        return out;
    }
    let mut lines = String::with_capacity(out.len() + out.len() / LINE + 1);
    for line in out.as_bytes().chunks(LINE) {
        lines.extend(line.iter().map(|byte| char::from(*byte)));
        lines.push('\n');
    }
    lines
}
