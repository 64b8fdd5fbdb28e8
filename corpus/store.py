"""Where analysed documents are kept: one SQLite file that several processes may read and write."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import time
from typing import Any

import platformdirs
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.util import CommandError

from corpus import rows
from corpus.corrections import Correction, Scope, correction_of
from corpus.documents import Analysis, Document
from corpus.ledger import Ledger
from corpus.tables import CHANGES, CORRECTIONS, DOCUMENTS
from geo.model import Place

_BUSY_SECONDS = 30
# Longer than any queue of turns; see Store.turn.
_TURNS_SECONDS = 3600


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
        """Keep the analyses, as they were made, with their documents, replacing those of the same ids: all or none.

        ``edition`` says what they were made with (see corpus.analysis.edition).
        """
        if not analyses:
            return
        added_at = datetime.now(UTC).isoformat(timespec="seconds")
        with self._writing() as connection:
            digests: dict[int, tuple[str, str]] = {}
            for analysis in analyses:
                rows.save(connection, analysis, edition, added_at, digests)
            rows.sweep(connection)

    def analyses(self, *, corrected: bool = True) -> list[Analysis]:
        """All that is kept, with the user's corrections in it unless ``corrected`` is False."""
        with self._reading() as connection:
            ledger = Ledger(rows.corrections(connection) if corrected else ())
            return [ledger.corrected(analysis) for analysis in rows.all_found(connection)]

    def analysis(self, document: str, *, corrected: bool = True) -> Analysis | None:
        """The analysis of the document with this id, None where there is none; see ``analyses``."""
        with self._reading() as connection:
            found = rows.found(connection, document)
            return Ledger(rows.corrections(connection, document)).corrected(found) if found and corrected else found

    def correct(
        self, document: str, mention: str, place: Place | None, scope: Scope = "mention", note: str | None = None
    ) -> Correction:
        """Keep what the user says of a mention: that it is ``place``, or None: no place.

        Raises LookupError where the store has no such document or mention, ValueError for a place without sense.
        """
        with self._writing() as connection:
            analysis, kept = rows.found(connection, document), rows.corrections(connection, document)
            if analysis is None or (found := Ledger(kept).found(analysis, mention)) is None:
                raise LookupError(f"{document}: {mention}")
            # Whatever the clock says, what is said later holds.
            now = datetime.now(UTC)
            after = max([now, *(datetime.fromisoformat(one.made_at) + timedelta(microseconds=1) for one in kept)])
            made_at = after.isoformat(timespec="microseconds")
            correction = correction_of(analysis.document, found, place, scope, made_at, note)
            rows.keep(connection, correction)
            return correction

    def corrections(self, document: str | None = None) -> list[Correction]:
        """The corrections as they were made: all, or those of one document and those of names everywhere."""
        with self._reading() as connection:
            return rows.corrections(connection, document)

    def keep(self, corrections: Iterable[Correction]) -> int:
        """Keep corrections made elsewhere, all or none; returns how many were new. Raises ValueError as ``correct``.

        Their documents need not be there yet.
        """
        with self._writing() as connection:
            return sum(rows.keep(connection, correction) for correction in corrections)

    def undo(self, correction: str) -> bool:
        """Forget the correction with this id; returns whether there was one."""
        with self._writing() as connection:
            gone = connection.execute(sa.delete(CORRECTIONS).where(CORRECTIONS.c.id == correction))
            return gone.rowcount > 0

    def outdated(self, edition: str) -> list[Document]:
        """The documents whose analyses were made with something else than ``edition``."""
        with self._reading() as connection:
            return rows.outdated(connection, edition)

    def distinct(self, document: Document) -> Document:
        """The document under an id that no other text in the store has: its own, or that with a number added."""
        with self._reading() as connection:
            name, tries = document.id, 1
            while True:
                text = connection.execute(sa.select(DOCUMENTS.c.text).where(DOCUMENTS.c.id == name)).scalar()
                if text is None or text == document.text:
                    return Document(name, document.text, document.title, document.source, document.published)
                tries += 1
                name = f"{document.id} ({tries})"

    def remove(self, document: str) -> None:
        """Forget the document with this id and its analysis; nothing happens where there is none.

        What the user said of it stays, for when it comes again.
        """
        with self._writing() as connection:
            connection.execute(sa.delete(DOCUMENTS).where(DOCUMENTS.c.id == document))
            rows.sweep(connection)

    def version(self) -> int:
        """A number that changes whenever documents, analyses or corrections do; 0 as long as nothing was ever kept."""
        with self._reading() as connection:
            return int(connection.execute(sa.select(CHANGES.c.count)).scalar_one())

    def recall(self, key: str) -> str | None:
        """What the geocoder cache keeps for ``key``."""
        with self._reading() as connection:
            return rows.recall(connection, key)

    def remember(self, key: str, value: str) -> None:
        """Keep a geocoder's answer; the documents' ``version`` stays."""
        with self._transaction("IMMEDIATE") as connection:
            rows.remember(connection, key, value)

    def turn(self, key: str, delay: float) -> float:
        """Take the next turn under ``key``, ``delay`` seconds after the last one taken; the seconds until then.

        All processes that share the file take turns; ``version`` stays.
        """
        with self._transaction("IMMEDIATE") as connection:
            now = time()
            last = float(rows.recall(connection, key) or 0)
            # A last turn far ahead was taken before the clock was set back.
            at = max(now, last + delay) if last < now + _TURNS_SECONDS else now
            rows.remember(connection, key, repr(at))
        return at - now

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
            connection.execute(sa.update(CHANGES).values(count=CHANGES.c.count + 1))

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
