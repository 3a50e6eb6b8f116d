"""Lists of payees: import from spreadsheets, the grid with what is doubtful, the sums that must agree."""
