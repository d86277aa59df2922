// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/build/dockerfile_view.h"

#include "ui/text/display_text.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/state_mark.h"
#include "ui/theme/theme.h"
#include "ui/wizards/build/dockerfile_highlighter.h"

#include <QHelpEvent>
#include <QPainter>
#include <QPlainTextDocumentLayout>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextLayout>
#include <QToolTip>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

constexpr int markSide = 14;
constexpr int numberPadding = 8;
constexpr int dockerfileRow = 24;
constexpr int chosenBar = 2;

int rowHeight()
{
    return heightFor(FontRole::Mono, dockerfileRow);
}

} // namespace

/// Of rows that are higher than the font, with the text in their middle.
class DockerfileView::RoomyLayout : public QPlainTextDocumentLayout
{
public:
    using QPlainTextDocumentLayout::QPlainTextDocumentLayout;

    [[nodiscard]] QRectF blockBoundingRect(const QTextBlock &block) const override
    {
        QRectF rect = QPlainTextDocumentLayout::blockBoundingRect(block);
        if (block.isValid() && block.isVisible() && block.layout()->lineCount() > 0) {
            const qreal more = std::max(0.0, rowHeight() - block.layout()->lineAt(0).height());
            block.layout()->setPosition({0, more / 2});
            rect.setHeight(rect.height() + more);
        }
        return rect;
    }
};

/// Left of the text, in every direction of the interface: code reads from left to right.
class DockerfileView::Gutter : public QWidget
{
public:
    explicit Gutter(DockerfileView *view)
        : QWidget(view)
        , m_view(view)
    {
    }

protected:
    void paintEvent(QPaintEvent *event) override { m_view->paintGutter(event); }

private:
    DockerfileView *m_view;
};

DockerfileView::DockerfileView(const QString &name, const QString &label, QWidget *parent)
    : QPlainTextEdit(parent)
    , m_gutter(new Gutter(this))
{
    setObjectName(name);
    setAccessibleName(label);
    setLayoutDirection(Qt::LeftToRight);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setTabChangesFocus(true);
    setFrameShape(QFrame::NoFrame);
    auto *text = new QTextDocument(this);
    text->setDocumentLayout(new RoomyLayout(text));
    setDocument(text);
    new DockerfileHighlighter(document());
    connect(this, &QPlainTextEdit::blockCountChanged, this, &DockerfileView::restyle);
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect &rect, int dy) {
        if (dy != 0) {
            m_gutter->scroll(0, dy);
            viewport()->update();
        } else {
            m_gutter->update(0, rect.y(), m_gutter->width(), rect.height());
        }
    });
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, [this] {
        const int line = textCursor().blockNumber() + 1;
        if (isReadOnly() && line != m_told) {
            m_told = line;
            Q_EMIT lineChosen(line);
        }
    });
    connect(&Theme::instance(), &Theme::changed, this, &DockerfileView::restyle);
    restyle();
}

void DockerfileView::restyle()
{
    setFont(ui::font(FontRole::Mono));
    QPalette colors = palette();
    colors.setColor(QPalette::Base, color(Color::BgSunken));
    setPalette(colors);
    setViewportMargins(gutterWidth(), 0, 0, 0);
    m_gutter->setGeometry(0, 0, gutterWidth(), height());
    markLines();
    m_gutter->update();
}

int DockerfileView::gutterWidth() const
{
    const int digits = std::max(2, int(QString::number(blockCount()).size()));
    return numberPadding + digits * fontMetrics().horizontalAdvance(u'9') + numberPadding +
           markSide + numberPadding;
}

void DockerfileView::setSteps(const QHash<int, PictureStep> &steps)
{
    m_steps = steps;
    m_gutter->update();
    viewport()->update();
}

void DockerfileView::setRemarks(const QMap<int, Remark> &remarks)
{
    if (std::exchange(m_remarks, remarks) != remarks) {
        markLines();
        m_gutter->update();
    }
}

bool DockerfileView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int line = cursorForPosition(help->pos()).blockNumber() + 1;
        const auto remark = m_remarks.constFind(line);
        if (remark != m_remarks.constEnd()) {
            QToolTip::showText(help->globalPos(), plainTip(remark->text), viewport());
        } else {
            QToolTip::hideText();
        }
        return true;
    }
    return QPlainTextEdit::viewportEvent(event);
}

