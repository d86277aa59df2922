// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/containers/container_action.h"
#include "ui/pages/containers/containers_controller.h"
#include "ui/pages/containers/hello_controller.h"
#include "ui/shell/page.h"
#include "ui/text/registry_text.h"

#include <QPointer>

#include <functional>
#include <map>
#include <memory>

namespace roadstead::service {
class SwapEngine;
}

class QMenu;
class QStackedWidget;

namespace roadstead::ui {

class CommitController;
class CommitWizard;
class ContainerActions;
class ContainerExports;
class ContainerOffers;
class ContainerWaits;
class ContainersView;
class DetailsView;
class MergedLogsView;
class ImageLoads;
class ProjectStarts;
class OutputDialog;
class RecreateController;
class RecreateWizard;
class RemoveDialog;
class RunController;
class RunEngine;
class RunPresets;
class RunWizard;
class Toast;
class ToastHost;
enum class ContainerOffer;

/// The page "Containers": the list, a container's details, and every question that a command asks
/// before it runs.
class ContainersPage : public Page
{
    Q_OBJECT
public:
    struct Parts
    {
        ContainerEngine *engine = nullptr; ///< must outlive the page
        ToastHost *toasts = nullptr;       ///< must outlive the page
        RunEngine *runEngine = nullptr;    ///< must outlive the page; none = no run wizard
        QString presets{};                 ///< see RunPresets::usualPath()
        QString helloArchive;              ///< see HelloController::installedArchive()
        ContainersModel::Clock wallClock;  ///< empty = the system's
        ContainersController::MillisecondClock steadyClock; ///< empty = the system's
        std::function<void(const QUrl &)> openUrl;          ///< empty = the desktop's browser
    };

    explicit ContainersPage(Parts parts, QObject *parent = nullptr);
    ~ContainersPage() override;

    [[nodiscard]] QString id() const override;
    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString iconName() const override;
    QWidget *widget() override;
    [[nodiscard]] std::optional<qint64> count() const override;
    /// Running a container. The wizard has its own button for it, in its footer.
    [[nodiscard]] QAction *primaryAction() const override;
    [[nodiscard]] QList<QAction *> actions() const override;
    [[nodiscard]] QList<TrayEntry> trayEntries() const override;
    [[nodiscard]] QList<PaletteItem> find(const QString &typed, int limit) const override;
    [[nodiscard]] QWidget *filterField() const override;
    void refresh() override;
    [[nodiscard]] std::optional<DropOffer> offerFor(const QStringList &paths) override;
    [[nodiscard]] QList<QWidget *> panes() const override;
    [[nodiscard]] bool canGoBack() const override;
    void goBack() override;
    [[nodiscard]] QList<Unsaved> unsaved() override;
    void keepDrafts() override; ///< of the run wizard

