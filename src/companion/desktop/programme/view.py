"""Lays out the Programme page: the rules, targets, leave, part time, closed years."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from companion.desktop.programme.facts import ClosedYear, ProgrammeView
from companion.desktop.programme.verbs import Verbs, amended
from companion.desktop.widgets.buttons import button, menu_button
from companion.desktop.widgets.card import Card
from companion.desktop.widgets.column import Column
from companion.desktop.widgets.flow import Flow
from companion.desktop.widgets.lines import two
from companion.desktop.widgets.rows import Row, RowList
from companion.desktop.widgets.text import PlainLabel
from companion.programme.policy import Change
from companion.programme.targets import TargetLine
from companion.words.attendance import directors
from companion.words.dates import full_day, short_day
from companion.words.language import t, tn
from companion.words.targets import carried_line, leave_line, target_line, whose
from companion.words.years import closed_line, period_name, year_name

FEW = 8  # leaves and targets that are shown at once
YEARS = ("", *(f"{month:02}" for month in range(2, 13)), "rolling")


def fill(column: Column, view: ProgrammeView, verbs: Verbs, *, whole: bool, show_whole: Callable[[], None]) -> None:
    """Lay it out anew. `whole`: targets and leave of all times."""
    column.begin()
    if not view.mine:
        column.add(PlainLabel(t("These are for everybody to read; only ops change them."), "soft"))
    column.section(t("How it is counted"), 6)
    column.add(_rules(view, verbs))
    column.section(t("Targets"))
    column.add(_targets(view, verbs, whole=whole, show_whole=show_whole))
    column.section(t("Leave"))
    column.add(_leaves(view, verbs, whole=whole, show_whole=show_whole))
    column.section(t("Part time"))
    column.add(_part_time(view, verbs))
    column.section(t("Closed years"))
    column.add(_years(view, verbs))
    column.end()


def _rules(view: ProgrammeView, verbs: Verbs) -> QWidget:
    programme, rows = view.programme, RowList()
    now = year_name(programme.year)
    pick = menu_button(
        t("Change"), [(year_name(year), partial(verbs.change, Change(year=year))) for year in YEARS],
        says=t("Change the year: {now}", now=now),
    )  # fmt: skip
    _rule(rows, t("The year"), now, [pick] if view.mine else [])
    began = full_day(programme.start) if programme.start else ""
    _rule(rows, t("The programme's start"), t("{day}; nobody owes for the time before", day=began) if began
          else t("not said"))  # fmt: skip
    _switch(rows, view, t("Part time"), t("less is expected of who works part time"), t("counts as full time"),
            Change(part_time=not programme.part_time), verbs, on=programme.part_time)  # fmt: skip
    days = tn("{count} day on which nobody works", "{count} days on which nobody works", len(programme.holidays))
    ahead = [day for day in map(date.fromisoformat, programme.holidays) if day >= view.today]
    listed = ", ".join(short_day(day, view.today) for day in ahead[:4]) + (" …" if len(ahead) > 4 else "")
    change = [button(t("Change…"), verbs.holidays, says=t("Change the holidays"))] if view.mine else []
    known = t("{days}; next: {listed}", days=days, listed=listed) if listed else days
    _rule(rows, t("Holidays"), known if programme.holidays else t("none are known"), change)
    change = [button(t("Change…"), verbs.visits, says=t("Change how many listeners a customer is to bear"))]
    bears = tn("{count} listener a year is enough for one", "{count} listeners a year are enough for one",
               programme.visits)  # fmt: skip
    _rule(rows, t("Customers"), bears, change if view.mine else [])
    _switch(rows, view, t("Who sat in?"), t("hosts are asked by mail the next day"), t("hosts are not asked"),
            Change(who_sat=not programme.who_sat), verbs, on=programme.who_sat)  # fmt: skip
    _switch(rows, view, t("Weekly mails"), t("they wait until ops send them"), t("they go out by themselves"),
            Change(weekly_yes=not programme.weekly_yes), verbs, on=programme.weekly_yes)  # fmt: skip
    return _card(rows)


def _rule(rows: RowList, title: str, now: str, buttons: Sequence[QWidget] = ()) -> None:
    rows.add(Row(f"{title}, {now}", two(title, now), buttons))


def _switch(
    rows: RowList, view: ProgrammeView, title: str, yes: str, no: str, change: Change, verbs: Verbs, *, on: bool
) -> None:
    now, other = (yes, no) if on else (no, yes)
    says = t("{title}: change to {other}", title=title, other=other)
    buttons: list[QWidget] = [button(t("Change"), partial(verbs.change, change), says=says)] if view.mine else []
    _rule(rows, title, now, buttons)


def _targets(view: ProgrammeView, verbs: Verbs, *, whole: bool, show_whole: Callable[[], None]) -> QWidget:
    rows = RowList()
    for role, count in view.programme.targets.items():
        if not any(line.role == role and line.in_force for line in view.targets):
            _line(rows, whose("", role), t("{count} a year, from the start", count=count))
    now = [line for line in view.targets if line.in_force or line.target.since > view.today]
    for line in view.targets if whole else now[:FEW]:
        _line(rows, whose(line.name, line.role), _target(line, view))
    for carried in view.carried if whole else view.carried[:FEW]:
        one = carried.carried
        agreed = next((person.name for person in view.people if one.approver in person.addresses), one.approver)
        _line(rows, carried.name or t("somebody who is gone"), carried_line(one.count, one.first, agreed, one.reason))
    hidden = len(view.targets) - len(now[:FEW]) + max(0, len(view.carried) - FEW)
    tools: list[QWidget] = []
    if view.mine:
        tools = [button(t("Set a target…"), verbs.target), button(t("Carry over what is missing…"), verbs.carry)]
    if hidden and not whole:
        tools.append(button(tn("{count} earlier one", "{count} earlier ones", hidden), show_whole,
                            says=t("Show all targets and leave")))  # fmt: skip
    return _card(rows, tools)


def _target(line: TargetLine, view: ProgrammeView) -> str:
    said = target_line(line.target.count, line.target.since, line.target.reason)
    if line.in_force:
        return said
    return t("{said} (to come)", said=said) if line.target.since > view.today else t("{said} (no more)", said=said)


def _leaves(view: ProgrammeView, verbs: Verbs, *, whole: bool, show_whole: Callable[[], None]) -> QWidget:
    rows = RowList()
    now = [line for line in view.leaves if line.leave.end >= view.today.replace(month=1, day=1)]
    shown = view.leaves if whole else now[:FEW]
    for line in shown:
        said = leave_line(line.leave.start, line.leave.end, line.leave.kind)
        back = button(t("Take back…"), partial(verbs.drop_leave, line),
                      says=t("Take back the leave of {name}, {leave}", name=line.person.name, leave=said))  # fmt: skip
        rows.add(Row(f"{line.person.name}, {said}", two(line.person.name, said), [back] if view.mine else []))
    if not shown:
        rows.add(Row("", PlainLabel(t("No leave is written down for this year."), "soft")))
    tools: list[QWidget] = [button(t("Write down a leave…"), verbs.leave)] if view.mine else []
    hidden = len(view.leaves) - len(shown)
    if hidden:
        more = tn("{count} more", "{count} more", hidden)
        tools.append(button(more, show_whole, says=t("Show all targets and leave")))
    return _card(rows, tools)


def _part_time(view: ProgrammeView, verbs: Verbs) -> QWidget:
    rows = RowList()
    for one in view.part:
        _line(rows, one.name, t("{share} % of full time", share=one.share))
    if not view.part:
        rows.add(Row("", PlainLabel(t("Everybody works full time, as far as is known."), "soft")))
    elif not view.programme.part_time:
        rows.add(Row("", PlainLabel(t("It changes nothing that is expected: the programme counts it as full time."),
                                    "soft")))  # fmt: skip
    return _card(rows, [button(t("Part time…"), verbs.share, says=t("Set somebody's part of full time"))]
                 if view.mine else [])  # fmt: skip


def _years(view: ProgrammeView, verbs: Verbs) -> QWidget:
    rows = RowList()
    for one in view.closed:
        rows.add(_closed(one))
    if not view.closed:
        rows.add(Row("", PlainLabel(t("No year is closed yet. Closing keeps its figures as they are told."), "soft")))
    tools: list[QWidget] = []
    if view.mine and view.to_close:
        span = view.to_close
        name = period_name(span.label, span.first, span.last)
        tools.append(button(t("Close {year}…", year=name), partial(verbs.close, span.label), filled=True))
    if view.mine:
        tools.append(button(t("Close another year…"), partial(verbs.close, "")))
    return _card(rows, tools)


def _closed(one: ClosedYear) -> Row:
    closing = one.closing
    name = period_name(closing.label, closing.first, closing.last)
    first = closed_line(name, one.day, one.by, closing.reason)
    second = t("{sentence} {amended}", sentence=directors(one.facts), amended=_sentence(amended(one.amended)))
    return Row(f"{first}, {second}", two(first, second))


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _line(rows: RowList, title: str, now: str) -> None:
    rows.add(Row(f"{title}, {now}", two(title[:1].upper() + title[1:], now)))


def _card(rows: RowList, tools: list[QWidget] | None = None) -> QWidget:
    card = Card(margin=18)
    if rows.rows:
        card.add(rows)
    if tools:
        card.add(Flow(tools, spacing=8))
    return card
