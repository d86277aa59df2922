// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/fake_registry/fake_registry.h"

#include <QProcess>
#include <QString>
#include <QTemporaryDir>

#include <memory>
#include <string>

/// A docker-registry of its own on loopback for live tests, and the token service that it trusts.
/// It knows the users "mara", who may do everything, and, where tokens are used, "reader", who may
/// pull only; both have the password `password`. Ended by the destructor.
class RealRegistry
{
public:
    enum class Auth { None, Basic, Token };
    enum class Certificate { None, Good, OtherHost, Expired };
    static constexpr const char *password = "open sesame";

    RealRegistry();
    ~RealRegistry();
    RealRegistry(const RealRegistry &) = delete;
    RealRegistry &operator=(const RealRegistry &) = delete;

    /// Starts it and waits until it answers. False, with its log printed, when it does not.
    /// `port` 0 = a free one.
    bool start(Auth auth, Certificate certificate = Certificate::None, bool canDelete = true,
               quint16 port = 0);
    void stop();

    [[nodiscard]] quint16 port() const { return m_port; }
    /// "127.0.0.1:PORT"
    [[nodiscard]] std::string name() const;
    /// Who signed its certificate, a PEM file.
    [[nodiscard]] std::string authority() const;
    [[nodiscard]] int tokensGiven() const { return m_tokensGiven; }

private:
    [[nodiscard]] bool sh(const QString &script) const;
    [[nodiscard]] bool makeCertificate(Certificate certificate) const;
    [[nodiscard]] QByteArray settings(Auth auth, bool isEncrypted, bool canDelete) const;
    [[nodiscard]] roadstead::test::Told giveToken(const roadstead::test::AskedFor &asked);
    [[nodiscard]] QByteArray signedToken(const QByteArray &claims) const;

    QTemporaryDir m_folder;
    QProcess m_process;
    quint16 m_port = 0;
    std::atomic<int> m_tokensGiven = 0;
    std::unique_ptr<roadstead::test::FakeRegistry> m_tokens;
};
