"""Customers, their domains and people; whose address is this?"""
