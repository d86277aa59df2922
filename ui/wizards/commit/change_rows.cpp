// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/commit/change_rows.h"

#include "ui/theme/metrics.h"
#include "ui/theme/style.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"
#include "ui/wizards/commit/remark_line.h"
#include "ui/wizards/run/field.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace roadstead::ui {

namespace {

constexpr int instructionWidth = 148;

/// What each instruction is followed by, as an example in its field.
QString exampleOf(const QString &instruction)
{
    static const QList<std::pair<QString, QString>> examples{
        {QStringLiteral("CMD"), QStringLiteral("[\"nginx\", \"-g\", \"daemon off;\"]")},
        {QStringLiteral("ENTRYPOINT"), QStringLiteral("[\"/entrypoint.sh\"]")},
        {QStringLiteral("ENV"), QStringLiteral("LEVEL=info")},
        {QStringLiteral("EXPOSE"), QStringLiteral("8080")},
        {QStringLiteral("LABEL"), QStringLiteral("version=1.0")},
        {QStringLiteral("USER"), QStringLiteral("app")},
        {QStringLiteral("WORKDIR"), QStringLiteral("/srv")},
        {QStringLiteral("VOLUME"), QStringLiteral("/data")},
        {QStringLiteral("HEALTHCHECK"), QStringLiteral("CMD curl -f http://localhost/")},
        {QStringLiteral("STOPSIGNAL"), QStringLiteral("SIGQUIT")},
        {QStringLiteral("ONBUILD"), QStringLiteral("COPY . /srv")}};
    const auto found =
        std::ranges::find(examples, instruction, &std::pair<QString, QString>::first);
    return found == examples.end() ? QString() : found->second;
}

} // namespace

ChangeRows::ChangeRows(QWidget *parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
    , m_add(new LinkButton(QStringLiteral("changeAdd"), tr("+ Add an instruction")))
{
    setObjectName(QStringLiteral("changeRows"));
    setAccessibleName(tr("Instructions"));
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(6);
    auto *head = new QHBoxLayout;
    head->setSpacing(space::s2);
    head->addWidget(new Label(tr("Instructions"), FontRole::Section));
    head->addWidget(new Label(tr("as in a Dockerfile, for what the new image starts with"),
                              FontRole::Small, Color::Text3));
    head->addStretch(1);
    head->addWidget(m_add);
    m_column->addLayout(head);
    connect(m_add, &LinkButton::clicked, this, [this] {
        append({});
        m_rows.last().instruction->setFocus(Qt::OtherFocusReason);
        Q_EMIT edited();
    });
}

void ChangeRows::append(const CommitChange &change)
{
    auto *widget = new QWidget;
    auto *column = new QVBoxLayout(widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::s1);
    auto *line = new QHBoxLayout;
    line->setSpacing(space::s2);
    auto *instruction = makeChoice({}, tr("Instruction"));
    for (const char *name : commitInstructions()) {
        instruction->addItem(QLatin1StringView(name));
    }
    instruction->setFixedWidth(scaled(instructionWidth));
    auto *value = makeField({}, tr("What comes after the instruction"));
    auto *remove = new IconButton({}, QStringLiteral("x-lg"), tr("Remove this instruction"));
    auto *remark = new RemarkLine({});
    line->addWidget(instruction);
    line->addWidget(value, 1);
    line->addWidget(remove);
    column->addLayout(line);
    column->addWidget(remark);
    m_column->addWidget(widget);
    m_rows.append({widget, instruction, value, remark});
    instruction->setCurrentText(QString::fromStdString(change.instruction));
    value->setPlaceholderText(exampleOf(instruction->currentText()));
    setText(value, change.value);
    connect(instruction, &QComboBox::currentTextChanged, this, [this, value](const QString &name) {
        value->setPlaceholderText(exampleOf(name));
        Q_EMIT edited();
    });
    connect(value, &QLineEdit::textEdited, this, &ChangeRows::edited);
    connect(remove, &IconButton::clicked, this, [this, widget] {
        this->remove(widget);
        Q_EMIT edited();
    });
    number();
    remove->setObjectName(QStringLiteral("changeRemove%1").arg(m_rows.size() - 1));
}

/// In an event of its own button: it goes after that.
void ChangeRows::remove(const QWidget *widget)
{
    const auto found = std::ranges::find(m_rows, widget, &Row::widget);
    if (found != m_rows.end()) {
        found->widget->hide();
        found->widget->deleteLater();
        m_rows.erase(found);
        number();
        m_add->setFocus(Qt::OtherFocusReason);
    }
}

void ChangeRows::number()
{
    for (int i = 0; i < m_rows.size(); ++i) {
        m_rows.at(i).instruction->setObjectName(QStringLiteral("changeInstruction%1").arg(i));
        m_rows.at(i).value->setObjectName(QStringLiteral("changeValue%1").arg(i));
        m_rows.at(i).remark->setObjectName(QStringLiteral("changeRemark%1").arg(i));
    }
}

void ChangeRows::setChanges(const std::vector<CommitChange> &changes)
{
    const QSignalBlocker quiet(this);
    for (const Row &row : std::as_const(m_rows)) {
        row.widget->hide();
        row.widget->deleteLater();
    }
    m_rows.clear();
    for (const CommitChange &change : changes) {
        append(change);
    }
}

std::vector<CommitChange> ChangeRows::changes() const
{
    std::vector<CommitChange> all;
    for (const Row &row : m_rows) {
        all.push_back({row.instruction->currentText().toStdString(), textOf(row.value)});
    }
    return all;
}

void ChangeRows::mark(const std::vector<CommitRemark> &remarks)
{
    for (int i = 0; i < m_rows.size(); ++i) {
        const auto found = std::ranges::find_if(remarks, [i](const CommitRemark &remark) {
            return remark.field == CommitField::Change && remark.row == i;
        });
        const bool isThere = found != remarks.end();
        m_rows.at(i).remark->say(isThere ? found->text : QString(), isThere && found->isWrong);
        setFaulty(m_rows.at(i).value, isThere && found->isWrong);
        m_rows.at(i).value->setAccessibleDescription(isThere ? found->text : QString());
    }
}

QWidget *ChangeRows::field(int row) const
{
    return row >= 0 && row < m_rows.size() ? m_rows.at(row).value : nullptr;
}

} // namespace roadstead::ui
