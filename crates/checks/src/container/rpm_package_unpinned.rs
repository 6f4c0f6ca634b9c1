//! RPM package without a version.

use crate::support::dockerfile::{View, packages, packages::Manager};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::Dockerfile;

check::docs! {
    /// `yum`, `dnf`, `microdnf` and `zypper` without versions take what the mirror has that day, so that
    /// two builds of the same commit differ.
    ///
    /// ## How to fix
    /// Write `dnf install -y nginx-1.26.3`, `zypper install -y nginx=1.26.3`, or install a module stream
    /// (`nginx:1.26`).
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM fedora:42
    /// RUN dnf install -y nginx
    /// ```
    /// ```dockerfile
    /// FROM fedora:42
    /// RUN yum -y install httpd-tools
    /// ```
    /// ```dockerfile
    /// FROM opensuse/leap:15.6
    /// RUN zypper install -y nginx
    /// ```
    /// ```dockerfile
    /// FROM registry.access.redhat.com/ubi9-minimal
    /// RUN microdnf install -y tar
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM fedora:42
    /// RUN dnf install -y nginx-1.26.3 java-21-openjdk-21.0.4
    /// ```
    /// ```dockerfile
    /// FROM opensuse/leap:15.6
    /// RUN zypper install -y nginx=1.26.3 "curl>=8"
    /// ```
    /// ```dockerfile
    /// FROM fedora:42
    /// RUN dnf install -y https://example.com/x.rpm && dnf module enable nginx:1.26
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "rpm-package-unpinned",
        title: "RPM package without a version",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Reliability,
        severity: Severity::Low,
        severity_reason: "the same file builds another image tomorrow, with versions nobody tested",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:IMG-9", "cis-docker:4.11"],
        remediation: "Write `package-version` (`zypper`: `package=version`).",
        since: "0.1.0",
        aliases: &["hadolint:DL3033", "hadolint:DL3041", "hadolint:DL3037"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    for step in view.runs() {
        for call in step.commands.iter().filter_map(packages::call) {
            if !(matches!(call.manager, Manager::Yum | Manager::Dnf | Manager::Zypper)
                && call.installs()
                && call.verb.starts_with("in"))
            {
                continue;
            }
            for (name, span) in call.packages() {
                let zypper = call.manager == Manager::Zypper;
                let pinned = if zypper {
                    name.contains(['=', '<', '>'])
                } else {
                    // `name-1.2`: a dash and a number with a dot or a release after it, or a module's stream.
                    name.contains(':')
                        || name.split('-').skip(1).any(|p| {
                            p.starts_with(|c: char| c.is_ascii_digit())
                                && (p.contains('.') || p.contains('*'))
                        })
                };
                if pinned || name.contains('?') || name.starts_with('@') || packages::Call::is_file(&name) {
                    continue;
                }
                out.fail(
                    view.at(span),
                    format!("`{}` installs `{name}` in whatever version there is", call.program),
                );
            }
        }
    }
}
