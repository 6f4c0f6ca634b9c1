"""Small overlays that are refused, and odd kustomizations that are not."""

from rendering.overlays import OBJECTS, Case, over

CASES = []


def case(name, text, fails="", files=None):
    CASES.append(Case(f"errors: {name}", over(text, files=files or {}), "o", fails))


case("resources are no list", "namePrefix: [a]\n", "namePrefix|string|unmarshal")
case("patches are a map", "patches: {a: b}\n", "patches|unmarshal")
case("an image without a name", "images:\n- {newTag: x}\n", None)
case("a count that is no number", "replicas:\n- {name: web, count: many}\n", "count|unmarshal")
case("labels as a map", "labels: {a: b}\n", "labels|unmarshal")
case("a generator with an unknown field", "configMapGenerator:\n- {name: a, nope: 1}\n", "nope")
case("a patch with an unknown field", "patches:\n- {path: p.yaml, nope: 1}\n", "nope")
case("a target with an unknown field", "patches:\n- target: {nope: 1}\n  patch: 'x: 1'\n", "nope")
case("a replacement with an unknown field", "replacements:\n- {nope: 1}\n", "nope")
case("a configuration that is not there", "configurations: [gone.yaml]\n", "gone.yaml")
case("a transformer that is not there", "transformers: [gone.yaml]\n", "gone.yaml")
case("a component that is not there", "components: [../gone]\n", "gone")
case("a file of replacements that is not there", "replacements:\n- path: gone.yaml\n", "gone.yaml")
case("a patch that is broken YAML", "patches:\n- patch: 'a: ['\n")
case("a patch that is a text", "patches:\n- patch: 'text'\n")
case("a patch without a kind", "patches:\n- patch: |\n    metadata: {name: web}\n    spec: {}\n")
case("a merge of a list", "patches:\n- target: {kind: Service}\n  patch: '[1, 2]'\n")
case("a resource that is broken YAML", "", "", {"configmap.yaml": "a: [\n"})
case("a resource that is a text", "", "", {"configmap.yaml": "text\n"})
case("a resource that is a list", "", "", {"configmap.yaml": "- a\n"})
case("a resource with template marks", "", "", {"configmap.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: {{ x }}}\n"})
case("a resource with tabs", "", "", {"configmap.yaml": "apiVersion: v1\nkind:\tConfigMap\nmetadata:\n\tname: x\n"})
case("a label that is not allowed", "commonLabels: {'a b': c}\n")
case("a label value that is not allowed", "commonLabels: {a: 'not allowed!'}\n")
case("an annotation key that is not allowed", "commonAnnotations: {'a b': c}\n")
case("a namespace that is not allowed", "namespace: 'Not Allowed'\n", None)
case("a prefix that is not allowed", "namePrefix: 'Not Allowed-'\n", None)
case("helmCharts", "helmCharts:\n- {name: x}\n", "helm")
case("an exec generator", "generators: [g.yaml]\n", "", {"g.yaml": "apiVersion: example.com/v1\nkind: G\nmetadata:\n  name: g\n  annotations:\n    config.kubernetes.io/function: |\n      exec: {path: ./g.sh}\n"})
case("a container function", "transformers: [g.yaml]\n", "", {"g.yaml": "apiVersion: example.com/v1\nkind: G\nmetadata:\n  name: g\n  annotations:\n    config.kubernetes.io/function: |\n      container: {image: example.com/x}\n"})
case("no kustomization at all", "", "kustomization")
CASES[-1].files.pop("o/kustomization.yaml")
case("a folder that is not there", "", "")
CASES[-1].path = "gone"
case("null lists", "patches: null\nimages: ~\nlabels:\nreplicas: []\n", None)
case("empty strings", "namePrefix: ''\nnamespace: ''\nnameSuffix: \"\"\n", None)
case("numbers for strings", "namePrefix: 5\n", "")
case("a number as namespace", "namespace: 5\n", "")
case("a bool as a label", "commonLabels: {a: true}\n", "")
case("a number as an annotation", "commonAnnotations: {a: 5}\n", "")
case("a bool as an image tag", "images:\n- {name: nginx, newTag: true}\n", "")
case("a field given twice", "namePrefix: a-\nnamePrefix: b-\n", "")
case("two documents", "namePrefix: a-\n---\nnamePrefix: b-\n", "")
case("fields in other cases", "NamePrefix: a-\n", "")
case("imageTags, which is old", "imageTags:\n- {name: nginx, newTag: '2'}\n", "")
case("comments only in a patch file", "patches:\n- path: p.yaml\n", "", {"p.yaml": "# nothing\n"})
case("a patch file of two objects", "patches:\n- path: p.yaml\n", None, {
    "p.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {type: A}\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 2}\n"})
case("a patch file of two objects with a target", "patches:\n- path: p.yaml\n  target: {kind: Service}\n", "", {
    "p.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {type: A}\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 2}\n"})
assert OBJECTS
