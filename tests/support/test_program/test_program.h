// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One program holds the tests of several folders: compiled several at a time, and linked once, they
// build in a sixth of the time that a program for each takes. A test ends with one of the three
// macros below; "PROGRAM NAME [options of Qt Test]" runs tst_NAME.cpp, in a process of its own as
// before.

#pragma once

#include <QTest>

#include <string_view>

namespace roadstead::test {

/// A test that the program holds. Made before main() by the macros below, and alive until the
/// program ends.
class HeldTest
{
public:
    using Run = int (*)(int argc, char **argv);

    /// source: the file's path, of which tst_NAME.cpp gives the test its name.
    HeldTest(std::string_view source, Run function);
    HeldTest(const HeldTest &) = delete;
    HeldTest &operator=(const HeldTest &) = delete;

    std::string_view name() const { return m_name; }
    int run(int argc, char **argv) const { return m_run(argc, argv); }
    const HeldTest *next() const { return m_next; }

    /// The first of all tests of this program, null if there is none.
    static const HeldTest *first();

private:
    std::string_view m_name;
    Run m_run;
    const HeldTest *m_next;
};

/// Runs the test in an Application (QCoreApplication, QApplication).
template<class Test, class Application>
int runIn(int argc, char **argv)
{
    QCoreApplication::setAttribute(Qt::AA_Use96Dpi); // as Qt Test's own main() has it
    Application application(argc, argv);
    Test test;
    return QTest::qExec(&test, argc, argv);
}

/// Runs the test without an application.
template<class Test>
int runAlone(int argc, char **argv)
{
    Test test;
    return QTest::qExec(&test, argc, argv);
}

} // namespace roadstead::test

#define ROADSTEAD_HELD_NAME_2(counter) roadsteadHeldTest##counter
#define ROADSTEAD_HELD_NAME(counter) ROADSTEAD_HELD_NAME_2(counter)
#define ROADSTEAD_HOLD_TEST(...)                                                                   \
    static const ::roadstead::test::HeldTest ROADSTEAD_HELD_NAME(__COUNTER__)(__FILE__,            \
                                                                              __VA_ARGS__);

/// Class is the test of this source, without an application, in a QCoreApplication, or in a
/// QApplication.
#define ROADSTEAD_APPLESS_TEST(Class) ROADSTEAD_HOLD_TEST(::roadstead::test::runAlone<Class>)
#define ROADSTEAD_GUILESS_TEST(Class)                                                              \
    ROADSTEAD_HOLD_TEST((::roadstead::test::runIn<Class, QCoreApplication>))
#define ROADSTEAD_WIDGET_TEST(Class)                                                               \
    ROADSTEAD_HOLD_TEST((::roadstead::test::runIn<Class, QApplication>))
