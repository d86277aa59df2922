// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/containers/tab/container_engine.h"
#include "ui/widgets/card.h"

#include <string>
#include <vector>

namespace roadstead::ui {

class IconButton;

/// What is worth a line of all that differs from the image, by path: engines tell each folder above
/// a change as changed, too, and those are left out.
[[nodiscard]] std::vector<docker::FileChange> ownChanges(std::vector<docker::FileChange> changes);

/// What a container has added, changed and deleted of its image's files (docker diff). The engine
/// walks over all of them for it, so it is asked once while the card is on screen, and again only
/// when the container's state is another or a person wants it.
class ChangesCard : public Card
{
    Q_OBJECT
public:
    /// `engine` must outlive this.
    explicit ChangesCard(ContainerEngine *engine, QWidget *parent = nullptr);
    ~ChangesCard() override;

    void setContainer(const docker::Target &container, docker::ContainerState state);
    void clear();

Q_SIGNALS:
    void folderWanted(const std::string &folder); ///< to be seen in the tab of files

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void ask();
    void forget(); ///< the answer that is waited for
    void take(const Result<std::vector<docker::FileChange>> &result);
    void fill(const std::vector<docker::FileChange> &changes);
    [[nodiscard]] QWidget *changeRow(const docker::FileChange &change, int number);

    ContainerEngine *m_engine;
    docker::Target m_container;
    docker::ContainerState m_state = docker::ContainerState::Unknown;
    service::Operation<std::vector<docker::FileChange>> m_asked;
    bool m_isStale = true;
    bool m_waits = false;
    unsigned m_generation = 0;
    QWidget *m_rows = nullptr;
    IconButton *m_again;
};

} // namespace roadstead::ui
