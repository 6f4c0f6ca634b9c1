//! Programs or libraries are looked up in writable folders.

use crate::support::dockerfile::View;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::{Body, Dockerfile, Keyword};

check::docs! {
    /// Empty or relative parts of `PATH` and `LD_LIBRARY_PATH`, and folders such as `/tmp`, let anyone who
    /// can write there slip in a program or library of their own. `LD_PRELOAD` loads a library into every
    /// program.
    ///
    /// ## How to fix
    /// Remove `.`, empty parts and `/tmp` from the variable.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// ENV PATH=.:$PATH
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ENV LD_PRELOAD=/tmp/hook.so
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ENV LD_LIBRARY_PATH=/tmp/lib
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ENV PATH="/app/bin::/usr/bin"
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// ENV PATH=/opt/app/bin:$PATH
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ENV LD_PRELOAD=/usr/lib/x86_64-linux-gnu/libjemalloc.so.2
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ENV LD_LIBRARY_PATH=/opt/lib:$LD_LIBRARY_PATH
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "search-path-unsafe",
        title: "Programs or libraries are looked up in writable folders",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "whoever may write there decides which program or library is run, but has to be in the container first",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:IMG-10"],
        remediation: "Name only folders that belong to root, with full paths.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    for (_, _, instruction) in view.of_keyword(Keyword::Env) {
        let Body::Env(pairs) = &instruction.body else { continue };
        for pair in pairs {
            let name = pair.key.text();
            if !matches!(name, "PATH" | "LD_LIBRARY_PATH" | "LD_PRELOAD" | "PYTHONPATH") {
                continue;
            }
            let value = pair.value.text().trim_matches(['"', '\'']);
            let bad = value.split(':').find(|part| {
                let writable = ["/tmp", "/var/tmp", "/dev/shm"]
                    .iter()
                    .any(|w| part.strip_prefix(w).is_some_and(|r| r.is_empty() || r.starts_with('/')));
                let relative = matches!(*part, "." | "./") || part.is_empty() && name == "PATH";
                writable || (relative && name != "PYTHONPATH")
            });
            if let Some(part) = bad.filter(|_| !value.is_empty() && !value.contains("${")) {
                let shown = if part.is_empty() { "the current folder" } else { part };
                out.fail(view.at(pair.span()), format!("`{name}` has `{shown}`, where others may write"));
            }
        }
    }
}
