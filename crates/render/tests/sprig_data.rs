//! Functions of templates on data: encodings, sums, randomness, times, certificates. What they give was taken
//! from the real Helm 4, but for what is random there.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

use render::{Context, IntKind, OriginId, Text, Value, sprig};

fn call(context: &mut Context, name: &str, arguments: &[Value]) -> Result<Value, String> {
    sprig::function(name).unwrap_or_else(|| panic!("no function {name}"))(context, arguments)
}

fn shown(value: &Value) -> String {
    match value {
        Value::Str(text) => text.str().into_owned(),
        Value::Bool(value, _) => value.to_string(),
        Value::Int(value, ..) => value.to_string(),
        Value::Float(value, _) => value.to_string(),
        Value::Object(object, _) => object.display(),
        other => {
            let text = render::emit::to_yaml(&mut Context::new(0), other);
            text.map_or_else(|error| error, |text| text.str().into_owned())
        }
    }
}

/// The result as text, or the error.
fn result(name: &str, arguments: &[Value]) -> String {
    match call(&mut Context::new(1_000_000_000), name, arguments) {
        Ok(value) => shown(&value),
        Err(error) => format!("error: {error}"),
    }
}

fn s(text: &str) -> Value {
    Value::str(text)
}

fn int64(value: i64) -> Value {
    Value::Int(value, IntKind::Int64, OriginId::NONE)
}

fn date(text: &str) -> Value {
    call(&mut Context::new(0), "toDate", &[s("2006-01-02"), s(text)]).unwrap()
}

#[test]
fn encodings() {
    for (name, input, expected) in [
        ("b64enc", "hi", "aGk="),
        ("b64enc", "", ""),
        ("b64enc", "abc", "YWJj"),
        ("b64dec", "aGk=", "hi"),
        ("b64dec", "aGk=\n", "hi"),
        ("b64dec", "YWJj", "abc"),
        ("b64dec", "aGk", "illegal base64 data at input byte 0"),
        ("b64dec", "aGk!", "illegal base64 data at input byte 3"),
        ("b64dec", "aG k=", "illegal base64 data at input byte 2"),
        ("b32enc", "hello", "NBSWY3DP"),
        ("b32enc", "hi", "NBUQ===="),
        ("b32dec", "NBSWY3DP", "hello"),
        ("b32dec", "NBUQ====", "hi"),
        ("b32dec", "nb", "illegal base32 data at input byte 0"),
        ("sha1sum", "a", "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8"),
        ("sha256sum", "a", "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"),
        ("adler32sum", "Wikipedia", "300286872"),
    ] {
        assert_eq!(result(name, &[s(input)]), expected, "{name} {input}");
    }
    assert!(result("sha512sum", &[s("a")]).starts_with("1f40fc92da241694750979ee6cf582f2"));
}

#[test]
fn ciphers() {
    let mut context = Context::new(0);
    for plain in ["", "plain", "a text that is longer than one block"] {
        let hidden = call(&mut context, "encryptAES", &[s("key"), s(plain)]).unwrap();
        assert_eq!(shown(&call(&mut context, "decryptAES", &[s("key"), hidden]).unwrap()), plain);
    }
    let known = s("30tEfhuJSVRhpG97XCuWgz2okj7L8vQ1s6V9zVUPeDQ=");
    assert_eq!(result("decryptAES", &[s("secretkey"), known]), "plaintext");
    assert_eq!(
        result("decryptAES", &[s("key"), s("aGk=")]),
        "error: runtime error: slice bounds out of range [:16] with capacity 3"
    );
    assert_eq!(result("htpasswd", &[s("u:x"), s("p")]), "invalid username: u:x");
    let line = result("htpasswd", &[s("u"), s("p")]);
    assert!(line.starts_with("u:$2a$10$") && line.len() == 62, "{line}");
}

