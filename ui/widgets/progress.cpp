// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/progress.h"

#include "ui/theme/busy_clock.h"
#include "ui/theme/paint.h"
#include "ui/theme/state_mark.h"
#include "ui/theme/theme.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>
#include <QPainter>

#include <algorithm>

namespace roadstead::ui {

ProgressBar::ProgressBar(int thickness, QWidget *parent)
    : QWidget(parent)
    , m_thickness(thickness)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ProgressBar::setShare(double share)
{
    share = std::clamp(share, 0.0, 1.0);
    if (std::abs(share - m_share) > 0.0005) {
        m_share = share;
        update();
    }
}

void ProgressBar::setTone(Color tone)
{
    m_tone = tone;
    update();
}

QSize ProgressBar::sizeHint() const
{
    return {70, m_thickness};
}

void ProgressBar::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    QRectF track(0, (height() - m_thickness) / 2.0, width(), m_thickness);
    paintBar(&painter, track, m_share, color(m_tone), layoutDirection());
}

ProgressRing::ProgressRing(int side, QWidget *parent)
    : QWidget(parent)
    , m_side(side)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    BusyClock::instance().setBusy(this, true);
}

void ProgressRing::setShare(std::optional<double> share)
{
    m_share = share;
    BusyClock::instance().setBusy(this, !m_share);
    update();
}

QSize ProgressRing::sizeHint() const
{
    return {m_side, m_side};
}

void ProgressRing::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    if (!m_share) {
        paintStateMark(&painter, rect(), StateMark::Busy);
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing);
    const qreal width = m_side / 7.0;
    const QRectF ring = QRectF(rect()).adjusted(width, width, -width, -width);
    painter.setPen(QPen(color(Color::BgTrack), width));
    painter.drawEllipse(ring);
    painter.setPen(QPen(color(Color::Accent), width, Qt::SolidLine, Qt::RoundCap));
    painter.drawArc(ring, 90 * 16, static_cast<int>(-360 * 16 * *m_share));
}

Spinner::Spinner(const QString &text, QWidget *parent)
    : QWidget(parent)
    , m_content(new QWidget)
    , m_label(new Label(text, FontRole::Body, Color::Text2))
{
    auto *row = new QHBoxLayout(m_content);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(new ProgressRing);
    row->addWidget(m_label);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_content, 0, Qt::AlignCenter);
    m_content->hide();
    m_delay.setSingleShot(true);
    m_delay.setInterval(duration::spinnerAfter);
    connect(&m_delay, &QTimer::timeout, m_content, &QWidget::show);
}

void Spinner::start()
{
    if (!m_content->isVisible()) {
        m_delay.start();
    }
}

void Spinner::stop()
{
    m_delay.stop();
    m_content->hide();
}

void Spinner::setText(const QString &text)
{
    m_label->setText(text);
}

} // namespace roadstead::ui
