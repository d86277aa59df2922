// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/frame/stepper.h"

#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyle>

namespace roadstead::ui {

namespace {

constexpr int circleSide = 20;
constexpr int lineLength = 24;

} // namespace

Stepper::Stepper(const QString &name, const QStringList &steps, QWidget *parent)
    : QWidget(parent)
    , m_steps(steps)
{
    setObjectName(name);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setFocusPolicy(Qt::TabFocus);
    setMouseTracking(true);
    connect(&Theme::instance(), &Theme::changed, this, [this] { updateGeometry(); });
    describe();
}

void Stepper::setCurrent(int step)
{
    m_current = step;
    describe();
    update();
}

void Stepper::setGoingBack(bool possible)
{
    m_goesBack = possible;
    update();
}

void Stepper::describe()
{
    setAccessibleName(tr("Step %1 of %2, %3")
                          .arg(m_current + 1)
                          .arg(m_steps.size())
                          .arg(m_steps.value(m_current)));
}

int Stepper::widthOf(int step, bool withWords) const
{
    const int circle = scaled(circleSide);
    if (!withWords) {
        return circle;
    }
    const QFontMetrics metrics(ui::font(FontRole::Body, QFont::DemiBold));
    return circle + space::s2 + metrics.horizontalAdvance(m_steps.at(step));
}

int Stepper::wholeWidth(bool withWords) const
{
    int width = 0;
    for (int i = 0; i < m_steps.size(); ++i) {
        width += widthOf(i, withWords || i == m_current);
    }
    return width + int(m_steps.size() - 1) * (lineLength + 2 * space::s2);
}

bool Stepper::showsWords(int step) const
{
    return step == m_current || wholeWidth(true) <= width();
}

QSize Stepper::sizeHint() const
{
    return {wholeWidth(true), heightFor(FontRole::Body, 28)};
}

QSize Stepper::minimumSizeHint() const
{
    return {wholeWidth(false), sizeHint().height()};
}

QRect Stepper::rectOf(int step) const
{
    int x = 0;
    for (int i = 0; i < step; ++i) {
        x += widthOf(i, showsWords(i)) + lineLength + 2 * space::s2;
    }
    const QRect rect(x, 0, widthOf(step, showsWords(step)), height());
    return QStyle::visualRect(layoutDirection(), this->rect(), rect);
}

int Stepper::stepAt(QPoint place) const
{
    for (int i = 0; i < m_steps.size(); ++i) {
        if (rectOf(i).contains(place)) {
            return i;
        }
    }
    return -1;
}

void Stepper::paintStep(QPainter &painter, int step, const QRect &rect) const
{
    const int side = scaled(circleSide);
    QRect circle(rect.left(), rect.center().y() - side / 2, side, side);
    circle = QStyle::visualRect(layoutDirection(), rect, circle);
    const bool isDone = step < m_current;
    const bool isCurrent = step == m_current;
    paintBox(&painter, circle, side / 2.0,
             color(isCurrent ? Color::AccentSolid
                   : isDone  ? Color::OkTint
                             : Color::BgSurface),
             color(isCurrent ? Color::AccentSolid
                   : isDone  ? Color::OkMark
                             : Color::BorderControl));
    if (isDone) {
        paintTick(&painter, QRectF(circle).adjusted(2, 2, -2, -2), color(Color::Ok));
    } else {
        painter.setFont(figures(FontRole::Caption, QFont::DemiBold));
        painter.setPen(color(isCurrent ? Color::OnAccent : Color::Text3));
        painter.drawText(circle, Qt::AlignCenter, QString::number(step + 1));
    }
    if (showsWords(step)) {
        painter.setFont(ui::font(FontRole::Body, isCurrent ? QFont::DemiBold : QFont::Normal));
        painter.setPen(color(isCurrent ? Color::Text : isDone ? Color::Text2 : Color::Text3));
        const QRect words =
            QStyle::visualRect(layoutDirection(), rect, rect.adjusted(side + space::s2, 0, 0, 0));
        painter.drawText(words, int(Qt::AlignVCenter | Qt::AlignLeading), m_steps.at(step));
    }
}

void Stepper::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (int i = 0; i < m_steps.size(); ++i) {
        const QRect rect = rectOf(i);
        paintStep(painter, i, rect);
        if (i + 1 < m_steps.size()) {
            const QRect next = rectOf(i + 1);
            const bool mirrored = next.left() < rect.left();
            const int from = mirrored ? next.right() : rect.right();
            const int to = mirrored ? rect.left() : next.left();
            paintHorizontalLine(&painter, from + space::s2, to - space::s2, height() / 2.0,
                                color(Color::BorderStrong));
        }
    }
}

void Stepper::mousePressEvent(QMouseEvent *event)
{
    const int step = stepAt(event->position().toPoint());
    if (m_goesBack && step >= 0 && step < m_current) {
        Q_EMIT stepWanted(step);
    }
}

void Stepper::mouseMoveEvent(QMouseEvent *event)
{
    const int step = stepAt(event->position().toPoint());
    const bool canGo = m_goesBack && step >= 0 && step < m_current;
    setCursor(canGo ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void Stepper::keyPressEvent(QKeyEvent *event)
{
    const int back = isRightToLeft() ? Qt::Key_Right : Qt::Key_Left;
    if (event->key() == back && m_goesBack && m_current > 0) {
        Q_EMIT stepWanted(m_current - 1);
    } else {
        QWidget::keyPressEvent(event);
    }
}

} // namespace roadstead::ui
