// The host's own pages, one file each.
#pragma once

#include "web/badges.hpp"
#include "web/cookies.hpp"
#include "web/site.hpp"

#include <vector>

namespace host::pages {

std::vector<web::HostRoute> login_routes(const Config& config);
std::vector<web::HostRoute> home_routes();
std::vector<web::HostRoute> modules_routes();
std::vector<web::HostRoute> preferences_routes();
std::vector<web::HostRoute> settings_routes();
std::vector<web::HostRoute> counters_routes();
std::vector<web::HostRoute> lists_routes();
std::vector<web::HostRoute> fields_routes();
std::vector<web::HostRoute> forms_routes();
std::vector<web::HostRoute> slot_routes();
std::vector<web::HostRoute> search_routes();
std::vector<web::HostRoute> badge_routes(web::Badges& badges);
std::vector<web::HostRoute> audit_routes();
std::vector<web::HostRoute> mail_queue_routes();
std::vector<web::HostRoute> mail_senders_routes();
std::vector<web::HostRoute> mail_templates_routes();
std::vector<web::HostRoute> deliveries_routes();
std::vector<web::HostRoute> jobs_routes();
std::vector<web::HostRoute> profiles_routes();
std::vector<web::HostRoute> users_routes();
std::vector<web::HostRoute> user_routes();
std::vector<web::HostRoute> teams_routes();
std::vector<web::HostRoute> password_routes();
std::vector<web::HostRoute> arrangement_routes();

std::vector<web::HostRoute> all_routes(const Config& config, web::Badges& badges);

// Places where plugins may add to the host's pages.
std::vector<plugin::Manifest::Slot> slots();

}  // namespace host::pages
