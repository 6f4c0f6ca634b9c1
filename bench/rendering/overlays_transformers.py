"""Small overlays for what is done to all objects: names, namespaces, labels, images, replicas, replacements, vars."""

from rendering.overlays import ALL, OBJECTS, Case, layered, over

CASES = []
MOST = [n for n in ALL if n != "job.yaml"]


def case(name, files, fails=None, path="o"):
    CASES.append(Case(f"transformers: {name}", files, path, fails))


case("all objects as they are", over("", *ALL))
case("namePrefix", over("namePrefix: pre-\n", *MOST))
case("nameSuffix", over("nameSuffix: -suf\n", *MOST))
case("prefix and suffix in two layers", layered("namePrefix: a-\nnameSuffix: -z\n", "namePrefix: b-\nnameSuffix: -y\n", *MOST))
case("namespace", over("namespace: there\n", *MOST))
case("namespace in two layers", layered("namespace: one\n", "namespace: two\n", *MOST))
case("namespace, prefix, labels, annotations together", over("namespace: there\nnamePrefix: p-\ncommonLabels: {a: b}\ncommonAnnotations: {c: d}\n", *MOST))
case("a namespace that YAML takes for a bool", over("namespace: n\n"), "bool")
case("namespace of a namespace", over("namespace: other\n", "space.yaml", "deployment.yaml"))
case("two bases under two prefixes", {
    **{f"{at}/{k}": OBJECTS[k] for at in ("a", "b") for k in ("deployment.yaml", "configmap.yaml", "secret.yaml", "service.yaml")},
    "a/kustomization.yaml": "namePrefix: a-\nresources: [deployment.yaml, configmap.yaml, secret.yaml, service.yaml]\n",
    "b/kustomization.yaml": "namePrefix: b-\nresources: [deployment.yaml, configmap.yaml, secret.yaml, service.yaml]\n",
    "o/kustomization.yaml": "namePrefix: o-\nresources: [../a, ../b]\n"})
case("a base twice under two names", {
    "base/configmap.yaml": OBJECTS["configmap.yaml"], "base/kustomization.yaml": "resources: [configmap.yaml]\n",
    "a/kustomization.yaml": "resources: [../base]\nnameSuffix: -a\n", "b/kustomization.yaml": "resources: [../base]\nnameSuffix: -b\n",
    "o/kustomization.yaml": "resources: [../a, ../b]\n"})
case("a base twice under one name", {
    "base/configmap.yaml": OBJECTS["configmap.yaml"], "base/kustomization.yaml": "resources: [configmap.yaml]\n",
    "a/kustomization.yaml": "resources: [../base]\n", "b/kustomization.yaml": "resources: [../base]\n",
    "o/kustomization.yaml": "resources: [../a, ../b]\n"}, "may not add resource with an already registered id")
for number, names in enumerate([("deployment.yaml", "ingress.yaml"), ("service.yaml", "ingress.yaml", "stateful.yaml", "webhook.yaml"),
                                ("scaler.yaml", "deployment.yaml", "budget.yaml"), ("rbac.yaml", "account.yaml", "secret.yaml"),
                                ("claim.yaml", "deployment.yaml"), ("cron.yaml", "secret.yaml"), ("custom.yaml", "configmap.yaml", "crd.yaml")]):
    case(f"references to objects, {number}", over("namePrefix: x-\nnamespace: there\n", *names))

case("commonLabels", over("commonLabels: {team: a, app: changed}\n", *MOST))
case("commonLabels in two layers", layered("commonLabels: {a: '1', b: '2'}\n", "commonLabels: {b: '3', c: 'yes'}\n", *MOST))
case("commonLabels that are no texts", over("commonLabels: {a: 1}\n"), "")
case("commonAnnotations", over("commonAnnotations: {note: 'x', other: 'true', num: '1'}\n", *MOST))
case("labels", over("labels:\n- pairs: {a: b}\n", *MOST))
case("labels with selectors", over("labels:\n- pairs: {a: b}\n  includeSelectors: true\n", *MOST))
case("labels with templates", over("labels:\n- pairs: {a: b}\n  includeTemplates: true\n", *MOST))
case("labels, several", over("labels:\n- pairs: {a: b, app: x}\n- pairs: {c: d}\n  includeSelectors: true\n- pairs: {e: f}\n  includeTemplates: true\n"))
case("labels with fields", over("labels:\n- pairs: {a: b}\n  fields:\n  - {path: spec/marks, create: true}\n  - {path: spec/other, kind: Widget}\n", "custom.yaml", "deployment.yaml"))
case("labels and commonLabels", over("labels:\n- pairs: {a: b}\ncommonLabels: {c: d}\n"))
case("the same label twice", over("labels:\n- pairs: {a: b}\ncommonLabels: {a: c}\n"), "")


