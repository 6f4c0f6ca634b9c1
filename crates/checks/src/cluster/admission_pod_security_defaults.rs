//! Pod Security Standards are not enforced by default.

use check::Plan;
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use model::{Why, WhyCode};

check::docs! {
    /// The configuration of the `PodSecurity` plugin says what holds in namespaces without labels. Without
    /// `enforce`, or with `enforce: privileged`, these take any pod; an exempted namespace is not looked at
    /// whatever its labels say.
    ///
    /// ## How to fix
    /// Set `defaults.enforce` to `baseline` or `restricted`, and exempt system namespaces only.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: apiserver.config.k8s.io/v1
    /// kind: AdmissionConfiguration
    /// plugins:
    ///   - name: PodSecurity
    ///     configuration:
    ///       apiVersion: pod-security.admission.config.k8s.io/v1
    ///       kind: PodSecurityConfiguration
    ///       defaults:
    ///         enforce: privileged
    /// ```
    /// ```yaml
    /// apiVersion: apiserver.config.k8s.io/v1
    /// kind: AdmissionConfiguration
    /// plugins:
    ///   - name: PodSecurity
    ///     configuration:
    ///       apiVersion: pod-security.admission.config.k8s.io/v1
    ///       kind: PodSecurityConfiguration
    ///       defaults:
    ///         warn: restricted
    /// ```
    /// ```yaml
    /// apiVersion: apiserver.config.k8s.io/v1
    /// kind: AdmissionConfiguration
    /// plugins:
    ///   - name: PodSecurity
    ///     configuration:
    ///       apiVersion: pod-security.admission.config.k8s.io/v1
    ///       kind: PodSecurityConfiguration
    ///       defaults:
    ///         enforce: baseline
    ///       exemptions:
    ///         namespaces: [kube-system, default]
    /// ```
    /// ```yaml
    /// apiVersion: pod-security.admission.config.k8s.io/v1
    /// kind: PodSecurityConfiguration
    /// defaults:
    ///   enforce: privileged
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: apiserver.config.k8s.io/v1
    /// kind: AdmissionConfiguration
    /// plugins:
    ///   - name: PodSecurity
    ///     configuration:
    ///       apiVersion: pod-security.admission.config.k8s.io/v1
    ///       kind: PodSecurityConfiguration
    ///       defaults:
    ///         enforce: baseline
    /// ```
    /// ```yaml
    /// apiVersion: apiserver.config.k8s.io/v1
    /// kind: AdmissionConfiguration
    /// plugins:
    ///   - name: PodSecurity
    ///     configuration:
    ///       apiVersion: pod-security.admission.config.k8s.io/v1
    ///       kind: PodSecurityConfiguration
    ///       defaults:
    ///         enforce: restricted
    ///       exemptions:
    ///         namespaces: [kube-system]
    /// ```
    /// ```yaml
    /// apiVersion: apiserver.config.k8s.io/v1
    /// kind: AdmissionConfiguration
    /// plugins:
    ///   - name: EventRateLimit
    ///     path: eventconfig.yaml
    ///   - name: PodSecurity
    ///     configuration:
    ///       kind: PodSecurityConfiguration
    ///       defaults: {enforce: baseline}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "admission-pod-security-defaults",
        title: "Pod Security Standards are not enforced by default",
        area: Area::Cluster,
        topic: "control-plane",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "namespaces without labels, the default one among them, take privileged pods",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:K8S-3",
            "owasp-k8s-2022:K04",
            "owasp-k8s-2025:K04",
            "nsa-cisa:pod-security/admission",
            "cis-k8s:5.2.1",
        ],
        remediation: "Set `defaults.enforce` to `baseline` or `restricted`, and exempt system namespaces only.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["AdmissionConfiguration", "PodSecurityConfiguration"], judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let configuration = if object.kind == "PodSecurityConfiguration" {
        object.root
    } else {
        let plugin = object.root.get("plugins").items().find(|p| p.get("name").is("PodSecurity"));
        let Some(plugin) = plugin else { return out.not_applicable() };
        if plugin.get("path").is_set() && !plugin.get("configuration").is_set() {
            let why =
                Why::new(WhyCode::MissingInput, "the configuration of the plugin stands in another file");
            return out.unknown(plugin.get("path"), why);
        }
        plugin.get("configuration")
    };
    let enforce = configuration.get("defaults").get("enforce");
    if let Some(place) = out.unmet(enforce.name(), |level| matches!(level, "baseline" | "restricted")) {
        out.fail(place, "pods in namespaces without labels may be privileged").key("enforce").fix(
            Plan::risky("set `enforce` to baseline").set(configuration, &["defaults", "enforce"], "baseline"),
        );
    }
    for namespace in configuration.get("exemptions").get("namespaces").items() {
        if namespace.is("default") {
            out.fail(namespace, "the namespace `default` is exempt from Pod Security Standards")
                .key("default");
        }
    }
}