void DockerfileView::setWrongLines(int first, int last)
{
    if (first == m_wrongFirst && last == m_wrongLast) {
        return;
    }
    m_wrongFirst = first;
    m_wrongLast = last;
    markLines();
    if (first > 0) {
        m_told = first;
        setTextCursor(QTextCursor(document()->findBlockByNumber(first - 1)));
        centerCursor();
    }
}

void DockerfileView::setChosenLine(int line)
{
    m_chosen = line;
    markLines();
}

void DockerfileView::markLines()
{
    m_gutter->update();
    viewport()->update();
}

std::optional<Color> DockerfileView::fillOf(int line) const
{
    if (line >= m_wrongFirst && line <= m_wrongLast) {
        return Color::DangerTint;
    }
    if (const auto said = m_remarks.constFind(line); said != m_remarks.constEnd()) {
        return said->isWrong ? Color::DangerTint : Color::WarnTint;
    }
    return line == m_chosen ? std::optional(Color::BgSelected) : std::nullopt;
}

/// As high as the rows are, which selections of the text are not.
void DockerfileView::paintFills(QPainter *painter, const QRect &area)
{
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF rect = blockBoundingGeometry(block).translated(contentOffset());
        if (rect.top() > area.bottom()) {
            return;
        }
        if (const auto fill = fillOf(block.blockNumber() + 1)) {
            painter->fillRect(QRectF(area.left(), rect.top(), area.width(), rowHeight()),
                              color(*fill));
        }
    }
}

void DockerfileView::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    m_gutter->setGeometry(0, 0, gutterWidth(), height());
}

void DockerfileView::paintGutter(QPaintEvent *event)
{
    QPainter painter(m_gutter);
    painter.fillRect(event->rect(), color(Color::BgSunken));
    paintFills(&painter, event->rect());
    painter.setFont(font());
    const int numbers = gutterWidth() - markSide - 2 * numberPadding;
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF rect = blockBoundingGeometry(block).translated(contentOffset());
        if (rect.top() > event->rect().bottom()) {
            break;
        }
        const int line = block.blockNumber() + 1;
        painter.setPen(
            color(line >= m_wrongFirst && line <= m_wrongLast ? Color::Danger : Color::Text3));
        if (line == m_chosen) {
            painter.fillRect(QRectF(0, rect.top(), chosenBar, rowHeight()), color(Color::Accent));
        }
        painter.drawText(QRectF(0, rect.top(), numbers, rowHeight()),
                         int(Qt::AlignRight | Qt::AlignVCenter), QString::number(line));
        const QRectF box(numbers + numberPadding, rect.top() + (rowHeight() - markSide) / 2.0,
                         markSide, markSide);
        if (const auto step = m_steps.constFind(line); step != m_steps.constEnd()) {
            paintStateMark(&painter, box, markOf(step->state));
        } else if (const auto said = m_remarks.constFind(line); said != m_remarks.constEnd()) {
            paintStateMark(&painter, box, said->isWrong ? StateMark::Error : StateMark::Warning);
        }
    }
}

void DockerfileView::paintEvent(QPaintEvent *event)
{
    {
        QPainter painter(viewport());
        paintFills(&painter, event->rect());
    }
    QPlainTextEdit::paintEvent(event);
    if (!m_steps.isEmpty()) {
        paintTimes();
    }
}

/// At the end of the lines, where it does not cover the text.
void DockerfileView::paintTimes()
{
    QPainter painter(viewport());
    painter.setFont(figures(FontRole::Small));
    painter.setPen(color(Color::Text3));
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF rect = blockBoundingGeometry(block).translated(contentOffset());
        if (rect.top() > viewport()->height()) {
            break;
        }
        const auto step = m_steps.constFind(block.blockNumber() + 1);
        if (step == m_steps.constEnd() || step->time.isEmpty()) {
            continue;
        }
        const int width = painter.fontMetrics().horizontalAdvance(step->time);
        const QRectF place(viewport()->width() - width - space::s3, rect.top(), width, rowHeight());
        const qreal used = block.layout() != nullptr && block.layout()->lineCount() > 0
                               ? block.layout()->lineAt(0).naturalTextWidth()
                               : 0;
        if (contentOffset().x() + used + space::s3 < place.left()) {
            painter.drawText(place, Qt::AlignVCenter, step->time);
        }
    }
}

} // namespace roadstead::ui
