//! Secret that is referred to is not part of the input.

use crate::support::{lookup::Names, references};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity, Why, WhyCode};

check::docs! {
    /// The pod refers to a Secret that nothing in the input declares or makes (SealedSecret, ExternalSecret, Certificate, Kustomization and others count). That is as it should be for most, but worth a look when a pod does not start.
    ///
    /// ## How to fix
    /// Correct the name, declare the object, or mark the reference `optional` where the program does without it.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       envFrom: [{secretRef: {name: db}}]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers: [{name: web, image: "example.com/web:1.0"}]
    ///   imagePullSecrets: [{name: pull}]
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       envFrom: [{secretRef: {name: db, optional: true}}]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers: [{name: web, image: "example.com/web:1.0", envFrom: [{secretRef: {name: db}}]}]
    ///   volumes:
    ///     - {name: tls, secret: {secretName: web-tls}}
    ///     - {name: api, secret: {secretName: api}}
    /// ---
    /// apiVersion: bitnami.com/v1alpha1
    /// kind: SealedSecret
    /// metadata: {name: db}
    /// ---
    /// apiVersion: cert-manager.io/v1
    /// kind: Certificate
    /// metadata: {name: web}
    /// spec: {secretName: web-tls}
    /// ---
    /// apiVersion: external-secrets.io/v1
    /// kind: ExternalSecret
    /// metadata: {name: x}
    /// spec: {target: {name: api}}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "secret-reference-dangling",
        title: "Secret that is referred to is not part of the input",
        area: Area::Cluster,
        topic: "references",
        profile: Profile::Style,
        severity: Severity::Info,
        severity_reason: "Secrets are rightly kept out of repositories, so that most of these are made \
                      elsewhere",
        confidence: Confidence::Low,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Check that something makes the Secret: an ExternalSecret, a SealedSecret, a \
                      Certificate, or a person.",
        since: "0.1.0",
        aliases: &["kube-linter:env-value-from"],
        docs: DOCS,
    },
    subject: Subject::Inventory(&["Secret"], judge),
};

fn judge<'a>(cx: &Cx<'a>, out: &mut Out<'a>) {
    let names = Names::new(cx, "Secret");
    for pod in cx.inventory.pods() {
        out.subject(pod.owner.id());
        for reference in references::of(pod).into_iter().filter(|r| r.kind == "Secret" && !r.optional) {
            let Some(name) = out.known(reference.name.name()) else { continue };
            if names.has(name, &pod.owner) {
                continue;
            }
            if cx.settings.complete {
                out.fail(
                    reference.name,
                    format!("the Secret `{name}` of {} `{}` is not there", pod.owner.kind, pod.owner.name()),
                );
            } else {
                let why = format!("the Secret `{name}` may be part of another input");
                out.unknown(reference.name, Why::new(WhyCode::MissingInput, why));
            }
        }
    }
}
