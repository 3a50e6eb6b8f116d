"""The one style sheet: variants are chosen by the properties `k` (kind), `state` and `tint`, never by inline styles."""

from __future__ import annotations

from desktop.ui.tokens import Tokens

TEMPLATE = """
QMainWindow, QDialog { background: $app; }
QWidget { color: $text; }
QLabel { padding-top: 1px; background: transparent; }
QLabel[k="h1"] { font-size: ${pt15}; font-weight: 600; padding-top: 2px; }
QLabel[k="h2"] { font-size: ${pt11_5}; font-weight: 600; }
QLabel[k="title"] { font-size: ${pt10_5}; font-weight: 600; }
QLabel[k="strong"] { font-weight: 600; }
QLabel[k="medium"] { font-weight: 500; }
QLabel[k="muted"] { color: $muted; }
QLabel[k="caption"] { color: $muted; font-size: ${pt9}; }
QLabel[k="captionstrong"] { font-size: ${pt9}; font-weight: 600; }
QLabel[k="section"] { font-size: ${pt9_5}; font-weight: 600; }
QLabel[k="key"] { font-size: ${pt15}; font-weight: 500; padding-top: 2px; }
QLabel[k="keycap"] { font-size: ${pt8_5}; color: $muted; font-weight: 600; background: $surface;
  border: 1px solid $line; border-bottom: 2px solid $line; border-radius: 3px; padding: 0px 4px; }
QLabel[k="number"] { font-size: ${pt11}; color: $muted; font-weight: 500; }
QLabel[k="equals"] { font-size: ${pt11_5}; font-weight: 600; }
QLabel[k="count"] { background: ${red_ink}; color: $surface; border-radius: ${px8}; font-size: ${pt8_5};
  font-weight: 700; padding: 0px ${px5}; margin-right: ${px8}; min-height: ${px18}; max-height: ${px18}; }

QFrame[k="card"] { background: $surface; border: 1px solid $line; border-radius: 5px; }
QFrame[k="strip"] { background: $surface; border: 1px solid $line; border-left: 4px solid $muted;
  border-top-left-radius: 0px; border-bottom-left-radius: 0px; border-top-right-radius: 4px;
  border-bottom-right-radius: 4px; }
QFrame[k="plain"] { background: transparent; border: none; }
QFrame[k="head"] { background: $surface; border: none; border-bottom: 1px solid $line; }
QFrame[k="foot"] { background: $subtle; border: none; border-top: 1px solid $line; }
QFrame[k="tablefoot"] { background: $subtle; border: none; border-top: 1px solid $line;
  border-bottom-left-radius: 5px; border-bottom-right-radius: 5px; }
QFrame[k="rule"] { background: $line2; border: none; max-height: 1px; min-height: 1px; }
QFrame[k="vrule"] { background: $line; border: none; max-width: 1px; min-width: 1px; }
QFrame[k="dialogbody"] { background: $surface; border: none; }
QFrame[k="paperdesk"] { background: ${paper_desk}; border: none; }

QFrame#nav { background: $nav; border: none; }
QFrame#navHead { border: none; border-bottom: 1px solid $nav_active; background: $nav; }
QFrame#navFoot { border: none; border-top: 1px solid $nav_active; background: $nav; }
QFrame#nav QLabel { color: $nav_text; }
QFrame#nav QLabel[k="navname"] { font-size: ${pt11}; font-weight: 600; color: #FFFFFF; }
QFrame#nav QLabel[k="navmuted"] { font-size: ${pt9}; color: $nav_muted; }
QFrame#nav QLabel[k="avatar"] { background: $nav_active; border-radius: ${px14}; font-weight: 600; font-size: ${pt9};
  padding: 0px; qproperty-alignment: AlignCenter; }
QToolButton[k="nav"] { background: transparent; color: $nav_text; border: none; border-left: 4px solid transparent;
  border-radius: 0px; text-align: left; padding: 0px 8px 0px 7px; font-weight: 500; }
QToolButton[k="nav"]:hover { background: #1C3650; }
QToolButton[k="nav"]:checked { background: $nav_active; border-left: 4px solid #7DB7F2; font-weight: 600;
  color: #FFFFFF; }
QToolButton[k="nav"]:focus { border-left: 4px solid #FFFFFF; }
QToolButton[k="navicon"] { background: transparent; border: 2px solid transparent; border-radius: 4px; }
QToolButton[k="navicon"]:focus { border: 2px solid #7DB7F2; }
QLabel[k="navbadge"] { background: #33506D; color: #FFFFFF; border-radius: ${px8}; font-size: ${pt9}; font-weight: 600;
  padding: 0px ${px7}; min-height: ${px18}; max-height: ${px18}; }

QPushButton { background: $surface; border: 1px solid $control; border-radius: 4px; padding: 0px 11px;
  min-height: ${px28}; font-weight: 600; }
QPushButton:hover { background: $subtle; }
QPushButton:pressed { background: $line2; }
QPushButton:focus { border: 2px solid $focus; padding: 0px 10px; min-height: ${px26}; }
QPushButton:disabled { color: $faint; background: $subtle; border-color: $line; }
QPushButton[k="primary"] { background: $accent; border: 1px solid $accent; color: ${on_accent}; }
QPushButton[k="primary"]:hover { background: ${accent_hover}; }
QPushButton[k="primary"]:focus { border: 2px solid $text; }
QPushButton[k="primary"]:disabled { background: $line2; border-color: $line; color: $faint; }
QPushButton[k="small"] { min-height: ${px24}; padding: 0px 8px; font-size: ${pt9}; }
QPushButton[k="small"]:focus { min-height: ${px22}; padding: 0px 7px; }
QPushButton[k="big"] { min-height: ${px34}; padding: 0px 16px; }
QPushButton[k="bigprimary"] { min-height: ${px34}; padding: 0px 18px; background: $accent; border: 1px solid $accent;
  color: ${on_accent}; }
QPushButton[k="bigprimary"]:hover { background: ${accent_hover}; }
QPushButton[k="bigprimary"]:focus { border: 2px solid $text; }
QPushButton[k="bigprimary"]:disabled { background: $line2; border-color: $line; color: $faint; }
QPushButton[k="link"] { background: transparent; border: none; color: ${blue_ink}; padding: 0px 4px;
  min-height: ${px24};  font-size: ${pt9}; }
QPushButton[k="link"]:focus { border: 2px solid $focus; }
QPushButton[k="back"] { background: transparent; border: none; color: $muted; font-weight: 500; padding: 0px 6px; }
QPushButton[k="back"]:focus { border: 2px solid $focus; }
QPushButton[k="chip"] { border-radius: ${px12}; min-height: ${px24}; max-height: ${px24}; padding: 0px 9px;
  font-weight: 600;
  font-size: ${pt9}; }
QPushButton[k="chip"]:focus { border: 2px solid $focus; padding: 0px 8px; min-height: ${px22}; max-height: ${px22}; }
QPushButton[k="chip"]:checked { background: $accent; border-color: $accent; color: ${on_accent}; }
QPushButton[k="chip"]:checked:focus { border: 2px solid $text; }
QToolButton[k="rail"] { background: transparent; border: 2px solid transparent; border-left: 4px solid transparent;
  border-radius: 0px; text-align: left; padding: 0px 6px 0px 6px; font-weight: 500; }
QToolButton[k="rail"]:hover { background: $subtle; }
QToolButton[k="rail"]:checked { background: $sel; border-left: 4px solid $accent; font-weight: 600; }
QToolButton[k="rail"]:focus { border: 2px solid $focus; border-left: 4px solid $focus; }
QToolButton[k="rail"]:disabled { color: $faint; }
QPushButton[k="person"] { text-align: left; min-height: ${px46}; padding: 0px 10px; border-radius: 4px; }
QPushButton[k="person"]:checked { background: $sel; border: 2px solid $focus; }
QToolButton[k="icon"] { background: transparent; border: 2px solid transparent; border-radius: 4px; padding: 0px;
  min-width: ${px26}; min-height: ${px26}; }
QToolButton[k="icon"]:hover { background: $subtle; }
QToolButton[k="icon"]:focus { border: 2px solid $focus; }

QLineEdit, QComboBox, QPlainTextEdit { background: $surface; border: 1px solid $control; border-radius: 4px;
  padding: 0px 8px; min-height: ${px26}; selection-background-color: $accent; selection-color: ${on_accent};
  placeholder-text-color: $faint; }
QPlainTextEdit { padding: 1px 4px; }
QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus { border: 2px solid $focus; padding: 0px 7px;
  min-height: ${px24}; }
QPlainTextEdit:focus { padding: 0px 3px; }
QLineEdit:read-only { background: $subtle; border-color: $line; color: $text; }
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled { background: $subtle; border-color: $line;
  color: $text; }
QLineEdit[state="error"], QComboBox[state="error"], QPlainTextEdit[state="error"] { border: 2px solid ${red_ink};
  background: ${red_paper}; padding: 0px 7px; min-height: ${px24}; }
QLineEdit[state="warning"], QComboBox[state="warning"], QPlainTextEdit[state="warning"] {
  border: 2px solid ${amber_ink}; background: ${amber_paper}; padding: 0px 7px; min-height: ${px24}; }
QLineEdit[k="pin"], QLineEdit[k="password"] { min-height: ${px32}; font-size: ${pt11}; }
QLineEdit[k="pin"]:focus, QLineEdit[k="password"]:focus { min-height: ${px30}; }
QLineEdit[k="cell"] { border: 2px solid $focus; border-radius: 0px; padding: 0px 5px; min-height: 10px; }
QComboBox::drop-down { border: none; width: ${px20}; }
QComboBox::down-arrow { image: url("${img_down}"); width: ${px14}; height: ${px14}; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $control; selection-background-color: $sel;
  selection-color: $text; outline: none; }
QCheckBox { spacing: 7px; background: transparent; padding: 2px 2px; border: 1px solid transparent;
  border-radius: 3px; }
QCheckBox:focus { border: 2px solid $focus; padding: 1px 1px; }
QCheckBox:disabled { color: $muted; }
QRadioButton { spacing: 8px; background: transparent; padding: 3px 4px; border: 1px solid transparent;
  border-radius: 3px; }
QRadioButton:focus { border: 2px solid $focus; padding: 2px 3px; }
QRadioButton::indicator { width: ${px14}; height: ${px14}; border: ${px1} solid $control; border-radius: ${px8};
  background: $surface; }
QRadioButton::indicator:checked { width: ${px6}; height: ${px6}; border: ${px5} solid $accent; }
QListView[k="plain"] { background: $surface; border: none; outline: none; }
QListView[k="plain"]::item { padding: 5px 8px; border-left: 3px solid transparent; }
QListView[k="plain"]::item:selected { background: $sel; color: $text; border-left: 3px solid $focus; }
QListView[k="plain"]::item:disabled { color: $muted; padding: 8px 8px 2px 8px; }
QCheckBox::indicator, QTableView::indicator { width: ${px16}; height: ${px16}; border: 1px solid $control;
  border-radius: 3px; background: $surface; }
QCheckBox::indicator:checked, QTableView::indicator:checked { background: $accent; border-color: $accent;
  image: url("${img_check}"); }
QCheckBox::indicator:disabled { background: $subtle; border-color: $line; }
QCheckBox::indicator:checked:disabled, QTableView::indicator:checked:disabled { background: $subtle;
  border-color: $line; image: url("${img_check_off}"); }

QTableView { background: $surface; border: none; outline: none; gridline-color: $line2;
  selection-background-color: $sel;
  selection-color: $text; }
QTableView[k="grid"] { border: 1px solid $line; gridline-color: $line; }
QHeaderView { background: $subtle; border: none; }
QHeaderView::section { background: $subtle; color: $muted; font-size: ${pt9}; font-weight: 600; border: none;
  border-right: 1px solid $line2; border-bottom: 1px solid $line; padding: 1px 8px 0px 8px; }
QTableView[k="grid"] QHeaderView::section { padding: 1px 6px 0px 6px; }
QHeaderView::section:last { border-right: none; }
QHeaderView::down-arrow, QHeaderView::up-arrow { width: 0px; height: 0px; }
QTableCornerButton::section { background: $subtle; border: none; border-bottom: 1px solid $line;
  border-right: 1px solid $line2; }

QScrollArea { background: transparent; border: none; }
QScrollArea:focus { border: 2px solid $focus; }
QWidget#scrolled { background: $surface; }
QWidget#paperScrolled { background: ${paper_desk}; }
QScrollBar:vertical { background: transparent; width: 9px; margin: 1px; }
QScrollBar::handle:vertical { background: $control; border-radius: 3px; min-height: 28px; }
QScrollBar:horizontal { background: transparent; height: 9px; margin: 1px; }
QScrollBar::handle:horizontal { background: $control; border-radius: 3px; min-width: 28px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0px; height: 0px; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: transparent; }

QTabBar { background: transparent; border: none; }
QTabBar::tab { background: transparent; color: $muted; padding: 0px 14px; min-height: ${px32};
  border: 1px solid transparent;
  border-top: 3px solid transparent; font-weight: 600; }
QTabBar::tab:selected { background: $surface; color: $text; border: 1px solid $line;
  border-top: 3px solid $focus; border-bottom: 1px solid $surface; }
QTabBar::tab:selected:focus { border: 2px solid $focus; border-top: 3px solid $focus; }
QStatusBar { background: $surface; border-top: 1px solid $line; min-height: ${px28}; }
QStatusBar::item { border: none; }
QStatusBar QLabel { font-size: ${pt9}; padding-bottom: 1px; }
QStatusBar QLabel[k="link"] { font-weight: 600; }
QMenu { background: $surface; border: 1px solid $control; padding: 4px; }
QMenu::item { padding: 5px 18px 5px 10px; border-radius: 3px; }
QMenu::item:selected { background: $sel; }
QToolTip { background: $surface; color: $text; border: 1px solid $control; padding: 3px 6px; }
QFrame#lookup { background: $surface; border: 1px solid $control; border-radius: 5px; }
QFrame#toast { background: $nav; border: none; border-radius: 5px; }
QFrame#toast QLabel { color: #FFFFFF; }
QFrame#toast QPushButton { background: transparent; border: 1px solid $nav_muted; color: #FFFFFF; }
QFrame#brand { background: $nav; border: none; }
QFrame#brand QLabel { color: $nav_muted; font-size: ${pt9_5}; }
QFrame#brand QLabel[k="brandname"] { color: #FFFFFF; font-size: ${pt19}; font-weight: 700; padding-top: 3px; }
QFrame#brand QLabel[k="brandunit"] { color: #FFFFFF; font-size: ${pt15}; font-weight: 600; padding-top: 2px; }
QFrame#brand QLabel[k="brandstrong"] { color: #FFFFFF; font-size: ${pt10}; font-weight: 600; }
QPushButton[k="brand"] { background: transparent; border: 1px solid $nav_muted; color: $nav_text; }
QPushButton[k="brand"]:hover { background: $nav_active; }
QPushButton[k="brand"]:focus { border: 2px solid #7DB7F2; }
QLabel[k="face"] { background: $used; color: #FFFFFF; border-radius: ${px16}; font-weight: 600; padding: 0px; }
QToolButton[k="mini"] { background: transparent; border: 2px solid transparent; border-radius: 4px; padding: 0px;
  min-width: ${px20}; min-height: ${px20}; }
QToolButton[k="mini"]:focus { border: 2px solid $focus; }
QLabel[k="h0"] { font-size: ${pt19}; font-weight: 500; padding-top: 3px; }
"""

_PER_TINT = """
QLabel[tint="{name}"] {{ color: {ink}; }}
QFrame[k="banner"][tint="{name}"] {{ background: {paper}; border: 1px solid {edge}; border-left: 4px solid {ink};
  border-top-left-radius: 0px; border-bottom-left-radius: 0px; border-top-right-radius: 4px;
  border-bottom-right-radius: 4px; }}
QFrame[k="strip"][tint="{name}"] {{ border-left: 4px solid {ink}; }}
QFrame[k="badge"][tint="{name}"] {{ background: {paper}; border: 1px solid {edge}; border-radius: 4px; }}
QFrame[k="badge"][tint="{name}"] QLabel, QFrame[k="banner"][tint="{name}"] QLabel[k="captionstrong"],
QFrame[k="banner"][tint="{name}"] QLabel[k="strong"] {{ color: {ink}; }}
"""


def rules_for_tints(look: Tokens) -> str:
    """Give the rules of labels, banners and badges, once per state colour."""
    return "".join(
        _PER_TINT.format(name=name, ink=tint.ink, paper=tint.paper, edge=tint.edge) for name, tint in look.tints.items()
    )
