// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/containers/tab/container_engine.h"

#include <QObject>
#include <QPointer>

#include <functional>
#include <map>
#include <string>

namespace roadstead::ui {

class Toast;
class ToastHost;

/// Waits for containers to end and tells it, whatever page is shown then. One that the engine lost
/// meanwhile is looked at again once the engine is back. GUI thread only.
class ContainerWaits : public QObject
{
    Q_OBJECT
public:
    using ShowContainer = std::function<void(const std::string &id)>;

    /// `engine` and `toasts` must outlive this; without `toasts` nothing is told.
    ContainerWaits(ContainerEngine *engine, ToastHost *toasts, ShowContainer show,
                   QObject *parent = nullptr);
    ~ContainerWaits() override;

    void begin(const docker::Target &container);
    void cancel(const std::string &id);
    [[nodiscard]] bool isAwaited(const std::string &id) const { return m_waits.contains(id); }

Q_SIGNALS:
    void changed(); ///< what is awaited

private:
    struct Wait
    {
        docker::Target container;
        service::Operation<int> work;
        bool isLost = false; ///< with the engine
        unsigned number = 0; ///< late answers to earlier questions are dropped
    };
    void ask(const std::string &id);
    void finish(const std::string &id, unsigned number, const Result<int> &status);
    void takeUp();
    void tellEnd(const docker::Target &container, std::optional<int> status);
    void tellBegin(const docker::Target &container);

    ContainerEngine *m_engine;
    ToastHost *m_toasts;
    ShowContainer m_show;
    std::map<std::string, Wait> m_waits;
    std::map<std::string, QPointer<Toast>> m_told;
    unsigned m_number = 0;
};

} // namespace roadstead::ui
