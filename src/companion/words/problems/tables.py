"""Problems of tables that people bring, and of what is counted."""

from companion.words.language import mark

SENTENCES: dict[str, str] = {
    "period_wrong": mark("{value} is not a period. Write a year (2026), months (2026-04..2027-03) or rolling."),
    "table_empty": mark("The table has no rows. Its first row names the columns: {columns}."),
    "table_is_page": mark("This is a web page, not a table. Save the table itself as CSV, with the columns {columns}."),
    "table_column_missing": mark(
        "The column {missing} is missing, so nothing could come in. The first row has to name the columns: {columns}."
    ),
    "table_columns_absent": mark(
        "There is no column {missing}; what it would say was left as it is. Add it if it should come in."
    ),
    "table_broken": mark("The table cannot be read from about row {row} on ({reason}). Save it again as CSV."),
    "table_unreadable": mark("{path} cannot be read ({reason}). Check the name and your rights to it."),
    "table_too_big": mark("{path} is too big for a table ({size} MB; at most {most} MB). Split it."),
    "table_kind_unknown": mark("{path} is no table this app can read. Save it as CSV or as an Excel workbook (.xlsx)."),
    "row_too_long": mark(
        "Row {row} has {cells} cells, but there are {columns} columns. Put quotes round text that holds the separator."
    ),
    "row_quote_open": mark("Row {row} opens a quotation mark and never closes it. Close it, or write it twice."),
    "row_cell_missing": mark("Row {row}: {column} is empty. Fill it in."),
    "row_date_wrong": mark("Row {row}: {value} is not a date for {column}. Write it as 2026-11-21."),
    "row_time_wrong": mark("Row {row}: {value} is not a time for {column}. Write it as 2026-11-21 14:00."),
    "row_number_wrong": mark("Row {row}: {value} is not a whole number from 0 to {most} for {column}."),
    "row_address_wrong": mark("Row {row}: {value} is not a mail address for {column}. Write it as name@firm.example."),
    "row_group_target": mark(
        "Row {row}: {value} is a group, and only a person has a target. Empty its target, or change its role."
    ),
    "row_days_reversed": mark("Row {row}: the end, {end}, is before the start, {start}. Exchange or mend them."),
    "row_times_reversed": mark("Row {row}: the end, {end}, is not after the start, {start}. Mend one of them."),
    "row_too_far": mark("Row {row}: from {start} to {end} is longer than {days} days. Give each meeting its own row."),
    "row_language_unknown": mark("Row {row}: {value} is not a language of this app. Choose one of {known}."),
    "row_twice": mark("Row {row}: {value} is already in row {other}. Keep it in one of them."),
    "row_taken": mark("Row {row}: {value} already belongs to {owner}. Take it from one of them."),
    "row_domain_wrong": mark("Row {row}: {value} is not a mail domain. Write it as firm.example."),
    "row_domain_public": mark(
        "Row {row}: everybody can have an address at {value}. Give the customer's whole addresses instead."
    ),
    "row_domain_ours": mark("Row {row}: {value} is our own domain. Leave it out; the customer has another."),
    "row_customer_unknown": mark("Row {row}: there is no customer called {value}. Import the customer first."),
    "row_customer_misspelt": mark("Row {row}: there is no customer called {value}. Is it {near}?"),
    "row_person_unknown": mark("Row {row}: nobody of ours has the address {value}. Import the person first."),
    "row_zone_unknown": mark("Row {row}: there is no time zone called {value}. Use a name such as Europe/Warsaw."),
    "row_link_wrong": mark("Row {row}: {value} is not a web address. A join link begins with https://."),
    "row_state_unknown": mark("Row {row}: {value} is not a state of a seat. Use one of {known}."),
    "row_not_over": mark("Row {row}: {day} has not come yet, so nobody can have been there."),
    "row_meeting_unknown": mark(
        "Row {row}: no meeting with {customer} on {day} is known. Import the meeting first, or mend the date."
    ),
    "report_empty": mark(
        "This join report holds no people, so nothing was taken from it. That does not mean that nobody came."
    ),
    "report_unknown": mark(
        "This is no join report that can be read. Save the attendance report of Microsoft Teams, Zoom or Google Meet "
        "as it is, as CSV or Excel workbook."
    ),
    "report_cut": mark("The join report breaks off in row {row}, so nothing was taken from it. Download it again."),
    "report_short": mark(
        "The join report tells of {told} people and breaks off after {rows} (row {row}), so nothing was taken from it. "
        "Download it again."
    ),
    "report_time_wrong": mark(
        "Row {row} of the join report: {value} is no time or length that can be read, so nothing was taken from it. "
        "Download the report again, in English if need be."
    ),
    "report_in_file": mark("{file}: {told} Of the other files nothing was taken either."),
    "report_other_meeting": mark(
        "This join report is of another meeting: it begins at {report}, and “{title}” at {meeting}. "
        "Take it in at the meeting it belongs to; companion meetings lists them."
    ),
    "report_other_title": mark(
        "This join report is of “{other}”, not of “{title}”. Take it in at the meeting it belongs to; "
        "companion meetings lists them."
    ),
}
