// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/command_history.h"

#include "ui/text/display_text.h"
#include "ui/text/formats.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/state_mark.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/label.h"
#include "ui/widgets/search_field.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QListView>
#include <QPainter>
#include <QScreen>
#include <QShortcut>
#include <QSortFilterProxyModel>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

QString resultText(const service::CommandRecord &record)
{
    if (!record.milliseconds) {
        return CommandHistoryList::tr("running");
    }
    if (record.error) {
        return record.error->kind == ErrorKind::Cancelled ? CommandHistoryList::tr("stopped")
                                                          : CommandHistoryList::tr("failed");
    }
    return record.warnings.isEmpty() ? elapsedText(*record.milliseconds)
                                     : CommandHistoryList::tr("warned");
}

QString warningsTip(const service::CommandRecord &record)
{
    QStringList lines;
    for (const QString &warning : record.warnings) {
        lines.append(displayText(warning));
    }
    return lines.isEmpty() ? QString() : plainTip(lines.join(u'\n'));
}

CommandHistoryModel::CommandHistoryModel(EngineView *engine, QObject *parent)
    : QAbstractListModel(parent)
    , m_engine(engine)
{
    connect(engine, &EngineView::historyChanged, this, &CommandHistoryModel::update);
    m_shown = engine->history();
}

void CommandHistoryModel::update()
{
    const QList<service::CommandRecord> &now = m_engine->history();
    // Records are only ever added at the end (and dropped at the front when there are many).
    qsizetype dropped = 0;
    while (dropped < m_shown.size() &&
           (now.isEmpty() || m_shown.at(dropped).id != now.first().id)) {
        ++dropped;
    }
    if (dropped > 0) {
        beginRemoveRows({}, static_cast<int>(m_shown.size() - dropped),
                        static_cast<int>(m_shown.size() - 1));
        m_shown.remove(0, dropped);
        endRemoveRows();
    }
    const auto added = static_cast<int>(now.size() - m_shown.size());
    if (added > 0) {
        beginInsertRows({}, 0, added - 1);
        m_shown = now;
        endInsertRows();
    } else {
        m_shown = now;
    }
    if (!m_shown.isEmpty()) {
        Q_EMIT dataChanged(index(0), index(static_cast<int>(m_shown.size() - 1)));
    }
}

const service::CommandRecord &CommandHistoryModel::at(int row) const
{
    return m_shown.at(m_shown.size() - 1 - row);
}

int CommandHistoryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

QVariant CommandHistoryModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_shown.size()) {
        return {};
    }
    const service::CommandRecord &record = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return displayText(record.line, 1024);
    case Qt::AccessibleTextRole:
        return u"%1, %2, %3"_s.arg(data(index, TimeRole).toString(), displayText(record.line, 256),
                                   resultText(record));
    case Qt::ToolTipRole:
        return warningsTip(record);
    case LineRole:
        return record.line;
    case TimeRole:
        return momentText(record.startedAt, QDateTime::currentDateTime());
    case ResultRole:
        return resultText(record);
    case FailedRole:
        return record.error && record.error->kind != ErrorKind::Cancelled;
    case RunningRole:
        return !record.milliseconds;
    default:
        return {};
    }
}

QString CommandHistoryModel::script() const
{
    QString text = u"#!/bin/sh\n"_s;
    docker::CliEngine spokenTo;
    for (const service::CommandRecord &record : m_shown) {
        QString line = record.line;
        if (record.error) {
            line.replace(u'\n', u"\n# "_s);
            text += u"# "_s + line + u"  # "_s + resultText(record) + u'\n';
        } else {
            if (record.engine != spokenTo) {
                spokenTo = record.engine;
                text += QString::fromStdString(docker::scriptLines(spokenTo));
            }
            text += line + u'\n';
        }
    }
    return text;
}

QSize CommandHistoryDelegate::sizeHint(const QStyleOptionViewItem &option,
                                       const QModelIndex &index) const
{
    Q_UNUSED(index)
    return {option.rect.width(), heightFor(FontRole::Mono, 26)};
}

void CommandHistoryDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                                   const QModelIndex &index) const
{
    const QRect row = option.rect;
    const bool current = option.state & QStyle::State_Selected;
    if (current || option.state & QStyle::State_MouseOver) {
        painter->fillRect(row, color(Color::BgTrack));
    }
    const auto place = [&](int left, int width) {
        return QStyle::visualRect(option.direction, row,
                                  QRect(row.x() + left, row.y(), width, row.height()));
    };
    painter->save();
    const int margin = space::s4;
    const int timeWidth = QFontMetrics(font(FontRole::Body)).horizontalAdvance(u"00:00"_s) + 14;
    const QString result = index.data(CommandHistoryModel::ResultRole).toString();
    const int resultWidth = QFontMetrics(font(FontRole::Small)).horizontalAdvance(result) + 2;
    const bool failed = index.data(CommandHistoryModel::FailedRole).toBool();
    painter->setFont(figures(FontRole::Body));
    painter->setPen(color(current ? Color::Text2 : Color::Text3));
    painter->drawText(place(margin, timeWidth), Qt::AlignVCenter | Qt::TextSingleLine,
                      index.data(CommandHistoryModel::TimeRole).toString());

    painter->setFont(font(FontRole::Mono));
    painter->setPen(color(Color::Text));
    const int lineLeft = margin + timeWidth;
    const int lineWidth = row.width() - lineLeft - margin - resultWidth - 26;
    painter->drawText(place(lineLeft, lineWidth),
                      Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine |
                          Qt::TextForceLeftToRight,
                      QFontMetrics(font(FontRole::Mono))
                          .elidedText(index.data().toString(), Qt::ElideRight, lineWidth));

    const int x = row.width() - margin - resultWidth;
    const QRect mark = place(x - 18, 12);
    const QRectF box(mark.x(), row.center().y() - 6, 12, 12);
    if (index.data(CommandHistoryModel::RunningRole).toBool()) {
        paintStateMark(painter, box, StateMark::Busy);
    } else {
        const bool good = !failed && result != CommandHistoryList::tr("stopped");
        paintIcon(painter, box, good ? u"check-lg"_s : u"x-lg"_s,
                  failed ? Color::Danger
                  : good ? Color::Ok
                         : Color::Text2);
    }
    painter->setFont(font(FontRole::Small));
    painter->setPen(color(failed ? Color::Danger : Color::Text2));
    painter->drawText(place(x, resultWidth), Qt::AlignVCenter | Qt::TextSingleLine, result);
    painter->restore();
}

