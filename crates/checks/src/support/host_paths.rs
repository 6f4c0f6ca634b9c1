//! Paths of the node that pods mount, rated by what they give away.

use crate::support::pod_security::{mapping, maps};
use check::{Container, Out, Pod};
use model::{Severity, Val};
use std::collections::BTreeMap;
use syntax::Node;

/// A hostPath volume of a pod.
#[derive(Clone, Debug)]
pub struct HostPath<'a> {
    /// The volume's name.
    pub volume: &'a str,
    /// `hostPath`.
    pub source: Node<'a>,
    /// `hostPath.path`.
    pub place: Node<'a>,
    /// The path without detours, with `/` between parts and no drive letter.
    pub path: String,
    /// Where it is mounted.
    pub mounts: Vec<Mount<'a>>,
}

/// A place where a container mounts a volume.
#[derive(Clone, Copy, Debug)]
pub struct Mount<'a> {
    /// The container.
    pub container: Container<'a>,
    /// The item of `volumeMounts`.
    pub node: Node<'a>,
    /// True if the container may write there.
    pub writable: bool,
}

impl HostPath<'_> {
    /// True for a device of the node: its file, or a directory of devices.
    pub fn is_device(&self) -> bool {
        let kind = self.source.get("type");
        kind.is("CharDevice")
            || kind.is("BlockDevice")
            || (within(&self.path, "/dev") && !within(&self.path, "/dev/shm") && self.path != "/dev/log")
    }

    /// The runtime whose socket this is, or whose sockets lie in this directory.
    pub fn runtime(&self) -> Option<&'static str> {
        let file = self.path.rsplit('/').next().unwrap_or("").to_ascii_lowercase();
        let by_file = match file.as_str() {
            "docker.sock" | "docker_engine" | "cri-dockerd.sock" | "dockershim.sock" => Some("Docker"),
            "containerd.sock" | "containerd-containerd" | "containerd.sock.ttrpc" => Some("containerd"),
            "crio.sock" => Some("CRI-O"),
            "podman.sock" => Some("Podman"),
            "buildkitd.sock" => Some("BuildKit"),
            "frakti.sock" | "pouchcri.sock" | "isulad.sock" => Some("the container runtime"),
            _ => None,
        };
        let path = self.path.strip_prefix("/var").filter(|p| within(p, "/run")).unwrap_or(&self.path);
        by_file.or(match path {
            "/run/containerd" | "/run/k3s/containerd" => Some("containerd"),
            "/run/crio" => Some("CRI-O"),
            "/run/docker" => Some("Docker"),
            "/run/podman" => Some("Podman"),
            _ => None,
        })
    }

    /// What the path gives away, if it is one of those worth a warning: severity if mounted read-only, if
    /// mounted writable, and why.
    pub fn danger(&self) -> Option<&'static Danger> {
        DANGERS.iter().find(|danger| {
            if danger.tree { within(&self.path, danger.path) } else { self.path == danger.path }
        })
    }
}

/// What a path of the node gives away.
#[derive(Debug)]
pub struct Danger {
    path: &'static str,
    /// True if everything below counts as well.
    tree: bool,
    /// Severity of a read-only mount; `None` if that is harmless.
    pub read: Option<Severity>,
    /// Severity of a writable mount.
    pub write: Severity,
    /// What can be done with it.
    pub why: &'static str,
}

const fn at(
    path: &'static str,
    tree: bool,
    read: Option<Severity>,
    write: Severity,
    why: &'static str,
) -> Danger {
    Danger { path, tree, read, write, why }
}

use Severity::{Critical, High, Low, Medium};

