// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/units.h"
#include "engine/reference/csv.h"
#include "engine/reference/numbers.h"
#include "engine/reference/volumes.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace roadstead::reference {

namespace {

/// One "name=value" of a mount.
struct Field
{
    std::string_view text;
    std::string name;
    std::string_view value;
    bool hasValue = false;
};

std::unexpected<Error> badValue(const Field &field)
{
    return refused(quotedWord(field.text) + " has a value that is not understood");
}

template<typename T>
T &made(std::optional<T> &options)
{
    return options ? *options : options.emplace();
}

Result<void> setSwitch(bool &target, const Field &field, MountRules rules)
{
    constexpr std::array<std::string_view, 4> strict{"true", "1", "false", "0"};
    if (!field.hasValue) {
        target = true;
        return {};
    }
    const auto value = parseSwitch(field.value);
    if (!value || (rules == MountRules::Cli29 && !std::ranges::contains(strict, field.value))) {
        return badValue(field);
    }
    target = *value;
    return {};
}

Result<void> setBytes(TmpfsOptions &options, const Field &field)
{
    const auto bytes = parseBinarySize(field.value);
    if (!bytes || *bytes < 0) {
        return badValue(field);
    }
    options.bytes = *bytes;
    return {};
}

Result<void> setMode(TmpfsOptions &options, const Field &field)
{
    constexpr int octal = 8;
    std::uint32_t mode = 0;
    const char *end = field.value.data() + field.value.size();
    const auto read = std::from_chars(field.value.data(), end, mode, octal);
    if (read.ec != std::errc() || read.ptr != end) {
        return badValue(field);
    }
    options.mode = mode;
    return {};
}

Result<void> setRecursion(std::optional<BindOptions> &bind, const Field &field)
{
    if (field.value == "disabled") {
        made(bind).isNotRecursive = true;
    } else if (field.value == "writable") {
        made(bind).isReadOnlyAtTopOnly = true;
    } else if (field.value == "readonly") {
        made(bind).isReadOnlyAllTheWay = true;
    } else if (field.value != "enabled") {
        return badValue(field);
    }
    return {};
}

void putUnlessNameless(Pairs &pairs, std::string_view text)
{
    const Halves halves = cut(text, '=');
    if (!halves.before.empty()) {
        put(pairs, halves.before, halves.after);
    }
}

/// Options of one type only; none when the field is not one of them.
std::optional<Result<void>> setTypeOption(Mount &mount, const Field &field, MountRules rules)
{
    const std::string &name = field.name;
    if (name == "bind-propagation") {
        made(mount.bind).propagation = lowered(field.value);
    } else if (name == "bind-recursive") {
        return setRecursion(mount.bind, field);
    } else if (name == "bind-nonrecursive" && rules == MountRules::Cli28) {
        return setSwitch(made(mount.bind).isNotRecursive, field, rules);
    } else if (name == "bind-create-src") {
        return setSwitch(made(mount.bind).createsSource, field, rules);
    } else if (name == "volume-nocopy") {
        return setSwitch(made(mount.volume).withoutCopy, field, rules);
    } else if (name == "volume-subpath") {
        made(mount.volume).subpath = field.value;
    } else if (name == "volume-label") {
        putUnlessNameless(made(mount.volume).labels, field.value);
    } else if (name == "volume-driver") {
        made(mount.volume).driver = field.value;
    } else if (name == "volume-opt") {
        putUnlessNameless(made(mount.volume).driverOptions, field.value);
    } else if (name == "image-subpath") {
        made(mount.image).subpath = field.value;
    } else if (name == "tmpfs-size") {
        return setBytes(made(mount.tmpfs), field);
    } else if (name == "tmpfs-mode") {
        return setMode(made(mount.tmpfs), field);
    } else {
        return std::nullopt;
    }
    return Result<void>();
}

Result<void> setField(Mount &mount, const Field &field, MountRules rules, std::string_view folder)
{
    const std::string &name = field.name;
    if (name == "type") {
        mount.type = lowered(field.value);
    } else if (name == "source" || name == "src") {
        const bool relative = field.value.starts_with('.') && !folder.empty();
        mount.source = relative ? cleanPath(std::string(folder) + "/" + std::string(field.value))
                                : std::string(field.value);
    } else if (name == "target" || name == "dst" || name == "destination") {
        mount.target = field.value;
    } else if (name == "readonly" || name == "ro") {
        return setSwitch(mount.isReadOnly, field, rules);
    } else if (name == "consistency") {
        mount.consistency = lowered(field.value);
    } else if (auto set = setTypeOption(mount, field, rules)) {
        return *std::move(set);
    } else {
        return refused(quotedWord(field.text) + " is not an option of a mount");
    }
    return {};
}

bool standsAlone(std::string_view name)
{
    constexpr std::array<std::string_view, 5> names{"readonly", "ro", "volume-nocopy",
                                                    "bind-nonrecursive", "bind-create-src"};
    return std::ranges::contains(names, name);
}

Result<Field> readField(std::string_view text, MountRules rules)
{
    const Halves halves = cut(text, '=');
    Field field{text, lowered(halves.before), halves.after, halves.found};
    if (!halves.found && !standsAlone(field.name)) {
        return refused(quotedWord(text) + " is not of the form name=value");
    }
    const bool spaced =
        trimmed(halves.before) != halves.before || trimmed(halves.after) != halves.after;
    const bool empty = halves.found && halves.after.empty();
    if (rules == MountRules::Cli29 && (spaced || empty)) {
        return refused(quotedWord(text) + " has white space around its parts, or no value");
    }
    return field;
}

std::unexpected<Error> mixed(const char *options, const Mount &mount)
{
    return refused(quotedWord(options) + " options do not go with a mount of type " +
                   quotedWord(mount.type));
}

Result<void> checkBind(const Mount &mount)
{
    if (!mount.bind) {
        return {};
    }
    const BindOptions &bind = *mount.bind;
    if ((bind.isReadOnlyAtTopOnly || bind.isReadOnlyAllTheWay) && !mount.isReadOnly) {
        return refused("\"bind-recursive\" with writable or readonly needs \"readonly\"");
    }
    if (bind.isReadOnlyAllTheWay && bind.propagation != "rprivate") {
        return refused("\"bind-recursive=readonly\" needs \"bind-propagation=rprivate\"");
    }
    return {};
}

Result<void> check(const Mount &mount)
{
    if (mount.type.empty()) {
        return refused("a mount needs a type");
    }
    if (mount.target.empty()) {
        return refused("a mount needs a target");
    }
    if (mount.volume && mount.type != "volume") {
        return mixed("volume-*", mount);
    }
    if (mount.image && mount.type != "image") {
        return mixed("image-*", mount);
    }
    if (mount.bind && mount.type != "bind") {
        return mixed("bind-*", mount);
    }
    if (mount.tmpfs && mount.type != "tmpfs") {
        return mixed("tmpfs-*", mount);
    }
    return checkBind(mount);
}

using Fields = std::vector<std::string>;

void addUnlessEmpty(Fields &fields, const char *name, const std::string &value)
{
    if (!value.empty()) {
        fields.push_back(name + value);
    }
}

void addBind(Fields &fields, const BindOptions &bind)
{
    const std::size_t before = fields.size();
    addUnlessEmpty(fields, "bind-propagation=", bind.propagation);
    if (bind.isNotRecursive) {
        fields.emplace_back("bind-recursive=disabled");
    }
    if (bind.isReadOnlyAtTopOnly) {
        fields.emplace_back("bind-recursive=writable");
    }
    if (bind.isReadOnlyAllTheWay) {
        fields.emplace_back("bind-recursive=readonly");
    }
    if (bind.createsSource) {
        fields.emplace_back("bind-create-src");
    }
    if (fields.size() == before) {
        fields.emplace_back("bind-nonrecursive=false");
    }
}

void addVolume(Fields &fields, const VolumeOptions &volume)
{
    const std::size_t before = fields.size();
    if (volume.withoutCopy) {
        fields.emplace_back("volume-nocopy");
    }
    for (const auto &label : volume.labels) {
        fields.push_back("volume-label=" + pairText(label));
    }
    addUnlessEmpty(fields, "volume-subpath=", volume.subpath);
    addUnlessEmpty(fields, "volume-driver=", volume.driver);
    for (const auto &option : volume.driverOptions) {
        fields.push_back("volume-opt=" + pairText(option));
    }
    if (fields.size() == before) {
        fields.emplace_back("volume-nocopy=false");
    }
}

void addTmpfs(Fields &fields, const TmpfsOptions &tmpfs)
{
    if (tmpfs.bytes != 0 || tmpfs.mode == 0) {
        fields.push_back("tmpfs-size=" + std::to_string(tmpfs.bytes));
    }
    if (tmpfs.mode != 0) {
        constexpr int octal = 8;
        std::array<char, 16> digits{};
        const auto written =
            std::to_chars(digits.data(), digits.data() + digits.size(), tmpfs.mode, octal);
        fields.push_back("tmpfs-mode=" + std::string(digits.data(), written.ptr));
    }
}

} // namespace

