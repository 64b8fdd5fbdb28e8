"""What a noun tells about the one who speaks: role, rank, title, organisation, document, outlet, unnamed source."""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Literal

from extract.lexicon import Gender, rows
from extract.text import folded

# What is derived from a word alone is kept for so many words, a few times the vocabulary of news.
WORDS = 200_000
NounClass = Literal["role", "rank", "title", "organisation", "document", "outlet", "source", "people", "construct"]


@cache
def noun_classes() -> dict[str, dict[str, Gender]]:
    """Folded bare noun -> its classes, each with the gender of the verb that agrees."""
    table: dict[str, dict[str, Gender]] = {}
    for row in rows("nouns.tsv"):
        for word in row["words"].split():
            table.setdefault(folded(word), {}).setdefault(row["class"], "f" if row["gender"] == "f" else "m")
    return table


@cache
def adjuncts() -> dict[str, frozenset[str]]:
    """The classes of ``data/adjuncts.tsv`` with their folded words."""
    table: dict[str, set[str]] = {}
    for row in rows("adjuncts.tsv"):
        table.setdefault(row["class"], set()).update(folded(word) for word in row["words"].split())
    return {name: frozenset(words) for name, words in table.items()}


@cache
def particles(name: str) -> frozenset[str]:
    """The folded function words of one class of ``data/particles.tsv``."""
    return frozenset(
        folded(word) for row in rows("particles.tsv") if row["class"] == name for word in row["words"].split()
    )


@cache
def first_names() -> frozenset[str]:
    """Folded first names, for telling a name from a common noun."""
    return frozenset(folded(word) for row in rows("first_names.tsv") for word in row["names"].split())


@cache
def verbal_nouns() -> frozenset[str]:
    """Folded nouns of action and state, as they open the object of a reporting verb."""
    return frozenset(folded(word) for row in rows("verbal_nouns.tsv") for word in row["words"].split())


@lru_cache(WORDS)
def bare(word: str) -> str:
    """A folded word without its article: الرئيس → رئيس, للوزير → وزير."""
    for article in ("ال", "لل"):
        if word.startswith(article) and len(word) > 4:
            return word[2:]
    return word


@lru_cache(WORDS)
def definite(word: str) -> bool:
    """Whether a folded word carries the article (also after ل), which التزام and إلغاء only seem to do."""
    if word.startswith("ال") and any(word.removesuffix(e) in verbal_nouns() for e in ("", "ه", "ها", "هم", "هما")):
        return False
    return (word.startswith(("ال", "لل")) and len(word) > 4) or word in ("الله", "اللي")


@lru_cache(WORDS)
def classes(word: str) -> Mapping[str, Gender]:
    """The classes of a folded noun, with or without article or a proclitic و or ل."""
    table = noun_classes()
    found = table.get(word) or table.get(bare(word))
    if found is None and word[:1] in ("و", "ل") and len(word) > 3:
        found = table.get(word[1:]) or table.get(bare(word[1:]))
    if found is None and word.endswith("ا") and len(word) > 3:
        found = table.get(word[:-1])  # an accusative (أن عدداً من)
    return found or {}


@lru_cache(WORDS)
def is_verbal_noun(word: str) -> bool:
    """Whether a folded indefinite word is, or has the pattern of, a noun of action.

    Patterns of the derived stems: استفعال, انفعال/افتعال, إفعال, تفعيل, تفاعل, مفاعلة. A possessive ending is
    looked through.
    """
    if word in verbal_nouns():
        return True
    if definite(word):
        return False
    stems = [word]
    for ending in ("هما", "هم", "ها", "ه"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            stems.append(word[: -len(ending)])
            if word[: -len(ending)].endswith("ت"):
                stems.append(word[: -len(ending) - 1] + "ه")
    return any(stem in verbal_nouns() or _derived(stem) for stem in stems)


def _derived(word: str) -> bool:
    if word in first_names():
        return False
    if len(word) >= 6 and word.startswith("است") and word[-2] == "ا":
        return True
    if len(word) in (5, 6) and word.startswith("ا") and word[-2] == "ا":
        return True
    if len(word) == 6 and word[0] == "م" and word[2] == "ا" and word.endswith("ه") and word not in noun_classes():
        return True
    return len(word) == 5 and word.startswith("ت") and word[3] == "ي"
