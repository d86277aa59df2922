// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/launcher/user_options.h"

#include "app/launcher/files.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <sstream>
#include <string_view>

namespace roadstead::launcher {

namespace {

constexpr std::size_t portLimit = 64;
constexpr std::string_view portsKey = "loopback-ports=";

bool addPort(std::string_view word, std::vector<std::uint16_t> &ports)
{
    std::uint16_t port = 0;
    const char *end = word.data() + word.size();
    const auto [read, error] = std::from_chars(word.data(), end, port);
    if (error != std::errc() || read != end || port == 0 || ports.size() >= portLimit) {
        return false;
    }
    if (!std::ranges::contains(ports, port)) {
        ports.push_back(port);
    }
    return true;
}

} // namespace

Result<UserOptions> parseUserOptions(const std::string &text)
{
    UserOptions options;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (line.empty() || line.starts_with('#')) {
            continue;
        }
        bool isValid = line.starts_with(portsKey);
        std::string_view rest = isValid ? std::string_view(line).substr(portsKey.size()) : "";
        while (isValid && !rest.empty()) {
            const std::size_t comma = std::min(rest.find(','), rest.size());
            isValid = addPort(rest.substr(0, comma), options.loopbackPorts) &&
                      comma + 1 != rest.size(); // no comma at the end
            rest.remove_prefix(std::min(comma + 1, rest.size()));
        }
        if (!isValid) {
            return failure(ErrorKind::InvalidArgument, "launcher.options", line);
        }
    }
    return options;
}

Result<UserOptions> readUserOptions(const std::string &path)
{
    auto text = readRootFile(path);
    if (!text && text.error().code == ENOENT) {
        return UserOptions{};
    }
    return text.and_then([](const std::string &content) { return parseUserOptions(content); });
}

} // namespace roadstead::launcher
