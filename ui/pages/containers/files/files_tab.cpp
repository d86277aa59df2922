// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/files/files_tab.h"

#include "ui/pages/containers/files/file_table.h"
#include "ui/shell/keymap.h"
#include "ui/text/display_text.h"
#include "ui/text/error_text.h"
#include "ui/text/formats.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/label.h"
#include "ui/widgets/progress.h"
#include "ui/widgets/search_field.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QSplitter>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <chrono>
#include <utility>

namespace roadstead::ui {

namespace {

enum FileChip { AllFiles, ChangedFiles };
constexpr int pathWidth = 252;
constexpr int previewBeside = 680; ///< narrower: the file stands below the list
constexpr int listShare = 3;
constexpr int previewShare = 2;
constexpr std::chrono::seconds ageSpacing{20};

bool isReadOnly(const Error &error)
{
    return error.detail.contains("read-only") || error.detail.contains("read only");
}

} // namespace

FilesTab::FilesTab(ContainerEngine *engine, QWidget *parent)
    : DetailsTab(parent)
    , m_engine(engine)
    , m_controller(engine->files(), this)
    , m_proxy(m_controller.model())
    , m_copies(engine->files(), this)
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
}

QWidget *FilesTab::buildToolbar()
{
    auto *bar = new QWidget(this);
    auto *margins = new QVBoxLayout(bar);
    margins->setContentsMargins(space::s4, space::s2, space::s4, space::s1);
    auto *tools = new QWidget(bar);
    margins->addWidget(tools);
    auto *layout = new FlowLayout(tools);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::s2);
    m_back = new IconButton(QStringLiteral("filesBack"), QStringLiteral("arrow-left"),
                            tr("The folder before"), bar);
    m_up = new IconButton(QStringLiteral("filesUp"), QStringLiteral("arrow-up"),
                          tr("The folder above"), bar);
    m_up->setLabel(tr("The folder above"), QKeySequence(Qt::Key_Backspace));
    m_path = new QLineEdit(bar);
    m_path->setObjectName(QStringLiteral("filesPath"));
    m_path->setAccessibleName(tr("Folder"));
    m_path->setFont(ui::font(FontRole::Mono));
    m_path->setFixedWidth(scaled(pathWidth));
    m_path->addAction(icon(QStringLiteral("folder")), QLineEdit::LeadingPosition);
    m_path->setLayoutDirection(Qt::LeftToRight);
    m_chips = new ChipGroup(QStringLiteral("filesChips"), tr("Which files"), bar);
    m_chips->addChip(AllFiles, QStringLiteral("filesAll"), tr("All files"));
    m_chips->addChip(ChangedFiles, QStringLiteral("filesChanged"), tr("Changed"));
    m_chips->choose(AllFiles);
    m_upload = new Button(QStringLiteral("filesUpload"), tr("Upload…"), ButtonKind::Normal, bar);
    m_upload->setIconName(QStringLiteral("upload"));
    m_download =
        new Button(QStringLiteral("filesDownload"), tr("Download…"), ButtonKind::Normal, bar);
    m_download->setIconName(QStringLiteral("download"));
    m_newFolder = new IconButton(QStringLiteral("filesNewFolder"), QStringLiteral("folder-plus"),
                                 tr("New folder…"), bar);
    m_newFolder->setBordered(true);
    m_filter =
        new SearchField(QStringLiteral("filesFilter"), tr("Filter"), QStringLiteral("funnel"), bar);
    m_filter->setAccessibleName(tr("Filter the files by name"));
    m_filter->setFixedWidth(scaled(150));
    for (QWidget *widget : std::initializer_list<QWidget *>{m_back, m_up, m_path, m_chips, m_filter,
                                                            m_upload, m_download, m_newFolder}) {
        layout->addWidget(widget);
    }
    return bar;
}

QWidget *FilesTab::buildStrip()
{
    auto *strip = new QWidget(this);
    auto *layout = new QHBoxLayout(strip);
    layout->setContentsMargins(space::s4, 0, space::s4, space::s2);
    layout->setSpacing(space::s2);
    m_status = new ElidedLabel({}, FontRole::Small, Color::Text3, strip);
    m_status->setObjectName(QStringLiteral("filesStatus"));
    m_stop = new Button(QStringLiteral("filesStop"), tr("Stop"), ButtonKind::Normal, strip);
    m_stop->setLook(ButtonKind::Normal, ButtonSize::Small);
    m_changes = new Label({}, FontRole::Small, Color::Text2, strip);
    m_changes->setObjectName(QStringLiteral("filesChanges"));
    layout->addWidget(m_status, 1);
    layout->addWidget(m_stop);
    layout->addWidget(m_changes);
    return strip;
}

QWidget *FilesTab::buildBody()
{
    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_splitter->setObjectName(QStringLiteral("filesSplitter"));
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    auto *list = new QWidget(m_splitter);
    m_stack = new QStackedLayout(list);
    m_table = new FileTable(&m_proxy, list);
    m_message = new EmptyState(QStringLiteral("filesMessage"), list);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_message);
    m_preview = new FilePreview(m_engine->files(), m_splitter);
    m_splitter->addWidget(list);
    m_splitter->addWidget(m_preview);
    m_splitter->setStretchFactor(0, listShare);
    m_splitter->setStretchFactor(1, previewShare);
    return m_splitter;
}

