"""Verbs that need several rooms: sync, apply what crossed, seats and board, publishing, doctor."""
