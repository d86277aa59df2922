// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/overview_rows.h"

#include "ui/pages/containers/overview_panel.h"
#include "ui/pages/masked_text.h"
#include "ui/text/display_text.h"
#include "ui/text/formats.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/command_strip.h"
#include "ui/widgets/label.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace roadstead::ui {

namespace {

constexpr std::size_t stripBars = 60;

} // namespace

QWidget *factCell(const QString &caption, const QString &value, const QString &tip)
{
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(space::s3, space::s2 - 2, space::s2, space::s2 - 1);
    column->setSpacing(0);
    column->addWidget(new Label(caption, FontRole::Small, Color::Text3));
    auto *text = new ElidedLabel(value, FontRole::Body, Color::Text);
    text->setRole(FontRole::Body, QFont::Medium);
    text->setToolTip(tip.isEmpty() ? QString() : plainTip(tip));
    column->addWidget(text);
    return box;
}

QHBoxLayout *addSecondLine(QWidget *row, int indent)
{
    auto *line = new QHBoxLayout;
    line->setContentsMargins(space::s3 + indent, 0, space::s3, space::s1 + 2);
    line->setSpacing(space::s2);
    static_cast<QVBoxLayout *>(row->layout())->addLayout(line);
    return line;
}

QWidget *exposureCell(Exposure exposure, int width)
{
    auto *badge = new Badge(exposureText(exposure),
                            exposure == Exposure::OtherComputers ? Tone::Warn : Tone::Neutral);
    badge->setIconName(exposure == Exposure::OtherComputers     ? QStringLiteral("globe2")
                       : exposure == Exposure::ThisComputerOnly ? QStringLiteral("display")
                                                                : QStringLiteral("network"));
    auto *cell = new QWidget;
    cell->setFixedWidth(width);
    auto *row = new QHBoxLayout(cell);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(badge);
    row->addStretch();
    return cell;
}

QWidget *stripCaption(const QString &first, const QString &count)
{
    auto *caption = new QWidget;
    caption->setObjectName(QStringLiteral("healthCaption"));
    auto *row = new QHBoxLayout(caption);
    row->setContentsMargins(space::s3, 0, space::s3, space::s1);
    row->addWidget(new Label(first, FontRole::Caption, Color::Text3));
    row->addStretch();
    row->addWidget(new Label(count, FontRole::Caption, Color::Text3));
    row->addStretch();
    row->addWidget(new Label(QCoreApplication::translate("OverviewPanel", "Now"), FontRole::Caption,
                             Color::Text3));
    return caption;
}

QWidget *healthRow(bool passed, const QString &time, const QString &took, const QString &output)
{
    auto [widget, row] = makeRow(false);
    widget->setMinimumHeight(heightFor(FontRole::Small, 22));
    row->addWidget(new MarkLabel(passed ? StateMark::Done : StateMark::Error, 12));
    row->addWidget(new Label(time, FontRole::Small, Color::Text2));
    auto *duration = new Label(took, FontRole::Small, Color::Text2);
    duration->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    duration->setMinimumWidth(scaled(48));
    row->addWidget(duration);
    row->addWidget(monoLabel(output, passed ? Color::Text : Color::Danger), 1);
    return widget;
}

QWidget *healthCheckRow(const docker::HealthOptions &check)
{
    auto [widget, row] = makeRow(true);
    widget->setObjectName(QStringLiteral("healthCheck"));
    row->addWidget(new IconLabel(QStringLiteral("activity"), 14, Color::Text2));
    row->addWidget(monoLabel(maskedCommand(check.command)), 1);
    row->addWidget(new Label(healthTimes(check), FontRole::Small, Color::Text2));
    row->addWidget(
        copyButton(QStringLiteral("copyHealthCheck"),
                   QCoreApplication::translate("OverviewPanel", "Copy the health check's command"),
                   check.command));
    return widget;
}

HealthStrip::HealthStrip(const std::vector<docker::HealthCheck> &log, QWidget *parent)
    : QWidget(parent)
{
    const std::size_t first = log.size() > stripBars ? log.size() - stripBars : 0;
    for (std::size_t i = first; i < log.size(); ++i) {
        m_passed.push_back(log[i].exitCode == 0);
    }
    setObjectName(QStringLiteral("healthStrip"));
    setAccessibleName(
        tr("%1 of %2 checks passed").arg(std::ranges::count(m_passed, true)).arg(m_passed.size()));
    setToolTip(plainTip(accessibleName()));
    setFixedHeight(sizeHint().height());
}

QSize HealthStrip::sizeHint() const
{
    return {100, space::s3 * 2 + 10};
}

void HealthStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF strip = QRectF(rect()).adjusted(space::s3, space::s2, -space::s3, -space::s2);
    const qreal width = strip.width() / qreal(stripBars);
    const std::size_t empty = stripBars - m_passed.size();
    for (std::size_t i = 0; i < stripBars; ++i) {
        const QRectF bar(strip.left() + qreal(i) * width, strip.top(), width - 1, strip.height());
        const Color tone = i < empty             ? Color::BgTrack
                           : m_passed[i - empty] ? Color::OkMark
                                                 : Color::DangerMark;
        painter.fillRect(bar, color(tone));
    }
}

} // namespace roadstead::ui
