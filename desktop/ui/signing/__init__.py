"""The place «Ký số»: whose signature is missing, and signing a whole batch with one PIN."""
