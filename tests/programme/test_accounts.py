"""Accounts: addresses that are secrets, addresses that are none, passwords changed."""

from pathlib import Path

import pytest

from companion.basics.errors import Problem
from companion.programme import accounts, channels
from companion.programme.accounts import NewAccount
from fakes.house import Made

SECRET = "https://cal.example:8443/private-T0KEN/basic.ics?key=K3Y"


def bytes_of(home: Path) -> bytes:
    """Everything that lies in a profile's folder."""
    return b"".join(path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file())


def test_the_address_of_a_published_calendar_is_a_secret(made: Made) -> None:
    account = accounts.add(made.house, NewAccount("ics", "Feed", SECRET))
    assert account.url == "https://cal.example:8443/…"
    assert accounts.all_of(made.house) == [account]
    found = bytes_of(made.house.paths.home)
    assert b"Feed" in found
    assert b"T0KEN" not in found
    assert b"K3Y" not in found
    assert made.house.secrets.get(accounts.address_name(account.id)) == SECRET
    accounts.remove(made.house, "Feed")
    assert made.house.secrets.get(accounts.address_name(account.id)) is None


def test_a_user_name_in_an_address_is_taken_out(made: Made) -> None:
    account = accounts.add(made.house, NewAccount("ics", "Feed", "https://ann:p%40ss@cal.example/a.ics"))
    assert (account.user, made.house.secrets.get(accounts.secret_name(account.id))) == ("ann", "p@ss")
    assert made.house.secrets.get(accounts.address_name(account.id)) == "https://cal.example/a.ics"


def test_a_caldav_address_is_none_and_loses_its_query(made: Made) -> None:
    account = accounts.add(made.house, NewAccount("caldav", "Dav", "https://cal.example/dana/?key=K3Y", "dana", "pw"))
    assert account.url == "https://cal.example/dana/"
    assert accounts.lacking(made.house, account) == ""


@pytest.mark.parametrize(
    ("typed", "url", "user"),
    [
        ("cal.example", "https://cal.example", "dana"),
        ("cal.example:5232/dana/", "https://cal.example:5232/dana/", "dana"),
        ("okafor@cal.example", "https://cal.example", "okafor"),
    ],
)
def test_the_name_of_a_server_is_an_address(made: Made, typed: str, url: str, user: str) -> None:
    given = "" if "@" in typed else user
    account = accounts.add(made.house, NewAccount("caldav", "Dav", typed, given, "pw"))
    assert (account.url, account.user) == (url, user)


@pytest.mark.parametrize(
    "url", ["http://h:99999/x", "http://[::1/x", "http://h:0/x", "ftp://u:pw@h/x?key=K", "http://"]
)
def test_what_is_no_address_is_refused_without_its_secrets(made: Made, url: str) -> None:
    with pytest.raises(Problem) as caught:
        accounts.add(made.house, NewAccount("ics", "Feed", url))
    assert caught.value.code == "address_no_calendar"
    assert "pw" not in str(caught.value.facts)
    assert "key" not in str(caught.value.facts)


def test_a_password_is_changed_and_the_account_stays(made: Made) -> None:
    account = accounts.add(made.house, NewAccount("caldav", "Dav", "https://cal.example/", "dana", "old"))
    same = accounts.set_password(made.house, "Dav", "new", "okafor")
    assert (same.id, accounts.named(made.house, "Dav").user) == (account.id, "okafor")
    assert made.house.secrets.get(accounts.secret_name(account.id)) == "new"
    for name, password, code in (("Dav", "", "password_empty"), ("None", "x", "account_unknown")):
        with pytest.raises(Problem) as caught:
            accounts.set_password(made.house, name, password)
        assert caught.value.code == code


def test_a_password_needs_somebody_to_sign_in(made: Made) -> None:
    accounts.add(made.house, NewAccount("ics", "Feed", SECRET))
    with pytest.raises(Problem) as caught:
        accounts.set_password(made.house, "Feed", "x")
    assert caught.value.code == "user_missing"


def test_an_account_gets_another_address(made: Made, tmp_path: Path) -> None:
    account = accounts.add(made.house, NewAccount("ics", "Feed", SECRET))
    accounts.set_address(made.house, "Feed", "https://other.example/b.ics")
    assert accounts.named(made.house, "Feed").url == "https://other.example/…"
    assert made.house.secrets.get(accounts.address_name(account.id)) == "https://other.example/b.ics"
    (tmp_path / "a.ics").write_text("")
    accounts.set_address(made.house, "Feed", str(tmp_path / "a.ics"))
    assert accounts.named(made.house, "Feed").url == str(tmp_path / "a.ics")
    assert made.house.secrets.get(accounts.address_name(account.id)) is None


