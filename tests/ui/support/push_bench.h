// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/support/fake_image_engine.h"
#include "tests/ui/support/fake_registry_desk.h"
#include "ui/wizards/push/push_controller.h"

#include <QCoreApplication>

#include <string>
#include <vector>

namespace roadstead::test {

/// A push controller over an engine and a desk that do what the test says.
struct PushBench
{
    FakeImageEngine engine;
    FakeRegistryDesk desk;
    ui::PushController controller{
        {.run =
             [this](const docker::Command &command,
                    service::EngineSession::ProgressReceiver progress) {
                 return engine.run(command, std::move(progress));
             },
         .inspect = [this](const docker::Target &target) { return engine.inspect(target); },
         .history = [this](const docker::Target &target) { return engine.history(target); },
         .images = [this] { return engine.images(); },
         .makerText =
             [](std::string_view text) {
                 return QString::fromUtf8(text.data(), qsizetype(text.size()));
             },
         .desk = &desk}};

    PushBench()
    {
        docker::ImageSummary shop =
            image(1, {"shopfront-api:1.8.3", "shopfront-api:latest"}, 312'000'000);
        engine.show({shop, image(2, {"127.0.0.1:5000/team/web:1"}), image(3, {})});
        desk.book.accounts = {FakeRegistryDesk::account("docker.io", "Mara-Lind"),
                              FakeRegistryDesk::account("ghcr.io", "harbourlabs")};
        desk.book.offered = "secretservice";
        controller.begin();
        settle();
    }
    static void settle()
    {
        for (int i = 0; i < 8; ++i) {
            QCoreApplication::processEvents();
        }
    }
    /// The registry lets one push, and has none of the tags.
    void letIn()
    {
        FakeRegistryDesk::answer<service::Done>(desk.checks.back().promise, service::Done{});
        settle();
        while (controller.step() == ui::PushController::Step::Checking) {
            FakeRegistryDesk::answer<std::string>(desk.digestQuestions.back().promise,
                                                  std::unexpected(FakeRegistryDesk::refusal(404)));
            settle();
        }
    }
    void refuse(const Error &error)
    {
        FakeRegistryDesk::answer<service::Done>(desk.checks.back().promise, std::unexpected(error));
        settle();
    }
    void progress(const std::vector<docker::Progress> &lines)
    {
        engine.receivers.back()(lines);
        settle();
    }
    /// The engine ends the last command, a push, with this digest.
    void pushed(const std::string &digest)
    {
        engine.succeed(engine.sent.size() - 1, "1: digest: " + digest + " size: 528");
        settle();
    }
    void succeed()
    {
        engine.succeed(engine.sent.size() - 1);
        settle();
    }
    void fail(const Error &error)
    {
        engine.fail(engine.sent.size() - 1, error);
        settle();
    }
    [[nodiscard]] QString lastLine() const { return engine.line(engine.sent.size() - 1); }

    static std::string digest(char digit) { return "sha256:" + std::string(64, digit); }
};

} // namespace roadstead::test
