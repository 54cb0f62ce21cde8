"""Where passwords are kept, with keyrings that work, fail, hold little or are locked."""

import json
import os
import subprocess
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest
from keyring.errors import InitError, KeyringLocked

from companion.basics.errors import Problem
from companion.basics.paths import Paths, open_home
from companion.connectors.secrets import keyrings
from companion.connectors.secrets.opening import open_secrets
from companion.connectors.secrets.seal import device_seal, open_seal
from companion.words.problems import sentence

CANARY = "canary-Vq7-hunter2"


class FakeKeyring:
    """Holds at most `most` characters, as the one of Windows does."""

    def __init__(self, most: int = 1280, error: Exception | None = None) -> None:
        self.held: dict[tuple[str, str], str] = {}
        self.most, self.error = most, error

    def get_password(self, service: str, username: str) -> str | None:
        if self.error:
            raise self.error
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.error:
            raise self.error
        if len(password) > self.most:
            raise OSError(1783, "CredWrite", "The stub received bad data")
        self.held[(service, username)] = password


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return open_home(tmp_path / "home")


def _finds(keyring: FakeKeyring | None, name: str = "Fake") -> Callable[[], tuple[FakeKeyring | None, str]]:
    return lambda: (keyring, name if keyring else "")


def _passphrase(tmp_path: Path, text: str) -> dict[str, str]:
    file = tmp_path / "passphrase"
    file.write_text(text + "\n")
    return {"COMPANION_PASSPHRASE_FILE": str(file)}


def test_a_keyring_holds_the_key_and_a_file_the_secrets(paths: Paths) -> None:
    keyring = FakeKeyring()
    first = open_secrets(paths, "keyring", find=_finds(keyring))
    assert first.get("account/1") is None
    assert first.lasting
    first.put("account/1", CANARY)
    first.put("webhook", "x" * 5000)
    again = open_secrets(paths, "keyring", find=_finds(keyring))
    assert again.get("account/1") == CANARY
    assert again.get("webhook") == "x" * 5000
    assert CANARY.encode() not in paths.secrets.read_bytes()
    assert CANARY not in str(keyring.held)
    assert paths.secrets.stat().st_mode & 0o777 == 0o600
    again.drop("account/1")
    assert first.get("account/1") is None
    assert first.get("webhook") == "x" * 5000


@pytest.mark.parametrize(
    "keyring",
    [None, FakeKeyring(error=InitError()), FakeKeyring(error=KeyringLocked("locked")), FakeKeyring(most=10)],
    ids=["none", "broken", "locked", "holds too little"],
)
def test_without_a_usable_keyring_secrets_last_for_the_session(paths: Paths, keyring: FakeKeyring | None) -> None:
    kept = open_secrets(paths, "keyring", find=_finds(keyring))
    kept.put("account/1", CANARY)
    assert kept.get("account/1") == CANARY
    assert not kept.lasting
    assert not paths.secrets.exists()
    kept.drop("account/1")
    assert kept.get("account/1") is None


def test_a_locked_keyring_is_said_and_nothing_is_forgotten(paths: Paths) -> None:
    keyring = FakeKeyring()
    open_secrets(paths, "keyring", find=_finds(keyring)).put("account/1", CANARY)
    before = paths.secrets.read_bytes()
    keyring.error = KeyringLocked(CANARY)
    kept = open_secrets(paths, "keyring", find=_finds(keyring))
    for attempt in (lambda: kept.get("account/1"), lambda: kept.put("other", "x")):
        with pytest.raises(Problem) as caught:
            attempt()
        assert caught.value.code == "keyring_unusable"
        assert CANARY not in sentence(caught.value)
    assert paths.secrets.read_bytes() == before
    keyring.error = None
    assert kept.get("account/1") == CANARY


