"""Small overlays for generators, hashes, components, and where resources come from."""

from rendering.overlays import OBJECTS, Case, layered, over

CASES = []


def case(name, files, fails=None, path="o"):
    CASES.append(Case(f"generators: {name}", files, path, fails))


def made(name, text, fails=None, **files):
    """A kustomization of generators only."""
    case(name, {"o/kustomization.yaml": text, **{f"o/{k}": v for k, v in files.items()}}, fails)


def maps(name, rest, fails=None, files=None):
    made(f"configMapGenerator {name}", f"configMapGenerator:\n- name: m\n{rest}", fails, **(files or {}))


def secrets(name, rest, fails=None, files=None):
    made(f"secretGenerator {name}", f"secretGenerator:\n- name: s\n{rest}", fails, **(files or {}))


maps("literals", "  literals: [a=1, b=text, c=x=y, d=, 'e=with space', f=true]\n")
maps("literals in quotes", "  literals:\n  - a=\"quoted\"\n  - b='single'\n  - c=\"half\n  - 'd=\"in \"side\" x\"'\n")
maps("literals of several lines", "  literals:\n  - |\n    a=one\n    two\n  - \"b=x\\ny\"\n")
maps("literals out of order", "  literals: [z=1, a=2, M=3]\n")
maps("a literal without a value", "  literals: [a]\n", "literal")
maps("a literal twice", "  literals: [a=1, a=2]\n", "")
maps("a literal without a key", "  literals: ['=x']\n", "")
maps("files", "  files: [a.txt, other=b.txt, sub/c.txt]\n", files={"a.txt": "alpha\n", "b.txt": "no end", "sub/c.txt": "x\ny\n"})
maps("a binary file", "  files: [b.bin]\n", files={"b.bin": b"\x00\xff\xfe"})
maps("a file with tabs, spaces at the ends, Windows lines", "  files: [t.txt, w.txt, s.txt]\n", files={"t.txt": "a\tb\n", "w.txt": b"a\r\nb\r\n", "s.txt": "x  \ny\n\n"})
maps("an empty file", "  files: [e.txt]\n", files={"e.txt": ""})
maps("a file that is not there", "  files: [gone.txt]\n", "gone.txt")
maps("a file outside", "  files: [../out.txt]\n", "security|restrict|not in or below")
CASES[-1].files["out.txt"] = "x"
maps("a folder as file", "  files: [sub]\n", "", files={"sub/c.txt": "x"})
maps("a bad key", "  files: ['a b=x.txt']\n", "", files={"x.txt": "x"})
maps("envs", "  envs: [v.env]\n", files={"v.env": "A=1\n# note\n\nB=two words\nC=\n  D=x\nE=\"quoted\"\nF='s'\nG=a=b\n"})
maps("env", "  env: v.env\n", files={"v.env": "A=1\n"})
maps("envs: a name alone", "  envs: [v.env]\n", files={"v.env": "HOME_NOT_SET_HERE\nA=1\n"})
maps("envs with a bad line", "  envs: [v.env]\n", "", files={"v.env": "a b=1\n"})
maps("envs with a BOM and Windows lines", "  envs: [v.env]\n", files={"v.env": b"\xef\xbb\xbfA=1\r\nB=2\r\n"})
maps("two envs with the same key", "  envs: [v.env, w.env]\n", "", files={"v.env": "A=1\n", "w.env": "A=2\n"})
maps("everything together", "  literals: [l=1]\n  files: [f.txt]\n  envs: [v.env]\n", files={"f.txt": "f", "v.env": "E=1\n"})
maps("nothing", "")
maps("a namespace", "  namespace: there\n  literals: [a=1]\n")
maps("without a hash", "  literals: [a=1]\n  options: {disableNameSuffixHash: true}\n")
maps("options", "  literals: [a=1]\n  options:\n    labels: {l: m}\n    annotations: {note: o}\n    immutable: true\n")
maps("long text", "  files: [l.txt]\n", files={"l.txt": "word " * 60 + "\n" + "x" * 200 + "\n"})
maps("text that looks like other types", "  literals: [a=1, b=true, c=null, d=1.5, e=~, f=0x1, 'g= lead', 'h={x}', 'i=- x', 'j=#x', 'k=a: b', 'l=2001-01-01', m=yes]\n")
maps("unicode", "  literals: [a=é, b=😀, 'c=\"é\"', d=\\n]\n")
made("configMapGenerator without a name", "configMapGenerator:\n- literals: [a=1]\n", "")
secrets("literals", "  literals: [a=1, b=text]\n")
secrets("files and a type", "  type: kubernetes.io/tls\n  files: [tls.crt, tls.key]\n", files={"tls.crt": "crt\n", "tls.key": "key\n"})
secrets("envs", "  envs: [v.env]\n", files={"v.env": "A=1\nB=2\n"})
secrets("a binary file", "  files: [b.bin]\n", files={"b.bin": bytes(range(256))})
secrets("options", "  literals: [a=1]\n  options: {labels: {l: m}, immutable: true, disableNameSuffixHash: true}\n")
secrets("long text", "  files: [l.txt]\n", files={"l.txt": "word " * 60})
secrets("nothing", "")
secrets("of another type", "  type: example.com/x\n  literals: [a=1]\n")
made("generatorOptions", "generatorOptions:\n  disableNameSuffixHash: true\n  labels: {g: h}\n  annotations: {i: j}\n  immutable: true\n"
     "configMapGenerator:\n- name: m\n  literals: [a=1]\n- name: two\n  literals: [a=1]\n  options: {disableNameSuffixHash: false, labels: {g: own, k: l}}\nsecretGenerator:\n- name: s\n  literals: [a=1]\n")