#[test]
fn randomness_repeats() {
    let draw = || {
        let mut context = Context::new(0);
        ["randAlphaNum", "randAlpha", "randNumeric", "randAscii", "randBytes"]
            .map(|name| shown(&call(&mut context, name, &[Value::int(9)]).unwrap()))
    };
    assert_eq!(draw(), draw());
    assert!(draw()[2].bytes().all(|b| b.is_ascii_digit()));
    assert_eq!(result("randAlphaNum", &[Value::int(-1)]), "");
    assert_eq!(result("randInt", &[Value::int(5), Value::int(6)]), "5");
    assert_eq!(result("randInt", &[Value::int(5), Value::int(5)]), "error: invalid argument to Intn");
    let uuid = result("uuidv4", &[]);
    assert!(uuid.len() == 36 && uuid.get(14..15) == Some("4"), "{uuid}");
    assert_eq!(result("getHostByName", &[s("localhost")]), "");
    assert!(
        result("randAlphaNum", &[Value::int(i64::MAX)]).starts_with("error: the rendering makes too much")
    );
    let mut letters: Vec<char> = result("shuffle", &[s("hello")]).chars().collect();
    letters.sort_unstable();
    assert_eq!(letters, ['e', 'h', 'l', 'l', 'o']);
}

#[test]
fn dates_are_shown_in_gos_layouts() {
    let all = "Mon January 2 _2 02 __2 002 03 3 15 04 4 05 5 06 .000 PM pm MST -0700 -07 -07:00 Z0700 Z07:00 Z07 \
               Z07:00:00 -07:00:00 -070000 Jan 1 01 Monday";
    assert_eq!(
        result("date", &[s(all), int64(1_000_000_000)]),
        "Sun September 9  9 09 252 252 01 1 01 46 46 40 40 01 .000 AM am UTC +0000 +00 +00:00 Z Z Z Z +00:00:00 \
         +000000 Sep 9 09 Sunday"
    );
    for (layout, expected) in [
        ("2006-01-02T15:04:05Z07:00", "2020-01-01T00:00:00Z"),
        ("2006-01-02 15:04:05.999 .999999 ,000 999", "2020-01-01 00:00:00  ,000 999"),
        ("abc 20060102150405 Januaryx Mond 2nd", "abc 20200101000000 Januaryx Mond 1nd"),
    ] {
        assert_eq!(result("date", &[s(layout), date("2020-01-01")]), expected);
    }
    let layout = "2006-01-02 15:04 MST -0700";
    for (zone, expected) in [
        ("Europe/Berlin", "2023-11-14 23:13 CET +0100"),
        ("America/New_York", "2023-11-14 17:13 EST -0500"),
        ("America/Sao_Paulo", "2023-11-14 19:13 -03 -0300"),
        ("Nowhere", "2023-11-14 22:13 UTC +0000"),
        ("Local", "2023-11-14 22:13 UTC +0000"),
    ] {
        assert_eq!(result("dateInZone", &[s(layout), Value::int(1_700_000_000), s(zone)]), expected);
    }
    assert_eq!(result("date", &[s("2006"), s("x")]), "2001");
    assert_eq!(result("htmlDateInZone", &[Value::int(86_400), s("America/New_York")]), "1970-01-01");
}

#[test]
fn dates_are_read_in_gos_layouts() {
    for (layout, text, expected) in [
        ("2006-01-02", "x", "error: parsing time \"x\" as \"2006-01-02\": cannot parse \"x\" as \"2006\""),
        (
            "2006-01-02 15:04",
            "2020-02-30 01:00",
            "error: parsing time \"2020-02-30 01:00\": day out of range",
        ),
        ("2006-01-02 MST", "2020-02-03 CET", "2020-02-03 00:00:00 +0000 CET"),
        ("2006-01-02 -0700", "2020-02-03 +0530", "2020-02-03 00:00:00 +0530 +0530"),
        ("Mon Jan _2 15:04:05 2006", "Tue Feb  3 04:05:06 2020", "2020-02-03 04:05:06 +0000 UTC"),
        ("3:04PM", "3:15PM", "0000-01-01 15:15:00 +0000 UTC"),
        ("2006-01-02T15:04:05Z07:00", "2020-02-03T04:05:06.789+02:00", "2020-02-03 04:05:06.789 +0200 +0200"),
        ("2006-002", "2020-033", "2020-02-02 00:00:00 +0000 UTC"),
    ] {
        assert_eq!(result("mustToDate", &[s(layout), s(text)]), expected);
    }
    assert_eq!(result("toDate", &[s("2006-01-02"), s("x")]), "0001-01-01 00:00:00 +0000 UTC");
}

