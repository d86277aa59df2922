// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/codecs.h"

#include "engine/base/text.h"
#include "engine/docker/json_reader.h"

#include <nlohmann/json.hpp>

#include <array>
#include <cstdint>
#include <limits>
#include <utility>

namespace roadstead::docker {

namespace {

/// What the value being read belongs to.
enum class Scope {
    Document,
    List,
    Container,
    Names,
    Ports,
    Port,
    Labels,
    NetworkSettings,
    Networks,
    Health,
    Ignored
};

enum class Field {
    Ignored,
    Id,
    Names,
    Image,
    ImageId,
    Command,
    Created,
    Size,
    RootFsSize,
    State,
    Status,
    Ports,
    Labels,
    NetworkSettings,
    Health,
    Ip,
    PrivatePort,
    PublicPort,
    Type,
    Networks,
    HealthStatus
};

using FieldNames = std::pair<std::string_view, Field>;

constexpr std::array<FieldNames, 14> containerFields{{{"Id", Field::Id},
                                                      {"Names", Field::Names},
                                                      {"Image", Field::Image},
                                                      {"ImageID", Field::ImageId},
                                                      {"Command", Field::Command},
                                                      {"Created", Field::Created},
                                                      {"SizeRw", Field::Size},
                                                      {"SizeRootFs", Field::RootFsSize},
                                                      {"State", Field::State},
                                                      {"Status", Field::Status},
                                                      {"Ports", Field::Ports},
                                                      {"Labels", Field::Labels},
                                                      {"NetworkSettings", Field::NetworkSettings},
                                                      {"Health", Field::Health}}};
constexpr std::array<FieldNames, 4> portFields{{{"IP", Field::Ip},
                                                {"PrivatePort", Field::PrivatePort},
                                                {"PublicPort", Field::PublicPort},
                                                {"Type", Field::Type}}};

template<std::size_t count>
Field fieldOf(const std::array<FieldNames, count> &fields, std::string_view name)
{
    for (const auto &[known, field] : fields) {
        if (known == name) {
            return field;
        }
    }
    return Field::Ignored;
}

/// Receives the parser's events and fills the list. An event handler that returns false ends the
/// parse.
class ContainerListReader
{
public:
    using Json = nlohmann::json;

    std::vector<ContainerSummary> takeContainers() { return std::move(m_containers); }
    [[nodiscard]] const std::string &fault() const { return m_fault; }

    bool null() { return scope() == Scope::List ? refuse("a container that is null") : true; }
    bool boolean(bool) { return unexpected(); }
    bool number_integer(Json::number_integer_t value) { return integer(value); }
    bool number_unsigned(Json::number_unsigned_t value)
    {
        constexpr auto largest =
            static_cast<Json::number_unsigned_t>(std::numeric_limits<std::int64_t>::max());
        return value <= largest ? integer(static_cast<std::int64_t>(value)) : unexpected();
    }
    bool number_float(Json::number_float_t, const std::string &) { return unexpected(); }
    bool binary(Json::binary_t &) { return unexpected(); }
    bool string(std::string &value);
    bool key(std::string &name);
    bool start_object(std::size_t);
    bool end_object();
    bool start_array(std::size_t);
    bool end_array();
    template<typename Exception>
    bool parse_error(std::size_t, const std::string &, const Exception &)
    {
        return refuse("not JSON");
    }

private:
    [[nodiscard]] Scope scope() const
    {
        return m_depth == 0 ? Scope::Document : m_scopes[m_depth - 1];
    }
    bool enter(Scope next);
    bool integer(std::int64_t value);
    bool containerText(std::string &value);
    bool portNumber(std::int64_t value, std::uint16_t &port);
    bool refuse(std::string_view why);
    /// A value where it may only be if nobody reads it.
    bool unexpected();
    ContainerSummary &current() { return m_containers.back(); }

