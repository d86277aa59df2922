// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/palette.h"

#include "ui/shell/keymap.h"
#include "ui/text/display_text.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/command_strip.h"
#include "ui/widgets/key_cap.h"
#include "ui/widgets/label.h"
#include "ui/widgets/surface.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

CommandPalette::CommandPalette(Source source, QWidget *window)
    : QWidget(window)
    , m_source(std::move(source))
    , m_window(window)
    , m_frame(new RaisedFrame(this))
    , m_field(new QLineEdit)
    , m_list(new QListView)
    , m_model(new PaletteModel(this))
    , m_nothing(new Label({}, FontRole::Body, Color::Text3))
{
    setObjectName(u"palette"_s);
    setAccessibleName(tr("Command palette"));
    hide();
    m_field->setObjectName(u"paletteField"_s);
    m_field->setAccessibleName(tr("Search or run a command"));
    m_field->setPlaceholderText(tr("Search or run a command"));
    m_field->setFrame(false);
    m_field->setProperty("focusRing", false); // the palette itself shows where the keys go
    m_field->setFont(ui::font(FontRole::Section, QFont::Normal));
    QPalette raised = m_field->palette();
    raised.setColor(QPalette::Base, Qt::transparent);
    m_field->setPalette(raised);
    m_field->installEventFilter(this);
    m_list->setObjectName(u"paletteList"_s);
    m_list->setAccessibleName(tr("Matches"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new PaletteDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->viewport()->setAutoFillBackground(false);
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->hide();

    auto *head = new QHBoxLayout;
    head->setContentsMargins(space::s4, 0, space::s4, 0);
    head->setSpacing(space::s2);
    head->addWidget(new IconLabel(u"search"_s, 18));
    head->addWidget(m_field, 1);
    head->addWidget(new KeyCap(keyText(QKeySequence(Qt::Key_Escape))));
    auto *headBox = new QWidget;
    headBox->setLayout(head);
    headBox->setFixedHeight(heightFor(FontRole::Section, 48));

    auto *layout = new QVBoxLayout(m_frame);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(0);
    layout->addWidget(headBox);
    layout->addWidget(new Separator);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_nothing, 1);
    layout->addWidget(new Separator);
    layout->addWidget(makeFooter());

    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::fill);
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex &index) {
        m_list->setCurrentIndex(index);
        runCurrent();
    });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &now) {
                const PaletteItem *item = m_model->itemAt(now.row());
                Q_EMIT hintChanged(item != nullptr ? item->command : QString());
            });
    window->installEventFilter(this);
}

QWidget *CommandPalette::makeFooter()
{
    auto *footer = new QWidget;
    auto *layout = new QHBoxLayout(footer);
    layout->setContentsMargins(space::s4, 0, space::s4, 0);
    layout->setSpacing(space::s1);
    const auto add = [&](const QStringList &keys, const QString &text) {
        for (const QString &key : keys) {
            layout->addWidget(new KeyCap(key));
        }
        layout->addSpacing(space::s1);
        layout->addWidget(new Label(text, FontRole::Small, Color::Text2));
        layout->addSpacing(space::s3);
    };
    add({u"Ctrl"_s, u"Alt"_s, u"C"_s}, tr("Copy command"));
    layout->addStretch();
    add({u">"_s}, tr("Actions"));
    add({u"@"_s}, tr("Containers"));
    footer->setFixedHeight(heightFor(FontRole::Small, 36));
    return footer;
}

void CommandPalette::setBottomInset(int px)
{
    m_bottomInset = px;
    place();
}

void CommandPalette::place()
{
    setGeometry(0, 0, m_window->width(), m_window->height() - m_bottomInset);
    const int margin = RaisedFrame::shadowMargin;
    const int width = std::min(scaled(size::paletteWidth), this->width() - 2 * space::s6);
    int rows = 0;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        rows += m_list->sizeHintForRow(row);
    }
    const int chrome = heightFor(FontRole::Section, 48) + heightFor(FontRole::Small, 36) + 4;
    const int wanted = chrome + std::max(rows + space::s2, scaled(72));
    const int top = scaled(size::topbar) + space::s4;
    const int height = std::min(wanted, this->height() - top - space::s6);
    m_frame->setGeometry((this->width() - width) / 2 - margin, top - margin, width + 2 * margin,
                         height + 2 * margin);
}

