//! Tests of certificates. What they hold was looked at with `openssl x509 -text` and `openssl verify`.

use super::*;
use crate::emit::{to_json, to_yaml_pretty};

fn call(context: &mut Context, name: &str, arguments: &[Value]) -> Result<Value, String> {
    let (_, function) = FUNCTIONS.iter().find(|(known, _)| *known == name).unwrap();
    function(context, arguments)
}

fn field(value: &Value, name: &str) -> String {
    let Value::Object(object, _) = value else { panic!("{value:?}") };
    object.field(name).unwrap().as_text().unwrap().str().into_owned()
}

fn strings(items: &[&str]) -> Value {
    Value::list(items.iter().map(|item| Value::str(*item)).collect())
}

/// 2026-11-24.
const NOW: i64 = 1_795_500_000;

fn signed() -> (Value, Value) {
    let context = &mut Context::new(NOW);
    let ca = call(context, "genCA", &[Value::str("my-ca"), Value::int(365)]).unwrap();
    let arguments = [
        Value::str("foo_é"),
        strings(&["10.0.0.1", "::1"]),
        strings(&["bar.com", "baz.com"]),
        Value::int(30),
        ca.clone(),
    ];
    let cert = call(context, "genSignedCert", &arguments).unwrap();
    (ca, cert)
}

fn has(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[test]
fn a_signed_certificate_holds_what_was_asked_for() {
    let (_, cert) = signed();
    let (label, content) = {
        let text = field(&cert, "Cert");
        let (label, content) = der::read_pem(&text).unwrap();
        (label.to_owned(), content)
    };
    assert_eq!(label, "CERTIFICATE");
    assert!(has(&content, "foo_é".as_bytes()));
    assert!(has(&content, b"\x82\x07bar.com\x82\x07baz.com\x87\x04\x0a\0\0\x01\x87\x10"));
    assert!(has(&content, &common_name("my-ca")), "the issuer");
    assert_eq!(subject_in(&content), Some(common_name("foo_é")));
    assert!(field(&cert, "Key").starts_with("-----BEGIN RSA PRIVATE KEY-----\n"));
}

#[test]
fn a_signature_fits_the_key_of_the_issuer() {
    let (ca, cert) = signed();
    let ca_key = field(&ca, "Key");
    let (key, _) = Key::read(&ca_key).unwrap();
    let text = field(&cert, "Cert");
    let (_, content) = der::read_pem(&text).unwrap();
    let body = der::first(der::first(&content).unwrap().content).unwrap();
    let signature = der::first(der::first(body.rest).unwrap().rest).unwrap().content;
    let signature = ed25519_compact::Signature::from_slice(&signature[1..]).unwrap();
    key.pair.pk.verify(body.whole, &signature).unwrap();
}

#[test]
fn output_repeats_but_no_two_keys_are_the_same() {
    assert_eq!(field(&signed().1, "Cert"), field(&signed().1, "Cert"));
    let (ca, cert) = signed();
    assert_ne!(field(&ca, "Key"), field(&cert, "Key"));
}

#[test]
fn a_given_key_is_kept() {
    let context = &mut Context::new(NOW);
    let key = call(context, "genPrivateKey", &[Value::str("ecdsa")]).unwrap();
    let ca = call(context, "genCAWithKey", &[Value::str("x"), Value::int(1), key.clone()]).unwrap();
    assert_eq!(field(&ca, "Key"), key.as_text().unwrap().str());
    let nil = Value::NIL;
    let arguments = [Value::str("y"), nil.clone(), nil, Value::int(1), ca, key.clone()];
    let cert = call(context, "genSignedCertWithKey", &arguments).unwrap();
    assert_eq!(field(&cert, "Key"), key.as_text().unwrap().str());
}

#[test]
fn keys_have_the_label_of_their_type() {
    let context = &mut Context::new(NOW);
    for (kind, label) in [("rsa", "RSA "), ("", "RSA "), ("dsa", "DSA "), ("ecdsa", "EC "), ("ed25519", "")] {
        let key = call(context, "genPrivateKey", &[Value::str(kind)]).unwrap();
        assert!(key.as_text().unwrap().str().starts_with(&format!("-----BEGIN {label}PRIVATE KEY-----\n")));
    }
    let key = call(context, "genPrivateKey", &[Value::str("foo")]).unwrap();
    assert_eq!(key.as_text().unwrap().str(), "Unknown type foo");
}

#[test]
fn it_is_written_with_its_fields() {
    let context = &mut Context::new(NOW);
    let ca = call(context, "genCA", &[Value::str("x"), Value::int(1)]).unwrap();
    assert_eq!((ca.type_name(), ca.kind()), ("sprig.certificate", "struct"));
    assert!(to_json(context, &ca).unwrap().str().starts_with("{\"Cert\":\"-----BEGIN CERTIFICATE-----\\n"));
    let pretty = to_yaml_pretty(context, &ca).unwrap();
    assert!(pretty.str().starts_with("cert: |\n"), "{}", pretty.str());
    assert!(pretty.str().contains("\nkey: |\n"));
}

#[test]
fn a_certificate_of_ones_own_is_taken() {
    let context = &mut Context::new(NOW);
    let ca = call(context, "genCA", &[Value::str("x"), Value::int(1)]).unwrap();
    let encoded = |name| Value::str(crate::sprig::encoding::base64(field(&ca, name).as_bytes()));
    let built = call(context, "buildCustomCert", &[encoded("Cert"), encoded("Key")]).unwrap();
    assert_eq!(field(&built, "Cert"), field(&ca, "Cert"));
    let failing = |context: &mut Context, cert: Value, key: Value| {
        call(context, "buildCustomCert", &[cert, key]).unwrap_err()
    };
    let (bad, none) = (Value::str("a"), Value::str("YQ=="));
    assert_eq!(failing(context, bad.clone(), bad.clone()), "unable to decode base64 certificate");
    assert_eq!(failing(context, none.clone(), bad), "unable to decode base64 private key");
    assert_eq!(failing(context, none.clone(), none.clone()), "unable to decode certificate");
    assert_eq!(failing(context, encoded("Cert"), none), "error parsing private key: no PEM data in input");
}

#[test]
fn errors_are_in_the_words_of_the_original() {
    let context = &mut Context::new(NOW);
    let mut leaf = |addresses: Value, names: Value| {
        let arguments = [Value::str("a"), addresses, names, Value::int(1)];
        call(context, "genSelfSignedCert", &arguments).unwrap_err()
    };
    let one = || Value::list(vec![Value::int(1)]);
    assert_eq!(leaf(strings(&["X"]), Value::NIL), "error parsing ip: X");
    assert_eq!(leaf(one(), Value::NIL), "error parsing ip: 1 is not a string");
    assert_eq!(leaf(Value::NIL, one()), "error processing alternate dns name: 1 is not a string");
    let mut with_key = |key: &str| {
        call(context, "genCAWithKey", &[Value::str("a"), Value::int(1), Value::str(key)]).unwrap_err()
    };
    assert_eq!(with_key("foo"), "parsing private key: no PEM data in input");
    assert_eq!(
        with_key("-----BEGIN X-----\nAAAA\n-----END X-----\n"),
        "parsing private key: no private key data in PEM block of type X"
    );
}

#[test]
fn times_far_off_have_four_digits() {
    assert_eq!(time(NOW).first(), Some(&der::UTC_TIME));
    assert!(time(2_524_608_000).ends_with(b"20500101000000Z"));
}
