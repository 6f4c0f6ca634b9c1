//! NetworkPolicy allows DNS to any server.

use crate::support::network::{self, Direction, Policy};
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::Node;

check::docs! {
    /// A rule that opens port 53 to every address lets a pod ask any DNS server. Data leaves in the names
    /// that are asked for, and orders come back in the answers. The cluster's own DNS can be watched and
    /// filtered; a foreign one can't.
    ///
    /// ## How to fix
    /// Add `to` with `namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}` to the
    /// rule.
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
    ///   egress:
    ///     - ports:
    ///         - {port: 53, protocol: UDP}
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
    ///             cidr: 0.0.0.0/0
    ///       ports:
    ///         - {port: 53, protocol: UDP}
    ///         - {port: 53, protocol: TCP}
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
    ///         - namespaceSelector:
    ///             matchLabels:
    ///               kubernetes.io/metadata.name: kube-system
    ///       ports:
    ///         - {port: 53, protocol: UDP}
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
    ///     - ports:
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
    ///     - {}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "networkpolicy-dns-to-anywhere",
        title: "NetworkPolicy allows DNS to any server",
        area: Area::Cluster,
        topic: "network",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "queries to a server of the attacker's carry data out past other restrictions",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:NET-2", "nsa-cisa:network/policies"],
        remediation: "Allow port 53 to the cluster's DNS only: namespace `kube-system`, pods with \
                      `k8s-app: kube-dns`.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["NetworkPolicy"], judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let policy = Policy { object: *object };
    for rule in policy.rules(Direction::Egress) {
        let dns = |p: &Node<'a>| {
            p.get("port").is_set()
                && ["UDP", "TCP"].iter().any(|t| network::covers(*p, t, 53, &["dns", "domain"]))
        };
        let Some(port) = rule.get("ports").items().find(dns) else { continue };
        let peers = rule.get("to");
        let any = |p: Node<'a>| p.at("ipBlock.cidr").scalar().is_some_and(network::is_any_address);
        if peers.is_empty() || peers.items().any(any) {
            let message = format!("NetworkPolicy `{}` allows DNS queries to any server", object.name());
            out.fail(port.get("port"), message).key("dns");
        }
    }
}
