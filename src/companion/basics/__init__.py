"""What every room may lean on: clock, ids, errors, paths, settings, progress, changes. Standard library only."""
