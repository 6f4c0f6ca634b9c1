//! NetworkPolicy admits every address.

use crate::support::network::{self, Direction, Policy};
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// An `ipBlock` of `0.0.0.0/0` or `::/0` in an ingress rule admits every address: all pods, all nodes
    /// and whatever the load balancer lets through.
    ///
    /// ## How to fix
    /// Admit the ingress controller by `namespaceSelector` and `podSelector` instead of all addresses. With
    /// ports named, which is usual for a public server, the severity is low.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata:
    ///   name: policy
    ///   namespace: shop
    /// spec:
    ///   podSelector: {}
    ///   ingress:
    ///     - from:
    ///         - ipBlock:
    ///             cidr: 0.0.0.0/0
    /// ```
    ///
    /// ```yaml
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata:
    ///   name: policy
    ///   namespace: shop
    /// spec:
    ///   podSelector: {}
    ///   ingress:
    ///     - from:
    ///         - ipBlock:
    ///             cidr: ::/0
    ///       ports:
    ///         - port: 443
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata:
    ///   name: policy
    ///   namespace: shop
    /// spec:
    ///   podSelector: {}
    ///   ingress:
    ///     - from:
    ///         - ipBlock:
    ///             cidr: 10.0.0.0/8
    /// ```
    ///
    /// ```yaml
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata:
    ///   name: policy
    ///   namespace: shop
    /// spec:
    ///   podSelector: {}
    ///   policyTypes: [Egress]
    ///   egress:
    ///     - to:
    ///         - ipBlock:
    ///             cidr: 0.0.0.0/0
    ///             except: [169.254.169.254/32]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "networkpolicy-ingress-from-anywhere",
        title: "NetworkPolicy admits every address",
        area: Area::Cluster,
        topic: "network",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "addresses outside of the cluster are admitted as well as every pod; what listens \
                      there must stand by itself",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:NET-1",
            "owasp-k8s-2022:K07",
            "owasp-k8s-2025:K05",
            "nsa-cisa:network/policies",
            "practices:NET-6",
        ],
        remediation: "Replace `0.0.0.0/0` by the address ranges or pods that are meant.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["NetworkPolicy"], judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let policy = Policy { object: *object };
    for rule in policy.rules(Direction::Ingress) {
        for peer in rule.get("from").items() {
            let cidr = peer.at("ipBlock.cidr");
            let Some(place) = out.met(cidr.name(), network::is_any_address) else { continue };
            let all = rule.get("ports").is_empty();
            let ports = if all { "all ports" } else { "the listed ports" };
            let text = cidr.scalar().unwrap_or("");
            let message =
                format!("NetworkPolicy `{}` admits every address (`{text}`) to {ports}", object.name());
            out.fail(place, message).severity(if all { Severity::Medium } else { Severity::Low });
        }
    }
}
