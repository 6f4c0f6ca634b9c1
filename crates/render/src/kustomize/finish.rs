//! The last steps of a build, which are taken once, for the folder that is built.

use super::fault::Fault;
use super::kustomization::Kustomization;
use super::loader::Loader;
use super::resource::{Resource, plain};
use super::set::append;
use super::target::{Accumulator, Trail};
use crate::origin::OriginId;
use crate::output::Manifest;
use crate::text::{Text, TextBuf};
use crate::value::{List, Map, Value};
use std::sync::Arc;

/// Annotations that Kustomize uses while it works, and takes away at the end.
const OWN_ANNOTATIONS: [&str; 18] = [
    "internal.config.kubernetes.io/previousKinds",
    "internal.config.kubernetes.io/previousNames",
    "internal.config.kubernetes.io/prefixes",
    "internal.config.kubernetes.io/suffixes",
    "internal.config.kubernetes.io/previousNamespaces",
    "internal.config.kubernetes.io/allowNameChange",
    "internal.config.kubernetes.io/allowKindChange",
    "internal.config.kubernetes.io/refBy",
    "internal.config.kubernetes.io/generatorBehavior",
    "internal.config.kubernetes.io/needsHashSuffix",
    "internal.config.kubernetes.io/path",
    "internal.config.kubernetes.io/index",
    "internal.config.kubernetes.io/seqindent",
    "internal.config.kubernetes.io/id",
    "internal.config.kubernetes.io/annotations-migration-resource-id",
    "config.kubernetes.io/path",
    "config.kubernetes.io/index",
    "config.k8s.io/id",
];

/// Where an object came from, if `buildMetadata` asks for it.
const ORIGIN: &str = "config.kubernetes.io/origin";

/// What changed an object, if `buildMetadata` asks for it.
const TRANSFORMATIONS: &str = "alpha.config.kubernetes.io/transformations";

/// Deepest nesting of an object.
const DEEPEST: usize = 600;

/// Objects annotated so are for tools that work on the files.
const LOCAL: &str = "config.kubernetes.io/local-config";

impl Loader<'_> {
    /// Builds a folder.
    pub(super) fn build(&mut self, folder: &str) -> Result<Vec<Manifest>, Fault> {
        let target = self.load(folder, OriginId::NONE)?;
        let wanted: Vec<String> =
            target.fields.texts("buildMetadata").iter().map(|text| text.str().into_owned()).collect();
        let trail = Trail {
            folders: vec![folder.to_owned()],
            written: (!wanted.is_empty()).then(String::new),
            ..Trail::default()
        };
        let mut sum = self.accumulate(&target, &trail, Accumulator::default())?;
        let tables = self.tables(&sum.extra);
        for resource in &mut sum.resources {
            if resource.needs_hash {
                self.add_hash(resource);
            }
        }
        self.fix_references(&mut sum.resources, &tables)?;
        self.resolve_vars(&mut sum, &tables)?;
        let mut resources = Vec::new();
        append(&mut resources, sum.resources)?;
        resources.retain(|resource| !is_local(resource));
        let options = target.fields.part("sortOptions");
        let at = self.origin_of(&target.fields, "sortOptions");
        super::order::sort(&mut resources, options.as_ref(), at)?;
        if wanted.iter().any(|option| option == "managedByLabel") {
            self.manage(&mut resources, &tables)?;
        }
        for resource in &mut resources {
            self.clean(resource, &wanted, &target);
            self.step(1)?;
            let (value, _) = self.settle(&resource.value, DEEPEST);
            resource.value = value;
        }
        let name: Arc<str> = Arc::from(folder);
        resources.iter().map(|resource| self.manifest(&name, resource)).collect()
    }

    /// Gives maps and lists that were made on the way to something the origin of what they were made for.
    fn settle(&mut self, value: &Value, left: usize) -> (Value, OriginId) {
        let own = value.origin(&mut self.context.origins);
        let Some(left) = left.checked_sub(1) else { return (value.clone(), own) };
        let mut from = Vec::new();
        let settled = match value {
            Value::Map(map, _) => {
                let entries = map.snapshot();
                for (key, value) in entries {
                    let (value, origin) = self.settle(&value, left);
                    from.push(origin);
                    map.insert(key, value);
                }
                value.clone()
            }
            Value::List(list, _) => {
                let mut items = Vec::with_capacity(list.items().len());
                for item in list.items() {
                    let (item, origin) = self.settle(item, left);
                    from.push(origin);
                    items.push(item);
                }
                Value::List(List::of(items, list.kind), own)
            }
            _ => return (value.clone(), own),
        };
        if own != OriginId::NONE {
            return (settled, own);
        }
        let origin = self.context.origins.derive(from);
        (settled.with_origin(origin), origin)
    }

    /// Brings the annotations into the form in which Kustomize leaves them.
    fn clean(&mut self, resource: &mut Resource, wanted: &[String], target: &Kustomization) {
        let asked = |option: &str| wanted.iter().any(|wanted| wanted == option);
        let (old, origin) = match resource.metadata("annotations") {
            Some(Value::Map(map, origin)) => (map, origin),
            Some(Value::Nil(_)) => (Map::default(), OriginId::NONE),
            None if !asked("originAnnotations") && !asked("transformerAnnotations") => return,
            None => (Map::default(), target.at),
            Some(_) => return,
        };
        let new = Map::default();
        for (key, value) in old.entries().iter() {
            if !OWN_ANNOTATIONS.contains(&&**key) && !matches!(&**key, ORIGIN | TRANSFORMATIONS) {
                new.insert(key.clone(), Value::Str(self.as_string(value)));
            }
        }
        if let Some(made) = resource.made.as_ref().filter(|_| asked("originAnnotations")) {
            new.insert(ORIGIN, Value::Str(Text::derived(made.as_bytes(), resource.origin)));
        }
        if asked("transformerAnnotations") && !resource.transformations.is_empty() {
            let mut text = String::new();
            for mark in &resource.transformations {
                for (index, line) in mark.lines().enumerate() {
                    text.push_str(if index == 0 { "- " } else { "  " });
                    text.push_str(line);
                    text.push('\n');
                }
            }
            new.insert(TRANSFORMATIONS, Value::Str(Text::derived(text, resource.origin)));
        }
        resource.set_metadata("annotations", (!new.is_empty()).then_some(Value::Map(new, origin)));
    }

    fn manifest(&mut self, name: &Arc<str>, resource: &Resource) -> Result<Manifest, Fault> {
        let fault = |words: String| Fault::new(words, resource.origin).code(model::WhyCode::Limit);
        let text = super::write::yaml(&mut self.context, &resource.value).map_err(fault)?;
        let mut buf = TextBuf::default();
        buf.push_text(&text);
        let (bytes, runs) = buf.into_parts();
        let text = String::from_utf8(bytes)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
        Ok(Manifest { name: name.clone(), text, runs, hook: None })
    }
}

fn is_local(resource: &Resource) -> bool {
    let annotations = resource.metadata("annotations");
    let local = annotations.as_ref().and_then(Value::as_map).and_then(|map| map.get(LOCAL));
    local.is_some_and(|value| plain(&value) != "false")
}
