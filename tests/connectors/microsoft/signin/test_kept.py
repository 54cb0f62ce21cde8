"""Where sign-ins are kept: sealed, across runs and processes, and in no log and no other file."""

import json
import logging
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from companion.basics.errors import Problem
from companion.basics.paths import Paths, open_home
from companion.basics.progress import Ticket
from companion.connectors.microsoft.signin import kept
from companion.connectors.microsoft.signin.identity import MicrosoftIdentity
from companion.connectors.secrets.opening import open_secrets
from companion.programme.model import Secrets
from servers.microsoft import Microsoft365, User
from servers.microsoft.serving import Answer, Asked

Make = Callable[..., MicrosoftIdentity]
READ = ("Calendars.Read",)
CHALLENGE = '{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}'
RENEW = """
import sys
from pathlib import Path
from companion.basics.clock import now
from companion.basics.paths import Paths
from companion.calendars.signin import Registration
from companion.connectors.microsoft.signin.identity import MicrosoftIdentity
from companion.connectors.secrets.opening import open_secrets
home, client, authority, graph, ca, person, claims = sys.argv[1:]
registration = Registration(client_id=client, authority=authority, graph_url=graph, ca_bundle=ca)
secrets = open_secrets(Paths(Path(home)), "passphrase")
identity = MicrosoftIdentity(registration, secrets, now)
print("ready", flush=True)
sys.stdin.readline()
for time in range(5):
    identity.token(person, ("Calendars.Read",), "Work", claims=claims)
    secrets.put(f"other {client}", "kept")
print("done")
"""


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return open_home(tmp_path / "home")


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    file = tmp_path / "passphrase"
    file.write_text("correct horse\n")
    return {"COMPANION_PASSPHRASE_FILE": str(file)}


@pytest.fixture
def sealed(paths: Paths, environ: dict[str, str]) -> Secrets:
    return open_secrets(paths, "passphrase", environ=environ)


def test_a_sign_in_outlives_a_restart(
    make: Make, microsoft: Microsoft365, dana: User, sealed: Secrets, paths: Paths, environ: dict[str, str]
) -> None:
    person = make(kept=sealed).sign_in(Ticket(), microsoft.browse)
    again = make(kept=open_secrets(paths, "passphrase", environ=environ))
    assert again.people() == [person]
    assert again.token(person.id, READ, "Work")


def test_a_session_keeps_nothing_on_disk(make: Make, microsoft: Microsoft365, dana: User, paths: Paths) -> None:
    secrets = open_secrets(paths, "session")
    identity = make(kept=secrets)
    person = identity.sign_in(Ticket(), microsoft.browse)
    assert identity.token(person.id, READ, "Work")
    assert not secrets.lasting
    assert list(paths.home.iterdir()) == []


def test_another_passphrase_opens_nothing(
    make: Make, microsoft: Microsoft365, dana: User, sealed: Secrets, paths: Paths, environ: dict[str, str]
) -> None:
    make(kept=sealed).sign_in(Ticket(), microsoft.browse)
    Path(environ["COMPANION_PASSPHRASE_FILE"]).write_text("another\n")
    before = paths.secrets.read_bytes()
    other = make(kept=open_secrets(paths, "passphrase", environ=environ))
    for ask in (other.people, lambda: other.sign_in(Ticket(), microsoft.browse), lambda: other.sign_out("x")):
        with pytest.raises(Problem, match="passphrase_wrong"):
            ask()
    assert paths.secrets.read_bytes() == before


def test_a_damaged_file_is_told_and_left_alone(
    make: Make, microsoft: Microsoft365, dana: User, sealed: Secrets, paths: Paths
) -> None:
    make(kept=sealed).sign_in(Ticket(), microsoft.browse)
    data = bytearray(paths.secrets.read_bytes())
    data[-1] ^= 1
    paths.secrets.write_bytes(bytes(data))
    with pytest.raises(Problem, match="secrets_damaged"):
        make(kept=sealed).sign_in(Ticket(), microsoft.browse)
    assert paths.secrets.read_bytes() == bytes(data)


@pytest.mark.parametrize("text", ["", "no json", "[]", '{"Account": 3}', '{"Account": {"a": "b"}}', "null", '"x"'])
def test_what_is_no_cache_of_tokens_means_signed_out(
    identity: MicrosoftIdentity, microsoft: Microsoft365, dana: User, secrets: Secrets, text: str
) -> None:
    secrets.put("microsoft:tokens", text)
    assert identity.people() == []
    with pytest.raises(Problem, match="ms_signin_needed"):
        identity.token(dana.id, READ, "Work")
    assert identity.sign_in(Ticket(), microsoft.browse).id == dana.id
    assert identity.token(dana.id, READ, "Work")


