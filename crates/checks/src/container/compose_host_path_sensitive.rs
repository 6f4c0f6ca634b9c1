//! Sensitive paths of the host in containers.

use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::compose::Service;

check::docs! {
    /// Mounts of `/`, `/etc`, `/root`, `/boot`, `/proc`, `/sys`, `/dev`, `/var/run`, the engine's own data
    /// or the keys in a home directory give the container what protects the host: accounts, keys, devices,
    /// the kernel's settings. A named volume that is bound to such a path counts the same.
    ///
    /// ## How to fix
    /// Mount a narrower path, read-only where the program only reads (`:ro`).
    ///
    /// ## Fails
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     volumes: ["/:/host"]
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     volumes: ["/etc:/etc:ro"]
    /// ```
    ///
    /// ```compose
    /// services:
    ///   monitor:
    ///     image: example.com/monitor:1.0
    ///     volumes:
    ///       - type: bind
    ///         source: /proc
    ///         target: /host/proc
    ///         read_only: true
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     volumes: ["/var/run/:/run", "~/.ssh:/root/.ssh"]
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     volumes: ["root:/host"]
    /// volumes:
    ///   root:
    ///     driver_opts: {type: none, o: bind, device: /}
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     volumes: ["${HOME}/.kube/config:/kube"]
    /// ```
    ///
    /// ## Passes
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     volumes:
    ///       - /etc/localtime:/etc/localtime:ro
    ///       - /etc/timezone:/etc/timezone:ro
    ///       - ./etc:/etc/nginx
    ///       - data:/var/lib/data
    ///       - /srv/www:/srv
    ///       - /dev/shm:/dev/shm
    /// volumes: {data: {}}
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     tmpfs: /run
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     volumes: ["/var/run/docker.sock:/var/run/docker.sock"]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "compose-host-path-sensitive",
        title: "Compose service mounts a sensitive path of the host",
        area: Area::Container,
        topic: "compose",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "with write access to these paths the host is taken over by changing one file; \
                      read-only access is rated lower",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:RUN-3", "practices:RUN-4"],
        remediation: "Mount only the files that the program needs, read-only, or a named volume.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Service(judge),
};

/// Paths of the host, whether what is below them counts as well, and what they give away.
const PATHS: [(&str, bool, &str); 26] = [
    ("/", false, "everything on the host"),
    ("/bin", true, "the programs of the host"),
    ("/boot", true, "the kernel"),
    ("/dev", false, "the devices of the host"),
    ("/dev/mem", true, "the memory of the host"),
    ("/etc", false, "accounts and configuration of the host"),
    ("/etc/cron.d", true, "the scheduled commands of the host"),
    ("/etc/kubernetes", true, "the credentials of the cluster"),
    ("/etc/passwd", true, "the accounts of the host"),
    ("/etc/shadow", true, "the passwords of the host"),
    ("/etc/ssh", true, "the keys of the host"),
    ("/etc/ssl/private", true, "the private keys of the host"),
    ("/etc/sudoers", true, "who may become root on the host"),
    ("/home", false, "the files of all users"),
    ("/lib", true, "the libraries of the host"),
    ("/proc", true, "the processes and kernel settings of the host"),
    ("/root", true, "the files of root"),
    ("/run", false, "the sockets of the host"),
    ("/sbin", true, "the programs of the host"),
    ("/sys", true, "the kernel's view of the hardware"),
    ("/usr", false, "the programs of the host"),
    ("/var", false, "the state of the host"),
    ("/var/lib/docker", true, "the files of all containers"),
    ("/var/lib/kubelet", true, "the credentials of all pods"),
    ("/var/log", false, "the logs of the host"),
    ("/var/run", false, "the sockets of the host"),
];

/// Files in a home directory that open other doors.
const HOME: [&str; 11] = [
    "",
    ".ssh",
    ".aws",
    ".kube",
    ".docker",
    ".gnupg",
    ".azure",
    ".config",
    ".config/gcloud",
    ".netrc",
    ".npmrc",
];

fn what(path: &str) -> Option<&'static str> {
    if let Some(rest) = path.strip_prefix('~') {
        let rest = rest.trim_matches('/');
        let below = |name: &&&str| !name.is_empty() && rest.starts_with(&format!("{name}/"));
        return (HOME.contains(&rest) || HOME.iter().any(|name| below(&name) && *name != ".config"))
            .then_some("the keys and files of a user");
    }
    PATHS
        .iter()
        .find(|(listed, below, _)| {
            path == *listed || (*below && path.strip_prefix(listed).is_some_and(|rest| rest.starts_with('/')))
        })
        .map(|(.., what)| *what)
}

fn judge<'a>(service: Service<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    for mount in service.mounts() {
        let Some(path) = mount.host_path() else {
            // The shell sets `PWD` to the folder of the project.
            if mount.source.starts_with("${") && !mount.source.starts_with("${PWD}") {
                out.unknown(mount.field, mount.field.why_unresolved());
            }
            continue;
        };
        let Some(what) = what(&path) else { continue };
        let read_only = mount.read_only.clone().known() == Some(true);
        let logs = path == "/var/log" || path.starts_with("/usr") || path == "/home";
        let severity = match (read_only, path.as_str()) {
            (false, "/") => Severity::Critical,
            (false, _) if !logs => Severity::High,
            (false, _) => Severity::Medium,
            (
                true,
                "/" | "/root" | "/etc/shadow" | "/run" | "/var/run" | "/var/lib/docker" | "/var/lib/kubelet",
            ) => Severity::High,
            (true, _) if path.starts_with('~') || path == "/etc" => Severity::Medium,
            (true, _) => Severity::Low,
        };
        let how = if read_only { "can read" } else { "can change" };
        let message = format!("{} {how} `{path}` of the host: {what}", service.label());
        let draft = out.fail(mount.field, message).severity(severity).key(format!("volumes/{path}"));
        if let Some(bound) = mount.bound_by {
            draft.related(bound, "the path that the volume is bound to");
        }
    }
}
