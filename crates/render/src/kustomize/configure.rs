//! `configurations` and `crds`: more fields for the transformations.

use super::fault::Fault;
use super::fieldspec::{FieldSpec, Gvk};
use super::kustomization::{Kustomization, Settings};
use super::loader::Loader;
use super::tables::{NameReference, Tables};
use super::target::Accumulator;
use super::transform::field_specs;
use crate::files::Blob;
use crate::origin::OriginId;
use crate::text::Text;
use crate::value::Value;

/// Adds the fields of one set of tables to another.
pub(super) fn merge(into: &mut Tables, more: Tables) {
    let pairs = [
        (&mut into.name_prefix, more.name_prefix),
        (&mut into.name_suffix, more.name_suffix),
        (&mut into.namespace, more.namespace),
        (&mut into.common_labels, more.common_labels),
        (&mut into.metadata_labels, more.metadata_labels),
        (&mut into.template_labels, more.template_labels),
        (&mut into.common_annotations, more.common_annotations),
        (&mut into.images, more.images),
        (&mut into.replicas, more.replicas),
        (&mut into.var_reference, more.var_reference),
    ];
    for (into, more) in pairs {
        add(into, more);
    }
    for reference in more.name_reference {
        match into.name_reference.iter_mut().find(|known| known.to == reference.to) {
            Some(known) => add(&mut known.fields, reference.fields),
            None => into.name_reference.push(reference),
        }
    }
}

fn add(into: &mut Vec<FieldSpec>, more: Vec<FieldSpec>) {
    for spec in more {
        if !into.contains(&spec) {
            into.push(spec);
        }
    }
}

