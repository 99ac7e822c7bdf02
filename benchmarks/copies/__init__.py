"""Finding copies beside other tools, on text made here."""
