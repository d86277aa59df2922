// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/program.h"

#include "app/desktop/application_service.h"
#include "app/desktop/bench_marks.h"
#include "app/desktop/registry_parts.h"
#include "app/desktop/sessions.h"
#include "engine/context/discovery.h"
#include "engine/docker/command.h"
#include "engine/embedded/embedded_engine.h"
#include "engine/service/engine_directory.h"
#include "engine/service/engine_session.h"
#include "engine/service/registries/cli_registry_desk.h"
#include "engine/service/registry_login.h"
#include "engine/service/stats_history.h"
#include "engine/service/trust/cli_trust_desk.h"
#include "ui/pages/builds/builds_page.h"
#include "ui/pages/containers/containers_page.h"
#include "ui/pages/containers/tab/session_container_engine.h"
#include "ui/pages/images/image_engine.h"
#include "ui/pages/images/images_page.h"
#include "ui/pages/registries/registries_page.h"
#include "ui/shell/engine_choice.h"
#include "ui/shell/engine_editor.h"
#include "ui/shell/loss_question.h"
#include "ui/shell/main_window.h"
#include "ui/shell/session_engine_view.h"
#include "ui/shell/tray.h"
#include "ui/text/display_text.h"
#include "ui/text/error_text.h"
#include "ui/widgets/toast.h"
#include "ui/wizards/run/run_engine.h"
#include "ui/wizards/run/run_presets.h"

#include <QApplication>
#include <QEvent>
#include <QFileInfo>
#include <QSessionManager>
#include <QSettings>
#include <QStandardPaths>
#include <QTimer>
#include <QWindow>

#include <algorithm>
#include <type_traits>
#include <utility>
#include <vector>

namespace roadstead::desktop {

using namespace Qt::StringLiterals;

namespace {

const QString currentKey = QStringLiteral("engine/current");

} // namespace

/// In the order in which they are made: each may use those above it, and goes before them.
class Program::Parts
{
public:
    std::unique_ptr<embedded::EmbeddedEngine> embedded;  ///< none with --socket
    std::unique_ptr<service::StatsHistory> statsHistory; ///< of all engines
    std::unique_ptr<service::EngineSession> session;
    std::unique_ptr<service::CliRegistryDesk> registryDesk;
    std::unique_ptr<service::CliTrustDesk> trustDesk;
    std::unique_ptr<ui::SessionEngineView> engineView;
    std::unique_ptr<ui::SessionContainerEngine> containerEngine;
    std::unique_ptr<ui::SessionRunEngine> runEngine;
    std::unique_ptr<ui::SessionImageEngine> imageEngine;
    std::unique_ptr<ui::SessionBuildEngine> buildEngine;
    std::unique_ptr<ui::MainWindow> window;
    std::unique_ptr<ui::ContainersPage> containers;
    std::unique_ptr<ui::ImagesPage> images;
    std::unique_ptr<ui::BuildsPage> builds;
    std::unique_ptr<ui::RegistriesPage> registries;
    std::unique_ptr<service::EngineDirectory> directory;
    std::unique_ptr<ui::EngineChoice> choice;
    std::unique_ptr<ui::EngineEditor> editor;
    std::unique_ptr<ui::Tray> tray;
};

Program::Program(const Options &options, BenchMarks *marks, QObject *parent)
    : QObject(parent)
    , m_options(options)
    , m_marks(marks)
    , m(std::make_unique<Parts>())
{
}

Program::~Program()
{
    qApp->removeEventFilter(this);
    // The page's widget is the window's, and goes with it: the window must not outlive the page.
    m->tray.reset();
    m->window.reset();
}

void Program::start()
{
    makeEngine();
    // The engine is asked before the window is made: it answers while widgets are being built.
    m->session->open();
    makeWindow();
    if (m_marks != nullptr) {
        m_marks->watch(m->window.get(), m->session.get());
    }
    if (!m_options.minimized) {
        m->window->show(); // else the tray shows it, where there is no tray
    }
    followWindow();
    if (m_marks != nullptr) {
        m_marks->mark("window-shown");
    }
    // Behind everything that the first picture needs.
    QTimer::singleShot(0, this, &Program::startLater);
}

void Program::makeEngine()
{
    m->statsHistory = std::make_unique<service::StatsHistory>(
        QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) +
        QStringLiteral("/stats.db"));
    const QString &named = m_options.socketPath;
    if (!named.isEmpty()) {
        m_current = "socket:" + named.toStdString();
        m->session = sessionAt(named);
        m->engineView = std::make_unique<ui::SessionEngineView>(m->session.get(), nullptr,
                                                                QFileInfo(named).fileName());
    } else {
        m->embedded = std::make_unique<embedded::EmbeddedEngine>();
        const auto remembered = rememberedEngine();
        m_current = remembered ? remembered->id : ui::EngineChoice::embeddedId;
        m->session = remembered ? sessionWith(*remembered) : sessionOf(*m->embedded);
        m->engineView = std::make_unique<ui::SessionEngineView>(
            m->session.get(), remembered ? nullptr : m->embedded.get(),
            remembered ? ui::engineName(*remembered) : QString());
        // The engine's own state changes first, or the socket does: whoever is later is told.
        connect(m->embedded.get(), &embedded::EmbeddedEngine::stateChanged, this, [this] {
            if (m_current == ui::EngineChoice::embeddedId &&
                m->embedded->state() == embedded::State::Running &&
                m->session->link() != service::Link::Live) {
                m->session->refresh();
            }
        });
    }
    m->session->setStatsHistory(m->statsHistory.get());
    m->containerEngine = std::make_unique<ui::SessionContainerEngine>(m->session.get());
    m->registryDesk = std::make_unique<service::CliRegistryDesk>(m->session.get());
    m->trustDesk = std::make_unique<service::CliTrustDesk>(m->session.get(), m->registryDesk.get());
    m->runEngine = std::make_unique<ui::SessionRunEngine>(m->session.get(), m->trustDesk.get());
    m->imageEngine = std::make_unique<ui::SessionImageEngine>(m->session.get());
    m->buildEngine = std::make_unique<ui::SessionBuildEngine>(m->session.get());
}

