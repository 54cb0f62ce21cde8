"""Calendars over CalDAV (RFC 4791) and collection synchronisation (RFC 6578), in plain requests."""
