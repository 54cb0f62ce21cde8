"""Problems of folders, files and the two stores."""

from companion.words.language import mark

SENTENCES = {
    "home_unusable": mark(
        "The folder {path} cannot be used ({reason}). Choose another with --home, or mend its rights."
    ),
    "file_not_written": mark(
        "{path} could not be written ({reason}). Nothing was changed; free some space or mend its rights."
    ),
    "zone_unknown": mark("There is no time zone called {zone}. Use a name such as Europe/Warsaw."),
    "date_wrong": mark("{value} is not a date for {what}. Write it as 2026-11-21."),
}
