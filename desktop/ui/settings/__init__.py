"""«Danh mục & cài đặt»: who signs, whether tokens work, whom the unit trusts."""
