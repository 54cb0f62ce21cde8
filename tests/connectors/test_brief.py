"""A brief in every form: the same words, everything that people wrote escaped, one printed page and a ruled back."""

import re
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from briefs.cases import DANA, KESTREL, MEETING, MUCH, NOW, fact
from companion.basics.errors import Problem
from companion.basics.progress import Cancelled, Ticket
from companion.briefs.assemble import assemble, expecting
from companion.briefs.outline import outline
from companion.calendars.model import Guest
from companion.connectors import paper
from companion.connectors.brief import render_brief
from companion.connectors.markdown import to_html
from companion.connectors.paper import render_pdf
from companion.customers.memory import KINDS, WHO
from companion.words.dates import day_month
from companion.words.language import LANGUAGES

NASTY = "<script>alert(1)</script> *bold* [a](javascript:alert(1)) `code` # <img src=x> & _so_"


def nasty() -> object:
    """A customer about whom everything is written to break out."""
    told = tuple(
        fact(f"{kind}{topic}", kind, NASTY, topic=topic, source=NASTY) for kind in KINDS for topic in (*WHO, "Finance")
    )
    guests = (Guest("x@y.example", NASTY),)
    meeting = replace(MEETING, title=NASTY, place=NASTY, link="javascript:alert(1)", guests=guests)
    return replace(MUCH, facts=told, customer=replace(KESTREL, name=NASTY), meeting=meeting)


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def longest(language: str = "en"):
    """As much as a page takes: every text as long as it may be, of wide letters."""
    text = "Wyświetlaczewo umówiło się w Świętokrzyskiem; " * 30
    told = tuple(
        fact(f"{kind}{n}", kind, text, topic=topic, source=f"źródło {n} {text}", heard_on=date(2026, 1, 1 + n % 28))
        for n, (kind, topic) in enumerate((kind, topic) for kind in KINDS for topic in (*WHO, "Finance"))
    )
    guests = tuple(Guest(f"g{n}@kestrel.example", text) for n in range(20))
    return replace(
        MUCH, facts=told, customer=replace(KESTREL, name=text, nda=True), person=replace(DANA, language=language),
        meeting=replace(MEETING, title=text, place=text, guests=guests),
    )  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_html_markdown_and_paper_say_the_same(language):
    brief = expecting(assemble(replace(MUCH, person=replace(DANA, language=language))), "That we were late.")
    page = render_brief(brief, language)
    plain = page.markdown.replace("\\", "")
    for said in ("We count in minutes.", "Sixteen crews by summer.", "Project Heron is not announced.", "Ngô Ánh",
                 "A second driver.", "That we were late.", "Rosa Vidal", "Mill Lane", "Dana Okafor"):  # fmt: skip
        assert said in page.text
        assert said in page.html
        assert said in plain
        assert said in page.paper
    assert f'lang="{language}"' in page.html


def test_every_fact_stands_with_its_source_and_its_day():
    brief = assemble(MUCH)
    page = render_brief(brief, "en").text
    told = (brief.customer_lines, brief.goals, brief.promises, brief.avoid, brief.team_facts, brief.front_line)
    for one in (*(one for kind in told for one in kind), brief.quote):
        if one.text:
            number = re.search(re.escape(one.text) + r"”?\[(\d+)\]", page)
            assert number, one
            source = next(line for line in page.splitlines() if line.startswith(f"  {number[1]} "))
            assert one.source in source
            assert day_month(one.day, NOW.date()) in source
    nameless = replace(MUCH, facts=(fact("g", "goal", "To own the yard.", heard_on=None, source=""),), takeaways=())
    assert "  1 not noted from whom or when" in render_brief(assemble(nameless), "en").text


def test_nothing_that_people_wrote_does_anything():
    page = render_brief(assemble(nasty()), "en")
    for html in (page.html, page.paper):
        assert "<script" not in html
        assert "<img" not in html
        assert "href" not in html.replace('rel="', "")
        assert "&lt;script&gt;" in html
    shown = str(to_html(page.markdown))
    assert shown.count("&lt;script&gt;") == page.text.count("<script>")
    assert not re.search(r"<(a|em|code|img|script|ol start)\b", shown), "its own marks alone"
    assert "default-src 'none'" in page.html


