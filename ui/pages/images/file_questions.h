// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QSettings>
#include <QString>

#include <utility>

/// Questions for files. Inside ui/pages/images only.
namespace roadstead::ui {

inline QString imageFolderKey()
{
    return QStringLiteral("images/folder");
}

/// A window-modal question for a file that deletes itself; `chosen` gets its path.
template<typename Chosen>
void askForFile(QFileDialog *dialog, const char *name, Chosen chosen)
{
    dialog->setObjectName(QLatin1StringView(name));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setDirectory(QSettings().value(imageFolderKey(), QDir::homePath()).toString());
    QObject::connect(dialog, &QFileDialog::fileSelected, dialog,
                     [chosen = std::move(chosen)](const QString &path) {
                         QSettings().setValue(imageFolderKey(), QFileInfo(path).absolutePath());
                         chosen(path);
                     });
    dialog->open();
}

/// What a file may be called by a name from outside.
inline QString fileNamePart(QString name)
{
    for (QChar &c : name) {
        if (!c.isLetterOrNumber() && c != u'.' && c != u'_') {
            c = u'-';
        }
    }
    return name;
}

} // namespace roadstead::ui
