//! Judging settings of control-plane and node components.

use check::{Component, Draft, Out, Plan, Program, Source};
use model::{Confidence, Severity, Val, Why, WhyCode};
use serde_json::Value;
use syntax::Node;

/// A setting that is not as it should be.
#[derive(Clone, Copy, Debug)]
pub struct Fault<'a> {
    /// Where to point.
    pub place: Node<'a>,
    /// False if the setting is not written and its default is at fault.
    pub written: bool,
}

/// Judges one setting: `bad` sees its value, or `default` where it is not written. A configuration that only
/// holds part of the settings says nothing by silence.
pub fn fault<'a, T>(
    component: &Component<'a>,
    out: &mut Out<'a>,
    value: Val<T, Node<'a>>,
    default: T,
    bad: impl FnOnce(&T) -> bool,
) -> Option<Fault<'a>> {
    match value {
        Val::Known(value, place) => bad(&value).then_some(Fault { place, written: true }),
        Val::Absent(_) if component.is_partial() => {
            out.not_applicable();
            None
        }
        Val::Absent(place) => bad(&default).then_some(Fault { place, written: false }),
        Val::Unknown(why, place) => {
            out.unknown(place, why);
            None
        }
    }
}

/// Reports a fault of one setting. `says` completes "kube-apiserver ...".
pub fn report<'o, 'a>(
    component: &Component<'a>,
    out: &'o mut Out<'a>,
    fault: Fault<'a>,
    flag: &str,
    says: &str,
) -> &'o mut Draft<'a> {
    let name = component.program.name();
    let spelling = component.spelling(flag);
    let text = component.text(flag).known().filter(|_| fault.written);
    let state = match text.as_deref() {
        None => format!("`{spelling}` is not set"),
        Some("") => format!("`{spelling}` is empty"),
        Some(text) => {
            let short: String = text.chars().take(80).collect();
            let more = if short.len() < text.len() { "..." } else { "" };
            format!("`{spelling}` is `{short}{more}`")
        }
    };
    let draft = out.fail(fault.place, format!("{name} {says}: {state}")).key(format!("{name}/{flag}"));
    soften(component, draft);
    draft
}

/// Lowers the severity where the component hardly holds the state of a cluster: an etcd that an application
/// brings along. Static pods and what runs in `kube-system` or on the host's network is taken for the real one.
pub fn soften<'a>(component: &Component<'a>, draft: &mut Draft<'a>) {
    let owner = &component.owner;
    let on_host = || owner.spec().at("template.spec.hostNetwork").as_bool() == Some(true);
    if component.program == Program::Etcd
        && component.source == Source::Command
        && owner.kind != "Pod"
        && owner.namespace() != "kube-system"
        && !on_host()
    {
        draft.severity(Severity::Medium).confidence(Confidence::Medium);
    }
}

/// A plan that gives a setting a value, if it stands where a program can edit it.
pub fn plan<'a>(component: &Component<'a>, flag: &str, value: &Value, safe: bool) -> Option<Plan<'a>> {
    let shown = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let title = format!("set `{}` to {shown}", component.spelling(flag));
    component.change(if safe { Plan::safe(title) } else { Plan::risky(title) }, flag, value)
}

/// Whether a fix can change what a correct program does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Risk {
    /// It can't.
    None,
    /// It can.
    Some,
}

/// Fails unless a boolean setting has the value `wanted`; `default` is what counts where it is not written.
pub fn boolean<'a>(
    component: &Component<'a>,
    out: &mut Out<'a>,
    (flag, wanted, default): (&str, bool, bool),
    says: &str,
    risk: Risk,
) {
    let value = component.bool(flag);
    if let Some(found) = fault(component, out, value, default, |on| *on != wanted) {
        let plan = plan(component, flag, &Value::Bool(wanted), risk == Risk::None);
        let draft = report(component, out, found, flag, says);
        if let Some(plan) = plan {
            draft.fix(plan);
        }
    }
}

/// Fails for each of these settings that is not written or empty; one finding for all.
pub fn required<'a>(component: &Component<'a>, out: &mut Out<'a>, flags: &[&str], says: &str) {
    for flag in flags {
        let value = component.text(flag);
        if let Some(found) = fault(component, out, value, String::new(), String::is_empty) {
            report(component, out, found, flag, says);
            return;
        }
    }
}

