"""The user's corrections."""

from alembic import op

revision = "2"
down_revision = "1"
branch_labels = None
depends_on = None

_TABLES = (
    # No reference to the documents: a correction may come before its document, and stays when the document goes.
    """
    CREATE TABLE corrections (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        document TEXT,
        body TEXT NOT NULL
    )""",
    "CREATE INDEX corrections_by_document ON corrections (document)",
)


def upgrade() -> None:
    """Add the table."""
    for statement in _TABLES:
        op.execute(statement)
