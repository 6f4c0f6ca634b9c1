//! Secrets that are known by their form alone.

use super::value::{is_filled_in_later, is_placeholder};
use std::ops::Range;

/// What a private key is called in messages.
pub(super) const PRIVATE_KEY: &str = "a private key";

/// A secret found by its form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// What it is, as a noun phrase: `a GitHub token`.
    pub kind: &'static str,
}

#[derive(Clone, Copy)]
enum Letters {
    Upper,
    Alnum,
    Word,
    Url,
    Hex,
}

impl Letters {
    fn has(self, b: u8) -> bool {
        match self {
            Self::Upper => b.is_ascii_uppercase() || b.is_ascii_digit(),
            Self::Alnum => b.is_ascii_alphanumeric(),
            Self::Word => b.is_ascii_alphanumeric() || b == b'_',
            Self::Url => b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.' | b'/' | b'='),
            Self::Hex => b.is_ascii_hexdigit(),
        }
    }
}

/// Tokens that begin with a fixed text: prefix, letters that follow, fewest and most of them, what it is.
const PREFIXED: &[(&str, Letters, usize, usize, &str)] = &[
    ("AKIA", Letters::Upper, 16, 16, "an AWS access key id"),
    ("ASIA", Letters::Upper, 16, 16, "an AWS access key id"),
    ("ABIA", Letters::Upper, 16, 16, "an AWS access key id"),
    ("ghp_", Letters::Alnum, 36, 255, "a GitHub token"),
    ("gho_", Letters::Alnum, 36, 255, "a GitHub token"),
    ("ghu_", Letters::Alnum, 36, 255, "a GitHub token"),
    ("ghs_", Letters::Alnum, 36, 255, "a GitHub token"),
    ("ghr_", Letters::Alnum, 36, 255, "a GitHub token"),
    ("github_pat_", Letters::Word, 40, 255, "a GitHub token"),
    ("glpat-", Letters::Url, 20, 300, "a GitLab token"),
    ("gldt-", Letters::Url, 20, 300, "a GitLab token"),
    ("glrt-", Letters::Url, 20, 300, "a GitLab token"),
    ("glcbt-", Letters::Url, 20, 300, "a GitLab token"),
    ("xoxb-", Letters::Url, 20, 300, "a Slack token"),
    ("xoxp-", Letters::Url, 20, 300, "a Slack token"),
    ("xoxa-", Letters::Url, 20, 300, "a Slack token"),
    ("xoxr-", Letters::Url, 20, 300, "a Slack token"),
    ("xoxs-", Letters::Url, 20, 300, "a Slack token"),
    ("xapp-", Letters::Url, 20, 300, "a Slack token"),
    ("sk_live_", Letters::Alnum, 16, 255, "a Stripe key"),
    ("rk_live_", Letters::Alnum, 16, 255, "a Stripe key"),
    ("sk-ant-", Letters::Url, 24, 300, "an Anthropic key"),
    ("sk-proj-", Letters::Url, 24, 300, "an OpenAI key"),
    ("AIza", Letters::Url, 35, 35, "a Google API key"),
    ("ya29.", Letters::Url, 30, 2000, "a Google OAuth token"),
    ("GOCSPX-", Letters::Url, 24, 40, "a Google OAuth client secret"),
    ("npm_", Letters::Alnum, 36, 36, "an npm token"),
    ("pypi-AgEIcHlwaS5vcmc", Letters::Url, 30, 300, "a PyPI token"),
    ("dckr_pat_", Letters::Url, 20, 60, "a Docker Hub token"),
    ("hvs.", Letters::Url, 24, 300, "a Vault token"),
    ("hvb.", Letters::Url, 24, 300, "a Vault token"),
    ("dop_v1_", Letters::Hex, 64, 64, "a DigitalOcean token"),
    ("doo_v1_", Letters::Hex, 64, 64, "a DigitalOcean token"),
    ("SG.", Letters::Url, 60, 80, "a SendGrid key"),
    ("shpat_", Letters::Hex, 32, 32, "a Shopify token"),
    ("shpss_", Letters::Hex, 32, 32, "a Shopify secret"),
    ("AGE-SECRET-KEY-1", Letters::Upper, 58, 58, "an age private key"),
    ("hf_", Letters::Alnum, 34, 40, "a Hugging Face token"),
    ("glsa_", Letters::Word, 41, 60, "a Grafana token"),
    ("NRAK-", Letters::Upper, 27, 27, "a New Relic key"),
    ("lin_api_", Letters::Alnum, 40, 40, "a Linear key"),
    ("dp.pt.", Letters::Alnum, 40, 50, "a Doppler token"),
    ("PMAK-", Letters::Url, 50, 70, "a Postman key"),
    ("dapi", Letters::Hex, 32, 32, "a Databricks token"),
    ("pul-", Letters::Hex, 40, 40, "a Pulumi token"),
    ("sntrys_", Letters::Url, 40, 300, "a Sentry token"),
    ("figd_", Letters::Url, 40, 60, "a Figma token"),
];