made("two generators of one name", "configMapGenerator:\n- {name: m, literals: [a=1]}\n- {name: m, literals: [b=1]}\n", "")
made("one name in two namespaces", "configMapGenerator:\n- {name: m, namespace: a, literals: [a=1]}\n- {name: m, namespace: b, literals: [a=1]}\n")

GENERATING = "configMapGenerator:\n- name: settings\n  literals: [a=1, c=3]\nsecretGenerator:\n- name: keys\n  literals: [k=v]\n"
REFERRING = ("deployment.yaml", "service.yaml", "cron.yaml", "account.yaml", "ingress.yaml", "rbac.yaml", "custom.yaml", "stateful.yaml")
case("references to hashed names", over(GENERATING, *REFERRING))
case("references with a prefix and a namespace", over(GENERATING + "namePrefix: p-\nnameSuffix: -s\nnamespace: there\n", *REFERRING))
case("references in two layers", layered(GENERATING, "namePrefix: p-\ncommonLabels: {x: z}\n", *REFERRING))
case("references from the overlay into the base", layered(GENERATING, "namePrefix: p-\npatches:\n- patch: |\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata: {name: web}\n    spec:\n      template:\n        spec:\n          volumes:\n          - name: added\n            secret: {secretName: keys}\n", *REFERRING))
case("references by a configuration", over(GENERATING + "configurations: [c.yaml]\n", "custom.yaml", files={"c.yaml": "nameReference:\n- kind: ConfigMap\n  version: v1\n  fieldSpecs:\n  - {path: spec/settingsName, kind: Widget}\n"}))
case("a reference to a name in another namespace", over("configMapGenerator:\n- {name: settings, namespace: other, literals: [a=1]}\n", "deployment.yaml"))
case("two generators of one name and a reference", over("configMapGenerator:\n- {name: settings, namespace: a, literals: [a=1]}\n- {name: settings, namespace: b, literals: [a=1]}\n", "deployment.yaml"))
for behavior in ("merge", "replace"):
    case(f"behavior {behavior}", layered(GENERATING, f"configMapGenerator:\n- name: settings\n  behavior: {behavior}\n  literals: [a=2, b=new]\nsecretGenerator:\n- name: keys\n  behavior: {behavior}\n  literals: [z=w]\n", "deployment.yaml"))
