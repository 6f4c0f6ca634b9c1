//! What the examples of the Compose checks can't express: severities, places, fixes, what is not evaluated.

use check::{Check, Content, File, Inventory, Runner, Settings, Verdicts};
use checks::container;
use model::Severity;
use std::sync::Arc;
use syntax::{SourceText, compose, yaml};

fn judge(check: &'static Check, text: &str) -> Verdicts {
    testkit::judge(&[check], "compose", text, &Settings::default())
}

/// The text after the first fix of the first finding.
fn fixed(check: &'static Check, text: &str) -> String {
    let verdicts = judge(check, text);
    let Some(fix) = verdicts.findings.first().and_then(|finding| finding.fixes.first()) else {
        return "no fix".to_owned();
    };
    let edits: Vec<_> = fix.edits.iter().map(|e| (e.span, e.text.clone())).collect();
    syntax::edit::apply(text, &edits).unwrap_or_else(|| "the edits do not fit".to_owned())
}

#[test]
fn fixes_keep_the_rest_of_the_file() {
    let head = "# mine\nservices:\n  web:\n    image: nginx:1.27 # pinned\n";
    for (check, before, after) in [
        (&container::compose_privileged::CHECK, "    privileged: true\n", "    privileged: false\n"),
        (
            &container::compose_port_all_interfaces::CHECK,
            "    ports:\n      - \"8080:80\" # web\n",
            "    ports:\n      - \"127.0.0.1:8080:80\" # web\n",
        ),
        (
            &container::compose_port_all_interfaces::CHECK,
            "    ports:\n      - 0.0.0.0:${P:-81}:80/tcp\n",
            "    ports:\n      - \"127.0.0.1:${P:-81}:80/tcp\"\n",
        ),
        (
            &container::compose_port_all_interfaces::CHECK,
            "    ports:\n      - 3000\n",
            "    ports:\n      - 127.0.0.1::3000\n",
        ),
        (
            &container::compose_port_all_interfaces::CHECK,
            "    ports:\n      - target: 80\n        published: 8080\n",
            "    ports:\n      - target: 80\n        published: 8080\n        host_ip: 127.0.0.1\n",
        ),
        (
            &container::compose_privilege_escalation::CHECK,
            "    read_only: true\n",
            "    read_only: true\n    security_opt: [\"no-new-privileges:true\"]\n",
        ),
        (
            &container::compose_confinement_off::CHECK,
            "    security_opt:\n      - seccomp:unconfined\n      - no-new-privileges:true\n",
            "    security_opt:\n      - no-new-privileges:true\n",
        ),
        (
            &container::compose_host_network::CHECK,
            "    network_mode: host\n    tty: true\n",
            "    tty: true\n",
        ),
        (&container::compose_restart_missing::CHECK, "", "    restart: unless-stopped\n"),
    ] {
        assert_eq!(fixed(check, &format!("{head}{before}")), format!("{head}{after}"), "{}", check.meta.id);
    }
}

#[test]
fn what_can_not_be_told_is_not_passed() {
    for (check, text) in [
        (&container::compose_privileged::CHECK, "services: {web: {image: a:1, privileged: '${P}'}}"),
        (&container::compose_privileged::CHECK, "services: {web: {extends: {file: gone.yml, service: a}}}"),
        (&container::compose_image_latest::CHECK, "services: {web: {image: 'nginx:${TAG}'}}"),
        (
            &container::compose_port_all_interfaces::CHECK,
            "services: {web: {image: a:1, ports: ['${BIND}:80']}}",
        ),
        (&container::compose_host_network::CHECK, "services: {web: {image: a:1, network_mode: '${M:?}'}}"),
        (&container::compose_capability_dangerous::CHECK, "services: {web: {image: a:1, cap_add: ['${C}']}}"),
        (
            &container::compose_memory_limit_missing::CHECK,
            "services: {web: {extends: {file: gone.yml, service: a}}}",
        ),
        (
            &container::compose_host_path_sensitive::CHECK,
            "services: {web: {image: a:1, volumes: ['${D}/x:/x']}}",
        ),
        (&container::compose_user_root::CHECK, "services: {web: {image: a:1, user: '${UID}:${GID}'}}"),
        (
            &container::compose_reference_dangling::CHECK,
            "include: [x.yaml]\nservices: {web: {image: a:1, depends_on: [db]}}",
        ),
    ] {
        let verdicts = judge(check, text);
        assert!(verdicts.findings.is_empty(), "{}: {text}", check.meta.id);
        assert_eq!(verdicts.tallies[0].not_evaluated, 1, "{}: {text}", check.meta.id);
    }
}

