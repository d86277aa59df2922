// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QList>
#include <QString>

namespace roadstead::ui {

/// Everything that a key does, by what it does.
enum class Keys {
    Palette,
    Filter,
    Primary,
    SelectAll,
    Back,
    Refresh,
    NextPane,
    PreviousPane,
    ToggleSidebar,
    CopyCommand,
    CommandHistory,
    StartStop,
    Restart,
    Remove,
    Rename,
    Terminal,
    CloseTerminal,
    Open,
    Details,
    Logs,
    Clear,
    NextMatch,
    PreviousMatch,
    Pages,
    Shortcuts,
    Quit
};

/// One line of the keyboard map.
struct KeyLine
{
    Keys id;
    QList<QKeySequence> sequences;
    QString does; ///< translated
};

/// The whole map, in the order in which it is shown (Settings, F1). The only place that names keys,
/// beside those of a terminal's own (ui/pages/containers/terminal).
[[nodiscard]] const QList<KeyLine> &keymap();

/// A sequence as it is written on the key: "Enter", not "Return".
[[nodiscard]] QString keyText(const QKeySequence &keys);

/// The sequences of one line, for QAction::setShortcuts().
[[nodiscard]] QList<QKeySequence> keysFor(Keys id);

} // namespace roadstead::ui
