// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/build/build_shelf.h"
#include "ui/wizards/build/build_form.h"

#include <QDateTime>
#include <QList>
#include <QObject>
#include <QString>

#include <string>

namespace roadstead::ui {

/// A build that has ended. Texts are as they came (hostile).
struct BuildRecord
{
    enum class Outcome {
        Built,
        Failed,
        Stopped,
        Running ///< elsewhere, as a builder says
    };

    std::string id{};
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
    QString ref{};       ///< what its builder remembers it by; empty = not known
    QString builder{};   ///< its name; empty = not known
    QString engine{};    ///< the context or address of the engine; empty = the usual one
    bool isAway = false; ///< not kept here: only a builder remembers it
    BuildForm form{};    ///< to build again; secret arguments have no values

    [[nodiscard]] QString shownName() const; ///< display text, never empty
    bool operator==(const BuildRecord &) const = default;
};

/// The builds of the last time, newest first, in a JSON file; their steps and logs in a folder
/// beside it. Read and written in a thread of its own, whole or not at all. GUI thread.
class BuildHistory : public QObject
{
    Q_OBJECT
public:
    static constexpr int mostRecords = 200;
    static constexpr int version = 1; ///< of the file

    /// `path`: of the file, which the first add() makes; empty = nothing is kept.
    explicit BuildHistory(QString path, QObject *parent = nullptr);
    ~BuildHistory() override; ///< waits for the last writing

    static QString usualPath(); ///< in the folder of this program's data

    [[nodiscard]] bool isLoaded() const { return m_loaded; } ///< what is kept has been read
    [[nodiscard]] const QList<BuildRecord> &records() const { return m_records; }
    void add(BuildRecord record, service::KeptBuild build = {});
    void remove(const std::string &id);
    /// The steps of a build; fails with NotFound where they are no longer kept.
    service::Operation<service::KeptBuild> steps(const std::string &id);

Q_SIGNALS:
    void changed();

private:
    void load();
    void takeLoaded(QList<BuildRecord> records);
    void write();

    QString m_path;
    QList<BuildRecord> m_records;
    bool m_loaded = false;
    service::BuildShelf m_shelf; ///< its thread ends before the rest goes
};

} // namespace roadstead::ui
