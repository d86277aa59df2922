// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/build/build_form.h"

#include "engine/docker/command.h"
#include "engine/reference/image_reference.h"
#include "engine/reference/words.h"
#include "ui/text/display_text.h"
#include "ui/text/secret_text.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

struct BuildFormWords
{
    Q_DECLARE_TR_FUNCTIONS(BuildFormWords)
};

/// Without blanks around and without empty ones.
std::vector<std::string> filledIn(const std::vector<std::string> &texts)
{
    std::vector<std::string> filled;
    for (const std::string &text : texts) {
        if (const std::string_view trimmed = reference::trimmed(text); !trimmed.empty()) {
            filled.emplace_back(trimmed);
        }
    }
    return filled;
}

std::vector<std::string> platformsIn(const std::string &text)
{
    std::vector<std::string> platforms;
    for (const std::string_view one : reference::split(text, ',')) {
        platforms.emplace_back(reference::trimmed(one));
    }
    return filledIn(platforms);
}

docker::Labels pairsIn(const std::vector<std::string> &texts)
{
    docker::Labels pairs;
    for (const std::string &text : filledIn(texts)) {
        const reference::Halves halves = reference::cut(text, '=');
        pairs.emplace_back(halves.before, halves.after);
    }
    return pairs;
}

bool hasName(const std::string &text)
{
    return !reference::cut(text, '=').before.empty();
}

bool needsPath(docker::BuildDestination destination)
{
    return destination == docker::BuildDestination::Archive ||
           destination == docker::BuildDestination::Folder;
}

QList<BuildProblem> problemsOfTags(const BuildForm &form)
{
    QList<BuildProblem> problems;
    const std::vector<std::string> tags = filledIn(form.tags);
    for (const std::string &tag : tags) {
        const auto parsed = reference::parseNormalized(tag);
        if (!parsed || !parsed->digest.empty()) {
            problems.append(
                {BuildField::Tags,
                 BuildFormWords::tr("“%1” is no name for an image. Names are written in "
                                    "small letters: registry.example.org/team/web:1.2.")
                     .arg(displayText(tag, 80))});
        }
    }
    if (tags.empty() && form.destination == docker::BuildDestination::Registry) {
        problems.append({BuildField::Tags,
                         BuildFormWords::tr("A build that is pushed needs a name. It says which "
                                            "registry the image goes to.")});
    }
    return problems;
}

QList<BuildProblem> problemsOfSecrets(const BuildForm &form)
{
    QList<BuildProblem> problems;
    for (const std::string &secret : filledIn(form.secrets)) {
        const reference::Halves halves = reference::cut(secret, '=');
        const QFileInfo file(
            QString::fromUtf8(halves.after.data(), qsizetype(halves.after.size())));
        if (halves.before.empty() || halves.after.empty()) {
            problems.append({BuildField::Secrets,
                             BuildFormWords::tr("A secret is written as id=file. The Dockerfile "
                                                "names it by its id.")});
        } else if (!file.isFile() || !file.isReadable()) {
            problems.append({BuildField::Secrets,
                             BuildFormWords::tr("The file of the secret “%1” cannot be read.")
                                 .arg(displayText(halves.before, 80))});
        }
    }
    return problems;
}

/// "https://me:secret@host/…", "https://TOKEN@host/…": it would be seen in the command line and in
/// the history.
bool holdsCredentials(const std::string &context)
{
    const std::size_t host = context.find("://") + 3;
    const std::string authority = context.substr(host, context.find_first_of("/?#", host) - host);
    return looksSecret({}, context) || (context.starts_with("http") && authority.contains('@'));
}

} // namespace

bool isRemoteContext(const std::string &context)
{
    return context.contains("://") || context.starts_with("git@") ||
           context.starts_with("github.com/");
}

docker::BuildxBuild buildOf(const BuildForm &form)
{
    docker::BuildxBuild build;
    build.context = form.context;
    build.dockerfile = form.dockerfile;
    build.target = form.target;
    build.builder = form.builder;
    build.tags = filledIn(form.tags);
    build.platforms = platformsIn(form.platforms);
    for (const auto &[name, value] : pairsIn(form.arguments)) {
        build.buildArguments.push_back({name, value, looksSecret(name, value)});
    }
    for (const auto &[id, file] : pairsIn(form.secrets)) {
        build.secrets.push_back({.id = id, .file = file});
    }
    build.labels = pairsIn(form.labels);
    build.cacheFrom = filledIn(form.cacheFrom);
    build.cacheTo = filledIn(form.cacheTo);
    build.ssh = filledIn(form.ssh);
    build.extraHosts = filledIn(form.hosts);
    build.network = form.network;
    build.noCache = form.noCache;
    build.pull = form.pull;
    build.destination = form.destination;
    build.path = needsPath(form.destination) ? form.path : std::string();
    return build;
}

