"""Microsoft 365 for these tests, and a home with a programme in it."""

import pytest

pytest.register_assert_rewrite("connectors.microsoft.profile")

from fakes.house import laid_out  # noqa: E402  # after the line that lets its asserts be explained
from servers.microsoft.fixtures import microsoft  # noqa: E402

__all__ = ["laid_out", "microsoft"]
