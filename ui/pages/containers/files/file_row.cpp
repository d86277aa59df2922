// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/files/file_row.h"

#include "ui/text/display_text.h"

#include <QCoreApplication>

#include <array>

namespace roadstead::ui {

FileRow::FileRow(const Source &source)
    : facts(source)
    , name(displayText(service::fileNameOf(source.entry.path)))
    , sortName(name.toLower())
    , target(displayText(source.entry.target))
    , owner(displayText(source.owner))
{
}

FileRow::FileRow(const Source &source, const FileRow & /*before*/)
    : FileRow(source)
{
}

QString modeText(unsigned mode)
{
    constexpr std::string_view letters = "rwxrwxrwx";
    QString text;
    for (unsigned i = 0; i < letters.size(); ++i) {
        const bool isSet = (mode & (0400U >> i)) != 0;
        text += QLatin1Char(isSet ? letters[i] : '-');
    }
    constexpr std::array<unsigned, 3> special{04000, 02000, 01000};
    for (int i = 0; i < 3; ++i) {
        if ((mode & special[std::size_t(i)]) != 0) {
            const QChar letter = i == 2 ? u't' : u's';
            QChar &place = text[i * 3 + 2];
            place = place == u'x' ? letter : letter.toUpper();
        }
    }
    return text;
}

QString octalMode(unsigned mode)
{
    return QStringLiteral("%1").arg(mode, 4, 8, QLatin1Char('0'));
}

QString changeText(docker::ChangeKind change)
{
    switch (change) {
    case docker::ChangeKind::Added:
        return QCoreApplication::translate("FileRow", "Added");
    case docker::ChangeKind::Modified:
        return QCoreApplication::translate("FileRow", "Changed");
    case docker::ChangeKind::Deleted:
        break;
    }
    return QCoreApplication::translate("FileRow", "Deleted");
}

} // namespace roadstead::ui
