//! What is known of widely used base images. All tables hold as of the end of 2025.

use syntax::ImageRef;

/// Distributions that tags name, with the first version that is still maintained for free.
const CODENAMES: &[(&str, &str)] = &[
    ("squeeze", "Debian 6"),
    ("wheezy", "Debian 7"),
    ("jessie", "Debian 8"),
    ("stretch", "Debian 9"),
    ("buster", "Debian 10"),
    ("precise", "Ubuntu 12.04"),
    ("trusty", "Ubuntu 14.04"),
    ("xenial", "Ubuntu 16.04"),
    ("bionic", "Ubuntu 18.04"),
    ("focal", "Ubuntu 20.04"),
    ("groovy", "Ubuntu 20.10"),
    ("hirsute", "Ubuntu 21.04"),
    ("impish", "Ubuntu 21.10"),
    ("kinetic", "Ubuntu 22.10"),
    ("lunar", "Ubuntu 23.04"),
    ("mantic", "Ubuntu 23.10"),
    ("oracular", "Ubuntu 24.10"),
];

/// Images with versions: the oldest that is maintained, and later ones that are not.
struct Line {
    names: &'static [&'static str],
    title: &'static str,
    oldest: (u32, u32),
    gaps: &'static [(u32, u32)],
    /// True if only the first number of the version tells.
    major: bool,
    advice: &'static str,
}

const LINES: &[Line] = &[
    Line { names: &["debian"], title: "Debian", oldest: (11, 0), gaps: &[], major: true, advice: "13" },
    Line {
        names: &["ubuntu"],
        title: "Ubuntu",
        oldest: (22, 4),
        gaps: &[(22, 10), (23, 4), (23, 10), (24, 10)],
        major: false,
        advice: "24.04",
    },
    Line { names: &["alpine"], title: "Alpine", oldest: (3, 20), gaps: &[], major: false, advice: "3.22" },
    Line { names: &["fedora"], title: "Fedora", oldest: (42, 0), gaps: &[], major: true, advice: "43" },
    Line {
        names: &["amazonlinux"],
        title: "Amazon Linux",
        oldest: (2, 0),
        gaps: &[],
        major: true,
        advice: "2023",
    },
    Line {
        names: &["oraclelinux"],
        title: "Oracle Linux",
        oldest: (8, 0),
        gaps: &[],
        major: true,
        advice: "9",
    },
    Line {
        names: &["opensuse/leap"],
        title: "openSUSE Leap",
        oldest: (15, 6),
        gaps: &[],
        major: false,
        advice: "15.6",
    },
    Line { names: &["python"], title: "Python", oldest: (3, 10), gaps: &[], major: false, advice: "3.13" },
    Line {
        names: &["node"],
        title: "Node.js",
        oldest: (20, 0),
        gaps: &[(21, 0), (23, 0)],
        major: true,
        advice: "22 or 24",
    },
    Line { names: &["golang"], title: "Go", oldest: (1, 24), gaps: &[], major: false, advice: "1.25" },
    Line { names: &["ruby"], title: "Ruby", oldest: (3, 2), gaps: &[], major: false, advice: "3.4" },
    Line { names: &["php"], title: "PHP", oldest: (8, 2), gaps: &[], major: false, advice: "8.4" },
    Line { names: &["postgres"], title: "PostgreSQL", oldest: (14, 0), gaps: &[], major: true, advice: "17" },
    Line {
        names: &["mysql"],
        title: "MySQL",
        oldest: (8, 0),
        gaps: &[(8, 1), (8, 2), (8, 3)],
        major: false,
        advice: "8.4",
    },
    Line {
        names: &["mariadb"],
        title: "MariaDB",
        oldest: (10, 6),
        gaps: &[(10, 7), (10, 8), (10, 9), (10, 10), (11, 0), (11, 1), (11, 2), (11, 3)],
        major: false,
        advice: "11.4",
    },
    Line { names: &["mongo"], title: "MongoDB", oldest: (7, 0), gaps: &[], major: true, advice: "8" },
    Line { names: &["redis"], title: "Redis", oldest: (6, 2), gaps: &[(7, 0)], major: false, advice: "8" },
    Line { names: &["nginx"], title: "nginx", oldest: (1, 28), gaps: &[], major: false, advice: "1.28" },
    Line { names: &["httpd"], title: "Apache httpd", oldest: (2, 4), gaps: &[], major: false, advice: "2.4" },
    Line {
        names: &["tomcat"],
        title: "Tomcat",
        oldest: (9, 0),
        gaps: &[(10, 0)],
        major: false,
        advice: "11",
    },
    Line {
        names: &["eclipse-temurin", "amazoncorretto", "openjdk"],
        title: "Java",
        oldest: (8, 0),
        gaps: &[
            (9, 0),
            (10, 0),
            (12, 0),
            (13, 0),
            (14, 0),
            (15, 0),
            (16, 0),
            (18, 0),
            (19, 0),
            (20, 0),
            (22, 0),
            (23, 0),
            (24, 0),
        ],
        major: true,
        advice: "21 or 25",
    },
    Line {
        names: &["dotnet/sdk", "dotnet/aspnet", "dotnet/runtime", "dotnet/runtime-deps"],
        title: ".NET",
        oldest: (8, 0),
        gaps: &[],
        major: true,
        advice: "10",
    },
];

