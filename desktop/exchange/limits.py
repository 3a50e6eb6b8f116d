"""Says how much of a foreign file is ever read: far above honest files, far below what hurts an old PC."""

MEBIBYTE = 1 << 20

MAX_DVC_FILE = 4 * MEBIBYTE
"""Bytes of a voucher file on disk, ZIP or XML; honest ones have 2 to 50 KB."""

MAX_DVC_XML = 8 * MEBIBYTE
"""Bytes of the voucher XML after unpacking."""

MAX_ZIP_RATIO = 200
"""Unpacked bytes for one packed byte; honest voucher XML reaches about 20."""

MAX_ZIP_DIRECTORY = 1 * MEBIBYTE
"""Bytes of a ZIP's list of members: some ten thousand names."""

MAX_XML_DEPTH = 16
"""Nested elements; an honest voucher has 8."""

MAX_XML_ELEMENTS = 200_000
"""Elements of one voucher; 5,000 lines of 20 properties."""

MAX_XML_TEXT = 4_000
"""Characters of one value."""

MAX_DVC_LINES = 5_000
"""Lines of one voucher."""

MAX_SHEET_FILE = 5 * MEBIBYTE
"""Bytes of a spreadsheet or CSV file on disk."""

MAX_SHEET_UNPACKED = 8 * MEBIBYTE
"""Bytes of all members of an XLSX together after unpacking; 5,000 payees take about 2."""

MAX_SHEET_MEMBERS = 500
"""Members of an XLSX; an honest list has about 12."""

MAX_SHEET_ROWS = 5_000
"""Rows of a list that are read; the longest list of a small unit has some hundreds."""

MAX_SHEET_COLUMNS = 64
"""Columns that are looked at."""

MAX_CELL_TEXT = 1_000
"""Characters of one cell."""

MAX_SHEETS = 10
"""Sheets of a workbook that are looked at."""

MAX_SHEET_TEXT = 16 * MEBIBYTE
"""Characters of all cells of a workbook together."""

MAX_CHILD_MEMORY = 768 * MEBIBYTE
"""Bytes of address space of the process that reads .xls and .ods; an honest list takes about 200 MB of it."""

CHILD_SECONDS = 30.0
"""Time for that process: starting Python on a slow disk takes several seconds, an honest file less than one."""

SNIFF_BYTES = 4_096
"""Bytes read to say what a file is."""

MAX_SNIFF_ZIP = 64 * MEBIBYTE
"""Bytes of a ZIP whose names are listed to say what it is; a package with many scans has some tens."""
