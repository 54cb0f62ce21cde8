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
_WAYS_OUT: dict[str, str] = {
    "webhook_moved_window": mark(
        "{host} sends channel {name} on to another address, and nothing was sent there. Give {name} the new address "
        "in Settings."
    ),
    "channel_elsewhere_window": mark(
        "{name} is not set up to send on this computer. What goes through it waits for the computer where it is; to "
        "send from here, set {name} up in Settings."
    ),
    "teams_tenant_only_window": mark(
        "The flow behind {name} did not let us in ({status} {reason}): it takes only users of your tenant, or its "
        "address was renewed. Set Who can trigger the flow to Anyone, and give {name} the address it shows then in "
        "Settings."
    ),
    "teams_flow_gone_window": mark(
        "The flow behind {name} is gone ({status} {reason}): somebody deleted it. Make a new one, and give {name} its "
        "address in Settings."
    ),
    "slack_gone_window": mark(
        "Slack knows the webhook of {name} no longer ({reason}). Make a new one, and give {name} its address in "
        "Settings."
    ),
    "channel_signin_window": mark(
        "{user} must sign in again before {name} can send: in Settings choose Sign in here for {name}."
    ),
    "channel_writes_no_letters_window": mark(
        "{name} reaches a whole channel, and this letter ({letter}) is for one person. In Settings let the programme "
        "write by mail."
    ),
    "mail_signin_window": mark("{host} did not let {user} sign in. Give the password again in Settings."),
    "mail_password_missing_window": mark("There is no password for {user} on {host}. Give it in Settings."),
    "mail_signin_wanted_window": mark(
        "{host} wants a sign-in before it takes mail ({status}: {reason}). Give user name and password in Settings."
    ),
    "mail_basic_off_window": mark(
        "{host} no longer lets {user} send with a password (SMTP AUTH is switched off there). Ask IT to allow it for "
        "that mailbox, or add it in Settings as mail from your own mailbox."
    ),
    "channel_gone_standing_window": mark(
        "It still stands where a removed channel put it. Add the channel again and send, or delete it there by hand."
    ),
}
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
    "fact_unknown_window": mark("This is not known any more; perhaps somebody took it out. Open the customer again."),
    "fact_customer_unknown_window": mark("There is no such customer any more. Look under Customers."),
    "contact_nowhere_window": mark("Nobody of {customer} is known as {name}. Look among their people, on its page."),
    "touch_team_missing_window": mark("Say which of our teams touches them so: without it no brief can choose it."),
    "contact_nowhere_at_all_window": mark(
        "Nobody of any customer is known as {name}. Look among the people on the customer's page."
    ),
    "customer_unknown_window": mark("There is no customer called {name}. Look under Customers."),
    "meeting_unknown_window": mark("This meeting is not here any more. Look under Meetings."),
    "takeaway_unknown_window": mark("This takeaway is not here any more. Look under Read."),
    "note_unknown_window": mark("This note is not on this computer any more. Look under Meetings."),
    "person_unknown_window": mark("Nobody of ours is known as {address}. Look among the people, in Settings."),
    "me_unset_window": mark("Nobody has said who works here. Say it in Settings."),
    "me_unknown_window": mark("{address} is not among the programme's people. Ask ops to add you."),
    "assistant_unknown_window": mark("{address} may not act for you, so there is nothing to take back."),
    "assistant_not_allowed_window": mark("{name} has not let you act for them, or no more. They can, in Settings."),
    "brief_none_ahead_window": mark(
        "You have no seat in a customer meeting ahead. Look under Meetings for the open ones."
    ),
    "paper_unusable_window": mark("The PDF could not be made ({reason}). Copy the brief as text instead."),
    **_WAYS_OUT,
}
