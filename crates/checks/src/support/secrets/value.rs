//! What a value looks like: filled in later, a stand-in, a plain word, or something random.

use super::Sense;
use model::Confidence;
use syntax::placeholder;

/// Stand-ins, written without punctuation.
const WHOLE: &[&str] = &[
    "placeholder",
    "todo",
    "tbd",
    "fixme",
    "redacted",
    "masked",
    "hidden",
    "none",
    "null",
    "nil",
    "undefined",
    "unset",
    "empty",
    "notset",
    "notused",
    "unused",
    "na",
    "removed",
    "omitted",
    "sanitized",
    "example",
    "sample",
    "dummy",
    "ignored",
    "ignore",
    "invalid",
    "fake",
    "deprecated",
    "mock",
    "notasecret",
    "notarealsecret",
    "foobar",
    "encrypted",
    "overridden",
    "override",
    "overrideme",
    "setme",
    "editme",
    "fillme",
    "fillmein",
];
/// What shows a stand-in wherever it occurs.
const PARTS: &[&str] = &[
    "replaceme",
    "replacewith",
    "replacethis",
    "changethis",
    "yourpassword",
    "yoursecret",
    "yourtoken",
    "yourkey",
    "yourapikey",
    "youraccess",
    "yourclient",
    "yourown",
    "yourgithub",
    "inserthere",
    "enteryour",
    "insertyour",
    "puthere",
    "putyour",
    "addyour",
    "xxxxx",
    "somesecretvalue",
    "placeholder",
    "setyour",
    "goeshere",
    "tobereplaced",
    "willbereplaced",
    "secrethere",
    "passwordhere",
    "tokenhere",
    "keyhere",
    "donotuse",
    "examplekey",
    "base64encoded",
    "shhhh",
];

/// How sure it is that a value under a name of this sense is a secret; `None` if it is none.
pub(super) fn weigh(sense: Sense, value: &str) -> Option<Confidence> {
    if sense == Sense::Harmless || is_placeholder(value) || is_filled_in_later(value) || is_setting(value) {
        return None;
    }
    if is_place(value) {
        return None;
    }
    let plain = value.to_ascii_lowercase();
    if matches!(plain.as_str(), "changeme" | "change-me" | "change_me" | "changeit") {
        return Some(Confidence::Low);
    }
    match sense {
        Sense::Password if value.contains(char::is_whitespace) && value.len() > 80 => None,
        Sense::Password if names_a_secret(&plain) => None,
        Sense::Password => Some(if is_random(value) { Confidence::High } else { Confidence::Medium }),
        Sense::Secret | Sense::Key => {
            if value.contains(char::is_whitespace) || names_a_secret(&plain) || is_number(value) {
                None
            } else if is_random(value) {
                Some(Confidence::High)
            } else if sense == Sense::Secret || value.bytes().any(|b| b.is_ascii_digit()) {
                Some(Confidence::Low)
            } else {
                None
            }
        }
        Sense::Harmless => None,
    }
}

/// True for a text that something else replaces before it is used: `$(NAME)`, `${NAME}`, `{{ x }}`, `%NAME%`,
/// and the references of secret managers.
pub fn is_filled_in_later(value: &str) -> bool {
    const SCHEMES: &[&str] = &[
        "vault:",
        "ref+",
        "secretref:",
        "op://",
        "arn:aws",
        "arn:aws-cn",
        "projects/",
        "env:",
        "file:",
        "awssm:",
        "sm://",
        "aws-ssm:",
        "gcp-sm:",
        "keyvault:",
        "@microsoft.keyvault",
        "!vault",
        "sealed:",
        "enc[",
        "secret:",
        "ssm:",
        "doppler:",
        "bao:",
        "akeyless:",
        "valuefrom",
        "awssecret",
        "avp:",
    ];
    let lower = value.get(..24).unwrap_or(value).to_ascii_lowercase();
    placeholder::find(value).is_some()
        || (value.contains("$(") && value.contains(')'))
        || SCHEMES.iter().any(|scheme| lower.starts_with(scheme))
        || value.starts_with("((") && value.ends_with("))")
        || value.len() > 2 && value.starts_with('%') && value.ends_with('%')
        || value.len() > 2 && value.starts_with("__") && value.ends_with("__")
        || value.len() > 2 && value.starts_with('$') && is_identifier(value.get(1..).unwrap_or(""))
        || is_expansion(value)
        || value.starts_with("<path:")
}

/// True for what a shell makes a value of when it runs: `$(cmd`, `${NAME:-x}`, `"$NAME/x"`.
fn is_expansion(value: &str) -> bool {
    let plain = value.trim_start_matches(['"', '\'']);
    let rest = plain.strip_prefix('$').unwrap_or("");
    rest.starts_with(|c: char| matches!(c, '(' | '{' | '_') || c.is_ascii_uppercase())
}

