//! The transformations of a kustomization, in Kustomize's order.

use super::fault::Fault;
use super::fieldspec::{FieldSpec, Gvk};
use super::images::Image;
use super::kustomization::{Kustomization, Settings};
use super::loader::Loader;
use super::namespace::Subjects;
use super::replacements::Party;
use super::resource::{Resource, show_gvk};
use super::tables::Tables;
use super::target::{Accumulator, Trail, mark};
use super::{images, labels, namespace, prefix, replacements, replicas};
use crate::files::Blob;
use crate::origin::OriginId;
use crate::text::Text;
use crate::value::{Map, Value};
use std::borrow::Cow;
use std::rc::Rc;

/// Which end of a name is added to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// `namePrefix`.
    Front,
    /// `nameSuffix`.
    Back,
}

impl Loader<'_> {
    /// All fields: the built-in ones and those that were added.
    pub(super) fn tables(&self, extra: &Tables) -> Rc<Tables> {
        if *extra == Tables::default() {
            return self.tables.clone();
        }
        let mut tables = (*self.tables).clone();
        super::configure::merge(&mut tables, extra.clone());
        Rc::new(tables)
    }

    /// Runs the transformations of a kustomization over all objects so far.
    pub(super) fn transform(
        &mut self,
        target: &Kustomization,
        trail: &Trail,
        sum: &mut Accumulator,
    ) -> Result<(), Fault> {
        let tables = self.tables(&sum.extra);
        let resources = &mut sum.resources;
        let fields = &target.fields;
        let root = &target.folder;
        let strategic = fields.texts("patchesStrategicMerge");
        if !strategic.is_empty() {
            self.apply_strategic(&strategic, root, resources)?;
            marked(resources, mark(target, trail, "PatchStrategicMergeTransformer"));
        }
        for (entry, at) in self.entries(target, "patches") {
            let result = self.apply_patch(&entry, at, root, resources);
            self.attempt(result, at)?;
            marked(resources, mark(target, trail, "PatchTransformer"));
        }
        self.apply_names(target, trail, &tables, resources)?;
        for (entry, at) in self.entries(target, "labels") {
            let specs = label_specs(&entry, &tables);
            let pairs = entry.part("pairs").unwrap_or_default().0;
            self.apply_labels(&pairs, &specs, at, resources)?;
            marked(resources, mark(target, trail, "LabelTransformer"));
        }
        let plain =
            [("commonLabels", &tables.common_labels), ("commonAnnotations", &tables.common_annotations)];
        for (key, specs) in plain {
            let pairs = fields.part(key).unwrap_or_default().0;
            let at = self.origin_of(fields, key);
            self.apply_labels(&pairs, specs, at, resources)?;
            if !pairs.is_empty() {
                let plugin =
                    if key == "commonLabels" { "LabelTransformer" } else { "AnnotationsTransformer" };
                marked(resources, mark(target, trail, plugin));
            }
        }
        for (entry, at) in self.entries(target, "patchesJson6902") {
            let result = self.apply_json6902(&entry, at, root, resources);
            self.attempt(result, at)?;
            marked(resources, mark(target, trail, "PatchJson6902Transformer"));
        }
        for (entry, at) in self.entries(target, "replicas") {
            let result = self.apply_replicas(&entry, &tables.replicas, at, resources);
            self.attempt(result, at)?;
            marked(resources, mark(target, trail, "ReplicaCountTransformer"));
        }
        for key in ["images", "imageTags"] {
            for (entry, at) in self.entries(target, key) {
                self.apply_image(&entry, &tables.images, at, resources)?;
                marked(resources, mark(target, trail, "ImageTagTransformer"));
            }
        }
        let values = fields.items("replacements");
        if !values.is_empty() {
            self.apply_replacements(&values, root, resources)?;
            marked(resources, mark(target, trail, "ReplacementTransformer"));
        }
        self.transformers(target, trail, sum)?;
        sum.resources.retain(|resource| !resource.is_gone());
        Ok(())
    }

    fn apply_names(
        &mut self,
        target: &Kustomization,
        trail: &Trail,
        tables: &Tables,
        resources: &mut [Resource],
    ) -> Result<(), Fault> {
        let fields = &target.fields;
        if let Some(value) = fields.get("namespace") {
            let at = value.origin(&mut self.context.origins);
            let subjects = Subjects::default();
            self.apply_namespace(&value, &tables.namespace, subjects, false, at, resources)?;
            marked(resources, mark(target, trail, "NamespaceTransformer"));
        }
        let ends = [
            (End::Front, "namePrefix", &tables.name_prefix, "PrefixTransformer"),
            (End::Back, "nameSuffix", &tables.name_suffix, "SuffixTransformer"),
        ];
        for (end, key, specs, plugin) in ends {
            let text = fields.text(key);
            if !text.is_empty() {
                self.apply_affix(end, &text, specs, resources)?;
                marked(resources, mark(target, trail, plugin));
            }
        }
        Ok(())
    }

    /// Moves all objects to a namespace.
    pub(super) fn apply_namespace(
        &mut self,
        value: &Value,
        specs: &[FieldSpec],
        subjects: Subjects,
        unset_only: bool,
        at: OriginId,
        resources: &mut [Resource],
    ) -> Result<(), Fault> {
        if value.as_text().is_none_or(Text::is_empty) {
            return Ok(());
        }
        let mut keys: Vec<_> = resources.iter().map(|resource| super::set::key(&resource.id())).collect();
        let mut counts = std::collections::HashMap::new();
        for key in &keys {
            *counts.entry(key.clone()).or_insert(0_u32) += 1;
        }
        for (resource, key) in resources.iter_mut().zip(&mut keys) {
            if resource.is_gone() || resource.chart {
                continue;
            }
            resource.store_id();
            self.step(1)?;
            namespace::apply(&mut self.context, &mut resource.value, value, specs, subjects, unset_only)
                .map_err(|words| Fault::new(words, at))?;
            let moved = super::set::key(&resource.id());
            if let Some(count) = counts.get_mut(key) {
                *count -= 1;
            }
            let count = counts.entry(moved.clone()).or_insert(0);
            *count += 1;
            if *count > 1 {
                let id = super::resource::show(&resource.id());
                return Err(Fault::new(
                    format!("namespace transformation produces ID conflict: {id}"),
                    resource.origin,
                ));
            }
            *key = moved;
        }
        Ok(())
    }

    /// Puts a text before or behind all names.
    pub(super) fn apply_affix(
        &mut self,
        end: End,
        text: &Text,
        specs: &[FieldSpec],
        resources: &mut [Resource],
    ) -> Result<(), Fault> {
        let at = text.origin(&mut self.context.origins);
        for resource in resources {
            self.step(1)?;
            let id = resource.original_id();
            let skipped = matches!(&*id.gvk.kind, "CustomResourceDefinition" | "Namespace")
                || id.gvk.kind == "APIService" && id.gvk.group == "apiregistration.k8s.io";
            let named = |spec: &FieldSpec| spec.path == "metadata/name" && spec.gvk.selects(&id.gvk);
            if !skipped && specs.iter().any(named) {
                let affixes = if end == End::Front { &mut resource.prefixes } else { &mut resource.suffixes };
                affixes.push(Rc::from(&*text.str()));
                resource.store_id();
            }
            let change = if end == End::Front { prefix::prefix } else { prefix::suffix };
            change(&mut self.context, &mut resource.value, text, specs)
                .map_err(|words| Fault::new(words, at))?;
        }
        Ok(())
    }

    /// Sets labels or annotations on all objects.
    pub(super) fn apply_labels(
        &mut self,
        pairs: &Map,
        specs: &[FieldSpec],
        at: OriginId,
        resources: &mut [Resource],
    ) -> Result<(), Fault> {
        if pairs.is_empty() {
            return Ok(());
        }
        for resource in resources {
            self.step(1)?;
            labels::apply(&mut self.context, &mut resource.value, pairs, specs, &resource.shared)
                .map_err(|words| Fault::new(words, at))?;
        }
        Ok(())
    }

    /// Sets how many replicas the objects of a name have.
    pub(super) fn apply_replicas(
        &mut self,
        entry: &Settings,
        specs: &[FieldSpec],
        at: OriginId,
        resources: &mut [Resource],
    ) -> Result<(), Fault> {
        let name = entry.str("name");
        let count = entry.get("count").unwrap_or(Value::Int(0, crate::value::IntKind::Int, at));
        let mut found = false;
        for resource in resources {
            self.step(1)?;
            let ids = resource.ids();
            let matches =
                |spec: &&FieldSpec| ids.iter().any(|id| id.name == name && spec.gvk.selects(&id.gvk));
            let chosen: Vec<FieldSpec> = specs.iter().filter(matches).cloned().collect();
            if chosen.is_empty() || resource.is_gone() {
                continue;
            }
            found = true;
            replicas::apply(&mut self.context, &mut resource.value, &count, &chosen)
                .map_err(|words| Fault::new(words, at))?;
        }
        if found {
            return Ok(());
        }
        let kinds: Vec<String> = specs.iter().map(|spec| show_gvk(&spec.gvk)).collect();
        let message = format!(
            "resource with name {name} does not match a config with the following GVK [{}]",
            kinds.join(" ")
        );
        Err(Fault::new(message, at))
    }

    /// Changes images of all objects.
    pub(super) fn apply_image(
        &mut self,
        entry: &Settings,
        specs: &[FieldSpec],
        at: OriginId,
        resources: &mut [Resource],
    ) -> Result<(), Fault> {
        let image = Image {
            name: entry.text("name"),
            new_name: entry.text("newName"),
            new_tag: entry.text("newTag"),
            tag_suffix: entry.text("tagSuffix"),
            digest: entry.text("digest"),
        };
        for resource in resources {
            self.step(1)?;
            images::apply(&mut self.context, &mut resource.value, &image, specs)
                .map_err(|words| Fault::new(words, at))?;
        }
        Ok(())
    }

    /// Makes replacements; an entry may be the path of a file that holds one or several.
    pub(super) fn apply_replacements(
        &mut self,
        values: &[Value],
        root: &str,
        resources: &mut [Resource],
    ) -> Result<(), Fault> {
        for value in values {
            let at = value.origin(&mut self.context.origins);
            let result = self
                .replacement_list(value, root)
                .and_then(|list| list.iter().try_for_each(|(value, at)| self.replace(value, *at, resources)));
            self.attempt(result, at)?;
        }
        Ok(())
    }

    fn replacement_list(&mut self, value: &Value, root: &str) -> Result<Vec<(Value, OriginId)>, Fault> {
        let path = Settings::of(value).text("path");
        if path.is_empty() {
            let at = value.origin(&mut self.context.origins);
            return Ok(vec![(value.clone(), at)]);
        }
        let at = path.origin(&mut self.context.origins);
        let Blob::Text(source) = self.read(root, &path.str(), at)? else {
            return Err(Fault::new("unsupported replacement type", at));
        };
        let parsed = self.parse(&source);
        let mut list = Vec::new();
        for document in self.documents(&parsed)? {
            match document {
                Value::List(items, _) => list.extend(items.items().to_vec()),
                map @ Value::Map(..) => list.push(map),
                _ => return Err(Fault::new("unsupported replacement type", at)),
            }
        }
        Ok(list
            .into_iter()
            .map(|value| {
                let at = value.origin(&mut self.context.origins);
                (value, at)
            })
            .collect())
    }

    fn replace(&mut self, value: &Value, at: OriginId, resources: &mut [Resource]) -> Result<(), Fault> {
        self.step(resources.len())?;
        let parties: Vec<Party> = resources
            .iter()
            .filter(|resource| !resource.is_gone())
            .map(|resource| Party {
                object: resource.value.clone(),
                identities: resource.ids(),
                shared: resource.shared.clone(),
            })
            .collect();
        replacements::apply(&mut self.context, &parties, value).map_err(|words| Fault::new(words, at))
    }
}

