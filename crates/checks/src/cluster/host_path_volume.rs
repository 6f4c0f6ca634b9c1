//! Volumes that are paths of the node.

use crate::support::pod_security::{mapping, maps, quoted};
use check::{Check, Cx, Out, Pod, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// A hostPath volume mounts a file or directory of the node. It ties the pod to that node, survives it,
    /// escapes storage quotas and, depending on the path, hands over the node's files, credentials or sockets.
    ///
    /// It breaks the Pod Security Standard *baseline* (hostPathVolumes) at every version, whatever the path and
    /// even if it is mounted read-only.
    ///
    /// ## How to fix
    /// Use emptyDir for scratch space, configMap or secret for configuration, a PersistentVolumeClaim for data.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   volumes:
    ///     - name: data
    ///       hostPath: {path: /srv/data}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata:
    ///   name: web
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       volumes:
    ///         - name: data
    ///           hostPath:
    ///             path: /srv/data
    ///             type: DirectoryOrCreate
    ///       containers:
    ///         - name: web
    ///           image: example.com/web:1.0
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   volumes:
    ///     - name: data
    ///       hostPath: {}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   volumes:
    ///     - name: data
    ///       emptyDir: {}
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
    ///   volumes:
    ///     - name: data
    ///       hostPath: null
    ///       persistentVolumeClaim: {claimName: data}
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
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "host-path-volume",
        title: "Pod mounts a path of the node",
        area: Area::Cluster,
        topic: "pod-security",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "what it gives away depends on the path; `sensitive-host-path` and `container-runtime-socket` rate the dangerous ones higher",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "pss:baseline/hostPathVolumes",
            "practices:RUN-3",
            "practices:RUN-4",
            "owasp-k8s-2022:K01",
            "owasp-k8s-2025:K01",
            "nsa-cisa:pod-security/host-path",
            "cis-k8s:5.2.11",
        ],
        remediation: "Replace the hostPath volume by emptyDir, configMap, a PersistentVolumeClaim or a local persistent volume.",
        since: "0.1.0",
        aliases: &["trivy:KSV-0023"],
        docs: DOCS,
    },
    subject: Subject::Pod(judge),
};

fn judge<'a>(pod: &Pod<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let Some(spec) = mapping(pod.spec(), out) else { return };
    let mut found = Vec::new();
    for volume in maps(spec.get("volumes"), out) {
        let source = volume.get("hostPath");
        if source.is_set() && mapping(source, out).is_some() {
            found.push((volume.get("name").scalar().unwrap_or(""), source));
        }
    }
    let Some(((_, first), others)) = found.split_first() else { return };
    let names = quoted(found.iter().map(|(name, _)| *name));
    let draft = match others {
        [] => out.fail(*first, format!("volume {names} is a path of the node")),
        _ => out.fail(*first, format!("volumes {names} are paths of the node")),
    };
    draft.key("hostPath");
    for (name, source) in others {
        draft.related(*source, format!("volume `{name}`"));
    }
}
