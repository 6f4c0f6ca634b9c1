//! Input that means harm: it ends in problems, not in panics, and soon.

use crate::dependencies::package;
use crate::memory::Memory;
use crate::{about, over, printed, render, render_of, set};
use render::helm::{self, Library, Options};
use std::sync::Arc;

#[test]
fn charts_that_depend_on_each_other() {
    let on = |name: &str, on: &str| {
        about(name)
            + &format!(
                "dependencies:\n- {{name: {on}, version: '*'}}\n- {{name: {on}, version: '*', alias: again}}\n"
            )
    };
    let files = [
        ("root/Chart.yaml", &*on("root", "b")),
        ("b/Chart.yaml", &*on("b", "c")),
        ("c/Chart.yaml", &*on("c", "root")),
        ("c/templates/a.yaml", "kind: C\n"),
    ];
    let (chart, output) = render(&files, &[], &Options::default());
    assert!(
        chart.problems().iter().any(|p| p.message.contains("depends on itself")),
        "{:?}",
        chart.problems()
    );
    assert_eq!(output.manifests.len(), 4);
    let (chart, _) = render(&[("root/Chart.yaml", &on("root", "root"))], &[], &Options::default());
    assert!(!chart.problems().is_empty());
}

#[test]
fn aliases_that_multiply() {
    // Ten charts, each with four aliases of the next.
    let mut files = Memory::default();
    for level in 0..10 {
        let name = if level == 0 { "root".to_owned() } else { format!("c{level}") };
        let mut chart = about(&name);
        if level < 9 {
            chart.push_str("dependencies:\n");
            for alias in 0..4 {
                {
                    use std::fmt::Write as _;
                    let _ = writeln!(chart, "- {{name: c{}, version: '*', alias: a{alias}}}", level + 1);
                }
            }
        }
        files.add(&format!("{name}/Chart.yaml"), &chart);
    }
    let (_, output) = render_of(&files, &[], &Options::default());
    assert!(output.problems.iter().any(|p| p.message.contains("too many charts")), "{:?}", output.problems);
}

#[test]
fn archives() {
    let library = Library::default();
    let load = |bytes: &[u8]| helm::load_archive(&Arc::from(bytes), "x.tgz", &library);
    let chart = about("x");
    let good = package(&[("x/Chart.yaml", chart.as_bytes())]);
    assert_eq!(load(&good).unwrap().folder(), "x.tgz");
    for end in 0..good.len() {
        let _ = load(&good[..end]);
    }
    for at in (0..good.len()).step_by(3) {
        let mut bytes = good.clone();
        bytes[at] ^= 0x55;
        let _ = load(&bytes);
    }
    for name in ["x/../../etc/passwd", "x/../y", "Chart.yaml", "x/C:/y"] {
        assert!(load(&package(&[("x/Chart.yaml", chart.as_bytes()), (name, b"no")])).is_err(), "{name}");
    }
    let zeros = vec![0; 6 << 20];
    let problems = load(&package(&[("x/Chart.yaml", chart.as_bytes()), ("x/big", &zeros)])).unwrap_err();
    assert!(problems[0].message.contains("larger than the maximum"), "{problems:?}");
    // Members of a gzip file are read one after the other.
    let bomb = package(&[("x/big", &zeros[..5 << 20])]).repeat(21);
    assert!(bomb.len() < 1 << 20);
    assert!(load(&bomb).unwrap_err()[0].message.contains("larger than the maximum"));
}

#[test]
fn charts_without_sense() {
    for chart in [
        "",
        "- a",
        "name: [",
        "name: root",
        "version: 1.0.0",
        "name: a/b\nversion: 1.0.0",
        "name: root\nversion: 1.0.0\ntype: x",
    ] {
        let files = Memory::of(&[("root/Chart.yaml", chart)]);
        assert!(helm::load(&files, "root", &Library::default()).is_err(), "{chart}");
    }
    let files = Memory::of(&[("root/Chart.yaml", &about("root")), ("root/charts/s/x", "no chart")]);
    let chart = helm::load(&files, "root", &Library::default()).unwrap();
    assert_eq!(chart.problems()[0].message, "error unpacking subchart s in root: Chart.yaml file is missing");
    let outside =
        about("root") + "dependencies:\n- {name: s, version: '*', repository: 'file://../../../../etc'}\n";
    let files = Memory::of(&[("root/Chart.yaml", &outside)]);
    let chart = helm::load(&files, "root", &Library::default()).unwrap();
    assert!(chart.dependencies().is_empty() && chart.problems().len() == 1);
}

#[test]
fn values_without_measure() {
    let files = [
        ("root/Chart.yaml", &*about("root")),
        ("root/values.yaml", "a: 1\n"),
        ("root/templates/a.yaml", "kind: X\nv: {{ .Values.a }}\n"),
    ];
    let deep = format!("a: {}1{}", "[".repeat(5000), "]".repeat(5000));
    let keys = format!("{}a: 1", "a: {".repeat(300)) + &"}".repeat(300);
    let bomb = "a: &a [1,1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\n\
                d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e,*e,*e,*e]\n";
    for values in [&*deep, &*keys, bomb, "- a", "a: [", "\u{feff}", "a: !!binary x\n? [k]\n: 1\n"] {
        let (_, output) = render(&files, &[over(values)], &Options::default());
        assert!(output.manifests.len() + output.problems.len() > 0, "{values:.20}");
    }
    for argument in [
        "a[65536][65536][65536]=1",
        &"a[0]".repeat(999),
        &"a.".repeat(999),
        "a={",
        "=",
        "[0]=1",
        "a[=1",
        "\\",
    ] {
        let (_, output) = render(&files, &[set(argument)], &Options::default());
        assert!(output.manifests.len() + output.problems.len() > 0, "{argument:.20}");
    }
    let options = Options { kube_version: "x".to_owned(), ..Options::default() };
    assert_eq!(render(&files, &[], &options).1.problems.len(), 1);
    assert_eq!(
        printed(&render(&files, &[set("a=2")], &Options::default()).1),
        ["root/templates/a.yaml: kind: X; v: 2"]
    );
}
