"""Calendar entries for tests, a line each."""

from datetime import UTC, datetime

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def event(uid: str, start: str = "20261110T130000Z", *lines: str, title: str = "Kestrel quarterly review",
          end: str = "", guests: tuple[str, ...] = ("ken@kestrel.example",), organiser: str = "rosa@ferro.example",
          answer: str = "") -> str:  # fmt: skip
    """One VEVENT; `answer` is Dana's PARTSTAT where she is invited."""
    rows = [f"UID:{uid}", "DTSTAMP:20261101T000000Z", f"DTSTART:{start}"]
    rows.append(f"DTEND:{end}" if end else "DURATION:PT90M")
    rows.append(f"SUMMARY:{title}")
    if organiser:
        rows.append(f"ORGANIZER;CN=Organiser:mailto:{organiser}")
    rows += [f"ATTENDEE;CN=Guest;PARTSTAT=ACCEPTED:mailto:{guest}" for guest in guests]
    if answer:
        rows.append(f"ATTENDEE;CN=Dana;PARTSTAT={answer}:mailto:dana@ferro.example")
    return "\r\n".join(["BEGIN:VEVENT", *rows, *lines, "END:VEVENT"])


def calendar(*events: str) -> bytes:
    """The entries as one calendar."""
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", *events, "END:VCALENDAR", ""]).encode()