/// The engine that was chosen last, where that is not the embedded one.
std::optional<service::KnownEngine> Program::rememberedEngine()
{
    const std::string id = QSettings().value(currentKey).toString().toStdString();
    if (id.empty() || id == ui::EngineChoice::embeddedId) {
        return std::nullopt;
    }
    // Some small files, read only when another one was chosen.
    for (service::KnownEngine &known : service::knownEngines(context::thisSystem())) {
        if (known.id == id && known.endpoint) {
            return std::move(known);
        }
    }
    m_lostRemembered = true;
    return std::nullopt;
}

/// Everything that belongs to the engine before goes before this returns: its requests end, its
/// rows, dialogs and notices with it.
void Program::openEngine(const service::KnownEngine *engine)
{
    auto session = engine != nullptr ? sessionWith(*engine) : sessionOf(*m->embedded);
    session->continueHistory(*m->session);
    session->setStatsHistory(m->statsHistory.get());
    session->open();
    m_current = engine != nullptr ? engine->id : ui::EngineChoice::embeddedId;
    m->engineView->setEngine(session.get(), engine != nullptr ? nullptr : m->embedded.get(),
                             engine != nullptr ? ui::engineName(*engine) : QString());
    // They go at the end, the last first: each uses those above it.
    const auto before = std::exchange(m->session, std::move(session));
    const auto containerEngine = std::exchange(
        m->containerEngine, std::make_unique<ui::SessionContainerEngine>(m->session.get()));
    const auto registryDesk = std::exchange(
        m->registryDesk, std::make_unique<service::CliRegistryDesk>(m->session.get()));
    const auto trustDesk =
        std::exchange(m->trustDesk, std::make_unique<service::CliTrustDesk>(m->session.get(),
                                                                            m->registryDesk.get()));
    const auto runEngine = std::exchange(
        m->runEngine, std::make_unique<ui::SessionRunEngine>(m->session.get(), m->trustDesk.get()));
    const auto imageEngine =
        std::exchange(m->imageEngine, std::make_unique<ui::SessionImageEngine>(m->session.get()));
    const auto buildEngine =
        std::exchange(m->buildEngine, std::make_unique<ui::SessionBuildEngine>(m->session.get()));
    const auto containers = std::exchange(m->containers, nullptr);
    const auto images = std::exchange(m->images, nullptr);
    const auto builds = std::exchange(m->builds, nullptr);
    const auto registries = std::exchange(m->registries, nullptr);
    makePages();
    if (m_options.socketPath.isEmpty()) {
        QSettings().setValue(currentKey, QString::fromStdString(m_current));
    }
}

