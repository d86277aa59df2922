// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/push/push_form.h"

#include "engine/reference/image_reference.h"

#include <QCoreApplication>

#include <algorithm>

namespace roadstead::ui {

namespace {

constexpr std::string_view hubName = "docker.io";

struct PushWords
{
    Q_DECLARE_TR_FUNCTIONS(roadstead::ui::PushForm)
};

void addTag(PushForm &form, const std::string &tag, bool isChosen)
{
    const auto known = std::ranges::find(form.tags, tag, &PushTag::tag);
    if (known == form.tags.end()) {
        form.tags.push_back({tag, isChosen});
    } else {
        known->isChosen = known->isChosen || isChosen;
    }
}

} // namespace

std::vector<std::string> PushForm::chosenTags() const
{
    std::vector<std::string> chosen;
    for (const PushTag &each : tags) {
        if (each.isChosen) {
            chosen.push_back(each.tag);
        }
    }
    return chosen;
}

docker::ImageName PushForm::target(const std::string &tag) const
{
    const reference::ImageReference whole{.domain = registry, .path = repository, .tag = tag};
    return {.repository = whole.name(), .tag = tag, .display = whole.familiarText()};
}

std::vector<PushProblem> pushProblems(const PushForm &form, bool isHere)
{
    std::vector<PushProblem> problems;
    if (form.image.empty()) {
        problems.push_back({PushField::Image, PushWords::tr("Choose an image.")});
    } else if (!isHere) {
        problems.push_back({PushField::Image, PushWords::tr("The engine has no such image.")});
    }
    const auto chosen = form.chosenTags();
    if (chosen.empty()) {
        problems.push_back({PushField::Tags, PushWords::tr("Choose a tag, or add one.")});
    } else if (!std::ranges::all_of(chosen, reference::isTag)) {
        problems.push_back(
            {PushField::Tags, PushWords::tr("A tag has letters, digits, and the characters _ . - "
                                            "after the first; at most 128.")});
    }
    const bool isRegistry =
        form.registry == hubName ||
        (reference::isDomain(form.registry) &&
         (form.registry.find_first_of(".:") != std::string::npos || form.registry == "localhost"));
    if (!isRegistry) {
        problems.push_back(
            {PushField::Registry, form.registry.empty()
                                      ? PushWords::tr("Enter a registry.")
                                      : PushWords::tr("A registry is a host with a dot or a port: "
                                                      "registry.example:5000")});
    }
    constexpr std::size_t longestPath = 255;
    if (form.repository.empty()) {
        problems.push_back({PushField::Repository, PushWords::tr("Enter a name.")});
    } else if (!reference::isRemoteName(form.repository) || form.repository.size() > longestPath) {
        problems.push_back({PushField::Repository,
                            PushWords::tr("A name has small letters, digits and . _ - in parts "
                                          "between slashes: team/web")});
    } else if (form.registry == hubName && !form.repository.contains('/')) {
        problems.push_back({PushField::Repository,
                            PushWords::tr("On Docker Hub a name begins with your account or "
                                          "organisation: account/%1")
                                .arg(QString::fromStdString(form.repository))});
    }
    return problems;
}

PushForm pushFormOf(const docker::ImageSummary &image, const std::string &tag)
{
    PushForm form;
    form.image = tag.empty() ? image.id : tag;
    form.registry = hubName;
    const auto chosen = reference::parseNormalized(tag);
    if (chosen && !chosen->path.empty() && !chosen->tag.empty()) {
        form.registry = chosen->domain;
        form.repository = chosen->path;
        addTag(form, chosen->tag, true);
    }
    for (const std::string &each : image.tags) {
        if (const auto read = reference::parseNormalized(each); read && !read->tag.empty()) {
            addTag(form, read->tag, false);
        }
    }
    if (form.tags.empty()) {
        addTag(form, "latest", true);
    }
    return form;
}

std::string suggestedRepository(const std::string &path, const std::string &registry,
                                const std::string &user)
{
    constexpr std::string_view official = "library/";
    const std::string name = path.starts_with(official) ? path.substr(official.size()) : path;
    const bool wantsAccount = registry == hubName || registry == "ghcr.io" || registry == "quay.io";
    std::string account = user;
    std::ranges::transform(account, account.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    if (name.empty() || !wantsAccount || account.empty() || name.contains('/') ||
        !reference::isRemoteName(account)) {
        return name;
    }
    return account + "/" + name;
}

} // namespace roadstead::ui
