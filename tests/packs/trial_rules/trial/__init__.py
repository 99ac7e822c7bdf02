"""Tiny rules."""
