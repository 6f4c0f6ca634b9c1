//! Ended Job is never cleaned up.

use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// A Job that no CronJob and no Helm hook owns stays with its pods until somebody deletes it.
    ///
    /// ## How to fix
    /// Set `ttlSecondsAfterFinished` to how long you want to look at it.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: batch/v1
    /// kind: Job
    /// metadata: {name: migrate}
    /// spec:
    ///   template: {spec: {restartPolicy: Never, containers: [{name: migrate, image: "example.com/m:1.0"}]}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// apiVersion: batch/v1
    /// kind: Job
    /// metadata: {name: migrate}
    /// spec:
    ///   ttlSecondsAfterFinished: 3600
    ///   template: {spec: {restartPolicy: Never, containers: [{name: migrate, image: "example.com/m:1.0"}]}}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: batch/v1
    /// kind: Job
    /// metadata:
    ///   name: migrate
    ///   annotations: {helm.sh/hook: pre-upgrade, helm.sh/hook-delete-policy: hook-succeeded}
    /// spec:
    ///   template: {spec: {restartPolicy: Never, containers: [{name: migrate, image: "example.com/m:1.0"}]}}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "job-never-cleaned-up",
        title: "Ended Job is never cleaned up",
        area: Area::Cluster,
        topic: "availability",
        profile: Profile::Style,
        severity: Severity::Info,
        severity_reason: "old Jobs only take room in the API server, and their pods keep their logs and \
                      volumes",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Set `spec.ttlSecondsAfterFinished`.",
        since: "0.1.0",
        aliases: &["kube-linter:job-ttl-seconds-after-finished"],
        docs: DOCS,
    },
    subject: Subject::Object(&["Job"], judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let owned = !object.metadata().get("ownerReferences").is_empty();
    let hook =
        ["helm.sh/hook", "argocd.argoproj.io/hook"].iter().any(|key| object.annotations().get(key).is_set());
    if owned || hook {
        return;
    }
    if let Some(place) = out.unmet(object.spec().get("ttlSecondsAfterFinished").int(), |_| true) {
        out.fail(place, format!("Job `{}` stays after its end", object.name()));
    }
}
