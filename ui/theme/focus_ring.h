// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>
#include <QRectF>

class QFocusFrame;
class QWidget;

namespace roadstead::ui {

/// Shows the focus ring round the widget that has the keyboard: always round fields, else only when
/// focus came by keyboard. Views draw their own, round the current row. A widget with the dynamic
/// property "focusRing" = false never gets one; "focusRadius" says its corner radius.
class FocusRing : public QObject
{
    Q_OBJECT
public:
    explicit FocusRing(QObject *parent);
    ~FocusRing() override;

    /// The widget that has the ring now, or null.
    [[nodiscard]] QWidget *target() const;

    /// What of `widget`, which fills `box`, the ring goes round: of tabs the current one.
    [[nodiscard]] static QRectF within(const QWidget &widget, const QRectF &box);

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void show(QWidget *widget);

    QPointer<QFocusFrame> m_frame;
    QMetaObject::Connection m_tabs; ///< while the ring is round one of them
    bool m_byKeyboard = false;
};

} // namespace roadstead::ui
