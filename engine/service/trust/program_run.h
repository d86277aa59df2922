// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/operation.h"
#include "engine/service/pending.h"

#include <QByteArray>
#include <QObject>
#include <QProcess>
#include <QString>
#include <QTimer>

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace roadstead::service {

/// A program to run, and what it gets.
struct ProgramCall
{
    QString program{}; ///< by name or path
    std::vector<std::string> arguments{};
    std::string input{}; ///< secret; wiped once it is given
    std::vector<std::pair<std::string, std::string>> variables{}; ///< may be secret
    QString folder{};                                             ///< to run in; empty = ours
    std::string operation{};                                      ///< of its errors, "trust.…"
    std::chrono::milliseconds limit = std::chrono::minutes(3);
};

struct ProgramEnd
{
    int exitStatus = 0; ///< 128 + signal when one ended it
    std::string output{};
    std::string complaint{}; ///< standard error
};

/// One run of a program; goes when it ends. GUI thread. Where it goes before, its operation does
/// not finish: nobody is left who could take that.
///
/// Its operation fails where the program could not be run to its end: NotInstalled, NotAnswering,
/// Cancelled.
class ProgramRun : public QObject
{
    Q_OBJECT
public:
    /// Starts it. Whoever owns `parent` outlives it, or ends it by going.
    static Operation<ProgramEnd> start(ProgramCall call, QObject *parent);
    ~ProgramRun() override;

private:
    ProgramRun(ProgramCall call, QObject *parent);
    void begin();
    void read();
    void end(Result<ProgramEnd> result);
    void stop(Error why);

    ProgramCall m_call;
    std::shared_ptr<Pending<ProgramEnd>> m_pending;
    QProcess m_process;
    QTimer m_limit;
    QByteArray m_output;
    QByteArray m_complaint;
};

} // namespace roadstead::service
