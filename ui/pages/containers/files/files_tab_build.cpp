// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How the tab is put together.

#include "ui/pages/containers/files/file_table.h"
#include "ui/pages/containers/files/files_tab.h"
#include "ui/pages/containers/files/folder_tree.h"
#include "ui/text/error_text.h"
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
#include <QLineEdit>
#include <QSplitter>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <array>

namespace roadstead::ui {

namespace {

constexpr int pathWidth = 252;
constexpr std::array bodyShares{0, 3, 2}; ///< of tree, list and file
constexpr int treeWidth = 220;
constexpr int leastTreeWidth = 150;

bool saysReadOnly(const Error &error)
{
    return error.detail.contains("read-only") || error.detail.contains("read only");
}

} // namespace

QWidget *FilesTab::buildToolbar()
{
    auto *bar = new QWidget(this);
    auto *margins = new QVBoxLayout(bar);
    margins->setContentsMargins(space::s4, space::s2, space::s4, space::s1);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::s2);
    margins->addLayout(row);
    auto *tools = new QWidget(bar); // these wrap; what acts stays at the end of the first row
    row->addWidget(tools, 1);
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
    for (QWidget *widget :
         std::initializer_list<QWidget *>{m_back, m_up, m_path, m_chips, m_filter}) {
        layout->addWidget(widget);
    }
    for (QWidget *widget : std::initializer_list<QWidget *>{m_upload, m_download, m_newFolder}) {
        row->addWidget(widget, 0, Qt::AlignTop);
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
    m_tree = new FolderTree(&m_folders, m_splitter);
    m_tree->setMinimumWidth(scaled(leastTreeWidth));
    auto *list = new QWidget(m_splitter);
    m_stack = new QStackedLayout(list);
    m_table = new FileTable(&m_proxy, list);
    m_message = new EmptyState(QStringLiteral("filesMessage"), list);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_message);
    m_preview = new FilePreview(m_engine->files(), m_splitter);
    m_splitter->addWidget(m_tree);
    m_splitter->addWidget(list);
    m_splitter->addWidget(m_preview);
    for (int i = 0; i < int(bodyShares.size()); ++i) {
        m_splitter->setStretchFactor(i, bodyShares[std::size_t(i)]);
    }
    m_splitter->setSizes({scaled(treeWidth), 3 * treeWidth, 2 * treeWidth});
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
    connectTable();
    connectCopies();
}

void FilesTab::connectTable()
{
    connect(m_table, &FileTable::opened, this, &FilesTab::openFile);
    connect(m_table, &FileTable::upWanted, m_up, &QAbstractButton::click);
    connect(m_table, &FileTable::filesDropped, this, &FilesTab::uploadFrom);
    connect(m_table, &FileTable::dragWanted, this, &FilesTab::fetchForDrag);
    connect(m_table, &FileTable::removeWanted, this, &FilesTab::askRemoval);
    connect(m_table, &FileTable::renameWanted, this, &FilesTab::askNewName);
    connect(m_table, &QWidget::customContextMenuRequested, this, &FilesTab::showMenu);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        showSelection();
        followSelection();
    });
    connect(m_tree, &FolderTree::folderWanted, this, &FilesTab::goTo);
}

void FilesTab::connectCopies()
{
    for (FileCopies *copies : {&m_copies, m_drag.copies()}) {
        connect(copies, &FileCopies::changed, this, [this, copies] { showCopying(*copies); });
    }
    connect(&m_copies, &FileCopies::conflictsFound, this, &FilesTab::askConflicts);
    connect(&m_copies, &FileCopies::finished, this, &FilesTab::copiesFinished);
    connect(m_drag.copies(), &FileCopies::finished, this, &FilesTab::dragFetched);
    connect(&m_drag, &FileDrag::ready, this, &FilesTab::beginDrag);
    connect(m_copyEnd, &QAbstractButton::clicked, this, [this] {
        if (m_copies.isBusy()) {
            m_copies.cancel();
        } else if (m_drag.copies()->isBusy()) {
            m_drag.copies()->cancel();
        } else {
            m_copyStrip->hide();
        }
    });
}

void FilesTab::connectPreview()
{
    connect(m_preview, &FilePreview::closeWanted, this,
            [this] { leavePreview([this] { showPreview(false); }); });
    connect(m_preview, &FilePreview::downloadWanted, this, &FilesTab::chooseDownloadFolder);
    connect(m_preview, &FilePreview::saved, this, [this] { m_controller.refresh(); });
    connect(m_preview, &FilePreview::overwriteWanted, this, &FilesTab::askOverwrite);
    connect(m_preview, &FilePreview::partingWanted, this, &FilesTab::askParting);
    connect(m_preview, &FilePreview::saveFailed, this,
            [this](const Error &error, const QString &name) {
                say(saysReadOnly(error)
                        ? tr("%1 was not saved. The container's root file system is read-only.")
                              .arg(name)
                        : tr("%1 was not saved. %2").arg(name, describe(error).body()),
                    true);
            });
}

} // namespace roadstead::ui
