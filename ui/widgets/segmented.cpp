// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/segmented.h"

#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPainter>
#include <QPainterPath>

namespace roadstead::ui {

namespace {

/// One part; the outer ones have the round corners.
class Segment : public QAbstractButton
{
public:
    using QAbstractButton::QAbstractButton;

    [[nodiscard]] QSize sizeHint() const override
    {
        const QFontMetrics metrics(ui::font(FontRole::Small, QFont::DemiBold));
        return {metrics.horizontalAdvance(text()) + 22, heightFor(FontRole::Small, size::chip)};
    }

protected:
    void paintEvent(QPaintEvent *event) override
    {
        Q_UNUSED(event)
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        // The whole group's outline, cut to this part.
        const QRectF whole(-x(), 0, parentWidget()->width(), height());
        const bool on = isChecked();
        painter.setClipRect(rect());
        paintBox(&painter, whole, radius::control,
                 color(on             ? Color::AccentTint
                       : underMouse() ? Color::BgHover
                                      : Color::BgSurface),
                 color(Color::BorderStrong));
        if (x() > 0) {
            paintVerticalLine(&painter, 0, 0, height(), color(Color::BorderStrong));
        }
        painter.setFont(ui::font(FontRole::Small, on ? QFont::DemiBold : QFont::Medium));
        painter.setPen(color(!isEnabled() ? Color::TextDisabled
                             : on         ? Color::Accent
                                          : Color::Text2));
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextSingleLine, text());
    }
};

} // namespace

Segmented::Segmented(const QString &name, const QString &label, QWidget *parent)
    : QWidget(parent)
    , m_group(new QButtonGroup(this))
    , m_layout(new QHBoxLayout(this))
{
    setObjectName(name);
    setAccessibleName(label);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(m_group, &QButtonGroup::idToggled, this, [this](int id, bool on) {
        if (on) {
            Q_EMIT chosenChanged(id);
        }
    });
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Segmented::addChoice(int id, const QString &name, const QString &text)
{
    auto *segment = new Segment(this);
    segment->setObjectName(name);
    segment->setText(text);
    segment->setAccessibleName(text);
    segment->setCheckable(true);
    segment->setFocusPolicy(Qt::StrongFocus);
    segment->setAttribute(Qt::WA_Hover);
    m_group->addButton(segment, id);
    m_layout->addWidget(segment);
}

int Segmented::chosen() const
{
    return m_group->checkedId();
}

void Segmented::choose(int id)
{
    if (QAbstractButton *button = m_group->button(id)) {
        button->setChecked(true);
    }
}

} // namespace roadstead::ui