/// Every secret in `text` that is known by its form: tokens with a fixed beginning, private keys, JSON web
/// tokens, URLs with a password, webhook addresses. In order of position, not overlapping.
pub fn judge_text(text: &str) -> Vec<Hit> {
    let mut hits = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let found = match bytes.get(at) {
            Some(b'-') => private_key(text, at),
            Some(b':') => password_in_url(text, at),
            Some(b'A'..=b'Z' | b'a'..=b'z') if is_start(bytes, at) => {
                prefixed(text, at).or_else(|| jwt(text, at)).or_else(|| webhook(text, at))
            }
            _ => None,
        };
        if let Some(hit) = found.filter(|h| h.range.end > at) {
            at = hit.range.end;
            hits.push(hit);
        } else {
            at += 1;
        }
    }
    hits
}

fn is_start(bytes: &[u8], at: usize) -> bool {
    at.checked_sub(1).and_then(|i| bytes.get(i)).is_none_or(|b| !b.is_ascii_alphanumeric() && *b != b'_')
}

fn run(text: &str, from: usize, letters: Letters, most: usize) -> usize {
    let rest = text.as_bytes().get(from..).unwrap_or_default();
    rest.iter().take(most + 1).take_while(|b| letters.has(**b)).count()
}

fn prefixed(text: &str, at: usize) -> Option<Hit> {
    let rest = text.get(at..)?;
    let (prefix, letters, least, most, kind) = PREFIXED.iter().find(|p| rest.starts_with(p.0))?;
    let length = run(text, at + prefix.len(), *letters, *most);
    if !(*least..=*most).contains(&length) {
        return None;
    }
    let range = at..at + prefix.len() + length;
    let body = text.get(at + prefix.len()..range.end)?;
    let varied = body.bytes().any(|b| Some(&b) != body.as_bytes().first());
    let example = body.contains("EXAMPLE") || is_placeholder(body);
    (varied && !example).then_some(Hit { range, kind })
}

fn jwt(text: &str, at: usize) -> Option<Hit> {
    let rest = text.get(at..)?;
    if !rest.starts_with("eyJ") {
        return None;
    }
    let end = rest
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')))
        .unwrap_or(rest.len());
    let mut parts = rest.get(..end)?.split('.');
    let (header, claims, signature) = (parts.next()?, parts.next()?, parts.next()?);
    let whole = header.len() >= 16 && claims.len() >= 10 && claims.starts_with("ey") && signature.len() >= 16;
    (whole && parts.next().is_none()).then_some(Hit { range: at..at + end, kind: "a JSON web token" })
}

fn private_key(text: &str, at: usize) -> Option<Hit> {
    let rest = text.get(at..)?;
    let after = rest.strip_prefix("-----BEGIN ")?;
    let label_end = after.find("-----")?;
    let label = after.get(..label_end)?;
    if label.len() > 40 || !label.contains("PRIVATE KEY") {
        return None;
    }
    let body = after.get(label_end + 5..)?;
    let stop = body.find("-----END");
    let end = stop.unwrap_or(body.len().min(10_000));
    let letters = body.bytes().take(end).filter(u8::is_ascii_alphanumeric).count();
    let body_at = at + "-----BEGIN ".len() + label_end + 5;
    // Documentation shows keys with dots in the middle.
    (letters >= 40).then_some(Hit { range: at..body_at + end, kind: PRIVATE_KEY })
}

