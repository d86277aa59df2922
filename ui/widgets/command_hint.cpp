// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/command_hint.h"

#include <QVariant>

namespace roadstead::ui {

namespace {
constexpr auto commandProperty = "roadsteadCommand";
constexpr auto whenProperty = "roadsteadCommandWhen";
} // namespace

void setCommandHint(QObject *control, const QString &command, const QString &when)
{
    control->setProperty(commandProperty, command);
    control->setProperty(whenProperty, when);
}

QString commandHint(const QObject *control)
{
    return control != nullptr ? control->property(commandProperty).toString() : QString();
}

QString commandHintWhen(const QObject *control)
{
    return control != nullptr ? control->property(whenProperty).toString() : QString();
}

} // namespace roadstead::ui
