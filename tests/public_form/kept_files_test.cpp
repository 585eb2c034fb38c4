// Files of forms that could not be taken wait for the next try (security.md R60); a form that comes twice is taken once (R61).
#include "public_desk.hpp"

#include <fstream>

namespace {

using namespace public_form_test;

class KeptFiles : public PublicForm {
protected:
    void SetUp() override {
        PublicForm::SetUp();
        sql("delete from public_form.kept_file");
    }
    static Answer send_with(const Fields& fields, const std::vector<File>& files = {}) {
        Client client{desk().port()};
        return client.send("POST", "/public/new", kMultipart, multipart(fields, files));
    }
    static Fields without_subject() {
        auto browser = visitor();
        return request_fields(browser, {{"subject", ""}});
    }
    static std::string box_of(const Answer& page, const std::string& file) {
        const auto row = page.body.find("</svg> " + file + " <span");
        EXPECT_NE(row, page.body.npos) << file << page.body;
        return row == page.body.npos ? "" : between(page.body.substr(row), "name=\"leave_out\" value=\"", "\"");
    }
    static std::string files_of_last_ticket() {
        return scalar(
            "select coalesce(string_agg(name, '|' order by file_id), '') from tickets.attachment where ticket_id = (select max(id) from "
            "tickets.ticket)");
    }
    static void run_job(const std::string& id) {
        const auto runs = "core.job_run where job_id = '" + id + "' and state = 'done'";
        const auto before = count(runs);
        EXPECT_EQ(logged_in().post("/admin/jobs/" + id + "/run", {}).status, 303);
        EXPECT_TRUE(support::wait_until([&] { return count(runs) > before; }));
    }
};

}  // namespace

TEST_F(KeptFiles, R60_TheyAreThereWhenTheFormIsSentAgain) {
    auto fields = without_subject();
    const auto refused = send_with(fields, {{"photo.txt", "a photo"}, {"../log <1>.txt", "a log"}});
    EXPECT_EQ(refused.status, 422);
    EXPECT_EQ(hidden(refused, "form"), fields["form"]);
    EXPECT_TRUE(refused.contains("photo.txt"));
    EXPECT_FALSE(refused.contains("<1>"));
    EXPECT_EQ(count("tickets.attachment a join public_form.kept_file k on k.file_id = a.file_id"), 0);
    fields["subject"] = "Fuite";
    EXPECT_EQ(send_with(fields, {{"third.txt", "3"}}).status, 200);
    EXPECT_EQ(files_of_last_ticket(), "photo.txt|log _1_.txt|third.txt");
    EXPECT_EQ(count("public_form.kept_file"), 0);
    // what customers see is what they sent
    const auto id = std::stoll(scalar("select max(id) from tickets.ticket"));
    auto holder = follow(ticket_link(id));
    const auto page = holder.get(ticket_page(id));
    EXPECT_EQ(holder.get(ticket_page(id) + "/files/" + between(page.body, "href=\"" + ticket_page(id) + "/files/", "\"")).body, "a photo");
}

TEST_F(KeptFiles, R60_TheOnesWithATickAreLeftOut) {
    auto fields = without_subject();
    const auto refused = send_with(fields, {{"a.txt", "a"}, {"b.txt", "b"}});
    fields["leave_out"] = box_of(refused, "a.txt");
    const auto again = send_with(fields);
    EXPECT_FALSE(again.contains("a.txt"));
    EXPECT_TRUE(again.contains("b.txt"));
    fields["subject"] = "Fuite";
    EXPECT_EQ(send_with(fields).status, 200);
    EXPECT_EQ(files_of_last_ticket(), "b.txt");
}

TEST_F(KeptFiles, R60_TheyAreOfOneFormOnly) {
    auto mine = without_subject();
    const auto refused = send_with(mine, {{"mine.txt", "a"}});
    auto other = without_subject();
    other["leave_out"] = box_of(refused, "mine.txt");
    EXPECT_FALSE(send_with(other).contains("mine.txt"));
    EXPECT_EQ(count("public_form.kept_file"), 1);
    for (const std::string token : {"", "x"}) {
        other["form"] = token;
        EXPECT_FALSE(send_with(other, {{"lost.txt", "b"}}).contains("mine.txt"));
    }
}

TEST_F(KeptFiles, R60_ManyTriesHaveTheLimitsOfOne) {
    auto fields = without_subject();
    EXPECT_EQ(send_with(fields, std::vector<File>(6, File{"a.txt", "a"})).status, 422);
    const auto more = send_with(fields, std::vector<File>(5, File{"b.txt", "b"}));
    EXPECT_TRUE(more.contains("Choose at most 10 files."));
    EXPECT_FALSE(more.contains("b.txt"));
    const std::string ten_mb(10 << 20, 'x');
    auto large = without_subject();
    EXPECT_EQ(send_with(large, {{"1.bin", ten_mb}, {"2.bin", ten_mb}}).status, 422);
    EXPECT_TRUE(send_with(large, {{"3.bin", ten_mb}}).contains("The files are larger than 25 MB together."));
    EXPECT_EQ(count("public_form.kept_file"), 8);
}

