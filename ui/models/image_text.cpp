// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/models/image_text.h"

#include "ui/text/formats.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QStringList>

#include <algorithm>

namespace roadstead::ui {

namespace {

struct ImageWords
{
    Q_DECLARE_TR_FUNCTIONS(roadstead::ui::ImageText)
};

QString orUnknown(const QString &text)
{
    return text.isEmpty() ? unknownText() : text;
}

} // namespace

QString imageNameText(const ImageRow &row)
{
    return row.name.isEmpty() ? ImageWords::tr("untagged") : row.name;
}

QString imageTagText(const ImageRow &row)
{
    return orUnknown(row.tag);
}

QString imageMoreTagsText(const ImageRow &row)
{
    return row.tags.size() < 2 ? QString()
                               : QStringLiteral("+%1").arg(numberText(qint64(row.tags.size()) - 1));
}

QString imageUsedByText(const ImageRow &row)
{
    return row.users.empty() ? unknownText() : numberText(qint64(row.users.size()));
}

QString imageAgeText(const ImageRow &row, std::int64_t now)
{
    return row.summary.created <= 0 ? unknownText()
                                    : agoText(std::max<std::int64_t>(0, now - row.summary.created));
}

QString imageCreatedText(const ImageRow &row)
{
    return row.summary.created <= 0
               ? unknownText()
               : QLocale().toString(QDateTime::fromSecsSinceEpoch(row.summary.created),
                                    QLocale::LongFormat);
}

QString imageWorkText(const ImageRow &row)
{
    switch (row.pending) {
    case ImageWork::Tagging:
        return ImageWords::tr("Tagging");
    case ImageWork::Untagging:
        return ImageWords::tr("Untagging");
    case ImageWork::Removing:
        return ImageWords::tr("Removing");
    case ImageWork::None:
        break;
    }
    return {};
}

QString imageSentence(const ImageRow &row, std::int64_t now)
{
    QStringList parts{row.tag.isEmpty() ? imageNameText(row) : row.name + u' ' + row.tag};
    if (row.tags.size() > 1) {
        parts.append(ImageWords::tr("%n tags", nullptr, int(row.tags.size())));
    }
    parts.append(diskSizeText(row.summary.size));
    parts.append(row.users.empty()
                     ? ImageWords::tr("not in use")
                     : ImageWords::tr("used by %n containers", nullptr, int(row.users.size())));
    parts.append(ImageWords::tr("made %1").arg(imageAgeText(row, now)));
    if (row.news == ImageNews::Newer) {
        parts.append(ImageWords::tr("a newer version is in the registry"));
    }
    if (const QString work = imageWorkText(row); !work.isEmpty()) {
        parts.append(work);
    }
    return parts.join(QStringLiteral(", "));
}

QString imageColumnTitle(int column)
{
    switch (column) {
    case ImageColumn::Name:
        return ImageWords::tr("Name");
    case ImageColumn::Tag:
        return ImageWords::tr("Tag");
    case ImageColumn::Size:
        return ImageWords::tr("Size");
    case ImageColumn::Shared:
        return ImageWords::tr("Shared");
    case ImageColumn::UsedBy:
        return ImageWords::tr("Used by");
    case ImageColumn::Platform:
        return ImageWords::tr("Platform");
    case ImageColumn::Created:
        return ImageWords::tr("Created");
    default:
        return {};
    }
}

bool isImageNumberColumn(int column)
{
    return column == ImageColumn::Size || column == ImageColumn::Shared ||
           column == ImageColumn::UsedBy || column == ImageColumn::Created;
}

QVariant imageCellData(const ImageRow &row, int column, int role, std::int64_t now)
{
    if (role == Qt::TextAlignmentRole) {
        return isImageNumberColumn(column) ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
                                           : QVariant();
    }
    if (role == Qt::AccessibleTextRole && column == ImageColumn::Name) {
        return imageSentence(row, now);
    }
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole) {
        return {};
    }
    switch (column) {
    case ImageColumn::Name:
        return imageNameText(row);
    case ImageColumn::Tag:
        return imageTagText(row);
    case ImageColumn::Size:
        return diskSizeText(row.summary.size);
    case ImageColumn::Shared:
        return diskSizeText(row.sharedSize);
    case ImageColumn::UsedBy:
        return imageUsedByText(row);
    case ImageColumn::Platform:
        return orUnknown(row.platform);
    case ImageColumn::Created:
        return imageAgeText(row, now);
    default:
        return {};
    }
}

} // namespace roadstead::ui