/// The first match counts, so exceptions stand before the trees they are in.
const DANGERS: &[Danger] = &[
    at("/", false, Some(High), Critical, "it is the node's whole file system"),
    at("/etc/localtime", false, None, Medium, "it is configuration of the node"),
    at("/etc/timezone", false, None, Medium, "it is configuration of the node"),
    at("/etc/os-release", false, None, Medium, "it is configuration of the node"),
    at("/etc/machine-id", false, None, Medium, "it is configuration of the node"),
    at("/etc/hostname", false, None, Medium, "it is configuration of the node"),
    at("/etc/resolv.conf", false, None, High, "it decides where the node looks up names"),
    at("/etc/hosts", false, None, High, "it decides where the node looks up names"),
    at("/etc/ssl/private", true, Some(High), High, "private keys of the node lie there"),
    at("/etc/pki/tls/private", true, Some(High), High, "private keys of the node lie there"),
    at("/etc/ssl", true, None, High, "it decides which certificates the node trusts"),
    at("/etc/pki", true, None, High, "it decides which certificates the node trusts"),
    at("/etc/ca-certificates", true, None, High, "it decides which certificates the node trusts"),
    at("/etc/passwd", false, Some(Low), Critical, "it names the accounts of the node"),
    at("/etc/group", false, Some(Low), Critical, "it names the accounts of the node"),
    at("/etc/systemd", true, Some(Low), Critical, "it says what the node starts, as root"),
    at("/etc/cni", true, Some(Low), High, "what stands there is run as root on the node for every pod"),
    at("/etc/kubernetes", true, Some(High), Critical, "keys and static pods of the control plane lie there"),
    at("/etc/rancher", true, Some(High), Critical, "administrator credentials of the cluster lie there"),
    at("/etc", true, Some(High), Critical, "accounts, keys and start-up jobs of the node lie there"),
    at("/var/run", false, Some(Critical), Critical, "sockets of the container runtime lie there"),
    at("/run", false, Some(Critical), Critical, "sockets of the container runtime lie there"),
    at("/run/systemd", true, Some(High), Critical, "its sockets start programs on the node as root"),
    at("/var/run/systemd", true, Some(High), Critical, "its sockets start programs on the node as root"),
    at("/run/dbus", true, Some(High), High, "its socket commands system services of the node"),
    at("/var/run/dbus", true, Some(High), High, "its socket commands system services of the node"),
    at("/var/run/secrets", true, Some(High), High, "credentials lie there"),
    at("/run/secrets", true, Some(High), High, "credentials lie there"),
    at("/var/lib/kubelet/plugins", true, Some(Low), Medium, "sockets of storage drivers lie there"),
    at(
        "/var/lib/kubelet/plugins_registry",
        true,
        Some(Low),
        Medium,
        "plug-ins register with the kubelet there",
    ),
    at(
        "/var/lib/kubelet/device-plugins",
        true,
        Some(Low),
        Medium,
        "plug-ins register with the kubelet there",
    ),
    at(
        "/var/lib/kubelet",
        true,
        Some(High),
        Critical,
        "secrets and tokens of every pod of the node lie there",
    ),
    at("/var/lib/kube-scheduler", true, Some(High), High, "credentials of the control plane lie there"),
    at(
        "/var/lib/kube-controller-manager",
        true,
        Some(High),
        High,
        "credentials of the control plane lie there",
    ),
    at("/var/lib/kube-proxy", true, Some(High), High, "credentials of the control plane lie there"),
    at("/srv/kubernetes", true, Some(High), Critical, "keys of the control plane lie there"),
    at("/var/lib/k0s", true, Some(High), Critical, "state and keys of the cluster lie there"),
    at("/var/lib/minikube", true, Some(High), Critical, "state and keys of the cluster lie there"),
    at(
        "/var/lib/etcd",
        true,
        Some(Critical),
        Critical,
        "every object of the cluster lies there, secrets included",
    ),
    at("/var/lib/docker/containers", true, Some(Low), High, "logs and settings of every container lie there"),
    at(
        "/var/lib/docker",
        true,
        Some(High),
        Critical,
        "file systems of every container of the node lie there",
    ),
    at(
        "/var/lib/containerd",
        true,
        Some(High),
        Critical,
        "file systems of every container of the node lie there",
    ),
    at(
        "/var/lib/containers",
        true,
        Some(High),
        Critical,
        "file systems of every container of the node lie there",
    ),
    at("/var/lib/crio", true, Some(Medium), High, "state of every container of the node lies there"),
    at("/var/lib/rancher", true, Some(High), Critical, "state and keys of the cluster lie there"),
    at(
        "/var/lib/cloud",
        true,
        Some(High),
        High,
        "start-up data of the node, often with credentials, lies there",
    ),
    at("/var/lib/waagent", true, Some(High), High, "credentials of the node lie there"),
    at("/var/lib", false, Some(High), Critical, "state of the kubelet and of every container lies there"),
    at("/var/spool/cron", true, Some(Low), Critical, "what is written there runs as root on the node"),
    at("/var/log", false, Some(Low), High, "links put there let the kubelet hand out any file of the node"),
    at(
        "/var/log/pods",
        true,
        Some(Low),
        High,
        "links put there let the kubelet hand out any file of the node",
    ),
    at(
        "/var/log/containers",
        true,
        Some(Low),
        High,
        "links put there let the kubelet hand out any file of the node",
    ),
    at("/var", false, Some(High), Critical, "state of the kubelet and of every container lies there"),
    at(
        "/proc",
        true,
        Some(Medium),
        Critical,
        "it shows the node's processes, and writing there changes its kernel",
    ),
    at("/sys", true, Some(Low), High, "writing there changes the node's kernel and devices"),
    at("/root", true, Some(High), Critical, "keys and settings of the node's administrator lie there"),
    at("/home", true, Some(High), Critical, "keys and settings of the node's users lie there"),
    at("/boot", true, Some(Low), High, "the node's kernel lies there"),
    at("/lib/modules", true, Some(Low), High, "the node's kernel modules lie there"),
    at("/usr/lib/modules", true, Some(Low), High, "the node's kernel modules lie there"),
    at("/usr/share/ca-certificates", true, None, High, "it decides which certificates the node trusts"),
    at("/usr/local/share/ca-certificates", true, None, High, "it decides which certificates the node trusts"),
    at("/usr", true, Some(Low), Critical, "programs of the node lie there"),
    at("/bin", true, Some(Low), Critical, "programs of the node lie there"),
    at("/sbin", true, Some(Low), Critical, "programs of the node lie there"),
    at("/lib", true, Some(Low), Critical, "libraries of the node lie there"),
    at("/lib64", true, Some(Low), Critical, "libraries of the node lie there"),
    at("/opt/cni", true, Some(Low), High, "what stands there is run as root on the node for every pod"),
    at("/windows", true, Some(Low), Critical, "the node's operating system lies there"),
    at("/programdata", true, Some(Medium), High, "settings and state of the node's services lie there"),
    at("/users", true, Some(High), High, "keys and settings of the node's users lie there"),
];

