"""The opening card in the window, and as a picture."""
