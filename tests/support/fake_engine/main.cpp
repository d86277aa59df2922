// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_engine/fake_engine.h"

#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace {

constexpr const char *usage =
    "fake-engine --socket PATH [options]: an Engine API that behaves, or not.\n"
    "  --containers N   how many containers it holds (0)\n"
    "  --running N      how many of them run (0)\n"
    "  --images N       how many images it holds (0)\n"
    "  --api VERSION    what its ping says (1.45); empty for nothing\n"
    "  --hostile        names and labels full of what must not be drawn\n"
    "  --delay MS       before the first byte of each answer\n"
    "Ends at SIGTERM or SIGINT.\n";

int number(std::string_view text)
{
    int value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size() || value < 0) {
        std::fputs(usage, stderr);
        std::exit(2);
    }
    return value;
}

} // namespace

int main(int argc, char **argv)
{
    using namespace roadstead::test;
    FakeEngineOptions options;
    int delay = 0;
    for (int i = 1; i < argc; ++i) {
        const std::string_view option = argv[i];
        if (option == "--hostile") {
            options.hostile = true;
            continue;
        }
        if (i + 1 == argc) {
            std::fputs(usage, option == "--help" ? stdout : stderr);
            return option == "--help" ? 0 : 2;
        }
        const std::string_view value = argv[++i];
        if (option == "--socket") {
            options.socketPath = value;
        } else if (option == "--containers") {
            options.containers = number(value);
        } else if (option == "--running") {
            options.running = number(value);
        } else if (option == "--images") {
            options.images = number(value);
        } else if (option == "--api") {
            options.apiVersion = value;
        } else if (option == "--delay") {
            delay = number(value);
        } else {
            std::fputs(usage, stderr);
            return 2;
        }
    }
    // Blocked before the engine's thread begins, so that the signal is for sigwait() alone.
    sigset_t ends;
    ::sigemptyset(&ends);
    ::sigaddset(&ends, SIGTERM);
    ::sigaddset(&ends, SIGINT);
    ::pthread_sigmask(SIG_BLOCK, &ends, nullptr);

    FakeEngine engine(options);
    if (delay > 0) {
        engine.addFault({.kind = Fault::Kind::Delay, .value = delay});
    }
    if (!engine.start()) {
        std::perror(options.socketPath.c_str());
        return 1;
    }
    int signal = 0;
    ::sigwait(&ends, &signal);
    return 0;
}