IMAGES = ("deployment.yaml", "cron.yaml", "stateful.yaml", "custom.yaml", "daemon.yaml")


def images(name, text, fails=None):
    case(f"images {name}", over(f"images:\n{text}\n", *IMAGES), fails)


images("newTag", "- {name: nginx, newTag: '2.0'}")
images("newName", "- {name: nginx, newName: my/nginx}")
images("both", "- {name: nginx, newName: r.example.com:5000/n, newTag: v1}")
images("digest", "- {name: nginx, digest: 'sha256:bbbb'}")
images("digest and tag", "- {name: nginx, newTag: '1', digest: 'sha256:bbbb'}")
images("of a name with a registry", "- {name: 'registry.example.com:5000/team/side', newTag: '3'}")
images("of a digest to a name", "- {name: 'registry.example.com:5000/team/side', newName: short}")
images("that match nothing", "- {name: ngin, newTag: '3'}\n- {name: nginx:1.7.9, newTag: '4'}")
images("without a tag before", "- {name: postgres, newTag: '15'}\n- {name: alpine, newName: a}")
images("several for one image", "- {name: nginx, newName: apache}\n- {name: apache, newTag: '9'}\n- {name: nginx, newTag: '8'}")
images("tagSuffix", "- {name: nginx, tagSuffix: -x}\n- {name: alpine, tagSuffix: -y}\n- {name: postgres, tagSuffix: -z}")
images("a number as tag", "- {name: nginx, newTag: 1.10}", fails="newTag|unmarshal")
images("patterns", "- {name: 'ng.*', newTag: '1'}\n- {name: busybox, newName: ''}")
case("images in two layers", layered("images:\n- {name: nginx, newName: mine}\n", "images:\n- {name: nginx, newTag: a}\n- {name: mine, newTag: b}\n"))
case("images by a configuration", over("images:\n- {name: nginx, newTag: x}\nconfigurations: [c.yaml]\n", "custom.yaml",
                                       files={"c.yaml": "images:\n- {path: spec/image, kind: Widget}\n"}))
case("images in odd places", over("images:\n- {name: a, newTag: x}\n", files={"w.yaml": """
    apiVersion: example.com/v1
    kind: Odd
    metadata: {name: odd}
    spec:
      template:
        spec:
          containers: [{image: a}, {image: "a:1"}, {image: "a@sha256:12"}, {image: "x/a"}]
          initContainers: [{image: a}]
          ephemeralContainers: [{image: a}]
      deep: {containers: [{image: a}]}
      volumes: [{image: {reference: a}}]
    """}))
CASES[-1].files["o/kustomization.yaml"] += "resources: [w.yaml]\n"
CASES[-1].files["o/kustomization.yaml"] = "resources: [w.yaml]\nimages:\n- {name: a, newTag: x}\n"

case("replicas", over("replicas:\n- {name: web, count: 5}\n- {name: db, count: 0}\n", "deployment.yaml", "stateful.yaml", "service.yaml"))
case("replicas of what is not there", over("replicas:\n- {name: nobody, count: 5}\n"), "nobody")
case("replicas by the first name", layered("namePrefix: a-\n", "replicas:\n- {name: web, count: 5}\n"))
case("replicas by the name after the prefix", layered("namePrefix: a-\n", "replicas:\n- {name: a-web, count: 5}\n"))
case("replicas of a custom object", over("replicas:\n- {name: widget, count: 5}\n", "custom.yaml"), "")

