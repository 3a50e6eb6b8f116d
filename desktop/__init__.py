"""The offline-first client with which a budget unit sends payment dossiers to the State Treasury."""

__version__ = "0.1.0"