/// Fails if a setting is written and not empty.
pub fn forbidden<'a>(component: &Component<'a>, out: &mut Out<'a>, flag: &str, says: &str) {
    let value = component.text(flag);
    if let Some(found) = fault(component, out, value, String::new(), |text| !text.is_empty()) {
        report(component, out, found, flag, says);
    }
}

/// Whether an admission plugin of the API server is on, and where that is said. `default` is whether it is
/// on by itself.
pub fn plugin<'a>(component: &Component<'a>, name: &str, default: bool) -> Val<bool, Node<'a>> {
    let has = |list: &[String]| list.iter().any(|p| p == name);
    // The old flag gives the whole list.
    match component.list("admission-control") {
        Val::Known(list, place) => return Val::Known(has(&list), place),
        Val::Unknown(why, place) => return Val::Unknown(why, place),
        Val::Absent(_) => {}
    }
    match component.list("disable-admission-plugins") {
        Val::Known(list, place) if has(&list) => return Val::Known(false, place),
        Val::Unknown(why, place) => return Val::Unknown(why, place),
        _ => {}
    }
    match component.list("enable-admission-plugins") {
        Val::Known(list, place) if has(&list) => Val::Known(true, place),
        Val::Known(_, place) if default => Val::Known(true, place),
        // Tools that set most flags by themselves add to the list.
        Val::Known(_, place) if component.is_partial() => Val::Absent(place),
        Val::Known(_, place) => Val::Known(false, place),
        Val::Absent(place) => Val::Absent(place),
        Val::Unknown(why, place) => Val::Unknown(why, place),
    }
}

/// Fails unless an admission plugin of the API server is on (`wanted`) or off.
pub fn admission<'a>(
    component: &Component<'a>,
    out: &mut Out<'a>,
    (name, wanted, default): (&str, bool, bool),
    says: &str,
) {
    let value = plugin(component, name, default);
    let Some(found) = fault(component, out, value, default, |on| *on != wanted) else { return };
    let state = match (wanted, found.written) {
        (true, true) if default => format!("the admission plugin `{name}` is switched off"),
        (true, _) => format!("the admission plugin `{name}` is not on"),
        (false, _) => format!("the admission plugin `{name}` is on"),
    };
    let flag = "enable-admission-plugins";
    let mut change = None;
    // These do not start without a configuration of their own.
    let bare = !matches!(name, "EventRateLimit" | "ImagePolicyWebhook");
    if wanted && bare && !default && !component.has_any(&["admission-control", "disable-admission-plugins"]) {
        let mut list = component.list(flag).known().unwrap_or_default();
        list.push(name.to_owned());
        change = plan(component, flag, &Value::String(list.join(",")), false);
    }
    let program = component.program.name();
    let draft = out.fail(found.place, format!("{program} {says}: {state}")).key(format!("{program}/{name}"));
    if let Some(change) = change {
        draft.fix(change);
    }
}

/// True if an address only reaches this machine.
pub fn is_loopback(address: &str) -> bool {
    let host = address.trim_start_matches("http://").trim_start_matches("https://");
    let host = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or(rest),
        // More than one colon without brackets is a bare IPv6 address.
        None if host.matches(':').count() > 1 => host,
        None => host.split([':', '/']).next().unwrap_or(host),
    };
    host == "localhost" || host == "::1" || host.starts_with("127.")
}

/// Cipher suites that are weak: CBC, RC4, 3DES, no encryption, anonymous. RSA key exchange with GCM lacks forward
/// secrecy but is on the list of the CIS Benchmark, so it is let pass.
pub fn is_weak_cipher(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    let known = ["TLS_ECDHE_", "TLS_DHE_", "TLS_RSA_WITH_AES_", "TLS_AES_", "TLS_CHACHA20_"];
    let exchange = known.iter().any(|prefix| name.starts_with(prefix));
    let authenticated = name.contains("_GCM_") || name.contains("_POLY1305");
    !(exchange && authenticated)
}