void CommandPalette::open(const QString &typed)
{
    if (!isVisible()) {
        m_focusBefore = m_window->focusWidget();
    }
    m_field->setText(typed);
    fill();
    show();
    raise();
    m_field->setFocus(Qt::PopupFocusReason);
    m_field->selectAll();
    if (!typed.isEmpty()) {
        m_field->deselect();
        m_field->end(false);
    }
}

void CommandPalette::close()
{
    if (!isVisible()) {
        return;
    }
    hide();
    Q_EMIT hintChanged({});
    if (m_focusBefore != nullptr) {
        m_focusBefore->setFocus(Qt::PopupFocusReason);
    }
}

void CommandPalette::fill()
{
    const QString typed = m_field->text().trimmed();
    m_model->setItems(m_source(typed), typed);
    const int first = m_model->nextItem(-1, 1);
    m_list->setCurrentIndex(first >= 0 ? m_model->index(first) : QModelIndex());
    m_list->scrollToTop();
    m_list->setVisible(first >= 0);
    m_nothing->setVisible(first < 0);
    m_nothing->setText(tr("Nothing matches \u201c%1\u201d.").arg(displayText(typed, 60)));
    place();
}

void CommandPalette::moveBy(int step)
{
    const int next = m_model->nextItem(m_list->currentIndex().row(), step);
    if (next >= 0) {
        m_list->setCurrentIndex(m_model->index(next));
    }
}

void CommandPalette::runCurrent()
{
    const PaletteItem *item = m_model->itemAt(m_list->currentIndex().row());
    if (item == nullptr) {
        return;
    }
    const auto run = item->run;
    close();
    if (run) {
        run();
    }
}

bool CommandPalette::handleKey(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Escape:
        close();
        return true;
    case Qt::Key_Down:
        moveBy(1);
        return true;
    case Qt::Key_Up:
        moveBy(-1);
        return true;
    case Qt::Key_PageDown:
        for (int i = 0; i < 8; ++i) {
            moveBy(1);
        }
        return true;
    case Qt::Key_PageUp:
        for (int i = 0; i < 8; ++i) {
            moveBy(-1);
        }
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        runCurrent();
        return true;
    case Qt::Key_C:
        if (event->modifiers() == (Qt::ControlModifier | Qt::AltModifier)) {
            if (const PaletteItem *item = m_model->itemAt(m_list->currentIndex().row())) {
                Q_EMIT copyRequested(item->command);
            }
            return true;
        }
        return false;
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        return true; // the list is moved through with the arrows
    default:
        return false;
    }
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        return handleKey(static_cast<QKeyEvent *>(event));
    }
    if (watched == m_field && event->type() == QEvent::ShortcutOverride) {
        // What is under the cover hears no key, but the palette's own and the one that quits do
        // what they always do.
        const QKeySequence keys(static_cast<QKeyEvent *>(event)->keyCombination());
        if (keys != QKeySequence(Qt::CTRL | Qt::Key_K) &&
            keys != QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P) &&
            keys != QKeySequence(Qt::CTRL | Qt::Key_Q)) {
            event->accept();
            return true;
        }
    }
    if (watched == m_field && event->type() == QEvent::FocusOut &&
        static_cast<QFocusEvent *>(event)->reason() == Qt::MouseFocusReason) {
        // A press in the command bar, which the cover spares: it has its effect, and typing goes
        // on.
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (isVisible()) {
                    m_field->setFocus(Qt::OtherFocusReason);
                }
            },
            Qt::QueuedConnection);
    }
    if (watched == m_window && event->type() == QEvent::Resize && isVisible()) {
        place();
    }
    return false;
}

void CommandPalette::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter(this).fillRect(rect(), color(Color::Scrim));
}

void CommandPalette::mousePressEvent(QMouseEvent *event)
{
    if (!m_frame->geometry().contains(event->pos())) {
        close();
    }
}

} // namespace roadstead::ui
