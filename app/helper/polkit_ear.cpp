// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/polkit_ear.h"

#include <gio/gio.h>

namespace roadstead::helper {

using privilege::Stage;

struct Filter
{
    /// In GDBus's own thread, for every message of the connection, before its receiver gets it.
    static GDBusMessage *filter(GDBusConnection *, GDBusMessage *message, gboolean isIncoming,
                                gpointer data)
    {
        auto *ear = static_cast<PolkitEar *>(data);
        if (isIncoming == FALSE) {
            if (g_strcmp0(g_dbus_message_get_member(message), "CheckAuthorization") == 0) {
                ear->m_question = g_dbus_message_get_serial(message);
            }
            return message;
        }
        unsigned question = g_dbus_message_get_reply_serial(message);
        if (question != 0 && ear->m_question.compare_exchange_strong(question, 0)) {
            const Stage stage = meaning(message);
            if (stage != Stage::Asked) {
                QMetaObject::invokeMethod(
                    ear, [ear, stage] { Q_EMIT ear->refused(stage); }, Qt::QueuedConnection);
            }
        }
        return message;
    }

    /// Asked stands for yes. Source: org.freedesktop.PolicyKit1.Authority, AuthorizationResult.
    static Stage meaning(GDBusMessage *reply)
    {
        GVariant *body = g_dbus_message_get_body(reply);
        if (body == nullptr || g_variant_is_of_type(body, G_VARIANT_TYPE("((bba{ss}))")) == FALSE) {
            return Stage::NoAnswer;
        }
        gboolean isAuthorized = FALSE;
        gboolean isChallenge = FALSE;
        GVariant *details = nullptr;
        g_variant_get(body, "((bb@a{ss}))", &isAuthorized, &isChallenge, &details);
        const char *dismissed = nullptr;
        const bool isDismissed =
            g_variant_lookup(details, "polkit.dismissed", "&s", &dismissed) != FALSE;
        g_variant_unref(details);
        return isAuthorized != FALSE  ? Stage::Asked
               : isDismissed          ? Stage::Dismissed
               : isChallenge != FALSE ? Stage::NoAgent
                                      : Stage::Denied;
    }
};

PolkitEar::PolkitEar()
{
    // Polkit's library asks for this same connection; it lives as long as the process.
    GDBusConnection *bus = g_bus_get_sync(G_BUS_TYPE_SYSTEM, nullptr, nullptr);
    if (bus != nullptr) {
        g_dbus_connection_add_filter(bus, &Filter::filter, this, nullptr);
    }
}

} // namespace roadstead::helper