def test_another_keyring_does_not_hold_our_key(paths: Paths) -> None:
    open_secrets(paths, "keyring", find=_finds(FakeKeyring())).put("account/1", CANARY)
    before = paths.secrets.read_bytes()
    kept = open_secrets(paths, "keyring", find=_finds(FakeKeyring(), "Other"))
    for attempt in (lambda: kept.get("account/1"), lambda: kept.put("other", "x")):
        with pytest.raises(Problem) as caught:
            attempt()
        assert caught.value.code == "secrets_key_missing"
    assert paths.secrets.read_bytes() == before


@pytest.mark.parametrize("damage", ["flip", "cut", "head", "empty", "facts"])
def test_a_damaged_file_is_refused_and_left_alone(paths: Paths, damage: str) -> None:
    keyring = FakeKeyring()
    open_secrets(paths, "keyring", find=_finds(keyring)).put("account/1", CANARY)
    data = bytearray(paths.secrets.read_bytes())
    if damage == "flip":
        data[-1] ^= 1
    elif damage == "cut":
        data = data[:-20]
    elif damage == "head":
        data = bytearray(b"\xff\xfe") + data
    elif damage == "facts":
        data = bytearray(bytes(data).replace(b'"keyring": "Fake"', b'"keyring": "Mine"'))
    else:
        data = bytearray()
    paths.secrets.write_bytes(bytes(data))
    kept = open_secrets(paths, "keyring", find=_finds(keyring))
    for attempt in (lambda: kept.get("account/1"), lambda: kept.put("a", "b"), lambda: kept.drop("account/1")):
        with pytest.raises(Problem) as caught:
            attempt()
        assert caught.value.code == "secrets_damaged"
    assert paths.secrets.read_bytes() == bytes(data)


def test_a_passphrase_from_a_file_opens_what_it_sealed(paths: Paths, tmp_path: Path) -> None:
    env = _passphrase(tmp_path, "correct horse battery")
    kept = open_secrets(paths, "passphrase", environ=env)
    assert kept.lasting
    kept.put("smtp/ops", CANARY)
    assert open_secrets(paths, "passphrase", environ=env).get("smtp/ops") == CANARY
    assert open_secrets(paths, "passphrase", ask=lambda: "correct horse battery", environ={}).get("smtp/ops") == CANARY
    assert CANARY.encode() not in paths.secrets.read_bytes()
    before = paths.secrets.read_bytes()
    wrong = open_secrets(paths, "passphrase", ask=lambda: "wrong", environ={})
    with pytest.raises(Problem) as caught:
        wrong.put("smtp/ops", "other")
    assert caught.value.code == "passphrase_wrong"
    assert paths.secrets.read_bytes() == before


def test_a_passphrase_that_is_not_there_is_said(paths: Paths, tmp_path: Path) -> None:
    with pytest.raises(Problem) as caught:
        open_secrets(paths, "passphrase", environ={}).put("a", "b")
    assert caught.value.code == "passphrase_missing"
    missing = {"COMPANION_PASSPHRASE_FILE": str(tmp_path / "nowhere")}
    with pytest.raises(Problem) as caught:
        open_secrets(paths, "passphrase", environ=missing).put("a", "b")
    assert caught.value.code == "passphrase_unreadable"


def test_a_hostile_cost_of_the_passphrase_is_refused(paths: Paths, tmp_path: Path) -> None:
    env = _passphrase(tmp_path, "correct horse battery")
    open_secrets(paths, "passphrase", environ=env).put("a", "b")
    head, _, rest = paths.secrets.read_bytes().partition(b"\n")
    facts = json.loads(head)
    facts["cost"]["n"] = 2**40
    paths.secrets.write_bytes(json.dumps(facts).encode() + b"\n" + rest)
    with pytest.raises(Problem) as caught:
        open_secrets(paths, "passphrase", environ=env).get("a")
    assert caught.value.code == "secrets_damaged"


