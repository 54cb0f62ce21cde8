"""Alembic's way in; the caller's connection and its transaction are used as they are."""

from alembic import context

from companion.storage.device.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
