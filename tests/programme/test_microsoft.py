"""Signing in at Microsoft, out and in again, as verbs; who signs in is played."""

from dataclasses import dataclass, replace

import pytest

from companion.basics.errors import Problem
from companion.basics.progress import Cancelled, Ticket
from companion.basics.settings import read_settings
from companion.calendars.model import Account, mailbox_of
from companion.calendars.signin import APP
from companion.calendars.store import SyncState
from companion.connectors.microsoft.signin.scopes import SIGN_IN, graph_scopes
from companion.programme import accounts, signing
from companion.programme.health import examine
from companion.programme.model import House
from companion.programme.sync import due, sync
from companion.programme.views.calendars import READ_EVERY, calendars
from fakes.house import Made
from fakes.ics import NOW
from fakes.signing import DANA, LEV, SigningIn
from fakes.source import FakeSource


@dataclass
class Firm:
    """A house whose firm is known at Microsoft, and who sits at the browser."""

    house: House
    who: SigningIn
    made: Made

    def connect(self, **said: object) -> Account:
        account = signing.connect(self.house, Ticket(), self.shown.append, **said)  # type: ignore[arg-type]
        self.made.sources[account.name] = FakeSource({})
        return account

    def again(self, name: str) -> list[str]:
        back = signing.sign_in_again(self.house, name, Ticket(), self.shown.append)
        return [account.name for account in back]

    def state(self, account: Account) -> SyncState:
        with self.house.device(write=False) as device:
            return device.events.state(account.id)

    def __post_init__(self) -> None:
        self.shown: list[str] = []


@pytest.fixture
def firm(made: Made) -> Firm:
    who = SigningIn()
    house = replace(made.house, identity=who, registration=replace(made.house.registration, client_id="app-1"))
    return Firm(house, who, made)


def test_who_signs_in_has_an_account_of_their_own_calendar(firm: Firm) -> None:
    account = firm.connect()
    assert (account.name, account.kind, account.user) == (DANA.address, "microsoft365", DANA.id)
    assert account.url == "https://graph.microsoft.com/v1.0/me"
    assert account.owner == "dana@ferro.example"
    assert firm.shown == ["https://login.example/authorize"]
    assert firm.who.asked == [("", ("own_calendar",))]
    assert accounts.all_of(firm.house) == [account]


def test_the_first_sign_in_says_who_works_here(firm: Firm) -> None:
    firm.house = replace(firm.house, me="")
    firm.connect(hosts=True, name="Reviews")
    assert read_settings(firm.house.paths.settings)[0].me == ""
    signing.sign_out(firm.house, "Reviews")
    accounts.remove(firm.house, "Reviews")
    firm.connect()
    assert read_settings(firm.house.paths.settings)[0].me == "dana@ferro.example"


def test_another_mailbox_is_read_by_the_same_person(firm: Firm) -> None:
    own = firm.connect()
    reviews = firm.connect(mailbox="Reviews@Ferro.example", hosts=True, name="Reviews")
    assert reviews.url == "https://graph.microsoft.com/v1.0/users/reviews%40ferro.example"
    assert (reviews.user, reviews.owner, mailbox_of(reviews)) == (own.user, "", "reviews@ferro.example")
    assert firm.who.asked[-1] == ("", ("shared_calendar",))
    lev = firm.connect(mailbox="lev@ferro.example")
    assert (lev.name, lev.owner) == ("lev@ferro.example", "lev@ferro.example")
    assert [one.server for one in calendars(firm.house).items] == [
        "dana@ferro.example", "lev@ferro.example", "reviews@ferro.example",
    ]  # fmt: skip


def test_ones_own_address_is_ones_own_mailbox(firm: Firm) -> None:
    assert firm.connect(mailbox="dana@ferro.example").url.endswith("/me")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"mailbox": "reviews@ferro.example"}, "ms_mailbox_whose"),
        ({"mailbox": "nobody"}, "address_wrong"),
        ({"owner": "nobody"}, "address_wrong"),
        ({"name": "Work"}, "account_exists"),
    ],
)
def test_what_cannot_be_is_refused_before_the_browser_opens(firm: Firm, said: dict[str, str], code: str) -> None:
    firm.made.account("Work")
    with pytest.raises(Problem) as refused:
        firm.connect(**said)
    assert refused.value.code == code
    assert firm.shown == []


