// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/image_row.h"
#include "ui/pages/images/image_engine.h"

#include <QObject>

#include <optional>
#include <string>
#include <vector>

namespace roadstead::ui {

class ImagesModel;

/// One image's details without widgets: what inspect and history say, asked once, since an id is of
/// one content for ever; its tags and users come from the list. GUI thread only.
class ImageDetailsController : public QObject
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

    /// Both must outlive this.
    ImageDetailsController(ImageEngine *engine, ImagesModel *images, QObject *parent = nullptr);

    void open(const std::string &id);
    void close();
    void refresh();

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const std::string &id() const { return m_id; }
    [[nodiscard]] ImageRowPointer row() const { return m_row; } ///< stays when it is gone
    [[nodiscard]] const std::optional<docker::ImageDetails> &details() const { return m_details; }
    /// Oldest first; none while it is not known.
    [[nodiscard]] const std::optional<std::vector<docker::HistoryEntry>> &history() const
    {
        return m_history;
    }
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }

Q_SIGNALS:
    void stateChanged();
    void rowChanged();
    void detailsChanged(); ///< or the history

private:
    void takeList();
    void setState(State state);

    ImageEngine *m_engine;
    ImagesModel *m_images;
    State m_state = State::Closed;
    std::string m_id;
    ImageRowPointer m_row;
    std::optional<docker::ImageDetails> m_details;
    std::optional<std::vector<docker::HistoryEntry>> m_history;
    std::optional<Error> m_error;
    unsigned m_generation = 0;
};

} // namespace roadstead::ui