/// The image's name if it is one of Docker's curated images or a mirror of them, or one of a well-known
/// vendor: `python`, `dotnet/sdk`, `opensuse/leap`.
pub fn known_name(image: &ImageRef) -> Option<&str> {
    let path = image.repository.as_str();
    match image.registry_host() {
        "docker.io" | "public.ecr.aws" | "mirror.gcr.io" | "registry-1.docker.io" => {
            let path = path.strip_prefix("docker/").unwrap_or(path);
            let path = path.strip_prefix("library/").unwrap_or(path);
            let path = path.strip_prefix("amazonlinux/").unwrap_or(path);
            (!path.contains('/') || path.starts_with("opensuse/")).then_some(path)
        }
        "mcr.microsoft.com" => {
            if path.starts_with("dotnet/") {
                Some(path)
            } else {
                path.strip_prefix("mirror/docker/library/")
            }
        }
        "quay.io" => path.strip_prefix("centos/").or_else(|| path.strip_prefix("fedora/")),
        "registry.opensuse.org" => Some(path),
        _ => None,
    }
}

/// Why a base is no longer maintained by anyone, and what to use instead.
pub fn end_of_life(image: &ImageRef) -> Option<(String, String)> {
    if image.registry_host().ends_with("redhat.com") || image.registry_host() == "registry.redhat.io" {
        let old = ["ubi6", "ubi7", "rhel6", "rhel7"];
        return image
            .repository
            .split('/')
            .find_map(|part| old.iter().find(|o| part.starts_with(**o)))
            .map(|o| (format!("RHEL {}", o.get(3..).unwrap_or("")), "ubi9".to_owned()))
            .or_else(|| {
                (image.repository.starts_with("rhscl/")).then(|| ("RHEL 7".to_owned(), "ubi9".to_owned()))
            });
    }
    let name = known_name(image)?;
    let tag = image.tag.as_deref().unwrap_or("");
    if name == "centos" && !matches!(tag, "stream9" | "stream10" | "stream10-development") {
        return Some((
            "CentOS Linux".to_owned(),
            "a maintained distribution, such as AlmaLinux or Rocky Linux".to_owned(),
        ));
    }
    if name.starts_with("dotnet/core/") || name.starts_with("dotnet/framework/runtime:3") {
        return Some((".NET Core".to_owned(), "`mcr.microsoft.com/dotnet`".to_owned()));
    }
    if name == "openjdk" || name == "java" {
        return Some((
            format!("the image `{name}`"),
            "`eclipse-temurin` or another maintained build of OpenJDK".to_owned(),
        ));
    }
    let (version, variant) = tag.split_once('-').unwrap_or((tag, ""));
    if let Some(line) = LINES.iter().find(|l| l.names.contains(&name))
        && let Some(found) = outdated(line, version)
    {
        return Some((found, format!("{} {}", line.title, line.advice)));
    }
    for word in version.split('-').chain(variant.split('-')) {
        if let Some((_, title)) = CODENAMES.iter().find(|(code, _)| *code == word) {
            return Some(((*title).to_owned(), "a current release".to_owned()));
        }
        if let Some(rest) = word.strip_prefix("alpine").filter(|r| !r.is_empty())
            && let Some(line) = LINES.iter().find(|l| l.title == "Alpine")
            && let Some(found) = outdated(line, rest)
        {
            return Some((found, format!("Alpine {}", line.advice)));
        }
    }
    None
}

