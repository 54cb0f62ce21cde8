"""The window: the only room that imports PySide6. Pages decide, views lay out, work runs elsewhere."""
