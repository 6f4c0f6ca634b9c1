//! Checks of the area `container`. Written by `cargo xtask gen`; do not edit.

use check::Check;

pub mod account_password_set;
pub mod add_instead_of_copy;
pub mod apk_cache_kept;
pub mod apk_package_unpinned;
pub mod apt_instead_of_apt_get;
pub mod apt_lists_kept;
pub mod apt_package_unpinned;
pub mod apt_recommends_installed;
pub mod archive_copied_then_extracted;
pub mod base_image_end_of_life;
pub mod base_image_heavy;
pub mod base_image_registry_not_allowed;
pub mod base_image_tag_latest;
pub mod base_image_without_digest;
pub mod base_platform_fixed;
pub mod blank_line_in_continuation;
pub mod build_argument_secret_in_run;
pub mod build_argument_unused;
pub mod build_tools_in_final_stage;
pub mod cargo_package_unpinned;
pub mod cd_instead_of_workdir;
pub mod compose_build_host_access;
pub mod compose_capabilities_kept;
pub mod compose_capability_dangerous;
pub mod compose_cgroup_parent;
pub mod compose_confinement_off;
pub mod compose_container_name_clash;
pub mod compose_cpu_limit_missing;
pub mod compose_device_exposed;
pub mod compose_docker_api_plain;
pub mod compose_docker_in_docker;
pub mod compose_healthcheck_missing;
pub mod compose_host_cgroup;
pub mod compose_host_ipc;
pub mod compose_host_network;
pub mod compose_host_path_sensitive;
pub mod compose_host_pid;
pub mod compose_host_userns;
pub mod compose_host_uts;
pub mod compose_image_latest;
pub mod compose_links_legacy;
pub mod compose_logging_off;
pub mod compose_memory_limit_missing;
pub mod compose_mount_propagation;
pub mod compose_namespace_shared;
pub mod compose_oom_protected;
pub mod compose_pids_limit_missing;
pub mod compose_port_all_interfaces;
pub mod compose_port_clash;
pub mod compose_port_database_open;
pub mod compose_port_privileged;
pub mod compose_port_ssh;
pub mod compose_privilege_escalation;
pub mod compose_privileged;
pub mod compose_reference_dangling;
pub mod compose_restart_missing;
pub mod compose_root_filesystem_writable;
pub mod compose_runtime_socket;
pub mod compose_secret_build_arg;
pub mod compose_secret_command;
pub mod compose_secret_environment;
pub mod compose_sysctl_dangerous;
pub mod compose_user_missing;
pub mod compose_user_root;
pub mod compose_version_obsolete;
pub mod consecutive_runs;
pub mod container_socket_volume;
pub mod copy_everything;
pub mod copy_from_own_stage;
pub mod copy_from_unknown_stage;
pub mod copy_from_untagged_image;
pub mod copy_relative_without_workdir;
pub mod copy_several_to_file;
pub mod distribution_upgrade;
pub mod download_over_http;
pub mod download_unverified;
pub mod env_legacy_form;
pub mod env_self_reference;
pub mod exec_form_broken;
pub mod exposed_port_invalid;
pub mod gem_package_unpinned;
pub mod git_history_added;
pub mod go_package_unpinned;
pub mod healthcheck_missing;
pub mod image_runs_as_root;
pub mod image_user_by_name;
pub mod insecure_build_step;
pub mod instruction_casing;
pub mod label_key_invalid;
pub mod maintainer_deprecated;
pub mod node_cache_kept;
pub mod npm_package_unpinned;
pub mod onbuild_trigger_invalid;
pub mod package_install_prompts;
pub mod package_key_unverified;
pub mod package_signature_unchecked;
pub mod package_update_alone;
pub mod pip_cache_kept;
pub mod pip_package_unpinned;
pub mod pipefail_missing;
pub mod remote_add;
pub mod remote_script_run;
pub mod removed_in_later_layer;
pub mod root_for_everyone;
pub mod root_on_start;
pub mod rpm_cache_kept;
pub mod rpm_package_unpinned;
pub mod search_path_unsafe;
pub mod secret_file_copied;
pub mod secret_in_build_variable;
pub mod secret_in_run;
pub mod secret_removed_too_late;
pub mod setuid_bit_set;
pub mod several_cmd;
pub mod several_entrypoint;
pub mod several_healthcheck;
pub mod sh_relinked;
pub mod shell_form_command;
pub mod ssh_server_in_image;
pub mod stage_name_duplicate;
pub mod stage_name_reserved;
pub mod stage_unused;
pub mod stopsignal_kill;
pub mod sudo_used;
pub mod tls_verification_off;
pub mod undefined_variable;
pub mod useless_command;
pub mod useradd_high_uid;
pub mod wget_and_curl;
pub mod wget_progress_shown;
pub mod workdir_relative;
pub mod world_writable_files;

