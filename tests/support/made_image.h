// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/archive/entry.h"
#include "engine/archive/writer.h"
#include "engine/base/sha256.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Images made by hand, as "docker save" gives them.
namespace roadstead::test {

struct MadeEntry
{
    archive::Entry entry;
    std::string text;
};

inline MadeEntry madeFile(std::string path, std::size_t size, unsigned mode = 0644)
{
    MadeEntry made{{.path = std::move(path), .target = {}, .mode = mode}, std::string(size, 'x')};
    made.entry.size = std::int64_t(size);
    made.entry.modifiedAt = 1'700'000'000;
    return made;
}

inline MadeEntry madeText(std::string path, std::string text)
{
    MadeEntry made = madeFile(std::move(path), text.size());
    made.text = std::move(text);
    return made;
}

inline MadeEntry madeEntry(archive::EntryKind kind, std::string path, std::string target = {},
                           unsigned mode = 0755)
{
    return {{.kind = kind, .path = std::move(path), .target = std::move(target), .mode = mode}, {}};
}

inline MadeEntry madeFolder(std::string path, unsigned mode = 0755)
{
    return madeEntry(archive::EntryKind::Folder, std::move(path), {}, mode);
}

/// Empty when it cannot be written.
inline std::string madeTar(const std::vector<MadeEntry> &entries,
                           archive::Packing packing = archive::Packing::None)
{
    std::string bytes;
    auto writer = archive::Writer::open(
        [&bytes](std::string_view piece) -> Result<void> {
            bytes.append(piece);
            return {};
        },
        packing);
    for (const MadeEntry &each : entries) {
        if (!writer || !writer->begin(each.entry) || !writer->write(each.text)) {
            return {};
        }
    }
    return writer && writer->finish() ? bytes : std::string();
}

struct MadeLayer
{
    std::string tar;         ///< not packed
    std::string packed{};    ///< as it stands in the archive; empty = as it is
    std::string createdBy{}; ///< "RUN true"
    std::string digest() const { return "sha256:" + sha256Hex(tar); }
    const std::string &blob() const { return packed.empty() ? tar : packed; }
};

/// The configuration of an image of these layers, with an instruction of no layer at its end.
inline std::string madeConfig(const std::vector<MadeLayer> &layers)
{
    std::string digests;
    std::string history;
    for (const MadeLayer &layer : layers) {
        digests += (digests.empty() ? "\"" : ",\"") + layer.digest() + "\"";
        history += R"({"created_by":")" + layer.createdBy + R"("},)";
    }
    return R"({"architecture":"amd64","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":[)" +
           digests + R"(]},"history":[)" + history +
           R"({"created_by":"CMD [\"sh\"]","empty_layer":true}]})";
}

enum class Layout {
    Blobs,  ///< of the image specification, with Docker's list
    Legacy, ///< a folder for each layer
    Index   ///< of the image specification alone
};

/// The members of an archive with that image, the list of images last.
inline std::vector<MadeEntry> madeMembers(const std::vector<MadeLayer> &layers, Layout layout)
{
    const std::string config = madeConfig(layers);
    const std::string configDigest = sha256Hex(config);
    std::vector<MadeEntry> members;
    std::string paths;
    std::string descriptors;
    int number = 0;
    for (const MadeLayer &layer : layers) {
        const std::string digest = sha256Hex(layer.blob());
        const std::string path = layout == Layout::Legacy ? std::to_string(++number) + "/layer.tar"
                                                          : "blobs/sha256/" + digest;
        members.push_back(madeText(path, layer.blob()));
        paths += (paths.empty() ? "\"" : ",\"") + path + "\"";
        descriptors +=
            (descriptors.empty() ? "" : ",") +
            (R"({"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"sha256:)" + digest +
             R"(","size":)" + std::to_string(layer.blob().size()) + "}");
    }
    const std::string configPath =
        layout == Layout::Legacy ? configDigest + ".json" : "blobs/sha256/" + configDigest;
    members.push_back(madeText(configPath, config));
    if (layout == Layout::Index) {
        const std::string manifest =
            R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":)"
            R"({"mediaType":"application/vnd.oci.image.config.v1+json","digest":"sha256:)" +
            configDigest + R"(","size":)" + std::to_string(config.size()) + R"(},"layers":[)" +
            descriptors + "]}";
        members.push_back(madeText("blobs/sha256/" + sha256Hex(manifest), manifest));
        members.push_back(madeText(
            "index.json",
            R"({"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json",)"
            R"("digest":"sha256:)" +
                sha256Hex(manifest) + R"(","size":)" + std::to_string(manifest.size()) + "}]}"));
        members.push_back(madeText("oci-layout", R"({"imageLayoutVersion":"1.0.0"})"));
    } else {
        members.push_back(madeText("manifest.json", R"([{"Config":")" + configPath +
                                                        R"(","RepoTags":["made:1"],"Layers":[)" +
                                                        paths + "]}]"));
    }
    return members;
}

} // namespace roadstead::test
