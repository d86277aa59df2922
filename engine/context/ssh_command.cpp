// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/context/ssh_command.h"

#include "engine/base/ascii.h"
#include "engine/base/text.h"
#include "engine/context/url.h"

#include <algorithm>
#include <array>

namespace roadstead::context {

namespace {

std::unexpected<Error> refused(std::string_view why)
{
    return failure(ErrorKind::InvalidArgument, "ssh.parse", std::string(why));
}

bool isWordOf(std::string_view word, std::string_view more)
{
    return !word.starts_with('-') && std::ranges::all_of(word, [more](char c) {
        return isAlphanumeric(c) || more.contains(c);
    });
}

bool isShellKeyword(std::string_view word)
{
    constexpr std::array<std::string_view, 22> keywords{
        "!",    "{",  "}",   "[[",       "]]", "case", "coproc", "do",   "done", "elif",  "else",
        "esac", "fi", "for", "function", "if", "in",   "select", "then", "time", "until", "while"};
    return std::ranges::contains(keywords, word);
}

} // namespace

Result<SshTarget> parseSshUrl(std::string_view text)
{
    const auto url = parseUrl(text);
    if (!url) {
        return std::unexpected(url.error());
    }
    if (url->scheme.empty()) {
        return refused("no scheme");
    }
    if (url->scheme != "ssh") {
        return refused("the scheme is \"" + url->scheme + "\", not \"ssh\"");
    }
    if (url->hasPassword) {
        return refused("a password has no place in a URL");
    }
    if (url->host.empty()) {
        return refused("no host");
    }
    if (!url->query.empty()) {
        return refused("a query has no place here: \"" + url->query + "\"");
    }
    if (!url->fragment.empty()) {
        return refused("a fragment has no place here: \"" + url->fragment + "\"");
    }
    return SshTarget{url->user, url->host, url->port, url->path};
}

bool isPlainHost(std::string_view host)
{
    return !host.empty() && isWordOf(host, host.contains(':') ? "._-:%" : "._-");
}

Result<void> checkSshTarget(const SshTarget &target)
{
    if (!isPlainHost(target.host)) {
        return refused("not the name of a host: \"" + target.host + "\"");
    }
    if (!isWordOf(target.user, "._-@+")) {
        return refused("not the name of a user: \"" + target.user + "\"");
    }
    return {};
}

Result<std::string> shellQuoted(std::string_view word)
{
    const bool hasControl = std::ranges::any_of(
        word, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
    if (hasControl || !isValidUtf8(word)) {
        return refused("a character that no shell word can carry");
    }
    if (word.empty()) {
        return "''";
    }
    const bool needsQuotes =
        word.find_first_of(";\"'()$|&><` \\#{~*?[=") != std::string_view::npos ||
        isShellKeyword(word);
    if (!needsQuotes) {
        return std::string(word);
    }
    if (!word.contains('\'')) {
        return std::string("'").append(word).append("'");
    }
    std::string quoted = "\"";
    for (const char c : word) {
        if (c == '"' || c == '\\' || c == '`' || c == '$') {
            quoted.push_back('\\');
        }
        quoted.push_back(c);
    }
    return quoted.append("\"");
}

Result<std::vector<std::string>> sshArguments(const SshTarget &target,
                                              const std::vector<std::string> &flags,
                                              const std::vector<std::string> &farCommand)
{
    if (target.host.empty()) {
        return refused("no host");
    }
    std::vector<std::string> arguments;
    const auto add = [&arguments](std::string_view word) -> Result<void> {
        auto quoted = shellQuoted(word);
        if (!quoted) {
            return std::unexpected(quoted.error());
        }
        arguments.push_back(std::move(*quoted));
        return {};
    };
    Result<void> added;
    if (!target.user.empty()) {
        arguments.emplace_back("-l");
        added = add(target.user);
    }
    if (added && !target.port.empty()) {
        arguments.emplace_back("-p");
        added = add(target.port);
    }
    arguments.insert(arguments.end(), flags.begin(), flags.end());
    arguments.emplace_back("--");
    if (added) {
        added = add(target.host);
    }
    std::string command;
    for (const std::string &word : farCommand) {
        auto quoted = shellQuoted(word);
        if (!quoted) {
            return std::unexpected(quoted.error());
        }
        command.append(command.empty() ? "" : " ").append(*quoted);
    }
    if (!added) {
        return std::unexpected(added.error());
    }
    if (!command.empty()) {
        arguments.push_back(std::move(command));
    }
    return arguments;
}

std::vector<std::string> withConnectTimeout(std::vector<std::string> flags)
{
    std::string all;
    for (const std::string &flag : flags) {
        all.append(flag);
    }
    if (!all.contains("ConnectTimeout")) {
        flags.emplace_back("-o ConnectTimeout=30");
    }
    return flags;
}

std::vector<std::string> withoutTerminal(std::vector<std::string> flags)
{
    if (!std::ranges::contains(flags, "-T")) {
        flags.emplace_back("-T");
    }
    return flags;
}

Result<std::vector<std::string>> dialStdioCommand(std::string_view url)
{
    const auto target = parseSshUrl(url);
    if (!target) {
        return std::unexpected(target.error());
    }
    if (auto safe = checkSshTarget(*target); !safe) {
        return std::unexpected(safe.error());
    }
    std::vector<std::string> farCommand{"docker"};
    if (target->path.find_first_not_of('/') != std::string::npos) {
        farCommand.push_back("--host=unix://" + target->path);
    }
    farCommand.insert(farCommand.end(), {"system", "dial-stdio"});
    auto arguments = sshArguments(*target, withoutTerminal(withConnectTimeout({})), farCommand);
    if (arguments) {
        arguments->insert(arguments->begin(), "ssh");
    }
    return arguments;
}

} // namespace roadstead::context