case("behavior create over what is there", layered(GENERATING, "configMapGenerator:\n- name: settings\n  behavior: create\n  literals: [a=2]\n", "deployment.yaml"), "behavior|already|conflict")
case("behavior merge of what is not there", layered("", "configMapGenerator:\n- name: nobody\n  behavior: merge\n  literals: [a=2]\n", "deployment.yaml"), "nobody")
case("behavior unknown", layered(GENERATING, "configMapGenerator:\n- name: settings\n  behavior: other\n  literals: [a=2]\n", "deployment.yaml"), "")
case("behavior merge over a plain object", layered("", "configMapGenerator:\n- name: settings\n  behavior: merge\n  literals: [a=2, z=9]\n"))
case("behavior merge with options", layered(GENERATING, "configMapGenerator:\n- name: settings\n  behavior: merge\n  literals: [a=2]\n  options: {labels: {x: w}, annotations: {z: w}, disableNameSuffixHash: true}\n", "deployment.yaml"))
case("behavior merge under a prefix", layered(GENERATING + "namePrefix: b-\n", "configMapGenerator:\n- name: settings\n  behavior: merge\n  literals: [a=2]\n", "deployment.yaml"), "")
case("behavior merge in a namespace", layered(GENERATING + "namespace: there\n", "namespace: there\nconfigMapGenerator:\n- name: settings\n  behavior: merge\n  literals: [a=2]\n", "deployment.yaml"), "")
case("behavior merge in a namespace that is named", layered(GENERATING + "namespace: there\n", "configMapGenerator:\n- name: settings\n  namespace: there\n  behavior: merge\n  literals: [a=2]\n", "deployment.yaml"))
case("behavior merge of a binary and a text", {
    "base/kustomization.yaml": "configMapGenerator:\n- name: m\n  files: [b.bin]\n  literals: [a=1]\n", "base/b.bin": b"\x00\xff",
    "o/kustomization.yaml": "resources: [../base]\nconfigMapGenerator:\n- name: m\n  behavior: merge\n  literals: [c=2]\n"})
case("behavior through three layers", {
    "a/kustomization.yaml": "configMapGenerator:\n- name: m\n  literals: [a=1]\n",
    "b/kustomization.yaml": "resources: [../a]\nconfigMapGenerator:\n- name: m\n  behavior: merge\n  literals: [b=2]\n",
    "o/kustomization.yaml": "resources: [../b]\nconfigMapGenerator:\n- name: m\n  behavior: merge\n  literals: [a=3]\nnamePrefix: x-\n"})
case("a patch of what is generated", over(GENERATING + "patches:\n- patch: |\n    apiVersion: v1\n    kind: ConfigMap\n    metadata: {name: settings}\n    data: {a: patched}\n", "deployment.yaml"))
case("a label changes no hash", over(GENERATING + "commonLabels: {x: z}\n", "deployment.yaml"))
case("an annotation that asks for a hash", {"o/kustomization.yaml": "resources: [m.yaml]\n", "o/m.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: m\n  annotations: {kustomize.config.k8s.io/needs-hash: 'true'}\ndata: {a: b}\n"})
case("replacements see the hash", over(GENERATING + "replacements:\n- source: {kind: ConfigMap, name: settings}\n  targets:\n  - select: {kind: Deployment}\n    fieldPaths: [metadata.annotations.map]\n    options: {create: true}\n", "deployment.yaml"))
case("vars see the hash", over(GENERATING + "vars:\n- {name: M, objref: {kind: ConfigMap, name: settings, apiVersion: v1}}\npatches:\n- patch: |\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata: {name: web}\n    spec: {template: {spec: {containers: [{name: web, args: [$(M)]}]}}}\n", "deployment.yaml"))
case("generated objects and their order", over(GENERATING, "deployment.yaml", "space.yaml"))

# Where resources come from.
PLAIN = OBJECTS["configmap.yaml"]


def sourced(name, files, fails=None):
    CASES.append(Case(f"resources: {name}", files, "o", fails))


