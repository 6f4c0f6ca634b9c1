//! Secret file is copied into the image.

use crate::support::dockerfile::{View, files};
use crate::support::secrets;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::{Body, Dockerfile};

check::docs! {
    /// Keys, logins and settings with secrets that are copied into an image can be read by everyone who can
    /// pull it. Removing them later does not help: the layer that has them stays.
    ///
    /// ## How to fix
    /// For the build use `RUN --mount=type=secret,id=npmrc,target=/root/.npmrc`; for the running program
    /// mount the file when the container starts. Change the secret if the image was ever pushed.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM node:22
    /// COPY .npmrc /root/.npmrc
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ADD id_rsa /root/.ssh/id_rsa
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// COPY .env ./
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// COPY config/.aws/credentials /root/.aws/
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// COPY ["server.key", "server.crt", "/etc/ssl/"]
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// COPY . /root/.ssh/id_rsa
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// COPY --chmod=600 <<EOF /etc/db.conf
    /// password=hunter2hunter
    /// EOF
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM node:22
    /// COPY package.json package-lock.json ./
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// COPY .env.example id_rsa.pub ca.pem /etc/app/
    /// ```
    /// ```dockerfile
    /// FROM debian:12 AS certs
    /// FROM scratch
    /// COPY --from=certs /etc/ssl/certs/ca-certificates.pem /etc/ssl/certs/
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "secret-file-copied",
        title: "Secret file is copied into the image",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "everyone who can pull the image can take the file out of it, even if a later layer removes it",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &[
            "practices:SEC-1",
            "cis-docker:4.10",
            "nsa-cisa:network/secrets",
            "owasp-k8s-2022:K08",
            "owasp-k8s-2025:K03",
        ],
        remediation: "Leave the file out of the build context with `.dockerignore`, and give it with `RUN --mount=type=secret` or at run time.",
        since: "0.1.0",
        aliases: &["trivy:DS-0031"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    for (_, _, instruction) in view.instructions() {
        let instruction = instruction.inner();
        let (Body::Copy(transfer) | Body::Add(transfer)) = &instruction.body else { continue };
        for heredoc in &instruction.heredocs {
            let body = heredoc.body.text();
            for found in secrets::judge_document(body) {
                let place = view.at(heredoc.body.span_of(found.range.start, found.range.end));
                let shown = secrets::redact(body.get(found.range).unwrap_or(""));
                let why = found.suspicion.why;
                out.fail(
                    place,
                    format!("the file `{}` is written with {why} in clear text (`{shown}`)", heredoc.name),
                )
                .confidence(found.suspicion.confidence);
            }
        }
        // A build stage is thrown away, but what is taken out of it was meant to be kept.
        let from_stage = instruction.flag("from").is_some();
        let mut reported = false;
        for source in &transfer.sources {
            let path = source.text();
            if let Some(what) = files::secret_file(path).filter(|_| !path.contains("://")) {
                reported = true;
                let draft =
                    out.fail(view.at(source.span()), format!("`{path}` ({what}) is copied into the image"));
                if what == "a key or certificate" || from_stage {
                    draft.confidence(Confidence::Low).severity(Severity::Medium);
                }
            }
        }
        let target = transfer.target.text();
        if !reported
            && !target.ends_with('/')
            && transfer.sources.len() == 1
            && let Some(what) = files::secret_file(target).filter(|w| *w != "the Git history")
        {
            let draft = out.fail(
                view.at(transfer.target.span()),
                format!("`{target}` ({what}) is written into the image"),
            );
            if what == "a key or certificate" || from_stage {
                draft.confidence(Confidence::Low).severity(Severity::Medium);
            }
        }
    }
}
