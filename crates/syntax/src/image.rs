//! Container image references, by the grammar of the OCI distribution project
//! (`distribution/reference`): `[registry[:port]/]path[:tag][@algorithm:hex]`, with Docker's defaults.

use model::Span;
use std::fmt;

/// Registry that is meant where none is written.
pub const DEFAULT_REGISTRY: &str = "docker.io";
/// Longest path of a repository, registry not counted.
const MAX_PATH: usize = 255;
/// Longest tag.
const MAX_TAG: usize = 128;

/// Where the parts of a reference stand in the text that was parsed, as byte offsets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ImageParts {
    /// Registry with port, if written.
    pub registry: Option<Span>,
    /// Path below the registry, as written.
    pub repository: Span,
    /// Tag without its colon, if written.
    pub tag: Option<Span>,
    /// Digest without its `@`, if written.
    pub digest: Option<Span>,
}

/// A reference to an image, taken apart and completed with Docker's defaults for the registry and the
/// `library/` namespace. A missing tag stays missing: see [`ImageRef::effective_tag`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ImageRef {
    /// Registry host with port: `docker.io`, `localhost:5000`, `[::1]:5000`.
    pub registry: String,
    /// Path below the registry: `library/nginx`, `team/app`.
    pub repository: String,
    /// Tag, if written.
    pub tag: Option<String>,
    /// Digest with its algorithm, if written: `sha256:...`.
    pub digest: Option<String>,
    /// Where the parts stand.
    pub parts: ImageParts,
}

/// Why a text is no image reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageRefError {
    /// What is wrong, lower case, without a full stop.
    pub message: String,
    /// What to do about it; may be empty.
    pub hint: String,
    /// The bytes of the text that are wrong.
    pub span: Span,
}

impl fmt::Display for ImageRefError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ImageRefError {}

impl ImageRef {
    /// Takes a reference apart. Exact: what a container runtime refuses is an error here.
    pub fn parse(text: &str) -> Result<Self, ImageRefError> {
        let whole = Span::new(0, text.len() as u32);
        let fail = |message: &str, hint: &str, span: Span| {
            Err(ImageRefError { message: message.to_owned(), hint: hint.to_owned(), span })
        };
        if text.is_empty() {
            return fail("the image reference is empty", "", whole);
        }
        if text.trim() != text {
            return fail("the image reference has blanks around it", "remove the blanks", whole);
        }
        if text.contains("://") {
            return fail(
                "an image reference has no URL scheme",
                "write `registry/repository:tag` without `https://`",
                whole,
            );
        }
        let (rest, digest) = match text.split_once('@') {
            Some((rest, digest)) => (rest, Some((digest, rest.len() + 1))),
            None => (text, None),
        };
        // A colon after the last slash begins the tag; one before it belongs to the registry's port.
        let path_at = rest.rfind('/').map_or(0, |i| i + 1);
        let (name, tag) = match rest.get(path_at..).and_then(|last| last.find(':')) {
            // `[::1]` has no slash only if the path is missing, which is refused below.
            Some(i) if !rest.starts_with('[') || path_at > 0 => {
                let at = path_at + i;
                (rest.get(..at).unwrap_or(""), rest.get(at + 1..).map(|tag| (tag, at + 1)))
            }
            _ => (rest, None),
        };
        let span_of = |part: &str, at: usize| Span::new(at as u32, (at + part.len()) as u32);
        let (registry, path, path_at) = split_registry(name);
        if path.is_empty() {
            return fail("the image reference names no repository", "write `registry/repository:tag`", whole);
        }
        if let Some(registry) = registry
            && !is_registry(registry)
        {
            return fail(
                &format!("`{registry}` is not a valid registry host"),
                "a host is made of letters, digits, dots and dashes, with an optional port",
                span_of(registry, 0),
            );
        }
        let path_span = span_of(path, path_at);
        // Nobody wants to read `<YOUR-IMAGE>` again in lower case.
        if path.bytes().any(|b| b.is_ascii_uppercase()) && !path.starts_with('<') {
            return fail(
                "the repository name must be in lower case",
                &format!("write `{}`", path.to_ascii_lowercase()),
                path_span,
            );
        }
        if !path.split('/').all(is_path_component) {
            return fail(
                &format!("`{path}` is not a valid repository name"),
                "use lower-case letters and digits, separated by `.`, `_`, `__` or dashes, in parts divided by `/`",
                path_span,
            );
        }
        if let Some((tag, at)) = tag
            && !is_tag(tag)
        {
            let hint = if tag.is_empty() {
                "write a tag after the colon or remove the colon"
            } else {
                "a tag is up to 128 letters, digits, `_`, `.` and `-`, not beginning with `.` or `-`"
            };
            return fail(&format!("`{tag}` is not a valid tag"), hint, span_of(tag, at));
        }
        if let Some((digest, at)) = digest
            && let Err(message) = check_digest(digest)
        {
            return fail(
                &message,
                "a digest looks like `sha256:` and 64 hexadecimal digits",
                span_of(digest, at),
            );
        }
        if registry.is_none() && tag.is_none() && digest.is_none() && is_hex(path, 64) {
            return fail(
                "64 hexadecimal digits are an image id, not a repository",
                "refer to the image by name, or write `name@sha256:...`",
                path_span,
            );
        }
        let host = match registry {
            None | Some("index.docker.io") => DEFAULT_REGISTRY,
            Some(host) => host,
        };
        let repository = if host == DEFAULT_REGISTRY && !path.contains('/') {
            format!("library/{path}")
        } else {
            path.to_owned()
        };
        if repository.len() > MAX_PATH {
            return fail("the repository name is longer than 255 characters", "", path_span);
        }
        Ok(Self {
            registry: host.to_owned(),
            repository,
            tag: tag.map(|(tag, _)| tag.to_owned()),
            digest: digest.map(|(digest, _)| digest.to_owned()),
            parts: ImageParts {
                registry: registry.map(|r| span_of(r, 0)),
                repository: path_span,
                tag: tag.map(|(tag, at)| span_of(tag, at)),
                digest: digest.map(|(digest, at)| span_of(digest, at)),
            },
        })
    }

