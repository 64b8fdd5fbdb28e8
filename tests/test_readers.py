import codecs
import io
import json
import os

import pytest

from corpus.documents import Document
from corpus.readers import Unreadable, read_bytes, read_jsonl, read_text, title_of

TEXTS = [
    "بغداد",
    "مصر",
    "غزة",
    "ليبيا",
    "في القاهرة",
    "نفى ذلك",
    "غزة تحت القصف",
    "زار الوزير البصرة",
    "- بيروت",
    "«سنعود» — قالها ثم مضى",
    "قال المتحدث إن القوات انتشرت على الحدود.",
    "أعلنت الوزارة أن 3 شاحنات وصلت إلى الحديدة (غرب اليمن).",
    "وأكّد أنّ الوضعَ مستقرٌّ تماماً",
    "The UN قالت إن UNICEF في عدن",
    "كتب على Twitter: الوضع هادئ في حلب",
    'سطر أول\r\n\r\nسطر ثانٍ "بين علامتين"\tوجدول\n',
]
LONG = "\n".join(TEXTS * 40)
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("text", [*TEXTS, LONG, LONG[:301]])
def test_every_encoding_gives_the_text_as_it_was(text: str, encoding: str) -> None:
    assert read_bytes("خبر.txt", text.encode(encoding)).text == text


def test_big_endian_with_its_mark() -> None:
    assert read_bytes("x", codecs.BOM_UTF16_BE + TEXTS[7].encode("utf-16-be")).text == TEXTS[7]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (" \r\n\t\u00a0".encode(), "empty"),
        (b"Nothing in Arabic here.", "no-arabic"),
        ("Правительство сообщило".encode(), "no-arabic"),
        ("Правительство сообщило, что войска".encode("cp1251"), "no-arabic"),
        ("Nothing in Arabic".encode("utf-16"), "no-arabic"),
        ("Nothing in Arabic".encode("utf-16-le"), "no-arabic"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "binary"),
        (b"PK\x03\x04" + os.urandom(4000), "binary"),
        ("بغداد\0البصرة".encode(), "binary"),
        (codecs.BOM_UTF16_LE + "بغداد".encode("utf-16-le")[:-1], "undecodable"),
        (codecs.BOM_UTF8 + b"\xff\xfe\xfd", "undecodable"),
        (bytes(range(128, 256)) * 40, "undecodable"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as problem:
        read_bytes("a.txt", data)
    assert (problem.value.name, problem.value.code) == ("a.txt", code)


def test_a_file_cut_off_within_a_letter_is_read() -> None:
    text = "وصلت القافلة إلى الأبيض. " * 20
    cut = text.rstrip(". ").encode()[:-1]
    assert read_bytes("x", cut).text == cut.decode("utf-8", "ignore") + "\ufffd"


def test_length_limit() -> None:
    text = "قال المتحدث إن الطريق مفتوح.\n" * 100_000
    data = text.encode()
    assert len(data) > 5_000_000
    assert read_bytes("long.txt", data).text == text
    with pytest.raises(Unreadable, match="too-long"):
        read_bytes("long.txt", data, limit=len(data) - 1)
    with pytest.raises(Unreadable, match="too-long"):
        read_text("long.txt", text, limit=10)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("عودة الحركة إلى الميناء\nقال المدير إن السفن عادت.", "عودة الحركة إلى الميناء"),
        ("\n\n  عودة   الحركة \r\nنص", "عودة الحركة"),
        ("وصلت السفينة.\nثم غادرت.", "وصلت السفينة."),
        (
            "قال مدير الميناء إن السفن التي تأخرت أسبوعين بسبب العاصفة عادت كلها إلى الأرصفة صباح اليوم.",
            "قال مدير الميناء إن السفن التي تأخرت أسبوعين بسبب العاصفة عادت كلها إلى الأرصفة…",
        ),
        ("كلمة " * 100, "كلمة " * 15 + "كلمة…"),
    ],
)
def test_title(text: str, title: str) -> None:
    assert title_of(text) == title
    assert read_text("id", text) == Document("id", text, title=title)


def rows(*values: object) -> io.BytesIO:
    return io.BytesIO(b"".join(v if isinstance(v, bytes) else json.dumps(v).encode() + b"\n" for v in values))


def test_jsonl_keeps_what_it_is_given() -> None:
    full = {
        "id": "1",
        "text": " \ufeffنص\u2028في عدن\r\n",
        "title": "عنوان",
        "source": "وكالة",
        "published": "2026-01-02T10:00:00Z",
    }
    read = list(
        read_jsonl(
            "n.jsonl", rows(codecs.BOM_UTF8 + json.dumps(full).encode() + b"\r\n", b"\n", {"id": 2, "text": "نص"})
        )
    )
    assert read == [Document("1", full["text"], "عنوان", "وكالة", "2026-01-02"), Document("2", "نص", "نص")]


def test_jsonl_goes_on_after_a_bad_line() -> None:
    lines = rows(
        {"id": "a", "text": "في بغداد"},
        b"{broken\n",
        b'{"id": "b", "text": "\xff"}\n',
        b"[" * 100_000 + b"\n",
        {"id": "a", "text": "في البصرة"},
        {"text": "بلا معرّف"},
        {"id": "c"},
        {"id": "d", "text": 5},
        {"id": "e", "text": "  "},
        {"id": "f", "text": "English"},
        {"id": "g", "text": "بغداد \ud800"},
        ["id", "text"],
        {"id": True, "text": "نص"},
        {"id": "z", "text": "في أربيل", "title": 7, "source": "", "published": "الأحد"},
    )
    read = list(read_jsonl("n.jsonl", lines))
    assert [item for item in read if isinstance(item, Document)] == [
        Document("a", "في بغداد", "في بغداد"),
        Document("z", "في أربيل", "في أربيل"),
    ]
    assert [(item.name, item.code) for item in read if isinstance(item, Unreadable)] == [
        ("n.jsonl:2", "malformed"),
        ("n.jsonl:3", "undecodable"),
        ("n.jsonl:4", "malformed"),
        ("n.jsonl:5", "duplicate"),
        ("n.jsonl:6", "malformed"),
        ("n.jsonl:7", "malformed"),
        ("n.jsonl:8", "malformed"),
        ("n.jsonl:9", "empty"),
        ("n.jsonl:10", "no-arabic"),
        ("n.jsonl:11", "undecodable"),
        ("n.jsonl:12", "malformed"),
        ("n.jsonl:13", "malformed"),
    ]
