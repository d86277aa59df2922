// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/containers/tab/container_engine.h"
#include "ui/widgets/card.h"

#include <optional>
#include <vector>

class QTimer;

namespace roadstead::ui {

/// A process as the card shows it. Display texts; empty where the engine does not tell.
struct ProcessLine
{
    qint64 id = 0; ///< on the engine's machine; 0 = not told
    QString user;
    QString time; ///< of a processor, since it began
    QString command;
    bool operator==(const ProcessLine &) const = default;
};
/// Oldest first, by their ids. Engines name the columns as their ps does; what looks secret in a
/// command is masked.
[[nodiscard]] std::vector<ProcessLine> processLines(const docker::ProcessTable &table);

/// What runs in a container (docker top): asked for every few seconds while it is on screen and the
/// container runs, and for nothing otherwise.
class ProcessesCard : public Card
{
    Q_OBJECT
public:
    /// `engine` must outlive this.
    explicit ProcessesCard(ContainerEngine *engine, QWidget *parent = nullptr);
    ~ProcessesCard() override;

    /// Another container than before, or another state of it, is asked about at once.
    void setContainer(const docker::Target &container, bool hasProcesses);
    void clear();
    /// In a pane there is room for ids and commands alone; users and times are in the tooltip.
    void setNarrow(bool narrow);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void ask();
    void forget(); ///< the answer that is waited for
    void take(const Result<docker::ProcessTable> &result);
    void fill(const std::vector<ProcessLine> &lines);
    [[nodiscard]] QWidget *processRow(const ProcessLine &line) const;

    ContainerEngine *m_engine;
    docker::Target m_container;
    bool m_hasProcesses = false;
    service::Operation<docker::ProcessTable> m_asked;
    bool m_waits = false;
    bool m_narrow = false;
    unsigned m_generation = 0;
    std::optional<std::vector<ProcessLine>> m_lines; ///< that are shown
    QWidget *m_rows = nullptr;
    QTimer *m_clock;
};

} // namespace roadstead::ui
