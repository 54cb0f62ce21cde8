"""Microsoft 365: signing in, calendars, who really joined, who is free."""
