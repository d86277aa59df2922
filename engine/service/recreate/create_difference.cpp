// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/recreate/create_difference.h"

#include "engine/docker/command.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

namespace roadstead::service {

namespace {

/// Settings by option and key, in the order of the command line.
using Settings = std::vector<Difference>;

constexpr std::string_view ownLabels = "io.roadstead.";

bool isOption(const std::string &word)
{
    return word.starts_with("--") || (word.size() > 1 && word.front() == '-' &&
                                      (word[1] < '0' || word[1] > '9')); // -1 is a value
}

bool isSwitch(const std::vector<std::string> &words, std::size_t at)
{
    return words[at].contains('=') || at + 1 >= words.size() || isOption(words[at + 1]);
}

/// The long form of an option.
std::string longForm(const std::string &option)
{
    static const std::map<std::string, std::string> forms{
        {"-a", "--attach"}, {"-e", "--env"},    {"-h", "--hostname"}, {"-i", "--interactive"},
        {"-l", "--label"},  {"-m", "--memory"}, {"-p", "--publish"},  {"-t", "--tty"},
        {"-u", "--user"},   {"-v", "--volume"}, {"-w", "--workdir"}};
    const auto found = forms.find(option);
    return found == forms.end() ? option : found->second;
}

/// What names one of several values of an option: the variable, the path in the container.
std::string keyOf(const std::string &option, const std::string &value)
{
    if (option == "--env" || option == "--label" || option == "--sysctl" || option == "--log-opt") {
        return value.substr(0, value.find('='));
    }
    if (option == "--publish") {
        return value.substr(value.rfind(':') + 1);
    }
    if (option == "--volume") {
        const std::size_t first = value.find(':');
        const std::string rest = first == std::string::npos ? value : value.substr(first + 1);
        return rest.substr(0, rest.find(':'));
    }
    return {};
}

std::string valueOf(const std::string &key, const std::string &value)
{
    return !key.empty() && value.starts_with(key + "=") ? value.substr(key.size() + 1) : value;
}

Settings settingsOf(const docker::CreateContainer &create)
{
    docker::CreateContainer options = create;
    options.image = "i";
    options.command.clear();
    const std::vector<std::string> words = docker::arguments(options);
    const auto begin = std::ranges::find_if(words, isOption);
    Settings settings{{.option = "image", .after = create.image}};
    // The last word is the image.
    for (auto at = static_cast<std::size_t>(begin - words.begin()); at + 1 < words.size(); ++at) {
        const std::size_t sign = words[at].find('=');
        const std::string option = longForm(words[at].substr(0, sign));
        std::string value;
        if (sign != std::string::npos) {
            value = words[at].substr(sign + 1);
        } else if (at + 2 < words.size() && !isSwitch(words, at)) {
            value = words[++at];
        }
        const std::string key = keyOf(option, value);
        if (option == "--label" && key.starts_with(ownLabels)) {
            continue;
        }
        settings.push_back({.option = option, .key = key, .after = valueOf(key, value)});
    }
    if (!create.command.empty()) {
        std::string line = docker::commandLine(create.command);
        line.erase(0, line.find(' ') + 1); // "docker"
        settings.push_back({.option = "command", .after = line});
    }
    return settings;
}

} // namespace

std::vector<Difference> createDifferences(const docker::CreateContainer &before,
                                          const docker::CreateContainer &after)
{
    Settings old = settingsOf(before);
    Settings changed = settingsOf(after);
    const auto takeIf = [](Settings &from, const auto &matches) -> std::optional<Difference> {
        const auto found = std::ranges::find_if(from, matches);
        if (found == from.end()) {
            return std::nullopt;
        }
        Difference taken = std::move(*found);
        from.erase(found);
        return taken;
    };
    std::erase_if(changed, [&](const Difference &setting) { // what stays as it is
        return takeIf(old, [&](const Difference &one) { return one == setting; }).has_value();
    });
    for (Difference &setting : changed) {
        const auto was = takeIf(old, [&](const Difference &one) {
            return one.option == setting.option && one.key == setting.key;
        });
        setting.kind = was ? DifferenceKind::Changed : DifferenceKind::Added;
        setting.before = was ? was->after : std::string();
    }
    for (Difference &gone : old) {
        gone.before = std::exchange(gone.after, {});
        gone.kind = DifferenceKind::Removed;
        changed.push_back(std::move(gone));
    }
    return changed;
}

} // namespace roadstead::service