QWidget *FilesTab::buildCopyStrip()
{
    m_copyStrip = new QWidget(this);
    m_copyStrip->setObjectName(QStringLiteral("filesCopyStrip"));
    auto *column = new QVBoxLayout(m_copyStrip);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(new Separator(Qt::Horizontal, m_copyStrip));
    auto *row = new QHBoxLayout;
    row->setContentsMargins(space::s4, space::s1, space::s4, space::s1);
    row->setSpacing(space::s3);
    m_copyText = new ElidedLabel({}, FontRole::Small, Color::Text2, m_copyStrip);
    m_copyText->setObjectName(QStringLiteral("filesCopyText"));
    m_copyBar = new ProgressBar(4, m_copyStrip);
    m_copyBar->setFixedWidth(scaled(140));
    m_copyEnd =
        new Button(QStringLiteral("filesCopyEnd"), tr("Cancel"), ButtonKind::Normal, m_copyStrip);
    m_copyEnd->setLook(ButtonKind::Normal, ButtonSize::Small);
    row->addWidget(m_copyText, 1);
    row->addWidget(m_copyBar);
    row->addWidget(m_copyEnd);
    column->addLayout(row);
    m_copyStrip->hide();
    return m_copyStrip;
}

void FilesTab::connectParts()
{
    connect(&m_controller, &FilesController::stateChanged, this, &FilesTab::showState);
    connect(&m_controller, &FilesController::pathChanged, this, &FilesTab::showPath);
    connect(&m_controller, &FilesController::changesChanged, this, &FilesTab::showChanges);
    connect(m_controller.model(), &SnapshotModelBase::snapshotApplied, this,
            &FilesTab::showMessage);
    connect(&m_ages, &QTimer::timeout, this, &FilesTab::showStrip);
    connect(m_back, &QAbstractButton::clicked, this,
            [this] { leavePreview([this] { m_controller.back(); }); });
    connect(m_up, &QAbstractButton::clicked, this,
            [this] { goTo(service::parentOf(m_controller.path())); });
    connect(m_path, &QLineEdit::returnPressed, this, [this] {
        // What is shown may have signs for what cannot be typed.
        if (m_path->text() != shownPath()) {
            goTo(service::cleanPath(m_path->text().toStdString()));
        }
    });
    connect(m_chips, &ChipGroup::chosenChanged, this, &FilesTab::applyFilter);
    connect(m_filter, &SearchField::settled, this, &FilesTab::applyFilter);
    connect(m_stop, &QAbstractButton::clicked, &m_controller, &FilesController::stop);
    connect(m_table, &FileTable::opened, this, &FilesTab::openFile);
    connect(m_table, &FileTable::upWanted, m_up, &QAbstractButton::click);
    connect(m_table, &FileTable::filesDropped, this, &FilesTab::uploadFrom);
    connect(m_table, &QWidget::customContextMenuRequested, this, &FilesTab::showMenu);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        showSelection();
        followSelection();
    });
    connect(m_message, &EmptyState::primaryPressed, this, [this] {
        if (m_controller.state() == FilesController::State::Ready) {
            m_filter->clear();
            m_chips->choose(AllFiles);
            applyFilter();
        } else {
            m_controller.refresh();
        }
    });
    connect(m_message, &EmptyState::secondaryPressed, m_up, &QAbstractButton::click);
    connect(m_upload, &QAbstractButton::clicked, this, &FilesTab::chooseUploads);
    connect(m_download, &QAbstractButton::clicked, this, &FilesTab::chooseDownloadFolder);
    connect(m_newFolder, &QAbstractButton::clicked, this, &FilesTab::askFolderName);
    connect(&m_copies, &FileCopies::changed, this, &FilesTab::showCopying);
    connect(&m_copies, &FileCopies::conflictsFound, this, &FilesTab::askConflicts);
    connect(&m_copies, &FileCopies::finished, this, &FilesTab::copiesFinished);
    connect(m_copyEnd, &QAbstractButton::clicked, this,
            [this] { m_copies.isBusy() ? m_copies.cancel() : m_copyStrip->hide(); });
}

void FilesTab::connectPreview()
{
    connect(m_preview, &FilePreview::closeWanted, this,
            [this] { leavePreview([this] { showPreview(false); }); });
    connect(m_preview, &FilePreview::downloadWanted, this, &FilesTab::chooseDownloadFolder);
    connect(m_preview, &FilePreview::saved, this, [this] { m_controller.refresh(); });
    connect(m_preview, &FilePreview::overwriteWanted, this, &FilesTab::askOverwrite);
    connect(m_preview, &FilePreview::saveFailed, this,
            [this](const Error &error, const QString &name) {
                say(isReadOnly(error)
                        ? tr("%1 was not saved. The container's root file system is read-only.")
                              .arg(name)
                        : tr("%1 was not saved. %2").arg(name, describe(error).body()),
                    true);
            });
}

void FilesTab::setContainer(const ContainerRow &row)
{
    if (row.id != m_container.reference) {
        clear();
        m_container = {row.id, row.rawName};
        begin();
    }
}

void FilesTab::clear()
{
    ++m_opened;
    m_isOpen = false;
    m_isGone = false;
    m_container = {};
    m_firstFolder.clear();
    showPreview(false);
    m_controller.close();
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
    if (!m_firstFolder.empty()) {
        m_controller.open(m_container, std::exchange(m_firstFolder, {}));
        return;
    }
    m_engine->inspect(m_container.reference)
        .then(this, [this, opened = m_opened](const Result<docker::ContainerDetails> &details) {
            if (opened == m_opened) {
                m_controller.open(m_container,
                                  details ? service::cleanPath(details->workingDir) : "/");
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
}

} // namespace roadstead::ui
