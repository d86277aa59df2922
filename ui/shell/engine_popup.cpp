// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/engine_popup.h"

#include "ui/shell/engine_row.h"
#include "ui/shell/engine_situation.h"
#include "ui/text/error_text.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/style.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/label.h"
#include "ui/widgets/surface.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QScreen>
#include <QScrollArea>
#include <QSettings>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

constexpr int mostListHeight = 420; // then it scrolls
const QString terminalKey = QStringLiteral("engine/switchTerminal");

} // namespace

EnginePopup::EnginePopup(EngineView *engine, EngineChoice *choice, QWidget *parent)
    : QFrame(parent, Qt::Popup | Qt::FramelessWindowHint)
    , m_engine(engine)
    , m_choice(choice)
    , m_scroll(new QScrollArea)
    , m_why(new Label({}, FontRole::Small, Color::Text2))
    , m_logBox(new Surface(Color::BgSunken))
    , m_log(new Label({}, FontRole::Mono, Color::Text2))
    , m_start(new Button(u"engineStart"_s, tr("Start")))
    , m_restart(new Button(u"engineRestart"_s, tr("Restart")))
    , m_stop(new Button(u"engineStop"_s, tr("Stop")))
    , m_terminalToo(new QCheckBox(tr("Switch the terminal too")))
{
    setObjectName(u"enginePopup"_s);
    setRaised(this);
    setAccessibleName(tr("Engines"));
    setAttribute(Qt::WA_TranslucentBackground);
    layOut();
    const auto verb = [this](Button *button, EngineVerb what) {
        connect(button, &QPushButton::clicked, this, [this, what] {
            hide();
            m_engine->run(what);
        });
    };
    verb(m_start, EngineVerb::Start);
    verb(m_restart, EngineVerb::Restart);
    verb(m_stop, EngineVerb::Stop);
    connect(engine, &EngineView::stateChanged, this, &EnginePopup::refresh);
    connect(engine, &EngineView::countsChanged, this, &EnginePopup::refresh);
    if (choice != nullptr) {
        connect(choice, &EngineChoice::changed, this, &EnginePopup::refresh);
    }
    refresh();
}

void EnginePopup::layOut()
{
    m_list = new QWidget;
    m_listLayout = new QVBoxLayout(m_list);
    m_listLayout->setContentsMargins(space::s2, space::s3, space::s2, space::s2);
    m_listLayout->setSpacing(0);
    m_scroll->setWidget(m_list);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_list->setAutoFillBackground(false);
    m_why->setWordWrap(true);
    m_why->setContentsMargins(space::s2, space::s1, space::s2, space::s1);
    m_log->setWordWrap(true);
    m_log->setLayoutDirection(Qt::LeftToRight);
    m_log->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_logBox->setRounded(radius::control);
    auto *logLayout = new QVBoxLayout(m_logBox);
    logLayout->setContentsMargins(space::s2, space::s2, space::s2, space::s2);
    logLayout->addWidget(m_log);
    for (auto [button, iconName] :
         {std::pair{m_start, u"play"_s}, {m_restart, u"arrow-clockwise"_s}, {m_stop, u"stop"_s}}) {
        button->setLook(ButtonKind::Normal, ButtonSize::Small);
        button->setIconName(iconName);
    }

    const auto strip = [](QWidget *widget) {
        auto *column = new QVBoxLayout(widget);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(0);
        return column;
    };
    const auto line = [](QVBoxLayout *into) {
        into->addWidget(new Separator);
        auto *row = new QHBoxLayout;
        row->setContentsMargins(space::s4, space::s2, space::s4, space::s2 + 2);
        row->setSpacing(space::s2);
        into->addLayout(row);
        return row;
    };
    m_footer = new QWidget;
    QHBoxLayout *verbs = line(strip(m_footer));
    verbs->addWidget(m_start);
    verbs->addWidget(m_restart);
    verbs->addWidget(m_stop);
    verbs->addStretch();

    m_choices = new QWidget;
    QVBoxLayout *column = strip(m_choices);
    QHBoxLayout *terminal = line(column);
    m_terminalToo->setObjectName(u"switchTerminalToo"_s);
    m_terminalToo->setChecked(QSettings().value(terminalKey, false).toBool());
    connect(m_terminalToo, &QCheckBox::toggled, this,
            [](bool on) { QSettings().setValue(terminalKey, on); });
    terminal->addWidget(m_terminalToo);
    terminal->addWidget(
        new Label(tr("also sets the docker context"), FontRole::Small, Color::Text3));
    terminal->addStretch();
    QHBoxLayout *more = line(column);
    auto *add = new Button(u"addEngine"_s, tr("Add engine …"), ButtonKind::Quiet);
    add->setLook(ButtonKind::Quiet, ButtonSize::Small);
    add->setIconName(u"plus-lg"_s);
    setCommandHint(add, u"docker context create"_s);
    connect(add, &QPushButton::clicked, this, [this] {
        hide();
        Q_EMIT addWanted();
    });
    more->addWidget(add);
    more->addStretch();
    m_choices->setVisible(m_choice != nullptr);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(0);
    layout->addWidget(m_scroll, 1);
    layout->addWidget(m_footer);
    layout->addWidget(m_choices);
}

