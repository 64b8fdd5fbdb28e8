"""The map beside the panel: what is on it for the statements that the filters leave, and what a click on it says."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

import streamlit as st
import streamlit.components.v1 as components
from streamlit_folium import st_folium

from dashboard.filters import place_counts
from dashboard.library import Library
from dashboard.palette import COLOURS
from dashboard.panel import place_name
from dashboard.translations import Texts
from geo.layers import ASSETS, Mark, base_map, features, overlay

_KEY = "map"
# Serves the folder of the map's scripts, styles and fonts; it never shows as a component itself. The address is
# relative to that of streamlit-folium's own frame.
_served = components.declare_component("assets", path=str(ASSETS))
SERVED = f"component/{_served.name}/"
_PREFIX = f"../{_served.name}/"
_TEXTS = {
    "map": "map.label",
    "fit": "map.fit",
    "tiles": "map.tiles",
    "tiles_hint": "map.tiles.hint",
    "zoom_in": "map.zoom_in",
    "zoom_out": "map.zoom_out",
}


def marks(shelf: Library, rows: Any, texts: Texts) -> list[Mark]:
    """The places of the rows as the map shows them."""
    out = []
    for found in place_counts(rows):
        place = shelf.places[found.place]
        detail = texts("comma").join(
            [
                texts(f"kind.{place.kind}"),
                texts.count("statements", found.statements),
                texts("mostly", type=texts(f"type.{found.type}")),
            ]
        )
        name = place_name(place, texts.language)
        out.append(Mark(place, name, detail, found.statements, COLOURS[found.type], found.only_actor))
    return out


def show(
    shelf: Library,
    rows: Any,
    view_key: str,
    selected: str | None,
    texts: Texts,
    on_choose: Callable[[str | None], None],
) -> None:
    """Draw the map. ``view_key`` names what ``rows`` were filtered by; ``on_choose`` gets the place clicked, or None.

    The places are sent once and then only what is selected: the browser says so where it lost them.
    """
    version = sha256(repr((shelf.version, view_key, texts.language)).encode()).hexdigest()[:16]
    sent = st.session_state.get("map_version") == version
    data = None if sent else _features(shelf, rows, texts, version)
    st.session_state["map_version"] = version
    words = {name: texts(key) for name, key in _TEXTS.items()} | {"dir": texts.direction, "lang": texts.language}
    group = overlay(data, version=version, selected=selected, fit=str(shelf.version), texts=words)
    st_folium(
        base_map(_PREFIX),
        key=_KEY,
        height=600,
        width=None,
        returned_objects=[],
        feature_group_to_add=group,
        on_change=lambda: _clicked(on_choose),
    )


def _clicked(on_choose: Callable[[str | None], None]) -> None:
    value = st.session_state.get(_KEY)
    if not isinstance(value, dict):
        return
    if "missing" in value:
        st.session_state["map_version"] = None
    elif "place" in value:
        place = value["place"]
        on_choose(place if isinstance(place, str) else None)


@st.cache_data(show_spinner=False, max_entries=32)
def _features(_shelf: Library, _rows: Any, _texts: Texts, version: str) -> dict[str, Any]:
    return features(marks(_shelf, _rows, _texts))
