// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/engine_dialog.h"

#include "engine/context/host.h"
#include "engine/docker/command.h"
#include "engine/service/known_engines.h"
#include "ui/text/display_text.h"
#include "ui/text/error_text.h"
#include "ui/text/formats.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/announce.h"
#include "ui/widgets/button.h"
#include "ui/widgets/command_strip.h"
#include "ui/widgets/label.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPointer>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

constexpr int longestText = 512;
constexpr auto testPatience = std::chrono::seconds(15);

} // namespace

EngineDialog::EngineDialog(Parts parts, QWidget *parent)
    : Dialog(u"engineDialog"_s,
             parts.edited ? tr("Edit %1").arg(displayText(parts.edited->context.name, 60))
                          : tr("Add an engine"),
             parent)
    , m_parts(std::move(parts))
{
    setText(m_parts.edited
                ? tr("The docker command uses the same entry, so it follows.")
                : tr("It is kept as a context of the docker command, which can use it, too."));
    setLeastWidth(scaled(520));
    body()->setSpacing(space::s2);
    m_name = addField(u"engineName"_s, tr("Name"), u"build-host"_s);
    m_host = addField(u"engineHost"_s, tr("Address"), u"ssh://me@build-host"_s);
    auto *forms = new Label(tr("ssh://user@host, tcp://host:2376 or unix:///path/to/docker.sock"),
                            FontRole::Small, Color::Text3);
    forms->setWordWrap(true);
    body()->addWidget(forms);

    m_tls = new QWidget;
    auto *tls = new QVBoxLayout(m_tls);
    tls->setContentsMargins(0, 0, 0, 0);
    tls->setSpacing(space::s2);
    body()->addWidget(m_tls);
    m_tls->hide();
    m_authority = addFileField(u"engineAuthority"_s, tr("CA certificate"));
    m_certificate = addFileField(u"engineCertificate"_s, tr("Client certificate"));
    m_key = addFileField(u"engineKey"_s, tr("Client key"));
    m_description = addField(u"engineDescription"_s, tr("Description"), {});

    m_result = new QWidget;
    auto *result = new QHBoxLayout(m_result);
    result->setContentsMargins(0, 0, 0, 0);
    result->setSpacing(space::s2);
    m_mark = new MarkLabel(StateMark::Busy);
    m_words = new Label({}, FontRole::Small, Color::Text2);
    m_words->setWordWrap(true);
    m_words->setObjectName(u"engineTestResult"_s);
    result->addWidget(m_mark, 0, Qt::AlignTop);
    result->addWidget(m_words, 1);
    m_result->hide();
    body()->addWidget(m_result);

    m_test = new Button(u"engineTest"_s, tr("Test connection"));
    connect(m_test, &QPushButton::clicked, this, &EngineDialog::test);
    addFooterWidget(m_test);
    setVerb(m_parts.edited ? tr("Save") : tr("Add engine"));
    if (m_parts.edited) {
        const Entry &before = *m_parts.edited;
        m_name->setText(QString::fromStdString(before.context.name));
        m_name->setReadOnly(true);
        m_host->setText(QString::fromStdString(before.context.host));
        m_description->setText(QString::fromStdString(before.context.description));
        m_authority->setText(QString::fromStdString(before.tls.authority));
        m_certificate->setText(QString::fromStdString(before.tls.certificate));
        m_key->setText(QString::fromStdString(before.tls.key));
    }
    for (QLineEdit *field : {m_name, m_host, m_description, m_authority, m_certificate, m_key}) {
        connect(field, &QLineEdit::textChanged, this, &EngineDialog::refresh);
    }
    (m_parts.edited ? m_host : m_name)->setFocus(Qt::OtherFocusReason);
    refresh();
}

EngineDialog::~EngineDialog() = default;

QLineEdit *EngineDialog::addField(const QString &name, const QString &label, const QString &hint)
{
    auto *title = new Label(label, FontRole::Small, Color::Text2);
    auto *field = new QLineEdit;
    field->setObjectName(name);
    field->setAccessibleName(label);
    field->setPlaceholderText(hint);
    field->setMaxLength(longestText);
    title->setBuddy(field);
    body()->addWidget(title);
    body()->addWidget(field);
    return field;
}

QLineEdit *EngineDialog::addFileField(const QString &name, const QString &label)
{
    auto *title = new Label(label, FontRole::Small, Color::Text2);
    auto *field = new QLineEdit;
    field->setObjectName(name);
    field->setAccessibleName(label);
    field->setPlaceholderText(tr("A file in PEM form"));
    title->setBuddy(field);
    auto *choose = new Button(name + u"Choose"_s, tr("Choose …"));
    choose->setAccessibleName(tr("Choose the file: %1").arg(label));
    connect(choose, &QPushButton::clicked, this, [this, field, label] {
        auto *dialog = new QFileDialog(this, label, field->text());
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::ExistingFile);
        connect(dialog, &QFileDialog::fileSelected, field, &QLineEdit::setText);
        dialog->open();
    });
    auto *row = new QHBoxLayout;
    row->setSpacing(space::s2);
    row->addWidget(field, 1);
    row->addWidget(choose);
    for (QWidget *whole : {static_cast<QWidget *>(field), static_cast<QWidget *>(choose)}) {
        whole->setMinimumHeight(whole->sizeHint().height());
    }
    auto *column = static_cast<QVBoxLayout *>(m_tls->layout());
    column->addWidget(title);
    column->addLayout(row);
    return field;
}

