// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/engine_editor.h"

#include "engine/context/context_store.h"
#include "engine/context/current_context.h"
#include "engine/docker/command.h"
#include "engine/service/engine_directory.h"
#include "ui/shell/main_window.h"
#include "ui/text/display_text.h"
#include "ui/text/error_text.h"
#include "ui/widgets/toast.h"

#include <QFuture>
#include <QThreadPool>

#include <utility>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

/// Runs `work` in another thread and hands what it yields to `done` in that of `owner`.
template<typename Work, typename Taken>
void elsewhere(QObject *owner, Work work, Taken done)
{
    QtFuture::makeReadyVoidFuture()
        .then(QThreadPool::globalInstance(), std::move(work))
        .then(owner, std::move(done));
}

Result<void> keep(const std::string &folder, const EngineDialog::Entry &entry,
                  const context::TlsPaths &before, bool isNew)
{
    context::ContextStore store(folder);
    auto texts = context::readTlsTexts(entry.tls);
    if (!texts) {
        return std::unexpected(texts.error());
    }
    if (isNew) {
        return store.create(entry.context, *texts);
    }
    // Its own files are what is there already.
    return entry.tls == before ? store.update(entry.context)
                               : store.update(entry.context, std::move(*texts));
}

} // namespace

EngineEditor::EngineEditor(std::string folder, service::EngineDirectory *directory,
                           MainWindow *window, QObject *parent)
    : QObject(parent)
    , m_folder(std::move(folder))
    , m_directory(directory)
    , m_window(window)
{
    connect(window, &MainWindow::addEngineRequested, this, &EngineEditor::add);
    connect(window, &MainWindow::editEngineRequested, this, &EngineEditor::edit);
    connect(window, &MainWindow::removeEngineRequested, this, &EngineEditor::remove);
}

void EngineEditor::tell(const QString &title, const Error &error)
{
    const Explanation words = describe(error);
    m_window->toasts()->show(
        {ToastKind::Error, title, words.body(), {}, displayBlock(error.detail)});
}

void EngineEditor::ask(const std::optional<EngineDialog::Entry> &edited)
{
    EngineDialog::Parts parts;
    parts.edited = edited;
    parts.keep = [this, edited](const EngineDialog::Entry &entry, auto done) {
        const auto work = [folder = m_folder, entry, edited] {
            return keep(folder, entry, edited ? edited->tls : context::TlsPaths(), !edited);
        };
        elsewhere(this, work, [this, done = std::move(done)](const Result<void> &kept) {
            m_directory->refresh();
            done(kept);
        });
    };
    (new EngineDialog(std::move(parts), m_window))->open();
}

void EngineEditor::add()
{
    ask({});
}

void EngineEditor::edit(const QString &contextName)
{
    const std::string name = contextName.toStdString();
    const auto read = [folder = m_folder, name]() -> Result<EngineDialog::Entry> {
        const context::ContextStore store(folder);
        auto found = store.read(name);
        if (!found) {
            return std::unexpected(found.error());
        }
        return EngineDialog::Entry{std::move(*found), store.tlsPaths(name)};
    };
    elsewhere(this, read, [this, contextName](const Result<EngineDialog::Entry> &found) {
        if (found) {
            ask(*found);
        } else {
            tell(tr("Could not read the context %1").arg(displayText(contextName, 60)),
                 found.error());
        }
    });
}

void EngineEditor::remove(const QString &contextName)
{
    const QString shown = displayText(contextName, 60);
    auto *dialog =
        new ConfirmDialog(u"removeEngine"_s, tr("Remove %1 from the list?").arg(shown), m_window);
    dialog->addLost(u"plug"_s, tr("The context %1, its address and certificates").arg(shown));
    dialog->setStays(tr("the engine itself and all that is in it"));
    const std::string name = contextName.toStdString();
    dialog->setCommand(QString::fromStdString(docker::commandLine({"context", "rm", name})));
    dialog->setVerb(tr("Remove"), ButtonKind::DangerSolid);
    connect(dialog, &QDialog::accepted, this, [this, name, shown] {
        elsewhere(
            this, [folder = m_folder, name] { return context::ContextStore(folder).remove(name); },
            [this, shown](const Result<void> &removed) {
                if (!removed) {
                    tell(tr("Could not remove the context %1").arg(shown), removed.error());
                }
                m_directory->refresh();
            });
    });
    dialog->open();
}

void EngineEditor::use(const QString &contextName, std::function<void(const Result<void> &)> done)
{
    const auto work = [folder = m_folder, name = contextName.toStdString()]() -> Result<void> {
        if (name != context::defaultName && !context::ContextStore(folder).exists(name)) {
            return failure(ErrorKind::NotFound, "context.use", name);
        }
        return context::setCurrentContext(folder, name);
    };
    elsewhere(this, work, [this, contextName, done = std::move(done)](const Result<void> &used) {
        done(used);
        m_directory->refresh();
        if (!used) {
            tell(tr("The terminal still uses another engine"), used.error());
        }
    });
}

} // namespace roadstead::ui
