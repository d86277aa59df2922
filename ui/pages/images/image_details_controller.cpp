// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/images/image_details_controller.h"

#include "ui/models/images_model.h"

#include <algorithm>
#include <utility>

namespace roadstead::ui {

ImageDetailsController::ImageDetailsController(ImageEngine *engine, ImagesModel *images,
                                               QObject *parent)
    : QObject(parent)
    , m_engine(engine)
    , m_images(images)
{
    connect(images, &SnapshotModelBase::snapshotApplied, this, &ImageDetailsController::takeList);
    connect(images, &SnapshotModelBase::rowsPatched, this, [this] {
        if (m_state == State::Ready || m_state == State::Loading) {
            Q_EMIT rowChanged();
        }
    });
}

void ImageDetailsController::open(const std::string &id)
{
    close();
    m_id = id;
    m_row = m_images->find(id);
    setState(State::Loading);
    refresh();
}

void ImageDetailsController::close()
{
    ++m_generation;
    m_id.clear();
    m_row.reset();
    m_details.reset();
    m_history.reset();
    m_error.reset();
    setState(State::Closed);
}

void ImageDetailsController::refresh()
{
    if (m_state == State::Closed || m_state == State::Gone) {
        return;
    }
    const unsigned generation = ++m_generation;
    const docker::Target target{m_id, m_row ? m_row->reference() : m_id};
    m_engine->inspect(target).then(this,
                                   [this, generation](const Result<docker::ImageDetails> &details) {
                                       if (generation != m_generation) {
                                           return;
                                       }
                                       if (details) {
                                           m_details = *details;
                                           m_error.reset();
                                           setState(State::Ready);
                                           Q_EMIT detailsChanged();
                                       } else if (details.error().kind == ErrorKind::NotFound) {
                                           setState(State::Gone);
                                       } else if (details.error().kind != ErrorKind::Cancelled) {
                                           m_error = details.error();
                                           setState(m_details ? State::Ready : State::Failed);
                                       }
                                   });
    m_engine->history(target).then(
        this, [this, generation](const Result<std::vector<docker::HistoryEntry>> &history) {
            if (generation == m_generation && history) {
                m_history = *history;
                std::ranges::reverse(*m_history);
                Q_EMIT detailsChanged();
            }
        });
}

void ImageDetailsController::takeList()
{
    if (m_state == State::Closed || m_state == State::Gone) {
        return;
    }
    ImageRowPointer row = m_images->find(m_id);
    if (!row) {
        if (m_engine->listed()) {
            ++m_generation;
            setState(State::Gone);
        }
        return;
    }
    if (std::exchange(m_row, row) != row) {
        Q_EMIT rowChanged();
    }
}

void ImageDetailsController::setState(State state)
{
    if (std::exchange(m_state, state) != state) {
        Q_EMIT stateChanged();
    }
}

} // namespace roadstead::ui
