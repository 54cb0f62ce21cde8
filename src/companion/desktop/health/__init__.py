"""How the calendars stand: every account, its last runs, and what could not be read."""