/// Fails for each weak cipher suite in a list, and where the list is missing and the defaults are weak.
pub fn ciphers<'a>(component: &Component<'a>, out: &mut Out<'a>, flag: &str, weak_default: bool) {
    if component.text("tls-min-version").known().is_some_and(|v| v == "VersionTLS13") {
        return;
    }
    let value = component.list(flag);
    match value {
        Val::Known(list, place) if !list.is_empty() => {
            let weak: Vec<String> =
                list.iter().filter(|c| is_weak_cipher(c)).map(|c| format!("`{c}`")).collect();
            if !weak.is_empty() {
                let name = component.program.name();
                let verb = if weak.len() == 1 { "is" } else { "are" };
                let message = format!("{name} offers weak cipher suites: {} {verb} weak", weak.join(", "));
                out.fail(place, message).key(format!("{name}/{flag}"));
            }
        }
        other => {
            let other = match other {
                Val::Known(_, place) => Val::Absent(place),
                other => other,
            };
            if let Some(found) = fault(component, out, other, Vec::new(), |_| weak_default) {
                report(component, out, found, flag, "offers weak cipher suites by default");
            }
        }
    }
}

/// Reports an API server that rotates its audit log at less than `least` of what `flag` counts.
pub fn audit_rotation<'a>(
    component: &Component<'a>,
    (flag, least): (&str, i64),
    words: &str,
    out: &mut Out<'a>,
) {
    // Standard output is rotated by others; a webhook has no files at all.
    let path = component.text("audit-log-path").known().unwrap_or_default();
    if path == "-" || (path.is_empty() && component.has_any(&["audit-webhook-config-file"])) {
        return;
    }
    let Some(found) = fault(component, out, component.int(flag), 0, |n| *n < least) else { return };
    let change = plan(component, flag, &least.into(), true);
    let draft = report(component, out, found, flag, words);
    if let Some(change) = change {
        draft.fix(change);
    }
}

/// Reports a component whose `--bind-address` is more than the loopback address.
pub fn listens_beyond_loopback<'a>(component: &Component<'a>, out: &mut Out<'a>) {
    let flag = "bind-address";
    let beyond = |address: &String| !is_loopback(address);
    let Some(found) = fault(component, out, component.text(flag), "0.0.0.0".to_owned(), beyond) else {
        return;
    };
    let change = plan(component, flag, &"127.0.0.1".into(), false);
    let draft = report(component, out, found, flag, "listens on more than the loopback address");
    if let Some(change) = change {
        draft.fix(change);
    }
}

/// Reports an API server whose `--authorization-mode` lacks `mode`.
pub fn authorizer_missing<'a>(component: &Component<'a>, mode: &str, out: &mut Out<'a>) {
    if let Val::Known(_, place) = component.text("authorization-config") {
        let why =
            Why::new(WhyCode::MissingInput, "the authorizers stand in an authorization configuration file");
        out.unknown(place, why);
        return;
    }
    let flag = "authorization-mode";
    let lacks = |modes: &Vec<String>| !modes.iter().any(|m| m == mode);
    let Some(found) = fault(component, out, component.list(flag), Vec::new(), lacks) else { return };
    let change = plan(component, flag, &"Node,RBAC".into(), false);
    let words = format!("does not use the authorization mode `{mode}`");
    let draft = report(component, out, found, flag, &words);
    if let Some(change) = change {
        draft.fix(change);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_loopback_addresses() {
        for address in
            ["127.0.0.1", "127.0.0.1:10249", "http://127.0.0.1:2381", "localhost:1", "[::1]:80", "::1"]
        {
            assert!(is_loopback(address), "{address}");
        }
        for address in ["0.0.0.0", "::", "[::]:10249", "http://10.0.0.1:2381", "0.0.0.0:10249", ""] {
            assert!(!is_loopback(address), "{address}");
        }
    }

    #[test]
    fn tells_weak_ciphers() {
        for cipher in [
            "TLS_RSA_WITH_AES_128_CBC_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
            "TLS_RSA_WITH_RC4_128_SHA",
        ] {
            assert!(is_weak_cipher(cipher), "{cipher}");
        }
        for cipher in [
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305",
            "TLS_AES_128_GCM_SHA256",
        ] {
            assert!(!is_weak_cipher(cipher), "{cipher}");
        }
    }
}
