//! Object is declared twice.

use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use std::collections::{BTreeMap, BTreeSet};
use syntax::Node;

check::docs! {
    /// Two documents declare the same kind, namespace and name. Applied together, the later one replaces the earlier one in
    /// silence. Within one file that is a mistake, and so it is in two files that one Kustomization lists.
    /// Other files are often variants, of which one is applied.
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
    let together = listed_together(cx);
    let mut first: BTreeMap<(&str, &str, &str, &str), Vec<&Object<'a>>> = BTreeMap::new();
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
        let before = first.entry(key).or_default();
        let here = file(object);
        if let Some(same) = before.iter().find(|o| file(o) == here) {
            out.fail(object, format!("{} `{name}` is declared twice", object.kind))
                .related(*same, "declared before");
        } else if let Some(other) = before.iter().find(|o| are_applied_together(&together, here, file(o))) {
            out.fail(
                object,
                format!("{} `{name}` is declared in two files of one Kustomization", object.kind),
            )
            .related(*other, "declared before");
        }
        // A few are enough: what comes later is compared with the first of its file or folder.
        if before.len() < MOST_COMPARED {
            before.push(object);
        }
    }
}

/// How many declarations of one name are compared with each further one.
const MOST_COMPARED: usize = 32;

/// For each folder with a Kustomization, the files it lists.
fn listed_together<'a>(cx: &Cx<'a>) -> BTreeMap<&'a str, BTreeSet<&'a str>> {
    let mut listed: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for object in cx.inventory.objects().iter().filter(|o| o.kind == "Kustomization") {
        let names = listed.entry(folder(file(object))).or_default();
        for resource in object.root.get("resources").items().filter_map(Node::scalar) {
            names.insert(resource.strip_prefix("./").unwrap_or(resource));
        }
    }
    listed
}

fn are_applied_together(listed: &BTreeMap<&str, BTreeSet<&str>>, a: &str, b: &str) -> bool {
    let base = |name: &str| name.rsplit('/').next().unwrap_or(name).to_owned();
    folder(a) == folder(b)
        && listed
            .get(folder(a))
            .is_some_and(|names| names.contains(base(a).as_str()) && names.contains(base(b).as_str()))
}

fn file<'a>(object: &Object<'a>) -> &'a str {
    object.root.tree().source().name()
}

fn folder(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}
