//! Annotation holds a secret.

use crate::support::secrets;
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::Node;

check::docs! {
    /// Annotations are metadata: everyone who may list the objects reads them, and dashboards print them. The annotation
    /// that `kubectl apply` leaves on a Secret holds all of its data once more.
    ///
    /// ## How to fix
    /// Change the secret: it has been seen. Refer to a Secret from the annotation. Create Secrets with
    /// `kubectl apply --server-side`, which leaves no such copy.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   annotations:
    ///     example.com/api-token: a8f5f167f44f4964e6c998dee827110c
    /// ```
    ///
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata:
    ///       labels: {app: web}
    ///       annotations: {backup/dsn: "postgres://app:S3cretPw@db/app"}
    ///     spec:
    ///       containers: [{name: web, image: "example.com/web:1.0"}]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata:
    ///   name: db
    ///   annotations:
    ///     kubectl.kubernetes.io/last-applied-configuration: |
    ///       {"apiVersion":"v1","data":{"password":"aHVudGVyMg=="},"kind":"Secret","metadata":{"name":"db"}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata:
    ///   name: web
    ///   annotations:
    ///     nginx.ingress.kubernetes.io/auth-secret: basic-auth
    ///     checksum/secret: a8f5f167f44f4964e6c998dee827110ca8f5f167f44f4964e6c998dee827110c
    ///     example.com/token-url: https://login.example.com/token
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "annotation-secret",
        title: "Annotation holds a secret",
        area: Area::Cluster,
        topic: "secret",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "annotations are read by everyone who can see the object, and shown by every \
                      tool",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &[
            "practices:SEC-1",
            "practices:SEC-3",
            "owasp-k8s-2022:K08",
            "owasp-k8s-2025:K03",
            "nsa-cisa:network/secrets",
        ],
        remediation: "Change the secret, take it out of the annotation, and name a Secret there \
                      instead.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["*"], judge),
};

const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

fn judge<'a>(object: &Object<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    judge_annotations(object, object.annotations(), out);
    for pod in cx.inventory.pods_of(object) {
        if pod.template != object.root {
            judge_annotations(object, pod.annotations(), out);
        }
    }
}

fn judge_annotations<'a>(object: &Object<'a>, annotations: Node<'a>, out: &mut Out<'a>) {
    for (key, node) in annotations.entries() {
        let Some(value) = node.scalar() else { continue };
        if key == LAST_APPLIED {
            // What it repeats of other objects is reported where it stands.
            if object.kind == "Secret"
                && (value.contains("\"data\":{\"") || value.contains("\"stringData\":{\""))
            {
                out.fail(node, "the annotation repeats the data of the Secret").confidence(Confidence::High);
            }
            continue;
        }
        // The part before the slash says whose annotation it is, not what it holds.
        // Charts put a checksum of a Secret into the pod, so that it starts again when that changes.
        if key.starts_with("checksum/") {
            continue;
        }
        let name = key.rsplit('/').next().unwrap_or(key);
        let suspicion = secrets::judge_assignment(if name == "secret" { key } else { name }, value);
        if let Some(suspicion) = suspicion.filter(|s| s.confidence > Confidence::Low) {
            let shown = secrets::redact(value.trim());
            out.fail(node, format!("the annotation `{key}` holds {} (`{shown}`)", suspicion.why))
                .confidence(suspicion.confidence);
        }
    }
}
