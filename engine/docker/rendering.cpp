// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/rendering.h"

#include "engine/base/rfc3339.h"
#include "engine/docker/api_version.h"
#include "engine/http/client.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>

namespace roadstead::docker {

std::string Platform::text() const
{
    std::string text = os;
    for (const std::string &part : {architecture, variant}) {
        if (!text.empty() && !part.empty()) {
            text.append("/").append(part);
        }
    }
    return text;
}

Result<void> knownSince(ApiVersion needed, ApiVersion spoken)
{
    if (spoken < needed) {
        return failure(ErrorKind::InvalidArgument, {},
                       "API " + apiVersionText(needed) + " is needed, the engine speaks " +
                           apiVersionText(spoken));
    }
    return {};
}

std::string jsonText(const OrderedJson &json)
{
    return json.dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

OrderedJson labelsJson(const Labels &labels)
{
    OrderedJson json = OrderedJson::object();
    for (const auto &[name, value] : labels) {
        json[name] = value;
    }
    return json;
}

std::string filtersText(const Filters &filters)
{
    std::map<std::string, std::map<std::string, bool>> sorted;
    for (const auto &[name, value] : filters) {
        sorted[name][value] = true;
    }
    return jsonText(OrderedJson(sorted));
}

std::string platformText(const Platform &platform)
{
    OrderedJson json = {{"architecture", platform.architecture}, {"os", platform.os}};
    if (!platform.variant.empty()) {
        json["variant"] = platform.variant;
    }
    return jsonText(json);
}

std::string momentText(const std::string &text)
{
    const auto moment = parseRfc3339(text);
    if (!moment || moment->nanoseconds < 0) {
        return text;
    }
    constexpr std::int64_t perSecond = 1'000'000'000;
    std::array<char, 16> fraction{};
    std::snprintf(fraction.data(), fraction.size(), ".%09lld",
                  static_cast<long long>(moment->nanoseconds % perSecond));
    return std::to_string(moment->seconds()) + fraction.data();
}

std::string objectPath(std::string_view prefix, std::string_view reference, std::string_view suffix)
{
    return std::string(prefix).append(http::percentEncode(reference)).append(suffix);
}

std::string containerPath(const Target &container, std::string_view part)
{
    return objectPath("/containers/", container.reference, part);
}

std::string imagePath(std::string_view reference, std::string_view suffix)
{
    return "/images/" + http::percentEncode(reference, "/:@") + std::string(suffix);
}

ApiRequest getRequest(std::string path)
{
    return {"GET", std::move(path), {}, {}, {}};
}

ApiRequest postRequest(std::string path)
{
    return {"POST", std::move(path), {}, {}, {}};
}

ApiRequest postRequest(std::string path, const OrderedJson &body)
{
    return {"POST", std::move(path), {}, jsonText(body), "application/json"};
}

ApiRequest deleteRequest(std::string path)
{
    return {"DELETE", std::move(path), {}, {}, {}};
}

void addFilters(ApiRequest &request, const Filters &filters)
{
    if (!filters.empty()) {
        request.query.emplace_back("filters", filtersText(filters));
    }
}

void addSwitch(ApiRequest &request, const char *name, bool set)
{
    if (set) {
        request.query.emplace_back(name, "1");
    }
}

void addQuery(ApiRequest &request, const char *name, std::string value)
{
    if (!value.empty()) {
        request.query.emplace_back(name, std::move(value));
    }
}

void addOption(Arguments &arguments, const char *name, const std::string &value)
{
    if (!value.empty()) {
        arguments.insert(arguments.end(), {name, value});
    }
}

void addOption(Arguments &arguments, const char *name, std::int64_t value)
{
    if (value != 0) {
        arguments.insert(arguments.end(), {name, std::to_string(value)});
    }
}

void addEach(Arguments &arguments, const char *name, const std::vector<std::string> &values)
{
    for (const std::string &value : values) {
        arguments.insert(arguments.end(), {name, value});
    }
}

void addPairs(Arguments &arguments, const char *name, const Labels &pairs)
{
    for (const auto &[key, value] : pairs) {
        arguments.insert(arguments.end(), {name, key + "=" + value});
    }
}

void addSwitch(Arguments &arguments, const char *name, bool set)
{
    if (set) {
        arguments.emplace_back(name);
    }
}

void addOperands(Arguments &arguments, std::initializer_list<std::string> operands)
{
    if (std::ranges::any_of(operands, [](const auto &word) { return word.starts_with('-'); })) {
        arguments.emplace_back("--");
    }
    arguments.insert(arguments.end(), operands);
}

} // namespace roadstead::docker
