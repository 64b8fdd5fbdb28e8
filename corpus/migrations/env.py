"""Runs the migrations on the connection that the store hands over, inside the store's own transaction."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
with context.begin_transaction():
    context.run_migrations()
