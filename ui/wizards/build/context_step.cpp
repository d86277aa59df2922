// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/build/context_step.h"

#include "ui/text/display_text.h"
#include "ui/text/formats.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/label.h"
#include "ui/widgets/progress.h"
#include "ui/wizards/build/build_controller.h"
#include "ui/wizards/run/field.h"

#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMimeData>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

constexpr int columnWidth = 640;

/// The folder to build of what was dropped: a folder itself, or the one of a Dockerfile.
QFileInfo droppedFile(const QMimeData *data)
{
    const QList<QUrl> urls = data->urls();
    return urls.size() == 1 && urls.first().isLocalFile() ? QFileInfo(urls.first().toLocalFile())
                                                          : QFileInfo();
}

} // namespace

ContextStep::ContextStep(BuildController *controller, QWidget *parent)
    : Surface(Color::BgSurface, parent)
    , m_controller(controller)
    , m_field(makeField(u"buildContext"_s, tr("Build context"), u"/home/me/src/shop"_s))
    , m_looking(new Spinner(tr("Looking at what would be sent")))
    , m_problem(new Label({}, FontRole::Body, Color::Danger))
    , m_sent(new Card(tr("What is sent to the builder")))
    , m_amount(new Label)
    , m_leftOut(new Label({}, FontRole::Body, Color::Text2))
    , m_parts(new QVBoxLayout)
{
    setAcceptDrops(true);
    auto *outer = new QHBoxLayout(this);
    outer->setContentsMargins(space::s4, space::s4, space::s4, space::s4);
    auto *column = new QVBoxLayout;
    column->setSpacing(space::s4);
    outer->addLayout(column);
    outer->addStretch(1);

    auto *line = new QWidget;
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::s2);
    m_field->setMinimumWidth(scaled(columnWidth));
    row->addWidget(m_field, 1);
    auto *choose = new Button(u"chooseContext"_s, tr("Choose…"));
    choose->setIconName(u"folder2-open"_s);
    row->addWidget(choose);
    auto *hint =
        new Label(tr("The folder that COPY and ADD take files from. A Git URL is fetched by "
                     "the builder. A folder or a Dockerfile can be dropped here."),
                  FontRole::Small, Color::Text3);
    hint->setWordWrap(true);
    column->addWidget(labelled(tr("Build context"), line, hint));
    m_problem->setObjectName(u"buildContextProblem"_s);
    m_problem->setWordWrap(true);
    column->addWidget(m_problem);
    column->addWidget(m_looking);

    m_sent->setObjectName(u"buildSent"_s);
    m_amount->setObjectName(u"buildSentAmount"_s);
    m_leftOut->setWordWrap(true);
    auto *body = m_sent->body();
    body->setContentsMargins(space::s3, 0, space::s3, space::s3);
    body->setSpacing(space::s2);
    body->addWidget(m_amount);
    m_parts->setSpacing(space::s1);
    body->addLayout(m_parts);
    body->addWidget(m_leftOut);
    column->addWidget(m_sent);
    column->addStretch(1);

    connect(choose, &Button::clicked, this, &ContextStep::pick);
    connect(m_field, &QLineEdit::editingFinished, this, [this] {
        if (textOf(m_field) != m_controller->form().context) {
            m_controller->setContext(m_field->text());
        }
    });
    connect(controller, &BuildController::factsChanged, this, &ContextStep::refresh);
    fill();
}

void ContextStep::fill()
{
    ui::setText(m_field, m_controller->form().context);
    refresh();
}

void ContextStep::pick()
{
    auto *dialog = new QFileDialog(this, tr("Choose the build context"), m_field->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &folder) {
        m_controller->setContext(folder);
        fill();
    });
    dialog->open();
}

void ContextStep::addPart(const QString &name, const QString &size)
{
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    auto *words = new ElidedLabel(name, FontRole::Mono, Color::Text2);
    words->setElideMode(Qt::ElideMiddle);
    layout->addWidget(words, 1);
    layout->addWidget(new Label(size, FontRole::Small, Color::Text2));
    m_parts->addWidget(row);
}

/// What is wrong with the folder, or with the address as it stands.
QString ContextStep::problemText() const
{
    if (const auto &problem = m_controller->facts().problem) {
        return problem->title + u". "_s + problem->body();
    }
    if (isRemoteContext(m_controller->form().context)) {
        for (const BuildProblem &problem : m_controller->problems()) {
            if (problem.field == BuildField::Context) {
                return problem.text;
            }
        }
    }
    return {};
}

void ContextStep::refresh()
{
    m_controller->isLooking() ? m_looking->start() : m_looking->stop();
    const BuildController::Facts &facts = m_controller->facts();
    m_problem->setText(problemText());
    m_problem->setVisible(!m_problem->text().isEmpty());
    while (QLayoutItem *item = m_parts->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_sent->setVisible(facts.size.has_value());
    if (!facts.size) {
        return;
    }
    m_amount->setText(tr("%n files", nullptr, int(facts.size->files)) + u", "_s +
                      diskSizeText(std::int64_t(facts.size->bytes)));
    for (const build::ContextPart &part : facts.size->biggest) {
        addPart(displayText(part.name, 120), diskSizeText(std::int64_t(part.bytes)));
    }
    m_leftOut->setText(facts.size->leftOutBytes > 0
                           ? tr("%1 are left out by .dockerignore.")
                                 .arg(diskSizeText(std::int64_t(facts.size->leftOutBytes)))
                           : tr("Nothing is left out. A file .dockerignore can name what need not "
                                "be sent."));
}

void ContextStep::dragEnterEvent(QDragEnterEvent *event)
{
    if (droppedFile(event->mimeData()).exists()) {
        event->acceptProposedAction();
    }
}

void ContextStep::dropEvent(QDropEvent *event)
{
    const QFileInfo file = droppedFile(event->mimeData());
    if (!file.exists()) {
        return;
    }
    event->acceptProposedAction();
    if (file.isDir()) {
        m_controller->setContext(file.absoluteFilePath());
    } else {
        m_controller->setContext(file.absolutePath(), file.fileName());
    }
    fill();
}

} // namespace roadstead::ui
