"""Answers: inboxes, mails, actions."""

SENTENCES: dict[str, str] = {}