impl Loader<'_> {
    /// Reads the configuration files and CRDs that a kustomization names.
    pub(super) fn configure(&mut self, target: &Kustomization, sum: &mut Accumulator) -> Result<(), Fault> {
        for path in target.fields.texts("configurations") {
            let at = path.origin(&mut self.context.origins);
            let result =
                self.configuration(&path, at, &target.folder).map(|more| merge(&mut sum.extra, more));
            self.attempt(result, at)?;
        }
        for path in target.fields.texts("crds") {
            let at = path.origin(&mut self.context.origins);
            let words = format!("loading CRDs [{}]", path.str());
            let result = self
                .crd(&path, at, &target.folder)
                .map(|more| merge(&mut sum.extra, more))
                .map_err(|fault| fault.context(&words));
            self.attempt(result, at)?;
        }
        Ok(())
    }

    fn whole(&mut self, path: &Text, at: OriginId, root: &str) -> Result<Vec<Value>, Fault> {
        match self.read(root, &path.str(), at)? {
            Blob::Text(source) => {
                let parsed = self.parse(&source);
                self.documents(&parsed).map_err(|fault| fault.or_at(at))
            }
            Blob::Binary(_) => Err(Fault::new("yaml: invalid leading UTF-8 octet", at)),
        }
    }

    fn configuration(&mut self, path: &Text, at: OriginId, root: &str) -> Result<Tables, Fault> {
        let mut tables = Tables::default();
        for document in self.whole(path, at, root)? {
            let settings = Settings::of(&document);
            self.known_fields(&settings, at)?;
            let specs = |key: &str| field_specs(&settings.parts(key));
            let more = Tables {
                name_prefix: specs("namePrefix"),
                name_suffix: specs("nameSuffix"),
                namespace: specs("namespace"),
                common_labels: [specs("commonLabels"), specs("labels")].concat(),
                metadata_labels: specs("labels"),
                template_labels: specs("templateLabels"),
                common_annotations: specs("commonAnnotations"),
                images: specs("images"),
                replicas: specs("replicas"),
                name_reference: settings
                    .parts("nameReference")
                    .iter()
                    .map(|(reference, value)| NameReference {
                        to: field_specs(&[(reference.clone(), value.clone())])
                            .pop()
                            .map(|spec| spec.gvk)
                            .unwrap_or_default(),
                        fields: field_specs(&reference.parts("fieldSpecs")),
                    })
                    .collect(),
                var_reference: specs("varReference"),
            };
            merge(&mut tables, more);
        }
        Ok(tables)
    }

    fn known_fields(&mut self, settings: &Settings, at: OriginId) -> Result<(), Fault> {
        const KNOWN: [&str; 13] = [
            "apiVersion",
            "kind",
            "namePrefix",
            "nameSuffix",
            "namespace",
            "labels",
            "templateLabels",
            "commonLabels",
            "commonAnnotations",
            "nameReference",
            "varReference",
            "images",
            "replicas",
        ];
        let unknown = settings.0.entries().keys().find(|key| !KNOWN.contains(&&***key)).cloned();
        match unknown {
            None => Ok(()),
            Some(key) => {
                let place = self.origin_of(settings, &key);
                Err(Fault::new(format!("error unmarshaling JSON: json: unknown field {key:?}"), place)
                    .or_at(at))
            }
        }
    }

    /// The fields that an OpenAPI definition marks: as names of objects, labels, annotations.
    fn crd(&mut self, path: &Text, at: OriginId, root: &str) -> Result<Tables, Fault> {
        let mut tables = Tables::default();
        for document in self.whole(path, at, root)? {
            let types = Settings::of(&document);
            let names: Vec<_> = types.0.entries().keys().cloned().collect();
            for name in names {
                let Some(definition) = types.part(&name).and_then(|part| part.part("Schema").or(Some(part)))
                else {
                    continue;
                };
                let Some(properties) = definition.part("properties") else { continue };
                if properties.get("kind").is_none() || properties.get("metadata").is_none() {
                    continue;
                }
                let kind = name.rsplit('.').next().unwrap_or("").to_owned();
                let gvk = Gvk { kind: kind.into(), ..Gvk::default() };
                self.marks(&types, &properties, &gvk, "", 0, &mut tables)?;
            }
        }
        Ok(tables)
    }

    fn marks(
        &mut self,
        types: &Settings,
        properties: &Settings,
        gvk: &Gvk,
        path: &str,
        depth: usize,
        tables: &mut Tables,
    ) -> Result<(), Fault> {
        /// Definitions that refer to one another may go round.
        const DEEPEST: usize = 16;
        if depth > DEEPEST {
            return Ok(());
        }
        let names: Vec<_> = properties.0.entries().keys().cloned().collect();
        for name in names {
            self.step(1)?;
            let Some(property) = properties.part(&name) else { continue };
            let here = if path.is_empty() { name.to_string() } else { format!("{path}/{name}") };
            let spec = FieldSpec { gvk: gvk.clone(), path: here.clone().into(), create: false };
            if property.get("x-kubernetes-annotation").is_some() {
                add(&mut tables.common_annotations, vec![spec.clone()]);
            }
            if property.get("x-kubernetes-label-selector").is_some() {
                add(&mut tables.common_labels, vec![spec.clone()]);
            }
            if property.get("x-kubernetes-identity").is_some() {
                add(&mut tables.name_prefix, vec![spec.clone()]);
            }
            let kind = property.str("x-kubernetes-object-ref-kind");
            let version = property.str("x-kubernetes-object-ref-api-version");
            if !kind.is_empty() && !version.is_empty() {
                let key = property.str("x-kubernetes-object-ref-name-key");
                let key = if key.is_empty() { "name".to_owned() } else { key };
                let (group, version) = version.split_once('/').unwrap_or(("", &version));
                let to = Gvk {
                    group: group.to_owned().into(),
                    version: version.to_owned().into(),
                    kind: kind.into(),
                };
                let spec = FieldSpec { path: format!("{here}/{key}").into(), ..spec };
                merge(
                    tables,
                    Tables {
                        name_reference: vec![NameReference { to, fields: vec![spec] }],
                        ..Tables::default()
                    },
                );
            }
            let reference = property.str("$ref");
            let reference = reference.rsplit('/').next().unwrap_or("");
            let inner = if reference.is_empty() { Some(property) } else { types.part(reference) };
            if let Some(inner) = inner.and_then(|inner| inner.part("properties")) {
                self.marks(types, &inner, gvk, &here, depth + 1, tables)?;
            }
        }
        Ok(())
    }
}