TEST_F(KeptFiles, R60_WhoeverHasSentEnoughTodayKeepsNothingMore) {
    for (const auto& [kind, key, most] :
         {std::tuple{"bytes_of_client", "127.0.0.1", std::int64_t{200} << 20}, {"bytes_kept", "all", std::int64_t{2} << 30}}) {
        sql("delete from public_form.attempt");
        sql(std::string{"insert into public_form.attempt (kind, key, amount) values ('"} + kind + "', '" + key + "', " +
            std::to_string(most - 5) + ")");
        const auto full = send_with(without_subject(), {{"a.txt", "123456"}});
        EXPECT_EQ(full.status, 429) << kind;
        EXPECT_NE(between(full.body, "id=\"e-file\"", "</div>").find("Send it without them, or try again tomorrow."), std::string::npos);
        EXPECT_TRUE(full.contains("value=\"claire@example.org\""));
        EXPECT_EQ(count("public_form.kept_file"), 0);
        EXPECT_EQ(send_with(without_subject()).status, 422) << "without files";
    }
}

TEST_F(KeptFiles, R60_AFullDiskIsSaidAndTheRequestCanBeSentWithoutFiles) {
    const auto tickets = count("tickets.ticket"), files = count("core.file");
    const auto blobs = desk().state / "files", away = desk().state / "away";
    std::filesystem::rename(blobs, away);
    std::ofstream{blobs} << "no folder";
    auto browser = visitor();
    auto fields = request_fields(browser);
    for (const auto& subject : {std::string{}, std::string{"Disque plein"}}) {
        fields["subject"] = subject;
        const auto full = send_with(fields, {{"a.txt", "never seen before"}});
        EXPECT_EQ(full.status, 507) << subject;
        EXPECT_NE(between(full.body, "id=\"e-file\"", "</div>").find("Files cannot be stored at the moment."), std::string::npos)
            << full.body;
        EXPECT_TRUE(full.contains("value=\"claire@example.org\""));
    }
    EXPECT_EQ(count("tickets.ticket"), tickets);
    EXPECT_EQ(count("core.file"), files);
    EXPECT_EQ(send_with(fields).status, 200);
    std::filesystem::remove(blobs);
    std::filesystem::rename(away, blobs);
}

TEST_F(KeptFiles, R60_TheyAreForgottenWithinADay) {
    send_with(without_subject(), {{"old.txt", "old"}});
    send_with(without_subject(), {{"new.txt", "new"}});
    const auto files = count("core.file");
    sql("update public_form.kept_file set kept_at = now() - interval '22 hours 1 minute' where name = 'old.txt'");
    run_job("public_form.forget_files");
    EXPECT_EQ(scalar("select string_agg(name, '|') from public_form.kept_file"), "new.txt");
    EXPECT_EQ(count("core.file"), files - 1);
    EXPECT_EQ(scalar("select cron from core.job where id = 'public_form.forget_files'"), "50 * * * *");
}

TEST_F(KeptFiles, R60_AMessageKeepsItsFilesToo) {
    const auto id = sent();
    auto holder = follow(ticket_link(id));
    const auto page = holder.get(ticket_page(id));
    Fields fields{{"key", hidden(page, "key")}, {"form", hidden(page, "form")}, {"body", " "}};
    const auto refused = holder.post_parts(ticket_page(id) + "/messages", fields, "file", "photo.txt", "a photo");
    EXPECT_EQ(refused.status, 422);
    EXPECT_NE(box_of(refused, "photo.txt"), "");
    fields["body"] = "Voici";
    EXPECT_EQ(holder.post(ticket_page(id) + "/messages", fields).status, 303);
    EXPECT_EQ(scalar("select string_agg(a.name, '|') from tickets.attachment a join tickets.message m on m.id = a.message_id where m.body "
                     "= 'Voici'"),
              "photo.txt");
    // R61: once only
    EXPECT_EQ(holder.post(ticket_page(id) + "/messages", fields).status, 303);
    EXPECT_EQ(count("tickets.message where ticket_id = " + std::to_string(id)), 1);
    fields["body"] = "Et encore";
    const auto other = holder.post(ticket_page(id) + "/messages", fields);
    EXPECT_EQ(other.status, 422);
    EXPECT_TRUE(other.contains("Et encore"));
    fields["form"] = hidden(other, "form");
    EXPECT_EQ(holder.post(ticket_page(id) + "/messages", fields).status, 303);
    EXPECT_EQ(count("tickets.message where ticket_id = " + std::to_string(id)), 2);
}

TEST_F(KeptFiles, R61_TheSameFormWithSomethingElseInItIsAskedAbout) {
    auto browser = visitor();
    auto fields = request_fields(browser, {{"subject", "Premier envoi"}});
    const auto first = send_with(fields);
    EXPECT_EQ(send_with(fields).body, first.body);
    fields["subject"] = "Autre chose";
    const auto other = send_with(fields);
    EXPECT_EQ(other.status, 422);
    EXPECT_TRUE(other.contains("sent already, as " + ref_in(first))) << other.body;
    EXPECT_TRUE(other.contains("value=\"Autre chose\""));
    EXPECT_EQ(count("tickets.ticket where subject = 'Autre chose'"), 0);
    fields["form"] = hidden(other, "form");
    EXPECT_EQ(send_with(fields).status, 200);
    EXPECT_EQ(count("tickets.ticket where subject in ('Premier envoi', 'Autre chose')"), 2);
}
