// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/images/image_layers.h"
#include "tests/support/made_image.h"

#include <memory>
#include <string>
#include <vector>

/// Images that were looked into, for tests of the user interface.
namespace roadstead::test {

struct HeadedFile
{
    std::string path;      ///< a folder ends with "/"; a whiteout begins its name with ".wh."
    std::int64_t size = 0; ///< bytes; no contents are made for them
};

struct HeadedLayer
{
    std::string createdBy;
    std::vector<HeadedFile> files;
    bool isEmpty = false; ///< an instruction without a layer
};

inline service::OpenedImagePointer openedImage(const std::vector<HeadedLayer> &steps,
                                               const std::string &id = "sha256:made")
{
    auto image = std::make_shared<service::OpenedImage>();
    image->id = id;
    image->config.platform = {
        .os = "linux", .architecture = "amd64", .variant = {}, .osVersion = {}};
    for (const HeadedLayer &step : steps) {
        image->config.history.push_back({.created = {},
                                         .author = {},
                                         .createdBy = step.createdBy,
                                         .comment = {},
                                         .isEmptyLayer = step.isEmpty});
        if (step.isEmpty) {
            continue;
        }
        layers::LayerFiles layer;
        for (const HeadedFile &file : step.files) {
            MadeEntry made =
                file.path.ends_with('/') ? madeFolder(file.path) : madeFile(file.path, 0);
            made.entry.size = file.size;
            if (!layer.add(made.entry)) {
                return nullptr;
            }
        }
        image->config.diffIds.push_back(
            "sha256:" + sha256Hex(id + std::to_string(image->config.diffIds.size())));
        image->members.push_back("layer-" + std::to_string(image->members.size()));
        if (!image->files.stack(layer)) {
            return nullptr;
        }
    }
    image->files.settle();
    image->summaries = layers::summarized(image->files);
    return image;
}

/// An image such as that of the pictures: built of seven layers, of which two waste.
inline service::OpenedImagePointer shopImage(const std::string &id = "sha256:shop")
{
    constexpr std::int64_t mega = 1'000'000;
    std::vector<HeadedFile> base{
        {"bin/", 0}, {"bin/busybox", 900'000}, {"etc/", 0}, {"usr/local/bin/node", 92 * mega}};
    for (int i = 0; i < 1900; ++i) {
        base.push_back(
            {"usr/local/lib/node_modules/npm/lib/part-" + std::to_string(i) + ".js", 21'500});
    }
    std::vector<HeadedFile> modules;
    std::vector<HeadedFile> pruned{{"app/node_modules/.package-lock.json", 612'000},
                                   {"app/package.json", 2'400},
                                   {"root/.npm/_logs/prune.log", 5'800'000}};
    const auto add = [&modules](const std::string &package, int files, std::int64_t size) {
        for (int i = 0; i < files; ++i) {
            modules.push_back(
                {"app/node_modules/" + package + "/dist/file-" + std::to_string(i) + ".js",
                 size / files});
        }
    };
    add("@swc", 300, 34'800'000);
    add("@types", 900, 6'100'000);
    add("jest", 800, 18'700'000);
    add("typescript", 120, 22'600'000);
    add("express", 60, 1'900'000);
    for (int i = 0; i < 618; ++i) {
        add("package-" + std::to_string(i), 3, 94'000);
    }
    modules.push_back({"app/node_modules/.package-lock.json", 610'000});
    for (const char *gone : {"@swc", "@types", "jest", "typescript"}) {
        pruned.push_back({std::string("app/node_modules/.wh.") + gone, 0});
    }
    pruned.push_back({"app/.wh.test", 0});
    std::vector<HeadedFile> sources{{"app/Dockerfile", 900}};
    for (int i = 0; i < 1000; ++i) {
        sources.push_back({"app/src/module-" + std::to_string(i) + ".ts", 12'000});
    }
    for (int i = 0; i < 200; ++i) {
        sources.push_back({"app/test/case-" + std::to_string(i) + ".ts", 32'000});
    }
    std::vector<HeadedFile> built{{"app/dist/server.js", 9'600'000}, {"app/package.json", 2'300}};
    return openedImage(
        {{"/bin/sh -c #(nop) ADD file:1f4e in / ", base, false},
         {"ENV NODE_VERSION=20.11.0", {}, true},
         {"RUN /bin/sh -c apk add --no-cache tini # buildkit",
          {{"sbin/tini", 1'200'000}, {"etc/apk/world", 200}, {"bin/busybox", 900'000}},
          false},
         {"WORKDIR /app", {{"app/", 0}}, false},
         {"COPY package*.json ./ # buildkit",
          {{"app/package.json", 2'200}, {"app/package-lock.json", 398'000}},
          false},
         {"RUN /bin/sh -c npm ci # buildkit", modules, false},
         {"COPY . . # buildkit", sources, false},
         {"RUN /bin/sh -c npm run build # buildkit", built, false},
         {"RUN /bin/sh -c npm prune --omit=dev # buildkit", pruned, false},
         {"EXPOSE 8080", {}, true},
         {"CMD [\"node\" \"dist/server.js\"]", {}, true}},
        id);
}

} // namespace roadstead::test
