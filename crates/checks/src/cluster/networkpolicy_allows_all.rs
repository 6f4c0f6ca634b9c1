//! NetworkPolicy allows all traffic.

use crate::support::network::{self, Direction, Policy};
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// A rule without peers and without ports allows everything in its direction, and policies can't take
    /// back what another allows. Peers given as an empty `namespaceSelector` stand for every pod of the
    /// cluster. Allowing all egress is often meant, so it is reported at low severity.
    ///
    /// ## How to fix
    /// Write `from` or `to` with selectors for the peers, and `ports`.
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
    ///     - {}
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
    ///   policyTypes: [Ingress]
    ///   ingress:
    ///     - from: []
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
    ///         - namespaceSelector: {}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata:
    ///   name: policy
    ///   namespace: shop
    /// spec:
    ///   podSelector:
    ///     matchLabels:
    ///       app: web
    ///   policyTypes: [Egress]
    ///   egress:
    ///     - {}
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
    ///   policyTypes: [Ingress]
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
    ///   ingress: []
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
    ///         - podSelector: {}
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
    ///     - ports:
    ///         - port: 8080
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
    ///   policyTypes: [Ingress]
    ///   egress:
    ///     - {}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "networkpolicy-allows-all",
        title: "NetworkPolicy allows all traffic",
        area: Area::Cluster,
        topic: "network",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "policies only add: one that allows everything undoes all others for the pods it \
                      selects",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:NET-1",
            "owasp-k8s-2022:K07",
            "owasp-k8s-2025:K05",
            "nsa-cisa:network/policies",
        ],
        remediation: "List the peers and ports that are meant; a direction that is to stay open is best left out of \
                      `policyTypes`.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["NetworkPolicy"], judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let policy = Policy { object: *object };
    for direction in [Direction::Ingress, Direction::Egress] {
        for rule in policy.rules(direction) {
            let peers = rule.get(direction.peers());
            let ports = rule.get("ports");
            let any_pod = peers.items().find(|p| network::is_any_pod(*p) && ports.is_empty());
            let (place, what) = if network::allows_all(rule, direction) {
                (rule, "all")
            } else if let Some(peer) = any_pod {
                (peer.get("namespaceSelector"), "every pod's")
            } else {
                continue;
            };
            let field = direction.field();
            let message = match direction {
                Direction::Ingress => {
                    format!("NetworkPolicy `{}` allows {what} ingress traffic", object.name())
                }
                Direction::Egress if what == "all" => {
                    format!("NetworkPolicy `{}` allows all egress traffic", object.name())
                }
                Direction::Egress => {
                    format!("NetworkPolicy `{}` allows egress traffic to every pod", object.name())
                }
            };
            let severity = match (direction, what) {
                (Direction::Ingress, "all") => Severity::Medium,
                _ => Severity::Low,
            };
            out.fail(place, message).severity(severity).key(format!("{field}/{what}"));
        }
    }
}
