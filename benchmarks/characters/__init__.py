"""Speed of the family characters, beside ftfy."""
