//! How values are laid over each other.

use crate::{about, over, printed, render, set};
use render::helm::{Layer, Options};

const SHOW: &str = "v: {{ .Values | toJson }}\n";

/// The values of `root`, and of its dependency `s` if it has one.
fn values(root: &str, sub: Option<(&str, bool)>, layers: &[Layer]) -> Vec<String> {
    let mut chart = about("root");
    let mut files = vec![("root/values.yaml", root), ("root/templates/v.yaml", SHOW)];
    let sub_chart = about("s");
    if let Some((sub, declared)) = sub {
        files.push(("root/charts/s/Chart.yaml", &sub_chart));
        files.push(("root/charts/s/values.yaml", sub));
        if declared {
            chart.push_str("dependencies:\n- {name: s, version: '*'}\n");
        }
    }
    files.push(("root/Chart.yaml", &chart));
    let (_, output) = render(&files, layers, &Options::default());
    printed(&output).iter().map(|line| line.split_once("v: ").unwrap().1.to_owned()).collect()
}

#[test]
fn nulls_of_one_chart() {
    let own = "{a: null, b: {c: null, d: 1}, e: 2}";
    for (under, user, wanted) in [
        (own, "{}", r#"{"b":{"d":1},"e":2}"#),
        (own, "{e: null, b: {d: null}, x: null, w: {z: null}}", r#"{"b":{},"w":{"z":null},"x":null}"#),
        (own, "{b: null, a: {k: 1}}", r#"{"a":{"k":1},"e":2}"#),
        ("{b: {d: 1}}", "{b: {q: null, w: {k: null}}}", r#"{"b":{"d":1,"q":null,"w":{"k":null}}}"#),
        ("{b: {d: null, f: {g: null}}}", "{b: {q: 1}}", r#"{"b":{"f":{},"q":1}}"#),
        ("{b: {d: null}, e: null}", "{b: {d: null}, e: null}", r#"{"b":{"d":null}}"#),
    ] {
        assert_eq!(values(under, None, &[over(user)]), [wanted], "{under} {user}");
    }
}

#[test]
fn nulls_and_dependencies() {
    let sub = "{a: null, b: {c: null, d: 1}, e: 2}";
    let parent = "{s: {e: null, b: {d: null}, x: null, w: {z: null}}}";
    for (root, user, declared, wanted) in [
        ("{}", "{}", true, r#"{"s":{"b":{"d":1},"e":2,"global":{}}}"#),
        (parent, "{}", true, r#"{"s":{"b":{"d":1},"e":2,"global":{},"w":{}}}"#),
        ("{}", parent, false, r#"{"s":{"b":{},"global":{},"w":{"z":null},"x":null}}"#),
        ("{}", parent, true, r#"{"s":{"b":{"c":null},"global":{},"w":{"z":null},"x":null}}"#),
        (parent, "{s: {e: 7}}", true, r#"{"s":{"b":{"c":null},"e":7,"global":{},"w":{"z":null},"x":null}}"#),
        ("{}", "{s: {a: null, b: {c: null}}}", true, r#"{"s":{"b":{"c":null,"d":1},"e":2,"global":{}}}"#),
    ] {
        let sub = Some((sub, declared));
        assert_eq!(values(root, sub, &[over(user)]), [wanted], "{root} {user} {declared}");
    }
}

#[test]
fn globals() {
    let root = "{global: {a: 1, t: {u: 2}}}";
    let sub = Some(("{global: {a: 3, t: {u: 4, v: 5}}}", true));
    assert_eq!(
        values(root, sub, &[over("{global: {a: null, t: {u: null}}}")]),
        [r#"{"global":{"t":{}},"s":{"global":{"a":1,"t":{"u":2,"v":5}}}}"#]
    );
    assert_eq!(
        values(root, sub, &[over("{s: {global: {a: null, t: {u: null, v: null}}}}")]),
        [r#"{"global":{"a":1,"t":{"u":2}},"s":{"global":{"a":1,"t":{"u":2}}}}"#]
    );
}

#[test]
fn set_arguments() {
    let own = "{l: [1, 2], m: {k: v}, s: str}";
    for (argument, wanted) in [
        ("a=1,b=x", r#"{"a":1,"b":"x","l":[1,2],"m":{"k":"v"},"s":"str"}"#),
        ("l[0]=9,l[1].k=v", r#"{"l":[9,{"k":"v"}],"m":{"k":"v"},"s":"str"}"#),
        ("m.k=null,m.n=2", r#"{"l":[1,2],"m":{"n":2},"s":"str"}"#),
        ("x={}", r#"{"l":[1,2],"m":{"k":"v"},"s":"str","x":[""]}"#),
        ("x={a,b\\,c,1}", r#"{"l":[1,2],"m":{"k":"v"},"s":"str","x":["a","b,c",1]}"#),
        ("m=3", r#"{"l":[1,2],"m":3,"s":"str"}"#),
        ("s.x=1", r#"{"l":[1,2],"m":{"k":"v"},"s":{"x":1}}"#),
    ] {
        assert_eq!(values(own, None, &[set(argument)]), [wanted], "{argument}");
    }
    let both = [over("m: {k: 1, o: 2}"), set("m.k=3")];
    assert_eq!(values(own, None, &both), [r#"{"l":[1,2],"m":{"k":3,"o":2},"s":"str"}"#]);
}

#[test]
fn keys_and_documents() {
    assert_eq!(
        values("{yes: 1, 0x1F: b, 1.50: c, 'on': d, 123456789.5: g, 010: j}", None, &[]),
        [r#"{"1.2345679e+08":"g","1.5":"c","31":"b","8":"j","on":"d","true":1}"#]
    );
    assert_eq!(values("a: {x: 1}\n---\na: {z: 2}\nb: 3\n", None, &[]), [r#"{"a":{"x":1,"z":2},"b":3}"#]);
    assert_eq!(values("# nothing\n", None, &[]), ["{}"]);
}

#[test]
fn values_inside_other_files() {
    let text = "spec:\n  # ä\n  values: |\n    a:\n      b: 1\n  map:\n    a: {c: 2}\n";
    let tree = std::sync::Arc::new(syntax::yaml::parse(std::sync::Arc::new(syntax::SourceText::new(
        "app.yaml", text,
    ))));
    let root = tree.roots().next().unwrap();
    let block = Layer::Text { tree: tree.clone(), node: root.at("spec.values").id() };
    let map = Layer::Node { tree: tree.clone(), node: root.at("spec.map").id() };
    assert_eq!(values("{}", None, &[block.clone(), map]), [r#"{"a":{"b":1,"c":2}}"#]);
    // Places are those of the file around.
    let files = [("root/Chart.yaml", &*about("root")), ("root/templates/v.yaml", "v: {{ .Values.a.b }}\n")];
    let (_, output) = render(&files, &[block], &Options::default());
    let manifest = &output.manifests[0];
    let run = render::output::run_at(&manifest.runs, manifest.text.find('1').unwrap() as u32).unwrap();
    let node = output.origins.node_of(render::output::value_of(&output.origins, run.origin)).unwrap();
    assert_eq!(node.location().file.as_ref(), "app.yaml");
    assert_eq!(node.location().range.start.line, 5);
}

#[test]
fn a_merged_map_is_the_parents() {
    let files = [
        ("root/Chart.yaml", &*about("root")),
        ("root/values.yaml", "s:\n  image: {tag: x}\n"),
        ("root/charts/s/Chart.yaml", &*about("s")),
        ("root/charts/s/values.yaml", "image: {tag: y, name: nn}\nother: {k: 1}\n"),
        (
            "root/charts/s/templates/a.yaml",
            "tag: {{ .Values.image.tag }}\nname: {{ .Values.image.name }}\nnone: {{ .Values.image.digest | quote }}\n",
        ),
    ];
    let (_, output) = render(&files, &[], &Options::default());
    let manifest = &output.manifests[0];
    assert_eq!(manifest.text, "tag: x\nname: nn\nnone: \n");
    let file_of = |at: &str| {
        let run = render::output::run_at(&manifest.runs, manifest.text.find(at).unwrap() as u32).unwrap();
        let value = render::output::value_of(&output.origins, run.origin);
        output.origins.node_of(value).unwrap().location().file.to_string()
    };
    assert_eq!(file_of("x\n"), "root/values.yaml");
    assert_eq!(file_of("nn\nnone"), "root/charts/s/values.yaml");
}
