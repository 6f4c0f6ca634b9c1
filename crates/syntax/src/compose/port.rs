//! Published ports, in the short and the long form.

use super::Field;
use crate::Node;
use model::{Val, Why, WhyCode};
use std::net::IpAddr;

/// A range of port numbers, first and last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ports {
    /// The first.
    pub first: u16,
    /// The last; the first again for a single port.
    pub last: u16,
}

impl Ports {
    /// True if `port` is one of them.
    pub const fn contains(self, port: u16) -> bool {
        self.first <= port && port <= self.last
    }

    /// True if some port is in both.
    pub const fn overlaps(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    fn parse(text: &str) -> Option<Self> {
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        let number =
            |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<u16>().ok()).flatten();
        let (first, last) = (number(first)?, number(last)?);
        (first <= last).then_some(Self { first, last })
    }
}

impl std::fmt::Display for Ports {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.first == self.last {
            write!(f, "{}", self.first)
        } else {
            write!(f, "{}-{}", self.first, self.last)
        }
    }
}

/// One entry of a service's `ports`.
#[derive(Clone, Debug)]
pub struct Port<'a> {
    /// The entry.
    pub field: Field<'a>,
    /// Address of the host it is bound to; absent means all of them.
    pub host_ip: Val<String, Node<'a>>,
    /// Ports of the host; absent means one chosen at random.
    pub published: Val<Ports, Node<'a>>,
    /// Ports of the container.
    pub target: Val<Ports, Node<'a>>,
    /// `tcp` unless it says otherwise.
    pub protocol: String,
}

impl<'a> Port<'a> {
    /// Reads an entry.
    pub(super) fn read(field: Field<'a>) -> Self {
        match field.text() {
            Some(text) => short(field, text),
            None => long(field),
        }
    }

    /// True if it is bound to every address of the host.
    pub fn is_open(&self) -> Val<bool, Node<'a>> {
        match self.host_ip.clone() {
            Val::Absent(node) => Val::Known(true, node),
            other => other.map(|ip| match ip.trim_matches(['[', ']']).parse::<IpAddr>() {
                Ok(ip) => ip.is_unspecified(),
                Err(_) => false,
            }),
        }
    }
}

fn unknown<T>(field: Field<'_>) -> Val<T, Node<'_>> {
    Val::Unknown(field.why_unresolved(), field.node())
}

fn ports<'a>(field: Field<'a>, text: &str) -> Val<Ports, Node<'a>> {
    match Ports::parse(text) {
        Some(ports) => Val::Known(ports, field.node()),
        None if text.contains("${") || field.unresolved().is_some() => unknown(field),
        None => Val::Unknown(
            Why::new(WhyCode::Malformed, format!("`{text}` is no port or range of ports")),
            field.node(),
        ),
    }
}

/// `[[IP:][HOST]:]CONTAINER[/PROTOCOL]`
fn short<'a>(field: Field<'a>, text: &str) -> Port<'a> {
    let node = field.node();
    let (rest, protocol) = match text.rsplit_once('/') {
        Some((rest, protocol)) => (rest, protocol.to_ascii_lowercase()),
        None => (text, "tcp".to_owned()),
    };
    let (host, target) = match rest.rsplit_once(':') {
        Some((host, target)) => (Some(host), target),
        None => (None, rest),
    };
    let target_value = ports(field, target);
    let (host_ip, published) = match host {
        // A variable alone may bring all three parts.
        None if Ports::parse(target).is_none() && field.unresolved().is_some() && !names_port(target) => {
            (unknown(field), unknown(field))
        }
        None => (Val::Absent(node), Val::Absent(node)),
        Some(host) => match host.rsplit_once(':') {
            Some((ip, published)) => {
                let host_ip = if ip.contains("${") {
                    unknown(field)
                } else if ip.is_empty() {
                    Val::Absent(node)
                } else {
                    Val::Known(ip.to_owned(), node)
                };
                let published =
                    if published.is_empty() { Val::Absent(node) } else { ports(field, published) };
                (host_ip, published)
            }
            None if host.contains("${") && !names_port(host) => (unknown(field), unknown(field)),
            // An address without a port: `127.0.0.1::80` has an empty one, `127.0.0.1:80` is none.
            None if host.parse::<IpAddr>().is_ok() => (Val::Known(host.to_owned(), node), Val::Absent(node)),
            None if host.is_empty() => (Val::Absent(node), Val::Absent(node)),
            None => (Val::Absent(node), ports(field, host)),
        },
    };
    Port { field, host_ip, published, target: target_value, protocol }
}

/// True if all that is unknown in `text` are variables that call themselves a port: then it can be taken for
/// a number, and not for an address with a number.
fn names_port(text: &str) -> bool {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        let Some((name, tail)) = after.split_once('}') else { return false };
        let number = before.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        if !number || !name.to_ascii_uppercase().contains("PORT") {
            return false;
        }
        rest = tail;
    }
    rest.bytes().all(|b| b.is_ascii_digit() || b == b'-')
}

fn long(field: Field<'_>) -> Port<'_> {
    let number = |key: &str| match field.get(key).str() {
        Val::Known(text, _) if !text.is_empty() => ports(field.get(key), text),
        Val::Known(_, node) | Val::Absent(node) => Val::Absent(node),
        Val::Unknown(why, node) => Val::Unknown(why, node),
    };
    let host_ip = match field.get("host_ip").str() {
        Val::Known("", node) => Val::Absent(node),
        other => other.map(str::to_owned),
    };
    Port {
        field,
        host_ip,
        published: number("published"),
        target: number("target"),
        protocol: field.get("protocol").scalar().unwrap_or("tcp").to_ascii_lowercase(),
    }
}
