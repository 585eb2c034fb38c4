#include "link_store.hpp"

#include <sodium.h>

#include <array>

namespace quotes {

using guichet::Ctx;

namespace {

constexpr std::size_t kTokenCharacters = 43;  // 32 bytes in base64url without padding
constexpr int64_t kMostGuesses = 30;          // an hour

using Bytes = std::array<unsigned char, 32>;

std::string random_token() {
    Bytes bytes;
    randombytes_buf(bytes.data(), bytes.size());
    std::string out(sodium_base64_ENCODED_LEN(std::tuple_size_v<Bytes>, sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
    sodium_bin2base64(out.data(), out.size(), bytes.data(), bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    out.pop_back();  // its terminator
    return out;
}

// In hexadecimal digits. Tokens themselves never reach the database, nor its log.
std::string hash_of(std::string_view token) {
    Bytes digest;
    crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(token.data()), token.size());
    std::string hex(2 * digest.size() + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
    hex.pop_back();
    return hex;
}

std::optional<int64_t> author(Ctx ctx) { return ctx.user_id() > 0 ? std::optional{ctx.user_id()} : std::nullopt; }

}  // namespace

std::string add_link(Ctx ctx, int64_t quote_id, std::string_view email) {
    auto token = random_token();
    ctx.exec(
        "insert into link (quote_id, token_hash, email, created_by, expires_at)"
        " select id, decode($2, 'hex'), $3, $4, (valid_until + 1)::timestamp at time zone $5::text from quote where id = $1",
        quote_id, hash_of(token), email, author(ctx), ctx.zone());
    return token;
}

std::string link_path(std::string_view token) { return "/public/quotes/" + std::string{token}; }

std::optional<OpenedLink> open_link(Ctx ctx, std::string_view token) {
    if (token.size() != kTokenCharacters) return std::nullopt;
    const auto rows = ctx.exec(
        "update link set last_used_at = now() where token_hash = decode($1, 'hex') and revoked_at is null and expires_at > now()"
        " returning id, quote_id",
        hash_of(token));
    if (rows.empty()) return std::nullopt;
    return OpenedLink{rows.i64(0, 0), rows.i64(0, 1)};
}

guichet::Value links_of(Ctx ctx, int64_t quote_id) {
    return ctx
        .exec(
            "select id, email, created_at, expires_at, revoked_at, last_used_at, revoked_at is null and expires_at > now() as valid"
            " from link where quote_id = $1 order by id desc limit 50",
            quote_id)
        .value();
}

void revoke_links(Ctx ctx, int64_t quote_id) {
    ctx.exec("update link set revoked_at = now(), revoked_by = $2 where quote_id = $1 and revoked_at is null", quote_id, author(ctx));
}

bool guesses_too_often(Ctx ctx, std::string_view client) {
    return ctx
        .exec("select count(*) >= $2 from (select from guess where client = $1 and at > clock_timestamp() - interval '1 hour' limit $2) g",
              client, kMostGuesses)
        .boolean(0, 0);
}

void count_guess(Ctx ctx, std::string_view client) { ctx.exec("insert into guess (client) values ($1)", client); }

void forget_guesses(Ctx ctx) { ctx.exec("delete from guess where at < now() - interval '1 hour'"); }

}  // namespace quotes
