"""The whole loop on the sample company: real calendars in, a published takeaway out. Each step can be run again."""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from secrets import token_urlsafe

from companion.attendance.model import Evidence
from companion.basics.clock import day_of, machine_zone, now
from companion.basics.errors import Problem
from companion.basics.ids import meeting_id, new_id
from companion.basics.paths import write_whole
from companion.basics.progress import Ticket
from companion.basics.settings import read_settings, write_settings
from companion.bootstrap import opened
from companion.notes.model import Line, Mark
from companion.notes.text import to_markdown
from companion.programme import accounts, channels, listening, outbox, people, preparing, publishing
from companion.programme import meetings as meeting_verbs
from companion.programme.joined import import_reports
from companion.programme.model import House
from companion.programme.publishing import Order
from companion.programme.sync import Synced, sync
from companion.programme.views.board import board
from companion.programme.views.meetings import meetings
from companion.sample import server as caldav
from companion.sample.company import build
from companion.sample.model import Company, SampleCalendar
from companion.sample.past import (
    known_contacts,
    past_actions,
    past_answers,
    past_evidence,
    past_facts,
    past_takeaways,
    rec_key,
)
from companion.sample.seats import arrange
from companion.takeaways.model import Takeaway
from companion.words.attendance import directors
from companion.words.dates import day_month
from companion.words.language import t
from companion.words.problems import sentence

SEED = 1
ME = "dana.okafor@ferro.example"
REPORTS = "join-reports"  # the folder of the join reports, beside the calendars
SITE, TEAM_SITE = "Ferro intranet", "Finance page"

Say = Callable[[str], None]


@dataclass(frozen=True)
class Shown:
    """Where the demo left what it made."""

    home: Path
    site: Path
    takeaway: Takeaway


def run(home: Path, say: Say, ticket: Ticket, then: Callable[[Shown], int], *, fresh: bool = False) -> int:
    """Run the loop in a home of its own, then `then` while the calendars are still served; what that answers.

    A second run goes on where the first ended.
    """
    if fresh and home.exists():
        _only_ours(home)
        shutil.rmtree(home)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    company = build(SEED, _day(home))
    _keep_secrets(home)
    serving = caldav.start(home / "demo" / "caldav") if caldav.available() else None
    try:
        with opened(home) as house:
            shown = _loop(house, company, serving, say, ticket)
        return then(shown)
    finally:
        if serving:
            serving.stop()


def _keep_secrets(home: Path) -> None:
    """The sample server's password is made anew at every run; the user's keyring is none of its business."""
    (home / "demo").mkdir(mode=0o700, exist_ok=True)
    passphrase = home / "demo" / "passphrase"
    if not passphrase.exists():
        write_whole(passphrase, token_urlsafe(24).encode())
    os.environ["COMPANION_SECRETS"] = "passphrase"
    os.environ["COMPANION_PASSPHRASE_FILE"] = str(passphrase)


def _only_ours(home: Path) -> None:
    """Refuse to empty a folder that no demo made."""
    if any(home.iterdir()) and not (home / accounts.SAMPLE).exists():
        raise Problem("demo_home_foreign", path=str(home))


def _day(home: Path) -> date:
    """The day the demo plays on: the day it was first laid out, so that a later run finds the same calendars."""
    mark = home / accounts.SAMPLE
    if mark.exists():
        return date.fromisoformat(json.loads(mark.read_text())["today"])
    today = day_of(now(), machine_zone())
    write_whole(mark, json.dumps({"today": today.isoformat(), "seed": SEED}).encode())
    return today


def _loop(house: House, company: Company, serving: caldav.Server | None, say: Say, ticket: Ticket) -> Shown:
    house = _lay_out(house, company, say)
    _connect(house, company, serving, say)
    _tell_sync(sync(house, ticket=ticket), say)
    found, problems = meeting_verbs.import_table(house, company.crm_csv)
    say(t("Reviews that only the CRM knows: {count} taken in, {bad} rows refused", count=len(found), bad=len(problems)))
    _confirm_seats(house, company, say)
    _who_joined(house, company, say)
    _past_year(house, company, say)
    _remember(house, company, say)
    _arrange(house, say)
    _show_board(house, say)
    _prepare(house, say)
    takeaway = _listen_and_tell(house, company, say)
    site = house.paths.home / "site"
    say(t("Done. Where everything is:"))
    say(t("  profile     {path}", path=house.paths.home))
    say(t("  site        {path}", path=site / "index.html"))
    say(t("  calendars   {path}", path=house.paths.home / "demo"))
    say(t("  reports     {path}", path=house.paths.home / "demo" / REPORTS))
    return Shown(house.paths.home, site, takeaway)