WIDGET_LABELS = "commonLabels: {a: b}\ncommonAnnotations: {c: d}\nnamePrefix: p-\nnamespace: there\nconfigurations: [c.yaml]\n"
case("configurations", over(WIDGET_LABELS, "custom.yaml", "configmap.yaml", files={"c.yaml": """
    commonLabels:
    - {path: spec/marks, create: true, kind: Widget}
    commonAnnotations:
    - {path: spec/notes, create: true, kind: Widget}
    namePrefix:
    - {path: spec/prefixed, kind: Widget}
    namespace:
    - {path: spec/space, create: true, kind: Widget}
    nameReference:
    - kind: ConfigMap
      fieldSpecs:
      - {path: spec/settingsName, kind: Widget}
    """}))
case("configurations, list paths", over("namePrefix: p-\nconfigurations: [c.yaml]\n", "configmap.yaml", files={
    "w.yaml": "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}\nspec:\n  refs:\n  - {name: settings}\n  - {name: other}\n",
    "c.yaml": "nameReference:\n- kind: ConfigMap\n  fieldSpecs:\n  - {path: spec/refs/name, kind: Widget}\n"}))
CASES[-1].files["o/kustomization.yaml"] = "resources: [configmap.yaml, w.yaml]\nnamePrefix: p-\nconfigurations: [c.yaml]\n"


def replaced(name, text, *names, fails=None, files=None):
    case(f"replacements {name}", over("replacements:\n" + text, *names, files=files or {}), fails)


