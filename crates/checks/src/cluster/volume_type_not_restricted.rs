//! Volumes of types that restricted does not allow.

use crate::support::pod_security::{mapping, maps};
use check::{Check, Cx, Out, Pod, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// Volumes such as nfs, iscsi or awsElasticBlockStore name storage outside the cluster's own bookkeeping,
    /// with credentials and paths the pod's author chooses; hostPath names the node's own files.
    ///
    /// The Pod Security Standard *restricted* (restrictedVolumes) allows `configMap`, `csi`, `downwardAPI`,
    /// `emptyDir`, `ephemeral`, `image`, `persistentVolumeClaim`, `projected` and `secret`. A volume without any
    /// type is an emptyDir.
    ///
    /// ## How to fix
    /// Put the storage behind a PersistentVolume and mount it by a PersistentVolumeClaim.
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
    ///       nfs: {server: nfs.example.com, path: /}
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
    ///       hostPath: {path: /srv}
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
    ///       gitRepo: {repository: 'https://example.com/x.git'}
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
    ///     - name: ok
    ///       emptyDir: {}
    ///     - name: data
    ///       awsElasticBlockStore: {volumeID: vol-1}
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
    ///     - name: a
    ///       configMap: {name: a}
    ///     - name: b
    ///       csi: {driver: csi.example.com}
    ///     - name: c
    ///       downwardAPI: {items: []}
    ///     - name: d
    ///       emptyDir: {}
    ///     - name: e
    ///       ephemeral: {volumeClaimTemplate: {spec: {}}}
    ///     - name: f
    ///       persistentVolumeClaim: {claimName: f}
    ///     - name: g
    ///       projected: {sources: []}
    ///     - name: h
    ///       secret: {secretName: h}
    ///     - name: i
    ///       image: {reference: 'example.com/data:1.0'}
    ///     - name: j
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
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   volumes: null
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
    ///       emptyDir: null
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    /// ```yaml pss=v1.0
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   volumes:
    ///     - name: data
    ///       image: {reference: 'example.com/data:1.0'}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "volume-type-not-restricted",
        title: "Volume type that restricted does not allow",
        area: Area::Cluster,
        topic: "pod-security",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "network volumes named in the pod pass by the rules for persistent volumes; a hostPath volume is reported by its own check, and higher",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "pss:restricted/restrictedVolumes",
            "practices:RUN-4",
            "owasp-k8s-2022:K01",
            "owasp-k8s-2025:K01",
        ],
        remediation: "Use configMap, csi, downwardAPI, emptyDir, ephemeral, image, persistentVolumeClaim, projected or secret volumes.",
        since: "0.1.0",
        aliases: &["trivy:KSV-0028"],
        docs: DOCS,
    },
    subject: Subject::Pod(judge),
};

/// Types of volumes that restricted allows.
const ALLOWED: &[&str] = &[
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "image",
    "persistentVolumeClaim",
    "projected",
    "secret",
];

fn judge<'a>(pod: &Pod<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let Some(spec) = mapping(pod.spec(), out) else { return };
    let mut found = Vec::new();
    for volume in maps(spec.get("volumes"), out) {
        if ALLOWED.iter().any(|kind| volume.get(kind).is_set()) {
            continue;
        }
        // A volume without any type is an emptyDir.
        if let Some((kind, source)) = volume.entries().find(|(key, value)| *key != "name" && value.is_set()) {
            found.push((volume.get("name").scalar().unwrap_or(""), kind, source));
        }
    }
    let Some(((_, _, first), others)) = found.split_first() else { return };
    let each: Vec<_> = found.iter().map(|(name, kind, _)| format!("`{name}` ({kind})")).collect();
    let draft = out.fail(*first, format!("volume types that restricted does not allow: {}", each.join(", ")));
    draft.key("volumes");
    for (name, _, source) in others {
        draft.related(*source, format!("volume `{name}`"));
    }
}
