"""The brief: its page in the window, and how it is printed."""
