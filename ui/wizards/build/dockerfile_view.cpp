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
#include <QTextBlock>
#include <QToolTip>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

constexpr int markSide = 14;
constexpr int numberPadding = 8;

} // namespace

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
    QList<QTextEdit::ExtraSelection> marked;
    const auto mark = [&](int line, Color fill) {
        QTextEdit::ExtraSelection selection;
        selection.cursor = QTextCursor(document()->findBlockByNumber(line - 1));
        selection.format.setBackground(color(fill));
        selection.format.setProperty(QTextFormat::FullWidthSelection, true);
        marked.append(selection);
    };
    if (m_chosen > 0) {
        mark(m_chosen, Color::BgSelected);
    }
    for (auto each = m_remarks.constBegin(); each != m_remarks.constEnd(); ++each) {
        if (each.key() <= blockCount()) {
            mark(each.key(), each->isWrong ? Color::DangerTint : Color::WarnTint);
        }
    }
    for (int line = m_wrongFirst; line > 0 && line <= std::min(m_wrongLast, blockCount()); ++line) {
        mark(line, Color::DangerTint);
    }
    setExtraSelections(marked);
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
        painter.drawText(QRectF(0, rect.top(), numbers, rect.height()),
                         int(Qt::AlignRight | Qt::AlignVCenter), QString::number(line));
        const QRectF box(numbers + numberPadding, rect.center().y() - markSide / 2.0, markSide,
                         markSide);
        if (const auto step = m_steps.constFind(line); step != m_steps.constEnd()) {
            paintStateMark(&painter, box, markOf(step->state));
        } else if (const auto said = m_remarks.constFind(line); said != m_remarks.constEnd()) {
            paintStateMark(&painter, box, said->isWrong ? StateMark::Error : StateMark::Warning);
        }
    }
}

void DockerfileView::paintEvent(QPaintEvent *event)
{
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
        const QRectF place(viewport()->width() - width - space::s3, rect.top(), width,
                           rect.height());
        const qreal used = block.layout() != nullptr && block.layout()->lineCount() > 0
                               ? block.layout()->lineAt(0).naturalTextWidth()
                               : 0;
        if (contentOffset().x() + used + space::s3 < place.left()) {
            painter.drawText(place, Qt::AlignVCenter, step->time);
        }
    }
}

} // namespace roadstead::ui
