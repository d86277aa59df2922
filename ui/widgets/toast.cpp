// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/toast.h"

#include "ui/text/display_text.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/announce.h"
#include "ui/widgets/button.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/command_strip.h"
#include "ui/widgets/label.h"
#include "ui/widgets/progress.h"

#include <QAccessible>
#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QPropertyAnimation>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

constexpr int toastWidth = 320;
constexpr int maxToasts = 3;
constexpr int tickMs = 100;
constexpr int detailsHeight = 160;

QString footerName()
{
    return u"footer"_s;
}

StateMark markFor(ToastKind kind)
{
    switch (kind) {
    case ToastKind::Error:
        return StateMark::Error;
    case ToastKind::Undo:
        return StateMark::Exited;
    case ToastKind::Work:
        return StateMark::Busy;
    default:
        return StateMark::Done;
    }
}

Color stripeFor(ToastKind kind)
{
    switch (kind) {
    case ToastKind::Error:
        return Color::DangerMark;
    case ToastKind::Undo:
        return Color::NeutralMark;
    case ToastKind::Work:
        return Color::Accent;
    default:
        return Color::OkMark;
    }
}

} // namespace

Toast::Toast(const ToastContent &content, QWidget *parent)
    : RaisedFrame(parent)
    , m_kind(content.kind)
{
    setObjectName(u"toast"_s);
    setAccessibleName(content.text.isEmpty() ? content.title
                                             : u"%1. %2"_s.arg(content.title, content.text));
    setStripe(stripeFor(content.kind));
    setFixedWidth(scaled(toastWidth) + 2 * shadowMargin);

    auto *title = new Label(content.title);
    title->setObjectName(u"toastTitle"_s);
    title->setRole(FontRole::Body, QFont::DemiBold);
    title->setWordWrap(true);
    auto *close = new IconButton(u"toastClose"_s, u"x-lg"_s,
                                 content.kind == ToastKind::Undo   ? tr("Close and go on")
                                 : content.kind == ToastKind::Work ? tr("Hide; it goes on")
                                                                   : tr("Close"));
    setButtonLook(close, ButtonKind::Quiet, ButtonSize::Small);
    connect(close, &QToolButton::clicked, this,
            [this] { m_kind == ToastKind::Undo ? expireNow() : finish(); });

    auto *column = new QVBoxLayout;
    column->setSpacing(2);
    column->addWidget(title);
    if (!content.text.isEmpty() || content.kind == ToastKind::Work) {
        m_text = new Label(content.text, FontRole::Small, Color::Text2);
        m_text->setObjectName(u"toastText"_s);
        m_text->setWordWrap(true);
        column->addWidget(m_text);
    }
    if (content.kind == ToastKind::Undo || content.kind == ToastKind::Work) {
        m_bar = new ProgressBar(4);
        m_bar->setShare(content.kind == ToastKind::Undo ? 1 : 0);
        column->addSpacing(space::s1);
        column->addWidget(m_bar);
        if (content.kind == ToastKind::Work) {
            m_bar->hide(); // until the amount is known
        }
    }
    auto *buttons = new QHBoxLayout;
    buttons->setContentsMargins(0, space::s1 + 2, 0, 0);
    buttons->setSpacing(space::s2);
    for (const ToastAction &action : content.actions) {
        auto *button = new Button(action.name, action.text);
        button->setLook(ButtonKind::Normal, ButtonSize::Small);
        if (!action.command.isEmpty()) {
            setCommandHint(button, action.command);
        }
        connect(button, &QPushButton::clicked, this,
                [this, run = action.run, closes = action.closes] {
                    if (closes) {
                        m_onExpire = nullptr;
                        finish();
                    }
                    if (run) {
                        run();
                    }
                });
        buttons->addWidget(button);
    }
    if (content.kind == ToastKind::Undo) {
        m_left = new Label({}, FontRole::Small, Color::Text3);
        buttons->addWidget(m_left);
    }
    if (!content.details.isEmpty()) {
        addDetails(content.details, column, buttons);
    }
    buttons->addStretch();
    column->addLayout(buttons);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(space::s3 + 2, space::s3 - 2, space::s2, space::s3);
    layout->setSpacing(space::s2 + 2);
    auto *mark = new MarkLabel(markFor(content.kind));
    layout->addWidget(mark, 0, Qt::AlignTop);
    layout->addLayout(column, 1);
    layout->addWidget(close, 0, Qt::AlignTop);

    m_timer.setInterval(tickMs);
    connect(&m_timer, &QTimer::timeout, this, &Toast::tick);
    if (content.kind == ToastKind::Done) {
        countDown(duration::toastDone, nullptr);
    }
}

