// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/run/mount_rows.h"

#include "ui/theme/metrics.h"
#include "ui/widgets/button.h"
#include "ui/wizards/run/field.h"
#include "ui/wizards/run/field_place.h"

#include <QCompleter>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QMenu>
#include <QMimeData>
#include <QStringListModel>
#include <QUrl>
#include <QVBoxLayout>

namespace roadstead::ui {

namespace {

using Kind = RunMount::Kind;

constexpr int kindWidth = 92;

class MountRow : public FormRow
{
public:
    MountRow(QStringListModel *volumes, bool picksFolders)
        : FormRow(QStringLiteral("mountRow"))
        , m_picksFolders(picksFolders)
        , m_kind(makeChoice({}, MountRows::tr("Kind of mount")))
        , m_source(makeField({}, MountRows::tr("Folder or volume")))
        , m_pick(new IconButton(QStringLiteral("pickFolder"), QStringLiteral("folder2-open"),
                                MountRows::tr("Choose a folder")))
        , m_target(makeField({}, MountRows::tr("Path in the container"), QStringLiteral("/data")))
        , m_readOnly(makeCheck({}, MountRows::tr("Read only")))
        , m_more(new IconButton(QStringLiteral("mountMore"), QStringLiteral("three-dots"),
                                MountRows::tr("SELinux label")))
        , m_note(new PlaceNote({"mount", 0}))
    {
        m_kind->addItem(MountRows::tr("Folder"), int(Kind::Folder));
        m_kind->addItem(MountRows::tr("Volume"), int(Kind::Volume));
        m_kind->addItem(MountRows::tr("Memory"), int(Kind::Memory));
        m_kind->setFixedWidth(scaled(kindWidth));
        m_completer = new QCompleter(volumes, this);
        m_completer->setFilterMode(Qt::MatchContains);
        m_completer->setCaseSensitivity(Qt::CaseInsensitive);
        fields()->addWidget(m_kind);
        fields()->addWidget(m_source, 5);
        fields()->addWidget(m_pick);
        addArrow();
        fields()->addWidget(m_target, 4);
        fields()->addWidget(m_readOnly);
        fields()->addWidget(m_more);
        fields()->addWidget(makeRemoveButton(MountRows::tr("Remove this mount")));
        column()->addWidget(m_note);
        connect(m_kind, &QComboBox::activated, this, [this] {
            arrange();
            Q_EMIT edited();
        });
        connect(m_source, &QLineEdit::textEdited, this, &FormRow::edited);
        connect(m_completer, qOverload<const QString &>(&QCompleter::activated), this,
                &FormRow::edited, Qt::QueuedConnection);
        connect(m_target, &QLineEdit::textEdited, this, &FormRow::edited);
        connect(m_readOnly, &QCheckBox::clicked, this, &FormRow::edited);
        connect(m_more, &IconButton::clicked, this, &MountRow::showMore);
        connect(m_pick, &IconButton::clicked, this, &MountRow::pick);
        connect(m_note, &PlaceNote::fixWanted, this, &FormRow::fixWanted);
        arrange();
    }

    void setNumber(int number) override
    {
        m_kind->setObjectName(QStringLiteral("mountKind%1").arg(number));
        m_source->setObjectName(QStringLiteral("mountSource%1").arg(number));
        m_pick->setObjectName(QStringLiteral("pickFolder%1").arg(number));
        m_target->setObjectName(QStringLiteral("mountTarget%1").arg(number));
        m_readOnly->setObjectName(QStringLiteral("mountReadOnly%1").arg(number));
        m_more->setObjectName(QStringLiteral("mountMore%1").arg(number));
        setPlace(m_source, {"mount", number});
        setPlace(m_note, {"mount", number});
        setPlace(this, {"mount", number});
    }
    [[nodiscard]] QWidget *firstField() const override
    {
        return kind() == Kind::Memory ? m_target : m_source;
    }

    void fill(const RunMount &mount)
    {
        m_mount = mount;
        m_kind->setCurrentIndex(m_kind->findData(int(mount.kind)));
        setText(m_source, mount.source);
        setText(m_target, mount.target);
        m_readOnly->setChecked(mount.isReadOnly);
        arrange();
    }

