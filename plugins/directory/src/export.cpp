#include "export.hpp"

#include "account_pages.hpp"
#include "account_store.hpp"
#include "contact_store.hpp"
#include "contract_store.hpp"
#include "resource_pages.hpp"

#include <guichet/sdk/csv.hpp>

namespace directory::exports {

using guichet::Ctx;
using guichet::Request;
using guichet::Value;

namespace {

// {code: label} of a choice; looked up once, not for each line.
Value labels_of(Ctx ctx, const Field& field) {
    auto out = ctx.object();
    if (!field.choices) return out;
    const auto choices = field.choices(ctx);
    for (std::size_t i = 0; i < choices.size(); ++i) out.set(choices[i]["value"].text().value_or(""), choices[i]["label"]);
    return out;
}

class Table {
public:
    Table(Ctx ctx, const Entity& entity) : ctx_{ctx}, entity_{entity}, custom_{ctx.fields(entity.object, guichet::kEveryAudience)} {
        for (const auto& field : entity.fields) {
            labels_.push_back(labels_of(ctx, field));
            out_.cell(ctx.tr(field.label));
        }
        for (std::size_t i = 0; i < custom_.size(); ++i) out_.cell(custom_[i]["label"].text().value_or(""));
        out_.end_row();
    }

    // The fields as export_columns() selects them.
    void add(const guichet::Rows& rows, std::size_t row) {
        std::size_t column = 0;
        for (const auto& field : entity_.fields) {
            add_cell(field, labels_[column], rows.maybe_text(row, column).value_or(""));
            ++column;
        }
        add_custom(rows.text(row, column));
        out_.end_row();
    }
    const std::string& text() const { return out_.text(); }

private:
    void add_cell(const Field& field, Value labels, std::string_view text) {
        if (field.kind == Kind::flag) out_.plain(ctx_.tr(text == "true" ? "Yes" : "No"));
        else if (const auto label = labels[text].text()) out_.cell(*label);
        else if (field.kind == Kind::date) out_.plain(text);
        else out_.cell(text);
    }
    void add_custom(std::string_view json) {
        const auto values = json == "{}" ? Value{} : guichet::parse_json(ctx_, json);
        const auto shown = values ? ctx_.present_fields(entity_.object, guichet::kEveryAudience, values) : Value{};
        for (std::size_t i = 0; i < custom_.size(); ++i) out_.cell(shown[i]["text"].text().value_or(""));
    }

    Ctx ctx_;
    const Entity& entity_;
    Value custom_;
    std::vector<Value> labels_;
    guichet::CsvWriter out_;
};

void send(Ctx ctx, Request request, const Resource& resource, const guichet::Rows& rows) {
    Table table{ctx, resource.entity};
    for (std::size_t i = 0; i < rows.size(); ++i) table.add(rows, i);
    request.header("Content-Disposition", "attachment; filename=\"" + std::string{resource.path.substr(1)} + ".csv\"");
    request.send(guichet::kCsvType, table.text());
}

}  // namespace

void accounts(Ctx ctx, Request request) {
    const guichet::ListColumns columns{ctx, "directory.accounts"};
    send(ctx, request, kAccounts, accounts_to_export(ctx, account_pages::wanted(ctx, request, columns)));
}

void contacts(Ctx ctx, Request request) {
    const ContactFilter filter{.words = request.query("q").value_or(""),
                               .account_id = resource_pages::wanted_id(request, "account_id"),
                               .custom = resource_pages::custom_filters(ctx, request, kContact)};
    send(ctx, request, kContacts, contacts_to_export(ctx, filter));
}

void contracts(Ctx ctx, Request request) {
    const ContractFilter filter{.words = request.query("q").value_or(""),
                                .status = request.query("status").value_or(""),
                                .account_id = resource_pages::wanted_id(request, "account_id"),
                                .custom = resource_pages::custom_filters(ctx, request, kContract)};
    send(ctx, request, kContracts, contracts_to_export(ctx, filter));
}

}  // namespace directory::exports
