// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

#include <functional>

namespace roadstead::ui {

/// What a control or action would run, for the command bar: hovering or focusing it shows the line
/// as "Will run". `when` follows it in a lighter tone ("when you press Stop"); empty = made from
/// the control's text. The line is kept whole and unescaped: it is what Copy copies.
void setCommandHint(QObject *control, const QString &command, const QString &when = {});
/// The same for a line that is long to make: `make` is called each time the line is asked for. It
/// must check for itself that what it uses is still there.
void setCommandHint(QObject *control, std::function<QString()> make);
/// Gives `to` what `from` has, without making the line.
void copyCommandHint(const QObject *from, QObject *to);
[[nodiscard]] QString commandHint(const QObject *control);
[[nodiscard]] QString commandHintWhen(const QObject *control);

} // namespace roadstead::ui
