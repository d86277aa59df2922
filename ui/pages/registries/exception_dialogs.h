// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/operation.h"
#include "engine/service/registries/certificates.h"
#include "ui/widgets/dialog.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

class QLineEdit;

namespace roadstead::service {
class RegistryDesk;
}

namespace roadstead::ui {

class Label;
class PathField;

/// Shows what a registry presents, or what is in a file, and asks whether it is to be believed for
/// that registry.
class TrustCertificateDialog : public Dialog
{
    Q_OBJECT
public:
    using Line = std::function<QString(const std::string &registry, const QString &file)>;

    /// `desk` must outlive this; `registry` empty = it is typed.
    TrustCertificateDialog(service::RegistryDesk *desk, const std::string &registry, Line line,
                           QWidget *parent);
    ~TrustCertificateDialog() override;
    void accept() override;

Q_SIGNALS:
    void trusted(const std::string &registry, const std::string &pem, const QString &file);

private:
    [[nodiscard]] std::string registry() const;
    [[nodiscard]] std::string pem() const;
    void look();
    void readFile();
    void take(const Result<std::vector<service::CertificateFacts>> &shown);
    void refresh();

    service::RegistryDesk *m_desk;
    Line m_line;
    QLineEdit *m_registry;
    PathField *m_file;
    Label *m_state;
    QWidget *m_facts;
    Label *m_subject;
    Label *m_issuer;
    Label *m_validity;
    Label *m_fingerprint;
    Label *m_meaning;
    service::Operation<std::vector<service::CertificateFacts>> m_operation;
    std::string m_asked;                            ///< the registry of what is shown
    std::vector<service::CertificateFacts> m_shown; ///< by the registry
    std::vector<service::CertificateFacts> m_read;  ///< of the file
    QString m_problem;
};

/// Asks whether a registry is to be used without encryption; Cancel first.
class InsecureRegistryDialog : public ConfirmDialog
{
    Q_OBJECT
public:
    /// `registry` empty = it is typed.
    InsecureRegistryDialog(const std::string &registry,
                           std::function<QString(const std::string &registry)> line,
                           QWidget *parent);
    [[nodiscard]] std::string registry() const;

private:
    void refresh();

    std::function<QString(const std::string &registry)> m_line;
    QLineEdit *m_registry;
};

/// For an engine that is not ours: what has to be written where.
class ExceptionHelpDialog : public Dialog
{
    Q_OBJECT
public:
    enum class Wanted { Certificate, Insecure };
    ExceptionHelpDialog(Wanted wanted, const std::string &registry, QWidget *parent);
};

/// The same as rows that can be copied; `registry` may be a placeholder.
void addExceptionHelp(QVBoxLayout *column, ExceptionHelpDialog::Wanted wanted,
                      const QString &registry);

} // namespace roadstead::ui
