// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/images/image_action.h"

#include "engine/service/images/engine_images.h"
#include "ui/models/image_name.h"
#include "ui/pages/merged_line.h"
#include "ui/text/display_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <array>

namespace roadstead::ui {

namespace {

struct ActionWords
{
    Q_DECLARE_TR_FUNCTIONS(roadstead::ui::ImageAction)
};

docker::Target targetOf(const ImageRow &row)
{
    return {row.id(), row.reference()};
}

QString userNames(const ImageRow &row, bool alive)
{
    QStringList names;
    constexpr qsizetype most = 5;
    int more = 0;
    for (const ImageUser &user : row.users) {
        if (user.isAlive() == alive) {
            names.size() < most ? names.append(displayText(user.name, 64)) : void(++more);
        }
    }
    const QString list = names.join(QStringLiteral(", "));
    return more == 0 ? list : ActionWords::tr("%1 and %n more", nullptr, more).arg(list);
}

} // namespace

bool isApplicable(ImageAction action, const ImageRow &row)
{
    Q_UNUSED(action)
    return row.pending == ImageWork::None;
}

bool isForOne(ImageAction action)
{
    return action == ImageAction::Run || action == ImageAction::Push || action == ImageAction::Tag;
}

QString actionLabel(ImageAction action)
{
    switch (action) {
    case ImageAction::Run:
        return ActionWords::tr("Run…");
    case ImageAction::Push:
        return ActionWords::tr("Push…");
    case ImageAction::Save:
        return ActionWords::tr("Save…");
    case ImageAction::Tag:
        return ActionWords::tr("Tag…");
    case ImageAction::Remove:
        break;
    }
    return ActionWords::tr("Remove…");
}

QString actionIcon(ImageAction action)
{
    static constexpr std::array names{"play", "upload", "save", "tag", "trash"};
    return QString::fromLatin1(names[static_cast<std::size_t>(action)]);
}

QString actionIdentifier(ImageAction action)
{
    static constexpr std::array names{"run", "push", "save", "tag", "remove"};
    return QString::fromLatin1(names[static_cast<std::size_t>(action)]);
}

QString hintFor(ImageAction action, const ImageRows &rows)
{
    if (rows.empty() || (isForOne(action) && rows.size() != 1)) {
        return {};
    }
    std::vector<docker::Command> commands;
    switch (action) {
    case ImageAction::Run:
        return QString::fromStdString(
            docker::commandLine({"run", "--detach", rows.front()->reference()}));
    case ImageAction::Push:
        return QString::fromStdString(docker::commandLine({"push", rows.front()->reference()}));
    case ImageAction::Save:
        return QString::fromStdString(service::EngineImages::saveLine(savingOf(rows), "FILE.tar"));
    case ImageAction::Tag:
        commands.push_back(tagging(*rows.front(), "NEW_NAME"));
        break;
    case ImageAction::Remove:
        for (const ImageRowPointer &row : rows) {
            std::ranges::copy(removalOf(*row, obstacleOf(*row) == Obstacle::Stopped),
                              std::back_inserter(commands));
        }
        break;
    }
    return mergedLine(commands);
}

Obstacle obstacleOf(const ImageRow &row)
{
    return row.isUsedByRunning() ? Obstacle::Running
           : row.isInUse()       ? Obstacle::Stopped
                                 : Obstacle::None;
}

docker::Command untagging(const std::string &tag)
{
    return docker::RemoveImage{.image = {tag, tag}};
}

std::vector<docker::Command> removalOf(const ImageRow &row, bool force)
{
    if (force || row.tags.empty()) {
        return {docker::RemoveImage{.image = targetOf(row), .force = force}};
    }
    std::vector<docker::Command> commands;
    for (const std::string &tag : row.tags) {
        commands.push_back(untagging(tag));
    }
    return commands;
}

docker::Command tagging(const ImageRow &row, const std::string &name)
{
    return docker::TagImage{.image = targetOf(row), .name = tagNameOf(name)};
}

docker::SaveImages savingOf(const ImageRows &rows)
{
    docker::SaveImages command;
    for (const ImageRowPointer &row : rows) {
        if (row->tags.empty()) {
            command.images.push_back(targetOf(*row));
        }
        for (const std::string &tag : row->tags) { // by name, or loading it would lose the name
            command.images.push_back({tag, tag});
        }
    }
    return command;
}

Explanation explainRemoval(const Error &error, const ImageRow &row)
{
    Explanation words = describe(error, row.title());
    if (error.kind != ErrorKind::Conflict) {
        return words;
    }
    if (row.isUsedByRunning()) {
        words.reason =
            ActionWords::tr("Running containers are made from it: %1.").arg(userNames(row, true));
        words.advice = ActionWords::tr("Stop and remove them, then remove the image.");
    } else if (row.isInUse()) {
        words.reason =
            ActionWords::tr("Stopped containers are made from it: %1.").arg(userNames(row, false));
        words.advice = ActionWords::tr("Remove them first, or let the image go all the same.");
    } else if (error.detail.find("dependent child") != std::string::npos) {
        words.reason = ActionWords::tr("Other images were built on it.");
        words.advice = ActionWords::tr("Remove those first.");
    } else if (error.detail.find("multiple repositories") != std::string::npos) {
        words.reason = ActionWords::tr("It has tags in several repositories.");
        words.advice = ActionWords::tr("Untag them one by one; the last one deletes it.");
    }
    return words;
}

} // namespace roadstead::ui
