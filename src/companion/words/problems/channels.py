"""Ways out: chat services, mail and what they answer."""

from companion.words.language import mark

_WEBHOOKS = {
    "webhook_wrong": mark(
        "The address for {name} cannot be used. Copy it again, whole and in one line; it begins with https://."
    ),
    "webhook_not_secure": mark(
        "The address for {name} begins with http://, which would show it to everyone on the way. Use https://."
    ),
    "webhook_foreign": mark(
        "{host} is not where channel {name} can post: known are {known}. Copy the address from the service itself."
    ),
    "webhook_moved": mark(
        "{host} sends channel {name} on to another address, and nothing was sent there. Give the new address with "
        "companion channels address NAME."
    ),
    "channel_without_address": mark("{name} has no secret address. Only Teams workflows and Slack have one."),
    "channel_elsewhere": mark(
        "{name} is not set up to send on this computer. What goes through it waits for the computer where it is; to "
        "send from here, use {how}."
    ),
}
_TEAMS = {
    "teams_retired": mark(
        "The address for {name} is of an Office 365 connector, which Microsoft retired in May 2026. In Teams, choose "
        "Workflows on the channel, then the template that posts to a channel when a webhook request is received, and "
        "give the address of that."
    ),
    "teams_key_missing": mark(
        "The address for {name} has no sig= in it, so it was cut off, or the flow lets in only users of your tenant. "
        "In the flow's trigger set Who can trigger the flow to Anyone, save it, and copy the whole address."
    ),
    "teams_owner_leaves": mark(
        "The flow behind {name} belongs to the person who made it, and ends when they leave the firm. Add a co-owner "
        "to it in Power Automate."
    ),
    "teams_tenant_only": mark(
        "The flow behind {name} did not let us in ({status} {reason}): it takes only users of your tenant, or its "
        "address was renewed. Set Who can trigger the flow to Anyone, and give the address it shows then with "
        "companion channels address NAME."
    ),
    "teams_flow_gone": mark(
        "The flow behind {name} is gone ({status} {reason}): somebody deleted it. Make a new one and give its address "
        "with companion channels address NAME."
    ),
    "teams_flow_off": mark(
        "The flow behind {name} is switched off ({reason}). Ask its owner to turn it on in Power Automate."
    ),
    "teams_card_refused": mark(
        "Teams did not take the message for {name} ({status} {reason}). Look into the flow's run history, or copy the "
        "takeaway into the channel by hand."
    ),
    "teams_channel_gone": mark(
        "The Teams channel of {name} is not there any more. Remove {name} and add the channel that is."
    ),
    "teams_not_member": mark(
        "{user} may not post in the Teams channel of {name}. Ask an owner of the team to add {user}, or to let members "
        "post there."
    ),
    "teams_link_wrong": mark(
        "That is not the link of a Teams channel. In Teams choose Get link to channel from the channel's menu, and "
        "copy it whole."
    ),
    "teams_ids_missing": mark("Name the channel by the link that Teams copies, or give --team and --channel as ids."),
}
_SLACK = {
    "slack_workflow": mark(
        "The address for {name} is not of an incoming webhook. In Slack add the app Incoming Webhooks to the channel; "
        "its address begins with https://hooks.slack.com/services/."
    ),
    "slack_gone": mark(
        "Slack knows the webhook of {name} no longer ({reason}). Make a new one and give its address with companion "
        "channels address NAME."
    ),
    "slack_archived": mark("The Slack channel of {name} is archived ({reason}). Restore it, or remove {name}."),
    "slack_not_allowed": mark(
        "Slack does not let {name} post there ({reason}). Ask whoever runs your Slack to allow the app."
    ),
    "slack_refused": mark(
        "Slack did not take the message for {name} ({status} {reason}). Copy the takeaway into the channel by hand."
    ),
}
_WAY = {
    "channel_silent": mark(
        "{host} does not answer (channel {name}, waited {seconds} seconds). Nothing was sent; it is tried again."
    ),
    "channel_unreachable": mark(
        "{host} cannot be reached (channel {name}: {reason}). Nothing was sent; it is tried again. Check the "
        "connection."
    ),
    "channel_host_unknown": mark(
        "There is no server called {host} (channel {name}), or no network here. Nothing was sent; it is tried again."
    ),
    "channel_certificate": mark(
        "{host} could not prove who it is (channel {name}: {reason}), so nothing was sent. If your firm has a "
        "certificate authority of its own, ask IT for it as a PEM file and name it with companion accounts setup "
        "--ca-bundle FILE."
    ),
    "channel_proxy": mark(
        "Something on the way to {host} answered in its place (channel {name}): a proxy, or a network that wants a "
        "sign-in first. Ask IT to let Companion through to {host}."
    ),
    "channel_busy": mark("{host} asks channel {name} to wait {after} seconds. It is tried again then."),
    "channel_error": mark("{host} answered channel {name} with error {status}. Nothing was sent; it is tried again."),
    "channel_too_big": mark(
        "{host} finds the message for {name} too big. Shorten the takeaway, or copy it there by hand."
    ),
    "channel_signin": mark(
        "{user} must sign in again before {name} can send. Do it with companion channels signin NAME; if Microsoft "
        "refuses, send IT the request of companion accounts it-request."
    ),
    "channel_has_no_sender": mark("Nobody signs in for {name}: it does not go out under a person's name."),
    "channel_writes_no_letters": mark(
        "{name} reaches a whole channel, and this letter ({letter}) is for one person. Let the programme write by "
        "mail: companion channels post NAME."
    ),
    "post_no_mail": mark(
        "{name} is no mail channel, so the programme cannot write its letters through it. Name a mail server or a "
        "Microsoft mailbox."
    ),
    "test_needs_me": mark(
        "A test message by {name} goes to yourself, and nobody has said who you are. Say it with companion me ADDRESS."
    ),
    "test_of_place": mark("{name} is a folder, written when something is published. Test it without a message."),
}
_MAIL = {
    "mail_recipient_unknown": mark(
        "{host} knows no mailbox {recipient} ({status}). Correct the address, or remove it from the list."
    ),
    "mail_box_full": mark("The mailbox of {recipient} is full, says {host} ({status}). They have to make room."),
    "mail_too_big": mark("The mail is too big for {host} ({status}). Shorten the takeaway."),
    "mail_greylisted": mark(
        "{host} takes a first mail from somebody new only at a second try ({status}). It is tried again by itself."
    ),
    "mail_closing": mark("{host} hung up for now ({status}: {reason}). Nothing was sent; it is tried again."),
    "mail_signin_wanted": mark(
        "{host} wants a sign-in before it takes mail ({status}: {reason}). Give user and password with companion "
        "channels password NAME --user USER."
    ),
    "mail_basic_off": mark(
        "{host} no longer lets {user} send with a password (SMTP AUTH is switched off there). Ask IT to allow it for "
        "that mailbox, or add the mailbox with companion channels add graph-mail."
    ),
    "mail_basic_ends": mark(
        "At {host} sending with a password is switched off for most firms from the end of December 2026. A mailbox "
        "of Microsoft 365 sends without one: companion channels add graph-mail."
    ),
    "graph_send_refused": mark(
        "Microsoft does not let {name} send as {user} ({reason}). Ask IT whether that mailbox may send."
    ),
}
_SITE = {
    "site_url_wrong": mark(
        "“{value}” is no address of a site. Write where the folder is served, such as https://intranet.ferro.example/customers/."
    ),
}

