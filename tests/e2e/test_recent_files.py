"""No list of recent files anywhere names what was opened or saved; the same dialog without our settings leaves one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

CHOOSE = """
import sys
from PySide6.QtWidgets import QApplication, QFileDialog
from desktop.ui.program import application
app = application() if sys.argv[1] == "ours" else QApplication([])
dialog = QFileDialog(None, "Mở", sys.argv[2])
dialog.selectFile("bang-luong-moc.pdf")
dialog.show()
dialog.accept()
print(dialog.selectedFiles()[0], dialog.testOption(QFileDialog.Option.DontUseNativeDialog))
del dialog
app.processEvents()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="Windows keeps settings in the registry")
@pytest.mark.parametrize("whose", ["ours", "plain"])
def test_a_chosen_file_is_not_remembered(tmp_path: Path, whose: str) -> None:
    home, folder = tmp_path / "home", tmp_path / "thu-muc-moc"
    home.mkdir()
    folder.mkdir()
    (folder / "bang-luong-moc.pdf").write_bytes(b"%PDF-1.7")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(home), "TMPDIR": str(home)}
    environment |= {"XDG_CONFIG_HOME": str(home / ".config"), "XDG_DATA_HOME": str(home / ".local")}
    ran = subprocess.run(
        [sys.executable, "-c", CHOOSE, whose, str(folder)], env=environment, capture_output=True, text=True, check=True
    )
    assert "bang-luong-moc.pdf" in ran.stdout
    naming = [path.name for path in home.rglob("*") if path.is_file() and b"moc" in path.read_bytes()]
    assert naming == ([] if whose == "ours" else ["QtProject.conf"])