void Program::useContext(const QString &context)
{
    const quint64 record = m->session->recordStarted(
        QString::fromStdString(docker::commandLine({"context", "use", context.toStdString()})));
    m->editor->use(context, [this, record](const Result<void> &used) {
        m->session->recordFinished(record,
                                   used ? std::nullopt : std::optional<Error>(used.error()));
    });
}

void Program::makeWindow()
{
    m->window = std::make_unique<ui::MainWindow>(m->engineView.get());
    makePages();
    makeSwitcher();
    connect(m->window.get(), &ui::MainWindow::quitRequested, qApp, &QCoreApplication::quit,
            Qt::QueuedConnection);
    connect(
        qApp, &QGuiApplication::commitDataRequest, this,
        [this](QSessionManager &session) {
            if (!m->window->endSession(session.allowsInteraction())) {
                session.cancel();
            }
            session.release();
        },
        Qt::DirectConnection);
    qApp->installEventFilter(this); // sees the window's events, too
}

/// Of the engine that is shown: a page belongs to one engine.
void Program::makePages()
{
    ui::ContainersPage::Parts parts;
    parts.engine = m->containerEngine.get();
    parts.runEngine = m->runEngine.get();
    parts.presets = ui::RunPresets::usualPath();
    parts.toasts = m->window->toasts();
    parts.helloArchive = ui::HelloController::installedArchive();
    m->containers = std::make_unique<ui::ContainersPage>(std::move(parts));
    m->images =
        std::make_unique<ui::ImagesPage>(ui::ImagesPage::Parts{.engine = m->imageEngine.get(),
                                                               .desk = m->registryDesk.get(),
                                                               .trust = m->trustDesk.get(),
                                                               .toasts = m->window->toasts()});
    m->builds = std::make_unique<ui::BuildsPage>(
        ui::BuildsPage::Parts{.engine = m->buildEngine.get(),
                              .toasts = m->window->toasts(),
                              .history = ui::BuildHistory::usualPath()});
    auto registryPage = registryParts(m->session.get(), m->registryDesk.get(), m->trustDesk.get(),
                                      m->window->toasts());
    registryPage.exceptions = exceptionParts(
        m->session.get(), m_current == ui::EngineChoice::embeddedId ? m->embedded.get() : nullptr);
    m->registries = std::make_unique<ui::RegistriesPage>(std::move(registryPage));
    const auto runImage = [this](const QString &reference) {
        m->window->showPage(m->containers->id());
        m->containers->runImage(reference);
    };
    connect(m->images.get(), &ui::ImagesPage::containerWanted, this, [this](const std::string &id) {
        m->window->showPage(m->containers->id());
        m->containers->showDetails(id);
    });
    connect(m->images.get(), &ui::ImagesPage::runWanted, this, runImage);
    connect(m->builds.get(), &ui::BuildsPage::runWanted, this, runImage);
    connect(m->builds.get(), &ui::BuildsPage::imageWanted, this, [this](const std::string &id) {
        m->window->showPage(m->images->id());
        m->images->showDetails(id);
    });
    connect(m->builds.get(), &ui::BuildsPage::pushWanted, this, [this](const QString &image) {
        m->window->showPage(m->images->id());
        m->images->showPushWizard(image.toStdString());
    });
    connect(m->images.get(), &ui::ImagesPage::browseWanted, this,
            [this](const std::string &registry, const std::string &repository) {
                m->window->showPage(m->registries->id());
                m->registries->browse(registry, repository);
            });
    const auto mendFor = [this](auto *page) {
        connect(page, &std::remove_pointer_t<decltype(page)>::mendWanted, this,
                [this, page](ui::RegistryRemedy remedy, const std::string &registry) {
                    m->window->showPage(m->registries->id());
                    m->registries->mend(remedy, registry, [this, page] {
                        if (m->window->isInPage(m->registries->id())) {
                            m->window->showPage(page->id());
                            page->resume();
                        }
                    });
                });
    };
    mendFor(m->containers.get());
    mendFor(m->images.get());
    mendFor(m->builds.get());
    connect(m->registries.get(), &ui::RegistriesPage::pullWanted, this,
            [this](const QString &reference) {
                m->window->showPage(m->images->id());
                m->images->pull()->offer(reference);
                m->images->showPullWizard();
            });
    m->window->replacePages(
        {m->containers.get(), m->images.get(), m->builds.get(), m->registries.get()});
}

