// Custom fields from end to end: defined by an administrator, filled in by forms and REST, shown, searched, filtered,
// retired and deleted.
#include "abi/fields.hpp"
#include "support/wait.hpp"
#include "web/desk.hpp"
#include "web/packages.hpp"

#include <thread>

namespace web_test {
namespace {

using host::base::Value;
using Form = std::map<std::string, std::string>;

std::string member_json(const Answer& answer, std::string_view code) {
    const auto* custom = answer.json().get("custom");
    const auto* value = custom ? custom->get(code) : nullptr;
    return value ? host::base::to_json(*value) : "absent";
}

class Fields : public testing::Test {
protected:
    void SetUp() override {
        admin_.log_in("admin");
        admin_.get("/admin/fields");
    }
    // Definition as the form of the administrator sends it; "in_form" is on unless taken away by an empty value.
    std::int64_t define(const std::string& code, const std::string& type, Form more = {}, const std::string& object = "tickets.ticket") {
        Form form{{"object", object}, {"type", type}, {"code", code}, {"label_fr", "FR " + code}, {"label_en", "EN " + code}, {"in_form", "1"},
                  {"currency", "EUR"}};
        for (auto& [name, value] : more) form[name] = value;
        std::erase_if(form, [](const auto& field) { return field.second.empty(); });
        const auto answer = admin_.post("/admin/fields/new", form);
        EXPECT_EQ(answer.status, 303) << code << ' ' << answer.body;
        return desk_.count("select coalesce(max(id), 0) from core.custom_field where object = '" + object + "' and code = '" + code + "'");
    }
    Answer ticket(const std::string& custom, int status = 201) { return ticket(api_, custom, status); }
    Answer ticket(Api& api, const std::string& custom, int status) {
        auto answer = api.post("/api/v1/tickets", R"({"subject":"Panne","custom":)" + custom + "}");
        EXPECT_EQ(answer.status, status) << custom << " -> " << answer.body;
        return answer;
    }
    Answer patch(const Answer& object, const std::string& custom, int status = 200) {
        auto answer = api_.patch("/api/v1/tickets/" + std::to_string(object.integer("id")), R"({"custom":)" + custom + "}");
        EXPECT_EQ(answer.status, status) << custom << " -> " << answer.body;
        return answer;
    }
    std::size_t found(const std::string& query) {
        const auto answer = api_.get("/api/v1/tickets?" + query);
        EXPECT_EQ(answer.status, 200) << query << ' ' << answer.body;
        const auto* items = answer.json().get("items");
        return items ? items->size() : 999;
    }