/// The raw message, behind a button. It may be long: the notice must not outgrow the window.
void Toast::addDetails(const QString &details, QBoxLayout *column, QBoxLayout *buttons)
{
    auto *text = new Label(details, FontRole::Mono, Color::Text2);
    text->setObjectName(u"toastDetails"_s);
    text->setWordWrap(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *scroll = new QScrollArea;
    scroll->setObjectName(u"toastDetailsScroll"_s);
    scroll->setAccessibleName(tr("Details"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidgetResizable(true);
    scroll->setFixedHeight(scaled(detailsHeight));
    scroll->setWidget(text);
    scroll->viewport()->setAutoFillBackground(false);
    text->setAutoFillBackground(false);
    scroll->hide();
    column->addWidget(scroll);
    auto *toggle = new Button(u"toastShowDetails"_s, tr("Show details"));
    toggle->setLook(ButtonKind::Quiet, ButtonSize::Small);
    connect(toggle, &QPushButton::clicked, this, [this, scroll, toggle] {
        scroll->setVisible(scroll->isHidden());
        toggle->setText(scroll->isHidden() ? tr("Show details") : tr("Hide details"));
        fit();
        Q_EMIT heightChanged();
    });
    buttons->addWidget(toggle);
}

/// As high as its lines are at its width. (A size hint does not know that width.)
void Toast::fit()
{
    resize(minimumWidth(), layout()->totalHeightForWidth(minimumWidth()));
}

void Toast::countDown(int milliseconds, std::function<void()> onExpire)
{
    m_total = milliseconds;
    m_onExpire = std::move(onExpire);
    m_spent = 0;
    m_elapsed.start();
    m_timer.start();
    tick();
}

void Toast::showProgress(std::optional<double> share, const QString &text)
{
    if (m_kind == ToastKind::Work) {
        m_bar->setVisible(share.has_value());
        m_bar->setShare(share.value_or(0));
        m_text->setText(text);
    }
}

void Toast::tick()
{
    const qint64 spent = m_spent + (m_elapsed.isValid() ? m_elapsed.elapsed() : 0);
    if (m_kind == ToastKind::Done && (underMouse() || isAncestorOf(QApplication::focusWidget()))) {
        // It waits while someone looks at it, and starts anew.
        m_elapsed.start();
        m_spent = 0;
        return;
    }
    if (m_bar != nullptr) {
        m_bar->setShare(1.0 - static_cast<double>(spent) / m_total);
        const auto left = static_cast<int>((m_total - spent + 999) / 1000);
        m_left->setText(tr("%1 s left").arg(std::max(left, 0)));
    }
    if (spent >= m_total) {
        expireNow();
    }
}

void Toast::expireNow()
{
    const auto expire = std::exchange(m_onExpire, nullptr);
    finish();
    if (expire) {
        expire();
    }
}

void Toast::finish()
{
    if (m_closed) {
        return;
    }
    m_closed = true;
    m_timer.stop();
    hide();
    deleteLater();
    Q_EMIT closed();
}

bool Toast::event(QEvent *event)
{
    const bool handled = RaisedFrame::event(event);
    if (event->type() == QEvent::LayoutRequest) {
        fit();
        Q_EMIT heightChanged();
    }
    return handled;
}

ToastHost::ToastHost(QWidget *window)
    : QObject(window)
    , m_window(window)
{
    window->installEventFilter(this);
}

QList<Toast *> ToastHost::toasts() const
{
    QList<Toast *> alive;
    for (const QPointer<Toast> &toast : m_toasts) {
        if (toast != nullptr && !toast->isHidden()) {
            alive << toast;
        }
    }
    return alive;
}

Toast *ToastHost::show(const ToastContent &content)
{
    return add(new Toast(content, m_window), content);
}

Toast *ToastHost::showUndo(const QString &title, const QString &text, std::function<void()> onUndo,
                           std::function<void()> onExpire)
{
    const ToastContent content{
        ToastKind::Undo, title, text, {{u"toastUndo"_s, tr("Undo"), {}, std::move(onUndo)}}, {}};
    Toast *toast = add(new Toast(content, m_window), content);
    toast->countDown(duration::undo, std::move(onExpire));
    return toast;
}

void ToastHost::makeRoom()
{
    const QList<Toast *> alive = toasts();
    if (alive.size() < maxToasts) {
        return;
    }
    // Who was promised time to undo something keeps it, though it may be a fourth notice then.
    for (const ToastKind kind : {ToastKind::Done, ToastKind::Error}) {
        const auto oldest = std::ranges::find(alive, kind, &Toast::kind);
        if (oldest != alive.end()) {
            (*oldest)->expireNow();
            return;
        }
    }
}

Toast *ToastHost::add(Toast *toast, const ToastContent &content)
{
    makeRoom();
    m_toasts.removeIf([](const QPointer<Toast> &t) { return t == nullptr || t->isHidden(); });
    m_toasts << toast;
    connect(toast, &Toast::closed, this, &ToastHost::arrange);
    connect(toast, &Toast::heightChanged, this, &ToastHost::arrange);
    toast->show();
    toast->raise();
    arrange();
    if (!Theme::instance().reducesMotion()) {
        auto *slide = new QPropertyAnimation(toast, "pos", toast);
        slide->setDuration(motion::normal);
        slide->setEasingCurve(QEasingCurve::OutCubic);
        slide->setStartValue(toast->pos() + QPoint(0, 12));
        slide->setEndValue(toast->pos());
        slide->start(QAbstractAnimation::DeleteWhenStopped);
    }
    QAccessibleEvent alert(toast, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
    announce(toast, toast->accessibleName());
    Q_EMIT shown(content);
    return toast;
}

void ToastHost::arrange()
{
    const QList<Toast *> alive = toasts();
    if (alive.isEmpty()) {
        return;
    }
    const bool mirrored = m_window->layoutDirection() == Qt::RightToLeft;
    int bottom = m_window->height() - m_bottomInset - space::s4 + RaisedFrame::shadowMargin;
    for (const QWidget *footer : m_window->findChildren<QWidget *>(footerName())) {
        if (footer->isVisible()) {
            bottom = std::min(bottom, footer->mapTo(m_window, QPoint(0, 0)).y() - space::s4 +
                                          RaisedFrame::shadowMargin);
        }
    }
    for (auto it = alive.rbegin(); it != alive.rend(); ++it) {
        Toast *toast = *it;
        toast->fit();
        const int x =
            mirrored ? space::s4 - RaisedFrame::shadowMargin
                     : m_window->width() - toast->width() - space::s4 + RaisedFrame::shadowMargin;
        toast->move(x, bottom - toast->height());
        bottom -= toast->height() - 2 * RaisedFrame::shadowMargin + space::s2;
    }
}

void ToastHost::stayAbove(QWidget *footer)
{
    footer->setObjectName(footerName());
    QCoreApplication::postEvent(footer->window(), new QEvent(QEvent::LayoutRequest));
}

void ToastHost::setBottomInset(int px)
{
    m_bottomInset = px;
    arrange();
}

void ToastHost::dropAll()
{
    const QList<Toast *> alive = toasts();
    m_toasts.clear();
    for (Toast *toast : alive) {
        delete toast;
    }
}

void ToastHost::expireAll()
{
    const QList<Toast *> alive = toasts();
    for (Toast *toast : alive) {
        toast->expireNow();
    }
}

bool ToastHost::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_window &&
        (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest)) {
        arrange();
    }
    return false;
}

} // namespace roadstead::ui
