// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/recreate/kept_containers.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>

namespace tst_kept_containers {

using namespace roadstead;
using namespace roadstead::service;
using docker::ContainerState;
using docker::ContainerSummary;

namespace {

ContainerSummary named(const std::string &id, const std::string &name,
                       ContainerState state = ContainerState::Exited)
{
    ContainerSummary container;
    container.id = id;
    container.name = name;
    container.state = state;
    return container;
}

/// One that a swap has put in the place of `old`, which was called "web".
ContainerSummary replacing(ContainerSummary container, const std::string &old)
{
    container.labels = {{"io.roadstead.replaces", old},
                        {"io.roadstead.replaces.name", "web"},
                        {"io.roadstead.replaces.state", "running"}};
    return container;
}

} // namespace

class KeptContainersTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatWasReplacedIsKeptForWhatReplacedIt()
    {
        const auto kept =
            keptContainers({named("0", "db"), named("1", "web-before"),
                            replacing(named("2", "web", ContainerState::Running), "1")});
        QCOMPARE(kept,
                 (std::vector<KeptContainer>{{"1", KeptBecause::Replaced, "2", "web", true}}));
    }
    void aNameThatAPersonGaveItLaterChangesNothing()
    {
        const auto kept = keptContainers(
            {named("1", "museum"), replacing(named("2", "shop", ContainerState::Running), "1")});
        QCOMPARE(kept,
                 (std::vector<KeptContainer>{{"1", KeptBecause::Replaced, "2", "shop", true}}));
    }
    void whatWasUndoneIsKeptTheOtherWayRound()
    {
        const auto kept = keptContainers(
            {named("1", "web", ContainerState::Running), replacing(named("2", "web-undone"), "1")});
        QCOMPARE(kept, (std::vector<KeptContainer>{{"2", KeptBecause::Undone, "1", "web", false}}));
    }
    void onlyTheLastOfSeveralCanReturn()
    {
        const auto kept =
            keptContainers({named("1", "web-before"), replacing(named("2", "web-before-2"), "1"),
                            replacing(named("3", "web", ContainerState::Running), "2")});
        QCOMPARE(kept, (std::vector<KeptContainer>{
                           {"1", KeptBecause::Replaced, "2", "web-before-2", false},
                           {"2", KeptBecause::Replaced, "3", "web", true}}));
    }
    void aSwapThatWasCutOffHasLeftNothingBehind()
    {
        QVERIFY(keptContainers({named("1", "web"),
                                replacing(named("2", "web-next", ContainerState::Created), "1")})
                    .empty());
        QVERIFY(keptContainers({named("1", "web-before"),
                                replacing(named("2", "web", ContainerState::Created), "1")})
                    .empty());
    }
    void theOldOneMayBeGone()
    {
        QVERIFY(
            keptContainers({replacing(named("2", "web", ContainerState::Running), "1")}).empty());
    }
};

} // namespace tst_kept_containers

ROADSTEAD_GUILESS_TEST(tst_kept_containers::KeptContainersTest)
#include "tst_kept_containers.moc"
