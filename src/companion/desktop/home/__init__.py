"""Home: what is next and what needs me."""
