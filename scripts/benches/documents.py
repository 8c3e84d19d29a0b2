"""Documents a second: one routing slip made by cluebook, by docxtpl, and by engines of another template language.

The others get the easier work: their template is the slip with every condition decided and every loop unrolled, so
that they only put words in places. All engines take turns in the same rounds. Two limits are measured beside them:
zipping the same members with the standard library, and compressing only those that differ between two slips.
"""

from __future__ import annotations

import io
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from benches import press
from benches.figure import Figure, run
from cluebook.documents import names_of
from cluebook.rendering import render

ROOT = Path(__file__).parents[2]
SLIP = ROOT / "templates" / "en" / "routing_slip.docx"
CREATED = datetime(2026, 11, 24, 10, 0)
ROUNDS, DOCUMENTS, MANY = 7, 12, 500
_MARK = re.compile(r"\{([a-z_0-9]+)\}")
_LINES = 5
_LONG = "A plain account of what happened, long enough to be one. " * 8

Engine = Callable[[], bytes]


def figures() -> list[Figure]:
    """Measure every engine that is installed; say which are not."""
    context = _context()
    engines = _engines(context)
    with _node(context) as others:
        seconds: dict[str, list[float]] = {name: [] for name in (*engines, *others)}
        for engine in engines.values():
            engine()
        for _ in range(ROUNDS):
            for name, engine in engines.items():
                seconds[name].append(_timed(engine, DOCUMENTS))
            for name, other in others.items():
                seconds[name].append(other())
    ours = statistics.median(seconds["cluebook"])
    found = [_figure("routing slip", name, statistics.median(times), ours) for name, times in seconds.items()]
    return [*found, _many(context), _routed(), *_first(context)]


def _figure(case: str, engine: str, seconds: float, ours: float) -> Figure:
    return Figure(case, engine, round(seconds, 6), 0.0, round(seconds / ours, 3))


def _timed(engine: Engine, times: int) -> float:
    begun = time.perf_counter()
    for _ in range(times):
        engine()
    return (time.perf_counter() - begun) / times


def _many(context: Mapping[str, Any]) -> Figure:
    """Measure a morning's work: the processor's time for slips of many clues, each with its own QR code."""
    begun = time.process_time()
    for n in range(MANY):
        number = f"XS-2026-BU-{n:04}"
        render(SLIP, {**context, "number": number}, "en", created=CREATED, qr=number)
    seconds = time.process_time() - begun
    return _figure(f"{MANY} routing slips with codes", "cluebook", seconds, seconds)


_ROUTING = """
import sys, time
from datetime import datetime
from pathlib import Path
from cluebook import config
from cluebook.actions import ACTIONS
from cluebook.books.find import find
from cluebook.ledger.plan import Stamp
from cluebook.perform import Pick, Request, perform
book = find(Path(sys.argv[1]), Path.cwd())
request = Request(ACTIONS["route"], Pick(all=True), Stamp(datetime(2026, 11, 24, 10, 0), "bench"))
folder = config.read(book.path.parent)
begun = time.process_time()
outcome = perform(request, book, folder)
seconds = time.process_time() - begun
assert len(outcome.documents) == int(sys.argv[2]), [p.code for p in outcome.plan.problems][:3]
print(seconds)
"""


def _routed() -> Figure:
    """Measure routing many clues for good: ledger read and written, slips on disk, each step in the audit trail."""
    seconds = []
    for _ in range(3):
        with tempfile.TemporaryDirectory() as folder:
            run([press.__file__, folder, str(MANY)])
            ledger = Path(folder) / "ledger.xlsx"
            seconds.append(float(run(["-c", _ROUTING, str(ledger), str(MANY)])[2]))
    median = statistics.median(seconds)
    return _figure(f"{MANY} clues routed with their slips", "cluebook", median, median)


_FIRST = {
    "cluebook": "render(slip, context, 'en', created=datetime(2026, 11, 24), cache=Path(sys.argv[2]))",
    "docxtpl": "made = DocxTemplate(slip); made.render(context, autoescape=True); made.save(io.BytesIO())",
}
_IMPORTS = {
    "cluebook": "from cluebook.rendering import render",
    "docxtpl": "from docxtpl import DocxTemplate",
}


