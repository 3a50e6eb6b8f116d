"""The place «Số dư & dự toán»: how much is left."""
