"""Peer: python-caldav asks for what has changed since its token."""

import sys

import caldav
from told import told

url = sys.argv[1]
with caldav.DAVClient(url, username="bench", password="bench") as client:
    calendar = caldav.Calendar(client=client, url=url)
    first = calendar.get_objects_by_sync_token(load_objects=False)
    with told() as figures:
        changes = calendar.get_objects_by_sync_token(sync_token=first.sync_token, load_objects=False)
        figures["changes"] = len(list(changes))
