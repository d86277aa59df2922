// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace roadstead::test {

/// A certificate of an authority of nobody's, "Harbour test authority" of "Harbour Labs", for a
/// hundred years.
inline constexpr const char *madeCertificate =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIByDCCAW2gAwIBAgIUMpnqAkGLh8KXoZ1+QK7wIJc7oTkwCgYIKoZIzj0EAwIw\n"
    "ODEVMBMGA1UECgwMSGFyYm91ciBMYWJzMR8wHQYDVQQDDBZIYXJib3VyIHRlc3Qg\n"
    "YXV0aG9yaXR5MCAXDTI2MTEyODA2NDkzM1oYDzIxMjYxMTA0MDY0OTMzWjA4MRUw\n"
    "EwYDVQQKDAxIYXJib3VyIExhYnMxHzAdBgNVBAMMFkhhcmJvdXIgdGVzdCBhdXRo\n"
    "b3JpdHkwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARXAdPgc1ZoqJGOgsJUyZo6\n"
    "0uMdNWxzBYzIktzyhF0NPArgJc4IbmEChpIaJFpopCO4SSzU370312MKm0bHex/y\n"
    "o1MwUTAdBgNVHQ4EFgQUf+HYu8b3WAXUoYd56Rg5LlPYmA4wHwYDVR0jBBgwFoAU\n"
    "f+HYu8b3WAXUoYd56Rg5LlPYmA4wDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQD\n"
    "AgNJADBGAiEAiYhCSt+qutHQSgkESsyM700k1WFR7DyacYrqs9JMiV4CIQC+59Lz\n"
    "vi2mTjVXGCjxhWJxC5+FAGEIRce0UHP4IUf20w==\n"
    "-----END CERTIFICATE-----\n";
inline constexpr const char *madeFingerprint = "8B:57:5E:44:7C:23:E0:EE:13:A3:AB:49:B5:28:16:F6:CE:"
                                               "7F:95:91:92:1A:D3:BC:2F:ED:A9:B0:D7:39:29:79";

} // namespace roadstead::test
