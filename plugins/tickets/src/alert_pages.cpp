#include "alert_pages.hpp"

#include "alerts.hpp"
#include "people.hpp"

#include <algorithm>

namespace tickets {

using guichet::Request;
using guichet::Value;

namespace {

constexpr std::string_view kPath = "/tickets/alerts";

// Active users who are not told yet.
Value others(const Call& call, Value alerted) {
    auto out = call.ctx.array();
    const auto users = call.ctx.users();
    for (std::size_t i = 0; i < users.size(); ++i) {
        bool is_alerted = false;
        for (std::size_t k = 0; k < alerted.size() && !is_alerted; ++k)
            is_alerted = alerted[k]["user_id"].integer() == users[i]["id"].integer();
        if (!is_alerted) out.push(users[i]);
    }
    return out;
}

void send_page(const Call& call, Request request, std::string_view address, Value errors) {
    const auto users = alerted_users(call);
    request.page("alerts/page.html", call.ctx.object()
                                         .set("title", call.tr("Alerts on new tickets"))
                                         .set("users", users)
                                         .set("others", others(call, users))
                                         .set("address", address)
                                         .set("errors", errors)
                                         .set("saved", request.query("done") == "saved"));
}

void refuse(const Call& call, Request request, std::string_view address, const guichet::Problems& problems) {
    request.status(422);
    send_page(call, request, address, problems.by_field());
}

void check_address(const Call& call, std::string_view address, guichet::Problems& problems) {
    if (!address.empty() && !guichet::is_email(address))
        problems.add("address", call.tr("Enter an e-mail address such as name@example.com."));
}

void go_back(Request request) { request.redirect(std::string{kPath} + "?done=saved"); }

}  // namespace

void show_alerts(const Call& call, Request request) { send_page(call, request, alert_address(call), call.ctx.object()); }

void add_alert(const Call& call, Request request) {
    guichet::Problems problems{call.ctx};
    const auto user = find_user(call, request.form("user").value_or(""));
    if (!user) problems.add("user", call.tr("Choose one of the users."));
    if (problems) return refuse(call, request, alert_address(call), problems);
    add_alerted_user(call, *user);
    go_back(request);
}

void remove_alert(const Call& call, Request request) {
    remove_alerted_user(call, request.id());
    go_back(request);
}

void save_alert_address(const Call& call, Request request) {
    guichet::Problems problems{call.ctx};
    const auto address = guichet::one_line(request.form("address").value_or(""));
    check_address(call, address, problems);
    if (problems) return refuse(call, request, address, problems);
    set_alert_address(call, address);
    go_back(request);
}

namespace api {
namespace {

// Ids or logins.
std::vector<int64_t> read_users(const Call& call, Value given, guichet::Problems& problems) {
    std::vector<int64_t> out;
    if (!given.is_array()) problems.add("users", call.tr("This must be a list of users."));
    for (std::size_t i = 0; given.is_array() && i < given.size(); ++i) {
        const auto number = given[i].integer();
        const auto user = find_user(call, number ? std::to_string(*number) : std::string{given[i].text().value_or("")});
        if (!user) problems.add("users", call.tr("There is no such user."));
        else if (std::ranges::find(out, *user) == out.end()) out.push_back(*user);
    }
    return out;
}

void send(const Call& call, Request request) {
    const auto address = alert_address(call);
    request.json(
        call.ctx.object().set("users", alerted_users(call)).set("address", address.empty() ? std::nullopt : std::optional{address}));
}

}  // namespace

void get_alerts(const Call& call, Request request) { send(call, request); }

void put_alerts(const Call& call, Request request) {
    const auto body = request.json();
    guichet::Problems problems{call.ctx};
    for (std::size_t i = 0; i < body.size(); ++i)
        if (const auto name = body.key(i); name != "users" && name != "address")
            problems.add(name, call.tr("There is no such member here."));
    const auto users = read_users(call, body["users"], problems);
    const auto given = body["address"];
    const auto address = guichet::one_line(given.text().value_or(""));
    if (given && !given.is_null() && !given.text()) problems.add("address", call.tr("This must be text."));
    check_address(call, address, problems);
    problems.throw_if_any();
    set_alerts(call, users, address);
    send(call, request);
}

}  // namespace api
}  // namespace tickets
