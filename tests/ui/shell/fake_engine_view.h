// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/engine_view.h"

/// An engine that is in whatever state a test says. Verbs are only noted.
class FakeEngineView : public roadstead::ui::EngineView
{
    Q_OBJECT
public:
    using EngineView::EngineView;

    [[nodiscard]] QString name() const override { return QStringLiteral("Embedded engine"); }
    [[nodiscard]] bool isEmbedded() const override { return embedded; }
    [[nodiscard]] roadstead::embedded::State state() const override { return life; }
    [[nodiscard]] std::optional<roadstead::embedded::Failure> failure() const override
    {
        return fault;
    }
    [[nodiscard]] roadstead::service::Link link() const override { return connection; }
    [[nodiscard]] std::optional<roadstead::Error> linkError() const override { return error; }
    [[nodiscard]] bool listed() const override { return hasList; }
    [[nodiscard]] QDateTime listedAt() const override { return listTime; }
    [[nodiscard]] QString version() const override { return QStringLiteral("26.1.5"); }
    [[nodiscard]] QString apiVersion() const override { return QStringLiteral("1.45"); }
    [[nodiscard]] roadstead::ui::EngineCounts counts() const override { return numbers; }
    [[nodiscard]] std::optional<roadstead::ui::EngineUsage> usage() const override { return use; }
    [[nodiscard]] const QList<roadstead::service::CommandRecord> &history() const override
    {
        return records;
    }
    [[nodiscard]] QString command(roadstead::ui::EngineVerb verb) const override
    {
        using roadstead::ui::EngineVerb;
        return verb == EngineVerb::Start ? QStringLiteral("systemctl start roadstead-engine@1000")
               : verb == EngineVerb::Stop
                   ? QStringLiteral("systemctl stop roadstead-engine@1000")
                   : QStringLiteral("systemctl reload roadstead-engine@1000");
    }
    [[nodiscard]] bool isBusy() const override { return busy; }
    [[nodiscard]] roadstead::embedded::Note note() const override { return remark; }
    void run(roadstead::ui::EngineVerb verb) override { asked << verb; }
    void lookAgain() override { ++looks; }
    void cancelCommand(quint64 id) override { cancelled << id; }

    /// Puts it in a state and says so.
    void become(roadstead::embedded::State now, roadstead::service::Link connectionNow)
    {
        life = now;
        connection = connectionNow;
        Q_EMIT stateChanged();
    }
    void addRecord(const QString &line, std::optional<qint64> milliseconds,
                   std::optional<roadstead::Error> failedWith = {})
    {
        roadstead::service::CommandRecord record;
        record.id = static_cast<quint64>(records.size() + 1);
        record.line = line;
        record.startedAt = QDateTime::currentDateTime();
        record.milliseconds = milliseconds;
        record.isCancellable = !milliseconds;
        record.error = std::move(failedWith);
        records << record;
        Q_EMIT historyChanged();
    }

    bool embedded = true;
    roadstead::embedded::State life = roadstead::embedded::State::Running;
    roadstead::service::Link connection = roadstead::service::Link::Live;
    std::optional<roadstead::embedded::Failure> fault;
    std::optional<roadstead::Error> error;
    bool hasList = true;
    QDateTime listTime = QDateTime::currentDateTime();
    roadstead::ui::EngineCounts numbers{19, 9, 2};
    std::optional<roadstead::ui::EngineUsage> use =
        roadstead::ui::EngineUsage{17, 3328599654, 8589934592};
    QList<roadstead::service::CommandRecord> records;
    roadstead::embedded::Note remark = roadstead::embedded::Note::None;
    bool busy = false;
    QList<roadstead::ui::EngineVerb> asked;
    int looks = 0;
    QList<quint64> cancelled;
};
