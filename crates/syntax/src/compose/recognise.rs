//! Telling Compose files from other YAML.

use crate::{Kind, Node};

/// Keys of the root that Compose knows.
const TOP: [&str; 10] =
    ["configs", "include", "models", "name", "networks", "secrets", "services", "version", "volumes", "x-"];

/// Keys of a service, of all versions of the format.
const SERVICE: [&str; 104] = [
    "annotations",
    "attach",
    "blkio_config",
    "build",
    "cap_add",
    "cap_drop",
    "cgroup",
    "cgroup_parent",
    "command",
    "configs",
    "container_name",
    "cpu_count",
    "cpu_percent",
    "cpu_period",
    "cpu_quota",
    "cpu_rt_period",
    "cpu_rt_runtime",
    "cpu_shares",
    "cpus",
    "cpuset",
    "credential_spec",
    "depends_on",
    "deploy",
    "develop",
    "device_cgroup_rules",
    "devices",
    "dns",
    "dns_opt",
    "dns_search",
    "dockerfile",
    "domainname",
    "driver_opts",
    "entrypoint",
    "env_file",
    "environment",
    "expose",
    "extends",
    "external_links",
    "extra_hosts",
    "gpus",
    "group_add",
    "healthcheck",
    "hostname",
    "image",
    "init",
    "ipc",
    "isolation",
    "label_file",
    "labels",
    "links",
    "log_driver",
    "log_opt",
    "logging",
    "mac_address",
    "mem_limit",
    "mem_reservation",
    "mem_swappiness",
    "memswap_limit",
    "models",
    "net",
    "network_mode",
    "networks",
    "oom_kill_disable",
    "oom_score_adj",
    "pid",
    "pids_limit",
    "platform",
    "ports",
    "post_start",
    "pre_stop",
    "privileged",
    "profiles",
    "provider",
    "pull_policy",
    "pull_refresh_after",
    "read_only",
    "restart",
    "runtime",
    "scale",
    "secrets",
    "security_opt",
    "shm_size",
    "stdin_open",
    "stop_grace_period",
    "stop_signal",
    "storage_opt",
    "sysctls",
    "tmpfs",
    "tty",
    "ulimits",
    "use_api_socket",
    "user",
    "userns_mode",
    "uts",
    "volume_driver",
    "volumes",
    "volumes_from",
    "working_dir",
    "x-",
    "<<",
    "cpu_rt",
    "mem",
    "init_path",
    "blkio",
];

/// True if a file's name says that it is a Compose file: `docker-compose*.y(a)ml`, `compose*.y(a)ml`,
/// `*.compose.y(a)ml`, `*-compose.y(a)ml`, `docker-stack*.y(a)ml`, in any case.
pub fn is_compose_name(name: &str) -> bool {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name).to_ascii_lowercase();
    let Some(stem) = [".yml", ".yaml"].iter().find_map(|ending| file.strip_suffix(ending)) else {
        return false;
    };
    // `compose` must end there or go on with a mark: `composer.yml` is no Compose file.
    let begins = |prefix: &str| {
        stem.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-', '_']))
    };
    [
        "docker-compose",
        "docker_compose",
        "dockercompose",
        "podman-compose",
        "container-compose",
        "compose",
        "docker-stack",
    ]
    .iter()
    .any(|p| begins(p))
        || [".compose", "-compose", "_compose"].iter().any(|e| stem.ends_with(e))
        || [".docker-compose.", "-docker-compose.", "-compose.", ".compose."].iter().any(|e| stem.contains(e))
}

/// True if a document is a Compose file: its name says so and it has the shape of one, or its shape alone
/// leaves no doubt.
pub fn looks_like(name: &str, root: Node<'_>) -> bool {
    if !root.is_map() || (root.get("apiVersion").is_set() && root.get("kind").is_set()) {
        return false;
    }
    let named = is_compose_name(name);
    let services = root.get("services");
    let own = |key: &str| key.starts_with("x-") || TOP.contains(&key) || key == "<<";
    if !services.exists() {
        let only_own = root.entries().all(|(key, _)| own(key));
        let has = |key: &str| root.get(key).is_set();
        return named
            && only_own
            && ["include", "networks", "volumes", "secrets", "configs"].iter().any(|k| has(k))
            || named && is_version_1(root);
    }
    if named {
        return services.kind() == Kind::Null || is_services(services, false) || services.is_seq();
    }
    root.entries().all(|(key, _)| own(key)) && is_services(services, true)
}

/// True for a file of version 1, whose services stand at the top.
pub(super) fn is_version_1(root: Node<'_>) -> bool {
    let mut services = root.entries().filter(|(key, _)| !key.starts_with("x-")).peekable();
    services.peek().is_some()
        && services.all(|(_, value)| {
            value.is_map()
                && ["image", "build", "extends"]
                    .iter()
                    .any(|key| value.get(key).scalar().is_some() || value.get(key).is_map())
                && value.entries().all(|(key, _)| is_service_key(key))
        })
}

fn is_service_key(key: &str) -> bool {
    key.starts_with("x-") || SERVICE.contains(&key)
}

/// True if a node maps names to services. `strict`: where only the content tells.
fn is_services(node: Node<'_>, strict: bool) -> bool {
    if !node.is_map() {
        return false;
    }
    if !strict {
        return node.entries().all(|(_, service)| matches!(service.kind(), Kind::Map | Kind::Null));
    }
    let mut telling = false;
    for (name, service) in node.entries() {
        if name.starts_with("x-") {
            continue;
        }
        let keys = service.entries().filter(|(key, _)| is_service_key(key)).count();
        // One key that nobody knows may be a mistake; more are another format.
        if !(service.is_map() || service.kind() == Kind::Null) || keys + 1 < service.len() {
            return false;
        }
        let image = service.get("image");
        if image.is_map() || image.is_seq() {
            return false;
        }
        let build = service.get("build");
        let extends = service.get("extends");
        telling |= image.as_str().is_some()
            || build.as_str().is_some()
            || ["context", "dockerfile", "dockerfile_inline", "target"].iter().any(|k| build.get(k).is_set())
            || extends.as_str().is_some()
            || extends.get("service").is_set()
            // An override file has neither, but keys that no other format has.
            || ["cap_add", "cap_drop", "network_mode", "security_opt", "env_file", "container_name", "depends_on"]
                .iter()
                .any(|k| service.get(k).is_set());
    }
    telling
}
