//! Checks of the area `cluster`. Written by `cargo xtask gen`; do not edit.

use check::Check;

pub mod admission_image_policy_open;
pub mod admission_pod_security_defaults;
pub mod annotation_secret;
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
pub mod apparmor_unconfined;
pub mod argument_literal_secret;
pub mod audit_policy_gaps;
pub mod audit_policy_logs_nothing;
pub mod audit_policy_logs_secrets;
pub mod authentication_config_anonymous;
pub mod authorization_config_weak;
pub mod autoscaler_fights_replicas;
pub mod autoscaler_single_replica;
pub mod autoscaler_target_missing;
pub mod capabilities_beyond_baseline;
pub mod capabilities_not_dropped;
pub mod component_alpha_features;
pub mod component_old_tls;
pub mod configmap_reference_dangling;
pub mod configmap_secret;
pub mod container_runtime_socket;
pub mod control_plane_scheduling;
pub mod controller_manager_bind_address;
pub mod controller_manager_kubelet_cert_rotation;
pub mod controller_manager_pod_gc;
pub mod controller_manager_profiling;
pub mod controller_manager_root_ca;
pub mod controller_manager_sa_key;
pub mod controller_manager_shared_credentials;
pub mod cpu_limit_missing;
pub mod cpu_request_missing;
pub mod cronjob_overlap;
pub mod cronjob_schedule_invalid;
pub mod cronjob_start_deadline_missing;
pub mod dangerous_capabilities;
pub mod dashboard_exposed;
pub mod dashboard_without_login;
pub mod database_not_isolated;
pub mod default_namespace;
pub mod default_service_account;
pub mod default_service_account_token;
pub mod deprecated_annotation;
pub mod deprecated_api;
pub mod deprecated_field;
pub mod deprecated_node_label;
pub mod deprecated_service_account_field;
pub mod disruption_budget_blocks;
pub mod disruption_budget_keeps_broken_pods;
pub mod disruption_budget_missing;
pub mod disruption_budget_selects_nothing;
pub mod duplicate_container_name;
pub mod duplicate_env;
pub mod duplicate_object;
pub mod duplicate_port;
pub mod duplicate_volume;
pub mod encryption_identity_first;
pub mod encryption_literal_key;
pub mod encryption_secrets_not_covered;
pub mod encryption_weak_provider;
pub mod env_literal_secret;
pub mod ephemeral_storage_limit_missing;
pub mod ephemeral_storage_request_missing;
pub mod etcd_auto_tls;
pub mod etcd_client_cert_auth;
pub mod etcd_no_tls;
pub mod etcd_open_metrics;
pub mod etcd_peer_auto_tls;
pub mod etcd_peer_client_cert_auth;
pub mod etcd_peer_no_tls;
pub mod etcd_plain_http;
pub mod etcd_shared_ca;
pub mod gateway_any_host;
pub mod gateway_plain_http;
pub mod gateway_routes_from_all;
pub mod git_repo_volume;
pub mod git_sync_command;
pub mod host_aliases;
pub mod host_device;
pub mod host_ipc;
pub mod host_network;
pub mod host_path_volume;
pub mod host_pid;
pub mod host_port;
pub mod image_pull_policy_never;
pub mod image_pull_policy_not_always;
pub mod image_reference_invalid;
pub mod image_registry_implicit;
pub mod image_registry_not_allowed;
pub mod image_registry_retired;
pub mod image_tag_latest;
pub mod image_without_digest;
pub mod ingress_annotation_injection;
pub mod ingress_any_host;
pub mod ingress_backend_unverified;
pub mod ingress_default_backend;
pub mod ingress_nginx_snippet;
pub mod ingress_no_https_redirect;
pub mod ingress_open_allowlist;
pub mod ingress_plain_auth;
pub mod ingress_sensitive_path;
pub mod ingress_without_tls;
pub mod istio_authorization_allow_all;
pub mod istio_destination_plain;
pub mod istio_gateway_plain_http;
pub mod istio_mtls_not_strict;
pub mod job_never_cleaned_up;
pub mod job_unbounded;
pub mod kube_proxy_metrics_address;
pub mod kube_system_workload;
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
pub mod kubernetes_dashboard;
pub mod kubernetes_dashboard_insecure;
pub mod label_invalid;
pub mod linkerd_unauthenticated;
pub mod liveness_probe_hasty;
pub mod liveness_probe_missing;
pub mod logs_to_volume;
pub mod low_group_id;
pub mod low_user_id;
pub mod memory_limit_missing;
pub mod memory_request_missing;
pub mod namespace_no_default_deny_egress;
pub mod namespace_no_default_deny_ingress;
pub mod namespace_without_limit_range;
pub mod namespace_without_quota;
pub mod networkpolicy_allows_all;
pub mod networkpolicy_database_port_open;
pub mod networkpolicy_dns_to_anywhere;
pub mod networkpolicy_egress_metadata;
pub mod networkpolicy_egress_to_anywhere;
pub mod networkpolicy_egress_without_dns;
pub mod networkpolicy_ingress_from_anywhere;
pub mod networkpolicy_selects_nothing;
pub mod port_invalid;
pub mod priority_class_dangling;
pub mod privilege_escalation;
pub mod privileged_container;
pub mod privileged_container_port;
pub mod probe_always_succeeds;
pub mod probe_or_hook_host;
pub mod probe_port_undefined;
pub mod probes_identical;
pub mod proc_mount_not_restricted;
pub mod proc_mount_unmasked;
pub mod psp_capabilities;
pub mod psp_host_ipc;
pub mod psp_host_network;
pub mod psp_host_pid;
pub mod psp_privilege_escalation;
pub mod psp_privileged;
pub mod psp_run_as_root;
pub mod psp_seccomp;
pub mod psp_volumes;
pub mod pss_namespace_labels;
pub mod pss_namespace_privileged;
pub mod rbac_admin_cluster_wide;
pub mod rbac_aggregate_dangerous;
pub mod rbac_aggregate_everything;
pub mod rbac_all_urls;
pub mod rbac_anonymous_binding;
pub mod rbac_approve_certificates;
pub mod rbac_authenticated_binding;
pub mod rbac_bind;
pub mod rbac_cluster_admin_binding;
pub mod rbac_cluster_role_in_one_namespace;
pub mod rbac_create_persistent_volumes;
pub mod rbac_create_pods;
pub mod rbac_create_tokens;
pub mod rbac_create_workloads;
pub mod rbac_cross_namespace_subject;
pub mod rbac_dangling_role;
pub mod rbac_dangling_service_account;
pub mod rbac_default_service_account;
pub mod rbac_delete_evidence;
pub mod rbac_ephemeral_containers;
pub mod rbac_escalate;
pub mod rbac_impersonate;
pub mod rbac_label_namespaces;
pub mod rbac_masters_binding;
pub mod rbac_nodes_proxy;
pub mod rbac_pods_attach;
pub mod rbac_pods_exec;
pub mod rbac_pods_portforward;
pub mod rbac_read_secrets;
pub mod rbac_service_accounts_group;
pub mod rbac_subject_without_namespace;
pub mod rbac_unused_role;
pub mod rbac_unused_service_account;
pub mod rbac_wildcard_everything;
pub mod rbac_wildcard_groups;
pub mod rbac_wildcard_resources;
pub mod rbac_wildcard_verbs;
pub mod rbac_workload_proxy;
pub mod rbac_write_admission_policies;
pub mod rbac_write_api_extensions;
pub mod rbac_write_endpoints;
pub mod rbac_write_network_policies;
pub mod rbac_write_nodes;
pub mod rbac_write_role_bindings;
pub mod rbac_write_roles;
pub mod rbac_write_secrets;
pub mod rbac_write_service_status;
pub mod rbac_write_system_configmaps;
pub mod rbac_write_webhooks;
pub mod readiness_probe_missing;
pub mod recommended_labels_missing;
pub mod removed_api;
pub mod replicas_not_spread;
pub mod request_above_limit;
pub mod resource_quantity_wrong;
pub mod restart_policy_wrong;
pub mod rollback_impossible;
pub mod root_group;
pub mod route_backend_missing;
pub mod run_as_non_root;
pub mod run_as_root_user;
pub mod scc_privileged;
pub mod scheduler_bind_address;
pub mod scheduler_profiling;
pub mod seccomp_profile_missing;
pub mod seccomp_unconfined;
pub mod secret_as_env;
pub mod secret_committed;
pub mod secret_reference_dangling;
pub mod security_context_missing;
pub mod selector_mismatch;
pub mod selinux_options;
pub mod sensitive_host_path;
pub mod service_account_dangling;
pub mod service_account_secrets;
pub mod service_account_token_mounted;
pub mod service_external_ips;
pub mod service_external_name;
pub mod service_load_balancer_open;
pub mod service_node_port;
pub mod service_port_unmatched;
pub mod service_selects_nothing;
pub mod service_sensitive_port;
pub mod share_process_namespace;
pub mod single_replica;
pub mod ssh_port;
pub mod startup_probe_missing;
pub mod statefulset_service_missing;
pub mod system_priority_class;
pub mod termination_grace_zero;
pub mod tiller;
pub mod unsafe_sysctl;
pub mod update_takes_all_down;
pub mod volume_claim_dangling;
pub mod volume_mount_dangling;
pub mod volume_plugin_removed;
pub mod volume_type_not_restricted;
pub mod volume_unused;
pub mod webhook_blocks_system;
pub mod webhook_fails_open;
pub mod windows_host_process;
pub mod writable_host_mount;
pub mod writable_root_filesystem;
pub mod writable_system_mount;

