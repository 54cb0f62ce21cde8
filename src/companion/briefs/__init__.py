"""The one-page brief; its page comes with the issue that prepares a listener."""
