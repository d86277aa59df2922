// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/command.h"
#include "engine/docker/image.h"
#include "engine/registry/account_book.h"
#include "engine/registry/cause.h"
#include "engine/service/engine_session.h"
#include "engine/service/registries/registry_desk.h"
#include "ui/text/error_text.h"
#include "ui/wizards/push/push_form.h"
#include "ui/wizards/push/push_layers.h"

#include <QElapsedTimer>
#include <QObject>
#include <QStringList>
#include <QTimer>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace roadstead::service {
class TrustDesk;
}

namespace roadstead::ui {

/// What became of a tag.
struct PushedTag
{
    std::string tag{};
    docker::ImageName target{};
    std::string digest{}; ///< once it is pushed; may be unknown
    bool isPushed = false;
    bool isBeforeKnown = false; ///< whether the registry told what the tag was
    std::string before{};       ///< its digest there; empty = there was no such tag
    std::string imageId{};      ///< what was pushed
};

/// Decides what the push wizard shows and does; no widgets. A push goes on when nobody looks. GUI
/// thread only.
class PushController : public QObject
{
    Q_OBJECT
public:
    enum class Step {
        Editing,  ///< ended by push()
        Checking, ///< the registry is asked whether the account may; ended by its answer
        Pushing,  ///< ended by the engine, or by cancel()
        Done      ///< ended by edit()
    };

    /// What it needs of an engine, and of registries.
    struct Parts
    {
        std::function<service::Operation<std::string>(const docker::Command &,
                                                      service::EngineSession::ProgressReceiver)>
            run;
        std::function<service::Operation<docker::ImageDetails>(const docker::Target &)> inspect;
        std::function<service::Operation<std::vector<docker::HistoryEntry>>(const docker::Target &)>
            history;
        std::function<service::EngineSession::Images()> images;       ///< never null
        std::function<QString(std::string_view createdBy)> makerText; ///< display text
        service::RegistryDesk *desk = nullptr;                        ///< must outlive this
        service::TrustDesk *trust = nullptr; ///< must outlive this; null = nothing is signed
    };

    explicit PushController(Parts parts, QObject *parent = nullptr);
    ~PushController() override;

    void begin(); ///< it is shown: accounts are read again
    /// A tag or an id of the engine. Begins a new form, unless a push is under way.
    void setImage(const std::string &reference);
    [[nodiscard]] const PushForm &form() const { return m_form; }
    /// Whether a person made more of the form than its image says, and it is not carried out.
    [[nodiscard]] bool isFilled() const;
    void setRegistry(const std::string &registry);
    void setRepository(const std::string &repository);
    void setTagChosen(const std::string &tag, bool chosen);
    void addTag(const std::string &tag); ///< and chooses it
    [[nodiscard]] std::vector<PushProblem> problems() const;
    [[nodiscard]] std::vector<docker::Command> commands() const; ///< what will run, in order
    [[nodiscard]] QString line() const; ///< the same as one line; empty while there is a problem

    [[nodiscard]] QStringList knownImages() const;     ///< tags, as they are
    [[nodiscard]] QStringList knownRegistries() const; ///< of accounts and images, as they are
    [[nodiscard]] std::int64_t imageBytes() const;     ///< of the image; -1 = not known
    [[nodiscard]] bool areAccountsRead() const { return m_book.has_value(); }
    /// What signs in at the form's registry; null = nothing that is known.
    [[nodiscard]] const registry::KeptAccount *account() const;
    [[nodiscard]] service::RegistryDesk *desk() const { return m_parts.desk; }
    [[nodiscard]] service::TrustDesk *trust() const { return m_parts.trust; }

    /// Checks, then pushes; or says that it cannot: then problems() tells why. After a failure it
    /// goes on with the tags that are missing; the engine sends only layers that are missing.
    bool push();
    void cancel();
    void edit(); ///< back to the form, as it was
    [[nodiscard]] Step step() const { return m_step; }
    [[nodiscard]] const std::optional<Explanation> &failure() const { return m_failure; }
    [[nodiscard]] registry::Cause failureCause() const { return m_cause; }
    /// Why the rights could not be checked before; display text, may be empty.
    [[nodiscard]] const QString &remark() const { return m_remark; }

    [[nodiscard]] const std::vector<PushedTag> &tags() const { return m_tags; }
    [[nodiscard]] std::size_t currentTag() const { return m_current; }
    [[nodiscard]] const PushLayers &layers() const { return m_layers; }
    [[nodiscard]] QString makerOf(const std::string &layer) const; ///< display text, may be empty
    [[nodiscard]] double bytesPerSecond() const;                   ///< 0 = not known
    [[nodiscard]] std::int64_t bytesSent() const { return m_bytesBefore + m_layers.sent(); }
    [[nodiscard]] int layersThere() const { return m_layersThere; }      ///< that needed no sending
    [[nodiscard]] qint64 milliseconds() const { return m_milliseconds; } ///< of the whole push

Q_SIGNALS:
    void formChanged();
    void accountsChanged();
    void stepChanged();
    void progressChanged(); ///< at most ten times a second

private:
    [[nodiscard]] const docker::ImageSummary *image() const;
    [[nodiscard]] bool isTagged(const docker::ImageName &target) const;
    void readAccounts();
    void setStep(Step step);
    void beginTags();
    void check();
    void takeCheck(const Result<service::Done> &may);
    void askBefore(std::size_t index);
    void readMakers();
    void pushNext();
    void pushTag();
    void takePushed(const Result<std::string> &result);
    void takeDigest(std::string digest);
    void fail(const Error &error, bool isCheck);

    Parts m_parts;
    PushForm m_form;
    PushForm m_begun;      ///< as setImage() left it
    std::string m_imageId; ///< of the form's image when it was chosen
    bool m_isRepositoryTyped = false;
    std::optional<registry::AccountBook> m_book;
    Step m_step = Step::Editing;
    std::optional<Explanation> m_failure;
    registry::Cause m_cause = registry::Cause::Unknown;
    QString m_remark;
    std::vector<PushedTag> m_tags;
    std::size_t m_current = 0;
    PushLayers m_layers;
    std::map<std::string, std::string> m_makers;
    std::int64_t m_bytesBefore = 0; ///< of tags before the current one
    int m_layersThere = 0;
    QElapsedTimer m_clock;     ///< since push()
    QElapsedTimer m_sendClock; ///< since the current tag's first byte
    qint64 m_milliseconds = 0;
    std::function<void()> m_cancel; ///< ends what is under way
    unsigned m_generation = 0;      ///< of what is asked: answers to an older one are dropped
    QTimer m_progressPause;
};

} // namespace roadstead::ui
