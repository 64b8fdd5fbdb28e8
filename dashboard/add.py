"""Adding articles, pasted or as files, and removing them."""

import html
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import streamlit as st

from corpus.documents import Analysis, Document
from corpus.readers import Unreadable, read_bytes, read_text
from dashboard import library
from dashboard.panel import title_of
from dashboard.translations import Texts

_LOG = logging.getLogger(__name__)
# Code points, and bytes of a file. Longer than any article; reading it would keep the others waiting for minutes.
LONGEST = 400_000
_TITLE, _TEXT = "draft_title", "draft_text"


@dataclass(frozen=True)
class Outcome:
    """What became of one input: its analysis, or the code of the reason why there is none."""

    name: str
    analysis: Analysis | None = None
    problem: str | None = None


def dialog(texts: Texts, show: Callable[[str], None]) -> None:
    """Open the dialog; ``show`` is called with the id of an article to be shown when it closes."""

    @st.dialog(texts("add.title"), width="large")
    def opened() -> None:
        adding, keeping = st.tabs([texts("add.tab.add"), texts("add.tab.manage")])
        with adding:
            _add(texts, show)
        with keeping:
            _manage(texts)

    opened()


def _add(texts: Texts, show: Callable[[str], None]) -> None:
    # A widget's own value goes when the dialog closes; the draft stays.
    for key in (_TITLE, _TEXT):
        st.session_state[f"{key}_box"] = st.session_state.get(key, "")
    title = st.text_input(texts("add.heading"), key=f"{_TITLE}_box", on_change=_keep, args=(_TITLE,))
    text = st.text_area(texts("add.text"), key=f"{_TEXT}_box", height=220, on_change=_keep, args=(_TEXT,))
    round_ = st.session_state.setdefault("upload_round", 0)
    files = st.file_uploader(
        texts("add.files"),
        type=["txt"],
        accept_multiple_files=True,
        key=f"upload_{round_}",
        help=texts("add.files.hint"),
    )
    if st.button(texts("add.submit"), type="primary", key="add_submit"):
        inputs: list[tuple[str, str | bytes]] = [(file.name, file.getvalue()) for file in files]
        if text.strip():
            inputs.insert(0, (title.strip() or texts("add.pasted"), text))
        if not inputs:
            message("info", texts("add.nothing"))
            return
        outcomes = _take_in(inputs, title.strip(), texts)
        done = [one.analysis for one in outcomes if one.analysis]
        if text.strip() and outcomes[0].analysis:
            st.session_state[_TITLE] = st.session_state[_TEXT] = ""
        if len(done) == len(outcomes):
            st.session_state["upload_round"] += 1
            st.session_state["added"] = [_described(one, texts) for one in done]
            show(done[0].document.id)
            st.rerun()
        for one in outcomes:
            if one.analysis:
                message("success", _described(one.analysis, texts))
            else:
                reason = texts.known(f"unreadable.{one.problem}", "unreadable.failed")
                message("error", texts("add.failed", name=one.name, reason=reason))
        st.session_state["show_added"] = done[0].document.id if done else None
    if (shown := st.session_state.get("show_added")) and st.button(texts("add.close"), key="add_close"):
        st.session_state["show_added"] = None
        show(shown)
        st.rerun()


def _keep(key: str) -> None:
    st.session_state[key] = st.session_state[f"{key}_box"]


def _take_in(inputs: list[tuple[str, str | bytes]], title: str, texts: Texts) -> list[Outcome]:
    bar = st.progress(0.0)
    outcomes = []
    for i, (name, data) in enumerate(inputs):
        bar.progress(i / len(inputs), text=texts("add.working", name=_plain(name)))
        outcomes.append(take_in(name, data, title if isinstance(data, str) else ""))
    bar.empty()
    return outcomes


def take_in(name: str, data: str | bytes, title: str = "") -> Outcome:
    """Read, analyse and keep one input. A fault is that input's alone."""
    try:
        if isinstance(data, bytes):
            document = read_bytes(name, data, limit=LONGEST)
        else:
            document = read_text(_pasted_id(), data, limit=LONGEST)
        if title:
            document = replace(document, title=title)
        asked = None if library.geocoder_problem() else library.geocoder()
        return Outcome(name, analysis=library.add(library.store(), [document], asked)[0])
    except Unreadable as problem:
        return Outcome(name, problem=problem.code)
    except Exception:
        _LOG.exception("analysis failed")
        return Outcome(name, problem="failed")


def _pasted_id() -> str:
    return f"pasted {datetime.now(UTC):%Y-%m-%d %H:%M:%S}"


def _described(analysis: Analysis, texts: Texts) -> str:
    return texts(
        "add.done",
        name=title_of(analysis.document, texts),
        statements=texts.count("statements", len(analysis.statements)),
        places=texts.count("places", len(analysis.places)),
    )


def _manage(texts: Texts) -> None:
    shelf = library.library()
    if not shelf.analyses:
        message("info", texts("manage.none"))
        return
    documents: dict[str, Document] = {key: analysis.document for key, analysis in shelf.analyses.items()}
    chosen = st.selectbox(
        texts("manage.choose"),
        _newest_first(documents),
        format_func=lambda key: title_of(documents[key], texts),
        key="manage_choice",
    )
    if st.session_state.get("manage_asked") != chosen:
        if st.button(texts("manage.remove"), key="manage_remove"):
            st.session_state["manage_asked"] = chosen
            st.rerun(scope="fragment")
        return
    message("warning", texts("manage.confirm"))
    if st.button(texts("manage.yes"), type="primary", key="manage_yes"):
        library.store().remove(chosen)
        st.session_state["manage_asked"] = None
        st.session_state["added"] = [texts("manage.removed")]
        st.rerun()
    if st.button(texts("manage.no"), key="manage_no"):
        st.session_state["manage_asked"] = None
        st.rerun(scope="fragment")


def _newest_first(keys: Iterable[str]) -> list[str]:
    return list(keys)[::-1]


def message(kind: str, text: str) -> None:
    """A message that may hold names from outside: shown as text. Streamlit's own would read Markdown into it."""
    role = "alert" if kind == "error" else "status"
    st.html(f'<p class="makan-message {kind}" role="{role}"><bdi>{html.escape(text)}</bdi></p>')


def _plain(name: str) -> str:
    """``name`` without what Markdown would read into it: a progress bar's text is Markdown."""
    return "".join(c if c.isalnum() or c in " .-_،" else " " for c in name)