    Desk desk_;
    Browser admin_{desk_.browser()};
    Api api_{desk_.api()};
};

TEST_F(Fields, a_wrong_value_is_a_problem_of_its_field_in_the_users_language) {
    define("site", "text");
    define("count", "integer");
    define("price", "money");
    define("day", "date");
    define("owner", "user");
    define("client", "account");
    desk_.add_user("english", "administrator");
    desk_.app->pool().exec("update core.app_user set language = 'en' where login = 'english'");
    auto english_api = desk_.api("english");
    const auto english =
        ticket(english_api, R"({"site":1,"count":"x","price":"12.505","day":"31/02/2026","owner":999999,"client":999999,"nothing":1})", 422);
    EXPECT_EQ(english.error("custom.site"), "This must be text.");
    EXPECT_EQ(english.error("custom.count"), "Enter a whole number.");
    EXPECT_EQ(english.error("custom.price"), "Enter an amount such as €12.50.");
    EXPECT_EQ(english.error("custom.day"), "Enter a date that exists, such as 31 Dec 2026.");
    EXPECT_EQ(english.error("custom.owner"), "There is no such user.");
    EXPECT_EQ(english.error("custom.client"), "There is no such object, or you may not see it.");
    EXPECT_EQ(english.error("custom.nothing"), "There is no such field.");
    const auto french = ticket(R"({"count":"x","day":"31/02/2026","nothing":1})", 422);
    EXPECT_EQ(french.error("custom.count"), "Saisissez un nombre entier.");
    EXPECT_EQ(french.error("custom.day"), "Saisissez une date qui existe, par exemple 31/12/2026.");
    EXPECT_EQ(french.error("custom.nothing"), "Ce champ n’existe pas.");
    EXPECT_NE(ticket("[]", 422).error("custom"), "");
    EXPECT_NE(ticket("\"x\"", 422).error("custom"), "");
    EXPECT_EQ(desk_.count("select count(*) from tickets.ticket"), 0) << "nothing was stored";
}

TEST_F(Fields, values_go_in_and_come_out_canonical) {
    define("site", "text");
    define("note", "long_text");
    define("count", "integer");
    define("size", "decimal");
    define("price", "money");
    define("day", "date");
    define("at", "datetime");
    define("urgent", "boolean");
    define("owner", "user");
    define("client", "account");
    define("color", "list", {{"option0_fr", "Rouge"}, {"option0_en", "Red"}, {"option1_fr", "Vert"}});
    const auto account = api_.post("/api/v1/accounts", R"({"name":"Dupont"})").integer("id");
    const auto made = ticket(R"({"site":" Lyon ","note":"a\nb","count":3,"size":1.5,"price":{"amount":1250,"currency":"EUR"},"day":"2026-12-31",
        "at":"2026-12-31T18:30:00+01:00","urgent":true,"owner":1,"client":)" + std::to_string(account) + R"(,"color":"red"})");
    const auto read = api_.get("/api/v1/tickets/" + std::to_string(made.integer("id")));
    EXPECT_EQ(member_json(read, "site"), R"("Lyon")");
    EXPECT_EQ(member_json(read, "note"), R"("a\nb")");
    EXPECT_EQ(member_json(read, "count"), "3");
    EXPECT_EQ(member_json(read, "size"), R"("1.5")");
    EXPECT_EQ(member_json(read, "price"), R"({"amount":1250,"currency":"EUR"})");
    EXPECT_EQ(member_json(read, "at"), R"("2026-12-31T17:30:00Z")");
    EXPECT_EQ(member_json(read, "urgent"), "true");
    EXPECT_EQ(member_json(read, "owner"), "1");
    EXPECT_EQ(member_json(read, "client"), std::to_string(account));
    EXPECT_EQ(member_json(read, "color"), R"("red")");
    EXPECT_EQ(member_json(patch(made, R"({"site":null,"count":4})"), "site"), "absent");
    const auto later = patch(made, R"({})");
    EXPECT_EQ(member_json(later, "count"), "4");
    EXPECT_EQ(member_json(later, "color"), R"("red")") << "what a change leaves out stays";
    EXPECT_TRUE(admin_.get("/tickets/" + std::to_string(made.integer("id"))).contains("Dupont"));
}

TEST_F(Fields, a_form_shows_its_fields_and_keeps_what_was_typed) {
    define("site", "text", {{"mandatory", "1"}});
    define("hidden", "text", {{"in_form", ""}});
    define("extra", "text", {{"in_form", ""}, {"more_info", "1"}});
    define("outside", "text", {{"audience", "public"}});
    const auto form = admin_.get("/tickets/new");
    EXPECT_TRUE(form.contains("name=\"custom.site\""));
    EXPECT_TRUE(form.contains("name=\"custom.extra\""));
    EXPECT_FALSE(form.contains("custom.hidden"));
    EXPECT_FALSE(form.contains("custom.outside")) << "a field of the public form";
    const auto refused = admin_.post("/tickets/new", {{"subject", "Panne"}, {"custom.site", ""}, {"custom.extra", "gardé"}});
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(refused.contains("href=\"#f-custom.site\""));
    EXPECT_TRUE(refused.contains("gardé"));
    EXPECT_EQ(admin_.post("/tickets/new", {{"subject", "Panne"}}).status, 422) << "leaving the control out is no way round";
    EXPECT_EQ(admin_.post("/tickets/new", {{"subject", "Panne"}, {"custom.site", "Lyon"}, {"custom.outside", "x"}}).status, 422);
    const auto made = admin_.post("/tickets/new", {{"subject", "Panne"}, {"custom.site", "Lyon"}});
    ASSERT_EQ(made.status, 303);
    const auto page = admin_.get(made.header("Location"));
    for (const auto name : {"custom.site", "custom.extra", "custom.hidden", "custom.outside"}) EXPECT_TRUE(page.contains(name)) << name;
}

TEST_F(Fields, a_mandatory_field_is_not_emptied_but_an_old_ticket_without_it_can_still_be_changed) {
    const auto before = ticket("{}");
    define("site", "text", {{"mandatory", "1"}});
    EXPECT_NE(ticket("{}", 422).error("custom.site"), "");
    const auto changed = api_.patch("/api/v1/tickets/" + std::to_string(before.integer("id")), R"({"subject":"Autre"})");
    EXPECT_EQ(changed.status, 200) << changed.body;
    EXPECT_NE(patch(before, R"({"site":""})", 422).error("custom.site"), "");
    patch(before, R"({"site":"Lyon"})");
}

TEST_F(Fields, on_the_page_each_field_is_saved_alone_and_two_people_lose_nothing) {
    define("site", "text");
    define("floor", "integer");
    const auto made = ticket(R"({"site":"Lyon","floor":1})");
    const auto path = "/tickets/" + std::to_string(made.integer("id"));
    const auto version = std::to_string(made.integer("version"));
    EXPECT_EQ(admin_.post(path + "/edit", {{"version", version}, {"custom.site", "Paris"}}).status, 303);
    EXPECT_EQ(admin_.post(path + "/edit", {{"version", version}, {"custom.floor", "2"}}).status, 303) << "another field: no conflict";
    const auto conflict = admin_.post(path + "/edit", {{"version", version}, {"custom.site", "Nice"}});
    EXPECT_EQ(conflict.status, 409);
    EXPECT_TRUE(conflict.contains("Paris"));
    EXPECT_TRUE(conflict.contains("Nice"));
    const auto read = api_.get("/api/v1" + path);
    EXPECT_EQ(member_json(read, "site"), R"("Paris")");
    EXPECT_EQ(member_json(read, "floor"), "2");
    const auto history = api_.get("/api/v1" + path + "/history");
    EXPECT_TRUE(history.contains(R"("field":"custom.site","from":"Lyon","to":"Paris")")) << history.body;
    EXPECT_TRUE(admin_.get(path).contains("FR site"));
}

TEST_F(Fields, changes_of_two_fields_at_the_same_time_are_both_there) {
    constexpr int kRounds = 20;
    define("a", "integer");
    define("b", "integer");
    const auto made = ticket("{}");
    const auto path = "/api/v1/tickets/" + std::to_string(made.integer("id"));
    const auto write = [&](const std::string& code) {
        auto api = desk_.api();
        for (int i = 1; i <= kRounds; ++i) EXPECT_EQ(api.patch(path, R"({"custom":{")" + code + "\":" + std::to_string(i) + "}}").status, 200);
    };
    std::thread other{write, "a"};
    write("b");
    other.join();
    const auto read = api_.get(path);
    EXPECT_EQ(member_json(read, "a"), std::to_string(kRounds));
    EXPECT_EQ(member_json(read, "b"), std::to_string(kRounds));
}