#[test]
fn times_have_their_methods() {
    let Value::Object(day, _) = date("2020-01-01") else { panic!("no time") };
    for (name, expected) in [
        ("Year", "2020"),
        ("Month", "January"),
        ("Weekday", "Wednesday"),
        ("YearDay", "1"),
        ("UnixNano", "1577836800000000000"),
        ("IsZero", "false"),
        ("Local", "2020-01-01 00:00:00 +0000 UTC"),
    ] {
        assert_eq!(shown(&day.field(name).unwrap()), expected);
    }
    assert!(day.field("Foo").is_none());
    let mut context = Context::new(0);
    let mut method = |name: &str, arguments: &[Value]| {
        shown(&day.call(&mut context.origins, name, arguments).unwrap().unwrap())
    };
    let (zero, one) = (Value::int(0), Value::int(1));
    assert_eq!(method("AddDate", &[zero, one.clone(), one]), "2020-02-02 00:00:00 +0000 UTC");
    assert_eq!(method("Sub", &[date("2019-12-31")]), "24h0m0s");
    assert_eq!(method("After", &[date("2019-12-31")]), "true");
    assert_eq!(method("Format", &[s("02.01.06")]), "01.01.20");
    let map = Value::map([("a".into(), date("2020-01-01"))]);
    let mut context = Context::new(0);
    assert_eq!(render::emit::to_yaml(&mut context, &map).unwrap().str(), "a: \"2020-01-01T00:00:00Z\"");
    assert_eq!(render::emit::to_yaml_pretty(&mut context, &map).unwrap().str(), "a: 2020-01-01T00:00:00Z");
}

#[test]
fn durations() {
    for (by, expected) in [
        ("1h", "2020-01-01 01:00:00 +0000 UTC"),
        ("-24h", "2019-12-31 00:00:00 +0000 UTC"),
        ("1h30m5.5s", "2020-01-01 01:30:05.5 +0000 UTC"),
        ("x", "2020-01-01 00:00:00 +0000 UTC"),
    ] {
        assert_eq!(result("dateModify", &[s(by), date("2020-01-01")]), expected);
    }
    assert_eq!(
        result("mustDateModify", &[s("x"), date("2020-01-01")]),
        "error: time: invalid duration \"x\""
    );
    assert_eq!(result("duration", &[Value::int(95)]), "0s");
    assert_eq!(result("duration", &[s("3600")]), "1h0m0s");
    assert_eq!(result("duration", &[int64(100_000)]), "27h46m40s");
    assert_eq!(result("durationRound", &[s("2h10m5s")]), "2h");
    assert_eq!(result("durationRound", &[s("2400h5s")]), "3mo");
    assert_eq!(result("durationRound", &[int64(95)]), "0s");
    assert_eq!(result("unixEpoch", &[date("2020-01-01")]), "1577836800");
    assert_eq!(result("ago", &[int64(999_996_400)]), "1h0m0s");
}

