//! Pods that write names into /etc/hosts.

use crate::support::pod_security::mapping;
use check::{Check, Cx, Out, Pod, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// `hostAliases` ties names to addresses inside of the pod, past DNS. The addresses grow old in silence, and
    /// whoever writes the manifest can lead the program to another server under a trusted name.
    ///
    /// ## How to fix
    /// Use a Service (of type ExternalName, or with an EndpointSlice) or an entry in DNS.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   hostAliases:
    ///     - ip: 10.0.0.7
    ///       hostnames: [db.example.com]
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    ///
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       hostAliases:
    ///         - ip: 10.0.0.7
    ///           hostnames: [db.example.com]
    ///       containers:
    ///         - name: web
    ///           image: example.com/web:1.0
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   hostAliases: []
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "host-aliases",
        title: "Pod writes names into /etc/hosts",
        area: Area::Cluster,
        topic: "hygiene",
        profile: Profile::Style,
        severity: Severity::Info,
        severity_reason: "who may write the manifest may mislead the program in many other ways",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Replace `hostAliases` by a Service or an entry in DNS.",
        since: "0.1.0",
        aliases: &["trivy:KSV-0007"],
        docs: DOCS,
    },
    subject: Subject::Pod(judge),
};

fn judge<'a>(pod: &Pod<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let Some(spec) = mapping(pod.spec(), out) else { return };
    let aliases = spec.get("hostAliases");
    let names: Vec<&str> = aliases
        .items()
        .flat_map(|alias| alias.get("hostnames").items())
        .filter_map(syntax::Node::scalar)
        .collect();
    if aliases.is_seq() && !aliases.is_empty() {
        let what = names.first().map_or_else(String::new, |name| format!(", `{name}` among them"));
        out.fail(aliases, format!("the pod ties names to addresses past DNS{what}"));
    }
}
