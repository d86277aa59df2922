// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/engine_options.h"

#include "engine/base/ascii.h"
#include "engine/base/base64.h"
#include "engine/base/sha256.h"

#include <algorithm>
#include <ranges>

#include <arpa/inet.h>

namespace roadstead {

namespace {

constexpr std::string_view insecureKey = "insecure-registry=";
constexpr std::string_view certificateKey = "certificate=";
constexpr std::string_view beginMark = "-----BEGIN CERTIFICATE-----";
constexpr std::string_view endMark = "-----END CERTIFICATE-----";

std::unexpected<Error> wrongOptions(const char *why)
{
    return failure(ErrorKind::InvalidArgument, "engine.options", why);
}

bool isLabel(std::string_view label)
{
    constexpr std::size_t longest = 63;
    return !label.empty() && label.size() <= longest && isAlphanumeric(label.front()) &&
           isAlphanumeric(label.back()) &&
           std::ranges::all_of(label, [](char c) { return isAlphanumeric(c) || c == '-'; });
}

bool isHostName(std::string_view host)
{
    constexpr std::size_t longest = 253;
    return !host.empty() && host.size() <= longest &&
           std::ranges::all_of(host | std::views::split('.'),
                               [](auto label) { return isLabel(std::string_view(label)); });
}

bool isIpv6(std::string_view text)
{
    in6_addr address{};
    return !text.contains('\0') && inet_pton(AF_INET6, std::string(text).c_str(), &address) == 1;
}

bool isPort(std::string_view digits)
{
    constexpr std::string_view highest = "65535";
    return !digits.empty() && digits.size() <= highest.size() && digits.front() != '0' &&
           std::ranges::all_of(digits, isDigit) &&
           (digits.size() < highest.size() || digits <= highest);
}

std::string_view withoutReturn(std::string_view line)
{
    return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

bool isBase64(std::string_view line)
{
    constexpr std::size_t longest = 128;
    return !line.empty() && line.size() <= longest && std::ranges::all_of(line, [](char c) {
        return isAlphanumeric(c) || c == '+' || c == '/' || c == '=';
    });
}

/// `line` is the value of this key.
std::optional<std::string> valueOf(std::string_view line, std::string_view key)
{
    return line.starts_with(key) ? std::optional<std::string>(line.substr(key.size()))
                                 : std::nullopt;
}

} // namespace

std::string engineOptionsPath(uid_t uid)
{
    return std::string(engineOptionsRoot) + "/" + std::to_string(uid) + "/options";
}

bool isRegistryAddress(std::string_view text)
{
    std::string_view host = text;
    std::optional<std::string_view> port;
    const std::size_t colon = text.rfind(':');
    if (colon != std::string_view::npos && !text.ends_with(']')) {
        host = text.substr(0, colon);
        port = text.substr(colon + 1);
    }
    const bool isBracketed = host.starts_with('[') && host.ends_with(']');
    return (isBracketed ? isIpv6(host.substr(1, host.size() - 2)) : isHostName(host)) &&
           (!port || isPort(*port));
}

std::optional<std::vector<std::string>> certificatesIn(std::string_view pem)
{
    std::vector<std::string> found;
    std::string encoded;
    bool isInside = false;
    for (const auto part : pem | std::views::split('\n')) {
        const std::string_view line = withoutReturn(std::string_view(part));
        if (!isInside) {
            isInside = line == beginMark;
            encoded.clear();
            if (!isInside && !line.empty()) {
                return std::nullopt;
            }
        } else if (line == endMark) {
            auto bytes = parseBase64(encoded);
            if (!bytes || bytes->empty()) {
                return std::nullopt;
            }
            found.push_back(std::move(*bytes));
            isInside = false;
        } else if (isBase64(line)) {
            encoded += line;
        } else {
            return std::nullopt;
        }
    }
    return isInside || found.empty() ? std::nullopt : std::optional(std::move(found));
}

std::optional<std::string> normalCertificates(std::string_view pem)
{
    constexpr std::size_t width = 64;
    const auto found = certificatesIn(pem);
    if (!found) {
        return std::nullopt;
    }
    std::string text;
    for (const std::string &bytes : *found) {
        const std::string encoded = toBase64(bytes);
        text += std::string(beginMark) + "\n";
        for (std::size_t at = 0; at < encoded.size(); at += width) {
            text += encoded.substr(at, width) + "\n";
        }
        text += std::string(endMark) + "\n";
    }
    return text;
}

std::string serialize(const EngineOptions &options)
{
    std::string text;
    for (const std::string &registry : options.insecureRegistries) {
        text += std::string(insecureKey) + registry + "\n";
    }
    for (const auto &[registry, pem] : options.certificates) {
        text += std::string(certificateKey) + registry + "\n" + pem;
    }
    return text;
}

Result<void> checkEngineOptions(const EngineOptions &options)
{
    if (options.insecureRegistries.size() > mostInsecureRegistries) {
        return wrongOptions("too-many");
    }
    if (!std::ranges::all_of(options.insecureRegistries, isRegistryAddress) ||
        !std::ranges::all_of(options.certificates | std::views::keys, isRegistryAddress)) {
        return wrongOptions("registry");
    }
    for (const std::string &pem : options.certificates | std::views::values) {
        if (pem.size() > longestCertificate || normalCertificates(pem) != pem) {
            return wrongOptions("certificate");
        }
    }
    if (serialize(options).size() > longestEngineOptions) {
        return wrongOptions("too-long");
    }
    return {};
}

Result<EngineOptions> parseEngineOptions(std::string_view text)
{
    EngineOptions options;
    std::string *pem = nullptr; // of the registry named last
    for (const auto part : text | std::views::split('\n')) {
        const std::string_view line(part);
        if (auto registry = valueOf(line, insecureKey)) {
            options.insecureRegistries.insert(std::move(*registry));
            pem = nullptr;
        } else if (auto signer = valueOf(line, certificateKey)) {
            pem = &options.certificates[*signer];
        } else if (line.empty() || line.starts_with('#')) {
            continue;
        } else if (pem != nullptr) {
            *pem += std::string(line) + "\n";
        } else {
            return wrongOptions("line");
        }
    }
    for (std::string &each : options.certificates | std::views::values) {
        each = normalCertificates(each).value_or(std::string());
    }
    return checkEngineOptions(options).transform([&] { return std::move(options); });
}

std::string engineOptionsMark(std::string_view text)
{
    constexpr std::size_t digits = 16;
    return sha256Hex(text).substr(0, digits);
}

} // namespace roadstead
