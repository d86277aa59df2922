// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/container.h"

#include <QString>

#include <span>
#include <string>
#include <vector>

namespace roadstead::ui {

/// One instruction of a Dockerfile that changes the new image.
struct CommitChange
{
    std::string instruction = "CMD";
    std::string value{};
    bool operator==(const CommitChange &) const = default;
};

/// What the page "Commit" asks for, as typed.
struct CommitForm
{
    std::string repository{}; ///< empty: the image gets no name
    std::string tag{};        ///< empty = latest
    std::string author{};
    std::string message{};
    bool pauses = true; ///< the container stands still while its files are read
    std::vector<CommitChange> changes{};
    bool operator==(const CommitForm &) const = default;
};

enum class CommitField { Repository, Tag, Change };

/// Something to say of a field.
struct CommitRemark
{
    CommitField field = CommitField::Repository;
    int row = 0; ///< of changes
    bool isWrong = false;
    QString text{}; ///< display text
};

/// The instructions that a commit takes, in the order in which they are offered.
std::span<const char *const> commitInstructions();

/// All that is wrong with the form, and nothing else.
std::vector<CommitRemark> commitProblems(const CommitForm &form);
/// What a person should know before; `tags` are the names that images have.
std::vector<CommitRemark> commitHints(const CommitForm &form, const std::vector<std::string> &tags);

/// The name that the image gets, as people write it: "shop/web:latest"; empty = none, or wrong.
std::string commitName(const CommitForm &form);
/// The command; whatever is wrong with the form goes into it as typed, for the preview.
docker::CommitContainer commitCommand(const CommitForm &form, const docker::Target &container);

} // namespace roadstead::ui
