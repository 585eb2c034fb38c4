// Speaks for customers: each function of tickets.customers by its name, with what the body says.
#include <tickets/customers_v1.h>
#include <guichet/sdk/plugin.hpp>

#include <vector>

namespace {

using guichet::Ctx;
using guichet::Request;
using guichet::Value;

std::string_view text(Value body, std::string_view member) { return body[member].text().value_or(""); }
int64_t number(Value body, std::string_view member) { return body[member].integer().value_or(0); }

class Voice {
public:
    explicit Voice(Ctx) {}

    void bind(guichet::Binder& b) {
        b.route<&Voice::call>("call");
        b.route<&Voice::file>("file");
        b.hook<&Voice::mailing>("mailing");
    }

    void call(Ctx ctx, Request request) {
        const auto customers = ctx.service<tickets_customers_v1>(TICKETS_CUSTOMERS, 1, 0);
        const auto body = request.json();
        const auto name = request.param("call").value_or("");
        const auto id = number(body, "ticket");
        guichet_value* out = nullptr;
        if (name == "create") customers(&tickets_customers_v1::create, body.raw(), &out);
        else if (name == "add_message") customers(&tickets_customers_v1::add_message, id, body["message"].raw(), &out);
        else if (name == "attach") attach(customers, body, &out);
        else if (name == "step")
            customers(&tickets_customers_v1::step, id, guichet::str(text(body, "step")), guichet::str(text(body, "email")));
        else if (name == "show") customers(&tickets_customers_v1::show, id, &out);
        else if (name == "list") customers(&tickets_customers_v1::list, body["scope"].raw(), int32_t{50}, &out);
        else if (name == "find")
            customers(&tickets_customers_v1::find, guichet::str(text(body, "ref")), guichet::str(text(body, "tracking_id")), id, &out);
        else if (name == "participants") customers(&tickets_customers_v1::participants, id, &out);
        request.json(ctx.object().set("out", out ? Value{ctx.raw(), out} : ctx.object()));
    }

    void file(Ctx ctx, Request request) {
        ctx.service<tickets_customers_v1>(TICKETS_CUSTOMERS, 1, 0)(&tickets_customers_v1::send_file, request.raw(), request.id("ticket"),
                                                                   request.id("file"), 0);
    }

    // To somebody whose address begins so, nothing is sent; the others follow their request at a path.
    void mailing(Ctx, guichet::Event event) {
        auto data = event.data();
        if (data["to"].text().value_or("").starts_with("silence")) throw guichet::Error{GUICHET_E_VETO, "wants no mail"};
        data.set("public_url", "/follow/" + std::to_string(data["ticket_id"].integer().value_or(0)));
    }

private:
    template <class Service>
    static void attach(const Service& customers, Value body, guichet_value** out) {
        const auto names = body["names"];
        std::vector<tickets_new_file> files;
        for (std::size_t i = 0; i < names.size(); ++i) {
            const auto content = text(body, "content");
            files.push_back({sizeof(tickets_new_file), 0, guichet::str(names[i].text().value_or("")), content.data(), content.size()});
        }
        customers(&tickets_customers_v1::attach, number(body, "ticket"), number(body, "message"), files.data(), files.size(), nullptr, out);
    }
};

}  // namespace

GUICHET_PLUGIN(Voice, GUICHET_PLUGIN_ID, GUICHET_PLUGIN_VERSION)
