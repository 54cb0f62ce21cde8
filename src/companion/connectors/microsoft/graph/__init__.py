"""Microsoft Graph: calendars as a source, join reports, free and busy."""