def test_a_link_to_the_web_is_one_and_paper_shows_where_it_leads():
    long = replace(MUCH, meeting=replace(MEETING, link="https://meet.example/" + "x" * 90))
    page = render_brief(assemble(long), "en")
    assert f'href="https://meet.example/{"x" * 90}"' in page.html
    assert "https://meet.example/" + "x" * 90 in page.text
    assert "meet.example/…" in page.paper
    assert "x" * 90 not in page.paper


def test_a_page_without_an_expectation_leaves_room_for_one():
    assert outline(assemble(MUCH)).expected == ""
    assert "What do you expect to hear?" in render_brief(assemble(MUCH), "en").text


def test_a_host_who_is_unknown_stays_visible():
    meeting = replace(MEETING, host_email="", place="", link="")
    known = replace(MUCH, host=None, customer=replace(KESTREL, host_email=""), meeting=meeting)
    page = render_brief(assemble(known), "en").text
    assert "Host: unknown" in page
    assert "Where: unknown" in page


@pytest.mark.parametrize("size", ["A4", "Letter"])
@pytest.mark.parametrize("known", [MUCH, longest("vi"), nasty()], ids=["much", "longest", "nasty"])
def test_it_is_one_page_and_its_ruled_back(known, size):
    pdf = render_pdf(render_brief(assemble(known), known.person.language).paper, size)
    assert pages(pdf) == 2
    box = re.search(rb"/MediaBox \[([^\]]*)\]", pdf)
    assert box
    assert [round(float(one)) for one in box[1].split()] == {"A4": [0, 0, 595, 842], "Letter": [0, 0, 612, 792]}[size]


def test_html_without_a_back_has_none():
    assert pages(render_pdf("<p>One page.</p>")) == 1


def test_a_pdf_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(paper, "_MODULE", "http.server")  # any program that does not end
    started = []
    true_popen = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", lambda *a, **k: started.append(true_popen(*a, **k)) or started[-1])
    with pytest.raises(Problem) as problem:
        render_pdf("<p>x</p>", "0", seconds=0.3)
    assert problem.value.code == "paper_late"
    assert started[0].poll() is not None, "nothing of it stays behind"


def test_a_pdf_that_is_not_wanted_any_more_ends_its_process(monkeypatch):
    monkeypatch.setattr(paper, "_MODULE", "http.server")
    started = []
    true_popen = subprocess.Popen
    ticket = Ticket()

    def popen(*given, **more):
        started.append(true_popen(*given, **more))
        ticket.cancel()
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", popen)
    with pytest.raises(Cancelled):
        render_pdf("<p>x</p>", "0", ticket)
    assert started[0].poll() is not None


def test_where_qt_does_not_run_it_is_said_in_words(monkeypatch):
    monkeypatch.setattr(paper, "_MODULE", "companion.no_such_room")
    with pytest.raises(Problem) as problem:
        render_pdf("<p>x</p>")
    assert problem.value.code == "paper_unusable"
    assert "no_such_room" in problem.value.facts["reason"]
    monkeypatch.setattr(paper.sys, "executable", "/no/such/python")
    with pytest.raises(Problem) as problem:
        render_pdf("<p>x</p>")
    assert problem.value.code == "paper_unusable"


def test_letters_no_font_has_keep_no_page_back():
    rare = replace(MUCH, facts=(*MUCH.facts, fact("r", "goal", "To ring \U0002a6d6 first.", heard_on=NOW.date())))
    assert pages(render_pdf(render_brief(assemble(rare)).paper)) == 2  # the rarest of Chinese letters


def test_moments_are_those_of_the_programmes_zone():
    early = replace(MUCH, now=datetime(2026, 11, 23, 23, 30, tzinfo=UTC))
    assert "As of 24 November 2026, 00:30." in render_brief(assemble(early), "en").text
