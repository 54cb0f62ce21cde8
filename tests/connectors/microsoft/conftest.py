"""Microsoft 365 for these tests."""

from servers.microsoft.fixtures import microsoft

__all__ = ["microsoft"]
