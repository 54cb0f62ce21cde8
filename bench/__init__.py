"""Measures the app against floors (the least the work can cost) and peers (what others do), side by side in one run."""
