//! NetworkPolicy opens a database to everyone.

use crate::support::network::{self, DATABASE_PORTS, Direction, Policy};
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::Node;

check::docs! {
    /// A rule for a database's port that names no peers, every address or every pod lets the whole cluster
    /// try passwords. Databases have few clients, and these are known. An empty `podSelector` admits the
    /// namespace only and is reported at low severity.
    ///
    /// ## How to fix
    /// Add `from: [{podSelector: {matchLabels: {app: CLIENT}}}]` to the rule.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata:
    ///   name: policy
    ///   namespace: shop
    /// spec:
    ///   podSelector:
    ///     matchLabels:
    ///       app: db
    ///   ingress:
    ///     - ports:
    ///         - port: 5432
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
    ///       ports:
    ///         - port: 6379
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
    ///             cidr: 0.0.0.0/0
    ///       ports:
    ///         - port: 27017
    ///           endPort: 27019
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
    ///       ports:
    ///         - port: 3306
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
    ///   podSelector:
    ///     matchLabels:
    ///       app: db
    ///   ingress:
    ///     - from:
    ///         - podSelector:
    ///             matchLabels:
    ///               app: web
    ///       ports:
    ///         - port: 5432
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
    ///   ingress:
    ///     - ports:
    ///         - {port: 5432, protocol: UDP}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "networkpolicy-database-port-open",
        title: "NetworkPolicy opens a database to everyone",
        area: Area::Cluster,
        topic: "network",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "the database's own password is all that is left between its data and every pod \
                      of the cluster",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:NET-1",
            "owasp-k8s-2022:K07",
            "owasp-k8s-2025:K05",
            "nsa-cisa:network/policies",
            "practices:NET-3",
        ],
        remediation: "Name the clients in `from` with a `podSelector`, and a `namespaceSelector` if \
                      they are elsewhere.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["NetworkPolicy"], judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let policy = Policy { object: *object };
    for rule in policy.rules(Direction::Ingress) {
        let peers = rule.get("from");
        let any = |p: &Node<'a>| {
            network::is_any_pod(*p) || p.at("ipBlock.cidr").scalar().is_some_and(network::is_any_address)
        };
        let neighbours = |p: &Node<'a>| {
            !p.get("namespaceSelector").exists() && network::is_empty_selector(p.get("podSelector"))
        };
        let (who, severity) = if peers.is_empty() || peers.items().any(|p| any(&p)) {
            ("everyone", Severity::High)
        } else if peers.items().any(|p| neighbours(&p)) {
            ("every pod of the namespace", Severity::Low)
        } else {
            continue;
        };
        for port in rule.get("ports").items() {
            let listens = |(number, _): &&(i64, &str)| {
                port.get("port").is_set() && network::covers(port, "TCP", *number, &[])
            };
            // A range over everything is not about databases.
            let wide =
                port.get("endPort").as_int().unwrap_or(0) - port.get("port").as_int().unwrap_or(0) > 1000;
            if let Some((number, name)) = DATABASE_PORTS.iter().find(listens).filter(|_| !wide) {
                let message =
                    format!("NetworkPolicy `{}` opens port {number} ({name}) to {who}", object.name());
                out.fail(port.get("port"), message).severity(severity).key(number.to_string());
            }
        }
    }
}
