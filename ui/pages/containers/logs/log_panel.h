// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/log_feed.h"
#include "engine/service/logs/log_save.h"
#include "ui/pages/containers/logs/log_container.h"
#include "ui/pages/containers/logs/log_rate.h"
#include "ui/pages/containers/tab/container_engine.h"
#include "ui/theme/tokens.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <memory>
#include <optional>
#include <string>
#include <vector>

class QStackedLayout;

namespace roadstead::ui {

class Button;
class ChipGroup;
class ElidedLabel;
class EmptyState;
class IconButton;
class Label;
class LinkButton;
class LogSearchBar;
class LogView;
class MarkLabel;
class ProgressBar;
class Segmented;
struct LogSaveChoice;

/// The log of one container, or of several by time: what to see of it, its lines, how it stands.
/// Owns the stores and the feeds that fill them. GUI thread.
class LogPanel : public QWidget
{
    Q_OBJECT
public:
    enum class Form {
        One,
        Merged ///< each line says whose it is
    };

    LogPanel(ContainerEngine *engine, Form form, QWidget *parent = nullptr);
    ~LogPanel() override;

    /// Those that were not there join; what those that are there say of themselves is taken. Others
    /// stay: what they wrote stays readable.
    void setContainers(const std::vector<LogContainer> &containers);
    void clear();
    void setShown(bool shown); ///< on screen: streams run only then
    void setContainerShown(const std::string &id, bool shown);
    [[nodiscard]] static Color toneOf(std::size_t container); ///< of the n-th that came
    [[nodiscard]] QWidget *searchField() const;
    [[nodiscard]] LogView *view() const { return m_view; }
    void setProject(const std::string &project); ///< raw; all are containers of it
    void askSave();                              ///< what, and where

Q_SIGNALS:
    void allContainersWanted(); ///< those that are not shown are part of a filter

public Q_SLOTS:
    void saveAs(const roadstead::ui::LogSaveChoice &choice, const QString &path);

private:
    // Beside the levels and streams; button groups have no ids below 0.
    static constexpr int anyLevel = 100;
    static constexpr int bothStreams = 100;

    struct Entry
    {
        LogContainer container;
        std::unique_ptr<service::LogFeed> feed;
        bool shown = true;
    };

    QWidget *buildBar();
    QWidget *buildSwitches(QWidget *bar);
    QWidget *buildFilters(QWidget *bar);
    QWidget *buildStreams(QWidget *bar);
    QWidget *buildStatus();
    QWidget *buildSaveStrip();
    void connectView();
    void showMenu();
    void openFeeds();
    void openFeed(Entry &entry);
    void linesChanged();
    void readAll();
    void applyFilter();
    void clearFilter();
    void showLines();
    void showStatus();
    void showMessage(const QString &icon, const QString &what, const QString &why,
                     const QString &primary = {});
    [[nodiscard]] QString hiddenText() const;
    void showState();
    void showNoLines(service::LogState state);
    void showNothingWritten(service::LogState state);
    void showCommand();
    void askFile(const LogSaveChoice &choice);
    [[nodiscard]] QString saveCommand(const LogSaveChoice &choice, const std::string &file) const;
    void showSaving();
    void saved(const Result<service::LogSaved> &result);
    void saySaved(const QString &what, bool isProblem);
    [[nodiscard]] QString followCommand() const;
    [[nodiscard]] service::LogState state() const;
    [[nodiscard]] QString stateText() const;
    [[nodiscard]] std::optional<Error> feedError() const;
    [[nodiscard]] bool hasOlder() const;
    [[nodiscard]] bool isReadingOlder() const;
    [[nodiscard]] std::uint64_t bytesOnDisk() const;
    [[nodiscard]] bool isFiltered() const;

    ContainerEngine *m_engine;
    Form m_form;
    LogView *m_view;
    LogSearchBar *m_search;
    ChipGroup *m_levels = nullptr;
    Segmented *m_streams = nullptr;
    Button *m_timestamps = nullptr;
    Button *m_wrap = nullptr;
    Button *m_follow = nullptr;
    IconButton *m_save = nullptr;
    IconButton *m_more = nullptr;
    ElidedLabel *m_count = nullptr;
    LinkButton *m_readAll = nullptr;
    MarkLabel *m_mark = nullptr;
    Label *m_status = nullptr;
    EmptyState *m_message;
    QStackedLayout *m_stack = nullptr;
    QWidget *m_saveStrip = nullptr;
    ElidedLabel *m_saveText = nullptr;
    ProgressBar *m_saveBar = nullptr;
    Button *m_saveEnd = nullptr;
    std::vector<Entry> m_entries;
    std::string m_project;
    bool m_shown = false;
    std::optional<Error> m_storeError;
    std::unique_ptr<service::LogSave> m_saving;
    quint64 m_saveRecord = 0;
    LogRate m_rate;
    QElapsedTimer m_clock;
    QTimer m_rateTimer;
};

} // namespace roadstead::ui
