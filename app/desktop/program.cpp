// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/program.h"

#include "app/desktop/application_service.h"
#include "app/desktop/bench_marks.h"
#include "engine/embedded/embedded_engine.h"
#include "engine/service/engine_session.h"
#include "ui/pages/containers/containers_page.h"
#include "ui/pages/containers/session_container_engine.h"
#include "ui/shell/main_window.h"
#include "ui/shell/session_engine_view.h"
#include "ui/shell/tray.h"
#include "ui/text/display_text.h"
#include "ui/text/error_text.h"
#include "ui/widgets/toast.h"

#include <QApplication>
#include <QEvent>
#include <QFileInfo>
#include <QSettings>
#include <QTimer>
#include <QWindow>

namespace roadstead::desktop {

using namespace Qt::StringLiterals;

/// In the order in which they are made: each may use those above it, and goes before them.
class Program::Parts
{
public:
    std::unique_ptr<embedded::EmbeddedEngine> embedded; ///< none with --socket
    std::unique_ptr<service::EngineSession> session;
    std::unique_ptr<ui::SessionEngineView> engineView;
    std::unique_ptr<ui::SessionContainerEngine> containerEngine;
    std::unique_ptr<ui::MainWindow> window;
    std::unique_ptr<ui::ContainersPage> containers;
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
    QString socketPath = m_options.socketPath;
    if (socketPath.isEmpty()) {
        m->embedded = std::make_unique<embedded::EmbeddedEngine>();
        socketPath = m->embedded->socketPath();
    }
    m->session = std::make_unique<service::EngineSession>(socketPath);
    m->engineView = std::make_unique<ui::SessionEngineView>(m->session.get(), m->embedded.get(),
                                                            QFileInfo(socketPath).fileName());
    m->containerEngine = std::make_unique<ui::SessionContainerEngine>(m->session.get());
    if (m->embedded) {
        // The engine's own state changes first, or the socket does: whoever is later is told.
        connect(m->embedded.get(), &embedded::EmbeddedEngine::stateChanged, m->session.get(),
                [this] {
                    if (m->embedded->state() == embedded::State::Running &&
                        m->session->link() != service::Link::Live) {
                        m->session->refresh();
                    }
                });
    }
}

void Program::makeWindow()
{
    m->window = std::make_unique<ui::MainWindow>(m->engineView.get());
    ui::ContainersPage::Parts parts;
    parts.engine = m->containerEngine.get();
    parts.toasts = m->window->toasts();
    parts.helloArchive = ui::HelloController::installedArchive();
    m->containers = std::make_unique<ui::ContainersPage>(std::move(parts));
    m->window->addPage(m->containers.get());
    m->window->installEventFilter(this);
    connect(m->window.get(), &ui::MainWindow::quitRequested, qApp, &QCoreApplication::quit,
            Qt::QueuedConnection);
}

void Program::startLater()
{
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
    if (watched == m->window.get()) {
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
