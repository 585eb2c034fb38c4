#include "equipment_import.hpp"

#include "access.hpp"
#include "equipment_store.hpp"
#include "form.hpp"

#include <guichet/sdk/csv.hpp>

#include <algorithm>

namespace interventions::equipment_import {

using guichet::Ctx;
using guichet::Problems;
using guichet::Request;
using guichet::Value;

namespace {

constexpr std::size_t kMostLines = 2000, kMostProblems = 100, kMostBytes = std::size_t{1} << 20;

// What a column may be called, besides its label in the user's language; account and contract by their number, the account also by name.
struct Column {
    std::string_view name, label;
};
constexpr Column kColumns[] = {{"account", "Account"},
                               {"label", "Name"},
                               {"serial", "Serial number"},
                               {"product_ref", "Product reference"},
                               {"model", "Model"},
                               {"site", "Site"},
                               {"address", "Address"},
                               {"contract", "Contract"},
                               {"commissioned_on", "Commissioned"},
                               {"warranty_until", "Warranty until"},
                               {"status", "Status"},
                               {"notes", "Notes"}};

struct Outcome {
    std::size_t lines = 0, created = 0, updated = 0, wrong = 0;
    Value problems;  // [{line, column, value, message}], the first ones
};

bool is_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t size = lead < 0x80                   ? 1
                                 : lead >= 0xc2 && lead < 0xe0 ? 2
                                 : lead >= 0xe0 && lead < 0xf0 ? 3
                                 : lead >= 0xf0 && lead < 0xf5 ? 4
                                                               : 0;
        if (size == 0 || i + size > text.size()) return false;
        for (std::size_t k = 1; k < size; ++k)
            if ((static_cast<unsigned char>(text[i + k]) & 0xc0) != 0x80) return false;
        i += size;
    }
    return text.find('\0') == text.npos;
}

// Spreadsheets of French desks write Windows-1252 when they are not asked.
std::string as_utf8(Ctx ctx, const std::string& bytes) {
    if (is_utf8(bytes)) return bytes;
    if (bytes.find('\0') != bytes.npos) throw guichet::Error{GUICHET_E_INVALID, std::string{ctx.tr("This is not a CSV file.")}, "file"};
    return std::string{ctx.exec("select convert_from(decode($1::text, 'base64'), 'WIN1252')", guichet::base64(bytes)).text(0, 0)};
}

