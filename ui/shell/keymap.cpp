// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/keymap.h"

#include <QCoreApplication>

#include <algorithm>

namespace roadstead::ui {

namespace {

struct Keymap
{
    Q_DECLARE_TR_FUNCTIONS(Keymap)
};

QList<KeyLine> makeKeymap()
{
    using K = QKeySequence;
    constexpr auto ctrl = Qt::CTRL;
    constexpr auto shift = Qt::SHIFT;
    constexpr auto alt = Qt::ALT;
    return {
        {Keys::Palette,
         {K(ctrl | Qt::Key_K), K(ctrl | shift | Qt::Key_P)},
         Keymap::tr("Command palette")},
        {Keys::Pages,
         {K(ctrl | Qt::Key_1)},
         Keymap::tr("First page of the sidebar; 2 to 9 for the others")},
        {Keys::Filter, {K(ctrl | Qt::Key_F)}, Keymap::tr("Filter the list")},
        {Keys::Primary, {K(ctrl | Qt::Key_N)}, Keymap::tr("Primary action of the page")},
        {Keys::Open, {K(Qt::Key_Return), K(Qt::Key_Enter)}, Keymap::tr("Open")},
        {Keys::Details, {K(alt | Qt::Key_Return)}, Keymap::tr("Details beside the list")},
        {Keys::Logs, {K(ctrl | Qt::Key_L)}, Keymap::tr("Logs of the selection")},
        {Keys::SelectAll, {K(ctrl | Qt::Key_A)}, Keymap::tr("Select all")},
        {Keys::Clear, {K(Qt::Key_Escape)}, Keymap::tr("Clear, close, back out")},
        {Keys::StartStop, {K(ctrl | shift | Qt::Key_S)}, Keymap::tr("Start or stop the selection")},
        {Keys::Restart, {K(ctrl | shift | Qt::Key_R)}, Keymap::tr("Restart the selection")},
        {Keys::Rename, {K(Qt::Key_F2)}, Keymap::tr("Rename")},
        {Keys::Remove, {K(Qt::Key_Delete)}, Keymap::tr("Remove")},
        {Keys::Terminal, {K(ctrl | Qt::Key_T)}, Keymap::tr("Terminal of the container")},
        {Keys::CloseTerminal, {K(ctrl | shift | Qt::Key_W)}, Keymap::tr("Close the terminal")},
        {Keys::CopyCommand, {K(ctrl | alt | Qt::Key_C)}, Keymap::tr("Copy the command")},
        {Keys::CommandHistory, {K(ctrl | Qt::Key_H)}, Keymap::tr("Command history")},
        {Keys::NextMatch, {K(Qt::Key_F3)}, Keymap::tr("Next match")},
        {Keys::PreviousMatch, {K(shift | Qt::Key_F3)}, Keymap::tr("Previous match")},
        {Keys::Refresh, {K(Qt::Key_F5)}, Keymap::tr("Refresh")},
        {Keys::NextPane, {K(Qt::Key_F6)}, Keymap::tr("Next pane")},
        {Keys::PreviousPane, {K(shift | Qt::Key_F6)}, Keymap::tr("Previous pane")},
        {Keys::ToggleSidebar, {K(Qt::Key_F9)}, Keymap::tr("Collapse the sidebar")},
        {Keys::Back, {K(alt | Qt::Key_Left)}, Keymap::tr("Back")},
        {Keys::Shortcuts, {K(Qt::Key_F1)}, Keymap::tr("This list")},
        {Keys::Quit, {K(ctrl | Qt::Key_Q)}, Keymap::tr("Quit")},
    };
}

} // namespace

const QList<KeyLine> &keymap()
{
    static const QList<KeyLine> lines = makeKeymap();
    return lines;
}

QString keyText(const QKeySequence &keys)
{
    const QString native = keys.toString(QKeySequence::NativeText);
    const QString back = QKeySequence(Qt::Key_Return).toString(QKeySequence::NativeText);
    const QString enter = QKeySequence(Qt::Key_Enter).toString(QKeySequence::NativeText);
    return native.endsWith(back) ? native.chopped(back.size()) + enter : native;
}

QList<QKeySequence> keysFor(Keys id)
{
    const auto &lines = keymap();
    const auto line =
        std::find_if(lines.begin(), lines.end(), [id](const KeyLine &l) { return l.id == id; });
    return line != lines.end() ? line->sequences : QList<QKeySequence>();
}

} // namespace roadstead::ui