Result<Mount> parseMount(std::string_view text, MountRules rules, std::string_view folder)
{
    const auto fields = parseCsv(rules == MountRules::Cli29 ? trimmed(text) : text);
    if (!fields) {
        return std::unexpected(fields.error());
    }
    Mount mount;
    for (const std::string &part : *fields) {
        const auto field = readField(part, rules);
        if (!field) {
            return std::unexpected(field.error());
        }
        if (const auto set = setField(mount, *field, rules, folder); !set) {
            return std::unexpected(set.error());
        }
    }
    if (const auto fine = check(mount); !fine) {
        return std::unexpected(fine.error());
    }
    return mount;
}

std::string mountText(const Mount &mount)
{
    Fields fields{"type=" + mount.type};
    addUnlessEmpty(fields, "source=", mount.source);
    fields.push_back("target=" + mount.target);
    if (mount.isReadOnly) {
        fields.emplace_back("readonly");
    }
    addUnlessEmpty(fields, "consistency=", mount.consistency);
    if (mount.bind) {
        addBind(fields, *mount.bind);
    }
    if (mount.volume) {
        addVolume(fields, *mount.volume);
    }
    if (mount.image) {
        fields.push_back("image-subpath=" + mount.image->subpath);
    }
    if (mount.tmpfs) {
        addTmpfs(fields, *mount.tmpfs);
    }
    return csvText(fields);
}

} // namespace roadstead::reference
