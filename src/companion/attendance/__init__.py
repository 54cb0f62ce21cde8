"""Seats, evidence, counting rules and standings."""
