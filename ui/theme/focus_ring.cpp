// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/focus_ring.h"

#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QFocusEvent>
#include <QFocusFrame>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QTabBar>
#include <QTextEdit>

namespace roadstead::ui {

namespace {

bool isField(const QWidget *widget)
{
    if (const auto *combo = qobject_cast<const QComboBox *>(widget)) {
        return combo->isEditable();
    }
    return qobject_cast<const QLineEdit *>(widget) != nullptr ||
           qobject_cast<const QAbstractSpinBox *>(widget) != nullptr ||
           qobject_cast<const QPlainTextEdit *>(widget) != nullptr ||
           qobject_cast<const QTextEdit *>(widget) != nullptr;
}

bool drawsItsOwn(const QWidget *widget)
{
    const QVariant wanted = widget->property("focusRing");
    return (wanted.isValid() && !wanted.toBool()) ||
           qobject_cast<const QAbstractItemView *>(widget) != nullptr ||
           qobject_cast<const QMenu *>(widget) != nullptr || widget->isWindow();
}

} // namespace

FocusRing::FocusRing(QObject *parent)
    : QObject(parent)
{
    parent->installEventFilter(this);
}

FocusRing::~FocusRing()
{
    delete m_frame;
}

QWidget *FocusRing::target() const
{
    return m_frame != nullptr ? m_frame->widget() : nullptr;
}

void FocusRing::show(QWidget *widget)
{
    if (m_frame == nullptr) {
        if (widget == nullptr) {
            return;
        }
        m_frame = new QFocusFrame;
        m_frame->setObjectName(QStringLiteral("focusRing"));
    }
    disconnect(m_tabs);
    m_frame->setWidget(widget);
    if (const auto *tabs = qobject_cast<const QTabBar *>(widget)) { // it is round the current one
        m_tabs = connect(tabs, &QTabBar::currentChanged, m_frame, qOverload<>(&QWidget::update));
    }
}

QRectF FocusRing::within(const QWidget &widget, const QRectF &box)
{
    const auto *tabs = qobject_cast<const QTabBar *>(&widget);
    if (tabs == nullptr || tabs->currentIndex() < 0) {
        return box;
    }
    constexpr QMarginsF inside(3, 5, 3, 6); // the line below the tab, and its neighbours
    const QRectF tab = tabs->tabRect(tabs->currentIndex());
    return tab.translated(box.topLeft()).marginsRemoved(inside);
}

bool FocusRing::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::KeyPress:
        m_byKeyboard = true;
        break;
    case QEvent::MouseButtonPress:
        m_byKeyboard = false;
        if (target() != nullptr && !isField(target())) {
            show(nullptr);
        }
        break;
    case QEvent::FocusIn: {
        auto *widget = qobject_cast<QWidget *>(watched);
        if (widget == nullptr) {
            break;
        }
        const Qt::FocusReason reason = static_cast<QFocusEvent *>(event)->reason();
        const bool byKeyboard = reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason ||
                                reason == Qt::ShortcutFocusReason ||
                                (reason != Qt::MouseFocusReason && m_byKeyboard);
        show(!drawsItsOwn(widget) && (isField(widget) || byKeyboard) ? widget : nullptr);
        break;
    }
    case QEvent::FocusOut:
        if (watched == target()) {
            show(nullptr);
        }
        break;
    default:
        break;
    }
    return false;
}

} // namespace roadstead::ui