namespace {

/// Filters by words, and by failure.
class HistoryFilter : public QSortFilterProxyModel
{
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setWords(const QString &words)
    {
        m_words = words;
        invalidateRowsFilter();
    }
    void setFailedOnly(bool on)
    {
        m_failedOnly = on;
        invalidateRowsFilter();
    }

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override
    {
        const QModelIndex index = sourceModel()->index(row, 0, parent);
        return (!m_failedOnly || index.data(CommandHistoryModel::FailedRole).toBool()) &&
               index.data(CommandHistoryModel::LineRole)
                   .toString()
                   .contains(m_words, Qt::CaseInsensitive);
    }

private:
    QString m_words;
    bool m_failedOnly = false;
};

} // namespace

CommandHistoryList::CommandHistoryList(const QString &name, EngineView *engine, QWidget *parent)
    : QWidget(parent)
    , m_model(new CommandHistoryModel(engine, this))
    , m_view(new QListView)
{
    auto *filter = new HistoryFilter(this);
    filter->setSourceModel(m_model);
    m_filter = filter;

    auto *title = new Label(tr("Command history"), FontRole::Small, Color::Text3);
    title->setRole(FontRole::Caption, QFont::DemiBold);
    auto *failed = new Chip(name + u"Failed"_s, tr("Failed only"));
    auto *search = new SearchField(name + u"Search"_s, tr("Find a command"));
    search->setFixedWidth(scaled(160));
    auto *script = new IconButton(name + u"Script"_s, u"clipboard"_s, tr("Copy as script"));
    connect(failed, &QAbstractButton::toggled, filter, &HistoryFilter::setFailedOnly);
    connect(search, &SearchField::settled, filter, &HistoryFilter::setWords);
    connect(script, &QToolButton::clicked, this,
            [this] { QApplication::clipboard()->setText(m_model->script()); });

    m_view->setObjectName(name + u"List"_s);
    m_view->setAccessibleName(tr("Command history"));
    m_view->setModel(m_filter);
    m_view->setItemDelegate(new CommandHistoryDelegate(m_view));
    m_view->setUniformItemSizes(true);
    m_view->setMouseTracking(true);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_view->viewport()->setAutoFillBackground(false);
    auto *copy = new QAction(icon(u"copy"_s), tr("Copy command"), m_view);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    connect(copy, &QAction::triggered, this, &CommandHistoryList::copyCurrent);
    m_view->addAction(copy);
    connect(m_view, &QListView::activated, this, &CommandHistoryList::copyCurrent);

    auto *head = new QHBoxLayout;
    head->setContentsMargins(space::s4, space::s2, space::s3, space::s2);
    head->setSpacing(space::s2);
    head->addWidget(title);
    head->addStretch();
    head->addWidget(failed);
    head->addWidget(search);
    head->addWidget(script);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, space::s2);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(m_view);
}

void CommandHistoryList::copyCurrent()
{
    const QModelIndex current = m_view->currentIndex();
    if (current.isValid()) {
        QApplication::clipboard()->setText(current.data(CommandHistoryModel::LineRole).toString());
    }
}

CommandHistoryPopup::CommandHistoryPopup(EngineView *engine, QWidget *parent)
    : QFrame(parent, Qt::Popup | Qt::FramelessWindowHint)
{
    setObjectName(u"commandHistoryPopup"_s);
    setAccessibleName(tr("Command history"));
    setAttribute(Qt::WA_TranslucentBackground);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->addWidget(new CommandHistoryList(u"historyPopup"_s, engine));
}

void CommandHistoryPopup::popUp(const QWidget *anchor)
{
    resize(scaled(560), scaled(320));
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    QPoint at =
        anchor->mapToGlobal(QPoint(mirrored ? 0 : anchor->width() - width(), -height() - 6));
    const QRect screen = anchor->screen()->availableGeometry();
    at.setX(std::clamp(at.x(), screen.left(), std::max(screen.left(), screen.right() - width())));
    at.setY(std::max(at.y(), screen.top()));
    move(at);
    show();
    if (auto *list = findChild<QListView *>(u"historyPopupList"_s)) {
        list->setFocus(Qt::PopupFocusReason);
    }
}

void CommandHistoryPopup::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    paintBox(&painter, rect(), radius::card, color(Color::BgRaised), color(Color::BorderStrong));
}

} // namespace roadstead::ui
