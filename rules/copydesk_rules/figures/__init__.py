"""The figures family."""
