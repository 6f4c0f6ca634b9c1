//! The order in which objects come out.

use super::fault::Fault;
use super::kustomization::Settings;
use super::resource::{Id, Resource, show_gvk};
use crate::origin::OriginId;
use std::collections::HashMap;

/// Kinds that come first, in this order, where nothing else is asked for: what others depend on.
const FIRST: [&str; 22] = [
    "Namespace",
    "ResourceQuota",
    "StorageClass",
    "CustomResourceDefinition",
    "ServiceAccount",
    "PodSecurityPolicy",
    "Role",
    "ClusterRole",
    "RoleBinding",
    "ClusterRoleBinding",
    "ConfigMap",
    "Secret",
    "Endpoints",
    "Service",
    "LimitRange",
    "PriorityClass",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "Deployment",
    "StatefulSet",
    "CronJob",
    "PodDisruptionBudget",
];

/// Kinds that come last.
const LAST: [&str; 2] = ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"];

/// Sorts the objects of a build as `sortOptions` asks, or as kubectl does without it.
pub(super) fn sort(
    resources: &mut [Resource],
    options: Option<&Settings>,
    at: OriginId,
) -> Result<(), Fault> {
    let mut first: Vec<String> = FIRST.iter().map(|kind| (*kind).to_owned()).collect();
    let mut last: Vec<String> = LAST.iter().map(|kind| (*kind).to_owned()).collect();
    if let Some(options) = options {
        let order = options.str("order");
        let legacy = options.part("legacySortOptions");
        match order.as_str() {
            "fifo" if legacy.is_some() => {
                let message = "the field 'sortOptions.legacySortOptions' is set but the selected sort order is \
                               'fifo', not 'legacy'";
                return Err(Fault::new(message, at));
            }
            "fifo" => return Ok(()),
            "legacy" => {}
            _ => {
                return Err(Fault::new("the field 'sortOptions.order' must be one of [fifo, legacy]", at));
            }
        }
        if let Some(legacy) = legacy {
            let kinds = |key| legacy.texts(key).iter().map(|text| text.str().into_owned()).collect();
            first = kinds("orderFirst");
            last = kinds("orderLast");
        }
    }
    let mut ranks = HashMap::new();
    for (rank, kind) in (1_i64..).zip(first.iter().rev()) {
        ranks.entry(kind.as_str()).or_insert(-rank);
    }
    for (rank, kind) in (1_i64..).zip(&last) {
        ranks.insert(kind.as_str(), rank);
    }
    resources.sort_by_cached_key(|resource| {
        let id = resource.id();
        let rank = ranks.get(&*id.gvk.kind).copied().unwrap_or(0);
        (rank, kind_key(&id), name_key(&id))
    });
    Ok(())
}

fn kind_key(id: &Id) -> String {
    let part = |text: &str, none: &str| if text.is_empty() { none.to_owned() } else { text.to_owned() };
    let gvk = &id.gvk;
    [part(&gvk.group, "~G"), part(&gvk.version, "~V"), part(&gvk.kind, "~K")].join("_")
}

fn name_key(id: &Id) -> String {
    let part = |text: &str, none: &str| if text.is_empty() { none.to_owned() } else { text.to_owned() };
    [show_gvk(&id.gvk), part(&id.namespace, "~X"), part(&id.name, "~N")].join("|")
}