TEST_F(Fields, a_field_that_is_switched_off_is_nowhere_and_keeps_its_values) {
    const auto id = define("site", "text", {{"searchable", "1"}});
    const auto made = ticket(R"({"site":"Villeurbanne"})");
    const auto path = "/admin/fields/" + std::to_string(id);
    EXPECT_EQ(admin_.post(path, {{"active", "0"}}).status, 303);
    EXPECT_EQ(member_json(patch(made, "{}"), "site"), "absent");
    EXPECT_NE(patch(made, R"({"site":"Lyon"})", 422).error("custom.site"), "");
    EXPECT_FALSE(admin_.get("/tickets/new").contains("custom.site"));
    EXPECT_EQ(found("q=villeurbanne"), 0u);
    EXPECT_EQ(api_.patch("/api/v1/tickets/" + std::to_string(made.integer("id")), R"({"subject":"Autre"})").status, 200);
    EXPECT_EQ(admin_.post(path, {{"active", "1"}}).status, 303);
    EXPECT_EQ(member_json(patch(made, "{}"), "site"), R"("Villeurbanne")");
    EXPECT_EQ(found("q=villeurbanne"), 1u);
}

TEST_F(Fields, deleting_says_how_many_objects_have_a_value_and_takes_them_away) {
    const auto id = define("site", "text");
    define("floor", "integer");
    const auto one = ticket(R"({"site":"Lyon","floor":1})");
    ticket(R"({"site":"Paris"})");
    ticket(R"({"floor":2})");
    const auto path = "/admin/fields/" + std::to_string(id);
    const auto asks = admin_.post(path + "/delete", {});
    EXPECT_EQ(asks.status, 200);
    EXPECT_TRUE(asks.contains("2 fiches ont une valeur")) << asks.body;
    EXPECT_EQ(desk_.count("select count(*) from core.custom_field"), 2) << "not yet";
    EXPECT_EQ(admin_.post(path + "/delete", {{"confirmed", "1"}}).status, 303);
    EXPECT_EQ(desk_.count("select count(*) from core.custom_field"), 1);
    EXPECT_EQ(desk_.count("select count(*) from tickets.ticket where custom ? 'site'"), 0);
    EXPECT_EQ(desk_.count("select count(*) from tickets.ticket where custom ? 'floor'"), 2);
    EXPECT_EQ(admin_.get("/tickets/" + std::to_string(one.integer("id"))).status, 200) << "its history names a field that is gone";
}

