"""A month in two small units: thirty-five dossiers of every common kind, on the real parts."""
