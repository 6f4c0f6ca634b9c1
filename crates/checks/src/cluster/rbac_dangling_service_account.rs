//! Binding refers to a service account that is not there.

use check::kube::SubjectKind;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use std::collections::HashSet;

check::docs! {
    /// A binding may name a service account that does not exist. Its rights wait for the first one who
    /// makes it: `create` on service accounts and pods in that namespace is enough to pick them up.
    ///
    /// ## How to fix
    /// Compare name and namespace with the ServiceAccount. Remove subjects that are no longer used.
    /// Namespaces of which nothing else is in the input are not judged.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata:
    ///   name: web
    ///   namespace: shop
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
    ///     name: wev
    ///     namespace: shop
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata:
    ///   name: web
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
    /// kind: RoleBinding
    /// metadata:
    ///   name: operator
    ///   namespace: shop
    /// roleRef:
    ///   apiGroup: rbac.authorization.k8s.io
    ///   kind: Role
    ///   name: operator
    /// subjects:
    ///   - kind: ServiceAccount
    ///     name: worker
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata:
    ///   name: web
    ///   namespace: shop
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
    ///     name: web
    ///     namespace: shop
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata:
    ///   name: web
    ///   namespace: shop
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
    ///     name: web
    ///     namespace: other
    ///   - kind: ServiceAccount
    ///     name: default
    ///     namespace: shop
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// ---
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: RoleBinding
    /// metadata:
    ///   name: operator
    ///   namespace: shop
    /// roleRef:
    ///   apiGroup: rbac.authorization.k8s.io
    ///   kind: Role
    ///   name: operator
    /// subjects:
    ///   - kind: ServiceAccount
    ///     name: web
    ///   - kind: User
    ///     apiGroup: rbac.authorization.k8s.io
    ///     name: jane
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "rbac-dangling-service-account",
        title: "Binding refers to a service account that is not there",
        area: Area::Cluster,
        topic: "rbac",
        profile: Profile::Reliability,
        severity: Severity::Low,
        severity_reason: "whoever may create service accounts in that namespace gets the rights",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &["practices:RBAC-3", "owasp-k8s-2022:K03", "owasp-k8s-2025:K02", "practices:RBAC-2"],
        remediation: "Correct the subject, add the ServiceAccount, or remove the subject.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Inventory(&["ServiceAccount"], judge),
};

fn judge<'a>(cx: &Cx<'a>, out: &mut Out<'a>) {
    let inventory = cx.inventory;
    let mut accounts: HashSet<(&str, Option<&str>)> = HashSet::new();
    let mut inhabited: HashSet<&str> = HashSet::new();
    for account in inventory.of_kind("ServiceAccount") {
        accounts.insert((account.name(), account.declared_namespace()));
        inhabited.insert(account.namespace());
    }
    inhabited.extend(inventory.pods().iter().map(check::Pod::namespace));
    for binding in inventory.access().bindings() {
        out.subject(binding.object.id());
        for subject in &binding.subjects {
            let place = subject.node.get("name");
            let judged = subject.kind == SubjectKind::ServiceAccount
                && subject.name != "default"
                && !subject.name.is_empty()
                && inhabited.contains(subject.namespace)
                && place.name().known().is_some();
            let known = accounts.contains(&(subject.name, None))
                || accounts.contains(&(subject.name, Some(subject.namespace)));
            if judged && !known {
                let object = &binding.object;
                let message = format!(
                    "{} `{}` gives rights to {}, which is not there",
                    object.kind,
                    object.name(),
                    subject.label()
                );
                out.fail(place, message).key(format!("{}/{}", subject.namespace, subject.name));
            }
        }
    }
}
