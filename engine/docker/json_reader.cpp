// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/json_reader.h"

#include "engine/base/text.h"

#include <nlohmann/json.hpp>

#include <limits>
#include <optional>

namespace roadstead::docker {

namespace {

std::optional<std::int64_t> integerOf(const nlohmann::json &json)
{
    if (const auto *natural = json.get_ptr<const nlohmann::json::number_unsigned_t *>()) {
        if (*natural > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
            return std::nullopt;
        }
        return static_cast<std::int64_t>(*natural);
    }
    if (const auto *integer = json.get_ptr<const nlohmann::json::number_integer_t *>()) {
        return *integer;
    }
    return std::nullopt;
}

} // namespace

bool isWithoutNul(std::string_view text)
{
    return !text.contains('\0');
}

bool isWithinDepth(std::string_view text, int limit)
{
    int depth = 0;
    bool inString = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (inString) {
            if (c == '\\') {
                ++i;
            } else if (c == '"') {
                inString = false;
            }
        } else if (c == '"') {
            inString = true;
        } else if (c == '[' || c == '{') {
            if (++depth > limit) {
                return false;
            }
        } else if (c == ']' || c == '}') {
            --depth;
        }
    }
    return true;
}

void JsonValue::wrongType(std::string_view what) const
{
    if (m_fault->empty()) {
        *m_fault = "\"";
        m_fault->append(what).append("\" has a wrong type or value");
    }
}

bool JsonValue::isString() const
{
    return m_json != nullptr && m_json->is_string();
}

const nlohmann::json *JsonValue::find(const char *key) const
{
    if (m_json == nullptr) {
        return nullptr;
    }
    if (!m_json->is_object()) {
        wrongType(key);
        return nullptr;
    }
    const auto found = m_json->find(key);
    return found == m_json->end() || found->is_null() ? nullptr : &*found;
}

bool JsonValue::has(const char *key) const
{
    return find(key) != nullptr;
}

JsonValue JsonValue::object(const char *key) const
{
    const nlohmann::json *member = find(key);
    if (member != nullptr && !member->is_object()) {
        wrongType(key);
        member = nullptr;
    }
    return {member, m_fault};
}

std::string JsonValue::text(const char *key) const
{
    const nlohmann::json *member = find(key);
    if (member == nullptr) {
        return {};
    }
    if (const auto *text = member->get_ptr<const std::string *>()) {
        return *text;
    }
    wrongType(key);
    return {};
}

std::int64_t JsonValue::integer(const char *key, std::int64_t minimum, std::int64_t maximum) const
{
    const nlohmann::json *member = find(key);
    if (member == nullptr) {
        return 0;
    }
    const std::optional<std::int64_t> value = integerOf(*member);
    if (!value || *value < minimum || *value > maximum) {
        wrongType(key);
        return 0;
    }
    return *value;
}

int JsonValue::smallInteger(const char *key) const
{
    return static_cast<int>(
        integer(key, std::numeric_limits<int>::min(), std::numeric_limits<int>::max()));
}

std::int64_t JsonValue::count(const char *key) const
{
    return integer(key, 0);
}

std::int64_t JsonValue::countOrLargest(const char *key) const
{
    const nlohmann::json *member = find(key);
    constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
    if (member != nullptr && member->is_number_unsigned() && !integerOf(*member)) {
        return largest;
    }
    return count(key);
}

bool JsonValue::boolean(const char *key) const
{
    const nlohmann::json *member = find(key);
    if (member == nullptr) {
        return false;
    }
    if (const auto *value = member->get_ptr<const bool *>()) {
        return *value;
    }
    wrongType(key);
    return false;
}

double JsonValue::number(const char *key) const
{
    const nlohmann::json *member = find(key);
    if (member == nullptr) {
        return 0;
    }
    if (!member->is_number()) {
        wrongType(key);
        return 0;
    }
    return member->get<double>();
}

std::uint64_t JsonValue::natural(const char *key) const
{
    const nlohmann::json *member = find(key);
    if (member == nullptr) {
        return 0;
    }
    if (const auto *value = member->get_ptr<const nlohmann::json::number_unsigned_t *>()) {
        return *value;
    }
    wrongType(key);
    return 0;
}

std::size_t JsonValue::length(const char *key) const
{
    const nlohmann::json *member = find(key);
    if (member == nullptr) {
        return 0;
    }
    if (!member->is_array()) {
        wrongType(key);
        return 0;
    }
    return member->size();
}

