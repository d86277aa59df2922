// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSlider>
#include <QWidget>

#include <cstdint>
#include <string>

class QLineEdit;

namespace roadstead::ui {

/// A limit, typed or moved: a slider from none to all that the engine has, and a field that takes
/// whatever the option takes.
class LimitField : public QWidget
{
    Q_OBJECT
public:
    enum class Unit { Processors, Memory };

    LimitField(const QString &name, const QString &label, Unit unit, QWidget *parent = nullptr);

    void setMost(std::int64_t most); ///< CPUs, or bytes; 0 = not known, then there is no slider
    void setValue(const std::string &text);
    [[nodiscard]] std::string value() const;
    [[nodiscard]] QLineEdit *field() const { return m_field; }

Q_SIGNALS:
    void edited();

private:
    void follow();
    [[nodiscard]] QString textAt(int position) const;

    Unit m_unit;
    QSlider *m_slider;
    QLineEdit *m_field;
};

} // namespace roadstead::ui
