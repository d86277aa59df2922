// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/container_group.h"
#include "ui/pages/containers/tab/container_engine.h"

#include <QObject>

#include <optional>
#include <string>

namespace roadstead::ui {

class ContainersModel;

/// One container's details without widgets: asks for them when opened and again when the list says
/// that something changed. Late answers to old questions are dropped. GUI thread only.
class DetailsController : public QObject
{
    Q_OBJECT
public:
    enum class State {
        Closed,
        Loading, ///< nothing to show yet
        Ready,
        Gone,  ///< removed meanwhile; what was known stays readable
        Failed ///< error() says why; ended by refresh()
    };

    static constexpr int logLines = 100;

    /// Both must outlive this.
    DetailsController(ContainerEngine *engine, ContainersModel *containers,
                      QObject *parent = nullptr);

    void open(const std::string &id);
    void close();
    void refresh();

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const std::string &id() const { return m_id; }
    [[nodiscard]] const std::optional<docker::ContainerDetails> &details() const
    {
        return m_details;
    }
    /// The container as the list knows it; stays when it is gone.
    [[nodiscard]] ContainerRowPointer row() const { return m_row; }
    [[nodiscard]] const std::optional<std::string> &log() const { return m_log; }
    /// Why State::Failed; or, in Ready, why what is shown could not be brought up to date.
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }
    [[nodiscard]] const std::optional<Error> &logError() const { return m_logError; }

Q_SIGNALS:
    void stateChanged();
    void detailsChanged();
    void logChanged(); ///< the output, or why it could not be read
    void rowChanged(); ///< state in the list or live figures

private:
    void takeList();
    void ask();
    void askLog();
    void setState(State state);

    ContainerEngine *m_engine;
    ContainersModel *m_containers;
    State m_state = State::Closed;
    std::string m_id;
    ContainerRowPointer m_row;
    std::optional<docker::ContainerDetails> m_details;
    std::optional<std::string> m_log;
    std::optional<Error> m_error;
    std::optional<Error> m_logError;
    unsigned m_generation = 0;
    unsigned m_logGeneration = 0;
};

} // namespace roadstead::ui
