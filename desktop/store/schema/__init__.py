"""The schema as SQL text: numbered steps that once released never change, and the views over them."""
