"""What the page shows from: the store, the gazetteer and the table of all statements, each kept as long as it holds."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import streamlit as st

from corpus.analysis import analyse, edition, refresh
from corpus.documents import Analysis, Document
from corpus.readers import samples
from corpus.store import Store, default_path
from corpus.table import places, statement_rows
from dashboard.filters import prepared
from geo.gazetteer import Gazetteer, open_gazetteer
from geo.geocoders import Geocoder, from_settings
from geo.model import Place


@dataclass(frozen=True)
class Library:
    """All analyses of one version of the store: by document id, as rows for filtering, and their places by id."""

    version: int
    analyses: Mapping[str, Analysis]
    rows: pd.DataFrame
    places: Mapping[str, Place]


@st.cache_resource(show_spinner=False)
def gazetteer() -> Gazetteer:
    """The gazetteer, opened once for all sessions."""
    return open_gazetteer()


def store() -> Store:
    """The store, opened once for all sessions; the first time it gets the sample articles. Raises StoreUnusable."""
    return _opened(default_path())


@st.cache_resource(show_spinner=False)
def geocoder() -> Geocoder | None:
    """The online geocoder that the settings turn on, None by default. Raises ValueError for settings without sense."""
    return from_settings(os.environ, store())


def _geocoder_for(opened: Store) -> Geocoder | None:
    """The same while the store is just being opened; settings without sense are told of elsewhere."""
    try:
        return from_settings(os.environ, opened)
    except ValueError:
        return None


def geocoder_problem() -> str | None:
    """What is wrong with the geocoder's settings, for the user to read; None where nothing is."""
    try:
        geocoder()
    except ValueError as problem:
        return str(problem)
    return None


@st.cache_resource(show_spinner=False)
def _opened(path: Path) -> Store:
    opened = Store(path)
    if opened.version() == 0:
        add(opened, samples())
    else:
        refresh(opened, gazetteer(), _geocoder_for(opened))
    return opened


def add(target: Store, documents: Iterable[Document], asked: Geocoder | None = None) -> list[Analysis]:
    """Analyse the documents and keep them; ``asked`` is the geocoder for names that the gazetteer lacks."""
    analyses = [analyse(target.distinct(document), gazetteer(), asked) for document in documents]
    target.save(*analyses, edition=edition(gazetteer()))
    return [kept for made in analyses if (kept := target.analysis(made.document.id))]


@st.cache_resource(show_spinner=False, max_entries=2)
def _library(_store: Store, path: str, version: int) -> Library:
    analyses = {analysis.document.id: analysis for analysis in _store.analyses()}
    rows = prepared(statement_rows(analyses.values()), analyses.values())
    return Library(version, analyses, rows, places(analyses.values()))


def library() -> Library:
    """Everything in the store as it is now."""
    opened = store()
    return _library(opened, str(opened.path), opened.version())
