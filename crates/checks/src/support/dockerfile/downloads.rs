//! Downloads by curl and wget, and what becomes of them.

use model::Span;
use syntax::shell::{Invocation, RedirectOp};

/// A call of curl or wget that fetches something.
#[derive(Clone, Debug)]
pub struct Fetch {
    /// The program.
    pub tool: String,
    /// The addresses as written, `?` in place of what only a run can tell.
    pub urls: Vec<(String, Span)>,
    /// The file it is written to, if the command says so.
    pub file: Option<String>,
    /// True if it goes to standard output.
    pub to_stdout: bool,
    /// Options as written, with their values.
    pub options: Vec<(String, Option<String>, Span)>,
}

const CURL_SHORT: &str = "oHdXuAeFTbcCEmrtwxyYzKUQPDh";
const CURL_LONG: &[&str] = &[
    "--output",
    "--header",
    "--data",
    "--request",
    "--user",
    "--user-agent",
    "--referer",
    "--form",
    "--upload-file",
    "--cookie",
    "--cookie-jar",
    "--cacert",
    "--cert",
    "--key",
    "--capath",
    "--max-time",
    "--connect-timeout",
    "--retry",
    "--retry-delay",
    "--retry-max-time",
    "--range",
    "--write-out",
    "--proxy",
    "--config",
    "--data-raw",
    "--data-binary",
    "--data-urlencode",
    "--output-dir",
    "--url",
    "--proto",
    "--ciphers",
    "--resolve",
    "--interface",
    "--limit-rate",
    "--max-redirs",
    "--max-filesize",
    "--noproxy",
    "--oauth2-bearer",
    "--tls-max",
    "--unix-socket",
    "--aws-sigv4",
    "--netrc-file",
    "--pinnedpubkey",
    "--proxy-user",
    "--json",
    "--speed-limit",
    "--speed-time",
    "--stderr",
    "--time-cond",
    "--proto-redir",
];
const WGET_SHORT: &str = "OoaieBtTwQPUDRIAXlY";
const WGET_LONG: &[&str] = &[
    "--output-document",
    "--output-file",
    "--directory-prefix",
    "--header",
    "--user",
    "--password",
    "--user-agent",
    "--post-data",
    "--tries",
    "--timeout",
    "--wait",
    "--input-file",
    "--base",
    "--quota",
    "--ca-certificate",
    "--ca-directory",
    "--certificate",
    "--private-key",
    "--execute",
    "--progress",
    "--http-user",
    "--http-password",
    "--accept",
    "--reject",
    "--level",
    "--domains",
    "--waitretry",
    "--read-timeout",
    "--connect-timeout",
    "--dns-timeout",
    "--append-output",
    "--body-data",
    "--method",
    "--referer",
    "--secure-protocol",
    "--limit-rate",
];

