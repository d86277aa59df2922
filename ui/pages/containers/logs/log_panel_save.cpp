// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How LogPanel saves a log: what, where, how far, how it ended.

#include "ui/pages/containers/logs/log_commands.h"
#include "ui/pages/containers/logs/log_panel.h"
#include "ui/pages/containers/logs/log_save_dialog.h"
#include "ui/pages/containers/logs/log_search_bar.h"
#include "ui/pages/containers/logs/log_view.h"
#include "ui/text/display_text.h"
#include "ui/text/error_text.h"
#include "ui/text/formats.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/announce.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/label.h"
#include "ui/widgets/progress.h"
#include "ui/widgets/segmented.h"

#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QPointer>
#include <QStandardPaths>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace roadstead::ui {

namespace {

using What = LogSaveChoice::What;

} // namespace

QWidget *LogPanel::buildSaveStrip()
{
    m_saveStrip = new QWidget(this);
    m_saveStrip->setObjectName(QStringLiteral("logsSaveStrip"));
    auto *column = new QVBoxLayout(m_saveStrip);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(new Separator(Qt::Horizontal, m_saveStrip));
    auto *row = new QHBoxLayout;
    row->setContentsMargins(space::s4, space::s1, space::s4, space::s1);
    row->setSpacing(space::s3);
    m_saveText = new ElidedLabel({}, FontRole::Small, Color::Text2, m_saveStrip);
    m_saveText->setObjectName(QStringLiteral("logsSaveText"));
    m_saveBar = new ProgressBar(4, m_saveStrip);
    m_saveBar->setFixedWidth(scaled(140));
    m_saveEnd =
        new Button(QStringLiteral("logsSaveEnd"), tr("Cancel"), ButtonKind::Normal, m_saveStrip);
    m_saveEnd->setLook(ButtonKind::Normal, ButtonSize::Small);
    row->addWidget(m_saveText, 1);
    row->addWidget(m_saveBar);
    row->addWidget(m_saveEnd);
    column->addLayout(row);
    m_saveStrip->hide();
    connect(m_saveEnd, &Button::clicked, this, [this] {
        if (m_saving) {
            m_saving->cancel();
        } else {
            m_saveStrip->hide();
        }
    });
    return m_saveStrip;
}

bool LogPanel::isFiltered() const
{
    const bool hidden =
        std::ranges::any_of(m_entries, [](const Entry &entry) { return !entry.shown; });
    return hidden || m_view->lines().wanted() != store::allClasses;
}

void LogPanel::askSave()
{
    QList<LogSaveDialog::Offer> offers;
    const bool isOne = m_entries.size() == 1;
    offers.append(
        {What::All, QStringLiteral("logsSaveAll"),
         isOne ? tr("All lines, as the engine has them")
               : tr("All lines that were read: %1").arg(numberText(m_view->lines().lines()))});
    if (isFiltered()) {
        offers.append({What::Shown, QStringLiteral("logsSaveShown"),
                       tr("Lines that the filter shows: %1").arg(numberText(m_view->rows()))});
    }
    if (m_search->expression()) {
        offers.append({What::Matching, QStringLiteral("logsSaveMatching"),
                       isFiltered() ? tr("Of the lines shown, those in which the search finds "
                                         "something")
                                    : tr("Lines in which the search finds something")});
    }
    auto *dialog = new LogSaveDialog(
        offers, [this](const LogSaveChoice &choice) { return saveCommand(choice, "FILE"); }, this);
    if (hasOlder() && (offers.size() > 1 || !isOne)) {
        dialog->setText(tr("Older lines were not read yet. What a filter or a search lets through "
                           "is looked for in the lines that were; Read all reads the others."));
    }
    connect(dialog, &QDialog::accepted, this, [this, dialog] { askFile(dialog->choice()); });
    dialog->open();
}

