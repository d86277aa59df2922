// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/run/command_preview.h"

#include "ui/text/display_text.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QEvent>
#include <QSyntaxHighlighter>
#include <QTextBlock>
#include <QTextDocument>

#include <algorithm>

namespace roadstead::ui {

namespace {

constexpr int inset = 8;
constexpr std::size_t longestPiece = 512;

class CommandColours : public QSyntaxHighlighter
{
public:
    using QSyntaxHighlighter::QSyntaxHighlighter;

protected:
    void highlightBlock(const QString &text) override
    {
        QTextCharFormat format;
        if (currentBlock().blockNumber() == 0) {
            format.setForeground(color(Color::CodeKeyword));
            format.setFontWeight(QFont::DemiBold);
            setFormat(0, int(QStringLiteral("docker run").size()), format);
            format.setFontWeight(QFont::Normal);
        }
        const qsizetype option = text.indexOf(QStringLiteral("--"));
        const bool isFirst =
            option >= 0 &&
            text.left(option).remove(QStringLiteral("docker run")).trimmed().isEmpty();
        if (isFirst) {
            qsizetype end = text.indexOf(QLatin1Char(' '), option);
            end = end < 0 ? text.size() : end;
            format.setForeground(color(Color::CodeOption));
            setFormat(int(option), int(end - option), format);
        }
        if (text.endsWith(QStringLiteral(" \\"))) {
            format.setForeground(color(Color::Text3));
            setFormat(int(text.size()) - 1, 1, format);
        }
    }
};

} // namespace

CommandPreview::CommandPreview(QWidget *parent)
    : QPlainTextEdit(parent)
{
    setObjectName(QStringLiteral("commandPreview"));
    setAccessibleName(tr("The command that will run"));
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setFrameShape(QFrame::NoFrame);
    setTabChangesFocus(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    setLayoutDirection(Qt::LeftToRight); // commands are, in every language
    document()->setDocumentMargin(inset);
    new CommandColours(document());
    restyle();
    connect(&Theme::instance(), &Theme::changed, this, &CommandPreview::restyle);
}

void CommandPreview::restyle()
{
    setFont(ui::font(FontRole::Mono));
    QPalette colours = palette();
    colours.setColor(QPalette::Base, color(Color::BgSurface));
    colours.setColor(QPalette::Text, color(Color::Text));
    setPalette(colours);
    for (auto *highlighter : document()->findChildren<QSyntaxHighlighter *>()) {
        highlighter->rehighlight();
    }
    mark();
    updateGeometry();
}

void CommandPreview::setPieces(const std::vector<RunPiece> &pieces)
{
    QStringList lines;
    QString line = QStringLiteral("docker run");
    m_places.clear();
    RunPlace place;
    bool isFirst = true;
    for (const RunPiece &piece : pieces) {
        const QString text = displayText(pieceText(piece), longestPiece);
        const bool isCommand = piece.place.field == "command" && place.field == "image";
        // The first flag stands in the first line, the command behind its image.
        if ((isFirst && !piece.hasValue) || isCommand ||
            (piece.place.field == "command" && place.field == "command")) {
            line += u' ' + text;
        } else {
            lines.append(line);
            m_places.push_back(place);
            line = QStringLiteral("  ") + text;
        }
        place = piece.place;
        isFirst = false;
    }
    lines.append(line);
    m_places.push_back(place);
    const QString text = lines.join(QStringLiteral(" \\\n"));
    if (toPlainText() != text) {
        setPlainText(text);
        updateGeometry();
    }
    mark();
}

void CommandPreview::setCurrentPlace(const std::optional<RunPlace> &place)
{
    m_place = place;
    mark();
}

void CommandPreview::mark()
{
    QList<QTextEdit::ExtraSelection> selections;
    for (std::size_t i = 0; m_place && i < m_places.size(); ++i) {
        if (m_places[i] == *m_place) {
            QTextEdit::ExtraSelection selection;
            selection.format.setBackground(color(Color::BgSelected));
            selection.format.setProperty(QTextFormat::FullWidthSelection, true);
            selection.cursor = QTextCursor(document()->findBlockByNumber(int(i)));
            selections.append(selection);
        }
    }
    setExtraSelections(selections);
}

QSize CommandPreview::sizeHint() const
{
    constexpr int leastLines = 4;
    const int lines = std::max(leastLines, document()->blockCount());
    return {scaled(280), lines * QFontMetrics(font()).lineSpacing() + 2 * inset + scaled(16)};
}

void CommandPreview::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        updateGeometry();
    }
}

} // namespace roadstead::ui