    /// Registry and repository, complete: `docker.io/library/nginx`.
    pub fn name(&self) -> String {
        format!("{}/{}", self.registry, self.repository)
    }

    /// The name as people write it: `nginx`, `team/app`, `ghcr.io/team/app`.
    pub fn familiar_name(&self) -> String {
        if self.registry == DEFAULT_REGISTRY {
            self.repository.strip_prefix("library/").unwrap_or(&self.repository).to_owned()
        } else {
            self.name()
        }
    }

    /// The last part of the repository: `nginx` of `docker.io/library/nginx`.
    pub fn base_name(&self) -> &str {
        self.repository.rsplit('/').next().unwrap_or(&self.repository)
    }

    /// True for Docker Hub's curated images (`docker.io/library/...`).
    pub fn is_official(&self) -> bool {
        self.registry == DEFAULT_REGISTRY && self.repository.starts_with("library/")
    }

    /// True if a registry is written, and not merely meant.
    pub fn has_registry(&self) -> bool {
        self.parts.registry.is_some()
    }

    /// The tag that is pulled: the one written, `latest` where there is neither tag nor digest; `None` where
    /// only a digest is written.
    pub fn effective_tag(&self) -> Option<&str> {
        match (&self.tag, &self.digest) {
            (Some(tag), _) => Some(tag),
            (None, None) => Some("latest"),
            (None, Some(_)) => None,
        }
    }

    /// Registry host without its port.
    pub fn registry_host(&self) -> &str {
        if let Some(end) = self.registry.find(']') {
            return self.registry.get(..=end).unwrap_or(&self.registry);
        }
        self.registry.split(':').next().unwrap_or(&self.registry)
    }
}

impl fmt::Display for ImageRef {
    /// The complete reference, without an implied tag.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.registry, self.repository)?;
        if let Some(tag) = &self.tag {
            write!(f, ":{tag}")?;
        }
        if let Some(digest) = &self.digest {
            write!(f, "@{digest}")?;
        }
        Ok(())
    }
}

/// Registry (if the first part is one), path, offset of the path. The first part is a registry if it has a
/// dot or a colon, is `localhost`, or is not in lower case.
fn split_registry(name: &str) -> (Option<&str>, &str, usize) {
    if let Some((first, rest)) = name.split_once('/')
        && (first.contains(['.', ':'])
            || first == "localhost"
            || first.bytes().any(|b| b.is_ascii_uppercase()))
    {
        return (Some(first), rest, first.len() + 1);
    }
    (None, name, 0)
}