void LogPanel::askFile(const LogSaveChoice &choice)
{
    auto *dialog = new QFileDialog(this, tr("Save the log as"));
    dialog->setObjectName(QStringLiteral("logsSaveFile"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setDirectory(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    QString name = m_entries.size() == 1 ? m_entries.front().container.name
                                         : QString::fromStdString(m_project);
    name.remove(u'/');
    dialog->selectFile((name.isEmpty() ? tr("containers") : name) + QStringLiteral(".log"));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, choice](const QString &path) { saveAs(choice, path); });
    dialog->open();
}

QString LogPanel::saveCommand(const LogSaveChoice &choice, const std::string &file) const
{
    LogSaveCommand save;
    for (const Entry &entry : m_entries) {
        save.containers.push_back(entry.container);
    }
    save.project = m_project;
    save.timestamps = choice.timestamps;
    save.file = file;
    if (choice.what != What::All) {
        const bool levels = m_levels->chosen() != anyLevel;
        const bool containers =
            std::ranges::any_of(m_entries, [](const Entry &entry) { return !entry.shown; });
        if (levels || containers) {
            return {}; // docker knows no levels
        }
        save.streams = m_streams->chosen() == bothStreams                      ? LogStreams::Both
                       : m_streams->chosen() == int(store::LineStream::Stdout) ? LogStreams::Stdout
                                                                               : LogStreams::Stderr;
    }
    if (choice.what == What::Matching) {
        save.matching = m_search->expression();
        save.typed = m_search->typed();
        save.isRegex = m_search->isRegex();
    }
    return logSaveCommand(save);
}

/// What is shown as the command of it is what is written, also when docker has none.
void LogPanel::saveAs(const LogSaveChoice &choice, const QString &path)
{
    if (m_saving || m_entries.empty()) {
        return;
    }
    service::LogSaveOrder order;
    order.path = QFile::encodeName(QDir::cleanPath(path)).toStdString();
    order.timestamps = choice.timestamps;
    if (choice.what == What::All && m_entries.size() == 1) {
        order.source = m_engine->logSource(m_entries.front().container.id);
    } else {
        for (const Entry &entry : m_entries) {
            if (entry.feed && (entry.shown || choice.what == What::All)) {
                order.spans.push_back({entry.feed->store(), entry.feed->store()->range()});
                if (m_form == Form::Merged) {
                    order.names.push_back(entry.container.rawName);
                }
            }
        }
        order.wanted = choice.what == What::All ? store::allClasses : m_view->lines().wanted();
        order.matching = choice.what == What::Matching ? m_search->expression() : std::nullopt;
    }
    m_saving = std::make_unique<service::LogSave>(std::move(order));
    connect(m_saving.get(), &service::LogSave::advanced, this, &LogPanel::showSaving);
    connect(m_saving.get(), &service::LogSave::finished, this, &LogPanel::saved);
    const QString line = saveCommand(choice, m_saving->path());
    m_saveRecord = line.isEmpty() ? 0 : m_engine->recordStarted(line, [self = QPointer(this)] {
        if (self && self->m_saving) {
            self->m_saving->cancel();
        }
    });
    m_saving->start();
    showSaving();
    showState();
}

void LogPanel::showSaving()
{
    if (!m_saving) {
        return;
    }
    const service::LogSaved progress = m_saving->progress();
    const auto total = m_saving->total();
    m_saveText->setTone(Color::Text2);
    m_saveText->setFullText(
        tr("Saving %n lines, %1, to %2", nullptr, int(progress.lines))
            .arg(diskSizeText(qint64(progress.bytes)),
                 displayText(QFileInfo(QFile::decodeName(m_saving->path().c_str())).fileName())));
    m_saveBar->setVisible(total.has_value());
    m_saveBar->setShare(total ? double(m_saving->looked()) / double(std::max<qint64>(1, *total))
                              : 0);
    m_saveEnd->setText(tr("Cancel"));
    m_saveStrip->show();
}

void LogPanel::saved(const Result<service::LogSaved> &result)
{
    const QString path = displayText(QFile::decodeName(m_saving->path().c_str()));
    m_saving.release()->deleteLater(); // it is telling this
    if (m_saveRecord != 0) {
        m_engine->recordFinished(m_saveRecord,
                                 result ? std::nullopt : std::optional<Error>(result.error()));
    }
    if (result) {
        saySaved(tr("Saved %n lines, %1, to %2", nullptr, int(result->lines))
                     .arg(diskSizeText(qint64(result->bytes)), path),
                 false);
    } else if (result.error().kind == ErrorKind::Cancelled) {
        saySaved(tr("Not saved: cancelled. %1 is as it was before.").arg(path), false);
    } else if (result.error().kind == ErrorKind::InvalidArgument) {
        saySaved(tr("Not saved: this expression takes too long. Make it simpler. %1 is as it was "
                    "before.")
                     .arg(path),
                 true);
    } else {
        saySaved(
            tr("Not saved. %1 %2 is as it was before.").arg(describe(result.error()).body(), path),
            true);
    }
    showState();
}

void LogPanel::saySaved(const QString &what, bool isProblem)
{
    m_saveText->setTone(isProblem ? Color::Danger : Color::Text2);
    m_saveText->setFullText(what);
    m_saveBar->hide();
    m_saveEnd->setText(tr("Close"));
    m_saveStrip->show();
    announce(this, what);
}

} // namespace roadstead::ui
