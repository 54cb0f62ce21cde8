"""Companion keeps back-office leaders in touch with real customers."""

__version__ = "0.1.0"
