// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/layers/path_tree.h"
#include "engine/service/trust/trust_desk.h"
#include "ui/pages/images/image_action.h"
#include "ui/pages/images/image_transfers.h"
#include "ui/pages/images/images_controller.h"
#include "ui/shell/page.h"
#include "ui/wizards/pull/pull_controller.h"
#include "ui/wizards/push/push_controller.h"

#include <QPointer>
#include <QTimer>

#include <string>
#include <vector>

class QMenu;
class QStackedWidget;

namespace roadstead::ui {

class ImageActions;
class ImageDetailsView;
class ImagesView;
class PullWizard;
class PushWizard;
class ToastHost;

/// The page "Images": the list, an image's details, pulling, and every question that a command asks
/// before it runs.
class ImagesPage : public Page
{
    Q_OBJECT
public:
    struct Parts
    {
        ImageEngine *engine = nullptr;         ///< must outlive the page
        service::RegistryDesk *desk = nullptr; ///< must outlive the page
        service::TrustDesk *trust = nullptr;   ///< must outlive the page; null = nothing is signed
        ToastHost *toasts = nullptr;           ///< must outlive the page
        ImagesModel::Clock wallClock{};        ///< empty = the system's
    };

    explicit ImagesPage(const Parts &parts, QObject *parent = nullptr);
    ~ImagesPage() override;

    [[nodiscard]] QString id() const override;
    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString iconName() const override;
    QWidget *widget() override;
    [[nodiscard]] std::optional<qint64> count() const override;
    /// Pulling an image. The wizard has its own button for it, in its footer.
    [[nodiscard]] QAction *primaryAction() const override;
    [[nodiscard]] QList<QAction *> actions() const override;
    [[nodiscard]] QList<PaletteItem> find(const QString &typed, int limit) const override;
    [[nodiscard]] QWidget *filterField() const override;
    [[nodiscard]] QList<QWidget *> panes() const override;
    void refresh() override;
    [[nodiscard]] bool canGoBack() const override;
    void goBack() override;
    [[nodiscard]] QList<Unsaved> unsaved() override;

    [[nodiscard]] ImagesController *controller() { return &m_controller; }
    [[nodiscard]] ImageTransfers *transfers() { return &m_transfers; }
    [[nodiscard]] PullController *pull() { return &m_pull; }
    [[nodiscard]] PushController *push() { return &m_push; }
    void showDetails(const std::string &id);
    void showLayers(const std::string &id); ///< of the image, on its page
    void showPullWizard();
    /// With that image, a tag or an id, unless another push is under way; empty = as it was left.
    void showPushWizard(const std::string &image = {});
    void loadFile(const QString &path);
    /// Back in the wizard that wanted something mended: the keyboard is at its verb.
    void resume();

Q_SIGNALS:
    /// Leads to another page.
    void containerWanted(const std::string &id);
    void runWanted(const QString &reference); ///< a container of that image is to be run
    /// A repository is to be looked into, in another page.
    void browseWanted(const std::string &registry, const std::string &repository);
    /// What the engine is to believe of a registry is set in another page; then resume().
    void mendWanted(roadstead::ui::RegistryRemedy remedy, const std::string &registry);

private:
    QAction *addPageAction(const QString &name, const QString &text, const QString &iconName);
    void makeActions();
    void makeWidgetActions();
    void connectView();
    void connectDetails(ImageDetailsView *details);
    [[nodiscard]] bool isInDetails() const;
    [[nodiscard]] bool isInPull() const;
    [[nodiscard]] bool isInPush() const;
    void showList(Qt::FocusReason reason);
    void togglePane();
    void retarget();
    void perform(ImageAction action, const std::vector<std::string> &ids);
    void showMenu(const std::vector<std::string> &ids, QPoint position);
    void addUntag(QMenu *menu, const ImageRowPointer &row);
    void addTrust(QMenu *menu, const ImageRowPointer &row);
    void verify(const std::string &byDigest);
    void addCopies(QMenu *menu, const ImageRowPointer &row);
    void askTag(const std::string &id);
    void askRemoval(const std::vector<std::string> &ids);
    void askWhatToFree();
    void askAccount(const std::string &registry);
    void askWhereToSave(const ImageRows &rows);
    void connectLayers();
    void askWhatToCompare();
    void askWhereToExtract(layers::NodeId id);
    void askWhereToWriteWaste();
    void tellLayers();
    void askWhatToLoad();
    void askWhatToImport();
    void askImportName(const QString &path);
    void followPull();
    void followPush();
    void tellFailure(const ImageRowPointer &row, ImageWork work, const Error &error);
    void tellTransfers();
    void showProblem(const Explanation &words);
    void showPulled();
    void setNewsWanted(bool wanted);
    void checkNewsNow();
    void tellNews(int newer, int failed);

    ImageEngine *m_engine;
    service::TrustDesk *m_trust;
    ToastHost *m_toasts;
    ImagesController m_controller;
    ImageTransfers m_transfers;
    PullController m_pull;
    PushController m_push;
    QPointer<QStackedWidget> m_stack;
    QPointer<ImagesView> m_view;
    QPointer<ImageDetailsView> m_details;
    QPointer<PullWizard> m_wizard;
    QPointer<PushWizard> m_pushWizard;
    ImageActions *m_commands; ///< for the keyboard and the palette, in the list and in details
    QAction *m_pullAction;
    QAction *m_pushAction; ///< for the palette: without an image in hand
    QAction *m_loadAction;
    QAction *m_importAction;
    QAction *m_freeAction;
    QAction *m_newsAction; ///< whether to look for newer versions
    QAction *m_newsNowAction;
    QAction *m_paneAction;
    QTimer m_newsDue;
    bool m_asksNews = false; ///< a person waits for the answer
    bool m_newsBegun = false;
};

} // namespace roadstead::ui
