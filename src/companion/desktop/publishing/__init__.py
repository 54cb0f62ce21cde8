"""Publishing from the window: preview, undo, what is told afterwards, and what is taken back."""
