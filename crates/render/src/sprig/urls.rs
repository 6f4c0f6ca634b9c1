//! `urlParse` and `urlJoin`, as Go's `net/url` takes addresses apart and together.

use super::arguments::{exactly, map, text};
use crate::context::Function;
use crate::value::{Map, Value};
use std::fmt::Write as _;
use std::rc::Rc;

pub(super) const FUNCTIONS: &[(&str, Function)] = &[
    ("urlParse", |context, a| {
        let [value] = exactly("urlParse", a)?;
        let url = text(value)?.str();
        let parts =
            parse(&url).map_err(|why| format!("unable to parse url: parse {}: {why}", quoted(&url)))?;
        let entry = |(key, text): (&'static str, String)| (Rc::from(key), text);
        let mut entries = Vec::new();
        for (key, text) in parts.entries().map(entry) {
            entries.push((key, context.computed(Value::str(text), a)));
        }
        Ok(context.computed(Value::map(entries), a))
    }),
    ("urlJoin", |context, a| {
        let [value] = exactly("urlJoin", a)?;
        let map = map(value)?;
        let url = join(&map)?;
        let parts: Vec<Value> = map.snapshot().into_iter().map(|(_, value)| value).collect();
        Ok(context.computed(Value::str(url), &parts))
    }),
];

/// A text as Go quotes it.
fn quoted(text: &str) -> String {
    let mut out = crate::text::TextBuf::default();
    super::quoting::push_quoted(&mut out, &crate::text::Text::plain(text));
    out.finish().str().into_owned()
}

#[derive(Default)]
struct Url {
    scheme: String,
    userinfo: String,
    host: String,
    path: String,
    query: String,
    opaque: String,
    fragment: String,
}

impl Url {
    fn entries(self) -> impl Iterator<Item = (&'static str, String)> {
        let hostname = hostname(&self.host).to_owned();
        [
            ("scheme", self.scheme),
            ("host", self.host),
            ("hostname", hostname),
            ("path", self.path),
            ("query", self.query),
            ("opaque", self.opaque),
            ("fragment", self.fragment),
            ("userinfo", self.userinfo),
        ]
        .into_iter()
    }
}

fn hostname(host: &str) -> &str {
    let without_port = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    without_port
        .strip_prefix('[')
        .and_then(|inner| inner.split_once(']'))
        .map_or(without_port, |(inner, _)| inner)
}

fn parse(text: &str) -> Result<Url, String> {
    if text.bytes().any(|byte| byte < b' ' || byte == 0x7f) {
        return Err("net/url: invalid control character in URL".to_owned());
    }
    let (text, fragment) = text.split_once('#').unwrap_or((text, ""));
    let mut url = Url { fragment: unescaped(fragment, Place::Fragment)?, ..Url::default() };
    if text == "*" {
        "*".clone_into(&mut url.path);
        return Ok(url);
    }
    let (scheme, rest) = scheme(text)?;
    url.scheme = scheme.to_ascii_lowercase();
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    query.clone_into(&mut url.query);
    let mut rest = rest;
    if !rest.starts_with('/') {
        if !url.scheme.is_empty() {
            rest.clone_into(&mut url.opaque);
            return Ok(url);
        }
        if rest.split('/').next().is_some_and(|first| first.contains(':')) {
            return Err("first path segment in URL cannot contain colon".to_owned());
        }
    }
    if let Some(after) = rest.strip_prefix("//")
        && (!url.scheme.is_empty() || !rest.starts_with("///"))
    {
        let (authority, path) =
            after.split_at_checked(after.find('/').unwrap_or(after.len())).unwrap_or((after, ""));
        rest = path;
        let host = match authority.rsplit_once('@') {
            Some((user, host)) => {
                url.userinfo = userinfo(user)?;
                host
            }
            None => authority,
        };
        url.host = parse_host(host)?;
    }
    url.path = unescaped(rest, Place::Path)?;
    Ok(url)
}

fn scheme(text: &str) -> Result<(&str, &str), String> {
    for (at, c) in text.char_indices() {
        match c {
            'a'..='z' | 'A'..='Z' => {}
            '0'..='9' | '+' | '-' | '.' if at > 0 => {}
            ':' if at == 0 => return Err("missing protocol scheme".to_owned()),
            ':' => return Ok((text.get(..at).unwrap_or_default(), text.get(at + 1..).unwrap_or_default())),
            _ => break,
        }
    }
    Ok(("", text))
}

fn userinfo(text: &str) -> Result<String, String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || "-._:~!$&'()*+,;=%@".contains(c);
    if !text.chars().all(fits) {
        return Err("net/url: invalid userinfo".to_owned());
    }
    let escape = |part: &str| Ok::<_, String>(escaped(&unescaped(part, Place::User)?, Place::User));
    match text.split_once(':') {
        Some((user, password)) => Ok(format!("{}:{}", escape(user)?, escape(password)?)),
        None => escape(text),
    }
}

