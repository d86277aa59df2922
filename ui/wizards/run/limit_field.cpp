// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/run/limit_field.h"

#include "engine/reference/numbers.h"
#include "engine/reference/options.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"
#include "ui/widgets/label.h"
#include "ui/wizards/run/field.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>

namespace roadstead::ui {

namespace {

constexpr int tenths = 10; ///< steps of a CPU
constexpr std::int64_t billion = 1'000'000'000;
constexpr std::int64_t memoryStep = 64LL << 20U;
constexpr int fieldWidth = 84;
constexpr int labelWidth = 52;
constexpr int handle = 14;
constexpr int groove = 4;

/// As the design has it: a filled track and a ring.
class LimitSlider : public QSlider
{
public:
    LimitSlider()
        : QSlider(Qt::Horizontal)
    {
        setMinimumSize(scaled(64), scaled(size::hitTargetMin));
        setFocusPolicy(Qt::StrongFocus);
    }

protected:
    void paintEvent(QPaintEvent *event) override
    {
        Q_UNUSED(event)
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const qreal span = maximum() > minimum() ? qreal(maximum() - minimum()) : 1;
        const qreal share = qreal(value() - minimum()) / span;
        const QRectF track(handle / 2.0, (height() - groove) / 2.0, width() - handle, groove);
        paintBar(&painter, track, share, color(Color::AccentSolid), layoutDirection());
        const qreal along = layoutDirection() == Qt::RightToLeft ? 1 - share : share;
        QRectF ring(0, 0, handle - 2, handle - 2);
        ring.moveCenter({track.left() + along * track.width(), height() / 2.0});
        painter.setPen(QPen(color(Color::AccentSolid), 2));
        painter.setBrush(color(Color::BgSurface));
        painter.drawEllipse(ring);
        if (hasFocus()) {
            paintFocusRing(&painter, ring.adjusted(-1, -1, 1, 1), handle / 2.0);
        }
    }
    void wheelEvent(QWheelEvent *event) override { event->ignore(); } // it scrolls the page
};

} // namespace

LimitField::LimitField(const QString &name, const QString &label, Unit unit, QWidget *parent)
    : QWidget(parent)
    , m_unit(unit)
    , m_slider(new LimitSlider)
    , m_field(makeField(name, label, tr("no limit")))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::s2);
    auto *caption = new Label(label, FontRole::Small, Color::Text2);
    caption->setMinimumWidth(scaled(labelWidth));
    caption->setBuddy(m_field);
    row->addWidget(caption);
    row->addWidget(m_slider, 1);
    row->addWidget(m_field);
    m_field->setFixedWidth(scaled(fieldWidth));
    m_slider->setObjectName(name + QStringLiteral("Slider"));
    m_slider->setAccessibleName(label);
    m_slider->setVisible(false);
    connect(m_field, &QLineEdit::textEdited, this, [this] {
        follow();
        Q_EMIT edited();
    });
    connect(m_slider, &QSlider::valueChanged, this, [this](int position) {
        m_field->setText(textAt(position));
        Q_EMIT edited();
    });
    connect(&Theme::instance(), &Theme::changed, m_slider, qOverload<>(&QWidget::update));
}

/// 0 is no limit: the slider is at its end then, for all may be used.
QString LimitField::textAt(int position) const
{
    if (position <= 0 || position >= m_slider->maximum()) {
        return {};
    }
    return m_unit == Unit::Processors ? QString::number(position / double(tenths))
                                      : QStringLiteral("%1m").arg(position * (memoryStep >> 20U));
}

void LimitField::setMost(std::int64_t most)
{
    m_slider->setVisible(most > 0);
    const std::int64_t steps =
        m_unit == Unit::Processors ? most * tenths : (most + memoryStep - 1) / memoryStep;
    const QSignalBlocker quiet(m_slider);
    m_slider->setRange(0, int(std::clamp<std::int64_t>(steps, 1, 1'000'000)));
    m_slider->setPageStep(m_unit == Unit::Processors ? tenths : 4);
    follow();
}

void LimitField::setValue(const std::string &text)
{
    setText(m_field, text);
    follow();
}

std::string LimitField::value() const
{
    return textOf(m_field);
}

void LimitField::follow()
{
    const QSignalBlocker quiet(m_slider);
    const std::string text = value();
    const auto amount = m_unit == Unit::Processors ? reference::parseProcessors(text)
                                                   : reference::parseMemory(text);
    if (text.empty() || !amount) {
        m_slider->setValue(m_slider->maximum());
    } else {
        const std::int64_t step = m_unit == Unit::Processors ? billion / tenths : memoryStep;
        m_slider->setValue(int(std::min<std::int64_t>(*amount / step, m_slider->maximum())));
    }
    m_slider->update();
}

} // namespace roadstead::ui
