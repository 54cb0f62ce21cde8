"""Settings: calendars, people, channels, privacy, look."""