fn is_registry(text: &str) -> bool {
    let (host, port) = if let Some(rest) = text.strip_prefix('[') {
        let Some((address, after)) = rest.split_once(']') else { return false };
        if address.is_empty() || !address.bytes().all(|b| b.is_ascii_hexdigit() || b == b':') {
            return false;
        }
        match after.strip_prefix(':') {
            Some(port) => (None, Some(port)),
            None if after.is_empty() => (None, None),
            None => return false,
        }
    } else {
        match text.split_once(':') {
            Some((host, port)) => (Some(host), Some(port)),
            None => (Some(text), None),
        }
    };
    let host_ok = host.is_none_or(|host| {
        host.split('.').all(|label| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        })
    });
    host_ok && port.is_none_or(|port| !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()))
}

/// Lower-case letters and digits; between them one dot, one or two underscores, or any number of dashes.
fn is_path_component(part: &str) -> bool {
    let alnum = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let bytes = part.as_bytes();
    if !bytes.first().copied().is_some_and(alnum) || !bytes.last().copied().is_some_and(alnum) {
        return false;
    }
    part.split(|c: char| c.is_ascii() && alnum(c as u8))
        .all(|between| matches!(between, "" | "." | "_" | "__") || between.bytes().all(|b| b == b'-'))
}

/// True for a text that may stand after the colon: up to 128 letters, digits, `_`, `.`, `-`, not beginning
/// with `.` or `-`.
pub fn is_tag(text: &str) -> bool {
    text.len() <= MAX_TAG
        && text.bytes().next().is_some_and(|b| b.is_ascii_alphanumeric() || b == b'_')
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'))
}

