// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/commit/commit_form.h"

#include "engine/reference/image_reference.h"
#include "engine/reference/ports.h"
#include "ui/text/display_text.h"
#include "ui/text/secret_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace roadstead::ui {

namespace {

struct CommitWords
{
    Q_DECLARE_TR_FUNCTIONS(CommitForm)
};

std::string trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t";
    const auto first = text.find_first_not_of(blanks);
    return first == std::string_view::npos
               ? std::string()
               : std::string(text.substr(first, text.find_last_not_of(blanks) - first + 1));
}

/// Its words, as blanks part them.
std::vector<std::string> wordsIn(std::string_view text)
{
    std::vector<std::string> words;
    for (std::string rest = trimmed(text); !rest.empty();) {
        const auto end = std::min(rest.find_first_of(" \t"), rest.size());
        words.push_back(rest.substr(0, end));
        rest = trimmed(std::string_view(rest).substr(end));
    }
    return words;
}

QString repositoryProblem(const std::string &repository)
{
    const auto parsed = reference::parseNormalized(repository);
    if (parsed) {
        return parsed->isNameOnly() ? QString()
                                    : CommitWords::tr("The tag has a field of its own.");
    }
    switch (static_cast<reference::ReferenceFault>(parsed.error().code)) {
    case reference::ReferenceFault::Uppercase:
        return CommitWords::tr("A repository has small letters only.");
    case reference::ReferenceFault::NameTooLong:
        return CommitWords::tr("A repository has at most 255 characters.");
    case reference::ReferenceFault::LooksLikeId:
        return CommitWords::tr("64 digits and letters from a to f name an image's id.");
    default:
        return CommitWords::tr("Small letters, digits and . _ - between slashes, for example "
                               "team/web.");
    }
}

/// NAME=value, or NAME value.
QString pairProblem(std::string_view value, bool mayBeApart)
{
    const auto end = value.find_first_of(mayBeApart ? "= \t" : "=");
    const std::string_view name = value.substr(0, end);
    if (end == std::string_view::npos || name.empty() ||
        name.find_first_of(" \t") != std::string_view::npos) {
        return CommitWords::tr("Write it as NAME=value.");
    }
    return {};
}

QString portsProblem(std::string_view value)
{
    for (const std::string &word : wordsIn(value)) {
        if (!reference::parseExposed(word)) {
            return CommitWords::tr("%1 is no port. Write 8080, 8080/udp or 8000-8010.")
                .arg(displayText(word, 40));
        }
    }
    return {};
}

bool isHealthCheck(std::string_view value)
{
    const std::vector<std::string> words = wordsIn(value);
    if (words.size() == 1) {
        return words.front() == "NONE";
    }
    const auto command = std::ranges::find_if(
        words, [](const std::string &word) { return !word.starts_with("--"); });
    return command != words.end() && *command == "CMD" && std::next(command) != words.end();
}

QString changeProblem(const CommitChange &change)
{
    const std::string value = trimmed(change.value);
    const std::string &kind = change.instruction;
    if (value.empty()) {
        return CommitWords::tr("Say what comes after %1, or take the row away.")
            .arg(QString::fromStdString(kind));
    }
    if (kind == "ENV" || kind == "LABEL") {
        return pairProblem(value, kind == "ENV");
    }
    if (kind == "EXPOSE") {
        return portsProblem(value);
    }
    if (kind == "HEALTHCHECK" && !isHealthCheck(value)) {
        return CommitWords::tr("Write NONE, or CMD and a command, for example "
                               "--interval=30s CMD curl -f http://localhost/.");
    }
    if ((kind == "USER" || kind == "STOPSIGNAL") && wordsIn(value).size() > 1) {
        return CommitWords::tr("%1 takes one word.").arg(QString::fromStdString(kind));
    }
    return {};
}

} // namespace

std::span<const char *const> commitInstructions()
{
    static constexpr std::array instructions{"CMD",         "ENTRYPOINT", "ENV",     "EXPOSE",
                                             "LABEL",       "USER",       "WORKDIR", "VOLUME",
                                             "HEALTHCHECK", "STOPSIGNAL", "ONBUILD"};
    return instructions;
}

std::vector<CommitRemark> commitProblems(const CommitForm &form)
{
    std::vector<CommitRemark> problems;
    const std::string repository = trimmed(form.repository);
    const std::string tag = trimmed(form.tag);
    if (!repository.empty()) {
        if (const QString text = repositoryProblem(repository); !text.isEmpty()) {
            problems.push_back({CommitField::Repository, 0, true, text});
        }
    } else if (!tag.empty()) {
        problems.push_back({CommitField::Repository, 0, true,
                            CommitWords::tr("A tag needs a repository before it.")});
    }
    if (!tag.empty() && !reference::isTag(tag)) {
        problems.push_back({CommitField::Tag, 0, true,
                            CommitWords::tr("Letters, digits and _ . -, at most 128, and no . or - "
                                            "at the start.")});
    }
    for (int row = 0; const CommitChange &change : form.changes) {
        if (const QString text = changeProblem(change); !text.isEmpty()) {
            problems.push_back({CommitField::Change, row, true, text});
        }
        ++row;
    }
    return problems;
}

std::vector<CommitRemark> commitHints(const CommitForm &form, const std::vector<std::string> &tags)
{
    std::vector<CommitRemark> hints;
    const std::string name = commitName(form);
    if (name.empty() && trimmed(form.repository).empty() && trimmed(form.tag).empty()) {
        hints.push_back({CommitField::Repository, 0, false,
                         CommitWords::tr("Without a name it is found by its id alone.")});
    } else if (!name.empty() && std::ranges::contains(tags, name)) {
        hints.push_back({CommitField::Repository, 0, false,
                         CommitWords::tr("An image has this name. It keeps its id and loses the "
                                         "name.")});
    }
    for (int row = 0; const CommitChange &change : form.changes) {
        const auto equals = change.value.find('=');
        if (change.instruction == "ENV" && equals != std::string::npos &&
            looksSecret(change.value.substr(0, equals), change.value.substr(equals + 1))) {
            hints.push_back({CommitField::Change, row, false,
                             CommitWords::tr("This looks like a secret. Everyone who has the image "
                                             "can read it.")});
        }
        ++row;
    }
    return hints;
}

std::string commitName(const CommitForm &form)
{
    auto parsed = reference::parseNormalized(trimmed(form.repository));
    if (!parsed || !parsed->isNameOnly()) {
        return {};
    }
    const std::string tag = trimmed(form.tag);
    const auto tagged = tag.empty() ? Result<reference::ImageReference>(withDefaultTag(*parsed))
                                    : reference::withTag(*parsed, tag);
    return tagged ? tagged->familiarText() : std::string();
}

docker::CommitContainer commitCommand(const CommitForm &form, const docker::Target &container)
{
    docker::CommitContainer command;
    command.container = container;
    const std::string repository = trimmed(form.repository);
    const std::string tag = trimmed(form.tag);
    const auto parsed = reference::parseNormalized(repository);
    const std::string name = commitName(form);
    if (parsed && !name.empty()) {
        command.image = {parsed->name(), tag.empty() ? "latest" : tag, name};
    } else {
        command.image = {repository, tag, tag.empty() ? repository : repository + ":" + tag};
    }
    command.author = trimmed(form.author);
    command.comment = trimmed(form.message);
    command.pause = form.pauses;
    for (const CommitChange &change : form.changes) {
        command.changes.push_back(trimmed(change.instruction + " " + trimmed(change.value)));
    }
    return command;
}

} // namespace roadstead::ui