QList<EngineRowText> EnginePopup::texts() const
{
    if (m_choice != nullptr) {
        return m_choice->rows();
    }
    EngineRowText row;
    row.name = m_engine->name();
    describeCurrent(row, *m_engine);
    return {row};
}

void EnginePopup::makeRows(const QList<EngineRowText> &rows)
{
    const QWidget *focused = focusWidget();
    const bool wasFocused = isVisible() && (focused == nullptr || m_list->isAncestorOf(focused));
    const QString focusedName =
        wasFocused && focused != nullptr ? focused->objectName() : QString();
    m_listLayout->removeWidget(m_why);
    m_listLayout->removeWidget(m_logBox);
    m_why->setParent(nullptr);
    m_logBox->setParent(nullptr);
    while (QLayoutItem *item = m_listLayout->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater(); // it may be the one that is just being pressed
        delete item;
    }
    m_rows.clear();
    std::optional<EngineGroup> group;
    for (const EngineRowText &text : rows) {
        if (text.group != group) {
            auto *title = new Label(groupTitle(text.group), FontRole::Caption, Color::Text3);
            title->setRole(FontRole::Caption, QFont::DemiBold);
            title->setContentsMargins(space::s2, group ? space::s2 : 0, space::s2, space::s1);
            m_listLayout->addWidget(title);
            group = text.group;
        }
        auto *row = new EngineRow(text);
        connect(row, &QAbstractButton::clicked, this, [this, row] { choose(row); });
        connect(row, &EngineRow::actionWanted, this, [this, row] { act(row); });
        connect(row, &EngineRow::stepWanted, this,
                [this, row](int step) { this->step(row, step); });
        connect(row, &EngineRow::menuWanted, this,
                [this, row](QPoint position) { showMenu(row, position); });
        m_listLayout->addWidget(row);
        m_rows << row;
    }
    const auto next = std::ranges::find_if(m_rows, [&](const EngineRow *row) {
        return focusedName.isEmpty() ? row->row().isCurrent : row->objectName() == focusedName;
    });
    if (wasFocused && next != m_rows.end()) {
        (*next)->show();
        (*next)->setFocus(Qt::OtherFocusReason);
    }
    m_listLayout->addWidget(m_why);
    m_listLayout->addWidget(m_logBox);
}