void Program::makeSwitcher()
{
    m->directory = std::make_unique<service::EngineDirectory>([named = m_options.socketPath] {
        std::vector<service::KnownEngine> engines = service::knownEngines(context::thisSystem());
        const std::string path = named.toStdString();
        const auto isNamed = [&path](const auto &each) { return each.id == "socket:" + path; };
        if (!path.empty() && std::ranges::none_of(engines, isNamed)) {
            service::KnownEngine engine;
            engine.id = "socket:" + path;
            engine.host = "unix://" + path;
            engine.endpoint = http::UnixSocket{path};
            engines.insert(engines.begin(), std::move(engine));
        }
        return engines;
    });
    m->editor = std::make_unique<ui::EngineEditor>(service::cliConfigFolder(), m->directory.get(),
                                                   m->window.get());
    ui::EngineChoice::Parts parts;
    parts.directory = m->directory.get();
    parts.embedded = m->embedded.get();
    parts.view = m->engineView.get();
    parts.open = [this](const service::KnownEngine *engine) { openEngine(engine); };
    parts.leave = [this](const std::function<void()> &goOn) {
        m->window->leave(ui::Leaving::Engine, goOn);
    };
    parts.useContext = [this](const QString &context) { useContext(context); };
    m->choice = std::make_unique<ui::EngineChoice>(std::move(parts), m_current);
    m->window->setEngineChoice(m->choice.get());
}

void Program::startLater()
{
    if (m_lostRemembered) {
        m->window->toasts()->show(
            {ui::ToastKind::Error,
             tr("The engine you used last is not there any more"),
             tr("The embedded engine is shown instead. Choose another at the top left."),
             {},
             {}});
    }
    m->tray = std::make_unique<ui::Tray>(m->engineView.get(), m->window.get());
    auto *service = new ApplicationService(this);
    connect(service, &ApplicationService::activationRequested, this, &Program::present);
    if (m->embedded) {
        connect(m->embedded.get(), &embedded::EmbeddedEngine::contextWritten, this,
                &Program::tellOfContext);
    }
}

/// Each once: that the engine that was just started is there for the docker command, too, or why
/// it is not.
void Program::tellOfContext(const Result<void> &written)
{
    QSettings settings;
    const QString hint = written ? u"hints/dockerContext"_s : u"hints/noDockerContext"_s;
    if (settings.value(hint, false).toBool()) {
        return;
    }
    settings.setValue(hint, true);
    ui::ToastContent content;
    if (written) {
        content.title = tr("The docker command reaches this engine");
        content.text = tr("In a terminal: %1").arg(u"docker --context roadstead ps"_s);
    } else {
        content.title = tr("The docker command does not know this engine");
        content.text =
            (written.error().kind == ErrorKind::Conflict
                 ? tr("You have a context “roadstead” that leads elsewhere, so it was left alone.")
                 : tr("The context “roadstead” could not be written: %1")
                       .arg(ui::describe(written.error()).reason)) +
            u' ' +
            tr("In a terminal: %1").arg(u"docker -H unix://%1 ps"_s.arg(m->embedded->socketPath()));
        content.details = ui::displayBlock(written.error().detail);
    }
    m->window->toasts()->show(content);
}

void Program::present(const QString &activationToken)
{
    if (!activationToken.isEmpty()) {
        // Where the platform plugins look when a window asks to be activated.
        qputenv("XDG_ACTIVATION_TOKEN", activationToken.toUtf8());
    }
    m->window->present();
    qunsetenv("XDG_ACTIVATION_TOKEN");
}

bool Program::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == qApp) {
        if (event->type() == QEvent::Quit) {
            m->window->prepareToEnd(); // the desktop's session ends, and waits for us
        }
    } else if (watched == m->window.get()) {
        switch (event->type()) {
        case QEvent::Show:
        case QEvent::Hide:
        case QEvent::WindowStateChange:
        case QEvent::WinIdChange:
            // After the event has had its effect.
            QMetaObject::invokeMethod(this, &Program::followWindow, Qt::QueuedConnection);
            break;
        default:
            break;
        }
    }
    return QObject::eventFilter(watched, event);
}

/// Nothing is measured that nobody sees, and an administrator's prompt belongs to the window.
void Program::followWindow()
{
    const ui::MainWindow *window = m->window.get();
    m->engineView->setUsageWanted(window->isVisible() && !window->isMinimized());
    if (m->embedded) {
        m->embedded->setParentWindow(
            window->windowHandle() == nullptr ? 0 : window->windowHandle()->winId());
    }
}

} // namespace roadstead::desktop
