#include "pages/routes.hpp"

#include <iterator>

namespace host::pages {

std::vector<web::HostRoute> all_routes(const Config& config, web::Badges& badges) {
    std::vector<web::HostRoute> all;
    for (auto routes : {login_routes(config), home_routes(), modules_routes(), preferences_routes(), settings_routes(), counters_routes(), lists_routes(), fields_routes(), slot_routes(), search_routes(), badge_routes(badges), audit_routes(), mail_queue_routes(), mail_senders_routes(), mail_templates_routes(), deliveries_routes(), jobs_routes()})
        all.insert(all.end(), std::make_move_iterator(routes.begin()), std::make_move_iterator(routes.end()));
    return all;
}

std::vector<plugin::Manifest::Slot> slots() {
    return {{"core.home.tiles", "tile", "core.home/1"}, {"core.home.main", "block", "core.home/1"}};
}

}  // namespace host::pages