/// Notes a transformation on all objects.
pub(super) fn marked(resources: &mut [Resource], mark: Option<Rc<str>>) {
    let Some(mark) = mark else { return };
    for resource in resources {
        if resource.made.is_none() {
            resource.made = Some(mark.clone());
        } else {
            resource.transformations.push(mark.clone());
        }
    }
}

/// The fields that an entry of `labels` changes.
fn label_specs(entry: &Settings, tables: &Tables) -> Vec<FieldSpec> {
    let mut specs = field_specs(&entry.parts("fields"));
    let more: Vec<&FieldSpec> = if entry.is_true("includeSelectors") {
        tables.common_labels.iter().collect()
    } else if entry.is_true("includeTemplates") {
        tables.template_labels.iter().chain(&tables.metadata_labels).collect()
    } else {
        tables.metadata_labels.iter().collect()
    };
    for spec in more {
        if !specs.contains(spec) {
            specs.push(spec.clone());
        }
    }
    specs
}

/// Field specs as they are written.
pub(super) fn field_specs(parts: &[(Settings, Value)]) -> Vec<FieldSpec> {
    let text = |settings: &Settings, key: &str| Cow::Owned(settings.str(key));
    parts
        .iter()
        .map(|(settings, _)| FieldSpec {
            gvk: Gvk {
                group: text(settings, "group"),
                version: text(settings, "version"),
                kind: text(settings, "kind"),
            },
            path: text(settings, "path"),
            create: settings.is_true("create"),
        })
        .collect()
}
