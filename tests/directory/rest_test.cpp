// /api/v1/accounts, contacts and contracts: bad input first, then what they promise.
#include "directory/desk_of_accounts.hpp"

#include <fstream>
#include <set>

namespace directory_test {

class DirectoryRest : public Directory {};

TEST_F(DirectoryRest, bad_values_are_named_and_nothing_is_stored) {
    auto api = desk().api();
    const auto account_id = account(api, "Verrerie Roux");
    const auto a = R"({"account_id":)" + account_id;
    struct Case {
        std::string collection, body, field;
    };
    const Case cases[] = {
        {"accounts", R"({})", "name"},
        {"accounts", R"({"name":" \u00a0\t "})", "name"},
        {"accounts", R"({"name":null})", "name"},
        {"accounts", R"({"name":12})", "name"},
        {"accounts", R"({"name":"x","type":"friend"})", "type"},
        {"accounts", R"({"name":"x","type":null})", "type"},
        {"accounts", R"({"name":"x","email":"nobody"})", "email"},
        {"accounts", R"({"name":"x","email":"a@b@c.example"})", "email"},
        {"accounts", R"({"name":"x","website":"javascript:alert`1`"})", "website"},
        {"accounts", R"({"name":"x","phone":"ring me"})", "phone"},
        {"accounts", R"({"name":"x","active":"yes"})", "active"},
        {"accounts", R"({"name":"x","id":7})", "id"},
        {"accounts", R"({"name":"x","version":1})", "version"},
        {"accounts", R"({"name":"x","colour":"red"})", "colour"},
        {"contacts", R"({"last_name":"x"})", "account_id"},
        {"contacts", R"({"account_id":999999,"last_name":"x"})", "account_id"},
        {"contacts", R"({"account_id":"1","last_name":"x"})", "account_id"},
        {"contacts", a + R"(})", "last_name"},
        {"contracts", a + R"(})", "label"},
        {"contracts", a + R"(,"label":"x","status":"paused"})", "status"},
        {"contracts", a + R"(,"label":"x","starts_on":"2026-02-30"})", "starts_on"},
        {"contracts", a + R"(,"label":"x","starts_on":"01/02/2026"})", "starts_on"},
        {"contracts", a + R"(,"label":"x","starts_on":"2026-02-02","ends_on":"2026-02-01"})", "ends_on"},
    };
    const auto stored = [&] {
        return desk().count(
            "select (select count(*) from directory.account) + (select count(*) from directory.contact)"
            " + (select count(*) from directory.contract)");
    };
    const auto before = stored();
    for (const auto& c : cases) {
        const auto answer = api.post("/api/v1/" + c.collection, c.body);
        EXPECT_EQ(answer.status, 422) << c.body << " -> " << answer.body;
        EXPECT_FALSE(answer.error(c.field).empty()) << c.body << " -> " << answer.body;
    }
    EXPECT_EQ(stored(), before);
}

TEST_F(DirectoryRest, every_limit_of_the_schema_holds_to_the_character) {
    auto api = desk().api();
    const auto account_id = account(api, "Laboratoire Faure");
    std::ifstream file{SOURCE_DIR "/manifests/directory.json"};
    const std::string text{std::istreambuf_iterator<char>{file}, {}};
    host::base::Arena arena;
    const auto manifest = host::base::parse_json(arena, text);
    ASSERT_TRUE(manifest);
    const std::pair<std::string, std::string> resources[] = {{"accounts", "Account"}, {"contacts", "Contact"}, {"contracts", "Contract"}};
    int limits = 0;
    for (const auto& [collection, schema] : resources) {
        const auto* fields = (*manifest)->get("schemas")->get("directory." + schema + "Patch")->get("properties");
        const auto base = collection == "accounts"
                              ? std::string{R"({"name":"x")"}
                              : R"({"account_id":)" + account_id + (collection == "contacts" ? R"(,"last_name":"x")" : R"(,"label":"x")");
        const auto object = id(make(api, collection, base + "}"));
        for (std::size_t i = 0; i < fields->size(); ++i) {
            const auto* limit = fields->at(i)->get("maxLength");
            const std::string name{fields->key(i)};
            if (!limit || name == "type" || name == "email") continue;  // a code and an address have rules of their own
            ++limits;
            const auto n = static_cast<std::size_t>(limit->as_integer());
            const std::string start = name == "website" ? "https://" : "";
            const std::string digit = name == "phone" || name == "mobile" ? "1" : "é";
            std::string value = start;
            for (auto k = start.size(); k < n; ++k) value += digit;
            const auto path = "/api/v1/" + collection + "/" + object;
            EXPECT_EQ(api.patch(path, "{\"" + name + "\":\"" + value + "\"}").status, 200) << schema << "." << name;
            const auto over = api.patch(path, "{\"" + name + "\":\"" + value + digit + "\"}");
            EXPECT_EQ(over.status, 422) << schema << "." << name;
            EXPECT_FALSE(over.error(name).empty()) << over.body;
        }
    }
    EXPECT_EQ(limits, 17);
}

TEST_F(DirectoryRest, unknown_parameters_filters_and_cursors_are_refused) {
    auto api = desk().api();
    account(api, "Optique Robin");
    account(api, "Optique Morin");
    const auto by_name = api.get("/api/v1/accounts?limit=1").text("next");
    ASSERT_FALSE(by_name.empty());
    for (const std::string query : {"limit=0", "limit=201", "limit=-1", "limit=ten", "limit=", "sort=notes", "sort=name%20desc",
                                    "cursor=garbage", "cursor=", "active=1", "type=friend", "colour=red", "limit=5&limit=6"})
        EXPECT_EQ(api.get("/api/v1/accounts?" + query).status, 422) << query;
    EXPECT_EQ(api.get("/api/v1/accounts?sort=-name&cursor=" + by_name).status, 422) << "a cursor belongs to its sort";
    EXPECT_EQ(api.get("/api/v1/contracts?status=paused").status, 422);
    EXPECT_EQ(api.get("/api/v1/contacts?account_id=x").status, 422);
}

TEST_F(DirectoryRest, ids_that_are_none_are_404) {
    auto api = desk().api();
    for (const std::string collection : {"accounts", "contacts", "contracts"})
        for (const std::string bad : {"0", "-1", "999999", "abc", "1x", "99999999999999999999"}) {
            EXPECT_EQ(api.get("/api/v1/" + collection + "/" + bad).status, 404) << collection << bad;
            EXPECT_EQ(api.patch("/api/v1/" + collection + "/" + bad, "{}").status, 404) << collection << bad;
        }
}

TEST_F(DirectoryRest, a_customer_number_is_taken_once_whatever_its_case) {
    auto api = desk().api();
    make(api, "accounts", R"({"name":"Premier","code":"Dir-1"})");
    const auto again = api.post("/api/v1/accounts", R"({"name":"Second","code":"DIR-1"})");
    EXPECT_EQ(again.status, 409);
    EXPECT_FALSE(again.error("code").empty()) << again.body;
    const auto other = make(api, "accounts", R"({"name":"Second"})");
    EXPECT_EQ(api.patch("/api/v1/accounts/" + id(other), R"({"code":"dir-1"})").status, 409);
    EXPECT_EQ(desk().count("select count(*) from directory.account where lower(code) = 'dir-1'"), 1);
}

TEST_F(DirectoryRest, stale_versions_are_refused) {
    auto api = desk().api();
    const auto created = make(api, "accounts", R"({"name":"Fonderie Garnier"})");
    const auto path = "/api/v1/accounts/" + id(created);
    EXPECT_EQ(created.header("ETag"), "\"v1\"");
    EXPECT_EQ(created.header("Location"), path);
    EXPECT_EQ(api.patch(path, R"({"town":"Lyon"})", {{"If-Match", "\"v1\""}}).header("ETag"), "\"v2\"");
    EXPECT_EQ(api.patch(path, R"({"town":"Nice"})", {{"If-Match", "\"v1\""}}).status, 412);
    EXPECT_EQ(api.patch(path, R"({"town":"Nice"})", {{"If-Match", "v2"}}).status, 412) << "not an entity tag";
    EXPECT_EQ(api.patch(path, R"({"town":"Nice","version":1})").status, 409);
    EXPECT_EQ(api.patch(path, R"({"town":"Nice","version":"2"})").status, 422);
    EXPECT_EQ(api.get(path).text("town"), "Lyon");
    EXPECT_EQ(api.patch(path, R"({"town":"Nice","version":2})", {{"If-Match", "\"v7\", \"v2\""}}).status, 200);
    EXPECT_EQ(api.patch(path, R"({"town":null})", {{"If-Match", "*"}}).status, 200);
    EXPECT_TRUE(api.get(path).json().get("town")->is(host::base::Value::Type::null));
}

TEST_F(DirectoryRest, text_is_made_fit_and_kept) {
    auto api = desk().api();
    const auto made =
        make(api, "accounts", R"({"name":"  Café 🥐\tdes Arts\u00a0","website":"cafe.example/é","notes":"un\r\ndeux\n","address":""})");
    EXPECT_EQ(made.text("name"), "Café 🥐 des Arts");
    EXPECT_EQ(made.text("website"), "https://cafe.example/é");
    EXPECT_EQ(made.text("notes"), "un\ndeux");
    EXPECT_TRUE(made.json().get("address")->is(host::base::Value::Type::null));
    EXPECT_EQ(made.text("type"), "customer");
    EXPECT_EQ(made.integer("version"), 1);
}

TEST_F(DirectoryRest, an_account_is_fixed_and_a_contract_numbers_itself) {
    auto api = desk().api();
    const auto one = account(api, "Charpente Boyer"), two = account(api, "Charpente Denis");
    const auto contact = make(api, "contacts", R"({"account_id":)" + one + R"(,"first_name":"Léa","last_name":"Boyer"})");
    EXPECT_EQ(contact.text("name"), "Léa Boyer");
    EXPECT_EQ(contact.text("account_name"), "Charpente Boyer");
    const auto moved = api.patch("/api/v1/contacts/" + id(contact), R"({"account_id":)" + two + "}");
    EXPECT_EQ(moved.status, 422);
    EXPECT_FALSE(moved.error("account_id").empty());
    const auto contract = make(api, "contracts", R"({"account_id":)" + one + R"(,"label":"Entretien"})");
    EXPECT_TRUE(contract.text("ref").starts_with("CT-")) << contract.body;
    EXPECT_EQ(contract.text("status"), "draft");
    EXPECT_EQ(items(api.get("/api/v1/contracts?account_id=" + one)), 1u);
    EXPECT_EQ(items(api.get("/api/v1/contracts?account_id=" + two)), 0u);
    EXPECT_EQ(items(api.get("/api/v1/contacts?account_id=" + one + "&active=false")), 0u);
}

TEST_F(DirectoryRest, search_takes_parts_without_accents_and_no_wildcards) {
    auto api = desk().api();
    make(api, "accounts", R"({"name":"Électricité Zwingelstein","town":"Besançon","code":"ZW_1","email":"Atelier@Zwingel.example"})");
    for (const std::string q : {"electricite", "INGELST", "zwingelstein%20besancon", "zw_1", "atelier@zwingel", "%C3%A9lec%20zwingel"})
        EXPECT_EQ(items(api.get("/api/v1/accounts?q=" + q)), 1u) << q;
    for (const std::string q : {"zwingelstein%20lyon", "zw%251", "zwingel_tein", "zw%5C_1"})
        EXPECT_EQ(items(api.get("/api/v1/accounts?q=" + q)), 0u) << q;
    EXPECT_EQ(items(api.get("/api/v1/accounts?email=ATELIER@zwingel.example")), 1u);
    EXPECT_EQ(items(api.get("/api/v1/accounts?email=atelier@zwingel")), 0u) << "an address is compared whole";
    EXPECT_EQ(items(api.get("/api/v1/accounts?email=%25")), 0u) << "R44";
    EXPECT_EQ(items(api.get("/api/v1/accounts?q=zwingelstein&type=supplier")), 0u);
}

TEST_F(DirectoryRest, every_sort_pages_through_everything_once) {
    auto api = desk().api();
    const auto parent = account(api, "Page mère");
    for (int i = 0; i < 6; ++i) {
        account(api, i % 2 ? "Même nom" : "Éàç " + std::to_string(i));
        make(api, "contacts", R"({"account_id":)" + parent + R"(,"last_name":"Pareil"})");
        make(api, "contracts", R"({"account_id":)" + parent + R"(,"ref":"R","label":"L"})");
    }
    const std::pair<std::string, std::vector<std::string>> lists[] = {{"account", {"name", "-name", "created_at", "-created_at"}},
                                                                      {"contact", {"name", "-name", "created_at", "-created_at"}},
                                                                      {"contract", {"ref", "-ref", "created_at", "-created_at"}}};
    for (const auto& [table, sorts] : lists)
        for (const auto& sort : sorts) {
            std::set<std::int64_t> seen;
            std::size_t rows = 0;
            std::string cursor;
            do {
                const auto page = api.get("/api/v1/" + table + "s?limit=2&sort=" + sort + (cursor.empty() ? "" : "&cursor=" + cursor));
                rows += items(page);
                for (std::size_t i = 0; i < items(page); ++i) seen.insert(page.json().get("items")->at(i)->get("id")->as_integer());
                cursor = page.text("next");
            } while (!cursor.empty());
            EXPECT_EQ(seen.size(), rows) << table << " " << sort;
            EXPECT_EQ(static_cast<std::int64_t>(rows), desk().count("select count(*) from directory." + table)) << table << " " << sort;
        }
}

}  // namespace directory_test