/// Every check of this area, by file name.
pub static CHECKS: &[&Check] = &[
    &account_password_set::CHECK,
    &add_instead_of_copy::CHECK,
    &apk_cache_kept::CHECK,
    &apk_package_unpinned::CHECK,
    &apt_instead_of_apt_get::CHECK,
    &apt_lists_kept::CHECK,
    &apt_package_unpinned::CHECK,
    &apt_recommends_installed::CHECK,
    &archive_copied_then_extracted::CHECK,
    &base_image_end_of_life::CHECK,
    &base_image_heavy::CHECK,
    &base_image_registry_not_allowed::CHECK,
    &base_image_tag_latest::CHECK,
    &base_image_without_digest::CHECK,
    &base_platform_fixed::CHECK,
    &blank_line_in_continuation::CHECK,
    &build_argument_secret_in_run::CHECK,
    &build_argument_unused::CHECK,
    &build_tools_in_final_stage::CHECK,
    &cargo_package_unpinned::CHECK,
    &cd_instead_of_workdir::CHECK,
    &compose_build_host_access::CHECK,
    &compose_capabilities_kept::CHECK,
    &compose_capability_dangerous::CHECK,
    &compose_cgroup_parent::CHECK,
    &compose_confinement_off::CHECK,
    &compose_container_name_clash::CHECK,
    &compose_cpu_limit_missing::CHECK,
    &compose_device_exposed::CHECK,
    &compose_docker_api_plain::CHECK,
    &compose_docker_in_docker::CHECK,
    &compose_healthcheck_missing::CHECK,
    &compose_host_cgroup::CHECK,
    &compose_host_ipc::CHECK,
    &compose_host_network::CHECK,
    &compose_host_path_sensitive::CHECK,
    &compose_host_pid::CHECK,
    &compose_host_userns::CHECK,
    &compose_host_uts::CHECK,
    &compose_image_latest::CHECK,
    &compose_links_legacy::CHECK,
    &compose_logging_off::CHECK,
    &compose_memory_limit_missing::CHECK,
    &compose_mount_propagation::CHECK,
    &compose_namespace_shared::CHECK,
    &compose_oom_protected::CHECK,
    &compose_pids_limit_missing::CHECK,
    &compose_port_all_interfaces::CHECK,
    &compose_port_clash::CHECK,
    &compose_port_database_open::CHECK,
    &compose_port_privileged::CHECK,
    &compose_port_ssh::CHECK,
    &compose_privilege_escalation::CHECK,
    &compose_privileged::CHECK,
    &compose_reference_dangling::CHECK,
    &compose_restart_missing::CHECK,
    &compose_root_filesystem_writable::CHECK,
    &compose_runtime_socket::CHECK,
    &compose_secret_build_arg::CHECK,
    &compose_secret_command::CHECK,
    &compose_secret_environment::CHECK,
    &compose_sysctl_dangerous::CHECK,
    &compose_user_missing::CHECK,
    &compose_user_root::CHECK,
    &compose_version_obsolete::CHECK,
    &consecutive_runs::CHECK,
    &container_socket_volume::CHECK,
    &copy_everything::CHECK,
    &copy_from_own_stage::CHECK,
    &copy_from_unknown_stage::CHECK,
    &copy_from_untagged_image::CHECK,
    &copy_relative_without_workdir::CHECK,
    &copy_several_to_file::CHECK,
    &distribution_upgrade::CHECK,
    &download_over_http::CHECK,
    &download_unverified::CHECK,
    &env_legacy_form::CHECK,
    &env_self_reference::CHECK,
    &exec_form_broken::CHECK,
    &exposed_port_invalid::CHECK,
    &gem_package_unpinned::CHECK,
    &git_history_added::CHECK,
    &go_package_unpinned::CHECK,
    &healthcheck_missing::CHECK,
    &image_runs_as_root::CHECK,
    &image_user_by_name::CHECK,
    &insecure_build_step::CHECK,
    &instruction_casing::CHECK,
    &label_key_invalid::CHECK,
    &maintainer_deprecated::CHECK,
    &node_cache_kept::CHECK,
    &npm_package_unpinned::CHECK,
    &onbuild_trigger_invalid::CHECK,
    &package_install_prompts::CHECK,
    &package_key_unverified::CHECK,
    &package_signature_unchecked::CHECK,
    &package_update_alone::CHECK,
    &pip_cache_kept::CHECK,
    &pip_package_unpinned::CHECK,
    &pipefail_missing::CHECK,
    &remote_add::CHECK,
    &remote_script_run::CHECK,
    &removed_in_later_layer::CHECK,
    &root_for_everyone::CHECK,
    &root_on_start::CHECK,
    &rpm_cache_kept::CHECK,
    &rpm_package_unpinned::CHECK,
    &search_path_unsafe::CHECK,
    &secret_file_copied::CHECK,
    &secret_in_build_variable::CHECK,
    &secret_in_run::CHECK,
    &secret_removed_too_late::CHECK,
    &setuid_bit_set::CHECK,
    &several_cmd::CHECK,
    &several_entrypoint::CHECK,
    &several_healthcheck::CHECK,
    &sh_relinked::CHECK,
    &shell_form_command::CHECK,
    &ssh_server_in_image::CHECK,
    &stage_name_duplicate::CHECK,
    &stage_name_reserved::CHECK,
    &stage_unused::CHECK,
    &stopsignal_kill::CHECK,
    &sudo_used::CHECK,
    &tls_verification_off::CHECK,
    &undefined_variable::CHECK,
    &useless_command::CHECK,
    &useradd_high_uid::CHECK,
    &wget_and_curl::CHECK,
    &wget_progress_shown::CHECK,
    &workdir_relative::CHECK,
    &world_writable_files::CHECK,
];
