// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/layers/file_view.h"
#include "engine/layers/layer_cache.h"
#include "engine/layers/saved_image.h"
#include "tests/support/made_image.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

using namespace roadstead;
using namespace roadstead::layers;

/// bench_layers [FILES] [MEGABYTES] [LAYERS]: what looking into a made image costs.
namespace {

using Clock = std::chrono::steady_clock;

double since(Clock::time_point begin)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

/// Peak of this process's resident memory, bytes.
double peakMemory()
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmHWM:")) {
            return std::strtod(line.c_str() + 6, nullptr) * 1024;
        }
    }
    return 0;
}

/// Gives an archive of the image as it is made, without ever holding it.
class MadeImage
{
public:
    MadeImage(std::size_t files, std::size_t bytes, std::size_t layers)
        : m_files(files)
        , m_fileSize(bytes / files)
        , m_layers(layers)
        , m_block(std::size_t(1) << 20, 'x')
    {
    }

    /// Calls `sink` with the pieces of "docker save", the documents at its end.
    bool give(const archive::Sink &sink)
    {
        auto outer = archive::Writer::open(sink);
        std::string paths;
        std::string digests;
        for (std::size_t layer = 0; layer < m_layers; ++layer) {
            const std::string path = std::to_string(layer) + "/layer.tar";
            std::int64_t size = 0;
            writeLayer(layer, [&](std::string_view piece) -> Result<void> {
                size += std::int64_t(piece.size());
                return {};
            });
            test::MadeEntry member = test::madeFile(path, 0);
            member.entry.size = size;
            if (!outer || !outer->begin(member.entry) ||
                !writeLayer(layer, [&](std::string_view piece) { return outer->write(piece); })) {
                return false;
            }
            const std::string comma = paths.empty() ? "" : ",";
            paths += comma + "\"" + path + "\"";
            digests += comma + "\"sha256:" + sha256Hex(path) + "\"";
        }
        for (const test::MadeEntry &each :
             {test::madeText("config.json",
                             R"({"architecture":"amd64","os":"linux","config":{},"rootfs":{"type":)"
                             R"("layers","diff_ids":[)" +
                                 digests + "]}}"),
              test::madeText("manifest.json",
                             R"([{"Config":"config.json","Layers":[)" + paths + "]}]")}) {
            if (!outer->begin(each.entry) || !outer->write(each.text)) {
                return false;
            }
        }
        return outer->finish().has_value();
    }

private:
    /// A tenth of the files of each layer were in the one below.
    bool writeLayer(std::size_t layer, const archive::Sink &sink)
    {
        auto writer = archive::Writer::open(sink);
        const std::size_t count = m_files / m_layers;
        for (std::size_t i = 0; i < count; ++i) {
            const std::size_t number =
                layer * count + i - (layer > 0 && i < count / 10 ? count : 0);
            const std::string path = "usr/lib/node_modules/package-" + std::to_string(number / 40) +
                                     "/dist/module-" + std::to_string(number) + ".js";
            const test::MadeEntry file = test::madeFile(path, 0);
            archive::Entry entry = file.entry;
            entry.size = std::int64_t(m_fileSize);
            if (!writer || !writer->begin(entry)) {
                return false;
            }
            for (std::size_t left = m_fileSize; left > 0;) {
                const std::size_t piece = std::min(left, m_block.size());
                if (!writer->write(std::string_view(m_block).substr(0, piece))) {
                    return false;
                }
                left -= piece;
            }
        }
        return writer->finish().has_value();
    }

    std::size_t m_files;
    std::size_t m_fileSize;
    std::size_t m_layers;
    std::string m_block;
};

} // namespace

int main(int count, char **arguments)
{
    const auto number = [&](int at, std::size_t otherwise) {
        return count > at ? std::size_t(std::strtoull(arguments[at], nullptr, 10)) : otherwise;
    };
    const std::size_t files = std::max<std::size_t>(100, number(1, 200'000));
    const std::size_t megabytes = number(2, 1000);
    const std::size_t layers = std::max<std::size_t>(1, number(3, 10));
    const std::string path = "/tmp/roadstead-bench-layers-" + std::to_string(::rand()) + ".tar";
    {
        std::ofstream file(path, std::ios::binary);
        MadeImage image(files, megabytes << 20U, layers);
        if (!image.give([&file](std::string_view piece) -> Result<void> {
                file.write(piece.data(), std::streamsize(piece.size()));
                return {};
            })) {
            return 1;
        }
    }
    const double before = peakMemory();
    std::ifstream file(path, std::ios::binary);
    std::string buffer(std::size_t(64) << 10, '\0');
    double sending = 0;
    const auto source = [&]() -> Result<std::string_view> {
        const auto begin = Clock::now();
        file.read(buffer.data(), std::streamsize(buffer.size()));
        sending += since(begin);
        return std::string_view(buffer).substr(0, std::size_t(file.gcount()));
    };
    auto begin = Clock::now();
    auto image = readSavedImage(source);
    const double reading = since(begin);
    std::remove(path.c_str());
    if (!image) {
        std::printf("failed: %s\n", image.error().detail.c_str());
        return 1;
    }
    begin = Clock::now();
    std::vector<std::string> packed;
    for (const LayerPointer &layer : image->layers) {
        packed.push_back(packedLayer(*layer));
    }
    const double packing = since(begin);
    std::size_t packedBytes = 0;
    for (const std::string &each : packed) {
        packedBytes += each.size();
    }
    begin = Clock::now();
    for (const std::string &each : packed) {
        if (!unpackedLayer(each)) {
            return 1;
        }
    }
    const double unpacking = since(begin);
    packed.clear();
    begin = Clock::now();
    const auto stack = stacked(image->layers);
    const double stacking = since(begin);
    std::size_t layerMemory = 0;
    for (const LayerPointer &layer : image->layers) {
        layerMemory += layer->memory();
    }
    image->layers.clear();
    begin = Clock::now();
    const FileView all = view(*stack, {.layer = layers - 1});
    const double viewing = since(begin);
    begin = Clock::now();
    const FileView found = view(*stack, {.layer = layers - 1, .text = "module-77"});
    const double filtering = since(begin);
    std::printf("%zu files, %zu MB, %zu layers\n", files, megabytes, layers);
    std::printf("reading the archive        %8.0f ms, of which its bytes came in %.0f ms\n",
                reading, sending);
    std::printf("laying the layers          %8.0f ms\n", stacking);
    std::printf("a view                     %8.0f ms, filtered %.0f ms\n", viewing, filtering);
    std::printf("open after the last byte   %8.0f ms\n", reading - sending + stacking + viewing);
    std::printf("kept layers                %8.1f MB, packed in %.0f ms, unpacked in %.0f ms\n",
                double(packedBytes) / 1e6, packing, unpacking);
    std::printf("memory of the layers       %8.1f MB\n", double(layerMemory) / 1e6);
    std::printf("memory of the image        %8.1f MB, of a view %.1f MB\n",
                double(stack->memory()) / 1e6,
                double(all.rows.size() * sizeof(FileView::Row)) / 1e6);
    std::printf("growth of the peak         %8.1f MB (packed layers in memory included)\n",
                (peakMemory() - before) / 1e6);
    return all.rows[topNode].hasChildren && found.rows[topNode].hasChildren ? 0 : 1;
}
