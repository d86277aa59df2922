// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/command_hint.h"

#include <QVariant>

namespace roadstead::ui {

namespace {
constexpr auto commandProperty = "roadsteadCommand";
constexpr auto whenProperty = "roadsteadCommandWhen";

struct Maker
{
    std::function<QString()> make;
};
} // namespace

void setCommandHint(QObject *control, const QString &command, const QString &when)
{
    control->setProperty(commandProperty, command);
    control->setProperty(whenProperty, when);
}

void setCommandHint(QObject *control, std::function<QString()> make)
{
    control->setProperty(commandProperty, QVariant::fromValue(Maker{std::move(make)}));
    control->setProperty(whenProperty, {});
}

void copyCommandHint(const QObject *from, QObject *to)
{
    to->setProperty(commandProperty, from->property(commandProperty));
    to->setProperty(whenProperty, from->property(whenProperty));
}

QString commandHint(const QObject *control)
{
    if (control == nullptr) {
        return {};
    }
    const QVariant hint = control->property(commandProperty);
    if (const auto *maker = get_if<Maker>(&hint)) {
        return maker->make();
    }
    return hint.toString();
}

QString commandHintWhen(const QObject *control)
{
    return control != nullptr ? control->property(whenProperty).toString() : QString();
}

} // namespace roadstead::ui
