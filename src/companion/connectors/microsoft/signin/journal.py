"""MSAL's cache of tokens, which remembers what it changed."""

import json
from typing import Any

from msal import SerializableTokenCache

from companion.connectors.microsoft.signin.kept import Change, State


class Journal(SerializableTokenCache):  # type: ignore[misc]
    """What was kept when a piece of work began, and what the work changed of it."""

    def __init__(self, state: State) -> None:
        super().__init__()
        self.deserialize(json.dumps(state))
        self.changes: list[Change] = []

    def modify(
        self, credential_type: str, old_entry: dict[str, Any], new_key_value_pairs: dict[str, Any] | None = None
    ) -> None:
        """See `TokenCache.modify`, through which all that changes goes."""
        super().modify(credential_type, old_entry, new_key_value_pairs)
        key = self.key_makers[credential_type](**old_entry)
        entry = {**old_entry, **new_key_value_pairs} if new_key_value_pairs else None
        self.changes.append(Change(credential_type, key, entry, str(old_entry.get("secret", ""))))

    def signed_in(self) -> str:
        """The id of who was added since it was read, "" where nobody was."""
        added = (change.entry for change in self.changes if change.kind == "Account" and change.entry)
        return next((str(entry["home_account_id"]) for entry in added), "")