def _first(context: Mapping[str, Any]) -> list[Figure]:
    """Measure the first document of a new process, libraries included; cluebook finds a plan made before."""
    seconds: dict[str, list[float]] = {name: [] for name in _FIRST}
    with tempfile.TemporaryDirectory() as plans:
        render(SLIP, context, "en", created=CREATED, cache=Path(plans))
        for _ in range(ROUNDS):
            for name, work in _FIRST.items():
                program = (
                    "import io, sys, time; from datetime import datetime; from pathlib import Path\n"
                    f"slip, context = Path(sys.argv[1]), {dict(context)!r}\n"
                    f"begun = time.perf_counter()\n{_IMPORTS[name]}\n{work}\nprint(time.perf_counter() - begun)"
                )
                arguments = [sys.executable, "-c", program, str(SLIP), plans]
                done = subprocess.run(arguments, check=True, capture_output=True, text=True, cwd=ROOT)
                seconds[name].append(float(done.stdout))
    ours = statistics.median(seconds["cluebook"])
    case = "first slip of a process"
    return [_figure(case, name, statistics.median(times), ours) for name, times in seconds.items()]


def _context() -> dict[str, Any]:
    """Return a context in which everything the slip may name has words."""
    context: dict[str, Any] = {}
    names = names_of("routing_slip")
    for name in sorted(names):
        group, _, field = name.partition(".")
        words = _LONG if field == "description" else f"Sample of {field or group}"
        if any(other.startswith(f"{group}.") for other in names if group in names):
            items = context.setdefault(group, [{} for _ in range(_LINES)])
            for item in items if field else ():
                item[field] = words
        elif field:
            context.setdefault(group, {})[field] = words
        else:
            context[group] = words
    return context


def _marked(value: Any, name: str, words: dict[str, str]) -> Any:  # noqa: ANN401 - a context is a tree
    """Return a context whose every text is its own mark, ``{clue_matter}``; the texts are added to `words`."""
    if isinstance(value, str):
        words[name] = value
        return f"{{{name}}}"
    if isinstance(value, dict):
        return {key: _marked(item, f"{name}_{key}" if name else key, words) for key, item in value.items()}
    return [_marked(item, f"{name}_{n}", words) for n, item in enumerate(value)]


def _flat(context: Mapping[str, Any]) -> tuple[bytes, dict[str, str]]:
    """Return the slip as a template of marks only, and the words for each mark."""
    words: dict[str, str] = {}
    marked: dict[str, Any] = _marked(dict(context), "", words)
    return render(SLIP, marked, "en", created=CREATED), words


def _engines(context: Mapping[str, Any]) -> dict[str, Engine]:
    """Return the engines that run in Python, each making one slip a call."""
    made = render(SLIP, context, "en", created=CREATED)
    flat, words = _flat(context)
    engines: dict[str, Engine] = {
        "cluebook": lambda: render(SLIP, context, "en", created=CREATED),
        "docxtpl": lambda: _docxtpl(context),
        "python-docx": lambda: _python_docx(flat, words),
        "limit: zip": _zipping(made),
        "limit: deflate": _deflating(made, flat),
    }
    with suppress(ImportError):
        engines["docx-mailmerge2"] = _mailmerge(flat, words)
    if "docx-mailmerge2" not in engines:
        _skipped("docx-mailmerge2", "it is not installed")
    for name, engine in engines.items():
        if "limit" not in name and words["clue_matter"].encode() not in _body(engine()):
            sys.exit(f"{name} did not fill the slip")
    return engines


def _skipped(engine: str, why: str) -> None:
    print(f"skipped {engine}: {why}", file=sys.stderr)


def _body(document: bytes) -> bytes:
    return zipfile.ZipFile(io.BytesIO(document)).read("word/document.xml")


def _docxtpl(context: Mapping[str, Any]) -> bytes:
    from docxtpl import DocxTemplate

    document, saved = DocxTemplate(SLIP), io.BytesIO()
    document.render(dict(context), autoescape=True)
    document.save(saved)
    return saved.getvalue()


def _python_docx(flat: bytes, words: Mapping[str, str]) -> bytes:
    """Fill the marks as one writes it by hand: every text of body, header and footer is looked at."""
    import docx

    document, saved = docx.Document(io.BytesIO(flat)), io.BytesIO()
    section = document.sections[0]
    for root in (document.element.body, section.header._element, section.footer._element):  # noqa: SLF001
        for text in root.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"):
            if text.text and "{" in text.text:
                text.text = _MARK.sub(lambda mark: words[mark[1]], text.text)
    document.save(saved)
    return saved.getvalue()


