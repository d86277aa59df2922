// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/command.h"
#include "engine/docker/types.h"
#include "engine/service/engine_session.h"
#include "engine/service/pending.h"
#include "engine/service/trust/trust_desk.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace roadstead::service {

/// Pulls images, and lets those through that are here, as the policy wants it. One thing at a time.
/// GUI thread.
///
/// What the policy stops ends with an error of TrustCause::PolicyAsks or PolicyRefuses, and
/// verdict() tells why. After the first, the same may be asked for with `isDecided`.
class GuardedImages : public QObject
{
    Q_OBJECT
public:
    using Run = std::function<Operation<std::string>(const docker::Command &,
                                                     EngineSession::ProgressReceiver)>;

    /// The operation of errors of the policy.
    static constexpr const char *policyOperation = "trust.policy";

    /// Without a desk there is no policy. It must outlive this.
    GuardedImages(Run run, TrustDesk *desk, QObject *parent = nullptr);
    ~GuardedImages() override;

    /// Whether anything is checked before `image` is pulled.
    [[nodiscard]] bool checks() const;
    /// What pull() runs, as far as it is known before, in order.
    [[nodiscard]] std::vector<std::string> lines(const docker::PullImage &pull) const;
    Operation<std::string> pull(const docker::PullImage &pull, bool isDecided,
                                EngineSession::ProgressReceiver progress);
    /// Whether an image that is here may be run; `name` is what it is asked for by. Yields nothing.
    Operation<std::string> admit(const std::string &name, const docker::ImageSummary &image,
                                 bool isDecided);
    /// Of the last thing; none while it is being found out, or where nothing was checked.
    [[nodiscard]] const std::optional<trust::Verdict> &verdict() const { return m_verdict; }
    [[nodiscard]] bool isChecking() const { return m_isChecking; }

Q_SIGNALS:
    void checkingChanged();

private:
    using Pass = std::function<void()>;
    void judge(const std::string &image, bool isDecided, Pass pass);
    void pass(const trust::Verdict &verdict, bool isDecided, const Pass &go);
    void pullNow(const docker::PullImage &pull, const EngineSession::ProgressReceiver &progress);
    Operation<std::string> begin();
    void finish(const Result<std::string> &result);
    void setChecking(bool checking);

    Run m_run;
    TrustDesk *m_desk;
    std::shared_ptr<Pending<std::string>> m_pending;
    std::function<void()> m_cancel;
    std::optional<trust::Verdict> m_verdict;
    bool m_isChecking = false;
};

/// The commands that pull exactly what was verified, and name it as it was asked for.
std::vector<docker::Command> pullVerified(const docker::PullImage &pull,
                                          const trust::Verdict &verdict);

} // namespace roadstead::service
