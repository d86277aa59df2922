// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/store/line_record.h"
#include "ui/theme/tokens.h"

#include <QList>
#include <QRegularExpression>
#include <QString>
#include <QTextLayout>

#include <string_view>

namespace roadstead::ui {

/// A line of a log, fit to be drawn in the colours of the theme as it is now.
struct LogLineText
{
    QString text;
    QList<QTextLayout::FormatRange> formats;
};

LogLineText logLineText(std::string_view raw, bool isCut);

/// Marks what an expression matches; in the current line more strongly.
void markMatches(LogLineText &line, const QRegularExpression &expression, bool isCurrent);

QString logLevelText(store::LineLevel level);
Color logLevelColor(store::LineLevel level);

} // namespace roadstead::ui
