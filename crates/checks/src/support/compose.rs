//! Judgement shared by checks of Compose services.

use check::{Out, Plan};
use model::{Val, Why, WhyCode};
use syntax::ImageRef;
use syntax::Node;
use syntax::compose::{Field, Port, Service};

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

/// A fix that publishes a port on the loopback address only; none where the entry is filled in from outside.
pub fn bind_to_localhost<'a>(port: &Port<'a>) -> Option<Plan<'a>> {
    let node = port.field.node();
    let written = node.scalar();
    let title = "publish it on 127.0.0.1 only";
    match (written, port.host_ip.clone()) {
        (None, _) if port.field.is_set() => Some(Plan::risky(title).set(node, &["host_ip"], "127.0.0.1")),
        (Some(text), Val::Absent(_)) => {
            // A port of the container alone gets a port of the host at random.
            let rest = text.trim_start_matches(':');
            let joint = if rest.contains(':') { ":" } else { "::" };
            Some(Plan::risky(title).set(node, &[], format!("127.0.0.1{joint}{rest}")))
        }
        (Some(text), Val::Known(ip, _)) => {
            let rest = text.strip_prefix(ip.as_str())?;
            Some(Plan::risky(title).set(node, &[], format!("127.0.0.1{rest}")))
        }
        _ => None,
    }
}

/// True if two services can run at the same time: one is always started, or they share a profile.
pub fn may_run_together(a: Service<'_>, b: Service<'_>) -> bool {
    let (first, second) = (a.get("profiles").items(), b.get("profiles").items());
    first.is_empty() || second.is_empty() || first.iter().any(|p| second.iter().any(|q| p.text() == q.text()))
}
