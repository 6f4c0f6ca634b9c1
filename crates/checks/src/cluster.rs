//! Checks of the area `cluster`. Written by `cargo xtask gen`; do not edit.

use check::Check;

pub mod admission_image_policy_open;
pub mod admission_pod_security_defaults;
pub mod apiserver_always_admit;
pub mod apiserver_always_allow;
pub mod apiserver_always_pull_images;
pub mod apiserver_anonymous_auth;
pub mod apiserver_audit_maxage;
pub mod apiserver_audit_maxbackup;
pub mod apiserver_audit_maxsize;
pub mod apiserver_basic_auth_file;
pub mod apiserver_client_ca;
pub mod apiserver_etcd_ca;
pub mod apiserver_etcd_client_cert;
pub mod apiserver_etcd_http;
pub mod apiserver_event_rate_limit;
pub mod apiserver_external_ips;
pub mod apiserver_image_policy;
pub mod apiserver_insecure_bind_address;
pub mod apiserver_insecure_port;
pub mod apiserver_kubelet_ca;
pub mod apiserver_kubelet_client_cert;
pub mod apiserver_kubelet_http;
pub mod apiserver_no_audit_log;
pub mod apiserver_no_audit_policy;
pub mod apiserver_no_encryption_config;
pub mod apiserver_no_namespace_lifecycle;
pub mod apiserver_no_node_authorizer;
pub mod apiserver_no_node_restriction;
pub mod apiserver_no_pod_security;
pub mod apiserver_no_rbac;
pub mod apiserver_no_service_account_plugin;
pub mod apiserver_profiling;
pub mod apiserver_request_timeout;
pub mod apiserver_secure_port;
pub mod apiserver_service_account_key;
pub mod apiserver_service_account_lookup;
pub mod apiserver_tls_cert;
pub mod apiserver_token_auth_file;
pub mod apiserver_token_extension;
pub mod apiserver_weak_ciphers;
pub mod audit_policy_gaps;
pub mod audit_policy_logs_nothing;
pub mod audit_policy_logs_secrets;
pub mod authentication_config_anonymous;
pub mod authorization_config_weak;
pub mod component_alpha_features;
pub mod component_old_tls;
pub mod controller_manager_bind_address;
pub mod controller_manager_kubelet_cert_rotation;
pub mod controller_manager_pod_gc;
pub mod controller_manager_profiling;
pub mod controller_manager_root_ca;
pub mod controller_manager_sa_key;
pub mod controller_manager_shared_credentials;
pub mod default_namespace;
pub mod encryption_identity_first;
pub mod encryption_literal_key;
pub mod encryption_secrets_not_covered;
pub mod encryption_weak_provider;
pub mod etcd_auto_tls;
pub mod etcd_client_cert_auth;
pub mod etcd_no_tls;
pub mod etcd_open_metrics;
pub mod etcd_peer_auto_tls;
pub mod etcd_peer_client_cert_auth;
pub mod etcd_peer_no_tls;
pub mod etcd_plain_http;
pub mod etcd_shared_ca;
pub mod kube_proxy_metrics_address;
pub mod kubeconfig_credentials;
pub mod kubeconfig_insecure;
pub mod kubelet_always_allow;
pub mod kubelet_anonymous_auth;
pub mod kubelet_event_rate;
pub mod kubelet_hostname_override;
pub mod kubelet_iptables_chains;
pub mod kubelet_kernel_defaults;
pub mod kubelet_no_client_ca;
pub mod kubelet_no_serving_cert;
pub mod kubelet_pod_pids_limit;
pub mod kubelet_read_only_port;
pub mod kubelet_remote_manifests;
pub mod kubelet_rotate_certificates;
pub mod kubelet_seccomp_default;
pub mod kubelet_server_cert_rotation;
pub mod kubelet_streaming_timeout;
pub mod kubelet_unsafe_sysctls;
pub mod kubelet_weak_ciphers;
pub mod namespace_without_limit_range;
pub mod namespace_without_quota;
pub mod privileged_container;
pub mod psp_capabilities;
pub mod psp_host_ipc;
pub mod psp_host_network;
pub mod psp_host_pid;
pub mod psp_privilege_escalation;
pub mod psp_privileged;
pub mod psp_run_as_root;
pub mod psp_volumes;
pub mod scheduler_bind_address;
pub mod scheduler_profiling;
pub mod service_account_secrets;
pub mod webhook_blocks_system;
pub mod webhook_fails_open;

