"""Customers: the list and a page of each."""
