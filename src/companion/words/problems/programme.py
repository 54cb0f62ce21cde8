"""Problems of the programme's own verbs."""

from companion.words.language import mark

SENTENCES: dict[str, str] = {
    "account_nameless": mark("A calendar account needs a name. Say one, such as Work."),
    "account_exists": mark("There is already an account called {name}. Choose another name, or remove that one first."),
    "account_unknown": mark("There is no account called {name}. See companion accounts list."),
    "account_in_trouble": mark(
        "The last {failures} tries to read {name} failed; it will be tried again {again}. "
        "Run companion accounts test {name}."
    ),
    "account_broken": mark(
        "Companion itself failed while reading {account}. What was read of it stays, and the other calendars are "
        "read. {log} says where; please send its last lines to whoever looks after Companion for you."
    ),
    "account_signed_out": mark(
        "{name} is signed out since {day}, and its meetings are as of then. "
        "Run companion accounts status {name}: it says why."
    ),
    "settings_damaged": mark(
        "{path} was damaged; it is kept as {kept}. Your workspace may be another, so nothing is written to this one "
        "until you say again who works here: companion me EMAIL, or companion me --invitation FILE for a shared one."
    ),
    "settings_dropped": mark("{path} has no usable value for {keys}, so the usual one counts. Correct or remove it."),
    "owner_unknown": mark("Whose calendar is {name}? Say who you are with companion me EMAIL, or name its owner."),
    "address_wrong": mark("{value} is not a mail address. Write it as name@firm.example."),
    "address_no_calendar": mark(
        "{value} is not the address of a calendar. It begins with https:// or is a file's path."
    ),
    "address_empty": mark(
        "No address was given for {name}, so nothing was changed. Give the calendar's address or a file's path."
    ),
    "address_missing": mark(
        "The address of {account} ({shown}) is kept with the passwords and is not there now. "
        "Give it again with companion accounts address {account}; "
        "where none is kept, with companion sync {account} --password-stdin."
    ),
    "password_empty": mark(
        "No password was given for {name}. Type it on a terminal, or give it on standard input with --password-stdin."
    ),
    "password_for_one": mark("One password is for one account. Name exactly one beside --password-stdin."),
    "user_missing": mark("Nobody signs in to {name} yet. Say the user name as well, with --user."),
    "owner_not_known": mark(
        "The programme does not know {address} yet, so what stands in {name} is credited to nobody. "
        "Correct the address, or add the person with companion people import."
    ),
    "me_not_known": mark(
        "The programme does not know {address} yet. Correct it, or add the person with companion people import."
    ),
    "file_missing": mark("There is no file {path}. Look at the name and the folder."),
    "file_unreadable": mark("{path} could not be read as text ({reason}). Save it as UTF-8."),
    "days_reversed": mark("The days run backwards: {end} is before {start}. Swap them."),
    "meeting_unknown": mark("There is no meeting {meeting}. See companion meetings for the ids."),
    "meeting_needs_customer": mark("Nothing is known of meeting {meeting} yet. Say whose it is with --customer NAME."),
    "customer_unknown": mark("There is no customer called {name}. See companion customers list."),
    "customer_unsaid": mark("Say which customer. See companion customers list."),
    "customer_same": mark("{name} is already one customer under both names. Name two different ones."),
    "person_unknown": mark("Nobody of ours is known as {address}. See companion people list."),
    "me_unset": mark("Nobody has said who works here. Say it with companion me EMAIL."),
    "person_is_group": mark("{name} is a group, and a seat is one person's. Name somebody of it."),
    "me_unknown": mark("{address} is not among the programme's people. Ask ops to add you, or correct companion me."),
    "state_unknown": mark("{value} is not a state of a seat. Use one of: {known}."),
    "target_wrong": mark("{value} is not a target. Use a number of meetings a year, 0 to 12."),
    "target_backwards": mark("A target never counts backwards: {since} is over. Give today or a later day."),
    "meeting_was_forgotten": mark("{title} was forgotten, so it does not come back. Leave it out of the table."),
    "meeting_in_calendar": mark("{title} already stands in a calendar as “{known}”. Nothing to do."),
    "role_unknown": mark("Nobody has the role {role}. Use one of: {known}."),
    "telling_day_wrong": mark("Nobody was told on {day}. Give a day between the meeting and today."),
    "reply_empty": mark("An answer needs words. Write some, or leave it for later."),
    "reply_not_yours": mark("Only the author answers readers. Add an answer of your own below the takeaway."),
    "answer_unknown": mark("There is no answer {answer}. See companion answers list."),
    "delivery_not_unknown": mark("There is no delivery to {recipient} of which nobody knows. See companion outbox."),
    "channel_gone_standing": mark(
        "It still stands where a removed channel put it. Add the channel again and run companion outbox, "
        "or delete it there."
    ),
    "not_over_yet": mark("{title} has not taken place yet, so nobody can have been there. Say it afterwards."),
    "review_over": mark("{title} is over. Ask for a seat at a review that is still to come."),
    "note_unknown": mark("There is no note {note} on this computer. See companion notes list."),
    "headline_missing": mark("A takeaway needs a headline about the customer. Write one of at most eight words."),
    "takeaway_empty": mark("There is nothing to tell yet. Write a scene, a quote or why it matters."),
    "telling_incomplete": mark("A telling needs a headline and one quote. Add them with --headline and --quote."),
    "takeaway_unknown": mark("There is no takeaway {takeaway}. See companion takeaways list."),
    "answer_kind_unknown": mark("{value} is not a kind of answer. Use one of: {known}."),
    "backup_exists": mark("{path} is there already and was left as it is. Choose another name."),
    "channel_nameless": mark("A channel needs a name. Say one, such as Intranet."),
    "channel_exists": mark("There is already a channel called {name}. Choose another name."),
    "channel_unknown": mark("There is no channel called {name}. See companion channels list."),
    "channel_other_audience": mark(
        "{name} is bound to {audience}; this takeaway is for others. Choose another channel."
    ),
    "channel_mail_missing": mark("No mail server is set up. Add one with companion channels add smtp."),
    "channel_gone": mark("The channel was removed. Add it again, or leave this delivery."),
    "channel_without_password": mark("{name} is a folder, and nobody signs in to a folder. Name a mail server."),
    "server_wrong": mark("{value} is not a mail server. Write it as mail.firm.example:587."),
    "crossing_waits": mark("{count} changes wait on this device to reach the workspace. Run companion sync."),
    "deliveries_failed": mark(
        "Deliveries that did not go out: {count}. See companion outbox for the reasons; --retry tries them again."
    ),
    "calendar_shrunk": mark(
        "{account} now lists {listed} entries where it held {held}, so nothing was removed. "
        "If that is right, run companion sync {account} --accept-fewer."
    ),
    "domain_wrong": mark("{value} is not a mail domain. Write what stands behind the @, such as firm.example."),
    "invitation_wrong": mark("This is not an invitation to Companion. Ask ops to send the file again."),
    "demo_server": mark("The sample's calendar server did not start. {log} says why."),
    "demo_server_gone": mark(
        "{count} calendars of the sample are read only while its own server runs. "
        "To read them again, run companion demo; what was read before stays."
    ),
    "demo_home_foreign": mark(
        "{path} was not made by the demo, so it is not emptied. Give another folder with --home."
    ),
    "secrets_fleeting": mark(
        "This computer has no usable keyring, so what is secret of {name} (its password or address) is not kept "
        "and will be asked for again. Set COMPANION_SECRETS=passphrase to keep it."
    ),
    "secrets_session": mark(
        "COMPANION_SECRETS=session keeps nothing beyond this command, so what is secret of {name} (its password or "
        "address) will be asked for each time."
    ),
}

NUMBERS = ("failures", "listed", "count")  # facts that may be one, for which the sentence below stands
ONE: dict[str, str] = {
    "account_in_trouble_one": mark(
        "The last try to read {name} failed; it will be tried again {again}. Run companion accounts test {name}."
    ),
    "calendar_shrunk_one": mark(
        "{account} now lists 1 entry where it held {held}, so nothing was removed. "
        "If that is right, run companion sync {account} --accept-fewer."
    ),
    "crossing_waits_one": mark("1 change waits on this device to reach the workspace. Run companion sync."),
    "demo_server_gone_one": mark(
        "1 calendar of the sample is read only while its own server runs. "
        "To read it again, run companion demo; what was read before stays."
    ),
}
