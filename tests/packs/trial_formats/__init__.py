"""Formats of a third party, as the tests use them."""
