// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/registry/trust/trust_cause.h"
#include "engine/registry/trust/trust_rules.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>

namespace tst_trust_rules {

using namespace roadstead;
using namespace roadstead::trust;
using State = Verdict::State;

/// Which keys speak for an image, and what a policy makes of a verdict.
class TestTrustRules : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theNarrowestScopeSpeaksAlone()
    {
        Rules rules;
        rules.keys = {{.name = "all"},
                      {.name = "registry", .scope = "registry.example"},
                      {.name = "team", .scope = "registry.example/team"},
                      {.name = "team too", .scope = "registry.example/team"}};
        const auto names = [&rules](const char *image) {
            std::string all;
            for (const TrustedKey &key : rules.keysFor(image)) {
                all += key.name + ";";
            }
            return all;
        };
        QCOMPARE(names("registry.example/team/web"), "team;team too;");
        QCOMPARE(names("registry.example/team"), "team;team too;");
        QCOMPARE(names("registry.example/teams/web"), "registry;"); // not by its letters alone
        QCOMPARE(names("registry.example:5000/web"), "all;");
        QCOMPARE(names("docker.io/library/nginx"), "all;");
        rules.keys.erase(rules.keys.begin());
        QCOMPARE(names("docker.io/library/nginx"), "");
    }

    void scopesAreTypedAsPeopleDo_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("scope"); ///< "-" = refused
        QTest::newRow("nothing is all") << "" << "";
        QTest::newRow("a registry") << "registry.example:5000" << "registry.example:5000";
        QTest::newRow("localhost") << "localhost" << "localhost";
        QTest::newRow("a name space") << "registry.example/team/" << "registry.example/team";
        QTest::newRow("with a star") << "registry.example/team/*" << "registry.example/team";
        QTest::newRow("Docker Hub's") << "docker.io/mara" << "docker.io/mara";
        QTest::newRow("a familiar name") << "nginx" << "docker.io/library/nginx";
        QTest::newRow("a familiar one with a space") << "mara/web" << "docker.io/mara/web";
        QTest::newRow("with a tag") << "registry.example/web:1" << "-";
        QTest::newRow("large letters") << "registry.example/Team" << "-";
        QTest::newRow("a url") << "https://registry.example" << "-";
    }
    void scopesAreTypedAsPeopleDo()
    {
        QFETCH(const QString, typed);
        QFETCH(const QString, scope);
        QCOMPARE(QString::fromStdString(scopeOf(typed.toStdString()).value_or("-")), scope);
    }

    void policiesAndVerdicts_data()
    {
        QTest::addColumn<Policy>("policy");
        QTest::addColumn<State>("state");
        QTest::addColumn<Gate>("gate");
        const std::pair<State, std::pair<Gate, Gate>> rows[] = {
            {State::NoRule, {Gate::Open, Gate::Closed}},
            {State::Local, {Gate::Open, Gate::Open}},
            {State::Trusted, {Gate::Open, Gate::Open}},
            {State::Unsigned, {Gate::Ask, Gate::Closed}},
            {State::OtherSigner, {Gate::Ask, Gate::Closed}},
            {State::Unchecked, {Gate::Ask, Gate::Closed}},
        };
        for (const auto &[state, gates] : rows) {
            QTest::addRow("off %d", int(state)) << Policy::Off << state << Gate::Open;
            QTest::addRow("warn %d", int(state)) << Policy::Warn << state << gates.first;
            QTest::addRow("refuse %d", int(state)) << Policy::Refuse << state << gates.second;
        }
    }
    void policiesAndVerdicts()
    {
        QFETCH(const Policy, policy);
        QFETCH(const State, state);
        QTEST(gateOf(policy, {.state = state}), "gate");
    }

    void causesAreOfErrorsOfTrustAlone()
    {
        QCOMPARE(trustCauseOf(trustError(TrustCause::OtherKey, "trust.verify")),
                 TrustCause::OtherKey);
        QCOMPARE(trustCauseOf({ErrorKind::NotFound, int(TrustCause::OtherKey), {}, "image.pull"}),
                 TrustCause::Unknown);
        QCOMPARE(trustCauseOf({ErrorKind::NotFound, 404, {}, "trust.verify"}), TrustCause::Unknown);
    }
};

} // namespace tst_trust_rules

ROADSTEAD_GUILESS_TEST(tst_trust_rules::TestTrustRules)
#include "tst_trust_rules.moc"
