"""Answers: inboxes, mails, actions."""

from companion.words.language import mark

_MAILS = {
    "mail_is_msg": mark(
        "{path} is in Outlook's own format, which only Outlook reads. Open it there, choose File, Save as, and save it "
        "as .eml; or drag the mail from Outlook on the web."
    ),
    "mail_unreadable": mark("{path} is no mail. Save the mail as .eml, or a whole folder as .mbox."),
    "mail_no_code": mark(
        "The subject of {path} has no code like [T-K7QX2M4A], so it is not known what it answers. Drop it on its "
        "takeaway, or name that one with companion answers import {path} --takeaway ID."
    ),
}
_ANSWERS = {
    "nobody_waits": mark("Nobody waits for an answer to this takeaway. To answer somebody again, name their answer."),
    "reply_kept_back": mark(
        "The answer holds words that are to stay in the room, and readers would see them. Say it another way."
    ),
    "action_empty": mark("Say what is to be done, in one sentence."),
    "action_add_not_yours": mark(
        "Only the takeaway's author, the host or operations set something going: the host is told of it. Say it in an "
        "answer, and the author can."
    ),
    "action_unknown": mark("There is no action {action}. companion actions list shows them all."),
    "action_result_empty": mark("Say in one sentence what was done. The readers who asked for it are told."),
    "action_done": mark("That was done before, and its readers were told. Add another action for what is new."),
    "action_not_yours": mark(
        "Only whoever does it, the takeaway's author, the host or operations can say that it is done."
    ),
}
_INBOXES = {
    "inbox_nameless": mark("Give the inbox a name."),
    "inbox_exists": mark("There is an inbox called {inbox} already. Choose another name, or remove that one first."),
    "inbox_unknown": mark("There is no inbox called {inbox}. companion inboxes list shows them all."),
    "inbox_unusable": mark("Inbox {inbox} lacks a usable {setting}. Remove it and add it again."),
    "inbox_without_password": mark(
        "Inbox {inbox} has no password: it is read as somebody who signed in at Microsoft 365."
    ),
    "inbox_signin_again": mark(
        "{user} has to sign in again before inbox {inbox} can be read. Remove the inbox and add it again."
    ),
    "inbox_closed": mark(
        "{user} may not read {mailbox} (inbox {inbox}). Ask its owner, or IT, to share that mailbox with {user}."
    ),
    "inbox_elsewhere": mark(
        "Inbox {inbox} is read as {user}, who is not signed in on this computer. Sign in here as {user}, or leave it "
        "to the computer where that is so."
    ),
    "inbox_not_secure": mark(
        "Inbox {inbox} would send its password to {host} in the clear. Use --security tls or starttls."
    ),
    "inbox_no_tls": mark(
        "{host} offers no STARTTLS, so nothing was sent. Use --security tls, usually with port 993 (inbox {inbox})."
    ),
    "inbox_certificate": mark(
        "{host} could not prove who it is ({reason}), so nothing secret was sent. If your firm has a certificate "
        "authority of its own, name its file in SSL_CERT_FILE (inbox {inbox})."
    ),
    "inbox_authority": mark("The certificates in {path} cannot be read (inbox {inbox}). Name a PEM file."),
    "inbox_password_missing": mark(
        "There is no password for {user} on {host}. Give it with companion inboxes password {inbox}."
    ),
    "inbox_signin": mark(
        "{host} did not let {user} sign in. Give the password again with companion inboxes password {inbox}. Microsoft "
        "365 takes no passwords here: add such a mailbox with companion inboxes add graph."
    ),
    "inbox_folder": mark("{host} has no folder {folder} for this user. Add inbox {inbox} again with another --folder."),
    "inbox_silent": mark(
        "{host} does not answer (inbox {inbox}). What was read stays; the next run goes on from there."
    ),
    "inbox_unreachable": mark(
        "{host} cannot be reached on port {port} ({reason}). What was read stays; the next run goes on from there "
        "(inbox {inbox})."
    ),
    "inbox_message": mark(
        "One message in inbox {inbox} could not be read (number {uid}). Save it as .eml and take it in with companion "
        "answers import."
    ),
    "inbox_mail_left": mark(
        "One mail in inbox {inbox}, written {at} (UTC), could not be kept and is left out; the others came in. Open it "
        "there, and ask whoever wrote it to send it again as plain text."
    ),
}
SENTENCES: dict[str, str] = {**_MAILS, **_ANSWERS, **_INBOXES}
