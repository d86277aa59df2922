// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// Reading JSON that others wrote. Inside engine/docker only.
namespace roadstead::docker {

/// Deepest nesting that is read.
constexpr int jsonDepthLimit = 64;

/// Whether brackets nest at most `limit` deep. Looks at nothing else: the text need not be JSON.
bool isWithinDepth(std::string_view text, int limit = jsonDepthLimit);

/// Whether no byte is NUL, which JSON has nowhere: nlohmann takes one for the end and would not
/// look at what follows. Looks at nothing else.
bool isWithoutNul(std::string_view text);

/// A view of one value within a JsonDocument. Null and missing members read as empty values; the
/// first member of a wrong type or outside its range becomes the document's fault and reads as
/// empty too. Must not outlive the document.
class JsonValue
{
public:
    JsonValue(const nlohmann::json *json, std::string *fault)
        : m_json(json)
        , m_fault(fault)
    {
    }

    [[nodiscard]] bool isNull() const { return m_json == nullptr; }
    [[nodiscard]] bool isString() const;
    /// Whether there is such a member that is not null.
    [[nodiscard]] bool has(const char *key) const;
    [[nodiscard]] JsonValue object(const char *key) const;
    [[nodiscard]] std::string text(const char *key) const;
    [[nodiscard]] std::int64_t integer(const char *key, std::int64_t minimum = INT64_MIN,
                                       std::int64_t maximum = INT64_MAX) const;
    [[nodiscard]] int smallInteger(const char *key) const;
    /// Not negative.
    [[nodiscard]] std::int64_t count(const char *key) const;
    /// Not negative; what is beyond 64 bits signed (the kernel's "no limit") reads as the largest.
    [[nodiscard]] std::int64_t countOrLargest(const char *key) const;
    [[nodiscard]] bool boolean(const char *key) const;
    /// Any number.
    [[nodiscard]] double number(const char *key) const;
    /// Not negative, all of 64 bits.
    [[nodiscard]] std::uint64_t natural(const char *key) const;
    /// The member as JSON text, whatever it is; empty for null and missing.
    [[nodiscard]] std::string jsonText(const char *key) const;
    /// How many elements the array has.
    [[nodiscard]] std::size_t length(const char *key) const;
    /// An array of arrays of strings.
    [[nodiscard]] std::vector<std::vector<std::string>> textRows(const char *key) const;
    /// An array of strings; a lone string reads as an array of one.
    [[nodiscard]] std::vector<std::string> texts(const char *key) const;
    /// An object whose values are strings.
    [[nodiscard]] std::map<std::string, std::string> textMap(const char *key) const;
    /// Calls `visit` for each object of the array member `key`.
    void forEach(const char *key, const std::function<void(const JsonValue &)> &visit) const;
    /// Calls `visit` for each member of the object member `key`; values may be null, an object or
    /// an array.
    void
    forEachMember(const char *key,
                  const std::function<void(const std::string &, const JsonValue &)> &visit) const;
    /// Calls `visit` for each object of this value, an array.
    void forEachElement(const std::function<void(const JsonValue &)> &visit) const;
    /// This value, a string.
    [[nodiscard]] std::string asText() const;
    /// This value, an array of strings.
    [[nodiscard]] std::vector<std::string> asTexts() const;

private:
    [[nodiscard]] const nlohmann::json *find(const char *key) const;
    [[nodiscard]] std::vector<std::string> textsOf(const nlohmann::json &array,
                                                   std::string_view what) const;
    void wrongType(std::string_view what) const;

    const nlohmann::json *m_json;
    std::string *m_fault;
};

/// A parsed text. Move-only.
class JsonDocument
{
public:
    /// Fails with ErrorKind::MalformedReply: not JSON, nested too deep. Bytes that are not UTF-8
    /// are replaced first.
    static Result<JsonDocument> parse(std::string_view text, const char *what);
    ~JsonDocument();
    JsonDocument(JsonDocument &&) noexcept;
    JsonDocument &operator=(JsonDocument &&) noexcept;

    /// The root, which must be an object (or null).
    [[nodiscard]] JsonValue root() const;
    /// The root, which must be an array (or null).
    [[nodiscard]] JsonValue list() const;
    /// The root, which must be a string (or null).
    [[nodiscard]] std::string text() const;

    /// `value`, unless something in the document had a wrong type by now.
    template<typename T>
    Result<T> checked(T value) const
    {
        if (m_fault->empty()) {
            return value;
        }
        return failure(ErrorKind::MalformedReply, {}, *m_fault);
    }

private:
    JsonDocument(nlohmann::json &&json, const char *what);

    std::unique_ptr<nlohmann::json> m_json;
    std::unique_ptr<std::string> m_fault;
    const char *m_what;
};

} // namespace roadstead::docker
