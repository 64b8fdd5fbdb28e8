"""The wording is complete in both languages, and all of it is used."""

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.translations import LANGUAGES, Texts, preferred, table
from extract.model import FORMS, TYPES
from geo.model import KINDS

SOURCES = sorted((Path(__file__).parents[1] / "dashboard").glob("*.py"))
PLURALS = ("zero", "one", "two", "few", "many", "other")


def constants() -> Iterator[re.Pattern[str]]:
    """What the program's strings can be as keys: literals as they are, {…} in f-strings as anything."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "count":
                yield re.compile(re.escape(getattr(node.args[0], "value", "")) + r"\.(" + "|".join(PLURALS) + ")")
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield re.compile(re.escape(node.value))
            elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                parts = [re.escape(str(v.value)) if isinstance(v, ast.Constant) else r"[\w-]+" for v in node.values]
                if "\\." in parts[0]:
                    yield re.compile("".join(parts))


@pytest.mark.parametrize("key", table())
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_there_in_both_languages(key: str, language: str) -> None:
    assert table()[key][language].strip()


@pytest.mark.parametrize("key", table())
def test_placeholders_agree(key: str) -> None:
    ar, en = ({name for _, name, _, _ in string.Formatter().parse(table()[key][lang]) if name} for lang in LANGUAGES)
    assert ar <= en if key.endswith((".one", ".two")) else ar == en


def test_every_text_is_used() -> None:
    patterns = list(constants())
    assert [key for key in table() if not any(pattern.fullmatch(key) for pattern in patterns)] == []


@pytest.mark.parametrize(
    "key",
    [f"type.{name}" for name in TYPES]
    + [f"type.{name}.hint" for name in TYPES]
    + [f"form.{name}" for name in FORMS]
    + [f"kind.{name}" for name in KINDS]
    + [f"flag.{name}" for name in ("negated", "hedged", "distanced", "nested", "unclosed")]
    + [f"unreadable.{code}" for code in ("empty", "no-arabic", "binary", "too-long", "undecodable")],
)
def test_every_code_has_a_text(key: str) -> None:
    assert key in table()


@pytest.mark.parametrize(
    ("n", "ar", "en"),
    [
        (0, "لا تصريحات", "no statements"),
        (1, "تصريح واحد", "1 statement"),
        (2, "تصريحان", "2 statements"),
        (3, "3 تصريحات", "3 statements"),
        (11, "11 تصريحًا", "11 statements"),
        (100, "100 تصريح", "100 statements"),
        (1203, "1,203 تصريحات", "1,203 statements"),
    ],
)
def test_counted_nouns(n: int, ar: str, en: str) -> None:
    assert (Texts("ar").count("statements", n), Texts("en").count("statements", n)) == (ar, en)


def test_a_text_with_braces_in_its_values_stays_whole() -> None:
    assert Texts("en")("add.working", name="{name} {0} %s") == "Reading {name} {0} %s…"


@pytest.mark.parametrize(
    ("locale", "language"), [("ar", "ar"), ("ar-IQ", "ar"), ("en-GB", "en"), ("fr-FR", "en"), (None, "ar")]
)
def test_the_language_follows_the_browser(locale: str | None, language: str) -> None:
    assert preferred(locale) == language
