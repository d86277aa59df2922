// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/container_group.h"
#include "ui/pages/containers/tab/container_engine.h"

#include <QWidget>

#include <map>
#include <string>
#include <vector>

namespace roadstead::ui {

class Chip;
class ElidedLabel;
class FlowLayout;
class Label;
class LogPanel;

/// Whose logs are merged: a Compose project, with what joins it later, or some containers.
struct LogsTarget
{
    std::string project; ///< raw; empty = the containers
    std::vector<std::string> ids;
    [[nodiscard]] bool includes(const ContainerRow &row) const;
};

/// The logs of several containers as one page, by time, each line with its container: which of
/// them are seen is chosen by chips. GUI thread.
class MergedLogsView : public QWidget
{
    Q_OBJECT
public:
    /// Each costs a stream, a thread and a few files.
    static constexpr std::size_t mostContainers = 50;

    explicit MergedLogsView(ContainerEngine *engine, QWidget *parent = nullptr);
    ~MergedLogsView() override;

    void open(LogsTarget target);
    void close();
    [[nodiscard]] const LogsTarget &target() const { return m_target; }
    /// All containers there are, each time they change.
    void setRows(const ContainerRows &rows);
    [[nodiscard]] QWidget *searchField() const;
    [[nodiscard]] LogPanel *panel() const { return m_panel; }

Q_SIGNALS:
    void backWanted(); ///< to the list
    void escaped();    ///< the same, by the keyboard

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void buildHead();
    void buildChips();
    void addChip(const ContainerRow &row);
    void showTitle(const ContainerRows &own);

    LogsTarget m_target;
    LogPanel *m_panel;
    ElidedLabel *m_crumb = nullptr;
    ElidedLabel *m_title = nullptr;
    Label *m_summary = nullptr;
    QWidget *m_chipsArea = nullptr;
    FlowLayout *m_chipsFlow = nullptr;
    std::map<std::string, Chip *> m_chips; ///< by id
};

} // namespace roadstead::ui
