//! `images`: new names, tags and digests of images.

use super::fieldspec::{self, FieldSpec, Gvk, Make};
use super::pattern::Pattern;
use super::scalar;
use crate::context::Context;
use crate::origin::Origins;
use crate::text::{Text, TextBuf};
use crate::value::{List, Value};

/// How deep containers are looked for.
const DEPTH: usize = 200;

/// An entry of `images`.
#[derive(Clone, Debug, Default)]
pub struct Image {
    /// Which images: the name without tag and digest; a regular expression, anchored.
    pub name: Text,
    /// The name it gets; empty for the old one.
    pub new_name: Text,
    /// The tag it gets; empty for the old one.
    pub new_tag: Text,
    /// What is put after its tag.
    pub tag_suffix: Text,
    /// The digest it gets; empty for the old one.
    pub digest: Text,
}

/// Changes the images of an object: in any `containers` and `initContainers`, and at the fields of `specs`.
pub fn apply(
    context: &mut Context,
    object: &mut Value,
    image: &Image,
    specs: &[FieldSpec],
) -> Result<(), String> {
    if Gvk::of(object).kind == "CustomResourceDefinition" {
        return Ok(());
    }
    let Some(pattern) = pattern(image) else { return Ok(()) };
    containers(context, object, image, &pattern, DEPTH)?;
    for spec in specs {
        fieldspec::apply(context, object, spec, Make::Nothing, &mut |context, place| {
            set(context, place, image, &pattern)
        })?;
    }
    Ok(())
}

/// The images an entry is for. An entry that is no regular expression is for none.
fn pattern(image: &Image) -> Option<Pattern> {
    let name = image.name.str();
    Pattern::new(&format!("^{name}(:[a-zA-Z0-9_.{{}}-]*)?(@sha256:[a-zA-Z0-9_.{{}}-]*)?$")).ok()
}

fn containers(
    context: &mut Context,
    value: &mut Value,
    image: &Image,
    pattern: &Pattern,
    depth: usize,
) -> Result<(), String> {
    let depth = depth.checked_sub(1).ok_or_else(|| "the object is nested too deeply".to_owned())?;
    context.budget.step(1)?;
    match value {
        Value::Map(map, _) => {
            for (key, mut child) in map.snapshot() {
                if !matches!(child, Value::Map(..) | Value::List(..)) {
                    continue;
                }
                containers(context, &mut child, image, pattern, depth)?;
                if matches!(key.as_ref(), "containers" | "initContainers") {
                    for item in child.as_items().unwrap_or_default() {
                        let Some(container) = item.as_map() else {
                            return Err(wrong_item(&context.origins, item));
                        };
                        if let Some(mut place) = container.get("image") {
                            set(context, &mut place, image, pattern)?;
                            container.insert("image", place);
                        }
                    }
                }
                map.insert(key, child);
            }
        }
        Value::List(list, origin)
            if list.items().iter().any(|item| matches!(item, Value::Map(..) | Value::List(..))) =>
        {
            let mut items = list.items().to_vec();
            for item in &mut items {
                containers(context, item, image, pattern, depth)?;
            }
            *value = Value::List(List::of(items, list.kind), *origin);
        }
        _ => {}
    }
    Ok(())
}

fn wrong_item(origins: &Origins, item: &Value) -> String {
    let text = scalar::plain(origins, item).unwrap_or_default();
    format!(
        "wrong node kind: expected MappingNode but got {}: node contents:\n{text}\n",
        scalar::node_kind(item)
    )
}

fn set(context: &mut Context, place: &mut Value, image: &Image, pattern: &Pattern) -> Result<(), String> {
    let Value::Str(old) = place else { return Ok(()) };
    context.budget.step(old.len() as u64)?;
    if !pattern.matches(&old.str()) {
        return Ok(());
    }
    let parts = split(&old.str());
    let mut text = TextBuf::default();
    if image.new_name.is_empty() {
        text.push_slice(old, 0, parts.name);
    } else {
        text.push_text(&image.new_name);
    }
    let old_tag = parts.tag.map(|(start, end)| old.slice(start, end)).unwrap_or_default();
    let old_digest = parts.digest.map(|start| old.slice(start, old.len())).unwrap_or_default();
    let none = Text::default();
    let (tag, suffix, digest) =
        match (image.new_tag.is_empty(), image.digest.is_empty(), image.tag_suffix.is_empty()) {
            (false, _, _) => (&image.new_tag, &none, &image.digest),
            (true, false, _) => (&none, &none, &image.digest),
            (true, true, false) => (&old_tag, &image.tag_suffix, &none),
            (true, true, true) => (&old_tag, &none, &old_digest),
        };
    if !tag.is_empty() || !suffix.is_empty() {
        text.push_beside(b":");
        text.push_text(tag);
        text.push_text(suffix);
    }
    if !digest.is_empty() {
        text.push_beside(b"@");
        text.push_text(digest);
    }
    context.budget.take(text.len())?;
    *place = Value::Str(text.finish());
    Ok(())
}