TEST_F(Fields, search_finds_the_words_of_searchable_fields_only) {
    const auto id = define("site", "text", {{"searchable", "1"}});
    define("secret", "text");
    ticket(R"({"site":"Crédit Agricole – Évry","secret":"passepartout"})");
    EXPECT_EQ(found("q=evry"), 1u);
    EXPECT_EQ(found("q=credit%20panne"), 1u) << "words may be in different places";
    EXPECT_EQ(found("q=passepartout"), 0u);
    const auto version = std::to_string(desk_.count("select version from core.custom_field where id = " + std::to_string(id)));
    EXPECT_EQ(admin_.post("/admin/fields/" + std::to_string(id), {{"version", version}, {"label_fr", "Site"}}).status, 303);
    EXPECT_EQ(found("q=evry"), 0u) << "it is not searchable any more";
}

TEST_F(Fields, lists_are_filtered_by_type) {
    for (const auto& [code, type] : std::map<std::string, std::string>{
             {"site", "text"}, {"count", "integer"}, {"size", "decimal"}, {"price", "money"}, {"day", "date"}, {"at", "datetime"}, {"urgent", "boolean"}})
        define(code, type, {{"filterable", "1"}});
    define("color", "list", {{"filterable", "1"}, {"option0_en", "Red"}, {"option1_en", "Green"}});
    define("plain", "text");
    ticket(R"({"site":"Lyon Part-Dieu","count":9,"size":"2.50","price":{"amount":900,"currency":"EUR"},"day":"2026-01-10","at":"2026-01-10T08:00:00Z","urgent":true,"color":"red"})");
    ticket(R"({"site":"Paris","count":10,"size":"10","price":{"amount":1000,"currency":"EUR"},"day":"2026-02-10","at":"2026-02-10T08:00:00Z","urgent":false,"color":"green"})");
    ticket("{}");
    EXPECT_EQ(found("custom.site=part"), 1u);
    EXPECT_EQ(found("custom.count=9"), 1u);
    EXPECT_EQ(found("custom.count.from=9&custom.count.to=10"), 2u) << "by number, not by text";
    EXPECT_EQ(found("custom.count.from=10"), 1u);
    EXPECT_EQ(found("custom.size=2.5"), 1u) << "2.5 is 2.50";
    EXPECT_EQ(found("custom.size.to=9"), 1u);
    EXPECT_EQ(found("custom.price.from=9,01"), 1u);
    EXPECT_EQ(found("custom.price=9"), 1u);
    EXPECT_EQ(found("custom.price.from=1%20USD"), 0u) << "another currency";
    EXPECT_EQ(found("custom.day.from=11/01/2026"), 1u);
    EXPECT_EQ(found("custom.day=2026-01-10"), 1u);
    EXPECT_EQ(found("custom.at.from=2026-01-10&custom.at.to=2026-01-10"), 1u) << "a whole day";
    EXPECT_EQ(found("custom.urgent=true"), 1u);
    EXPECT_EQ(found("custom.color=red"), 1u);
    EXPECT_EQ(found("custom.color=red&custom.count=10"), 0u);
    EXPECT_EQ(api_.get("/api/v1/tickets?custom.color=blue").status, 422);
    EXPECT_EQ(api_.get("/api/v1/tickets?custom.plain=x").status, 422) << "not filterable";
    EXPECT_EQ(api_.get("/api/v1/tickets?custom.nothing=x").status, 422);
    EXPECT_EQ(api_.get("/api/v1/tickets?custom.site.from=x").status, 422) << "text has no range";
    EXPECT_NE(api_.get("/api/v1/tickets?custom.count.from=x").error("custom.count.from"), "");
    const auto page = admin_.get("/tickets?custom.site=lyon");
    EXPECT_TRUE(page.contains("name=\"custom.count.from\""));
    EXPECT_EQ(admin_.get("/tickets?custom.color=blue").status, 200) << "a page leaves out what it does not understand";
}