fn is_hex(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

fn check_digest(text: &str) -> Result<(), String> {
    let Some((algorithm, hex)) = text.split_once(':') else {
        return Err(format!("the digest `{text}` names no algorithm"));
    };
    let length = match algorithm {
        "sha256" => 64,
        "sha384" => 96,
        "sha512" => 128,
        _ => return Err(format!("`{algorithm}` is not a digest algorithm that registries know")),
    };
    if hex.len() != length {
        return Err(format!(
            "a {algorithm} digest has {length} hexadecimal digits, this one has {}",
            hex.len()
        ));
    }
    if is_hex(hex, length) {
        Ok(())
    } else {
        Err(format!("a {algorithm} digest is made of lower-case hexadecimal digits only"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HEX: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    #[test]
    fn takes_references_apart() {
        let digest = format!("sha256:{HEX}");
        for (text, registry, repository, tag, has_digest) in [
            ("nginx", "docker.io", "library/nginx", None, false),
            ("nginx:1.27", "docker.io", "library/nginx", Some("1.27"), false),
            ("nginx@D", "docker.io", "library/nginx", None, true),
            ("nginx:1.27@D", "docker.io", "library/nginx", Some("1.27"), true),
            ("team/app", "docker.io", "team/app", None, false),
            ("docker.io/nginx", "docker.io", "library/nginx", None, false),
            ("docker.io/library/nginx:x", "docker.io", "library/nginx", Some("x"), false),
            ("index.docker.io/team/app", "docker.io", "team/app", None, false),
            ("index.docker.io/nginx", "docker.io", "library/nginx", None, false),
            ("localhost/app", "localhost", "app", None, false),
            ("localhost:5000/x", "localhost:5000", "x", None, false),
            ("localhost:5000/x:y", "localhost:5000", "x", Some("y"), false),
            ("localhost:5000", "docker.io", "library/localhost", Some("5000"), false),
            ("registry:5000/a/b/c:v1@D", "registry:5000", "a/b/c", Some("v1"), true),
            ("10.0.0.1:5000/a", "10.0.0.1:5000", "a", None, false),
            ("[::1]:5000/a:b", "[::1]:5000", "a", Some("b"), false),
            ("[2001:db8::1]/a", "[2001:db8::1]", "a", None, false),
            ("UPPER/app", "UPPER", "app", None, false),
            ("a__b/c.d-e--f:_x", "docker.io", "a__b/c.d-e--f", Some("_x"), false),
            (
                "gcr.io/distroless/static-debian12:nonroot",
                "gcr.io",
                "distroless/static-debian12",
                Some("nonroot"),
                false,
            ),
            ("ghcr.io/a", "ghcr.io", "a", None, false),
            ("scratch", "docker.io", "library/scratch", None, false),
        ] {
            let text = text.replace('D', &digest);
            let image = ImageRef::parse(&text).unwrap_or_else(|e| panic!("{text}: {e}"));
            assert_eq!(image.registry, registry, "{text}");
            assert_eq!(image.repository, repository, "{text}");
            assert_eq!(image.tag.as_deref(), tag, "{text}");
            assert_eq!(image.digest.is_some(), has_digest, "{text}");
            if let (Some(span), Some(tag)) = (image.parts.tag, tag) {
                assert_eq!(span.text(&text), tag);
            }
            if let (Some(span), Some(digest)) = (image.parts.digest, &image.digest) {
                assert_eq!(span.text(&text), digest);
            }
        }
    }

    #[test]
    fn refuses_what_runtimes_refuse() {
        for text in [
            "",
            " nginx",
            "nginx ",
            "Nginx",
            "docker.io/Nginx",
            "nginx:",
            "nginx:.x",
            "nginx:-x",
            "nginx:a b",
            "nginx:a:b",
            "nginx@",
            "nginx@sha256",
            "nginx@sha256:abc",
            "nginx@md5:d41d8cd98f00b204e9800998ecf8427e",
            &format!("nginx@sha256:{}", HEX.to_uppercase()),
            &format!("nginx@sha256:{HEX}@sha256:{HEX}"),
            HEX,
            "/nginx",
            "nginx/",
            "a//b",
            "-a",
            "a-",
            "a..b",
            "a___b",
            "a._b",
            "a.-b",
            "_a",
            "a_/b",
            "https://docker.io/nginx",
            "-host.io/a",
            "host-.io/a",
            "host.io:/a",
            "host.io:x/a",
            "host..io/a",
            "[::1/a",
            "[::g]/a",
            "[::1]x/a",
            "${IMAGE}",
            "nginx:$TAG",
            "näme",
            "a/b:ç",
            &format!("a:{}", "x".repeat(129)),
            &"a".repeat(256),
        ] {
            assert!(ImageRef::parse(text).is_err(), "{text}");
        }
        assert!(ImageRef::parse(&format!("a:{}", "x".repeat(128))).is_ok());
        assert!(ImageRef::parse(&format!("x/{}", "a".repeat(253))).is_ok());
    }

    #[test]
    fn names_and_tags() {
        let image = ImageRef::parse("nginx").unwrap();
        assert_eq!(image.name(), "docker.io/library/nginx");
        assert_eq!(image.familiar_name(), "nginx");
        assert_eq!(image.effective_tag(), Some("latest"));
        assert!(image.is_official());
        assert!(!image.has_registry());
        let image = ImageRef::parse(&format!("localhost:5000/a/b@sha256:{HEX}")).unwrap();
        assert_eq!(image.effective_tag(), None);
        assert_eq!(image.base_name(), "b");
        assert_eq!(image.registry_host(), "localhost");
        assert_eq!(image.to_string(), format!("localhost:5000/a/b@sha256:{HEX}"));
        assert_eq!(ImageRef::parse("[::1]:5000/a").unwrap().registry_host(), "[::1]");
        assert_eq!(ImageRef::parse("team/app:1").unwrap().familiar_name(), "team/app");
    }

    proptest! {
        #[test]
        fn never_panics_and_round_trips(text in "[a-zA-Z0-9._/:@\\[\\]\\-é$ ]{0,40}") {
            match ImageRef::parse(&text) {
                Ok(image) => {
                    let again = ImageRef::parse(&image.to_string()).unwrap();
                    prop_assert_eq!(&again.repository, &image.repository);
                    prop_assert_eq!(&again.registry, &image.registry);
                    prop_assert_eq!(&again.tag, &image.tag);
                }
                Err(error) => {
                    prop_assert!(error.span.end as usize <= text.len());
                    prop_assert!(text.get(error.span.start as usize..error.span.end as usize).is_some());
                }
            }
        }
    }
}
