// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/card_rows.h"

#include "ui/text/display_text.h"
#include "ui/text/secret_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/label.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QTimer>
#include <QVBoxLayout>

#include <chrono>

namespace roadstead::ui {

namespace {

constexpr int lineHeightPx = 28;
constexpr int pairHeight = 22;
constexpr int captionWidth = 88;
constexpr int labelNameWidth = 204;
constexpr int nameWidth = 144;
constexpr int narrowNameWidth = 120; ///< of both, in a pane
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

QHBoxLayout *addPair(QVBoxLayout *rows, const QString &caption, const QString &value, bool mono,
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
    return row;
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