sourced("kustomization.yml", {"o/kustomization.yml": "resources: [a.yaml]\n", "o/a.yaml": PLAIN})
sourced("Kustomization", {"o/Kustomization": "resources: [a.yaml]\n", "o/a.yaml": PLAIN})
sourced("two kustomizations in a folder", {"o/kustomization.yaml": "resources: [a.yaml]\n", "o/Kustomization": "resources: []\n", "o/a.yaml": PLAIN}, "[Mm]ultiple")
sourced("apiVersion and kind", {"o/kustomization.yaml": "apiVersion: kustomize.config.k8s.io/v1\nkind: Kustomization\nmetadata: {name: x}\nresources: [a.yaml]\n", "o/a.yaml": PLAIN}, "")
sourced("apiVersion v1beta1", {"o/kustomization.yaml": "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nmetadata: {name: x}\nresources: [a.yaml]\n", "o/a.yaml": PLAIN})
sourced("another apiVersion", {"o/kustomization.yaml": "apiVersion: other/v1\nkind: Kustomization\nresources: [a.yaml]\n", "o/a.yaml": PLAIN}, "apiVersion")
sourced("an unknown field", {"o/kustomization.yaml": "resources: [a.yaml]\nnonsense: 1\n", "o/a.yaml": PLAIN}, "nonsense")
sourced("broken YAML", {"o/kustomization.yaml": "resources: [\n"}, "")
sourced("an empty kustomization", {"o/kustomization.yaml": ""}, "empty")
sourced("no resources", {"o/kustomization.yaml": "namePrefix: x-\n"}, "")
sourced("bases", {"b/kustomization.yaml": "resources: [a.yaml]\n", "b/a.yaml": PLAIN, "o/kustomization.yaml": "bases: [../b]\nnamePrefix: p-\n"})
sourced("a file outside", {"out.yaml": PLAIN, "o/kustomization.yaml": "resources: [../out.yaml]\n"}, "security|restrict|not in or below")
sourced("a cycle", {"a/kustomization.yaml": "resources: [../o]\n", "o/kustomization.yaml": "resources: [../a]\n"}, "cycle")
sourced("itself", {"o/kustomization.yaml": "resources: [.]\n"}, "")
sourced("a folder without a kustomization", {"b/a.yaml": PLAIN, "o/kustomization.yaml": "resources: [../b]\n"}, "kustomization")
sourced("a file that is not there", {"o/kustomization.yaml": "resources: [gone.yaml]\n"}, "gone.yaml")
sourced("an empty file", {"o/e.yaml": "", "o/a.yaml": PLAIN, "o/kustomization.yaml": "resources: [e.yaml, a.yaml]\n"})
sourced("a file of comments and empty documents", {"o/a.yaml": "# note\n---\n---\n" + PLAIN + "---\n# end\n", "o/kustomization.yaml": "resources: [a.yaml]\n"})
sourced("a List", {"o/a.yaml": "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: b}}\n", "o/kustomization.yaml": "resources: [a.yaml]\nnamePrefix: p-\n"})
sourced("a ConfigMapList", {"o/a.yaml": "apiVersion: v1\nkind: ConfigMapList\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n", "o/kustomization.yaml": "resources: [a.yaml]\nnamePrefix: p-\n"})
sourced("JSON", {"o/a.json": '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "j"}, "data": {"a": "b"}}', "o/kustomization.yaml": "resources: [a.json]\n"})
sourced("no kind", {"o/a.yaml": "apiVersion: v1\nmetadata: {name: a}\n", "o/kustomization.yaml": "resources: [a.yaml]\n"}, "kind")
sourced("no name", {"o/a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {}\n", "o/kustomization.yaml": "resources: [a.yaml]\n"}, "name")
sourced("a generated name", {"o/a.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {generateName: a-}\n", "o/kustomization.yaml": "resources: [a.yaml]\nnamePrefix: p-\n"}, "")
sourced("the same twice", {"o/a.yaml": PLAIN + "---\n" + PLAIN, "o/kustomization.yaml": "resources: [a.yaml]\n"}, "may not add resource with an already registered id")
sourced("one name in two namespaces", {"o/a.yaml": PLAIN.replace("name: settings", "name: settings\n  namespace: x") + "---\n" + PLAIN, "o/kustomization.yaml": "resources: [a.yaml]\nnamePrefix: p-\n"})
sourced("two namespaces that become one", {"o/a.yaml": PLAIN.replace("name: settings", "name: settings\n  namespace: x") + "---\n" + PLAIN, "o/kustomization.yaml": "resources: [a.yaml]\nnamespace: there\n"}, "")
sourced("anchors and merge keys", {"o/a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, labels: &l {x: y}}\ndata:\n  <<: *l\n  z: w\nmore: *l\n", "o/kustomization.yaml": "resources: [a.yaml]\n"})
sourced("a key twice", {"o/a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: '1'}\ndata: {b: '2'}\n", "o/kustomization.yaml": "resources: [a.yaml]\n"}, "")
sourced("numbers, bools and nulls as they are", {"o/a.yaml": "apiVersion: v1\nkind: Odd\nmetadata: {name: a, annotations: {}}\nspec: {a: 010, b: yes, c: ~, d: 1e3, e: 0x1F, f: 1.0, g: '1', h: null, i: 2001-01-01, j: .5, k: 12:30, l: 1_000, m: off, n: !!str 5}\nempty: {}\nlist: []\n", "o/kustomization.yaml": "resources: [a.yaml]\n"})
sourced("the order of keys", {"o/a.yaml": "kind: Odd\nzeta: 1\nmetadata: {namespace: n, name: a, labels: {z: a, b: c}}\nalpha: 2\napiVersion: v1\nspec: {z: 1, a: 2}\n", "o/kustomization.yaml": "resources: [a.yaml]\n"})
sourced("a remote base", {"o/kustomization.yaml": "resources: ['https://example.invalid/x//y?ref=v1']\n"}, "")
sourced("crds", {"o/kustomization.yaml": "resources: [a.yaml]\ncrds: [c.json]\n", "o/a.yaml": PLAIN, "o/c.json": "{}"})
sourced("a link in the tree", {"o/kustomization.yaml": "resources: [sub/a.yaml, ./b.yaml, sub/../c.yaml]\n", "o/sub/a.yaml": PLAIN, "o/b.yaml": OBJECTS["secret.yaml"], "o/c.yaml": OBJECTS["service.yaml"]})

