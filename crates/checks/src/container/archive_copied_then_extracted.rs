//! Archive is copied and unpacked afterwards.

use crate::support::dockerfile::{View, shown};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::{Body, Dockerfile, Keyword};

check::docs! {
    /// A copied archive is a layer of its own, which stays even if the `RUN` that unpacks it removes it.
    /// `ADD` unpacks local tar archives without such a layer.
    ///
    /// ## How to fix
    /// Replace `COPY` and `tar x` by `ADD`.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// COPY app.tar.gz /tmp/
    /// RUN tar xzf /tmp/app.tar.gz
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// ADD app.tar.gz /opt/
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// COPY app.tar.gz /srv/downloads/
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "archive-copied-then-extracted",
        title: "Archive is copied and unpacked afterwards",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Style,
        severity: Severity::Info,
        severity_reason: "the archive stays in the image beside its content",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Use `ADD archive.tar.gz /folder/`, which unpacks it.",
        since: "0.1.0",
        aliases: &["hadolint:DL3010"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    let steps = view.runs();
    for (stage, place, instruction) in view.of_keyword(Keyword::Copy) {
        let Body::Copy(transfer) = &instruction.body else { continue };
        if instruction.flag("from").is_some() {
            continue;
        }
        for source in &transfer.sources {
            let name = source.text().rsplit('/').next().unwrap_or("");
            let archive = [".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz", ".tar.zst"]
                .iter()
                .any(|e| name.ends_with(e));
            let unpacked = || {
                steps.iter().filter(|s| s.stage.index == stage.index && s.place > place).any(|s| {
                    s.commands.iter().any(|c| {
                        (c.is("tar") || c.is("unzip") || c.is("gunzip"))
                            && c.args().iter().any(|w| shown(w).rsplit('/').next() == Some(name))
                    })
                })
            };
            if archive && unpacked() {
                out.fail(view.at(source.span()), format!("`{name}` is copied, and unpacked by a later RUN"));
            }
        }
    }
}
