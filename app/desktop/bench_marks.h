// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>
#include <QPointer>

#include <set>
#include <string>

class QAbstractItemView;
class QWidget;

namespace roadstead::service {
class EngineSession;
}

namespace roadstead::desktop {

/// Tells a benchmark when things were to be seen; README.md lists the marks. Exists only with
/// --bench-marks. GUI thread.
class BenchMarks : public QObject
{
    Q_OBJECT
public:
    explicit BenchMarks(int descriptor, QObject *parent = nullptr);

    /// Writes one line now.
    void mark(const QByteArray &what) const;

    /// From now on marks the window's first paint, lists as they arrive, and what the container
    /// table has painted. Both must outlive the marks.
    void watch(QWidget *window, service::EngineSession *session);

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void findTable();
    void markTable();

    const int m_descriptor;
    QPointer<QWidget> m_window;
    service::EngineSession *m_session = nullptr;
    QPointer<QAbstractItemView> m_table;
    bool m_windowPainted = false;
    bool m_tablePending = false;
    int m_rows = -1;
    std::set<std::string> m_seen; ///< names of containers that were painted
};

} // namespace roadstead::desktop
