// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the page "Builds" does when it is asked, and what it asks before.

#include "ui/pages/builds/build_details.h"
#include "ui/pages/builds/builders_view.h"
#include "ui/pages/builds/builds_page.h"
#include "ui/pages/builds/builds_view.h"
#include "ui/pages/builds/cache_view.h"
#include "ui/pages/builds/compare_view.h"
#include "ui/pages/builds/create_builder_dialog.h"
#include "ui/pages/builds/history_view.h"
#include "ui/pages/builds/prune_cache_dialog.h"
#include "ui/pages/list_table.h"
#include "ui/pages/merged_line.h"
#include "ui/text/display_text.h"
#include "ui/text/error_text.h"
#include "ui/text/formats.h"
#include "ui/widgets/button.h"
#include "ui/widgets/toast.h"

#include <QClipboard>
#include <QDateTime>
#include <QGuiApplication>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

constexpr std::size_t mostLostLines = 6; ///< more are summed up in one

} // namespace

QList<Unsaved> BuildsPage::unsaved()
{
    QList<Unsaved> all;
    if (m_controller.isTextChanged()) {
        all.append({.iconName = QStringLiteral("file-earmark"),
                    .text = tr("Changes to %1").arg(displayText(m_controller.dockerfilePath())),
                    .save = [this](const std::function<void(bool)> &done) {
                        const auto problem = m_controller.saveText();
                        if (problem) {
                            tellProblem(*problem);
                        }
                        done(!problem);
                    }});
    }
    BuildForm plain; // a folder and a Dockerfile in it are chosen again with one click
    plain.context = m_controller.form().context;
    plain.dockerfile = m_controller.form().dockerfile;
    const bool isOpen = m_controller.step() != BuildController::Step::Building &&
                        m_controller.step() != BuildController::Step::Result;
    if (isOpen && m_controller.form() != plain) {
        all.append({QStringLiteral("pencil"), tr("What is filled in to build an image"), {}});
    }
    return all;
}

void BuildsPage::connectParts()
{
    const auto tellFailure = [this](const QString &subject, const Error &error) {
        if (error.kind != ErrorKind::Cancelled) {
            tellProblem(describe(error, subject));
        }
    };
    connect(&m_list, &HistoryController::failed, this, tellFailure);
    connect(&m_builders, &BuildersController::failed, this, tellFailure);
    connect(&m_builders, &BuildersController::created, this, [this](const QString &name) {
        tell(tr("Builder %1 is there").arg(displayText(name, 80)),
             tr("Its first build starts it."));
    });
    connect(&m_builders, &BuildersController::removed, this, [this](const QString &name) {
        tell(tr("Builder %1 is removed").arg(displayText(name, 80)));
    });
    connect(&m_cache, &CacheController::failed, this,
            [this](const Error &error) { tellProblem(describe(error)); });
    connect(&m_cache, &CacheController::freed, this, [this](int count, qint64 bytes) {
        count == 0 ? tell(tr("Nothing was removed"),
                          tr("The engine keeps what a build or another record needs."))
                   : tell(tr("%n records were removed", nullptr, count),
                          tr("%1 are free again.").arg(diskSizeText(bytes)));
    });
}

void BuildsPage::perform(BuildAction action, const std::vector<std::string> &ids)
{
    const BuildRecord *found = ids.empty() ? nullptr : m_list.record(ids.front());
    if (found == nullptr) {
        return;
    }
    const BuildRecord record = *found;
    switch (action) {
    case BuildAction::Again:
        build(record.form);
        break;
    case BuildAction::OpenImage:
        if (const std::string image = m_list.imageOf(record); !image.empty()) {
            Q_EMIT imageWanted(image);
        }
        break;
    case BuildAction::Compare:
        compare(ids);
        break;
    case BuildAction::Copy:
        QGuiApplication::clipboard()->setText(record.line);
        break;
    case BuildAction::Remove:
        askRemoval(ids);
        break;
    }
}

void BuildsPage::removeKey()
{
    switch (m_view->tab()) {
    case BuildsView::Tab::History:
        perform(BuildAction::Remove, m_view->history()->table()->targetKeys());
        break;
    case BuildsView::Tab::Builders:
        performOn(docker::BuilderVerb::Remove, m_buildersView->table()->currentKey());
        break;
    case BuildsView::Tab::Cache:
        askCacheRemoval(m_cacheView->table()->targetKeys());
        break;
    }
}

void BuildsPage::togglePane()
{
    if (m_view->tab() == BuildsView::Tab::History) {
        m_view->history()->setPaneOpen(!m_view->history()->isPaneOpen(), Qt::ShortcutFocusReason);
    }
}

void BuildsPage::compare(const std::vector<std::string> &ids)
{
    if (ids.size() != 2) {
        return;
    }
    m_stack->setCurrentWidget(m_compare);
    m_compare->compare(ids.front(), ids.back());
    m_compare->setFocus(Qt::OtherFocusReason);
    Q_EMIT canGoBackChanged();
}

