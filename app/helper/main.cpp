// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The root process behind Roadstead's administrator prompts. Started by the bus, ended when idle.
#include "app/helper/helper.h"
#include "app/helper/programs.h"
#include "engine/privilege/contract/actions.h"

#include <KAuth/HelperSupport>

int main(int argc, char **argv)
{
    roadstead::helper::rebuildEnvironment();
    // KAuth keeps the pointer until the process ends.
    auto *helper = new roadstead::helper::Helper;
    return KAuth::HelperSupport::helperMain(argc, argv, roadstead::privilege::helperId.data(),
                                            helper);
}
