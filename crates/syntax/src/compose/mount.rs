//! What a service mounts, in the short and the long form.

use super::{Field, Project};
use crate::Node;
use model::Val;

/// What a mount is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MountKind {
    /// A path of the host, or a named volume that is bound to one.
    Bind,
    /// A named or anonymous volume.
    Volume,
    /// Memory.
    Tmpfs,
    /// A pipe of a Windows host.
    Npipe,
    /// Something else (`image`, `cluster`).
    Other,
}

/// One entry of a service's `volumes`.
#[derive(Clone, Debug)]
pub struct Mount<'a> {
    /// The entry.
    pub field: Field<'a>,
    /// What it is.
    pub kind: MountKind,
    /// The path of the host or the name of the volume as written, as far as it is known; `${NAME}` stands
    /// where it is not. Empty for an anonymous volume.
    pub source: String,
    /// The path in the container, in the same way.
    pub target: String,
    /// True if it can't be written to.
    pub read_only: Val<bool, Node<'a>>,
    /// Where a named volume is bound to a path of the host, the place that says so.
    pub bound_by: Option<Field<'a>>,
    /// Its further options: `rshared`, `z`, `nocopy`.
    pub options: Vec<String>,
}

impl<'a> Mount<'a> {
    /// Reads an entry.
    pub(super) fn read(project: &'a Project, field: Field<'a>) -> Self {
        let mut mount = match field.text() {
            Some(text) => short(field, text),
            None => long(field),
        };
        if mount.kind == MountKind::Volume && !mount.source.is_empty() {
            let device = project.top("volumes").get(&mount.source).at(&["driver_opts", "device"]);
            let options = project.top("volumes").get(&mount.source).at(&["driver_opts", "o"]);
            let binds =
                options.text().is_some_and(|o| o.split(',').any(|o| matches!(o.trim(), "bind" | "rbind")));
            if let Some(path) = device.text().filter(|_| binds) {
                mount.kind = MountKind::Bind;
                mount.bound_by = Some(device);
                mount.source = path.to_owned();
            }
        }
        mount
    }

    /// The path of the host in its plain form (no `//`, `.` or `..`, no slash at the end) if this is a bind
    /// mount from an absolute path or from the home directory (`~/...`); relative paths are none.
    pub fn host_path(&self) -> Option<String> {
        if self.kind != MountKind::Bind {
            return None;
        }
        let source = self.source.trim();
        let home = ["~", "${HOME}", "${USERPROFILE}"]
            .iter()
            .find_map(|h| source.strip_prefix(h).filter(|rest| rest.is_empty() || rest.starts_with('/')));
        match home {
            Some(rest) => Some(format!("~{}", plain(rest).trim_end_matches('/'))),
            None => source.starts_with('/').then(|| plain(source)),
        }
    }
}

/// An absolute path without empty parts, `.` and `..`; `/` for the root.
fn plain(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    format!("/{}", parts.join("/"))
}

/// Splits at colons, but not after the letter of a Windows drive.
fn split(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(':') {
        let part = text.get(start..at).unwrap_or("");
        let drive = part.len() == 1
            && part.bytes().all(|b| b.is_ascii_alphabetic())
            && text.get(at + 1..).is_some_and(|rest| rest.starts_with(['\\', '/']))
            // `a:/b` is a volume `a`; only a backslash, or a further colon, tells a drive.
            && (text.get(at + 1..).is_some_and(|rest| rest.starts_with('\\') || rest.contains(':')));
        if !drive {
            parts.push(part);
            start = at + 1;
        }
    }
    parts.push(text.get(start..).unwrap_or(""));
    parts
}

fn is_path(source: &str) -> bool {
    source.starts_with(['.', '/', '~', '\\'])
        || (source.as_bytes().get(1) == Some(&b':')
            && source.as_bytes().first().is_some_and(u8::is_ascii_alphabetic))
        || (source.starts_with("${") && source.contains("}/"))
        || source.starts_with("${PWD}")
        || source.starts_with("${HOME}")
}

/// `[SOURCE:]TARGET[:OPTION,...]`
fn short<'a>(field: Field<'a>, text: &str) -> Mount<'a> {
    let parts = split(text);
    let (source, target, options) = match parts.as_slice() {
        [target] => ("", *target, ""),
        [source, target] => (*source, *target, ""),
        [source, target, options, ..] => (*source, *target, *options),
        [] => ("", "", ""),
    };
    let options: Vec<String> = options.split(',').filter(|o| !o.is_empty()).map(str::to_owned).collect();
    let kind = if source.starts_with(r"\\.\pipe") {
        MountKind::Npipe
    } else if is_path(source) {
        MountKind::Bind
    } else {
        MountKind::Volume
    };
    let read_only = if options.iter().any(|o| o.contains("${")) {
        Val::Unknown(field.why_unresolved(), field.node())
    } else {
        Val::Known(options.iter().any(|o| o == "ro" || o == "readonly"), field.node())
    };
    Mount {
        field,
        kind,
        source: source.to_owned(),
        target: target.to_owned(),
        read_only,
        bound_by: None,
        options,
    }
}

fn long(field: Field<'_>) -> Mount<'_> {
    let text = |keys: &[&str]| keys.iter().find_map(|key| field.get(key).text()).unwrap_or("").to_owned();
    let source = text(&["source", "src"]);
    let kind = match field.get("type").text() {
        Some("bind") => MountKind::Bind,
        Some("volume") => MountKind::Volume,
        Some("tmpfs") => MountKind::Tmpfs,
        Some("npipe") => MountKind::Npipe,
        Some(_) => MountKind::Other,
        None if is_path(&source) => MountKind::Bind,
        None => MountKind::Volume,
    };
    let flag = field.get("read_only");
    let flag = if flag.exists() { flag } else { field.get("readonly") };
    let read_only = match flag.bool() {
        Val::Absent(node) => Val::Known(false, node),
        other => other,
    };
    let options = field.at(&["bind", "propagation"]).text().map(str::to_owned).into_iter().collect();
    Mount {
        field,
        kind,
        source,
        target: text(&["target", "dst", "destination"]),
        read_only,
        bound_by: None,
        options,
    }
}
