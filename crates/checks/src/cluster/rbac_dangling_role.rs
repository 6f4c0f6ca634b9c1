//! Binding refers to a role that is not there.

use crate::support::rbac;
use check::kube::rbac::is_builtin_cluster_role;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use std::collections::HashSet;

check::docs! {
    /// A binding may name a role that does not exist. Nothing fails; the rights are just missing. Later a
    /// role of that name, made by someone else for another purpose, is granted to the old subjects.
    ///
    /// ## How to fix
    /// Compare `roleRef.kind` and `roleRef.name` with the role: a Role must stand in the namespace of the
    /// binding. Built-in roles (`cluster-admin`, `admin`, `edit`, `view`, `system:...`) are known.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["pods"]
    ///     verbs: ["get", "list"]
    /// ---
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRoleBinding
    /// metadata:
    ///   name: operator
    /// roleRef:
    ///   apiGroup: rbac.authorization.k8s.io
    ///   kind: ClusterRole
    ///   name: operater
    /// subjects:
    ///   - kind: ServiceAccount
    ///     name: operator
    ///     namespace: shop
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: Role
    /// metadata:
    ///   name: operator
    ///   namespace: shop
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["pods"]
    ///     verbs: ["get", "list"]
    /// ---
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: RoleBinding
    /// metadata:
    ///   name: operator
    ///   namespace: shop
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
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: Role
    /// metadata:
    ///   name: operator
    ///   namespace: other
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["pods"]
    ///     verbs: ["get", "list"]
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
    ///     name: operator
    ///     namespace: shop
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["pods"]
    ///     verbs: ["get", "list"]
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
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: Role
    /// metadata:
    ///   name: operator
    ///   namespace: shop
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["pods"]
    ///     verbs: ["get", "list"]
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
    ///     name: operator
    ///     namespace: shop
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: RoleBinding
    /// metadata:
    ///   name: operator
    ///   namespace: shop
    /// roleRef:
    ///   apiGroup: rbac.authorization.k8s.io
    ///   kind: ClusterRole
    ///   name: edit
    /// subjects:
    ///   - kind: ServiceAccount
    ///     name: operator
    ///     namespace: shop
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["pods"]
    ///     verbs: ["get", "list"]
    /// ---
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRoleBinding
    /// metadata:
    ///   name: operator
    /// roleRef:
    ///   apiGroup: rbac.authorization.k8s.io
    ///   kind: ClusterRole
    ///   name: system:node-proxier
    /// subjects:
    ///   - kind: ServiceAccount
    ///     name: operator
    ///     namespace: shop
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
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "rbac-dangling-role",
        title: "Binding refers to a role that is not there",
        area: Area::Cluster,
        topic: "rbac",
        profile: Profile::Reliability,
        severity: Severity::Low,
        severity_reason: "the subjects lack rights they are meant to have, and whoever may create the role \
                      decides what they get",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &["practices:RBAC-3", "owasp-k8s-2022:K03", "owasp-k8s-2025:K02"],
        remediation: "Correct `roleRef`, add the role, or delete the binding.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Inventory(&["Role", "ClusterRole"], judge),
};

fn judge<'a>(cx: &Cx<'a>, out: &mut Out<'a>) {
    let inventory = cx.inventory;
    // Namespaces are often left out of one of the two, to be filled in later.
    let mut names: HashSet<(&str, &str)> = HashSet::new();
    let mut places: HashSet<(&str, Option<&str>)> = HashSet::new();
    for role in inventory.of_kind("Role").chain(inventory.of_kind("ClusterRole")) {
        names.insert((role.kind, role.name()));
        if role.kind == "Role" {
            places.insert((role.name(), role.declared_namespace()));
        }
    }
    for found in inventory.access().bindings() {
        let object = &found.object;
        out.subject(object.id());
        let binding = rbac::binding(object, out);
        let (kind, name) = (if binding.to_cluster_role { "ClusterRole" } else { "Role" }, binding.role);
        if name.is_empty() || binding.role_name().name().known().is_none() {
            continue;
        }
        let here = object.declared_namespace();
        let anywhere = kind == "ClusterRole" || here.is_none();
        let known = anywhere && names.contains(&(kind, name))
            || kind == "Role" && (places.contains(&(name, here)) || places.contains(&(name, None)))
            || kind == "ClusterRole" && is_builtin_cluster_role(name)
            || name.starts_with("system:")
            || name == "extension-apiserver-authentication-reader"
            || name.starts_with("kubeadm:");
        if !known {
            let whence = if kind == "Role" {
                format!(" in namespace `{}`", object.namespace())
            } else {
                String::new()
            };
            let message = format!(
                "{} `{}` gives the {kind} `{name}`, which is not there{whence}",
                object.kind,
                object.name()
            );
            out.fail(binding.role_name(), message).key(format!("{kind}/{name}"));
        }
    }
}
