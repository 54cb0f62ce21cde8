"""Documents in each form: charts that begin at nothing, and nothing of what people wrote taken for markup."""

import re

from companion.connectors.charts import LABELS, SAID, WIDTH, cut, draw
from companion.connectors.paper import render_pdf
from companion.connectors.report import render_report
from companion.programme.document import Bar, Chart, Document, Grid, Section

CHART = Chart(
    ("heard", "coming", "needed"),
    (
        Bar("Finance (4)", (3, 1, 4), "3 of 8, 1 coming"), Bar("Żółć & <b>", (0, 0, 1), "0 of 1"),
        Bar("IT", (0, 0, 0), "0"),
    ),
    "For each team, what was heard & what was not.",
)  # fmt: skip
EVIL = "<script>alert(1)</script> | *x* ąż Nguyễn"
DOCUMENT = Document(
    EVIL, EVIL, (EVIL,),
    (Section(EVIL, (EVIL,), CHART, (EVIL,), Grid((EVIL, "n"), ((EVIL, "1"),), frozenset({1})), notes=(EVIL,)),),
    (EVIL,), "pl",
)  # fmt: skip


def rects(svg: str) -> list[tuple[float, float, str]]:
    bar = r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)" height="\d+" fill="(#\w+)"'
    return [(float(at), float(wide), ink) for at, wide, ink in re.findall(bar, svg)]


def test_bars_begin_at_nothing_and_share_one_scale() -> None:
    found = rects(draw(CHART).svg)
    scale = (WIDTH - LABELS - SAID) / 8
    assert [round(wide / scale) for _, wide, _ in found] == [3, 1, 4, 1]
    assert [found[0][0], found[3][0]] == [LABELS, LABELS]
    assert len({ink for _, _, ink in found}) == 3


def test_every_bar_has_its_number_and_the_chart_its_words() -> None:
    drawn = draw(CHART)
    for bar in CHART.bars:
        assert f">{bar.said}</text>" in drawn.svg
    assert "what was heard &amp; what was not" in drawn.svg
    assert "<b>" not in drawn.svg
    assert [row.parts[0][1] for row in drawn.rows if row.parts] == [38, 12]


def test_bars_that_are_parts_are_measured_by_the_whole() -> None:
    drawn = draw(Chart(("one",), (Bar("a", (5,), "5 of 20"),), "parts", 20))
    assert (drawn.rows[0].parts[0][1], drawn.rows[0].left) == (25, 75)
    assert rects(drawn.svg)[0][1] == (WIDTH - LABELS - SAID) / 4


def test_nothing_to_show_is_a_chart_too() -> None:
    assert rects(draw(Chart(("one",), (Bar("a", (0,), "0"),), "nothing")).svg) == []


def test_a_long_label_is_cut_between_letters() -> None:
    assert cut("Finance & <co>") == "Finance & <co>"
    long = cut("Bộ phận tài chính và kế toán quốc tế")
    assert long.endswith("…")
    assert len(long) <= 30


def test_what_people_wrote_is_no_markup_anywhere() -> None:
    page = render_report(DOCUMENT)
    for form in (page.html, page.paper):
        assert "<script" not in form
        assert "&lt;script&gt;" in form
    assert r"\<script\>" in page.markdown
    assert r"\|" in page.markdown
    assert '<html lang="pl">' in page.html
    assert "src=" not in page.html


def test_a_table_in_markdown_is_one() -> None:
    lines = render_report(DOCUMENT).markdown.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("| ---") or line.startswith("|  ---"))
    assert lines[at - 1].startswith("| ")
    assert lines[at + 1].startswith("| ")


def test_it_prints_on_one_page() -> None:
    pdf = render_pdf(render_report(DOCUMENT).paper)
    assert pdf.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