def _mailmerge(flat: bytes, words: Mapping[str, str]) -> Engine:
    from mailmerge import MailMerge

    run = (
        r'</w:t></w:r><w:fldSimple w:instr=" MERGEFIELD \1 "><w:r><w:t>\1</w:t></w:r></w:fldSimple>'
        '<w:r><w:t xml:space="preserve">'
    )
    template = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(flat)) as source, zipfile.ZipFile(template, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name.startswith("word/") and name.endswith(".xml"):
                content = _MARK.sub(run, content.decode()).encode()
            target.writestr(name, content)

    def engine() -> bytes:
        saved = io.BytesIO()
        with MailMerge(io.BytesIO(template.getvalue())) as document:
            document.merge(**words)
            document.write(saved)
        return saved.getvalue()

    return engine


def _zipping(made: bytes) -> Engine:
    """Return what zips the members of a finished slip, and does nothing else."""
    with zipfile.ZipFile(io.BytesIO(made)) as source:
        members = [(name, source.read(name)) for name in source.namelist()]

    def engine() -> bytes:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
            for name, content in members:
                target.writestr(name, content)
        return packed.getvalue()

    return engine


def _deflating(made: bytes, other: bytes) -> Engine:
    """Return what compresses the members in which two slips differ, and does nothing else."""
    with zipfile.ZipFile(io.BytesIO(made)) as one, zipfile.ZipFile(io.BytesIO(other)) as two:
        changed = [one.read(name) for name in one.namelist() if one.read(name) != two.read(name)]
    return lambda: b"".join(zlib.compress(content, 6) for content in changed)


_NODE = """
const {readFileSync} = require('fs'), {performance} = require('perf_hooks');
const flat = readFileSync(process.argv[2]), words = JSON.parse(readFileSync(process.argv[3]));
const PizZip = require('pizzip'), Docxtemplater = require('docxtemplater'), {TemplateHandler} = require('easy-template-x');
const engines = {
  'docxtemplater': () => new Docxtemplater(new PizZip(flat), {linebreaks: true}).render(words).getZip().generate(
    {type: 'nodebuffer', compression: 'DEFLATE'}) ?? Buffer.alloc(0),
  'easy-template-x': () => new TemplateHandler().process(flat, words),
};
require('readline').createInterface({input: process.stdin}).on('line', async line => {
  const [name, times] = line.split(' ');
  let made;
  const begun = performance.now();
  for (let i = 0; i < +times; i++) made = await engines[name]();
  const seconds = (performance.now() - begun) / 1000 / times;
  const filled = new PizZip(made).file('word/document.xml').asText().includes(words['clue_matter']);
  console.log(filled ? seconds : -1);
});
"""


@dataclass(frozen=True, slots=True)
class _Other:
    """An engine in a process of its own, which measures itself."""

    name: str
    process: subprocess.Popen[str]

    def __call__(self) -> float:
        """Make a round of slips and return the seconds each took."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{self.name} {DOCUMENTS}\n")
        self.process.stdin.flush()
        seconds = float(self.process.stdout.readline() or -1)
        if seconds < 0:
            sys.exit(f"{self.name} did not fill the slip")
        return seconds


@contextmanager
def _node(context: Mapping[str, Any]) -> Iterator[dict[str, _Other]]:
    """Run the engines written for Node, warm, or say why they cannot be run."""
    import json

    names = ("docxtemplater", "easy-template-x")
    node, npm = shutil.which("node"), shutil.which("npm")
    with tempfile.TemporaryDirectory() as folder:
        installed = npm and subprocess.run(
            [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, *names, "pizzip"],
            check=False,
        )
        if node is None or not installed or installed.returncode:
            _skipped(" and ".join(names), "node and npm are not there, or npm cannot install them")
            yield {}
            return
        flat, words = _flat(context)
        here = Path(folder)
        (here / "flat.docx").write_bytes(flat)
        (here / "words.json").write_text(json.dumps(words), "utf-8")
        (here / "engines.js").write_text(_NODE, "utf-8")
        arguments = [node, *(str(here / name) for name in ("engines.js", "flat.docx", "words.json"))]
        with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            others = {name: _Other(name, process) for name in names}
            for other in others.values():
                other()
            yield others
            process.communicate()
