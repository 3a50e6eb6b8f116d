"""The encrypted store of one unit, so that what was saved survives a power cut and stays secret."""
