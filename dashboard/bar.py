"""The filters above the map."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.elements import Act, element
from dashboard.filters import type_counts
from dashboard.library import Library
from dashboard.palette import COLOURS, SIGNS
from dashboard.panel import title_of
from dashboard.state import View
from dashboard.translations import Texts
from extract.model import FORMS, TYPES

Change = Callable[[View], None]


def types(shelf: Library, view: View, texts: Texts, change: Change) -> None:
    """The statement types as chips, each with the number of statements it would show; they are the colour legend."""
    counts = type_counts(shelf.rows, view)
    chips = [
        {
            "code": name,
            "label": texts(f"type.{name}"),
            "hint": texts(f"type.{name}.hint"),
            "count": counts[name],
            "count_text": f"{counts[name]:,}",
            "on": name in view.types,
            "colour": COLOURS[name],
            "glyph": SIGNS[name],
        }
        for name in TYPES
    ]

    def act(what: Act) -> None:
        if what.get("clear"):
            change(view.cleared)
        elif (toggled := what.get("toggle")) in TYPES:
            change(replace(view, types=tuple(name for name in TYPES if (name in view.types) != (name == toggled))))

    labels = {"types": texts("filter.types"), "clear": texts("filter.clear")}
    element("chips", "chips", {"chips": chips, "any": view.filtered, "texts": labels}, texts, act)


def others(shelf: Library, view: View, texts: Texts, change: Change) -> DeltaGenerator:
    """Form, speaker, article and day of publication; returns the column that is left beside them."""
    columns = st.columns([1, 1.3, 1.5, 1.2, 0.8])
    with columns[0]:
        _choice("forms", list(FORMS), view, texts, change, lambda code: texts(f"form.{code}"), _forms)
    with columns[1]:
        speakers = shelf.rows.drop_duplicates("statement")["speaker"].dropna().value_counts().index
        _choice("speakers", _with(speakers, view.speakers), view, texts, change, str, _speakers)
    with columns[2]:
        titles = {key: title_of(analysis.document, texts) for key, analysis in shelf.analyses.items()}
        _choice(
            "documents",
            _with(titles, view.documents),
            view,
            texts,
            change,
            lambda key: titles.get(key, key),
            _documents,
        )
    with columns[3]:
        _dates(shelf, view, texts, change)
    return columns[4]


def _choice(
    name: str,
    options: Sequence[str],
    view: View,
    texts: Texts,
    change: Change,
    label: Callable[[str], str],
    choose: Callable[[View, tuple[Any, ...]], View],
) -> None:
    key = f"filter_{name}"
    st.session_state[key] = [value for value in getattr(view, name) if value in options]
    st.multiselect(
        texts(f"filter.{name}"),
        options,
        key=key,
        format_func=label,
        placeholder=texts(f"filter.{name}"),
        label_visibility="collapsed",
        on_change=lambda: change(choose(view, tuple(st.session_state[key]))),
    )


def _dates(shelf: Library, view: View, texts: Texts, change: Change) -> None:
    days = shelf.rows["published"].dropna()
    if days.empty:
        return
    first, last = days.min().date(), days.max().date()
    st.session_state["filter_dates"] = (view.since or first, view.until or last) if view.since or view.until else ()

    def act() -> None:
        chosen: Any = st.session_state["filter_dates"]
        if not chosen:
            change(replace(view, since=None, until=None))
        elif len(chosen) == 2:
            change(replace(view, since=chosen[0], until=chosen[1]))

    st.date_input(
        texts("filter.dates"),
        label_visibility="collapsed",
        key="filter_dates",
        min_value=min(first, view.since or first),
        max_value=max(last, view.until or last, date.today()),
        format="YYYY-MM-DD",
        on_change=act,
    )


def _with(options: Any, chosen: Sequence[str]) -> list[str]:
    """The options and what an address asks for beyond them, so that it can be taken off."""
    return list(dict.fromkeys([*options, *chosen]))


def _forms(view: View, chosen: tuple[Any, ...]) -> View:
    return replace(view, forms=chosen)


def _speakers(view: View, chosen: tuple[Any, ...]) -> View:
    return replace(view, speakers=chosen)


def _documents(view: View, chosen: tuple[Any, ...]) -> View:
    return replace(view, documents=chosen)