docker::BuildImage classicOf(const BuildForm &form)
{
    docker::BuildImage build;
    const std::vector<std::string> platforms = platformsIn(form.platforms);
    (isRemoteContext(form.context) ? build.remote : build.context) = form.context;
    build.dockerfile = form.dockerfile;
    build.target = form.target;
    build.tags = filledIn(form.tags);
    build.buildArguments = pairsIn(form.arguments);
    build.labels = pairsIn(form.labels);
    build.cacheFrom = filledIn(form.cacheFrom);
    build.extraHosts = filledIn(form.hosts);
    build.network = form.network;
    build.platform = platforms.size() == 1 ? platforms.front() : std::string();
    build.noCache = form.noCache;
    build.pull = form.pull;
    return build;
}

QString classicLine(const BuildForm &form)
{
    docker::BuildImage build = classicOf(form);
    if (build.context.empty() && build.remote.empty()) {
        build.context = "FOLDER"; // nothing is chosen yet
    }
    docker::Arguments arguments = build.arguments();
    for (std::string &argument : arguments) {
        const reference::Halves halves = reference::cut(argument, '=');
        if (halves.found &&
            std::ranges::contains(build.buildArguments, std::pair(std::string(halves.before),
                                                                  std::string(halves.after))) &&
            looksSecret(std::string(halves.before), std::string(halves.after))) {
            argument = halves.before; // the docker command takes it from its environment
        }
    }
    return u"DOCKER_BUILDKIT=0 "_s + QString::fromStdString(docker::commandLine(arguments));
}

QList<BuildProblem> problemsOfClassic(const BuildForm &form)
{
    QList<BuildProblem> problems;
    if (!filledIn(form.secrets).empty() || !filledIn(form.ssh).empty()) {
        problems.append({BuildField::Secrets,
                         BuildFormWords::tr("The classic builder knows no secrets and no ssh. "
                                            "Leave them out, or install docker-buildx.")});
    }
    if (platformsIn(form.platforms).size() > 1) {
        problems.append({BuildField::Platforms,
                         BuildFormWords::tr("The classic builder builds for one platform at a "
                                            "time.")});
    }
    if (form.destination != docker::BuildDestination::Engine || !filledIn(form.cacheTo).empty()) {
        problems.append({BuildField::Path,
                         BuildFormWords::tr("The classic builder puts the result among the "
                                            "engine's images, and keeps no cache elsewhere.")});
    }
    return problems;
}

QList<BuildProblem> problemsOf(const BuildForm &form, const build::Dockerfile &dockerfile)
{
    QList<BuildProblem> problems;
    if (form.context.empty()) {
        problems.append({BuildField::Context,
                         BuildFormWords::tr("Choose the folder with what is to be built.")});
    }
    if (form.context.contains("://") && holdsCredentials(form.context)) {
        problems.append({BuildField::Context,
                         BuildFormWords::tr("The address holds a password, which would be seen in "
                                            "the command line. Leave it out, and give it as the "
                                            "secret GIT_AUTH_TOKEN.")});
    }
    if (!isRemoteContext(form.context) && dockerfile.stages.empty()) {
        problems.append({BuildField::Dockerfile,
                         BuildFormWords::tr("The Dockerfile has no FROM. It says what the image is "
                                            "made from: FROM alpine.")});
    }
    problems += problemsOfTags(form);
    const auto arguments = filledIn(form.arguments);
    if (!std::ranges::all_of(arguments, hasName)) {
        problems.append(
            {BuildField::Arguments, BuildFormWords::tr("An argument is written as NAME=value.")});
    }
    problems += problemsOfSecrets(form);
    const auto labels = filledIn(form.labels);
    if (!std::ranges::all_of(labels, hasName)) {
        problems.append(
            {BuildField::Labels, BuildFormWords::tr("A label is written as name=value.")});
    }
    const auto platforms = platformsIn(form.platforms);
    if (!std::ranges::all_of(platforms, [](const auto &one) { return one.contains('/'); })) {
        problems.append(
            {BuildField::Platforms, BuildFormWords::tr("A platform is written as linux/arm64.")});
    }
    if (needsPath(form.destination) && form.path.empty()) {
        problems.append(
            {BuildField::Path, BuildFormWords::tr("Choose where the result is to be written.")});
    }
    return problems;
}

} // namespace roadstead::ui
