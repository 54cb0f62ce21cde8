"""Secrets for as long as the app runs."""


class SessionSecrets:
    """Nothing is written; the user is told."""

    lasting = False

    def __init__(self) -> None:
        self._values: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        """The secret of that name, None where there is none."""
        return self._values.get(name)

    def put(self, name: str, value: str) -> None:
        """Keep a secret until the app ends."""
        self._values[name] = value

    def drop(self, name: str) -> None:
        """Forget a secret."""
        self._values.pop(name, None)