def test_an_app_that_is_not_registered_opens_no_browser(firm: Firm) -> None:
    firm.house = replace(firm.house, registration=replace(firm.house.registration, client_id=""))
    with pytest.raises(Problem, match="ms_not_set_up"):
        firm.connect()
    firm.house = replace(
        firm.house, registration=replace(firm.house.registration, client_id="x", authority="http://l/t")
    )
    with pytest.raises(Problem, match="ms_authority_wrong"):
        firm.connect()
    assert firm.shown == []


def test_the_same_mailbox_is_not_connected_twice(firm: Firm) -> None:
    firm.connect(name="Mine")
    with pytest.raises(Problem) as refused:
        firm.connect(name="Mine too")
    assert (refused.value.code, refused.value.facts["name"]) == ("ms_connected_already", "Mine")
    assert firm.who.people() == [DANA], "who was there before stays"


def test_nothing_stays_of_a_sign_in_that_was_stopped_or_of_no_use(firm: Firm) -> None:
    ticket = Ticket()
    ticket.cancel()
    with pytest.raises(Cancelled):
        signing.connect(firm.house, ticket, firm.shown.append)
    firm.made.account(DANA.address)  # a name that is known to be taken only afterwards
    with pytest.raises(Problem, match="account_exists"):
        firm.connect()
    assert firm.who.people() == []
    assert len(accounts.all_of(firm.house)) == 1


def test_a_code_is_shown_instead(firm: Firm) -> None:
    codes: list[str] = []
    signing.connect(firm.house, Ticket(), firm.shown.append, by_code=lambda code: codes.append(code.code))
    assert (codes, firm.shown) == (["ABCD-1234"], [])
    assert firm.who.asked[-1][1] == ("own_calendar",)
    shared = firm.connect(mailbox="reviews@ferro.example", hosts=True, name="Reviews", by_code=lambda _code: None)
    assert firm.who.asked[-1][1] == ("shared_calendar",)
    signing.sign_in_again(firm.house, shared.name, Ticket(), firm.shown.append, by_code=lambda _code: None)
    assert set(firm.who.asked[-1][1]) == {"own_calendar", "shared_calendar"}


def test_who_signed_in_for_an_account_that_was_never_made_does_not_stay(firm: Firm) -> None:
    firm.who.here[LEV.id] = LEV  # killed before the account was written
    firm.connect(name="Mine")
    assert firm.who.people() == [DANA]
    firm.who.here[LEV.id] = LEV
    signing.sign_out(firm.house, "Mine")
    assert firm.who.people() == []


def test_signing_out_is_of_the_person_and_keeps_what_was_read(firm: Firm) -> None:
    own, reviews = firm.connect(name="Mine"), firm.connect(mailbox="reviews@ferro.example", hosts=True, name="Reviews")
    firm.who.who = LEV
    other = firm.connect(name="Other")
    gone = signing.sign_out(firm.house, "Reviews")
    assert {account.name for account in gone} == {"Mine", "Reviews"}
    assert firm.who.people() == [LEV]
    assert firm.state(own).signed_out == firm.state(reviews).signed_out == NOW
    assert firm.state(other).signed_out is None
    assert len(accounts.all_of(firm.house)) == 3
    assert {item.account.name: item.condition for item in calendars(firm.house).items} == {
        "Mine": "signed_out", "Reviews": "signed_out", "Other": "never_read",
    }  # fmt: skip


def test_one_sign_in_brings_all_accounts_of_the_person_back(firm: Firm) -> None:
    own, reviews = firm.connect(name="Mine"), firm.connect(mailbox="reviews@ferro.example", hosts=True, name="Reviews")
    signing.sign_out(firm.house, "Mine")
    assert firm.again("Reviews") == ["Mine", "Reviews"]
    assert firm.who.asked[-1] == ("dana@ferro.example", ("own_calendar", "shared_calendar"))
    for account in (own, reviews):
        assert (firm.state(account).signed_out, firm.state(account).trouble) == (None, "")
    assert set(due(firm.house, NOW, READ_EVERY)) == {"Mine", "Reviews"}


def test_connecting_anew_brings_the_others_back_too(firm: Firm) -> None:
    own = firm.connect(name="Mine")
    signing.sign_out(firm.house, "Mine")
    firm.connect(mailbox="reviews@ferro.example", hosts=True)
    assert firm.state(own).signed_out is None


def test_who_is_still_known_must_be_the_one(firm: Firm) -> None:
    firm.connect(name="Mine")
    firm.again("Mine")
    assert firm.who.asked[-1][0] == DANA.id


