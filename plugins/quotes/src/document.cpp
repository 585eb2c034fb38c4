#include "document.hpp"

namespace quotes {

using guichet::Ctx;
using guichet::Value;

namespace {

bool has_discount(const Lines& lines) {
    return std::ranges::any_of(lines.lines, [](const Line& line) { return line.price.discount != 0; });
}

// The last lines stay with the sums: a page never begins with these alone.
constexpr std::size_t kKeptWithTotals = 2;

std::string file_name(Value quote) { return std::string{quote["ref"].text().value_or("")} + ".pdf"; }

guichet::File keep(Ctx ctx, Value quote, std::string_view bytes) {
    const auto id = quote["id"].integer().value_or(0);
    guichet::Tx tx{ctx};
    const auto rows = ctx.exec("select pdf_file_id from quote where id = $1 for update", id);
    if (!rows.empty() && !rows.is_null(0, 0)) return ctx.file(rows.i64(0, 0));  // another one was quicker
    const auto file = ctx.put_file(file_name(quote), bytes);
    ctx.exec("update quote set pdf_file_id = $2 where id = $1", id, file.id);
    tx.commit();
    return file;
}

}  // namespace

std::string_view make_document(Ctx ctx, Value quote) {
    const auto language = quote["language"].text().value_or("fr");
    const auto lines = stored_lines(ctx, quote["id"].integer().value_or(0));
    const auto rows = present_lines(ctx, lines, language);
    auto first = ctx.array(), last = ctx.array();
    for (std::size_t i = 0; i < rows.size(); ++i) (i + kKeptWithTotals < rows.size() ? first : last).push(rows[i]);
    const auto ref = quote["ref"].text().value_or("");
    auto data = ctx.object().set("language", language).set("quote", quote).set("first", first).set("last", last);
    data.set("title", ref.empty() ? quote["subject"].text().value_or("") : ref).set("has_discount", has_discount(lines));
    data.set("columns", has_discount(lines) ? 6 : 5).set("is_draft", ref.empty());
    data.set("totals", present_totals(ctx, lines.totals, language));
    return ctx.pdf("pdf/quote.html", data);
}

guichet::File stored_document(Ctx ctx, Value quote) {
    if (const auto file = quote["pdf_file_id"].integer()) return ctx.file(*file);
    try {
        return keep(ctx, quote, make_document(ctx, quote));
    } catch (const guichet::Error& error) {
        if (error.code() != GUICHET_E_STATE) throw;
        throw guichet::Error{GUICHET_E_CONFLICT,
                             std::string{ctx.tr("The PDF document is not made yet: open it once, then send the quote.")}};
    }
}

void send_document(Ctx ctx, guichet::Request request) {
    const auto quote = get_quote(ctx, request.id());
    if (quote["state"].text() != "draft") return request.send_file(stored_document(ctx, quote).id);
    request.header("Content-Disposition", "attachment; filename=\"" + std::to_string(request.id()) + ".pdf\"");
    request.send("application/pdf", make_document(ctx, quote));
}

}  // namespace quotes
