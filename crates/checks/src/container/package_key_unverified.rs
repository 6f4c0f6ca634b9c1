//! Package key is imported unverified.

use crate::support::dockerfile::{View, downloads, shown};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::Dockerfile;

check::docs! {
    /// `apt-key` trusts a key for all repositories and is no longer supported; keys taken from key servers
    /// by a short id, or over plain HTTP, may be anybody's.
    ///
    /// ## How to fix
    /// Write `curl -fsSLo /etc/apt/keyrings/x.asc https://...`, check it, and add `[signed-
    /// by=/etc/apt/keyrings/x.asc]` to the source.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// RUN apt-key adv --keyserver keyserver.ubuntu.com --recv-keys 0xABCD1234
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN curl -fsSL https://example.com/key | apt-key add -
    /// ```
    /// ```dockerfile
    /// FROM fedora:42
    /// RUN rpm --import http://example.com/key
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN gpg --keyserver hkp://example.com --recv-keys ABCD1234
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// RUN curl -fsSLo /etc/apt/keyrings/x.asc https://example.com/key
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN gpg --keyserver hkps://keys.openpgp.org --recv-keys E3FF2839C048B25C084DEBE9B26995E310250568
    /// ```
    /// ```dockerfile
    /// FROM fedora:42
    /// RUN rpm --import https://example.com/key
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "package-key-unverified",
        title: "Package key is imported unverified",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "the key decides what may be installed; whoever can replace it can replace every package",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &["practices:IMG-1", "cis-docker:4.11", "cis-docker:4.12"],
        remediation: "Download the key over HTTPS into `/etc/apt/keyrings`, compare its fingerprint, and name it with `signed-by=`.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    view.note_foreign(out);
    for step in view.runs() {
        for command in &step.commands {
            let words: Vec<String> = command.args().iter().map(shown).collect();
            let has = |names: &[&str]| words.iter().any(|w| names.contains(&w.as_str()));
            let message = match command.name().as_deref() {
                Some("apt-key") if has(&["add", "adv"]) => "`apt-key` trusts a key for every repository",
                Some("rpm" | "rpmkeys")
                    if has(&["--import"]) && words.iter().any(|w| downloads::is_plain_http(w)) =>
                {
                    "the key comes over plain HTTP"
                }
                Some("gpg" | "gpg2") if has(&["--recv-keys", "--recv-key", "--recv", "--receive-keys"]) => {
                    let short = words.iter().any(|w| {
                        let id = w.trim_start_matches("0x");
                        matches!(id.len(), 8 | 16) && id.bytes().all(|b| b.is_ascii_hexdigit())
                    });
                    if !short {
                        continue;
                    }
                    "a short key id may be anybody's key"
                }
                _ => continue,
            };
            out.fail(view.at(command.span()), message);
        }
    }
}
