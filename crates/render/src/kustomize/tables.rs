//! Which fields the built-in transformations change.

use super::fieldspec::{FieldSpec, Gvk};
use std::borrow::Cow;

pub use super::schema::is_cluster_scoped;

/// Fields in which names of objects of one kind stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameReference {
    /// Whose names.
    pub to: Gvk,
    /// Where they stand.
    pub fields: Vec<FieldSpec>,
}

/// Fields of each transformation: the built-in ones, with those of `configurations` added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tables {
    /// `namePrefix`.
    pub name_prefix: Vec<FieldSpec>,
    /// `nameSuffix`.
    pub name_suffix: Vec<FieldSpec>,
    /// `namespace`. That of `metadata` and those of role bindings' subjects are none of them: see
    /// [`super::namespace`].
    pub namespace: Vec<FieldSpec>,
    /// `commonLabels`, and `labels` with `includeSelectors`.
    pub common_labels: Vec<FieldSpec>,
    /// `labels` without `includeSelectors`.
    pub metadata_labels: Vec<FieldSpec>,
    /// `labels` with `includeTemplates`: these too.
    pub template_labels: Vec<FieldSpec>,
    /// `commonAnnotations`.
    pub common_annotations: Vec<FieldSpec>,
    /// `images`.
    pub images: Vec<FieldSpec>,
    /// `replicas`.
    pub replicas: Vec<FieldSpec>,
    /// References by name.
    pub name_reference: Vec<NameReference>,
    /// `vars`.
    pub var_reference: Vec<FieldSpec>,
}

impl Tables {
    /// The built-in ones.
    pub fn built_in() -> Self {
        let mut tables = Self {
            metadata_labels: vec![FieldSpec {
                gvk: Gvk::default(),
                path: Cow::Borrowed("metadata/labels"),
                create: true,
            }],
            ..Self::default()
        };
        let mut section = "";
        for line in include_str!("fields.txt").lines().filter(|line| !line.starts_with('#')) {
            if let Some(name) = line.strip_prefix('[') {
                section = name.trim_end_matches(']');
            } else if let Some(kind) = line.strip_prefix("> ") {
                tables.name_reference.push(NameReference { to: gvk(kind), fields: Vec::new() });
            } else if let Some((path, kinds)) = line.split_once(" : ") {
                let (path, create) = path.strip_suffix(" +").map_or((path, false), |path| (path, true));
                let specs = kinds.split(' ').map(|kind| FieldSpec {
                    gvk: gvk(kind),
                    path: Cow::Borrowed(path),
                    create,
                });
                if let Some(list) = tables.section(section) {
                    list.extend(specs);
                }
            }
        }
        tables
    }

    /// The list that a name of `configurations` stands for; for `nameReference` the last one's fields.
    pub fn section(&mut self, name: &str) -> Option<&mut Vec<FieldSpec>> {
        Some(match name {
            "namePrefix" => &mut self.name_prefix,
            "nameSuffix" => &mut self.name_suffix,
            "namespace" => &mut self.namespace,
            "commonLabels" => &mut self.common_labels,
            "labels" => &mut self.metadata_labels,
            "templateLabels" => &mut self.template_labels,
            "commonAnnotations" => &mut self.common_annotations,
            "images" => &mut self.images,
            "replicas" => &mut self.replicas,
            "varReference" => &mut self.var_reference,
            "nameReference" => &mut self.name_reference.last_mut()?.fields,
            _ => return None,
        })
    }
}

/// `Kind.group@version`; `*` is any kind.
fn gvk(text: &'static str) -> Gvk {
    let (text, version) = text.split_once('@').unwrap_or((text, ""));
    let (kind, group) = text.split_once('.').unwrap_or((text, ""));
    let kind = if kind == "*" { "" } else { kind };
    Gvk { group: Cow::Borrowed(group), version: Cow::Borrowed(version), kind: Cow::Borrowed(kind) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_built_in_fields() {
        let tables = Tables::built_in();
        assert_eq!(tables.name_prefix.len(), 1);
        assert_eq!(tables.replicas.len(), 4);
        assert!(tables.images.iter().all(|spec| spec.create));
        assert!(tables.template_labels.len() > 5 && tables.common_labels.len() > 30);
        assert!(tables.var_reference.len() > 40);
        let config_map = tables.name_reference.iter().find(|r| r.to.kind == "ConfigMap").unwrap();
        assert!(
            config_map.fields.iter().any(|f| f.path == "spec/volumes/configMap/name" && f.gvk.kind == "Pod")
        );
        assert!(tables.name_reference.iter().all(|reference| !reference.fields.is_empty()));
    }
}
