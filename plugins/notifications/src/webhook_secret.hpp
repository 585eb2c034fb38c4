// Secrets of webhooks, and the signature that proves who sent a body.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace notifications {

// The key that secrets are derived from: a secret among the settings, encrypted at rest. made_key() makes one when there is none
// yet, inside a Tx; stored_key() throws GUICHET_E_UNAVAILABLE.
std::string made_key(guichet::Ctx ctx);
std::string stored_key(guichet::Ctx ctx);
// "whsec_…"
std::string webhook_secret(std::string_view key, int64_t webhook, int64_t generation);
// Value of the header Guichet-Signature: "t=<seconds since 1970>,v1=<hex HMAC-SHA-256 of "<t>.<body>" under the secret>".
std::string signature(std::string_view secret, int64_t at_s, std::string_view body);

}  // namespace notifications
