// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/json/tree.h"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

/// Reading a JSON object by a schema. Inside engine/archive only.
namespace roadstead::archive {

/// Takes members out of one object. The first that is missing or of a wrong type becomes the fault
/// that all readers of a document share; what is read then is empty.
class ObjectReader
{
public:
    ObjectReader(const json::Value *object, std::string &fault, bool allowsNull = false);

    [[nodiscard]] bool has(const char *name) const { return find(name) != nullptr; }
    void require(const char *name);
    std::string text(const char *name);
    bool boolean(const char *name);
    std::int64_t integer(const char *name, std::int64_t smallest, std::int64_t largest);
    /// A list of texts. `orNull`: null is an empty one.
    std::vector<std::string> texts(const char *name, bool orNull = false);
    /// The names of an object whose members are objects.
    std::vector<std::string> names(const char *name, bool orNull = false);
    /// An object whose members are texts.
    void textMap(const char *name, std::map<std::string, std::string> &out, bool orNull = false);
    /// An object; without members when it is missing, which has() tells.
    ObjectReader object(const char *name);
    void forEach(const char *name, const std::function<void(ObjectReader)> &visit);
    [[nodiscard]] std::size_t count(const char *name) const;

    void fail(std::string_view member, std::string_view why);

private:
    [[nodiscard]] const json::Value *find(const char *name) const;
    /// The member when it has that type; a fault when it has another.
    const json::Value *typed(const char *name, json::Value::Type type, bool orNull = false);

    const json::Value *m_object; ///< nullptr: reads as empty
    std::string *m_fault;
    bool m_allowsNull;
};

/// Whether it is a date and time (RFC 3339), of any year from 0 to 9999.
bool isDateTime(std::string_view text);
/// Whether it is an absolute URI (RFC 3986), roughly: a scheme and no blanks.
bool isUri(std::string_view text);

} // namespace roadstead::archive
