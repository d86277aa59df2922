// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/chip.h"

#include "ui/text/formats.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/state_mark.h"
#include "ui/theme/theme.h"
#include "ui/widgets/flow_layout.h"

#include <QButtonGroup>
#include <QEvent>
#include <QPainter>
#include <QStyle>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {
constexpr int chipPadding = 8;
constexpr int chipGap = 6;
constexpr int chipMarkSide = 12;
constexpr int chipSwatchSide = 8;
} // namespace

Chip::Chip(const QString &name, const QString &text, std::optional<StateMark> mark, QWidget *parent)
    : QAbstractButton(parent)
    , m_mark(mark)
{
    setObjectName(name);
    setText(text);
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
    refreshName();
}

void Chip::setCount(std::optional<qint64> count)
{
    if (count != m_count) {
        m_count = count;
        refreshName();
        updateGeometry();
        update();
    }
}

void Chip::setIconName(const QString &iconName)
{
    m_iconName = iconName;
    updateGeometry();
}

void Chip::setSwatch(Color swatch)
{
    m_swatch = swatch;
    updateGeometry();
}

void Chip::refreshName()
{
    setAccessibleName(m_count ? u"%1, %2"_s.arg(text(), numberText(*m_count)) : text());
}

void Chip::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::EnabledChange || event->type() == QEvent::LayoutDirectionChange) {
        update();
    }
    QAbstractButton::changeEvent(event);
}

QSize Chip::sizeHint() const
{
    const QFontMetrics metrics(ui::font(FontRole::Small, QFont::Medium));
    int width = 2 * chipPadding + 2 + metrics.horizontalAdvance(text());
    if (m_mark || !m_iconName.isEmpty()) {
        width += scaled(chipMarkSide) + chipGap;
    } else if (m_swatch) {
        width += scaled(chipSwatchSide) + chipGap;
    }
    if (m_count) {
        width += chipGap + metrics.horizontalAdvance(numberText(*m_count));
    }
    return {width, heightFor(FontRole::Small, size::chip)};
}

void Chip::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    const bool on = isChecked();
    const QColor fill = on             ? color(Color::AccentTint)
                        : isDown()     ? color(Color::BgTrack)
                        : underMouse() ? color(Color::BgHover)
                                       : color(Color::BgSurface);
    paintBox(&painter, rect(), radius::control, fill,
             color(on ? Color::AccentBorder : Color::Border));
    const QColor tone = color(!isEnabled() ? Color::TextDisabled
                              : on         ? Color::Accent
                                           : Color::Text2);
    painter.setFont(ui::font(FontRole::Small, on ? QFont::DemiBold : QFont::Medium));
    const auto place = [&](int x, int width, int height) {
        return QStyle::visualRect(layoutDirection(), rect(),
                                  QRect(x, (rect().height() - height) / 2, width, height));
    };
    int x = chipPadding + 1;
    const int side = scaled(chipMarkSide);
    if (m_mark) {
        paintStateMark(&painter, place(x, side, side), *m_mark);
        x += side + chipGap;
    } else if (!m_iconName.isEmpty()) {
        paintIcon(&painter, place(x, side, side), m_iconName, tone);
        x += side + chipGap;
    } else if (m_swatch) {
        const int small = scaled(chipSwatchSide);
        paintBox(&painter, place(x, small, small), 2, color(*m_swatch));
        x += small + chipGap;
    }
    painter.setPen(tone);
    const int flags = Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextDontClip;
    const int textWidth =
        QFontMetrics(ui::font(FontRole::Small, QFont::Medium)).horizontalAdvance(text());
    painter.drawText(place(x, textWidth + 1, height()), flags, text());
    if (m_count) {
        painter.setFont(ui::font(FontRole::Small, QFont::Medium));
        painter.setPen(color(on ? Color::Accent : Color::Text3));
        painter.drawText(place(x + textWidth + chipGap,
                               width() - x - textWidth - chipGap - chipPadding, height()),
                         flags, numberText(*m_count));
    }
}

ChipGroup::ChipGroup(const QString &name, const QString &label, QWidget *parent)
    : QWidget(parent)
    , m_group(new QButtonGroup(this))
    , m_layout(new FlowLayout(this))
{
    setObjectName(name);
    setAccessibleName(label);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(space::s2);
    connect(m_group, &QButtonGroup::idToggled, this, [this](int id, bool on) {
        if (on) {
            Q_EMIT chosenChanged(id);
        }
    });
}

Chip *ChipGroup::addChip(int id, const QString &name, const QString &text,
                         std::optional<StateMark> mark)
{
    auto *chip = new Chip(name, text, mark);
    m_group->addButton(chip, id);
    m_layout->addWidget(chip);
    return chip;
}

Chip *ChipGroup::chip(int id) const
{
    return qobject_cast<Chip *>(m_group->button(id));
}

int ChipGroup::chosen() const
{
    return m_group->checkedId();
}

void ChipGroup::choose(int id)
{
    if (QAbstractButton *button = m_group->button(id)) {
        button->setChecked(true);
    }
}

} // namespace roadstead::ui
