// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/logs/log_line_text.h"

#include "engine/store/ansi_text.h"
#include "engine/store/log_level.h"
#include "ui/text/display_text.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace roadstead::ui {

namespace {

constexpr std::size_t mostDrawn = 4096;
constexpr int matchProperty = QTextFormat::UserProperty + 1;

Color textColor(store::AnsiColor named)
{
    using enum store::AnsiColor;
    switch (named) {
    case Grey:
        return Color::Text3;
    case Red:
        return Color::Danger;
    case Green:
        return Color::Ok;
    case Yellow:
        return Color::Warn;
    case Blue:
    case Cyan:
        return Color::Accent;
    case Magenta:
        return Color::CodeNumber;
    case Default:
    case White:
        break;
    }
    return Color::Text;
}

Color tintColor(store::AnsiColor named)
{
    using enum store::AnsiColor;
    switch (named) {
    case Red:
        return Color::DangerTint;
    case Green:
        return Color::OkTint;
    case Yellow:
        return Color::WarnTint;
    case Blue:
    case Cyan:
        return Color::AccentTint;
    default:
        return Color::NeutralTint;
    }
}

QTextCharFormat formatOf(const store::AnsiStyle &style)
{
    QTextCharFormat format;
    format.setForeground(color(style.faint ? Color::Text3 : textColor(style.text)));
    if (style.inverse || style.background != store::AnsiColor::Default) {
        format.setBackground(color(tintColor(style.inverse ? style.text : style.background)));
    }
    format.setFontWeight(style.bold ? QFont::DemiBold : QFont::Normal);
    format.setFontItalic(style.italic);
    format.setFontUnderline(style.underline);
    return format;
}

/// Bytes at the start that name the level, with what stands between it and the rest: "WARN  ",
/// "[info] ", "error: ".
std::size_t levelEndOf(std::string_view text)
{
    const store::FoundLevel found = store::findLevel(text.substr(0, 64));
    if (found.level == store::LineLevel::None || found.begin != 0) {
        return 0;
    }
    constexpr std::string_view separators = " \t:|-";
    const bool isApart = found.end >= text.size() || separators.contains(text[found.end]) ||
                         std::string_view("])>:").contains(text[found.end - 1]);
    if (!isApart) {
        return 0; // "E0102 15:04": the letter is part of a word
    }
    const std::size_t rest = text.find_first_not_of(separators, found.end);
    return rest == std::string_view::npos ? 0 : rest;
}

} // namespace

QString logLevelText(store::LineLevel level)
{
    using enum store::LineLevel;
    switch (level) {
    case Error:
        return QStringLiteral("ERROR");
    case Warning:
        return QStringLiteral("WARN");
    case Info:
        return QStringLiteral("INFO");
    case Debug:
        return QStringLiteral("DEBUG");
    case None:
        break;
    }
    return {};
}

Color logLevelColor(store::LineLevel level)
{
    using enum store::LineLevel;
    return level == Error     ? Color::Danger
           : level == Warning ? Color::Warn
           : level == Info    ? Color::Accent
                              : Color::Text3;
}

LogLineText logLineText(std::string_view raw, bool isCut)
{
    const store::AnsiLine line = store::parseAnsi(raw);
    LogLineText made;
    made.levelEnd = int(levelEndOf(line.text));
    std::size_t at = 0;
    const auto add = [&](std::size_t end) {
        const std::string_view piece = std::string_view(line.text).substr(at, end - at);
        made.text += displayBlock(piece, mostDrawn);
        at = end;
    };
    for (const store::AnsiRun &run : line.runs) {
        if (made.text.size() >= qsizetype(mostDrawn)) {
            break;
        }
        add(run.begin);
        const auto start = int(made.text.size());
        add(run.end);
        made.formats.append({start, int(made.text.size()) - start, formatOf(run.style)});
    }
    if (made.text.size() < qsizetype(mostDrawn)) {
        add(line.text.size());
    }
    if (isCut || at < line.text.size() || made.text.size() > qsizetype(mostDrawn)) {
        made.text.truncate(mostDrawn);
        made.text += QCoreApplication::translate("LogView", " … (long line)");
    }
    return made;
}

void dropLevel(LogLineText &line)
{
    const int gone = line.levelEnd;
    const auto isMatch = [gone](const QTextLayout::FormatRange &range) {
        return range.start < gone && range.format.hasProperty(matchProperty);
    };
    if (gone == 0 || std::ranges::any_of(line.formats, isMatch)) {
        return;
    }
    line.text.remove(0, gone);
    line.levelEnd = 0;
    QList<QTextLayout::FormatRange> kept;
    for (QTextLayout::FormatRange range : std::as_const(line.formats)) {
        const int end = range.start + range.length - gone;
        range.start = std::max(0, range.start - gone);
        range.length = end - range.start;
        if (range.length > 0) {
            kept.append(range);
        }
    }
    line.formats = kept;
}

void markMatches(LogLineText &line, const QList<service::LogSearch::Mark> &marks, bool isCurrent)
{
    QTextCharFormat format;
    format.setBackground(color(isCurrent ? Color::HitCurrent : Color::Hit));
    format.setForeground(color(Color::Text));
    format.setProperty(matchProperty, true);
    for (const service::LogSearch::Mark &mark : marks) {
        line.formats.append({int(mark.begin), int(mark.length), format});
    }
}

} // namespace roadstead::ui
