"""The place «Hồ sơ»: where is dossier X, and what happened to it."""