/// Every check of this area, by file name.
pub static CHECKS: &[&Check] = &[
    &admission_image_policy_open::CHECK,
    &admission_pod_security_defaults::CHECK,
    &apiserver_always_admit::CHECK,
    &apiserver_always_allow::CHECK,
    &apiserver_always_pull_images::CHECK,
    &apiserver_anonymous_auth::CHECK,
    &apiserver_audit_maxage::CHECK,
    &apiserver_audit_maxbackup::CHECK,
    &apiserver_audit_maxsize::CHECK,
    &apiserver_basic_auth_file::CHECK,
    &apiserver_client_ca::CHECK,
    &apiserver_etcd_ca::CHECK,
    &apiserver_etcd_client_cert::CHECK,
    &apiserver_etcd_http::CHECK,
    &apiserver_event_rate_limit::CHECK,
    &apiserver_external_ips::CHECK,
    &apiserver_image_policy::CHECK,
    &apiserver_insecure_bind_address::CHECK,
    &apiserver_insecure_port::CHECK,
    &apiserver_kubelet_ca::CHECK,
    &apiserver_kubelet_client_cert::CHECK,
    &apiserver_kubelet_http::CHECK,
    &apiserver_no_audit_log::CHECK,
    &apiserver_no_audit_policy::CHECK,
    &apiserver_no_encryption_config::CHECK,
    &apiserver_no_namespace_lifecycle::CHECK,
    &apiserver_no_node_authorizer::CHECK,
    &apiserver_no_node_restriction::CHECK,
    &apiserver_no_pod_security::CHECK,
    &apiserver_no_rbac::CHECK,
    &apiserver_no_service_account_plugin::CHECK,
    &apiserver_profiling::CHECK,
    &apiserver_request_timeout::CHECK,
    &apiserver_secure_port::CHECK,
    &apiserver_service_account_key::CHECK,
    &apiserver_service_account_lookup::CHECK,
    &apiserver_tls_cert::CHECK,
    &apiserver_token_auth_file::CHECK,
    &apiserver_token_extension::CHECK,
    &apiserver_weak_ciphers::CHECK,
    &audit_policy_gaps::CHECK,
    &audit_policy_logs_nothing::CHECK,
    &audit_policy_logs_secrets::CHECK,
    &authentication_config_anonymous::CHECK,
    &authorization_config_weak::CHECK,
    &component_alpha_features::CHECK,
    &component_old_tls::CHECK,
    &controller_manager_bind_address::CHECK,
    &controller_manager_kubelet_cert_rotation::CHECK,
    &controller_manager_pod_gc::CHECK,
    &controller_manager_profiling::CHECK,
    &controller_manager_root_ca::CHECK,
    &controller_manager_sa_key::CHECK,
    &controller_manager_shared_credentials::CHECK,
    &default_namespace::CHECK,
    &encryption_identity_first::CHECK,
    &encryption_literal_key::CHECK,
    &encryption_secrets_not_covered::CHECK,
    &encryption_weak_provider::CHECK,
    &etcd_auto_tls::CHECK,
    &etcd_client_cert_auth::CHECK,
    &etcd_no_tls::CHECK,
    &etcd_open_metrics::CHECK,
    &etcd_peer_auto_tls::CHECK,
    &etcd_peer_client_cert_auth::CHECK,
    &etcd_peer_no_tls::CHECK,
    &etcd_plain_http::CHECK,
    &etcd_shared_ca::CHECK,
    &kube_proxy_metrics_address::CHECK,
    &kubeconfig_credentials::CHECK,
    &kubeconfig_insecure::CHECK,
    &kubelet_always_allow::CHECK,
    &kubelet_anonymous_auth::CHECK,
    &kubelet_event_rate::CHECK,
    &kubelet_hostname_override::CHECK,
    &kubelet_iptables_chains::CHECK,
    &kubelet_kernel_defaults::CHECK,
    &kubelet_no_client_ca::CHECK,
    &kubelet_no_serving_cert::CHECK,
    &kubelet_pod_pids_limit::CHECK,
    &kubelet_read_only_port::CHECK,
    &kubelet_remote_manifests::CHECK,
    &kubelet_rotate_certificates::CHECK,
    &kubelet_seccomp_default::CHECK,
    &kubelet_server_cert_rotation::CHECK,
    &kubelet_streaming_timeout::CHECK,
    &kubelet_unsafe_sysctls::CHECK,
    &kubelet_weak_ciphers::CHECK,
    &namespace_without_limit_range::CHECK,
    &namespace_without_quota::CHECK,
    &privileged_container::CHECK,
    &psp_capabilities::CHECK,
    &psp_host_ipc::CHECK,
    &psp_host_network::CHECK,
    &psp_host_pid::CHECK,
    &psp_privilege_escalation::CHECK,
    &psp_privileged::CHECK,
    &psp_run_as_root::CHECK,
    &psp_volumes::CHECK,
    &scheduler_bind_address::CHECK,
    &scheduler_profiling::CHECK,
    &service_account_secrets::CHECK,
    &webhook_blocks_system::CHECK,
    &webhook_fails_open::CHECK,
];
