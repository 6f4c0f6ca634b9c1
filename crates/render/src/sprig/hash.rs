//! Checksums, and passwords made from something.

use super::arguments::{exactly, string, text};
use super::encoding::base64_decode;
use crate::context::{Context, Function};
use crate::text::Text;
use crate::value::{IntKind, Value};
use aes::cipher::{Block, BlockModeDecrypt, BlockModeEncrypt, KeyIvInit};
use sha2::Digest;
use std::fmt::Write;

/// The functions.
pub(super) const FUNCTIONS: &[(&str, Function)] = &[
    ("sha1sum", |context, arguments| sum(context, "sha1sum", arguments, |b| hex(&sha1::Sha1::digest(b)))),
    ("sha256sum", |context, arguments| {
        sum(context, "sha256sum", arguments, |b| hex(&sha2::Sha256::digest(b)))
    }),
    ("sha512sum", |context, arguments| {
        sum(context, "sha512sum", arguments, |b| hex(&sha2::Sha512::digest(b)))
    }),
    ("adler32sum", |context, arguments| sum(context, "adler32sum", arguments, |b| adler32(b).to_string())),
    ("bcrypt", |context, arguments| {
        let [password] = exactly("bcrypt", arguments)?;
        text(password)?;
        let hash = bcrypt_form(context);
        Ok(context.computed(Value::str(hash), arguments))
    }),
    ("htpasswd", |context, arguments| {
        let [user, password] = exactly("htpasswd", arguments)?;
        let user = string(user)?;
        text(password)?;
        let line = if user.contains(':') {
            format!("invalid username: {user}")
        } else {
            format!("{user}:{}", bcrypt_form(context))
        };
        Ok(context.computed(Value::str(line), arguments))
    }),
    ("derivePassword", derive_password),
    ("encryptAES", encrypt),
    ("decryptAES", decrypt),
];

fn sum(
    context: &mut Context,
    name: &str,
    arguments: &[Value],
    hash: fn(&[u8]) -> String,
) -> Result<Value, String> {
    let [input] = exactly(name, arguments)?;
    let input = text(input)?;
    context.budget.take(input.len())?;
    let sum = hash(input.bytes());
    Ok(context.computed(Value::str(sum), arguments))
}

/// Bytes as lower-case hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        // Writing to a string can't fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

fn adler32(bytes: &[u8]) -> u32 {
    const BASE: u32 = 65_521;
    let (a, b) = bytes.iter().fold((1, 0), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % BASE;
        (a, (b + a) % BASE)
    });
    b << 16 | a
}

/// A text in the form of a bcrypt hash of cost 10. It is the hash of nothing: real ones are salted, so that
/// nobody can expect a certain one, and would take a twentieth of a second each.
fn bcrypt_form(context: &mut Context) -> String {
    const LETTERS: &[u8] = b"./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let mut hash = "$2a$10$".to_owned();
    for _ in 0..53 {
        let letter = LETTERS.get(context.random.below(64) as usize).copied().unwrap_or(b'.');
        hash.push(char::from(letter));
    }
    hash
}

/// Patterns of the Master Password algorithm, by the name of the kind of password.
const PATTERNS: &[(&str, &[&str])] = &[
    ("maximum", &["anoxxxxxxxxxxxxxxxxx", "axxxxxxxxxxxxxxxxxno"]),
    (
        "long",
        &[
            "CvcvnoCvcvCvcv",
            "CvcvCvcvnoCvcv",
            "CvcvCvcvCvcvno",
            "CvccnoCvcvCvcv",
            "CvccCvcvnoCvcv",
            "CvccCvcvCvcvno",
            "CvcvnoCvccCvcv",
            "CvcvCvccnoCvcv",
            "CvcvCvccCvcvno",
            "CvcvnoCvcvCvcc",
            "CvcvCvcvnoCvcc",
            "CvcvCvcvCvccno",
            "CvccnoCvccCvcv",
            "CvccCvccnoCvcv",
            "CvccCvccCvcvno",
            "CvcvnoCvccCvcc",
            "CvcvCvccnoCvcc",
            "CvcvCvccCvccno",
            "CvccnoCvcvCvcc",
            "CvccCvcvnoCvcc",
            "CvccCvcvCvccno",
        ],
    ),
    ("medium", &["CvcnoCvc", "CvcCvcno"]),
    ("short", &["Cvcn"]),
    ("basic", &["aaanaaan", "aannaaan", "aaannaaa"]),
    ("pin", &["nnnn"]),
];

fn letters(class: char) -> &'static str {
    match class {
        'V' => "AEIOU",
        'C' => "BCDFGHJKLMNPQRSTVWXYZ",
        'v' => "aeiou",
        'c' => "bcdfghjklmnpqrstvwxyz",
        'A' => "AEIOUBCDFGHJKLMNPQRSTVWXYZ",
        'a' => "AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz",
        'n' => "0123456789",
        'o' => "@&%?,=[]_:-+*$#!'^~;()/.",
        _ => "AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz0123456789!@#$%^&*()",
    }
}

fn hmac(key: &[u8], message: &[u8]) -> [u8; 32] {
    // The key is never longer than a block here.
    let pad = |with: u8| -> [u8; 64] { std::array::from_fn(|i| key.get(i).copied().unwrap_or(0) ^ with) };
    let inner = sha2::Sha256::new().chain_update(pad(0x36)).chain_update(message).finalize();
    sha2::Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize().into()
}

