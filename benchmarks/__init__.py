"""Speed beside peers, repeatable: everything is made here, nothing is fetched."""
