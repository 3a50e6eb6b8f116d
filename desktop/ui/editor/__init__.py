"""The editor of one dossier, built from the form definitions: no form has a widget of its own."""
