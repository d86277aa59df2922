// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Where the parts of composite controls are.

#include "ui/theme/style.h"

#include <QStyleOption>

#include <algorithm>

namespace roadstead::ui {

QRect Style::subControlRect(ComplexControl control, const QStyleOptionComplex *option,
                            SubControl part, const QWidget *widget) const
{
    const QRect r = option->rect;
    if (control == CC_ComboBox) {
        QRect rect;
        switch (part) {
        case SC_ComboBoxFrame:
        case SC_ComboBoxListBoxPopup:
            return r;
        case SC_ComboBoxArrow:
            rect = QRect(r.right() - 27, r.top(), 28, r.height());
            break;
        default:
            rect = r.adjusted(8, 1, -28, -1);
        }
        return visualRect(option->direction, r, rect);
    }
    if (control == CC_SpinBox) {
        QRect rect = r;
        switch (part) {
        case SC_SpinBoxUp:
            rect = QRect(r.right() - 22, r.top() + 1, 22, r.height() / 2 - 1);
            break;
        case SC_SpinBoxDown:
            rect = QRect(r.right() - 22, r.top() + r.height() / 2, 22, r.height() / 2 - 1);
            break;
        case SC_SpinBoxEditField:
            rect = r.adjusted(6, 1, -24, -1);
            break;
        default:
            break;
        }
        return visualRect(option->direction, r, rect);
    }
    if (control == CC_ScrollBar) {
        // No arrow buttons: the groove is the whole bar.
        if (part == SC_ScrollBarAddLine || part == SC_ScrollBarSubLine) {
            return {};
        }
        const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
        if (bar != nullptr) {
            const bool lying = bar->orientation == Qt::Horizontal;
            const int length = lying ? r.width() : r.height();
            const qint64 range = static_cast<qint64>(bar->maximum) - bar->minimum;
            int slider = length;
            if (range > 0) {
                slider = static_cast<int>(static_cast<qint64>(length) * bar->pageStep /
                                          (range + bar->pageStep));
                slider = std::clamp(slider, std::min(32, length), length);
            }
            const int start = sliderPositionFromValue(
                bar->minimum, bar->maximum, bar->sliderPosition, length - slider, bar->upsideDown);
            const auto section = [&](int from, int count) {
                return lying ? QRect(r.x() + from, r.y(), count, r.height())
                             : QRect(r.x(), r.y() + from, r.width(), count);
            };
            switch (part) {
            case SC_ScrollBarSlider:
                return section(start, slider);
            case SC_ScrollBarSubPage:
                return section(0, start);
            case SC_ScrollBarAddPage:
                return section(start + slider, length - start - slider);
            default:
                return r;
            }
        }
    }
    return QProxyStyle::subControlRect(control, option, part, widget);
}

} // namespace roadstead::ui
