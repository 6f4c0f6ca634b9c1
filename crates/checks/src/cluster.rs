//! Checks of the area `cluster`. Written by `cargo xtask gen`; do not edit.

use check::Check;

pub mod dashboard_exposed;
pub mod dashboard_without_login;
pub mod database_not_isolated;
pub mod gateway_any_host;
pub mod gateway_plain_http;
pub mod gateway_routes_from_all;
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
pub mod kubernetes_dashboard_deployed;
pub mod linkerd_unauthenticated;
pub mod namespace_no_default_deny_egress;
pub mod namespace_no_default_deny_ingress;
pub mod networkpolicy_allows_all;
pub mod networkpolicy_database_port_open;
pub mod networkpolicy_dns_to_anywhere;
pub mod networkpolicy_egress_metadata;
pub mod networkpolicy_egress_to_anywhere;
pub mod networkpolicy_egress_without_dns;
pub mod networkpolicy_ingress_from_anywhere;
pub mod networkpolicy_selects_nothing;
pub mod privileged_container;
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
pub mod service_external_ips;
pub mod service_external_name;
pub mod service_load_balancer_open;
pub mod service_node_port;
pub mod service_sensitive_port;

/// Every check of this area, by file name.
pub static CHECKS: &[&Check] = &[
    &dashboard_exposed::CHECK,
    &dashboard_without_login::CHECK,
    &database_not_isolated::CHECK,
    &gateway_any_host::CHECK,
    &gateway_plain_http::CHECK,
    &gateway_routes_from_all::CHECK,
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
    &kubernetes_dashboard_deployed::CHECK,
    &linkerd_unauthenticated::CHECK,
    &namespace_no_default_deny_egress::CHECK,
    &namespace_no_default_deny_ingress::CHECK,
    &networkpolicy_allows_all::CHECK,
    &networkpolicy_database_port_open::CHECK,
    &networkpolicy_dns_to_anywhere::CHECK,
    &networkpolicy_egress_metadata::CHECK,
    &networkpolicy_egress_to_anywhere::CHECK,
    &networkpolicy_egress_without_dns::CHECK,
    &networkpolicy_ingress_from_anywhere::CHECK,
    &networkpolicy_selects_nothing::CHECK,
    &privileged_container::CHECK,
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
    &service_external_ips::CHECK,
    &service_external_name::CHECK,
    &service_load_balancer_open::CHECK,
    &service_node_port::CHECK,
    &service_sensitive_port::CHECK,
];
