//! Egress is denied, DNS included.

use crate::support::network::{self, Direction, Policy, Selectors, Spaces};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity, Why, WhyCode};
use std::collections::HashSet;
use syntax::Node;

check::docs! {
    /// As soon as one policy restricts the egress of a pod, DNS is restricted as well. Without a rule for
    /// port 53 the pod resolves no names. Policies that cut single workloads off on purpose, or that allow
    /// plain addresses only, are left alone.
    ///
    /// ## How to fix
    /// Add an egress rule to `namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}`
    /// with `podSelector: {matchLabels: {k8s-app: kube-dns}}` and ports 53 UDP and TCP. A rule without
    /// `protocol` means TCP, which is not enough.
    ///
    /// ## Fails
    /// ```yaml
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
    ///   policyTypes: [Egress]
    /// ```
    ///
    /// ```yaml
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
    ///   name: policy
    ///   namespace: shop
    /// spec:
    ///   podSelector:
    ///     matchLabels:
    ///       app: web
    ///   policyTypes: [Egress]
    ///   egress:
    ///     - to:
    ///         - podSelector:
    ///             matchLabels:
    ///               app: db
    ///       ports:
    ///         - port: 5432
    /// ```
    ///
    /// ```yaml
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
    ///   name: policy
    ///   namespace: shop
    /// spec:
    ///   podSelector: {}
    ///   policyTypes: [Egress]
    ///   egress:
    ///     - to:
    ///         - namespaceSelector: {}
    ///       ports:
    ///         - port: 53
    /// ```
    ///
    /// ## Passes
    /// ```yaml
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
    ///   policyTypes: [Egress]
    /// ---
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata:
    ///   name: dns
    ///   namespace: shop
    /// spec:
    ///   podSelector: {}
    ///   policyTypes: [Egress]
    ///   egress:
    ///     - to:
    ///         - namespaceSelector:
    ///             matchLabels:
    ///               kubernetes.io/metadata.name: kube-system
    ///       ports:
    ///         - {port: 53, protocol: UDP}
    ///         - {port: 53, protocol: TCP}
    /// ```
    ///
    /// ```yaml
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
    ///   policyTypes: [Ingress]
    /// ---
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
    ///       image: example.com/web:1.0
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
    ///   policyTypes: [Ingress, Egress]
    /// ```
    ///
    /// ```yaml
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
    ///   name: policy
    ///   namespace: shop
    /// spec:
    ///   podSelector: {}
    ///   policyTypes: [Egress]
    ///   egress:
    ///     - to:
    ///         - ipBlock:
    ///             cidr: 10.1.2.3/32
    ///       ports:
    ///         - port: 5432
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "networkpolicy-egress-without-dns",
        title: "Egress is denied, DNS included",
        area: Area::Cluster,
        topic: "network",
        profile: Profile::Reliability,
        severity: Severity::Medium,
        severity_reason: "names no longer resolve, so what the policy means to allow does not work either",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &["practices:NET-2"],
        remediation: "Allow UDP and TCP port 53 to the cluster's DNS: namespace `kube-system`, pods \
                      with `k8s-app: kube-dns`.",
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
        let egress: Vec<&Policy<'a>> =
            space.policies.iter().filter(|p| p.affects(Direction::Egress)).collect();
        let helpful: Vec<&Policy<'a>> =
            egress.iter().filter(|p| p.rules(Direction::Egress).any(|r| allows_dns(r, p))).copied().collect();
        let helped = Selectors::new(helpful.iter().copied());
        let helping: HashSet<usize> = helpful.iter().map(|p| p.object.index).collect();
        for policy in &egress {
            out.subject(policy.object.id());
            let rules: Vec<Node<'a>> = policy.rules(Direction::Egress).collect();
            // Needs names: reaches pods or any address; a cut-off workload or plain addresses do not.
            let needs = rules.iter().any(|r| reaches_by_name(*r)) || rules.is_empty() && policy.selects_all();
            if helped.select_all() || !needs || helping.contains(&policy.object.index) {
                continue;
            }
            let stuck = space.pods.iter().find(|pod| {
                budget = budget.saturating_sub(1);
                budget > 0
                    && policy.selects(pod.labels())
                    && helped.select(pod.labels(), &mut budget) == Some(false)
            });
            if budget == 0 {
                let detail = "too many policies and pods to compare them all";
                out.unknown(&policy.object, Why::new(WhyCode::Limit, detail));
            }
            if let Some(pod) = stuck {
                let object = &policy.object;
                let message = format!(
                    "NetworkPolicy `{}` restricts egress, and no policy lets {} `{}` reach DNS on UDP port 53",
                    object.name(),
                    pod.owner.kind,
                    pod.owner.name(),
                );
                out.fail(object, message).related(&pod.owner, "can not resolve names");
            }
        }
    }
}

fn allows_dns(rule: Node<'_>, policy: &Policy<'_>) -> bool {
    let ports = rule.get("ports");
    let port = ports.is_empty()
        || ports.items().any(|p| network::covers(p, "UDP", 53, &["dns", "domain", "dns-udp"]));
    let peers = rule.get("to");
    let system = policy.object.namespace() == "kube-system";
    let peer = peers.is_empty()
        || peers.items().any(|p| system || p.get("namespaceSelector").exists() || p.get("ipBlock").exists());
    port && peer
}

fn reaches_by_name(rule: Node<'_>) -> bool {
    let peers = rule.get("to");
    peers.is_empty() || peers.items().any(|p| !p.get("ipBlock").exists())
}