void EnginePopup::refreshRows()
{
    const QList<EngineRowText> rows = texts();
    const bool same = std::ranges::equal(rows, m_rows, [](const auto &text, const EngineRow *row) {
        return text.id == row->row().id && text.group == row->row().group;
    });
    if (!same) {
        makeRows(rows);
    }
    const SituationText current = describeSituation(*m_engine, QDateTime::currentDateTime());
    Explanation why;
    for (qsizetype i = 0; i < rows.size(); ++i) {
        EngineRow *row = m_rows.at(i);
        row->setRow(rows.at(i));
        if (rows.at(i).isCurrent) {
            row->setAction(current.remedyText, current.remedyIcon);
            row->action()->setObjectName(u"engineRemedy"_s);
            row->action()->setEnabled(!m_engine->isBusy());
            setCommandHint(row->action(),
                           current.remedy ? m_engine->command(*current.remedy) : QString());
        } else {
            row->setAction(rows.at(i).error ? tr("Show why") : QString(), {});
        }
        if (rows.at(i).id == m_explained && rows.at(i).error && !rows.at(i).isCurrent) {
            why = describe(*rows.at(i).error);
        }
    }
    // Of the one that is shown, unless somebody has just asked of another.
    const bool ofAnother = !why.reason.isEmpty();
    m_why->setText(ofAnother ? why.body() : current.why);
    m_why->setVisible(!m_why->text().isEmpty());
    m_log->setText(ofAnother ? why.rawDetail : current.details);
    m_logBox->setVisible(!m_log->text().isEmpty());
    for (qsizetype i = 0; i < rows.size(); ++i) {
        if (ofAnother ? rows.at(i).id == m_explained : rows.at(i).isCurrent) {
            // Below the row that it is about.
            const int at = m_listLayout->indexOf(m_rows.at(i));
            if (m_listLayout->indexOf(m_why) != at + 1) {
                m_listLayout->removeWidget(m_why);
                m_listLayout->removeWidget(m_logBox);
                const int after = m_listLayout->indexOf(m_rows.at(i)) + 1;
                m_listLayout->insertWidget(after, m_why);
                m_listLayout->insertWidget(after + 1, m_logBox);
            }
        }
    }
}

void EnginePopup::refreshFooter()
{
    const SituationText text = describeSituation(*m_engine, QDateTime::currentDateTime());
    const Situation situation = situationOf(*m_engine);
    const bool busy = m_engine->isBusy();
    const bool ours = m_engine->isEmbedded();
    const bool up = situation == Situation::Ready || situation == Situation::NotAnswering ||
                    situation == Situation::NoAccess || situation == Situation::Unreachable ||
                    situation == Situation::Connecting || situation == Situation::Starting;
    // What the row offers already is not offered again below it.
    const auto offered = [&text](EngineVerb verb) { return text.remedy == verb; };
    m_start->setVisible(ours && !up && !offered(EngineVerb::Start));
    m_start->setEnabled(!busy && situation != Situation::NotInstalled &&
                        situation != Situation::Stopping);
    m_restart->setVisible(ours && up && !offered(EngineVerb::Restart));
    m_restart->setEnabled(!busy);
    // An engine that failed may have left containers running.
    m_stop->setVisible(ours && (up || situation == Situation::Failed));
    m_stop->setEnabled(m_engine->mayRun(EngineVerb::Stop));
    m_footer->setVisible(!m_start->isHidden() || !m_restart->isHidden() || !m_stop->isHidden());
    setCommandHint(m_start, m_engine->command(EngineVerb::Start));
    setCommandHint(m_restart, m_engine->command(EngineVerb::Restart));
    setCommandHint(m_stop, m_engine->command(EngineVerb::Stop));
}

void EnginePopup::refresh()
{
    refreshRows();
    refreshFooter();
    if (isVisible()) {
        fit();
    }
}

/// As high as its list, up to a limit: then the list scrolls.
void EnginePopup::fit()
{
    const int rowWidth = m_rows.isEmpty() ? scaled(438) : m_rows.front()->sizeHint().width();
    const int listWidth = rowWidth + 2 * space::s2;
    const int height = m_listLayout->hasHeightForWidth() ? m_listLayout->heightForWidth(listWidth)
                                                         : m_listLayout->sizeHint().height();
    const int most = std::min(scaled(mostListHeight), screen()->availableGeometry().height() / 2);
    m_scroll->setFixedSize(listWidth, std::min(height, most));
    adjustSize();
}

