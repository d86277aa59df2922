// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/test_program/test_program.h"

#include <sys/prctl.h>

#include <cstdio>
#include <string>

namespace roadstead::test {
namespace {

const HeldTest *lastHeldTest = nullptr; // set before main(), by one thread

std::string_view nameOfTest(std::string_view source)
{
    source.remove_prefix(source.rfind('/') + 1);
    constexpr std::string_view prefix = "tst_";
    if (source.starts_with(prefix)) {
        source.remove_prefix(prefix.size());
    }
    return source.substr(0, source.rfind('.'));
}

} // namespace

HeldTest::HeldTest(std::string_view source, Run function)
    : m_name(nameOfTest(source))
    , m_run(function)
    , m_next(lastHeldTest)
{
    lastHeldTest = this;
}

const HeldTest *HeldTest::first()
{
    return lastHeldTest;
}

} // namespace roadstead::test

int main(int argc, char **argv)
{
    using roadstead::test::HeldTest;
    const std::string_view wanted = argc > 1 ? argv[1] : "";
    for (const HeldTest *test = HeldTest::first(); test; test = test->next()) {
        if (test->name() == wanted) {
            // Its own name in lists of processes, and its own options alone.
            ::prctl(PR_SET_NAME, ("tst_" + std::string(wanted)).c_str());
            argv[1] = argv[0];
            return test->run(argc - 1, argv + 1);
        }
    }
    std::fprintf(stderr, "usage: %s TEST [options of Qt Test], where TEST is one of\n", argv[0]);
    for (const HeldTest *test = HeldTest::first(); test; test = test->next()) {
        std::fprintf(stderr, "  %.*s\n", int(test->name().size()), test->name().data());
    }
    return 2;
}
