// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/overview_rows.h"

#include "ui/pages/containers/overview_panel.h"
#include "ui/text/display_text.h"
#include "ui/text/formats.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/command_strip.h"
#include "ui/widgets/label.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>

namespace roadstead::ui {

namespace {

constexpr int lineHeightPx = 28;
constexpr int pairHeight = 22;
constexpr int captionWidth = 88;
constexpr int labelNameWidth = 204;
constexpr int nameWidth = 144;
constexpr int narrowNameWidth = 120; ///< of both, in a pane
constexpr std::size_t stripBars = 60;
constexpr std::chrono::seconds valueRevealTime{30};

} // namespace

std::pair<QWidget *, QHBoxLayout *> makeRow(bool lineAbove)
{
    auto *widget = new QWidget;
    auto *outer = new QVBoxLayout(widget);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    if (lineAbove) {
        outer->addWidget(new Separator);
    }
    auto *row = new QHBoxLayout;
    row->setContentsMargins(space::s3, 0, space::s3, 0);
    row->setSpacing(space::s2);
    outer->addLayout(row);
    widget->setMinimumHeight(heightFor(FontRole::Body, lineHeightPx));
    return {widget, row};
}

ElidedLabel *monoLabel(const QString &text, Color tone)
{
    auto *label = new ElidedLabel(text, FontRole::Mono, tone);
    label->setElideMode(Qt::ElideMiddle);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

IconButton *copyButton(const QString &name, const QString &label, std::string value)
{
    auto *button = new IconButton(name, QStringLiteral("copy"), label);
    QObject::connect(button, &QAbstractButton::clicked, button, [value = std::move(value)] {
        QGuiApplication::clipboard()->setText(QString::fromStdString(value));
    });
    return button;
}

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

void addPair(QVBoxLayout *rows, const QString &caption, const QString &value, bool mono,
             bool monoCaption)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(space::s2);
    auto *label =
        new ElidedLabel(caption, monoCaption ? FontRole::Mono : FontRole::Small, Color::Text3);
    label->setFixedWidth(scaled(monoCaption ? labelNameWidth : captionWidth));
    label->setMinimumHeight(scaled(pairHeight));
    row->addWidget(label);
    row->addWidget(mono ? monoLabel(value) : new ElidedLabel(value, FontRole::Small, Color::Text),
                   1);
    rows->addLayout(row);
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

VariableRow::VariableRow(const QString &kind, const std::string &name, const std::string &value,
                         bool narrow, QWidget *parent)
    : QWidget(parent)
    , m_value(value)
    , m_secret(looksSecret(name, value))
    , m_masked(m_secret)
    , m_text(monoLabel({}))
{
    const QString shownName = displayText(name);
    setMinimumHeight(heightFor(FontRole::Body, lineHeightPx));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(space::s3, 0, space::s2, 0);
    row->setSpacing(space::s2);
    auto *nameLabel = monoLabel(shownName);
    const bool isLabel = kind == QLatin1StringView("label");
    nameLabel->setFixedWidth(scaled(narrow    ? narrowNameWidth
                                    : isLabel ? labelNameWidth
                                              : nameWidth));
    row->addWidget(nameLabel);
    row->addWidget(m_text, 1);
    if (m_secret) {
        m_eye = new IconButton(QStringLiteral("reveal_") +
                                   (isLabel ? QStringLiteral("label_") : QString()) + shownName,
                               QStringLiteral("eye"), tr("Show %1 for 30 seconds").arg(shownName));
        m_hide = new QTimer(this);
        m_hide->setSingleShot(true);
        m_hide->setInterval(valueRevealTime);
        connect(m_hide, &QTimer::timeout, this, [this] { setRevealed(false); });
        connect(m_eye, &QAbstractButton::clicked, this, [this] { setRevealed(m_masked); });
        row->addWidget(m_eye);
    }
    row->addWidget(copyButton(QStringLiteral("copy_") +
                                  (isLabel ? QStringLiteral("label_") : QString()) + shownName,
                              tr("Copy %1").arg(shownName), m_value));
    setRevealed(!m_secret);
}

void VariableRow::setRevealed(bool revealed)
{
    m_masked = !revealed;
    m_text->setFullText(m_masked ? maskedText() : displayText(m_value));
    if (!m_secret) {
        return;
    }
    m_eye->setIconName(m_masked ? QStringLiteral("eye") : QStringLiteral("eye-slash"));
    if (revealed) {
        m_hide->start();
    } else {
        m_hide->stop();
    }
}

} // namespace roadstead::ui
