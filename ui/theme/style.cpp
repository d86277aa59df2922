// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/style.h"

#include "ui/theme/focus_ring.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/style_parts.h"
#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QComboBox>
#include <QFocusFrame>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

constexpr auto kindProperty = "roadsteadButtonKind";
constexpr auto sizeProperty = "roadsteadButtonSize";
constexpr auto raisedProperty = "roadsteadRaised";
constexpr auto faultyProperty = "roadsteadFaulty";
constexpr int ringMargin = border::focusGap + border::focusWidth;

/// The option as what it is for this element, or null when a caller passed another.
template<typename T>
const T *as(const QStyleOption *option)
{
    return qstyleoption_cast<const T *>(option);
}

void focusFrame(const QStyleOption &option, QPainter *painter, const QWidget *widget)
{
    qreal corner = radius::control;
    QRectF box = QRectF(option.rect).adjusted(ringMargin, ringMargin, -ringMargin, -ringMargin);
    if (const auto *frame = qobject_cast<const QFocusFrame *>(widget); frame && frame->widget()) {
        const QVariant own = frame->widget()->property("focusRadius");
        corner = own.isValid() ? own.toReal() : corner;
        box = FocusRing::within(*frame->widget(), box);
    }
    paintFocusRing(painter, box, corner);
}

/// Round the current row of a view: inside it, since rows touch.
void viewFocusRect(const QStyleOption &option, QPainter *painter)
{
    if (option.state & QStyle::State_KeyboardFocusChange) {
        paintBox(painter, QRectF(option.rect).adjusted(1, 1, -1, -1), radius::small, {},
                 color(Color::Accent), border::focusWidth);
    }
}

void itemPanel(const QStyleOption &option, QPainter *painter)
{
    if (option.state & QStyle::State_Selected) {
        painter->fillRect(option.rect, color(Color::BgSelected));
    } else if (option.state & QStyle::State_MouseOver) {
        painter->fillRect(option.rect, color(Color::BgHover));
    }
}

QString arrowIcon(QStyle::PrimitiveElement element)
{
    switch (element) {
    case QStyle::PE_IndicatorArrowUp:
        return u"chevron-up"_s;
    case QStyle::PE_IndicatorArrowLeft:
        return u"chevron-left"_s;
    case QStyle::PE_IndicatorArrowRight:
        return u"chevron-right"_s;
    default:
        return u"chevron-down"_s;
    }
}

void arrow(QStyle::PrimitiveElement element, const QStyleOption &option, QPainter *painter)
{
    QRectF box(0, 0, 12, 12);
    box.moveCenter(QRectF(option.rect).center());
    paintIcon(painter, box, arrowIcon(element),
              option.state & QStyle::State_Enabled ? Color::Text2 : Color::TextDisabled);
}

void branch(const QStyleOption &option, QPainter *painter)
{
    if (option.state & QStyle::State_Children) {
        const bool rightToLeft = option.direction == Qt::RightToLeft;
        arrow(option.state & QStyle::State_Open ? QStyle::PE_IndicatorArrowDown
              : rightToLeft                     ? QStyle::PE_IndicatorArrowLeft
                                                : QStyle::PE_IndicatorArrowRight,
              option, painter);
    }
}

} // namespace

void setButtonLook(QAbstractButton *button, ButtonKind kind, ButtonSize size)
{
    button->setProperty(kindProperty, static_cast<int>(kind));
    button->setProperty(sizeProperty, static_cast<int>(size));
    button->updateGeometry();
    button->update();
}

void setFaulty(QWidget *field, bool faulty)
{
    if (isFaulty(field) != faulty) {
        field->setProperty(faultyProperty, faulty);
        field->update();
    }
}

bool isFaulty(const QWidget *field)
{
    return field != nullptr && field->property(faultyProperty).toBool();
}

void setRaised(QWidget *surface)
{
    surface->setProperty(raisedProperty, true);
}

bool isOnRaised(const QWidget *widget)
{
    for (; widget != nullptr; widget = widget->isWindow() ? nullptr : widget->parentWidget()) {
        if (widget->property(raisedProperty).toBool()) {
            return true;
        }
    }
    return false;
}

ButtonKind buttonKind(const QWidget *button)
{
    return button != nullptr ? static_cast<ButtonKind>(button->property(kindProperty).toInt())
                             : ButtonKind::Normal;
}

ButtonSize buttonSize(const QWidget *button)
{
    return button != nullptr ? static_cast<ButtonSize>(button->property(sizeProperty).toInt())
                             : ButtonSize::Normal;
}

