//! The image of a container.

use check::{Container, Out};
use model::{Why, WhyCode};
use syntax::{ImageRef, Node};

/// The image of a container and where it is written. An image that is filled in later, or is no image
/// reference, is noted as not evaluated.
pub fn of<'a>(container: &Container<'a>, out: &mut Out<'a>) -> Option<(Node<'a>, ImageRef)> {
    let node = container.node.get("image");
    let text = out.known(node.name())?;
    match ImageRef::parse(text) {
        Ok(image) => Some((node, image)),
        Err(error) => {
            out.unknown(node, Why::new(WhyCode::Malformed, error.message));
            None
        }
    }
}

/// True if `image` comes from `place`: a registry (`ghcr.io`), or a registry with the first parts of a path
/// (`ghcr.io/acme`).
pub fn comes_from(image: &ImageRef, place: &str) -> bool {
    let place = place.trim_end_matches("/*").trim_end_matches('/');
    let place = place
        .strip_prefix("index.docker.io")
        .map_or_else(|| place.to_owned(), |rest| format!("{}{rest}", syntax::image::DEFAULT_REGISTRY));
    if let Some(suffix) = place.strip_prefix("*.") {
        return image.registry_host().strip_suffix(suffix).is_some_and(|rest| rest.ends_with('.'));
    }
    let name = image.name();
    name.strip_prefix(place.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_end_at_a_part() {
        let image = |text| ImageRef::parse(text).unwrap();
        assert!(comes_from(&image("ghcr.io/acme/web:1"), "ghcr.io/acme"));
        assert!(comes_from(&image("ghcr.io/acme/web:1"), "ghcr.io"));
        assert!(comes_from(&image("ghcr.io/acme/web:1"), "ghcr.io/acme/"));
        assert!(comes_from(&image("nginx"), "docker.io"));
        assert!(comes_from(&image("nginx"), "docker.io/library"));
        assert!(comes_from(&image("a.pkg.dev/x/y:1"), "*.pkg.dev"));
        assert!(!comes_from(&image("ghcr.io/acmeevil/web:1"), "ghcr.io/acme"));
        assert!(!comes_from(&image("ghcr.io.evil.com/acme/web:1"), "ghcr.io"));
        assert!(!comes_from(&image("nginx"), "ghcr.io"));
        assert!(!comes_from(&image("evilpkg.dev/y:1"), "*.pkg.dev"));
    }
}
