// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/build/dockerfile_highlighter.h"

#include "ui/theme/theme.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

enum DockerfileBlock { StartsInstruction = 0, GoesOn = 1 };

} // namespace

DockerfileHighlighter::DockerfileHighlighter(QTextDocument *document)
    : QSyntaxHighlighter(document)
{
    connect(&Theme::instance(), &Theme::changed, this, &QSyntaxHighlighter::rehighlight);
}

void DockerfileHighlighter::highlightBlock(const QString &text)
{
    static const QRegularExpression keyword(u"^\\s*([A-Za-z]+)\\b"_s);
    static const QRegularExpression as(u"\\s(AS)\\s"_s, QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression option(u"(?<=\\s)--[a-z][a-z-]*(=\\S+)?"_s);
    static const QRegularExpression quoted(u"\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*'"_s);
    const bool goesOn = previousBlockState() == GoesOn;
    const bool isComment = text.trimmed().startsWith(u'#');
    if (isComment) {
        setFormat(0, int(text.size()), color(Color::CodeComment));
        setCurrentBlockState(goesOn ? GoesOn : StartsInstruction);
        return;
    }
    const auto paint = [&](const QRegularExpression &expression, int group, Color tone) {
        for (auto matches = expression.globalMatch(text); matches.hasNext();) {
            const auto match = matches.next();
            setFormat(int(match.capturedStart(group)), int(match.capturedLength(group)),
                      color(tone));
        }
    };
    paint(option, 0, Color::CodeOption);
    paint(quoted, 0, Color::CodeString);
    if (!goesOn) {
        paint(keyword, 1, Color::CodeKeyword);
        if (text.trimmed().startsWith(u"FROM"_s, Qt::CaseInsensitive)) {
            paint(as, 1, Color::CodeKeyword);
        }
    }
    setCurrentBlockState(text.trimmed().endsWith(u'\\') ? GoesOn : StartsInstruction);
}

} // namespace roadstead::ui