SOURCE = "- source: {kind: ConfigMap, name: settings, fieldPath: data.a}\n  targets:\n"
replaced("a field", SOURCE + "  - select: {kind: Deployment}\n    fieldPaths: [spec.replicas]\n")
replaced("by a key of a list", SOURCE + "  - select: {kind: Deployment}\n    fieldPaths: ['spec.template.spec.containers.[name=web].image']\n")
replaced("by an index", SOURCE + "  - select: {kind: Deployment}\n    fieldPaths: ['spec.template.spec.containers.1.image']\n")
replaced("by a wildcard", SOURCE + "  - select: {kind: Deployment}\n    fieldPaths: ['spec.template.spec.containers.*.image']\n")
replaced("at the end of a list", SOURCE + "  - select: {kind: Widget}\n    fieldPaths: [spec.list.-]\n    options: {create: true}\n", "configmap.yaml", "custom.yaml", fails="")
replaced("from metadata.name by default", "- source: {kind: Service, name: web}\n  targets:\n  - select: {kind: Deployment}\n    fieldPaths: ['spec.template.spec.containers.[name=web].env.[name=PLAIN].value']\n")
replaced("with create", SOURCE + "  - select: {kind: Deployment}\n    fieldPaths: [metadata.annotations.made, 'spec.template.metadata.annotations.[example.com/x]']\n    options: {create: true}\n")
replaced("without create", SOURCE + "  - select: {kind: Deployment}\n    fieldPaths: [metadata.annotations.made]\n", fails="")
replaced("a key with dots", SOURCE + "  - select: {kind: Service}\n    fieldPaths: ['metadata.annotations.[example.com/k]']\n    options: {create: true}\n")
replaced("a delimiter in the target", SOURCE + "  - select: {kind: Deployment}\n    fieldPaths: ['spec.template.spec.containers.[name=web].image']\n    options: {delimiter: ':', index: 1}\n")
replaced("a delimiter, index before and after", SOURCE + "  - select: {kind: Deployment}\n    fieldPaths: ['spec.template.spec.containers.[name=web].image']\n    options: {delimiter: ':', index: -1}\n" + SOURCE + "  - select: {kind: Deployment}\n    fieldPaths: ['spec.template.spec.containers.[name=side].image']\n    options: {delimiter: '/', index: 9}\n")
replaced("a delimiter in the source", "- source: {kind: Deployment, fieldPath: 'spec.template.spec.containers.0.image', options: {delimiter: ':', index: 1}}\n  targets:\n  - select: {kind: Service}\n    fieldPaths: [spec.type]\n    options: {create: true}\n")
replaced("a delimiter in the source, out of range", "- source: {kind: Deployment, fieldPath: 'spec.template.spec.containers.0.image', options: {delimiter: ':', index: 5}}\n  targets:\n  - select: {kind: Service}\n    fieldPaths: [spec.type]\n    options: {create: true}\n", fails="")
replaced("several targets and rejects", SOURCE + "  - select: {name: web}\n    reject: [{kind: Service}]\n    fieldPaths: [metadata.labels.x]\n    options: {create: true}\n  - select: {kind: Service}\n    fieldPaths: [spec.selector.app]\n")
replaced("selects by group, version, namespace", SOURCE + "  - select: {group: apps, version: v1}\n    fieldPaths: [metadata.labels.x]\n    options: {create: true}\n")
replaced("a select that hits nothing", SOURCE + "  - select: {kind: Nothing}\n    fieldPaths: [spec.x]\n")
replaced("a whole map", "- source: {kind: Deployment, fieldPath: spec.selector}\n  targets:\n  - select: {kind: Service}\n    fieldPaths: [spec.selector]\n")
replaced("a number stays one", "- source: {kind: Deployment, fieldPath: spec.replicas}\n  targets:\n  - select: {kind: Service}\n    fieldPaths: [spec.count]\n    options: {create: true}\n")
replaced("a number into a text", "- source: {kind: Service, fieldPath: spec.ports.0.port}\n  targets:\n  - select: {kind: ConfigMap}\n    fieldPaths: [data.a, data.fresh]\n    options: {create: true}\n")
replaced("a source that is not there", "- source: {kind: Nothing}\n  targets:\n  - select: {kind: Service}\n    fieldPaths: [spec.x]\n", fails="nothing selected")
replaced("a source path that is not there", "- source: {kind: Service, fieldPath: spec.nothing}\n  targets:\n  - select: {kind: Service}\n    fieldPaths: [spec.x]\n", fails="spec.nothing")
replaced("a source that is ambiguous", "- source: {version: v1}\n  targets:\n  - select: {kind: Service}\n    fieldPaths: [spec.x]\n", fails="multiple matches")
replaced("without targets", "- source: {kind: Service}\n", fails="")
replaced("without fieldPaths", "- source: {kind: Service}\n  targets:\n  - select: {kind: Deployment}\n", "deployment.yaml", "service.yaml")
replaced("from a file", "- path: r.yaml\n", files={"r.yaml": "source: {kind: ConfigMap, fieldPath: data.a}\ntargets:\n- select: {kind: Deployment}\n  fieldPaths: [spec.replicas]\n"})
replaced("from a file of several", "- path: r.yaml\n", files={"r.yaml": "- source: {kind: ConfigMap, fieldPath: data.a}\n  targets:\n  - select: {kind: Deployment}\n    fieldPaths: [spec.replicas]\n"})
replaced("after a prefix", "- source: {kind: Service, name: web}\n  targets:\n  - select: {kind: Deployment, name: web}\n    fieldPaths: ['spec.template.spec.containers.[name=web].env.[name=PLAIN].value']\nnamePrefix: p-\n")
replaced("a list item that is not there", SOURCE + "  - select: {kind: Deployment}\n    fieldPaths: ['spec.template.spec.containers.[name=nobody].image']\n", fails="")
replaced("a list item made", SOURCE + "  - select: {kind: Deployment}\n    fieldPaths: ['spec.template.spec.containers.[name=nobody].image']\n    options: {create: true}\n")
replaced("a pattern in select", SOURCE + "  - select: {name: we.*}\n    fieldPaths: [metadata.labels.hit]\n    options: {create: true}\n")
replaced("by label", SOURCE + "  - select: {labelSelector: app=web}\n    fieldPaths: [metadata.labels.hit]\n    options: {create: true}\n")
replaced("a fixed value", "- sourceValue: fixed\n  targets:\n  - select: {kind: Deployment}\n    fieldPaths: [metadata.labels.hit]\n    options: {create: true}\n")
replaced("into a part of a text", "- source: {kind: ConfigMap, fieldPath: data.a}\n  targets:\n  - select: {kind: Ingress}\n    fieldPaths: [spec.rules.0.host, spec.tls.0.hosts.0]\n    options: {delimiter: ., index: 0}\n", "configmap.yaml", "ingress.yaml")

