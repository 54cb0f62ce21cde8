"""Problems of signing in at Microsoft 365 and of reading there: each says what is wrong and what to ask IT for."""

from companion.words.language import mark

SENTENCES: dict[str, str] = {
    "ms_not_set_up": mark(
        "Microsoft 365 is not set up here: the id of your firm's app registration is missing. "
        "Ask IT for it; the page For IT of Companion's documentation tells them how to make one."
    ),
    "ms_signin_needed": mark(
        "Microsoft wants {account} to sign in once more. What was read stays. Sign in again when it suits you."
    ),
    "ms_mfa_needed": mark(
        "Microsoft wants a second proof of who you are before {account} is read again. Sign in again, and have your "
        "phone or key at hand. If you have none set up, ask IT for multi-factor authentication."
    ),
    "ms_consent_needed": mark(
        "Microsoft does not let Companion read this for {account}, since a permission is missing. Sign in again to "
        "agree; if Microsoft refuses that, send IT the ready request."
    ),
    "ms_consent_refused": mark(
        "The sign-in was declined in the browser, so nothing was changed. Sign in again and choose Accept; if "
        "Microsoft does not offer that, send IT the ready request."
    ),
    "ms_admin_consent": mark(
        "At your firm only an administrator can allow what {account} needs. Send IT the ready request; it holds the "
        "link where they agree. Then sign in again."
    ),
    "ms_device_refused": mark(
        "Your firm's rules do not let {account} in from this computer or place ({number}). Ask IT which rule of "
        "Conditional Access refuses Companion here, and whether this computer can be enrolled."
    ),
    "ms_password_changed": mark(
        "The password of {account} was changed, or IT ended all its sign-ins. What was read stays. Sign in again."
    ),
    "ms_account_gone": mark(
        "Your firm's Microsoft does not know {account}, or has blocked it ({number}). Sign in with your work account; "
        "if it is that one, ask IT whether it is still active."
    ),
    "ms_not_assigned": mark(
        "Your firm lets only chosen people use Companion, and {account} is not among them. Ask IT to assign you to the "
        "app {client}."
    ),
    "ms_app_unknown": mark(
        "Your firm's Microsoft knows no app with the id {client} in {tenant}. Compare it with what IT gave you, and "
        "ask IT whether the app is registered there and enabled."
    ),
    "ms_tenant_unknown": mark(
        "{host} knows no firm called {tenant}. Compare the authority with what IT gave you: it ends in the firm's "
        "domain or tenant id."
    ),
    "ms_public_client_off": mark(
        "The app {client} is registered for servers only, so nobody can sign in to it from a computer. Ask IT to set "
        "Allow public client flows to Yes and to add the address http://localhost for desktop apps."
    ),
    "ms_redirect_unknown": mark(
        "The app {client} may not send the sign-in back to this computer. Ask IT to add the address http://localhost "
        "to it, under Mobile and desktop applications."
    ),
    "ms_signin_failed": mark(
        "Microsoft did not let {account} in, and said {number}. Try again; if it stays so, tell IT that number and "
        "the time."
    ),
    "ms_signin_timeout": mark(
        "Nobody came back from the browser within {minutes} minutes, so the sign-in was ended. Sign in again. If the "
        "browser showed a message with a number that begins with AADSTS, send that to IT."
    ),
    "ms_no_browser": mark(
        "No browser could be opened here ({reason}). Copy the link and open it in a browser of this computer, or sign "
        "in on a computer with one."
    ),
    "ms_other_person": mark(
        "{other} signed in instead of {account}, so nothing was kept. Sign in again, and choose Use another account in "
        "the browser."
    ),
    "ms_answer_wrong": mark(
        "{host} answered the sign-in of {account} with something else than expected. A hotel's network may want a "
        "sign-in of its own first: open {host} in a browser. If it stays so, ask IT to compare the authority."
    ),
    "ms_clock_wrong": mark(
        "This computer's clock says {here}, Microsoft's says {there}. With that, {account} cannot be signed in. "
        "Set the clock and the zone of this computer, and sign in again."
    ),
    "ms_code_not_allowed": mark(
        "Signing in with a code is off, since many firms forbid it. If this machine has no browser, ask IT to allow it "
        "with device_code in the policy file."
    ),
    "ms_code_refused": mark(
        "The code for {account} was not accepted ({number}). Ask for a new one; if it is refused again, ask IT whether "
        "signing in with a device code is allowed at your firm."
    ),
    "ms_code_expired": mark("Nobody typed the code for {account} in time. Sign in again for a new one."),
    "ms_link_foreign": mark(
        "{host} sent account {account} on to another server, and nothing was asked there, since it would have got "
        "your key. What was read stays. If that happens again, tell IT."
    ),
    "ms_proxy": mark(
        "The proxy on the way to {host} wants a sign-in of its own (account {account}). Ask IT to let Companion "
        "through to {host} without one."
    ),
    "ms_no_mailbox": mark(
        "Account {account} has no mailbox that Microsoft 365 shows, so there is no calendar to read. Ask IT whether "
        "its person has a licence with Exchange Online, or whether the mailbox is still on a server of your own."
    ),
    "ms_not_shared": mark(
        "The calendar of account {account} is not shared with whoever signed in. Ask its owner to share it, with all "
        "details; for a programme mailbox ask IT."
    ),
    "ms_certificate_bad": mark(
        "The collector's certificate {path} cannot be used: {reason}. Ask IT for a PEM file with a valid certificate "
        "and its key, registered with the collector's app, that only the desk's user can read."
    ),
    "ms_reports_not_allowed": mark(
        "Teams does not let {account} read this meeting's join report: only its organiser and co-organisers may. If "
        "{account} organised it, ask IT whether reports are allowed; the collector needs "
        "New-CsApplicationAccessPolicy, granted to each organiser."
    ),
    "ms_meeting_elsewhere": mark(
        "The Teams meeting is not {account}'s, so its join report is not to be had there. "
        "Ask its organiser for the report as a file, or say yourself who was there."
    ),
    "ms_reports_only_there": mark(
        "{name} is no account at Microsoft 365, so there are no join reports to collect by it. Of other systems, take "
        "the report in as a file: companion seats import-report MEETING FILE."
    ),
}

