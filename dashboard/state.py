"""What the page shows now, and its address: a link reopens the same view."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from dashboard.translations import LANGUAGES, Language
from extract.model import FORMS, TYPES, Form, Type
from extract.text import folded

NOWHERE = "none"
Code = TypeVar("Code", bound=str)
_UNPLACED = "text:"


@dataclass(frozen=True)
class View:
    """The filters, the selection and the article that is open.

    Empty filters let everything through. ``place`` is a place's id, ``unplaced(...)`` of a name that is not on the
    map, NOWHERE for the statements that name no place, or None for everything. ``reading`` is the id of the article
    that is open, ``at`` the statement it is opened at ("<document>#<statement>").
    """

    types: tuple[Type, ...] = ()
    forms: tuple[Form, ...] = ()
    speakers: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    query: str = ""
    place: str | None = None
    reading: str | None = None
    at: str | None = None
    language: Language | None = None

    @property
    def filtered(self) -> bool:
        """Whether any filter is set."""
        return self.filters != View().filters

    @property
    def filters(self) -> "View":
        """The view with nothing but its filters: what decides which statements are shown at all."""
        return replace(self, place=None, reading=None, at=None, language=None)

    @property
    def cleared(self) -> "View":
        """The view without its filters."""
        return View(place=self.place, reading=self.reading, at=self.at, language=self.language)


def unplaced(name: str) -> str:
    """The selection of a name that is not on the map; spelling variants are one."""
    return _UNPLACED + " ".join(folded(name).split())


def is_unplaced(selection: str) -> bool:
    """Whether ``selection`` came from ``unplaced``."""
    return selection.startswith(_UNPLACED)


def to_query(view: View) -> dict[str, list[str]]:
    """The view as query parameters, with codes that do not change with the language. Defaults are left out."""
    parameters: dict[str, Sequence[str | None]] = {
        "lang": [view.language],
        "q": [view.query],
        "type": view.types,
        "form": view.forms,
        "speaker": view.speakers,
        "doc": view.documents,
        "since": [view.since.isoformat() if view.since else None],
        "until": [view.until.isoformat() if view.until else None],
        "place": [view.place],
        "read": [view.reading],
        "at": [view.at],
    }
    kept = {name: [value for value in values if value] for name, values in parameters.items()}
    return {name: values for name, values in kept.items() if values}


def from_query(parameters: Mapping[str, Sequence[str]]) -> View:
    """The view of an address. What is no valid value is passed over: an address may come from anywhere."""

    def one(name: str) -> str | None:
        values = parameters.get(name) or [""]
        return values[-1] or None

    def known(name: str, choices: Sequence[Code]) -> tuple[Code, ...]:
        return tuple(choice for choice in choices if choice in parameters.get(name, ()))

    def day(name: str) -> date | None:
        try:
            return date.fromisoformat(one(name) or "")
        except ValueError:
            return None

    language = one("lang")
    return View(
        types=known("type", TYPES),
        forms=known("form", FORMS),
        speakers=tuple(dict.fromkeys(filter(None, parameters.get("speaker", ())))),
        documents=tuple(dict.fromkeys(filter(None, parameters.get("doc", ())))),
        since=day("since"),
        until=day("until"),
        query=one("q") or "",
        place=one("place"),
        reading=one("read"),
        at=one("at"),
        language=language if language in LANGUAGES else None,
    )
