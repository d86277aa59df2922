// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/surface.h"

class QComboBox;
class QLineEdit;
class QVBoxLayout;

namespace roadstead::ui {

class Button;
class Label;
class LinkButton;
class PushController;
enum class PushField;

/// What is pushed and where: image, tags, registry, account and name. Locked while it is pushed.
class PushFields : public Surface
{
    Q_OBJECT
public:
    /// `controller` must outlive this.
    explicit PushFields(PushController *controller, QWidget *parent = nullptr);
    ~PushFields() override;

    void fill();    ///< what the engine and the accounts offer
    void refresh(); ///< what the form says
    void showProblems(bool show);
    void focusFirst();
    void focusProblem(); ///< the field that is to be mended first

Q_SIGNALS:
    void signInWanted();

private:
    void makeTop(QVBoxLayout *column);
    void makeTags(QVBoxLayout *column);
    void makeRegistry(QVBoxLayout *column);
    void refreshTags();
    void refreshAccount();
    void refreshNames();
    void addTyped();
    [[nodiscard]] QWidget *widgetOf(PushField field) const;

    PushController *m_controller;
    QWidget *m_locked = nullptr; ///< says that nothing can be changed now
    Label *m_size = nullptr;
    QComboBox *m_image = nullptr;
    Label *m_imageNote = nullptr;
    QVBoxLayout *m_tagRows = nullptr;
    QLineEdit *m_newTag = nullptr;
    Button *m_addTag = nullptr;
    Label *m_tagNote = nullptr;
    QComboBox *m_registry = nullptr;
    Label *m_registryNote = nullptr;
    Label *m_accountName = nullptr;
    Label *m_accountText = nullptr;
    Button *m_signIn = nullptr;
    QLineEdit *m_repository = nullptr;
    Label *m_repositoryNote = nullptr;
    Label *m_names = nullptr;
    bool m_showsProblems = false;
    bool m_isFilling = false;
};

} // namespace roadstead::ui
