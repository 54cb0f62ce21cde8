"""Is this event a customer meeting, of which customer, and why; one meeting seen in several calendars."""
