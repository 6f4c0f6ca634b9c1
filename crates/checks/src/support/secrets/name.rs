//! What the name of a setting says about its value.

/// What kind of value a name promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// A password: anything at all may be one, even a dictionary word.
    Password,
    /// Something called a secret, often enough the name of one.
    Secret,
    /// A key or token, which looks random.
    Key,
    /// Nothing of the kind.
    Harmless,
}

/// Last words that turn the name of a secret into that of something about it: `PASSWORD_FILE`, `TOKEN_TTL`.
const ABOUT: &[&str] = &[
    "age",
    "alg",
    "algorithm",
    "alias",
    "arn",
    "attempts",
    "audience",
    "backend",
    "bits",
    "characters",
    "class",
    "complexity",
    "config",
    "count",
    "cost",
    "days",
    "dir",
    "directory",
    "disabled",
    "duration",
    "enable",
    "enabled",
    "encoding",
    "endpoint",
    "engine",
    "exists",
    "expiration",
    "expire",
    "expires",
    "expiry",
    "field",
    "file",
    "filename",
    "files",
    "format",
    "group",
    "hashing",
    "header",
    "headers",
    "hint",
    "host",
    "hours",
    "id",
    "ids",
    "interval",
    "issuer",
    "issuers",
    "kind",
    "label",
    "labels",
    "leeway",
    "len",
    "length",
    "lifetime",
    "limit",
    "location",
    "manager",
    "max",
    "maximum",
    "method",
    "min",
    "minimum",
    "minutes",
    "mode",
    "mount",
    "name",
    "names",
    "namespace",
    "namespaces",
    "needed",
    "operator",
    "optional",
    "path",
    "paths",
    "pattern",
    "period",
    "plugin",
    "policy",
    "port",
    "prefix",
    "project",
    "property",
    "provider",
    "ref",
    "reference",
    "region",
    "regex",
    "required",
    "reset",
    "retries",
    "role",
    "rotation",
    "rounds",
    "salt",
    "scope",
    "scopes",
    "seconds",
    "selector",
    "server",
    "service",
    "size",
    "source",
    "store",
    "strategy",
    "strength",
    "suffix",
    "template",
    "timeout",
    "ttl",
    "type",
    "uri",
    "url",
    "urls",
    "usage",
    "user",
    "username",
    "validity",
    "validation",
    "validator",
    "version",
    "volume",
    "window",
    "attribute",
    "claim",
    "column",
    "controller",
    "driver",
    "keyfile",
    "review",
    "generator",
    "recovery",
    "webhook",
    "date",
    "mtime",
    "time",
    "timestamp",
    "addr",
    "address",
    "at",
    "changed",
    "created",
    "ctime",
    "date",
    "modified",
    "mtime",
    "timestamp",
    "updated",
    "time",
    "refresh",
];

/// What the word before `key` has to be for the key to be a secret.
const KEY_OF: &[&str] = &[
    "access",
    "account",
    "admin",
    "api",
    "app",
    "application",
    "auth",
    "client",
    "crypt",
    "crypto",
    "decryption",
    "deploy",
    "encrypt",
    "encryption",
    "gpg",
    "hmac",
    "license",
    "licence",
    "master",
    "pgp",
    "priv",
    "private",
    "rsa",
    "sas",
    "secret",
    "server",
    "service",
    "session",
    "shared",
    "signature",
    "signing",
    "ssh",
    "storage",
    "subscription",
    "tls",
    "token",
    "unseal",
    "webhook",
    "jwt",
    "cookie",
    "integration",
    "write",
    "ingestion",
];

