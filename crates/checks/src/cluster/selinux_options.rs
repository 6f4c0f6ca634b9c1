//! SELinux options that leave the container types.

use crate::support::pod_security::{mapping, scopes};
use check::{Check, Cx, Out, Plan, Pod, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// SELinux keeps container processes in types made for containers. Another type (`spc_t`, `unconfined_t`
    /// ...), user or role takes the container out of them.
    ///
    /// The Pod Security Standard *baseline* (seLinuxOptions) allows the types `container_t`, `container_init_t`,
    /// `container_kvm_t` and, from v1.31 on, `container_engine_t`, and no user and no role, for the pod and for
    /// each container. Levels are free.
    ///
    /// ## How to fix
    /// Leave out `user` and `role`; set `type` to `container_t` or leave it out.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   securityContext:
    ///     seLinuxOptions: {type: spc_t}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext:
    ///         seLinuxOptions: {user: system_u}
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext:
    ///         seLinuxOptions: {role: system_r, type: container_t}
    /// ```
    /// ```yaml pss=v1.30
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext:
    ///         seLinuxOptions: {type: container_engine_t}
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   securityContext:
    ///     seLinuxOptions: {type: container_t, level: 's0:c1,c2'}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext:
    ///         seLinuxOptions: {user: '', role: '', type: ''}
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext: {seLinuxOptions: {}}
    /// ```
    /// ```yaml pss=v1.31
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext:
    ///         seLinuxOptions: {type: container_engine_t}
    /// ```
    /// ```yaml pss=v1.0
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext: {seLinuxOptions: {type: container_kvm_t}}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "selinux-options",
        title: "SELinux options leave the container types",
        area: Area::Cluster,
        topic: "pod-security",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "a type such as spc_t switches SELinux confinement off, which is the last fence on many nodes",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "pss:baseline/seLinuxOptions",
            "practices:RUN-3",
            "owasp-k8s-2022:K01",
            "owasp-k8s-2025:K01",
            "nsa-cisa:pod-security/selinux",
            "cis-k8s:5.6.3",
        ],
        remediation: "Remove `seLinuxOptions.user` and `.role`, and use one of the container types or leave `type` out.",
        since: "0.1.0",
        aliases: &["trivy:KSV-0025"],
        docs: DOCS,
    },
    subject: Subject::Pod(judge),
};

/// The first policy version that allows `container_engine_t`.
const ENGINE: u32 = 31;

fn judge<'a>(pod: &Pod<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    let engine = cx.settings.pss_version.at_least(ENGINE);
    for scope in scopes(pod, out) {
        let Some(options) = mapping(scope.context.get("seLinuxOptions"), out) else { continue };
        let label = scope.label();
        let kind = options.get("type");
        let allowed = |kind: &str| match kind {
            "" | "container_t" | "container_init_t" | "container_kvm_t" => true,
            "container_engine_t" => engine,
            _ => false,
        };
        if let Some(place) = out.met(kind.name(), |kind| !allowed(kind)) {
            let (kind, more) =
                (kind.scalar().unwrap_or(""), if engine { ", `container_engine_t`" } else { "" });
            out.fail(
                place,
                format!(
                    "{label} sets SELinux type `{kind}`; baseline allows `container_t`, `container_init_t`, \
                     `container_kvm_t`{more}"
                ),
            )
            .fix(Plan::risky("remove the SELinux type").remove(place));
        }
        for field in ["user", "role"] {
            let node = options.get(field);
            if let Some(place) = out.met(node.name(), |value| !value.is_empty()) {
                let value = node.scalar().unwrap_or("");
                out.fail(place, format!("{label} sets SELinux {field} `{value}`; baseline allows none"))
                    .fix(Plan::risky(format!("remove the SELinux {field}")).remove(place));
            }
        }
    }
}