TEST_F(Fields, accounts_contacts_and_contracts_have_fields_of_their_own) {
    define("siren", "text", {{"searchable", "1"}, {"filterable", "1"}}, "directory.account");
    define("badge", "integer", {{"mandatory", "1"}}, "directory.contact");
    define("level", "list", {{"option0_fr", "Or"}}, "directory.contract");
    EXPECT_NE(api_.post("/api/v1/accounts", R"({"name":"Dupont","custom":{"badge":1}})").error("custom.badge"), "") << "of another object";
    const auto account = api_.post("/api/v1/accounts", R"({"name":"Dupont","custom":{"siren":"552 100 554"}})");
    ASSERT_EQ(account.status, 201) << account.body;
    EXPECT_EQ(member_json(account, "siren"), R"("552 100 554")");
    const auto account_id = std::to_string(account.integer("id"));
    EXPECT_EQ(api_.get("/api/v1/accounts?custom.siren=554").json().get("items")->size(), 1u);
    EXPECT_EQ(api_.get("/api/v1/accounts?custom.siren=999").json().get("items")->size(), 0u);
    EXPECT_EQ(api_.get("/api/v1/accounts?q=552").json().get("items")->size(), 1u);
    EXPECT_NE(api_.post("/api/v1/contacts", R"({"last_name":"Durand","account_id":)" + account_id + "}").error("custom.badge"), "");
    const auto contact = api_.post("/api/v1/contacts", R"({"last_name":"Durand","custom":{"badge":7},"account_id":)" + account_id + "}");
    EXPECT_EQ(member_json(contact, "badge"), "7") << contact.body;
    const auto contract = api_.post("/api/v1/contracts", R"({"label":"Or","custom":{"level":"or"},"account_id":)" + account_id + "}");
    EXPECT_EQ(member_json(contract, "level"), R"("or")") << contract.body;
    EXPECT_TRUE(admin_.get("/accounts/" + account_id).contains("552 100 554"));
    EXPECT_TRUE(admin_.get("/accounts/" + account_id + "/edit").contains("name=\"custom.siren\""));
    EXPECT_EQ(admin_.post("/accounts/" + account_id + "/edit", {{"version", "1"}, {"name", "Dupont"}, {"type", "customer"}, {"custom.siren", "1"}}).status, 303);
    const auto stale = admin_.post("/accounts/" + account_id + "/edit", {{"version", "1"}, {"name", "Dupont"}, {"type", "customer"}, {"custom.siren", "2"}});
    EXPECT_EQ(stale.status, 409);
    EXPECT_TRUE(stale.contains("FR siren"));
    EXPECT_EQ(member_json(api_.get("/api/v1/accounts/" + account_id), "siren"), R"("1")");
}

