//! Finding what is referred to, over the whole inventory, in one pass each.

use super::workload;
use check::{Cx, Object, Pod};
use std::collections::BTreeMap;
use syntax::{Node, placeholder};

/// Labels that controllers add to the pods they make, so that no template shows them.
const ADDED_LABELS: &[&str] = &[
    "pod-template-hash",
    "controller-revision-hash",
    "statefulset.kubernetes.io/pod-name",
    "apps.kubernetes.io/pod-index",
    "job-name",
    "controller-uid",
    "batch.kubernetes.io/job-name",
    "batch.kubernetes.io/controller-uid",
    "batch.kubernetes.io/job-completion-index",
    "rollouts-pod-template-hash",
];

/// The pods of an inventory by their labels.
#[derive(Debug)]
pub struct PodIndex<'a> {
    by_pair: BTreeMap<(&'a str, &'a str), Vec<&'a Pod<'a>>>,
}

impl<'a> PodIndex<'a> {
    /// Indexes all pods.
    pub fn new(cx: &Cx<'a>) -> Self {
        let mut by_pair: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for pod in cx.inventory.pods() {
            for (key, value) in pod.labels().entries() {
                by_pair.entry((key, value.scalar().unwrap_or(""))).or_default().push(pod);
            }
        }
        Self { by_pair }
    }

    fn with(&self, pair: (&'a str, &'a str)) -> &[&'a Pod<'a>] {
        self.by_pair.get(&pair).map_or(&[][..], Vec::as_slice)
    }

    /// Pods that the equality selector of `owner` (a Service) takes, in its namespace.
    pub fn select(&self, owner: &Object<'a>, selector: Node<'a>) -> Vec<&'a Pod<'a>> {
        let pairs: Vec<(&'a str, &'a str)> = pairs(selector).collect();
        let rarest = pairs.iter().map(|pair| self.with(*pair)).min_by_key(|pods| pods.len());
        let takes = |pod: &Pod<'a>| {
            pairs.iter().all(|(key, value)| pod.labels().get(key).scalar().unwrap_or("") == *value)
                && workload::same_namespace(&pod.owner, owner)
        };
        rarest.into_iter().flatten().copied().filter(|pod| takes(pod)).collect()
    }

    /// A pod that has some of the wanted labels, but not all: the selector was probably meant for it.
    pub fn near_miss(&self, owner: &Object<'a>, selector: Node<'a>) -> Option<&'a Pod<'a>> {
        pairs(selector)
            .find_map(|pair| self.with(pair).iter().find(|pod| workload::same_namespace(&pod.owner, owner)))
            .copied()
    }
}

/// A custom resource of the namespace that bears the wanted labels, itself or in `spec.podMetadata`: its
/// operator makes pods that no manifest shows.
pub fn made_by_operator<'a>(cx: &Cx<'a>, owner: &Object<'a>, labels: Node<'a>) -> Option<&'a Object<'a>> {
    if labels.is_empty() {
        return None;
    }
    let has_all = |have: Node<'a>| pairs(labels).all(|(key, value)| have.get(key).scalar() == Some(value));
    cx.inventory.objects().iter().filter(|o| !o.is_builtin()).find(|o| {
        workload::same_namespace(o, owner)
            && (has_all(o.labels()) || has_all(o.spec().at("podMetadata.labels")))
    })
}

fn pairs(selector: Node<'_>) -> impl Iterator<Item = (&str, &str)> {
    selector
        .entries()
        .filter(|(key, _)| !ADDED_LABELS.contains(key))
        .map(|(key, value)| (key, value.scalar().unwrap_or("")))
}

/// Names of one kind of objects, those that something else will make among them.
#[derive(Debug)]
pub struct Names<'a> {
    by_name: BTreeMap<&'a str, Vec<Object<'a>>>,
    any: bool,
}

impl<'a> Names<'a> {
    /// Every object of a built-in kind; for Secrets and ConfigMaps also what operators and generators make.
    pub fn new(cx: &Cx<'a>, kind: &str) -> Self {
        let mut names = Self { by_name: BTreeMap::new(), any: false };
        for object in cx.inventory.of_kind(kind) {
            names.any = true;
            names.add(object.name(), object);
        }
        match kind {
            "Secret" => names.add_made_secrets(cx),
            "ConfigMap" => names.add_generated(cx, "configMapGenerator"),
            _ => {}
        }
        names
    }

    fn add(&mut self, name: &'a str, maker: &Object<'a>) {
        self.by_name.entry(name).or_default().push(*maker);
    }

    fn add_made_secrets(&mut self, cx: &Cx<'a>) {
        self.add_generated(cx, "secretGenerator");
        for object in cx.inventory.objects() {
            let spec = object.spec();
            match object.kind {
                "SealedSecret" => {
                    self.add(spec.at("template.metadata.name").scalar().unwrap_or(object.name()), object);
                }
                "ExternalSecret" | "ClusterExternalSecret" => {
                    self.add(spec.at("target.name").scalar().unwrap_or(object.name()), object);
                }
                "Certificate" => {
                    if let Some(name) = spec.get("secretName").scalar() {
                        self.add(name, object);
                    }
                }
                "VaultStaticSecret" | "VaultDynamicSecret" | "VaultPKISecret" => {
                    if let Some(name) = spec.at("destination.name").scalar() {
                        self.add(name, object);
                    }
                }
                "SecretProviderClass" => {
                    for made in spec.get("secretObjects").items() {
                        if let Some(name) = made.get("secretName").scalar() {
                            self.add(name, object);
                        }
                    }
                }
                "OnePasswordItem"
                | "SopsSecret"
                | "AzureKeyVaultSecret"
                | "SecretStoreBinding"
                | "InfisicalSecret" => {
                    self.add(object.name(), object);
                }
                _ => {}
            }
        }
    }

    fn add_generated(&mut self, cx: &Cx<'a>, field: &str) {
        for object in cx.inventory.objects().iter().filter(|o| o.kind == "Kustomization") {
            for made in object.root.get(field).items() {
                if let Some(name) = made.get("name").scalar() {
                    self.add(name, object);
                }
            }
        }
    }

    /// True if something of this name may be there for `user`, in its namespace.
    pub fn has(&self, name: &str, user: &Object<'a>) -> bool {
        placeholder::find(name).is_some()
            || self.by_name.get(name).is_some_and(|found| {
                found.iter().any(|o| {
                    o.is_cluster_scoped() || o.kind == "Kustomization" || workload::same_namespace(o, user)
                })
            })
    }

    /// The objects of this name that `user` may mean.
    pub fn find(&self, name: &str, user: &Object<'a>) -> Option<&Object<'a>> {
        self.by_name.get(name)?.iter().find(|o| o.is_cluster_scoped() || workload::same_namespace(o, user))
    }

    /// True if the input has any object of the kind: then a missing one is more likely a mistake.
    pub fn any(&self) -> bool {
        self.any
    }
}
