// The technician's page: clock, note, photo, signature; what is signed stays as it is.
#include "interventions/desk_of_interventions.hpp"

namespace interventions_test {

class OnSite : public Interventions {
protected:
    // A PNG by its head: what the page draws, without the pixels.
    static std::string png(std::uint32_t width = 900, std::uint32_t height = 360) {
        std::string out{"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16};
        for (const auto n : {width, height})
            for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(n >> shift & 0xff);
        return out + std::string{"\x08\x02\0\0\0CRC1\0\0\0\0IEND\xae\x42\x60\x82", 21};
    }
    static std::string page(const Answer& sheet) { return "/interventions/" + id(sheet); }
    static std::string work(const Answer& sheet) { return page(sheet) + "/work"; }
    static Answer sign(Browser& browser, const Answer& sheet, const std::string& signer, const std::string& drawing) {
        browser.get(work(sheet));
        return browser.post_parts(work(sheet) + "/sign", {{"signer", signer}}, "signature", "signature.png", drawing);
    }
    static std::int64_t signatures(const Answer& sheet) {
        return desk().count("select count(*) from interventions.intervention where signed_at is not null and id = " + id(sheet));
    }
};

TEST_F(OnSite, the_clock_makes_a_line_of_the_real_time) {
    auto api = desk().api();
    const auto sheet = sheet_of(api, ticket(api, account(api)));
    auto browser = logged_in();
    browser.get(work(sheet));
    EXPECT_EQ(browser.post(work(sheet) + "/stop", {}).status, 409) << "nothing runs";
    EXPECT_EQ(browser.post(work(sheet) + "/start", {}).status, 303);
    EXPECT_EQ(browser.post(work(sheet) + "/start", {}).status, 303) << "a second tab changes nothing";
    EXPECT_EQ(desk().count("select count(*) from interventions.clock where intervention_id = " + id(sheet)), 1);
    desk().count(
        "with moved as (update interventions.clock set started_at = started_at - interval '47 minutes 5 seconds' where intervention_id = " +
        id(sheet) + " returning 1) select count(*) from moved");
    EXPECT_TRUE(browser.get(work(sheet)).contains("/work/stop"));
    EXPECT_EQ(browser.post(work(sheet) + "/stop", {{"description", "Remplacement du fusible"}}).status, 303);
    const auto lines = api.get(path(sheet) + "/lines");
    ASSERT_EQ(items(lines).size(), 1u) << lines.body;
    const auto* line = items(lines).at(0);
    EXPECT_EQ(line->get("kind")->as_string(), "labour");
    EXPECT_EQ(line->get("description")->as_string(), "Remplacement du fusible");
    EXPECT_GE(line->get("seconds")->as_integer(), 47 * 60 + 5);
    EXPECT_EQ(desk().count("select count(*) from interventions.clock where intervention_id = " + id(sheet)), 0);
}

TEST_F(OnSite, notes_and_photos_are_added) {
    auto api = desk().api();
    const auto sheet = sheet_of(api, ticket(api, account(api)));
    auto browser = logged_in();
    browser.get(work(sheet));
    EXPECT_EQ(browser.post(work(sheet) + "/note", {{"note", "  "}}).status, 422);
    const auto long_note = browser.post(work(sheet) + "/note", {{"note", std::string(10001, 'x')}});
    EXPECT_EQ(long_note.status, 422);
    EXPECT_TRUE(long_note.contains("xxxxxx")) << "nothing typed is lost";
    EXPECT_EQ(browser.post(work(sheet) + "/note", {{"note", "Fusible grillé."}}).status, 303);
    EXPECT_EQ(browser.post(work(sheet) + "/note", {{"note", "Remplacé."}}).status, 303);
    EXPECT_EQ(api.get(path(sheet)).text("report"), "Fusible grillé.\nRemplacé.");
    browser.get(work(sheet));
    EXPECT_EQ(browser.post(work(sheet) + "/photo", {}).status, 422);
    EXPECT_EQ(browser.post_parts(work(sheet) + "/photo", {}, "file", "panne.png", png()).status, 303);
    EXPECT_TRUE(browser.get(page(sheet)).contains("panne.png"));
}

TEST_F(OnSite, W20_what_is_no_signature_is_refused) {
    auto api = desk().api();
    const auto sheet = sheet_of(api, ticket(api, account(api)));
    auto browser = logged_in();
    EXPECT_EQ(sign(browser, sheet, "  ", png()).status, 422);
    EXPECT_EQ(sign(browser, sheet, "Camille Morel", "GIF89a no picture at all, and long enough to be one").status, 422);
    EXPECT_EQ(sign(browser, sheet, "Camille Morel", png(20000, 20000)).status, 422);
    EXPECT_EQ(sign(browser, sheet, "Camille Morel", png().substr(0, 20)).status, 422);
    const auto large = sign(browser, sheet, "Camille Morel", png() + std::string(20'000'000, 'x'));
    EXPECT_EQ(large.status, 422);
    EXPECT_TRUE(large.contains("La signature dépasse 200"));
    EXPECT_TRUE(large.contains("Camille Morel")) << "the name is still there";
    EXPECT_EQ(signatures(sheet), 0);
    EXPECT_EQ(desk().count("select count(*) from core.file where name = 'signature.png'"), 0) << "nothing is half written";
    browser.get(work(sheet));
    browser.post(work(sheet) + "/start", {});
    EXPECT_EQ(sign(browser, sheet, "Camille Morel", png()).status, 409) << "a clock runs";
}

TEST_F(OnSite, W20_a_signed_sheet_stays_as_it_is_until_the_signature_is_removed) {
    auto api = desk().api();
    const auto sheet = sheet_of(api, ticket(api, account(api)));
    const auto line = make(api, "interventions/" + id(sheet) + "/lines", R"({"description":"Réglage","seconds":600})");
    auto browser = logged_in();
    EXPECT_EQ(sign(browser, sheet, "Camille Morel", png()).status, 303);
    const auto now = api.get(path(sheet));
    EXPECT_EQ(now.text("status"), "done") << "the customer signs at the end";
    EXPECT_FALSE(now.text("ref").empty());
    EXPECT_EQ(now.text("signer"), "Camille Morel");
    EXPECT_FALSE(now.text("signed_at").empty());
    EXPECT_EQ(browser.get(page(sheet) + "/signature").body, png());
    EXPECT_EQ(api.patch(path(sheet), R"({"report":"Autre chose"})").status, 409);
    EXPECT_EQ(api.post(path(sheet) + "/lines", R"({"description":"x","seconds":60})").status, 409);
    EXPECT_EQ(api.patch(path(sheet) + "/lines/" + id(line), R"({"seconds":6000})").status, 409);
    EXPECT_EQ(api.del(path(sheet) + "/lines/" + id(line)).status, 409);
    EXPECT_EQ(api.post(path(sheet) + "/steps/reopen", "").status, 409);
    browser.get(page(sheet));
    for (const auto* form : {"/work/start", "/work/note", "/edit", "/lines/new"})
        EXPECT_EQ(browser.post(page(sheet) + form, {{"note", "x"}, {"version", "1"}, {"subject", "y"}}).status, 409) << form;
    EXPECT_EQ(browser.post_parts(page(sheet) + "/files", {}, "file", "x.txt", "x").status, 409);
    EXPECT_EQ(sign(browser, sheet, "Quelqu’un d’autre", png()).status, 409);
    EXPECT_EQ(browser.post(page(sheet) + "/signature/delete", {{"confirmed", "1"}}).status, 303);
    EXPECT_EQ(signatures(sheet), 0);
    EXPECT_TRUE(browser.get(page(sheet)).contains("a retiré la signature de Camille Morel"));
    EXPECT_EQ(api.patch(path(sheet), R"({"report":"Corrigé"})").status, 200);
}

TEST_F(OnSite, who_cannot_draw_types_the_name) {
    auto api = desk().api();
    const auto sheet = sheet_of(api, ticket(api, account(api)));
    auto browser = logged_in();
    browser.get(work(sheet));
    EXPECT_EQ(browser.post(work(sheet) + "/sign", {{"signer", "Dominique Petit"}}).status, 303);
    const auto shown = browser.get(page(sheet));
    EXPECT_TRUE(shown.contains("Dominique Petit"));
    EXPECT_TRUE(shown.contains("(nom saisi)"));
    EXPECT_EQ(browser.get(page(sheet) + "/signature").status, 404);
}

}  // namespace interventions_test
