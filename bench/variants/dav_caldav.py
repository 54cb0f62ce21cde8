"""Peer: python-caldav, `first` with all entries as objects, `again` asks what has changed since its token."""

import sys

import caldav
from told import told

url, mode = sys.argv[1:3]
with caldav.DAVClient(url, username="bench", password="bench", timeout=600) as client:
    calendar = caldav.Calendar(client=client, url=url)
    if mode == "first":
        with told() as figures:
            found = calendar.get_objects_by_sync_token(load_objects=True)
            figures["events"] = sum(str(one.data).count("BEGIN:VEVENT") for one in found)
    else:
        first = calendar.get_objects_by_sync_token(load_objects=False)
        with told() as figures:
            changes = calendar.get_objects_by_sync_token(sync_token=first.sync_token, load_objects=False)
            figures["changes"] = len(list(changes))
