"""The page as a whole: reads the address, draws the parts, and takes what the user does back into the address."""

import html
from dataclasses import replace

import pandas as pd
import streamlit as st

from corpus import exports
from corpus.documents import Analysis
from corpus.store import StoreUnusable
from dashboard import add, bar, mapview, panel, reader, style, timeline, unplaced
from dashboard.elements import Act, element
from dashboard.filters import matching, missing, selected
from dashboard.library import Library, geocoder_problem, library
from dashboard.state import NOWHERE, View, from_query, is_unplaced, to_query
from dashboard.translations import LANGUAGES, Language, Texts, preferred

_PANEL_TEXTS = {
    "statements": "panel.statements", "all_places": "panel.all.back", "more": "panel.more", "less": "panel.less",
    "open": "panel.open", "no_speaker": "panel.no_speaker", "comma": "comma", "empty": "panel.empty",
    "empty_hint": "panel.empty.hint", "clear": "filter.clear", "previous": "panel.previous", "next": "panel.next",
}  # fmt: skip


def run() -> None:
    """Draw the page."""
    st.session_state.pop("stale", None)
    st.secrets.load_if_toml_exists()  # makes the settings in it environment variables too
    st.set_page_config(page_title="مكان Makan", page_icon="📍", layout="wide")
    view = _addressed()
    texts = Texts(view.language or preferred(st.context.locale))
    style.apply(texts)
    try:
        with st.spinner(texts("opening"), show_time=False):
            shelf = library()
    except StoreUnusable:
        add.message("error", texts("store.unusable"))
        return
    _header(view, texts)
    if problem := geocoder_problem():
        add.message("warning", texts("geocoder.settings", reason=problem))
    for text in st.session_state.pop("added", ()):
        add.message("success", text)
    if shelf.analyses:
        _explore(texts)
    else:
        st.html(
            f'<div class="makan-start"><h2>{html.escape(texts("start.title"))}</h2>'
            f"<p>{html.escape(texts('start.hint'))}</p></div>"
        )


def _view() -> View:
    view: View = st.session_state["view"]
    return view


def _addressed() -> View:
    """The view; where the address is another than the one last written (a link, the back button) its view."""
    address = {name: st.query_params.get_all(name) for name in st.query_params}
    if "view" not in st.session_state or address != st.session_state["address"]:
        st.session_state["view"] = from_query(address)
        st.session_state["address"] = address
        st.session_state["page"] = 0
    return _view()


def _change(view: View) -> None:
    """Take over a view and write it into the address."""
    before = _view()
    if view.filters != before.filters or view.place != before.place:
        st.session_state["page"] = 0
    if view.query != before.query:
        st.session_state["stale"] = "page"
    elif view.filters != before.filters or _off_map(view) != _off_map(before):
        st.session_state.setdefault("stale", "explore")
    st.session_state["view"] = view
    address = to_query(view)
    st.session_state["address"] = address
    st.query_params.from_dict(address)


def _off_map(view: View) -> str | None:
    return view.place if view.place and (view.place == NOWHERE or is_unplaced(view.place)) else None


def _choose(place: str | None) -> None:
    _change(replace(_view(), place=place, reading=None, at=None))


def _header(view: View, texts: Texts) -> None:
    with st.container(key="header"):
        name, search, language, adding = st.columns([3.2, 3.6, 1, 1.4], vertical_alignment="bottom")
        with name:
            style.masthead(texts)
        with search:
            st.session_state["query"] = view.query
            st.text_input(
                texts("search"),
                key="query",
                placeholder=texts("search"),
                label_visibility="collapsed",
                icon=":material/search:",
                on_change=lambda: _change(replace(_view(), query=st.session_state["query"].strip())),
            )
        with language:
            _language(texts)
        with adding:
            if st.button(texts("add"), key="add", icon=":material/add:", type="primary", width="stretch"):
                add.dialog(texts, lambda document: _change(View(reading=document, language=_view().language)))


def _language(texts: Texts) -> None:
    names: dict[Language, str] = {"ar": "ع", "en": "EN"}
    st.session_state["language"] = texts.language

    def switch() -> None:
        chosen = st.session_state["language"]
        if chosen in LANGUAGES:
            _change(replace(_view(), language=chosen))

    st.segmented_control(
        texts("language"),
        LANGUAGES,
        key="language",
        format_func=names.__getitem__,
        label_visibility="collapsed",
        on_change=switch,
    )


