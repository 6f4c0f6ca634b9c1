//! Compose files: recognition, variables, inheritance, the typed views.

use model::Val;
use proptest::prelude::*;
use std::fmt::Write as _;
use std::sync::Arc;
use syntax::compose::{MountKind, Project, load, looks_like};
use syntax::{SourceText, SyntaxError, yaml};

fn load_with(text: &str, others: &[(&str, &str)]) -> (Project, Vec<SyntaxError>) {
    let tree = yaml::parse(Arc::new(SourceText::new("app/compose.yaml", text)));
    assert!(tree.errors().is_empty(), "{:?}", tree.errors());
    load(tree, &|name| {
        let found = others.iter().find(|(n, _)| *n == name)?;
        Some(Arc::new(SourceText::new(found.0, found.1)))
    })
}

fn project(text: &str) -> Project {
    let (project, errors) = load_with(text, &[]);
    assert!(errors.is_empty(), "{errors:?}");
    project
}

fn recognised(name: &str, text: &str) -> bool {
    let tree = yaml::parse(Arc::new(SourceText::new(name, text)));
    tree.roots().next().is_some_and(|root| looks_like(name, root))
}

#[test]
fn recognises_by_name_and_content() {
    let plain = "services: {web: {image: nginx}}";
    for name in [
        "compose.yaml",
        "a/docker-compose.yml",
        "docker-compose.prod.yml",
        "COMPOSE.YML",
        "web.compose.yml",
        "docker-compose-dev.yaml",
        "x.yaml",
        "stack.yml",
    ] {
        assert!(recognised(name, plain), "{name}");
    }
    assert!(recognised("docker-compose.yml", "web: {image: nginx}\ndb: {build: .}"));
    assert!(recognised("compose.override.yaml", "services: {web: {ports: ['80:80']}}"));
    assert!(recognised("compose.yaml", "include: [a.yaml]"));
    assert!(recognised(
        "x.yaml",
        "x-a: 1\nversion: '3'\nservices: {web: {build: {context: .}, ports: [80]}}"
    ));
    assert!(recognised("x.yaml", "services:\n  web:\n    privileged: true\n    image: ${IMAGE}\n"));
    for (name, other) in [
        ("x.yaml", "web: {image: nginx}"),
        ("values.yaml", "services: {web: {image: {repository: nginx, tag: 1}}}"),
        ("values.yaml", "replicas: 1\nservices: {web: {image: nginx}}"),
        ("values.yaml", "services: {web: {image: nginx, port: 80, replicas: 2, host: a}}"),
        (".gitlab-ci.yml", "services: [postgres]\nbuild: {script: [make]}"),
        ("ci.yaml", "on: push\njobs: {a: {services: {db: {image: postgres}}}}"),
        ("services.yaml", "services: {App\\Foo: {arguments: [1]}, _defaults: {autowire: true}}"),
        ("compose.yaml", "apiVersion: v1\nkind: List\nservices: {a: {image: b}}"),
        ("composer.yaml", "a: {image: b}"),
        ("x.yaml", "services: {}"),
        ("x.yaml", "[services]"),
    ] {
        assert!(!recognised(name, other), "{name}: {other}");
    }
}

#[test]
fn fills_in_variables_and_keeps_the_unknown_unknown() {
    let (project, errors) = load_with(
        "services:\n  web:\n    image: nginx:${TAG}\n    user: ${WHO}\n    privileged: ${P:-true}\n    read_only: '${RO}'\n    hostname: a$$b\n",
        &[("app/.env", "TAG=1.27\nRO=yes\n")],
    );
    assert!(errors.is_empty());
    let web = project.service("web").unwrap();
    assert_eq!(web.get("image").str().known(), Some("nginx:1.27"));
    assert!(web.get("image").is_from_dotenv());
    assert!(matches!(web.get("user").str(), Val::Unknown(..)));
    assert_eq!(web.get("user").unresolved(), Some("WHO"));
    assert_eq!(web.get("privileged").bool().known(), Some(true));
    assert_eq!(web.get("privileged").defaulted(), Some("P"));
    assert_eq!(web.get("read_only").bool().known(), Some(true));
    assert_eq!(web.get("hostname").str().known(), Some("a$b"));
    assert!(matches!(web.get("ipc").str(), Val::Absent(_)));
    let (_, errors) = load_with("services: {web: {command: echo $(date)}}", &[]);
    assert!(errors[0].message.contains("no valid variable"), "{errors:?}");
}

