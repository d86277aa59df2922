// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/command.h"
#include "engine/service/engine_session.h"
#include "engine/service/trust/guarded_images.h"
#include "ui/text/error_text.h"

#include <QObject>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace roadstead::ui {

/// A registry in a container of the engine, for this computer alone; no widgets. GUI thread only.
class LocalRegistry : public QObject
{
    Q_OBJECT
public:
    enum class State {
        Absent,  ///< there is no such container
        Pulling, ///< its image; ended by the engine
        Working, ///< a command is under way
        Stopped, ///< the container is there and does not run
        Running
    };
    struct Parts
    {
        std::function<service::Operation<std::string>(const docker::Command &,
                                                      service::EngineSession::ProgressReceiver)>
            run;
        std::function<service::EngineSession::Images()> images;         ///< never null
        std::function<service::EngineSession::Containers()> containers; ///< never null
        service::TrustDesk *trust = nullptr; ///< must outlive this; null = no policy
    };

    static constexpr const char *image = "registry:2";
    static constexpr const char *container = "roadstead-registry";
    static constexpr const char *volume = "roadstead-registry";

    explicit LocalRegistry(Parts parts, QObject *parent = nullptr);

    void refresh(); ///< containers or images changed
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool isImageHere() const;
    [[nodiscard]] std::uint16_t port() const { return m_port; } ///< of the one that is there
    /// "localhost:5001"; empty while it does not run.
    [[nodiscard]] std::string name() const;
    /// What starting it runs, as one line.
    [[nodiscard]] QString startLine(std::uint16_t port) const;
    void start(std::uint16_t port); ///< pulls the image first where it is missing
    void stop();
    void remove(); ///< the container; what was pushed stays in the volume

Q_SIGNALS:
    void changed();
    void failed(const roadstead::ui::Explanation &words);

private:
    [[nodiscard]] const docker::ContainerSummary *found() const;
    [[nodiscard]] std::vector<docker::Command> startCommands(std::uint16_t port) const;
    void runNext(std::vector<docker::Command> commands);

    Parts m_parts;
    service::GuardedImages m_guarded;
    State m_state = State::Absent;
    std::uint16_t m_port = 0;
    bool m_isBusy = false;
    bool m_isPulling = false;
};

} // namespace roadstead::ui