Style::Style()
    : QProxyStyle(u"Fusion"_s)
{
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                          const QWidget *widget) const
{
    switch (element) {
    case PE_IndicatorHeaderArrow: // the label has one
        return;
    case PE_FrameFocusRect:
        if (qobject_cast<const QAbstractItemView *>(widget) != nullptr) {
            viewFocusRect(*option, painter);
        }
        return;
    case PE_PanelButtonCommand:
        if (const auto *button = as<QStyleOptionButton>(option)) {
            return parts::pushButtonPanel(*button, painter, widget);
        }
        break;
    case PE_PanelLineEdit:
    case PE_FrameLineEdit:
        if (const auto *frame = as<QStyleOptionFrame>(option); frame && frame->lineWidth > 0) {
            parts::fieldFrame(*option, painter, widget);
        }
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        return parts::checkBox(*option, option->rect, painter);
    case PE_IndicatorRadioButton:
        return parts::radioButton(*option, option->rect, painter);
    case PE_PanelMenu:
    case PE_FrameMenu:
        return parts::menuPanel(*option, painter, widget);
    case PE_PanelTipLabel:
        return parts::tipPanel(*option, painter);
    case PE_IndicatorArrowUp:
    case PE_IndicatorArrowDown:
    case PE_IndicatorArrowLeft:
    case PE_IndicatorArrowRight:
        return arrow(element, *option, painter);
    case PE_IndicatorBranch:
        return branch(*option, painter);
    case PE_PanelItemViewItem:
        return itemPanel(*option, painter);
    case PE_PanelItemViewRow:
    case PE_PanelScrollAreaCorner:
        return;
    case PE_Frame:
    case PE_FrameGroupBox:
        return paintBox(painter, option->rect, radius::card, {}, color(Color::Border));
    case PE_FrameTabBarBase:
        return paintHorizontalLine(painter, option->rect.left(), option->rect.right() + 1,
                                   option->rect.bottom(), color(Color::Border));
    default:
        break;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void Style::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                        const QWidget *widget) const
{
    switch (element) {
    case CE_FocusFrame:
        return focusFrame(*option, painter, widget);
    case CE_PushButtonBevel:
        if (const auto *button = as<QStyleOptionButton>(option)) {
            return parts::pushButtonPanel(*button, painter, widget);
        }
        break;
    case CE_PushButtonLabel:
        if (const auto *button = as<QStyleOptionButton>(option)) {
            return parts::pushButtonLabel(*button, painter, widget);
        }
        break;
    case CE_MenuItem:
        if (const auto *item = as<QStyleOptionMenuItem>(option)) {
            return parts::menuItem(*item, painter, widget);
        }
        break;
    case CE_MenuEmptyArea:
        return;
    case CE_ProgressBar:
        if (const auto *bar = as<QStyleOptionProgressBar>(option)) {
            return parts::progressBar(*bar, painter);
        }
        break;
    case CE_HeaderSection:
        if (const auto *header = as<QStyleOptionHeader>(option)) {
            return parts::headerSection(*header, painter);
        }
        break;
    case CE_HeaderEmptyArea:
        painter->fillRect(option->rect, color(Color::BgSunken));
        return paintHorizontalLine(painter, option->rect.left(), option->rect.right() + 1,
                                   option->rect.bottom(), color(Color::Border));
    case CE_HeaderLabel:
        if (const auto *header = as<QStyleOptionHeader>(option)) {
            return parts::headerLabel(*header, painter);
        }
        break;
    case CE_TabBarTabShape:
        if (const auto *tab = as<QStyleOptionTab>(option)) {
            return parts::tabShape(*tab, painter);
        }
        break;
    case CE_TabBarTabLabel:
        if (const auto *tab = as<QStyleOptionTab>(option)) {
            return parts::tabLabel(*tab, painter);
        }
        break;
    case CE_Splitter:
        return painter->fillRect(option->rect, color(Color::Border));
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                               QPainter *painter, const QWidget *widget) const
{
    switch (control) {
    case CC_ScrollBar:
        if (const auto *bar = as<QStyleOptionSlider>(option)) {
            return parts::scrollBar(*this, *bar, painter, widget);
        }
        break;
    case CC_ToolButton:
        if (const auto *button = as<QStyleOptionToolButton>(option)) {
            return parts::toolButton(*this, *button, painter, widget);
        }
        break;
    case CC_ComboBox:
        if (const auto *combo = as<QStyleOptionComboBox>(option)) {
            return parts::comboBox(*combo, painter, widget);
        }
        break;
    case CC_SpinBox:
        if (const auto *spin = as<QStyleOptionSpinBox>(option)) {
            return parts::spinBox(*this, *spin, painter, widget);
        }
        break;
    default:
        break;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_FocusFrameHMargin:
    case PM_FocusFrameVMargin:
        return ringMargin;
    case PM_ScrollBarExtent:
        return size::scrollbar;
    case PM_ScrollBarSliderMin:
        return 32;
    case PM_ScrollView_ScrollBarSpacing:
    case PM_ScrollView_ScrollBarOverlap:
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_TabBarTabShiftVertical:
    case PM_TabBarTabOverlap:
    case PM_TabBarBaseOverlap:
    case PM_MenuPanelWidth:
        return 0;
    case PM_MenuHMargin:
    case PM_MenuVMargin:
        return space::s1;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return scaled(size::checkbox);
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
        return space::s2;
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_ListViewIconSize:
    case PM_TabBarIconSize:
        return scaled(16);
    case PM_LineEditIconSize:
        return scaled(14);
    case PM_DefaultFrameWidth:
        return qobject_cast<const QLineEdit *>(widget) != nullptr ? 2 : 1;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return space::s2;
    case PM_LayoutLeftMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutBottomMargin:
        return space::s4;
    case PM_SplitterWidth:
        return 1;
    case PM_HeaderMarkSize:
        return 12;
    case PM_HeaderMargin:
        return space::s2;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                     QStyleHintReturn *data) const
{
    switch (hint) {
    case SH_FocusFrame_AboveWidget:
    case SH_Menu_SloppySubMenus:
    case SH_ScrollBar_LeftClickAbsolutePosition:
    case SH_TitleBar_NoBorder:
        return 1;
    case SH_FocusFrame_Mask:
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_ScrollBar_Transient:
    case SH_ItemView_ShowDecorationSelected:
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_UnderlineShortcut:
    case SH_ComboBox_Popup:
        return 0;
    case SH_ToolTip_WakeUpDelay:
        return duration::tooltip;
    case SH_Widget_Animation_Duration:
        return Theme::instance().reducesMotion() ? 0 : motion::normal;
    case SH_ToolTipLabel_Opacity:
        return 255;
    default:
        return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &contents,
                              const QWidget *widget) const
{
    const int field = heightFor(FontRole::Body, size::field);
    switch (type) {
    case CT_PushButton:
        if (const auto *button = as<QStyleOptionButton>(option)) {
            return parts::buttonSizeHint(*button, widget);
        }
        break;
    case CT_ToolButton:
        if (const auto *button = as<QStyleOptionToolButton>(option)) {
            return parts::toolButtonSizeHint(*button, contents, widget);
        }
        break;
    case CT_MenuItem:
        if (const auto *item = as<QStyleOptionMenuItem>(option)) {
            return parts::menuItemSize(*item, contents);
        }
        break;
    case CT_LineEdit:
        return {contents.width() + 16, std::max(field, contents.height())};
    case CT_ComboBox:
        return {contents.width() + 44, field};
    case CT_SpinBox:
        return {contents.width() + 28, field};
    case CT_CheckBox:
    case CT_RadioButton: {
        const QSize base = QProxyStyle::sizeFromContents(type, option, contents, widget);
        return {base.width(), std::max(base.height(), scaled(size::hitTargetMin))};
    }
    case CT_HeaderSection:
        return {QProxyStyle::sizeFromContents(type, option, contents, widget).width(),
                heightFor(FontRole::Small, size::tableHeader)};
    case CT_TabBarTab:
        return {contents.width(), heightFor(FontRole::Body, size::tabs)};
    case CT_ItemViewItem: {
        const QSize base = QProxyStyle::sizeFromContents(type, option, contents, widget);
        return {base.width(), std::max(base.height(), heightFor(FontRole::Body, 28))};
    }
    default:
        break;
    }
    return QProxyStyle::sizeFromContents(type, option, contents, widget);
}

QRect Style::subElementRect(SubElement element, const QStyleOption *option,
                            const QWidget *widget) const
{
    if (element == SE_LineEditContents) {
        return option->rect.adjusted(6, 1, -6, -1);
    }
    if (element == SE_ComboBoxFocusRect || element == SE_PushButtonContents) {
        return option->rect;
    }
    if (element == SE_PushButtonFocusRect) {
        return {};
    }
    return QProxyStyle::subElementRect(element, option, widget);
}

QIcon Style::standardIcon(StandardPixmap which, const QStyleOption *option,
                          const QWidget *widget) const
{
    switch (which) {
    case SP_LineEditClearButton:
    case SP_DialogCloseButton:
    case SP_TitleBarCloseButton:
        return icon(u"x-lg"_s);
    case SP_ToolBarHorizontalExtensionButton:
        return icon(u"three-dots"_s);
    default:
        return QProxyStyle::standardIcon(which, option, widget);
    }
}

void Style::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractButton *>(widget) != nullptr ||
        qobject_cast<QComboBox *>(widget) != nullptr ||
        qobject_cast<QScrollBar *>(widget) != nullptr ||
        qobject_cast<QLineEdit *>(widget) != nullptr) {
        widget->setAttribute(Qt::WA_Hover);
    }
    if (qobject_cast<QMenu *>(widget) != nullptr) {
        widget->setAttribute(Qt::WA_TranslucentBackground);
        widget->setWindowFlag(Qt::FramelessWindowHint);
    }
}

void Style::unpolish(QWidget *widget)
{
    if (qobject_cast<QMenu *>(widget) != nullptr) {
        widget->setAttribute(Qt::WA_TranslucentBackground, false);
    }
    QProxyStyle::unpolish(widget);
}

} // namespace roadstead::ui
