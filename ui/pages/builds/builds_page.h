// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/build/buildx_tool.h"
#include "ui/pages/builds/build_action.h"
#include "ui/pages/builds/build_history.h"
#include "ui/pages/builds/builders_controller.h"
#include "ui/pages/builds/cache_controller.h"
#include "ui/pages/builds/history_controller.h"
#include "ui/shell/page.h"
#include "ui/wizards/build/build_controller.h"

#include <QPointer>

class QStackedWidget;

namespace roadstead::ui {

class BuildWizard;
class BuildersView;
class BuildsView;
class CacheView;
class CompareView;
class ToastHost;

/// The page "Builds": what was built, what it is built with, what is kept of it, and the wizard
/// that builds.
class BuildsPage : public Page
{
    Q_OBJECT
public:
    struct Parts
    {
        BuildEngine *engine = nullptr; ///< must outlive the page
        ToastHost *toasts = nullptr;   ///< must outlive the page; may be null
        QString history{};             ///< see BuildHistory::usualPath()
    };

    explicit BuildsPage(const Parts &parts, QObject *parent = nullptr);
    ~BuildsPage() override;

    [[nodiscard]] QString id() const override;
    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString iconName() const override;
    QWidget *widget() override;
    [[nodiscard]] std::optional<qint64> count() const override;
    [[nodiscard]] QAction *primaryAction() const override;
    [[nodiscard]] QList<QAction *> actions() const override;
    [[nodiscard]] QWidget *filterField() const override;
    [[nodiscard]] QList<QWidget *> panes() const override;
    void refresh() override;
    [[nodiscard]] bool canGoBack() const override;
    void goBack() override;
    [[nodiscard]] QList<Unsaved> unsaved() override;

    [[nodiscard]] BuildController *controller() { return &m_controller; }
    [[nodiscard]] HistoryController *history() { return &m_list; }
    [[nodiscard]] BuildersController *builders() { return &m_builders; }
    [[nodiscard]] CacheController *cache() { return &m_cache; }
    /// Shows the wizard, filled with `form` unless a build is under way.
    void build(const BuildForm &form);
    void resume(); ///< of the build that failed: what was in the way is mended

Q_SIGNALS:
    void runWanted(const QString &image);    ///< the image that was built is to be run
    void pushWanted(const QString &image);   ///< it is to be pushed: a tag of it
    void imageWanted(const std::string &id); ///< an image that a build made is to be shown
    /// What the registry that stood in the way of the build needs; then resume().
    void mendWanted(roadstead::ui::RegistryRemedy remedy, const std::string &registry);

private:
    [[nodiscard]] bool isInWizard() const;
    [[nodiscard]] bool isInList() const;
    void connectParts();
    void showWizard();
    void showList();
    void follow();
    void finish();
    [[nodiscard]] BuildRecord recordOfRun() const;
    void tellEnd();
    void perform(BuildAction action, const std::vector<std::string> &ids);
    void removeKey(); ///< what the Delete key means on the tab that is shown
    void togglePane();
    void compare(const std::vector<std::string> &ids);
    void askRemoval(const std::vector<std::string> &ids);
    void askBuilder();
    void performOn(docker::BuilderVerb verb, const std::string &name);
    void askCacheRemoval(const std::vector<std::string> &ids);
    void askPrune();
    void tell(const QString &title, const QString &text = {});
    void tellProblem(const Explanation &words);

    BuildEngine *m_engine;
    service::BuildxTool m_tool;
    BuildHistory m_history;
    HistoryController m_list;
    BuildersController m_builders;
    CacheController m_cache;
    BuildController m_controller;
    ToastHost *m_toasts;
    QAction *m_buildAction;
    QAction *m_removeAction;
    QAction *m_paneAction;
    QPointer<QStackedWidget> m_stack;
    QPointer<BuildsView> m_view;
    QPointer<BuildersView> m_buildersView;
    QPointer<CacheView> m_cacheView;
    QPointer<CompareView> m_compare;
    QPointer<BuildWizard> m_wizard;
    BuildController::Step m_step = BuildController::Step::Context;
};

} // namespace roadstead::ui