/// Reads a command as a download.
pub fn fetch(command: &Invocation<'_>) -> Option<Fetch> {
    let tool = command.name()?;
    let (short, long) = match tool.as_str() {
        "curl" => (CURL_SHORT, CURL_LONG),
        "wget" | "wget2" => (WGET_SHORT, WGET_LONG),
        "aria2c" | "axel" | "fetch" | "http" | "https" | "lynx" | "links" => ("od", &["--out", "--dir"][..]),
        _ => return None,
    };
    let mut found = Fetch { tool, urls: Vec::new(), file: None, to_stdout: true, options: Vec::new() };
    let mut words = command.args().iter();
    while let Some(word) = words.next() {
        let text = super::shown(word);
        if text.len() > 1 && text.starts_with("--") {
            let (name, mut value) = match text.split_once('=') {
                Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
                None => (text, None),
            };
            let mut at = word.span;
            if value.is_none() && long.contains(&name.as_str()) {
                let next = words.next();
                value = next.map(super::shown);
                at = next.map_or(at, |w| at.cover(w.span));
                if let (true, Some(url), Some(next)) = (name == "--url", &value, next) {
                    found.urls.push((url.clone(), next.span));
                }
            }
            found.options.push((name, value, at));
        } else if text.len() > 1 && text.starts_with('-') {
            for (i, letter) in text.char_indices().skip(1) {
                if !short.contains(letter) || (found.tool != "curl" && letter == 'e' && text.len() > 2) {
                    found.options.push((format!("-{letter}"), None, word.span));
                    continue;
                }
                let rest = text.get(i + letter.len_utf8()..).unwrap_or("");
                let (value, at) = if rest.is_empty() {
                    let next = words.next();
                    (next.map(super::shown), next.map_or(word.span, |w| word.span.cover(w.span)))
                } else {
                    (Some(rest.to_owned()), word.span)
                };
                found.options.push((format!("-{letter}"), value, at));
                break;
            }
        } else {
            found.urls.push((text, word.span));
        }
    }
    let last_part = |found: &Fetch| {
        let (url, _) = found.urls.first()?;
        without_query(url).rsplit('/').next().filter(|n| !n.is_empty()).map(str::to_owned)
    };
    let named = |names: &[&str], found: &Fetch| {
        let option = found.options.iter().rfind(|(n, _, _)| names.contains(&n.as_str()))?;
        Some(option.1.clone().unwrap_or_default())
    };
    let curl = found.tool == "curl";
    let output = if curl {
        named(&["-o", "--output"], &found)
            .or_else(|| named(&["-O", "--remote-name", "-J"], &found).and_then(|_| last_part(&found)))
    } else if found.tool.starts_with("wget") {
        let folder = named(&["-P", "--directory-prefix"], &found);
        named(&["-O", "--output-document"], &found).or_else(|| {
            let name = last_part(&found)?;
            Some(folder.map_or(name.clone(), |f| format!("{}/{name}", f.trim_end_matches('/'))))
        })
    } else {
        None
    };
    found.to_stdout = match output.as_deref() {
        Some("-" | "/dev/stdout") => true,
        Some(_) => false,
        None => curl || found.tool == "http" || found.tool == "lynx",
    };
    found.file = output.filter(|o| o != "-" && o != "/dev/stdout");
    let redirect = command.redirects().iter().rfind(|r| {
        matches!(r.operator, RedirectOp::Output | RedirectOp::Append | RedirectOp::Clobber)
            && r.fd.is_none_or(|fd| fd == 1)
    });
    if let (true, Some(redirect)) = (found.to_stdout, redirect) {
        found.to_stdout = false;
        found.file = Some(super::shown(&redirect.target));
    }
    Some(found)
}

impl Fetch {
    /// True if one of the options is given.
    pub fn option(&self, names: &[&str]) -> Option<Span> {
        self.options.iter().find(|(n, _, _)| names.contains(&n.as_str())).map(|(_, _, s)| *s)
    }
}

/// An address without its query and fragment. A `?` in place of a variable's value is not the start of one.
pub fn without_query(url: &str) -> &str {
    let url = url.split('#').next().unwrap_or(url);
    match url.rsplit_once('?') {
        Some((path, query)) if query.contains('=') && !query.contains('/') => path,
        _ => url,
    }
}

/// True for an address that is fetched over plain HTTP from another machine.
pub fn is_plain_http(url: &str) -> bool {
    let lower = url.to_ascii_lowercase();
    let Some(rest) = lower.strip_prefix("http://").or_else(|| lower.strip_prefix("ftp://")) else {
        return false;
    };
    let authority = rest.split('/').next().unwrap_or(rest);
    let host = authority.rsplit('@').next().unwrap_or(authority).split(':').next().unwrap_or("");
    !(matches!(
        host,
        "localhost"
            | "0.0.0.0"
            | "host.docker.internal"
            | "169.254.169.254"
            | ""
            | "metadata.google.internal"
    ) || host.starts_with("127.")
        || host.starts_with("[::1")
        || host.starts_with('?'))
}

/// True for a program that checks what was downloaded against a checksum or a signature.
pub fn verifies(command: &Invocation<'_>) -> bool {
    let Some(name) = command.name() else { return false };
    match name.as_str() {
        "sha1sum" | "sha224sum" | "sha256sum" | "sha384sum" | "sha512sum" | "shasum" | "md5sum" | "b2sum"
        | "sum" | "cosign" | "minisign" | "signify" | "slsa-verifier" | "gpgv" | "gpgv2" => true,
        "gpg" | "gpg2" => command.has_option(None, "--verify") || command.has_option(None, "verify"),
        "openssl" => command.args().first().is_some_and(|w| w.is("dgst") || w.is("sha256")),
        _ => false,
    }
}

/// True for a program that runs what it reads or is given as a file.
pub fn is_interpreter(name: &str) -> bool {
    matches!(
        name,
        "sh" | "bash"
            | "dash"
            | "ash"
            | "zsh"
            | "ksh"
            | "mksh"
            | "fish"
            | "perl"
            | "ruby"
            | "node"
            | "nodejs"
            | "php"
            | "lua"
            | "tclsh"
            | "deno"
            | "bun"
            | "pwsh"
    ) || name.strip_prefix("python").is_some_and(|v| v.bytes().all(|b| b.is_ascii_digit() || b == b'.'))
}
