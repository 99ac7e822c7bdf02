"""The copies family."""