def test_no_secret_is_in_a_log_or_a_file(
    make: Make, microsoft: Microsoft365, dana: User, sealed: Secrets, paths: Paths, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    handler = logging.FileHandler(paths.log)
    logging.getLogger().addHandler(handler)
    said: list[str] = []
    seen: set[str] = set()

    def show(url: str) -> None:
        seen.add(dict(part.split("=", 1) for part in url.partition("?")[2].split("&"))["state"])
        said.append(microsoft.browse(url))

    try:
        identity = make(kept=sealed)
        person = identity.sign_in(Ticket(), show)
        identity.token(person.id, READ, "Work", claims=CHALLENGE)
        microsoft.signin.refuse("AADSTS50173", at="token", times=2)
        for failing in (
            lambda: identity.token(person.id, READ, "Work", claims=CHALLENGE),
            lambda: identity.sign_in(Ticket(), show),
        ):
            try:
                failing()
            except Problem as problem:
                said += [str(problem), repr(problem), repr(problem.facts), traceback.format_exc(), repr(problem.args)]
        said += [repr(identity), repr(vars(identity)), repr(identity.people())]
        logging.getLogger().info("the log works")
    finally:
        logging.getLogger().removeHandler(handler)
        handler.close()
    verifiers = {
        asked.form["code_verifier"] for asked in microsoft.signin_server.asked if "code_verifier" in asked.form
    }
    canaries = microsoft.secrets | seen | verifiers
    assert len(canaries) > 8
    assert "the log works" in paths.log.read_text()
    texts = [caplog.text, *said]
    texts += [path.read_bytes().decode("latin-1") for path in paths.home.rglob("*") if path.is_file()]
    for canary in canaries:
        assert not [text for text in texts if canary in text]
        assert not [record for record in caplog.records if canary in record.getMessage()]


def test_a_torn_answer_is_in_no_log(
    identity: MicrosoftIdentity, microsoft: Microsoft365, dana: User, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    """MSAL logs a token's answer that it cannot read, whole, as an error."""
    caplog.set_level(logging.DEBUG)
    reply = microsoft.signin.reply

    def torn(asked: Asked) -> Answer:
        told = reply(asked)
        return Answer(200, told.body[:-9], told.headers) if asked.path.endswith("/token") else told

    monkeypatch.setattr(microsoft.signin_server, "_reply", torn)
    with pytest.raises(Problem, match="ms_answer_wrong"):
        identity.sign_in(Ticket(), microsoft.browse)
    assert not [secret for secret in microsoft.secrets if secret in caplog.text]


def test_another_process_that_renewed_first_costs_nothing(
    make: Make, microsoft: Microsoft365, dana: User, secrets: Secrets, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a refresh token is good once, the one we read may be spent by the time we send it: we did not wait."""
    monkeypatch.setattr(kept, "PATIENCE", 0.0)
    microsoft.signin.strict_rotation = True
    person = make().sign_in(Ticket(), microsoft.browse)
    spent: list[str] = []
    read = secrets.get

    def read_just_before(name: str) -> str | None:
        text = read(name)
        if not spent:
            spent.append("now")
            make().token(person.id, READ, "Work", claims=CHALLENGE)
        return text

    monkeypatch.setattr(secrets, "get", read_just_before)
    assert make().token(person.id, READ, "Work", claims=CHALLENGE)
    assert make().token(person.id, READ, "Work", claims=CHALLENGE)


def test_a_renewal_waits_until_the_other_has_kept_what_it_was_given(
    make: Make, microsoft: Microsoft365, dana: User, sealed: Secrets, paths: Paths, environ: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """The token is spent at the server, and the new one is not in the file yet."""
    person = make(kept=sealed).sign_in(Ticket(), microsoft.browse)
    microsoft.signin.strict_rotation = True
    other = make(kept=open_secrets(paths, "passphrase", environ=environ))
    came, found = threading.Event(), []

    def renew() -> None:
        came.wait(20)
        found.append(other.token(person.id, READ, "Work", claims=CHALLENGE))

    thread = threading.Thread(target=renew)
    keep = kept.TokenStore.keep

    def slowly(store: kept.TokenStore, changes: Sequence[kept.Change]) -> None:
        first, _ = not came.is_set(), came.set()
        if first:
            thread.join(0.5)  # long enough for the other to be refused, if it did not wait
        keep(store, changes)

    monkeypatch.setattr(kept.TokenStore, "keep", slowly)
    thread.start()
    assert make(kept=sealed).token(person.id, READ, "Work", claims=CHALLENGE)
    thread.join(20)
    assert len(found) == 1


@pytest.mark.server
@pytest.mark.parametrize("once", [False, True])
def test_two_processes_renew_at_once(
    make: Make, microsoft: Microsoft365, dana: User, sealed: Secrets, paths: Paths, environ: dict[str, str], once: bool
) -> None:
    microsoft.signin.strict_rotation = once
    person = make(kept=sealed).sign_in(Ticket(), microsoft.browse)
    told = microsoft.registration()
    words = [str(paths.home), told.client_id, told.authority, told.graph_url, told.ca_bundle, person.id, CHALLENGE]
    running = [
        subprocess.Popen(
            [sys.executable, "-c", RENEW, *words], env=environ, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        for _ in range(2)
    ]  # fmt: skip
    for process in running:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in running:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in running:
        out, err = process.communicate(timeout=120)
        assert (out, err) == ("done\n", "")
    assert sealed.get(f"other {told.client_id}") == "kept"
    tokens = json.loads(sealed.get("microsoft:tokens") or "")
    assert len(tokens["RefreshToken"]) == 1
    assert make(kept=sealed).token(person.id, READ, "Work", claims=CHALLENGE)
