"""Problems of opening a window."""

from companion.words.language import mark

SENTENCES = {
    "no_display": mark(
        "There is no screen to open a window on (DISPLAY is {display}). Start it from a desktop session, or use the "
        "command line: companion --help."
    ),
    "display_libraries_missing": mark(
        "The window needs system packages that are not installed. Install them with: apt-get install {packages}"
    ),
    "qt_unusable": mark(
        "The window's library could not be loaded ({reason}). On Debian, install: libgl1 libegl1 libfontconfig1 "
        "libdbus-1-3 libxkbcommon0 libglib2.0-0"
    ),
}

# What to do stands on a button of the window.
HERE: dict[str, str] = {
    "calendar_shrunk_window": mark(
        "{account} now lists {listed} entries where it held {held}, so nothing was removed. "
        "Look in the calendar itself; if that is right, say so on the page Calendars."
    ),
    "calendar_shrunk_window_one": mark(
        "{account} now lists 1 entry where it held {held}, so nothing was removed. "
        "Look in the calendar itself; if that is right, say so on the page Calendars."
    ),
    "signin_refused_window": mark("{host} refused the user name or password of account {account}. Give them again."),
    "password_missing_window": mark("There is no password for account {account} on {host}. Give it once more."),
    "address_missing_window": mark(
        "The address of {account} ({shown}) is kept with the passwords and is not there now. Give it once more."
    ),
    "signin_other_window": mark(
        "{host} does not let account {account} in with a user name and a password (it asks for {ways}). "
        "If the calendar has a published .ics address, give that instead."
    ),
    "not_signed_in_window": mark(
        "{host} took account {account} for a stranger and showed nothing, so nothing was taken away. "
        "Give the user name and password again."
    ),
}
