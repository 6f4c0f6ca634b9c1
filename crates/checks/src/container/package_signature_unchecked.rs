//! Packages are installed without a check of their signature.

use crate::support::dockerfile::{View, packages, packages::Manager, shown};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity, Span};
use syntax::dockerfile::{Dockerfile, Keyword};
use syntax::shell::Invocation;

check::docs! {
    /// Package managers check that packages are signed by somebody the distribution trusts. With that check
    /// turned off, mirrors, proxies and everyone on the way decide what is installed.
    ///
    /// ## How to fix
    /// Put the repository's key into `/etc/apt/keyrings` (`signed-by=`), `/etc/apk/keys` or import it with
    /// `rpm --import`, and drop the option.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// RUN apt-get install -y --allow-unauthenticated app
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN apt-get install -y --force-yes app
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN echo "deb [trusted=yes] https://example.com/apt ./" > /etc/apt/sources.list.d/x.list
    /// ```
    /// ```dockerfile
    /// FROM fedora:42
    /// RUN dnf install -y --nogpgcheck app-1.0
    /// ```
    /// ```dockerfile
    /// FROM opensuse/leap:15.6
    /// RUN zypper --no-gpg-checks install -y app
    /// ```
    /// ```dockerfile
    /// FROM alpine:3.22
    /// RUN apk add --no-cache --allow-untrusted ./app.apk
    /// ```
    /// ```dockerfile
    /// FROM fedora:42
    /// RUN rpm -ivh --nosignature app.rpm
    /// ```
    /// ```dockerfile
    /// FROM fedora:42
    /// RUN rpm --nodigest -i app.rpm && tdnf install -y --nogpgcheck x
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN apt-get -o APT::Get::AllowUnauthenticated=true install -y app
    /// ```
    /// ```dockerfile
    /// FROM ruby:3.4
    /// RUN gem install -P NoSecurity app
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN printf '[x]\nname=x\nbaseurl=https://example.com\ngpgcheck=0\n' > /etc/yum.repos.d/x.repo
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// RUN apt-get install -y app=1.0
    /// ```
    /// ```dockerfile
    /// FROM fedora:42
    /// RUN rpm --import https://example.com/key && dnf install -y app-1.0
    /// ```
    /// ```dockerfile
    /// FROM alpine:3.22
    /// RUN apk add --no-cache app=1.0
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN dpkg -i --force-depends x.deb
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "package-signature-unchecked",
        title: "Packages are installed without a check of their signature",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "whoever stands between the build and the mirror, or has the mirror, can put anything into the image",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:IMG-1", "cis-docker:4.11", "cis-docker:4.12"],
        remediation: "Remove the option and import the key of the repository instead.",
        since: "0.1.0",
        aliases: &[
            "checkov:CKV2_DOCKER_7",
            "checkov:CKV2_DOCKER_8",
            "checkov:CKV2_DOCKER_9",
            "checkov:CKV2_DOCKER_10",
            "checkov:CKV2_DOCKER_11",
        ],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    view.note_foreign(out);
    for step in view.runs() {
        for command in &step.commands {
            if let Some((span, what)) = unchecked(command) {
                out.fail(
                    view.at(span),
                    format!("{what} installs packages without a check of their signature"),
                );
            }
        }
        let bodies = step.instruction.heredocs.iter().map(|h| &h.body);
        for body in bodies {
            if let Some(at) = repository(body.text()) {
                let place = view.at(body.span_of(at.start, at.end));
                out.fail(place, "a package repository is set up without a check of signatures");
            }
        }
    }
    for (_, _, instruction) in view.of_keyword(Keyword::Copy) {
        for heredoc in &instruction.heredocs {
            if let Some(at) = repository(heredoc.body.text()) {
                let place = view.at(heredoc.body.span_of(at.start, at.end));
                out.fail(place, "a package repository is set up without a check of signatures");
            }
        }
    }
}
fn repository(text: &str) -> Option<std::ops::Range<usize>> {
    let lower = text.to_ascii_lowercase();
    ["trusted=yes", "gpgcheck=0", "gpgcheck = 0", "trusted: yes", "siglevel = never"].iter().find_map(
        |sign| {
            let at = lower.find(sign)?;
            // `repo_gpgcheck=0` leaves the packages' own signatures checked.
            (!lower.get(..at).is_some_and(|before| before.ends_with("repo_"))).then(|| at..at + sign.len())
        },
    )
}

fn unchecked(command: &Invocation<'_>) -> Option<(Span, String)> {
    let name = command.name()?;
    if let Some(call) = packages::call(command) {
        let bad = call.options.iter().find(|o| {
            let value = o.value.as_deref().unwrap_or("").to_ascii_lowercase();
            let set = |key: &str| {
                value.contains(key)
                    && (value.ends_with("true") || value.ends_with("=1") || value.ends_with("yes"))
            };
            match call.manager {
                Manager::Apt => {
                    matches!(
                        o.name.as_str(),
                        "--allow-unauthenticated"
                            | "--force-yes"
                            | "--no-allow-authenticated"
                            | "--allow-insecure-repositories"
                    ) || set("allowunauthenticated")
                        || set("allowinsecurerepositories")
                        || set("force-yes")
                }
                Manager::Apk => o.name == "--allow-untrusted",
                Manager::Yum | Manager::Dnf => {
                    matches!(o.name.as_str(), "--nogpgcheck" | "--nogpg" | "--no-gpgchecks")
                        || (value.contains("gpgcheck=")
                            && !value.contains("repo_gpgcheck")
                            && (value.ends_with("=0") || value.ends_with("=false")))
                }
                Manager::Zypper => {
                    matches!(
                        o.name.as_str(),
                        "--no-gpg-checks"
                            | "--no-gpgcheck"
                            | "--allow-unsigned-rpm"
                            | "--gpgcheck-allow-unsigned"
                    )
                }
                Manager::Gem => matches!(o.name.as_str(), "-P" | "--trust-policy") && value == "nosecurity",
                _ => false,
            }
        });
        if let Some(bad) = bad {
            let shown = bad
                .value
                .as_ref()
                .filter(|_| bad.name.len() == 2)
                .map_or(bad.name.clone(), |v| format!("{} {v}", bad.name));
            return Some((bad.span, format!("`{} {shown}`", call.program)));
        }
    }
    let words: Vec<(String, Span)> = command.args().iter().map(|w| (shown(w), w.span)).collect();
    match name.as_str() {
        "rpm" | "rpmkeys" => words
            .iter()
            .find(|(w, _)| {
                matches!(
                    w.as_str(),
                    "--nosignature" | "--nodigest" | "--nofiledigest" | "--noverify" | "--nogpgcheck"
                )
            })
            .map(|(w, s)| (*s, format!("`rpm {w}`"))),
        "echo" | "printf" | "sed" | "yum-config-manager" | "tee" => words
            .iter()
            .find(|(w, _)| repository(w).is_some())
            .map(|(_, s)| (*s, "this repository".to_owned())),
        "dpkg" => words
            .iter()
            .find(|(w, _)| w == "--force-bad-verify" || w == "--no-debsig")
            .map(|(w, s)| (*s, format!("`dpkg {w}`"))),
        _ => None,
    }
}
