//! Database accepts connections from every pod.

use crate::support::network::{self, Direction, Selectors, Spaces};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity, Why, WhyCode};

check::docs! {
    /// A database that no NetworkPolicy selects accepts connections from the whole cluster. Its clients are
    /// few and known, so a policy for it is the one that is worth most. Databases are recognised by their
    /// images, and failing that, with less confidence, by the ports that their containers declare.
    ///
    /// ## How to fix
    /// Write a policy with `podSelector` on the database's labels, `policyTypes: [Ingress]`, and `from`
    /// with a `podSelector` of the clients.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: db
    ///   namespace: shop
    ///   labels:
    ///     app: db
    /// spec:
    ///   containers:
    ///     - name: db
    ///       image: postgres:16
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: db
    ///   namespace: shop
    ///   labels:
    ///     app: db
    /// spec:
    ///   containers:
    ///     - name: db
    ///       image: docker.io/library/redis:7
    /// ---
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata:
    ///   name: policy
    ///   namespace: shop
    /// spec:
    ///   podSelector:
    ///     matchLabels:
    ///       app: web
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: db
    ///   namespace: shop
    ///   labels:
    ///     app: db
    /// spec:
    ///   containers:
    ///     - name: db
    ///       image: mongo:7
    /// ---
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
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: cache
    ///   namespace: shop
    /// spec:
    ///   containers:
    ///     - name: cache
    ///       image: example.com/shop/cache-store:3
    ///       ports:
    ///         - containerPort: 6379
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: pool
    ///   namespace: shop
    /// spec:
    ///   containers:
    ///     - name: pool
    ///       image: example.com/shop/db-proxy:3
    ///       ports:
    ///         - containerPort: 5432
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: db
    ///   namespace: shop
    ///   labels:
    ///     app: db
    /// spec:
    ///   containers:
    ///     - name: db
    ///       image: example.com/shop/sql:3
    ///       ports:
    ///         - containerPort: 5432
    /// ---
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata:
    ///   name: policy
    ///   namespace: shop
    /// spec:
    ///   podSelector:
    ///     matchLabels:
    ///       app: db
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: db
    ///   namespace: shop
    ///   labels:
    ///     app: db
    /// spec:
    ///   containers:
    ///     - name: db
    ///       image: postgres:16
    /// ---
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
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: db
    ///   namespace: shop
    ///   labels:
    ///     app: db
    /// spec:
    ///   containers:
    ///     - name: db
    ///       image: mysql:8
    /// ---
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata:
    ///   name: default-deny
    ///   namespace: shop
    /// spec:
    ///   podSelector: {}
    ///   policyTypes: [Ingress]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: db
    ///   namespace: shop
    ///   labels:
    ///     app: db
    /// spec:
    ///   containers:
    ///     - name: db
    ///       image: redis:7
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   namespace: shop
    ///   labels:
    ///     app: web
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ---
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata:
    ///   name: default-deny
    ///   namespace: shop
    /// spec:
    ///   podSelector: {}
    ///   policyTypes: [Ingress, Egress]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "database-not-isolated",
        title: "Database accepts connections from every pod",
        area: Area::Cluster,
        topic: "network",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "any pod of the cluster can try passwords and known faults on it",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &[
            "practices:NET-1",
            "owasp-k8s-2022:K07",
            "owasp-k8s-2025:K05",
            "nsa-cisa:network/policies",
            "practices:NET-3",
        ],
        remediation: "Add a NetworkPolicy that selects the database and admits its clients on its port \
                      only.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Inventory(&["NetworkPolicy"], judge),
};

fn judge<'a>(cx: &Cx<'a>, out: &mut Out<'a>) {
    let spaces = Spaces::new(cx.inventory);
    let mut budget = network::BUDGET;
    for space in spaces.by_name.values() {
        let restricting = Selectors::new(
            space
                .policies
                .iter()
                .filter(|p| p.affects(Direction::Ingress) && !p.allows_all(Direction::Ingress)),
        );
        for pod in &space.pods {
            let by_image = network::database(pod);
            let Some((name, place)) = by_image.or_else(|| network::database_by_port(pod)) else { continue };
            if pod.is_batch() {
                continue;
            }
            out.subject(pod.owner.id());
            let foreign = spaces.foreign.or(space.foreign);
            match restricting.select(pod.labels(), &mut budget) {
                Some(true) => continue,
                Some(false) => {}
                None => {
                    let detail = "too many policies and pods to compare them all";
                    out.unknown(&pod.owner, Why::new(WhyCode::Limit, detail));
                    continue;
                }
            }
            if let Some(foreign) = foreign {
                let detail = format!("{} `{}` may restrict it", foreign.kind, foreign.name());
                out.unknown(foreign, Why::new(WhyCode::Unsupported, detail));
                continue;
            }
            let verb = if by_image.is_some() { "runs" } else { "has the port of" };
            let message = format!(
                "{} `{}` {verb} {name}, and no NetworkPolicy says who may connect to it",
                pod.owner.kind,
                pod.owner.name(),
            );
            let draft = out.fail(place, message);
            draft.key(name);
            if by_image.is_none() {
                draft.confidence(Confidence::Low);
            }
        }
    }
}