fn outdated(line: &Line, version: &str) -> Option<String> {
    let mut numbers = version.split('.');
    let first = numbers.next()?;
    let major: u32 = first.parse().ok()?;
    let minor: Option<u32> = numbers.next().and_then(|n| n.parse().ok());
    // `python:3` floats to the newest 3.x; so does `ubuntu:22`, which does not exist.
    let here = match (line.major, minor) {
        (true, _) => (major, 0),
        (false, Some(minor)) => (major, minor),
        (false, None) if major < line.oldest.0 => (major, 0),
        (false, None) => return None,
    };
    // Years and dates (`debian:20240110`, `amazonlinux:2023`) are no version below the oldest.
    let old = here < line.oldest || line.gaps.contains(&here);
    let shown = match (line.major, minor) {
        (true, _) | (_, None) => first.to_owned(),
        (false, Some(_)) => version.split('.').take(2).collect::<Vec<_>>().join("."),
    };
    old.then(|| format!("{} {shown}", line.title))
}

/// A smaller image to use in place of a full operating system or a full language image.
pub fn smaller(image: &ImageRef) -> Option<String> {
    let name = known_name(image)?;
    let tag = image.tag.as_deref().unwrap_or("latest");
    let small = [
        "slim",
        "alpine",
        "minimal",
        "micro",
        "distroless",
        "chiseled",
        "busybox",
        "nanoserver",
        "jre",
        "wolfi",
        "hardened",
    ];
    if tag.split(['-', '.']).any(|w| small.iter().any(|s| w.starts_with(s)))
        || tag.contains("windowsservercore")
    {
        return None;
    }
    let version = tag.split('-').next().unwrap_or(tag);
    Some(match name {
        "debian" if tag == "latest" => "`debian:stable-slim` or `gcr.io/distroless/base-debian12`".to_owned(),
        "debian" => format!("`debian:{tag}-slim` or `gcr.io/distroless/base-debian12`"),
        "ubuntu" => "`debian:stable-slim`, `gcr.io/distroless/base-debian12` or `alpine`".to_owned(),
        "centos" | "almalinux" | "rockylinux" | "oraclelinux" | "fedora" => {
            "`registry.access.redhat.com/ubi9-minimal` or `ubi9-micro`".to_owned()
        }
        "amazonlinux" => "`public.ecr.aws/amazonlinux/amazonlinux:minimal`".to_owned(),
        "opensuse/leap" | "opensuse/tumbleweed" => "`registry.suse.com/bci/bci-micro`".to_owned(),
        "python" | "ruby" | "node" | "perl" if version != "latest" => {
            let distroless = match name {
                "python" => " or `gcr.io/distroless/python3`",
                "node" => " or `gcr.io/distroless/nodejs22`",
                _ => "",
            };
            format!("`{name}:{version}-slim`{distroless}")
        }
        "python" | "ruby" | "node" | "perl" => format!("`{name}:slim`"),
        "php" if !tag.contains("fpm") => format!("`php:{version}-alpine`"),
        _ => return None,
    })
}

/// What compiles or builds in an image that is made for building.
pub fn toolchain(image: &ImageRef) -> Option<&'static str> {
    let name = known_name(image)?;
    let tag = image.tag.as_deref().unwrap_or("");
    Some(match name {
        "golang" => "the Go toolchain",
        "rust" => "the Rust toolchain",
        "gcc" | "buildpack-deps" if !tag.contains("curl") => "a C toolchain",
        "maven" => "Maven and a JDK",
        "gradle" => "Gradle and a JDK",
        "sbt" => "sbt and a JDK",
        "haskell" => "the Haskell toolchain",
        "swift" if !tag.contains("slim") => "the Swift toolchain",
        "eclipse-temurin" | "openjdk" | "amazoncorretto" if tag.contains("jdk") => "a JDK",
        "dotnet/sdk" => "the .NET SDK",
        _ => return None,
    })
}

