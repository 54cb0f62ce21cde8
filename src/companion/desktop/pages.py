"""The pages of the window, in the order of the list; each is imported when it is shown first."""

from companion.basics.changes import Changes
from companion.desktop.frame import Frame, Page, PageInfo
from companion.words.language import mark


def _home(frame: Frame) -> Page:
    from companion.desktop.home.page import HomePage

    return HomePage(frame)


def _meetings(frame: Frame) -> Page:
    from companion.desktop.meetings.page import MeetingsPage

    return MeetingsPage(frame)


def _brief(frame: Frame) -> Page:
    from companion.desktop.brief.page import BriefPage

    return BriefPage(frame)


def _listen(frame: Frame) -> Page:
    from companion.desktop.listen.page import ListenPage

    return ListenPage(frame)


def _takeaway(frame: Frame) -> Page:
    from companion.desktop.takeaway.page import TakeawayPage

    return TakeawayPage(frame)


def _read(frame: Frame) -> Page:
    from companion.desktop.read.page import ReadPage

    return ReadPage(frame)


def _customers(frame: Frame) -> Page:
    from companion.desktop.customers.page import CustomersPage

    return CustomersPage(frame)


def _customer(frame: Frame) -> Page:
    from companion.desktop.customer.page import CustomerPage

    return CustomerPage(frame)


def _search(frame: Frame) -> Page:
    from companion.desktop.search.page import SearchPage

    return SearchPage(frame)


def _board(frame: Frame) -> Page:
    from companion.desktop.board.page import BoardPage

    return BoardPage(frame)


def _plan(frame: Frame) -> Page:
    from companion.desktop.plan.page import PlanPage

    return PlanPage(frame)


def _time(frame: Frame) -> Page:
    from companion.desktop.time.page import TimePage

    return TimePage(frame)


def _programme(frame: Frame) -> Page:
    from companion.desktop.programme.page import ProgrammePage

    return ProgrammePage(frame)


def _settings(frame: Frame) -> Page:
    from companion.desktop.settings.page import SettingsPage

    return SettingsPage(frame)


def _templates(frame: Frame) -> Page:
    from companion.desktop.templates.page import TemplatesPage

    return TemplatesPage(frame)


def _calendars(frame: Frame) -> Page:
    from companion.desktop.health.page import HealthPage

    return HealthPage(frame)


def _rules(frame: Frame) -> Page:
    from companion.desktop.rules.page import RulesPage

    return RulesPage(frame)


def _answers(frame: Frame) -> Page:
    from companion.desktop.answers.page import AnswersPage

    return AnswersPage(frame)


def _outbox(frame: Frame) -> Page:
    from companion.desktop.outbox.page import OutboxPage

    return OutboxPage(frame)


def _card(frame: Frame) -> Page:
    from companion.desktop.card.page import CardPage

    return CardPage(frame)


def _report(frame: Frame) -> Page:
    from companion.desktop.report.page import ReportPage

    return ReportPage(frame)


def _held(frame: Frame) -> Page:
    from companion.desktop.held.page import HeldPage

    return HeldPage(frame)


def _weekly(frame: Frame) -> Page:
    from companion.desktop.weekly.page import WeeklyPage

    return WeeklyPage(frame)


def _audit(frame: Frame) -> Page:
    from companion.desktop.audit.page import AuditPage

    return AuditPage(frame)


def _first(frame: Frame) -> Page:
    from companion.desktop.first.page import FirstPage

    return FirstPage(frame)


_SEATS = Changes.MEETINGS | Changes.ATTENDANCE | Changes.PEOPLE | Changes.CUSTOMERS | Changes.PROGRAMME
PAGES: tuple[PageInfo, ...] = (
    PageInfo("home", mark("Home"), _home, _SEATS | Changes.TAKEAWAYS | Changes.NOTES | Changes.CALENDARS),
    PageInfo("meetings", mark("Meetings"), _meetings, _SEATS | Changes.TAKEAWAYS | Changes.NOTES),
    PageInfo("brief", mark("Brief"), _brief, _SEATS | Changes.TAKEAWAYS, "hidden", under="meetings"),
    PageInfo("listen", mark("Listen"), _listen, Changes.NOTES, "hidden", under="meetings"),
    PageInfo("takeaway", mark("Takeaway"), _takeaway, Changes.TAKEAWAYS, "hidden", under="meetings"),
    PageInfo("read", mark("Read"), _read, Changes.TAKEAWAYS | Changes.CUSTOMERS | Changes.PEOPLE | Changes.NOTES),
    PageInfo("answers", mark("Answers"), _answers, Changes.TAKEAWAYS | Changes.PEOPLE, "hidden", under="read"),
    PageInfo("customers", mark("Customers"), _customers, _SEATS | Changes.TAKEAWAYS, "ops"),
    PageInfo(
        "customer", mark("Customer"), _customer, _SEATS | Changes.TAKEAWAYS | Changes.NOTES, "hidden",
        under="customers",
    ),
    PageInfo("search", mark("Search"), _search, _SEATS | Changes.TAKEAWAYS | Changes.NOTES, "more"),
    PageInfo("board", mark("Board"), _board, _SEATS | Changes.TAKEAWAYS, "ops"),
    PageInfo("plan", mark("Plan the open seats"), _plan, _SEATS, "hidden", under="board"),
    PageInfo("weekly", mark("Weekly mails"), _weekly, _SEATS | Changes.TAKEAWAYS, "more"),
    PageInfo("audit", mark("Audit"), _audit, _SEATS, "more"),
    PageInfo("programme", mark("Programme"), _programme, _SEATS, "more"),
    PageInfo("time", mark("My time"), _time, _SEATS | Changes.CALENDARS, "more"),
    PageInfo(
        "settings", mark("Settings"), _settings,
        Changes.CALENDARS | Changes.PEOPLE | Changes.TAKEAWAYS | Changes.PROGRAMME, "bottom",
    ),
    PageInfo("templates", mark("Questions of a note"), _templates, Changes.PROGRAMME, "hidden", under="settings"),
    PageInfo("calendars", mark("Calendars"), _calendars, Changes.CALENDARS, "hidden", under="settings"),
    PageInfo(
        "rules", mark("What counts as a customer meeting"), _rules,
        Changes.PROGRAMME | Changes.CUSTOMERS | Changes.PEOPLE | Changes.CALENDARS, "hidden", under="settings",
    ),
    PageInfo(
        "outbox", mark("Outbox"), _outbox, Changes.TAKEAWAYS | Changes.PEOPLE | Changes.PROGRAMME, "hidden",
        under="settings",
    ),
    PageInfo(
        "card", mark("Opening card"), _card, Changes.TAKEAWAYS | Changes.PEOPLE | Changes.CUSTOMERS, "hidden",
        under="read",
    ),
    PageInfo("report", mark("Programme report"), _report, _SEATS | Changes.TAKEAWAYS, "hidden", under="board"),
    PageInfo(
        "held", mark("What is held about me"), _held, _SEATS | Changes.TAKEAWAYS | Changes.NOTES | Changes.CALENDARS,
        "hidden", under="settings",
    ),
    PageInfo("first", mark("Welcome"), _first, Changes.EVERYTHING, "bare"),
)  # fmt: skip
