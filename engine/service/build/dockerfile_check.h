// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/build/build_check.h"
#include "engine/docker/command.h"

#include <QObject>
#include <QProcess>
#include <QString>
#include <QTimer>

#include <memory>

namespace roadstead::service {

/// What is to be looked at.
struct CheckQuestion
{
    QString context{}; ///< a folder
    QString text{};    ///< of the Dockerfile, saved or not
    QString target{};
    bool operator==(const CheckQuestion &) const = default;
};

/// Has the builder look at a Dockerfile while it is written, by
/// `docker buildx build --call=check`: a while after the last change, one at a time, the newest
/// question counts. GUI thread; nothing waits.
class DockerfileCheck : public QObject
{
    Q_OBJECT
public:
    /// `program` is the docker CLI, by name or path.
    explicit DockerfileCheck(const QString &program, QObject *parent = nullptr);
    ~DockerfileCheck() override;

    void ask(const docker::CliEngine &engine, const CheckQuestion &question);
    void cancel(); ///< nothing is told of what was asked for
    [[nodiscard]] bool isSupported() const { return m_isSupported; }

Q_SIGNALS:
    /// The answer to the newest question. A builder that gives none is not asked again where it
    /// says that it cannot.
    void checked(const roadstead::build::BuildCheck &check);

private:
    void begin();
    void finish();
    void drop();

    const QString m_program;
    docker::CliEngine m_engine;
    CheckQuestion m_question;
    QTimer m_rest;     ///< while it is written
    QTimer m_patience; ///< with the builder
    std::unique_ptr<QProcess> m_process;
    bool m_isSupported = true;
};

} // namespace roadstead::service
