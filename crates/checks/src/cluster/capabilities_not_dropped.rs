//! Containers that keep their default capabilities.

use crate::support::pod_security::{
    Scope, container_scopes, is_exempt_windows, is_partial, list, mapping, quoted, without,
};
use check::{Check, Cx, Out, Plan, Pod, Subject};
use model::Val;
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::Node;

check::docs! {
    /// Containers start with a default set of capabilities that hardly any program needs, NET_RAW (forging
    /// packets) among them.
    ///
    /// The Pod Security Standard *restricted* (capabilities_restricted, from v1.22 on) asks every container, init
    /// and ephemeral ones included, to drop `ALL` and to add nothing but `NET_BIND_SERVICE`. Names count as
    /// written. From v1.25 on Windows pods are exempt.
    ///
    /// ## How to fix
    /// Drop `ALL`. If the program then fails, add the one capability it names; to listen below port 1024 that is
    /// NET_BIND_SERVICE.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
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
    ///       securityContext: {}
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
    ///         capabilities:
    ///           add: [NET_BIND_SERVICE]
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
    ///         capabilities:
    ///           add: [NET_ADMIN]
    ///           drop: [ALL]
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
    ///         capabilities:
    ///           drop: [NET_RAW]
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
    ///         capabilities:
    ///           drop: [all]
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
    ///       securityContext: {capabilities: null}
    /// ```
    /// ```yaml pss=v1.24
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   os: {name: windows}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    /// ```yaml pss=v1.22
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
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
    ///         capabilities:
    ///           drop: [ALL]
    ///   ephemeralContainers:
    ///     - name: debug
    ///       image: example.com/debug:1.0
    /// ```
    ///
    /// ## Passes
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
    ///         capabilities:
    ///           drop: [ALL]
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
    ///         capabilities:
    ///           add: [NET_BIND_SERVICE]
    ///           drop: [ALL]
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
    ///         capabilities:
    ///           add: []
    ///           drop: [NET_RAW, ALL]
    /// ```
    /// ```yaml pss=v1.21
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext:
    ///         capabilities:
    ///           add: [SYS_ADMIN]
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   os: {name: windows}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    /// ```yaml pss=v1.25
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   os: {name: windows}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "capabilities-not-dropped",
        title: "Container does not drop all capabilities",
        area: Area::Cluster,
        topic: "pod-security",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "the default capabilities (NET_RAW, SETUID, DAC_OVERRIDE ...) help an intruder who is root in the container to move on",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "pss:restricted/capabilities_restricted",
            "practices:IMG-4",
            "owasp-k8s-2022:K01",
            "owasp-k8s-2025:K01",
            "nsa-cisa:pod-security/capabilities",
            "cis-k8s:5.2.9",
            "cis-k8s:5.2.8",
        ],
        remediation: "Set `securityContext.capabilities.drop: [\"ALL\"]` and add back at most `NET_BIND_SERVICE`.",
        since: "0.1.0",
        aliases: &[
            "checkov:CKV_K8S_37",
            "trivy:KSV-0003",
            "trivy:KSV-0106",
            "checkov:CKV_K8S_28",
            "trivy:KSV-0004",
            "kube-linter:drop-net-raw-capability",
        ],
        docs: DOCS,
    },
    subject: Subject::Pod(judge),
};

/// The first policy version that has this control.
const SINCE: u32 = 22;

fn judge<'a>(pod: &Pod<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    if !cx.settings.pss_version.at_least(SINCE) || is_exempt_windows(pod, cx, out) != Some(false) {
        return;
    }
    let mut partial = None;
    for scope in container_scopes(pod, out) {
        let Some(capabilities) = mapping(scope.context.get("capabilities"), out) else { continue };
        if let Some(drop) = list(capabilities.get("drop"), out)
            && (drop.is_set() || !*partial.get_or_insert_with(|| is_partial(pod, out)))
        {
            dropped(&scope, drop, out);
        }
        if let Some(add) = list(capabilities.get("add"), out) {
            added(&scope, add, out);
        }
    }
}

fn dropped<'a>(scope: &Scope<'a>, drop: Node<'a>, out: &mut Out<'a>) {
    let mut unknown = None;
    for item in drop.items() {
        match item.name() {
            Val::Known("ALL", _) => return,
            Val::Unknown(why, place) => unknown = Some((place, why)),
            Val::Known(..) | Val::Absent(_) => {}
        }
    }
    if let Some((place, why)) = unknown {
        out.unknown(place, why);
        return;
    }
    let label = scope.label();
    out.fail(drop, format!("{label} does not drop `ALL` capabilities")).fix(
        Plan::risky("drop `ALL` capabilities").append(
            scope.node,
            &["securityContext", "capabilities", "drop"],
            "ALL",
        ),
    );
}

fn added<'a>(scope: &Scope<'a>, add: Node<'a>, out: &mut Out<'a>) {
    let plan = Plan::risky("remove the added capabilities");
    let mut more = Vec::new();
    for item in add.items() {
        if let Some(place) = out.met(item.name(), |name| name != "NET_BIND_SERVICE") {
            more.push(place);
        }
    }
    if !more.is_empty() {
        let (label, names) = (scope.label(), quoted(more.iter().filter_map(|name| name.scalar())));
        out.fail(
            add,
            format!("{label} adds {names}, where restricted lets only `NET_BIND_SERVICE` come back"),
        )
        .fix(without(plan, add, &more));
    }
}
