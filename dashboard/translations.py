"""The interface's wording in Arabic and English, from data/translations.csv."""

import csv
from functools import lru_cache
from pathlib import Path
from typing import Literal

from babel import Locale

Language = Literal["ar", "en"]
LANGUAGES: tuple[Language, ...] = ("ar", "en")
TABLE = Path(__file__).parent / "data" / "translations.csv"


@lru_cache
def table() -> dict[str, dict[str, str]]:
    """The wording by key and language."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["key"]: {language: row[language] for language in LANGUAGES} for row in csv.DictReader(file)}


class Texts:
    """The wording in one language: ``texts("panel.open")``, ``texts.count("statements", 3)``."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.direction = "rtl" if language == "ar" else "ltr"
        self._plural = Locale(language).plural_form

    def __call__(self, key: str, **values: object) -> str:
        """The text for ``key`` with its {placeholders} filled. Raises KeyError for a key that is not in the table."""
        text = table()[key][self.language]
        return text.format(**values) if values else text

    def known(self, key: str, otherwise: str) -> str:
        """The text for ``key``, or that for ``otherwise`` where the table has no such key."""
        return self(key if key in table() else otherwise)

    def count(self, noun: str, n: int) -> str:
        """A counted noun in the grammatical number that the language asks for (CLDR's plural rules)."""
        form = "zero" if n == 0 else self._plural(n)
        return self(f"{noun}.{form}", n=f"{n:,}")


def preferred(locale: str | None) -> Language:
    """The language for a browser's locale ("ar-IQ", "en-GB"): Arabic where it is Arabic or unknown, else English."""
    return "ar" if locale is None or locale.lower().startswith("ar") else "en"
