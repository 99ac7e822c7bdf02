"""The characters family."""
