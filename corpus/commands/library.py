"""The user's library as commands open it, and the geocoder that keeps its answers there."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from corpus.commands.terminal import Refused, shown
from corpus.documents import Analysis

if TYPE_CHECKING:  # both take longer to import than most files to analyse
    from corpus.store import Store
    from geo.geocoders import Geocoder


@contextmanager
def library() -> Iterator["Store"]:
    """The store that MAKAN_STORE names, or the user's own. Raises Refused, also where it fails later on."""
    from sqlalchemy.exc import DBAPIError

    from corpus.store import Store, StoreUnusable

    try:
        store = Store()
    except StoreUnusable as problem:
        raise Refused(str(problem)) from problem
    try:
        yield store
    except DBAPIError as error:
        raise Refused(f"{store.path}: {error.orig}") from error
    finally:
        store.close()


def geocoder_of(store: "Store") -> "Geocoder | None":
    """The online geocoder that the environment turns on, None by default. Raises Refused."""
    if not os.environ.get("MAKAN_GEOCODER"):
        return None
    from geo.geocoders import from_settings

    try:
        return from_settings(os.environ, store)
    except ValueError as problem:
        raise Refused(str(problem)) from problem


def required_geocoder(store: "Store") -> "Geocoder":
    """The online geocoder. Raises Refused where none is turned on."""
    if geocoder := geocoder_of(store):
        return geocoder
    raise Refused("no online geocoder is turned on: set MAKAN_GEOCODER")


def kept(store: "Store", document: str, *, corrected: bool = True) -> Analysis:
    """The analysis of a document by its id, as it is or as tables show it. Raises Refused."""
    if analysis := store.analysis(document, corrected=corrected):
        return analysis
    alike = [one for one in store.analyses(corrected=corrected) if shown(one.document.id) == document]
    if len(alike) == 1:
        return alike[0]
    raise Refused(f"{document}: no such document in the library")
