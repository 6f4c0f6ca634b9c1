//! Sysctls outside the safe set.

use crate::support::pod_security::{maps, pod_scope};
use check::{Check, Cx, Out, Plan, Pod, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// Sysctls change the kernel. Only those that act on the pod alone are safe; others can weaken protections or
    /// affect every pod of the node.
    ///
    /// The Pod Security Standard *baseline* (sysctls) allows `kernel.shm_rmid_forced`,
    /// `net.ipv4.ip_local_port_range`, `net.ipv4.ip_unprivileged_port_start`, `net.ipv4.tcp_syncookies` and
    /// `net.ipv4.ping_group_range`; from v1.27 on `net.ipv4.ip_local_reserved_ports`; from v1.29 on
    /// `net.ipv4.tcp_keepalive_time`, `net.ipv4.tcp_fin_timeout`, `net.ipv4.tcp_keepalive_intvl` and
    /// `net.ipv4.tcp_keepalive_probes`; from v1.32 on `net.ipv4.tcp_rmem` and `net.ipv4.tcp_wmem`; from v1.37 on
    /// `net.ipv4.tcp_slow_start_after_idle` and `net.ipv4.tcp_notsent_lowat`. Names count as written: the form
    /// with slashes is not allowed.
    ///
    /// ## How to fix
    /// Remove the sysctl from the pod, or let an administrator set it for a node pool of its own.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   securityContext:
    ///     sysctls:
    ///       - {name: kernel.msgmax, value: '1'}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   securityContext:
    ///     sysctls:
    ///       - {name: net.ipv4.tcp_syncookies, value: '1'}
    ///       - {name: net.core.somaxconn, value: '1'}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    /// ```yaml pss=v1.26
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   securityContext:
    ///     sysctls:
    ///       - {name: net.ipv4.ip_local_reserved_ports, value: '1'}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    /// ```yaml pss=v1.28
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   securityContext:
    ///     sysctls:
    ///       - {name: net.ipv4.tcp_keepalive_time, value: '1'}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    /// ```yaml pss=v1.31
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   securityContext:
    ///     sysctls:
    ///       - {name: net.ipv4.tcp_rmem, value: '1'}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    /// ```yaml pss=v1.36
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   securityContext:
    ///     sysctls:
    ///       - {name: net.ipv4.tcp_notsent_lowat, value: '1'}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   securityContext:
    ///     sysctls: [{value: '1'}]
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   securityContext:
    ///     sysctls:
    ///       - {name: kernel/shm_rmid_forced, value: '1'}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   securityContext:
    ///     sysctls:
    ///       - {name: kernel.shm_rmid_forced, value: '1'}
    ///       - {name: net.ipv4.ip_local_port_range, value: '1'}
    ///       - {name: net.ipv4.ip_unprivileged_port_start, value: '1'}
    ///       - {name: net.ipv4.tcp_syncookies, value: '1'}
    ///       - {name: net.ipv4.ping_group_range, value: '1'}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    /// ```yaml pss=v1.27
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   securityContext:
    ///     sysctls:
    ///       - {name: net.ipv4.ip_local_reserved_ports, value: '1'}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    /// ```yaml pss=v1.29
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   securityContext:
    ///     sysctls:
    ///       - {name: net.ipv4.tcp_keepalive_time, value: '1'}
    ///       - {name: net.ipv4.tcp_fin_timeout, value: '1'}
    ///       - {name: net.ipv4.tcp_keepalive_intvl, value: '1'}
    ///       - {name: net.ipv4.tcp_keepalive_probes, value: '1'}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    /// ```yaml pss=v1.32
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   securityContext:
    ///     sysctls:
    ///       - {name: net.ipv4.tcp_rmem, value: '1'}
    ///       - {name: net.ipv4.tcp_wmem, value: '1'}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    /// ```yaml pss=v1.37
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   securityContext:
    ///     sysctls:
    ///       - {name: net.ipv4.tcp_slow_start_after_idle, value: '1'}
    ///       - {name: net.ipv4.tcp_notsent_lowat, value: '1'}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   securityContext: {sysctls: []}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   securityContext: {sysctls: null}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "unsafe-sysctl",
        title: "Pod sets a sysctl outside the safe set",
        area: Area::Cluster,
        topic: "pod-security",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "most unsafe sysctls touch the pod's own namespaces or are refused by the kubelet; some starve or weaken the node",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "pss:baseline/sysctls",
            "practices:RUN-4",
            "owasp-k8s-2022:K01",
            "owasp-k8s-2025:K01",
            "cis-k8s:5.6.3",
        ],
        remediation: "Remove the sysctl, or set it on the nodes themselves if every pod there needs it.",
        since: "0.1.0",
        aliases: &["trivy:KSV-0026", "kube-linter:unsafe-sysctls"],
        docs: DOCS,
    },
    subject: Subject::Pod(judge),
};

/// Sysctls that baseline allows, with the first policy version that does.
const SAFE: &[(&str, u32)] = &[
    ("kernel.shm_rmid_forced", 0),
    ("net.ipv4.ip_local_port_range", 0),
    ("net.ipv4.ip_unprivileged_port_start", 0),
    ("net.ipv4.tcp_syncookies", 0),
    ("net.ipv4.ping_group_range", 0),
    ("net.ipv4.ip_local_reserved_ports", 27),
    ("net.ipv4.tcp_keepalive_time", 29),
    ("net.ipv4.tcp_fin_timeout", 29),
    ("net.ipv4.tcp_keepalive_intvl", 29),
    ("net.ipv4.tcp_keepalive_probes", 29),
    ("net.ipv4.tcp_rmem", 32),
    ("net.ipv4.tcp_wmem", 32),
    ("net.ipv4.tcp_slow_start_after_idle", 37),
    ("net.ipv4.tcp_notsent_lowat", 37),
];

fn judge<'a>(pod: &Pod<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    let Some(scope) = pod_scope(pod, out) else { return };
    let version = cx.settings.pss_version;
    for sysctl in maps(scope.context.get("sysctls"), out) {
        let name = sysctl.get("name");
        let safe = |name: &str| SAFE.iter().any(|(safe, since)| *safe == name && version.at_least(*since));
        if let Some(place) = out.unmet(name.name(), safe) {
            let name = name.scalar().unwrap_or("");
            let later = SAFE.iter().find(|(safe, _)| *safe == name).map(|(_, since)| since);
            let when = later.map_or_else(String::new, |since| format!(" before v1.{since}"));
            out.fail(place, format!("sysctl `{name}` is not among those that baseline allows{when}"))
                .key(name)
                .fix(Plan::risky(format!("remove the sysctl `{name}`")).remove(sysctl));
        }
    }
}
