// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/engine_view.h"

namespace roadstead::ui {

/// EngineView of a real session and, when the engine is ours, of its life. Both must live until
/// they are replaced or this goes.
class SessionEngineView : public EngineView
{
    Q_OBJECT
public:
    /// `engine` null: an engine that is only connected to, called `name`.
    SessionEngineView(service::EngineSession *session, embedded::EmbeddedEngine *engine,
                      const QString &name = {}, QObject *parent = nullptr);
    /// Shows another engine from now on: everything that was shown has changed.
    void setEngine(service::EngineSession *session, embedded::EmbeddedEngine *engine,
                   const QString &name);

    [[nodiscard]] QString name() const override;
    [[nodiscard]] bool isEmbedded() const override;
    [[nodiscard]] embedded::State state() const override;
    [[nodiscard]] std::optional<embedded::Failure> failure() const override;
    [[nodiscard]] service::Link link() const override;
    [[nodiscard]] std::optional<Error> linkError() const override;
    [[nodiscard]] bool listed() const override;
    [[nodiscard]] QDateTime listedAt() const override;
    [[nodiscard]] QString version() const override;
    [[nodiscard]] QString apiVersion() const override;
    [[nodiscard]] bool isPodman() const override;
    [[nodiscard]] EngineCounts counts() const override;
    [[nodiscard]] std::optional<EngineUsage> usage() const override;
    [[nodiscard]] const QList<service::CommandRecord> &history() const override;
    [[nodiscard]] QString command(EngineVerb verb) const override;
    [[nodiscard]] embedded::Note note() const override;
    [[nodiscard]] QDateTime stoppedSince() const override;
    /// Whether anybody looks at figures; else they are neither measured nor kept.
    void setUsageWanted(bool wanted);
    [[nodiscard]] bool isBusy() const override;
    [[nodiscard]] bool mayRun(EngineVerb verb) const override;
    void run(EngineVerb verb) override;
    void lookAgain() override;
    void cancelCommand(quint64 id) override;

private:
    void follow();
    void count();
    void sum();
    void noteState();

    service::EngineSession *m_session;
    embedded::EmbeddedEngine *m_engine;
    QString m_name;
    EngineCounts m_counts;
    std::optional<EngineUsage> m_usage;
    bool m_usageWanted = true;
    embedded::State m_lastState = embedded::State::NotInstalled;
    QDateTime m_stoppedSince;
    std::optional<EngineVerb> m_running; ///< the verb under way
    quint64 m_lastRun = 0;
};

} // namespace roadstead::ui