void BuildsPage::askRemoval(const std::vector<std::string> &ids)
{
    const int count = int(ids.size());
    auto *dialog =
        new ConfirmDialog(u"removeBuildsDialog"_s,
                          count == 1 ? tr("Remove the build of %1 from the history?")
                                           .arg(m_list.record(ids.front())->shownName())
                                     : tr("Remove %n builds from the history?", nullptr, count),
                          m_stack);
    std::size_t shown = 0;
    bool isAway = false;
    for (const std::string &id : ids) {
        const BuildRecord *record = m_list.record(id);
        isAway = isAway || (record != nullptr && record->isAway);
        if (record != nullptr && shown++ < mostLostLines) {
            dialog->addLost(
                u"hammer"_s, tr("%1, its steps and what they printed").arg(record->shownName()),
                momentText(record->startedAt.toLocalTime(), QDateTime::currentDateTime()));
        }
    }
    if (shown > mostLostLines) {
        dialog->addLost(u"hammer"_s, tr("and %n more", nullptr, int(shown - mostLostLines)));
    }
    dialog->setStays(isAway ? tr("Images stay. What a builder remembers is removed there, too.")
                            : tr("Images stay, and so does the build cache."));
    dialog->setVerb(tr("Remove"), ButtonKind::DangerSolid);
    connect(dialog, &QDialog::accepted, this, [this, ids] { m_list.remove(ids); });
    dialog->open();
}

void BuildsPage::askBuilder()
{
    QStringList taken;
    for (std::size_t i = 0; i < m_builders.model()->size(); ++i) {
        taken.append(QString::fromStdString(m_builders.model()->rowAt(i)->builder().name));
    }
    auto *dialog = new CreateBuilderDialog(taken, m_stack);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog] { m_builders.create(dialog->command()); });
    dialog->open();
}

void BuildsPage::performOn(docker::BuilderVerb verb, const std::string &name)
{
    const build::Builder *builder = m_builders.builder(name);
    if (builder == nullptr) {
        return;
    }
    if (verb != docker::BuilderVerb::Remove) {
        m_builders.perform(verb, name);
        return;
    }
    if (!isRemovable(*builder)) {
        return;
    }
    const QString shown = displayText(name, 80);
    auto *dialog = new ConfirmDialog(u"removeBuilderDialog"_s,
                                     tr("Remove the builder %1?").arg(shown), m_stack);
    if (builder->driver == "remote") {
        dialog->addLost(u"plug"_s, tr("What is known of it here; the BuildKit itself runs on"));
    } else {
        dialog->addLost(u"hammer"_s, tr("The builder and its nodes"));
        dialog->addLost(u"layers"_s, tr("Its build cache"));
    }
    dialog->setStays(builder->isCurrent.value_or(false)
                         ? tr("Images stay. Builds go to the engine's own builder from then on.")
                         : tr("Images and other builders stay."));
    dialog->setCommand(BuildersController::line(verb, name));
    dialog->setVerb(tr("Remove"), ButtonKind::DangerSolid);
    connect(dialog, &QDialog::accepted, this,
            [this, verb, name] { m_builders.perform(verb, name); });
    dialog->open();
}

void BuildsPage::askCacheRemoval(const std::vector<std::string> &ids)
{
    const CacheRemoval removal = removalOf(m_cache.records(), ids);
    const int count = int(removal.doomed.size());
    if (m_cache.isWorking() || ids.empty()) {
        return;
    }
    if (count == 0) {
        tell(tr("Nothing can be removed"), tr("A build uses it now. Try again when it has ended."));
        return;
    }
    auto *dialog =
        new ConfirmDialog(u"removeCacheDialog"_s,
                          tr("Remove %n records of the build cache?", nullptr, count), m_stack);
    std::size_t shown = 0;
    for (auto each = removal.doomed.rbegin(); each != removal.doomed.rend(); ++each) {
        if (shown++ < mostLostLines) {
            dialog->addLost(u"layers"_s, cacheText(*each), diskSizeText(each->size));
        }
    }
    if (shown > mostLostLines) {
        dialog->addLost(u"layers"_s, tr("and %n more", nullptr, int(shown - mostLostLines)));
    }
    QString stays = tr("Images and containers stay. The next build does again what is no longer "
                       "here.");
    if (removal.dependent > 0) {
        stays.prepend(
            tr("%n of them go as they were made from what you chose.", nullptr, removal.dependent) +
            u' ');
    }
    if (removal.inUse > 0) {
        stays.append(u' ' + tr("What a build uses now stays, too."));
    }
    dialog->setStays(stays);
    std::vector<docker::Command> commands;
    for (const docker::PruneBuildCache &command : commandsFor(removal)) {
        commands.emplace_back(command);
    }
    dialog->setCommand(mergedLine(commands, Merging::None));
    dialog->setVerb(removal.bytes > 0 ? tr("Free %1").arg(diskSizeText(removal.bytes))
                                      : tr("Remove %n records", nullptr, count),
                    ButtonKind::DangerSolid);
    connect(dialog, &QDialog::accepted, this, [this, ids] { m_cache.remove(ids); });
    dialog->open();
}

void BuildsPage::askPrune()
{
    auto *dialog =
        new PruneCacheDialog(m_cache.records(), QDateTime::currentSecsSinceEpoch(), m_stack);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { m_cache.prune(dialog->wish()); });
    dialog->open();
}

void BuildsPage::tell(const QString &title, const QString &text)
{
    if (m_toasts != nullptr) {
        ToastContent content;
        content.title = title;
        content.text = text;
        m_toasts->show(content);
    }
}

void BuildsPage::tellProblem(const Explanation &words)
{
    if (m_toasts != nullptr) {
        ToastContent content;
        content.kind = ToastKind::Error;
        content.title = words.title;
        content.text = words.body();
        content.details = words.rawDetail;
        m_toasts->show(content);
    }
}

} // namespace roadstead::ui
