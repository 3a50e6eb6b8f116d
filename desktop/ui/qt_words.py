"""Qt's own words in Vietnamese: dialogs of files and their buttons, for which Qt ships no translation."""

from __future__ import annotations

from PySide6.QtCore import QTranslator

_WORDS = {
    "Look in:": "Thư mục:",
    "&Look in:": "Th&ư mục:",
    "Files of &type:": "L&oại tệp:",
    "File &name:": "&Tên tệp:",
    "Files of type:": "Loại tệp:",
    "Directory:": "Thư mục:",
    "&Open": "&Mở",
    "&Save": "&Lưu",
    "&Choose": "&Chọn",
    "Open": "Mở",
    "Save": "Lưu",
    "OK": "Đồng ý",
    "&OK": "Đồng ý",
    "Cancel": "Thôi",
    "&Cancel": "Thôi",
    "Close": "Đóng",
    "Yes": "Có",
    "&Yes": "&Có",
    "No": "Không",
    "&No": "&Không",
    "Back": "Quay lại",
    "Go back": "Quay lại",
    "Forward": "Đi tiếp",
    "Go forward": "Đi tiếp",
    "Parent Directory": "Thư mục cha",
    "Go to the parent directory": "Lên thư mục cha",
    "Create New Folder": "Tạo thư mục mới",
    "Create a New Folder": "Tạo thư mục mới",
    "New Folder": "Thư mục mới",
    "&New Folder": "Thư mục &mới",
    "List View": "Dạng danh sách",
    "Change to list view mode": "Xem dạng danh sách",
    "Detail View": "Dạng chi tiết",
    "Change to detail view mode": "Xem dạng chi tiết",
    "&Rename": "Đổi &tên",
    "&Delete": "&Xóa",
    "Delete": "Xóa",
    "Show &hidden files": "Hiện tệp ẩ&n",
    "All Files (*)": "Mọi tệp (*)",
    "My Computer": "Máy tính",
    "Computer": "Máy tính",
    "Sidebar": "Nơi thường dùng",
    "Files": "Các tệp",
    "Name": "Tên",
    "Size": "Cỡ",
    "Type": "Loại",
    "Kind": "Loại",
    "Date Modified": "Sửa lúc",
    "File Folder": "Thư mục",
    "Folder": "Thư mục",
    "Drive": "Ổ đĩa",
    "Recent Places": "Nơi gần đây",
    "Remove": "Bỏ",
    "%1 already exists.\nDo you want to replace it?": "Đã có tệp %1.\nGhi đè lên tệp đó?",
    "%1\nFile not found.\nPlease verify the correct file name was given.": "Không thấy tệp\n%1.\nXem lại tên tệp.",
    "%1\nDirectory not found.\nPlease verify the correct directory name was given.": (
        "Không thấy thư mục\n%1.\nXem lại tên thư mục."
    ),
}


class QtWords(QTranslator):
    """Translates what Qt itself says; the program's own words are Vietnamese where they are written."""

    def isEmpty(self) -> bool:
        """Tell Qt that there are words here, though no file was loaded."""
        return False

    def translate(
        self, context: str, source_text: str, /, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        """Give the words for one of Qt's, None for what is to stay: an empty text would show as nothing."""
        del context, disambiguation, n
        return _WORDS.get(source_text)
