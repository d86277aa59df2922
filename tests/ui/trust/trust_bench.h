// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/registry/trust/trust_cause.h"
#include "engine/registry/trust/trust_rules.h"
#include "tests/ui/support/pictures.h"
#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QStandardPaths>
#include <QTest>

#include <optional>
#include <string>

/// What the tests of trust in the window have in common.
namespace roadstead::test {

inline const std::string digest = "sha256:" + std::string(64, '7');
inline const std::string web = "registry.example/team/web";

inline trust::Verdict verdictOf(trust::Verdict::State state,
                                std::optional<trust::TrustCause> why = {})
{
    trust::Verdict verdict{
        .state = state, .name = web, .tag = "1", .digest = digest, .signer = "release"};
    if (why) {
        verdict.why = trust::trustError(*why, "trust.verify", "cosign's words");
    }
    return verdict;
}

inline trust::Rules rulesOf(trust::Policy policy)
{
    return {.policy = policy,
            .keys = {{.name = "release",
                      .publicKey = "/keys/release.pub",
                      .privateKey = "/keys/release.key",
                      .scope = "registry.example"}}};
}

inline void settleWindow()
{
    settlePicture();
}

inline void press(const QWidget &inside, const char *name)
{
    for (auto *button : inside.findChildren<QAbstractButton *>(QLatin1StringView(name))) {
        if (button->isVisible()) {
            QTest::mouseClick(button, Qt::LeftButton);
            settleWindow();
            return;
        }
    }
    QFAIL(name);
}

inline bool isShown(const QWidget &inside, const char *name)
{
    const auto *found = inside.findChild<QWidget *>(QLatin1StringView(name));
    return found != nullptr && found->isVisible();
}

inline QString textOf(const QWidget &inside, const char *name)
{
    const auto *label = inside.findChild<QLabel *>(QLatin1StringView(name));
    return label == nullptr ? QStringLiteral("(not there)") : label->text();
}

inline QLineEdit *field(const QWidget &inside, const char *name)
{
    return inside.findChild<QLineEdit *>(QLatin1StringView(name));
}

inline void beginTrustTests(const QString &name)
{
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(QStringLiteral("roadstead-tests"));
    QCoreApplication::setApplicationName(name);
    QSettings().clear();
    ui::Theme::instance().install(*qApp);
    ui::Theme::instance().setAppearance(ui::Appearance::Light);
}

} // namespace roadstead::test
