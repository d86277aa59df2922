// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/engine_card.h"

#include "ui/shell/engine_situation.h"
#include "ui/text/display_text.h"
#include "ui/text/formats.h"
#include "ui/theme/busy_clock.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/state_mark.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QStyle>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {
constexpr int cardPadding = 11;
constexpr int labelWidth = 42;
constexpr int widestBar = 70;
constexpr int meterGap = 8;
} // namespace

EngineCard::EngineCard(EngineView *engine, QWidget *parent)
    : QAbstractButton(parent)
    , m_engine(engine)
{
    setObjectName(u"engineCard"_s);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setProperty("focusRadius", radius::card);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(engine, &EngineView::stateChanged, this, &EngineCard::refresh);
    connect(engine, &EngineView::countsChanged, this, &EngineCard::refresh);
    connect(engine, &EngineView::usageChanged, this, [this] {
        describeUse();
        update();
    });
    refresh();
}

void EngineCard::refresh()
{
    const SituationText text = describeSituation(*m_engine, QDateTime::currentDateTime());
    m_mark = text.mark;
    m_second = m_engine->version().isEmpty() || text.mark != StateMark::Running
                   ? text.word
                   : tr("%1 · Docker %2", "state, version").arg(text.word, m_engine->version());
    BusyClock::instance().setBusy(this, m_mark == StateMark::Busy);
    setAccessibleName(tr("%1, %2. Show the engine").arg(m_engine->name(), m_second));
    describeUse();
    setToolTip(m_collapsed ? plainTip(u"%1\n%2"_s.arg(m_engine->name(), m_second)) : QString());
    updateGeometry();
    update();
}

/// What is painted, for those who cannot see it.
void EngineCard::describeUse()
{
    QStringList parts;
    const auto usage = m_mark == StateMark::Running ? m_engine->usage() : std::nullopt;
    if (usage) {
        parts << tr("CPU %1").arg(percentText(usage->cpuPercent, 0))
              << tr("memory %1").arg(memoryOfText(usage->memory, usage->memoryAll));
    }
    if (const int unhealthy = m_engine->counts().unhealthy; usage && unhealthy > 0) {
        parts << tr("%n unhealthy", nullptr, unhealthy);
    }
    setAccessibleDescription(parts.join(u", "_s));
}

void EngineCard::setCollapsed(bool collapsed)
{
    m_collapsed = collapsed;
    refresh();
}

QSize EngineCard::sizeHint() const
{
    return m_collapsed ? QSize(36, scaled(50)) : QSize(scaled(198), scaled(104));
}

void EngineCard::paintMeter(QPainter &painter, int y, int barWidth, const QString &label,
                            double share, const QString &value)
{
    const auto place = [&](int x, int width) {
        return QStyle::visualRect(layoutDirection(), rect(), QRect(x, y, width, scaled(16)));
    };
    painter.setFont(ui::figures(FontRole::Caption));
    painter.setPen(color(Color::Text2));
    const int flags = Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextDontClip;
    painter.drawText(place(cardPadding, scaled(labelWidth)), flags, label);
    const QRect bar = place(cardPadding + scaled(labelWidth), barWidth);
    const QColor fill = color(share >= 0.9   ? Color::DangerMark
                              : share >= 0.8 ? Color::WarnMark
                                             : Color::AccentSolid);
    paintBar(&painter, QRectF(bar.x(), bar.center().y() - 1.5, bar.width(), 4), share, fill,
             layoutDirection());
    const int x = cardPadding + scaled(labelWidth) + barWidth + meterGap;
    painter.drawText(place(x, width() - x - cardPadding), flags, value);
}

void EngineCard::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    paintBox(&painter, rect(), radius::card,
             color(isDown()                       ? Color::AccentTint
                   : underMouse() && !m_collapsed ? Color::BgHover
                                                  : Color::BgSurface),
             color(isDown() ? Color::AccentBorder : Color::Border));
    const int mark = scaled(14);
    if (m_collapsed) {
        paintStateMark(&painter,
                       QRectF((width() - mark) / 2.0, (height() - mark) / 2.0, mark, mark), m_mark);
        return;
    }
    const auto place = [&](int x, int y, int w, int h) {
        return QStyle::visualRect(layoutDirection(), rect(), QRect(x, y, w, h));
    };
    paintStateMark(&painter, place(cardPadding, scaled(11), mark, mark), m_mark);
    const int chevron = scaled(14);
    paintIcon(&painter, place(width() - cardPadding - chevron + 1, scaled(11), chevron, chevron),
              layoutDirection() == Qt::RightToLeft ? u"chevron-left"_s : u"chevron-right"_s);
    const int flags = Qt::AlignVCenter | Qt::TextSingleLine;
    painter.setFont(ui::font(FontRole::Body, QFont::DemiBold));
    painter.setPen(color(Color::Text));
    const int nameX = cardPadding + mark + 8;
    const int nameWidth = width() - nameX - cardPadding - chevron - 4;
    painter.drawText(place(nameX, scaled(8), nameWidth, scaled(20)), flags,
                     painter.fontMetrics().elidedText(m_engine->name(), Qt::ElideRight, nameWidth));

    painter.setFont(ui::font(FontRole::Small));
    painter.setPen(color(Color::Text3));
    const int unhealthy = m_mark == StateMark::Running ? m_engine->counts().unhealthy : 0;
    const QString badge = unhealthy > 0 ? numberText(unhealthy) : QString();
    const int badgeWidth =
        badge.isEmpty() ? 0 : 18 + painter.fontMetrics().horizontalAdvance(badge);
    const int lineWidth = width() - 2 * cardPadding - badgeWidth;
    painter.drawText(place(cardPadding, scaled(28), lineWidth, scaled(18)), flags,
                     painter.fontMetrics().elidedText(m_second, Qt::ElideRight, lineWidth));
    if (!badge.isEmpty()) {
        const QRect box =
            place(width() - cardPadding - badgeWidth, scaled(28), badgeWidth, scaled(18));
        const QRect icon = QStyle::visualRect(layoutDirection(), box,
                                              QRect(box.x(), box.y() + 2, scaled(13), scaled(13)));
        paintStateMark(&painter, icon, StateMark::Warning);
        painter.setPen(color(Color::Warn));
        painter.drawText(
            QStyle::visualRect(layoutDirection(), box, box.adjusted(scaled(13) + 4, 0, 4, 0)),
            flags, badge);
    }

    const auto usage = m_mark == StateMark::Running ? m_engine->usage() : std::nullopt;
    const QString cpu = usage ? percentText(usage->cpuPercent, 0) : unknownText();
    const QString memory = usage ? memoryOfText(usage->memory, usage->memoryAll) : unknownText();
    // Both bars are as long as the longer value leaves them.
    const QFontMetrics metrics(ui::figures(FontRole::Caption));
    const int left = width() - 2 * cardPadding - scaled(labelWidth) - meterGap -
                     std::max(metrics.horizontalAdvance(cpu), metrics.horizontalAdvance(memory));
    const int bar = std::clamp(left, 0, scaled(widestBar));
    paintMeter(painter, scaled(53), bar, tr("CPU"), usage ? usage->cpuPercent / 100 : 0, cpu);
    paintMeter(painter, scaled(77), bar, tr("Mem", "memory, short"),
               usage && usage->memoryAll > 0
                   ? static_cast<double>(usage->memory) / static_cast<double>(usage->memoryAll)
                   : 0,
               memory);
}

} // namespace roadstead::ui
