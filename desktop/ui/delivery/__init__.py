"""The place «Gửi kho bạc»: will it get there today, and what has come back."""
