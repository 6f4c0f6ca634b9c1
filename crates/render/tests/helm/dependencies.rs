//! Where dependencies come from, and which of them take part.

use crate::memory::Memory;
use crate::{about, messages, over, printed, render, render_of};
use render::helm::{self, How, Options};

/// A packaged chart.
pub fn package(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut tar = Vec::new();
    for (name, content) in files {
        let mut header = [0u8; 512];
        header[..name.len()].copy_from_slice(name.as_bytes());
        header[100..107].copy_from_slice(b"0000644");
        header[124..135].copy_from_slice(format!("{:011o}", content.len()).as_bytes());
        header[156] = b'0';
        header[257..262].copy_from_slice(b"ustar");
        header[148..156].copy_from_slice(b"        ");
        let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
        header[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
        tar.extend_from_slice(&header);
        tar.extend_from_slice(content);
        tar.resize(tar.len().next_multiple_of(512), 0);
    }
    tar.resize(tar.len() + 1024, 0);
    let mut out = vec![0; tar.len() + 1024];
    let mut deflate = zlib_rs::Deflate::new(6, true, 16 + 15);
    deflate.compress(&tar, &mut out, zlib_rs::DeflateFlush::Finish).unwrap();
    out.truncate(deflate.total_out() as usize);
    out
}

#[test]
fn each_way_to_find_one() {
    let root = about("root")
        + "dependencies:\n- {name: packed, version: 1.x.x}\n- {name: near, version: 2.x.x}\n\
           - {name: filed, version: '*', repository: 'file://../lib/filed'}\n- {name: lost, version: 3.x}\n\
           - {name: far, version: '>=1'}\n";
    let version = |name: &str, version: &str| about(name).replace("0.1.0", version);
    let mut files = Memory::of(&[
        ("root/Chart.yaml", &root),
        ("root/templates/a.yaml", "kind: Root\n"),
        ("near/Chart.yaml", &version("near", "1.9.0")),
        ("other/near/Chart.yaml", &version("near", "2.1.0")),
        ("other/near/templates/a.yaml", "kind: Near\n"),
        ("lib/filed/Chart.yaml", &about("filed")),
        ("lib/filed/templates/a.yaml", "kind: Filed\n"),
        ("lost/Chart.yaml", &version("lost", "4.0.0")),
        ("x/y/z/Chart.yaml", &version("far", "1.0.0")),
    ]);
    let packed = package(&[
        ("packed/Chart.yaml", version("packed", "1.2.3").as_bytes()),
        ("packed/templates/a.yaml", b"kind: Packed\n"),
        ("packed/logo.png", b"\xff\xfe"),
    ]);
    files.add_bytes("root/charts/packed-1.2.3.tgz", &packed);
    let (chart, output) = render_of(&files, &[], &Options::default());
    let taken: Vec<_> = chart.taken().iter().map(|t| (&*t.name, &*t.version, &*t.from, t.how)).collect();
    assert_eq!(
        taken,
        [
            ("packed", "1.2.3", "root/charts/packed-1.2.3.tgz", How::Archive),
            ("near", "2.1.0", "other/near", How::Elsewhere),
            ("filed", "0.1.0", "lib/filed", How::File),
            ("far", "1.0.0", "x/y/z", How::Elsewhere),
        ]
    );
    assert_eq!(
        messages(chart.problems()),
        [
            "dependency lost 3.x of chart root is not in charts/, nor is a chart of that name and version elsewhere \
          in the tree"
        ]
    );
    assert!(!chart.problems()[0].fatal);
    assert_eq!(chart.problems()[0].location.range.start.line, 8);
    assert_eq!(
        printed(&output),
        [
            "root/charts/filed/templates/a.yaml: kind: Filed",
            "root/charts/near/templates/a.yaml: kind: Near",
            "root/charts/packed/templates/a.yaml: kind: Packed",
            "root/templates/a.yaml: kind: Root",
        ]
    );
    assert_eq!(helm::charts(&files), ["lib/filed", "lost", "near", "other/near", "root", "x/y/z"]);
}

#[test]
fn conditions_tags_aliases_imports() {
    let root = about("root")
        + "dependencies:\n- {name: s, version: '*', condition: 's.use,global.use'}\n\
           - {name: s, version: 0.1.x, alias: one, tags: [front, back]}\n\
           - {name: s, version: 0.1.x, alias: two, tags: [back], import-values: [data, {child: in.c, parent: p.q}]}\n";
    let files = [
        ("root/Chart.yaml", &*root),
        ("root/values.yaml", "{global: {use: false}, tags: {front: true, back: false}, p: {q: {own: 1}}}"),
        ("root/templates/a.yaml", "kind: Root\nv: {{ .Values.d }} {{ .Values.p | toJson }}\n"),
        ("root/charts/s/Chart.yaml", &*about("s")),
        ("root/charts/s/values.yaml", "{exports: {data: {d: 5}}, in: {c: {e: 6, own: 2}}}"),
        ("root/charts/s/templates/a.yaml", "kind: S\nn: {{ .Chart.Name }}\n"),
    ];
    let run = |values: &str| printed(&render(&files, &[over(values)], &Options::default()).1);
    let root = |line: &str| format!("root/templates/a.yaml: kind: Root; v: {line}");
    let sub = |name: &str| format!("root/charts/{name}/templates/a.yaml: kind: S; n: {name}");
    assert_eq!(run("{}"), [root(r#" {"q":{"own":1}}"#), sub("one")]);
    assert_eq!(
        run("{s: {use: true}, tags: {back: true}}"),
        [root(r#"5 {"q":{"e":6,"own":1}}"#), sub("one"), sub("s"), sub("two")]
    );
    assert_eq!(
        run("{s: {use: text}, global: {use: true}, tags: {front: null}}"),
        [root(r#" {"q":{"own":1}}"#), sub("s")]
    );
}

#[test]
fn charts_of_the_first_version() {
    let files = [
        ("root/Chart.yaml", "name: root\nversion: 0.1.0\n"),
        (
            "root/requirements.yaml",
            "dependencies:\n- {name: s, version: 0.1.0, condition: s.use, alias: t}\n",
        ),
        ("root/requirements.lock", "x: 1"),
        ("root/values.yaml", "s: {use: false}\n"),
        ("root/charts/s/Chart.yaml", &*about("s")),
        ("root/charts/s/templates/a.yaml", "kind: S\n"),
        (
            "root/templates/a.yaml",
            "kind: X\nf: {{ range $p, $_ := .Files }}{{ $p }} {{ end }}{{ .Chart.APIVersion }}\n",
        ),
    ];
    let (_, output) = render(&files, &[], &Options::default());
    assert_eq!(printed(&output), ["root/templates/a.yaml: kind: X; f: requirements.yaml v1"]);
    let (_, output) = render(&files, &[over("s: {use: true}")], &Options::default());
    assert_eq!(output.manifests[0].name.as_ref(), "root/charts/t/templates/a.yaml");
}
