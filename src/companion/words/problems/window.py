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