#[test]
fn extends_in_the_same_and_in_other_files() {
    let (project, errors) = load_with(
        "services:\n  web:\n    extends: {file: ../base/common.yml, service: base}\n    cap_add: [NET_ADMIN]\n    environment: {A: '2'}\n    command: [run]\n    volumes: ['./b:/data']\n    ports: !override ['81:81']\n    pid: !reset null\n  api:\n    extends: web\n",
        &[(
            "base/common.yml",
            "services:\n  base:\n    extends: root\n    privileged: true\n    environment: [A=1, B=2, C]\n    command: [a, b]\n    volumes: ['./a:/data', 'v:/v']\n    ports: ['80:80']\n    pid: host\n  root: {image: nginx, cap_add: [SYS_PTRACE]}\n",
        )],
    );
    assert!(errors.is_empty(), "{errors:?}");
    for name in ["web", "api"] {
        let service = project.service(name).unwrap();
        assert_eq!(service.get("image").scalar(), Some("nginx"));
        assert_eq!(service.get("privileged").bool().known(), Some(true));
        assert_eq!(service.get("privileged").node().location().file.as_ref(), "base/common.yml");
        let caps: Vec<_> = service.get("cap_add").items().iter().filter_map(|i| i.scalar()).collect();
        assert_eq!(caps, ["SYS_PTRACE", "NET_ADMIN"]);
        let env: Vec<_> = service.environment().map(|v| (v.name, v.value.scalar())).collect();
        assert_eq!(env, [("A", Some("2")), ("B", Some("2")), ("C", None)]);
        assert_eq!(service.get("command").len(), 1);
        let sources: Vec<_> = service.mounts().iter().map(|m| m.source.clone()).collect();
        assert_eq!(sources, ["v", "./b"]);
        let ports: Vec<_> = service.ports().iter().filter_map(|p| p.published.clone().known()).collect();
        assert_eq!(ports.len(), 1);
        assert_eq!(ports[0].first, 81);
        assert!(!service.get("pid").is_set());
        assert_eq!(service.node().location().pointer.as_str(), format!("/services/{name}"));
    }
}

#[test]
fn what_can_not_be_read_makes_the_missing_unknown() {
    let (project, errors) =
        load_with("services: {web: {extends: {file: gone.yml, service: x}, pid: host}}", &[]);
    assert!(errors.is_empty(), "{errors:?}");
    let web = project.service("web").unwrap();
    assert!(matches!(web.get("privileged").bool(), Val::Unknown(..)));
    assert_eq!(web.get("pid").str().known(), Some("host"));
    let (project, errors) =
        load_with("services: {a: {extends: b}, b: {extends: a}, c: {extends: d}, e: 1}", &[]);
    assert!(errors.iter().any(|e| e.message.contains("comes back to itself")), "{errors:?}");
    assert!(errors.iter().any(|e| e.message.contains("not defined")), "{errors:?}");
    assert!(errors.iter().any(|e| e.message.contains("must be a mapping")), "{errors:?}");
    assert_eq!(project.services().len(), 3);
}

#[test]
fn included_names_are_known() {
    let text = "include: [db.yaml, {path: [more.yaml]}]\nservices: {web: {image: a}}\n";
    let (project, _) = load_with(
        text,
        &[("app/db.yaml", "services: {db: {image: b}}"), ("app/more.yaml", "networks: {n: {}}")],
    );
    assert_eq!(project.defines("services", "db"), Ok(true));
    assert_eq!(project.defines("networks", "n"), Ok(true));
    assert_eq!(project.defines("services", "nope"), Ok(false));
    assert_eq!(project.services().len(), 1);
    let (project, _) = load_with(text, &[]);
    assert_eq!(project.defines("services", "web"), Ok(true));
    assert!(project.defines("services", "db").is_err());
}

