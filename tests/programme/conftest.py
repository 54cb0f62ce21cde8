"""The house of these tests."""

from fakes.house import laid_out, made

__all__ = ["laid_out", "made"]
