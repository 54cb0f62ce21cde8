"""The opening card as a picture."""
