"""The few parts every page is made of."""