def test_somebody_else_does_not_come_back_for_me(firm: Firm) -> None:
    account = firm.connect(name="Mine")
    signing.sign_out(firm.house, "Mine")
    firm.who.who = LEV
    with pytest.raises(Problem) as refused:
        firm.again("Mine")
    assert refused.value.facts == {"account": "dana@ferro.example", "other": LEV.address}
    assert firm.who.people() == []
    assert firm.state(account).signed_out == NOW


def test_the_owner_of_a_calendar_who_is_known_is_not_who_signs_in_to_it(firm: Firm) -> None:
    firm.connect(name="Mine")
    firm.who.who = LEV
    firm.connect(name="Lev", owner="dana@ferro.example")
    signing.sign_out(firm.house, "Lev")
    firm.again("Lev")
    assert firm.who.asked[-1][0] == LEV.id, "an address would mean Dana, who can never come back as Lev"


def refusing(firm: Firm, code: str, **facts: str) -> House:
    """The house while Microsoft refuses."""

    def refuse(*_: object) -> FakeSource:
        raise Problem(code, account="Mine", **facts)

    return replace(firm.house, open_source=refuse)


def test_what_was_lacking_is_asked_for(firm: Firm) -> None:
    firm.connect(name="Mine")
    sync(refusing(firm, "ms_consent_needed", scopes="Calendars.Read, OnlineMeetings.Read"))
    text = signing.request(firm.house, "Mine")
    assert "OnlineMeetings.Read" in text
    assert "dana@ferro.example" in text
    firm.again("Mine")
    assert firm.who.asked[-1][1] == ("own_calendar", "Calendars.Read", "OnlineMeetings.Read")


def test_the_request_for_it_names_the_permissions_that_are_asked_for(firm: Firm) -> None:
    for need, wanted in signing.PERMISSIONS.items():
        assert wanted == graph_scopes((*SIGN_IN, need))
    text = signing.request(firm.house)
    assert "app-1" in text
    assert "Calendars.Read.Shared" in text
    assert "Calendars.ReadWrite" not in text


def test_removing_the_last_account_signs_out(firm: Firm) -> None:
    firm.connect(name="Mine")
    firm.connect(mailbox="reviews@ferro.example", hosts=True, name="Reviews")
    accounts.remove(firm.house, "Mine")
    assert firm.who.people() == [DANA]
    accounts.remove(firm.house, "Reviews")
    assert firm.who.people() == []


def test_neither_password_nor_address_is_taken(firm: Firm) -> None:
    account = firm.connect(name="Mine")
    with pytest.raises(Problem, match="ms_no_password"):
        accounts.set_password(firm.house, "Mine", "secret")
    with pytest.raises(Problem, match="ms_no_address"):
        accounts.set_address(firm.house, "Mine", "https://cal.example/")
    assert accounts.lacking(firm.house, account) == ""


def test_another_kind_of_calendar_is_not_signed_in_to(firm: Firm) -> None:
    firm.made.account("Work", owner="dana@ferro.example")
    for verb in (signing.sign_out, firm.again, signing.request):
        with pytest.raises(Problem, match="ms_not_microsoft"):
            verb("Work") if verb == firm.again else verb(firm.house, "Work")  # type: ignore[operator, arg-type]


def test_doctor_says_who_is_signed_in_and_who_is_out(firm: Firm) -> None:
    firm.connect(name="Mine")
    found = examine(firm.house)
    assert found.facts["microsoft"]["signed_in"] == [DANA.address]
    assert any(
        line == f"Microsoft 365 · signed in: {DANA.address} · kept for this session only" for line in found.lines
    )
    signing.sign_out(firm.house, "Mine")
    found = examine(firm.house)
    assert [problem.code for problem in found.problems] == ["ms_account_signed_out"]
    assert "Microsoft 365 · nobody is signed in" in found.lines


def test_a_refused_round_signs_out_and_the_next_good_one_does_not(firm: Firm) -> None:
    account = firm.connect(name="Mine")
    (result,) = sync(refusing(firm, "ms_signin_needed"))
    assert result.failed
    assert firm.state(account).signed_out == NOW
    sync(firm.house)
    assert firm.state(account).signed_out is None


def test_the_window_reads_no_mailbox_of_the_collector(firm: Firm) -> None:
    with firm.house.device() as device:
        device.accounts.put(
            Account(
                "1",
                "lev@ferro.example",
                "microsoft365",
                "https://graph/v1.0/users/lev@ferro.example",
                APP,
                "lev@ferro.example",
            )
        )
    assert sync(firm.house) == []
    assert due(firm.house, NOW, READ_EVERY) == []
    with pytest.raises(Problem, match="ms_collector_alone"):
        signing.sign_out(firm.house, "lev@ferro.example")
