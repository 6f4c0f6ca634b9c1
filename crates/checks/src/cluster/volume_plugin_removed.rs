//! Volume type is no longer part of Kubernetes.

use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::Node;

check::docs! {
    /// Volume plug-ins for storage systems have left Kubernetes for drivers outside of it (CSI). Some types are served by
    /// migration to such a driver, if it is installed; the others are gone.
    ///
    /// ## How to fix
    /// Use the CSI driver of the storage.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers: [{name: web, image: "example.com/web:1.0"}]
    ///   volumes: [{name: data, glusterfs: {endpoints: g, path: v}}]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: PersistentVolume
    /// metadata: {name: data}
    /// spec:
    ///   rbd: {monitors: [a], image: b}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: storage.k8s.io/v1
    /// kind: StorageClass
    /// metadata: {name: fast}
    /// provisioner: kubernetes.io/rbd
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers: [{name: web, image: "example.com/web:1.0"}]
    ///   volumes: [{name: data, csi: {driver: x}}, {name: config, nfs: {server: a, path: /}}]
    /// ```
    ///
    /// ```yaml kubernetes=1.25
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers: [{name: web, image: "example.com/web:1.0"}]
    ///   volumes: [{name: data, glusterfs: {endpoints: g, path: v}}]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: storage.k8s.io/v1
    /// kind: StorageClass
    /// metadata: {name: fast}
    /// provisioner: ebs.csi.aws.com
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "volume-plugin-removed",
        title: "Volume type is no longer part of Kubernetes",
        area: Area::Cluster,
        topic: "api-versions",
        profile: Profile::Reliability,
        severity: Severity::Medium,
        severity_reason: "pods that use the volume stay pending after an upgrade of the cluster",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["owasp-k8s-2022:K10", "nsa-cisa:upgrade/versions"],
        remediation: "Use a CSI driver for the storage: a PersistentVolume with `csi`, or a \
                      StorageClass of the driver.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["*"], judge),
};

/// Field, provisioner (empty where there was none), and the minor version that is without it. Migration to CSI
/// keeps the other types (EBS, GCE, Azure, Cinder, vSphere, Portworx) working where the driver is installed.
const GONE: &[(&str, &str, u32)] = &[
    ("scaleIO", "kubernetes.io/scaleio", 22),
    ("flocker", "kubernetes.io/flocker", 25),
    ("quobyte", "kubernetes.io/quobyte", 25),
    ("storageos", "kubernetes.io/storageos", 25),
    ("glusterfs", "kubernetes.io/glusterfs", 26),
    ("rbd", "kubernetes.io/rbd", 31),
    ("cephfs", "kubernetes.io/cephfs", 31),
];

fn judge<'a>(object: &Object<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    let minor = cx.settings.kubernetes_version.minor;
    let gone = || GONE.iter().filter(|(_, _, since)| minor >= *since);
    for pod in cx.inventory.pods_of(object) {
        for volume in pod.spec().get("volumes").items() {
            for (field, _, since) in gone() {
                report(volume.get(field), field, *since, out);
            }
        }
    }
    if object.is_any(&["PersistentVolume"]) {
        for (field, _, since) in gone() {
            report(object.spec().get(field), field, *since, out);
        }
    }
    if object.is_any(&["StorageClass"]) {
        let node = object.root.get("provisioner");
        for (_, provisioner, since) in gone() {
            if node.is(provisioner) {
                report(node, provisioner, *since, out);
            }
        }
    }
}

fn report<'a>(node: Node<'a>, field: &str, since: u32, out: &mut Out<'a>) {
    if node.is_set() {
        out.fail(node, format!("`{field}` volumes are gone since Kubernetes 1.{since}"));
    }
}
