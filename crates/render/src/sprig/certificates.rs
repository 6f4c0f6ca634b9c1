//! Certificates and keys.
//!
//! The original makes RSA keys of what the system gives at random. Here all keys are Ed25519, and come from the
//! seed of the rendering, so that output repeats and costs little: they are stand-ins, for looking at and not for
//! use. A block of PEM has the label that the original gives it, but its content is Ed25519 in all of them.

mod der;

use super::arguments::{exactly, int, mismatch, string, text};
use super::encoding::base64_decode;
use super::strval::display;
use super::time::civil::Civil;
use crate::context::{Context, Function};
use crate::origin::{OriginId, Origins};
use crate::text::Text;
use crate::value::{ListKind, Object, Value};
use ed25519_compact::{KeyPair, Seed};
use sha2::Digest;
use std::net::IpAddr;
use std::rc::Rc;

/// The functions.
pub(super) const FUNCTIONS: &[(&str, Function)] = &[
    ("genPrivateKey", |context, a| {
        let [kind] = exactly("genPrivateKey", a)?;
        let label = match &*string(kind)? {
            // The original takes no name for RSA.
            "" | "rsa" => "RSA PRIVATE KEY",
            "dsa" => "DSA PRIVATE KEY",
            "ecdsa" => "EC PRIVATE KEY",
            "ed25519" => "PRIVATE KEY",
            // An error is the result, not an error: so Sprig has it.
            other => return Ok(context.computed(Value::str(format!("Unknown type {other}")), a)),
        };
        let key = Key::random(context, label)?;
        Ok(context.computed(Value::str(key.pem), a))
    }),
    ("genCA", |context, a| {
        let [name, days] = exactly("genCA", a)?;
        let key = Key::random(context, DEFAULT_LABEL)?;
        make(context, a, &Request { name, days, addresses: None, names: None, authority: true }, key, None)
    }),
    ("genCAWithKey", |context, a| {
        let [name, days, key] = exactly("genCAWithKey", a)?;
        let key = Key::given(context, key)?;
        make(context, a, &Request { name, days, addresses: None, names: None, authority: true }, key, None)
    }),
    ("genSelfSignedCert", |context, a| {
        let [name, addresses, names, days] = exactly("genSelfSignedCert", a)?;
        let key = Key::random(context, DEFAULT_LABEL)?;
        make(context, a, &Request::leaf(name, addresses, names, days), key, None)
    }),
    ("genSelfSignedCertWithKey", |context, a| {
        let [name, addresses, names, days, key] = exactly("genSelfSignedCertWithKey", a)?;
        let key = Key::given(context, key)?;
        make(context, a, &Request::leaf(name, addresses, names, days), key, None)
    }),
    ("genSignedCert", |context, a| {
        let [name, addresses, names, days, issuer] = exactly("genSignedCert", a)?;
        let key = Key::random(context, DEFAULT_LABEL)?;
        make(context, a, &Request::leaf(name, addresses, names, days), key, Some(issuer))
    }),
    ("genSignedCertWithKey", |context, a| {
        let [name, addresses, names, days, issuer, key] = exactly("genSignedCertWithKey", a)?;
        let key = Key::given(context, key)?;
        make(context, a, &Request::leaf(name, addresses, names, days), key, Some(issuer))
    }),
    ("buildCustomCert", build),
];

/// What the original makes if no key is given.
const DEFAULT_LABEL: &str = "RSA PRIVATE KEY";

/// Bytes that a certificate and its key take, without names.
const SIZE: usize = 4096;

/// What Sprig calls a certificate: it and its key, both PEM.
#[derive(Debug)]
pub(crate) struct Certificate {
    cert: Text,
    key: Text,
}

impl Certificate {
    /// Its fields as a map, under names that depend on who writes it.
    pub(crate) fn fields(&self, cert: &str, key: &str) -> Value {
        Value::map([(cert.into(), Value::Str(self.cert.clone())), (key.into(), Value::Str(self.key.clone()))])
    }
}