COMPONENT = "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n"


def component(name, text, overlay="components: [../c]\n", fails=None, files=None):
    found = layered("", overlay, files={"c/kustomization.yaml": COMPONENT + text, **{f"c/{k}": v for k, v in (files or {}).items()}})
    CASES.append(Case(f"components: {name}", found, "o", fails))


component("a patch", "patches:\n- target: {kind: Deployment}\n  patch: '[{\"op\": \"replace\", \"path\": \"/spec/replicas\", \"value\": 3}]'\n")
component("a prefix for all", "namePrefix: c-\n")
component("a resource", "resources: [x.yaml]\nnameSuffix: -c\n", files={"x.yaml": OBJECTS["account.yaml"]})
component("a generator that merges", "configMapGenerator:\n- {name: settings, behavior: merge, literals: [z=1]}\n")
component("labels, images, replicas", "labels:\n- pairs: {a: b}\nimages:\n- {name: nginx, newTag: c}\nreplicas:\n- {name: web, count: 7}\n")
component("before what the overlay does", "namePrefix: c-\n", "components: [../c]\nnamePrefix: o-\npatches:\n- target: {kind: Deployment, name: c-web}\n  patch: '[{\"op\": \"add\", \"path\": \"/spec/x\", \"value\": 1}]'\n")
component("two of them", "namePrefix: c-\n", "components: [../c, ../d]\n")
CASES[-1].files["d/kustomization.yaml"] = COMPONENT + "nameSuffix: -d\npatches:\n- target: {name: c-web}\n  patch: '[{\"op\": \"add\", \"path\": \"/spec/y\", \"value\": 1}]'\n"
component("one in another", "components: [../d]\nnamePrefix: c-\n")
CASES[-1].files["d/kustomization.yaml"] = COMPONENT + "namePrefix: d-\n"
component("as a resource", "namePrefix: c-\n", "resources: [../base, ../c]\n", "Component")
CASES[-1].files["o/kustomization.yaml"] = "resources: [../base, ../c]\n"
component("a kustomization as a component", "", "components: [../base2]\n", "Kustomization|Component")
CASES[-1].files["base2/kustomization.yaml"] = "namePrefix: x-\n"
component("replacements", "replacements:\n- source: {kind: ConfigMap, name: settings, fieldPath: data.a}\n  targets:\n  - select: {kind: Deployment}\n    fieldPaths: [spec.replicas]\n")
component("a namespace", "namespace: there\n")
component("a patch that deletes", "patches:\n- patch: |\n    apiVersion: v1\n    kind: Service\n    metadata: {name: web}\n    $patch: delete\n")
component("a file that is not there", "patches:\n- path: gone.yaml\n", fails="gone.yaml")
