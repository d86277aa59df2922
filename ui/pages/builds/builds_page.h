// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/builds/build_history.h"
#include "ui/pages/builds/builds_model.h"
#include "ui/shell/page.h"
#include "ui/wizards/build/build_controller.h"

#include <QPointer>

class QStackedWidget;

namespace roadstead::ui {

class BuildWizard;
class BuildsView;
class ToastHost;

/// The page "Builds": what was built, and the wizard that builds.
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
    [[nodiscard]] bool canGoBack() const override;
    void goBack() override;

    [[nodiscard]] BuildController *controller() { return &m_controller; }
    /// Shows the wizard, filled with `form` unless a build is under way.
    void build(const BuildForm &form);

Q_SIGNALS:
    void runWanted(const QString &image);  ///< the image that was built is to be run
    void pushWanted(const QString &image); ///< it is to be pushed: a tag of it

private:
    [[nodiscard]] bool isInWizard() const;
    void showWizard();
    void leaveWizard();
    void follow();
    void finish();
    void tellEnd();

    BuildHistory m_history;
    BuildsModel m_model;
    BuildController m_controller;
    ToastHost *m_toasts;
    QAction *m_buildAction;
    QPointer<QStackedWidget> m_stack;
    QPointer<BuildsView> m_view;
    QPointer<BuildWizard> m_wizard;
    BuildController::Step m_step = BuildController::Step::Context;
};

} // namespace roadstead::ui
