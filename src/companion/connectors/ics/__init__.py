"""Bytes of an iCalendar (RFC 5545): what they hold, what passes the gate, in a process of its own."""