# What the window says instead of naming a command.
HERE: dict[str, str] = {
    "certificate_bad_window": mark(
        "{host} could not prove who it is (account {account}: {reason}), so nothing secret was sent. If your firm has "
        "a certificate authority of its own, ask IT for it as a PEM file, and name that in Settings under Microsoft "
        "365; for another calendar, in SSL_CERT_FILE before Companion starts."
    ),
    "certificate_bad_unnamed_window": mark(
        "{host} could not prove who it is ({reason}), so nothing secret was sent. If your firm has a certificate "
        "authority of its own, ask IT for it as a PEM file, and name that in Settings under Microsoft 365."
    ),
}

# Of a first sign-in, where nobody knows yet who sits there.
UNNAMED: dict[str, str] = {
    "ms_signin_needed_unnamed": mark("Microsoft wants you to sign in once more. Sign in again."),
    "ms_mfa_needed_unnamed": mark(
        "Microsoft wants a second proof of who you are. Sign in again, and have your phone or key at hand. If you have "
        "none set up, ask IT for multi-factor authentication."
    ),
    "ms_consent_needed_unnamed": mark(
        "A permission is missing, so Microsoft did not let you in. Sign in again to agree; if Microsoft refuses that, "
        "send IT the ready request."
    ),
    "ms_admin_consent_unnamed": mark(
        "At your firm only an administrator can allow what Companion asks for. Send IT the ready request; it holds the "
        "link where they agree. Then sign in again."
    ),
    "ms_device_refused_unnamed": mark(
        "Your firm's rules do not let you in from this computer or place ({number}). Ask IT which rule of "
        "Conditional Access refuses Companion here, and whether this computer can be enrolled."
    ),
    "ms_password_changed_unnamed": mark(
        "Your password has to be changed, or IT ended all your sign-ins ({number}). Sign in again."
    ),
    "ms_account_gone_unnamed": mark(
        "Your firm's Microsoft does not know who signed in, or has blocked the account ({number}). Sign in with your "
        "work account; if it is that one, ask IT whether it is still active."
    ),
    "ms_not_assigned_unnamed": mark(
        "Your firm lets only chosen people use Companion, and you are not among them. Ask IT to assign you to the "
        "app {client}."
    ),
    "ms_signin_failed_unnamed": mark(
        "Microsoft did not let you in, and said {number}. Try again; if it stays so, tell IT that number and the time."
    ),
    "ms_other_person_unnamed": mark(
        "{other} signed in, who is not the person of this account, so nothing was kept. Sign in again, and choose Use "
        "another account in the browser."
    ),
    "ms_answer_wrong_unnamed": mark(
        "{host} answered the sign-in with something else than expected. A hotel's network may want a sign-in of its "
        "own first: open {host} in a browser. If it stays so, ask IT to compare the authority."
    ),
    "ms_clock_wrong_unnamed": mark(
        "This computer's clock says {here}, Microsoft's says {there}. With that, nobody can be signed in. "
        "Set the clock and the zone of this computer, and sign in again."
    ),
    "ms_code_refused_unnamed": mark(
        "The code was not accepted ({number}). Ask for a new one; if it is refused again, ask IT whether signing in "
        "with a device code is allowed at your firm."
    ),
    "ms_code_expired_unnamed": mark("Nobody typed the code in time. Sign in again for a new one."),
    "ms_link_foreign_unnamed": mark(
        "{host} sent the sign-in on to another server, and nothing was asked there. If that happens again, tell IT."
    ),
    "ms_proxy_unnamed": mark(
        "The proxy on the way to {host} wants a sign-in of its own. Ask IT to let Companion through to {host}, or for "
        "the proxy's address with a user name."
    ),
    "server_silent_unnamed": mark(
        "{host} does not answer (waited {seconds} seconds). Check the connection and try again."
    ),
    "server_unknown_unnamed": mark("There is no server called {host}. Check the address and the connection."),
    "server_unreachable_unnamed": mark("{host} cannot be reached ({reason}). Check the address and the connection."),
    "certificate_bad_unnamed": mark(
        "{host} could not prove who it is ({reason}), so nothing secret was sent. If your firm has a certificate "
        "authority of its own, name its file with companion accounts setup --ca-bundle FILE."
    ),
    "server_busy_unnamed": mark("{host} is busy. Try again later."),
    "server_busy_for_unnamed": mark("{host} is busy and asks to wait {after} seconds. Try again then."),
    "server_error_unnamed": mark("{host} answered with error {status}. Try again later."),
    "answer_is_page_unnamed": mark(
        "{host} answered with a web page. Open {host} in a browser: a hotel's network may want a sign-in first; then "
        "try again."
    ),
}

# Where the account has a name of its own, and its person is known.
OF_PERSON: dict[str, str] = {
    "ms_signin_needed_person": mark(
        "Microsoft wants {person} to sign in once more (account {account}). What was read stays. Sign in again when it "
        "suits you."
    ),
    "ms_device_refused_person": mark(
        "Your firm's rules do not let {person} in from this computer or place ({number}; account {account}). Ask IT "
        "which rule of Conditional Access refuses Companion here, and whether this computer can be enrolled."
    ),
    "ms_password_changed_person": mark(
        "The password of {person} was changed, or IT ended all their sign-ins (account {account}). What was read "
        "stays. Sign in again."
    ),
    "ms_account_gone_person": mark(
        "Your firm's Microsoft does not know {person}, or has blocked them ({number}; account {account}). Ask IT "
        "whether they are still active."
    ),
    "ms_not_assigned_person": mark(
        "Your firm lets only chosen people use Companion, and {person} is not among them (account {account}). Ask IT "
        "to assign them to the app {client}."
    ),
    "ms_signin_failed_person": mark(
        "Microsoft did not let {person} in, and said {number} (account {account}). Try again; if it stays so, tell IT "
        "that number and the time."
    ),
}
