"""Problems of calendars and what stands in them."""

from companion.words.language import mark

SENTENCES: dict[str, str] = {
    "calendar_unreadable": mark(
        "A part of this calendar could not be read. The rest was taken in and what was known before stays; "
        "export the calendar again, or open it in its own app and save it."
    ),
    "calendar_old": mark(
        "What {source} holds is a vCalendar 1.0, a format of the 1990s (account {account}). "
        "Export the calendar again as iCalendar (.ics)."
    ),
    "calendar_cut": mark(
        "This calendar ends in the middle. What could be read was taken in and nothing was taken away; try again."
    ),
    "entries_broken": mark(
        "Of {seen} entries in this calendar {count} could not be read; the others were looked at as ever. "
        "Save the ones named here again in their own app, then sync."
    ),
    "entry_cut": mark(
        "Entry {entry} of this calendar ends in the middle and was left out. Save it again in its own app, then sync."
    ),
    "entry_broken": mark(
        "Entry {entry} of this calendar could not be read and was left out; what was known of it stays. "
        "Save it again in its own app, then sync."
    ),
    "entry_date_unread": mark(
        "A date added to the series in entry {entry} of this calendar, or taken out of it, could not be read and was "
        "passed over. Check its dates in its own app and save it again."
    ),
    "series_too_large": mark(
        "The series in entry {entry} of this calendar repeats more often than any meeting does, so none of it was "
        "taken in. Give it an end in its own app, then sync."
    ),
    "entries_renamed": mark(
        "{account} gives its entries new names at every reading ({count} now). They were known by all else they say; "
        "a calendar that keeps its names is read more surely."
    ),
    "entry_unfetched": mark(
        "The server would not hand out an entry of this calendar. It is asked for again at every sync."
    ),
    "zone_uncertain": mark(
        "The time zone {zone} of entry {entry} of this calendar is not known, so its times were read as in {taken}. "
        "Check when it begins."
    ),
}

# Where the entry stands alone in its member, as on a calendar server, its place in the file tells nobody anything.
ALONE: dict[str, str] = {
    "entry_cut_alone": mark(
        "An entry of this calendar ends in the middle and was left out. Save it again in its own app, then sync."
    ),
    "entry_broken_alone": mark(
        "An entry of this calendar could not be read and was left out; what was known of it stays. "
        "Save it again in its own app, then sync."
    ),
    "entry_date_unread_alone": mark(
        "A date added to a series of this calendar, or taken out of it, could not be read and was passed over. "
        "Check its dates in its own app and save it again."
    ),
    "series_too_large_alone": mark(
        "A series of this calendar repeats more often than any meeting does, so none of it was taken in. "
        "Give it an end in its own app, then sync."
    ),
    "zone_uncertain_alone": mark(
        "The time zone {zone} of an entry of this calendar is not known, so its times were read as in {taken}. "
        "Check when it begins."
    ),
}

MANY: dict[str, str] = {
    "entry_cut_many": mark(
        "{count} entries of this calendar end in the middle and were left out. "
        "Save them again in their own app, then sync."
    ),
    "entry_broken_many": mark(
        "{count} entries of this calendar could not be read and were left out; what was known of them stays. "
        "Save them again in their own app, then sync."
    ),
    "series_too_large_many": mark(
        "{count} series of this calendar repeat more often than any meeting does, so none of them was taken in. "
        "Give them an end in their own app, then sync."
    ),
    "entry_unfetched_many": mark(
        "The server would not hand out {count} entries of this calendar. They are asked for again at every sync."
    ),
}

# For who only looks: nothing is taken in, so nothing stays and nothing is synced.
LOOKED: dict[str, str] = {
    "calendar_unreadable_look": mark(
        "A part of this calendar could not be read. Export the calendar again, or open it in its own app and save it."
    ),
    "calendar_cut_look": mark("This calendar ends in the middle. What could be read is shown; try again."),
    "entries_broken_look": mark(
        "Of {seen} entries in this calendar {count} could not be read. Save the ones named here again in their own app."
    ),
    "entry_cut_look": mark("Entry {entry} of this calendar ends in the middle. Save it again in its own app."),
    "entry_cut_alone_look": mark("An entry of this calendar ends in the middle. Save it again in its own app."),
    "entry_broken_look": mark("Entry {entry} of this calendar could not be read. Save it again in its own app."),
    "entry_broken_alone_look": mark("An entry of this calendar could not be read. Save it again in its own app."),
    "series_too_large_look": mark(
        "The series in entry {entry} of this calendar repeats more often than any meeting does, so none of it is "
        "shown. Give it an end in its own app."
    ),
    "series_too_large_alone_look": mark(
        "A series of this calendar repeats more often than any meeting does, so none of it is shown. "
        "Give it an end in its own app."
    ),
    "calendar_html_look": mark(
        "{source} gave a web page instead of a calendar. It may want you to sign in: take the calendar's own "
        ".ics address."
    ),
    "calendar_empty_look": mark("{source} gave an empty calendar file."),
    "calendar_truncated_look": mark("The calendar from {source} ends in the middle. Try again."),
}
