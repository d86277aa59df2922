// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/sidebar.h"

#include "ui/shell/engine_card.h"
#include "ui/shell/keymap.h"
#include "ui/shell/page.h"
#include "ui/text/display_text.h"
#include "ui/text/formats.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"

#include <QBoxLayout>
#include <QListView>
#include <QPainter>

#include <utility>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

constexpr int inset = 8;
constexpr int rowGap = 2;

struct NavLine
{
    QString iconName;
    QString text;
    QString count;
    bool selected = false;
    bool hovered = false;
    bool focused = false;
    bool collapsed = false;
    Qt::LayoutDirection direction = Qt::LeftToRight;
};

/// One line, in a box that is as tall as the highlight.
void paintNavLine(QPainter *painter, const QRect &box, const NavLine &line)
{
    const auto place = [&](int x, int width, int height) {
        return QStyle::visualRect(
            line.direction, box,
            QRect(box.x() + x, box.y() + (box.height() - height) / 2, width, height));
    };
    if (line.selected) {
        paintBox(painter, box, radius::control, color(Color::BgNavSelected));
        paintBox(painter, place(0, border::navMarkerWidth, scaled(16)), 1.5, color(Color::Accent));
    } else if (line.hovered) {
        paintBox(painter, box, radius::control, color(Color::BgTrack));
    }
    if (line.focused) {
        paintBox(painter, QRectF(box).adjusted(1, 1, -1, -1), radius::control, {},
                 color(Color::Accent), border::focusWidth);
    }
    const int side = scaled(16);
    const int iconX = line.collapsed ? (box.width() - side) / 2 : 10;
    paintIcon(painter, place(iconX, side, side), line.iconName,
              line.selected ? Color::Accent : Color::Text2);
    if (line.collapsed) {
        return;
    }
    painter->save();
    painter->setFont(font(FontRole::Body));
    const int countWidth =
        line.count.isEmpty() ? 0 : painter->fontMetrics().horizontalAdvance(line.count) + 2;
    painter->setPen(color(line.selected ? Color::Text2 : Color::Text3));
    painter->drawText(place(box.width() - 8 - countWidth, countWidth, box.height()),
                      Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextDontClip, line.count);
    painter->setFont(font(FontRole::Body, line.selected ? QFont::DemiBold : QFont::Normal));
    painter->setPen(color(line.selected ? Color::Text : Color::Text2));
    const int textX = 10 + side + 10;
    const int width = box.width() - textX - countWidth - 16;
    painter->drawText(place(textX, width, box.height()), Qt::AlignVCenter | Qt::TextSingleLine,
                      painter->fontMetrics().elidedText(line.text, Qt::ElideRight, width));
    painter->restore();
}

} // namespace

void NavModel::add(Page *page)
{
    const auto row = static_cast<int>(m_pages.size());
    beginInsertRows({}, row, row);
    m_pages.append(page);
    endInsertRows();
    connect(page, &Page::countChanged, this,
            [this, row] { Q_EMIT dataChanged(index(row), index(row)); });
}

void NavModel::clear()
{
    if (m_pages.isEmpty()) {
        return;
    }
    beginRemoveRows({}, 0, static_cast<int>(m_pages.size()) - 1);
    for (Page *page : std::as_const(m_pages)) {
        page->disconnect(this);
    }
    m_pages.clear();
    endRemoveRows();
}

int NavModel::rowOf(const QString &id) const
{
    for (int row = 0; row < m_pages.size(); ++row) {
        if (m_pages.at(row)->id() == id) {
            return row;
        }
    }
    return -1;
}

int NavModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_pages.size());
}

QVariant NavModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    const Page *page = m_pages.at(index.row());
    const std::optional<qint64> count = page->count();
    switch (role) {
    case Qt::DisplayRole:
        return page->title();
    case Qt::AccessibleTextRole:
        return count ? u"%1, %2"_s.arg(page->title(), numberText(*count)) : page->title();
    case Qt::ToolTipRole:
        return plainTip(u"%1 (Ctrl+%2)"_s.arg(page->title()).arg(index.row() + 1));
    case IdRole:
        return page->id();
    case IconRole:
        return page->iconName();
    case CountRole:
        return count ? numberText(*count) : QString();
    default:
        return {};
    }
}

QSize NavDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    Q_UNUSED(index)
    return {option.rect.width(), heightFor(FontRole::Body, size::navItem) + rowGap};
}

void NavDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                        const QModelIndex &index) const
{
    NavLine line;
    line.iconName = index.data(NavModel::IconRole).toString();
    line.text = index.data().toString();
    line.count = index.data(NavModel::CountRole).toString();
    line.selected = option.state & QStyle::State_Selected;
    line.hovered = option.state & QStyle::State_MouseOver;
    line.focused = (option.state & QStyle::State_HasFocus) &&
                   (option.state & QStyle::State_KeyboardFocusChange);
    line.collapsed = collapsed;
    line.direction = option.direction;
    paintNavLine(painter, option.rect.adjusted(inset, 0, -inset, -rowGap), line);
}