    [[nodiscard]] RunMount mount() const
    {
        RunMount mount = m_mount; // what has no field stays
        mount.kind = kind();
        const bool isMemory = mount.kind == Kind::Memory;
        mount.source = isMemory ? std::string() : textOf(m_source);
        if (mount.kind == Kind::Folder && mount.source.starts_with("~/")) {
            mount.source.replace(0, 1, QDir::homePath().toStdString());
        }
        mount.target = textOf(m_target);
        mount.isReadOnly = m_readOnly->isChecked() && (!isMemory || mount.isLong);
        mount.seLinux = mount.kind == Kind::Folder ? mount.seLinux : '\0';
        return mount;
    }

private:
    [[nodiscard]] Kind kind() const { return Kind(m_kind->currentData().toInt()); }

    void arrange()
    {
        const bool isFolder = kind() == Kind::Folder;
        const bool isVolume = kind() == Kind::Volume;
        m_source->setVisible(isFolder || isVolume);
        m_source->setPlaceholderText(isFolder   ? QStringLiteral("/srv/data")
                                     : isVolume ? MountRows::tr("name, or empty for a new one")
                                                : QString());
        m_source->setCompleter(isVolume ? m_completer : nullptr);
        m_pick->setVisible(isFolder && m_picksFolders);
        m_readOnly->setVisible(isFolder || isVolume || m_mount.isLong);
        m_more->setVisible(isFolder && !m_mount.isLong);
        m_more->setIconName(QStringLiteral("three-dots"),
                            m_mount.seLinux == '\0' ? Color::Text2 : Color::Accent);
    }

    /// The label that lets a container into a folder where SELinux guards it.
    void showMore()
    {
        auto *menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        const auto add = [&](const QString &text, char label) {
            QAction *action = menu->addAction(text);
            action->setCheckable(true);
            action->setChecked(m_mount.seLinux == label);
            connect(action, &QAction::triggered, this, [this, label] {
                m_mount.seLinux = label;
                arrange();
                Q_EMIT edited();
            });
        };
        add(MountRows::tr("No SELinux label"), '\0');
        add(MountRows::tr("SELinux label shared by containers (z)"), 'z');
        add(MountRows::tr("SELinux label of this container alone (Z)"), 'Z');
        menu->popup(m_more->mapToGlobal(m_more->rect().bottomLeft()));
    }

    void pick()
    {
        auto *dialog =
            new QFileDialog(this, MountRows::tr("Folder to mount"),
                            m_source->text().isEmpty() ? QDir::homePath() : m_source->text());
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::Directory);
        connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
            m_source->setText(path);
            Q_EMIT edited();
        });
        dialog->open();
    }

    bool m_picksFolders;
    RunMount m_mount;
    QComboBox *m_kind;
    QLineEdit *m_source;
    IconButton *m_pick;
    QLineEdit *m_target;
    QCheckBox *m_readOnly;
    IconButton *m_more;
    PlaceNote *m_note;
    QCompleter *m_completer = nullptr;
};

} // namespace

MountRows::MountRows(QWidget *parent)
    : FormRows(QStringLiteral("mount"), tr("Mounts"), tr("Or drop a folder here"),
               tr("+ Add mount"), parent)
    , m_volumes(new QStringListModel(this))
{
    setAcceptDrops(true);
}

void MountRows::setVolumes(const QStringList &names)
{
    if (m_volumes->stringList() != names) {
        m_volumes->setStringList(names);
    }
}

FormRow *MountRows::makeRow()
{
    return new MountRow(m_volumes, m_picksFolders);
}

void MountRows::fill(const RunForm &form)
{
    setCount(int(form.mounts.size()));
    for (int i = 0; i < count(); ++i) {
        static_cast<MountRow *>(row(i))->fill(form.mounts[std::size_t(i)]);
    }
}

void MountRows::collect(RunForm &form) const
{
    form.mounts.clear();
    for (int i = 0; i < count(); ++i) {
        form.mounts.push_back(static_cast<const MountRow *>(row(i))->mount());
    }
}

void MountRows::dragEnterEvent(QDragEnterEvent *event)
{
    if (m_picksFolders && event->mimeData()->hasUrls()) {
        event->acceptProposedAction();
    }
}

void MountRows::dropEvent(QDropEvent *event)
{
    RunForm form;
    collect(form);
    for (const QUrl &url : event->mimeData()->urls()) {
        const QString path = url.toLocalFile();
        if (!path.isEmpty() && QFileInfo(path).isDir()) {
            form.mounts.push_back(
                {Kind::Folder, path.toStdString(), "/" + QFileInfo(path).fileName().toStdString()});
        }
    }
    event->acceptProposedAction();
    fill(form);
    Q_EMIT edited();
}

} // namespace roadstead::ui
