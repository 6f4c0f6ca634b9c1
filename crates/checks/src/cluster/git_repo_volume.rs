//! Volume of type gitRepo.

use check::{Check, Cx, Out, Pod, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// The kubelet clones the repository itself, as root on the node, and hooks of the repository run there. The type is
    /// deprecated since 1.11 and switched off by default since 1.33.
    ///
    /// ## How to fix
    /// Clone in an init container.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers: [{name: web, image: "example.com/web:1.0"}]
    ///   volumes: [{name: src, gitRepo: {repository: "https://example.com/r.git"}}]
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
    ///   volumes: [{name: src, emptyDir: {}}]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "git-repo-volume",
        title: "Volume of type gitRepo",
        area: Area::Cluster,
        topic: "hygiene",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "whoever may create pods runs programs as root on the node through hooks of the \
                      repository (CVE-2024-10220)",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:RUN-3", "owasp-k8s-2022:K01", "owasp-k8s-2025:K01"],
        remediation: "Clone the repository in an init container into an `emptyDir` volume.",
        since: "0.1.0",
        aliases: &["trivy:KSV-0028"],
        docs: DOCS,
    },
    subject: Subject::Pod(judge),
};

fn judge<'a>(pod: &Pod<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    for volume in pod.spec().get("volumes").items() {
        let source = volume.get("gitRepo");
        if source.is_set() {
            let name = volume.get("name").scalar().unwrap_or("");
            out.fail(source, format!("the kubelet clones a repository as root for the volume `{name}`"));
        }
    }
}
