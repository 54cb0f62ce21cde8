"""Ours: the CalDAV source with the cursor of last time; every page is taken."""

import sys
from pathlib import Path

from told import told

from companion.basics.progress import Ticket
from companion.calendars.model import Account
from companion.connectors.sources import open_source

url, cursor_file = sys.argv[1:3]
account = Account("bench", "Bench", "caldav", url, user="bench", owner="bench@meridian-works.example")
kept = Path(cursor_file)
versions: dict[str, str] = {}
if not kept.exists():
    source = open_source(account, "bench")
    for page in source.pages("", lambda key: versions.get(key, ""), Ticket()):
        versions.update((blob.key, blob.version) for blob in page.blobs)
        cursor = page.cursor
    source.close()
    kept.write_text(cursor)
cursor = kept.read_text()
source = open_source(account, "bench")
list(source.pages(cursor, lambda key: "known", Ticket()))  # the connection stands, as it does in the app
with told() as figures:
    changes = 0
    for page in source.pages(cursor, lambda key: "known", Ticket()):
        changes += len(page.blobs) + len(page.removed)
    figures["changes"] = changes
source.close()
