"""Settings: Teams, Slack and mail are added, marked and removed; an address is asked for as a secret."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QPushButton

from companion.basics.errors import Problem
from companion.desktop.settings.adding import AddingChannels
from companion.desktop.settings.page import SettingsPage
from companion.programme import channels
from desktop.at_microsoft import WAIT, Office, at, panel, stages
from desktop.seen import press, texts

FLOW = "https://prod-12.westeurope.logic.azure.com/workflows/7f2/triggers/manual?sv=1.0&sig=canary-77Qx"
HOOK = "https://hooks.slack.com/services/T01/B02/canary-77Qx"


@pytest.fixture
def page(told, qtbot):
    made = SettingsPage(told)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    again(made, qtbot)
    return made


def again(page, qtbot):
    with qtbot.waitSignal(page.filled):
        page.reload()


def choose(page, button, label):
    found = [b for b in page.findChildren(QPushButton) if b.accessibleName() == button and b.isVisible()][-1]
    next(action for action in found.menu().actions() if action.text() == label).trigger()


@pytest.mark.parametrize(
    ("label", "address", "line", "said"),
    [
        (
            "Teams, by a workflow…",
            FLOW,
            "Teams workflow for Finance, by prod-12.westeurope.logic.azure.com",
            "co-owner",
        ),
        ("Slack…", HOOK, "Slack channel for Finance, by hooks.slack.com", "Chat added."),
    ],
)
def test_a_webhook_is_added_and_its_address_not_shown(page, answers, told, house, qtbot, label, address, line, said):
    answers.forms = [{"name": "Chat", "address": address, "audience": "team:Finance"}]
    choose(page, "Add Teams, Slack or Microsoft mail", label)
    qtbot.waitUntil(lambda: bool(told.said))
    assert said in told.said[0]
    again(page, qtbot)
    assert line in texts(page)
    assert not any("canary-77Qx" in text for text in [*texts(page), *told.said])
    assert house.secrets.get(channels.secret_name(channels.named(house, "Chat").id)) == address


def test_a_new_address_is_kept(page, answers, told, house, qtbot):
    channels.add_slack(house, "Chat", HOOK)
    again(page, qtbot)
    answers.forms = [{"address": HOOK.replace("T01", "T02")}]
    choose(page, "More for Chat", "New address…")
    qtbot.waitUntil(lambda: bool(told.said))
    assert "T02" in house.secrets.get(channels.secret_name(channels.named(house, "Chat").id))


def test_the_programme_s_mail_is_marked(page, told, house, qtbot):
    channels.add_smtp(house, "Mail", "mail.ferro.example:465", "tls", "", "a@ferro.example")
    again(page, qtbot)
    choose(page, "More for Mail", "Let the programme write by it")
    qtbot.waitUntil(lambda: channels.post_of(house) != "")
    qtbot.waitUntil(lambda: told.tasks.busy == 0)
    again(page, qtbot)
    assert any("the programme writes its letters by it" in text for text in texts(page))
    choose(page, "More for Mail", "Write no letters by it")
    qtbot.waitUntil(lambda: channels.post_of(house) == "")
    qtbot.waitUntil(lambda: told.tasks.busy == 0)


def test_a_mail_server_gets_a_new_password_in_the_window(page, answers, told, house, qtbot):
    channels.add_smtp(house, "Mail", "mail.ferro.example:465", "tls", "desk", "a@ferro.example", "old-secret")
    again(page, qtbot)
    answers.forms = [{"password": "new-secret"}]
    choose(page, "More for Mail", "New password…")
    qtbot.waitUntil(lambda: told.said == ["Kept. What waits goes out with it."])
    channel = channels.named(house, "Mail")
    assert house.secrets.get(channels.secret_name(channel.id)) == "new-secret"
    assert channel.config["user"] == "desk"


def test_settings_lead_to_the_outbox(page, told, qtbot):
    press(page, "Show the outbox", qtbot)
    assert told.went == [("outbox", "")]


class Mailbox:
    """A channel as whoever is signed in; `sends` says whether somebody is."""

    def __init__(self, sends):
        self._sends = sends

    def test(self):
        if not self._sends():
            raise Problem("channel_elsewhere", name="My mailbox", how="companion channels signin")


def test_a_mailbox_is_added_by_signing_in(answers, told, tasks, house, qtbot):
    office = Office(house)
    office.house = replace(office.house, open_channel=lambda _channel: Mailbox(lambda: bool(office.identity.here)))
    tasks.open(lambda: office.house, lambda _house: None, lambda _problem: None)
    frame = replace(told, tasks=tasks, signing=[], reading=set())
    object.__setattr__(frame, "said", told.said)
    object.__setattr__(frame, "opened", told.opened)
    answers.forms = [{"name": "My mailbox", "user": ""}]
    AddingChannels(frame).add("graph_mail")
    at(answers, "browser", qtbot)
    office.identity.came.set()
    qtbot.waitUntil(lambda: panel(answers).ended, timeout=WAIT)
    assert "reads none" in panel(answers).text
    qtbot.waitUntil(lambda: bool(told.said), timeout=WAIT)
    assert told.said == ["My mailbox works: it goes out as dana.okafor@ferro.example."]
    assert stages(answers) == ["beginning", "browser"]  # no calendar is read
    [(_, needs)] = office.identity.asked
    assert needs == ("send_mail",)
    assert channels.named(office.house, "My mailbox").config == {"user": "dana.okafor@ferro.example"}
