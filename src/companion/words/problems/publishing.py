"""Problems of publishing and its channels, and hints for who writes a takeaway."""

from companion.words.language import mark

_COMPOSING = {
    "correction_of_nothing": mark(
        "Nothing was published from this note to these readers before, so there is nothing to put right. Leave out "
        "--correction."
    ),
    "quote_changed": mark("“{passage}” is not in the quote, word for word. Keep passages as they were said."),
    "takeaway_file_empty": mark("There is nothing to publish in {file}. Write a headline, a scene or a quote into it."),
    "takeaway_file_heading": mark(
        "Line {line} of {file} has a heading that a takeaway does not know: {heading}. Use one of: {known}."
    ),
    "takeaway_file_quotes": mark(
        "Line {line} of {file} begins a second quote, and a takeaway has one. Keep the stronger one as the quote."
    ),
    "audience_wrong": mark("{value} is not an audience. Use company, team:NAME, listeners or me."),
    "team_unknown": mark("There is no team called {team}. Use one of: {known}."),
    "site_audience": mark("A site or folder cannot be bound to {audience}. Bind it to company or team:NAME."),
}
_PLACES = {
    "site_folder_foreign": mark(
        "{path} holds other things, so no site is written into it. Choose an empty folder or a new one."
    ),
    "site_other_audience": mark(
        "The site in {path} is bound to {bound}, not to {wanted}. Choose another folder for {wanted}."
    ),
    "site_marker_damaged": mark(
        "{path}, which says what the site holds, is damaged. Move the site's folder away; it is then written anew."
    ),
    "folder_missing": mark("{path} is not there. Connect the share or make the folder, then try again."),
    "folder_unusable": mark("{path} cannot be used ({reason}). Mend its rights or choose another folder."),
    "channel_unusable": mark("Channel {name} lacks a usable {setting}. Remove it and add it again."),
}
_MAIL = {
    "mail_refused": mark("{host} refused the mail ({status}: {reason}). Check the address and the sender."),
    "mail_later": mark("{host} does not take the mail now ({status}: {reason}). It will be tried again."),
    "mail_signin": mark(
        "{host} did not let {user} sign in. Give the password again with companion channels password NAME."
    ),
    "mail_password_missing": mark(
        "There is no password for {user} on {host}. Give it with companion channels password NAME."
    ),
    "mail_unreachable": mark(
        "The mail server {host}, port {port}, cannot be reached ({reason}). Check the address and the connection."
    ),
    "mail_certificate_bad": mark(
        "{host} could not prove who it is ({reason}), so nothing was sent. "
        "Check the server's name, or name the file of your firm's certificate authority."
    ),
    "mail_authority_missing": mark("{path}, the file of certificate authorities, cannot be read. Name another."),
    "mail_no_tls": mark("{host} offers no encryption (STARTTLS), so nothing was sent. Use its TLS port, often 465."),
    "mail_not_secure": mark("Without encryption, mail goes only to this computer, not to {host}. Use starttls or tls."),
    "mail_recipient_wrong": mark("{address} is not a mail address that can be written to. Correct it."),
}
_HINTS = {
    "hint_no_customer": mark("Name the customer: a real one is remembered and told on."),
    "hint_no_headline": mark("A headline of at most eight words, about the customer, is missing."),
    "hint_no_quote": mark("One sentence in the customer's own words is worth more than ten of ours."),
    "hint_no_role": mark("Say who spoke, by role and not by name: the owner, the shift leader."),
    "hint_no_scene": mark("One scene is missing: who, what happened, what came of it."),
    "hint_no_question": mark("End with one question to the reader."),
    "hint_too_long": mark("{words} words take {seconds} seconds. Most readers leave earlier; aim at {most} words."),
    "hint_headline_long": mark("The headline has {words} words. {most} or fewer are read at a glance."),
    "hint_headline_about_us": mark("The headline is about us. Make it about the customer."),
    "hint_name_them": mark("“{words}” could be anyone. Say who."),
    "hint_blame": mark("A colleague is blamed by name. Say what happened and what will change; who it was stays here."),
    # Without the words themselves: others may read along, and they may be words that are kept back.
    "hint_full_name": mark(
        "Words with capitals look like somebody's full name. If it is one at a customer, say their role instead."
    ),
    "hint_jargon": mark("“{word}” says little. Perhaps: {plain}."),
}
SENTENCES: dict[str, str] = {**_COMPOSING, **_PLACES, **_MAIL, **_HINTS}