/// Where the parts of an image's name are.
#[derive(Debug, PartialEq, Eq)]
struct Parts {
    /// End of the name.
    name: usize,
    /// Start and end of the tag.
    tag: Option<(usize, usize)>,
    /// Start of the digest.
    digest: Option<usize>,
}

fn split(text: &str) -> Parts {
    // A colon before the first slash belongs to a port.
    let start = text.find('/').unwrap_or(0);
    let rest = text.get(start..).unwrap_or("");
    let (at, colon) = (rest.find('@').map(|i| i + start), rest.find(':').map(|i| i + start));
    match (at, colon) {
        (None, None) => Parts { name: text.len(), tag: None, digest: None },
        (Some(at), Some(colon)) if colon < at => {
            Parts { name: colon, tag: Some((colon + 1, at)), digest: Some(at + 1) }
        }
        (Some(at), _) => Parts { name: at, tag: None, digest: Some(at + 1) },
        (None, Some(colon)) => Parts { name: colon, tag: Some((colon + 1, text.len())), digest: None },
    }
}

#[cfg(test)]
mod tests {
    //! Expected values were made with `kubectl kustomize`.

    use super::*;
    use crate::kustomize::tables::Tables;
    use crate::kustomize::testing::{read, show};

    fn entry(text: &str) -> Image {
        let mut image = Image::default();
        for part in text.split_whitespace() {
            let (key, value) = part.split_once('=').unwrap();
            let value = Text::plain(value);
            match key {
                "name" => image.name = value,
                "newName" => image.new_name = value,
                "newTag" => image.new_tag = value,
                "tagSuffix" => image.tag_suffix = value,
                "digest" => image.digest = value,
                other => panic!("{other}"),
            }
        }
        image
    }

    #[test]
    fn changes_images() {
        for (old, text, new) in [
            ("nginx:1", "name=nginx newTag=2", "nginx:2"),
            // Containers are found in two ways, and each adds the suffix.
            ("nginx:1", "name=nginx tagSuffix=-x", "nginx:1-x-x"),
            ("nginx", "name=nginx tagSuffix=-x", "nginx:-x-x"),
            ("nginx:1@sha256:abc", "name=nginx newTag=2", "nginx:2"),
            ("nginx:1@sha256:abc", "name=nginx newName=foo/bar", "foo/bar:1@sha256:abc"),
            ("nginx:1", "name=nginx digest=sha256:def", "nginx@sha256:def"),
            ("nginx:1", "name=nginx digest=sha256:def newTag=q", "nginx:q@sha256:def"),
            ("reg:5000/a/nginx:1", "name=reg:5000/a/nginx newTag=q", "reg:5000/a/nginx:q"),
            ("reg:5000/a/nginx", "name=nginx newTag=q", "reg:5000/a/nginx"),
            ("a/nginx:1", "name=.*/nginx newTag=q", "a/nginx:q"),
            ("nginx:1", "name=* newTag=q", "nginx:q"),
            ("nginx:{x}", "name=nginx newTag=3", "nginx:3"),
            ("nginx@sha512:abc", "name=nginx newTag=3", "nginx@sha512:abc"),
            ("nginx:1", "name=ngin( newTag=q", "nginx:1"),
        ] {
            let mut context = Context::new(0);
            let mut pod = read(
                &mut context,
                &format!("{{apiVersion: v1, kind: Pod, spec: {{containers: [{{image: '{old}'}}]}}}}"),
            );
            apply(&mut context, &mut pod, &entry(text), &Tables::built_in().images).unwrap();
            assert!(show(&pod).contains(&format!("\"image\":\"{new}\"")), "{old} {text}: {}", show(&pod));
        }
    }
}
