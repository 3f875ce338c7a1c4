#include "ui/theme/style_sheet.h"

#include "ui/theme/theme.h"

#include <array>
#include <utility>

namespace chronograd {

namespace {

constexpr const char16_t* sheet = uR"(
QToolTip { background: @card; color: @text; border: 1px solid @outline; padding: 4px 6px; }
QMainWindow { background: @ground; }
QMainWindow::separator { background: transparent; width: 10px; height: 10px; }
QMainWindow::separator:hover { background: @line; }
QMenuBar { background: @card; }
QMenuBar::item { padding: 4px 9px; background: transparent; border-radius: 4px; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: @controlFill; }
QMenu { background: @card; border: 1px solid @outline; padding: 4px; }
QMenu::item { padding: 5px 26px 5px 26px; border-radius: 4px; }
QMenu::item:selected { background: @controlFill; color: @text; }
QMenu::item:disabled { color: @textSecondary; }
QMenu::separator { height: 1px; background: @line; margin: 4px 8px; }

QPushButton, QToolButton {
    background: @controlFill; color: @text; border: 1px solid @line; border-radius: 4px; padding: 4px 10px;
}
QPushButton:hover, QToolButton:hover { border-color: @outline; }
QPushButton:focus, QToolButton:focus { border: 2px solid @backward; padding: 3px 9px; }
QPushButton:checked, QToolButton:checked, QPushButton[look="strong"], QToolButton[look="strong"] {
    background: @controlStrong; color: @textOnStrong; border-color: @controlStrong;
}
QPushButton:checked:focus, QToolButton:checked:focus,
QPushButton[look="strong"]:focus, QToolButton[look="strong"]:focus { border-color: @backward; }
QPushButton:disabled, QToolButton:disabled, QToolButton[look="strong"]:disabled { color: @textSecondary; background: @card; border-color: @line; }
QPushButton[look="compact"], QToolButton[look="compact"] { padding: 1px 8px; }
QPushButton[look="compact"]:focus, QToolButton[look="compact"]:focus { padding: 0px 7px; }
QToolButton[look="icon"], QFileDialog QToolButton { padding: 0px; }
QToolButton[look="quiet"] { background: transparent; border: 1px solid transparent; padding: 2px; }
QToolButton[look="quiet"]:hover { background: @controlFill; }
QToolButton[look="quiet"]:focus { border: 1px solid @backward; }
QToolButton[look="expander"] { background: transparent; border: 1px solid transparent; color: @textSecondary; padding: 2px 0px; }
QToolButton[look="expander"]:hover { color: @text; }
QToolButton[look="expander"]:focus { border: 1px solid @backward; padding: 2px 0px; }
QFrame[look="segments"] { background: @controlFill; border: 1px solid @line; border-radius: 5px; }
QPushButton[look="segment"] { background: transparent; border: 1px solid transparent; padding: 3px 7px; }
QPushButton[look="segment"]:hover { color: @text; border-color: @outline; }
QPushButton[look="segment"]:checked { background: @controlStrong; color: @textOnStrong; border-color: @controlStrong; }
QPushButton[look="segment"]:focus { border: 1px solid @backward; padding: 3px 7px; }
QPushButton[look="segment"]:checked:focus { border: 2px solid @backward; padding: 2px 6px; }

QPushButton[look="tight segment"] { background: transparent; border: 1px solid transparent; padding: 0px 6px; font-size: @smallSizept; }
QPushButton[look="tight segment"]:hover { color: @text; border-color: @outline; }
QPushButton[look="tight segment"]:checked { background: @controlStrong; color: @textOnStrong; border-color: @controlStrong; }
QPushButton[look="tight segment"]:focus { border: 1px solid @backward; }

QLineEdit {
    background: @card; color: @text; border: 1px solid @outline; border-radius: 4px; padding: 2px 6px;
    selection-background-color: @backward; selection-color: @textOnBackward;
}
QLineEdit:focus { border: 2px solid @backward; padding: 1px 5px; }
QLineEdit[look="name"] { font-weight: bold; }
QLineEdit[look="name"]:read-only { background: transparent; border-color: transparent; padding: 1px 0px; }
QLineEdit[pending="true"] { background: @warningGround; border-color: @warningText; }
QLineEdit[wrong="true"] { border: 2px solid @cut; padding: 1px 5px; }
QComboBox QAbstractItemView { background: @card; border: 1px solid @outline; selection-background-color: @controlFill;
    selection-color: @text; outline: 0; }

QSlider { min-height: 20px; }
QSlider::groove:horizontal { height: 4px; margin: 0 2px; border-radius: 2px; background: @line; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: @outline; }
QSlider::handle:horizontal { width: 14px; height: 14px; margin: -5px 0; border-radius: 7px; background: @controlStrong; }
QSlider::handle:horizontal:focus { border: 2px solid @backward; width: 14px; height: 14px; margin: -7px -2px; border-radius: 9px; }
QSlider[tone="k1"]::handle:horizontal, QSlider[tone="k1"]::sub-page:horizontal { background: @update; }
QSlider[tone="k2"]::handle:horizontal, QSlider[tone="k2"]::sub-page:horizontal { background: @backward; }
QSlider::handle:horizontal:disabled { background: @outline; }
QToolButton::menu-indicator { image: none; width: 0px; }
QPushButton::menu-indicator { subcontrol-origin: padding; subcontrol-position: right center; right: 6px; }
QPushButton[look="menu"] { padding-right: 22px; }
QPushButton[look="menu"]:focus { padding-right: 21px; }
QProgressBar { background: @line; border: none; border-radius: 3px; }
QProgressBar::chunk { background: @backward; border-radius: 3px; }

QLabel[look="secondary"] { color: @textSecondary; }
QLabel[look="heading"] { color: @textSecondary; font-weight: bold; }
QLabel[look="strong"] { font-weight: bold; }
QLabel[look="title"] { font-weight: bold; font-size: @titleSizept; }
QLabel[look="small"] { color: @textSecondary; font-size: @smallSizept; }
QLabel[look="backward"] { color: @backward; }
QLabel[look="error"] { color: @cut; font-size: @smallSizept; }
QLabel[look="pending"] { color: @warningText; font-size: @smallSizept; }
QLabel[tone="k1"] { color: @update; font-weight: bold; }
QLabel[tone="k2"] { color: @backward; font-weight: bold; }
QFrame[look="line"] { background: @line; border: none; max-height: 1px; min-height: 1px; }
QFrame[look="banner"] { background: @warningGround; border: 1px solid @warningLine; border-radius: 5px; }
QFrame[look="banner"] QLabel { color: @warningText; }
QFrame[look="bar"] { background: @card; border: none; border-bottom: 1px solid @line; }

QScrollArea { background: transparent; border: none; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @outline; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 24px; }
QScrollBar::handle:horizontal { min-width: 24px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: @textSecondary; border: none; padding: 4px 8px; margin: 0 1px; }
QTabBar::tab:selected { color: @text; font-weight: bold; border-bottom: 2px solid @controlStrong; }
QTabBar::tab:hover { color: @text; }
QTabBar::tear { width: 0px; border: none; }
QTabBar QToolButton { background: @card; border: 1px solid @outline; border-radius: 3px; padding: 0px; margin: 3px 0px; }

QTableView { background: @card; border: 1px solid transparent; selection-background-color: @controlFill;
    selection-color: @text; outline: 0; }
QTableView:focus { border-color: @backward; }
QHeaderView, QHeaderView::section { background: @card; color: @textSecondary; border: none; }
QHeaderView::section { padding: 2px 4px; }
QTableView[look="list"] { border: 1px solid @line; border-radius: 6px; }
QTableView[look="list"] QHeaderView::section { padding: 9px 0px 5px 8px; border-bottom: 1px solid @line; }
QTableView[look="list"] QHeaderView::up-arrow, QTableView[look="list"] QHeaderView::down-arrow {
    subcontrol-origin: padding; subcontrol-position: top center; top: 2px; width: 9px; height: 7px; }
QTableCornerButton::section { background: @card; border: none; }
)";

} // namespace

QString styleSheet(const Theme& theme)
{
    QString result = QString::fromUtf16(sheet);
    // Longer names first where one begins with another.
    const std::array<std::pair<const char16_t*, QColor>, 17> colors{{
        {u"@textOnStrong", theme.textOnStrong},
        {u"@textOnBackward", theme.textOn(theme.backward)},
        {u"@textSecondary", theme.textSecondary},
        {u"@text", theme.text},
        {u"@card", theme.card},
        {u"@ground", theme.ground},
        {u"@line", theme.line},
        {u"@outline", theme.outline},
        {u"@controlFill", theme.controlFill},
        {u"@controlStrong", theme.controlStrong},
        {u"@backward", theme.backward},
        {u"@update", theme.update},
        {u"@cut", theme.cut},
        {u"@warningText", theme.warningText},
        {u"@warningGround", theme.warningGround},
        {u"@warningLine", theme.warningLine},
        {u"@positive", theme.positive},
    }};
    for (const auto& [name, color] : colors)
        result.replace(QString::fromUtf16(name), color.name());
    result.replace(QStringLiteral("@titleSize"), QString::number(theme.titleSize));
    result.replace(QStringLiteral("@smallSize"), QString::number(theme.smallSize));
    return result;
}

} // namespace chronograd
