// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/bench_marks.h"

#include "engine/service/engine_session.h"
#include "ui/models/container_row.h"
#include "ui/models/container_tree_model.h"

#include <QAbstractItemView>
#include <QEvent>
#include <QTreeView>

#include <ctime>
#include <unistd.h>

namespace roadstead::desktop {

BenchMarks::BenchMarks(int descriptor, QObject *parent)
    : QObject(parent)
    , m_descriptor(descriptor)
{
}

void BenchMarks::mark(const QByteArray &what) const
{
    timespec now = {};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    const qint64 nanoseconds = qint64(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
    const qsizetype space = what.indexOf(' ');
    const QByteArray line = (space < 0 ? what : what.first(space)) + ' ' +
                            QByteArray::number(nanoseconds) +
                            (space < 0 ? QByteArray() : what.sliced(space)) + '\n';
    [[maybe_unused]] const auto written =
        ::write(m_descriptor, line.constData(), static_cast<std::size_t>(line.size()));
}

void BenchMarks::watch(QWidget *window, service::EngineSession *session)
{
    m_window = window;
    m_session = session;
    window->installEventFilter(this);
    connect(session, &service::EngineSession::containersChanged, this, [this] {
        mark("listed rows=" + QByteArray::number(m_session->containers()->size()) +
             " complete=" + (m_session->listed() ? "1" : "0"));
        findTable();
    });
    connect(session, &service::EngineSession::linkChanged, this, [this] {
        if (m_session->link() == service::Link::Live) {
            mark("live");
        }
    });
    findTable();
}

void BenchMarks::findTable()
{
    if (m_table == nullptr && m_window != nullptr) {
        m_table = m_window->findChild<QAbstractItemView *>(QStringLiteral("containersTable"));
        if (m_table != nullptr) {
            m_table->viewport()->installEventFilter(this);
        }
    }
}

bool BenchMarks::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Paint) {
        // The paint comes after the filters, and what is posted now comes after the paint.
        if (watched == m_window && !m_windowPainted) {
            m_windowPainted = true;
            QMetaObject::invokeMethod(
                this, [this] { mark("window-painted"); }, Qt::QueuedConnection);
        } else if (m_table != nullptr && watched == m_table->viewport() && !m_tablePending) {
            m_tablePending = true;
            QMetaObject::invokeMethod(this, &BenchMarks::markTable, Qt::QueuedConnection);
        }
    }
    return QObject::eventFilter(watched, event);
}

void BenchMarks::markTable()
{
    m_tablePending = false;
    const auto *tree = qobject_cast<QTreeView *>(m_table);
    const auto *model =
        tree == nullptr ? nullptr : qobject_cast<const ui::ContainerTreeModel *>(tree->model());
    if (model == nullptr || !tree->isVisible()) {
        return;
    }
    if (model->shownCount() != m_rows) {
        m_rows = model->shownCount();
        mark("painted rows=" + QByteArray::number(m_rows));
    }
    const int bottom = tree->viewport()->height();
    for (QModelIndex index = tree->indexAt(QPoint(1, 1));
         index.isValid() && tree->visualRect(index).top() < bottom;
         index = tree->indexBelow(index)) {
        if (const auto row = model->containerAt(index); row && m_seen.insert(row->rawName).second) {
            mark("row name=" + QByteArray::fromStdString(row->rawName));
        }
    }
}

} // namespace roadstead::desktop