VARS = "vars:\n- name: NAME\n  objref: {kind: Service, name: web, apiVersion: v1}\n"
CALLER = {"u.yaml": """
    apiVersion: v1
    kind: Pod
    metadata: {name: u, annotations: {note: $(NAME)}}
    spec:
      containers:
      - name: c
        image: x:$(NAME)
        command: [echo, $(NAME), "$(NAME)-more $(OTHER) $$(NAME)"]
        args: ["$(NAME)$(NAME)", $(COUNT)]
        env:
        - {name: A, value: "http://$(NAME):80"}
    """}


def variables(name, text, fails=None):
    files = over("", "service.yaml", "deployment.yaml", files=CALLER)
    files["o/kustomization.yaml"] = "resources: [service.yaml, deployment.yaml, u.yaml]\n" + text
    case(f"vars {name}", files, fails)


variables("by default the name", VARS)
variables("with a prefix", VARS + "namePrefix: p-\n")
variables("a field", VARS + "- name: COUNT\n  objref: {kind: Deployment, name: web, apiVersion: apps/v1}\n  fieldref: {fieldpath: spec.replicas}\n")
variables("a path of a list", VARS + "- name: OTHER\n  objref: {kind: Deployment, name: web, apiVersion: apps/v1}\n  fieldref: {fieldpath: 'spec.template.spec.containers[0].image'}\n")
variables("an object that is not there", VARS.replace("name: web", "name: nobody"), "NAME")
variables("the same twice", VARS + "- name: NAME\n  objref: {kind: Service, name: web, apiVersion: v1}\n", "")
variables("a field that is not there", VARS + "  fieldref: {fieldpath: spec.nothing}\n", "spec.nothing")
variables("by a configuration", VARS + "configurations: [v.yaml]\n")
CASES[-1].files["o/v.yaml"] = "varReference:\n- {path: metadata/annotations, kind: Pod}\n"

for order in ("fifo", "legacy"):
    case(f"sortOptions {order}", over(f"sortOptions: {{order: {order}}}\nnamePrefix: p-\n", *MOST))
case("sortOptions with an order of its own", over("sortOptions:\n  order: legacy\n  legacySortOptions:\n    orderFirst: [Service, Deployment]\n    orderLast: [ConfigMap]\n", *MOST))
case("sortOptions in a base count for nothing", layered("sortOptions: {order: legacy}\n", "", *MOST))
case("sortOptions unknown", over("sortOptions: {order: other}\n"), "")
case("sortOptions legacy in the overlay", layered("", "sortOptions: {order: legacy}\n", *MOST))


def transformer(name, text, *names, fails=None):
    case(f"as files: {name}", over("transformers: [t.yaml]\n", *(names or MOST), files={"t.yaml": text}), fails)


def builtin(kind, rest):
    return f"apiVersion: builtin\nkind: {kind}\nmetadata: {{name: t}}\n{rest}"


