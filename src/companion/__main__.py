"""python -m companion, and the `companion` command."""

import sys


def main() -> int:
    """Run the command line; without a command it opens the window."""
    from companion.cli.main import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
