// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/wizards/build/build_form.h"

#include <QDateTime>
#include <QList>
#include <QObject>
#include <QString>

namespace roadstead::ui {

/// A build that has ended. Texts are as they came (hostile).
struct BuildRecord
{
    enum class Outcome { Built, Failed, Stopped };

    QString id{};
    QString name{}; ///< the first tag; empty = none
    QString context{};
    QString line{}; ///< the command, without secrets
    QString problem{};
    QString digest{};
    QDateTime startedAt{};
    qint64 milliseconds = 0;
    int steps = 0;
    int cached = 0;
    Outcome outcome = Outcome::Built;
    BuildForm form{}; ///< to build again; secret arguments have no values
};

/// The builds of the last time, newest first, in a JSON file. Read once; written in a thread of the
/// global pool, whole or not at all. GUI thread.
class BuildHistory : public QObject
{
    Q_OBJECT
public:
    static constexpr int mostRecords = 200;

    /// `path`: of the file, which the first add() makes; empty = nothing is kept.
    explicit BuildHistory(QString path, QObject *parent = nullptr);
    ~BuildHistory() override; ///< waits for the last writing

    static QString usualPath(); ///< in the folder of this program's data

    [[nodiscard]] const QList<BuildRecord> &records() const { return m_records; }
    void add(BuildRecord record);
    void remove(const QString &id);

Q_SIGNALS:
    void changed();

private:
    void load();
    void write();

    QString m_path;
    QList<BuildRecord> m_records;
};

} // namespace roadstead::ui
