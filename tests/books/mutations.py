"""Sound workbooks with a few things changed at random: bytes of the file, attributes, texts and tags of its parts."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

from workbooks import altered, members

ODD = (
    b"", b"-1", b"0", b"99999999999999999999", b"abc", b"1e999", b"NaN", b"-2147483649", b"4294967296", b"A0",
    b"A1:A0", b"ZZZZZ1", b"A1:XFD1048576", b"1.5", b"true", b" ", b"%s%n", b"&#10;x", b"../../x", b"x" * 40_000,
    b"_xD800_", b"&#xD800;", b"&no;", b"\x01", b"\xff\xfe", b"-5", b"2958466", b"1e308", b"<b/>", b"inlineStr",
)  # fmt: skip
_ATTRIBUTE = re.compile(rb'\s([\w:.-]+)="([^"]*)"')
_TEXT = re.compile(rb">([^<>]+)<")
_TAG = re.compile(rb"<[^<>]+>")


def mutated(content: bytes, seed: int) -> Iterator[bytes]:
    """The file changed again and again, each time in another way; the same for the same seed."""
    chance = random.Random(seed)
    while True:
        yield chance.choice((of_attributes, of_texts, of_tags, of_bytes))(content, chance)


def of_attributes(content: bytes, chance: random.Random) -> bytes:
    return _in_parts(
        content, chance, _ATTRIBUTE, lambda found: b" " + found[1] + b'="' + chance.choice(ODD) + b'"'
    )


def of_texts(content: bytes, chance: random.Random) -> bytes:
    return _in_parts(content, chance, _TEXT, lambda _: b">" + chance.choice(ODD) + b"<")


def of_tags(content: bytes, chance: random.Random) -> bytes:
    return _in_parts(content, chance, _TAG, lambda found: found[0] * chance.choice((0, 0, 2, 300)))


def of_bytes(content: bytes, chance: random.Random) -> bytes:
    data = bytearray(content)
    reach = chance.choice((len(data), 3_000))  # the directory of a zip file is its end
    for _ in range(chance.choice((1, 2, 5, 30))):
        data[len(data) - 1 - chance.randrange(min(reach, len(data)))] = chance.randrange(256)
    return bytes(data[: chance.choice((len(data), len(data), len(data) - chance.randrange(900)))])


def _in_parts(
    content: bytes, chance: random.Random, what: re.Pattern[bytes], other: Callable[[re.Match[bytes]], bytes]
) -> bytes:
    parts = {name: data for name, data in members(content).items() if what.search(data)}
    for name in chance.choices(list(parts), k=chance.choice((1, 1, 2, 4))):
        data = parts[name]
        found = chance.choice(list(what.finditer(data)) or [None])
        if found is not None:
            parts[name] = data[: found.start()] + other(found) + data[found.end() :]
    return altered(content, {name: (lambda _, data=data: data) for name, data in parts.items()})
