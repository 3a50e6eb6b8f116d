"""Begin a dossier in plain words, or from last month's; say what it lacks and what differs."""
