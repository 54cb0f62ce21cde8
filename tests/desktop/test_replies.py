"""The author answers a reader, from Home and from Read."""

import pytest

from companion.desktop.home.page import HomePage
from companion.desktop.read.page import ReadPage
from companion.programme import answers, listening, people, publishing
from companion.programme.views.home import home
from desktop.made import ME, meeting
from desktop.seen import find, press, texts


@pytest.fixture
def asked(house):
    note = listening.get(house, meeting(house, "Customer review", "<b>Hòa & Bình</b>"))
    listening.answer(house, note.id, said="You sent me two trainers.", scene="Lunch at eleven.")
    made = publishing.publish(house, note.id, "Two trainers, wrong lessons", "company")
    agnes = people.set_me(house, "agnes.mulder@ferro.example")
    answers.answer(agnes, made.id, "question", "Could we do the same?")
    people.set_me(house, ME)
    return made


@pytest.mark.parametrize("kind", [HomePage, ReadPage])
def test_an_answer_back_stands_under_the_reader_s_words(told, house, asked, answers, qtbot, kind):
    page = kind(told)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    page.arrive(asked.id)
    with qtbot.waitSignal(page.filled):
        page.reload()
    answers.texts = ["Yes, from December."]
    press(page, "Answer…", qtbot)
    qtbot.waitUntil(lambda: told.said == ["Your answer stands under the takeaway."])
    assert answers.asked[0] == ("Answer Agnes Mulder", "Could we do the same?")
    qtbot.waitUntil(lambda: told.tasks.busy == 0)
    assert home(house).questions == ()
    with house.workspace(write=False) as tx:
        assert [answer.reply for answer in tx.takeaways.answers() if answer.takeaway_id == asked.id] == [
            "Yes, from December."
        ]
    page.reload()
    qtbot.waitUntil(lambda: told.tasks.busy == 0)
    with pytest.raises(AssertionError):
        find(page, "Answer…")
    if kind is ReadPage:
        assert "Dana Okafor: Yes, from December." in texts(page)