def _export(shelf: Library, view: View, texts: Texts) -> None:
    # The files are made when they are asked for, where there is no session: all they need goes along.
    def kept() -> list[Analysis]:
        return list(exports.narrowed(shelf.analyses.values(), set(matching(shelf.rows, view)["statement"])))

    st.caption(texts("export.hint"))
    files = {
        "geojson": ("makan.geojson", "application/geo+json", lambda: exports.geojson(kept())),
        "csv": ("makan.csv", "text/csv", lambda: "".join(exports.csv_lines(kept()))),
        "jsonl": ("makan.jsonl", "application/jsonl", lambda: "".join(exports.jsonl(kept()))),
    }
    for name, (file, mime, data) in files.items():
        label, key = texts(f"export.{name}"), f"export_{name}"
        st.download_button(label, data, file_name=file, mime=mime, on_click="ignore", key=key, width="stretch")


@st.fragment
def _explore(texts: Texts) -> None:
    """Filters, map, panel and what is not on the map: a filter reruns this, a click on the map only the inner part."""
    if st.session_state.pop("stale", None) == "page":
        st.rerun()
    shelf, view = library(), _view()
    bar.types(shelf, view, texts, _change)
    with st.container(key="filters"):
        beside = bar.others(shelf, view, texts, _change)
    with beside, st.popover(texts("export"), width="stretch", key="export"):
        _export(shelf, view, texts)
    rows = matching(shelf.rows, view)
    _map_and_panel(texts)
    timeline.show(shelf, view, texts, _change)
    unplaced.show(missing(rows), view, texts, _choose)


@st.fragment
def _map_and_panel(texts: Texts) -> None:
    if "stale" in st.session_state:
        st.rerun()
    shelf, view = library(), _view()
    rows = matching(shelf.rows, view)
    left_side, right_side = st.columns([3, 2])
    # The panel first: it is what a click waits for, and the map in the browser has marked the place already.
    with right_side:
        if view.reading in shelf.analyses:
            _reader(shelf, view, texts)
        else:
            _panel(shelf, rows, view, texts)
    with left_side:
        mapview.show(shelf, rows, repr(view.filters), view.place, texts, _choose)
        style.legend(texts)


def _panel(shelf: Library, rows: pd.DataFrame, view: View, texts: Texts) -> None:
    chosen = selected(rows, view.place)
    statements, page, pages = panel.page_of(chosen, st.session_state["page"])
    data = {
        "head": panel.heading(
            view.place, shelf.places.get(view.place or ""), chosen, _written(shelf.rows, view.place), texts
        ),
        "cards": panel.content(statements, shelf.analyses, view.place, texts),
        "page": page,
        "pages": pages,
        "page_text": texts("panel.page", page=page + 1, pages=pages),
        "filtered": view.filtered,
        "texts": {name: texts(key) for name, key in _PANEL_TEXTS.items()},
    }
    element("side", "side", data, texts, _act)


def _reader(shelf: Library, view: View, texts: Texts) -> None:
    data = reader.article(shelf.analyses[view.reading or ""], view.place, view.at, texts)
    data["texts"] = {"close": texts("reader.close"), "article": texts("reader.article")}
    element("side", "side", data, texts, _act)


def _written(rows: pd.DataFrame, selection: str | None) -> str:
    """How a name that is not on the map is written in the articles."""
    if selection is None or not is_unplaced(selection):
        return selection or ""
    found = rows.loc[rows["selection"] == selection, "mention_text"]
    return str(found.iloc[0]) if len(found) else selection.partition(":")[2]


def _act(what: Act) -> None:
    """What was done in the panel or in the reader."""
    view = _view()

    def text(name: str) -> str | None:
        value = what.get(name)
        return value if isinstance(value, str) else None

    if "place" in what:
        _choose(text("place"))
    elif "mark" in what:
        _change(replace(view, place=text("mark"), at=None))
    elif "open" in what:
        _change(replace(view, reading=text("open"), at=text("at")))
    elif "close" in what:
        _change(replace(view, reading=None, at=None))
    elif "clear" in what:
        _change(view.cleared)
    elif isinstance(page := what.get("page"), int):
        st.session_state["page"] = page
