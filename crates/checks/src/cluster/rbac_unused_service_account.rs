//! Service account has rights but no workload.

use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use std::collections::HashSet;
use syntax::Node;

check::docs! {
    /// A service account that is bound to roles but used by no workload is a set of rights that lies ready
    /// for whoever can create pods in the namespace. Often the workload lost its `serviceAccountName` and
    /// runs as `default` instead.
    ///
    /// ## How to fix
    /// Set `serviceAccountName` in the workload, or delete the service account and its bindings.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// ---
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata:
    ///   name: old
    ///   namespace: shop
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   serviceAccountName: web
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ---
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRoleBinding
    /// metadata:
    ///   name: operator
    /// roleRef:
    ///   apiGroup: rbac.authorization.k8s.io
    ///   kind: ClusterRole
    ///   name: operator
    /// subjects:
    ///   - kind: ServiceAccount
    ///     name: old
    ///     namespace: shop
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata:
    ///   name: operator
    ///   namespace: shop
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   serviceAccountName: default
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ---
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRoleBinding
    /// metadata:
    ///   name: operator
    /// roleRef:
    ///   apiGroup: rbac.authorization.k8s.io
    ///   kind: ClusterRole
    ///   name: operator
    /// subjects:
    ///   - kind: ServiceAccount
    ///     name: operator
    ///     namespace: shop
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata:
    ///   name: operator
    ///   namespace: shop
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   serviceAccountName: operator
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ---
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRoleBinding
    /// metadata:
    ///   name: operator
    /// roleRef:
    ///   apiGroup: rbac.authorization.k8s.io
    ///   kind: ClusterRole
    ///   name: operator
    /// subjects:
    ///   - kind: ServiceAccount
    ///     name: operator
    ///     namespace: shop
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata:
    ///   name: operator
    ///   namespace: shop
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   serviceAccountName: default
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata:
    ///   name: operator
    ///   namespace: shop
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   serviceAccountName: default
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ---
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRoleBinding
    /// metadata:
    ///   name: operator
    /// roleRef:
    ///   apiGroup: rbac.authorization.k8s.io
    ///   kind: ClusterRole
    ///   name: operator
    /// subjects:
    ///   - kind: ServiceAccount
    ///     name: operator
    ///     namespace: shop
    /// ---
    /// apiVersion: example.com/v1
    /// kind: Database
    /// metadata:
    ///   name: db
    ///   namespace: shop
    /// spec:
    ///   serviceAccountName: operator
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "rbac-unused-service-account",
        title: "Service account has rights but no workload",
        area: Area::Cluster,
        topic: "rbac",
        profile: Profile::Style,
        severity: Severity::Low,
        severity_reason: "nobody misses its rights until someone runs a pod with it",
        confidence: Confidence::Low,
        maturity: Maturity::Stable,
        controls: &["practices:RBAC-3", "owasp-k8s-2022:K03", "owasp-k8s-2025:K02", "practices:RBAC-2"],
        remediation: "Delete the service account with its bindings, or name it in the workload that \
                      should use it.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Inventory(&["ServiceAccount"], judge),
};

/// How deep custom resources are searched for service accounts.
const DEPTH: usize = 16;

fn judge<'a>(cx: &Cx<'a>, out: &mut Out<'a>) {
    let inventory = cx.inventory;
    let inhabited: HashSet<&str> = inventory.pods().iter().map(check::Pod::namespace).collect();
    let mut used: HashSet<&str> = inventory.pods().iter().map(check::Pod::service_account).collect();
    for object in inventory.objects().iter().filter(|o| !o.is_builtin()) {
        mentions(object.spec(), 0, &mut used);
    }
    for account in inventory.of_kind("ServiceAccount") {
        if !inhabited.contains(account.namespace()) {
            continue;
        }
        out.subject(account.id());
        let bindings = inventory.access().naming(account.namespace(), account.name());
        if let Some(binding) = bindings.first()
            && !used.contains(account.name())
        {
            let message = format!(
                "service account `{}` has the role `{}`, but no workload runs as it",
                account.name(),
                binding.role,
            );
            out.fail(account, message).related(&binding.object, "gives it rights");
        }
    }
}

/// Service accounts that a custom resource names for the pods it will make.
fn mentions<'a>(node: Node<'a>, depth: usize, used: &mut HashSet<&'a str>) {
    if depth > DEPTH {
        return;
    }
    for (key, value) in node.entries() {
        if key.to_ascii_lowercase().contains("serviceaccount") {
            used.extend(value.scalar().or_else(|| value.get("name").scalar()));
        }
        mentions(value, depth + 1, used);
    }
    for item in node.items() {
        mentions(item, depth + 1, used);
    }
}