/// Every check of this area, by file name.
pub static CHECKS: &[&Check] = &[
    &admission_image_policy_open::CHECK,
    &admission_pod_security_defaults::CHECK,
    &annotation_secret::CHECK,
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
    &apparmor_unconfined::CHECK,
    &argument_literal_secret::CHECK,
    &audit_policy_gaps::CHECK,
    &audit_policy_logs_nothing::CHECK,
    &audit_policy_logs_secrets::CHECK,
    &authentication_config_anonymous::CHECK,
    &authorization_config_weak::CHECK,
    &autoscaler_fights_replicas::CHECK,
    &autoscaler_single_replica::CHECK,
    &autoscaler_target_missing::CHECK,
    &capabilities_beyond_baseline::CHECK,
    &capabilities_not_dropped::CHECK,
    &component_alpha_features::CHECK,
    &component_old_tls::CHECK,
    &configmap_reference_dangling::CHECK,
    &configmap_secret::CHECK,
    &container_runtime_socket::CHECK,
    &control_plane_scheduling::CHECK,
    &controller_manager_bind_address::CHECK,
    &controller_manager_kubelet_cert_rotation::CHECK,
    &controller_manager_pod_gc::CHECK,
    &controller_manager_profiling::CHECK,
    &controller_manager_root_ca::CHECK,
    &controller_manager_sa_key::CHECK,
    &controller_manager_shared_credentials::CHECK,
    &cpu_limit_missing::CHECK,
    &cpu_request_missing::CHECK,
    &cronjob_overlap::CHECK,
    &cronjob_schedule_invalid::CHECK,
    &cronjob_start_deadline_missing::CHECK,
    &dangerous_capabilities::CHECK,
    &dashboard_exposed::CHECK,
    &dashboard_without_login::CHECK,
    &database_not_isolated::CHECK,
    &default_namespace::CHECK,
    &default_service_account::CHECK,
    &default_service_account_token::CHECK,
    &deprecated_annotation::CHECK,
    &deprecated_api::CHECK,
    &deprecated_field::CHECK,
    &deprecated_node_label::CHECK,
    &deprecated_service_account_field::CHECK,
    &disruption_budget_blocks::CHECK,
    &disruption_budget_keeps_broken_pods::CHECK,
    &disruption_budget_missing::CHECK,
    &disruption_budget_selects_nothing::CHECK,
    &duplicate_container_name::CHECK,
    &duplicate_env::CHECK,
    &duplicate_object::CHECK,
    &duplicate_port::CHECK,
    &duplicate_volume::CHECK,
    &encryption_identity_first::CHECK,
    &encryption_literal_key::CHECK,
    &encryption_secrets_not_covered::CHECK,
    &encryption_weak_provider::CHECK,
    &env_literal_secret::CHECK,
    &ephemeral_storage_limit_missing::CHECK,
    &ephemeral_storage_request_missing::CHECK,
    &etcd_auto_tls::CHECK,
    &etcd_client_cert_auth::CHECK,
    &etcd_no_tls::CHECK,
    &etcd_open_metrics::CHECK,
    &etcd_peer_auto_tls::CHECK,
    &etcd_peer_client_cert_auth::CHECK,
    &etcd_peer_no_tls::CHECK,
    &etcd_plain_http::CHECK,
    &etcd_shared_ca::CHECK,
    &gateway_any_host::CHECK,
    &gateway_plain_http::CHECK,
    &gateway_routes_from_all::CHECK,
    &git_repo_volume::CHECK,
    &git_sync_command::CHECK,
    &host_aliases::CHECK,
    &host_device::CHECK,
    &host_ipc::CHECK,
    &host_network::CHECK,
    &host_path_volume::CHECK,
    &host_pid::CHECK,
    &host_port::CHECK,
    &image_pull_policy_never::CHECK,
    &image_pull_policy_not_always::CHECK,
    &image_reference_invalid::CHECK,
    &image_registry_implicit::CHECK,
    &image_registry_not_allowed::CHECK,
    &image_registry_retired::CHECK,
    &image_tag_latest::CHECK,
    &image_without_digest::CHECK,
    &ingress_annotation_injection::CHECK,
    &ingress_any_host::CHECK,
    &ingress_backend_unverified::CHECK,
    &ingress_default_backend::CHECK,
    &ingress_nginx_snippet::CHECK,
    &ingress_no_https_redirect::CHECK,
    &ingress_open_allowlist::CHECK,
    &ingress_plain_auth::CHECK,
    &ingress_sensitive_path::CHECK,
    &ingress_without_tls::CHECK,
    &istio_authorization_allow_all::CHECK,
    &istio_destination_plain::CHECK,
    &istio_gateway_plain_http::CHECK,
    &istio_mtls_not_strict::CHECK,
    &job_never_cleaned_up::CHECK,
    &job_unbounded::CHECK,
    &kube_proxy_metrics_address::CHECK,
    &kube_system_workload::CHECK,
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
    &kubernetes_dashboard::CHECK,
    &kubernetes_dashboard_insecure::CHECK,
    &label_invalid::CHECK,
    &linkerd_unauthenticated::CHECK,
    &liveness_probe_hasty::CHECK,
    &liveness_probe_missing::CHECK,
    &logs_to_volume::CHECK,
    &low_group_id::CHECK,
    &low_user_id::CHECK,
    &memory_limit_missing::CHECK,
    &memory_request_missing::CHECK,
    &namespace_no_default_deny_egress::CHECK,
    &namespace_no_default_deny_ingress::CHECK,
    &namespace_without_limit_range::CHECK,
    &namespace_without_quota::CHECK,
    &networkpolicy_allows_all::CHECK,
    &networkpolicy_database_port_open::CHECK,
    &networkpolicy_dns_to_anywhere::CHECK,
    &networkpolicy_egress_metadata::CHECK,
    &networkpolicy_egress_to_anywhere::CHECK,
    &networkpolicy_egress_without_dns::CHECK,
    &networkpolicy_ingress_from_anywhere::CHECK,
    &networkpolicy_selects_nothing::CHECK,
    &port_invalid::CHECK,
    &priority_class_dangling::CHECK,
    &privilege_escalation::CHECK,
    &privileged_container::CHECK,
    &privileged_container_port::CHECK,
    &probe_always_succeeds::CHECK,
    &probe_or_hook_host::CHECK,
    &probe_port_undefined::CHECK,
    &probes_identical::CHECK,
    &proc_mount_not_restricted::CHECK,
    &proc_mount_unmasked::CHECK,
    &psp_capabilities::CHECK,
    &psp_host_ipc::CHECK,
    &psp_host_network::CHECK,
    &psp_host_pid::CHECK,
    &psp_privilege_escalation::CHECK,
    &psp_privileged::CHECK,
    &psp_run_as_root::CHECK,
    &psp_seccomp::CHECK,
    &psp_volumes::CHECK,
    &pss_namespace_labels::CHECK,
    &pss_namespace_privileged::CHECK,
    &rbac_admin_cluster_wide::CHECK,
    &rbac_aggregate_dangerous::CHECK,
    &rbac_aggregate_everything::CHECK,
    &rbac_all_urls::CHECK,
    &rbac_anonymous_binding::CHECK,
    &rbac_approve_certificates::CHECK,
    &rbac_authenticated_binding::CHECK,
    &rbac_bind::CHECK,
    &rbac_cluster_admin_binding::CHECK,
    &rbac_cluster_role_in_one_namespace::CHECK,
    &rbac_create_persistent_volumes::CHECK,
    &rbac_create_pods::CHECK,
    &rbac_create_tokens::CHECK,
    &rbac_create_workloads::CHECK,
    &rbac_cross_namespace_subject::CHECK,
    &rbac_dangling_role::CHECK,
    &rbac_dangling_service_account::CHECK,
    &rbac_default_service_account::CHECK,
    &rbac_delete_evidence::CHECK,
    &rbac_ephemeral_containers::CHECK,
    &rbac_escalate::CHECK,
    &rbac_impersonate::CHECK,
    &rbac_label_namespaces::CHECK,
    &rbac_masters_binding::CHECK,
    &rbac_nodes_proxy::CHECK,
    &rbac_pods_attach::CHECK,
    &rbac_pods_exec::CHECK,
    &rbac_pods_portforward::CHECK,
    &rbac_read_secrets::CHECK,
    &rbac_service_accounts_group::CHECK,
    &rbac_subject_without_namespace::CHECK,
    &rbac_unused_role::CHECK,
    &rbac_unused_service_account::CHECK,
    &rbac_wildcard_everything::CHECK,
    &rbac_wildcard_groups::CHECK,
    &rbac_wildcard_resources::CHECK,
    &rbac_wildcard_verbs::CHECK,
    &rbac_workload_proxy::CHECK,
    &rbac_write_admission_policies::CHECK,
    &rbac_write_api_extensions::CHECK,
    &rbac_write_endpoints::CHECK,
    &rbac_write_network_policies::CHECK,
    &rbac_write_nodes::CHECK,
    &rbac_write_role_bindings::CHECK,
    &rbac_write_roles::CHECK,
    &rbac_write_secrets::CHECK,
    &rbac_write_service_status::CHECK,
    &rbac_write_system_configmaps::CHECK,
    &rbac_write_webhooks::CHECK,
    &readiness_probe_missing::CHECK,
    &recommended_labels_missing::CHECK,
    &removed_api::CHECK,
    &replicas_not_spread::CHECK,
    &request_above_limit::CHECK,
    &resource_quantity_wrong::CHECK,
    &restart_policy_wrong::CHECK,
    &rollback_impossible::CHECK,
    &root_group::CHECK,
    &route_backend_missing::CHECK,
    &run_as_non_root::CHECK,
    &run_as_root_user::CHECK,
    &scc_privileged::CHECK,
    &scheduler_bind_address::CHECK,
    &scheduler_profiling::CHECK,
    &seccomp_profile_missing::CHECK,
    &seccomp_unconfined::CHECK,
    &secret_as_env::CHECK,
    &secret_committed::CHECK,
    &secret_reference_dangling::CHECK,
    &security_context_missing::CHECK,
    &selector_mismatch::CHECK,
    &selinux_options::CHECK,
    &sensitive_host_path::CHECK,
    &service_account_dangling::CHECK,
    &service_account_secrets::CHECK,
    &service_account_token_mounted::CHECK,
    &service_external_ips::CHECK,
    &service_external_name::CHECK,
    &service_load_balancer_open::CHECK,
    &service_node_port::CHECK,
    &service_port_unmatched::CHECK,
    &service_selects_nothing::CHECK,
    &service_sensitive_port::CHECK,
    &share_process_namespace::CHECK,
    &single_replica::CHECK,
    &ssh_port::CHECK,
    &startup_probe_missing::CHECK,
    &statefulset_service_missing::CHECK,
    &system_priority_class::CHECK,
    &termination_grace_zero::CHECK,
    &tiller::CHECK,
    &unsafe_sysctl::CHECK,
    &update_takes_all_down::CHECK,
    &volume_claim_dangling::CHECK,
    &volume_mount_dangling::CHECK,
    &volume_plugin_removed::CHECK,
    &volume_type_not_restricted::CHECK,
    &volume_unused::CHECK,
    &webhook_blocks_system::CHECK,
    &webhook_fails_open::CHECK,
    &windows_host_process::CHECK,
    &writable_host_mount::CHECK,
    &writable_root_filesystem::CHECK,
    &writable_system_mount::CHECK,
];
