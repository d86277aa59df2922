// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/terminal/session_tabs_access.h"

#include "ui/pages/containers/terminal/session_tabs.h"

#include <QPointer>
#include <QToolButton>

namespace roadstead::ui {

namespace {

/// One of the boxes. It stays when its session goes, for the one that comes to the same place.
class SessionAccess : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    SessionAccess(SessionTabs *tabs, int number)
        : m_tabs(tabs)
        , m_number(number)
    {
    }

    [[nodiscard]] bool isValid() const override { return m_tabs && m_number < m_tabs->count(); }
    [[nodiscard]] QObject *object() const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface *parent() const override
    {
        return QAccessible::queryAccessibleInterface(m_tabs);
    }
    [[nodiscard]] QAccessibleInterface *child(int /*index*/) const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface *childAt(int /*x*/, int /*y*/) const override
    {
        return nullptr;
    }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface * /*child*/) const override
    {
        return -1;
    }
    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        if (!isValid()) {
            return {};
        }
        return kind == QAccessible::Name          ? m_tabs->accessibleTabName(m_number)
               : kind == QAccessible::Description ? m_tabs->tabToolTip(m_number)
                                                  : QString();
    }
    void setText(QAccessible::Text /*kind*/, const QString & /*text*/) override {}
    [[nodiscard]] QRect rect() const override
    {
        if (!isValid()) {
            return {};
        }
        const QRect box = m_tabs->tabRect(m_number);
        return {m_tabs->mapToGlobal(box.topLeft()), box.size()};
    }
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::PageTab; }
    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state;
        if (!isValid()) {
            state.invalid = true;
            return state;
        }
        state = parent()->state();
        const bool front = m_tabs->currentIndex() == m_number;
        state.focused = front && m_tabs->hasFocus();
        state.selectable = true;
        state.selected = front;
        return state;
    }
    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface
                   ? static_cast<QAccessibleActionInterface *>(this)
                   : nullptr;
    }

    [[nodiscard]] QStringList actionNames() const override { return {pressAction()}; }
    void doAction(const QString &name) override
    {
        if (isValid() && name == pressAction()) {
            m_tabs->setCurrentIndex(m_number);
        }
    }
    [[nodiscard]] QStringList keyBindingsForAction(const QString & /*name*/) const override
    {
        return {};
    }

private:
    QPointer<SessionTabs> m_tabs;
    int m_number;
};

QAccessibleInterface *makeSessionTabsAccess(const QString &className, QObject *object)
{
    auto *tabs = qobject_cast<SessionTabs *>(object);
    return tabs && className == QLatin1StringView(tabs->metaObject()->className())
               ? new SessionTabsAccess(tabs)
               : nullptr;
}

} // namespace

void SessionTabsAccess::install(SessionTabs *tabs)
{
    QAccessible::installFactory(makeSessionTabsAccess); // once, however often it is asked for
    // One that was made while the bar was being made is Qt's, and would stay.
    QAccessibleInterface *early = QAccessible::queryAccessibleInterface(tabs);
    if (early && !dynamic_cast<SessionTabsAccess *>(early)) {
        QAccessible::deleteAccessibleInterface(QAccessible::uniqueId(early));
    }
}

SessionTabsAccess::SessionTabsAccess(SessionTabs *tabs)
    : QAccessibleWidget(tabs, QAccessible::PageTabList)
{
}

SessionTabsAccess::~SessionTabsAccess()
{
    for (const auto &[number, id] : m_sessions) {
        QAccessible::deleteAccessibleInterface(id);
    }
}

SessionTabs *SessionTabsAccess::tabs() const
{
    return qobject_cast<SessionTabs *>(object());
}

/// None where the widget is going: it is asked until the end.
int SessionTabsAccess::sessions() const
{
    const SessionTabs *bar = tabs();
    return bar ? bar->count() : 0;
}

int SessionTabsAccess::front() const
{
    const SessionTabs *bar = tabs();
    return bar ? bar->currentIndex() : -1;
}

/// In the order of the tabs, which is not that of the widgets: a bar raises its buttons. Then what
/// scrolls it.
QList<QWidget *> SessionTabsAccess::parts() const
{
    QList<QWidget *> parts;
    for (int i = 0; i < sessions(); ++i) {
        if (QWidget *end = tabs()->tabButton(i, QTabBar::RightSide)) {
            parts.append(end);
        }
    }
    if (tabs()) {
        for (auto *button : tabs()->findChildren<QToolButton *>(Qt::FindDirectChildrenOnly)) {
            parts.append(button);
        }
    }
    return parts;
}

int SessionTabsAccess::childCount() const
{
    return sessions() + int(parts().size());
}

QAccessibleInterface *SessionTabsAccess::child(int index) const
{
    if (index < 0 || index >= sessions()) {
        return QAccessible::queryAccessibleInterface(parts().value(index - sessions()));
    }
    const auto [entry, isNew] = m_sessions.try_emplace(index, 0);
    if (isNew) {
        entry->second = QAccessible::registerAccessibleInterface(new SessionAccess(tabs(), index));
    }
    return QAccessible::accessibleInterface(entry->second);
}

int SessionTabsAccess::indexOfChild(const QAccessibleInterface *child) const
{
    for (const auto &[number, id] : m_sessions) {
        if (child == QAccessible::accessibleInterface(id)) {
            return number;
        }
    }
    const auto part = child ? parts().indexOf(qobject_cast<QWidget *>(child->object())) : -1;
    return part < 0 ? -1 : int(part) + sessions();
}

/// What stands at the end of a tab lies on it.
QAccessibleInterface *SessionTabsAccess::childAt(int x, int y) const
{
    for (int i = childCount() - 1; i >= 0; --i) {
        QAccessibleInterface *one = child(i);
        if (one && one->isValid() && !one->state().invisible && one->rect().contains(x, y)) {
            return one;
        }
    }
    return nullptr;
}

QAccessibleInterface *SessionTabsAccess::focusChild() const
{
    const bool isHere = tabs() && tabs()->hasFocus() && front() >= 0;
    return isHere ? child(front()) : QAccessibleWidget::focusChild();
}

void *SessionTabsAccess::interface_cast(QAccessible::InterfaceType type)
{
    return type == QAccessible::SelectionInterface
               ? static_cast<QAccessibleSelectionInterface *>(this)
               : QAccessibleWidget::interface_cast(type);
}

int SessionTabsAccess::selectedItemCount() const
{
    return front() >= 0 ? 1 : 0;
}

QList<QAccessibleInterface *> SessionTabsAccess::selectedItems() const
{
    return selectedItemCount() > 0 ? QList{child(front())} : QList<QAccessibleInterface *>();
}

bool SessionTabsAccess::select(QAccessibleInterface *item)
{
    const int number = indexOfChild(item);
    const bool isSession = number >= 0 && number < sessions();
    if (isSession) {
        tabs()->setCurrentIndex(number);
    }
    return isSession;
}

/// One is always in front.
bool SessionTabsAccess::unselect(QAccessibleInterface * /*item*/)
{
    return false;
}

bool SessionTabsAccess::selectAll()
{
    return false;
}

bool SessionTabsAccess::clear()
{
    return false;
}

} // namespace roadstead::ui