    std::vector<ContainerSummary> m_containers;
    std::vector<std::string> m_names;
    std::array<Scope, jsonDepthLimit> m_scopes{};
    std::size_t m_depth = 0;
    Field m_field = Field::Ignored;
    std::string m_key;
    std::string m_fault;
    Health m_reportedHealth = Health::None;
};

bool ContainerListReader::refuse(std::string_view why)
{
    if (m_fault.empty()) {
        m_fault = "container list: ";
        m_fault.append(why);
    }
    return false;
}

bool ContainerListReader::unexpected()
{
    const bool unread =
        scope() == Scope::Ignored || scope() == Scope::Networks ||
        (m_field == Field::Ignored && scope() != Scope::Names && scope() != Scope::Labels &&
         scope() != Scope::List && scope() != Scope::Document && scope() != Scope::Ports);
    return unread || refuse("\"" + m_key + "\" has a wrong type or value");
}

bool ContainerListReader::enter(Scope next)
{
    if (m_depth == m_scopes.size()) {
        return refuse("nested too deep");
    }
    m_scopes[m_depth++] = next;
    m_field = Field::Ignored;
    return true;
}

bool ContainerListReader::key(std::string &name)
{
    switch (scope()) {
    case Scope::Container:
        m_field = fieldOf(containerFields, name);
        break;
    case Scope::Port:
        m_field = fieldOf(portFields, name);
        break;
    case Scope::NetworkSettings:
        m_field = name == "Networks" ? Field::Networks : Field::Ignored;
        break;
    case Scope::Health:
        m_field = name == "Status" ? Field::HealthStatus : Field::Ignored;
        break;
    case Scope::Networks:
        current().networks.push_back(name);
        break;
    case Scope::Ignored:
        return true;
    default:
        break;
    }
    m_key.swap(name);
    return true;
}

bool ContainerListReader::start_object(std::size_t)
{
    switch (scope()) {
    case Scope::List:
        m_containers.emplace_back();
        m_names.clear();
        m_reportedHealth = Health::None;
        return enter(Scope::Container);
    case Scope::Ports:
        current().ports.emplace_back();
        return enter(Scope::Port);
    case Scope::Networks:
    case Scope::Ignored:
        return enter(Scope::Ignored);
    case Scope::Container:
        if (m_field == Field::Labels) {
            current().labels.clear();
            return enter(Scope::Labels);
        }
        if (m_field == Field::NetworkSettings) {
            return enter(Scope::NetworkSettings);
        }
        if (m_field == Field::Health) {
            return enter(Scope::Health);
        }
        break;
    case Scope::NetworkSettings:
        if (m_field == Field::Networks) {
            current().networks.clear();
            return enter(Scope::Networks);
        }
        break;
    default:
        break;
    }
    return unexpected() && enter(Scope::Ignored);
}

bool ContainerListReader::end_object()
{
    if (scope() == Scope::Container) {
        ContainerSummary &container = current();
        if (container.id.empty()) {
            return refuse("a container without an id");
        }
        container.name = shownName(m_names);
        readStatusText(container);
        if (m_reportedHealth != Health::None) {
            container.health = m_reportedHealth;
        }
    }
    --m_depth;
    m_field = Field::Ignored;
    return true;
}

bool ContainerListReader::start_array(std::size_t)
{
    switch (scope()) {
    case Scope::Document:
        return enter(Scope::List);
    case Scope::Container:
        if (m_field == Field::Names) {
            m_names.clear();
            return enter(Scope::Names);
        }
        if (m_field == Field::Ports) {
            current().ports.clear();
            return enter(Scope::Ports);
        }
        break;
    default:
        break;
    }
    return unexpected() && enter(Scope::Ignored);
}

bool ContainerListReader::end_array()
{
    --m_depth;
    m_field = Field::Ignored;
    return true;
}

bool ContainerListReader::containerText(std::string &value)
{
    ContainerSummary &container = current();
    switch (m_field) {
    case Field::Id:
        container.id.swap(value);
        return true;
    case Field::Image:
        container.image.swap(value);
        return true;
    case Field::ImageId:
        container.imageId.swap(value);
        return true;
    case Field::Command:
        container.command.swap(value);
        return true;
    case Field::State:
        container.state = containerStateOf(value);
        return true;
    case Field::Status:
        container.status.swap(value);
        return true;
    default:
        return unexpected();
    }
}

bool ContainerListReader::string(std::string &value)
{
    switch (scope()) {
    case Scope::Container:
        return containerText(value);
    case Scope::Names:
        m_names.push_back(std::move(value));
        return true;
    case Scope::Labels:
        current().labels.insert_or_assign(std::move(m_key), std::move(value));
        m_key.clear();
        return true;
    case Scope::Port:
        if (m_field == Field::Ip) {
            current().ports.back().ip.swap(value);
            return true;
        }
        if (m_field == Field::Type) {
            current().ports.back().protocol.swap(value);
            return true;
        }
        return unexpected();
    case Scope::Health:
        if (m_field == Field::HealthStatus) {
            m_reportedHealth = healthOf(value);
        }
        return true;
    default:
        return unexpected();
    }
}

bool ContainerListReader::portNumber(std::int64_t value, std::uint16_t &port)
{
    if (value < 0 || value > std::numeric_limits<std::uint16_t>::max()) {
        return unexpected();
    }
    port = static_cast<std::uint16_t>(value);
    return true;
}

bool ContainerListReader::integer(std::int64_t value)
{
    if (scope() == Scope::Container && m_field == Field::Size) {
        current().size = value;
        return true;
    }
    if (scope() == Scope::Container && m_field == Field::RootFsSize) {
        current().rootFsSize = value;
        return true;
    }
    if (scope() == Scope::Container && m_field == Field::Created) {
        current().created = value;
        return true;
    }
    if (scope() == Scope::Port && m_field == Field::PrivatePort) {
        return portNumber(value, current().ports.back().privatePort);
    }
    if (scope() == Scope::Port && m_field == Field::PublicPort) {
        return portNumber(value, current().ports.back().publicPort);
    }
    return unexpected();
}

} // namespace

Result<std::vector<ContainerSummary>> decodeContainerList(std::string_view json)
{
    std::string repaired;
    if (!isValidUtf8(json)) {
        repaired = repairUtf8(json);
        json = repaired;
    }
    if (!isWithoutNul(json)) {
        return failure(ErrorKind::MalformedReply, {}, "container list: not JSON");
    }
    ContainerListReader reader;
    const bool whole = nlohmann::json::sax_parse(json.begin(), json.end(), &reader);
    if (!whole || !reader.fault().empty()) {
        return failure(ErrorKind::MalformedReply, {}, reader.fault());
    }
    return reader.takeContainers();
}

} // namespace roadstead::docker
