// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/details_controller.h"

#include "ui/models/containers_model.h"

namespace roadstead::ui {

DetailsController::DetailsController(ContainerEngine *engine, ContainersModel *containers,
                                     QObject *parent)
    : QObject(parent)
    , m_engine(engine)
    , m_containers(containers)
{
    connect(containers, &SnapshotModelBase::snapshotApplied, this, &DetailsController::takeList);
    connect(containers, &SnapshotModelBase::rowsPatched, this, [this] {
        if (m_state == State::Ready || m_state == State::Loading) {
            Q_EMIT rowChanged();
        }
    });
}

void DetailsController::open(const std::string &id)
{
    close();
    m_id = id;
    m_row = m_containers->find(id);
    setState(State::Loading);
    refresh();
}

void DetailsController::close()
{
    ++m_generation;
    ++m_logGeneration;
    m_id.clear();
    m_row.reset();
    m_details.reset();
    m_log.reset();
    m_error.reset();
    m_logError.reset();
    setState(State::Closed);
}

void DetailsController::refresh()
{
    if (m_state != State::Closed && m_state != State::Gone) {
        ask();
        askLog();
    }
}

void DetailsController::takeList()
{
    if (m_state == State::Closed || m_state == State::Gone) {
        return;
    }
    ContainerRowPointer row = m_containers->find(m_id);
    if (!row) {
        if (m_engine->listed()) {
            ++m_generation;
            ++m_logGeneration;
            setState(State::Gone);
        }
        return;
    }
    const bool changed = row != m_row;
    m_row = std::move(row);
    if (changed) {
        Q_EMIT rowChanged();
        refresh();
    }
}

void DetailsController::ask()
{
    const unsigned generation = ++m_generation;
    m_engine->inspect(m_id).then(
        this, [this, generation](const Result<docker::ContainerDetails> &result) {
            if (generation != m_generation) {
                return;
            }
            if (result) {
                m_details = *result;
                m_error.reset();
                setState(State::Ready);
                Q_EMIT detailsChanged();
            } else if (result.error().kind == ErrorKind::NotFound) {
                setState(State::Gone);
            } else if (result.error().kind != ErrorKind::Cancelled) {
                m_error = result.error();
                if (m_details) {
                    Q_EMIT detailsChanged();
                } else {
                    setState(State::Failed);
                }
            }
        });
}

void DetailsController::askLog()
{
    const unsigned generation = ++m_logGeneration;
    m_engine->logTail(m_id, logLines)
        .then(this, [this, generation](const Result<std::string> &result) {
            if (generation != m_logGeneration) {
                return;
            }
            m_logError.reset();
            if (result) {
                m_log = *result;
            } else if (result.error().kind != ErrorKind::Cancelled) {
                m_logError = result.error();
            }
            Q_EMIT logChanged();
        });
}

void DetailsController::setState(State state)
{
    if (m_state != state) {
        m_state = state;
        Q_EMIT stateChanged();
    }
}

} // namespace roadstead::ui
