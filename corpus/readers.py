"""Bytes and pasted text → documents. The text is kept exactly as given; only a byte order mark goes."""

import codecs
import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from charset_normalizer import from_bytes

from corpus.documents import Document

LONGEST = 20_000_000
SAMPLES = Path(__file__).with_name("samples.jsonl")

# UTF-32 before UTF-16: the mark of the one begins like that of the other.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# In order of preference where two readings make equal sense. The last two are there to be recognised as no Arabic.
_ENCODINGS = ["utf_8", "cp1256", "utf_16_le", "utf_16_be", "iso8859_6", "cp1252", "cp1251"]
_SENSIBLE_SHARE = 0.85
_ARABIC = re.compile("[\u0620-\u063f\u0641-\u064a\u066e-\u06d3\u06fa-\u06fc\u0750-\u077f\ufb50-\ufdfb\ufe70-\ufefc]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_SENSIBLE = re.compile(
    "[\\s!-~\u060c\u061b\u061f\u0621-\u063a\u0640-\u064b\u064d-\u0652\u0660-\u066c\u067e\u0686\u0698\u06af"
    "\u06a9\u06cc\u06f0-\u06f9«»‹›“”‘’„–—…\u200b-\u200f]"
)
_MIXED = re.compile("[A-Za-z\u00c0-\u024f][\u0621-\u0652]|[\u0621-\u0652][A-Za-z\u00c0-\u024f]")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Unreadable(Exception):
    """An input that gives no document.

    ``name`` says which ("notes.txt", "news.jsonl:12"). ``code`` says why: "empty", "no-arabic" (not one Arabic
    letter), "binary", "too-long", "undecodable"; and for a line of .jsonl "malformed" (not an object with "id" and
    "text") or "duplicate" (an id that an earlier line had).
    """

    def __init__(self, name: str, code: str) -> None:
        super().__init__(f"{name}: {code}")
        self.name = name
        self.code = code


def read_bytes(name: str, data: bytes, *, limit: int = LONGEST) -> Document:
    """The document in a text file of UTF-8, UTF-16 or Windows-1256; ``name`` becomes its id.

    ``limit`` is the greatest length in bytes. Raises Unreadable.
    """
    if len(data) > limit:
        raise Unreadable(name, "too-long")
    return read_text(name, _decoded(name, data), limit=limit)


def read_text(name: str, text: str, *, limit: int = LONGEST) -> Document:
    """The document of a text at hand; ``name`` becomes its id, its title is its first line or words.

    ``limit`` is the greatest length in code points. Raises Unreadable.
    """
    _check(name, text, limit)
    return Document(name, text, title=title_of(text))


def read_jsonl(name: str, lines: Iterable[bytes], *, limit: int = LONGEST) -> Iterator[Document | Unreadable]:
    """The documents of {"id", "text", "title"?, "source"?, "published"?} a line, UTF-8; ``lines`` may be an open file.

    A line that gives none is an Unreadable in its place, named "file:line", and the others go on. Blank lines are
    passed over. A document without a title gets its first line or words.
    """
    seen: set[str] = set()
    for number, line in enumerate(lines, 1):
        if line.strip(b"\xef\xbb\xbf \t\r\n"):
            try:
                document = _from_line(f"{name}:{number}", line, limit)
                if document.id in seen:
                    raise Unreadable(f"{name}:{number}", "duplicate")
            except Unreadable as problem:
                yield problem
            else:
                seen.add(document.id)
                yield document


def samples() -> list[Document]:
    """The articles that come with the program, written for demonstration."""
    with SAMPLES.open("rb") as lines:
        return [document for document in read_jsonl(SAMPLES.name, lines) if isinstance(document, Document)]


def title_of(text: str) -> str:
    """The first line if it is short and no full sentence, else the first words, cut between two."""
    first = " ".join(next(filter(str.strip, text.replace("\ufeff", "").splitlines()), "").split())
    if len(first) <= 150 and not first.endswith((".", "!", "؟", "?", "…", ":", "،")):
        return first
    if len(first) <= 80:
        return first
    return first[:80].rsplit(" ", 1)[0].rstrip(" ،,:؛") + "…"


def _check(name: str, text: str, limit: int) -> None:
    if not text.strip():
        raise Unreadable(name, "empty")
    if len(text) > limit:
        raise Unreadable(name, "too-long")
    if _is_binary(text):
        raise Unreadable(name, "binary")
    if _SURROGATE.search(text):
        raise Unreadable(name, "undecodable")
    if not _ARABIC.search(text):
        raise Unreadable(name, "no-arabic")


def _from_line(name: str, line: bytes, limit: int) -> Document:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Unreadable(name, "undecodable") from None
    except (ValueError, RecursionError):
        raise Unreadable(name, "malformed") from None
    if not isinstance(row, dict) or not isinstance(text := row.get("text"), str):
        raise Unreadable(name, "malformed")
    key = row.get("id")
    if isinstance(key, bool) or not isinstance(key, (str, int)) or key == "" or _SURROGATE.search(str(key)):
        raise Unreadable(name, "malformed")
    _check(name, text, limit)
    title = _words(row.get("title")) or title_of(text)
    return Document(str(key), text, title, _words(row.get("source")), _day(row.get("published")))


def _words(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() and not _SURROGATE.search(value) else None


def _day(value: Any) -> str | None:
    try:
        return date.fromisoformat(value[:10]).isoformat()
    except (TypeError, ValueError):
        return None


def _decoded(name: str, data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError:
                raise Unreadable(name, "undecodable") from None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = None
    # UTF-16 without a mark is often UTF-8 as well, but then full of control characters.
    if text is not None and not _CONTROL.search(text):
        return text
    if (guessed := _guessed(data)) is not None:
        return guessed
    if text is not None:
        return text
    raise Unreadable(name, "binary" if _is_binary(data.decode("latin-1")) else "undecodable")


def _damaged_utf8(data: bytes) -> str | None:
    """Arabic UTF-8 with a broken character here or there (a file cut off in the middle of one), shown as U+FFFD."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return text if broken <= 1 + len(text) // 1000 and _ARABIC.search(text) and not _is_binary(text) else None


def _guessed(data: bytes) -> str | None:
    """The text in the encoding that makes the most sense of it, None where none makes any.

    On a few words several encodings go through without a fault; then the reading decides that consists of Arabic
    letters and usual punctuation, with no word of two scripts.
    """
    matches = list(from_bytes(data, cp_isolation=_ENCODINGS))
    best, chosen = 0.0, None
    for match in sorted(matches, key=lambda match: _ENCODINGS.index(match.encoding)):
        try:
            reading = data.decode(match.encoding)
        except UnicodeDecodeError:
            continue
        if (sense := _sense(reading)) > best:
            best, chosen = sense, reading
    if best >= _SENSIBLE_SHARE:
        return chosen
    if (damaged := _damaged_utf8(data)) is not None:
        return damaged
    # Without Arabic letters the finding of the library stands: the text is readable, only not Arabic.
    return next(
        (str(match) for match in matches if not _ARABIC.search(str(match)) and not _is_binary(str(match))), None
    )


def _sense(reading: str) -> float:
    """The share of characters that Arabic text consists of, less those where a word changes its script."""
    sample = reading if len(reading) < 200_000 else reading[:100_000] + reading[-100_000:]
    if not _ARABIC.search(sample) or _is_binary(sample):
        return 0.0
    return (len(_SENSIBLE.findall(sample)) - 3 * len(_MIXED.findall(sample))) / len(sample)


def _is_binary(text: str) -> bool:
    return "\0" in text or len(_CONTROL.findall(text)) > len(text) * 0.01
