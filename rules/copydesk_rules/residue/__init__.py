"""The residue family."""
