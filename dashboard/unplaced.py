"""What is not on the map, below it: names without a known position, statements without a place."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from dashboard.elements import Act, element
from dashboard.filters import Missing
from dashboard.state import NOWHERE, View
from dashboard.translations import Texts

_FEW = 24


def show(found: list[Missing], view: View, texts: Texts, choose: Callable[[str | None], None]) -> None:
    """List what is missing with its number of statements and the reason; choosing one opens its statements."""
    everything = bool(st.session_state.get("unplaced_all"))

    def act(what: Act) -> None:
        if what.get("more"):
            st.session_state["unplaced_all"] = True
        elif isinstance(place := what.get("place"), str):
            choose(None if place == view.place else place)

    shown = (
        found
        if everything or len(found) <= _FEW
        else [*found[:_FEW], *(one for one in found[_FEW:] if one.selection == NOWHERE)]
    )
    labels = {"title": "unplaced.title", "hint": "unplaced.hint", "none": "unplaced.none"}
    data = {
        "items": [item(one, view.place, texts) for one in shown],
        "more": len(found) - len(shown),
        "texts": {name: texts(key) for name, key in labels.items()}
        | {"more": texts("unplaced.more", n=len(found) - len(shown))},
    }
    element("unplaced", "unplaced", data, texts, act)


def item(one: Missing, selection: str | None, texts: Texts) -> dict[str, Any]:
    """One entry: the name as written, how often, and why it has no position."""
    nowhere = one.selection == NOWHERE
    return {
        "selection": one.selection,
        "name": texts("unplaced.nowhere") if nowhere else one.name,
        "count": f"{one.statements:,}",
        "reason": "" if nowhere else texts.known(f"reason.{one.reason}", "reason.other"),
        "on": one.selection == selection,
    }
