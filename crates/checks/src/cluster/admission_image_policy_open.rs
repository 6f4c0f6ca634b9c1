//! Images are admitted when the image policy can not be asked.

use check::Plan;
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// With `defaultAllow: true` the `ImagePolicyWebhook` plugin admits every image while its server does not
    /// answer.
    ///
    /// ## How to fix
    /// Set `defaultAllow` to false.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: apiserver.config.k8s.io/v1
    /// kind: AdmissionConfiguration
    /// plugins:
    ///   - name: ImagePolicyWebhook
    ///     configuration:
    ///       imagePolicy:
    ///         kubeConfigFile: /etc/kubernetes/image-policy.kubeconfig
    ///         defaultAllow: true
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: apiserver.config.k8s.io/v1
    /// kind: AdmissionConfiguration
    /// plugins:
    ///   - name: ImagePolicyWebhook
    ///     configuration:
    ///       imagePolicy:
    ///         kubeConfigFile: /etc/kubernetes/image-policy.kubeconfig
    ///         defaultAllow: false
    /// ```
    /// ```yaml
    /// apiVersion: apiserver.config.k8s.io/v1
    /// kind: AdmissionConfiguration
    /// plugins:
    ///   - name: ImagePolicyWebhook
    ///     configuration:
    ///       imagePolicy:
    ///         kubeConfigFile: /etc/kubernetes/image-policy.kubeconfig
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "admission-image-policy-open",
        title: "Images are admitted when the image policy can not be asked",
        area: Area::Cluster,
        topic: "control-plane",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "it is enough to disturb the policy server to run any image",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["cis-k8s:5.5.1", "practices:K8S-4", "owasp-k8s-2022:K04", "owasp-k8s-2025:K04"],
        remediation: "Set `defaultAllow` to false.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["AdmissionConfiguration"], judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let plugins = object.root.get("plugins").items().filter(|p| p.get("name").is("ImagePolicyWebhook"));
    let mut any = false;
    for plugin in plugins {
        any = true;
        let allow = plugin.get("configuration").get("imagePolicy").get("defaultAllow");
        if let Some(place) = out.met(allow.bool(), |on| on) {
            out.fail(place, "images are admitted when the image policy server does not answer")
                .fix(Plan::risky("set `defaultAllow` to false").set(allow, &[], false));
        }
    }
    if !any {
        out.not_applicable();
    }
}
