#include "signature.hpp"

#include "intervention_store.hpp"
#include "record.hpp"
#include "step.hpp"

namespace interventions {

using guichet::Ctx;

namespace {

constexpr std::size_t kLongestName = 120;
constexpr uint32_t kMostWidth = 2000, kMostHeight = 1000;

uint32_t big_endian(std::string_view bytes) {
    uint32_t out = 0;
    for (const char c : bytes.substr(0, 4)) out = out << 8 | static_cast<unsigned char>(c);
    return out;
}

[[noreturn]] void wrong(Ctx ctx, std::string_view field, std::string_view msgid) {
    throw guichet::Error{GUICHET_E_INVALID, std::string{ctx.tr(msgid)}, std::string{field}};
}

std::optional<std::size_t> drawing_of(guichet::Request request) {
    for (std::size_t i = 0; const auto upload = request.upload(i); ++i)
        if (upload->field == "signature" && upload->bytes > 0) return i;
    return std::nullopt;
}

// The id of the stored drawing.
std::optional<int64_t> store_drawing(Ctx ctx, guichet::Request request) {
    const auto i = drawing_of(request);
    if (!i) return std::nullopt;
    if (request.upload(*i)->bytes > kMostSignatureBytes) wrong(ctx, "signature", "The signature is larger than 200 kB. Draw it again.");
    const auto file = request.store_upload(*i);
    if (const auto problem = problem_of_signature(ctx.read_file(file.id, 0, 64)); !problem.empty()) wrong(ctx, "signature", problem);
    return file.id;
}

void step_if(Ctx ctx, int64_t id, std::string_view from, std::string_view name) {
    if (ctx.exec("select status from intervention where id = $1", id).text(0, 0) == from) take_step(ctx, *find_step(name), id);
}

}  // namespace

std::string_view problem_of_signature(std::string_view bytes) {
    if (bytes.size() < 33 || !bytes.starts_with("\x89PNG\r\n\x1a\n") || bytes.substr(12, 4) != "IHDR" || big_endian(bytes.substr(8)) != 13)
        return "The signature is not a PNG picture. Draw it again.";
    const auto width = big_endian(bytes.substr(16)), height = big_endian(bytes.substr(20));
    return width >= 1 && width <= kMostWidth && height >= 1 && height <= kMostHeight
               ? ""
               : "The picture of the signature has an unusual size. Draw it again.";
}

void sign(Ctx ctx, guichet::Request request, int64_t intervention_id, std::string_view signer) {
    const auto name = guichet::one_line(signer);
    if (name.empty()) wrong(ctx, "signer", "Enter the name of who signs.");
    if (guichet::count_characters(name) > kLongestName) wrong(ctx, "signer", "Use at most 120 characters.");
    guichet::Tx tx{ctx};
    lock_open(ctx, intervention_id);
    if (!ctx.exec("select from clock where intervention_id = $1", intervention_id).empty())
        throw guichet::Error{GUICHET_E_CONFLICT, std::string{ctx.tr("A clock is still running. Stop it first.")}};
    const auto file = store_drawing(ctx, request);
    step_if(ctx, intervention_id, "draft", "validate");
    step_if(ctx, intervention_id, "validated", "finish");
    ctx.exec("update intervention set signer = $2, signed_at = now(), signature_file_id = $3::bigint, version = version + 1 where id = $1",
             intervention_id, name, file);
    note(ctx, intervention_id, "signed", name);
    tx.commit();
}

void remove_signature(Ctx ctx, int64_t intervention_id) {
    guichet::Tx tx{ctx};
    const auto rows = ctx.exec("select signer, signature_file_id, status from intervention where id = $1 for update", intervention_id);
    if (rows.empty() || rows.is_null(0, 0)) throw guichet::Error{GUICHET_E_CONFLICT, std::string{ctx.tr("It is not signed.")}};
    if (rows.text(0, 2) == "billed") throw guichet::Error{GUICHET_E_CONFLICT, std::string{ctx.tr("It is billed and stays as it is.")}};
    ctx.exec("update intervention set signer = null, signed_at = null, signature_file_id = null, version = version + 1 where id = $1",
             intervention_id);
    if (const auto file = rows.maybe_i64(0, 1)) ctx.remove_file(*file);
    note(ctx, intervention_id, "unsigned", rows.text(0, 0));
    tx.commit();
}

std::string signature_png(Ctx ctx, guichet::Value intervention) {
    const auto file = intervention["signature_file_id"].integer();
    return file ? ctx.read_file(*file) : std::string{};
}

}  // namespace interventions
