//! Labels that the API server refuses.

use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::{Kind, Node, placeholder};

check::docs! {
    /// The name and the value of a label have at most 63 characters: letters, digits, `-`, `_` and `.`, with a letter
    /// or digit at both ends; before the name may stand a domain and a slash. A value must be a text: `1.0`, `true`
    /// and `yes` need quotes. The API server refuses the whole object otherwise, and for a pod template the pods that
    /// would be made of it.
    ///
    /// ## How to fix
    /// Shorten the value, leave out what is not allowed, and put numbers and truth values in quotes.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata:
    ///   name: web
    ///   namespace: shop
    ///   labels: {version: 1.0}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata:
    ///   name: web
    ///   namespace: shop
    ///   labels: {enabled: true}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata:
    ///   name: web
    ///   namespace: shop
    ///   labels: {owner: "team a"}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata:
    ///   name: web
    ///   namespace: shop
    ///   labels: {owner: -team}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata:
    ///   name: web
    ///   namespace: shop
    ///   labels: {owner: a/b}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata:
    ///   name: web
    ///   namespace: shop
    ///   labels: {"app/": web}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata:
    ///   name: web
    ///   namespace: shop
    ///   labels: {"a/b/c": web}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata:
    ///   name: web
    ///   namespace: shop
    ///   labels: {owner: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web, version: 2}}
    ///     spec:
    ///       containers:
    ///         - name: web
    ///           image: example.com/web:1.0
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata:
    ///   name: web
    ///   namespace: shop
    ///   labels: {version: "1.0", owner: team-a_b.c, app.kubernetes.io/name: web}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata:
    ///   name: web
    ///   namespace: shop
    ///   labels: {empty: ""}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata:
    ///   name: web
    ///   namespace: shop
    ///   labels: {empty: null}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata:
    ///   name: web
    ///   namespace: shop
    ///   labels: {owner: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata:
    ///   name: web
    ///   namespace: shop
    ///   labels: {owner: "{{ .Values.owner }}"}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata:
    ///   name: web
    ///   namespace: shop
    ///   labels: {owner: "$OWNER"}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "label-invalid",
        title: "Label is not valid",
        area: Area::Cluster,
        topic: "references",
        profile: Profile::Reliability,
        severity: Severity::Medium,
        severity_reason: "the object is refused when it is applied",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Use at most 63 letters, digits, `-`, `_` and `.` in a label, and put numbers and truth values in quotes.",
        since: "0.1.0",
        aliases: &["kube-score:label-values"],
        docs: DOCS,
    },
    subject: Subject::Object(&["*"], judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    for labels in [object.labels(), object.spec().at("template.metadata.labels")] {
        for (key, value) in labels.entries() {
            if placeholder::find(key).is_some() {
                continue;
            }
            if let Some(why) = key_fault(key) {
                out.fail(value, format!("the name of label `{}` {why}", shown(key))).key(key);
            } else if let Some(why) = value_fault(value) {
                out.fail(value, format!("the value of label `{key}` {why}")).key(key);
            }
        }
    }
}

/// What is wrong with the name of a label.
fn key_fault(key: &str) -> Option<&'static str> {
    let (domain, name) = key.split_once('/').map_or((None, key), |(domain, name)| (Some(domain), name));
    if let Some(domain) = domain {
        let part = |part: &str| is_word(part, 63, "-") && !part.is_empty();
        if domain.len() > 253 || !domain.split('.').all(part) || domain.contains(char::is_uppercase) {
            return Some("has no valid domain before its slash");
        }
    }
    (name.is_empty() || !is_word(name, 63, "-_.")).then_some(
        "is not of at most 63 letters, digits, `-`, `_` and `.`, with a letter or digit at both ends",
    )
}

/// What is wrong with the value of a label.
fn value_fault(value: Node<'_>) -> Option<&'static str> {
    match value.kind() {
        Kind::Null => None,
        Kind::Str => {
            let text = value.scalar().unwrap_or("");
            if placeholder::find(text).is_some() || is_word(text, 63, "-_.") {
                None
            } else if text.len() > 63 {
                Some("has more than 63 characters")
            } else {
                Some(
                    "holds what is not a letter, a digit, `-`, `_` or `.`, or does not begin and end with a letter or digit",
                )
            }
        }
        Kind::Map | Kind::Seq => Some("is no text"),
        _ => Some("is a number or truth value and needs quotes"),
    }
}

/// True for a text of letters, digits and `others` with a letter or digit at both ends; also for an empty one.
fn is_word(text: &str, most: usize, others: &str) -> bool {
    text.len() <= most
        && text.chars().all(|c| c.is_ascii_alphanumeric() || others.contains(c))
        && [text.chars().next(), text.chars().next_back()]
            .into_iter()
            .flatten()
            .all(|c| c.is_ascii_alphanumeric())
}

/// A name cut to a length that a message can hold.
fn shown(key: &str) -> String {
    key.chars().take(80).collect()
}