#[test]
fn yaml_is_read() {
    for (input, expected) in [
        ("", "{}"),
        ("null", "{}"),
        ("a: 1\na: 2", "a: 2"),
        ("a: 1\n---\nb: 2", "a: 1"),
        ("1: 2\ntrue: 3\n1.5: x", "\"1\": 2\n\"1.5\": x\n\"true\": 3"),
        (
            "- 1",
            "Error: 'error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array\n  into Go value of type map[string]interface {}'",
        ),
        ("a: .inf", "Error: 'error converting YAML to JSON: json: unsupported value: +Inf'"),
        ("a: &x {b: 1}\nc: {<<: *x, d: 2}", "a:\n  b: 1\nc:\n  b: 1\n  d: 2"),
        ("a: &x {b: 1}\nc: {<<: *x, b: 2}", "a:\n  b: 1\nc:\n  b: 2"),
        (
            "a: 0x1F\nb: 1_000\nc: 2020-01-01\nd: 0777\ne: 089\nf: 12345678901234567890\ng: 1e3\nh: ~",
            "a: 31\nb: 1000\nc: \"2020-01-01\"\nd: 511\ne: 89\nf: 12345678901234567000\ng: 1000\nh: null",
        ),
    ] {
        assert_eq!(result("fromYaml", &[s(input)]), expected, "{input}");
    }
    assert!(result("fromYaml", &[s("a: 1\nb: [x")]).starts_with("Error: "));
    assert_eq!(result("fromYamlArray", &[s("")]), "[]");
    assert_eq!(result("fromYamlArray", &[s("- a\n- 1")]), "- a\n- 1");
}

#[test]
fn json_is_read() {
    for (name, input, expected) in [
        ("fromJson", "{", "Error: unexpected end of JSON input"),
        ("fromJson", "", "Error: unexpected end of JSON input"),
        (
            "fromJson",
            "[1]",
            "Error: 'json: cannot unmarshal array into Go value of type map[string]interface {}'",
        ),
        ("fromJson", "{\"a\": 1} x", "Error: invalid character 'x' after top-level value"),
        ("fromJson", "{\"a\": \"\\u00e9\\n\"}", "a: |\n  é"),
        ("fromJsonArray", "[1, 2", "- unexpected end of JSON input"),
        ("fromJsonArray", "{}", "- 'json: cannot unmarshal object into Go value of type []interface {}'"),
        ("mustFromJson", "{", "error: unexpected end of JSON input"),
        ("mustFromJson", "[1,{\"a\":2}]", "- 1\n- a: 2"),
        (
            "fromToml",
            "a = 1\n[b]\nc = 1.5\nd = 2020-01-01T00:00:00Z\ne = [1, \"x\"]",
            "a: 1\nb:\n  c: 1.5\n  d: \"2020-01-01T00:00:00Z\"\n  e:\n  - 1\n  - x",
        ),
    ] {
        assert_eq!(result(name, &[s(input)]), expected, "{name} {input}");
    }
    assert_eq!(result("toToml", &[Value::NIL]), "error: reflect: call of reflect.Value.Type on zero Value");
    assert_eq!(
        result("toToml", &[Value::map([("a".into(), Value::list(vec![Value::NIL]))])]),
        "toml: cannot encode array with nil element"
    );
}

#[test]
fn values_read_from_yaml_know_their_part_of_the_text() {
    let mut context = Context::new(0);
    let source = std::sync::Arc::new(syntax::SourceText::new("v.yaml", "x: text\ny: other\n"));
    let tree = std::sync::Arc::new(syntax::yaml::parse(source));
    let file = context.origins.add_tree(tree.clone());
    let root = tree.roots().next().unwrap();
    let values = Value::from_node(&mut context.origins, file, root, &mut 100).unwrap();
    let written = call(&mut context, "toYaml", std::slice::from_ref(&values)).unwrap();
    let read = call(&mut context, "fromYaml", &[written]).unwrap();
    for key in ["x", "y"] {
        let before: Text = values.as_map().unwrap().get(key).unwrap().as_text().unwrap().clone();
        let after: Text = read.as_map().unwrap().get(key).unwrap().as_text().unwrap().clone();
        assert_eq!(before.runs(), after.runs());
        assert_eq!(before.bytes(), after.bytes());
    }
}
