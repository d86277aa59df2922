// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/registries/exception_dialogs.h"

#include "engine/base/engine_options.h"
#include "engine/registry/account_book.h"
#include "engine/service/registries/registry_desk.h"
#include "ui/text/display_text.h"
#include "ui/text/registry_text.h"
#include "ui/theme/metrics.h"
#include "ui/trust/path_field.h"
#include "ui/widgets/announce.h"
#include "ui/widgets/button.h"
#include "ui/widgets/copy_row.h"
#include "ui/widgets/label.h"

#include <QFile>
#include <QFileInfo>
#include <QGridLayout>
#include <QLineEdit>
#include <QLocale>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

constexpr int trustWidth = 560;
constexpr qint64 longestFile = 65536;
constexpr std::size_t longestName = 200;

/// People paste URLs; a registry is its host.
std::string typedRegistry(const QLineEdit *field)
{
    const std::string typed = field->text().trimmed().toStdString();
    const std::string name = typed.contains("://") ? registry::registryOfKey(typed) : typed;
    return isRegistryAddress(name) ? name : std::string();
}

/// Only one that is not known yet is asked for: the question names it.
QLineEdit *addRegistryField(QVBoxLayout *column, const QString &name, const std::string &registry)
{
    if (!registry.empty()) {
        auto *known = new QLineEdit(QString::fromStdString(registry), column->parentWidget());
        known->hide();
        return known;
    }
    auto *field = addTextField(column, name, TrustCertificateDialog::tr("Registry"),
                               u"registry.example:5000"_s);
    return field;
}

Label *addFact(QGridLayout *grid, const QString &caption, const QString &name, FontRole role)
{
    auto *title = new Label(caption, FontRole::Small, Color::Text2);
    auto *value = new Label({}, role);
    value->setObjectName(name);
    value->setWordWrap(true);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    const int row = grid->rowCount();
    grid->addWidget(title, row, 0, Qt::AlignTop);
    grid->addWidget(value, row, 1);
    return value;
}

QString dateText(const QDateTime &moment)
{
    return QLocale().toString(moment.toLocalTime().date(), QLocale::ShortFormat);
}

/// Where lines may break: a fingerprint has no spaces.
QString inTwoLines(const std::string &fingerprint)
{
    constexpr qsizetype half = 48; // sixteen of the 32 bytes
    const QString text = displayText(fingerprint, longestName);
    return text.size() > half ? text.first(half) + u'\n' + text.sliced(half) : text;
}

/// Nothing that is over, or not yet good, helps.
bool isGoodToday(const service::CertificateFacts &facts)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    return facts.from <= now && now <= facts.until;
}

} // namespace

// ---- Trust

TrustCertificateDialog::TrustCertificateDialog(service::RegistryDesk *desk,
                                               const std::string &registry, Line line,
                                               QWidget *parent)
    : Dialog(u"trustCertificateDialog"_s,
             registry.empty() ? tr("Trust a registry's certificate?")
                              : tr("Trust the certificate of %1?").arg(displayText(registry, 60)),
             parent)
    , m_desk(desk)
    , m_line(std::move(line))
    , m_registry(addRegistryField(body(), u"trustRegistry"_s, registry))
    , m_file(addPathField(body(), PathField::Kind::File, u"trustFile"_s,
                          tr("Certificate of who signs for it (empty = what the registry shows)"),
                          tr("Certificates (*.crt *.pem *.cer)")))
    , m_state(new Label({}, FontRole::Body, Color::Text2))
    , m_facts(new QWidget)
{
    setLeastWidth(trustWidth);
    setText(tr("Your engine will believe it for this registry, and for no other. Compare the "
               "SHA-256 with what whoever runs the registry tells you in another way: somebody in "
               "between could show a certificate of their own. The engine restarts for it: "
               "containers keep running, pulls and builds under way end."));
    auto *grid = new QGridLayout(m_facts);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(space::s3);
    grid->setVerticalSpacing(space::s1);
    grid->setColumnStretch(1, 1);
    m_subject = addFact(grid, tr("Belongs to"), u"certificateSubject"_s, FontRole::Body);
    m_issuer = addFact(grid, tr("Signed by"), u"certificateIssuer"_s, FontRole::Body);
    m_validity = addFact(grid, tr("Valid"), u"certificateValidity"_s, FontRole::Body);
    m_fingerprint = addFact(grid, tr("SHA-256"), u"certificateFingerprint"_s, FontRole::Mono);
    m_meaning = new Label({}, FontRole::Small, Color::Text2);
    m_meaning->setObjectName(u"certificateMeaning"_s);
    m_meaning->setWordWrap(true);
    grid->addWidget(m_meaning, grid->rowCount(), 0, 1, 2);
    m_state->setObjectName(u"certificateState"_s);
    m_state->setWordWrap(true);
    body()->addWidget(m_state);
    body()->addWidget(m_facts);
    setVerb(tr("Trust this certificate"));
    connect(m_registry, &QLineEdit::editingFinished, this, &TrustCertificateDialog::look);
    connect(m_registry, &QLineEdit::textChanged, this, &TrustCertificateDialog::refresh);
    connect(m_file, &PathField::changed, this, &TrustCertificateDialog::readFile);
    if (registry.empty()) {
        m_registry->setFocus(Qt::OtherFocusReason);
    } else {
        cancelButton()->setFocus(Qt::OtherFocusReason);
    }
    look();
    refresh();
}

