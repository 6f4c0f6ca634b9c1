//! NetworkPolicy lets pods reach every address.

use crate::support::network::{self, Direction, Policy};
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// An `ipBlock` of `0.0.0.0/0` without ports in an egress rule lets the pods connect to everything: the
    /// Internet, other networks of the company, the nodes.
    ///
    /// ## How to fix
    /// Name the ports, usually 443, and leave private ranges out with `except`.
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
    ///   policyTypes: [Egress]
    ///   egress:
    ///     - to:
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
    ///   egress:
    ///     - to:
    ///         - ipBlock:
    ///             cidr: ::/0
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
    ///   egress:
    ///     - to:
    ///         - ipBlock:
    ///             cidr: 0.0.0.0/0
    ///             except: [10.0.0.0/8, 169.254.0.0/16]
    ///       ports:
    ///         - port: 443
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
    ///   egress:
    ///     - to:
    ///         - ipBlock:
    ///             cidr: 10.0.0.0/8
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "networkpolicy-egress-to-anywhere",
        title: "NetworkPolicy lets pods reach every address",
        area: Area::Cluster,
        topic: "network",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "data can leave to anywhere; the pod must be taken over first",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:NET-1",
            "owasp-k8s-2022:K07",
            "owasp-k8s-2025:K05",
            "nsa-cisa:network/policies",
        ],
        remediation: "Replace `0.0.0.0/0` by the address ranges that are meant, or name the ports.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["NetworkPolicy"], judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let policy = Policy { object: *object };
    for rule in policy.rules(Direction::Egress).filter(|r| r.get("ports").is_empty()) {
        for peer in rule.get("to").items() {
            let cidr = peer.at("ipBlock.cidr");
            if let Some(place) = out.met(cidr.name(), network::is_any_address) {
                let text = cidr.scalar().unwrap_or("");
                let message =
                    format!("NetworkPolicy `{}` lets pods reach every address (`{text}`)", object.name());
                out.fail(place, message);
            }
        }
    }
}
