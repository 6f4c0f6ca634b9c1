//! git-sync that runs a program of the manifest's choice.

use crate::support::images;
use check::{Check, Container, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// git-sync runs the program that `GITSYNC_GIT` or `--git` names in the place of git. Whoever may edit the
    /// manifest, or the values behind it, so runs any program inside of a container that is trusted and has the
    /// credentials of the repository.
    ///
    /// ## How to fix
    /// Remove the setting: the image has git where it looks for it.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   containers:
    ///     - name: sync
    ///       image: registry.k8s.io/git-sync/git-sync:v4.2.3
    ///       env: [{name: GITSYNC_GIT, value: /tmp/payload}]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers:
    ///         - name: sync
    ///           image: registry.k8s.io/git-sync/git-sync:v4.2.3
    ///           args: ["--repo=https://example.com/site.git", "--git=/tmp/payload"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   containers:
    ///     - name: sync
    ///       image: registry.k8s.io/git-sync/git-sync:v4.2.3
    ///       args: [--repo, "https://example.com/site.git", --git, /tmp/payload]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   initContainers:
    ///     - name: sync
    ///       image: ghcr.io/example/git-sync:v4
    ///       env: [{name: GIT_SYNC_GIT, value: sh}]
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   containers:
    ///     - name: sync
    ///       image: registry.k8s.io/git-sync/git-sync:v4.2.3
    ///       env: [{name: GITSYNC_REPO, value: "https://example.com/site.git"}]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       env: [{name: GITSYNC_GIT, value: /tmp/payload}]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   containers:
    ///     - name: sync
    ///       image: registry.k8s.io/git-sync/git-sync:v4.2.3
    ///       env: [{name: GITSYNC_GIT, value: git}]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   containers:
    ///     - name: sync
    ///       image: registry.k8s.io/git-sync/git-sync:v4.2.3
    ///       args: ["--git-config=http.version:HTTP/1.1"]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "git-sync-command",
        title: "git-sync runs another program in the place of git",
        area: Area::Cluster,
        topic: "hygiene",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "it takes a right to write the manifest, and gives a foothold that looks harmless",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &["owasp-k8s-2022:K01", "owasp-k8s-2025:K01"],
        remediation: "Remove `GITSYNC_GIT` and `--git`.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_159"],
        docs: DOCS,
    },
    subject: Subject::Container(judge),
};

fn judge<'a>(container: &Container<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let Some((_, image)) = images::of(container, out) else { return };
    if image.name().rsplit('/').next() != Some("git-sync") {
        return;
    }
    for variable in container.node.get("env").items() {
        let named = variable.get("name").scalar();
        let value = variable.get("value");
        if matches!(named, Some("GITSYNC_GIT" | "GIT_SYNC_GIT")) && !is_git(value.scalar()) {
            let place = if value.is_set() { value } else { variable };
            out.fail(
                place,
                format!("{} chooses the program that is run in the place of git", container.label()),
            );
        }
    }
    for list in ["command", "args"] {
        let mut words = container.node.get(list).items();
        while let Some(word) = words.next() {
            let text = word.scalar().unwrap_or("");
            let value = match text.strip_prefix("--git=").or_else(|| text.strip_prefix("-git=")) {
                Some(value) => Some(value),
                None if matches!(text, "--git" | "-git") => words.next().and_then(syntax::Node::scalar),
                None => continue,
            };
            if !is_git(value) {
                out.fail(
                    word,
                    format!("{} chooses the program that is run in the place of git", container.label()),
                );
            }
        }
    }
}

/// True for git itself, where it usually stands.
fn is_git(value: Option<&str>) -> bool {
    matches!(value, Some("git" | "/usr/bin/git" | "/bin/git" | "/usr/local/bin/git"))
}
