// The customer's signature: drawn on the screen (a PNG), or the name typed by who cannot draw. What is signed stays as it is; to
// change it, the signature is removed first, and the history says so: a signature that silently goes with a correction would be
// missed by nobody until the invoice is disputed.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace interventions {

inline constexpr int64_t kMostSignatureBytes = 200 * 1024;

// "" for a PNG (its signature and its head, ISO/IEC 15948 5.2 and 11.2.2) of at most 2000 × 1000; otherwise the msgid of what is wrong.
std::string_view problem_of_signature(std::string_view bytes);

// signer: who signs. The upload "signature" of the request, if there is one, is the drawing. A draft is validated and the intervention
// done by that. GUICHET_E_INVALID with the fields signer and signature; GUICHET_E_CONFLICT when it is locked or a clock runs.
void sign(guichet::Ctx ctx, guichet::Request request, int64_t intervention_id, std::string_view signer);
void remove_signature(guichet::Ctx ctx, int64_t intervention_id);
// "" when it was typed.
std::string signature_png(guichet::Ctx ctx, guichet::Value intervention);

}  // namespace interventions