# A test by command is not tried again by itself.
TESTED = {
    "channel_silent_test": mark(
        "{host} does not answer (channel {name}, waited {seconds} seconds). Nothing was sent. Test it again later."
    ),
    "channel_unreachable_test": mark(
        "{host} cannot be reached (channel {name}: {reason}). Nothing was sent. Check the connection, then "
        "test it again."
    ),
    "channel_host_unknown_test": mark(
        "There is no server called {host} (channel {name}), or no network here. Nothing was sent. Check the address "
        "and the connection, then test it again."
    ),
    "channel_busy_test": mark("{host} asks channel {name} to wait {after} seconds. Test it again then."),
    "channel_error_test": mark(
        "{host} answered channel {name} with error {status}. Nothing was sent. Test it again later."
    ),
    "mail_greylisted_test": mark(
        "{host} takes a first mail from somebody new only at a second try ({status}). Test it again in some minutes."
    ),
    "mail_later_test": mark("{host} does not take the mail now ({status}: {reason}). Test it again later."),
    "mail_closing_test": mark("{host} hung up for now ({status}: {reason}). Nothing was sent. Test it again later."),
}

SENTENCES: dict[str, str] = {**_SITE, **_WEBHOOKS, **_TEAMS, **_SLACK, **_WAY, **_MAIL}
