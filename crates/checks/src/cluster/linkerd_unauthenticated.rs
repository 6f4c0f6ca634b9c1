//! Linkerd admits clients without an identity.

use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// With the annotation `config.linkerd.io/default-inbound-policy` at `all-unauthenticated` (or
    /// `cluster-unauthenticated`) the proxies accept connections without mutual TLS. Servers,
    /// ServerAuthorizations and network authentications may say the same.
    ///
    /// ## How to fix
    /// Set the annotation to `all-authenticated` or `deny`.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: shop
    ///   annotations:
    ///     config.linkerd.io/default-inbound-policy: all-unauthenticated
    /// ```
    ///
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata:
    ///   name: web
    /// spec:
    ///   template:
    ///     metadata:
    ///       annotations:
    ///         config.linkerd.io/default-inbound-policy: cluster-unauthenticated
    ///     spec:
    ///       containers:
    ///         - name: web
    ///           image: example.com/web:1.0
    /// ```
    ///
    /// ```yaml
    /// apiVersion: policy.linkerd.io/v1beta1
    /// kind: ServerAuthorization
    /// metadata:
    ///   name: web
    /// spec:
    ///   server:
    ///     name: web
    ///   client:
    ///     unauthenticated: true
    /// ```
    ///
    /// ```yaml
    /// apiVersion: policy.linkerd.io/v1beta3
    /// kind: Server
    /// metadata:
    ///   name: web
    /// spec:
    ///   accessPolicy: all-unauthenticated
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: shop
    ///   annotations:
    ///     config.linkerd.io/default-inbound-policy: deny
    /// ```
    ///
    /// ```yaml
    /// apiVersion: policy.linkerd.io/v1beta1
    /// kind: ServerAuthorization
    /// metadata:
    ///   name: web
    /// spec:
    ///   client:
    ///     meshTLS:
    ///       serviceAccounts:
    ///         - name: web
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "linkerd-unauthenticated",
        title: "Linkerd admits clients without an identity",
        area: Area::Cluster,
        topic: "network",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "any pod may connect, in the mesh or not; the application's own authentication is \
                      left",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:NET-5", "owasp-k8s-2022:K07", "owasp-k8s-2025:K05"],
        remediation: "Set the default inbound policy to `all-authenticated` or `deny`, and name the \
                      clients in AuthorizationPolicies.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(
        &[
            "Namespace",
            "Pod",
            "Deployment",
            "StatefulSet",
            "DaemonSet",
            "Job",
            "CronJob",
            "ReplicaSet",
            "Server.policy.linkerd.io",
            "ServerAuthorization.policy.linkerd.io",
        ],
        judge,
    ),
};

fn judge<'a>(object: &Object<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    let annotation = "config.linkerd.io/default-inbound-policy";
    let pods = cx.inventory.pods_of(object).iter().map(|p| p.annotations().get(annotation));
    let mut policies: Vec<_> = std::iter::once(object.annotations().get(annotation)).chain(pods).collect();
    if object.group() == "policy.linkerd.io" {
        policies.push(object.spec().get("accessPolicy"));
        let client = object.spec().at("client.unauthenticated");
        if let Some(place) = out.met(client.bool(), |on| on) {
            out.fail(
                place,
                format!("{} `{}` admits clients without an identity", object.kind, object.name()),
            );
        }
    }
    for policy in policies {
        let Some(value) = policy.scalar() else { continue };
        if value.ends_with("-unauthenticated") {
            let message =
                format!("{} `{}` admits clients without an identity (`{value}`)", object.kind, object.name());
            out.fail(policy, message);
        }
    }
}
