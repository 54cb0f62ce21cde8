"""Problems of servers, addresses and passwords."""

from companion.words.language import mark

SENTENCES = {
    "server_silent": mark(
        "{host} does not answer (account {account}, waited {seconds} seconds). Check the connection and try again."
    ),
    "server_unknown": mark(
        "There is no server called {host} (account {account}). Check the address and the connection."
    ),
    "server_unreachable": mark(
        "{host} cannot be reached (account {account}: {reason}). Check the address and the connection."
    ),
    "certificate_bad": mark(
        "{host} could not prove who it is (account {account}: {reason}), so nothing secret was sent. "
        "If your firm has a certificate authority of its own, name its file in SSL_CERT_FILE; for Microsoft 365, "
        "name it with companion accounts setup --ca-bundle FILE."
    ),
    "ca_bundle_bad": mark(
        "The certificates in {path} cannot be used ({reason}). Name a PEM file that can be read, or none."
    ),
    "proxy_wrong": mark("The proxy's address cannot be used. Write it as http://server:port."),
    "signin_refused": mark(
        "{host} refused the user name or password of account {account}. "
        "Give them again with companion accounts password {account}."
    ),
    "password_missing": mark(
        "There is no password for account {account} on {host}. Give it with companion accounts password {account}; "
        "where none is kept, with companion sync {account} --password-stdin."
    ),
    "forbidden": mark("{host} does not let account {account} read this calendar. Ask its owner to share it with you."),
    "not_found": mark("{host} has nothing at the address of account {account}. Check the address."),
    "signin_other": mark(
        "{host} does not let account {account} in with a user name and a password (it asks for {ways}). "
        "If the calendar has a published .ics address, give that with companion accounts address {account}."
    ),
    "not_signed_in": mark(
        "{host} took account {account} for a stranger and showed nothing, so nothing was taken away. "
        "Give the user name and password again with companion accounts password {account}."
    ),
    "server_busy": mark("{host} is busy (account {account}). What was read stays; try again later."),
    "server_busy_for": mark(
        "{host} is busy and asks account {account} to wait {after} seconds. What was read stays; try again then."
    ),
    "server_error": mark("{host} answered account {account} with error {status}. Try again later."),
    "answer_unreadable": mark("{host} sent account {account} something that cannot be read. Try again later."),
    "answer_is_page": mark(
        "{host} answered account {account} with a web page instead of a calendar. What was read stays. Open {host} in "
        "a browser: a hotel's network may want a sign-in first, or the calendar may have moved; then try again."
    ),
    "answer_too_big": mark("{host} sends account {account} more than {most} MB at once, which is not read."),
    "calendar_address_wrong": mark(
        "The address of account {account} cannot be used. Write it as https://server/path, without a password in it."
    ),
    "address_not_secure": mark(
        "The address of account {account} begins with http://, which would show the password to everyone between "
        "here and {host}. Use https:// instead."
    ),
    "moved_elsewhere": mark(
        "{host} sends account {account} on to {other}, and the password was not sent there. "
        "If you trust it, change the account's address to https://{other}/."
    ),
    "redirects_endless": mark("{host} sends account {account} round in circles. Check the address."),
    "pages_endless": mark(
        "{host} sends account {account} the same pages again and again. What was read before stays; try again later."
    ),
    "no_calendars": mark("{host} has no calendar for account {account}. Check the address and the user name."),
    "calendar_skipped": mark(
        "Calendar {name} on {host} could not be read (answer {reason}). The other calendars were read."
    ),
    "entries_unread": mark(
        "Of account {account}, {host} would not hand out {count} entries. They stay as they were; try again later."
    ),
    "calendar_html": mark(
        "{source} gave a web page instead of a calendar (account {account}). It may want you to sign in: "
        "take the calendar's own .ics address. What was read before stays."
    ),
    "calendar_empty": mark("{source} gave an empty calendar file (account {account}). What was read before stays."),
    "calendar_truncated": mark(
        "The calendar from {source} ends in the middle (account {account}). What was read before stays; try again."
    ),
    "calendar_foreign": mark(
        "What {source} holds is not a calendar (account {account}). Name a file or an address that ends in .ics."
    ),
    "calendar_file_unreadable": mark(
        "{path} cannot be read (account {account}: {reason}). Mend its rights and try again."
    ),
    "calendar_file_missing": mark(
        "There is no {path} (account {account}). What was read before stays. Put it back or change the account."
    ),
    "calendar_no_file": mark(
        "{path} is neither a file nor a folder (account {account}). Name a calendar file that ends in .ics."
    ),
    "calendar_file_too_big": mark(
        "{path} is larger than {most} MB, so it was not read (account {account}). Export fewer years, or make a "
        "folder of several files."
    ),
    "calendar_file_changing": mark(
        "{path} was being written while it was read (account {account}). What was read before stays; try again."
    ),
    "folder_empty": mark("{path} holds no .ics files (account {account}). Put them back or change the account."),
    "secrets_damaged": mark(
        "{path}, where passwords are kept, is damaged. It was not touched: restore it from a backup, "
        "or move it away and enter the passwords again."
    ),
    "secrets_unreadable": mark("{path}, where passwords are kept, cannot be read ({reason}). Mend its rights."),
    "passphrase_unreadable": mark("The passphrase file {path} cannot be read ({reason}). Mend its rights or its name."),
    "secrets_key_missing": mark(
        "The key to {path}, where passwords are kept, is not in this keyring ({keyring}). Sign in to the keyring "
        "that held it, or move the file away and enter the passwords again."
    ),
    "secrets_other_mode": mark(
        "{path} was sealed with COMPANION_SECRETS={sealed}, and now it is {mode}. Set it back, "
        "or move the file away and enter the passwords again."
    ),
    "keyring_unusable": mark(
        "The keyring that opens {path} cannot be used now ({reason}). Unlock it, or sign in to the desktop, "
        "and try again."
    ),
    "passphrase_missing": mark(
        "COMPANION_SECRETS=passphrase needs a passphrase. Name the file it is in with COMPANION_PASSPHRASE_FILE."
    ),
    "passphrase_wrong": mark("That passphrase does not open {path}. Try again."),
    "secrets_mode_unknown": mark("COMPANION_SECRETS={mode} is not known. Use keyring, passphrase or session."),
    "seal_damaged": mark(
        "{path} is damaged. Restore it from a backup, or move it away; calendars are then read again from the start."
    ),
}
