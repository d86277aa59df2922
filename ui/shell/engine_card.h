// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/engine_view.h"
#include "ui/theme/tokens.h"

#include <QAbstractButton>

namespace roadstead::ui {

/// The engine at a glance in the sidebar: state mark, name, version, CPU and memory of its
/// containers. Pressing it opens the engine's popup. Collapsed, the mark alone.
class EngineCard : public QAbstractButton
{
    Q_OBJECT
public:
    explicit EngineCard(EngineView *engine, QWidget *parent = nullptr);

    void setCollapsed(bool collapsed);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void refresh();
    void describeUse();
    void paintMeter(QPainter &painter, int y, int barWidth, const QString &label, double share,
                    const QString &value);

    EngineView *m_engine;
    StateMark m_mark = StateMark::Exited;
    QString m_second; ///< "Running · Docker 28.3.2"
    bool m_collapsed = false;
};

} // namespace roadstead::ui