EngineDialog::Entry EngineDialog::entry() const
{
    const auto text = [](const QLineEdit *field) { return field->text().trimmed().toStdString(); };
    Entry entry;
    if (m_parts.edited) {
        entry.context = m_parts.edited->context;
    }
    entry.context.name = text(m_name);
    entry.context.host = text(m_host);
    entry.context.description = text(m_description);
    if (!m_tls->isHidden()) {
        entry.tls = {text(m_authority), text(m_certificate), text(m_key)};
    }
    return entry;
}

QString EngineDialog::commandFor(const Entry &entry) const
{
    std::string endpoint = "host=" + entry.context.host;
    for (const auto &[name, path] :
         {std::pair(",ca=", entry.tls.authority), std::pair(",cert=", entry.tls.certificate),
          std::pair(",key=", entry.tls.key)}) {
        endpoint += path.empty() ? std::string() : name + path;
    }
    std::vector<std::string> words{"context", m_parts.edited ? "update" : "create"};
    if (!entry.context.description.empty()) {
        words.insert(words.end(), {"--description", entry.context.description});
    }
    words.insert(words.end(), {"--docker", endpoint, entry.context.name});
    return QString::fromStdString(docker::commandLine(words));
}

QString EngineDialog::problem() const
{
    const Entry now = entry();
    if (!m_parts.edited && !context::checkName(now.context.name)) {
        return tr("A name has two or more letters or digits; between them may be “.”, “_”, “+” and "
                  "“-”. “default” is taken.");
    }
    const auto address = context::parseHost(now.context.host);
    if (now.context.host.empty() || !address || !context::checkContextHost(now.context.host)) {
        return tr("The address has to be like ssh://user@host, tcp://host:2376 or "
                  "unix:///path/to/docker.sock, without a password.");
    }
    if (now.tls.certificate.empty() != now.tls.key.empty()) {
        return tr("A client certificate and its key belong together: choose both, or none.");
    }
    return {};
}

void EngineDialog::refresh()
{
    const bool needsTls = m_host->text().trimmed().startsWith("tcp:"_L1);
    if (needsTls == m_tls->isHidden()) {
        m_tls->setVisible(needsTls);
        QMetaObject::invokeMethod(this, &QWidget::adjustSize, Qt::QueuedConnection);
    }
    const QString wrong = problem();
    setProblem(m_tried ? wrong : QString());
    setCommand(wrong.isEmpty() ? commandFor(entry()) : QString());
    const std::string host = entry().context.host;
    m_test->setEnabled(!host.empty() && context::parseHost(host));
    // What was tried was another one.
    m_probe.reset();
    m_result->hide();
}

void EngineDialog::test()
{
    const Entry now = entry();
    const auto endpoint =
        service::endpointOf(now.context.host, now.tls, false, now.context.skipTlsVerify);
    if (!endpoint) {
        showLook({.reach = service::Reach::Unreachable, .error = endpoint.error()});
        return;
    }
    m_mark->setMark(StateMark::Busy);
    m_words->setText(tr("Connecting …"));
    m_result->show();
    m_probe = std::make_unique<service::EngineProbe>(*endpoint, testPatience);
    connect(m_probe.get(), &service::EngineProbe::finished, this, &EngineDialog::showLook);
}

void EngineDialog::showLook(const service::EngineLook &look)
{
    if (look.error) {
        const Explanation words = describe(*look.error);
        QStringList lines{words.body()};
        if (!words.rawDetail.isEmpty()) {
            lines << words.rawDetail;
        }
        m_mark->setMark(look.reach == service::Reach::NotAnswering ? StateMark::Warning
                                                                   : StateMark::Error);
        m_words->setText(lines.join(u'\n'));
    } else {
        m_mark->setMark(StateMark::Running);
        m_words->setText(
            tr("%1 %2 answers in %3 ms: %4 of %5 containers running.", "product, version")
                .arg(look.capabilities.podman ? u"Podman"_s : u"Docker"_s,
                     displayText(look.version.version, 40))
                .arg(std::max<qint64>(1, look.roundTrip.count()))
                .arg(numberText(look.info.containersRunning), numberText(look.info.containers)));
    }
    m_result->show();
    QMetaObject::invokeMethod(this, &QWidget::adjustSize, Qt::QueuedConnection);
    announce(m_words, m_words->text());
}

void EngineDialog::accept()
{
    m_tried = true;
    refresh();
    if (!problem().isEmpty() || m_keeping) {
        return;
    }
    m_keeping = true;
    setVerbEnabled(false);
    m_parts.keep(entry(), [self = QPointer(this)](const Result<void> &kept) {
        if (self == nullptr) {
            return;
        }
        self->m_keeping = false;
        self->setVerbEnabled(true);
        if (kept) {
            self->Dialog::accept();
            return;
        }
        const Error &error = kept.error();
        self->setProblem(error.kind == ErrorKind::Conflict
                             ? tr("There is a context of that name already: choose another.")
                             : describe(error).body() + u'\n' + displayText(error.detail, 200));
    });
}

} // namespace roadstead::ui
