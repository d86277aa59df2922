// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/page.h"

#include <QAbstractListModel>
#include <QPointer>
#include <QStyledItemDelegate>
#include <QWidget>

class QKeyEvent;
class QLineEdit;
class QListView;

namespace roadstead::ui {

/// How well `typed` (words, each of which must occur) fits `text`; 0 = not at all. Words at the
/// start of `text`, then at the start of a word, then anywhere.
[[nodiscard]] int matchScore(const QString &typed, const QString &text);

/// The palette's lines: group titles and items. Titles cannot be chosen.
class PaletteModel : public QAbstractListModel
{
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;

    /// Groups `items`; with something typed, the best of all comes first under "Best match".
    void setItems(const QList<PaletteItem> &items, const QString &typed);
    [[nodiscard]] const PaletteItem *itemAt(int row) const; ///< null for a title
    [[nodiscard]] QString titleAt(int row) const;
    [[nodiscard]] QString typed() const { return m_typed; }
    [[nodiscard]] int nextItem(int row, int step) const; ///< -1 when there is none
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    struct Line
    {
        QString title; ///< set for a title
        int item = -1;
    };
    QList<PaletteItem> m_items;
    QList<Line> m_lines;
    QString m_typed;
};

class PaletteDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;
};

/// The command palette: a frame over a cover that dims the window but the command bar. A child of
/// the window; Esc or a press on the cover closes it.
class CommandPalette : public QWidget
{
    Q_OBJECT
public:
    /// Fills the list for what was typed: pages, actions, objects.
    using Source = std::function<QList<PaletteItem>(const QString &typed)>;

    CommandPalette(Source source, QWidget *window);

    void open(const QString &typed = {});
    void close();
    [[nodiscard]] bool isOpen() const { return isVisible(); }
    /// What the cover leaves free at the bottom.
    void setBottomInset(int px);

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void hintChanged(const QString &command); ///< of the current line; empty = none
    void copyRequested(const QString &command);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    void fill();
    void place();
    void moveBy(int step);
    void runCurrent();
    bool handleKey(QKeyEvent *event);
    QWidget *makeFooter();

    Source m_source;
    QWidget *m_window;
    class RaisedFrame *m_frame;
    QLineEdit *m_field;
    QListView *m_list;
    PaletteModel *m_model;
    class Label *m_nothing;
    QPointer<QWidget> m_focusBefore;
    int m_bottomInset = 30;
};

} // namespace roadstead::ui