def _lay_out(house: House, company: Company, say: Say) -> House:
    with house.workspace() as tx:
        tx.programme.put(
            replace(
                tx.programme.get(), name=company.name, zone=company.zone, start=company.start,
                our_domains=company.our_domains,
            )
        )  # fmt: skip
    people.import_people(house, company.people_csv)
    people.import_customers(house, company.customers_csv)
    house = people.set_me(house, ME)
    settings, _ = read_settings(house.paths.settings)
    write_settings(house.paths.settings, replace(settings, role="ops"))
    with house.workspace(write=False) as tx:
        everybody, customers = tx.people.all(), tx.customers.all()
    leaders = sum(person.kind == "leader" for person in everybody)
    say(t("{name}: {leaders} leaders, {staff} others, {customers} customers", name=company.name, leaders=leaders,
          staff=len(everybody) - leaders, customers=len(customers)))  # fmt: skip
    return house


def _connect(house: House, company: Company, serving: caldav.Server | None, say: Say) -> None:
    files = house.paths.home / "demo" / "calendars"
    files.mkdir(parents=True, exist_ok=True)
    known = {account.name: account for account in accounts.all_of(house)}
    served = 0
    for calendar in company.calendars:
        slug = calendar.owner.partition("@")[0]
        path = files / f"{slug}.ics"
        if serving and calendar.served == "caldav":
            if calendar.name not in known:
                serving.put(slug, calendar.whole())
            _account(house, calendar, "caldav", f"{serving.url}{serving.user}/{slug}/", serving)
            served += 1
            continue
        if not path.exists():
            write_whole(path, calendar.whole().encode())
        _account(house, calendar, "ics", str(path), None)
    count = len(company.calendars)
    if serving:
        say(t("{served} calendars served by a real CalDAV server, {files} as .ics files", served=served,
              files=count - served))  # fmt: skip
    else:
        say(t("Radicale is not installed, so all {count} calendars are .ics files", count=count))


def _account(house: House, calendar: SampleCalendar, kind: str, url: str, serving: caldav.Server | None) -> None:
    """Add the account, or point a known one at today's port and password."""
    with house.device() as device:
        known = device.accounts.by_name(calendar.name)
        if known:
            device.accounts.put(replace(known, url=url))
    if known:
        if serving:
            house.secrets.put(accounts.secret_name(known.id), serving.password)
        return
    user, password = (serving.user, serving.password) if serving else ("", "")
    owner = calendar.owner
    accounts.add(house, accounts.NewAccount(kind, calendar.name, url, user, password, owner, calendar.hosts))


def _tell_sync(results: list[Synced], say: Say) -> None:
    ledgers = [result.ledger for result in results]
    say(
        t("Synced {accounts} calendars: seen {seen} · private {private} dropped · not a customer meeting {dropped} "
          "dropped · kept {kept}", accounts=len(results), seen=sum(item.seen for item in ledgers),
          private=sum(item.private for item in ledgers),
          dropped=sum(item.not_customer + item.held_back for item in ledgers), kept=sum(item.kept for item in ledgers))
    )  # fmt: skip
    for result in results:
        for problem in result.problems:
            say("  " + sentence(problem))


def _confirm_seats(house: House, company: Company, say: Say) -> None:
    rows = meetings(house).rows
    seats = sum(len(row.seats) for row in rows)
    empty = sum(row.open for row in rows)
    say(t("{meetings} customer meetings found, {seats} seats proposed from the calendars, {empty} open reviews ahead",
          meetings=len(rows), seats=seats, empty=empty))  # fmt: skip
    evidence: list[Evidence] = past_evidence(house, company)
    with house.workspace() as tx:
        there = {item.id for item in tx.seats.evidence()}
        for item in evidence:
            if item.id not in there:
                tx.seats.add(item)
    say(t("{count} seats confirmed by leaders and hosts", count=len(evidence)))


def _who_joined(house: House, company: Company, say: Say) -> None:
    """Lay the join reports out as files, and take in those that are not left to be tried by hand."""
    folder = house.paths.home / "demo" / REPORTS
    folder.mkdir(exist_ok=True)
    taken = []
    for report in company.reports:
        path = folder / report.file
        if not path.exists():
            write_whole(path, report.content)
        if not report.taken:
            continue
        key = meeting_id(report.uid, rec_key(report.occurrence))
        try:
            taken.append(import_reports(house, key, [house.read_table(path)]))
        except Problem as problem:  # in a second run the meeting may have been forgotten
            say("  " + sentence(problem))
    say(t("Join reports taken in: {count}; leaders there: {met}, perhaps: {asked}; reports left for you to try: {left}",
          count=len(taken), met=sum(len(one.met) for one in taken), asked=sum(len(one.proposals) for one in taken),
          left=sum(not report.taken for report in company.reports)))  # fmt: skip