#[test]
fn partial_services_lack_nothing() {
    for check in container::CHECKS.iter().filter(|c| c.meta.topic == "compose") {
        let verdicts = judge(check, "services: {web: {ports: ['127.0.0.1:8080:80'], environment: {A: b}}}");
        assert!(verdicts.findings.is_empty(), "{}: {:?}", check.meta.id, verdicts.findings[0].message);
    }
}

#[test]
fn severities_follow_the_danger() {
    let worst = |check: &'static Check, line: &str| {
        let verdicts = judge(check, &format!("services:\n  web:\n    image: a:1\n    {line}\n"));
        verdicts.findings.iter().map(|f| f.severity).max()
    };
    let paths = &container::compose_host_path_sensitive::CHECK;
    assert_eq!(worst(paths, "volumes: ['/:/h']"), Some(Severity::Critical));
    assert_eq!(worst(paths, "volumes: ['/:/h:ro']"), Some(Severity::High));
    assert_eq!(worst(paths, "volumes: ['/etc:/h']"), Some(Severity::High));
    assert_eq!(worst(paths, "volumes: ['/etc:/h:ro']"), Some(Severity::Medium));
    assert_eq!(worst(paths, "volumes: ['/proc:/h:ro']"), Some(Severity::Low));
    assert_eq!(worst(paths, "volumes: ['/proc/../srv:/h']"), None);
    let caps = &container::compose_capability_dangerous::CHECK;
    assert_eq!(worst(caps, "cap_add: [SYS_ADMIN]"), Some(Severity::Critical));
    assert_eq!(worst(caps, "cap_add: [NET_RAW]"), Some(Severity::Medium));
    let devices = &container::compose_device_exposed::CHECK;
    assert_eq!(worst(devices, "devices: ['/dev/sda']"), Some(Severity::High));
    assert_eq!(worst(devices, "devices: ['/dev/ttyUSB0:/dev/ttyUSB0']"), Some(Severity::Low));
}

#[test]
fn findings_in_an_extended_file_point_there() {
    let main = "services: {web: {extends: {file: base.yml, service: base}}}";
    let base = "services:\n  base:\n    image: a:1\n    privileged: true\n";
    let source = Arc::new(SourceText::new("compose.yaml", main));
    let (project, errors) = compose::load(yaml::parse(source.clone()), &|name| {
        (name == "base.yml").then(|| Arc::new(SourceText::new(name, base)))
    });
    assert!(errors.is_empty());
    let file = File::new(source, Content::Compose(project));
    let inventory = Inventory::new([&file]);
    let settings = Settings::default();
    let verdicts = Runner::new([&container::compose_privileged::CHECK], &inventory, &settings).judge_all();
    let place = &verdicts.findings[0].primary;
    assert_eq!((place.file.as_ref(), place.range.start.line), ("base.yml", 4));
    assert_eq!(verdicts.findings[0].resource.name, "web");
}

#[test]
fn secrets_are_never_shown() {
    let text = "services:\n  db:\n    image: postgres:17\n    environment:\n      - POSTGRES_PASSWORD=${P:-correcthorse}\n      - API_KEY=AKIAIOSFODNN7EXAMPLE\n    command: serve --password=correcthorse\n";
    for check in container::CHECKS {
        for finding in judge(check, text).findings {
            assert!(!finding.message.contains("correcthorse"), "{}", finding.message);
        }
    }
    let verdicts = judge(&container::compose_secret_environment::CHECK, text);
    assert!(!verdicts.findings.is_empty());
}
