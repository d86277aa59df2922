// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/images/images_page.h"

#include "engine/service/registries/registry_desk.h"
#include "ui/models/image_text.h"
#include "ui/pages/images/image_actions.h"
#include "ui/pages/images/image_details_view.h"
#include "ui/pages/images/image_pane.h"
#include "ui/pages/images/images_view.h"
#include "ui/pages/images/layers/layer_text.h"
#include "ui/pages/list_table.h"
#include "ui/shell/keymap.h"
#include "ui/text/display_text.h"
#include "ui/theme/icons.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/tab_bar.h"
#include "ui/wizards/pull/pull_wizard.h"
#include "ui/wizards/push/push_wizard.h"

#include <QAction>
#include <QApplication>
#include <QDateTime>
#include <QSettings>
#include <QStackedWidget>

#include <algorithm>
#include <chrono>

namespace roadstead::ui {

namespace {

constexpr auto newsKey = "images/newerVersions";
constexpr std::chrono::hours newsInterval{6};

std::int64_t secondsNow()
{
    return QDateTime::currentSecsSinceEpoch();
}

PullController::Parts pullParts(const ImagesPage::Parts &parts)
{
    ImageEngine *engine = parts.engine;
    PullController::Parts made{
        .run =
            [engine](const docker::Command &command,
                     service::EngineSession::ProgressReceiver progress) {
                return engine->run(command, std::move(progress));
            },
        .search = [engine](const std::string &term,
                           int limit) { return engine->search(term, limit); },
        .knownNames =
            [engine] {
                QStringList names;
                const auto images = engine->images();
                for (const docker::ImageSummary &image : *images) {
                    for (const std::string &tag : image.tags) {
                        names.append(QString::fromStdString(tag));
                    }
                }
                names.sort();
                return names;
            },
        .trust = parts.trust};
    if (parts.desk) {
        made.tags = [desk = parts.desk](const std::string &registry,
                                        const std::string &repository) {
            return desk->tags(registry, repository, {});
        };
    }
    return made;
}

PushController::Parts pushParts(const ImagesPage::Parts &parts)
{
    ImageEngine *engine = parts.engine;
    return {.run =
                [engine](const docker::Command &command,
                         service::EngineSession::ProgressReceiver progress) {
                    return engine->run(command, std::move(progress));
                },
            .inspect = [engine](const docker::Target &image) { return engine->inspect(image); },
            .history = [engine](const docker::Target &image) { return engine->history(image); },
            .images = [engine] { return engine->images(); },
            .makerText = layerText,
            .desk = parts.desk,
            .trust = parts.trust};
}

} // namespace

ImagesPage::ImagesPage(const Parts &parts, QObject *parent)
    : Page(parent)
    , m_engine(parts.engine)
    , m_trust(parts.trust)
    , m_toasts(parts.toasts)
    , m_controller(parts.engine, parts.wallClock ? parts.wallClock : secondsNow)
    , m_transfers(parts.engine)
    , m_pull(pullParts(parts))
    , m_push(pushParts(parts))
    , m_commands(new ImageActions(&m_controller, QStringLiteral("images"), this))
    , m_pullAction(addPageAction(QStringLiteral("pullImageAction"), tr("Pull image"),
                                 QStringLiteral("download")))
    , m_pushAction(addPageAction(QStringLiteral("pushImageAction"), tr("Push an image…"),
                                 QStringLiteral("upload")))
    , m_loadAction(addPageAction(QStringLiteral("loadImagesAction"), tr("Load images from a file…"),
                                 QStringLiteral("folder2-open")))
    , m_importAction(addPageAction(QStringLiteral("importImageAction"),
                                   tr("Import a root file system…"), QStringLiteral("upload")))
    , m_freeAction(addPageAction(QStringLiteral("freeImagesAction"), tr("Free disk space…"),
                                 QStringLiteral("trash")))
    , m_newsAction(addPageAction(QStringLiteral("newerVersions"),
                                 tr("Look for newer versions in registries"),
                                 QStringLiteral("clock-history")))
    , m_newsNowAction(addPageAction(QStringLiteral("newerVersionsNow"),
                                    tr("Look for newer versions now"),
                                    QStringLiteral("arrow-clockwise")))
    , m_paneAction(addPageAction(QStringLiteral("imagePaneAction"), tr("Details beside the list"),
                                 QStringLiteral("layout-sidebar-reverse")))
{
    makeActions();
    connect(m_controller.list(), &FlatListModelBase::countsChanged, this, &Page::countChanged);
    connect(&m_controller, &ImagesController::failed, this, &ImagesPage::tellFailure);
    connect(&m_controller, &ImagesController::newsChecked, this, &ImagesPage::tellNews);
    connect(&m_pull, &PullController::stepChanged, this, &ImagesPage::followPull);
    connect(&m_push, &PushController::stepChanged, this, &ImagesPage::followPush);
    tellTransfers();
}

ImagesPage::~ImagesPage()
{
    // The widget may live longer: it must not ask a controller that has gone.
    delete m_stack;
}

QAction *ImagesPage::addPageAction(const QString &name, const QString &text,
                                   const QString &iconName)
{
    auto *action = new QAction(icon(iconName), text, this);
    action->setObjectName(name);
    return action;
}

void ImagesPage::makeActions()
{
    m_pullAction->setIcon(icon(QStringLiteral("download"), Color::OnAccent)); // of the primary
    m_pullAction->setShortcuts(keysFor(Keys::Primary));
    setCommandHint(m_pullAction, QStringLiteral("docker pull IMAGE"));
    setCommandHint(m_pushAction, QStringLiteral("docker push IMAGE"));
    setCommandHint(m_loadAction, QStringLiteral("docker load -q -i FILE.tar"));
    setCommandHint(m_importAction, QStringLiteral("docker import FILE.tar NAME"));
    m_newsAction->setCheckable(true);
    m_newsAction->setChecked(QSettings().value(QLatin1StringView(newsKey), false).toBool());
    m_newsDue.setInterval(newsInterval);
    connect(&m_newsDue, &QTimer::timeout, &m_controller, &ImagesController::checkAllNews);
    connect(m_pullAction, &QAction::triggered, this, &ImagesPage::showPullWizard);
    connect(m_pushAction, &QAction::triggered, this, [this] { showPushWizard(); });
    connect(m_loadAction, &QAction::triggered, this, &ImagesPage::askWhatToLoad);
    connect(m_importAction, &QAction::triggered, this, &ImagesPage::askWhatToImport);
    connect(m_freeAction, &QAction::triggered, this, &ImagesPage::askWhatToFree);
    connect(m_newsAction, &QAction::toggled, this, &ImagesPage::setNewsWanted);
    connect(m_newsNowAction, &QAction::triggered, this, &ImagesPage::checkNewsNow);
    connect(m_paneAction, &QAction::triggered, this, &ImagesPage::togglePane);
    connect(m_commands, &ImageActions::triggered, this, &ImagesPage::perform);
    m_commands->setNamesTargets(true);
    // Registries are asked once the list is there, and then now and then.
    connect(&m_controller, &ImagesController::stateChanged, this, [this] {
        if (m_newsAction->isChecked() && !m_newsBegun && m_controller.state() == ListState::Rows &&
            !m_controller.isStale()) {
            m_newsBegun = true;
            m_newsDue.start();
            m_controller.checkAllNews();
        }
    });
}

QString ImagesPage::id() const
{
    return QStringLiteral("images");
}

QString ImagesPage::title() const
{
    return tr("Images");
}

QString ImagesPage::iconName() const
{
    return QStringLiteral("image");
}

std::optional<qint64> ImagesPage::count() const
{
    return m_controller.list()->counts()[std::size_t(ImageFilter::All)];
}

QWidget *ImagesPage::widget()
{
    if (m_stack) {
        return m_stack;
    }
    m_stack = new QStackedWidget;
    m_view = new ImagesView(&m_controller, &m_transfers);
    m_view->setPageActions({m_importAction, nullptr, m_newsAction, m_newsNowAction});
    m_details = new ImageDetailsView(&m_controller, ImageDetailsView::Form::Page);
    if (m_trust != nullptr) {
        m_details->setTrust(m_trust);
        m_view->pane()->view()->setTrust(m_trust);
    }
    m_wizard = new PullWizard(&m_pull);
    m_pushWizard = new PushWizard(&m_push);
    for (QWidget *part : {static_cast<QWidget *>(m_view), static_cast<QWidget *>(m_details),
                          static_cast<QWidget *>(m_wizard), static_cast<QWidget *>(m_pushWizard)}) {
        m_stack->addWidget(part);
    }
    connectView();
    connectDetails(m_details);
    connectLayers();
    connectDetails(m_view->pane()->view());
    connect(m_details, &ImageDetailsView::backWanted, this,
            [this] { showList(Qt::OtherFocusReason); });
    connect(m_details, &ImageDetailsView::escaped, this, &ImagesPage::goBack);
    const ImageDetailsView *beside = m_view->pane()->view();
    connect(beside, &ImageDetailsView::pageWanted, this, &ImagesPage::showDetails);
    connect(beside, &ImageDetailsView::backWanted, this,
            [this] { m_view->setPaneOpen(false, Qt::OtherFocusReason); });
    connect(beside, &ImageDetailsView::escaped, this,
            [this] { m_view->setPaneOpen(false, Qt::ShortcutFocusReason); });
    connect(m_wizard, &PullWizard::leaveWanted, this, [this] { showList(Qt::OtherFocusReason); });
    connect(m_pushWizard, &PushWizard::leaveWanted, this,
            [this] { showList(Qt::OtherFocusReason); });
    connect(m_pushWizard, &PushWizard::browseWanted, this, &ImagesPage::browseWanted);
    connect(m_pushWizard, &PushWizard::mendWanted, this, &ImagesPage::mendWanted);
    connect(m_wizard, &PullWizard::mendWanted, this,
            [this](RegistryRemedy remedy, const std::string &registry) {
                remedy == RegistryRemedy::SignIn ? askAccount(registry)
                                                 : mendWanted(remedy, registry);
            });
    connect(m_wizard, &PullWizard::imageWanted, this, &ImagesPage::showPulled);
    connect(m_wizard, &PullWizard::runWanted, this,
            [this] { Q_EMIT runWanted(QString::fromStdString(m_pull.image().display)); });
    makeWidgetActions();
    Q_EMIT actionsChanged();
    return m_stack;
}

void ImagesPage::connectView()
{
    connect(m_view, &ImagesView::actionWanted, this, &ImagesPage::perform);
    connect(m_view, &ImagesView::menuWanted, this, &ImagesPage::showMenu);
    connect(m_view, &ImagesView::opened, this, &ImagesPage::showDetails);
    connect(m_view, &ImagesView::refreshWanted, this, &ImagesPage::refresh);
    connect(m_view, &ImagesView::pullWanted, this, &ImagesPage::showPullWizard);
    connect(m_view, &ImagesView::loadWanted, this, &ImagesPage::askWhatToLoad);
    connect(m_view, &ImagesView::freeWanted, this, &ImagesPage::askWhatToFree);
    connect(m_view, &ImagesView::targetsChanged, this, &ImagesPage::retarget);
}

void ImagesPage::connectDetails(ImageDetailsView *details)
{
    connect(details, &ImageDetailsView::actionWanted, this, &ImagesPage::perform);
    connect(details, &ImageDetailsView::menuWanted, this, &ImagesPage::showMenu);
    connect(details, &ImageDetailsView::containerWanted, this, &ImagesPage::containerWanted);
}

/// Keys work in the list and in details, not in the filter: there Delete deletes a character.
void ImagesPage::makeWidgetActions()
{
    const auto bind = [](ImageActions *actions, const QList<QWidget *> &places) {
        QAction *remove = actions->action(ImageAction::Remove);
        remove->setShortcuts(keysFor(Keys::Remove));
        remove->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        for (QWidget *place : places) {
            place->addAction(remove);
        }
    };
    bind(m_commands, {m_view->table(), m_details});
    // In the pane they act on what it shows, whatever else is selected.
    bind(m_view->pane()->view()->actions(), {m_view->pane()->view()});
    m_paneAction->setShortcuts(keysFor(Keys::Details));
    m_paneAction->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_stack->addAction(m_paneAction);
    m_stack->addAction(m_pullAction);
    retarget();
}

QAction *ImagesPage::primaryAction() const
{
    return isInPull() || isInPush() ? nullptr : m_pullAction;
}

QList<QAction *> ImagesPage::actions() const
{
    QList<QAction *> all{m_pullAction, m_loadAction,    m_importAction, m_freeAction,
                         m_newsAction, m_newsNowAction, m_pushAction};
    if (m_view) {
        all.append(m_paneAction);
        for (const ImageAction action : allImageActions) {
            all.append(m_commands->action(action));
        }
    }
    return all;
}

bool ImagesPage::isInDetails() const
{
    return m_stack && m_stack->currentWidget() == m_details;
}

bool ImagesPage::isInPull() const
{
    return m_stack && m_stack->currentWidget() == m_wizard;
}

bool ImagesPage::isInPush() const
{
    return m_stack && m_stack->currentWidget() == m_pushWizard;
}

bool ImagesPage::canGoBack() const
{
    return isInDetails() || isInPull() || isInPush();
}

/// By a key, so the keyboard's place is shown.
void ImagesPage::goBack()
{
    showList(Qt::ShortcutFocusReason);
}

void ImagesPage::showList(Qt::FocusReason reason)
{
    if (isInDetails()) {
        m_view->table()->setCurrentKey(m_details->imageId());
        m_details->close();
    }
    m_stack->setCurrentWidget(m_view);
    m_view->table()->setFocus(reason);
    retarget();
    Q_EMIT canGoBackChanged();
    Q_EMIT primaryActionChanged();
}

void ImagesPage::showDetails(const std::string &id)
{
    widget();
    m_details->open(id);
    m_stack->setCurrentWidget(m_details);
    m_details->tabs()->setFocus(Qt::OtherFocusReason);
    retarget();
    Q_EMIT canGoBackChanged();
    Q_EMIT primaryActionChanged();
}

void ImagesPage::showLayers(const std::string &id)
{
    showDetails(id);
    m_details->showLayers();
}

void ImagesPage::showPullWizard()
{
    widget();
    m_stack->setCurrentWidget(m_wizard);
    m_wizard->begin();
    Q_EMIT canGoBackChanged();
    Q_EMIT primaryActionChanged();
}

void ImagesPage::showPushWizard(const std::string &image)
{
    widget();
    if (!image.empty()) {
        m_push.setImage(image);
    }
    m_stack->setCurrentWidget(m_pushWizard);
    m_pushWizard->begin();
    Q_EMIT canGoBackChanged();
    Q_EMIT primaryActionChanged();
}

void ImagesPage::resume()
{
    if (isInPull()) {
        m_wizard->resume();
    } else if (isInPush()) {
        m_pushWizard->resume();
    }
}

/// From an image's page, back to the list with the same image beside it.
void ImagesPage::togglePane()
{
    const bool fromPage = isInDetails();
    if (fromPage) {
        showList(Qt::ShortcutFocusReason);
    }
    m_view->setPaneOpen(fromPage || !m_view->isPaneOpen(), Qt::ShortcutFocusReason);
}

/// Commands act on what is on screen: the image of the details page, else the selection.
void ImagesPage::retarget()
{
    m_commands->setTargets(isInDetails() ? std::vector{m_details->imageId()}
                                         : m_view->table()->targetKeys());
}

QList<QWidget *> ImagesPage::panes() const
{
    if (!m_view || canGoBack() || !m_view->isPaneOpen()) {
        return {};
    }
    return {m_view, m_view->pane()};
}

QWidget *ImagesPage::filterField() const
{
    if (isInDetails()) {
        return m_details->searchField();
    }
    if (isInPull()) {
        return m_wizard->imageField();
    }
    if (isInPush()) {
        return nullptr;
    }
    if (m_view && m_view->pane()->isAncestorOf(QApplication::focusWidget())) {
        return m_view->pane()->view()->searchField();
    }
    return m_view ? m_view->filterField() : nullptr;
}

QList<Unsaved> ImagesPage::unsaved()
{
    QList<Unsaved> all;
    if (m_pull.isFilled()) {
        all.append({QStringLiteral("pencil"), tr("What is filled in to pull an image"), {}});
    }
    if (m_push.isFilled()) {
        all.append({QStringLiteral("pencil"), tr("What is filled in to push an image"), {}});
    }
    return all;
}

void ImagesPage::refresh()
{
    m_engine->refresh();
    if (isInDetails()) {
        m_details->refresh();
    } else if (m_view) {
        m_view->pane()->view()->refresh();
    }
}

QList<PaletteItem> ImagesPage::find(const QString &typed, int limit) const
{
    auto *self = const_cast<ImagesPage *>(this); // what is found can be done
    const QStringList words = typed.toCaseFolded().split(u' ', Qt::SkipEmptyParts);
    QList<PaletteItem> items;
    const auto &images = m_controller.list()->source();
    for (std::size_t i = 0; i < images.size() && items.size() < limit; ++i) {
        const ImageRowPointer row = images.rowAt(i);
        const QString name = row->title();
        const bool fits =
            !row->isUntagged() && std::ranges::all_of(words, [&name](const QString &word) {
                return name.contains(word, Qt::CaseInsensitive);
            });
        if (fits) {
            items.append({.group = title(),
                          .iconName = iconName(),
                          .mark = {},
                          .text = name,
                          .note = imageSentence(*row, self->m_controller.images()->now())
                                      .section(QStringLiteral(", "), 1),
                          .command = {},
                          .keys = {},
                          .priority = 0,
                          .run = [self, id = row->id()] { self->showDetails(id); }});
        }
    }
    return items;
}

void ImagesPage::setNewsWanted(bool wanted)
{
    QSettings().setValue(QLatin1StringView(newsKey), wanted);
    if (wanted) {
        m_newsBegun = true;
        m_newsDue.start();
        checkNewsNow();
    } else {
        m_newsDue.stop();
    }
}

void ImagesPage::checkNewsNow()
{
    m_asksNews = true;
    m_controller.checkAllNews();
}

} // namespace roadstead::ui
