"""A pack of tiny rules, to try the engine with."""
