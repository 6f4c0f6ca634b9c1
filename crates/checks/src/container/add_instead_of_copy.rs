//! ADD where COPY would do.

use crate::support::dockerfile::View;
use check::{Check, Cx, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::{Body, Dockerfile, Keyword};

check::docs! {
    /// `ADD` unpacks archives and follows URLs. For plain files and folders `COPY` says what is meant, and
    /// does nothing else.
    ///
    /// ## How to fix
    /// Write `COPY` instead of `ADD`, unless an archive is to be unpacked.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// ADD app /app
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ADD . /app/
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// COPY app /app
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ADD rootfs.tar.xz /
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.com/x.tgz /opt/
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "add-instead-of-copy",
        title: "ADD where COPY would do",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Style,
        severity: Severity::Low,
        severity_reason: "archives are unpacked by surprise",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["cis-docker:4.9"],
        remediation: "Write `COPY` instead of `ADD`, unless an archive is to be unpacked.",
        since: "0.1.0",
        aliases: &["hadolint:DL3020", "trivy:DS-0005", "checkov:CKV_DOCKER_4"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    for (_, _, instruction) in view.of_keyword(Keyword::Add) {
        let Body::Add(transfer) = &instruction.body else { continue };
        let special = transfer.sources.iter().any(|s| {
            let text = s.text().to_ascii_lowercase();
            let text = text.trim_end_matches(['"', '\'']);
            text.contains("://")
                || text.starts_with("git@")
                || text.contains('$')
                || [
                    ".tar", ".tgz", ".gz", ".bz2", ".tbz", ".tbz2", ".xz", ".txz", ".lzma", ".tlz", ".zst",
                    ".tzst", ".z",
                ]
                .iter()
                .any(|e| text.ends_with(e))
                || text.contains(".tar")
        });
        if special
            || (transfer.sources.is_empty() && instruction.heredocs.is_empty())
            || instruction.flags.iter().any(|f| f.name == "unpack")
        {
            continue;
        }
        let draft = out.fail(view.head(instruction), "ADD is used where COPY would do");
        draft.fix(Plan::safe("use `COPY`").replace(instruction.keyword_span, "COPY"));
    }
}
