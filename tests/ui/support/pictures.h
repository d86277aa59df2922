// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QDir>
#include <QTest>
#include <QWidget>

#include <utility>

namespace roadstead::test {

/// Until what follows from what was done is shown.
inline void settlePicture()
{
    for (int i = 0; i < 12; ++i) {
        QCoreApplication::processEvents();
    }
}

/// Keeps pictures of a widget in both appearances where ROADSTEAD_PICTURES names a folder.
inline void keepPictures(QWidget &widget, const QString &name)
{
    const QString folder = qEnvironmentVariable("ROADSTEAD_PICTURES");
    if (folder.isEmpty()) {
        return;
    }
    QDir().mkpath(folder);
    for (const auto &[appearance, suffix] :
         {std::pair(ui::Appearance::Light, QStringLiteral("-light.png")),
          std::pair(ui::Appearance::Dark, QStringLiteral("-dark.png"))}) {
        ui::Theme::instance().setAppearance(appearance);
        settlePicture();
        QVERIFY(widget.grab().save(folder + u'/' + name + suffix));
    }
    ui::Theme::instance().setAppearance(ui::Appearance::Light);
    settlePicture();
}

} // namespace roadstead::test
