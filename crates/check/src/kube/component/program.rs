//! Names of programs.

/// A program of the control plane or of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Program {
    /// kube-apiserver.
    ApiServer,
    /// kube-controller-manager.
    ControllerManager,
    /// kube-scheduler.
    Scheduler,
    /// etcd.
    Etcd,
    /// The kubelet.
    Kubelet,
    /// kube-proxy.
    KubeProxy,
    /// cloud-controller-manager and its like.
    CloudControllerManager,
}

impl Program {
    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ApiServer => "kube-apiserver",
            Self::ControllerManager => "kube-controller-manager",
            Self::Scheduler => "kube-scheduler",
            Self::Etcd => "etcd",
            Self::Kubelet => "kubelet",
            Self::KubeProxy => "kube-proxy",
            Self::CloudControllerManager => "cloud-controller-manager",
        }
    }

    /// The program that a path or a bare name starts: `/usr/local/bin/kube-apiserver`, `kubelet.exe`,
    /// `kube-proxy-amd64`.
    pub fn of_path(path: &str) -> Option<Self> {
        let base = path.rsplit(['/', '\\']).next()?;
        let base = base.strip_suffix(".exe").unwrap_or(base);
        let base = ["-amd64", "-arm64", "-arm", "-ppc64le", "-s390x"]
            .iter()
            .find_map(|arch| base.strip_suffix(arch))
            .unwrap_or(base);
        Some(match base {
            "kube-apiserver" => Self::ApiServer,
            "kube-controller-manager" => Self::ControllerManager,
            "kube-scheduler" => Self::Scheduler,
            "etcd" => Self::Etcd,
            "kubelet" => Self::Kubelet,
            "kube-proxy" => Self::KubeProxy,
            _ if base.ends_with("cloud-controller-manager") => Self::CloudControllerManager,
            _ => return None,
        })
    }

    /// The short names that `hyperkube` takes beside the full ones.
    pub fn of_hyperkube(word: &str) -> Option<Self> {
        Some(match word {
            "apiserver" => Self::ApiServer,
            "controller-manager" => Self::ControllerManager,
            "scheduler" => Self::Scheduler,
            "proxy" => Self::KubeProxy,
            _ => return Self::of_path(word),
        })
    }

    /// The flag that names a configuration file whose settings take the place of flags that are not given.
    pub const fn config_flag(self) -> Option<&'static str> {
        match self {
            Self::Kubelet | Self::KubeProxy | Self::Scheduler => Some("config"),
            Self::Etcd => Some("config-file"),
            Self::ApiServer | Self::ControllerManager | Self::CloudControllerManager => None,
        }
    }

    /// True if a flag can also come from the file of [`Program::config_flag`].
    pub fn in_config(self, flag: &str) -> bool {
        match self {
            Self::Scheduler => flag == "profiling",
            Self::Kubelet => flag != "hostname-override",
            _ => true,
        }
    }
}