std::string key_of(std::string_view text) {
    auto out = guichet::one_line(text);
    std::ranges::transform(out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

const Column* column_of(Ctx ctx, std::string_view head) {
    const auto key = key_of(head);
    const auto* it = std::ranges::find_if(
        kColumns, [&](const Column& c) { return key == c.name || key == key_of(c.label) || key == key_of(ctx.tr(c.label)); });
    return it == std::end(kColumns) ? nullptr : it;
}

// "31/12/2026" is 2026-12-31.
std::string day_of(std::string_view text) {
    if (text.size() == 10 && text[2] == '/' && text[5] == '/')
        return std::string{text.substr(6)} + "-" + std::string{text.substr(3, 2)} + "-" + std::string{text.substr(0, 2)};
    return std::string{text};
}

std::string status_of(Ctx ctx, std::string_view text) {
    const auto statuses = equipment_statuses(ctx);
    for (std::size_t i = 0; i < statuses.size(); ++i)
        if (key_of(statuses[i]["label"].text().value_or("")) == key_of(text)) return std::string{statuses[i]["value"].text().value_or("")};
    return std::string{text};
}

std::string account_of(Ctx ctx, std::string_view text) {
    guichet::Query query{ctx};
    query.sql("select x.id from directory.account_v1 x where (lower(x.code) = lower(")
        .arg(text)
        .sql("::text) or x.name_key = fold(")
        .arg(text);
    query.sql("::text))");
    add_account_access(query, "x.id", kUpdateAccount);
    const auto rows = query.sql(" order by lower(x.code) = lower(").arg(text).sql("::text) desc nulls last, x.id limit 1").run();
    return rows.empty() ? std::string{} : std::string{rows.text(0, 0)};
}

// 0: none has this number.
std::string contract_of(Ctx ctx, std::string_view account, std::string_view ref) {
    if (ref.empty()) return {};
    const auto rows =
        ctx.exec("select id::text from directory.contract_v1 where account_id = $1::text::bigint and lower(ref) = lower($2::text) limit 1",
                 account, ref);
    return rows.empty() ? "0" : std::string{rows.text(0, 0)};
}

// The one that the line is about: by serial number and product, else by name.
Value stored(Ctx ctx, const std::string& account, std::string_view serial, std::string_view product_ref, std::string_view label) {
    const auto rows =
        serial.empty()
            ? ctx.exec(
                  "select id from equipment where account_id = $1::text::bigint and label_key = fold($2::text) and serial is null"
                  " order by id limit 1",
                  account, label)
            : ctx.exec(
                  "select id from equipment where account_id = $1::text::bigint and fold(serial) = fold($2::text)"
                  " and fold(coalesce(product_ref, '')) = fold($3::text)",
                  account, serial, product_ref);
    return rows.empty() ? Value{} : get_equipment(ctx, rows.i64(0, 0));
}

class Import {
public:
    Import(Ctx ctx, std::string_view text) : ctx_{ctx}, reader_{text, separator_of(text)}, outcome_{.problems = ctx.array()} {}

    Outcome read() {
        std::vector<std::string> cells;
        if (!reader_.next(cells)) return outcome_;
        read_heads(cells);
        while (reader_.next(cells)) {
            if (++outcome_.lines > kMostLines)
                throw guichet::Error{GUICHET_E_INVALID, std::string{ctx_.tr("The file has more than 2,000 lines. Split it.")}, "file"};
            read_line(cells);
        }
        return outcome_;
    }

private:
    static char separator_of(std::string_view text) {
        const auto head = text.substr(0, text.find('\n'));
        return std::ranges::count(head, ';') >= std::ranges::count(head, ',') ? ';' : ',';
    }
    void problem(std::string_view column, std::string_view value, std::string_view message) {
        if (outcome_.problems.size() >= kMostProblems) return;
        outcome_.problems.push(ctx_.object()
                                   .set("line", static_cast<int64_t>(reader_.line()))
                                   .set("column", column)
                                   .set("value", value.substr(0, 100))
                                   .set("message", message));
    }
    void read_heads(const std::vector<std::string>& heads) {
        for (const auto& head : heads) {
            columns_.push_back(column_of(ctx_, head));
            if (!columns_.back() && !guichet::trim(head).empty()) problem(head, head, ctx_.tr("No such column is known; it is left out."));
        }
        for (const std::string_view needed : {"account", "label"})
            if (std::ranges::none_of(columns_, [&](const Column* c) { return c && c->name == needed; }))
                throw guichet::Error{GUICHET_E_INVALID, guichet::fill(ctx_.tr("The first line has no column “%1”."), {needed}), "file"};
    }
    std::string cell(const std::vector<std::string>& cells, std::string_view name) const {
        for (std::size_t i = 0; i < columns_.size() && i < cells.size(); ++i)
            if (columns_[i] && columns_[i]->name == name) return std::string{guichet::csv_text(cells[i])};
        return {};
    }
    void read_line(const std::vector<std::string>& cells) {
        Problems problems{ctx_};
        const auto account = account_of(ctx_, guichet::one_line(cell(cells, "account")));
        if (account.empty()) problems.add("account", ctx_.tr("There is no account with this number or name that you may change."));
        else if (!store(cells, account, problems)) return;
        const auto found = problems.by_field();
        for (std::size_t i = 0; i < found.size(); ++i)
            problem(found.key(i), cell(cells, found.key(i)), found[found.key(i)].text().value_or(""));
        ++outcome_.wrong;
    }
    // Whether something is wrong with it.
    bool store(const std::vector<std::string>& cells, const std::string& account, Problems& problems) {
        const auto row = stored(ctx_, account, guichet::one_line(cell(cells, "serial")), guichet::one_line(cell(cells, "product_ref")),
                                guichet::one_line(cell(cells, "label")));
        auto draft = row ? Draft{ctx_, kEquipment, row} : Draft{ctx_, kEquipment};
        draft.set("account_id", account);
        for (const auto* column : columns_)
            if (column) take(draft, *column, cell(cells, column->name), account);
        check_equipment(ctx_, draft, problems);
        if (problems) return true;
        try {
            if (row) update_equipment(ctx_, draft, row["id"].integer().value_or(0), row["version"].integer().value_or(0));
            else create_equipment(ctx_, draft);
        } catch (const guichet::Error& e) {
            if (e.code() != GUICHET_E_CONFLICT) throw;
            problems.add(e.field(), e.what());
            return true;
        }
        ++(row ? outcome_.updated : outcome_.created);
        return false;
    }
    // An empty cell leaves a field as it is.
    void take(Draft& draft, const Column& column, const std::string& text, const std::string& account) {
        if (guichet::trim(text).empty() || column.name == "account") return;
        if (column.name == "contract") return draft.set("contract_id", contract_of(ctx_, account, guichet::one_line(text)));
        const auto* field = std::ranges::find(kEquipmentFields, column.name, &Field::name);
        auto value = normalise(field->kind, text);
        if (field->kind == Kind::day) value = day_of(value);
        if (column.name == "status") value = status_of(ctx_, value);
        draft.set(column.name, value);
    }

    Ctx ctx_;
    guichet::CsvReader reader_;
    std::vector<const Column*> columns_;
    Outcome outcome_;
};

void show_page(Ctx ctx, Request request, Value data) {
    auto columns = ctx.array();
    for (const auto& column : kColumns) columns.push(ctx.object().set("name", column.name).set("label", ctx.tr(column.label)));
    data.set("title", ctx.tr("Import equipment")).set("columns", columns);
    request.page("equipment/import.html",
                 data.set("breadcrumb", crumbs(ctx, {{ctx.tr("Equipment"), "/equipment"}, {ctx.tr("Import"), ""}})));
}

// Nothing is kept of a trial.
Outcome import(Ctx ctx, std::string_view text, bool keep) {
    guichet::Tx tx{ctx};
    const auto outcome = Import{ctx, text}.read();
    if (keep) {
        ctx.audit("interventions.equipment_imported", "equipment",
                  ctx.object().set("created", static_cast<int64_t>(outcome.created)).set("updated", static_cast<int64_t>(outcome.updated)));
        tx.commit();
    }
    return outcome;
}

// The bytes of the upload; nothing is stored.
std::string uploaded(Ctx ctx, Request request) {
    const auto upload = request.upload(0);
    if (!upload) throw guichet::Error{GUICHET_E_INVALID, std::string{ctx.tr("Choose a file.")}, "file"};
    if (upload->bytes > static_cast<int64_t>(kMostBytes))
        throw guichet::Error{GUICHET_E_INVALID, std::string{ctx.tr("The file is larger than 1 MB. Split it.")}, "file"};
    guichet::Tx tx{ctx};
    return ctx.read_file(request.store_upload(0).id);
}

template <class F>
void answer(Ctx ctx, Request request, bool done, F&& text_of) {
    try {
        const std::string text = as_utf8(ctx, text_of());
        const auto outcome = import(ctx, text, done);
        auto data = ctx.object().set("done", done).set("lines", static_cast<int64_t>(outcome.lines)).set("problems", outcome.problems);
        data.set("created", static_cast<int64_t>(outcome.created)).set("updated", static_cast<int64_t>(outcome.updated));
        data.set("wrong", static_cast<int64_t>(outcome.wrong)).set("useful", outcome.created + outcome.updated > 0).set("tried", true);
        show_page(ctx, request, done ? data : data.set("text", text));
    } catch (const guichet::Error& e) {
        if (e.code() != GUICHET_E_INVALID || e.field() != "file") throw;
        request.status(422);
        show_page(ctx, request, ctx.object().set("errors", ctx.object().set("file", e.what())));
    }
}

}  // namespace

void show(Ctx ctx, Request request) { show_page(ctx, request, ctx.object()); }

void try_it(Ctx ctx, Request request) {
    answer(ctx, request, false, [&] { return uploaded(ctx, request); });
}

void run(Ctx ctx, Request request) {
    answer(ctx, request, true, [&] { return std::string{request.form("text").value_or("")}; });
}

}  // namespace interventions::equipment_import
