// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/log_search.h"
#include "engine/store/line_record.h"
#include "ui/theme/tokens.h"

#include <QList>
#include <QString>
#include <QTextLayout>

#include <string_view>

namespace roadstead::ui {

/// A line of a log, fit to be drawn in the colours of the theme as it is now.
struct LogLineText
{
    QString text;
    QList<QTextLayout::FormatRange> formats;
    int levelEnd = 0; ///< characters at the start that name the level and nothing else
};

LogLineText logLineText(std::string_view raw, bool isCut);

/// Takes the level off the start of a line beside which it is shown, unless a match lies in it.
void dropLevel(LogLineText &line);

/// Marks what was found in its text; in the current line more strongly.
void markMatches(LogLineText &line, const QList<service::LogSearch::Mark> &marks, bool isCurrent);

QString logLevelText(store::LineLevel level);
Color logLevelColor(store::LineLevel level);

} // namespace roadstead::ui