TEST_F(Fields, an_account_is_named_by_its_number_or_by_words_that_name_one_only) {
    define("client", "account");
    const auto dupont = api_.post("/api/v1/accounts", R"({"name":"Dupont"})").integer("id");
    api_.post("/api/v1/accounts", R"({"name":"Martin Lyon"})");
    api_.post("/api/v1/accounts", R"({"name":"Martin Paris"})");
    EXPECT_EQ(member_json(ticket(R"({"client":"dupont"})"), "client"), std::to_string(dupont));
    EXPECT_EQ(member_json(ticket(R"({"client":"Dupont #)" + std::to_string(dupont) + "\"}"), "client"), std::to_string(dupont));
    EXPECT_NE(ticket(R"({"client":"martin"})", 422).error("custom.client"), "");
    EXPECT_NE(ticket(R"({"client":"personne"})", 422).error("custom.client"), "");
    const auto suggestions = admin_.get("/fields/lookup/account?custom.client=martin");
    EXPECT_TRUE(suggestions.contains("Martin Lyon #"));
    EXPECT_FALSE(suggestions.contains("Dupont"));
    EXPECT_EQ(desk_.browser().get("/fields/lookup/account?q=a").status, 303) << "only for who is logged in";
}

TEST_F(Fields, an_account_the_user_may_not_see_cannot_be_named) {
    define("client", "account");
    const auto dupont = api_.post("/api/v1/accounts", R"({"name":"Dupont"})").integer("id");
    desk_.add_user("agent");
    desk_.set_level("agent", "directory.account.read", 0);
    auto agent = desk_.api("agent");
    const auto refused = agent.post("/api/v1/tickets", R"({"subject":"Panne","custom":{"client":)" + std::to_string(dupont) + "}}");
    EXPECT_EQ(refused.status, 422);
    EXPECT_NE(refused.error("custom.client"), "");
    const auto made = ticket(R"({"client":)" + std::to_string(dupont) + "}");
    const auto kept = agent.patch("/api/v1/tickets/" + std::to_string(made.integer("id")), R"({"custom":{"client":)" + std::to_string(dupont) + "}}");
    EXPECT_EQ(kept.status, 200) << "what is there may stay: " << kept.body;
}

TEST_F(Fields, the_type_stays_once_there_are_values_and_two_administrators_do_not_overwrite_each_other) {
    const auto id = define("site", "text");
    const auto path = "/admin/fields/" + std::to_string(id);
    EXPECT_EQ(admin_.post(path, {{"version", "1"}, {"label_fr", "Site"}, {"type", "integer"}}).status, 303);
    EXPECT_EQ(desk_.count("select count(*) from core.custom_field where type = 'integer'"), 1);
    EXPECT_EQ(admin_.post(path, {{"version", "1"}, {"label_fr", "Lieu"}}).status, 409);
    ticket(R"({"site":3})");
    EXPECT_EQ(admin_.post(path, {{"version", "2"}, {"label_fr", "Site"}, {"type", "text"}}).status, 303);
    EXPECT_EQ(desk_.count("select count(*) from core.custom_field where type = 'integer'"), 1);
}

TEST_F(Fields, wrong_definitions_are_refused) {
    define("site", "text");
    const Form good{{"object", "tickets.ticket"}, {"type", "text"}, {"code", "other"}, {"label_fr", "Autre"}};
    const auto with = [&](const std::string& name, const std::string& value) {
        auto form = good;
        form[name] = value;
        return admin_.post("/admin/fields/new", form).status;
    };
    EXPECT_EQ(with("label_fr", ""), 422);
    EXPECT_EQ(with("label_fr", std::string(101, 'a')), 422);
    EXPECT_EQ(with("code", "1x"), 422);
    EXPECT_EQ(with("code", "Été"), 422);
    EXPECT_EQ(with("code", "site"), 422) << "taken";
    EXPECT_EQ(with("type", "list"), 422) << "a list without entries";
    EXPECT_EQ(with("type", "money"), 422) << "money without a currency";
    EXPECT_EQ(desk_.count("select count(*) from core.custom_field"), 1);
    EXPECT_EQ(admin_.post("/admin/modules/interventions/disable", {}).status, 303);
    EXPECT_EQ(with("type", "equipment"), 303) << "no module has any";
    EXPECT_EQ(with("object", "tickets.nothing"), 303);
    EXPECT_EQ(desk_.count("select count(*) from core.custom_field"), 1);
    EXPECT_TRUE(admin_.get("/admin/fields/new?object=tickets.ticket").contains("Indisponible"));
}

TEST_F(Fields, order_and_groups_are_the_administrators) {
    const auto a = std::to_string(define("a", "text")), b = std::to_string(define("b", "text")), c = std::to_string(define("c", "text"));
    EXPECT_EQ(admin_.post("/admin/fields/groups", {{"object", "tickets.ticket"}, {"label_fr", "Chantier"}, {"what", "add"}}).status, 303);
    const auto g = std::to_string(desk_.count("select id from core.field_group"));
    const auto order = [&] {
        return std::string{desk_.app->pool().exec("select string_agg(f.code || coalesce(f.group_id::text, ''), ',' order by coalesce(g.position, -1), f.position)"
                                                  " from core.custom_field f left join core.field_group g on g.id = f.group_id").text(0, 0)};
    };
    const auto all = "field:" + a + ",field:" + b + ",group:" + g + ",field:" + c;
    EXPECT_EQ(admin_.post("/admin/fields/order", {{"object", "tickets.ticket"}, {"order", all}}).status, 303);
    EXPECT_EQ(order(), "a,b,c" + g);
    admin_.post("/admin/fields/order", {{"object", "tickets.ticket"}, {"order", all}, {"down", "field:" + b}});
    EXPECT_EQ(order(), "a,b" + g + ",c" + g) << "below the heading it is in the group";
    EXPECT_TRUE(admin_.get("/tickets/new").contains("Chantier"));
    admin_.post("/admin/fields/order", {{"object", "directory.account"}, {"order", "field:" + c + ",group:" + g}});
    EXPECT_EQ(order(), "a,b" + g + ",c" + g) << "the order of another object is none of its business";
    EXPECT_EQ(admin_.post("/admin/fields/groups", {{"object", "tickets.ticket"}, {"what", "add"}}).status, 422);
    admin_.post("/admin/fields/groups", {{"object", "tickets.ticket"}, {"id", g}, {"what", "delete"}});
    EXPECT_EQ(desk_.count("select count(*) from core.custom_field where group_id is null"), 3) << "the fields stay";
}

// What the public form will ask for: there is no page of it yet.
TEST_F(Fields, who_reads_the_public_fields_never_sees_or_sets_an_internal_one) {
    define("inside", "text", {{"audience", "internal"}});
    define("outside", "text", {{"audience", "public"}});
    define("shared", "text", {{"audience", "both"}, {"mandatory", "1"}});
    define("needed", "text", {{"audience", "internal"}, {"mandatory", "1"}});
    auto& pool = desk_.app->pool();
    const host::core::ReferenceData reference{pool};
    host::abi::Services services;
    services.pool = &pool;
    services.reference = &reference;
    guichet_ctx ctx{services, desk_.app->registry().current(), nullptr, host::auth::anonymous_principal(), "fr", "test", 0};
    const auto* stored = *host::base::parse_json(ctx.arena, R"({"inside":"secret","outside":"dehors","shared":"partout"})");
    const auto shown = host::base::to_json(*host::abi::present_fields(ctx, "tickets.ticket", GUICHET_AUDIENCE_PUBLIC, stored));
    EXPECT_EQ(shown.find("secret"), std::string::npos) << shown;
    EXPECT_EQ(shown.find("inside"), std::string::npos) << shown;
    EXPECT_NE(shown.find("dehors"), std::string::npos);
    EXPECT_NE(shown.find("partout"), std::string::npos);
    EXPECT_EQ(host::abi::field_definitions(ctx, "tickets.ticket", GUICHET_AUDIENCE_PUBLIC)->size(), 2u);
    EXPECT_EQ(host::abi::field_definitions(ctx, "tickets.ticket", GUICHET_AUDIENCE_INTERNAL)->size(), 3u);
    const auto merge = [&](std::string_view json, const Value* before) {
        return host::abi::merge_fields(ctx, "tickets.ticket", GUICHET_AUDIENCE_PUBLIC, before, **host::base::parse_json(ctx.arena, json));
    };
    EXPECT_NE(merge(R"({"inside":"x"})", stored).problems->get("custom.inside"), nullptr);
    const auto changed = merge(R"({"outside":"x"})", stored);
    EXPECT_EQ(changed.problems->size(), 0u);
    EXPECT_EQ(host::base::to_json(*changed.merged->get("inside")), R"("secret")") << "and what it does not see it does not lose";
    const auto made = merge("{}", nullptr);
    EXPECT_NE(made.problems->get("custom.shared"), nullptr);
    EXPECT_EQ(made.problems->get("custom.needed"), nullptr) << "mandatory in a form that shows it only";
}

TEST_F(Fields, what_a_package_declares_is_there_once_and_stays_away_when_it_was_deleted) {
    const auto install = [&](const std::string& description) {
        const auto package = changed_package(desk_.state / "new", "tickets", [&](std::string& text) {
            text.insert(text.rfind('}'), R"(, "fields": [{"object": "tickets.ticket", "id": "tickets.floor", "label": "Status", "type": "list", "group": "Title",
                "filterable": true, "options": [{"value": "one", "labels": {"fr": "Premier"}}]}])");
            const std::string key = "\"description\": \"";
            text.insert(text.find(key) + key.size(), description);
        });
        const auto done = desk_.app->lifecycle().install(package);
        ASSERT_TRUE(done) << host::base::to_text(done.problems());
    };
    install("A ");
    EXPECT_TRUE(support::wait_until([&] { return admin_.get("/tickets/new").contains("Premier"); })) << "known when its notice has arrived";
    EXPECT_EQ(member_json(ticket(R"({"floor":"one"})"), "floor"), R"("one")");
    EXPECT_TRUE(admin_.get("/tickets/new").contains("Premier"));
    EXPECT_EQ(desk_.count("select count(*) from core.custom_field where labels->>'en' = 'Status' and labels->>'fr' = 'État'"
                          " and group_id is not null"), 1) << "in both languages";
    const auto path = "/admin/fields/" + std::to_string(desk_.count("select id from core.custom_field"));
    admin_.get(path);
    admin_.post(path, {{"version", "1"}, {"label_fr", "Étage"}, {"option0_value", "one"}, {"option0_fr", "Premier"}, {"option0_active", "1"}});
    install("B ");
    EXPECT_EQ(desk_.count("select count(*) from core.custom_field where labels->>'fr' = 'Étage'"), 1) << "it is the administrator's now";
    EXPECT_EQ(admin_.post(path + "/delete", {{"confirmed", "1"}}).status, 303);
    install("C ");
    EXPECT_EQ(desk_.count("select count(*) from core.custom_field"), 0);
}

TEST_F(Fields, only_who_may_define_fields_sees_the_page) {
    desk_.add_user("agent");
    auto agent = desk_.browser();
    agent.log_in("agent");
    EXPECT_EQ(agent.get("/admin/fields").status, 403);
    EXPECT_EQ(agent.post("/admin/fields/new", {{"object", "tickets.ticket"}, {"type", "text"}, {"label_fr", "X"}}).status, 403);
    EXPECT_FALSE(agent.get("/").contains("/admin/fields"));
    EXPECT_TRUE(admin_.get("/").contains("/admin/fields"));
}

}  // namespace
}  // namespace web_test
