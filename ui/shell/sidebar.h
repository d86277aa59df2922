// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/engine_view.h"
#include "ui/widgets/surface.h"

#include <QAbstractButton>
#include <QAbstractListModel>
#include <QStyledItemDelegate>

class QBoxLayout;
class QListView;
class QVBoxLayout;

namespace roadstead::ui {

class IconButton;
class Page;

/// The pages as the sidebar lists them.
class NavModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role { IdRole = Qt::UserRole, IconRole, CountRole };

    using QAbstractListModel::QAbstractListModel;

    void add(Page *page);
    void clear();
    [[nodiscard]] int rowOf(const QString &id) const;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    QList<Page *> m_pages;
};

class NavDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    bool collapsed = false;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;
};

/// A line of the sidebar that is no page of the list: Settings.
class NavButton : public QAbstractButton
{
    Q_OBJECT
public:
    NavButton(const QString &name, const QString &iconName, const QString &text,
              QWidget *parent = nullptr);
    void setCollapsed(bool collapsed);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_iconName;
    bool m_collapsed = false;
};

class EngineCard;

/// The left column: pages, engine card, Settings; 216 px, or 52 with icons alone.
class Sidebar : public Surface
{
    Q_OBJECT
public:
    explicit Sidebar(EngineView *engine, QWidget *parent = nullptr);

    void addPage(Page *page);
    void removePages();
    /// Shows the page as the current place without asking for it.
    void setCurrent(const QString &id);
    [[nodiscard]] QString pageAt(int row) const;
    void setCollapsed(bool collapsed);
    [[nodiscard]] bool isCollapsed() const { return m_collapsed; }

Q_SIGNALS:
    void pageRequested(const QString &id);
    void settingsRequested();
    void engineRequested(QWidget *anchor);
    void collapsedChanged(bool collapsed);

private:
    void fit();

    NavModel *m_model;
    NavDelegate *m_delegate;
    QListView *m_view;
    EngineCard *m_card;
    NavButton *m_settings;
    IconButton *m_collapse;
    QBoxLayout *m_bottom;
    bool m_collapsed = false;
    bool m_moved = false; ///< the press that is under way has changed the page
};

} // namespace roadstead::ui
