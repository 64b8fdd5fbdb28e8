"""Where analysed documents are kept: one SQLite file that several processes may read and write."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import platformdirs
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy.dialects.sqlite import insert

from corpus.codec import decode, encode, shallow
from corpus.documents import Analysis, Document
from geo.model import Place

_BUSY_SECONDS = 30
_metadata = sa.MetaData()
_documents = sa.Table(
    "documents",
    _metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    *(sa.Column(name, sa.Text) for name in ("id", "title", "source", "published", "text", "added_at")),
)
_analyses = sa.Table(
    "analyses",
    _metadata,
    sa.Column("document", sa.Integer, primary_key=True),
    sa.Column("edition", sa.Text),
    sa.Column("body", sa.Text),
)
# A place is kept once for all the analyses that have it just so: outlines are large.
_places = sa.Table(
    "places",
    _metadata,
    sa.Column("digest", sa.Text, primary_key=True),
    sa.Column("id", sa.Text),
    sa.Column("body", sa.Text),
)
_analysis_places = sa.Table(
    "analysis_places",
    _metadata,
    sa.Column("document", sa.Integer, primary_key=True),
    sa.Column("place", sa.Text, primary_key=True),
)
_geocoder_cache = sa.Table(
    "geocoder_cache",
    _metadata,
    *(sa.Column(name, sa.Text, primary_key=name == "key") for name in ("key", "value", "at")),
)
_changes = sa.Table(
    "changes", _metadata, sa.Column("only", sa.Integer, primary_key=True), sa.Column("count", sa.Integer)
)
_KEPT = sa.select(_documents, _analyses.c.body).join_from(
    _documents, _analyses, _analyses.c.document == _documents.c.number
)


class StoreUnusable(Exception):
    """The file cannot serve as a store: it is no database, a newer program's, or lies where nothing can be written."""


def default_path() -> Path:
    """The file that MAKAN_STORE names, else ``makan.sqlite3`` in the user's data folder."""
    if named := os.environ.get("MAKAN_STORE"):
        return Path(named).expanduser()
    return Path(platformdirs.user_data_dir("makan", appauthor=False)) / "makan.sqlite3"