fn derive_password(context: &mut Context, arguments: &[Value]) -> Result<Value, String> {
    /// What a call costs: it takes a tenth of a second and much memory, as it is meant to.
    const STEPS: u64 = 1_000_000;
    const SCOPE: &[u8] = b"com.lyndir.masterpassword";
    let [counter, kind, password, user, site] = exactly("derivePassword", arguments)?;
    let counter = match counter {
        Value::Int(number, IntKind::Int | IntKind::Int32, _) => *number,
        other => return Err(super::arguments::mismatch("uint32", other)),
    };
    let (kind, password, user, site) = (string(kind)?, text(password)?, text(user)?, text(site)?);
    let Some((_, patterns)) = PATTERNS.iter().find(|(name, _)| *name == kind) else {
        return Ok(context.computed(Value::str(format!("cannot find password template {kind}")), arguments));
    };
    context.budget.step(STEPS)?;
    let with_length = |into: &mut Vec<u8>, text: &Text| {
        into.extend_from_slice(&(text.len() as u32).to_be_bytes());
        into.extend_from_slice(text.bytes());
    };
    let mut salt = SCOPE.to_vec();
    with_length(&mut salt, user);
    let mut key = [0; 64];
    let parameters = scrypt::Params::new(15, 8, 2).map_err(|error| error.to_string())?;
    scrypt::scrypt(password.bytes(), &salt, &parameters, &mut key).map_err(|error| error.to_string())?;
    let mut message = SCOPE.to_vec();
    with_length(&mut message, site);
    message.extend_from_slice(&(counter.cast_unsigned() as u32).to_be_bytes());
    let seed = hmac(&key, &message);
    let mut numbers = seed.iter().map(|byte| usize::from(*byte));
    let pattern = patterns.get(numbers.next().unwrap_or(0) % patterns.len()).copied().unwrap_or("");
    let made: String = pattern
        .chars()
        .zip(numbers)
        .filter_map(|(class, number)| {
            let letters = letters(class).as_bytes();
            letters.get(number.checked_rem(letters.len())?).map(|letter| char::from(*letter))
        })
        .collect();
    Ok(context.computed(Value::str(made), arguments))
}

const BLOCK: usize = 16;

/// The password, cut or filled up to the length of a key.
fn key_of(password: &Text) -> [u8; 32] {
    std::array::from_fn(|i| password.bytes().get(i).copied().unwrap_or(0))
}

fn encrypt(context: &mut Context, arguments: &[Value]) -> Result<Value, String> {
    let [password, plain] = exactly("encryptAES", arguments)?;
    let (password, plain) = (text(password)?, text(plain)?);
    context.budget.take(plain.len().saturating_mul(3))?;
    let mut start = [0; BLOCK];
    start.fill_with(|| context.random.draw() as u8);
    let mut cipher = cbc::Encryptor::<aes::Aes256>::new(&key_of(password).into(), &start.into());
    let padding = BLOCK - plain.len() % BLOCK;
    let mut padded = plain.bytes().to_vec();
    padded.resize(plain.len() + padding, padding as u8);
    let mut out = start.to_vec();
    for chunk in padded.chunks(BLOCK) {
        let Ok(mut block) = Block::<aes::Aes256>::try_from(chunk) else { continue };
        cipher.encrypt_block(&mut block);
        out.extend_from_slice(&block);
    }
    Ok(context.computed(Value::str(super::encoding::base64(&out)), arguments))
}

fn decrypt(context: &mut Context, arguments: &[Value]) -> Result<Value, String> {
    let [password, encrypted] = exactly("decryptAES", arguments)?;
    let (password, encrypted) = (text(password)?, text(encrypted)?);
    if encrypted.is_empty() {
        return Ok(context.computed(Value::str(""), arguments));
    }
    context.budget.take(encrypted.len())?;
    let bytes = base64_decode(encrypted.bytes())?;
    let Some((start, body)) = bytes.split_first_chunk::<BLOCK>() else {
        // Go makes room before it knows about padding.
        let capacity = encrypted.len() / 4 * 3;
        return Err(format!("runtime error: slice bounds out of range [:16] with capacity {capacity}"));
    };
    if body.len() % BLOCK != 0 {
        return Err("crypto/cipher: input not full blocks".to_owned());
    }
    let mut cipher = cbc::Decryptor::<aes::Aes256>::new(&key_of(password).into(), &(*start).into());
    let mut out = Vec::with_capacity(body.len());
    for chunk in body.chunks(BLOCK) {
        let Ok(mut block) = Block::<aes::Aes256>::try_from(chunk) else { continue };
        cipher.decrypt_block(&mut block);
        out.extend_from_slice(&block);
    }
    let padding = out.last().map_or(0, |last| usize::from(*last));
    let length = out
        .len()
        .checked_sub(padding)
        .ok_or_else(|| format!("runtime error: slice bounds out of range [:-{}]", padding - out.len()))?;
    out.truncate(length);
    Ok(context.computed(Value::Str(Text::plain(out)), arguments))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[ignore = "takes seconds without optimisation, as it is meant to"]
    fn passwords_are_derived() {
        let mut context = Context::new(0);
        let arguments = [
            Value::int(1),
            Value::str("basic"),
            Value::str("password"),
            Value::str("user"),
            Value::str("example.com"),
        ];
        let made = derive_password(&mut context, &arguments).unwrap();
        assert_eq!(made.as_text().unwrap().str(), "pIS54PLs");
    }
}