/// `scheme://user:password@host`; `at` is the colon after the scheme.
fn password_in_url(text: &str, at: usize) -> Option<Hit> {
    let rest = text.get(at..)?.strip_prefix("://")?;
    let scheme_end = text.get(..at)?;
    if !scheme_end.ends_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let authority_end =
        rest.find(|c: char| matches!(c, '/' | '?' | '#' | '"' | '\'' | '`' | '>' | ',') || c.is_whitespace());
    // A password may itself contain a slash, but then it should have been escaped.
    let authority = authority_end.map_or(rest, |end| rest.get(..end).unwrap_or(rest));
    let (user_info, host) = authority.rsplit_once('@')?;
    let (user, password) = user_info.split_once(':')?;
    if password.is_empty() || host.is_empty() || user.len() > 200 {
        return None;
    }
    let plain = password.to_ascii_lowercase();
    let stand_in = is_placeholder(password)
        || is_filled_in_later(password)
        || password.contains("$(")
        || password.starts_with(['$', '<', '{', '%', '*'])
        || matches!(plain.as_str(), "password" | "pass" | "passwd" | "pwd" | "token" | "secret" if user == "user" || user == "username");
    let start = at + 3 + user.len() + 1;
    (!stand_in).then_some(Hit { range: start..start + password.len(), kind: "a URL with a password" })
}

fn webhook(text: &str, at: usize) -> Option<Hit> {
    const HOOKS: &[(&str, usize, &str)] = &[
        ("hooks.slack.com/services/T", 30, "a Slack webhook address"),
        ("discord.com/api/webhooks/", 60, "a Discord webhook address"),
        ("discordapp.com/api/webhooks/", 60, "a Discord webhook address"),
    ];
    let rest = text.get(at..)?;
    let (start, least, kind) = HOOKS.iter().find(|h| rest.starts_with(h.0))?;
    let length = run(text, at + start.len(), Letters::Url, 300);
    let range = at..at + start.len() + length;
    let body = text.get(at + start.len()..range.end)?;
    (length >= *least && !is_placeholder(body) && !body.contains("00000000")).then_some(Hit { range, kind })
}

#[cfg(test)]
#[allow(clippy::string_slice)]
mod tests {
    use super::judge_text;

    fn kinds(text: &str) -> Vec<&'static str> {
        judge_text(text).into_iter().map(|h| h.kind).collect()
    }

    #[test]
    fn known_forms() {
        let letters = "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0";
        let ghp = format!("token ghp_{} end", &letters[..36]);
        let found = judge_text(&ghp);
        assert_eq!(&ghp[found[0].range.clone()], format!("ghp_{}", &letters[..36]));
        assert_eq!(kinds("AKIAQYLPMN5HHHFPZAM2"), ["an AWS access key id"]);
        assert_eq!(kinds(&format!("glpat-{}", &letters[..20])), ["a GitLab token"]);
        assert_eq!(kinds(&format!("AIza{}", &letters[..35])), ["a Google API key"]);
        assert_eq!(kinds(&format!("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.{letters}")), ["a JSON web token"]);
        assert_eq!(kinds("postgres://app:S3cret@db/app"), ["a URL with a password"]);
        assert_eq!(kinds("amqp://guest:guest@mq:5672"), ["a URL with a password"]);
        assert_eq!(kinds("redis://:p4ss@redis:6379/0"), ["a URL with a password"]);
        let two = format!("ghp_{0} and ghp_{0}", &letters[..36]);
        assert_eq!(judge_text(&two).len(), 2);
    }

    #[test]
    fn not_secrets() {
        for text in [
            "AKIAIOSFODNN7EXAMPLE",
            "XAKIAQYLPMN5HHHFPZAM2",
            "AKIAQYLPMN5HHHFPZAM2X",
            "ghp_short",
            "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            "https://example.com/path",
            "https://user@example.com",
            "postgres://app:$(PASSWORD)@db/app",
            "postgres://app:${PASSWORD}@db/app",
            "postgres://user:password@host/db",
            "postgres://app:<password>@db",
            "image: ghcr.io/a/b@sha256:0123",
            "http://[::1]:8080/x",
            "-----BEGIN CERTIFICATE-----\nMIIEowIBAAKCAQEA0Z3VS5JJcds3xfn/ygWyF8PbnGy0AHB7MhgwMbRvI0MBZhpI",
            "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
            "eyJhbGciOiJIUzI1NiJ9",
            "https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
            "",
        ] {
            assert!(kinds(text).is_empty(), "{text}: {:?}", kinds(text));
        }
    }

    #[test]
    fn odd_bytes_do_no_harm() {
        for text in ["ä://ö:ü@ß", "-----BEGIN ", "://", "eyJ...", "ghp_ä", "-----BEGIN é PRIVATE KEY-----"]
        {
            let _ = judge_text(text);
        }
    }
}
