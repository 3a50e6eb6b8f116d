"""Files in and out that are not the wire: vouchers, spreadsheets and the printed forms."""