    [[nodiscard]] ContainersController *controller() { return &m_controller; }
    [[nodiscard]] HelloController *hello() { return &m_hello; }
    void showDetails(const std::string &id);
    /// The terminal tab of its page, with the keyboard in it.
    void showTerminal(const std::string &id);
    /// Of one container in its details, of several merged by time on a page of their own.
    void showLogs(const std::vector<std::string> &ids);
    /// Shows the stats of the first, the others, at most four, in the same charts.
    void compareStats(const std::vector<std::string> &ids);
    void runHello();
    void showRunWizard();
    void runImage(const QString &reference); ///< shows the run wizard with that image
    [[nodiscard]] RunController *run() { return m_run.get(); } ///< null without a wizard
    /// Back in the run wizard that wanted something mended: the keyboard is at its verb.
    void resume();
    /// Shows "Edit and recreate" once the container's command is known; `addsPort`: with a row for
    /// one more port.
    void recreate(const std::string &id, bool addsPort = false);
    void duplicate(const std::string &id); ///< shows the run wizard, filled from the container
    [[nodiscard]] RecreateController *recreation() { return m_recreation.get(); }
    void commit(const std::string &id); ///< shows the page "Commit"
    [[nodiscard]] CommitController *commits() { return m_commits.get(); }
    void askExportPlace(const std::string &id);
    void exportTo(const std::string &id, const QString &path);
    [[nodiscard]] ContainerWaits *waits() { return m_waits.get(); }

Q_SIGNALS:
    /// What lets the engine pull from a registry is set in another page; then resume().
    void mendWanted(roadstead::ui::RegistryRemedy remedy, const std::string &registry);

private:
    void makeLogs();
    void retargetLogs();
    void tellLogs();
    void leaveLogs(Qt::FocusReason reason);
    void addLogs(QMenu *menu, const std::vector<std::string> &ids);
    [[nodiscard]] bool isInLogs() const;
    [[nodiscard]] QString logsCommand(const std::vector<std::string> &ids) const;
    [[nodiscard]] PaletteItem logsItem(const ContainerRow &row) const;
    void makeRun(const Parts &parts);
    [[nodiscard]] bool hasRunDraft() const;
    void restoreDraft();
    void makeRunWizard();
    void followRun();
    void tellRunEnd();
    void makeRecreateWizard();
    void showRecreateWizard(bool addsPort = false);
    void leaveWizard();
    void followRecreation();
    void offerCutOff();
    void addUndoRecreate(QMenu *menu, const std::string &id);
    void makeOffers();
    [[nodiscard]] ContainerOffers *newOffers(const QString &prefix, QObject *parent);
    void addOffers(QMenu *menu, const std::string &id, const QString &prefix);
    void performOffer(ContainerOffer offer, const std::string &id);
    void makeCommitWizard();
    void startProject(const QString &path);
    void askProject();
    void askArchives();
    void askNetwork(const std::string &id);
    void disconnectFrom(const std::string &id, const std::string &network);
    void runOnce(const docker::Command &command, const std::string &name);
    void showCommitWizard();
    void followCommit();
    [[nodiscard]] bool isInForm() const; ///< a wizard is on screen
    [[nodiscard]] bool isInRecreate() const;
    [[nodiscard]] bool isInDetails() const;
    [[nodiscard]] bool isInWizard() const;
    void makeActions();
    void connectDetails(DetailsView *details);
    void togglePane();
    void showCurrentTerminal();
    void bindTerminal();
    [[nodiscard]] std::string currentId() const;
    void leaveDetails(Qt::FocusReason reason);
    void retarget();
    void perform(ContainerAction action, const std::vector<std::string> &ids);
    void askRemoval(const std::vector<std::string> &ids);
    void tellSizes(RemoveDialog *dialog, const ContainerRows &rows);
    void listVolumes(RemoveDialog *dialog, const ContainerRows &rows);
    void askName(const std::string &id);
    void askSignal(const std::vector<std::string> &ids);
    void showMenu(const std::vector<std::string> &ids, QPoint position);
    void addCompare(QMenu *menu, const std::vector<std::string> &ids);
    void addUndo(QMenu *menu, const std::vector<std::string> &ids);
    /// What makes a container such as one that is there, as it is copied, and what to say of it.
    struct CommandText
    {
        std::string text;
        QString note; ///< display text
    };
    using CommandForm = CommandText (*)(const docker::CreateContainer &);
    void addCommandCopies(QMenu *menu, const ContainerRowPointer &row);
    void copyCommand(const ContainerRow &row, CommandForm form);
    void showFailure(const std::string &name, const Error &error);
    void showBatch(const ActionBatch &batch);
    void showUndo(const std::string &id);
    void closeUndo(const std::string &id);
    void openPort(const PortLink &link);
    [[nodiscard]] PaletteItem containerItem(const ContainerRow &row) const;
    [[nodiscard]] PaletteItem commandItem(ContainerAction action, const ContainerRow &row) const;
    void showHelloStep();
    void tellWhatIsOnScreen();
    void openHelloDialog();
    void fillHelloDialog();
    void tellHelloEnd();
    QAction *addPageAction(const QString &name, const QString &text, const QString &iconName);

    ContainersController m_controller;
    HelloController m_hello;
    ToastHost *m_toasts;
    std::function<void(const QUrl &)> m_openUrl;
    QPointer<QStackedWidget> m_stack;
    QPointer<ContainersView> m_view;
    QPointer<DetailsView> m_details;
    QPointer<MergedLogsView> m_logs;
    QPointer<OutputDialog> m_helloDialog;
    std::unique_ptr<RunPresets> m_presets;
    std::unique_ptr<RunController> m_run;
    QPointer<RunWizard> m_wizard;
    std::unique_ptr<service::SwapEngine> m_swaps;
    std::unique_ptr<RecreateController> m_recreation;
    QPointer<RecreateWizard> m_recreateWizard;
    bool m_hasLooked = false; ///< for swaps that were cut off
    std::unique_ptr<CommitController> m_commits;
    QPointer<CommitWizard> m_commitWizard;
    std::unique_ptr<ContainerWaits> m_waits;
    std::unique_ptr<ContainerExports> m_exports;
    RunEngine *m_runEngine = nullptr;
    std::unique_ptr<ImageLoads> m_loads; ///< null without a run engine
    QAction *m_loadAction = nullptr;
    std::unique_ptr<ProjectStarts> m_projects; ///< null without a run engine
    QAction *m_projectAction = nullptr;
    ContainerOffers *m_offers = nullptr; ///< for the palette, as m_commands
    QAction *m_runAction = nullptr;
    std::map<std::string, QPointer<Toast>> m_undoToasts;
    ContainerActions *m_commands; ///< for the keyboard and the palette, in the list and in details
    QAction *m_helloAction;
    QAction *m_openAction;
    QAction *m_paneAction;
    QAction *m_terminalAction;
    QAction *m_logsAction;
};

/// Whether so many containers can be shown in the same charts.
[[nodiscard]] bool canCompare(const std::vector<std::string> &ids);

} // namespace roadstead::ui
