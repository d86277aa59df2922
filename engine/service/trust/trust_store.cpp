// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/trust/trust_store.h"

#include "engine/registry/trust/content_trust.h"

#include <QSettings>

using namespace Qt::StringLiterals;

namespace roadstead::service {

namespace {

constexpr int mostKeys = 200;

std::string textIn(const QSettings &settings, const QString &key)
{
    return settings.value(key).toString().toStdString();
}

} // namespace

trust::Rules readTrustRules()
{
    QSettings settings;
    trust::Rules rules;
    const QString policy = settings.value(u"trust/policy"_s).toString();
    rules.policy = policy == "refuse"_L1 ? trust::Policy::Refuse
                   : policy == "warn"_L1 ? trust::Policy::Warn
                                         : trust::Policy::Off;
    rules.notaryServer = textIn(settings, u"trust/notaryServer"_s);
    if (rules.notaryServer.empty()) {
        rules.notaryServer = qEnvironmentVariable("DOCKER_CONTENT_TRUST_SERVER").toStdString();
    }
    if (!trust::isNotaryServer(rules.notaryServer)) {
        rules.notaryServer.clear();
    }
    const int count = std::min(settings.beginReadArray(u"trust/keys"_s), mostKeys);
    for (int i = 0; i < count; ++i) {
        settings.setArrayIndex(i);
        trust::TrustedKey key{.name = textIn(settings, u"name"_s),
                              .publicKey = textIn(settings, u"publicKey"_s),
                              .privateKey = textIn(settings, u"privateKey"_s),
                              .scope = textIn(settings, u"scope"_s)};
        if (!key.name.empty() && !key.publicKey.empty()) {
            rules.keys.push_back(std::move(key));
        }
    }
    settings.endArray();
    return rules;
}

void keepTrustRules(const trust::Rules &rules)
{
    QSettings settings;
    settings.setValue(u"trust/policy"_s, rules.policy == trust::Policy::Refuse ? u"refuse"_s
                                         : rules.policy == trust::Policy::Warn ? u"warn"_s
                                                                               : u"off"_s);
    settings.setValue(u"trust/notaryServer"_s, QString::fromStdString(rules.notaryServer));
    settings.remove(u"trust/keys"_s);
    settings.beginWriteArray(u"trust/keys"_s, int(rules.keys.size()));
    for (int i = 0; const trust::TrustedKey &key : rules.keys) {
        settings.setArrayIndex(i++);
        settings.setValue(u"name"_s, QString::fromStdString(key.name));
        settings.setValue(u"publicKey"_s, QString::fromStdString(key.publicKey));
        settings.setValue(u"privateKey"_s, QString::fromStdString(key.privateKey));
        settings.setValue(u"scope"_s, QString::fromStdString(key.scope));
    }
    settings.endArray();
}

} // namespace roadstead::service