class Store:
    """The analysed documents of one file, in the order in which they were first saved.

    Threads may share a store. Each method is one transaction; a writer waits for another up to half a minute.
    """

    def __init__(self, path: Path | None = None) -> None:
        """Open the store, creating or upgrading the file where needed. Raises StoreUnusable."""
        self.path = path or default_path()
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._engine = sa.create_engine(
                sa.URL.create("sqlite", database=str(self.path)), connect_args={"timeout": _BUSY_SECONDS}
            )
            sa.event.listen(self._engine, "connect", _prepare)
            sa.event.listen(self._engine, "begin", _begin)
            self._upgrade()
        except (OSError, sa.exc.DBAPIError, CommandError) as error:
            raise StoreUnusable(f"{self.path}: {error}") from error

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def save(self, *analyses: Analysis, edition: str = "") -> None:
        """Keep the analyses with their documents, replacing those of the same document ids: all or none.

        ``edition`` says what they were made with (see corpus.analysis.edition).
        """
        if not analyses:
            return
        added_at = datetime.now(UTC).isoformat(timespec="seconds")
        with self._writing() as connection:
            digests: dict[int, tuple[str, str]] = {}
            for analysis in analyses:
                _save(connection, analysis, edition, added_at, digests)
            _sweep(connection)

    def analyses(self) -> list[Analysis]:
        """All that is kept."""
        with self._reading() as connection:
            known = {row.digest: decode(Place, json.loads(row.body)) for row in connection.execute(sa.select(_places))}
            rows = connection.execute(_KEPT.order_by(_documents.c.number))
            return [_analysis(row, known) for row in rows]

    def analysis(self, document: str) -> Analysis | None:
        """The analysis of the document with this id, None where there is none."""
        with self._reading() as connection:
            found = _KEPT.where(_documents.c.id == document)
            if (row := connection.execute(found).one_or_none()) is None:
                return None
            used = sa.select(_places).join(_analysis_places, _analysis_places.c.place == _places.c.digest)
            places = connection.execute(used.where(_analysis_places.c.document == row.number))
            return _analysis(row, {place.digest: decode(Place, json.loads(place.body)) for place in places})

    def outdated(self, edition: str) -> list[Document]:
        """The documents whose analyses were made with something else than ``edition``."""
        with self._reading() as connection:
            other = _KEPT.where(_analyses.c.edition != edition)
            return [_document(row) for row in connection.execute(other.order_by(_documents.c.number))]

    def distinct(self, document: Document) -> Document:
        """The document under an id that no other text in the store has: its own, or that with a number added."""
        with self._reading() as connection:
            name, tries = document.id, 1
            while True:
                text = connection.execute(sa.select(_documents.c.text).where(_documents.c.id == name)).scalar()
                if text is None or text == document.text:
                    return Document(name, document.text, document.title, document.source, document.published)
                tries += 1
                name = f"{document.id} ({tries})"

    def remove(self, document: str) -> None:
        """Forget the document with this id and its analysis; nothing happens where there is none."""
        with self._writing() as connection:
            connection.execute(sa.delete(_documents).where(_documents.c.id == document))
            _sweep(connection)

    def version(self) -> int:
        """A number that changes whenever documents or analyses do; 0 as long as nothing was ever kept."""
        with self._reading() as connection:
            return int(connection.execute(sa.select(_changes.c.count)).scalar_one())

    def recall(self, key: str) -> str | None:
        """What the geocoder cache keeps for ``key``."""
        with self._reading() as connection:
            return connection.execute(
                sa.select(_geocoder_cache.c.value).where(_geocoder_cache.c.key == key)
            ).scalar_one_or_none()

    def remember(self, key: str, value: str) -> None:
        """Keep a geocoder's answer; the documents' ``version`` stays."""
        row = {"value": value, "at": datetime.now(UTC).isoformat(timespec="seconds")}
        with self._transaction("IMMEDIATE") as connection:
            connection.execute(insert(_geocoder_cache).values(key=key, **row).on_conflict_do_update(set_=row))

    @contextmanager
    def _transaction(self, kind: str) -> Iterator[sa.Connection]:
        with self._engine.connect().execution_options(begin=kind) as connection, connection.begin():
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        with self._transaction("DEFERRED") as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        # A transaction that reads before it writes would fail, not wait, when another has written in between.
        with self._transaction("IMMEDIATE") as connection:
            yield connection
            connection.execute(sa.update(_changes).values(count=_changes.c.count + 1))

    def _upgrade(self) -> None:
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
        config.set_main_option("path_separator", "os")
        with self._transaction("IMMEDIATE") as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def _prepare(connection: Any, _record: Any) -> None:
    # The driver's own transaction control would leave table changes outside: "begin" below takes its part.
    connection.isolation_level = None
    for pragma in ("journal_mode = WAL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: sa.Connection) -> None:
    connection.exec_driver_sql(f"BEGIN {connection.get_execution_options()['begin']}")


def _save(
    connection: sa.Connection, analysis: Analysis, edition: str, added_at: str, digests: dict[int, tuple[str, str]]
) -> None:
    """Keep one analysis. ``digests`` spares encoding a place again that other analyses share: by identity."""
    document = analysis.document
    row = {name: getattr(document, name) for name in ("title", "source", "published", "text")}
    number = connection.execute(
        insert(_documents)
        .values(id=document.id, added_at=added_at, **row)
        .on_conflict_do_update(index_elements=["id"], set_=row)
        .returning(_documents.c.number)
    ).scalar_one()
    mentions, places = {}, {}
    for key, mention in analysis.mentions.items():
        mentions[key] = shallow(mention)
        if place := mention.place:
            if id(place) not in digests:
                written = encode(place)
                digests[id(place)] = sha256(written.encode()).hexdigest(), written
            mentions[key]["place"], written = digests[id(place)]
            places[mentions[key]["place"]] = {"digest": mentions[key]["place"], "id": place.id, "body": written}
    body = {name: getattr(analysis, name) for name in ("statements", "links", "notices")} | {"mentions": mentions}
    connection.execute(sa.delete(_analyses).where(_analyses.c.document == number))
    connection.execute(insert(_analyses).values(document=number, edition=edition, body=encode(body)))
    if places:
        connection.execute(insert(_places).on_conflict_do_nothing(), list(places.values()))
        connection.execute(insert(_analysis_places), [{"document": number, "place": digest} for digest in places])


def _sweep(connection: sa.Connection) -> None:
    """Forget the places that no analysis has any more."""
    connection.execute(sa.delete(_places).where(~sa.exists().where(_analysis_places.c.place == _places.c.digest)))


def _document(row: Any) -> Document:
    return Document(row.id, row.text, row.title, row.source, row.published)


def _analysis(row: Any, places: dict[str, Place]) -> Analysis:
    body = json.loads(row.body)
    for mention in body["mentions"].values():
        if mention["place"]:
            mention["place"] = places[mention["place"]]
    return decode(Analysis, body | {"document": _document(row)})