/// True if `path` is `tree` or lies below it.
fn within(path: &str, tree: &str) -> bool {
    path.strip_prefix(tree).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A path without empty parts, `.` and `..`; Windows paths lose their drive and case.
pub fn clean(path: &str) -> String {
    let bytes = path.as_bytes();
    let lower;
    let mut path = path;
    if path.contains('\\') || matches!(bytes, [drive, b':', ..] if drive.is_ascii_alphabetic()) {
        lower = path.replace('\\', "/").to_ascii_lowercase();
        path = lower.split_once(':').map_or(lower.as_str(), |(_, rest)| rest);
    }
    let mut parts = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    format!("/{}", parts.join("/"))
}

/// The hostPath volumes of a pod; those whose path can't be told are noted and left out.
pub fn host_paths<'a>(pod: &Pod<'a>, out: &mut Out<'a>) -> Vec<HostPath<'a>> {
    let mut found: Vec<HostPath<'a>> = Vec::new();
    let Some(spec) = mapping(pod.spec(), out) else { return found };
    for volume in maps(spec.get("volumes"), out) {
        let Some(source) = mapping(volume.get("hostPath"), out) else { continue };
        match source.get("path").name() {
            Val::Known(path, place) if !path.is_empty() => {
                let name = volume.get("name").scalar().unwrap_or("");
                let mounts = Vec::new();
                found.push(HostPath { volume: name, source, place, path: clean(path), mounts });
            }
            Val::Unknown(why, place) => out.unknown(place, why),
            Val::Known(..) | Val::Absent(_) => {}
        }
    }
    if !found.is_empty() {
        let mut mounts = mounts_by_volume(pod);
        for volume in &mut found {
            volume.mounts = mounts.remove(volume.volume).unwrap_or_default();
        }
    }
    found
}

fn mounts_by_volume<'a>(pod: &Pod<'a>) -> BTreeMap<&'a str, Vec<Mount<'a>>> {
    let mut mounts: BTreeMap<&str, Vec<Mount<'a>>> = BTreeMap::new();
    for container in pod.containers() {
        for node in container.node.get("volumeMounts").items() {
            if let Some(volume) = node.get("name").scalar() {
                let writable = node.get("readOnly").as_bool() != Some(true);
                mounts.entry(volume).or_default().push(Mount { container, node, writable });
            }
        }
    }
    mounts
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn paths_lose_their_detours() {
        for (path, wanted) in [
            ("/", "/"),
            ("//etc/./kubernetes/", "/etc/kubernetes"),
            ("/var/log/../run/docker.sock", "/var/run/docker.sock"),
            ("/../..", "/"),
            ("C:\\Windows\\System32", "/windows/system32"),
            ("c:/", "/"),
            (r"\\.\pipe\docker_engine", "/pipe/docker_engine"),
        ] {
            assert_eq!(clean(path), wanted, "{path}");
        }
    }
}
