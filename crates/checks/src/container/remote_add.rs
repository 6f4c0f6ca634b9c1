//! ADD takes a remote file without a checksum.

use crate::support::dockerfile::View;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::{Body, Dockerfile, Expanded, Instruction};

check::docs! {
    /// `ADD https://...` puts whatever the server sends into the image, and `ADD https://....git` whatever
    /// a branch holds at that moment. With a checksum, or a commit, the build takes what was meant or
    /// fails.
    ///
    /// ## How to fix
    /// Write `ADD --checksum=sha256:<digest> URL target`; for Git write `ADD
    /// https://github.com/acme/x.git#<40 digits of the commit> target`.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// ADD https://example.com/x.tar.gz /opt/
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ADD https://github.com/acme/x.git#main /src
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ADD git@github.com:acme/x.git /src
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ARG URL=https://example.com/app
    /// ADD $URL /app
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ONBUILD ADD https://example.com/x /x
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.com/x.tgz /opt/
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ADD https://github.com/acme/x.git#0123456789abcdef0123456789abcdef01234567 /src
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ADD rootfs.tar.gz /
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "remote-add",
        title: "ADD takes a remote file without a checksum",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "whoever controls the server or the name decides what is in the image",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:IMG-1", "cis-docker:4.9", "cis-docker:4.11", "cis-docker:4.12"],
        remediation: "Add `--checksum=sha256:...`, or for Git repositories name the full commit.",
        since: "0.1.0",
        aliases: &["checkov:CKV_DOCKER_4"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    file.walk(&mut |stage, place, scope| {
        let Some(instruction) = stage.instructions.get(place).map(Instruction::inner) else { return };
        let Body::Add(transfer) = &instruction.body else { return };
        if instruction.flag("checksum").is_some() {
            return;
        }
        for source in &transfer.sources {
            let text = match scope.expand(source.text()) {
                Expanded::Known(text) => text,
                Expanded::Unknown(_) => source.text().to_owned(),
            };
            let lower = text.to_ascii_lowercase();
            let git = lower.starts_with("git@")
                || lower.starts_with("git://")
                || lower.starts_with("ssh://")
                || lower
                    .split('#')
                    .next()
                    .is_some_and(|u| u.contains("://") && u.rsplit('.').next() == Some("git"));
            let commit = text.split_once('#').map_or("", |(_, c)| c.split(':').next().unwrap_or(c));
            if git && commit.len() >= 40 && commit.bytes().all(|b| b.is_ascii_hexdigit()) {
                continue;
            }
            let remote = ["http://", "https://", "ftp://"].iter().any(|s| lower.starts_with(s));
            if git {
                out.fail(view.at(source.span()), format!("`{text}` is added without naming a commit"));
            } else if remote {
                out.fail(view.at(source.span()), format!("`{text}` is added without a checksum"));
            }
        }
    });
}
