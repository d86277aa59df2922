// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/builds/create_builder_dialog.h"

#include "engine/docker/command.h"
#include "engine/reference/words.h"
#include "ui/pages/builds/builders_model.h"
#include "ui/text/display_text.h"
#include "ui/text/secret_text.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/label.h"
#include "ui/widgets/surface.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QVBoxLayout>

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

constexpr int longestBuilderEntry = 4'096;
constexpr int optionLines = 3;
constexpr std::array builderDrivers{"docker-container", "remote", "kubernetes"};

/// `place`: what is put into the column, where that is not the field itself.
void addCaption(QVBoxLayout *column, const QString &label, QWidget *field, QWidget *place = nullptr)
{
    field->setAccessibleName(label);
    auto *caption = new Label(label, FontRole::Small, Color::Text2);
    caption->setBuddy(field);
    column->addWidget(caption);
    column->addWidget(place != nullptr ? place : field);
}

QLineEdit *builderEntry(const QString &name, const QString &example)
{
    auto *field = new QLineEdit;
    field->setObjectName(name);
    field->setMaxLength(longestBuilderEntry);
    field->setPlaceholderText(example);
    return field;
}

std::vector<std::string> partsOf(const QString &text, const QRegularExpression &between)
{
    std::vector<std::string> parts;
    const QStringList all = text.split(between, Qt::SkipEmptyParts);
    for (const QString &part : all) {
        if (!part.trimmed().isEmpty()) {
            parts.push_back(part.trimmed().toStdString());
        }
    }
    return parts;
}

} // namespace

CreateBuilderDialog::CreateBuilderDialog(QStringList taken, QWidget *parent)
    : Dialog(u"createBuilderDialog"_s, tr("Create a builder?"), parent)
    , m_taken(std::move(taken))
    , m_name(builderEntry(u"builderName"_s, u"builder"_s))
    , m_driver(new QComboBox)
    , m_about(new Label({}, FontRole::Small, Color::Text3))
    , m_endpoint(builderEntry(u"builderEndpoint"_s, {}))
    , m_platforms(builderEntry(u"builderPlatforms"_s, u"linux/amd64, linux/arm64"_s))
    , m_options(new QPlainTextEdit)
    , m_use(new QCheckBox(tr("Build with it from now on")))
{
    QVBoxLayout *column = body();
    addCaption(column, tr("Name"), m_name);
    m_driver->setObjectName(u"builderDriver"_s);
    for (const char *driver : builderDrivers) {
        m_driver->addItem(QLatin1StringView(driver));
    }
    addCaption(column, tr("Driver"), m_driver);
    m_about->setWordWrap(true);
    column->addWidget(m_about);
    addCaption(column, tr("Endpoint"), m_endpoint);
    addCaption(column, tr("Platforms (empty: what it can)"), m_platforms);
    m_options->setObjectName(u"builderOptions"_s);
    m_options->setPlaceholderText(u"network=host\nimage=moby/buildkit:latest"_s);
    m_options->setTabChangesFocus(true);
    m_options->setFont(ui::font(FontRole::Mono));
    m_options->setFrameShape(QFrame::NoFrame);
    auto *frame = new Surface(Color::BgSurface);
    frame->setRounded(radius::control, Color::BorderControl);
    frame->setFixedHeight(optionLines * lineHeight(FontRole::Mono) + 3 * space::s2);
    auto *inner = new QVBoxLayout(frame);
    inner->setContentsMargins(space::s1, 2, space::s1, 2);
    inner->addWidget(m_options);
    addCaption(column, tr("Driver options, one a line"), m_options, frame);
    column->addSpacing(space::s2);
    m_use->setObjectName(u"builderUse"_s);
    column->addWidget(m_use);
    setVerb(tr("Create"));
    for (QLineEdit *field : {m_name, m_endpoint, m_platforms}) {
        connect(field, &QLineEdit::textChanged, this, &CreateBuilderDialog::refresh);
    }
    connect(m_driver, &QComboBox::currentIndexChanged, this, &CreateBuilderDialog::refresh);
    connect(m_options, &QPlainTextEdit::textChanged, this, &CreateBuilderDialog::refresh);
    connect(m_use, &QCheckBox::toggled, this, &CreateBuilderDialog::refresh);
    m_name->setFocus(Qt::OtherFocusReason);
    refresh();
}

docker::CreateBuilder CreateBuilderDialog::command() const
{
    static const QRegularExpression commas(u"[,\\s]"_s);
    static const QRegularExpression lines(u"[\r\n]"_s);
    return {.name = m_name->text().trimmed().toStdString(),
            .driver = m_driver->currentText().toStdString(),
            .endpoint = m_endpoint->text().trimmed().toStdString(),
            .platforms = partsOf(m_platforms->text(), commas),
            .options = partsOf(m_options->toPlainText(), lines),
            .use = m_use->isChecked()};
}

QString CreateBuilderDialog::problem() const
{
    const docker::CreateBuilder wanted = command();
    if (!docker::isBuilderName(wanted.name)) {
        return tr("Enter a name. It begins with a letter and has letters, digits, dots, dashes and "
                  "underscores.");
    }
    if (m_taken.contains(QString::fromStdString(wanted.name))) {
        return tr("There is a builder of that name. Choose another one.");
    }
    if (wanted.driver == "remote" && wanted.endpoint.empty()) {
        return tr("Enter where that BuildKit listens: tcp://build.example:1234.");
    }
    if (looksSecret({}, wanted.endpoint)) {
        return tr("A password in the address would be seen in the command line. Leave it out.");
    }
    for (const std::string &option : wanted.options) {
        const reference::Halves halves = reference::cut(option, '=');
        if (halves.before.empty() || halves.after.empty()) {
            return tr("“%1” is no option. Options are written as name=value.")
                .arg(displayText(option, 60));
        }
        if (looksSecret(halves.before, halves.after)) {
            return tr("“%1” looks like a secret, which would be seen in the command line.")
                .arg(displayText(halves.before, 60));
        }
    }
    return {};
}

void CreateBuilderDialog::refresh()
{
    const docker::CreateBuilder wanted = command();
    const bool isRemote = wanted.driver == "remote";
    m_about->setText(
        isRemote ? tr("A BuildKit that runs elsewhere. Nothing is started.")
        : wanted.driver == "kubernetes"
            ? tr("BuildKit in pods of the cluster that kubectl speaks to.")
            : tr("BuildKit in a container of its own, with its own cache: builds for several "
                 "platforms. Its first build starts it, which pulls moby/buildkit."));
    m_endpoint->setPlaceholderText(isRemote ? u"tcp://build.example:1234"_s
                                            : tr("empty: this engine"));
    const QString wrong = problem();
    setProblem(m_tried ? wrong : QString());
    setCommand(wrong.isEmpty() ? QString::fromStdString(docker::commandLine(wanted.arguments()))
                               : QString());
}

void CreateBuilderDialog::accept()
{
    m_tried = true;
    refresh();
    if (problem().isEmpty()) {
        Dialog::accept();
    }
}

} // namespace roadstead::ui
