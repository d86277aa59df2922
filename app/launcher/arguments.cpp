// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/launcher/arguments.h"

#include <charconv>
#include <cstdint>
#include <string_view>

namespace roadstead::launcher {

Result<Arguments> parseArguments(std::span<const char *const> words)
{
    const auto refuse = [](const char *why) {
        return failure(ErrorKind::InvalidArgument, "launcher.arguments", why);
    };
    if (words.size() != 2) {
        return refuse("usage: roadstead-launcher run|cleanup|settle|configure UID");
    }
    Arguments arguments;
    if (const std::string_view verb = words[0]; verb == "run") {
        arguments.verb = Verb::Run;
    } else if (verb == "cleanup") {
        arguments.verb = Verb::Cleanup;
    } else if (verb == "settle") {
        arguments.verb = Verb::Settle;
    } else if (verb == "configure") {
        arguments.verb = Verb::Configure;
    } else {
        return refuse("the verb is none of run, cleanup, settle and configure");
    }
    const std::string_view digits = words[1];
    std::uint32_t uid = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), uid);
    if (error != std::errc() || end != digits.data() + digits.size() || digits.starts_with('0')) {
        return refuse("the user id is not a plain decimal number above 0");
    }
    if (uid == 65535 || uid == UINT32_MAX) {
        return refuse("the user id is a reserved value");
    }
    arguments.uid = uid;
    return arguments;
}

} // namespace roadstead::launcher
