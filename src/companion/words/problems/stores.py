"""Problems of folders, files and the two stores."""

from companion.words.language import mark

SENTENCES = {
    "home_unusable": mark(
        "The folder {path} cannot be used ({reason}). Choose another with --home, or mend its rights."
    ),
    "file_not_written": mark(
        "{path} could not be written ({reason}). Nothing was changed; free some space or mend its rights."
    ),
    "file_no_folder": mark("{path} could not be written: there is no folder {folder}. Make it, or name another."),
    "zone_unknown": mark("There is no time zone called {zone}. Use a name such as Europe/Warsaw."),
    "date_wrong": mark("{value} is not a date for {what}. Write it as 2026-11-21."),
    "disk_full": mark("The disk is full: {path} could not take what was to be saved. Free some space and try again."),
    "store_locked": mark(
        "{path} is in use by another program that is writing to it. Close the other Companion, or wait and try again."
    ),
    "store_damaged": mark(
        "{path} is damaged and was left untouched. Bring a backup back with: companion restore FILE."
    ),
    "store_foreign": mark("{path} belongs to another program. Choose another folder with --home."),
    "store_newer": mark("{path} was written by a newer Companion and was left untouched. Install the newer version."),
    "store_older": mark(
        "The workspace {path} is of an older version. Whoever looks after it should run: companion workspace migrate."
    ),
    "store_closed_to_us": mark("{path} cannot be opened. Mend the rights of the file and of its folder."),
    "store_unwritable": mark(
        "{path} could not be read or written: the disk reports a fault or a limit. Check the disk, then try again."
    ),
    "store_orphans": mark(
        "In {path} some rows have lost what they belong to. Bring a backup back with: companion restore FILE."
    ),
    "search_broken": mark(
        "Search cannot be read; nothing you wrote is lost. Run companion doctor: it makes the search anew."
    ),
    "search_not_mended": mark(
        "Search could not be checked or made anew just now. Nothing you wrote is lost; run companion doctor again "
        "when no other program uses the stores."
    ),
    "store_open_to_others": mark("Others on this machine can read {path}. Give it the rights {rights} (chmod)."),
    "client_too_old": mark("The workspace {path} needs a newer Companion than this one. Install the newer version."),
    "workspace_url_wrong": mark(
        "This is not the address of a workspace. Write it as postgresql://USER@HOST/NAME, or give a file."
    ),
    "workspace_unreachable": mark("The workspace {path} does not answer. Check the network, then try again."),
    "workspace_refused": mark("The workspace {path} refuses the user or the password. Check both, then try again."),
    "workspace_rights": mark("At {path} this user may not do that. Ask whoever looks after the workspace."),
    "workspace_unknown": mark("There is no workspace at {path}. Check its name, or ask whoever looks after it."),
    "postgres_missing": mark(
        "A workspace on a server needs the PostgreSQL driver. Install it with: pip install 'companion[postgres]'."
    ),
    "nothing_to_back_up": mark("There is nothing to back up in {path} yet."),
    "backup_unreadable": mark("{path} is no whole backup of Companion. Nothing was changed; choose another file."),
    "backup_newer": mark(
        "{path} was written by a newer Companion. Nothing was changed; install the newer version first."
    ),
}
