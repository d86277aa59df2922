// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QProcess>
#include <QString>

#include <string_view>

namespace roadstead::service {

/// What the docker CLI of this machine has to build with.
struct BuilderFacts
{
    bool hasCli = false;
    bool hasBuildx = false;
    int buildxMajor = 0; ///< 0.13.1; all 0 where it is not told
    int buildxMinor = 0;

    /// Whether `buildx build --call=check` is known (from 0.15 on).
    [[nodiscard]] bool knowsChecks() const
    {
        return hasBuildx && (buildxMajor > 0 || buildxMinor >= 15);
    }
    /// Whether `buildx history` is there without a switch (from 0.20 on).
    [[nodiscard]] bool knowsHistory() const
    {
        return hasBuildx && (buildxMajor > 0 || buildxMinor >= 20);
    }
    bool operator==(const BuilderFacts &) const = default;
};

/// By what `docker buildx version` prints ("github.com/docker/buildx v0.15.1 1c1dbb2") and what it
/// complains about. What fails without saying that there is no buildx counts as having it.
BuilderFacts builderFactsOf(const QString &printed, const QString &complaint = {});
/// Whether the docker CLI complains that it has no buildx.
bool lacksBuildx(std::string_view complaint);

/// Asks `docker buildx version`, once. GUI thread; nothing waits.
class BuilderProbe : public QObject
{
    Q_OBJECT
public:
    /// `program` is the docker CLI, by name or path.
    explicit BuilderProbe(const QString &program, QObject *parent = nullptr);
    ~BuilderProbe() override;
    void start();

Q_SIGNALS:
    void found(const roadstead::service::BuilderFacts &facts); ///< once

private:
    const QString m_program;
    QProcess m_process;
};

} // namespace roadstead::service
