"""Copy for mail or Teams, and the facts behind every way of showing a takeaway."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from companion.connectors.letter import letter
from companion.connectors.rendering import render_copy, story
from companion.takeaways.code import read_tag
from connectors.publishing.made import AGNES, a_parcel
from takeaways.made import NOON

COPIED = """\
They plan by the tide
Marea Boats · Heard by Ines Prado (Safety) on 12 November 2026

Nineteen people work in a harbour that empties twice a day.

“You send me a window of half a day. I live in windows of forty minutes.”
— the head of the yard

What they are trying to do
Keep the slip busy without a night shift.

Why it matters to us in Safety
We book by our route, not by their water.

What we will do
Ask for the tide table when booking, from 1 December (Ines).

Where else do we hand out half-day windows?

Colleagues see your answer with your name if you write to answers@ferro.example and end the subject with one of these:
    [T-NSNN7J4P changes]  This changes my work
    [T-NSNN7J4P question]  A question
    [T-NSNN7J4P already]  We already do this
    [T-NSNN7J4P differently]  I see it differently
    [T-NSNN7J4P more]  I know more about this customer
Only to the author: end it with [T-NSNN7J4P question-only], and in the same way for the others.

For everyone in the company, and for nobody outside it.
"""


def test_the_plain_copy_reads_as_a_letter() -> None:
    assert render_copy(a_parcel())[1] == COPIED


def test_the_rich_copy_is_plain_tags_and_escapes_what_it_is_given() -> None:
    html, text = render_copy(a_parcel(headline="<b>Bold</b>", quote="<script>x</script> & so", quote_role="<i>"))
    assert "<h2>&lt;b&gt;Bold&lt;/b&gt;</h2>" in html
    assert "&lt;script&gt;x&lt;/script&gt; &amp; so" in html
    assert "style=" not in html
    assert "<script>x</script> & so" in text  # plain text has nothing to escape


def test_an_unfinished_takeaway_can_be_shown() -> None:
    bare = dict.fromkeys(
        ("scene", "quote", "quote_role", "goal", "matters", "will_do", "question", "customer_name"), ""
    )
    parcel = replace(a_parcel(published=None, **bare), author="", team="", answer_to="", heard_on=None)
    html, text = render_copy(parcel)
    assert text.startswith("They plan by the tide\n\nWhat we will do\nNothing yet.\n\nFor everyone")
    assert "blockquote" not in html


def test_only_answers_with_a_name_are_shown() -> None:
    secret = replace(AGNES, name="", text="only for the author")
    only = replace(AGNES, id="a2", text="only for the author", only_author=True)
    shown = story(a_parcel(answers=(AGNES, secret, only))).answers
    assert [(said.who, said.text, said.reply) for said in shown] == [
        ("Agnes, Accounts", "The same for our audit visits.", "How did it go?")
    ]


def test_the_day_it_was_heard_is_the_meetings_and_never_guessed() -> None:
    heard = replace(a_parcel(), heard_on=NOON.date().replace(day=3))
    assert story(heard).heard == "Heard by Ines Prado (Safety) on 3 November 2026"
    assert story(replace(heard, heard_on=None)).heard == "Heard by Ines Prado (Safety), told on 12 November 2026"


def test_each_answer_link_carries_the_takeaway_and_the_kind() -> None:
    links = story(a_parcel(headline="Half a day? & more")).links
    kinds = []
    for address in (address for link in links for address in (link.address, link.only_address)):
        parts = urlsplit(address)
        assert (parts.scheme, parts.path) == ("mailto", "answers@ferro.example")
        subject = parse_qs(parts.query)["subject"][0]
        assert subject.startswith("Re: Half a day? & more [T-")
        found = read_tag(subject)
        assert found is not None
        kinds.append((found.kind, found.only_author))
    wanted = ("changes", "question", "already", "differently", "more")
    assert kinds == [(kind, only) for kind in wanted for only in (False, True)]
    assert story(replace(a_parcel(), answer_to="")).links == []
    assert story(replace(a_parcel(), answer_to="javascript:alert(1)")).links == []


def test_what_is_interpretation_says_whose() -> None:
    told = story(a_parcel(origins=(("goal", "heard"), ("matters", "interpretation"), ("scene", "interpretation"))))
    assert [passage.reading for passage in told.passages] == ["", "interpretation by Ines Prado", ""]
    assert told.scene.reading == "interpretation by Ines Prado"


def test_why_it_matters_is_said_to_the_team_it_is_for() -> None:
    assert "Why it matters to us in Safety" in [one.label for one in story(a_parcel(audience="team:Safety")).passages]
    assert "Why it matters to Legal" in [one.label for one in story(a_parcel(audience="team:Legal")).passages]


def test_what_is_put_in_the_authors_words_stands_nowhere_as_a_quotation() -> None:
    own = a_parcel(quote="They have forty minutes.", origins=(("quote", "heard"),))
    told = story(own)
    assert told.quote == ""
    assert (told.passages[0].label, told.passages[0].text) == (
        "As heard from the head of the yard", "They have forty minutes.",
    )  # fmt: skip
    for shown in render_copy(own):
        assert "They have forty minutes." in shown
        assert "“They" not in shown


def test_a_correction_and_the_label_go_into_every_form() -> None:
    parcel = a_parcel(
        revision=2, audience="team:Safety", expires=NOON.date().replace(month=5, year=2027),
        correction="The slip\nis kept busy <b>by day</b>.",
    )  # fmt: skip
    with_label = ("For Safety, and for nobody else. Please do not pass it on. Shown until 12 May 2027.",)
    html, text = render_copy(parcel)
    message = letter(replace(parcel, recipient="mei@ferro.example"), "hear@ferro.example", "c", NOON)
    bodies = [message.get_body((kind,)) for kind in ("plain", "html")]
    forms = [text, html, *(body.get_content().replace("\n", " ") for body in bodies if body)]
    assert len(forms) == 4
    for form in forms:
        assert all(" ".join(form.split()).count(label) == 1 for label in with_label)
        assert "Corrected on 12 November 2026: The slip is kept busy" in " ".join(form.split())
    assert "&lt;b&gt;by day" in html
