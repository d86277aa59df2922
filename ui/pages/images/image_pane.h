// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

#include <string>

class QStackedLayout;

namespace roadstead::ui {

class ImageDetailsView;
class ImagesController;

/// The details of the list's current image, beside the list. Asks the engine for that image alone,
/// once the keyboard rests on it, and for nothing while it is not shown.
class ImagePane : public QWidget
{
    Q_OBJECT
public:
    explicit ImagePane(ImagesController *controller, QWidget *parent = nullptr);

    /// Empty = none. What was shown goes at once, so that nothing is done to the wrong one.
    void setImage(const std::string &id);
    [[nodiscard]] ImageDetailsView *view() const { return m_view; }
    [[nodiscard]] QWidget *firstPlace() const; ///< for the keyboard

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void follow();

    ImageDetailsView *m_view;
    QWidget *m_none;
    QStackedLayout *m_stack;
    std::string m_wanted;
    QTimer m_rest; ///< while rows are passed by
};

} // namespace roadstead::ui
