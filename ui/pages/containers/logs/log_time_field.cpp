// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/containers/logs/log_time_field.h"

#include "ui/pages/containers/logs/log_view.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/announce.h"

namespace roadstead::ui {

std::optional<QDateTime> typedTime(const QString &text, QDate day)
{
    const QStringList words = text.simplified().split(u' ');
    if (words.size() == 2) {
        day = QDate::fromString(words.first(), QStringLiteral("yyyy-MM-dd"));
    }
    QTime time;
    for (const char *format : {"H:mm", "H:mm:ss", "H:mm:ss.z"}) {
        if (!time.isValid()) {
            time = QTime::fromString(words.last(), QString::fromLatin1(format));
        }
    }
    if (words.size() > 2 || !day.isValid() || !time.isValid()) {
        return {};
    }
    return QDateTime(day, time);
}

LogTimeField::LogTimeField(LogView *view, QWidget *parent)
    : SearchField(QStringLiteral("logsTime"), tr("Go to time"), QStringLiteral("clock"), parent)
    , m_view(view)
{
    setToolTip(tr("A time such as 14:31 or 14:31:38, or a date and a time such as "
                  "2026-01-02 14:31. Enter goes there."));
    const auto fit = [this] { // as high as the chips beside it
        setFont(ui::font(FontRole::Small));
        setFixedHeight(heightFor(FontRole::Small, size::chip));
    };
    fit();
    connect(&Theme::instance(), &Theme::changed, this, fit);
    connect(this, &QLineEdit::returnPressed, this, &LogTimeField::go);
    connect(this, &QLineEdit::textEdited, this, [this] { Q_EMIT told({}); });
}

QSize LogTimeField::sizeHint() const
{
    return {scaled(140), heightFor(FontRole::Small, size::chip)};
}

void LogTimeField::go()
{
    const std::optional<qint64> shown = m_view->topTime();
    const QDate day = shown ? QDateTime::fromMSecsSinceEpoch(*shown).date() : QDate();
    const auto time = typedTime(text(), day);
    QString what;
    if (!shown) {
        what = tr("There are no lines to go to.");
    } else if (!time) {
        what = tr("Not a time. Write it like 14:31:38.");
    } else {
        m_view->goToTime(time->toMSecsSinceEpoch());
    }
    Q_EMIT told(what);
    if (!what.isEmpty()) {
        announce(this, what);
    }
}

} // namespace roadstead::ui
