//! Role may write ConfigMaps of the system.

use crate::support::rbac::{self, MANAGES, ROLES, Reach};
use check::kube::rbac::{Ask, Power};
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// The ConfigMaps of `kube-system` configure the cluster: `coredns` decides what names resolve to,
    /// `aws-auth` on EKS maps cloud identities to administrators, `kubeadm-config` and `kube-proxy`
    /// configure nodes. A ClusterRole that may write ConfigMaps and is bound cluster-wide reaches them.
    ///
    /// ## How to fix
    /// Leader election and state belong in the component's own namespace: grant them with a Role there.
    /// Leases have replaced ConfigMaps for leader election.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: Role
    /// metadata:
    ///   name: operator
    ///   namespace: kube-system
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["configmaps"]
    ///     verbs: ["update", "patch"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["configmaps"]
    ///     verbs: ["create", "update"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["configmaps"]
    ///     verbs: ["*"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: Role
    /// metadata:
    ///   name: operator
    ///   namespace: kube-system
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["configmaps"]
    ///     verbs: ["update"]
    ///     resourceNames: ["aws-auth"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["configmaps"]
    ///     verbs: ["patch"]
    ///     resourceNames: ["coredns"]
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: Role
    /// metadata:
    ///   name: operator
    ///   namespace: shop
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["configmaps"]
    ///     verbs: ["create", "update"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["configmaps"]
    ///     verbs: ["get", "list", "watch"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: Role
    /// metadata:
    ///   name: operator
    ///   namespace: kube-system
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["configmaps"]
    ///     verbs: ["update"]
    ///     resourceNames: ["leader-election"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["configmaps"]
    ///     verbs: ["update"]
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
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "rbac-write-system-configmaps",
        title: "Role may write ConfigMaps of the system",
        area: Area::Cluster,
        topic: "rbac",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "in kube-system they configure DNS, kube-proxy and, on some clouds, who is \
                      administrator",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:RBAC-1",
            "owasp-k8s-2022:K03",
            "owasp-k8s-2025:K02",
            "nsa-cisa:auth/least-privilege",
        ],
        remediation: "Use a Role in the component's own namespace, or name the ConfigMaps in \
                      `resourceNames`.",
        since: "0.1.0",
        aliases: &["trivy:KSV-0049", "trivy:KSV-0115"],
        docs: DOCS,
    },
    subject: Subject::Object(ROLES, judge),
};

static POWER: Power = rbac::namespaced("write ConfigMaps", &[Ask::on("", "configmaps", "", MANAGES)]);

/// ConfigMaps by which a cluster can be taken over or its names redirected.
const VITAL: &[&str] = &["aws-auth", "coredns", "coredns-custom", "kube-dns", "kube-proxy", "kubeadm-config"];

fn judge<'a>(role: &Object<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    let mut reach = None;
    for rule in rbac::readable(role, out) {
        let vital = rule.names().items().find(|n| n.as_str().is_some_and(|n| VITAL.contains(&n)));
        let power = Power { though_named: vital.is_some(), ..POWER };
        let mut grants = rule.gives(&power);
        grants.retain(|g| !g.any_resource());
        let Some(first) = grants.first() else { continue };
        let reach = reach.get_or_insert_with(|| Reach::of(role, cx));
        let system = |namespace: &str| matches!(namespace, "kube-system" | "kube-public");
        let direct = if role.kind == "Role" {
            system(role.namespace())
        } else {
            reach.bindings.iter().any(|b| system(b.object.namespace()))
        };
        if !direct && !reach.cluster_wide {
            continue;
        }
        let what = vital.map_or_else(
            || "ConfigMaps".to_owned(),
            |name| format!("the ConfigMap `{}`", name.scalar().unwrap_or("")),
        );
        let whence = if direct { "of `kube-system`" } else { "of every namespace, `kube-system` included" };
        let message = format!(
            "{} `{}` lets {} write {what} {whence}: {}",
            role.kind,
            role.name(),
            reach.holders(),
            rbac::listed(grants.iter().map(|g| g.verb)),
        );
        let severity = if vital.is_some() {
            Severity::High
        } else if direct {
            Severity::Medium
        } else {
            reach.severity(role, Severity::Medium, true)
        };
        out.fail(first.resource, message).severity(severity).key(rbac::key_of(&rule));
    }
}
