"""What the gate holds back, what it offers, and whom a takeaway reaches."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from companion.basics.errors import Problem
from companion.customers.model import Contact
from companion.desktop.takeaway.drafts import kept_drafts
from companion.notes.model import Line
from companion.programme import channels, listening, people, publishing
from companion.programme.model import House
from companion.words.dates import full_day
from desktop.made import NOW, meeting
from desktop.pages.takeaways import Counting, calm, let_pass, opened, preview, publish, write
from desktop.seen import find, press, texts


@pytest.fixture
def moment():
    return [NOW]


@pytest.fixture
def house(house: House, moment):
    return replace(house, clock=lambda: moment[0])


@pytest.fixture
def counting(told):
    made = Counting()
    object.__setattr__(told, "count_down", made)
    return made


@pytest.fixture
def note(house):
    return listening.get(house, meeting(house, "Customer review", "<b>Hòa & Bình</b>"))


@pytest.fixture
def page(told, qtbot, note, counting):
    return opened(told, qtbot, note)


def customer(house):
    with house.workspace(write=False) as tx:
        return tx.customers.by_name("<b>Hòa & Bình</b>")


def pressed(page, start, qtbot):
    """Press the button whose name begins so."""
    named = [one for one in page.findChildren(QPushButton) if one.accessibleName().startswith(start)]
    shown = [one for one in named if one.isVisibleTo(page)]
    assert shown, [one.accessibleName() for one in page.findChildren(QPushButton)]
    qtbot.mouseClick(shown[0], Qt.MouseButton.LeftButton)


def test_a_name_is_replaced_by_the_role_that_is_offered(told, house, qtbot, note, counting):
    with house.workspace() as tx:
        tx.customers.put_contact(
            Contact("c1", customer(house).id, "lan@hoabinh.example", "Nguyễn Thị Lan", "the head of the kitchen")
        )
    page = opened(told, qtbot, note)
    write(page, headline="Two trainers", scene="Nguyễn Thị Lan waited at noon.")
    calm(told, qtbot)
    pressed(page, "Say the role: the head of the kitchen", qtbot)
    calm(told, qtbot)
    assert page.takeaway().scene == "The head of the kitchen waited at noon."
    assert not any("Nguyễn" in text for text in texts(page))


def test_the_words_to_be_put_another_way_are_selected(page, told, qtbot):
    write(page, headline="Two trainers", matters="They pay 40,000 EUR a year.")
    calm(told, qtbot)
    pressed(page, "Show me the words: 40,000 EUR", qtbot)
    assert page.form.fields["matters"].textCursor().selectedText() == "40,000 EUR"


@pytest.fixture
def kept_back(house):
    with house.workspace() as tx:
        tx.customers.put(replace(customer(house), off_limits=("new plant",)))


def test_what_is_kept_back_holds_it_until_it_is_put_another_way(told, house, qtbot, note, counting, kept_back):
    page = opened(told, qtbot, note)
    write(page, headline="Two trainers", scene="They showed us the new plant.")
    calm(told, qtbot)
    assert "1 passage holds it back" in texts(page)
    press(page, "Copy for mail or Teams", qtbot)
    calm(told, qtbot)
    assert told.said[-1] == "Not copied: a passage holds it back. Put it another way first."
    shown = preview(page, told, qtbot)
    assert not shown.go.isEnabled()
    assert any(text.startswith("1 passage holds it back.") for text in texts(shown))
    press(shown, "Back to writing", qtbot)
    write(page, scene="They showed us round.")
    calm(told, qtbot)
    assert preview(page, told, qtbot).go.isEnabled()


def test_the_host_is_asked_instead(told, house, qtbot, note, counting, moment, kept_back):
    page = opened(told, qtbot, note)
    write(page, headline="Two trainers", scene="They showed us the new plant.")
    calm(told, qtbot)
    press(page, "Ask Rosa Vidal to look at it first", qtbot)
    calm(told, qtbot)
    assert "Rosa Vidal looks at it first" in texts(page)
    said = "It waits until Rosa Vidal, the host, or ops say yes: you asked for another pair of eyes."
    assert said in texts(page)
    publish(page, told, qtbot)
    moment[0] += timedelta(seconds=11)
    let_pass(told, qtbot)
    kept = next(one for one in publishing.all_of(house) if one.headline == "Two trainers")
    assert kept.needs_yes
    assert told.said[-1] == f"Kept: Two trainers. {said}"


def test_one_plain_sentence_says_what_an_audience_means(page, told, qtbot):
    combo = page.form.audience.combo
    said = {}
    for at in range(combo.count()):
        combo.setCurrentIndex(at)
        page.flush()
        calm(told, qtbot)
        said[combo.currentData()] = page.form.audience.means.text()
    assert said["company"] == "Everyone in the firm can read it."
    assert said["team:Legal"] == "Everyone in Legal can read it, nobody else."
    assert said["me"].startswith("Nobody but you")
    assert len(set(said.values())) == len(said)


def test_a_host_who_cannot_be_told_is_named(page, told, qtbot):
    calm(told, qtbot)
    assert any("Rosa Vidal, the host, is not told" in text for text in texts(page))


def test_an_address_outside_the_firm_has_to_be_confirmed(told, house, qtbot, note, counting):
    channels.add_smtp(house, "Mail", "localhost:2525", "none", "", "post@ferro.example", "")
    page = opened(told, qtbot, note)
    write(page, headline="Two trainers")
    shown = preview(page, told, qtbot)
    assert shown.go.isEnabled()
    shown.reach.also.setText("agnes.mulder@ferro.example, ann@elsewhere.example")
    shown.reach.also.editingFinished.emit()
    calm(told, qtbot)
    assert not shown.go.isEnabled()
    assert "Confirm the addresses at which nobody of ours is known first." in texts(shown)
    shown.reach.outside.setChecked(True)
    calm(told, qtbot)
    assert shown.go.isEnabled()
    press(shown, "Show the names", qtbot)
    assert "Agnes Mulder, agnes.mulder@ferro.example\nann@elsewhere.example" in texts(shown)
    shown.reach.also.setText("ben@elsewhere.example")
    shown.reach.also.editingFinished.emit()
    calm(told, qtbot)
    assert not shown.go.isEnabled()  # a yes is for the addresses that were seen


def test_who_cannot_read_it_sees_no_article(page, told, qtbot):
    write(page, headline="Two trainers")
    page.form.audience.combo.setCurrentIndex(page.form.audience.combo.findData("team:Legal"))
    shown = preview(page, told, qtbot)
    assert "Two trainers" in texts(shown)
    shown.team.setCurrentIndex(shown.team.findData("Finance"))
    shown.team.activated.emit(shown.team.currentIndex())
    calm(told, qtbot)
    assert "Nobody in Finance can read it: it is for Legal." in texts(shown)
    assert "Two trainers" not in texts(shown)


def test_the_article_is_shown_in_the_readers_language(page, told, qtbot):
    write(page, headline="Two trainers", goal="A floor that lasts.")
    shown = preview(page, told, qtbot)
    shown.language.setCurrentIndex(shown.language.findData("it"))
    shown.language.activated.emit(shown.language.currentIndex())
    calm(told, qtbot)
    assert shown.before.reader.parcel.language == "it"


def test_long_and_foreign_names_do_not_widen_the_page(told, house, qtbot, note, counting):
    long = "Dział Rozliczeń Międzynarodowych i Windykacji Należności Kontrahentów Zagranicznych"
    people.import_people(
        house,
        f"name,email,team,role\nŻaneta Szczęsna-Wyszyńska,zaneta@ferro.example,{long},leader\n"
        "Nguyễn Hoàng Phương Uyên,uyen@ferro.example,Kế toán tổng hợp và kiểm soát nội bộ,leader\n",
    )
    page = opened(told, qtbot, note)
    page._also(f"team:{long}")
    calm(told, qtbot)
    write(page, headline="Hai người hướng dẫn, sai sàn: Zażółć gęślą jaźń " * 3)
    calm(told, qtbot)
    assert page.minimumSizeHint().width() <= 724  # what a window of 900 leaves
    shown = preview(page, told, qtbot)
    assert shown.team.currentData() == long
    assert page.minimumSizeHint().width() <= 724


def test_a_note_without_a_line_can_be_told_in_ones_own_words(told, house, qtbot, counting):
    empty = listening.open_note(house, meeting(house, "Quarterly review", "Północ Logistyka"))
    listening.answer(house, empty.id, said="", scene="")
    page = opened(told, qtbot, empty)
    assert "Your note holds no exact words" in "".join(texts(page))
    press(page, "Preview as a reader…", qtbot)
    assert page.stack.currentWidget() is page.compose
    assert told.said[-1].startswith("A takeaway needs a headline")
    page.form.quotation.own.setPlainText("They count in minutes.")
    assert dict(page.takeaway().origins)["quote"] == "heard"
    page.flush()
    calm(told, qtbot)


def test_what_is_written_is_kept_where_the_workspace_is_away(page, told, house, qtbot, note):
    def away(*, write=True):
        raise Problem("workspace_locked")

    told.tasks.adopt(replace(house, workspace=away))
    write(page, headline="Written on a train")
    calm(told, qtbot)
    kept = kept_drafts(house, note.meeting_id, ["company"])
    assert [one["headline"] for one in kept.fields] == ["Written on a train"]
    assert "Kept on this computer; nothing has left it" in texts(page)
    press(page.compose, "Preview as a reader…", qtbot)
    told.tasks.problem.disconnect()
    calm(told, qtbot)
    assert not page.preview.go.isEnabled()


def test_a_feeling_of_the_note_is_held_back_beside_a_person(told, house, qtbot, note, counting):
    listening.write_line(house, note.id, 7, Line("l7", NOW, "!", "Went quiet when invoices came up"))
    page = opened(told, qtbot, note)
    write(page, headline="Two trainers", quote_role="the owner", scene="The owner went quiet when invoices came up.")
    calm(told, qtbot)
    assert any("A feeling from your note stands beside a person" in text for text in texts(page))
    assert not any("when invoices came up" in text for text in texts(page) if "A feeling" in text)


def test_withdrawing_asks_why_and_offers_a_text_for_the_customer(told, house, qtbot, note, counting, answers):
    publishing.publish(house, note.id, "Two trainers", "company")
    page = opened(told, qtbot, note)
    answers.texts = ["It was another customer."]
    page._withdraw()
    qtbot.waitUntil(lambda: any(said.startswith("Withdrawn.") for said in told.said))
    calm(told, qtbot)
    assert answers.asked[-1][0] == "Withdraw this takeaway?"
    assert answers.asked[-1][1].startswith("It can be cleared everywhere.")
    assert "Withdrawn. It leaves every page." in told.said, "nobody got it by mail"
    found = next(one for one in publishing.all_of(house) if one.headline == "Two trainers")
    assert (found.withdrawn_why, found.withdrawn is not None) == ("It was another customer.", True)


def test_where_it_went_is_shown(told, house, qtbot, note, counting, answers, tmp_path):
    channels.add_place(house, "site", "Ours", str(tmp_path / "site"))
    publishing.publish(house, note.id, "Two trainers", "company", publishing.Order(("Ours",)))
    page = opened(told, qtbot, note)
    page._where()
    calm(told, qtbot)
    shown, _done = answers.shown[-1]
    qtbot.addWidget(shown)
    assert "Ours" in texts(shown)
    press(shown, "Copy the text for the customer", qtbot)
    assert told.said[-1] == "Copied."


def test_buttons_have_names(page):
    assert all(one.accessibleName() for one in page.findChildren(QPushButton) if one.isVisibleTo(page))
    assert find(page, "Preview as a reader…")


def test_what_is_withdrawn_says_so_and_another_can_be_begun(told, house, qtbot, note, counting, answers):
    made = publishing.publish(house, note.id, "Two trainers", "company")
    page = opened(told, qtbot, note)
    write(page, scene="Written since, and not sent.")
    answers.texts = ["It was another customer."]
    page._withdraw()
    calm(told, qtbot)
    page.reload()
    calm(told, qtbot)
    assert page.stack.currentWidget() is page.gone
    assert "Withdrawn" in texts(page.gone)
    assert any(said.endswith("readers see it no more. It was another customer.") for said in texts(page.gone))
    assert "Kept on this computer; nothing has left it" not in texts(page)
    press(page.gone, "Open the one for everyone", qtbot)  # what was written since is not lost
    assert (page.takeaway().scene, page.takeaway().id != made.id) == ("Written since, and not sent.", True)
    assert page.stack.currentWidget() is page.compose
    page.flush()
    calm(told, qtbot)


def test_withdrawn_is_still_said_when_one_comes_back(told, house, qtbot, note, counting):
    made = publishing.publish(house, note.id, "Two trainers", "company")
    publishing.withdraw(house, made.id)
    page = opened(told, qtbot, note)
    assert page.stack.currentWidget() is page.gone
    press(page.gone, "Begin another", qtbot)
    calm(told, qtbot)
    page.reload()
    calm(told, qtbot)
    assert page.stack.currentWidget() is page.compose
    assert (page.takeaway().revision, page.takeaway().id != made.id) == (1, True)
    assert "Kept on this computer; nothing has left it" in texts(page)


def test_a_correction_is_previewed_as_one(told, house, qtbot, note, counting):
    publishing.publish(house, note.id, "Two trainers", "company")
    page = opened(told, qtbot, note)
    write(page, scene="They plan by the moon.", correction="It was\nthe moon.")
    shown = preview(page, told, qtbot)
    assert f"Corrected on {full_day(NOW.date())}: It was the moon." in texts(shown.article)


def test_escape_leaves_the_preview(page, told, qtbot):
    write(page, headline="Two trainers")
    shown = preview(page, told, qtbot)
    qtbot.waitUntil(page.isActiveWindow)
    qtbot.keyClick(shown.back, Qt.Key.Key_Escape)
    assert page.stack.currentWidget() is page.compose


def test_what_was_missing_is_unsaid_once_it_is_written(page, told, qtbot):
    unsaid = []
    object.__setattr__(told, "unsay", lambda said: unsaid.append(said) is None)
    write(page, headline="")
    press(page.compose, "Preview as a reader…", qtbot)
    assert told.said[-1].startswith("A takeaway needs a headline")
    page.form.fields["scene"].setPlainText("Still no headline.")
    assert unsaid == []
    page.form.fields["headline"].setText("Two")
    assert unsaid == [told.said[-1]]
    page.flush()
    calm(told, qtbot)
