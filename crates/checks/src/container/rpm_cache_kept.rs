//! Package cache stays in the image.

use crate::support::dockerfile::{View, packages, packages::Call, packages::Manager, shown};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::Dockerfile;

check::docs! {
    /// yum, dnf and zypper keep metadata and packages in `/var/cache`. They leave the image only if the
    /// same `RUN` removes them.
    ///
    /// ## How to fix
    /// Append `&& dnf clean all`, or use a cache mount on `/var/cache/dnf`.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM fedora:42
    /// RUN dnf install -y nginx-1.26
    /// ```
    /// ```dockerfile
    /// FROM fedora:42
    /// RUN yum install -y httpd-2.4
    /// RUN yum clean all
    /// ```
    /// ```dockerfile
    /// FROM opensuse/leap:15.6
    /// RUN zypper install -y nginx=1.26
    /// ```
    /// ```dockerfile
    /// FROM registry.access.redhat.com/ubi9-minimal
    /// RUN microdnf install -y tar-1.34
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM fedora:42
    /// RUN dnf install -y nginx-1.26 && dnf clean all
    /// ```
    /// ```dockerfile
    /// FROM fedora:42
    /// RUN yum install -y httpd-2.4 && rm -rf /var/cache/yum
    /// ```
    /// ```dockerfile
    /// FROM opensuse/leap:15.6
    /// RUN zypper install -y nginx=1.26 && zypper cc -a
    /// ```
    /// ```dockerfile
    /// FROM fedora:42
    /// RUN --mount=type=cache,target=/var/cache/libdnf5 dnf install -y nginx-1.26
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "rpm-cache-kept",
        title: "Package cache stays in the image",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Style,
        severity: Severity::Low,
        severity_reason: "tens of megabytes that nobody uses",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "End the same `RUN` with `dnf clean all` (`yum clean all`, `zypper clean`).",
        since: "0.1.0",
        aliases: &[
            "hadolint:DL3032",
            "hadolint:DL3036",
            "hadolint:DL3040",
            "trivy:DS-0015",
            "trivy:DS-0019",
            "trivy:DS-0020",
        ],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    let shipped = view.shipped();
    for step in view.runs() {
        if shipped.get(step.stage.index) != Some(&true) || step.has_mount("cache", &["/var/cache"]) {
            continue;
        }
        let mut kept: Option<Call<'_>> = None;
        for command in &step.commands {
            if command.is("rm") && command.args().iter().any(|w| shown(w).starts_with("/var/cache")) {
                kept = None;
            }
            let Some(call) = packages::call(command) else { continue };
            if !matches!(call.manager, Manager::Yum | Manager::Dnf | Manager::Zypper) {
                continue;
            }
            if matches!(call.verb.as_str(), "clean" | "cc") {
                kept = None;
            } else if call.installs() && kept.is_none() && !call.has(&["--no-cache"]) {
                kept = Some(call);
            }
        }
        if let Some(call) = kept {
            out.fail(view.at(call.span), format!("what `{}` caches stays in the image", call.program));
        }
    }
}
