"""The command line of these tests."""

from fakes.commands import cli, ferro, laid_out

__all__ = ["cli", "ferro", "laid_out"]
