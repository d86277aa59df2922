// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/images/image_action.h"
#include "ui/pages/images/image_details_controller.h"
#include "ui/pages/images/layers/layers_controller.h"

#include <QTimer>
#include <QWidget>

class QBoxLayout;
class QLayout;
class QStackedLayout;

namespace roadstead::service {
class TrustDesk;
}

namespace roadstead::ui {

class Badge;
class ElidedLabel;
class EmptyState;
class IconButton;
class ImageActions;
class ImageOverview;
class ImagesController;
class InspectView;
class Label;
class LayersTab;
class TabBar;

/// One image: how it is called and whether it is in use, what can be done, and its tabs; as a page,
/// or as a pane beside the list.
class ImageDetailsView : public QWidget
{
    Q_OBJECT
public:
    enum class Form {
        Page,
        Pane ///< narrower: no way back above the name, but buttons to enlarge and to close
    };

    ImageDetailsView(ImagesController *controller, Form form, QWidget *parent = nullptr);
    ~ImageDetailsView() override;

    /// Shows what is known of signatures from now on. `trust` must outlive this.
    void setTrust(service::TrustDesk *trust);
    void open(const std::string &id);
    void close();
    void refresh();
    [[nodiscard]] const std::string &imageId() const { return m_details.id(); }
    [[nodiscard]] ImageActions *actions() const { return m_actions; }
    [[nodiscard]] TabBar *tabs() const { return m_tabs; }
    /// Null in a pane, which is too narrow for it.
    [[nodiscard]] LayersTab *layersTab() const { return m_layersTab; }
    void showLayers();
    /// Where Ctrl+F searches: in Layers, else in Inspect, which is then shown.
    [[nodiscard]] QWidget *searchField() const;

Q_SIGNALS:
    void actionWanted(roadstead::ui::ImageAction action, const std::vector<std::string> &ids);
    void menuWanted(const std::vector<std::string> &ids, QPoint globalPosition);
    void containerWanted(const std::string &id);
    void backWanted();                      ///< to the list, or without the pane
    void escaped();                         ///< the same, by the keyboard
    void pageWanted(const std::string &id); ///< the pane's image as a page

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *buildHead();
    QLayout *buildCrumbs(QWidget *head);
    void buildPaneButtons(QWidget *head, QBoxLayout *row);
    void buildActions(QLayout *row);
    void buildBody(QBoxLayout *layout);
    void showState();
    void showRow();
    void showDetails();
    void openLayers();

    ImagesController *m_controller;
    Form m_form;
    ImageDetailsController m_details;
    LayersController m_layers;
    ImageActions *m_actions;
    ElidedLabel *m_crumbName = nullptr;
    ElidedLabel *m_name = nullptr;
    Badge *m_badge = nullptr;
    Badge *m_news = nullptr;
    IconButton *m_more = nullptr;
    TabBar *m_tabs = nullptr;
    QStackedLayout *m_stack = nullptr; ///< what the tabs show, in their order, then the messages
    ImageOverview *m_overview = nullptr;
    LayersTab *m_layersTab = nullptr;
    InspectView *m_inspect = nullptr;
    EmptyState *m_message = nullptr;
    EmptyState *m_busy = nullptr;
    QWidget *m_nothing = nullptr; ///< before it is worth a spinner
    QTimer m_patience;
};

} // namespace roadstead::ui
