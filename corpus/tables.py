"""The tables of the store, as its queries see them; corpus/migrations makes them."""

import sqlalchemy as sa

METADATA = sa.MetaData()
DOCUMENTS = sa.Table(
    "documents",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True),
    *(sa.Column(name, sa.Text) for name in ("id", "title", "source", "published", "text", "added_at")),
)
ANALYSES = sa.Table(
    "analyses",
    METADATA,
    sa.Column("document", sa.Integer, primary_key=True),
    sa.Column("edition", sa.Text),
    sa.Column("body", sa.Text),
)
# A place is kept once for all the analyses that have it just so: outlines are large.
PLACES = sa.Table(
    "places",
    METADATA,
    sa.Column("digest", sa.Text, primary_key=True),
    sa.Column("id", sa.Text),
    sa.Column("body", sa.Text),
)
ANALYSIS_PLACES = sa.Table(
    "analysis_places",
    METADATA,
    sa.Column("document", sa.Integer, primary_key=True),
    sa.Column("place", sa.Text, primary_key=True),
)
GEOCODER_CACHE = sa.Table(
    "geocoder_cache",
    METADATA,
    *(sa.Column(name, sa.Text, primary_key=name == "key") for name in ("key", "value", "at")),
)
# ``body`` is a line of corpus.correction_lines; ``document`` repeats what it says, None where it means all.
CORRECTIONS = sa.Table(
    "corrections",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True),
    *(sa.Column(name, sa.Text) for name in ("id", "document", "body")),
)
CHANGES = sa.Table("changes", METADATA, sa.Column("only", sa.Integer, primary_key=True), sa.Column("count", sa.Integer))
