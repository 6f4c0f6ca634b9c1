//! Expected values were made with `kubectl kustomize`.

use super::*;
use crate::kustomize::testing::{read, show};

fn merged(object: &str, patch: &str) -> String {
    let mut context = Context::new(0);
    let mut object = read(&mut context, object);
    let patch = read(&mut context, patch);
    match merge(&mut context, &mut object, &patch, &Shared::default()) {
        Ok(true) => show(&object),
        Ok(false) => "deleted".to_owned(),
        Err(error) => format!("error: {error}"),
    }
}

fn pod(spec: &str, patch: &str) -> String {
    let head = "{apiVersion: v1, kind: Pod, spec: ";
    let result = merged(&format!("{head}{spec}}}"), &format!("{head}{patch}}}"));
    let start = r#"{"apiVersion":"v1","kind":"Pod","spec":"#;
    result.strip_prefix(start).and_then(|rest| rest.strip_suffix('}')).unwrap_or(&result).to_owned()
}

#[test]
fn merges_maps_and_drops_nulls() {
    assert_eq!(
        merged("{a: {b: 1, c: 2}, d: 3}", "{a: {b: null, e: 4}, d: x}"),
        r#"{"a":{"c":2,"e":4},"d":"x"}"#
    );
    assert_eq!(
        merged("{a: null, b: , c: ~}", "{d: {e: null, f: {}, g: []}}"),
        r#"{"a":null,"c":null,"d":{"f":{},"g":[]}}"#
    );
    assert_eq!(merged("{a: {b: 1}}", "{a: {$patch: replace, c: 2}}"), r#"{"a":{"c":2}}"#);
    assert_eq!(merged("{a: {b: 1}, c: 1}", "{a: {$patch: delete}}"), r#"{"c":1}"#);
    assert_eq!(merged("{a: {b: 1}}", "{$patch: delete}"), "deleted");
    assert_eq!(merged("{a: [1, 2]}", "{a: [3]}"), r#"{"a":[3]}"#);
}

#[test]
fn merges_items_by_their_key() {
    assert_eq!(
        pod(
            "{containers: [{name: a, image: a:1, env: [{name: A, value: x}, {name: B, value: y}]}, {name: b}]}",
            "{containers: [{name: new}, {name: b, image: b:2}, {name: a, env: [{name: B, $patch: delete}, {name: C}]}]}"
        ),
        r#"{"containers":[{"name":"new"},{"image":"b:2","name":"b"},{"env":[{"name":"C"},{"name":"A","value":"x"}],"image":"a:1","name":"a"}]}"#
    );
}

#[test]
fn replaces_and_deletes_whole_lists() {
    assert_eq!(
        pod("{volumes: [{name: a}, {name: b}]}", "{volumes: [{$patch: replace}, {name: c}]}"),
        r#"{"volumes":[{"name":"c"}]}"#
    );
    // So it is in Kustomize: an item's own `replace` is lost.
    assert_eq!(
        pod("{volumes: [{name: a, emptyDir: {}}]}", "{volumes: [{name: a, $patch: replace, secret: {}}]}"),
        r#"{"volumes":[{"emptyDir":{},"name":"a"}]}"#
    );
}

#[test]
fn merges_by_several_keys() {
    let ports = |ours: &str, theirs: &str| {
        let spec = |text: &str| {
            let port = |word: &str| {
                let (rest, name) =
                    word.split_once('=').map_or((word, String::new()), |(r, n)| (r, format!(", name: {n}")));
                let (port, protocol) = rest
                    .split_once('/')
                    .map_or((rest, String::new()), |(r, n)| (r, format!(", protocol: {n}")));
                format!("{{containerPort: {port}{protocol}{name}}}")
            };
            let list = text.split_whitespace().map(port).collect::<Vec<_>>().join(", ");
            format!("{{containers: [{{name: c, ports: [{list}]}}]}}")
        };
        let result = pod(&spec(ours), &spec(theirs));
        let text = |value: &serde_json::Value, key: &str, lead: &str| {
            value.get(key).map_or(String::new(), |v| {
                format!("{lead}{}", v.as_str().map_or_else(|| v.to_string(), str::to_owned))
            })
        };
        let json: serde_json::Value = serde_json::from_str(&result).unwrap();
        let list = json["containers"][0]["ports"].as_array().cloned().unwrap_or_default();
        list.iter()
            .map(|port| {
                text(port, "containerPort", "") + &text(port, "protocol", "/") + &text(port, "name", "=")
            })
            .collect::<Vec<_>>()
            .join(" ")
    };
    for (ours, theirs, expected) in [
        ("80/TCP 81/TCP", "82/TCP 81/TCP=x", "82/TCP 80/TCP 81/TCP=x"),
        ("80 81", "82 81=x", "82 81=x 80"),
        ("80/TCP 81 80/UDP", "80/UDP=u 81=h 9000", "9000 80/TCP 81=h 80/UDP=u"),
        ("80/TCP 80/UDP", "80=x", "80/TCP 80/UDP"),
        ("80", "80/UDP=x", "80"),
        ("80=a 80=b", "", "80=b"),
        ("80/TCP=a 80/TCP=b", "81/TCP", "81/TCP 80/TCP=b"),
        ("80/TCP", "80=x 80/UDP=w", "80/UDP=w 80/TCP"),
        ("80=d", "80=q 81/UDP=x", "81/UDP=x 80=q"),
        ("80/TCP=d", "82/TCP 81 83/TCP", "82/TCP 81 83/TCP 80/TCP=d"),
        ("81 80/TCP=d", "80=x 82", "82 81 80/TCP=d"),
        ("", "80=x 80/TCP=w 81", "80/TCP=w 81"),
        ("80=a 81=b 82=c", "82=x 83 80=w 84", "82=x 83 80=w 84 81=b"),
    ] {
        assert_eq!(ports(ours, theirs), expected, "{ours} | {theirs}");
    }
}

#[test]
fn merges_sets_of_scalars() {
    let finalizers =
        |list: &str| format!("{{apiVersion: v1, kind: Secret, metadata: {{finalizers: [{list}]}}}}");
    assert!(merged(&finalizers("x, w"), &finalizers("z, w")).contains(r#"["z","w","x"]"#));
}

#[test]
fn bounds_depth() {
    let deep = format!("{}{}", "{a: ".repeat(100), "}".repeat(100));
    assert!(merged(&deep, &deep).starts_with('{'));
}