transformer("PrefixTransformer", builtin("PrefixTransformer", "prefix: q-\nfieldSpecs:\n- {path: metadata/name}\n"))
transformer("SuffixTransformer of some kinds", builtin("SuffixTransformer", "suffix: -q\nfieldSpecs:\n- {path: metadata/name, kind: Service}\n"))
transformer("LabelTransformer", builtin("LabelTransformer", "labels: {l: m}\nfieldSpecs:\n- {path: metadata/labels, create: true}\n- {path: spec/selector, kind: Service}\n"))
transformer("AnnotationsTransformer", builtin("AnnotationsTransformer", "annotations: {l: m}\nfieldSpecs:\n- {path: spec/template/metadata/annotations, create: true, kind: Deployment}\n"))
transformer("NamespaceTransformer", "apiVersion: builtin\nkind: NamespaceTransformer\nmetadata: {name: t, namespace: there}\nfieldSpecs:\n- {path: metadata/namespace, create: true}\n")
transformer("NamespaceTransformer, unset only", "apiVersion: builtin\nkind: NamespaceTransformer\nmetadata: {name: t, namespace: there}\nunsetOnly: true\nsetRoleBindingSubjects: allServiceAccounts\nfieldSpecs:\n- {path: metadata/namespace, create: true}\n")
transformer("NamespaceTransformer, no subjects", "apiVersion: builtin\nkind: NamespaceTransformer\nmetadata: {name: t, namespace: there}\nsetRoleBindingSubjects: none\nfieldSpecs:\n- {path: metadata/namespace, create: true}\n")
transformer("ImageTagTransformer", builtin("ImageTagTransformer", "imageTag: {name: nginx, newTag: t}\nfieldSpecs:\n- {path: spec/image, kind: Widget}\n"))
transformer("ReplicaCountTransformer", builtin("ReplicaCountTransformer", "replica: {name: web, count: 3}\nfieldSpecs:\n- {path: spec/replicas, kind: Deployment, create: true}\n"))
transformer("PatchTransformer", builtin("PatchTransformer", "target: {kind: Service}\npatch: |-\n  - {op: add, path: /spec/type, value: NodePort}\n"))
transformer("PatchStrategicMergeTransformer", builtin("PatchStrategicMergeTransformer", "patches: |-\n  apiVersion: v1\n  kind: Service\n  metadata: {name: web}\n  spec: {type: NodePort}\n"))
transformer("PatchJson6902Transformer", builtin("PatchJson6902Transformer", "target: {version: v1, kind: Service, name: web}\njsonOp: '[{\"op\": \"add\", \"path\": \"/spec/type\", \"value\": \"NodePort\"}]'\n"))
transformer("ReplacementTransformer", builtin("ReplacementTransformer", "replacements:\n- source: {kind: ConfigMap, fieldPath: data.a}\n  targets:\n  - select: {kind: Deployment}\n    fieldPaths: [spec.replicas]\n"))
transformer("ValueAddTransformer", builtin("ValueAddTransformer", "value: v\ntargets:\n- fieldPath: metadata/labels/x\n  selector: {kind: Deployment}\n"), fails="")
transformer("one that is unknown", builtin("NopeTransformer", "x: 1\n"), fails="NopeTransformer")
transformer("one that would be run", "apiVersion: example.com/v1\nkind: Own\nmetadata:\n  name: t\n  annotations:\n    config.kubernetes.io/function: |\n      exec: {path: ./run}\n", fails="")
case("transformers in the kustomization", over("transformers:\n- |-\n  apiVersion: builtin\n  kind: PrefixTransformer\n  metadata: {name: t}\n  prefix: q-\n  fieldSpecs:\n  - {path: metadata/name}\n"))
case("transformers in a folder", over("transformers: [t]\n", files={
    "t/kustomization.yaml": "resources: [p.yaml]\n", "t/p.yaml": builtin("PrefixTransformer", "prefix: q-\nfieldSpecs:\n- {path: metadata/name}\n")}))
case("generators as files", over("generators: [g.yaml]\n", files={"g.yaml": builtin("ConfigMapGenerator", "literals: [a=b]\n").replace("name: t", "name: made")}))
case("validators", over("validators: [v.yaml]\n", files={"v.yaml": builtin("PrefixTransformer", "prefix: q-\nfieldSpecs:\n- {path: metadata/name}\n")}), "")
case("buildMetadata", over("buildMetadata: [originAnnotations, transformerAnnotations, managedByLabel]\nnamePrefix: p-\n"))
case("buildMetadata in an overlay", layered("configMapGenerator:\n- {name: g, literals: [a=b]}\n", "buildMetadata: [originAnnotations]\n"))
case("managedByLabel", over("buildMetadata: [managedByLabel]\n", *MOST))
case("annotations of Kustomize are kept or gone", over("", files={"x.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n  annotations:\n    config.kubernetes.io/local-config: 'true'\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: y\n  annotations:\n    config.kubernetes.io/path: p\n    internal.config.kubernetes.io/index: '1'\n    kustomize.config.k8s.io/behavior: merge\n"}))
CASES[-1].files["o/kustomization.yaml"] = "resources: [x.yaml]\n"
case("openapi of one's own", over("openapi: {path: s.json}\n", files={"s.json": '{"definitions": {}}'}))
CASES.pop()