impl Object for Certificate {
    fn type_name(&self) -> &'static str {
        "sprig.certificate"
    }

    fn field(&self, name: &str) -> Option<Value> {
        match name {
            "Cert" => Some(Value::Str(self.cert.clone())),
            "Key" => Some(Value::Str(self.key.clone())),
            _ => None,
        }
    }

    fn call(&self, _: &mut Origins, _: &str, _: &[Value]) -> Option<Result<Value, String>> {
        None
    }

    fn display(&self) -> String {
        format!("{{{} {}}}", self.cert.str(), self.key.str())
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

fn certificate(context: &mut Context, arguments: &[Value], cert: String, key: String) -> Value {
    let mut ids = Vec::with_capacity(arguments.len());
    for argument in arguments {
        ids.push(argument.origin(&mut context.origins));
    }
    let origin: OriginId = context.origins.derive(ids);
    let made = Certificate { cert: Text::derived(cert, origin), key: Text::derived(key, origin) };
    Value::Object(Rc::new(made), origin)
}

/// A key, as text and ready to sign.
struct Key {
    pem: String,
    pair: KeyPair,
}

/// What stands before the 32 bytes of an Ed25519 key in PKCS #8.
const PKCS8: [u8; 16] = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];

impl Key {
    fn random(context: &mut Context, label: &str) -> Result<Self, String> {
        context.budget.take(SIZE)?;
        let mut bytes = PKCS8.to_vec();
        let mut seed = [0; 32];
        for part in seed.chunks_mut(8) {
            part.copy_from_slice(&context.random.draw().to_le_bytes());
        }
        bytes.extend_from_slice(&seed);
        Ok(Self { pem: der::pem(label, &bytes), pair: KeyPair::from_seed(Seed::new(seed)) })
    }

    /// A key of the chart's own. If it is one of ours, it signs; for any other, one that depends on it does.
    fn given(context: &mut Context, text: &Value) -> Result<Self, String> {
        let text = string(text)?;
        context.budget.take(text.len().saturating_mul(3))?;
        Self::read(&text).map_err(|error| format!("parsing private key: {error}")).and_then(|(key, label)| {
            if label == "DSA PRIVATE KEY" {
                let error = "x509: certificate private key does not implement crypto.Signer";
                return Err(format!("error creating certificate: {error}"));
            }
            Ok(key)
        })
    }

    fn read(text: &str) -> Result<(Self, &str), String> {
        let (label, content) = der::read_pem(text).ok_or("no PEM data in input")?;
        if !matches!(label, "RSA PRIVATE KEY" | "DSA PRIVATE KEY" | "EC PRIVATE KEY" | "PRIVATE KEY") {
            return Err(format!("no private key data in PEM block of type {label}"));
        }
        let ours = content.strip_prefix(&PKCS8).and_then(|seed| <[u8; 32]>::try_from(seed).ok());
        let seed = ours.unwrap_or_else(|| sha2::Sha256::digest(text).into());
        Ok((Self { pem: text.to_owned(), pair: KeyPair::from_seed(Seed::new(seed)) }, label))
    }

    /// As `x509` of Go derives it: part of a checksum.
    fn identifier(&self) -> Vec<u8> {
        sha2::Sha256::digest(*self.pair.pk).into_iter().take(20).collect()
    }
}

/// What is asked for.
struct Request<'a> {
    name: &'a Value,
    days: &'a Value,
    addresses: Option<&'a Value>,
    names: Option<&'a Value>,
    authority: bool,
}

impl<'a> Request<'a> {
    fn leaf(name: &'a Value, addresses: &'a Value, names: &'a Value, days: &'a Value) -> Self {
        Self { name, days, addresses: Some(addresses), names: Some(names), authority: false }
    }
}

/// The items of `[]interface {}`.
fn items(value: Option<&Value>) -> Result<&[Value], String> {
    match value {
        None | Some(Value::Nil(_)) => Ok(&[]),
        Some(Value::List(list, _)) if list.kind == ListKind::Any => Ok(list.items()),
        Some(other) => Err(mismatch("[]interface {}", other)),
    }
}

