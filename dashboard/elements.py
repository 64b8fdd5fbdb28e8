"""The page's own elements: what assets/*.js draw from plain data. Text reaches the browser as text nodes only."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard.translations import Texts

_ASSETS = Path(__file__).parent / "assets"
_PARTS = {"side": ("panel", "reader")}
Act = dict[str, Any]


def element(name: str, key: str, data: dict[str, Any], texts: Texts, on_act: Callable[[Act], None]) -> None:
    """Draw assets/<name>.js, styled by assets/<name>.css, with ``data``.

    What the user does there comes back through ``on_act``.
    """

    def acted() -> None:
        act = st.session_state[key].get("act")
        if isinstance(act, dict):
            on_act(act)

    _component(name)(key=key, data={**data, "dir": texts.direction, "lang": texts.language}, on_act_change=acted)


@cache
def _component(name: str) -> Any:
    parts = ["common", *_PARTS.get(name, ()), name]

    def assets(kind: str) -> str:
        files = [_ASSETS / f"{part}.{kind}" for part in parts]
        return "".join(file.read_text(encoding="utf-8") for file in files if file.exists())

    return st.components.v2.component(f"makan_{name}", css=assets("css"), js=assets("js"))
