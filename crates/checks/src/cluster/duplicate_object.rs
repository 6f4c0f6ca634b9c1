//! Object is declared twice.

use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use std::collections::BTreeMap;

check::docs! {
    /// Two documents declare the same kind, namespace and name. Applied together, the later one replaces the earlier one in
    /// silence. Within one file that is a mistake. In files of one directory it is reported with low confidence, and only if
    /// the two differ; different directories are different variants.
    ///
    /// ## How to fix
    /// Remove one, or rename it.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web}
    /// data: {a: "1"}
    /// ---
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web}
    /// data: {a: "2"}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: example.com/v1
    /// kind: Farm
    /// metadata: {name: web, namespace: shop}
    /// ---
    /// apiVersion: example.com/v1
    /// kind: Farm
    /// metadata: {name: web, namespace: shop}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web, namespace: a}
    /// ---
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web, namespace: b}
    /// ---
    /// apiVersion: v1
    /// kind: Secret
    /// metadata: {name: web, namespace: a}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: batch/v1
    /// kind: Job
    /// metadata: {generateName: web-}
    /// ---
    /// apiVersion: batch/v1
    /// kind: Job
    /// metadata: {generateName: web-}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "duplicate-object",
        title: "Object is declared twice",
        area: Area::Cluster,
        topic: "references",
        profile: Profile::Reliability,
        severity: Severity::Medium,
        severity_reason: "whichever comes last wins, and what the other says never takes effect",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Remove one of the two, or give them different names.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Inventory(&[], judge),
};

fn judge<'a>(cx: &Cx<'a>, out: &mut Out<'a>) {
    let mut first: BTreeMap<(&str, &str, &str, &str), &Object<'a>> = BTreeMap::new();
    for object in cx.inventory.objects() {
        out.subject(object.id());
        let name = object.metadata().get("name").scalar().unwrap_or("");
        // What is filled in later may differ after all.
        let open = [Some(name), object.declared_namespace()]
            .into_iter()
            .flatten()
            .any(|text| text.is_empty() || syntax::placeholder::find(text).is_some());
        if open || object.kind == "Kustomization" {
            continue;
        }
        let key = (object.group(), object.kind, object.declared_namespace().unwrap_or(""), name);
        let Some(before) = first.get(&key) else {
            first.insert(key, object);
            continue;
        };
        let (here, there) = (file(object), file(before));
        if here == there {
            out.fail(object, format!("{} `{name}` is declared twice", object.kind))
                .related(*before, "declared before");
        } else if folder(here) == folder(there)
            && check::json::value(object.root) != check::json::value(before.root)
        {
            out.fail(
                object,
                format!("{} `{name}` is declared differently in another file of the folder", object.kind),
            )
            .severity(Severity::Low)
            .confidence(Confidence::Low)
            .related(*before, "declared before");
        }
    }
}

fn file<'a>(object: &Object<'a>) -> &'a str {
    object.root.tree().source().name()
}

fn folder(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}