fn is_identifier(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// True for a text that stands where a person is to put a secret: `<password>`, `xxxx`, `REPLACE_ME`.
pub fn is_placeholder(value: &str) -> bool {
    let value = value.trim().trim_matches(['"', '\'', '`']);
    let Some(first) = value.chars().next() else { return true };
    if value.chars().all(|c| c == first) && (!first.is_ascii_digit() || first == '0') {
        return true;
    }
    if (first == '<' && value.ends_with('>')) || (first == '[' && value.ends_with(']')) {
        return true;
    }
    let plain: String =
        value.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    WHOLE.contains(&plain.as_str())
        || PARTS.iter().any(|part| plain.contains(part))
        || (plain.starts_with("your") && value.contains(['-', '_', ' ']))
        || (plain.starts_with("replace") && value.contains(['-', '_', ' ']))
}

/// True for the value of a switch, a size or a span of time.
fn is_setting(value: &str) -> bool {
    matches!(
        value.to_ascii_lowercase().as_str(),
        "true"
            | "false"
            | "yes"
            | "no"
            | "on"
            | "off"
            | "enabled"
            | "disabled"
            | "enable"
            | "disable"
            | "auto"
            | "default"
            | "optional"
            | "required"
            | "always"
            | "never"
            | "prompt"
            | "any"
            | "all"
            | "file"
            | "env"
            | "bearer"
            | "basic"
            | "jwt"
            | "kubernetes"
            | "vault"
            | "plain"
            | "bcrypt"
    ) || is_duration(value)
}

fn is_duration(value: &str) -> bool {
    let digits = value.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = value.get(digits.len()..).unwrap_or("");
    matches!(unit, "ms" | "s" | "m" | "h" | "d" | "w" | "y" | "min" | "hours" | "days")
        && !digits.is_empty()
        && digits.bytes().all(|b| b.is_ascii_digit())
}

fn is_number(value: &str) -> bool {
    value.len() < 12 && value.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

/// True for a path, a URL or a host name: where something is, not what it is.
fn is_place(value: &str) -> bool {
    if value.contains("://") {
        return true;
    }
    let path_like = ["/", "./", "../", "~/", "C:\\", "c:\\"].iter().any(|start| value.starts_with(start));
    let words = || value.split(['/', '\\']).all(|part| part.len() < 40 && !is_random(part));
    if path_like && words() {
        return true;
    }
    let ending = value.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
    value.contains('.')
        && !value.contains(char::is_whitespace)
        && matches!(
            ending.as_str(),
            "txt"
                | "pem"
                | "crt"
                | "key"
                | "json"
                | "yaml"
                | "yml"
                | "conf"
                | "cfg"
                | "jks"
                | "p12"
                | "pfx"
                | "env"
                | "properties"
                | "toml"
                | "ini"
                | "local"
                | "svc"
                | "pub"
                | "cer"
                | "kdbx"
                | "asc"
                | "keytab"
        )
}

/// True for `web-tls`, `db-credentials`, `github-token`: lower-case words of which one says that this is the
/// name of a Secret object or of a key in one.
fn names_a_secret(value: &str) -> bool {
    let known = |word: &str| {
        matches!(
            word,
            "secret"
                | "secrets"
                | "token"
                | "tokens"
                | "credentials"
                | "credential"
                | "creds"
                | "tls"
                | "cert"
                | "certs"
                | "certificate"
                | "key"
                | "keys"
                | "regcred"
                | "auth"
                | "config"
                | "registry"
                | "apikey"
                | "password"
                | "passwd"
                | "pull"
                | "keystore"
                | "truststore"
                | "env"
        )
    };
    let words: Vec<&str> = value.split(['-', '_', '.', '/']).collect();
    words.len() > 1
        && words.iter().any(|w| known(w))
        && words.iter().all(|w| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase()))
}

/// True for a text that nobody would type as a word: by Shannon entropy and kinds of characters.
pub(super) fn is_random(value: &str) -> bool {
    if value.len() < 12 || value.contains(char::is_whitespace) {
        return false;
    }
    let mut counts = [0_u32; 256];
    for byte in value.bytes() {
        if let Some(count) = counts.get_mut(usize::from(byte)) {
            *count += 1;
        }
    }
    let length = f64::from(value.len() as u32);
    let entropy: f64 = counts
        .iter()
        .filter(|c| **c > 0)
        .map(|c| {
            let share = f64::from(*c) / length;
            -share * share.log2()
        })
        .sum();
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let hex = value.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    let mixed =
        value.bytes().any(|b| b.is_ascii_uppercase()) && value.bytes().any(|b| b.is_ascii_lowercase());
    if hex {
        digits >= 3 && entropy > 2.9
    } else {
        entropy > 3.3 && (digits >= 2 || (mixed && entropy > 3.8))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders() {
        for text in [
            "",
            "xxxx",
            "****",
            "<password>",
            "[secret]",
            "YOUR_API_KEY",
            "your-token-here",
            "REPLACE_ME",
            "replace-with-real",
            "TODO",
            "redacted",
            "0000",
            "...",
            "put_your_key",
            "\"\"",
        ] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in ["hunter2", "password", "admin", "1111", "secret", "yourself1"] {
            assert!(!is_placeholder(text), "{text}");
        }
    }

    #[test]
    fn randomness() {
        for text in ["a8f5f167f44f4964e6c998dee827110c", "Q~8kDf.vS9xPq_2mZ", "wJalrXUtnFEMIK7MDENGbPxRfiCY"]
        {
            assert!(is_random(text), "{text}");
        }
        for text in ["kubernetes.default.svc", "my-application-name", "short", "aaaaaaaaaaaaaaaaaaaaaa"] {
            assert!(!is_random(text), "{text}");
        }
    }
}