def test_modes_do_not_mix(paths: Paths, tmp_path: Path) -> None:
    open_secrets(paths, "passphrase", environ=_passphrase(tmp_path, "correct horse")).put("a", CANARY)
    with pytest.raises(Problem) as caught:
        open_secrets(paths, "keyring", find=_finds(FakeKeyring())).get("a")
    assert caught.value.code == "secrets_other_mode"
    with pytest.raises(Problem) as caught:
        open_secrets(paths, "plain")
    assert caught.value.code == "secrets_mode_unknown"


def test_the_mode_comes_from_the_environment(paths: Paths) -> None:
    kept = open_secrets(paths, environ={"COMPANION_SECRETS": "session"})
    kept.put("a", CANARY)
    assert kept.get("a") == CANARY
    assert not kept.lasting
    assert list(paths.home.iterdir()) == []


def test_no_keyring_named_in_the_environment_is_taken(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    keyring, name = keyrings.find_keyring()
    assert name in {"", *(entry[2] for entry in keyrings.allowed())}
    assert "null" not in type(keyring).__module__
    names = {module for platform in ("linux", "darwin", "win32") for module, _, _ in keyrings.allowed(platform)}
    assert all(module.startswith("keyring.backends.") for module in names)
    assert not any(word in module for module in names for word in ("null", "fail", "chainer", "alt"))


def test_nothing_told_holds_a_secret(paths: Paths, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(0)
    keyring = FakeKeyring()
    kept = open_secrets(paths, "keyring", find=_finds(keyring))
    kept.put("account/1", CANARY)
    told = [repr(kept), str(vars(kept)), caplog.text]
    keyring.error = RuntimeError(f"cannot store {CANARY}")
    with pytest.raises(Problem) as caught:
        kept.put("account/1", CANARY)
    told += [repr(caught.value), str(caught.value), sentence(caught.value), caplog.text]
    assert not any(CANARY in text for text in told)
    assert CANARY not in "".join(traceback.format_exception_only(caught.value))


_WRITER = """
import sys
from pathlib import Path
from companion.basics.paths import Paths
from companion.connectors.secrets.opening import open_secrets
home, name = sys.argv[1:]
kept = open_secrets(Paths(Path(home)), "passphrase")
for number in range(8):
    kept.put(f"{name}/{number}", f"{name}-{number}")
"""


def test_two_processes_that_write_at_once_lose_nothing(paths: Paths, tmp_path: Path) -> None:
    env = _passphrase(tmp_path, "correct horse")
    writers = [
        subprocess.Popen([sys.executable, "-c", _WRITER, str(paths.home), name], env={**os.environ, **env})
        for name in "ab"
    ]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    kept = open_secrets(paths, "passphrase", environ=env)
    written = [f"{name}/{number}" for name in "ab" for number in range(8)]
    assert [kept.get(name) for name in written] == [name.replace("/", "-") for name in written]


def test_opening_loads_neither_keyring_nor_cryptography(paths: Paths) -> None:
    code = (
        "import sys; from pathlib import Path; from companion.basics.paths import Paths;"
        "from companion.connectors.secrets.opening import open_secrets;"
        f"open_secrets(Paths(Path({str(paths.home)!r})), 'keyring').get('a');"
        "print([name for name in ('keyring', 'cryptography', 'httpx') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ})
    assert done.stdout.strip() == "[]"


def test_the_seal_is_the_same_at_every_start_and_tells_nothing(tmp_path: Path) -> None:
    seal = open_seal(tmp_path)
    sealed = seal("/alba/work/one.ics")
    assert sealed == open_seal(tmp_path)("/alba/work/one.ics")
    assert sealed != seal("/alba/work/two.ics")
    assert len(sealed) == 32
    assert sealed != device_seal(b"x" * 32)("/alba/work/one.ics")
    key = tmp_path / "seal.key"
    assert key.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["seal.key"]
    key.write_bytes(b"short")
    with pytest.raises(Problem) as caught:
        open_seal(tmp_path)
    assert caught.value.code == "seal_damaged"
