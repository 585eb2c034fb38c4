// One change per key: the answer to a request with an Idempotency-Key (or the one-time key of a form) is
// stored in the transaction of the change, and given again when the request is repeated (R61).
#pragma once

#include "abi/ctx.hpp"
#include "http/message.hpp"

#include <functional>
#include <string_view>

namespace host::web {

struct Once {
    enum class Outcome { done, replayed, mismatch };  // mismatch: the key was used for another request
    Outcome outcome = Outcome::done;
    http::Response response;
};
// change runs inside a transaction that is committed when its answer is below 400, rolled back otherwise.
// A second caller with the same key waits for the first. Throws db::Unavailable.
// content: what makes two bodies the same; the body itself, but for a multipart one, whose boundary is another each time.
Once run_once(guichet_ctx& ctx, const http::Request& request, std::string_view key, std::string_view content,
              const std::function<http::Response()>& change);

}  // namespace host::web
