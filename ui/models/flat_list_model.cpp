// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Gives the signals of SnapshotModelBase their one home.
#include "ui/models/flat_list_model.h"
