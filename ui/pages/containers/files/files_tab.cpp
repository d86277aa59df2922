// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/files/files_tab.h"

#include "ui/pages/containers/files/file_table.h"
#include "ui/pages/containers/files/folder_tree.h"
#include "ui/shell/keymap.h"
#include "ui/text/display_text.h"
#include "ui/text/error_text.h"
#include "ui/text/formats.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/label.h"
#include "ui/widgets/progress.h"
#include "ui/widgets/search_field.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QSplitter>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <chrono>
#include <utility>

namespace roadstead::ui {

namespace {

constexpr int previewBeside = 680; ///< narrower: the file stands below the list
constexpr int treeBeside = 860;    ///< narrower: no tree
constexpr std::chrono::seconds ageSpacing{20};

} // namespace

FilesTab::FilesTab(ContainerEngine *engine, QWidget *parent)
    : DetailsTab(parent)
    , m_engine(engine)
    , m_controller(engine->files(), this)
    , m_proxy(m_controller.model())
    , m_folders(&m_controller)
    , m_copies(engine->files(), this)
    , m_drag(engine->files(), this)
{
    setObjectName(QStringLiteral("filesTab"));
    setAccessibleName(tr("Files"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildToolbar());
    layout->addWidget(buildStrip());
    layout->addWidget(new Separator(Qt::Horizontal, this));
    layout->addWidget(buildBody(), 1);
    layout->addWidget(buildCopyStrip());
    m_ages.setInterval(ageSpacing);
    connectParts();
    connectPreview();
    showPreview(false);
    showPath();
    showState();
    showChanges();
}

FilesTab::~FilesTab()
{
    // They go after what they would still tell of: the controller and the list.
    m_preview->disconnect(this);
    m_table->selectionModel()->disconnect(this);
    m_table->setModel(nullptr);
    m_tree->setModel(nullptr);
    m_drag.disconnect(this);
    m_drag.copies()->disconnect(this);
}

void FilesTab::setContainer(const ContainerRow &row)
{
    m_isRunning = row.state == docker::ContainerState::Running;
    if (row.id != m_container.reference) {
        clear();
        m_container = {row.id, row.rawName};
        begin();
    }
}

void FilesTab::clear()
{
    keepDraft();
    ++m_opened;
    m_isOpen = false;
    m_isGone = false;
    m_container = {};
    m_firstFolder.clear();
    showPreview(false);
    m_controller.close();
    m_drag.copies()->cancel();
    if (!m_copies.isBusy()) {
        m_copyStrip->hide(); // a copy goes on, and tells its end
    }
}

void FilesTab::setShown(bool shown)
{
    m_isShown = shown;
    shown ? m_ages.start() : m_ages.stop();
    m_controller.setActive(shown && !m_isGone);
    begin();
}

void FilesTab::setGone()
{
    m_isGone = true;
    m_drafts.erase(m_container.reference);
    m_controller.setActive(false);
    showState();
}

/// Opens the folder in which the container's program works.
void FilesTab::begin()
{
    if (!m_isShown || m_isOpen || m_container.reference.empty()) {
        return;
    }
    m_isOpen = true;
    const auto draft = m_drafts.find(m_container.reference);
    if (m_firstFolder.empty() && draft != m_drafts.end()) {
        m_firstFolder = service::parentOf(draft->second.row->facts.entry.path);
    }
    if (!m_firstFolder.empty()) {
        openAt(std::exchange(m_firstFolder, {}));
        return;
    }
    m_engine->inspect(m_container.reference)
        .then(this, [this, opened = m_opened](const Result<docker::ContainerDetails> &details) {
            if (opened == m_opened) {
                openAt(details ? service::cleanPath(details->workingDir) : "/");
            }
        });
}

void FilesTab::showFolder(const std::string &folder)
{
    if (m_controller.state() != FilesController::State::Closed) {
        goTo(folder);
        return;
    }
    ++m_opened; // it begins there, whatever was asked before
    m_isOpen = false;
    m_firstFolder = folder;
    begin();
}

QString FilesTab::shownPath() const
{
    return displayText(m_controller.path());
}

void FilesTab::showPath()
{
    m_path->setText(shownPath());
    m_up->setEnabled(m_controller.path() != "/");
    m_back->setEnabled(m_controller.canGoBack());
    m_table->setDropTexts(shownPath(), tr("The owner becomes the user of this container"));
    m_tree->setFolder(m_controller.path());
    m_table->scrollToTop();
    m_table->clearSelection();
    showSelection();
    showPreview(false);
}

void FilesTab::showState()
{
    using State = FilesController::State;
    const bool isOpen = m_controller.state() != State::Closed && !m_isGone;
    m_path->setEnabled(isOpen);
    m_upload->setEnabled(isOpen && m_controller.state() != State::Failed);
    m_newFolder->setEnabled(m_upload->isEnabled());
    m_table->setDropEnabled(m_upload->isEnabled());
    m_stop->setVisible(m_controller.state() == State::Reading);
    m_folders.sync();
    showStrip();
    showMessage();
    showSelection();
}

void FilesTab::showStrip()
{
    using State = FilesController::State;
    QString text;
    switch (m_controller.state()) {
    case State::Closed:
        break;
    case State::Reading:
        text = tr("Reading: %n files so far", nullptr, int(m_controller.entriesRead()));
        break;
    case State::Stopped:
        text = tr("Stopped: this is a part of the folder. F5 reads it again.");
        break;
    case State::Failed:
        text = tr("Could not be read.");
        break;
    case State::Ready:
        if (const auto at = m_controller.readAt()) {
            const qint64 age = at->secsTo(QDateTime::currentDateTimeUtc());
            text = m_controller.isCut() ? tr("Very many files: only the first are shown.")
                                        : tr("Read %1. F5 reads it again.")
                                              .arg(age < 5 ? tr("just now") : agoText(age));
        }
        break;
    }
    if (m_isGone) {
        text = tr("The container was removed. What was read of it is still shown.");
    }
    m_status->setFullText(text);
}

void FilesTab::showMessage()
{
    using State = FilesController::State;
    const bool hasRows = m_proxy.rowCount() > 0;
    m_stack->setCurrentWidget(hasRows ? static_cast<QWidget *>(m_table) : m_message);
    if (hasRows) {
        return;
    }
    m_message->setPrimary({});
    m_message->setSecondary({});
    if (m_controller.state() == State::Failed) {
        const Error error = m_controller.error().value_or(Error{});
        const bool isGone = error.kind == ErrorKind::NotFound;
        const bool isFile =
            error.kind == ErrorKind::BadRequest || error.kind == ErrorKind::Conflict;
        m_message->setIconName(QStringLiteral("exclamation-circle"), Tone::Danger);
        m_message->setTexts(isGone   ? tr("%1 is not there").arg(shownPath())
                            : isFile ? tr("%1 is not a folder").arg(shownPath())
                                     : tr("Could not read %1").arg(shownPath()),
                            isGone ? tr("The folder, or the container, was removed.")
                                   : describe(error).body());
        m_message->setPrimary(tr("Try again"));
        m_message->setSecondary(m_controller.path() == "/" ? QString() : tr("Go up"));
    } else if (m_controller.state() == State::Ready && m_controller.model()->size() > 0) {
        m_message->setIconName(QStringLiteral("funnel"));
        m_message->setTexts(tr("No file matches"), {});
        m_message->setPrimary(tr("Clear filter"));
    } else if (m_controller.state() == State::Ready || m_controller.state() == State::Stopped) {
        m_message->setIconName(QStringLiteral("folder2-open"));
        m_message->setTexts(m_controller.state() == State::Ready ? tr("This folder is empty")
                                                                 : tr("Nothing was read yet"),
                            {});
    } else {
        m_message->setBusy();
        m_message->setTexts(tr("Reading the folder"),
                            tr("The engine packs all that is below it, which can take a while."));
    }
}

void FilesTab::showChanges()
{
    using docker::ChangeKind;
    const int added = m_controller.changeCount(ChangeKind::Added);
    const int changed = m_controller.changeCount(ChangeKind::Modified);
    const int deleted = m_controller.changeCount(ChangeKind::Deleted);
    m_chips->chip(ChangedFiles)->setCount(added + changed + deleted);
    m_changes->setText(added + changed + deleted == 0
                           ? QString()
                           : tr("%1 added, %2 changed, %3 deleted")
                                 .arg(numberText(added), numberText(changed), numberText(deleted)));
    m_folders.sync();
}

void FilesTab::applyFilter()
{
    m_proxy.setFilter(m_filter->text(), m_chips->chosen() == ChangedFiles);
    showMessage();
}

QWidget *FilesTab::searchField() const
{
    return m_filter;
}

bool FilesTab::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride &&
        static_cast<QKeyEvent *>(event)->key() == Qt::Key_F5) {
        event->accept(); // here it is the folder that is read again
        return true;
    }
    return DetailsTab::event(event);
}

void FilesTab::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_F5) {
        m_controller.refresh();
    } else {
        DetailsTab::keyPressEvent(event);
    }
}

void FilesTab::resizeEvent(QResizeEvent *event)
{
    DetailsTab::resizeEvent(event);
    m_splitter->setOrientation(width() < scaled(previewBeside) ? Qt::Vertical : Qt::Horizontal);
    m_tree->setVisible(width() >= scaled(treeBeside));
}

} // namespace roadstead::ui
