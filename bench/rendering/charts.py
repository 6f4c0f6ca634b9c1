"""How the small charts are written down and put on the disk."""

import io
import tarfile
import textwrap

CHART = "apiVersion: v2\nname: {name}\nversion: 1.0.0\n"


class Case:
    """A chart `c` and how it is rendered.

    Files are given by their path in the chart; those that begin with `../` lie beside it. A name that ends with
    `.tgz` stands for an archive, and has the files in it, by their path in the archive. A missing
    `Chart.yaml` is made up, for the chart and for each folder of `charts`.
    """

    def __init__(self, name, files, arguments, fails):
        self.name, self.files, self.arguments, self.fails = name, files, arguments, fails
        self.path = "c"

    def write(self, folder):
        root = folder / "c"
        for name, text in {**made_up(self.files), **self.files}.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(archive(text) if isinstance(text, dict) else as_bytes(text))


def made_up(files):
    """Chart.yaml of each chart that has none."""
    charts = {"Chart.yaml": "c"}
    for name in files:
        parts = name.split("/")
        for index in range(len(parts) - 2):
            if parts[index] == "charts":
                at = "/".join(parts[: index + 2])
                charts[f"{at}/Chart.yaml"] = parts[index + 1]
    return {path: CHART.format(name=name) for path, name in charts.items() if path not in files}


def as_bytes(text):
    return text if isinstance(text, bytes) else textwrap.dedent(text).lstrip("\n").encode()


def archive(files):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        for name, text in files.items():
            entry = tarfile.TarInfo(name)
            data = archive(text) if isinstance(text, dict) else as_bytes(text)
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
    return packed.getvalue()


def shown(*paths):
    """A template that shows values, as data."""
    lines = "".join(f"  {path.strip('.').replace('.', '-')}: {{{{ .Values.{path} | toJson }}}}\n" for path in paths)
    return "kind: Shown\nmetadata:\n  name: {{ .Chart.Name }}\nvalues:\n" + lines


ALL = "kind: Shown\nmetadata:\n  name: {{ .Chart.Name }}\nvalues: {{ .Values | toJson }}\n"