std::string JsonValue::jsonText(const char *key) const
{
    const nlohmann::json *member = find(key);
    return member == nullptr
               ? std::string()
               : member->dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::vector<std::string> JsonValue::texts(const char *key) const
{
    const nlohmann::json *member = find(key);
    if (member == nullptr) {
        return {};
    }
    if (const auto *text = member->get_ptr<const std::string *>()) {
        return {*text};
    }
    if (!member->is_array()) {
        wrongType(key);
        return {};
    }
    return textsOf(*member, key);
}

std::vector<std::string> JsonValue::textsOf(const nlohmann::json &array,
                                            std::string_view what) const
{
    std::vector<std::string> all;
    all.reserve(array.size());
    for (const nlohmann::json &element : array) {
        const auto *text = element.get_ptr<const std::string *>();
        if (text == nullptr) {
            wrongType(what);
            return {};
        }
        all.push_back(*text);
    }
    return all;
}

std::vector<std::string> JsonValue::asTexts() const
{
    if (m_json == nullptr) {
        return {};
    }
    if (!m_json->is_array()) {
        wrongType("member");
        return {};
    }
    return textsOf(*m_json, "member");
}

std::vector<std::vector<std::string>> JsonValue::textRows(const char *key) const
{
    const nlohmann::json *member = find(key);
    std::vector<std::vector<std::string>> rows;
    if (member == nullptr) {
        return rows;
    }
    if (!member->is_array()) {
        wrongType(key);
        return rows;
    }
    for (const nlohmann::json &row : *member) {
        if (!row.is_array() && !row.is_null()) {
            wrongType(key);
            return {};
        }
        rows.push_back(textsOf(row, key));
    }
    return rows;
}

std::map<std::string, std::string> JsonValue::textMap(const char *key) const
{
    std::map<std::string, std::string> all;
    forEachMember(key, [&all](const std::string &name, const JsonValue &value) {
        all.emplace(name, value.asText());
    });
    return all;
}

void JsonValue::forEach(const char *key, const std::function<void(const JsonValue &)> &visit) const
{
    const nlohmann::json *member = find(key);
    if (member != nullptr && !member->is_array()) {
        wrongType(key);
        return;
    }
    JsonValue(member, m_fault).forEachElement(visit);
}

void JsonValue::forEachElement(const std::function<void(const JsonValue &)> &visit) const
{
    if (m_json == nullptr) {
        return;
    }
    if (!m_json->is_array()) {
        wrongType("list");
        return;
    }
    for (const nlohmann::json &element : *m_json) {
        if (!element.is_object()) {
            wrongType("element of a list");
            return;
        }
        visit({&element, m_fault});
    }
}

void JsonValue::forEachMember(
    const char *key, const std::function<void(const std::string &, const JsonValue &)> &visit) const
{
    const nlohmann::json *member = find(key);
    if (member == nullptr) {
        return;
    }
    const auto *object = member->get_ptr<const nlohmann::json::object_t *>();
    if (object == nullptr) {
        wrongType(key);
        return;
    }
    for (const auto &[name, value] : *object) {
        visit(name, {value.is_null() ? nullptr : &value, m_fault});
    }
}

std::string JsonValue::asText() const
{
    if (m_json == nullptr) {
        return {};
    }
    if (const auto *text = m_json->get_ptr<const std::string *>()) {
        return *text;
    }
    wrongType("member");
    return {};
}

JsonDocument::JsonDocument(nlohmann::json &&json, const char *what)
    : m_json(std::make_unique<nlohmann::json>(std::move(json)))
    , m_fault(std::make_unique<std::string>())
    , m_what(what)
{
}

JsonDocument::~JsonDocument() = default;
JsonDocument::JsonDocument(JsonDocument &&) noexcept = default;
JsonDocument &JsonDocument::operator=(JsonDocument &&) noexcept = default;

Result<JsonDocument> JsonDocument::parse(std::string_view text, const char *what)
{
    const auto malformed = [what](std::string_view why) {
        return failure(ErrorKind::MalformedReply, {}, std::string(what).append(why));
    };
    std::string repaired;
    if (!isValidUtf8(text)) {
        repaired = repairUtf8(text);
        text = repaired;
    }
    if (!isWithoutNul(text)) {
        return malformed(": not JSON");
    }
    if (!isWithinDepth(text)) {
        return malformed(": nested too deep");
    }
    auto json = nlohmann::json::parse(text.begin(), text.end(), nullptr, false);
    if (json.is_discarded()) {
        return malformed(": not JSON");
    }
    return JsonDocument(std::move(json), what);
}

JsonValue JsonDocument::root() const
{
    if (!m_json->is_object() && !m_json->is_null() && m_fault->empty()) {
        *m_fault = std::string(m_what).append(": not an object");
    }
    return {m_json->is_object() ? m_json.get() : nullptr, m_fault.get()};
}

JsonValue JsonDocument::list() const
{
    if (!m_json->is_array() && !m_json->is_null() && m_fault->empty()) {
        *m_fault = std::string(m_what).append(": not a list");
    }
    return {m_json->is_array() ? m_json.get() : nullptr, m_fault.get()};
}

std::string JsonDocument::text() const
{
    if (const auto *text = m_json->get_ptr<const std::string *>()) {
        return *text;
    }
    if (!m_json->is_null() && m_fault->empty()) {
        *m_fault = std::string(m_what).append(": not a text");
    }
    return {};
}

} // namespace roadstead::docker
