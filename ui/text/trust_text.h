// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/registry/trust/trust_cause.h"
#include "engine/registry/trust/trust_rules.h"
#include "ui/text/error_text.h"

#include <QString>

#include <string>

/// Words about signatures and the policy. Thread-safe.
namespace roadstead::ui {

/// What was tried.
enum class TrustAct { Sign, Verify, MakeKey };

/// Why it did not work, and what to do. `subject`: the image's name, or the key's, as it came.
[[nodiscard]] Explanation explainTrust(const Error &error, TrustAct act,
                                       const std::string &subject);

/// A verdict in a few words: "Signed by release". Null = nothing was checked.
[[nodiscard]] QString verdictText(const trust::Verdict *verdict);
/// The same with its reason, for a tip.
[[nodiscard]] QString verdictReason(const trust::Verdict &verdict);

/// What a policy does, in a sentence.
[[nodiscard]] QString policySentence(trust::Policy policy);

/// Why the policy holds an image back, and what to do. `mayDecide`: a person may go on all the
/// same.
[[nodiscard]] Explanation explainPolicy(const trust::Verdict &verdict, bool mayDecide);

/// How cosign is installed here.
[[nodiscard]] QString cosignAdvice();

} // namespace roadstead::ui