def _past_year(house: House, company: Company, say: Say) -> None:
    for name, folder, audience in ((SITE, "site", "company"), (TEAM_SITE, "site-finance", "team:Finance")):
        if name not in {channel.name for channel in channels.all_of(house)}:
            channels.add_place(house, "site", name, str(house.paths.home / folder), audience)
    takeaways, answers = past_takeaways(house, company), past_answers(house, company)
    with house.workspace() as tx:
        site = {channel.name: channel for channel in tx.takeaways.channels()}[SITE]
        known = {item.id for item in tx.takeaways.all()}
        for item in takeaways:
            if item.id in known:
                continue
            tx.takeaways.put(item)
            if item.audience == "company" and item.told_on is None:
                publishing.deliver_to(tx, item, site.id, house.clock())
        heard = {item.id for item in tx.takeaways.answers()}
        for answer in answers:
            if answer.id not in heard:
                tx.takeaways.put_answer(answer)
        begun = {item.id for item in tx.takeaways.actions()}
        for action in past_actions(house, company):
            if action.id not in begun:
                tx.takeaways.put_action(action)
    say(t("A past year to read: {count} takeaways, {answers} answers", count=len(takeaways), answers=len(answers)))


def _remember(house: House, company: Company, say: Say) -> None:
    contacts, facts = known_contacts(house, company), past_facts(house, company)
    with house.workspace() as tx:
        for contact in contacts:
            tx.customers.put_contact(contact)
        known = {fact.id for fact in tx.facts.all()}
        for fact in facts:
            if fact.id not in known:
                tx.facts.put(fact)
    say(t("Remembered of customers: {facts} facts; {people} of their people by their work", facts=len(facts),
          people=len(contacts)))  # fmt: skip


def _arrange(house: House, say: Say) -> None:
    made = arrange(house)
    say(t("Arranged by ops: a target with its reason, a leave; seats on their way: {count}",
          count=made))  # fmt: skip


def _show_board(house: House, say: Say) -> None:
    found = board(house)
    say(t("Board, {period}: {sentence}", period=found.period.label, sentence=directors(found.facts)))


def _prepare(house: House, say: Say) -> None:
    """Dana's brief for her next meeting, as it is printed; where Qt cannot draw, without the paper."""
    meeting = preparing.mine_next(house)
    preparing.expect(house, meeting, "That we are late too often.")
    brief = preparing.brief_for(house, meeting)
    path = house.paths.home / "demo" / "brief.pdf"
    try:
        write_whole(path, house.render_pdf(house.render_brief(brief, brief.language).paper))
    except Problem as problem:
        say("  " + sentence(problem))
        return
    say(t("Dana's brief: {customer} on {day}, one page, printed to {path}", customer=brief.customer,
          day=day_month(day_of(brief.start, brief.zone)), path=path))  # fmt: skip


def _write_lines(house: House, note_id: str, about: str, lines: tuple[tuple[str, str], ...]) -> None:
    """The lines at the times at which they were heard, seven minutes apart."""
    with house.workspace(write=False) as tx:
        meeting = tx.meetings.get(about)
    start = meeting.start if meeting else house.clock()
    for at, (mark, words) in enumerate(lines):
        kind: Mark = mark  # type: ignore[assignment]
        listening.write_line(house, note_id, at, Line(new_id(), start + timedelta(minutes=6 + 7 * at), kind, words))


def _listen_and_tell(house: House, company: Company, say: Say) -> Takeaway:
    plan = company.note
    about = meeting_id(plan.uid, rec_key(plan.occurrence))
    note = listening.open_note(house, about)
    if not note.lines:
        _write_lines(house, note.id, about, plan.lines)
    listening.expect(house, note.id, plan.expected)
    note = listening.answer(house, note.id, plan.said, plan.scene, plan.surprise)
    say(t("Dana's note: {lines} lines, kept on this device only", lines=len(note.lines)))
    write_whole(house.paths.home / "demo" / "note.md", to_markdown(note, zone_name=company.zone).encode())
    done = next((item for item in publishing.all_of(house) if item.meeting_id == about and not item.withdrawn), None)
    if done is None:
        draft = replace(
            publishing.begin(house, note.id), headline=plan.headline, audience=plan.audience,
            quote_role=plan.quote_role, goal=plan.goal, matters=plan.matters, will_do=plan.will_do,
            question=plan.question,
        )  # fmt: skip
        place = SITE if plan.audience == "company" else TEAM_SITE
        done = publishing.send(house, draft, Order((place,)))
    delivered = outbox.run(house)
    say(t("Published: {headline} ({count} pages brought up to date)", headline=done.headline, count=len(delivered)))
    return done
