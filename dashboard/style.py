"""The page's look: fonts from the project, Streamlit's furniture put away, right to left where the language asks."""

import html
import json
from functools import cache
from pathlib import Path

import streamlit as st

from dashboard.mapview import SERVED
from dashboard.translations import Texts
from geo.layers import ASSETS

_CSS = Path(__file__).parent / "assets" / "page.css"
_RIGHT_TO_LEFT = """
[data-testid="stMainBlockContainer"], [data-testid="stDialog"] [role="dialog"] { direction: rtl; text-align: right; }
[data-testid="stDialog"] [role="dialog"] > button[aria-label="Close"] { right: auto; left: 1rem; }
[data-testid="stDialog"] [role="dialog"] > h2 { padding-right: 0; padding-left: 3rem; }
"""


@cache
def _fonts() -> str:
    # Streamlit takes links to style sheets out of a page's HTML, so the faces come along with the other rules.
    return (ASSETS / "fonts" / "fonts.css").read_text(encoding="utf-8").replace('url("', f'url("{SERVED}fonts/')


def apply(texts: Texts) -> None:
    """Put the styles into the page."""
    css = _fonts() + _CSS.read_text(encoding="utf-8")
    # The one label that Streamlit has no parameter for.
    css += f":root {{ --makan-browse: {json.dumps(texts('add.browse'), ensure_ascii=False)}; }}"
    if texts.direction == "rtl":
        css += _RIGHT_TO_LEFT
    st.html(f"<style>{css}</style>")


def masthead(texts: Texts) -> None:
    """The name of the program and what it does."""
    other = "Makan" if texts.language == "ar" else "مكان"
    st.html(
        f'<h1 class="makan-title"><bdi>{html.escape(texts("title"))}</bdi> <bdi class="other">{other}</bdi>'
        f"<span>{html.escape(texts('tagline'))}</span></h1>"
    )


def legend(texts: Texts) -> None:
    """What the shapes on the map mean; the chips above it say the colours."""
    entries = "".join(
        f'<li><i class="{name}"></i>{html.escape(texts(f"legend.{name}"))}</li>'
        for name in ("point", "country", "line", "area", "dashed", "colour")
    )
    st.html(f'<ul class="makan-legend">{entries}</ul>')
