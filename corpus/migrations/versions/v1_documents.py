"""Documents, their analyses, the places of these, and the geocoder's cache."""

from alembic import op

revision = "1"
down_revision = None
branch_labels = None
depends_on = None

# A migration is history: it spells out its tables and never follows later changes of corpus.store.
_TABLES = (
    """
    CREATE TABLE documents (
        id TEXT NOT NULL UNIQUE,
        number INTEGER PRIMARY KEY,
        title TEXT,
        source TEXT,
        published TEXT,
        text TEXT NOT NULL,
        added_at TEXT NOT NULL
    )""",
    """
    CREATE TABLE analyses (
        document INTEGER PRIMARY KEY REFERENCES documents (number) ON DELETE CASCADE,
        edition TEXT NOT NULL,
        body TEXT NOT NULL
    )""",
    """
    CREATE TABLE places (
        digest TEXT PRIMARY KEY,
        id TEXT NOT NULL,
        body TEXT NOT NULL
    )""",
    """
    CREATE TABLE analysis_places (
        document INTEGER NOT NULL REFERENCES analyses (document) ON DELETE CASCADE,
        place TEXT NOT NULL REFERENCES places (digest),
        PRIMARY KEY (document, place)
    ) WITHOUT ROWID""",
    "CREATE INDEX analysis_places_by_place ON analysis_places (place)",
    "CREATE TABLE geocoder_cache (key TEXT PRIMARY KEY, value TEXT NOT NULL, at TEXT NOT NULL)",
    "CREATE TABLE changes (only INTEGER PRIMARY KEY CHECK (only = 1), count INTEGER NOT NULL)",
    "INSERT INTO changes VALUES (1, 0)",
)


def upgrade() -> None:
    """Create the first tables."""
    for statement in _TABLES:
        op.execute(statement)
