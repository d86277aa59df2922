// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QString>
#include <QTemporaryDir>

#include <string>

/// A notary-server with its notary-signer on loopback, both with memory for a store and with
/// certificates of their own. Ended by the destructor.
class RealNotary
{
public:
    RealNotary() = default;
    ~RealNotary();
    RealNotary(const RealNotary &) = delete;
    RealNotary &operator=(const RealNotary &) = delete;

    /// Starts both and waits until the server answers. False, with their logs printed, when it does
    /// not. On the same port each time; what was signed before is forgotten.
    bool start();
    void stop();

    /// "https://127.0.0.1:PORT"
    [[nodiscard]] std::string address() const;
    /// "127.0.0.1:PORT"
    [[nodiscard]] QString place() const;
    /// Who signed its certificate, a PEM file.
    [[nodiscard]] QString authority() const { return file("ca.pem"); }

private:
    [[nodiscard]] QString file(const char *name) const;
    [[nodiscard]] bool makeCertificates() const;
    [[nodiscard]] bool write(const char *name, const QByteArray &text) const;

    QTemporaryDir m_folder;
    QProcess m_server;
    QProcess m_signer;
    quint16 m_port = 0;
    quint16 m_signerPort = 0;
};
