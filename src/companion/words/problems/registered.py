"""Problems of how the firm's Microsoft is reached: the policy file, what is chosen, accounts, the collector."""

from companion.words.language import mark

SENTENCES: dict[str, str] = {
    "policy_unreadable": mark(
        "The firm's policy file {path} cannot be read ({reason}), so Microsoft 365 stays closed. Other "
        "calendars are read as before. Ask IT to mend the file's rights."
    ),
    "policy_no_json": mark(
        "The firm's policy file {path} is not JSON with names and values, so Microsoft 365 stays closed. "
        "Other calendars are read as before. Ask IT to correct the file."
    ),
    "policy_wrong": mark(
        "The firm's policy file {path} has no usable value for {keys}, so Microsoft 365 stays closed. "
        "Other calendars are read as before. Ask IT to correct the file."
    ),
    "policy_unknown": mark(
        "Companion knows no {key}, which the firm's policy file {path} names, so it decides nothing by that. Ask IT to "
        "compare it with the page For IT of Companion's documentation."
    ),
    "policy_unknown_near": mark(
        "Companion knows no {key}, which the firm's policy file {path} names, so it decides nothing by that. Did IT "
        "mean {meant}? Ask IT to correct the file."
    ),
    "inspect_nowhere": mark("Say what to look through: a file, a folder or an address, or else --account NAME."),
    "ms_policy_decides": mark(
        "IT decides {keys} in the policy file {path}, so it was not changed here. Ask IT for another value."
    ),
    "ms_authority_wrong": mark(
        "{authority} is no address to sign in at. It begins with https:// and ends in the firm's tenant, as in "
        "https://login.microsoftonline.com/ferro.example. Ask IT for it."
    ),
    "ms_graph_wrong": mark(
        "{value} is no address of Microsoft Graph. It begins with https://, as in https://graph.microsoft.com."
    ),
    "ms_proxy_wrong": mark("{value} is no address of a proxy. Write it as http://proxy.ferro.example:8080."),
    "ms_proxy_secret": mark(
        "The address of the proxy {host} holds a user name or a password, and anybody could read it in the settings. "
        "Leave both out: set the proxy in the system instead, or ask IT to let Companion through without a sign-in."
    ),
    "ms_ca_unreadable": mark(
        "The certificate file {path} cannot be read ({reason}). Name one that can, or leave it out."
    ),
    "ms_ca_empty": mark(
        "{path} holds no certificate that can be read. Ask IT for the firm's certificate authority as a PEM file."
    ),
    "ms_mailbox_whose": mark(
        "Whose calendar is {mailbox}? Nobody of ours has that address. Say --hosts if it holds the reviews of your "
        "hosts, else name its owner with --owner."
    ),
    "ms_connected_already": mark("The calendar of {address} is connected already: it is called {name} here."),
    "ms_no_password": mark(
        "{name} is at Microsoft 365, which keeps the password to itself. Sign in with companion accounts signin {name}."
    ),
    "ms_no_address": mark(
        "{name} is a mailbox at Microsoft 365 and has no address to change. To read another mailbox, add it with "
        "companion accounts add microsoft365."
    ),
    "ms_not_microsoft": mark(
        "Nobody signs in to {name} at Microsoft. Give it another password with companion accounts password {name}."
    ),
    "ms_session_only": mark(
        "COMPANION_SECRETS=session keeps no sign-in beyond this command, so {name} will be signed out next time."
    ),
    "ms_fleeting": mark(
        "This computer has no usable keyring, so the sign-in of {name} is not kept beyond this command. "
        "Set COMPANION_SECRETS=passphrase to keep it."
    ),
    "ms_cancelled": mark("Signing in was stopped, and nothing was changed."),
    "ms_collector_alone": mark(
        "Nobody signs in to {name}: the collector reads it with the firm's certificate. Run companion sync --collector."
    ),
    "ms_collector_only": mark(
        "{name} is read by the collector alone. On the machine that has the firm's certificate, run "
        "companion sync --collector."
    ),
    "ms_collector_not_set_up": mark(
        "The collector needs its own app's id and certificate. Name both with companion accounts setup "
        "--collector-id ID --certificate FILE, or in the policy file."
    ),
    "ms_collector_takes": mark("The collector reads every mailbox it may. To read some alone, name them with --only."),
    "ms_collector_with_only": mark(
        "--only names mailboxes of the collector. Add --collector, or name the calendar: companion sync NAME."
    ),
    "ms_collector_unknown": mark(
        "Microsoft 365 knows nobody with the address {mailbox}, so there is no mailbox to collect. Compare it with "
        "your table of people, where the address may be old or misspelt."
    ),
    "ms_collector_domains": mark(
        "The collector reads mailboxes of your own firm only. Name its domains with companion programme --domain."
    ),
    "ms_collector_nobody": mark(
        "No leader and no host has an address at your domains, so there is no mailbox to collect. "
        "See companion people list."
    ),
    "ms_collector_not_ours": mark(
        "{address} is no leader's and no host's address at your domains, or the person has left, so it is not "
        "collected. See companion people list."
    ),
    "ms_collector_refused": mark(
        "The collector may not read {mailbox}. Ask IT to put it into the group of the Exchange role that lets the "
        "collector read calendars."
    ),
    "ms_account_signed_out": mark(
        "{name} is signed out since {day}, and its meetings are as of then. "
        "Sign in with companion accounts signin {name}."
    ),
}

# What the window says instead of naming a command.
HERE: dict[str, str] = {
    "ms_mailbox_whose_window": mark(
        "Whose calendar is {mailbox}? Nobody of ours has that address. Tick that it holds the reviews of your hosts, "
        "or name its owner."
    ),
}
