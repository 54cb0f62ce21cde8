"""Who said something of a seat stands there by name, where one of ours has the address."""

import pytest

from companion.desktop.meetings.page import MeetingsPage
from companion.programme import seats
from desktop.made import ME, meeting
from desktop.seen import texts


@pytest.fixture
def page(told, qtbot):
    made = MeetingsPage(told)
    qtbot.addWidget(made)
    made.resize(1000, 600)
    made.show()
    return made


@pytest.mark.parametrize("source", ["ops", "host"])
def test_a_statement_has_the_name_of_who_made_it(page, house, qtbot, source):
    key = meeting(house, "Quarterly review", "Północ Logistyka")
    seats.set_state(house, key, "mei.tan@ferro.example", "attended", source)
    page.arrive(key)
    with qtbot.waitSignal(page.filled):
        page.reload()
    seen = " ".join(texts(page))
    assert "Dana Okafor, " in seen
    assert ME not in seen
