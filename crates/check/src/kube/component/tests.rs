use super::*;
use crate::{Content, File, Inventory};
use model::Val;
use std::fmt::Write;
use std::sync::Arc;
use syntax::SourceText;

/// Calls `judge` with the components found in a text.
fn with(yaml: &str, judge: impl FnOnce(&[Component<'_>])) {
    let source = Arc::new(SourceText::new("a.yaml", yaml));
    let file = File::new(source.clone(), Content::Tree(syntax::yaml::parse(source)));
    let inventory = Inventory::new([&file]);
    let all: Vec<_> = inventory.objects().iter().flat_map(|o| components(o, inventory.pods_of(o))).collect();
    judge(&all);
}

fn container(yaml: &str) -> String {
    format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\nspec:\n  containers:\n  - {yaml}\n")
}

/// Program and one flag of the only component; the flag is `?` if unknown, `-` if absent.
fn one(yaml: &str, flag: &str) -> String {
    let mut said = String::new();
    with(&container(yaml), |all| {
        for component in all {
            let value = match component.text(flag) {
                Val::Known(text, _) => text,
                Val::Absent(_) => "-".to_owned(),
                Val::Unknown(..) => "?".to_owned(),
            };
            let _ = write!(said, "{} {value};", component.program.name());
        }
    });
    said
}

#[test]
fn finds_programs_in_every_form_of_command_line() {
    for (yaml, want) in [
        ("{image: x, command: [kube-apiserver, --v=2]}", "kube-apiserver 2;"),
        ("{image: x, command: [/usr/local/bin/kube-apiserver], args: [--v, '2']}", "kube-apiserver 2;"),
        ("{image: x, command: [kube-apiserver, --v=1, --v=2]}", "kube-apiserver 2;"),
        (
            "{image: x, command: [/go-runner, --log-file=/a, /usr/local/bin/kube-scheduler, --v=2]}",
            "kube-scheduler 2;",
        ),
        ("{image: x, command: [/hyperkube, apiserver, --v=2]}", "kube-apiserver 2;"),
        ("{image: x, command: [/hyperkube, kubelet, --v=2]}", "kubelet 2;"),
        ("{image: 'x/hyperkube-amd64:v1.9.0', args: [proxy, --v=2]}", "kube-proxy 2;"),
        ("{image: 'x/kube-proxy:v1.30.0', args: [--v=2]}", "kube-proxy 2;"),
        ("{image: x, command: [sh, -c, 'exec kube-proxy --v=2 2>&1 | tee log']}", "kube-proxy 2;"),
        ("{image: x, command: [/bin/sh, -ec, 'A=1 B=2 exec /bin/kubelet --x --v 2; sleep 1']}", "kubelet 2;"),
        ("{image: x, command: [/bin/bash, -c], args: ['echo kubelet && etcd --v=\"2\"']}", "etcd 2;"),
        ("{image: x, command: [sh, -c, 'exec kubelet \"$@\"', --, --v=2]}", "kubelet 2;"),
        ("{image: x, command: [nsenter, -t, '1', -m, --, /usr/bin/kubelet, --v=2]}", "kubelet 2;"),
        ("{image: x, command: [kubelet, -v=2]}", "kubelet 2;"),
        ("{image: x, command: [kubelet, --V=2], args: ['--v={{ .Values.v }}']}", "kubelet ?;"),
        ("{image: x, command: [kubelet], args: ['{{ .Values.args }}']}", "kubelet ?;"),
        ("{image: x, command: [sh, -c, 'kubelet --v=$V']}", "kubelet ?;"),
        ("{image: x, command: [sh, -c, 'kubelet $ARGS']}", "kubelet ?;"),
        ("{image: x, command: [kubelet, --config=/a]}", "kubelet ?;"),
        ("{image: x, command: [kubelet, --v=$(V)], env: [{name: V, value: '2'}]}", "kubelet 2;"),
        ("{image: x, command: [kubelet, --v=$(V)], env: [{name: V, valueFrom: {}}]}", "kubelet ?;"),
        ("{image: x, command: [etcd], env: [{name: ETCD_V, value: '2'}]}", "etcd 2;"),
        ("{image: x, command: [etcd, --v=3], env: [{name: ETCD_V, value: '2'}]}", "etcd 3;"),
        ("{image: x, command: [etcd]}", "etcd -;"),
        ("{image: x, command: [rke2, server, --kubelet-arg=v=2]}", "kubelet 2;"),
        // None of these runs a component.
        ("{image: x, command: [pgrep, kubelet]}", ""),
        ("{image: x, command: [etcdctl, get]}", ""),
        ("{image: x, args: [--kubelet-service=kube-system/kubelet]}", ""),
        ("{image: x, args: [--path, /var/lib/kubelet]}", ""),
        ("{image: x, command: [nsenter, /var/lib/kubelet]}", ""),
        ("{image: 'registry.k8s.io/kube-apiserver:v1.30.0'}", ""),
        ("{image: x, command: [sh, -c, 'kubectl get pods -l app=etcd']}", ""),
        ("{image: x, command: [sh, -c]}", ""),
        ("{image: x, command: {{ .Values.command }}}", ""),
    ] {
        assert_eq!(one(yaml, "v"), want, "{yaml}");
    }
}

#[test]
fn kubeadm_fills_in_what_it_sets_itself() {
    let cluster =
        "apiVersion: kubeadm.k8s.io/v1beta3\nkind: ClusterConfiguration\nkubernetesVersion: 1.29.1\n";
    with(cluster, |all| {
        let programs: Vec<_> = all.iter().map(|c| c.program.name()).collect();
        assert_eq!(programs, ["kube-apiserver", "kube-controller-manager", "kube-scheduler", "etcd"]);
        let api = &all[0];
        assert_eq!(api.minor, Some(29));
        assert_eq!(api.list("authorization-mode").known(), Some(vec!["Node".to_owned(), "RBAC".to_owned()]));
        assert!(matches!(api.bool("anonymous-auth"), Val::Absent(_)));
        assert_eq!(all[3].bool("client-cert-auth").known(), Some(true));
    });
    let external = format!("{cluster}etcd: {{external: {{endpoints: ['http://a:1', 'http://b:1']}}}}\n");
    with(&external, |all| {
        assert_eq!(all.len(), 3);
        assert!(matches!(all[0].text("etcd-cafile"), Val::Absent(_)));
        assert_eq!(all[0].list("etcd-servers").known().map(|l| l.len()), Some(2));
    });
    let master = "apiVersion: kubeadm.k8s.io/v1alpha1\nkind: MasterConfiguration\napiServerExtraArgs: {profiling: 'false'}\n";
    with(master, |all| assert_eq!(all[0].bool("profiling").known(), Some(false)));
}

#[test]
fn reads_configuration_files_and_tools() {
    let kubelet = "apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n";
    with(&format!("{kubelet}featureGates: {{A: false, B: true}}\ntlsCipherSuites: [x, y]\n"), |all| {
        assert_eq!(all[0].gate("A").known(), Some(false));
        assert!(matches!(all[0].gate("C"), Val::Absent(_)));
        assert_eq!(all[0].list("tls-cipher-suites").known().map(|l| l.len()), Some(2));
        assert_eq!(all[0].spelling("anonymous-auth"), "authentication.anonymous.enabled");
        assert!(matches!(all[0].text("client-ca-file"), Val::Absent(_)));
    });
    // A wrong type is not a value.
    with(&format!("{kubelet}protectKernelDefaults: 'true'\n"), |all| {
        assert!(matches!(all[0].bool("protect-kernel-defaults"), Val::Unknown(..)));
    });
    let kubeadm = "apiVersion: kubeadm.k8s.io/v1beta3\nkind: InitConfiguration\n---\n";
    with(&format!("{kubeadm}{kubelet}"), |all| {
        assert_eq!(all[0].bool("rotate-certificates").known(), Some(true));
    });
    let rancher = "apiVersion: provisioning.cattle.io/v1\nkind: Cluster\nspec: {rkeConfig: {machineGlobalConfig: {kube-apiserver-arg: [profiling=false]}}}\n";
    with(rancher, |all| {
        assert!(all[0].is_partial());
        assert_eq!(all[0].bool("profiling").known(), Some(false));
    });
    let k0s = "apiVersion: k0s.k0sproject.io/v1beta1\nkind: ClusterConfig\nspec: {api: {extraArgs: {anonymous-auth: true}}}\n";
    with(k0s, |all| assert_eq!(all[0].bool("anonymous-auth").known(), Some(true)));
}

#[test]
fn reads_durations() {
    for (text, want) in [
        ("0", Some(0)),
        ("0s", Some(0)),
        ("4h0m0s", Some(14_400_000)),
        ("1.5s", Some(1500)),
        ("300ms", Some(300)),
    ] {
        assert_eq!(duration_ms(text), want, "{text}");
    }
    for text in ["", "5", "s", "1x", "1h2"] {
        assert_eq!(duration_ms(text), None, "{text}");
    }
}

#[test]
fn hostile_scripts_cost_linear_time_and_never_panic() {
    let n = 200_000;
    for script in [
        ">".repeat(n),
        "'".repeat(n),
        "A=1 ".repeat(n / 4),
        "sh -c ".repeat(n / 6),
        "$(A)".repeat(n / 4),
        "env ".repeat(n / 4),
        "\"\\".repeat(n / 2),
        "kubelet;".repeat(n / 8),
        "&>".repeat(n / 2),
        "2>&1 ".repeat(n / 5),
        "\u{e9}<".repeat(n / 3),
        "-".repeat(n),
        "hyperkube ".repeat(n / 10),
    ] {
        let text = serde_json::json!({
            "apiVersion": "v1", "kind": "Pod",
            "spec": {"containers": [{"image": "x", "command": ["sh", "-c", script]}, {"image": "kubelet", "args": [script]}]},
        });
        with(&text.to_string(), |_| {});
    }
}
