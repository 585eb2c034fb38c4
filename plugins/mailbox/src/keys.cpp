#include "keys.hpp"

#include <sodium.h>

namespace mailbox {

using guichet::Ctx;

namespace {

constexpr std::string_view kPlace = "token_key";

std::string random_secret() {
    unsigned char bytes[32];
    randombytes_buf(bytes, sizeof bytes);
    char text[sizeof bytes * 2 + 1];
    return sodium_bin2hex(text, sizeof text, bytes, sizeof bytes);
}

}  // namespace

Keys known_keys(Ctx ctx) {
    const auto rows = ctx.exec("select id, secret from token_key order by id desc");
    Keys out;
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (const auto secret = ctx.unseal(rows.text(i, 1), kPlace))
            out.push_back({static_cast<std::uint32_t>(rows.i64(i, 0)), std::string{*secret}});
    return out;
}

Keys token_keys(Ctx ctx) {
    if (auto keys = known_keys(ctx); !keys.empty()) return keys;
    guichet::Tx tx{ctx};
    ctx.exec("lock table token_key in share row exclusive mode");
    auto keys = known_keys(ctx);
    if (keys.empty()) {
        ctx.exec("insert into token_key (secret) values ($1)", ctx.seal(random_secret(), kPlace));
        keys = known_keys(ctx);
    }
    tx.commit();
    return keys;
}

std::string instance_id(Ctx ctx) { return std::string{ctx.exec("select uuid::text from instance").text(0, 0)}; }

}  // namespace mailbox