/// True if the base is known to run as a user other than root if nobody says otherwise.
pub fn is_nonroot(image: &ImageRef) -> bool {
    let tag = image.tag.as_deref().unwrap_or("");
    let name = image.repository.as_str();
    let last = image.base_name();
    if ["nonroot", "non-root", "unprivileged", "rootless", "chiseled"]
        .iter()
        .any(|w| tag.contains(w) || name.contains(w))
    {
        return true;
    }
    match image.registry_host() {
        "cgr.dev" => {
            !matches!(last, "wolfi-base" | "chainguard-base" | "alpine-base") && !tag.ends_with("-dev")
        }
        "docker.io" => {
            name.starts_with("bitnami/")
                || name.starts_with("chainguard/") && !tag.ends_with("-dev") && last != "wolfi-base"
                || name.starts_with("jupyter/")
                || name.starts_with("bitnamilegacy/")
                || matches!(
                    name,
                    "jenkins/jenkins"
                        | "jenkins/inbound-agent"
                        | "grafana/grafana"
                        | "grafana/loki"
                        | "prom/prometheus"
                        | "prom/alertmanager"
                        | "prom/node-exporter"
                        | "library/memcached"
                        | "library/haproxy"
                        | "library/solr"
                        | "library/sonarqube"
                        | "library/elasticsearch"
                        | "library/kibana"
                        | "library/logstash"
                )
        }
        "docker.elastic.co" => true,
        "quay.io" => {
            matches!(name, "keycloak/keycloak" | "prometheus/prometheus" | "prometheus/node-exporter")
                || name.starts_with("jupyter/")
        }
        "mcr.microsoft.com" => name.ends_with("nanoserver"),
        "registry.access.redhat.com" | "registry.redhat.io" => {
            ["python-", "nodejs-", "openjdk-", "php-", "ruby-", "go-toolset", "perl-", "nginx-", "httpd-"]
                .iter()
                .any(|w| last.starts_with(w))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn image(text: &str) -> ImageRef {
        ImageRef::parse(text).unwrap()
    }

    #[test]
    fn ages() {
        for text in [
            "debian:10",
            "debian:buster-slim",
            "ubuntu:18.04",
            "ubuntu:20.04",
            "alpine:3.12.1",
            "centos:7",
            "centos",
            "python:2.7",
            "python:3.8-slim",
            "node:14-alpine",
            "node:21",
            "golang:1.19",
            "golang:1.25-alpine3.15",
            "node:20-buster",
            "mcr.microsoft.com/dotnet/sdk:6.0",
            "openjdk:8",
            "php:7.4-apache",
            "postgres:12",
            "fedora:38",
            "registry.access.redhat.com/ubi7/ubi-minimal",
            "public.ecr.aws/docker/library/python:3.7",
            "eclipse-temurin:16-jdk",
            "python:2",
            "ubuntu:bionic",
        ] {
            assert!(end_of_life(&image(text)).is_some(), "{text}");
        }
        for text in [
            "debian:12",
            "debian:bookworm",
            "ubuntu:22.04",
            "ubuntu",
            "alpine:3.22",
            "alpine",
            "alpine:edge",
            "python:3",
            "python:3.13",
            "node:22-alpine3.21",
            "node:lts",
            "golang:1.25",
            "acme/debian:9",
            "ghcr.io/acme/node:12",
            "amazonlinux:2023",
            "debian:stable-20240110",
            "eclipse-temurin:17-jre",
            "quay.io/centos/centos:stream9",
            "amazonlinux:2",
            "eclipse-temurin:21.0.1_12-jre",
        ] {
            assert_eq!(end_of_life(&image(text)), None, "{text}");
        }
    }

    #[test]
    fn sizes_and_users() {
        assert!(smaller(&image("node:22")).is_some() && smaller(&image("ubuntu:24.04")).is_some());
        assert!(smaller(&image("node:22-alpine")).is_none() && smaller(&image("nginx:1.28")).is_none());
        assert!(toolchain(&image("golang:1.25")).is_some() && toolchain(&image("python:3.13")).is_none());
        for text in
            ["gcr.io/distroless/static:nonroot", "nginxinc/nginx-unprivileged:1", "cgr.dev/chainguard/static"]
        {
            assert!(is_nonroot(&image(text)), "{text}");
        }
        for text in ["gcr.io/distroless/static", "nginx", "cgr.dev/chainguard/wolfi-base"] {
            assert!(!is_nonroot(&image(text)), "{text}");
        }
    }
}
