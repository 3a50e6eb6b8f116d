"""The offline-first client with which a budget unit sends payment dossiers to the State Treasury."""