def test_an_account_without_its_secrets_says_what_it_lacks(made: Made) -> None:
    account = accounts.add(made.house, NewAccount("ics", "Feed", SECRET))
    made.house.secrets.drop(accounts.address_name(account.id))
    assert accounts.lacking(made.house, account) == "address"
    dav = accounts.add(made.house, NewAccount("caldav", "Dav", "https://cal.example/", "dana"))
    assert accounts.lacking(made.house, dav) == "password"


def test_a_channel_password_is_changed(made: Made) -> None:
    channels.add_smtp(made.house, "Mail", "mail.example:587", "starttls", "desk", "desk@ferro.example", "old")
    channel = channels.set_password(made.house, "Mail", "new", "other")
    assert channels.named(made.house, "Mail").config["user"] == "other"
    assert made.house.secrets.get(channels.secret_name(channel.id)) == "new"


@pytest.mark.parametrize(
    ("server", "security", "code"),
    [
        ("mail.example:25", "none", "mail_not_secure"),
        ("mail.example:99999", "tls", "server_wrong"),
        ("127.0.0.1:25", "none", ""),
        ("[::1]:25", "none", ""),
    ],
)
def test_a_mail_server_is_looked_at_when_it_is_added(made: Made, server: str, security: str, code: str) -> None:
    said = ""
    try:
        channels.add_smtp(made.house, "Mail", server, security, "desk", "desk@ferro.example", "pw")
    except Problem as problem:
        said = problem.code
    assert said == code
    assert [channel.name for channel in channels.all_of(made.house)] == ([] if code else ["Mail"])


def test_a_place_is_looked_at_when_it_is_added(made: Made, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("x")
    channels.add_place(made.house, "site", "Ours", str(tmp_path / "ours"))
    for name, folder, audience, code in (
        ("A", "full", "company", "site_folder_foreign"),
        ("B", "nowhere/at/all", "company", "folder_missing"),
        ("C", "ours", "team:Finance", "site_other_audience"),
        ("Ours", "new", "company", "channel_exists"),
    ):
        with pytest.raises(Problem) as caught:
            channels.add_place(made.house, "site", name, str(tmp_path / folder), audience)
        assert caught.value.code == code
    assert not (tmp_path / "new").exists()
    assert [channel.name for channel in channels.all_of(made.house)] == ["Ours"]


@pytest.mark.parametrize("typed", ["", "  "])
def test_an_empty_address_changes_nothing(made: Made, typed: str) -> None:
    account = accounts.add(made.house, NewAccount("ics", "Feed", SECRET))
    with pytest.raises(Problem) as caught:
        accounts.set_address(made.house, "Feed", typed)
    assert caught.value.code == "address_empty"
    assert accounts.named(made.house, "Feed") == account
    assert made.house.secrets.get(accounts.address_name(account.id)) == SECRET
    for kind in ("ics", "caldav"):
        with pytest.raises(Problem) as caught:
            accounts.add(made.house, NewAccount(kind, "New", typed, "dana", "pw"))
        assert caught.value.code == "address_empty"
    assert accounts.all_of(made.house) == [account]


def test_no_password_is_taken_for_a_way_that_everybody_can_read(made: Made) -> None:
    with pytest.raises(Problem) as caught:
        accounts.add(made.house, NewAccount("caldav", "Dav", "http://cal.example/", "dana", "pw"))
    assert (caught.value.code, caught.value.facts) == ("address_not_secure", {"account": "Dav", "host": "cal.example"})
    with pytest.raises(Problem):
        accounts.add(made.house, NewAccount("ics", "Feed", "http://ann:pw@cal.example/a.ics"))
    assert accounts.all_of(made.house) == []
    for name, host in (("A", "127.0.0.1:5232"), ("B", "localhost:5232"), ("C", "[::1]:5232")):
        accounts.add(made.house, NewAccount("caldav", name, f"http://{host}/", "dana", "pw"))
    accounts.add(made.house, NewAccount("ics", "Open", "http://cal.example/a.ics"))
    with pytest.raises(Problem):
        accounts.set_password(made.house, "Open", "pw", "dana")
    with pytest.raises(Problem):
        accounts.set_address(made.house, "A", "http://cal.example/")
    assert accounts.named(made.house, "A").url == "http://127.0.0.1:5232/"