fn parse_host(host: &str) -> Result<String, String> {
    let port = if host.starts_with('[') {
        let Some((_, port)) = host.rsplit_once(']') else {
            return Err("missing ']' in host".to_owned());
        };
        port
    } else {
        host.rfind(':').and_then(|at| host.get(at..)).unwrap_or_default()
    };
    let is_port = port.is_empty()
        || port.strip_prefix(':').is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
    if !is_port {
        return Err(format!("invalid port {} after host", quoted(port)));
    }
    unescaped(host, Place::Host)
}

/// Which part of an address is read or written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Path,
    Host,
    User,
    Fragment,
}

fn unescaped(text: &str, place: Place) -> Result<String, String> {
    let mut out = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if *byte == b'%' {
            let digits = bytes.get(at + 1..at + 3).and_then(|digits| std::str::from_utf8(digits).ok());
            let code = digits
                .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
                .and_then(|digits| u8::from_str_radix(digits, 16).ok());
            let Some(code) = code else {
                let end = bytes.len().min(at + 3);
                let shown = String::from_utf8_lossy(bytes.get(at..end).unwrap_or_default());
                return Err(format!("invalid URL escape {}", quoted(&shown)));
            };
            // A host holds escapes of what is not ASCII only, but for the zone of an address.
            if place == Place::Host && code < 0x80 && code != b'%' {
                return Err(format!(
                    "invalid URL escape {}",
                    quoted(&format!("%{}", digits.unwrap_or_default()))
                ));
            }
            out.push(code);
            at += 3;
            continue;
        }
        if place == Place::Host && byte.is_ascii() && !stands_as_it_is(*byte, place) {
            let shown = quoted(&char::from(*byte).to_string());
            return Err(format!("invalid character {shown} in host name"));
        }
        out.push(*byte);
        at += 1;
    }
    Ok(String::from_utf8_lossy(&out).into_owned())
}

fn stands_as_it_is(byte: u8, place: Place) -> bool {
    if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
        return true;
    }
    let others: &[u8] = match place {
        Place::Path => b"$&+,/:;=@",
        Place::Host => b"!$&'()*+,;=:[]<>\"",
        Place::User => b"$&+,;=",
        Place::Fragment => b"$&+,/:;=?@!()*",
    };
    others.contains(&byte)
}

fn escaped(text: &str, place: Place) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if stands_as_it_is(byte, place) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

fn join(map: &Map) -> Result<String, String> {
    let entry = |key: &str| match map.get(key) {
        None => Ok(String::new()),
        Some(Value::Str(text)) => Ok(text.str().into_owned()),
        Some(other) => Err(format!(
            "unable to parse {key} key, must be of type string, but {} found",
            if other.is_nil() { "<nil>" } else { other.type_name() }
        )),
    };
    let (scheme, host, path) = (entry("scheme")?, entry("host")?, entry("path")?);
    let (query, opaque, fragment) = (entry("query")?, entry("opaque")?, entry("fragment")?);
    let user = match entry("userinfo")?.as_str() {
        "" => String::new(),
        given => {
            let address = format!("proto://{given}@host");
            let parsed = parse(&address).map_err(|why| {
                format!("unable to parse userinfo in dict: parse {}: {why}", quoted(&address))
            })?;
            parsed.userinfo
        }
    };
    let mut out = String::new();
    if !scheme.is_empty() {
        out.push_str(&scheme);
        out.push(':');
    }
    if opaque.is_empty() {
        if !host.is_empty() || !user.is_empty() || (!scheme.is_empty() && path.starts_with("//")) {
            out.push_str("//");
            if !user.is_empty() {
                out.push_str(&user);
                out.push('@');
            }
            out.push_str(&escaped(&host, Place::Host));
        }
        let shown = escaped(&path, Place::Path);
        if !shown.is_empty() && !shown.starts_with('/') && !host.is_empty() {
            out.push('/');
        }
        // So that what is before the colon is not taken for a scheme.
        if out.is_empty() && shown.split('/').next().is_some_and(|first| first.contains(':')) {
            out.push_str("./");
        }
        out.push_str(&shown);
    } else {
        out.push_str(&opaque);
    }
    if !query.is_empty() {
        out.push('?');
        out.push_str(&query);
    }
    if !fragment.is_empty() {
        out.push('#');
        out.push_str(&escaped(&fragment, Place::Fragment));
    }
    Ok(out)
}