TrustCertificateDialog::~TrustCertificateDialog()
{
    m_operation.cancel();
}

std::string TrustCertificateDialog::registry() const
{
    return typedRegistry(m_registry);
}

/// Of the file all there is, else of what the registry shows the last: the nearest to who signs.
std::string TrustCertificateDialog::pem() const
{
    if (!m_file->path().isEmpty()) {
        std::string all;
        for (const service::CertificateFacts &each : m_read) {
            all += each.pem;
        }
        return all;
    }
    return m_shown.empty() || m_asked != registry() ? std::string() : m_shown.back().pem;
}

void TrustCertificateDialog::look()
{
    const std::string name = registry();
    if (name.empty() || name == m_asked) {
        return;
    }
    m_operation.cancel();
    m_asked = name;
    m_shown.clear();
    m_problem.clear();
    m_operation = m_desk->certificates(name);
    m_operation.then(this,
                     [this, name](const Result<std::vector<service::CertificateFacts>> &shown) {
                         if (name == m_asked) {
                             take(shown);
                         }
                     });
    refresh();
}

void TrustCertificateDialog::take(const Result<std::vector<service::CertificateFacts>> &shown)
{
    if (shown) {
        m_shown = *shown;
    }
    m_problem =
        !shown ? explainRegistry(shown.error(), RegistryAct::Look, {.registry = m_asked}).reason
        : m_shown.empty() ? tr("The registry shows no certificate.")
                          : QString();
    refresh();
    announce(this, m_state->isHidden() ? m_subject->text() : m_state->text());
}

void TrustCertificateDialog::readFile()
{
    m_read.clear();
    QFile file(m_file->path());
    if (QFileInfo(file).isFile() && file.open(QIODevice::ReadOnly)) {
        if (const auto read = service::certificatesOf(file.read(longestFile))) {
            m_read = *read;
        } else if (read.error().detail == "key") {
            setProblem(tr("This file has a private key in it. Choose one with the certificate "
                          "alone."));
            refresh();
            return;
        }
    }
    setProblem(m_read.empty() && !m_file->path().isEmpty() ? tr("This file has no certificate.")
                                                           : QString());
    refresh();
}

void TrustCertificateDialog::refresh()
{
    const bool isFile = !m_file->path().isEmpty();
    const auto &facts = isFile ? m_read : m_shown;
    const bool isThere = !facts.empty() && (isFile || m_asked == registry());
    m_state->setVisible(!isThere && !isFile);
    m_state->setText(!m_problem.isEmpty() ? m_problem
                     : registry().empty() ? tr("Enter a registry to see what it shows.")
                                          : tr("Asking for its certificate"));
    m_facts->setVisible(isThere);
    if (isThere) {
        const service::CertificateFacts &shown = facts.back();
        const bool isGood = isGoodToday(shown);
        m_subject->setText(displayText(shown.subject, longestName));
        m_issuer->setText(shown.isSelfSigned ? tr("itself")
                                             : displayText(shown.issuer, longestName));
        m_validity->setText(tr("%1 to %2").arg(dateText(shown.from), dateText(shown.until)) +
                            (isGood ? QString() : u' ' + tr("– not today, so it would not help")));
        m_validity->setTone(isGood ? Color::Text : Color::Danger);
        m_fingerprint->setText(inTwoLines(shown.fingerprint));
        m_meaning->setText(
            facts.size() > 1 && isFile
                ? tr("The last of %n certificates in the file; all of them will be believed.",
                     nullptr, int(facts.size()))
            : shown.isAuthority
                ? tr("It may sign others: when the registry's own is renewed, nothing has to be "
                     "done here.")
                : tr("It is the registry's own: when it is renewed, it must be trusted anew. The "
                     "certificate of who signs it, from a file, would last longer."));
    }
    setCommand(registry().empty() ? QString() : m_line(registry(), m_file->path()));
    setVerbEnabled(!registry().empty() && !pem().empty());
}

