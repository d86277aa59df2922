// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/display_text.h"

#include "engine/base/text.h"

using namespace Qt::StringLiterals;

namespace roadstead::ui {

QString displayText(std::string_view hostile, std::size_t maxCharacters)
{
    return QString::fromStdString(safeText(hostile, {.maxCharacters = maxCharacters}));
}

QString displayText(const QString &hostile, std::size_t maxCharacters)
{
    return displayText(std::string_view(hostile.toStdString()), maxCharacters);
}

QString displayBlock(std::string_view hostile, std::size_t maxCharacters)
{
    return QString::fromStdString(
        safeText(hostile, {.maxCharacters = maxCharacters, .keepLineBreaks = true}));
}

QString plainTip(const QString &text)
{
    return text.isEmpty() ? QString()
                          : u"<qt>%1</qt>"_s.arg(text.toHtmlEscaped().replace(u'\n', u"<br>"_s));
}

QString plainLabel(const QString &text)
{
    QString label = text;
    return label.replace(u'&', u"&&"_s);
}

} // namespace roadstead::ui
