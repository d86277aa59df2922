// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/settings_page.h"

#include "ui/shell/keymap.h"
#include "ui/text/error_text.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/label.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/segmented.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QPainter>
#include <QScrollArea>
#include <QSettings>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

/// Key caps of one sequence, painted in a row.
class KeyCaps : public QWidget
{
public:
    explicit KeyCaps(const QList<QKeySequence> &sequences)
    {
        for (const QKeySequence &sequence : sequences) {
            if (const QString text = keyText(sequence); !m_texts.contains(text)) {
                m_texts << text;
            }
        }
        setAccessibleName(m_texts.join(u", "_s));
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    }
    [[nodiscard]] QSize sizeHint() const override
    {
        int width = 0;
        for (const QString &text : m_texts) {
            width += keyCapWidth(text) + space::s1;
        }
        return {width, heightFor(FontRole::Caption, 20)};
    }

protected:
    void paintEvent(QPaintEvent *event) override
    {
        Q_UNUSED(event)
        QPainter painter(this);
        int x = 0;
        for (const QString &text : m_texts) {
            const int width = keyCapWidth(text);
            paintKeyCap(&painter, QRectF(x, 0, width, height()), text);
            x += width + space::s1;
        }
    }

private:
    QStringList m_texts;
};

/// A line of a card: name, explanation below it, control at the end.
QWidget *line(const QString &name, const QString &note, QWidget *control)
{
    auto *box = new QWidget;
    auto *texts = new QVBoxLayout;
    texts->setSpacing(0);
    auto *label = new Label(name);
    label->setRole(FontRole::Body, QFont::Medium);
    texts->addWidget(label);
    if (!note.isEmpty()) {
        auto *why = new Label(note, FontRole::Small, Color::Text3);
        why->setWordWrap(true);
        texts->addWidget(why);
    }
    auto *layout = new QHBoxLayout(box);
    layout->setContentsMargins(space::s3, space::s2, space::s3, space::s2);
    layout->setSpacing(space::s4);
    layout->addLayout(texts, 1);
    layout->addWidget(control, 0, Qt::AlignVCenter);
    return box;
}

QCheckBox *makeCheck(const QString &objectName, const QString &text)
{
    auto *box = new QCheckBox(text);
    box->setObjectName(objectName);
    box->setAccessibleName(text);
    box->setProperty("focusRadius", radius::small);
    return box;
}

} // namespace

SettingsPage::SettingsPage(Autostart autostart, QWidget *parent)
    : Surface(Color::BgSurface, parent)
    , m_autostart(std::move(autostart))
    , m_startWithSession(makeCheck(u"settingsAutostart"_s, tr("Start with the session")))
    , m_minimized(makeCheck(u"settingsMinimized"_s, tr("Start minimised")))
    , m_problem(new Label({}, FontRole::Small, Color::Danger))
    , m_trayNote(new Label(tr("There is no tray here, so starting minimised would leave nothing to "
                              "see: the window opens."),
                           FontRole::Small, Color::Text3))
    , m_scroll(new QScrollArea)
{
    setObjectName(u"settingsPage"_s);
    setAccessibleName(tr("Settings"));
    auto *content = new QWidget;
    auto *column = new QVBoxLayout;
    column->setSpacing(space::s3);
    column->addWidget(makeAppearance());
    column->addWidget(makeStart());
    m_shortcuts = makeShortcuts();
    column->addWidget(m_shortcuts);
    column->addStretch();
    auto *wide = new QHBoxLayout(content);
    wide->setContentsMargins(space::s4, space::s2, space::s4, space::s4);
    wide->addLayout(column, 10);
    wide->addStretch(1);
    m_scroll->setObjectName(u"settingsScroll"_s);
    m_scroll->setAccessibleName(tr("Settings"));
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setWidget(content);
    m_scroll->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(new PageHeader(tr("Settings")));
    layout->addWidget(m_scroll, 1);
}

QWidget *SettingsPage::makeAppearance()
{
    auto *card = new Card(tr("Appearance"));
    auto *choice = new Segmented(u"settingsAppearance"_s, tr("Appearance"));
    choice->addChoice(static_cast<int>(Appearance::System), u"appearanceSystem"_s, tr("System"));
    choice->addChoice(static_cast<int>(Appearance::Light), u"appearanceLight"_s, tr("Light"));
    choice->addChoice(static_cast<int>(Appearance::Dark), u"appearanceDark"_s, tr("Dark"));
    choice->choose(static_cast<int>(Theme::instance().appearance()));
    connect(choice, &Segmented::chosenChanged, this,
            [](int id) { Theme::instance().setAppearance(static_cast<Appearance>(id)); });
    card->addRow(line(tr("Colours"),
                      tr("System follows the desktop, as text size and contrast do."), choice));
    return card;
}

QWidget *SettingsPage::makeStart()
{
    auto *card = new Card(tr("Start"));
    m_startWithSession->setChecked(m_autostart.isOn());
    m_minimized->setChecked(QSettings().value(u"start/minimized"_s, false).toBool());
    connect(m_startWithSession, &QCheckBox::toggled, this, &SettingsPage::applyStart);
    connect(m_minimized, &QCheckBox::toggled, this, &SettingsPage::applyStart);
    m_problem->setWordWrap(true);
    m_problem->hide();
    m_trayNote->setWordWrap(true);
    m_trayNote->hide();
    auto *rows = new QWidget;
    auto *layout = new QVBoxLayout(rows);
    layout->setContentsMargins(space::s3, space::s2, space::s3, space::s2);
    layout->setSpacing(space::s1);
    layout->addWidget(m_startWithSession);
    layout->addWidget(m_minimized);
    layout->addWidget(m_trayNote);
    layout->addWidget(m_problem);
    card->addRow(rows);
    return card;
}

QWidget *SettingsPage::makeShortcuts()
{
    auto *card = new Card(tr("Shortcuts"));
    auto *rows = new QWidget;
    auto *grid = new QGridLayout(rows);
    grid->setContentsMargins(space::s3, space::s3, space::s3, space::s3);
    grid->setHorizontalSpacing(space::s6);
    grid->setVerticalSpacing(space::s2);
    const auto &lines = keymap();
    const auto half = static_cast<int>((lines.size() + 1) / 2);
    for (int i = 0; i < lines.size(); ++i) {
        const int column = i < half ? 0 : 2;
        auto *label = new Label(lines.at(i).does, FontRole::Body, Color::Text2);
        label->setWordWrap(true);
        grid->addWidget(new KeyCaps(lines.at(i).sequences), i % half, column, Qt::AlignVCenter);
        grid->addWidget(label, i % half, column + 1);
    }
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(3, 1);
    card->addRow(rows);
    return card;
}

void SettingsPage::applyStart()
{
    QSettings().setValue(u"start/minimized"_s, m_minimized->isChecked());
    const Result<void> written =
        m_autostart.set(m_startWithSession->isChecked(), m_minimized->isChecked());
    if (!written) {
        m_problem->setText(
            tr("Could not change the autostart file. %1").arg(describe(written.error()).body()));
    }
    m_problem->setVisible(!written.has_value());
}

void SettingsPage::setTrayPresent(bool present)
{
    m_trayNote->setVisible(!present);
}

void SettingsPage::showShortcuts()
{
    m_scroll->ensureWidgetVisible(m_shortcuts, 0, m_scroll->height());
    m_scroll->setFocus(Qt::ShortcutFocusReason);
}

} // namespace roadstead::ui
