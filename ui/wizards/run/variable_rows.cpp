// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/run/variable_rows.h"

#include "ui/text/secret_text.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/wizards/run/field.h"
#include "ui/wizards/run/field_place.h"

#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QPainter>
#include <QTimer>
#include <QVBoxLayout>

#include <chrono>

namespace roadstead::ui {

namespace {

constexpr std::chrono::seconds revealTime{30};

/// Masked, it shows the same run of dots whatever is in it: not even how much that is.
class SecretField : public QLineEdit
{
public:
    SecretField()
    {
        setAccessibleName(VariableRows::tr("Value"));
        const auto apply = [this] { setFont(ui::font(FontRole::Mono)); };
        apply();
        connect(&Theme::instance(), &Theme::changed, this, apply);
    }

    void setMasked(bool masked) { setEchoMode(masked ? QLineEdit::NoEcho : QLineEdit::Normal); }

protected:
    void paintEvent(QPaintEvent *event) override
    {
        QLineEdit::paintEvent(event);
        if (echoMode() == QLineEdit::NoEcho && !text().isEmpty()) {
            QPainter painter(this);
            painter.setPen(color(Color::Text));
            painter.setFont(font());
            const QRect room = rect().adjusted(space::s2, 0, -space::s2, 0);
            painter.drawText(room, int(Qt::AlignVCenter | Qt::AlignLeft), maskedText());
        }
    }
};

class VariableRow : public FormRow
{
public:
    VariableRow()
        : FormRow(QStringLiteral("variableRow"))
        , m_name(makeField({}, VariableRows::tr("Name"), QStringLiteral("NAME")))
        , m_value(new SecretField)
        , m_eye(new IconButton(QStringLiteral("showValue"), QStringLiteral("eye"),
                               VariableRows::tr("Show the value for 30 s")))
        , m_note(new PlaceNote({"env", 0}))
    {
        m_hide.setSingleShot(true);
        m_hide.setInterval(revealTime);
        m_eye->setCheckable(true);
        fields()->addWidget(m_name, 3);
        fields()->addWidget(m_value, 5);
        fields()->addWidget(m_eye);
        fields()->addWidget(makeRemoveButton(VariableRows::tr("Remove this variable")));
        column()->addWidget(m_note);
        connect(m_name, &QLineEdit::textEdited, this, [this] { change(); });
        connect(m_value, &QLineEdit::textEdited, this, [this] {
            m_hasValue = true;
            m_isMissing = false;
            change();
        });
        connect(m_eye, &IconButton::clicked, this, [this](bool shown) {
            shown ? m_hide.start() : m_hide.stop();
            mask();
        });
        connect(&m_hide, &QTimer::timeout, this, [this] {
            m_eye->setChecked(false);
            mask();
        });
        connect(m_note, &PlaceNote::fixWanted, this, &FormRow::fixWanted);
    }

    void setNumber(int number) override
    {
        m_name->setObjectName(QStringLiteral("variableName%1").arg(number));
        m_value->setObjectName(QStringLiteral("variableValue%1").arg(number));
        m_eye->setObjectName(QStringLiteral("showValue%1").arg(number));
        setPlace(m_name, {"env", number});
        setPlace(m_note, {"env", number});
        setPlace(this, {"env", number});
    }
    [[nodiscard]] QWidget *firstField() const override { return m_name; }

    void fill(const RunVariable &variable)
    {
        setText(m_name, variable.name);
        setText(m_value, variable.value);
        m_hasValue = variable.hasValue;
        m_isMissing = variable.isMissing;
        mask();
    }

    [[nodiscard]] RunVariable variable() const
    {
        return {textOf(m_name), textOf(m_value), m_hasValue, m_isMissing};
    }

private:
    void change()
    {
        mask();
        Q_EMIT edited();
    }

    /// While it is being typed, a name that is a secret's masks its value at once.
    void mask()
    {
        const bool isSecret = variable().isSecret();
        m_eye->setVisible(isSecret);
        const bool isShown = !isSecret || m_eye->isChecked();
        m_value->setMasked(!isShown);
        m_eye->setIconName(isShown ? QStringLiteral("eye") : QStringLiteral("eye-slash"));
        m_value->setPlaceholderText(m_hasValue ? VariableRows::tr("value")
                                               : VariableRows::tr("no value"));
    }

    QLineEdit *m_name;
    SecretField *m_value;
    IconButton *m_eye;
    PlaceNote *m_note;
    QTimer m_hide;
    bool m_hasValue = true;
    bool m_isMissing = false;
};

} // namespace

VariableRows::VariableRows(QWidget *parent)
    : FormRows(QStringLiteral("variable"), tr("Environment"), {}, tr("+ Add variable"), parent)
{
    auto *load = new LinkButton(QStringLiteral("loadVariables"), tr("Load .env file…"));
    head()->addWidget(load);
    connect(load, &LinkButton::clicked, this, &VariableRows::pickFile);
}

void VariableRows::pickFile()
{
    auto *dialog = new QFileDialog(this, tr("File of variables"), QDir::homePath());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setFilter(QDir::AllDirs | QDir::Files | QDir::Hidden | QDir::NoDotAndDotDot);
    connect(dialog, &QFileDialog::fileSelected, this, &VariableRows::importWanted);
    dialog->open();
}

FormRow *VariableRows::makeRow()
{
    return new VariableRow;
}

void VariableRows::fill(const RunForm &form)
{
    setCount(int(form.environment.size()));
    for (int i = 0; i < count(); ++i) {
        static_cast<VariableRow *>(row(i))->fill(form.environment[std::size_t(i)]);
    }
}

void VariableRows::collect(RunForm &form) const
{
    form.environment.clear();
    for (int i = 0; i < count(); ++i) {
        form.environment.push_back(static_cast<const VariableRow *>(row(i))->variable());
    }
}

} // namespace roadstead::ui
