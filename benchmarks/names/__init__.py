"""How fast names are found and compared, beside simpler ways."""