void EnginePopup::choose(const EngineRow *row)
{
    const std::string id = row->row().id;
    hide();
    if (m_choice != nullptr) {
        m_choice->choose(id, m_terminalToo->isChecked());
    }
}

void EnginePopup::act(const EngineRow *row)
{
    if (!row->row().isCurrent) {
        m_explained = m_explained == row->row().id ? std::string() : row->row().id;
        refresh();
        return;
    }
    const SituationText text = describeSituation(*m_engine, QDateTime::currentDateTime());
    hide();
    text.remedy ? m_engine->run(*text.remedy) : m_engine->lookAgain();
}

void EnginePopup::showMenu(const EngineRow *row, QPoint position)
{
    if (m_choice == nullptr) {
        return;
    }
    const EngineRowText text = row->row();
    auto *menu = new QMenu(this);
    menu->setObjectName(u"engineMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const QString &name, const QString &label, auto what) {
        QAction *action = menu->addAction(label);
        action->setObjectName(name);
        connect(action, &QAction::triggered, this, what);
        return action;
    };
    add(u"engineLookAgain"_s, tr("Look again"),
        [this, id = text.id] { m_choice->directory()->look(id); });
    if (const QString command = EngineChoice::command(text); !command.isEmpty()) {
        QAction *use = add(u"engineUse"_s, tr("Use in the terminal"),
                           [this, id = text.id] { m_choice->useInTerminal(id); });
        use->setEnabled(!text.isTerminals);
        setCommandHint(use, command);
    }
    if (const auto *listed = m_choice->directory()->find(text.id)) {
        add(u"engineCopyAddress"_s, tr("Copy address"),
            [host = QString::fromStdString(listed->known.host)] {
                QGuiApplication::clipboard()->setText(host);
            });
    }
    if (text.isContext) {
        menu->addSeparator();
        add(u"engineEdit"_s, tr("Edit …"), [this, name = text.contextName] {
            hide();
            Q_EMIT editWanted(name);
        });
        add(u"engineRemove"_s, tr("Remove …"), [this, name = text.contextName] {
            hide();
            Q_EMIT removeWanted(name);
        });
    }
    menu->popup(position);
}

void EnginePopup::step(const EngineRow *from, int step)
{
    const qsizetype now = m_rows.indexOf(const_cast<EngineRow *>(from));
    EngineRow *next = m_rows.at(std::clamp<qsizetype>(now + step, 0, m_rows.size() - 1));
    next->setFocus(Qt::TabFocusReason);
    m_scroll->ensureWidgetVisible(next, 0, space::s3);
}

void EnginePopup::popUp(const QWidget *anchor)
{
    m_explained.clear();
    if (m_choice != nullptr) {
        m_choice->directory()->setWatched(true);
    }
    refresh();
    fit();
    const QRect screen = anchor->screen()->availableGeometry();
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const QPoint topLeft = anchor->mapToGlobal(QPoint(0, 0));
    int x = mirrored ? topLeft.x() + anchor->width() - width() : topLeft.x();
    int y = topLeft.y() + anchor->height() + 6;
    if (y + height() > screen.bottom()) {
        y = topLeft.y() - height() - 6;
    }
    x = std::clamp(x, screen.left(), std::max(screen.left(), screen.right() - width()));
    move(x, std::max(y, screen.top()));
    show();
    for (EngineRow *row : std::as_const(m_rows)) {
        if (row->row().isCurrent) {
            const bool helps = row->action()->isVisible() && row->action()->isEnabled();
            (helps ? static_cast<QWidget *>(row->action()) : row)->setFocus(Qt::PopupFocusReason);
        }
    }
}

void EnginePopup::hideEvent(QHideEvent *event)
{
    QFrame::hideEvent(event);
    if (m_choice != nullptr) {
        m_choice->directory()->setWatched(false);
    }
}

void EnginePopup::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    paintBox(&painter, rect(), radius::card, color(Color::BgRaised), color(Color::BorderStrong));
}

} // namespace roadstead::ui
