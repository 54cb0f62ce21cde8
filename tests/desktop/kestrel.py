"""What the page of a customer is tried on: Kestrel, and its rows."""

from companion.desktop.customer.row import KnownRow


def customer(house, name="Kestrel Plumbing Supply"):
    with house.workspace(write=False) as tx:
        return tx.customers.by_name(name).id


def row(page, key):
    return next(one for one in page.findChildren(KnownRow) if one.shown.key == key and one.isVisibleTo(page))


def calm(page, qtbot):
    qtbot.waitUntil(lambda: page.frame.tasks.busy == 0 and not page._left and not page._built)
