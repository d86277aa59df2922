// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/image_row.h"

#include <QString>
#include <QVariant>

namespace roadstead::ui {

/// The columns of an image list, in the order in which they are first shown.
struct ImageColumn
{
    enum Id { Name, Tag, Size, Shared, UsedBy, Platform, Created, Count };
};

/// The words for an image's row. Unknown or not applicable is an en dash. Everything returned is
/// safe to draw as plain text.

QString imageNameText(const ImageRow &row); ///< "nginx", "untagged"
QString imageTagText(const ImageRow &row);  ///< "1.27", "removing …" while a command is under way
QString imageMoreTagsText(const ImageRow &row); ///< "+2"; empty when there is one or none
QString imageUsedByText(const ImageRow &row);   ///< "2"
/// "2 d ago"; `now` in seconds.
QString imageAgeText(const ImageRow &row, std::int64_t now);
QString imageCreatedText(const ImageRow &row); ///< the moment in full
/// What a command under way does: "Removing"; empty when none is.
QString imageWorkText(const ImageRow &row);
/// A whole row in one sentence: "nginx 1.27, 43 MB, used by 1 container, made 7 w ago".
QString imageSentence(const ImageRow &row, std::int64_t now);

QString imageColumnTitle(int column);
/// What a model answers for a cell: text for DisplayRole, the sentence for accessibility in the
/// name's column, alignment of numbers.
QVariant imageCellData(const ImageRow &row, int column, int role, std::int64_t now);
[[nodiscard]] bool isImageNumberColumn(int column);

} // namespace roadstead::ui
