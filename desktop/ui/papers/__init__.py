"""«Giấy từ Kho bạc»: what only others write, to be read and printed."""
