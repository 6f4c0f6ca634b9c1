//! Judgement shared by checks of Compose services.

use check::Out;
use model::{Val, Why, WhyCode};
use syntax::ImageRef;
use syntax::Node;
use syntax::compose::{Field, Service};

/// True if the service certainly sets none of some keys: it is complete in itself, and nothing that could not
/// be read may set one. Where that can't be told, it is noted.
pub fn lacks<'a>(service: Service<'a>, paths: &[&[&str]], out: &mut Out<'a>) -> bool {
    if service.is_partial() || service.is_external() || paths.iter().any(|path| service.at(path).is_set()) {
        return false;
    }
    match service.root().may_be_elsewhere() {
        Some(why) => {
            out.unknown(service, why.clone());
            false
        }
        None => true,
    }
}

/// A known text of a list or mapping that may be filled in from outside; what is unknown is noted.
pub fn known_text<'a>(field: Field<'a>, out: &mut Out<'a>) -> Option<&'a str> {
    out.known(field.str())
}

/// The items of a list of texts (`cap_add`, `security_opt`) that are known; the others are noted.
pub fn texts<'a>(field: Field<'a>, out: &mut Out<'a>) -> Vec<(&'a str, Field<'a>)> {
    if let (false, Some(why)) = (field.is_set(), field.may_be_elsewhere()) {
        out.unknown(field, why.clone());
    }
    field.items().into_iter().filter_map(|item| Some((known_text(item, out)?, item))).collect()
}

/// The image of a service and where it is written. One that is filled in from outside, or is no image
/// reference, is noted.
pub fn image<'a>(service: Service<'a>, out: &mut Out<'a>) -> Option<(Field<'a>, ImageRef)> {
    let field = service.get("image");
    let text = out.known(field.str())?;
    match ImageRef::parse(text) {
        Ok(image) => Some((field, image)),
        Err(error) => {
            out.unknown(field, Why::new(WhyCode::Malformed, error.message));
            None
        }
    }
}

/// The words of a `command`, an `entrypoint` or a test, each with its field; a text is split at blanks.
pub fn words(field: Field<'_>) -> Vec<(&str, Field<'_>)> {
    let items = field.items().into_iter();
    items
        .flat_map(|item| item.text().unwrap_or("").split_ascii_whitespace().map(move |word| (word, item)))
        .collect()
}

/// The place of a text that is known and one of `wanted`, compared without regard to case.
pub fn is_one_of<'a>(value: Val<&'a str, Node<'a>>, wanted: &[&str], out: &mut Out<'a>) -> Option<Node<'a>> {
    out.met(value, |text| wanted.iter().any(|w| text.trim().eq_ignore_ascii_case(w)))
}

/// A remark for messages where a variable's default is what was judged.
pub fn by_default(field: Field<'_>) -> String {
    field.defaulted().map_or_else(String::new, |name| format!(" unless `{name}` says otherwise"))
}
