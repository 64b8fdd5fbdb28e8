"""The lexicon of reporting cues: every inflected form of the lemmas in ``data/cues.tsv``, folded."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from extract.text import folded

DATA = Path(__file__).parent / "data"
Shape = Literal["past", "present", "participle", "masdar"]
Gender = Literal["m", "f"]

PRONOUNS = ("ه", "ها", "هم", "هما", "هن", "نا")
_PREFIXES: tuple[tuple[str, Gender], ...] = (("ي", "m"), ("ت", "f"))
_PREPOSITIONS = {"إلى": "الي", "على": "علي", "من": "من", "عن": "عن", "ب": "ب", "في": "في", "ل": "ل"}


@dataclass(frozen=True)
class Lemma:
    """A row of the lexicon: how the verb takes its content and what kind of statement it makes.

    ``clause``: a clause with أن/إن may follow; ``speech``: a colon or marks may follow; ``nominal``: a noun
    phrase may follow directly; ``prepositions``: those that may bring in a noun phrase or a clause, folded;
    ``companions``: folded words of which an idiom must have one after its verb (ألقى … باللوم), empty for a plain verb.
    """

    name: str
    clause: bool
    speech: bool
    nominal: bool
    prepositions: frozenset[str]
    type: str
    flags: frozenset[str]
    companions: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Form:
    """One inflected form. ``gender`` and ``plural`` are what its subject must agree with, None where open."""

    lemma: Lemma
    shape: Shape
    gender: Gender | None
    plural: bool
    first_person: bool = False
    negated_only: bool = False


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a tab-separated data file of this package, comment lines left out."""
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))


@cache
def cue_forms() -> dict[str, tuple[Form, ...]]:
    """Every folded form of every lemma, without the proclitics و ف ل ب."""
    table: dict[str, list[Form]] = {}
    for row in rows("cues.tsv"):
        frame = row["frame"].split()
        written, companions = _verb(row["lemma"])
        lemma = Lemma(
            name=folded(written),
            clause="an" in frame,
            speech=":" in frame,
            nominal="n" in frame,
            prepositions=frozenset(_PREPOSITIONS[f] for f in frame if f in _PREPOSITIONS),
            type=row["type"],
            flags=frozenset(row["flags"].split()),
            companions=companions,
        )
        for word, form in _inflected(lemma, row):
            known = table.setdefault(word, [])
            if form not in known:
                known.append(form)
    return {word: tuple(forms) for word, forms in table.items()}


def _verb(lemma: str) -> tuple[str, frozenset[str]]:
    """The name of a cue and the companions of its verb: ألقى باللوم|اللوم is ألقى باللوم."""
    verb, _, rest = lemma.partition(" ")
    words = rest.split("|") if rest else []
    return " ".join([verb, *words[:1]]), frozenset(folded(word) for word in words)


def _inflected(lemma: Lemma, row: dict[str, str]) -> list[tuple[str, Form]]:
    base = row["lemma"].partition(" ")[0]
    out = [(word, Form(lemma, "past", gender, plural)) for word, gender, plural in _past(base)]
    nouns = {folded(noun) for noun in row["masdar"].split("|")}
    if len(folded(base)) == 3 and nouns.isdisjoint({"-", folded(base)}) and "weak" not in lemma.flags:
        out.append((folded(base) + "ا", Form(lemma, "past", "m", True)))  # شددا, which no noun looks like
    if row["present"] != "-":
        out += _present(lemma, folded(row["present"]))
    if row["participle"] != "-":
        out += [(word, Form(lemma, "participle", g, p)) for word, g, p in _participle(folded(row["participle"]))]
    for masdar in row["masdar"].split("|"):
        if masdar != "-":
            out += [(word, Form(lemma, "masdar", None, False)) for word in _masdar(folded(masdar))]
    return out


def _past(base: str) -> list[tuple[str, Gender | None, bool]]:
    """Past forms: أعلن أعلنت أعلنا أعلنتا أعلنوا; weak endings drop out (نفى نفت نفوا, دعا دعت دعوا)."""
    word = folded(base)
    forms: list[tuple[str, Gender | None, bool]]
    if folded(base[-1]) == "ي" or base.endswith("ا"):
        stem = word[:-1]
        forms = [
            (word, "m", False), (stem + "ت", "f", False), (stem + "وا", "m", True), (stem + "تا", "f", True),
            (stem + ("وا" if base.endswith("ا") else "يا"), "m", True),
        ]  # fmt: skip
        if base.endswith("ي"):
            forms.append((word + "ت", "f", False))
        return forms
    forms = [(word, "m", False), (word + "ت", "f", False), (word + "تا", "f", True), (word + "وا", "m", True)]
    if len(word) > 3:
        # The dual of a shorter verb looks like an accusative noun (رداً، ذكراً).
        forms.append((word + "ا", "m", True))
    return forms


def _present(lemma: Lemma, word: str) -> list[tuple[str, Form]]:
    rest = word[1:]
    weak = rest[-1] in "يوا"
    stem = rest[:-1] if weak else rest
    out = [
        ("ي" + rest, Form(lemma, "present", "m", False)),
        ("ت" + rest, Form(lemma, "present", "f", False)),
        ("ن" + rest, Form(lemma, "present", None, True, first_person=True)),
    ]
    out += [("ي" + stem + ending, Form(lemma, "present", "m", True)) for ending in ("ون", "وا")]
    for prefix, gender in _PREFIXES:
        out.append((prefix + rest + "ان", Form(lemma, "present", gender, True)))
        if weak:
            out.append((prefix + stem, Form(lemma, "present", gender, False, negated_only=True)))
    return out


def _participle(stem: str) -> list[tuple[str, Gender | None, bool]]:
    return [
        (stem + "ا", "m", False), (stem + "ه", "f", False),
        (stem.removesuffix("ي") + "ين", "m", True), (stem + "تين", "f", True), (stem + "ات", "f", True),
    ]  # fmt: skip


def _masdar(word: str) -> list[str]:
    bound = word[:-1] + "ت" if word.endswith("ه") else word
    return [word, "ال" + word, *(bound + pronoun for pronoun in PRONOUNS)]