/// What a name promises. Words are told apart by case and by `_`, `-`, `.`, `/` and blanks.
pub fn sense(name: &str) -> Sense {
    let words = words(name);
    let Some(last) = words.last() else { return Sense::Harmless };
    if words.iter().any(|w| matches!(w.as_str(), "public" | "pub" | "publickey")) {
        return Sense::Harmless;
    }
    let summary =
        words.iter().any(|w| matches!(w.as_str(), "checksum" | "sha" | "sha256" | "digest" | "fingerprint"));
    if summary && !words.iter().any(|w| is_password(w)) {
        return Sense::Harmless;
    }
    let about = ABOUT.contains(&last.as_str());
    // `SECRET_KEY_BASE` and `client-key-data` are about nothing but the secret itself.
    let core = match last.as_str() {
        "base" | "data" | "value" | "string" | "b64" | "base64" | "hash" | "hashed" | "plain" | "encoded"
            if words.len() > 1 =>
        {
            words.get(..words.len() - 1).unwrap_or_default()
        }
        _ => words.as_slice(),
    };
    let digits = |w: &String| w.bytes().all(|b| b.is_ascii_digit());
    let core = match core.last() {
        Some(w) if digits(w) => core.get(..core.len() - 1).unwrap_or_default(),
        _ => core,
    };
    let Some(head) = core.last() else { return Sense::Harmless };
    if about {
        return Sense::Harmless;
    }
    if core.iter().any(|w| is_password(w)) || head == "pass" {
        return Sense::Password;
    }
    if matches!(head.as_str(), "key" | "keys") {
        let before = core.len().checked_sub(2).and_then(|i| core.get(i));
        return if before.is_some_and(|w| KEY_OF.contains(&w.as_str())) {
            Sense::Key
        } else {
            Sense::Harmless
        };
    }
    if matches!(head.as_str(), "apikey" | "accesskey" | "secretkey" | "privatekey" | "authkey" | "signingkey")
        || matches!(
            head.as_str(),
            "token" | "authtoken" | "accesstoken" | "apitoken" | "pat" | "jwt" | "bearer"
        )
    {
        return if head == "pat" && core.len() == 1 { Sense::Harmless } else { Sense::Key };
    }
    if core.iter().any(|w| {
        matches!(
            w.as_str(),
            "secret" | "clientsecret" | "credential" | "credentials" | "creds" | "secretaccesskey"
        )
    }) {
        return Sense::Secret;
    }
    Sense::Harmless
}

fn is_password(word: &str) -> bool {
    matches!(
        word,
        "password"
            | "passwd"
            | "pwd"
            | "passphrase"
            | "passcode"
            | "pgpassword"
            | "userpassword"
            | "rootpassword"
            | "dbpassword"
            | "dbpass"
            | "userpass"
            | "passw"
            | "mypassword"
            | "adminpassword"
            | "requirepass"
            | "masterauth"
            | "rootpw"
            | "psw"
            | "pswd"
            | "psk"
    ) || (word.ends_with("password") && word.len() <= 20)
}

/// The lower-case words of a name: `dbRootPassword2` is `db`, `root`, `password`, `2`.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut before = ' ';
    let mut chars = name.chars().take(200).peekable();
    while let Some(c) = chars.next() {
        let boundary = !c.is_alphanumeric()
            || (c.is_uppercase() && (before.is_lowercase() || before.is_ascii_digit()))
            || (c.is_uppercase() && before.is_uppercase() && chars.peek().is_some_and(|n| n.is_lowercase()))
            || (c.is_ascii_digit() && before.is_alphabetic());
        if boundary && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fall_into_words() {
        assert_eq!(words("dbRootPassword2"), ["db", "root", "password", "2"]);
        assert_eq!(words("AWS_SECRET_ACCESS_KEY"), ["aws", "secret", "access", "key"]);
        assert_eq!(words("HTTPProxy.token"), ["http", "proxy", "token"]);
    }

    #[test]
    fn names_promise() {
        for (name, expected) in [
            ("SECRET_KEY_BASE", Sense::Key),
            ("client-key-data", Sense::Key),
            ("tls.key", Sense::Key),
            ("id_rsa", Sense::Harmless),
            ("PASSWORD", Sense::Password),
            ("SMTP_PASS", Sense::Password),
            ("PASS_THROUGH", Sense::Harmless),
            ("GOOGLE_APPLICATION_CREDENTIALS", Sense::Secret),
            ("AWS_ACCESS_KEY_ID", Sense::Harmless),
            ("SORT_KEY", Sense::Harmless),
            ("password2", Sense::Password),
            ("PASSWORD_HASH", Sense::Password),
            ("checksum/secret", Sense::Harmless),
            ("SECRET_SHA256", Sense::Harmless),
            ("", Sense::Harmless),
        ] {
            assert_eq!(sense(name), expected, "{name}");
        }
    }
}