/// The general names that a certificate is for: host names first.
fn alternatives(context: &mut Context, request: &Request<'_>) -> Result<Vec<Vec<u8>>, String> {
    let mut addresses = Vec::new();
    for item in items(request.addresses)? {
        context.budget.step(1)?;
        let Value::Str(text) = item else {
            return Err(format!("error parsing ip: {} is not a string", display(context, item)?));
        };
        let text = text.str();
        let address: IpAddr = text.parse().map_err(|_| format!("error parsing ip: {text}"))?;
        addresses.push(match address.to_canonical() {
            IpAddr::V4(address) => der::element(0x87, &address.octets()),
            IpAddr::V6(address) => der::element(0x87, &address.octets()),
        });
    }
    let mut all = Vec::new();
    for item in items(request.names)? {
        context.budget.step(1)?;
        let Value::Str(name) = item else {
            let shown = display(context, item)?;
            return Err(format!("error processing alternate dns name: {shown} is not a string"));
        };
        context.budget.take(name.len().saturating_mul(4))?;
        if !name.bytes().is_ascii() {
            let error = format!("x509: {:?} cannot be encoded as an IA5String", name.str());
            return Err(format!("error creating certificate: {error}"));
        }
        all.push(der::element(0x82, name.bytes()));
    }
    all.append(&mut addresses);
    Ok(all)
}

fn make(
    context: &mut Context,
    arguments: &[Value],
    request: &Request<'_>,
    key: Key,
    issuer: Option<&Value>,
) -> Result<Value, String> {
    let name = text(request.name)?;
    context.budget.take(SIZE.saturating_add(name.len().saturating_mul(4)))?;
    let subject = common_name(&name.str());
    // Go counts in nanoseconds, and wraps.
    let lasts = int(request.days)?.wrapping_mul(86_400_000_000_000).div_euclid(1_000_000_000);
    let validity = der::group(der::SEQUENCE, &[time(context.now), time(context.now.saturating_add(lasts))]);
    let alternatives = alternatives(context, request)?;
    let issuer = issuer.map(|issuer| Issuer::of(context, issuer)).transpose()?;
    let (signer, signer_name) = issuer.as_ref().map_or((&key, &subject), |by| (&by.key, &by.subject));
    let serial = u128::from(context.random.draw()) << 64 | u128::from(context.random.draw());
    let mut extensions = vec![
        // Key usage: to sign and to encipher keys; of an authority, to sign certificates.
        extension(
            0x0f,
            true,
            &[3, 2, if request.authority { 2 } else { 5 }, if request.authority { 0xa4 } else { 0xa0 }],
        ),
        // Extended key usage: server and client.
        extension(
            0x25,
            false,
            &der::group(
                der::SEQUENCE,
                &[der::object(&[0x2b, 6, 1, 5, 5, 7, 3, 1]), der::object(&[0x2b, 6, 1, 5, 5, 7, 3, 2])],
            ),
        ),
        // Basic constraints.
        extension(
            0x13,
            true,
            &der::element(der::SEQUENCE, if request.authority { &[1, 1, 0xff] } else { &[] }),
        ),
    ];
    if request.authority {
        extensions.push(extension(0x0e, false, &der::element(der::OCTET_STRING, &key.identifier())));
    }
    if issuer.is_some() {
        let identifier = der::element(0x80, &signer.identifier());
        extensions.push(extension(0x23, false, &der::element(der::SEQUENCE, &identifier)));
    }
    if !alternatives.is_empty() {
        extensions.push(extension(0x11, false, &der::group(der::SEQUENCE, &alternatives)));
    }
    let public = der::group(der::SEQUENCE, &[algorithm(), der::bits(&*key.pair.pk)]);
    let body = der::group(
        der::SEQUENCE,
        &[
            der::element(der::FIRST, &der::integer(2)),
            der::integer(serial),
            algorithm(),
            signer_name.clone(),
            validity,
            subject.clone(),
            public,
            der::element(der::FOURTH, &der::group(der::SEQUENCE, &extensions)),
        ],
    );
    context.budget.take(body.len().saturating_mul(4))?;
    let signature = signer.pair.sk.sign(&body, None);
    let whole = der::group(der::SEQUENCE, &[body, algorithm(), der::bits(&*signature)]);
    let cert = der::pem("CERTIFICATE", &whole);
    Ok(certificate(context, arguments, cert, key.pem))
}

/// Ed25519.
fn algorithm() -> Vec<u8> {
    der::element(der::SEQUENCE, &der::object(&[0x2b, 0x65, 0x70]))
}