NavButton::NavButton(const QString &name, const QString &iconName, const QString &text,
                     QWidget *parent)
    : QAbstractButton(parent)
    , m_iconName(iconName)
{
    setObjectName(name);
    setText(text);
    setAccessibleName(text);
    setToolTip(plainTip(text));
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void NavButton::setCollapsed(bool collapsed)
{
    m_collapsed = collapsed;
    updateGeometry();
    update();
}

QSize NavButton::sizeHint() const
{
    const int height = heightFor(FontRole::Body, size::navItem);
    return {m_collapsed ? height : scaled(120), height};
}

void NavButton::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    NavLine line;
    line.iconName = m_iconName;
    line.text = text();
    line.selected = isChecked();
    line.hovered = underMouse();
    line.collapsed = m_collapsed;
    line.direction = layoutDirection();
    paintNavLine(&painter, rect(), line);
}

Sidebar::Sidebar(EngineView *engine, QWidget *parent)
    : Surface(Color::BgWindow, parent)
    , m_model(new NavModel(this))
    , m_delegate(new NavDelegate(this))
    , m_view(new QListView)
    , m_card(new EngineCard(engine))
    , m_settings(new NavButton(u"navSettings"_s, u"gear"_s, tr("Settings")))
    , m_collapse(new IconButton(u"sidebarCollapse"_s, u"sidebar-collapse"_s, {}))
{
    setObjectName(u"sidebar"_s);
    setAccessibleName(tr("Pages"));
    setLines(Qt::RightEdge);
    m_view->setObjectName(u"nav"_s);
    m_view->setAccessibleName(tr("Pages"));
    m_view->setModel(m_model);
    m_view->setItemDelegate(m_delegate);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setMouseTracking(true);
    m_view->setUniformItemSizes(true);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->viewport()->setAutoFillBackground(false);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);

    auto *bottomRow = new QWidget;
    m_bottom = new QBoxLayout(QBoxLayout::LeftToRight, bottomRow);
    m_bottom->setContentsMargins(inset, 0, inset, 0);
    m_bottom->setSpacing(space::s1);
    m_bottom->addWidget(m_settings, 1);
    m_bottom->addWidget(m_collapse, 0, Qt::AlignCenter);

    auto *cardRow = new QVBoxLayout;
    cardRow->setContentsMargins(inset, 0, inset, 0);
    cardRow->addWidget(m_card);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, space::s2, 0, space::s2);
    layout->setSpacing(space::s2);
    layout->addWidget(m_view, 1);
    layout->addLayout(cardRow);
    layout->addWidget(bottomRow);

    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &now) {
                if (now.isValid()) {
                    m_moved = true;
                    Q_EMIT pageRequested(now.data(NavModel::IdRole).toString());
                }
            });
    connect(m_view, &QListView::pressed, this, [this](const QModelIndex &pressed) {
        // A press on the page that is shown already changes nothing in the list.
        if (!std::exchange(m_moved, false)) {
            Q_EMIT pageRequested(pressed.data(NavModel::IdRole).toString());
        }
    });
    connect(m_settings, &QAbstractButton::clicked, this, &Sidebar::settingsRequested);
    connect(m_collapse, &QToolButton::clicked, this, [this] { setCollapsed(!m_collapsed); });
    connect(m_card, &QAbstractButton::clicked, this, [this] { Q_EMIT engineRequested(m_card); });
    fit();
}

void Sidebar::addPage(Page *page)
{
    m_model->add(page);
}

void Sidebar::removePages()
{
    QSignalBlocker blocker(m_view->selectionModel());
    m_model->clear();
}

QString Sidebar::pageAt(int row) const
{
    return m_model->index(row).data(NavModel::IdRole).toString();
}

void Sidebar::setCurrent(const QString &id)
{
    const int row = m_model->rowOf(id);
    m_settings->setChecked(row < 0);
    QSignalBlocker blocker(m_view->selectionModel());
    if (row >= 0) {
        m_view->setCurrentIndex(m_model->index(row));
    } else {
        m_view->selectionModel()->clear();
    }
    m_view->viewport()->update();
}

void Sidebar::setCollapsed(bool collapsed)
{
    if (collapsed != m_collapsed) {
        m_collapsed = collapsed;
        fit();
        Q_EMIT collapsedChanged(collapsed);
    }
}

void Sidebar::fit()
{
    setFixedWidth(m_collapsed ? scaled(size::sidebarCollapsed) : scaled(size::sidebar));
    m_delegate->collapsed = m_collapsed;
    m_view->doItemsLayout();
    m_card->setCollapsed(m_collapsed);
    m_settings->setCollapsed(m_collapsed);
    m_bottom->setDirection(m_collapsed ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    m_collapse->setIconName(m_collapsed ? u"sidebar-expand"_s : u"sidebar-collapse"_s);
    m_collapse->setLabel(m_collapsed ? tr("Show the sidebar") : tr("Collapse the sidebar"),
                         keysFor(Keys::ToggleSidebar).value(0));
}

} // namespace roadstead::ui
