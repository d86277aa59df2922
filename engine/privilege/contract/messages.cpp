// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/privilege/contract/messages.h"

#include "engine/privilege/contract/options.h"

#include <QRandomGenerator>

#include <algorithm>
#include <array>
#include <optional>

namespace roadstead::privilege {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestWord = 64;

constexpr std::array outcomeWords{"accepted",  "already",    "refused",    "other-version",
                                  "nodockerd", "nolauncher", "notrunning", "stopping",
                                  "masked",    "failed"};
constexpr std::array stageWords{"asked", "dismissed", "noagent", "denied", "noanswer", "toooften"};

bool isPlain(QChar c)
{
    const char16_t u = c.unicode();
    return (u >= u'A' && u <= u'Z') || (u >= u'a' && u <= u'z') || (u >= u'0' && u <= u'9') ||
           u == u'.' || u == u'_' || u == u':' || u == u'-';
}

std::unexpected<Error> refused(const char *why)
{
    return failure(ErrorKind::InvalidArgument, "privilege.decode", why);
}

std::optional<QString> wordAt(const QVariantMap &map, const QString &key, bool mayBeEmpty = false)
{
    const auto found = map.constFind(key);
    if (found == map.cend() || found->metaType() != QMetaType::fromType<QString>()) {
        return std::nullopt;
    }
    QString text = found->toString();
    if (!isPlainWord(text) && !(mayBeEmpty && text.isEmpty())) {
        return std::nullopt;
    }
    return text;
}

/// An int in 0..limit, and of no other type.
std::optional<int> numberAt(const QVariantMap &map, const QString &key, int limit)
{
    const auto found = map.constFind(key);
    if (found == map.cend() || found->metaType() != QMetaType::fromType<int>()) {
        return std::nullopt;
    }
    const int number = found->toInt();
    return number >= 0 && number <= limit ? std::optional(number) : std::nullopt;
}

} // namespace

bool isPlainWord(QStringView text)
{
    return !text.isEmpty() && text.size() <= longestWord && std::ranges::all_of(text, isPlain);
}

QString plainWord(QStringView text)
{
    QString result = text.first(std::min(text.size(), longestWord)).toString();
    std::ranges::replace_if(result, [](QChar c) { return !isPlain(c); }, QChar(u'-'));
    return result.isEmpty() ? u"-"_s : result;
}

QString newNonce()
{
    std::array<quint32, 4> parts{};
    QRandomGenerator::system()->fillRange(parts.data(), qsizetype(parts.size()));
    QString nonce;
    for (const quint32 part : parts) {
        nonce += u"%1"_s.arg(part, 8, 16, QChar(u'0'));
    }
    return nonce;
}

QVariantMap encode(const Request &request)
{
    QVariantMap map{{u"nonce"_s, request.nonce}, {u"version"_s, request.version}};
    if (request.options) {
        map[u"options"_s] = encodeOptions(*request.options);
    }
    return map;
}

QVariantMap encode(const Reply &reply)
{
    return {
        {u"nonce"_s, reply.nonce}, {u"outcome"_s, int(reply.outcome)}, {u"detail"_s, reply.detail}};
}

QVariantMap encode(const Progress &progress)
{
    return {{u"stage"_s, int(progress.stage)}, {u"uid"_s, progress.uid}};
}

Result<Request> decodeRequest(const QVariantMap &map, bool withOptions)
{
    const QVariant options = map.value(u"options"_s);
    if (map.size() != (withOptions ? 3 : 2)) {
        return refused("keys");
    }
    const auto nonce = wordAt(map, u"nonce"_s);
    const auto version = numberAt(map, u"version"_s, 1'000'000);
    if (!nonce || !version) {
        return refused(nonce ? "version" : "nonce");
    }
    if (!withOptions) {
        return Request{*nonce, *version};
    }
    if (options.metaType() != QMetaType::fromType<QVariantMap>()) {
        return refused("options");
    }
    return decodeOptions(options.toMap()).transform([&](EngineOptions &&read) {
        return Request{*nonce, *version, std::move(read)};
    });
}

Result<Reply> decodeReply(const QVariantMap &map)
{
    if (map.size() != 3) {
        return refused("keys");
    }
    const auto nonce = wordAt(map, u"nonce"_s, true);
    const auto outcome = numberAt(map, u"outcome"_s, int(Outcome::Failed));
    const auto detail = wordAt(map, u"detail"_s, true);
    if (!nonce || !outcome || !detail) {
        return refused("reply");
    }
    return Reply{*nonce, Outcome(*outcome), *detail};
}

Result<Progress> decodeProgress(const QVariantMap &map)
{
    if (map.size() != 2) {
        return refused("keys");
    }
    const auto stage = numberAt(map, u"stage"_s, int(Stage::TooOften));
    const auto uid = map.value(u"uid"_s);
    if (!stage || uid.metaType() != QMetaType::fromType<uint>()) {
        return refused("progress");
    }
    return Progress{Stage(*stage), uid.toUInt()};
}

const char *word(Outcome outcome)
{
    return outcomeWords.at(std::size_t(outcome));
}

const char *word(Stage stage)
{
    return stageWords.at(std::size_t(stage));
}

} // namespace roadstead::privilege
