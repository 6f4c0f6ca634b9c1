//! Service claims external addresses.

use crate::support::rbac;
use check::{Check, Cx, Object, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// kube-proxy sends connections to an address in `externalIPs` to the Service's pods, and nobody checks
    /// that the address is the Service's own. With the address of a public host, or of the cluster's DNS, a
    /// Service reads what other pods send there. The field is deprecated for that reason.
    ///
    /// ## How to fix
    /// Let a load-balancer controller assign addresses. An admission policy should refuse `externalIPs`.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   selector:
    ///     app: web
    ///   ports:
    ///     - port: 80
    ///   externalIPs:
    ///     - 203.0.113.10
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: web
    ///   ports:
    ///     - port: 80
    ///   externalIPs: [203.0.113.10, 203.0.113.11]
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   selector:
    ///     app: web
    ///   ports:
    ///     - port: 80
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   selector:
    ///     app: web
    ///   ports:
    ///     - port: 80
    ///   externalIPs: []
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "service-external-ips",
        title: "Service claims external addresses",
        area: Area::Cluster,
        topic: "network",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "connections from inside the cluster to those addresses are drawn to the Service, \
                      whoever they belong to (CVE-2020-8554)",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:NET-6",
            "owasp-k8s-2022:K07",
            "owasp-k8s-2025:K06",
            "nsa-cisa:network/exposure",
        ],
        remediation: "Remove `externalIPs`; use a Service of type LoadBalancer.",
        since: "0.1.0",
        aliases: &["trivy:KSV-0108"],
        docs: DOCS,
    },
    subject: Subject::Object(&["Service"], judge),
};

fn judge<'a>(service: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let addresses = service.spec().get("externalIPs");
    if !addresses.is_empty() {
        let message = format!(
            "Service `{}` claims {} by `externalIPs`",
            service.name(),
            rbac::listed(addresses.items()),
        );
        out.fail(addresses, message).fix(Plan::risky("remove `externalIPs`").remove(addresses));
    }
}