/// An extension of those named 2.5.29.x.
fn extension(number: u8, critical: bool, content: &[u8]) -> Vec<u8> {
    let mut parts = vec![der::object(&[0x55, 0x1d, number])];
    if critical {
        parts.push(vec![1, 1, 0xff]);
    }
    parts.push(der::element(der::OCTET_STRING, content));
    der::group(der::SEQUENCE, &parts)
}

/// A distinguished name with nothing but a common name, which is left out if it is empty.
fn common_name(name: &str) -> Vec<u8> {
    if name.is_empty() {
        return der::element(der::SEQUENCE, &[]);
    }
    let printable = |c: char| c.is_ascii_alphanumeric() || " '()+,-./:=?".contains(c);
    let tag = if name.chars().all(printable) { der::PRINTABLE_STRING } else { der::UTF8_STRING };
    let attribute = [der::object(&[0x55, 4, 3]), der::element(tag, name.as_bytes())];
    let attributes = der::group(der::SET, &[der::group(der::SEQUENCE, &attribute)]);
    der::element(der::SEQUENCE, &attributes)
}

fn time(seconds: i64) -> Vec<u8> {
    let Civil { year, month, day, hour, minute, second } = Civil::at(seconds);
    let rest = format!("{month:02}{day:02}{hour:02}{minute:02}{second:02}Z");
    if (1950..2050).contains(&year) {
        der::element(der::UTC_TIME, format!("{:02}{rest}", year % 100).as_bytes())
    } else {
        der::element(der::GENERALIZED_TIME, format!("{year:04}{rest}").as_bytes())
    }
}

/// Who signs.
struct Issuer {
    subject: Vec<u8>,
    key: Key,
}

impl Issuer {
    fn of(context: &mut Context, value: &Value) -> Result<Self, String> {
        let Value::Object(object, _) = value else { return Err(mismatch("sprig.certificate", value)) };
        let certificate = object.as_any().downcast_ref::<Certificate>();
        let certificate = certificate.ok_or_else(|| mismatch("sprig.certificate", value))?;
        context.budget.take((certificate.cert.len() + certificate.key.len()).saturating_mul(4))?;
        let subject = subject(&certificate.cert.str())?;
        let (key, _) = Key::read(&certificate.key.str())
            .map_err(|error| format!("error parsing private key: {error}"))?;
        Ok(Self { subject, key })
    }
}

/// Whom a certificate is for, as it is written there.
fn subject(cert: &str) -> Result<Vec<u8>, String> {
    let (_, content) = der::read_pem(cert).ok_or("unable to decode certificate")?;
    subject_in(&content)
        .ok_or_else(|| "error parsing certificate: decodedCert.Bytes: x509: malformed certificate".to_owned())
}

fn subject_in(content: &[u8]) -> Option<Vec<u8>> {
    let sequence = |bytes| der::first(bytes).filter(|element| element.tag == der::SEQUENCE);
    let body = sequence(sequence(content)?.content)?.content;
    let version = der::first(body)?;
    let serial = if version.tag == der::FIRST { der::first(version.rest)? } else { version };
    let algorithm = sequence(serial.rest)?;
    let issuer = sequence(algorithm.rest)?;
    let validity = sequence(issuer.rest)?;
    Some(sequence(validity.rest)?.whole.to_vec())
}

fn build(context: &mut Context, arguments: &[Value]) -> Result<Value, String> {
    let [cert, key] = exactly("buildCustomCert", arguments)?;
    let (cert, key) = (text(cert)?, text(key)?);
    context.budget.take(cert.len().saturating_add(key.len()).saturating_mul(3))?;
    let cert = base64_decode(cert.bytes()).map_err(|_| "unable to decode base64 certificate")?;
    let key = base64_decode(key.bytes()).map_err(|_| "unable to decode base64 private key")?;
    let (cert, key) = (String::from_utf8_lossy(&cert), String::from_utf8_lossy(&key));
    subject(&cert)?;
    Key::read(&key).map_err(|error| format!("error parsing private key: {error}"))?;
    Ok(certificate(context, arguments, cert.into_owned(), key.into_owned()))
}

#[cfg(test)]
mod tests;