#[test]
fn reads_ports() {
    for (port, ip, published, target) in [
        ("'80'", None, None, Some((80, 80))),
        ("8080", None, None, Some((8080, 8080))),
        ("'8080:80'", None, Some((8080, 8080)), Some((80, 80))),
        ("'3000-3005:3000-3005/udp'", None, Some((3000, 3005)), Some((3000, 3005))),
        ("'127.0.0.1:5432:5432'", Some("127.0.0.1"), Some((5432, 5432)), Some((5432, 5432))),
        ("'127.0.0.1::80'", Some("127.0.0.1"), None, Some((80, 80))),
        ("'[::1]:6001:6001'", Some("[::1]"), Some((6001, 6001)), Some((6001, 6001))),
        ("'::1:6001:6001'", Some("::1"), Some((6001, 6001)), Some((6001, 6001))),
        (
            "{target: 80, published: '8080', host_ip: 10.0.0.1}",
            Some("10.0.0.1"),
            Some((8080, 8080)),
            Some((80, 80)),
        ),
        ("{target: 80}", None, None, Some((80, 80))),
        ("'${HTTP_PORT:-8080}:80'", None, Some((8080, 8080)), Some((80, 80))),
    ] {
        let project = project(&format!("services: {{web: {{image: a, ports: [{port}]}}}}"));
        let ports = project.service("web").unwrap().ports();
        let got = &ports[0];
        let pair = |p: Option<syntax::compose::Ports>| p.map(|p| (p.first, p.last));
        assert_eq!(got.host_ip.clone().known().as_deref(), ip, "{port}");
        assert_eq!(matches!(got.host_ip, Val::Absent(_)), ip.is_none(), "{port}");
        assert_eq!(pair(got.published.clone().known()), published, "{port}");
        assert_eq!(pair(got.target.clone().known()), target, "{port}");
    }
    for (port, open) in [
        ("'${DB_PORT}:5432'", Some(true)),
        ("'${BIND}:5432'", None),
        ("'${IP}:80:80'", None),
        ("'${EVERYTHING}'", None),
        ("'0.0.0.0:80:80'", Some(true)),
        ("'[::]:80:80'", Some(true)),
        ("'127.0.0.1:${P}:80'", Some(false)),
        ("'${IP:-127.0.0.1}:80:80'", Some(false)),
    ] {
        let project = project(&format!("services: {{web: {{image: a, ports: [{port}]}}}}"));
        assert_eq!(project.service("web").unwrap().ports()[0].is_open().known(), open, "{port}");
    }
}

#[test]
fn reads_mounts() {
    for (mount, kind, path, target, read_only) in [
        ("/etc:/host/etc:ro", MountKind::Bind, Some("/etc"), "/host/etc", true),
        ("//etc/../var//run/:/x", MountKind::Bind, Some("/var/run"), "/x", false),
        ("./data:/data", MountKind::Bind, None, "/data", false),
        ("~/.ssh:/root/.ssh", MountKind::Bind, Some("~/.ssh"), "/root/.ssh", false),
        ("'${HOME}/.aws:/a:z,ro'", MountKind::Bind, Some("~/.aws"), "/a", true),
        ("data:/var/lib", MountKind::Volume, None, "/var/lib", false),
        ("/var/lib", MountKind::Volume, None, "/var/lib", false),
        ("'C:\\x:C:\\y'", MountKind::Bind, None, "C:\\y", false),
        (
            "{type: bind, source: /, target: /host, read_only: true}",
            MountKind::Bind,
            Some("/"),
            "/host",
            true,
        ),
        ("{type: tmpfs, target: /t}", MountKind::Tmpfs, None, "/t", false),
        ("root:/r", MountKind::Bind, Some("/"), "/r", false),
    ] {
        let project = project(&format!(
            "services: {{web: {{image: a, volumes: [{mount}]}}}}\nvolumes: {{root: {{driver_opts: {{type: none, o: bind, device: /}}}}}}"
        ));
        let mounts = project.service("web").unwrap().mounts();
        let got = &mounts[0];
        assert_eq!(got.kind, kind, "{mount}");
        assert_eq!(got.host_path().as_deref(), path, "{mount}");
        assert_eq!(got.target, target, "{mount}");
        assert_eq!(got.read_only.clone().known(), Some(read_only), "{mount}");
    }
}

#[test]
fn reads_version_1_and_several_documents() {
    let project = project("web:\n  image: nginx\n  net: host\n---\nservices: {web: {privileged: true}}\n");
    let web = project.service("web").unwrap();
    assert_eq!(web.network_mode().known(), Some("host"));
    assert_eq!(web.get("privileged").bool().known(), Some(true));
}

#[test]
fn is_linear_in_size() {
    let mut text = String::from("services:\n");
    for i in 0..4_000 {
        let _ = writeln!(text, "  s{i}: {{image: a, extends: s{}, depends_on: [s{i}]}}", i + 1);
    }
    let (project, errors) = load_with(&text, &[]);
    assert!(errors.iter().any(|e| e.code == model::WhyCode::Limit || e.message.contains("itself")));
    assert_eq!(project.services().len(), 4_000);
}

proptest! {
    #[test]
    fn never_panics(text in "(services|web|extends|ports|volumes|image|include|x|: |:\n  |\n|- |\\$\\{|\\}|[\\[\\]{},\"'*&a1:/<!]| ){0,60}") {
        let tree = yaml::parse(Arc::new(SourceText::new("compose.yaml", text)));
        if let Some(root) = tree.roots().next() {
            looks_like("compose.yaml", root);
            looks_like("x.yaml", root);
        }
        let (project, _) = load(tree, &|_| None);
        for service in project.services() {
            service.node().location();
            service.ports().iter().for_each(|p| { p.is_open(); });
            service.mounts().iter().for_each(|m| { m.host_path(); });
        }
    }
}