void TrustCertificateDialog::accept()
{
    const std::string name = registry();
    const std::string text = pem();
    if (name.empty() || text.empty()) {
        return;
    }
    if (text.size() > longestCertificate) {
        setProblem(tr("This is more than an engine takes for one registry (16 KiB). Choose a file "
                      "with the one certificate that is needed."));
        return;
    }
    Q_EMIT trusted(name, text, m_file->path());
    Dialog::accept();
}

// ---- Insecure

InsecureRegistryDialog::InsecureRegistryDialog(
    const std::string &registry, std::function<QString(const std::string &registry)> line,
    QWidget *parent)
    : ConfirmDialog(u"insecureRegistryDialog"_s,
                    registry.empty()
                        ? tr("Use a registry without encryption?")
                        : tr("Use %1 without encryption?").arg(displayText(registry, 60)),
                    parent)
    , m_line(std::move(line))
    , m_registry(addRegistryField(body(), u"insecureRegistry"_s, registry))
{
    setText(tr("Do it only in a network that you trust."));
    addLost(u"lock"_s, tr("Passwords and tokens: whoever is on the way can read them"));
    addLost(u"shield-lock"_s,
            tr("Certainty: images can be changed on the way, or come from somebody else"));
    setStays(tr("Other registries, and running containers: the engine restarts for it. Encryption "
                "is still tried first, with any certificate."));
    setVerb(tr("Use without encryption"), ButtonKind::DangerSolid);
    connect(m_registry, &QLineEdit::textChanged, this, &InsecureRegistryDialog::refresh);
    if (registry.empty()) {
        m_registry->setFocus(Qt::OtherFocusReason);
    }
    refresh();
}

std::string InsecureRegistryDialog::registry() const
{
    return typedRegistry(m_registry);
}

void InsecureRegistryDialog::refresh()
{
    setCommand(registry().empty() ? QString() : m_line(registry()));
    setVerbEnabled(!registry().empty());
}

// ---- Not ours

void addExceptionHelp(QVBoxLayout *column, ExceptionHelpDialog::Wanted wanted,
                      const QString &registry)
{
    const bool isCertificate = wanted == ExceptionHelpDialog::Wanted::Certificate;
    const auto add = [column](const QString &name, const QString &label, const QString &text) {
        column->addWidget(new Label(label, FontRole::Small, Color::Text2));
        auto *row = new CopyRow(name, label);
        row->setText(text);
        column->addWidget(row);
    };
    if (isCertificate) {
        add(u"certificateFile"_s,
            ExceptionHelpDialog::tr("Docker: the certificate of who signs for it, as this file"),
            u"/etc/docker/certs.d/%1/ca.crt"_s.arg(registry));
        add(u"podmanCertificateFile"_s, ExceptionHelpDialog::tr("Podman: as this file"),
            u"/etc/containers/certs.d/%1/ca.crt"_s.arg(registry));
    } else {
        add(u"daemonLine"_s,
            ExceptionHelpDialog::tr("Docker: in /etc/docker/daemon.json, then restart Docker"),
            u"{ \"insecure-registries\": [\"%1\"] }"_s.arg(registry));
        add(u"podmanLines"_s, ExceptionHelpDialog::tr("Podman: in a terminal"),
            u"printf '[[registry]]\\nlocation = \"%1\"\\ninsecure = true\\n' | "
            "sudo tee -a /etc/containers/registries.conf.d/insecure.conf"_s.arg(registry));
    }
}

ExceptionHelpDialog::ExceptionHelpDialog(Wanted wanted, const std::string &registry,
                                         QWidget *parent)
    : Dialog(u"exceptionHelpDialog"_s,
             wanted == Wanted::Certificate ? tr("How does this engine trust the certificate of %1?")
                                                 .arg(displayText(registry, 60))
                                           : tr("How does this engine use %1 without encryption?")
                                                 .arg(displayText(registry, 60)),
             parent)
{
    setLeastWidth(trustWidth);
    setText(wanted == Wanted::Certificate
                ? tr("This engine is not Roadstead's own, so whoever looks after it has to do it, "
                     "on the computer where it runs. The next connection uses it; nothing has to "
                     "be restarted.")
                : tr("This engine is not Roadstead's own, so whoever looks after it has to do it, "
                     "on the computer where it runs. Whoever is on the way can then read "
                     "passwords and change images: only in a network that you trust."));
    addExceptionHelp(body(), wanted, displayText(registry, longestName));
    cancelButton()->hide();
    setVerb(tr("Close"));
}

} // namespace roadstead::ui
